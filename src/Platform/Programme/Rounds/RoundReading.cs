using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>Rounds: which is open, and what came in.</summary>
internal sealed class RoundReading : IRecordReading
{
    public string Kind => "round";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var lines = (await view.ListAsync<RoundLine>(cancellation)).ToLookup(line => line.Body.Round, StringComparer.Ordinal);
        var rounds = records.OfType<StoredRecord<Round>>().ToList();
        var open = rounds.Where(one => one.Body.SignedOffOn is null).ToList();
        var late = open.Count(one => one.Body.Due < view.At.Effective);
        var headline = rounds.Count == 0 ? "No round was opened yet"
            : open.Count == 0 ? $"{(rounds.Count == 1 ? "The one round is" : $"All {Numbers.InWords(rounds.Count)} rounds are")} signed off"
            : $"{Numbers.Counted(open.Count, "round is", "rounds are", capital: true)} open{(late == 0 ? "" : $", {Numbers.InWords(late)} past {(late == 1 ? "its" : "their")} date")}";
        return new(headline, ["State", "Lines reported"], rounds.ToDictionary(
            one => one.Key,
            one => (IReadOnlyList<Said>)[State(one.Body, view.At.Effective), Reported(one.Body, lines[one.Key].Count())],
            StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        if (await RoundSheet.FindAsync(view, record.Key, cancellation) is not { } sheet)
        {
            return new(null, []);
        }

        return new(sheet.Headline, sheet.Owners.Count == 0 ? [] : [new(
            "owners", "Who was asked", null, ["Owner", "Held by", "Reported", "Chased"],
            sheet.Owners.Select(owner => (IReadOnlyList<Said>)
            [
                new Said(owner.Title, Reference: "post:" + owner.Post),
                string.Join(", ", owner.Holders.Select(holder => holder.Name)),
                new Said($"{Numbers.InWords(owner.Reported)} of {Numbers.InWords(owner.Lines.Count)}", owner.IsDone ? Standing.Good : Standing.Missing),
                owner.Chased.Count == 0 ? "not chased" : string.Join(", ", owner.Chased.Select(Numbers.Day)),
            ]).ToList())]);
    }

    private static Said State(Round round, DateOnly effective) => round switch
    {
        { SignedOffOn: { } day } => new($"signed off by {round.SignedOffBy} on {Numbers.Day(day)}", Standing.Good),
        { Due: { } due } when due < effective => new($"open; was due {Numbers.Day(due)}", Standing.Bad),
        { Due: { } due } => new($"open until {Numbers.Day(due)}", Standing.Watch),
        _ => new("open", Standing.Watch),
    };

    private static Said Reported(Round round, int lines)
    {
        var missing = round.Missing.Count == 0 ? "" : $"; {Numbers.InWords(round.Missing.Count)} without a report";
        var unasked = round.NotAsked.Count == 0 ? "" : $"; {Numbers.InWords(round.NotAsked.Count)} asked of nobody";
        return new(Numbers.InWords(lines) + missing + unasked, lines == 0 || missing.Length + unasked.Length > 0 ? Standing.Missing : Standing.Plain);
    }
}
