using System.CommandLine;
using System.Globalization;
using Pathfinder.Analysis.Effects;
using Pathfinder.Analysis.Power;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder evaluate</c>: effects, the methods that data allow, two proportions, power before a pilot, plans, gates and claims.</summary>
public static class EvaluateCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build()
    {
        var command = new Command("evaluate", "What did the change do, and what could a pilot show?");
        command.Subcommands.Add(EvaluateEffectCommand.Build());
        command.Subcommands.Add(EvaluateEffectCommand.BuildMethods());
        command.Subcommands.Add(Proportions());
        command.Subcommands.Add(Power());
        command.Subcommands.Add(EvaluatePlanCommand.BuildPlan());
        command.Subcommands.Add(EvaluatePlanCommand.BuildGate());
        command.Subcommands.Add(EvaluatePlanCommand.BuildClaims());
        return command;
    }

    private static Command Proportions()
    {
        var x1 = new Option<double>("--x1") { Description = "Successes of the first", Required = true };
        var n1 = new Option<double>("--n1") { Description = "Out of", Required = true };
        var x2 = new Option<double>("--x2") { Description = "Successes of the second", Required = true };
        var n2 = new Option<double>("--n2") { Description = "Out of", Required = true };
        var json = new Option<bool>("--json") { Description = "Answer in JSON" };
        var command = new Command(
            "proportions",
            "Compare two proportions: the first less the second, with Newcombe's interval.\n\nExample:\n  pathfinder evaluate proportions --x1 56 --n1 70 --x2 48 --n2 80")
        {
            x1, n1, x2, n2, json,
        };
        command.SetAction(parse =>
        {
            var problems = new List<Problem>();
            Check(parse.GetValue(x1), parse.GetValue(n1), "--x1", "--n1", problems);
            Check(parse.GetValue(x2), parse.GetValue(n2), "--x2", "--n2", problems);
            if (problems.Count > 0)
            {
                return Screen.Refuse(problems);
            }

            var result = TwoProportions.Compare(parse.GetValue(x1), parse.GetValue(n1), parse.GetValue(x2), parse.GetValue(n2));
            var difference = result.Difference;
            if (parse.GetValue(json))
            {
                Screen.WriteBytes(PanelsJson.Write(new { result.First, result.Second, difference.Estimate, difference.Se, difference.Lower, difference.Upper, difference.P }));
            }
            else
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{100 * result.First:0.0}% less {100 * result.Second:0.0}% is {100 * difference.Estimate:+0.0;−0.0} points (95% interval {100 * difference.Lower:+0.0;−0.0} to {100 * difference.Upper:+0.0;−0.0}{(difference.P is { } p ? $"; {PValue.Said(p)}" : "")})"));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Check(double x, double n, string fieldX, string fieldN, List<Problem> problems)
    {
        if (!(n > 0) || !double.IsFinite(n))
        {
            problems.Add(new Problem("The denominator is not above zero", Field: fieldN, Found: n.ToString(CultureInfo.InvariantCulture), Accepted: "more than 0"));
        }
        else if (!(x >= 0 && x <= n))
        {
            problems.Add(new Problem("The numerator is not between zero and the denominator", Field: fieldX, Found: x.ToString(CultureInfo.InvariantCulture), Accepted: $"0 to {n.ToString(CultureInfo.InvariantCulture)}"));
        }
    }

    private static Command Power()
    {
        var sigma = new Option<double>("--sigma") { Description = "Standard deviation of the monthly gap between area and comparator", Required = true };
        var before = new Option<int>("--before") { Description = "Months before the pilot", Required = true };
        var after = new Option<int>("--after") { Description = "Months after it started, transition months not counted", Required = true };
        var rho = new Option<double>("--rho") { Description = "Autocorrelation of the gap from month to month, above -1 and below 1" };
        var alpha = new Option<double>("--alpha") { Description = "Two-sided level of the test", DefaultValueFactory = _ => 0.05 };
        var chance = new Option<double>("--power") { Description = "Chance of finding the effect", DefaultValueFactory = _ => 0.8 };
        var quantiles = new Option<string>("--quantiles") { Description = "t (right for few months) or normal", DefaultValueFactory = _ => "t" };
        quantiles.AcceptOnlyFromAmong("t", "normal");
        var effect = new Option<double?>("--effect") { Description = "An effect to find: answers its power and the months it needs" };
        var json = new Option<bool>("--json") { Description = "Answer in JSON" };
        var command = new Command(
            "power",
            "The smallest effect that a pilot of some months would find.\n\nExample:\n  pathfinder evaluate power --sigma 1.5 --before 8 --after 4 --rho 0.3")
        {
            sigma, before, after, rho, alpha, chance, quantiles, effect, json,
        };
        command.SetAction(parse =>
        {
            var plan = new PilotPlan(
                parse.GetValue(sigma), parse.GetValue(before), parse.GetValue(after), parse.GetValue(rho), parse.GetValue(alpha), parse.GetValue(chance),
                parse.GetValue(quantiles) == "t" ? Quantiles.Student : Quantiles.Normal);
            var problems = Problems(plan);
            return problems.Count > 0 ? Screen.Refuse(problems) : Say(plan, parse.GetValue(effect), parse.GetValue(json));
        });
        return command;
    }

    private static List<Problem> Problems(PilotPlan plan)
    {
        var problems = new List<Problem>();
        void Require(bool met, string field, double found, string accepted)
        {
            if (!met)
            {
                problems.Add(new Problem("The value is out of range", Field: field, Found: found.ToString(CultureInfo.InvariantCulture), Accepted: accepted));
            }
        }

        Require(plan.Sigma > 0 && double.IsFinite(plan.Sigma), "--sigma", plan.Sigma, "more than 0");
        Require(plan.MonthsBefore > 0, "--before", plan.MonthsBefore, "1 or more");
        Require(plan.MonthsAfter > 0, "--after", plan.MonthsAfter, "1 or more");
        Require(plan.Autocorrelation is > -1 and < 1, "--rho", plan.Autocorrelation, "above -1 and below 1");
        Require(plan.Alpha is > 0 and < 1, "--alpha", plan.Alpha, "between 0 and 1");
        Require(plan.Power is > 0 and < 1, "--power", plan.Power, "between 0 and 1");
        Require(plan.Quantiles == Quantiles.Normal || plan.MonthsBefore + plan.MonthsAfter > 2, "--after", plan.MonthsAfter, "three months in all, or --quantiles normal");
        return problems;
    }

    private static int Say(PilotPlan plan, double? effect, bool json)
    {
        var answer = new
        {
            Mde = DetectableEffect.Minimum(plan),
            Multiplier = DetectableEffect.Multiplier(plan),
            Se = DetectableEffect.StandardError(plan),
            PowerAtEffect = effect is { } size ? DetectableEffect.PowerAt(plan, size) : (double?)null,
            MonthsNeeded = effect is { } wanted ? DetectableEffect.MonthsNeeded(plan, wanted) : null,
        };
        if (json)
        {
            Screen.WriteBytes(PanelsJson.Write(answer));
            return ExitCodes.Done;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The smallest effect found with {100 * plan.Power:0}% power is {answer.Mde:0.###} ({answer.Multiplier:0.####} standard errors of {answer.Se:0.###})"));
        if (effect is { } asked)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"An effect of {Math.Abs(asked):0.###} would be found with {100 * answer.PowerAtEffect:0.#}% power; {(answer.MonthsNeeded is { } months ? $"{months} months after the start would be enough" : "no number of months after the start is enough with so few before")}"));
        }

        return ExitCodes.Done;
    }
}
