using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Groupings;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder group</c>: every possible grouping of a graph, exactly. Exit codes: 0 answered, 1 cancelled, 2 bad input.</summary>
public static partial class GroupCommand
{
    private static readonly Argument<string> Graph = new("GRAPH") { Description = "CSV with columns a,b and optionally kind,border_km" };
    private static readonly Option<string?> Measures = new("--measures") { Description = "CSV of measures by unit; the first column is the id, a column called name names it" };
    private static readonly Option<string?> Groups = new("--groups") { Description = "Number of groups, or a range such as 8-16; any number without it" };
    private static readonly Option<int> Min = new("--min") { Description = "Fewest units in a group", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> Max = new("--max") { Description = "Most units in a group" };
    private static readonly Option<string[]> Kinds = new("--kinds") { Description = "Kinds of border in use, such as land,crossing; all without it", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Locks = new("--lock") { Description = "CSV of rules with columns rule,units (group, join, part, forbid), or of groups to keep with columns id,group" };
    private static readonly Option<string?> Ties = new("--ties") { Description = "CSV of ties between units with columns a,b and optionally weight" };
    private static readonly Option<string?> GroupValues = new("--group-values") { Description = "CSV of values of whole groups: the units separated by spaces, then numeric columns" };
    private static readonly Option<string[]> Within = new("--within") { Description = "Largest deviation from the mean, such as population=10%", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Objectives = new("--objective") { Description = "What to optimise and rank by (grammar below)", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Top = new("--top") { Description = "How many of the best plans to list", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Rank = new("--rank") { Description = "CSV of a plan to rank, with columns id,group" };
    private static readonly Option<bool> Improve = new("--improve") { Description = "Find the fewest units to move so that the ranked plan gets better on some objective and worse on none" };
    private static readonly Option<string[]> Pareto = new("--pareto") { Description = "Criteria of an exact Pareto front, separated by commas", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Sample = new("--sample") { Description = "Draw this many plans, each equally likely" };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of the draws", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Scan = new("--scan") { Description = "Score every plan one by one and show how each criterion is spread" };
    private static readonly Option<bool> RuleCosts = new("--rule-costs") { Description = "Show what each rule costs: the optimum with and without it" };
    private static readonly Option<bool> AllowDisconnected = new("--allow-disconnected") { Description = "Accept a graph that falls apart and group each part by itself" };
    private static readonly Option<bool> Count = new("--count") { Description = "Print the exact number of plans and nothing else" };
    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON; exact counts are strings" };

    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var command = new Command("group",
            "Count, optimise and rank every way to group units into connected groups, exactly.\n\n"
            + "Example: pathfinder group borders.csv --measures boroughs.csv --groups 12 --min 2 --max 4 --kinds land --objective balanced:population --rank today.csv\n\n"
            + ObjectiveParser.Grammar)
        {
            Graph, Measures, Groups, Min, Max, Kinds, Locks, Ties, GroupValues, Within, Objectives, Top, Rank, Improve, Pareto, Sample, Seed, Scan, RuleCosts, AllowDisconnected, Count, Json,
        };
        command.SetAction((parse, cancel) => Task.FromResult(Run(parse, cancel)));
        return command;
    }

    private static int Run(ParseResult parse, CancellationToken cancel)
    {
        var json = parse.GetValue(Json);
        var (range, fault) = ReadRange(parse.GetValue(Groups));
        if (fault is not null)
        {
            return Answers.Refuse([fault], json);
        }

        var request = new GroupingRequest
        {
            GraphFile = parse.GetValue(Graph)!,
            MeasuresFile = parse.GetValue(Measures),
            Kinds = parse.GetValue(Kinds) is { Length: > 0 } kinds ? [.. kinds.SelectMany(k => k.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))] : null,
            MinGroups = range.Least,
            MaxGroups = range.Most,
            MinSize = parse.GetValue(Min),
            MaxSize = parse.GetValue(Max),
            LockFile = parse.GetValue(Locks),
            TiesFile = parse.GetValue(Ties),
            GroupValuesFile = parse.GetValue(GroupValues),
            Within = parse.GetValue(Within) ?? [],
            Objectives = parse.GetValue(Objectives) ?? [],
            Top = parse.GetValue(Top),
            RankFile = parse.GetValue(Rank),
            Improve = parse.GetValue(Improve),
            Pareto = parse.GetValue(Pareto) ?? [],
            Sample = parse.GetValue(Sample),
            Seed = parse.GetValue(Seed),
            Scan = parse.GetValue(Scan),
            RuleCosts = parse.GetValue(RuleCosts),
            AllowDisconnected = parse.GetValue(AllowDisconnected),
            CountOnly = parse.GetValue(Count),
        };
        try
        {
            var answer = Screen.WithProgress("Looking at plans", progress => new GroupingService().Answer(request, progress, cancel));
            if (!answer.Succeeded)
            {
                return Answers.Refuse(answer.Problems, json);
            }

            if (json)
            {
                return Answers.Json(answer.Value);
            }

            Console.Out.Write(request.CountOnly ? answer.Value.Plans + "\n" : GroupText.Of(answer.Value));
            return ExitCodes.Done;
        }
        catch (OperationCanceledException)
        {
            return Screen.Fail("Cancelled.");
        }
    }

    internal static ((int? Least, int? Most) Range, Problem? Fault) ReadRange(string? text)
    {
        if (text is null or "all")
        {
            return ((null, null), null);
        }

        var match = RangeOf().Match(text);
        return match.Success && int.TryParse(match.Groups["least"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var least)
            ? ((least, match.Groups["most"].Success ? int.Parse(match.Groups["most"].Value, NumberStyles.None, CultureInfo.InvariantCulture) : least), null)
            : ((null, null), new Problem("Not a number of groups", Field: "--groups", Found: text, Accepted: "a number such as 12, a range such as 8-16, or all"));
    }

    [GeneratedRegex(@"^(?<least>\d{1,4})(?:-(?<most>\d{1,4}))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RangeOf();
}
