using System.Text.Json;

namespace Pathfinder.Cli.Tests.Commands;

/// <summary>The command as a shell runs it, on the examples of the guide.</summary>
public class EvaluateCommandTests
{
    private static readonly string Examples = Path.Combine(Root(), "docs", "guides", "examples");

    [Fact]
    public async Task Effect_GuideExample_NumbersByHand()
    {
        var (code, output, _) = await Run("evaluate", "effect", Path.Combine(Examples, "response-panel.csv"), "--unit", "area", "--time", "month", "--outcome", "in_time", "--treated", "live", "--method", "did", "--exclude", "2017-03..2017-04,unit:East", "--json");

        code.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("estimate").GetDouble().ShouldBe(-11.125, 1e-9);
        json.RootElement.GetProperty("se").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Effect_SyntheticControlOnOneComparator_RefusedWithReasonAndExitCodeTwo()
    {
        var (code, output, error) = await Run("evaluate", "effect", Path.Combine(Examples, "response-panel.csv"), "--unit", "area", "--time", "month", "--outcome", "in_time", "--treated", "live", "--method", "sc", "--json");

        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain("1 comparator");
        error.ShouldContain("response-panel.csv");
    }

    [Fact]
    public async Task Chart_GuideExample_FirstSignalInFebruary()
    {
        var (code, output, _) = await Run("chart", Path.Combine(Examples, "response-times.csv"), "--kind", "xmr", "--date", "month", "--value", "east", "--improve", "up", "--json");

        code.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("firstSignals")[0].GetProperty("date").GetString().ShouldBe("2017-02");
        var point = json.RootElement.GetProperty("points")[0];
        point.EnumerateObject().Select(p => p.Name).Take(6).ShouldBe(["date", "value", "centre", "lower", "upper", "flags"]);
        point.GetProperty("flags")[0].GetString().ShouldBe("outside");
    }

    [Fact]
    public async Task Chart_Picture_IsSvgThatNamesItsFinding()
    {
        var file = Path.Combine(Path.GetTempPath(), $"chart-{Guid.NewGuid():N}.svg");

        var (code, _, _) = await Run("chart", Path.Combine(Examples, "response-times.csv"), "--date", "month", "--value", "east", "--target", "90", "--svg", file);

        code.ShouldBe(0);
        var svg = System.Xml.Linq.XDocument.Load(file);
        File.Delete(file);
        svg.Root!.Attribute("aria-label")!.Value.ShouldBe("13 of 14 points signal, the first at 2016-07");
        svg.Descendants().Count(e => e.Name.LocalName == "circle").ShouldBe(14);
    }

    [Fact]
    public async Task Proportions_Reference_NewcombeInterval()
    {
        var (code, output, _) = await Run("evaluate", "proportions", "--x1", "56", "--n1", "70", "--x2", "48", "--n2", "80", "--json");

        code.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("lower").GetDouble().ShouldBe(0.052431, 1e-6);
        json.RootElement.GetProperty("upper").GetDouble().ShouldBe(0.333873, 1e-6);
        (await Run("evaluate", "proportions", "--x1", "9", "--n1", "0", "--x2", "1", "--n2", "2")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Power_NormalQuantiles_Formula()
    {
        var (code, output, _) = await Run("evaluate", "power", "--sigma", "1", "--before", "8", "--after", "4", "--quantiles", "normal", "--json");

        code.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("mde").GetDouble().ShouldBe(2.801585 * Math.Sqrt(0.375), 1e-5);
        (await Run("evaluate", "power", "--sigma", "-1", "--before", "8", "--after", "4")).Error.ShouldContain("--sigma");
    }

    internal static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var answer = await CommandLine.RunAsync(arguments);
        return (answer.ExitCode, answer.Output, answer.Error);
    }

    internal static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Pathfinder.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
