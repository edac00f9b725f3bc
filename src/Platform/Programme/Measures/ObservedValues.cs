using System.Runtime.CompilerServices;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Measures;

/// <summary>
/// The one door to the values of measures, whether each was recorded by itself or came in a set. A value of a set is given as an
/// observation that leads to its set, with the day on which that value became known.
/// </summary>
public static class ObservedValues
{
    // The body of a version never changes, so what was read of one is kept as long as the body is.
    private static readonly ConditionalWeakTable<ObservationSet, IReadOnlyList<ObservedRow>> Read = [];

    /// <summary>
    /// Every value that the reader may see, that was known by the view's known date and whose period had ended by its effective date. In
    /// one series of sets the value known last holds; values of different sources for one period all stand, as each was stated.
    /// </summary>
    public static async Task<IReadOnlyList<StoredRecord<Observation>>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Held(view, await view.ListAsync<Observation>(cancellation), await view.ListAsync<ObservationSet>(cancellation));
    }

    /// <summary>The same of one measure; quicker, as sets of other measures are not read.</summary>
    public static async Task<IReadOnlyList<StoredRecord<Observation>>> ListAsync(RecordView view, string measure, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Held(
            view, (await view.ListAsync<Observation>(cancellation)).Where(one => one.Body.Measure == measure).ToList(),
            (await view.ListAsync<ObservationSet>(cancellation)).Where(set => set.Body.Measure == measure).ToList());
    }

    private static IReadOnlyList<StoredRecord<Observation>> Held(RecordView view, IReadOnlyList<StoredRecord<Observation>> single, IReadOnlyList<StoredRecord<ObservationSet>> sets)
    {
        if (sets.Count == 0)
        {
            return single;
        }

        var held = new Dictionary<(string Measure, string Series, string Area, DateOnly First, DateOnly Last), StoredRecord<Observation>>();
        foreach (var set in sets)
        {
            foreach (var row in Read.GetValue(set.Body, ObservationSets.Read))
            {
                var known = KnownOn(set, row.Period);
                var key = (set.Body.Measure, set.Body.Series ?? set.Key, row.Area, row.Period.First, row.Period.Last);
                if (row.Period.Last <= view.At.Effective && known <= view.At.Known
                    && (!held.TryGetValue(key, out var other) || (other.Known, other.VersionId).CompareTo((known, set.VersionId)) < 0))
                {
                    held[key] = Of(set, row, known);
                }
            }
        }

        return [.. single, .. held.Values];
    }

    /// <summary>
    /// The days on which values within the sets of a measure begin to count: the end of each period, and the day on which each became known,
    /// up to the view's known date and whatever its effective date. A set is one version, so that these days are not those of versions.
    /// </summary>
    public static async Task<(IReadOnlyCollection<DateOnly> Effective, IReadOnlyCollection<DateOnly> Known)> DaysAsync(RecordView view, string measure, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var (effective, known) = (new SortedSet<DateOnly>(), new SortedSet<DateOnly>());
        foreach (var set in (await view.As(view.At with { Effective = DateOnly.MaxValue }).ListAsync<ObservationSet>(cancellation)).Where(set => set.Body.Measure == measure))
        {
            foreach (var period in Read.GetValue(set.Body, ObservationSets.Read).Select(row => row.Period))
            {
                var day = KnownOn(set, period);
                if (day <= view.At.Known)
                {
                    effective.Add(period.Last);
                    known.Add(day);
                }
            }
        }

        return (effective, known);
    }

    private static DateOnly KnownOn(StoredRecord<ObservationSet> set, PartialDate period) => set.Body.KnownAfterDays is { } days ? period.Last.AddDays(days) : set.Known;

    /// <summary>The kind of length that a period has, in whole days: any month counts as 30, a quarter as 91, a year as 365.</summary>
    public static int LengthOf(PartialDate period)
    {
        ArgumentNullException.ThrowIfNull(period);
        var next = period.Last.AddDays(1);
        var months = ((next.Year - period.First.Year) * 12) + next.Month - period.First.Month;
        return period.First.Day == next.Day && months is 1 or 3 or 12 ? months switch { 1 => 30, 3 => 91, _ => 365 } : next.DayNumber - period.First.DayNumber;
    }

    /// <summary>The length that most of the periods have, the shorter of two as common: that of the series, beside which others are told. Null for none.</summary>
    public static int? CommonLength(IEnumerable<PartialDate> periods) =>
        periods.CountBy(LengthOf).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => (int?)pair.Key).FirstOrDefault();

    private static StoredRecord<Observation> Of(StoredRecord<ObservationSet> set, ObservedRow row, DateOnly known) => new(
        set.Kind, set.Key,
        new Observation
        {
            Title = set.Body.Title,
            Measure = set.Body.Measure,
            Area = row.Area,
            Period = row.Period,
            Value = row.Value,
            Numerator = row.Numerator,
            Denominator = row.Denominator,
            Contains = set.Body.Contains,
            Rivalry = set.Body.Rivalry,
            Handling = set.Body.Handling,
            Sources = set.Body.Sources,
            Summary = set.Body.Summary,
        },
        set.VersionId, set.Effective, known, set.Recorded, set.Account, set.Organisation, set.Why);
}
