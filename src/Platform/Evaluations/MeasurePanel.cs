using System.Globalization;
using System.Text;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>The observations of one measure for some areas, period by period, as at the dates of a view.</summary>
/// <param name="Measure">Key of the measure.</param>
/// <param name="Areas">Codes of the areas, in the order asked for.</param>
/// <param name="Observations">By area, in order of period: those with a value and a period.</param>
public sealed record MeasurePanel(string Measure, IReadOnlyList<string> Areas, IReadOnlyDictionary<string, IReadOnlyList<StoredRecord<Observation>>> Observations)
{
    /// <summary>Reads it. An area without a value has an empty list.</summary>
    public static async Task<MeasurePanel> ReadAsync(RecordView view, string measure, IReadOnlyList<string> areas, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var all = (await view.ListAsync<Observation>(cancellation)).Where(one => one.Body is { Value: not null, Period: not null } && one.Body.Measure == measure).ToList();
        return new MeasurePanel(measure, areas, areas.ToDictionary(
            area => area,
            IReadOnlyList<StoredRecord<Observation>> (area) =>
                [.. all.Where(one => string.Equals(one.Body.Area, area, StringComparison.OrdinalIgnoreCase)).OrderBy(one => one.Body.Period!.First).ThenBy(one => one.Body.Period!.Last).ThenBy(one => one.Key, StringComparer.Ordinal)],
            StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The areas of a measure that have any value, in ordinal order of code.</summary>
    public static async Task<IReadOnlyList<string>> AreasAsync(RecordView view, string measure, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        return [.. (await view.ListAsync<Observation>(cancellation)).Where(one => one.Body is { Value: not null, Period: not null } && one.Body.Measure == measure).Select(one => one.Body.Area).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
    }

    /// <summary>The observations of an area that lie within some days.</summary>
    public IReadOnlyList<StoredRecord<Observation>> Within(string area, PartialDate days) =>
        [.. Observations[area].Where(one => one.Body.Period!.First >= days.First && one.Body.Period.Last <= days.Last)];

    /// <summary>What of some days an area has no value for, in words; empty where they are covered.</summary>
    public IReadOnlyList<string> Missing(string area, PartialDate days)
    {
        ArgumentNullException.ThrowIfNull(days);
        var gaps = new List<string>();
        var from = days.First;
        foreach (var one in Within(area, days))
        {
            if (one.Body.Period!.First > from)
            {
                gaps.Add(Words(from, one.Body.Period.First.AddDays(-1)));
            }

            from = one.Body.Period.Last >= from ? one.Body.Period.Last.AddDays(1) : from;
        }

        if (from <= days.Last)
        {
            gaps.Add(Words(from, days.Last));
        }

        return gaps;
    }

    /// <summary>
    /// The panel as the CSV that the command line takes: area, time, value, treated. Only periods within the days given are in it; an area
    /// of <paramref name="treated"/> is under treatment from <paramref name="start"/> on.
    /// </summary>
    public string ToCsv(IReadOnlyCollection<string> treated, DateOnly start, IReadOnlyList<PartialDate>? within = null)
    {
        var csv = new StringBuilder("area,time,value,treated\n");
        foreach (var area in Areas)
        {
            foreach (var one in Observations[area].Where(one => within is null || within.Any(days => one.Body.Period!.First >= days.First && one.Body.Period.Last <= days.Last)))
            {
                var live = treated.Contains(area, StringComparer.OrdinalIgnoreCase) && one.Body.Period!.First >= start;
                csv.Append(CultureInfo.InvariantCulture, $"{PanelText.Quote(area)},{TimeOf(one)},{one.Body.Value!.Value},{(live ? 1 : 0)}\n");
            }
        }

        return csv.ToString();
    }

    /// <summary>How the time of an observation is written: 2017-05 for a whole month, else its first day.</summary>
    public string TimeOf(StoredRecord<Observation> observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return observation.Body.Period!.First.ToString(IsMonthly ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether every period is a whole month.</summary>
    public bool IsMonthly => Observations.Values.SelectMany(list => list).All(one => one.Body.Period!.First.Day == 1 && one.Body.Period.Last == one.Body.Period.First.AddMonths(1).AddDays(-1));

    private static string Words(DateOnly first, DateOnly last) =>
        first.Day == 1 && last == first.AddMonths(1).AddDays(-1) ? first.ToString("MMMM yyyy", CultureInfo.InvariantCulture)
        : first.Day == 1 && last.AddDays(1).Day == 1 ? $"{first.ToString("MMMM yyyy", CultureInfo.InvariantCulture)} to {last.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}"
        : $"{first.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} to {last.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}";
}

/// <summary>The columns of a panel that this product writes.</summary>
public static class PanelText
{
    /// <summary>Its columns.</summary>
    public static PanelColumns Columns { get; } = new("area", "time", "value", "treated");

    /// <summary>The command that answers the same from the panel saved as a file.</summary>
    public static string Command(string file, PanelColumns columns, string method, IReadOnlyList<string> exclude)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(exclude);
        var words = new List<string> { "pathfinder evaluate effect", Shell(file), "--unit", Shell(columns.Unit), "--time", Shell(columns.Time), "--outcome", Shell(columns.Outcome), "--treated", Shell(columns.Treated), "--method", method };
        if (columns.Covariates is { Count: > 0 } covariates)
        {
            words.AddRange(["--covariates", Shell(string.Join(',', covariates))]);
        }

        if (exclude.Count > 0)
        {
            words.AddRange(["--exclude", Shell(string.Join(',', exclude))]);
        }

        return string.Join(' ', words);
    }

    /// <summary>A field of RFC 4180 CSV.</summary>
    internal static string Quote(string value) => value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Shell(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ',' or ':' or '/') && word.Length > 0 ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
