using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>Tranches in their series: the same number in two series is two different things.</summary>
internal sealed class TrancheReading : IRecordReading
{
    public string Kind => "tranche";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var tranches = records.OfType<StoredRecord<Tranche>>().ToList();
        var milestones = (await view.ListAsync<Milestone>(cancellation)).Where(one => one.Body.Tranche is not null).ToLookup(one => one.Body.Tranche!, StringComparer.Ordinal);
        var numbers = tranches.ToLookup(one => one.Body.Number);
        var series = tranches.Select(one => one.Body.Series).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var shared = numbers.Where(same => same.Select(one => one.Body.Series).Distinct(StringComparer.Ordinal).Skip(1).Any()).Select(same => same.Key).Order().ToList();
        var headline = tranches.Count == 0 ? "No tranche is on record"
            : series.Count == 1 ? $"{Numbers.Counted(tranches.Count, "tranche", "tranches", capital: true)} of {series[0]}"
            : $"{Numbers.Counted(tranches.Count, "tranche", "tranches", capital: true)} in {Numbers.InWords(series.Count)} series"
                + (shared.Count == 0 ? "" : $"; tranche {string.Join(" and ", shared)} {(shared.Count == 1 ? "means" : "mean")} different things in each");
        return new(headline, ["State", "Milestones", "The same number elsewhere"], tranches.ToDictionary(
            one => one.Key,
            one => (IReadOnlyList<Said>)
            [
                State(one.Body, view.At.Effective),
                Milestones(milestones[one.Key].ToList(), view.At.Effective),
                string.Join(", ", numbers[one.Body.Number].Where(other => other.Body.Series != one.Body.Series).Select(other => $"{other.Body.Series} {other.Body.Number}")) is { Length: > 0 } others
                    ? new Said(others + ": not the same", Standing.Watch) : new Said("none"),
            ],
            StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var tranche = ((StoredRecord<Tranche>)record).Body;
        var state = State(tranche, view.At.Effective);
        var book = await RatingBook.OpenAsync(view, cancellation);
        var milestones = await book.RateAsync((await view.ListAsync<Milestone>(cancellation)).Where(one => one.Body.Tranche == record.Key), cancellation);
        List<ReadingPart> parts = [];
        if (milestones.Count > 0)
        {
            parts.Add(new("milestones", "Its milestones", null, ["Milestone", "State", "Computed rating"], milestones.Select(one => (IReadOnlyList<Said>)
            [
                new Said(one.Record.Body.Title, Reference: one.Record.Reference),
                new Said(one.Facts.Words, one.Facts.Standing),
                one.Computed is { } computed ? new Said(computed.Words, computed.Standing) : new Said("no rule", Standing.Missing),
            ]).ToList()));
        }

        return new($"Tranche {tranche.Number} of {tranche.Series}: {state.Text}", parts);
    }

    private static Said State(Tranche tranche, DateOnly effective) => tranche switch
    {
        { Ends: { } ends } when ends.Last < effective => new($"ended: {ends.Text}"),
        { Starts: { } starts } when starts.First > effective => new($"begins: {starts.Text}"),
        { Ends: { } ends } when ends.First <= effective => new($"ending: {ends.Text}", Standing.Watch),
        { Starts: { } starts } when starts.Last <= effective => new($"running since {starts.Text}"),
        { Ends: { } ends } => new($"ends: {ends.Text}"),
        { Starts: { } starts } => new($"beginning: {starts.Text}", Standing.Watch),
        _ => new("no dates", Standing.Missing),
    };

    private static Said Milestones(IReadOnlyList<StoredRecord<Milestone>> milestones, DateOnly effective)
    {
        var facts = milestones.Select(one => MilestoneFacts.Of(one.Body, effective)).ToList();
        var overdue = facts.Count(one => one.State == MilestoneState.Overdue);
        return facts.Count == 0 ? new("none named")
            : new($"{Numbers.InWords(facts.Count(one => one.IsDone))} of {Numbers.InWords(facts.Count)} done{(overdue == 0 ? "" : $", {Numbers.InWords(overdue)} overdue")}", overdue == 0 ? Standing.Plain : Standing.Bad);
    }
}
