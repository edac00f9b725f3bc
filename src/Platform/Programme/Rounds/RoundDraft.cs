using Pathfinder.Platform.Programme.Schedule;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>A part of the draft.</summary>
/// <param name="Heading">What its sentences have in common.</param>
/// <param name="Sentences">One a record, without full stop.</param>
public sealed record DraftPart(string Heading, IReadOnlyList<string> Sentences);

/// <summary>What came in on a round, as the draft of a report: nobody types again what was reported.</summary>
public static class RoundDraft
{
    /// <summary>The parts that have something to say, the news first.</summary>
    public static IReadOnlyList<DraftPart> Of(RoundSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var answered = sheet.Owners.Concat(sheet.Vacant).SelectMany(owner => owner.Lines).Where(line => line.Answer is not null).ToList();
        var changed = answered.Where(line => line.Changes.Count > 0).ToList();
        var work = answered.Where(line => line.AsksProgress).ToList();
        answered = answered.Except(work).ToList();
        List<DraftPart> parts =
        [
            new("Progress", work.Where(line => !line.Answer!.Body.Unchanged).Select(Sentence).ToList()),
            new("No progress to report", work.Where(line => line.Answer!.Body.Unchanged).Select(Sentence).ToList()),
            new("Done or closed", changed.Where(IsEnd).Select(Sentence).ToList()),
            new("Dates and ratings that changed", changed.Where(line => !IsEnd(line)).Select(Sentence).ToList()),
            new("Passed, and not reached", answered.Where(line => line.HasPassed && line.Changes.Count == 0).Select(Sentence).ToList()),
            new("Also said", answered.Where(line => !line.HasPassed && line.Changes.Count == 0 && line.Answer!.Body.Says is { Length: > 0 }).Select(Sentence).ToList()),
            new("Unchanged", answered.Where(line => !line.HasPassed && line.Changes.Count == 0 && line.Answer!.Body.Says is not { Length: > 0 }).Select(line => line.Record.Body.Title).ToList()),
            new("No report", sheet.Owners.Where(owner => !owner.IsDone)
                .Select(owner => $"{owner.Title} owes {Numbers.Counted(owner.Lines.Count - owner.Reported, "line", "lines")}: {string.Join("; ", owner.Lines.Where(line => line.Answer is null).Select(line => line.Record.Body.Title))}").ToList()),
            new("Asked of nobody", sheet.NotAsked.Count == 0 ? [] : [$"{Numbers.Counted(sheet.NotAsked.Count, "open record has", "open records have", capital: true)} no owner who holds a post; the programme office owes one"]),
        ];
        return parts.Where(part => part.Sentences.Count > 0).ToList();
    }

    private static bool IsEnd(DueLine line) => line.DoneLabel is { } done && line.Changes.Any(change => change.What == done);

    private static string Sentence(DueLine line)
    {
        var changes = string.Join("; ", line.Changes.Select(change => $"{char.ToLowerInvariant(change.What[0])}{change.What[1..]} {(change.From is null || change.What == line.DoneLabel ? change.To : $"from {change.From} to {change.To}")}{(change.Moved is null ? "" : $", {change.Moved}")}"));
        return $"{line.Record.Body.Title}: {string.Join(". ", new[] { changes, line.Answer!.Body.Says }.Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text!.TrimEnd('.')))}";
    }
}
