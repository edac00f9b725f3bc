using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Portfolio;

/// <summary>Progress reports: how much was said, and which deliverables have passed.</summary>
internal sealed class ProgressReportReading : IRecordReading
{
    public string Kind => "progress-report";

    public Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var reports = records.OfType<StoredRecord<ProgressReport>>().ToList();
        var silent = reports.Count(one => !WorkReports.Says(one.Body));
        var headline = reports.Count == 0 ? "No progress report is on record"
            : silent == 0 ? $"Something is reported in {(reports.Count == 1 ? "the one report" : $"all {Numbers.InWords(reports.Count)} reports")}"
            : $"Nothing is reported in {Numbers.InWords(silent)} of {Numbers.Counted(reports.Count, "report", "reports")}";
        return Task.FromResult(new ListReading(headline, ["Progress reported", "Deliverables of the next period"], reports.ToDictionary(
            one => one.Key,
            one => (IReadOnlyList<Said>)[Progress(one.Body), Next(one.Body, view.At.Effective)],
            StringComparer.Ordinal)));
    }

    public Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var report = ((StoredRecord<ProgressReport>)record).Body;
        return Task.FromResult(new RecordReading(
            WorkReports.Says(report) ? null : $"No report for {report.Period?.Text}{(report.NotReported is { Length: > 0 } why ? $": {why}" : "; nobody said why")}",
            report.Next.Count == 0 ? [] : [new(
                "next", "Deliverables of the next period", null, ["What", "When", "State"],
                report.Next.Select(next => (IReadOnlyList<Said>)
                [
                    next.What,
                    next.When is { } when ? when.Text : new Said("not said", Standing.Missing),
                    Due(next.When, view.At.Effective),
                ]).ToList())]));
    }

    private static Said Progress(ProgressReport report) =>
        report.Progress.Count > 0 ? new(Numbers.Counted(report.Progress.Count, "thing", "things"))
        : WorkReports.Says(report) ? new("none; only what comes next")
        : new("no report" + (report.NotReported is { Length: > 0 } why ? $": {why}" : "; nobody said why"), Standing.Missing);

    private static Said Next(ProgressReport report, DateOnly effective)
    {
        var passed = report.Next.Count(next => next.When is { } when && when.Last < effective);
        var dated = report.Next.Count(next => next.When is not null);
        return report.Next.Count == 0 ? new("none", Standing.Missing)
            : new($"{Numbers.InWords(report.Next.Count)}, {Numbers.InWords(dated)} with a date{(passed == 0 ? "" : $", {Numbers.InWords(passed)} of them passed")}");
    }

    private static Said Due(PartialDate? when, DateOnly effective) => when is null ? new("cannot be told", Standing.Missing)
        : when.Last < effective ? new("the date has passed", Standing.Watch)
        : when.First <= effective ? new("due now", Standing.Watch)
        : new("to come");
}
