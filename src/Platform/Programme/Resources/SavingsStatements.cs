using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>What was stated about savings, side by side in the order stated; figures for different times are never added or merged.</summary>
public static class SavingsStatements
{
    /// <summary>The statements as at a view's dates, as a table.</summary>
    public static async Task<ReadingPart> ReadAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var parties = (await view.ListAsync<Party>(cancellation)).ToDictionary(party => party.Key, party => party.Body.ShortName ?? party.Body.Title, StringComparer.Ordinal);
        var all = (await view.ListAsync<Statement>(cancellation)).Where(each => each.Body.Category == StatementCategory.Savings)
            .OrderBy(each => each.Body.StatedOn?.First ?? each.Known).ThenBy(each => each.Key, StringComparer.Ordinal).ToList();
        var figures = all.Where(each => each.Body.Quantity is not null).ToList();
        return new(
            "savings", "Savings as stated",
            figures.Count switch
            {
                0 => all.Count == 0 ? "No statement about savings is recorded" : "No figure of savings is stated",
                1 => $"{Figure(figures[0].Body)} was stated{On(figures[0].Body)}",
                _ => $"{FieldWords.Number(figures.Count, null)} figures, first {Figure(figures[0].Body)}{On(figures[0].Body)}, last {Figure(figures[^1].Body)}{On(figures[^1].Body)}; they are for different times and are not added up",
            },
            ["Statement", "Figure", "For", "A year", "Stated on", "By"],
            [.. all.Select(each => (IReadOnlyList<Said>)
            [
                new Said(each.Body.Title, Standing.Plain, each.Reference),
                each.Body.Quantity is null ? new Said("no figure", Standing.Missing) : Figure(each.Body),
                each.Body.Period?.Text ?? new Said("not said for when", Standing.Missing),
                AYear(each.Body),
                each.Body.StatedOn?.Text ?? "", each.Body.By is { } by ? new Said(parties.GetValueOrDefault(by, by), Standing.Plain, "party:" + by) : "",
            ])]);
    }

    // A yearly mean is arithmetic on what is stated, so only where the period as stated lasts a year or more.
    private static Said AYear(Statement statement)
    {
        if (statement is not { Quantity: { } quantity, Period: { } period, Unit: "£" })
        {
            return "";
        }

        var years = (decimal)(period.Last.DayNumber - period.First.DayNumber + 1) / 365.25m;
        return years < 1.5m ? "" : $"{Figure(statement)} over {FieldWords.Number(Math.Round(years, 1), "years")} = £{FieldWords.Number(Math.Round(quantity / years / 1_000_000m, 1), null)} million a year";
    }

    private static string Figure(Statement statement) => statement is { Unit: "£", Quantity: >= 1_000_000 }
        ? $"£{FieldWords.Number(Math.Round(statement.Quantity.Value / 1_000_000m, 3), null)} million"
        : FieldWords.Number(statement.Quantity ?? 0, statement.Unit);

    private static string On(Statement statement) => statement.StatedOn is { } day ? (day.IsDay ? " on " : " in ") + day.Text : "";
}
