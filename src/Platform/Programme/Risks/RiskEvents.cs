using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Risks;

/// <summary>That a risk happened.</summary>
/// <param name="On">When; null for today.</param>
/// <param name="What">What happened; null for the event of the risk as it was foreseen.</param>
/// <param name="Effect">What it did; null for the effect as it was foreseen.</param>
/// <param name="Why">What shows that it happened.</param>
/// <param name="Expected">The version of the risk that the person saw; refused when somebody saved since. Null to skip the check.</param>
public sealed record RiskHappened(PartialDate? On, string? What, string? Effect, string Why, long? Expected = null);

/// <summary>What happens to risks.</summary>
public sealed class RiskEvents(IRecords records, TimeProvider time)
{
    /// <summary>
    /// Makes a risk the issue it became, in one save: the issue carries its work, owner, areas, handling, sources, rating and the
    /// controls that are not done; each names the other. Gives the issue's key.
    /// </summary>
    public async Task<Outcome<string>> HappenedAsync(Actor actor, string risk, RiskHappened happened, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var now = time.Now();
        var view = records.View(actor, now);
        if (await view.FindAsync<Risk>(risk, cancellation) is not { } record)
        {
            return new Problem("There is no such risk", Field: "risk", Found: risk);
        }

        if (!RatingBook.IsOpen(record.Body, now.Effective))
        {
            return new Problem(record.Body.BecameIssue is null ? "This risk is closed" : "This risk has already become an issue", Field: "risk", Found: risk);
        }

        var on = happened.On ?? PartialDate.Of(now.Effective);
        if (on.First > now.Effective)
        {
            return new Problem("A risk cannot have happened in the future", Field: "on", Found: on.Text, Accepted: $"a date up to {Numbers.Day(now.Effective)}");
        }

        var key = risk;
        for (var n = 2; await view.FindAsync<Issue>(key, cancellation) is not null; n++)
        {
            key = $"{risk}-{n}";
        }

        var body = record.Body;
        var issue = new Issue
        {
            Title = body.Title,
            Work = body.Work,
            Owner = body.Owner,
            Summary = body.Summary,
            Areas = body.Areas,
            Handling = body.Handling,
            Sources = body.Sources,
            Event = string.IsNullOrWhiteSpace(happened.What) ? body.Event : happened.What.Trim(),
            Effect = string.IsNullOrWhiteSpace(happened.Effect) ? body.Effect : happened.Effect.Trim(),
            FromRisk = risk,
            Raised = on,
            Severity = body.Current?.Rating,
            Controls = body.Controls.Where(control => control.Done is null).ToList(),
            Published = body.Published,
        };
        var saved = await records.SaveAsync(
            actor,
            [new RecordChange("issue", key, issue), new RecordChange("risk", risk, body with { BecameIssue = key }, Expected: happened.Expected)],
            happened.Why,
            cancellation);
        return saved.Succeeded ? key : Outcome.Refused<string>(saved.Problems);
    }
}
