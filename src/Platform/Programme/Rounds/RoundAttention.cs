using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>Lines that the reader still owes, and rounds past their date.</summary>
internal sealed class RoundAttention : IProgrammeAttention
{
    public async Task<IReadOnlyList<AttentionLine>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        var lines = new List<AttentionLine>();
        foreach (var round in (await view.ListAsync<Round>(cancellation)).Where(one => one.Body.SignedOffOn is null))
        {
            if (await RoundSheet.FindAsync(view, round.Key, cancellation) is not { } sheet)
            {
                continue;
            }

            var late = round.Body.Due < view.At.Effective;
            foreach (var owner in sheet.Owners.Where(owner => !owner.IsDone && sheet.MyPosts.Contains(owner.Post, StringComparer.Ordinal)))
            {
                var chased = owner.Chased.Count == 0 ? "" : $"; chased on {Numbers.Day(owner.Chased[^1])}";
                lines.Add(new(
                    AttentionLine.Yours, $"{Numbers.Counted(owner.Lines.Count - owner.Reported, "line is", "lines are", capital: true)} asked of you as {owner.Title} by {Numbers.Day(round.Body.Due!.Value)}{chased}",
                    round.Reference, late || chased.Length > 0 ? Standing.Bad : Standing.Watch, late ? round.Body.Due.Value.AddDays(1) : null, $"/round/{round.Key}"));
            }

            if (late)
            {
                lines.Add(new("Overdue", $"{round.Body.Title} was due {Numbers.Day(round.Body.Due!.Value)} and is not signed off: {sheet.Headline}", round.Reference, Standing.Bad, round.Body.Due.Value.AddDays(1)));
            }
        }

        return lines;
    }
}
