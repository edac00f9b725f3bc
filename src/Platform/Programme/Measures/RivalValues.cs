using System.Globalization;
using System.Text.Json.Serialization;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Measures;

/// <summary>How a value stands to what others state otherwise for the same measure, area and period.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Rivalry>))]
public enum Rivalry
{
    /// <summary>What others state stands, and this is kept beside it.</summary>
    [JsonStringEnumMemberName("beside")]
    Beside,

    /// <summary>This takes the place of what others state, which is kept beside it.</summary>
    [JsonStringEnumMemberName("inPlace")]
    InPlace,
}

/// <summary>A value to be recorded that differs from one on record under another name.</summary>
/// <param name="Area">Code of the area.</param>
/// <param name="Period">The period, as stated.</param>
/// <param name="OnRecord">The value on record.</param>
/// <param name="Here">The value to be recorded.</param>
/// <param name="Reference">"kind:key" of the record that states the one on record.</param>
/// <param name="Title">What that record is called.</param>
public sealed record RivalValue(string Area, string Period, decimal OnRecord, decimal Here, string Reference, string Title);

/// <summary>Finds the values that contradict what is on record, and says which of several stands.</summary>
public static class RivalValues
{
    private const int Named = 5;

    /// <summary>The values on record that stand against those of a record to be saved: same measure, area and period, another number, another record and another series.</summary>
    public static async Task<IReadOnlyList<RivalValue>> FindAsync(RecordView view, ProgrammeRecord body, string? key, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var (measure, rows) = body switch
        {
            ObservationSet set => (set.Measure, ObservationSets.Check(set).Any() ? [] : ObservationSets.Read(set)),
            Observation { Value: { } value, Period: { } period } one => (one.Measure, [new ObservedRow(one.Area, period, value)]),
            _ => ("", []),
        };
        if (rows.Count == 0)
        {
            return [];
        }

        // The values of one return revise each other; those of another name contradict.
        var own = new HashSet<string>(StringComparer.Ordinal);
        if (body is ObservationSet { Series: { Length: > 0 } series })
        {
            own.UnionWith((await view.ListAsync<ObservationSet>(cancellation)).Where(set => set.Body.Measure == measure && set.Body.Series == series).Select(set => set.Reference));
        }

        if (key is not null)
        {
            own.Add((body is ObservationSet ? "observation-set:" : "observation:") + key);
        }

        var held = (await ObservedValues.ListAsync(view, measure, cancellation)).Where(one => one.Body is { Value: not null, Period: not null } && !own.Contains(one.Reference))
            .ToLookup(one => (one.Body.Area.ToUpperInvariant(), one.Body.Period!.First, one.Body.Period.Last));
        return
        [
            .. rows.SelectMany(row => Standing(held[(row.Area.ToUpperInvariant(), row.Period.First, row.Period.Last)]).Where(other => other.Body.Value != row.Value && other.Body.Rivalry is null)
                .Select(other => new RivalValue(row.Area, row.Period.Text, other.Body.Value!.Value, row.Value, other.Reference, other.Body.Title))),
        ];
    }

    /// <summary>Those of several statements for one area and period that stand: what was said to take the place of others, else what nobody said anything of, else what was said to be kept beside.</summary>
    public static IEnumerable<StoredRecord<Observation>> Standing(IEnumerable<StoredRecord<Observation>> stated)
    {
        ArgumentNullException.ThrowIfNull(stated);
        return stated.GroupBy(one => Rank(one.Body)).OrderBy(group => group.Key).FirstOrDefault() ?? Enumerable.Empty<StoredRecord<Observation>>();
    }

    /// <summary>0 for what takes the place of others, 1 where nothing is said, 2 for what is kept beside.</summary>
    internal static int Rank(Observation value) => value.Rivalry switch { Rivalry.InPlace => 0, null => 1, _ => 2 };

    /// <summary>The question that must be answered before rivals are recorded.</summary>
    public static Problem Ask(IReadOnlyList<RivalValue> rivals)
    {
        ArgumentNullException.ThrowIfNull(rivals);
        var named = string.Join("; ", rivals.Take(Named).Select(one => $"{one.Area}, {one.Period}: {Text(one.OnRecord)} on record ({one.Title}), {Text(one.Here)} here"));
        return new Problem(
            $"{(rivals.Count == 1 ? "A value differs" : $"{rivals.Count.ToString(CultureInfo.InvariantCulture)} values differ")} from what is on record under another name: say which stands",
            Field: "rivalry", Found: rivals.Count > Named ? $"{named}; and {(rivals.Count - Named).ToString(CultureInfo.InvariantCulture)} more" : named,
            Accepted: "beside: what is on record stands, and this is kept beside it; inPlace: this takes its place, and what was on record is kept beside it");
    }

    private static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}

/// <summary>A value that contradicts one on record under another name is asked about, never put in its place in silence.</summary>
internal sealed class RivalRule : IRecordRule
{
    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var problems = new List<Problem>();
        foreach (var change in changes)
        {
            if (change.Body is ObservationSet { Rivalry: null } or Observation { Rivalry: null }
                && await RivalValues.FindAsync(view, change.Body, change.Key, cancellation) is { Count: > 0 } rivals)
            {
                problems.Add(RivalValues.Ask(rivals));
            }
        }

        return problems;
    }
}
