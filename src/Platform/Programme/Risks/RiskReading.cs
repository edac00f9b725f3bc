using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Risks;

/// <summary>Risks: score, rating, how long unchanged, what is done, and what became of them.</summary>
internal sealed class RiskReading : IRecordReading
{
    public string Kind => "risk";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var effective = view.At.Effective;
        var book = await RatingBook.OpenAsync(view, cancellation);
        var reports = await ReportsSince.OpenAsync(view, cancellation);
        var risks = records.OfType<StoredRecord<Risk>>().ToList();
        return new(Headline(risks, book, effective), ["State", "Score", "Published rating", "Unchanged", "Controls"], risks.ToDictionary(
            one => one.Key,
            one => (IReadOnlyList<Said>)
            [
                State(one.Body, effective),
                Score(one.Body.Current ?? one.Body.Inherent),
                Published(one.Body.Published, book, effective),
                Unchanged(reports.Unchanged(one)),
                Controls.Of(one.Body.Controls, effective),
            ],
            StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var risk = (StoredRecord<Risk>)record;
        var (body, effective) = (risk.Body, view.At.Effective);
        var book = await RatingBook.OpenAsync(view, cancellation);
        var unchanged = Unchanged((await ReportsSince.OpenAsync(view, cancellation)).Unchanged(risk));
        List<ReadingPart> parts =
        [
            new("standing", "Where it stands", null, ["What", "Result"],
            [
                [new Said("State"), State(body, effective)],
                [new Said("Published rating"), Published(body.Published, book, effective)],
                [new Said("Unchanged"), unchanged],
                [new Said("Controls"), Controls.Of(body.Controls, effective)],
            ]),
        ];
        (string Name, RiskLevel? Level)[] levels = [("Inherent", body.Inherent), ("Current", body.Current), ("Residual", body.Residual), ("Target", body.Target)];
        if (levels.Any(one => one.Level is not null))
        {
            parts.Add(new("levels", "How it is judged", Target(body), ["Level", "Rating", "Score"], levels.Where(one => one.Level is not null).Select(one => (IReadOnlyList<Said>)
                [one.Name, one.Level!.Rating is { } word ? new Said(word) : new Said("not rated", Standing.Missing), Score(one.Level)]).ToList()));
        }

        if (body.Controls.Count > 0)
        {
            parts.Add(Controls.Part(body.Controls, effective));
        }

        var state = State(body, effective).Text;
        return new(char.ToUpperInvariant(state[0]) + state[1..], parts);
    }

    private static string Headline(IReadOnlyList<StoredRecord<Risk>> risks, RatingBook book, DateOnly effective)
    {
        if (risks.Count == 0)
        {
            return "No risk is on record";
        }

        var open = risks.Where(one => RatingBook.IsOpen(one.Body, effective)).ToList();
        var worst = open.Count(one => PublishedJudgement.Of(one.Body.Published, book.Scale(one.Body.Published?.Scale), null, effective)?.Place == Standing.Bad);
        var undated = open.Count(one => !one.Body.Controls.Any(control => control.Due is not null || control.Done is not null));
        return $"{Numbers.InWords(open.Count, capital: true)} of {Numbers.Counted(risks.Count, "risk", "risks")} {(open.Count == 1 ? "is" : "are")} open"
            + (worst > 0 ? $", {Numbers.InWords(worst)} at the worst rating" : "")
            + (undated > 0 ? $"; {Numbers.InWords(undated)} {(undated == 1 ? "has" : "have")} no control with a date" : "");
    }

    private static Said State(Risk risk, DateOnly effective) => risk switch
    {
        { BecameIssue: { } issue } => new("happened, and became an issue", Standing.Bad, "issue:" + issue),
        { Closed: { } closed } when closed.First <= effective => new($"closed: {closed.Text}"),
        { AcceptanceEnds: { } end } when end < effective => new($"open; its acceptance ended {Numbers.Day(end)}", Standing.Bad, Decision(risk)),
        { AcceptedBy: not null } => new($"accepted{(risk.AcceptanceEnds is { } until ? $" until {Numbers.Day(until)}" : "; nobody said until when")}", risk.AcceptanceEnds is null ? Standing.Watch : Standing.Plain, Decision(risk)),
        { Proximity: { } proximity } => new($"open; may happen {proximity.Text}", Standing.Watch),
        _ => new("open", Standing.Watch),
    };

    private static string? Decision(Risk risk) => risk.AcceptedBy is { } decision ? "decision:" + decision : null;

    private static Said Score(RiskLevel? level) => level switch
    {
        { Likelihood: { } likelihood, Impact: { } impact } => new($"{likelihood * impact} of 25 ({likelihood} × {impact})"),
        { Rating: { Length: > 0 } word } => new($"{word}; likelihood and impact not stated", Standing.Missing),
        _ => new("likelihood and impact not stated", Standing.Missing),
    };

    private static Said Published(PublishedRating? published, RatingBook book, DateOnly effective) =>
        PublishedJudgement.Of(published, book.Scale(published?.Scale), null, effective) is { } judged ? new(judged.Words, judged.Standing) : new("none published", Standing.Missing);

    private static Said Unchanged(int reports) => reports switch
    {
        0 => new("cannot be told", Standing.Missing),
        1 => new("new or changed in the last report"),
        >= ReportsSince.Most => new($"unchanged for at least {Numbers.Counted(reports, "report", "reports")}", Standing.Watch),
        _ => new($"unchanged for {Numbers.Counted(reports, "report", "reports")}", Standing.Watch),
    };

    private static string? Target(Risk risk) => risk is { Current: { Likelihood: { } likelihood, Impact: { } impact }, Target: { Likelihood: { } few, Impact: { } small } }
        ? likelihood * impact > few * small ? "It is judged worse than wanted" : "It is judged as wanted"
        : null;
}
