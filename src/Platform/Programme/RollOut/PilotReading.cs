using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.RollOut;

/// <summary>Pilots: phases, the consent of each council, adaptations, and whether each could be reversed.</summary>
internal sealed class PilotReading : IRecordReading
{
    public string Kind => "pilot";

    public Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var pilots = records.OfType<StoredRecord<Pilot>>().ToList();
        var ready = pilots.Count(pilot => Reversible(pilot.Body).Standing == Standing.Good);
        var headline = pilots.Count == 0 ? "No test is on record"
            : ready == pilots.Count ? $"{(pilots.Count == 1 ? "The test is" : $"All {Numbers.InWords(pilots.Count)} tests are")} shown to be reversible"
            : $"{(ready == 0 ? "None" : Numbers.InWords(ready, capital: true))} of {Numbers.Counted(pilots.Count, "test", "tests")} is shown to be reversible";
        return Task.FromResult(new ListReading(headline, ["Consents on record", "Adapted", "Reversal"], pilots.ToDictionary(
            pilot => pilot.Key,
            pilot => (IReadOnlyList<Said>)
            [
                Consents(pilot.Body), pilot.Body.Adaptations.Count == 0 ? "not adapted" : string.Join("; ", pilot.Body.Adaptations.Select(change => change.On?.Text ?? "day not stated")), Reversible(pilot.Body),
            ],
            StringComparer.Ordinal)));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var pilot = (Pilot)record.Body;
        var parties = (await view.ListAsync<Party>(cancellation)).ToDictionary(party => party.Key, party => party.Body.Title, StringComparer.Ordinal);
        List<ReadingPart> parts =
        [
            new("reversal-readiness", "Whether it could be reversed", Reversible(pilot).Text, ["Restore", "How", "Trigger", "Lead time", "Cost", "Rehearsed"],
                [.. pilot.Reversal.Select(step => (IReadOnlyList<Said>)
                [
                    step.What, Given(step.How), Given(step.Trigger), Given(step.LeadDays is { } days ? Numbers.Counted(days, "day", "days") : null),
                    Given(step.Cost is { } cost ? "£" + cost.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture) : null), Given(step.RehearsedOn?.Text),
                ])]),
        ];
        if (pilot.Consents.Count > 0)
        {
            parts.Add(new("consent-of-each", "Consent of each council", Consents(pilot).Text, ["Council", "Consent", "On"],
                [.. pilot.Consents.Select(consent => (IReadOnlyList<Said>)
                [
                    new Said(parties.GetValueOrDefault(consent.Council, consent.Council), Reference: $"party:{consent.Council}"), State(consent.State), Given(consent.On?.Text),
                ])]));
        }

        if (pilot.Adaptations.Count > 0)
        {
            parts.Add(new("adapted", "How the model was adapted", null, ["On", "What changed", "Function"],
                [.. pilot.Adaptations.OrderBy(change => change.On?.First).Select(change => (IReadOnlyList<Said>)[Given(change.On?.Text), change.What, change.Function ?? ""])]));
        }

        var live = pilot.Live is null ? "Not known to be fully live" : $"Fully live {pilot.Live.Text}";
        return new($"{live}; {char.ToLowerInvariant(Reversible(pilot).Text[0])}{Reversible(pilot).Text[1..]}", parts);
    }

    // A step without trigger, lead time or rehearsal cannot be relied on; no step at all shows nothing.
    private static Said Reversible(Pilot pilot)
    {
        if (pilot.Reversal.Count == 0)
        {
            return new Said("Not shown to be reversible: no step is recorded", Standing.Bad);
        }

        var gaps = pilot.Reversal.Count(step => step.Trigger is null || step.LeadDays is null || step.RehearsedOn is null);
        return gaps == 0
            ? new Said($"Shown to be reversible: {Numbers.Counted(pilot.Reversal.Count, "step", "steps")}, each with trigger, lead time and rehearsal", Standing.Good)
            : new Said($"Not shown to be reversible: {Numbers.InWords(gaps)} of {Numbers.Counted(pilot.Reversal.Count, "step", "steps")} without trigger, lead time or rehearsal", Standing.Bad);
    }

    private static Said Consents(Pilot pilot)
    {
        if (pilot.Consents.Count == 0)
        {
            return new Said("none recorded", Standing.Missing);
        }

        var agreed = pilot.Consents.Count(consent => consent.State == ConsentState.Agreed);
        var against = pilot.Consents.Count(consent => consent.State is ConsentState.Refused or ConsentState.Withdrawn);
        return new Said(
            $"{Numbers.InWords(agreed)} of {Numbers.Counted(pilot.Consents.Count, "council", "councils")} agreed on record{(against > 0 ? $", {Numbers.InWords(against)} refused or withdrew" : "")}",
            against > 0 ? Standing.Bad : agreed == pilot.Consents.Count ? Standing.Good : Standing.Missing);
    }

    private static Said State(ConsentState state) => state switch
    {
        ConsentState.Agreed => new("agreed", Standing.Good),
        ConsentState.Refused => new("refused", Standing.Bad),
        ConsentState.Withdrawn => new("withdrawn", Standing.Bad),
        ConsentState.TakesPart => new("takes part; no agreement on record", Standing.Missing),
        _ => new("approached", Standing.Watch),
    };

    private static Said Given(string? text) => string.IsNullOrWhiteSpace(text) ? new Said("not recorded", Standing.Missing) : text;
}
