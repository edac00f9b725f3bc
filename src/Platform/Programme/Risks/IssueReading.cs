using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Risks;

/// <summary>Issues: open since when, from which risk, and what is done.</summary>
internal sealed class IssueReading : IRecordReading
{
    public string Kind => "issue";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var effective = view.At.Effective;
        var book = await RatingBook.OpenAsync(view, cancellation);
        var issues = records.OfType<StoredRecord<Issue>>().ToList();
        var open = issues.Count(one => IsOpen(one.Body, effective));
        var foreseen = issues.Count(one => one.Body.FromRisk is not null);
        var headline = issues.Count == 0 ? "No issue is on record"
            : $"{Numbers.InWords(open, capital: true)} of {Numbers.Counted(issues.Count, "issue", "issues")} {(open == 1 ? "is" : "are")} open; "
                + (foreseen == 0 ? "none was on record as a risk before" : $"{Numbers.InWords(foreseen)} {(foreseen == 1 ? "was" : "were")} on record as a risk before");
        return new(headline, ["State", "Rating as published", "Controls"], issues.ToDictionary(
            one => one.Key,
            one => (IReadOnlyList<Said>)[State(one.Body, effective), Published(one.Body, book, effective), Controls.Of(one.Body.Controls, effective)],
            StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var (issue, effective) = (((StoredRecord<Issue>)record).Body, view.At.Effective);
        var book = await RatingBook.OpenAsync(view, cancellation);
        var rows = new List<IReadOnlyList<Said>>
        {
            new Said[] { "State", State(issue, effective) },
            new Said[] { "Published rating", Published(issue, book, effective) },
            new Said[] { "Controls", Controls.Of(issue.Controls, effective) },
        };
        if (issue.FromRisk is { } key)
        {
            rows.Add([new Said("Was a risk"), new Said((await view.FindAsync("risk:" + key, cancellation))?.Body.Title ?? key, Reference: "risk:" + key)]);
        }

        List<ReadingPart> parts = [new("standing", "Where it stands", null, ["What", "Result"], rows)];
        if (issue.Controls.Count > 0)
        {
            parts.Add(Controls.Part(issue.Controls, effective));
        }

        var state = State(issue, effective).Text;
        return new(char.ToUpperInvariant(state[0]) + state[1..], parts);
    }

    /// <summary>Whether it still has to be dealt with.</summary>
    internal static bool IsOpen(Issue issue, DateOnly effective) => issue.Closed is null || issue.Closed.First > effective;

    private static Said State(Issue issue, DateOnly effective) => IsOpen(issue, effective)
        ? new(issue.Raised is { } raised ? $"open since {raised.Text}" : "open; since when is not stated", Standing.Watch)
        : new($"closed: {issue.Closed!.Text}", Standing.Good);

    private static Said Published(Issue issue, RatingBook book, DateOnly effective) =>
        PublishedJudgement.Of(issue.Published, book.Scale(issue.Published?.Scale), null, effective) is { } judged ? new(judged.Words, judged.Standing) : new("none published", Standing.Missing);
}
