using System.CommandLine;
using System.Globalization;
using Pathfinder.Analysis.Effects;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder evaluate effect</c> and <c>evaluate methods</c>: from a panel file to an answer, or to why there is none.</summary>
internal static class EvaluateEffectCommand
{
    /// <summary>The options that say what is in the file.</summary>
    private sealed record Source
    {
        public Argument<string> File { get; } = new("PANEL.csv") { Description = "A row for each unit and time" };

        public Option<string> Unit { get; } = new("--unit") { Description = "Column of units", Required = true };

        public Option<string> Time { get; } = new("--time") { Description = "Column of times: dates, or a running index", Required = true };

        public Option<string> Outcome { get; } = new("--outcome") { Description = "Column of the outcome", Required = true };

        public Option<string> Treated { get; } = new("--treated") { Description = "Column that is 1 where the unit is under treatment at the time, otherwise 0", Required = true };

        public Option<string?> Denominator { get; } = new("--n") { Description = "Column of denominators of a count (its only)" };

        public Option<string[]> Covariates { get; } = new("--covariates") { Description = "Columns of covariates, separated by commas", AllowMultipleArgumentsPerToken = true };

        public Option<string[]> Exclude { get; } = new("--exclude") { Description = "Times (a transition window; FIRST..LAST for a range) and units to leave out, separated by commas", AllowMultipleArgumentsPerToken = true };

        public Option<string> Controls { get; } = Choice("--controls", "Whom cohorts are compared with (att-gt): never or notyet treated", "never", "notyet");

        public Option<bool> Json { get; } = new("--json") { Description = "Answer in JSON" };

        public Command AddTo(Command command)
        {
            command.Arguments.Add(File);
            foreach (var option in new Option[] { Unit, Time, Outcome, Treated, Denominator, Covariates, Exclude, Controls, Json })
            {
                command.Options.Add(option);
            }

            return command;
        }

        public Outcome<PanelTable> Read(ParseResult parse)
        {
            var path = parse.GetValue(File)!;
            var text = Screen.ReadText(path);
            return text.Succeeded
                ? PanelReader.Read(
                    text.Value,
                    path,
                    new PanelColumns(parse.GetValue(Unit)!, parse.GetValue(Time)!, parse.GetValue(Outcome)!, parse.GetValue(Treated)!, parse.GetValue(Denominator), List(parse.GetValue(Covariates))),
                    List(parse.GetValue(Exclude)))
                : Platform.Problems.Outcome.Refused<PanelTable>(text.Problems);
        }

        public ComparisonGroup Comparison(ParseResult parse) => parse.GetValue(Controls) == "notyet" ? ComparisonGroup.NotYetTreated : ComparisonGroup.NeverTreated;

        private static List<string> List(string[]? values) => [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
    }

    /// <summary>The command <c>effect</c>.</summary>
    public static Command Build()
    {
        var source = new Source();
        var method = new Option<string>("--method") { Description = string.Join(", ", PanelEvaluation.Names.Keys), Required = true };
        method.AcceptOnlyFromAmong([.. PanelEvaluation.Names.Keys]);
        var error = Choice("--se", "Where the standard error comes from", "usual", "cluster", "placebo", "time", "none");
        var family = Choice("--family", "How an interrupted series varies (its)", "linear", "poisson", "quasipoisson");
        var lag = new Option<int?>("--lag") { Description = "Lag of Newey-West errors (its); automatic otherwise" };
        var smallSample = Choice("--small-sample", "Whether Newey-West errors are corrected for a small sample (its)", "on", "off");
        var slope = Choice("--slope", "Whether the trend may change beside the level (its)", "on", "off");
        var harmonics = new Option<int>("--harmonics") { Description = "Pairs of sine and cosine for the season (its)" };
        var period = new Option<int>("--period") { Description = "Times in a season (its)", DefaultValueFactory = _ => 12 };
        var firstSeason = new Option<int>("--first-season") { Description = "Place of the first time in its season, such as the month of the year (its)", DefaultValueFactory = _ => 1 };
        var command = source.AddTo(new Command(
            "effect",
            "Estimate what a change did from a panel of units and times. A method that the data do not allow is refused with the reason.\n\nExample:\n  pathfinder evaluate effect docs/guides/examples/response-panel.csv --unit area --time month --outcome in_time --treated live --method did --exclude 2017-03..2017-04,\"unit:East\""));
        foreach (var option in new Option[] { method, error, family, lag, smallSample, slope, harmonics, period, firstSeason })
        {
            command.Options.Add(option);
        }

        command.SetAction(parse =>
        {
            var request = new EffectRequest(
                PanelEvaluation.Names[parse.GetValue(method)!],
                source.Comparison(parse),
                Enum.Parse<ErrorKind>(parse.GetValue(error)!, ignoreCase: true),
                Enum.Parse<SeriesFamily>(parse.GetValue(family)!, ignoreCase: true),
                parse.GetValue(lag),
                parse.GetValue(smallSample) == "on",
                parse.GetValue(slope) == "on",
                parse.GetValue(harmonics),
                parse.GetValue(period),
                parse.GetValue(firstSeason));
            return Run(source.Read(parse), request, parse.GetValue(source.Json));
        });
        return command;
    }

