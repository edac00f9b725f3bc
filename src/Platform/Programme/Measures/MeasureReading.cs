using System.Globalization;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Measures;

/// <summary>Measures: the latest value of each area against target and comparator, and the periods that are missing.</summary>
internal sealed class MeasureReading : IRecordReading
{
    public string Kind => "measure";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var series = await Series.ListAsync(view, cancellation);
        var cells = new Dictionary<string, IReadOnlyList<Said>>(StringComparer.Ordinal);
        var (observed, below) = (0, 0);
        foreach (var record in records.OfType<StoredRecord<Measure>>())
        {
            var own = series.Where(one => one.Measure == record.Key).ToList();
            var latest = own.Select(one => one.Latest).OfType<StoredRecord<Observation>>().ToList();
            var missed = own.Count(one => Meets(record.Body, one.Latest?.Body.Value) == false);
            observed += latest.Count > 0 ? 1 : 0;
            below += missed > 0 ? 1 : 0;
            cells[record.Key] =
            [
                latest.Count == 0 ? new Said("never observed", Standing.Missing) : latest.MaxBy(one => one.Body.Period!.Last)!.Body.Period!.Text,
                record.Body.Target is null ? "no target" : latest.Count == 0 ? new Said("not known", Standing.Missing)
                    : missed == 0 ? new Said("every area observed meets it", Standing.Good)
                    : new Said($"{Numbers.InWords(missed)} of {Numbers.Counted(own.Count, "area", "areas")} {(missed == 1 ? "misses" : "miss")} it", Standing.Bad),
                Missing(own),
            ];
        }

        var headline = records.Count == 0 ? "No measure is on record"
            : observed == 0 ? $"None of {Numbers.Counted(records.Count, "measure", "measures")} is observed"
            : $"{Numbers.InWords(observed, capital: true)} of {Numbers.Counted(records.Count, "measure", "measures")} {(observed == 1 ? "is" : "are")} observed{(below > 0 ? $"; {Numbers.InWords(below)} {(below == 1 ? "misses its" : "miss their")} target somewhere" : "")}";
        return new(headline, ["Last observed", "Target", "Missing periods"], cells);
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var measure = (Measure)record.Body;
        var own = (await Series.ListAsync(view, cancellation)).Where(one => one.Measure == record.Key).ToList();
        if (own.Count == 0)
        {
            return new("Not observed on any day known", []);
        }

        var force = own.Find(one => one.IsForce);
        var rows = own.Select(one => (IReadOnlyList<Said>)
        [
            one.IsForce ? $"{one.Area} (the whole force)" : one.Area,
            one.Latest is { } latest ? new Said(latest.Body.Period!.Text, Reference: latest.Reference) : new Said("not yet", Standing.Missing),
            one.Latest is { } value ? Value(measure, value.Body) : new Said("", Standing.Missing),
            Against(measure, one.Latest?.Body.Value), Beside(measure, one, force), Missing([one]),
        ]).ToList();
        var missed = own.Count(one => Meets(measure, one.Latest?.Body.Value) == false);
        var contains = force?.Latest?.Body.Contains is { Length: > 0 } said ? $"; the comparator contains {said}" : "";
        return new(
            measure.Target is { } target
                ? missed == 0 ? $"No area observed is known to miss the target of {Plain(target)}{measure.Unit}" : $"{Numbers.InWords(missed, capital: true)} of {Numbers.Counted(own.Count, "area", "areas")} {(missed == 1 ? "misses" : "miss")} the target of {Plain(target)}{measure.Unit}"
                : $"Observed for {Numbers.Counted(own.Count, "area", "areas")}; it has no target",
            [new ReadingPart("latest", "Latest value by area", force is null ? null : $"Held beside the value of the whole force for the same period{contains}", ["Area", "Period", "Value", "Target", "Beside the force", "Missing periods"], rows)]);
    }

    /// <summary>Whether a value meets the target; null where that cannot be said.</summary>
    internal static bool? Meets(Measure measure, decimal? value) => (measure.Target, value, measure.Direction) switch
    {
        ({ } target, { } found, MeasureDirection.Up) => found >= target,
        ({ } target, { } found, MeasureDirection.Down) => found <= target,
        _ => null,
    };

    internal static Said Against(Measure measure, decimal? value) => Meets(measure, value) switch
    {
        true => new("meets it", Standing.Good),
        false => new($"misses it by {Plain(Math.Abs(value!.Value - measure.Target!.Value))}", Standing.Bad),
        null => measure.Target is null ? new("no target") : new("not known", Standing.Missing),
    };

    private static Said Value(Measure measure, Observation observation) => observation.Value is { } value
        ? $"{Plain(value)}{(measure.Unit == "%" ? "%" : measure.Unit is { } unit ? " " + unit : "")}"
        : observation.Words is { } words ? $"“{words}”" : new Said("no figure", Standing.Missing);

    private static Said Beside(Measure measure, Series own, Series? force)
    {
        if (own.IsForce || force is null || own.Latest?.Body is not { Value: { } value } latest)
        {
            return new Said("", Standing.Plain);
        }

        var same = force.Observations.LastOrDefault(one => one.Body.Period!.First == latest.Period!.First && one.Body.Period.Last == latest.Period.Last);
        if (same?.Body.Value is not { } comparator)
        {
            return new Said("not observed for that period", Standing.Missing);
        }

        var difference = value - comparator;
        var better = measure.Direction switch { MeasureDirection.Up => difference >= 0, MeasureDirection.Down => difference <= 0, _ => (bool?)null };
        return new Said(
            $"{(difference < 0 ? "−" : "+")}{Plain(Math.Abs(difference))}{(measure.Unit == "%" ? " points" : "")}, force {Plain(comparator)}",
            better switch { true => Standing.Good, false => Standing.Watch, null => Standing.Plain }, same.Reference);
    }

    private static Said Missing(IReadOnlyList<Series> own)
    {
        var gaps = own.SelectMany(one => one.Gaps.Select(gap => own.Count > 1 ? $"{one.Area} {gap}" : gap)).ToList();
        return own.Count == 0 ? new Said("", Standing.Plain) : gaps.Count == 0 ? new Said("none between the first and the last")
            : new Said(string.Join(", ", gaps.Take(4)) + (gaps.Count > 4 ? $" and {gaps.Count - 4} more" : ""), Standing.Missing);
    }

    private static string Plain(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}

