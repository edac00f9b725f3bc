using System.Globalization;
using System.Text.Json;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>A value of a published measure, as open data has it.</summary>
/// <param name="Value">The value; null where it is suppressed or was said in words only.</param>
/// <param name="Note">"suppressed" where a small count would show, else what was said in words.</param>
/// <param name="Edition">The edition that published the measure last.</param>
public sealed record OpenValue(
    string Measure, string Title, string? Unit, string Area, string Period, DateOnly First, DateOnly Last, decimal? Value, decimal? Numerator, decimal? Denominator, string? Note, string Edition);

/// <summary>The measures that open editions have published, as data: as at the dates of the last edition that holds each, small counts suppressed.</summary>
public sealed class OpenData(IRecords records, IHistory history, Publishing publishing)
{
    private static readonly string[] Headings = ["measure", "title", "unit", "area", "period", "first", "last", "value", "numerator", "denominator", "note", "edition"];

    /// <summary>Every value, in order of measure, area and period.</summary>
    public async Task<IReadOnlyList<OpenValue>> ListAsync(CancellationToken cancellation = default)
    {
        var values = new List<OpenValue>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var edition in (await publishing.OpenAsync(cancellation)).Where(one => one.Body.State != Programme.Publications.EditionState.Corrected))
        {
            if (await history.FindContentAsync(edition.Body.Json!, cancellation) is not { } bytes)
            {
                continue;
            }

            var report = ReportFiles.Read(bytes);
            // Measures whose values it shows; one that is only named publishes nothing.
            var shown = report.Texts.Where(text => text is { Path: "value" or "words" }).Select(text => text.Reference).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var view = records.View(Publishing.Anybody, new AsAt(report.Effective, report.Known, report.Recorded));
            var observed = await ObservedValues.ListAsync(view, cancellation);
            var published = observed.Where(one => shown.Contains(one.Reference)).Select(one => one.Body.Measure).ToHashSet(StringComparer.Ordinal);
            foreach (var measure in (await view.ListAsync<Measure>(cancellation)).Where(one => published.Contains(one.Key) && done.Add(one.Key)))
            {
                values.AddRange(observed.Where(one => one.Body.Measure == measure.Key && one.Body.Period is not null).Select(one => Of(measure, one.Body, edition.Key)));
            }
        }

        return [.. values.OrderBy(one => one.Measure, StringComparer.Ordinal).ThenBy(one => one.Area, StringComparer.Ordinal).ThenBy(one => one.First).ThenBy(one => one.Last)];
    }

    /// <summary>The values as CSV.</summary>
    public async Task<byte[]> CsvAsync(CancellationToken cancellation = default) => ReportFiles.Csv(Headings, (await ListAsync(cancellation)).Select(one => (IEnumerable<string>)
    [
        one.Measure, one.Title, one.Unit ?? "", one.Area, one.Period, Day(one.First), Day(one.Last), Number(one.Value), Number(one.Numerator), Number(one.Denominator), one.Note ?? "", one.Edition,
    ]));

    /// <summary>The values as JSON.</summary>
    public async Task<byte[]> JsonAsync(CancellationToken cancellation = default) => JsonSerializer.SerializeToUtf8Bytes(new { values = await ListAsync(cancellation) }, ReportFiles.Json);

    private static OpenValue Of(StoredRecord<Measure> measure, Observation value, string edition)
    {
        var small = SmallCounts.IsSmall(measure.Body, value);
        return new(
            measure.Key, measure.Body.Title, measure.Body.Unit, value.Area, value.Period!.Text, value.Period.First, value.Period.Last, small ? null : value.Value, small ? null : value.Numerator, small ? null : value.Denominator,
            small ? SmallCounts.Suppressed : value.Words, edition);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
