using System.Globalization;
using System.Text;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>The series of one measure for some areas, as at the dates of a view.</summary>
/// <param name="Measure">Key of the measure.</param>
/// <param name="Areas">Codes of the areas, in the order asked for.</param>
/// <param name="Series">By area; no entry for one of which nothing is known.</param>
public sealed record MeasurePanel(string Measure, IReadOnlyList<string> Areas, IReadOnlyDictionary<string, MeasuredSeries> Series)
{
    /// <summary>What a decision relies on observations for.</summary>
    public const string ValuesUsed = "Values used";

    /// <summary>Reads it.</summary>
    public static async Task<MeasurePanel> ReadAsync(IMeasuredSeries measured, RecordView view, string measure, IReadOnlyList<string> areas, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(measured);
        var series = (await measured.SeriesOfAsync(view, measure, cancellation)).ToDictionary(one => one.Area.Code, StringComparer.OrdinalIgnoreCase);
        return new MeasurePanel(measure, areas, series);
    }

    /// <summary>The values of an area in order of period; empty where there are none.</summary>
    public IReadOnlyList<SeriesPoint> Points(string area) => Series.TryGetValue(area, out var series) ? series.Points : [];

    /// <summary>The same with only the values that are wanted.</summary>
    public MeasurePanel Where(Func<SeriesPoint, bool> wanted) =>
        this with { Series = Series.ToDictionary(pair => pair.Key, pair => pair.Value with { Points = [.. pair.Value.Points.Where(wanted)] }, StringComparer.OrdinalIgnoreCase) };

    /// <summary>The values of an area that lie within some days.</summary>
    public IReadOnlyList<SeriesPoint> Within(string area, PartialDate days) => [.. Points(area).Where(point => point.Period.First >= days.First && point.Period.Last <= days.Last)];

    /// <summary>The exact versions of the records that values were read from.</summary>
    public static async Task<IReadOnlyList<Reliance>> InputsAsync(RecordView view, IEnumerable<SeriesPoint> points, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var inputs = new List<Reliance>();
        foreach (var reference in points.SelectMany(point => point.References).Distinct(StringComparer.Ordinal))
        {
            if (view.Catalogue.Find(reference.Split(':', 2)[0]) is { } kind)
            {
                // Listed first, so that a view reads all of the kind once.
                await view.ListAsync(kind, cancellation);
                if (await view.FindAsync(reference, cancellation) is { } record)
                {
                    inputs.Add(new Reliance { On = record.Reference, Version = record.VersionId, Fingerprint = Reliances.Fingerprint(record), For = ValuesUsed });
                }
            }
        }

        return inputs;
    }

    /// <summary>What of some days an area has no value for, in words; empty where they are covered.</summary>
    public IReadOnlyList<string> Missing(string area, PartialDate days)
    {
        ArgumentNullException.ThrowIfNull(days);
        var gaps = new List<string>();
        var from = days.First;
        foreach (var one in Within(area, days))
        {
            if (one.Period.First > from)
            {
                gaps.Add(Words(from, one.Period.First.AddDays(-1)));
            }

            from = one.Period.Last >= from ? one.Period.Last.AddDays(1) : from;
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
            foreach (var one in Points(area).Where(one => within is null || within.Any(days => one.Period.First >= days.First && one.Period.Last <= days.Last)))
            {
                var live = treated.Contains(area, StringComparer.OrdinalIgnoreCase) && one.Period.First >= start;
                csv.Append(CultureInfo.InvariantCulture, $"{PanelText.Quote(area)},{TimeOf(one)},{one.Value},{(live ? 1 : 0)}\n");
            }
        }

        return csv.ToString();
    }

    /// <summary>How the time of a value is written: 2017-05 for a whole month, else its first day.</summary>
    public string TimeOf(SeriesPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return point.Period.First.ToString(IsMonthly ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether every period is a whole month.</summary>
    public bool IsMonthly => Areas.SelectMany(Points).All(point => point.Period.First.Day == 1 && point.Period.Last == point.Period.First.AddMonths(1).AddDays(-1));

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
    public static string Command(string file, PanelColumns columns, string method, IReadOnlyList<string> exclude, string? error = null)
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

        if (error is not null)
        {
            words.AddRange(["--se", error]);
        }

        return string.Join(' ', words);
    }

    /// <summary>A field of RFC 4180 CSV.</summary>
    internal static string Quote(string value) => value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Shell(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ',' or ':' or '/') && word.Length > 0 ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
