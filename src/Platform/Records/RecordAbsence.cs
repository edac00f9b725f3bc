using Pathfinder.Platform.History;
using Pathfinder.Platform.People;

namespace Pathfinder.Platform.Records;

/// <summary>Why a record that a reader may read does not stand on some dates.</summary>
public enum AbsenceReason
{
    /// <summary>Nothing of it was known yet.</summary>
    NotKnownYet,

    /// <summary>It was known, and begins to hold later.</summary>
    NotYetHolding,

    /// <summary>It was known, and holds no longer.</summary>
    NoLongerHolding,
}

/// <summary>A record that a reader may read, but not on the dates asked for.</summary>
/// <param name="Title">What it is called: as last known by the dates, or as first known after them.</param>
/// <param name="Marking">How what it is called is marked.</param>
/// <param name="Why">Why it does not stand there.</param>
/// <param name="Turn">The day on which it became known, begins to hold, or ceased to.</param>
/// <param name="Nearest">The nearest dates on which it stands; null where there are none.</param>
/// <param name="StandsToday">Whether it stands as at today.</param>
/// <param name="Stated">What it states itself of the days on which it holds; null where it states none.</param>
public sealed record RecordAbsence(string Title, Marking Marking, AbsenceReason Why, DateOnly Turn, AsAt? Nearest, bool StandsToday, StatedDays? Stated = null)
{
    /// <summary>
    /// Why a record does not stand on some dates; null where it does, where there is none, and where what stands there or what was last known
    /// of it is withheld: whoever may not read that learns no more than of a record that never was.
    /// </summary>
    /// <param name="versions">Every version of it, by the day on which it was known and then in the order recorded.</param>
    /// <param name="reader">Who reads; null for the product itself.</param>
    /// <param name="at">The dates asked for.</param>
    /// <param name="today">Today.</param>
    internal static RecordAbsence? Of(IReadOnlyList<StoredRecord> versions, Actor? reader, AsAt at, DateOnly today)
    {
        bool MayRead(StoredRecord version) => Handlings.MayRead(reader, version.Body.Handling);
        bool Stands(AsAt dates) => Holder(versions, dates) is { Stated: not null } held && MayRead(held);
        AsAt? Nearest(DateOnly known, params DateOnly[] days) =>
            days.Select(day => at with { Effective = day, Known = known }).FirstOrDefault(Stands);
        var holder = Holder(versions, at);
        if (holder?.Stated is not null || versions.LastOrDefault(version => version.Stated is not null) is not { } newest || !MayRead(newest))
        {
            return null;
        }

        var stated = versions.Where(version => version.Stated is not null && MayRead(version)).ToList();
        var standsToday = Stands(at with { Effective = today, Known = today });
        var known = stated.Where(version => version.Known <= at.Known).ToList();
        if (known.Count == 0)
        {
            var first = stated[0];
            return new RecordAbsence(first.Body.Title, first.Body.Handling.Marking, AbsenceReason.NotKnownYet, first.Known, Nearest(first.Known, at.Effective, first.Known, first.Effective.From), standsToday);
        }

        var said = known[^1].Body;
        var ended = holder?.Effective.From
            ?? known.Select(version => version.Effective.Until).Where(until => until <= at.Effective).Max();
        if (ended is { } day)
        {
            return new RecordAbsence(said.Title, said.Handling.Marking, AbsenceReason.NoLongerHolding, day, day > DateOnly.MinValue ? Nearest(at.Known, day.AddDays(-1)) : null, standsToday, StatedDays.Of(known[^1].Kind, said));
        }

        var begins = known.Min(version => version.Effective.From);
        return new RecordAbsence(said.Title, said.Handling.Marking, AbsenceReason.NotYetHolding, begins, Nearest(at.Known, begins), standsToday, StatedDays.Of(known[^1].Kind, said));
    }

    /// <summary>A record as it last held on some day up to the effective date; null where it never did. The versions as <see cref="Of"/> takes them.</summary>
    internal static StoredRecord? LastHeld(IReadOnlyList<StoredRecord> versions, AsAt at) =>
        versions.SelectMany(version => version.Effective.Until is { } until ? [version.Effective.From, until.AddDays(-1)] : new[] { version.Effective.From })
            .Append(at.Effective).Where(day => day <= at.Effective).Distinct().OrderDescending()
            .Select(day => Holder(versions, at with { Effective = day })).FirstOrDefault(holder => holder?.Stated is not null);

    private static StoredRecord? Holder(IReadOnlyList<StoredRecord> versions, AsAt at) => versions.LastOrDefault(version =>
        version.Known <= at.Known && version.Effective.From <= at.Effective && (version.Effective.Until is not { } until || until > at.Effective));
}
