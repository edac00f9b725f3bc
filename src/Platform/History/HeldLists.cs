using System.Collections.Concurrent;

namespace Pathfinder.Platform.History;

/// <summary>
/// Which versions held as at some dates, as found before, with the head of the log then: the same list holds until a fact of the kind is
/// changed. Bounded by the number of versions named; when it is full it starts anew.
/// </summary>
internal sealed class HeldLists
{
    // About 100 MB.
    private const int MaximumVersions = 1_000_000;

    private readonly ConcurrentDictionary<(string Kind, AsAt At), (long Head, IReadOnlyList<HeldVersion> List)> _lists = [];
    private int _versions;

    /// <summary>A list found before, or null.</summary>
    public (long Head, IReadOnlyList<HeldVersion> List)? Find(string kind, AsAt at) =>
        _lists.TryGetValue((kind, at), out var found) ? found : null;

    /// <summary>Keeps a list as it is at a head of the log, and gives it back.</summary>
    public IReadOnlyList<HeldVersion> Add(string kind, AsAt at, long head, IReadOnlyList<HeldVersion> list)
    {
        if (!_lists.ContainsKey((kind, at)) && Interlocked.Add(ref _versions, list.Count + 1) > MaximumVersions)
        {
            _lists.Clear();
            Interlocked.Exchange(ref _versions, list.Count + 1);
        }

        _lists[(kind, at)] = (head, list);
        return list;
    }
}
