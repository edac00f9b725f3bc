using System.Text.Json;
using Pathfinder.Testing;

namespace Pathfinder.Cli.Tests.Commands;

/// <summary>A run with a change inside it, from the command line to a chart and an effect.</summary>
public sealed class RunMonthsCommandTests(StoreWithDesign store) : IClassFixture<StoreWithDesign>
{
    [Fact]
    public async Task Run_ChangeInsideIt_TellsEachPhaseAndItsMonthsAreChartedAndEvaluatedAsTheyAre()
    {
        var told = await Run(
            "run", "start", store.Design, "-n", "3", "--days", "240", "--seed", "5", "--begin", "force", "--takes-over", "2017-04-18", "--compare-with-force");
        told.Output.ShouldContain("The force as it is, 9 January to 17 April 2017: ");
        told.Output.ShouldContain("in time in North and Market under Two as one, 18 April to 5 September 2017, ");
        told.Output.ShouldContain("on both sides under The force as it is, 9 January to 17 April 2017");
        using var list = Json(await Run("run", "list", "--json"));
        var key = list.RootElement.EnumerateArray().First(run => run.GetProperty("run").GetProperty("turns").GetArrayLength() == 1).GetProperty("key").GetString()!;
        var folder = Directory.CreateTempSubdirectory("pathfinder-months-");
        try
        {
            var (months, boroughs) = (Path.Combine(folder.FullName, "months.csv"), Path.Combine(folder.FullName, "boroughs.csv"));
            await File.WriteAllTextAsync(months, (await Run("run", "months", key)).Output);
            await File.WriteAllTextAsync(boroughs, (await Run("run", "months", key, "--by", "borough")).Output);
            using var chart = Json(await CommandLine.RunAsync(["chart", months, "--date", "Month", "--value", "InTarget", "--improve", "up", "--json"]));
            chart.RootElement.GetProperty("points").GetArrayLength().ShouldBe(9);
            string[] columns = ["--unit", "Area", "--time", "Month", "--outcome", "InTarget", "--treated", "Changed", "--json"];
            using var effect = Json(await CommandLine.RunAsync(["evaluate", "effect", boroughs, .. columns, "--method", "did", "--exclude", "2017-04"]));
            effect.RootElement.GetProperty("treatedUnits").GetInt32().ShouldBe(2);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        (await CommandLine.RunAsync(["run", "months", key, "--grade", "Q", "--store", store.Location])).ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("chart", "run-months.csv", "--date", "Month", "--value", "InTarget", "--improve", "up")]
    [InlineData("evaluate", "effect", "run-boroughs.csv", "--unit", "Area", "--time", "Month", "--outcome", "InTarget", "--treated", "Changed", "--method", "did", "--exclude", "2017-04")]
    public async Task Examples_OfTheGuide_AreTakenAsTheyAre(params string[] arguments) =>
        (await CommandLine.RunAsync([.. arguments.Select(each => each.EndsWith(".csv", StringComparison.Ordinal) ? Path.Combine(Repository.Root, "docs", "guides", "examples", each) : each)])).ExitCode.ShouldBe(0);

    private static JsonDocument Json(Answer answer)
    {
        answer.ExitCode.ShouldBe(0, answer.Error);
        return JsonDocument.Parse(answer.Output);
    }

    private Task<Answer> Run(params string[] arguments) => CommandLine.RunAsync([.. arguments, "--store", store.Location]);
}
