using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>The facts that a commit touches, with the versions they had, read in few questions however large the commit.</summary>
internal sealed class PriorFacts
{
    private readonly Dictionary<(string Kind, string Key), PriorFact> _facts = [];

    /// <summary>Reads what the store has of the facts that the changes name.</summary>
    public static async Task<PriorFacts> LoadAsync(
        PathfinderDb db, List<PendingChange> changes, int chunkSize, CancellationToken cancellation)
    {
        var prior = new PriorFacts();
        var byId = new Dictionary<long, PriorFact>();
        foreach (var kind in changes.Where(change => change.Effective is not null).GroupBy(change => change.Kind, StringComparer.Ordinal))
        {
            foreach (var keys in kind.Select(change => change.Key).Distinct(StringComparer.Ordinal).Chunk(chunkSize))
            {
                var rows = await db.Set<FactRow>().AsNoTracking().Where(fact => fact.Kind == kind.Key && keys.Contains(fact.Key)).ToListAsync(cancellation);
                foreach (var row in rows)
                {
                    prior._facts.Add((row.Kind, row.Key), byId[row.Id] = new PriorFact(row.Id));
                }
            }
        }

        foreach (var ids in byId.Keys.Chunk(chunkSize))
        {
            var rows = await db.Set<VersionRow>().AsNoTracking().Where(version => ids.Contains(version.FactId)).ToListAsync(cancellation);
            foreach (var row in rows)
            {
                byId[row.FactId].Versions.Add(
                    new PriorVersion(row.Id, new EffectivePeriod(row.EffectiveFrom, row.EffectiveUntil), row.Known, row.Body));
            }
        }

        return prior;
    }

    /// <summary>Id of the newest version that a fact had before this commit; 0 for none.</summary>
    public long NewestOf(string kind, string key) => _facts.TryGetValue((kind, key), out var fact) ? fact.Versions.Max(version => version.Id) : 0;

    /// <summary>The fact that a change is about; a new one takes the sequence of this change as its id.</summary>
    public PriorFact FindOrAdd(PendingChange pending, long sequence, AppendedRows rows)
    {
        if (!_facts.TryGetValue((pending.Kind, pending.Key), out var fact))
        {
            _facts.Add((pending.Kind, pending.Key), fact = new PriorFact(sequence));
            rows.AddFact(sequence, pending);
        }

        return fact;
    }
}

/// <summary>A fact with its versions so far, those of this commit included.</summary>
internal sealed class PriorFact(long id)
{
    public long Id { get; } = id;

    public List<PriorVersion> Versions { get; } = [];

    /// <summary>What held on the first effective day of a change, as known on its known day.</summary>
    public string? BodyBefore(PendingChange pending)
    {
        var (day, known) = (pending.Effective!.Value.From, pending.Known!.Value);
        PriorVersion? best = null;
        foreach (var version in Versions)
        {
            if (version.Known <= known && version.Effective.From <= day && (version.Effective.Until is not { } until || until > day)
                && (best is null || version.Known > best.Known || (version.Known == best.Known && version.Id > best.Id)))
            {
                best = version;
            }
        }

        return best?.Body;
    }

    public void Add(long sequence, PendingChange pending) =>
        Versions.Add(new PriorVersion(sequence, pending.Effective!.Value, pending.Known!.Value, pending.Body));
}

/// <summary>A version as far as the choice among versions needs it.</summary>
internal sealed record PriorVersion(long Id, EffectivePeriod Effective, DateOnly Known, string? Body);
