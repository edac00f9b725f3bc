using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>What is said of funding: whether the numbers agree, what is spent, what moved.</summary>
internal sealed class FundingReading : IRecordReading
{
    public string Kind => "funding";

    public Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.Cast<StoredRecord<Funding>>().ToList();
        var contradict = all.Count(each => Contradicts(FundingLedger.Of(each.Body)));
        var headline = all.Count == 0 ? "No funding is recorded as at these dates"
            : all.Count == 1 ? Headline(FundingLedger.Of(all[0].Body))
            : contradict == 0 ? "The totals of every funding agree with their lines" : $"{FieldWords.Number(contradict, null)} of {FieldWords.Number(all.Count, null)} fundings have a total that is not the sum of its lines";
        return Task.FromResult(new ListReading(headline, ["Sum of lines", "Against the lines", "Spent and to come"], all.ToDictionary(
            each => each.Key,
            each =>
            {
                var ledger = FundingLedger.Of(each.Body);
                return (IReadOnlyList<Said>)
                [
                    ledger.HasLines ? Pounds(ledger.Sum) : new Said("no lines recorded", Standing.Missing),
                    Contradicts(ledger) ? new Said(Differences(ledger), Standing.Bad) : ledger.HasLines ? new Said("agrees", Standing.Good) : "",
                    Spend(ledger),
                ];
            },
            StringComparer.Ordinal)));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var funding = ((StoredRecord<Funding>)record).Body;
        var ledger = FundingLedger.Of(funding);
        var decision = funding.Decision is { } key ? await view.FindAsync<Decision>(key, cancellation) : null;
        return new(Headline(ledger), [Totals(funding, ledger, decision), Lines(ledger), Spent(funding, ledger)]);
    }

    internal static bool Contradicts(FundingLedger ledger) => ledger.StatedDifference is not (null or 0) || ledger.ApprovedDifference is not (null or 0);

    internal static string Headline(FundingLedger ledger) =>
        !ledger.HasLines ? ledger.Approved is { } only ? $"{Pounds(only)} approved; no lines are recorded to hold it against" : "No lines are recorded"
        : ledger.Overspend is > 0 and var over ? $"{Pounds(over)} more is spent or expected than was approved"
        : Contradicts(ledger) ? Differences(ledger)
        : $"{Pounds(ledger.Sum)}: lines, stated total and approval agree";

    private static string Differences(FundingLedger ledger)
    {
        var parts = new List<string>(2);
        if (ledger.StatedDifference is { } stated && stated != 0)
        {
            parts.Add($"{Pounds(ledger.Stated!.Value)} is stated, {Pounds(Math.Abs(stated))} {(stated > 0 ? "more" : "less")} than its lines add up to ({Pounds(ledger.Sum)})");
        }

        if (ledger.ApprovedDifference is { } approved && approved != 0)
        {
            parts.Add($"{Pounds(ledger.Approved!.Value)} was approved, {Pounds(Math.Abs(approved))} {(approved > 0 ? "more" : "less")} than its lines add up to ({Pounds(ledger.Sum)})");
        }

        return string.Join("; ", parts);
    }

    private static ReadingPart Totals(Funding funding, FundingLedger ledger, StoredRecord<Decision>? decision)
    {
        var rows = new List<IReadOnlyList<Said>>();
        if (ledger.HasLines)
        {
            var sum = string.Join(" + ", funding.Lines.Select(line => FieldWords.Number(line.Amount, null)));
            rows.Add(["Sum of the lines", Pounds(ledger.Sum), $"{sum} = {FieldWords.Number(ledger.Sum, null)}"]);
        }

        rows.Add(["Stated total", ledger.Stated is { } stated ? Pounds(stated) : new Said("not stated", Standing.Missing), Against(ledger.StatedDifference)]);
        rows.Add(["Approved", ledger.Approved is { } approved ? Pounds(approved) : new Said("not recorded", Standing.Missing), Against(ledger.ApprovedDifference)]);
        if (decision is not null)
        {
            var asked = Authority.AmountOf(decision.Body);
            rows.Add(
            [
                new Said("Decision: " + decision.Body.Title, Standing.Plain, decision.Reference), asked is { } amount ? Pounds(amount) : new Said("no amount", Standing.Missing),
                asked is { } decided && ledger.Approved is { } given && decided != given ? new Said($"{Pounds(Math.Abs(decided - given))} {(decided > given ? "more" : "less")} than is recorded as approved", Standing.Bad) : "",
            ]);
        }

        return new("totals", "Do the totals agree?", Contradicts(ledger) ? Differences(ledger) : null, ["What", "Amount", "Against the lines"], rows);
    }

    private static ReadingPart Lines(FundingLedger ledger) => new(
        "lines", "Lines",
        ledger.Contingency > 0 ? $"{Pounds(ledger.ContingencyDrawn)} of {Pounds(ledger.Contingency)} contingency is drawn" : null,
        ["For", "Approved", "Moved", "Now", "Spent", "To come", "Notes"],
        [.. ledger.Lines.Select(each => (IReadOnlyList<Said>)
        [
            each.Line.For + (each.Line.Contingency ? " (contingency)" : ""), Pounds(each.Line.Amount), each.Moved == 0 ? "" : Pounds(each.Moved), Pounds(each.Budget),
            each.Spent == 0 ? "" : Pounds(each.Spent),
            each.Spent + each.Forecast > each.Budget ? new Said($"{Pounds(each.Forecast)}, {Pounds(each.Spent + each.Forecast - each.Budget)} more than the line holds", Standing.Bad) : each.Forecast == 0 ? "" : Pounds(each.Forecast),
            each.Line.Notes ?? "",
        ])]);

    private static ReadingPart Spent(Funding funding, FundingLedger ledger) => new(
        "spend", "Spend", funding.Spend.Count == 0 ? "No spend is recorded, actual or forecast" : Spend(ledger).Text,
        ["Period", "Line", "Actual", "Forecast", "Against the forecast"],
        [.. funding.Spend.Select(each => (IReadOnlyList<Said>)
        [
            each.Period?.Text ?? "", each.Line ?? "no line", each.Actual is { } actual ? Pounds(actual) : new Said("not reported", Standing.Missing), each.Forecast is { } forecast ? Pounds(forecast) : "",
            each is { Actual: { } spent, Forecast: { } expected } ? spent == expected ? "as expected" : new Said($"{Pounds(Math.Abs(spent - expected))} {(spent > expected ? "more" : "less")}", spent > expected ? Standing.Watch : Standing.Plain) : "",
        ])]);

    private static Said Spend(FundingLedger ledger) => ledger.Spent + ledger.ToCome == 0
        ? new Said("no spend recorded", Standing.Missing)
        : new Said(
            $"{Pounds(ledger.Spent)} spent, {Pounds(ledger.ToCome)} to come{(ledger.Overspend is { } over ? over > 0 ? $": {Pounds(over)} over" : $": {Pounds(-over)} under" : "")}",
            ledger.Overspend is > 0 ? Standing.Bad : Standing.Plain);

    private static Said Against(decimal? difference) => difference switch
    {
        null => "",
        0 => new Said("agrees", Standing.Good),
        > 0 and var more => new Said($"{Pounds(more)} more", Standing.Bad),
        { } less => new Said($"{Pounds(-less)} less", Standing.Bad),
    };

    private static string Pounds(decimal value) => FieldWords.Number(value, "£");
}