/// <summary>Observations: whether each meets its target, and what changed since the period before.</summary>
internal sealed class ObservationReading : IRecordReading
{
    public string Kind => "observation";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var measures = (await view.ListAsync<Measure>(cancellation)).ToDictionary(measure => measure.Key, measure => measure.Body, StringComparer.Ordinal);
        var series = await Series.ListAsync(view, cancellation);
        var all = records.OfType<StoredRecord<Observation>>().ToList();
        var without = all.Count(one => one.Body.Value is null);
        var headline = all.Count == 0 ? "No observation is on record"
            : $"{Numbers.Counted(all.Count, "observation", "observations", capital: true)} of {Numbers.Counted(all.Select(one => one.Body.Measure).Distinct(StringComparer.Ordinal).Count(), "measure", "measures")}{(without > 0 ? $"; {Numbers.InWords(without)} without a figure" : "")}";
        var before = series.SelectMany(one => one.Observations.Zip(one.Observations.Skip(1), (earlier, later) => (later, earlier.Body)))
            .Where(pair => pair.later.Kind.Name == Kind).ToDictionary(pair => pair.later.Key, pair => pair.Body, StringComparer.Ordinal);
        return new(headline, ["Target", "Since the period before"], all.ToDictionary(
            one => one.Key,
            one => (IReadOnlyList<Said>)
            [
                measures.TryGetValue(one.Body.Measure, out var measure) ? MeasureReading.Against(measure, one.Body.Value) : new Said("the measure is not on record", Standing.Missing),
                before.TryGetValue(one.Key, out var earlier) && earlier.Value is { } was && one.Body.Value is { } now
                    ? $"{(now < was ? "−" : "+")}{Math.Abs(now - was).ToString("#,0.##", CultureInfo.InvariantCulture)} from {earlier.Period!.Text}" : "nothing to compare",
            ],
            StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var observation = (Observation)record.Body;
        var measure = await view.FindAsync<Measure>(observation.Measure, cancellation);
        var meets = measure is null ? null : MeasureReading.Meets(measure.Body, observation.Value);
        return new(meets switch { true => "Meets the target", false => "Misses the target", _ => null }, []);
    }
}

/// <summary>The observations of one measure for one area in order of period.</summary>
internal sealed record Series(string Measure, string Area, IReadOnlyList<StoredRecord<Observation>> Observations, DateOnly Effective)
{
    /// <summary>Whether it is of the whole force, the comparator.</summary>
    public bool IsForce => string.Equals(Area, "MPS", StringComparison.OrdinalIgnoreCase);

    /// <summary>The last period that ended by the effective date.</summary>
    public StoredRecord<Observation>? Latest => Observations.LastOrDefault(one => one.Body.Period!.Last <= Effective);

    /// <summary>What lies between the first and the last period and is not observed, in words.</summary>
    public IReadOnlyList<string> Gaps
    {
        get
        {
            var gaps = new List<string>();
            for (var i = 1; i < Observations.Count; i++)
            {
                var (ended, begins) = (Observations[i - 1].Body.Period!.Last, Observations[i].Body.Period!.First);
                if (begins > ended.AddDays(1))
                {
                    gaps.Add(Queries.QueryWords.Period(ended.AddDays(1), begins.AddDays(-1)));
                }
            }

            return gaps;
        }
    }

    /// <summary>Every series that the reader may see, in order of measure and area.</summary>
    public static async Task<List<Series>> ListAsync(RecordView view, CancellationToken cancellation) =>
        [.. (await ObservedValues.ListAsync(view, cancellation)).Where(one => one.Body.Period is not null)
            .GroupBy(one => (one.Body.Measure, one.Body.Area)).OrderBy(group => group.Key.Measure, StringComparer.Ordinal).ThenBy(group => group.Key.Area, StringComparer.Ordinal)
            .Select(group => new Series(group.Key.Measure, group.Key.Area, OfOneLength([.. group.GroupBy(one => (one.Body.Period!.First, one.Body.Period.Last)).SelectMany(RivalValues.Standing).OrderBy(one => one.Body.Period!.First).ThenBy(one => one.Body.Period!.Last)]), view.At.Effective))];

    // A year beside months is no gap of theirs, and is not newer than they are.
    private static List<StoredRecord<Observation>> OfOneLength(List<StoredRecord<Observation>> observations)
    {
        var length = ObservedValues.CommonLength(observations.Select(one => one.Body.Period!));
        return observations.FindAll(one => ObservedValues.LengthOf(one.Body.Period!) == length);
    }
}
