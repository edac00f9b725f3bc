using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Staffing;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder crew</c>: crews and officers for a target. Exit codes: 0 answered, 1 cancelled, 2 bad input.</summary>
public static class CrewCommand
{
    private static readonly Argument<string> Demand = new("DEMAND") { Description = "CSV with columns unit,grade,hour,per_hour; hours 0-167 (0 = Monday 00:00), or 0-23 for every day alike" };
    private static readonly Option<string> Shifts = new("--shifts") { Description = "CSV with columns shift,start,minutes and optionally briefing_minutes,meal_minutes; start as HH:mm", Required = true };
    private static readonly Option<string?> Travel = new("--travel") { Description = "CSV with columns unit,grade,minutes,weight: how long journeys take; at once without it" };
    private static readonly Option<string[]> Held = new("--held") { Description = "Minutes that an incident holds each unit beside the journey, by grade in order of priority: I=80 S=85", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Units = new("--units") { Description = "Units that an incident needs: I=1.7 S=1.2; 1 without it", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Targets = new("--target") { Description = "Minutes from despatch and share, by grade: I=11:0.9 S=55:0.9; a grade without one only takes up crews", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<double> Guards = new("--guards") { Description = "Crews of each unit on guards and watches at any time" };
    private static readonly Option<int> Teams = new("--teams") { Description = "Teams that rotate", DefaultValueFactory = _ => 5 };
    private static readonly Option<string> Cycle = new("--cycle") { Description = "What a team works on each day of its cycle: names of shifts, or off", DefaultValueFactory = _ => "early early late late night night off off off off" };
    private static readonly Option<double> Absence = new("--absence") { Description = "Share of rostered hours lost to leave, sickness, training, court and aid", DefaultValueFactory = _ => 0.32 };
    private static readonly Option<double> DoubleCrewed = new("--double-crewed") { Description = "Share of crews with two officers", DefaultValueFactory = _ => 0.9 };
    private static readonly Option<string?> Graph = new("--graph") { Description = "CSV of borders with columns a,b and optionally kind: finds the grouping that takes fewest officers, for every number of groups" };
    private static readonly Option<string[]> Kinds = new("--kinds") { Description = "Kinds of border in use, such as land,crossing; all without it", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Groups = new("--groups") { Description = "Number of groups, or a range such as 8-16; every number without it" };
    private static readonly Option<int> Min = new("--min") { Description = "Fewest units in a group", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> Max = new("--max") { Description = "Most units in a group; as many as the exact method takes without it" };
    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON" };

    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var command = new Command("crew",
            """
            Crews needed in each hour of the week so that each grade meets its target (a queue with priorities, lagged, with the journey
            on top), the fewest crews on each shift that cover them, and the officers that takes. With --graph, the least total for every
            number of groups, over all groupings.

            Examples:
              pathfinder crew demand.csv --shifts shifts.csv --travel travel.csv --held I=80 S=85 --units I=1.7 S=1.2 --target I=11:0.9 S=55:0.9
              pathfinder crew demand.csv --shifts shifts.csv --held I=80 S=85 --target I=11:0.9 --graph borders.csv --groups 1-32 --json
            """)
        {
            Demand, Shifts, Travel, Held, Units, Targets, Guards, Teams, Cycle, Absence, DoubleCrewed, Graph, Kinds, Groups, Min, Max, Json,
        };
        command.SetAction((parse, cancel) => Task.FromResult(Run(parse, cancel)));
        return command;
    }

    private static int Run(ParseResult parse, CancellationToken cancel)
    {
        var json = parse.GetValue(Json);
        var (range, fault) = GroupCommand.ReadRange(parse.GetValue(Groups));
        if (fault is not null)
        {
            return Answers.Refuse([fault], json);
        }

        var request = new CrewRequest
        {
            DemandFile = parse.GetValue(Demand)!,
            ShiftsFile = parse.GetValue(Shifts)!,
            TravelFile = parse.GetValue(Travel),
            Held = parse.GetValue(Held) ?? [],
            Units = parse.GetValue(Units) ?? [],
            Targets = parse.GetValue(Targets) ?? [],
            Guards = parse.GetValue(Guards),
            Teams = parse.GetValue(Teams),
            Cycle = parse.GetValue(Cycle)!,
            Absence = parse.GetValue(Absence),
            DoubleCrewed = parse.GetValue(DoubleCrewed),
            GraphFile = parse.GetValue(Graph),
            Kinds = parse.GetValue(Kinds) is { Length: > 0 } kinds ? [.. kinds.SelectMany(k => k.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))] : null,
            MinGroups = range.Least,
            MaxGroups = range.Most,
            MinSize = parse.GetValue(Min),
            MaxSize = parse.GetValue(Max),
        };
        try
        {
            var answer = Screen.WithProgress("Working out crews", progress => new CrewService().Answer(request, progress, cancel));
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

    private static void Print(CrewResult result)
    {
        static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));

        Line($"{"unit",-20} {"crews in the busiest hour",26} {"optimum",8} {"minimum",8} {"a team",7} {"officers",9} {"at least",9}");
        foreach (var unit in result.Units)
        {
            Line($"{string.Join(' ', unit.Units),-20} {unit.Required.Max(),26} {unit.OptimumStrength,8} {unit.MinimumStrength,8} {unit.TeamStrength,7} {unit.Officers,9} {unit.OfficersIfSteered,9}");
        }

        if (result.Totals.Count > 0)
        {
            Line($"");
            Line($"{"groups",6} {"least officers",15} {"plans",22} {"groups of up to",16}");
        }

        foreach (var total in result.Totals)
        {
            Line($"{total.Groups,6} {total.Officers,15} {total.Plans,22} {total.MaxSize,16}");
        }
    }
}
