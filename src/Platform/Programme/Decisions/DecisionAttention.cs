using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>Decisions that somebody must look at: to be reconsidered, overdue, waiting, exempt, or with money that contradicts itself.</summary>
internal sealed class DecisionAttention : IProgrammeAttention
{
    private const string Decisions = "Decisions", Overdue = "Overdue";
    private const int SoonDays = 30;

    public async Task<IReadOnlyList<AttentionLine>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        var today = view.At.Effective;
        var (mine, lines) = (new List<AttentionLine>(), new List<AttentionLine>());
        foreach (var record in await view.ListAsync<Decision>(cancellation))
        {
            var standing = await DecisionStanding.OfAsync(view, record, cancellation);
            var isMine = await IsMineAsync(view, record.Body, cancellation);
            if (isMine)
            {
                var waits = LowerFirst(standing.Headline(today)).Replace("for a signature", "for your signature", StringComparison.Ordinal);
                mine.Add(new AttentionLine(Decisions, $"{record.Body.Title} {waits}", record.Reference, Standing.Bad, null, $"/decisions/{record.Key}/sign"));
            }

            lines.AddRange(Of(standing, isMine, today));
        }

        foreach (var record in await view.ListAsync<BusinessCase>(cancellation))
        {
            lines.AddRange(record.Body.Passages.Where(passage => CasePassages.IsLate(passage, today)).Select(passage => new AttentionLine(
                Overdue, $"{record.Body.Title}: the {CasePassages.Stage(passage.Stage)} was planned for {passage.Planned!.Text} and no passage is recorded", record.Reference, Standing.Bad, passage.Planned.Last)));
        }

        return [.. mine, .. lines.OrderByDescending(line => line.Standing == Standing.Bad).ThenBy(line => line.Since ?? DateOnly.MaxValue).ThenBy(line => line.Reference, StringComparer.Ordinal)];
    }

    // Whether the reader is the one, or one of those, who can sign it.
    private static async Task<bool> IsMineAsync(RecordView view, Decision decision, CancellationToken cancellation) =>
        decision.State == DecisionState.Submitted && view.Reader is { } reader && reader.May(DecisionProcess.Needs(DecisionStep.Sign))
        && (await DecisionProcess.SignerAsync(view, reader, decision.DecisionMaker, cancellation)).May;

    private static IEnumerable<AttentionLine> Of(DecisionStanding standing, bool isMine, DateOnly today)
    {
        var (decision, reference) = (standing.Record.Body, standing.Record.Reference);
        if (standing.Reconsider is { Count: > 0 } again)
        {
            yield return new AttentionLine(
                Decisions, $"Reconsider {decision.Title}: {string.Join(" and ", again.Select(each => each.Name))} changed since it was {(decision.State == DecisionState.Taken ? "relied on" : "drafted")}", reference, Standing.Bad,
                again.Select(each => each.Now?.Known).Where(day => day is not null).DefaultIfEmpty(null).Max());
        }

        foreach (var condition in standing.OverdueConditions)
        {
            yield return new AttentionLine(Overdue, $"A condition of {decision.Title} was due {condition.Due!.Text} and is not met: {condition.What}", reference, Standing.Bad, condition.Due.Last);
        }

        foreach (var action in standing.OverdueActions)
        {
            yield return new AttentionLine(Overdue, $"Agreed with {decision.Title}, due {action.Due!.Text}, not done: {action.What}", reference, Standing.Bad, action.Due.Last);
        }

        if (!isMine && standing.IsOpen && decision.Due is { } due && due.First <= today.AddDays(SoonDays))
        {
            var late = due.Last < today;
            yield return new AttentionLine(
                Decisions, $"{decision.Title} {(late ? "was" : "is")} due {due.Text}: {LowerFirst(standing.Headline(today))}", reference, late ? Standing.Bad : Standing.Watch, late ? due.Last : null);
        }
        else if (!isMine && decision.State == DecisionState.Submitted)
        {
            yield return new AttentionLine(Decisions, $"{decision.Title} waits for a signature", reference, Standing.Watch, standing.Record.Known);
        }

        if (decision.State == DecisionState.Deferred && decision.DeferredTo is { } to && to.Last < today)
        {
            yield return new AttentionLine(Decisions, $"{decision.Title} was put off to {to.Text}, which has passed", reference, Standing.Bad, to.Last);
        }

        if (decision.Publication is { State: PublicationState.Deferred, DeferredUntil: { } until } && until < today)
        {
            yield return new AttentionLine(Overdue, $"{decision.Title} was to be published by {PartialDate.Of(until).Text}", reference, Standing.Bad, until);
        }

        if (decision is { State: DecisionState.Taken, Exemption.Length: > 0 })
        {
            yield return new AttentionLine(Decisions, $"{decision.Title} was taken with an exemption: {decision.Exemption}", reference, Standing.Watch, decision.DecidedOn?.Last);
        }

        if (standing.Authority.Verdict == AuthorityVerdict.NotHeld && decision.State is DecisionState.Taken or DecisionState.Submitted)
        {
            yield return new AttentionLine(Decisions, $"{decision.Title}: {LowerFirst(standing.Authority.Words)}", reference, Standing.Bad);
        }
    }

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
