using System.Text.Json;
using Pathfinder.Testing;
using Pathfinder.Testing.Calibration;

namespace Pathfinder.Cli.Tests.Commands;

public sealed class RetrodictCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pathfinder-retrodict-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Retrodict_OnOneThreadAndOnTwo_GivesTheSameBytes()
    {
        await PlanAsync(HarbourMerger.Plan);

        var one = await Run("--threads", "1");
        var two = await Run("--threads", "2");

        one.ExitCode.ShouldBe(0, one.Error);
        two.Output.ShouldBe(one.Output);
        using var result = JsonDocument.Parse(one.Output);
        result.RootElement.GetProperty("inForceFrom").GetString().ShouldBe("2017-03-25");
        result.RootElement.GetProperty("mechanisms").EnumerateArray().ShouldContain(each => each.GetProperty("mechanism").GetString() == "inspector");
    }

    [Fact]
    public async Task Retrodict_NewOrganisationAfterItsFirstMonth_IsRefusedByItsField()
    {
        await PlanAsync(HarbourMerger.Plan.Replace("inForceFrom: 2017-03-25", "inForceFrom: 2017-04-25", StringComparison.Ordinal));

        var answer = await Run();

        answer.ExitCode.ShouldBe(2);
        answer.Output.ShouldContain("inForceFrom");
    }

    private async Task PlanAsync(string plan)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "plan.yaml"), plan);
        await File.WriteAllTextAsync(Path.Combine(_folder, "targets.csv"), HarbourMerger.Targets);
        await File.WriteAllTextAsync(Path.Combine(_folder, "outcomes.csv"), HarbourMerger.Outcomes);
    }

    private Task<Answer> Run(params string[] arguments) => CommandLine.RunAsync(
        ["retrodict", "--pack", Path.Combine(Repository.Root, "data", "harbour"), "--plan", _folder, "--budget", "40", "--seed", "4", "--json", .. arguments]);
}
