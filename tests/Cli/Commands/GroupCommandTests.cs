using System.Globalization;
using System.Text.Json;

namespace Pathfinder.Cli.Tests.Commands;

public sealed class GroupCommandTests
{
    private static readonly string Data = Path.Combine(AppContext.BaseDirectory, "Data", "design");

    private static readonly string[] London = ["group", Path.Combine(Data, "london_borough_adjacency.csv"), "--measures", Path.Combine(Data, "london_borough_measures.csv"), "--groups", "12", "--min", "2", "--max", "4"];

    [Fact]
    public async Task Group_Count_PrintsTheExactNumberAndNothingElse()
    {
        (await CommandLine.RunAsync([.. London, "--kinds", "land", "--count"])).ShouldBe(new Answer(0, "86463292\n", ""));
        (await CommandLine.RunAsync([.. London, "--kinds", "land,crossing", "--count"])).Output.ShouldBe("1252620461\n");
    }

    [Fact]
    public async Task Group_RankOfTheRealPlan_IsExactInJson()
    {
        var answer = await CommandLine.RunAsync([.. London, "--kinds", "land", "--rank", Path.Combine(Data, "london_plan_2018.csv"),
            "--objective", "deviation:population", "deviation:crime_proxy", "diameter", "internal-border", "inertia:crime_proxy", "--improve", "--json"]);

        answer.ExitCode.ShouldBe(0);
        using var json = JsonDocument.Parse(answer.Output);
        var root = json.RootElement;
        root.GetProperty("plans").GetString().ShouldBe("86463292");
        var rank = root.GetProperty("rank");
        rank.GetProperty("keepsRules").GetBoolean().ShouldBeTrue();
        rank.GetProperty("atLeastAsGoodOnAll").GetString().ShouldBe("1");
        rank.GetProperty("onParetoFront").GetBoolean().ShouldBeTrue();
        var standings = rank.GetProperty("standings").EnumerateArray().ToList();
        standings[0].GetProperty("value").GetDouble().ShouldBe(0.356, 0.0005);
        standings[0].GetProperty("optimum").GetDouble().ShouldBe(0.1269, 0.00005);
        standings[1].GetProperty("value").GetDouble().ShouldBe(0.484, 0.0005);
        standings[1].GetProperty("optimum").GetDouble().ShouldBe(0.1442, 0.00005);
        UInt128.Parse(standings[0].GetProperty("better").GetString()!, CultureInfo.InvariantCulture).ShouldBeGreaterThan(UInt128.Zero);
        root.GetProperty("improvement").TryGetProperty("moved", out _).ShouldBeFalse("nothing beats a plan on the front");
    }

    [Fact]
    public async Task Group_FaultyInput_ExitsWithTwoAndNamesTheRow()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "a,b\nA,B\nB,A\n", TestContext.Current.CancellationToken);

        var answer = await CommandLine.RunAsync(["group", file, "--count"]);

        answer.ExitCode.ShouldBe(2);
        answer.Output.ShouldBeEmpty();
        answer.Error.ShouldContain("row 3, a,b: The border stands twice");
        (await CommandLine.RunAsync(["group", file, "--groups", "many"])).ExitCode.ShouldBe(2);
        File.Delete(file);
    }

    [Fact]
    public async Task Group_Help_HoldsTheGrammarOfObjectives() =>
        (await CommandLine.RunAsync(["group", "--help"])).Output.ShouldContain("balanced:COLUMN");

    [Fact]
    public async Task Site_SmallWorld_AnswersInJson()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "demand,site,distance\nA,west,1\nA,east,5\nB,west,6\nB,east,2\n", TestContext.Current.CancellationToken);

        var answer = await CommandLine.RunAsync(["site", file, "--p", "1", "--objective", "p-median", "--json"]);

        answer.ExitCode.ShouldBe(0);
        using var json = JsonDocument.Parse(answer.Output);
        json.RootElement.GetProperty("value").GetDouble().ShouldBe(7);
        json.RootElement.GetProperty("proven").GetBoolean().ShouldBeTrue();
        (await CommandLine.RunAsync(["site", file, "--p", "1", "--objective", "nearest"])).ExitCode.ShouldBe(2);
        File.Delete(file);
    }
}
