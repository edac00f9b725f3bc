using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>Embargoes: whether each holds, and what is planned against it.</summary>
internal sealed class EmbargoReading : IRecordReading
{
    public string Kind => "embargo";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var breaches = (await Embargoes.BreachesAsync(view, cancellation)).ToLookup(breach => breach.Embargo.Key, StringComparer.Ordinal);
        var embargoes = records.OfType<StoredRecord<Embargo>>().ToList();
        var against = embargoes.Count(one => breaches[one.Key].Any());
        var headline = embargoes.Count == 0 ? "No embargo is on record"
            : against > 0 ? $"Something is planned against {Numbers.InWords(against)} of {Numbers.Counted(embargoes.Count, "embargo", "embargoes")}"
            : $"Nothing on record is planned against {(embargoes.Count == 1 ? "the embargo" : $"any of {Numbers.InWords(embargoes.Count)} embargoes")}";
        return new(headline, ["State", "Planned against it"], embargoes.ToDictionary(
            one => one.Key,
            one => (IReadOnlyList<Said>)[State(one.Body, view.At.Effective), Against(breaches[one.Key].ToList())],
            StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var embargo = ((StoredRecord<Embargo>)record).Body;
        var breaches = (await Embargoes.BreachesAsync(view, cancellation)).Where(breach => breach.Embargo.Key == record.Key).ToDictionary(breach => breach.Held.Reference, StringComparer.Ordinal);
        var rows = new List<IReadOnlyList<Said>>();
        foreach (var reference in embargo.AppliesTo)
        {
            if (await view.FindAsync(reference, cancellation) is { } held)
            {
                var date = RecordDates.Of(held.Body, view.At.Effective).Finish;
                rows.Add(
                [
                    new Said(held.Body.Title, Reference: held.Reference),
                    date is null ? new Said("no date", Standing.Missing) : date.Text,
                    breaches.TryGetValue(reference, out var breach) ? new Said(breach.Words, breach.Certain ? Standing.Bad : Standing.Watch)
                        : date is null ? new Said("cannot be told", Standing.Missing) : new Said("not before its end", Standing.Good),
                ]);
            }
        }

        var state = State(embargo, view.At.Effective).Text;
        return new(
            char.ToUpperInvariant(state[0]) + state[1..],
            rows.Count == 0 ? [] : [new("holds-back", "What it holds back", null, ["Record", "Date", "Result"], rows)]);
    }

    private static Said State(Embargo embargo, DateOnly effective) => embargo.NotBefore switch
    {
        null => new("in force; its end is not stated", Standing.Missing),
        { } end when end.First > effective => new($"in force: not before {end.Text}"),
        { } end when end.Last <= effective => new($"over: it ended {end.Text}"),
        { } end => new($"ending: {end.Text}", Standing.Watch),
    };

    private static Said Against(IReadOnlyList<EmbargoBreach> breaches) => breaches.Count == 0
        ? new("nothing", Standing.Good)
        : new(string.Join("; ", breaches.Select(one => $"{one.Held.Body.Title}: {one.Date.Text}")), breaches.Any(one => one.Certain) ? Standing.Bad : Standing.Watch);
}
