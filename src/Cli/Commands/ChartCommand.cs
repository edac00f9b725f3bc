using System.CommandLine;
using System.Globalization;
using System.Text;
using Pathfinder.Analysis.Control;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;
using Pathfinder.Web.Components.Charts;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder chart</c>: a control chart of a CSV file.</summary>
public static class ChartCommand
{
    private static readonly Dictionary<string, ChartKind> Kinds = new(StringComparer.Ordinal)
    {
        ["xmr"] = ChartKind.Xmr,
        ["p"] = ChartKind.P,
        ["pprime"] = ChartKind.PPrime,
        ["run"] = ChartKind.Run,
        ["funnel"] = ChartKind.Funnel,
    };

    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var file = new Argument<string>("FILE.csv") { Description = "A row for each period, or for a funnel each area" };
        var kind = new Option<string>("--kind") { Description = "xmr, p, pprime, run or funnel", DefaultValueFactory = _ => "xmr" };
        kind.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var date = new Option<string>("--date") { Description = "Column of dates, or of a running index; for a funnel of areas", Required = true };
        var value = new Option<string>("--value") { Description = "Column of values; the numerator for p, pprime and funnel", Required = true };
        var n = new Option<string?>("--n") { Description = "Column of denominators for p, pprime and funnel" };
        var improve = new Option<string?>("--improve") { Description = "Which way is better: up or down" };
        improve.AcceptOnlyFromAmong("up", "down");
        var target = new Option<double?>("--target") { Description = "The target, in the unit of the values (a share for p and pprime)" };
        var rebase = new Option<string[]>("--rebase") { Description = "Dates at which the limits start afresh", AllowMultipleArgumentsPerToken = true };
        var screen = new Option<string>("--screen") { Description = "Whether unusually large moving ranges are left out of the limits: on or off", DefaultValueFactory = _ => "on" };
        screen.AcceptOnlyFromAmong("on", "off");
        var baseline = new Option<int?>("--baseline") { Description = "How many first points of the last segment set its limits; all of them otherwise" };
        var dispersion = new Option<string>("--over-dispersion") { Description = "For a funnel whose areas differ by more than chance: none, multiplicative or additive", DefaultValueFactory = _ => "none" };
        dispersion.AcceptOnlyFromAmong("none", "multiplicative", "additive");
        var svg = new Option<string?>("--svg") { Description = "Write the picture to this file" };
        var json = new Option<bool>("--json") { Description = "Answer in JSON" };
        var command = new Command(
            "chart",
            "Chart a series: is a month different, or ordinary variation?\n\nExample:\n  pathfinder chart docs/guides/examples/response-times.csv --date month --value east --improve up --target 90 --baseline 8")
        {
            file, kind, date, value, n, improve, target, rebase, screen, baseline, dispersion, svg, json,
        };
        command.SetAction(parse => Run(
            parse.GetValue(file)!,
            new SeriesColumns(parse.GetValue(date)!, parse.GetValue(value)!, parse.GetValue(n)),
            new ChartRequest(
                Kinds[parse.GetValue(kind)!],
                parse.GetValue(improve) switch { "up" => Improvement.Up, "down" => Improvement.Down, _ => Improvement.Neither },
                parse.GetValue(target),
                parse.GetValue(rebase),
                parse.GetValue(screen) == "on",
                parse.GetValue(baseline),
                Enum.Parse<OverDispersion>(parse.GetValue(dispersion)!, ignoreCase: true)),
            parse.GetValue(svg),
            parse.GetValue(json)));
        return command;
    }

    private static int Run(string path, SeriesColumns columns, ChartRequest request, string? picture, bool json)
    {
        var problems = new List<Problem>();
        if (request.Baseline is < 2)
        {
            problems.Add(new("Too few points set the limits", Field: "--baseline", Found: request.Baseline.Value.ToString(CultureInfo.InvariantCulture), Accepted: "2 or more"));
        }

        var text = Screen.ReadText(path);
        var series = text.Succeeded ? SeriesReader.Read(text.Value, path, columns, request.Kind, request.Rebase) : Outcome.Refused<SeriesTable>(text.Problems);
        problems.AddRange(series.Problems);
        if (problems.Count > 0)
        {
            return Screen.Refuse(problems);
        }

        var chart = SeriesChart.Draw(series.Value, request);
        if (!chart.Succeeded)
        {
            return Screen.Refuse(chart.Problems);
        }

        if (picture is not null && Screen.Write(picture, Encoding.UTF8.GetBytes(ControlChartDrawing.DrawFile(chart.Value))) is { Succeeded: false } refused)
        {
            return Screen.Refuse(refused.Problems);
        }

        if (json)
        {
            Screen.WriteBytes(PanelsJson.Write(chart.Value));
        }
        else
        {
            Print(chart.Value);
        }

        return ExitCodes.Done;
    }

    private static void Print(ChartAnswer chart)
    {
        Console.WriteLine(chart.Finding);
        foreach (var sentence in new[] { chart.Variation, chart.Assurance }.OfType<string>())
        {
            Console.WriteLine(sentence);
        }

        foreach (var signal in chart.FirstSignals)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Watched month by month it would first have signalled {signal.Direction} on the data of {signal.Date} ({signal.Flags[0]}; limits {signal.Lower:0.##} to {signal.Upper:0.##})"));
        }

        var table = new Table();
        table.AddColumns(chart.Kind == "funnel" ? "Area" : "Date", "Value", "Centre", "Lower", "Upper", "Signal");
        foreach (var column in table.Columns.Skip(1).Take(4))
        {
            column.RightAligned();
        }

        foreach (var point in chart.Points)
        {
            table.AddRow(Markup.Escape(point.Date), Figure(point.Value), Figure(point.Centre), Figure(point.Lower), Figure(point.Upper), string.Join(", ", point.Flags));
        }

        Screen.Print(table);
    }

    private static string Figure(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "–";
}