    /// <summary>The command <c>methods</c>.</summary>
    public static Command BuildMethods()
    {
        var source = new Source();
        var command = source.AddTo(new Command(
            "methods",
            "Which methods a panel allows, and why not the others.\n\nExample:\n  pathfinder evaluate methods docs/guides/examples/response-panel.csv --unit area --time month --outcome in_time --treated live"));
        command.SetAction(parse =>
        {
            var table = source.Read(parse);
            if (!table.Succeeded)
            {
                return Screen.Refuse(table.Problems);
            }

            var methods = PanelEvaluation.Methods(table.Value, source.Comparison(parse));
            if (parse.GetValue(source.Json))
            {
                Screen.WriteBytes(PanelsJson.Write(new { methods }));
                return ExitCodes.Done;
            }

            foreach (var method in methods)
            {
                Console.WriteLine($"{method.Method,-7} {(method.Offered ? "offered" : "not offered")}");
                foreach (var sentence in method.Refusals.Concat(method.Cautions))
                {
                    Console.WriteLine("        " + sentence);
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static int Run(Outcome<PanelTable> table, EffectRequest request, bool json)
    {
        var problems = new List<Problem>(table.Problems);
        Require(request.Lag is null or >= 0, "--lag", request.Lag ?? 0, "0 or more");
        Require(request.Harmonics is >= 0 and <= 6, "--harmonics", request.Harmonics, "0 to 6");
        Require(request.Period >= 2, "--period", request.Period, "2 or more");
        if (problems.Count > 0)
        {
            return Screen.Refuse(problems);
        }

        var answer = PanelEvaluation.Evaluate(table.Value, request);
        if (!answer.Succeeded)
        {
            return Screen.Refuse(answer.Problems);
        }

        if (json)
        {
            Screen.WriteBytes(PanelsJson.Write(answer.Value));
        }
        else
        {
            Print(answer.Value, request.Error);
        }

        return ExitCodes.Done;

        void Require(bool met, string field, int found, string accepted)
        {
            if (!met)
            {
                problems.Add(new Problem("The value is out of range", Field: field, Found: found.ToString(CultureInfo.InvariantCulture), Accepted: accepted));
            }
        }
    }

    private static void Print(EffectAnswer answer, ErrorKind asked)
    {
        Console.WriteLine($"Effect {Figure(answer.Estimate, signed: true)}{Uncertainty(answer, asked)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answer.Units} units, {answer.TreatedUnits} of them treated, {answer.Times} times; method {answer.Method}"));
        if (answer.Placebo is { } placebo)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{placebo.Count} placebos{(placebo.Exhaustive ? ", which are all there are" : "")}: {PValue.Said(placebo.P)}"));
        }

        if (answer is { RmspeRatio: { } ratio, RmspeRatioP: { } ratioP })
        {
            Console.WriteLine($"The gap after is {Figure(ratio)} times the gap before; by that ratio among the placebos {PValue.Said(ratioP)}");
        }

        if (answer.Staggered?.PreTrends is { } pre)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Effects before treatment are all nought (Wald): chi-squared {Figure(pre.Statistic)} on {pre.Degrees} degrees of freedom, {PValue.Said(pre.P)}"));
        }

        if (answer.Sensitivity is { } sensitivity)
        {
            Console.WriteLine(sensitivity.Breakdown switch
            {
                0 => "Zero cannot be ruled out even if trends were parallel",
                double.PositiveInfinity => "The gap never moved before, so no relative violation of trends can undo the finding",
                var size => $"The finding breaks down if trends parted by {Figure(size)} times their largest step before",
            });
        }

        Estimates("Effects by time", answer.EventStudy);
        Estimates("Effects by time since treatment", answer.Staggered?.Dynamic.Parts);
        Estimates("Coefficients", answer.Interruption?.Coefficients);
        foreach (var cohort in answer.Cohorts ?? [])
        {
            Console.WriteLine($"From {cohort.Start}: {Figure(cohort.Estimate, signed: true)}, compared with {string.Join(", ", cohort.UnitWeights.Where(w => w.Weight > 0.005).OrderByDescending(w => w.Weight).Take(8).Select(w => $"{w.Name} {Figure(w.Weight)}"))}");
        }

        foreach (var caution in answer.Cautions)
        {
            Console.Error.WriteLine("Caution: " + caution);
        }
    }

    private static void Estimates(string title, IReadOnlyList<NamedAnswer>? estimates)
    {
        if (estimates is null)
        {
            return;
        }

        var table = new Table();
        table.AddColumns(title, "Estimate", "se", "95% interval");
        foreach (var e in estimates)
        {
            table.AddRow(Markup.Escape(e.Name), Figure(e.Estimate), e.Se is { } se ? Figure(se) : "–", e.Lower is { } lower && e.Upper is { } upper ? $"{Figure(lower)} to {Figure(upper)}" : "–");
        }

        Screen.Print(table);
    }

    private static string Uncertainty(EffectAnswer answer, ErrorKind asked) => answer is { Se: { } se, Lower: { } lower, Upper: { } upper }
        ? $" (95% interval {Figure(lower, signed: true)} to {Figure(upper, signed: true)}; se {Figure(se)}, {answer.Error}{(answer.P is { } p ? $"; {PValue.Said(p)}" : "")})"
        : answer is { Method: "did", Se: null } && asked == ErrorKind.Usual ? ", without a standard error across units (--se time gives one from how the gap moved)" : ", without a standard error";

    private static string Figure(double value, bool signed = false) => value.ToString(signed ? "+0.####;−0.####;0" : "0.####", CultureInfo.InvariantCulture);

    private static Option<string> Choice(string name, string description, params string[] choices)
    {
        var option = new Option<string>(name) { Description = $"{description}: {string.Join(", ", choices)}", DefaultValueFactory = _ => choices[0] };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }
}
