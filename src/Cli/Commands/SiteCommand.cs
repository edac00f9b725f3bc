using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Groupings;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder site</c>: where to open sites. Exit codes: 0 answered, 1 cancelled, 2 bad input.</summary>
public static class SiteCommand
{
    private static readonly Argument<string> Distances = new("DISTANCES") { Description = "CSV in long form: demand,site,distance" };
    private static readonly Option<string?> Demand = new("--demand") { Description = "CSV of weights: an id, then a column weight or demand; weight 1 everywhere without it" };
    private static readonly Option<int?> P = new("--p") { Description = "How many sites (units, for mexclp)" };
    private static readonly Option<string> Objective = new("--objective") { Description = "p-median, mclp, p-centre, lscp or mexclp", Required = true };
    private static readonly Option<double?> Radius = new("--radius") { Description = "Radius of mclp, lscp and mexclp, in the unit of the distances" };
    private static readonly Option<double?> Busy = new("--busy") { Description = "Probability that a unit is busy, for mexclp" };
    private static readonly Option<string?> Today = new("--today") { Description = "CSV of the sites open today: shows how much each would be missed" };
    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON" };

    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var command = new Command("site",
            """
            Choose sites: least weighted distance (p-median), most covered (mclp), least largest distance (p-centre), fewest sites
            that cover all (lscp), most expected cover with busy units (mexclp). Says whether the answer is proven, and the gap if not.

            Examples:
              pathfinder site distances.csv --demand demand.csv --p 4 --objective p-median
              pathfinder site distances.csv --demand demand.csv --objective lscp --radius 5000
              pathfinder site distances.csv --demand demand.csv --p 6 --objective mexclp --radius 5000 --busy 0.4 --json
            """)
        {
            Distances, Demand, P, Objective, Radius, Busy, Today, Json,
        };
        command.SetAction((parse, cancel) => Task.FromResult(Run(parse, cancel)));
        return command;
    }

    private static int Run(ParseResult parse, CancellationToken cancel)
    {
        var json = parse.GetValue(Json);
        var request = new SitingRequest
        {
            DistancesFile = parse.GetValue(Distances)!,
            DemandFile = parse.GetValue(Demand),
            P = parse.GetValue(P),
            Objective = parse.GetValue(Objective)!,
            Radius = parse.GetValue(Radius),
            Busy = parse.GetValue(Busy),
            TodayFile = parse.GetValue(Today),
        };
        try
        {
            var answer = new SitingService().Answer(request, cancel);
            if (!answer.Succeeded)
            {
                return Answers.Refuse(answer.Problems, json);
            }

            if (json)
            {
                return Answers.Json(answer.Value);
            }

            Print(answer.Value);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException)
        {
            return Screen.Fail("Cancelled.");
        }
    }

    private static void Print(SitingResult result)
    {
        static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));

        Line($"{result.Objective}: {result.Value:0.####} with {result.Sites.Count} of {result.Candidates} sites for {result.Demand} places of demand");
        Line($"{(result.Proven ? "Proven optimal" : $"Best found; no choice can pass {result.Bound.ToString("0.####", CultureInfo.InvariantCulture)} (gap {result.Gap.ToString("0.00%", CultureInfo.InvariantCulture)})")}, by {result.Method}, {result.Nodes} step(s)");
        foreach (var site in result.Sites.GroupBy(site => site, StringComparer.Ordinal))
        {
            Line($"  {site.Key}{(site.Count() > 1 ? $" x {site.Count()}" : "")}  nearest to {result.Assignments.Count(a => string.Equals(a.Site, site.Key, StringComparison.Ordinal))} places");
        }

        Line($"Mean distance {result.Figures.MeanDistance:0.####}, largest {result.Figures.LargestDistance:0.####}{(result.Figures.Covered is { } covered ? string.Create(CultureInfo.InvariantCulture, $", covered {covered:0.####} of {result.Figures.TotalWeight:0.####}") : "")}");
        foreach (var loss in result.Today?.Sites ?? [])
        {
            Line($"  Without {loss.Site}: {(loss.Loss is { } lost ? string.Create(CultureInfo.InvariantCulture, $"{loss.ValueWithout:0.####} (worse by {lost:0.####})") : "some demand is not served")}");
        }
    }
}
