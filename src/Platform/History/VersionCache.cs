using System.Collections.Concurrent;

namespace Pathfinder.Platform.History;

/// <summary>
/// Versions read before, kept as they were read: a version never changes, so making its body from text once is enough. Bounded by the
/// text it was made from; when it is full it starts anew, which costs one slower read.
/// </summary>
internal sealed class VersionCache
{
    // About 100 MB of objects: 50,000 records of a thousand letters.
    private const long MaximumText = 50_000_000;

    // What a version takes beside its body.
    private const int Overhead = 300;

    private readonly ConcurrentDictionary<long, object> _versions = [];
    private long _text;

    /// <summary>A version read before, or null.</summary>
    public FactVersion<T>? Find<T>(long id)
        where T : class => _versions.TryGetValue(id, out var found) ? found as FactVersion<T> : null;

    /// <summary>Keeps a version and gives it back.</summary>
    public FactVersion<T> Add<T>(int length, FactVersion<T> version)
        where T : class
    {
        if (Interlocked.Add(ref _text, length + Overhead) > MaximumText)
        {
            _versions.Clear();
            Interlocked.Exchange(ref _text, length + Overhead);
        }

        _versions[version.VersionId] = version;
        return version;
    }
}
