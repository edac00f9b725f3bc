using System.Security.Cryptography;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>What one commit will append, gathered before the transaction starts.</summary>
internal sealed class ChangeSet : IChangeSet
{
    /// <summary>In the order asked for.</summary>
    public List<PendingChange> Changes { get; } = [];

    /// <summary>Newest versions that must still be the newest.</summary>
    public Dictionary<(string Kind, string Key), long> Expected { get; } = [];

    /// <summary>Ungoverned rows to write in the same transaction.</summary>
    public List<Func<PathfinderDb, CancellationToken, Task>> Others { get; } = [];

    /// <summary>What to do once the commit stands.</summary>
    public List<Action> Then { get; } = [];

    private string? _why;

    public void Because(string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        _why = why;
    }

    public void Expect(string kind, string key, long newest) => Expected[(kind, key)] = newest;

    public void Record<T>(GovernedKind<T> kind, string key, T body, EffectivePeriod effective, DateOnly known)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(body);
        if (effective.Until <= effective.From)
        {
            throw new ArgumentException($"A period from {effective.From:O} must end after it starts, not on {effective.Until:O}.", nameof(effective));
        }

        Add(kind.Name, key, HistoryJson.Write(body), effective, known);
    }

    public void End<T>(GovernedKind<T> kind, string key, DateOnly from, DateOnly known)
        where T : class => Add(kind.Name, key, null, new EffectivePeriod(from), known);

    public string Keep(ReadOnlyMemory<byte> content, string mediaType)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaType);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        Changes.Add(new PendingChange("keep", KeptContent.Kind, sha256, KeptContent.Describe(mediaType, content.Length), null, null, content, mediaType, _why));
        return sha256;
    }

    public void Note(string kind, string key, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentException.ThrowIfNullOrEmpty(key);
        Changes.Add(new PendingChange("note", kind, key, what, null, null, default, Why: _why));
    }

    public void Also(Func<PathfinderDb, CancellationToken, Task> write) => Others.Add(write);

    public void Afterwards(Action then) => Then.Add(then);

    private void Add(string kind, string key, string? body, EffectivePeriod effective, DateOnly known)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentException.ThrowIfNullOrEmpty(key);
        Changes.Add(new PendingChange(body is null ? "end" : "record", kind, key, body, effective, known, default, Why: _why));
    }
}

/// <summary>One entry to come; a period and a known day for versions, bytes for kept content; a reason where it is not the commit's.</summary>
internal sealed record PendingChange(
    string Action, string Kind, string Key, string? Body, EffectivePeriod? Effective, DateOnly? Known, ReadOnlyMemory<byte> Bytes,
    string? MediaType = null, string? Why = null);

/// <summary>How the log names kept bytes.</summary>
internal static class KeptContent
{
    public const string Kind = "content";

    public static string Describe(string mediaType, long length) => HistoryJson.Write(new Description(mediaType, length));

    private sealed record Description(string MediaType, long Length);
}
