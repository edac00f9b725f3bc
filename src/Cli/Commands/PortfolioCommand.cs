using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Portfolios;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder portfolio</c>: annual returns of a portfolio.</summary>
public static class PortfolioCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build() => new("portfolio", "Annual returns of a portfolio: import them, and follow projects over the years.") { Import(), Show() };

    private static Command Import()
    {
        var file = new Argument<string>("FILE.csv") { Description = "Returns as CSV, a line a project and round" };
        var map = new Option<string>("--map") { Description = "The mapping: which column is what, the scales of ratings, names of departments", Required = true };
        var why = new Option<string?>("--why") { Description = "Why it is imported" };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command("import", "Import returns, all or nothing. Lines without an id are matched by name and department; each match is proposed, to be confirmed on its page.\n\nExample:\n  pathfinder portfolio import gmpp.csv --map docs/guides/examples/gmpp.yaml") { file, map, why, store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store), services => ImportAsync(services, parse.GetValue(file)!, parse.GetValue(map)!, parse.GetValue(why), parse.GetValue(json), cancellation)));
        return command;
    }

    private static Command Show()
    {
        var portfolio = new Argument<string>("KEY") { Description = "Key of the portfolio, as the mapping gives it" };
        var (store, json, dates) = (StoreOption.New(), StoreOption.NewJson(), new AsAtOptions());
        var command = new Command("show", "Say how a portfolio moved from round to round.\n\nExample:\n  pathfinder portfolio show gmpp") { portfolio, store, json };
        dates.AddTo(command);
        command.SetAction((parse, cancellation) =>
        {
            var asked = dates.Read(parse);
            return asked.Succeeded
                ? StoreOption.RunAsync(parse.GetValue(store), services => ShowAsync(services, asked.Value, parse.GetValue(portfolio)!, parse.GetValue(json), cancellation), readOnly: true)
                : Task.FromResult(Answers.Refuse(asked.Problems, parse.GetValue(json)));
        });
        return command;
    }

    private static async Task<int> ImportAsync(IServiceProvider services, string file, string map, string? why, bool json, CancellationToken cancellation)
    {
        var (yaml, csv) = (Screen.ReadText(map), Screen.ReadText(file));
        var mapping = yaml.Succeeded ? PortfolioMapping.Read(yaml.Value, map) : Outcome.Refused<PortfolioMapping>(yaml.Problems);
        if (!mapping.Succeeded || !csv.Succeeded)
        {
            return Answers.Refuse([.. mapping.Problems, .. csv.Problems], json);
        }

        var done = await services.GetRequiredService<PortfolioImport>().ImportAsync(null, StoreOption.Person(why ?? "returns imported"), csv.Value, file, mapping.Value, cancellation);
        if (!done.Succeeded)
        {
            return Answers.Refuse(done.Problems, json);
        }

        if (json)
        {
            return StoreOption.PrintJson(done.Value);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{done.Value.Portfolio}: {done.Value.Rounds.Values.Sum()} lines of {done.Value.Rounds.Count} rounds, {done.Value.Recorded} rounds recorded; {done.Value.WithoutId} lines without an id are matched by name and department, each to be confirmed under /portfolio/{done.Value.Portfolio}/matches"));
        return ExitCodes.Done;
    }

    private static async Task<int> ShowAsync(IServiceProvider services, AsAtOptions.Asked asked, string portfolio, bool json, CancellationToken cancellation)
    {
        var view = services.GetRequiredService<IRecords>().View(asked.Reader, asked.At);
        if (await services.GetRequiredService<PortfolioBooks>().OpenAsync(view, portfolio, cancellation) is not { } book)
        {
            var all = await PortfolioBooks.ListAsync(view, cancellation);
            return Answers.Refuse([new Problem("There is no such portfolio on these dates", Field: "KEY", Found: portfolio, Accepted: all.Count == 0 ? "none is imported yet" : string.Join(", ", all.Select(one => one.Key)))], json);
        }

        if (json)
        {
            return StoreOption.PrintJson(new { book.Portfolio, book.Headline, Rounds = book.Rounds.Select(round => new { round.Round, round.Lines, Ratings = round.Ratings.Select(one => new { one.Word, one.Count }), round.IsFirst, round.ScaleChanged, round.Better, round.Worse, round.Same, round.Entered, round.Left, round.EndLater, round.EndEarlier, round.Cost, round.CostLines, round.CostMoved }), Proposed = book.Proposed.Count() });
        }

        Console.WriteLine(book.Headline);
        var table = new Table();
        table.AddColumns("Round", "Projects", "Better", "Worse", "Same", "Entered", "Left", "Ends later", "Ends earlier", "Ratings");
        foreach (var round in book.Rounds)
        {
            string Moved(int count) => round.IsFirst ? "–" : count.ToString(CultureInfo.InvariantCulture);
            string Rated(int count) => round.ScaleChanged ? "scale changed" : Moved(count);
            table.AddRow(
                [round.Round.ToString(CultureInfo.InvariantCulture), round.Lines.ToString(CultureInfo.InvariantCulture), Rated(round.Better), Rated(round.Worse), Rated(round.Same), Moved(round.Entered), Moved(round.Left),
                    Moved(round.EndLater), Moved(round.EndEarlier), Markup.Escape(string.Join(", ", round.Ratings.Where(one => one.Count > 0).Select(one => $"{(one.Word.Length == 0 ? "none" : one.Word)} {one.Count.ToString(CultureInfo.InvariantCulture)}")))]);
        }

        Screen.Print(table);
        return ExitCodes.Done;
    }
}
