using System.Text.Json;
using Pathfinder.Testing;

namespace Pathfinder.Cli.Tests.Commands;

/// <summary>The command as a script meets it: a process, its streams and its exit code.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private static readonly string Examples = Path.Combine(Repository.Root, "docs", "guides", "examples");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task Simulate_OneThreadAndTwo_PrintsTheSameBytes()
    {
        var one = await Run("simulate", Path.Combine(Examples, "two-boroughs.json"), "--replications", "3", "--seed", "5", "--threads", "1", "--json");
        var two = await Run("simulate", Path.Combine(Examples, "two-boroughs.json"), "--replications", "3", "--seed", "5", "--threads", "2", "--json");

        one.ExitCode.ShouldBe(0, one.Error);
        one.Error.ShouldBeEmpty("progress vanishes in a pipe");
        two.Output.ShouldBe(one.Output);
        using var json = JsonDocument.Parse(one.Output);
        json.RootElement.GetProperty("schema").GetString().ShouldBe("pathfinder-result/1");
    }

    [Fact]
    public async Task Simulate_ThenCompare_SaysWhatChangedAndWhy()
    {
        var (a, b) = (Path.Combine(_folder.FullName, "a.json"), Path.Combine(_folder.FullName, "b.json"));
        (await Run("simulate", Path.Combine(Examples, "two-boroughs.json"), "-n", "4", "--out", a)).ExitCode.ShouldBe(0);
        (await Run("simulate", Path.Combine(Examples, "two-boroughs-merged.json"), "-n", "4", "--out", b)).ExitCode.ShouldBe(0);

        var compared = await Run("compare", a, b);

        compared.ExitCode.ShouldBe(0, compared.Error);
        compared.Output.ShouldContain("same incidents, paired");
        compared.Output.ShouldContain("radio channel");
        (await Run("compare", a, b, "--json")).Output.ShouldContain("pathfinder-comparison/1");
        _folder.GetFiles().Length.ShouldBe(2, "nothing is left half written");
    }

    [Fact]
    public async Task Simulate_BadInput_ListsProblemsAndAnswersTwo()
    {
        var bad = Path.Combine(_folder.FullName, "bad.json");
        await File.WriteAllTextAsync(
            bad, (await File.ReadAllTextAsync(Path.Combine(Examples, "mmc-queue.json"), TestContext.Current.CancellationToken)).Replace("\"crews\": 3", "\"crews\": -3", StringComparison.Ordinal).Replace("[9]", "[-9]", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        var output = Path.Combine(_folder.FullName, "out.json");

        var run = await Run("simulate", bad, "--out", output);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("$.demand.rates[0].perHour[0]");
        run.Error.ShouldContain("$.crews[0].crews");
        File.Exists(output).ShouldBeFalse();
        (await Run("simulate", "absent.json")).ExitCode.ShouldBe(2);
        (await Run("simulate", bad, "--replications", "many")).ExitCode.ShouldBe(2);
        (await Run("compare", bad, bad)).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Scenario_Schema_IsJson()
    {
        var run = await Run("scenario", "schema");

        run.ExitCode.ShouldBe(0);
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("properties").TryGetProperty("despatchGroups", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("simulate")]
    [InlineData("compare")]
    public async Task Help_OfACommand_HoldsAnExample(string command) => (await Run(command, "--help")).Output.ShouldContain("Example:");

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<Answer> Run(params string[] arguments) => CommandLine.RunAsync(arguments);
}
