using System.Text.Json;

namespace Pathfinder.Cli.Tests.Commands;

/// <summary>Plans, gates and claims as a shell runs them, on London's programme.</summary>
public sealed class EvaluatePlanCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pathfinder-cli-");

    private string Store => Path.Combine(_folder.FullName, "p.db");

    [Fact]
    public async Task Plan_OfThePathfinders_GateClaimsAndNoWayAroundTheLock()
    {
        var london = Directory.GetFiles(Path.Combine(EvaluateCommandTests.Root(), "data", "london-programme"), "*.json").Order(StringComparer.Ordinal);
        (await EvaluateCommandTests.Run(["programme", "import", .. london, "--why", "test", "--store", Store])).Code.ShouldBe(0);
        (await EvaluateCommandTests.Run("user", "add", "olive", "--role", "programme-office", "--link", "--store", Store)).Code.ShouldBe(0);

        var gate = await JsonAsync("evaluate", "gate", "pathfinder-evaluation");
        gate.GetProperty("gate").EnumerateArray().Select(pilot => pilot.GetProperty("proposed").GetString()).ShouldBe(["adapt and extend", "revert"]);
        gate.GetProperty("evidence").GetArrayLength().ShouldBeGreaterThan(40);
        var plan = await JsonAsync("evaluate", "plan", "show", "pathfinder-evaluation");
        plan.GetProperty("criteria")[0].GetProperty("unit").GetProperty("estimate").GetDouble().ShouldBe(-11.125, 1e-9);
        plan.GetProperty("holds").GetBoolean().ShouldBeTrue();

        // The panel beside each criterion and its printed command answer every number of the plan: estimate, error, interval and drift.
        (await EvaluateCommandTests.Run("evaluate", "plan", "show", "pathfinder-evaluation", "--panels", _folder.FullName, "--store", Store)).Code.ShouldBe(0);
        var printed = plan.GetProperty("criteria").EnumerateArray().Select(line => line.GetProperty("unit")).Where(unit => unit.TryGetProperty("estimate", out var estimate) && estimate.ValueKind == JsonValueKind.Number).ToList();
        printed.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var unit in printed)
        {
            var words = unit.GetProperty("command").GetString()!.Split(' ')[1..];
            words[2] = Path.Combine(_folder.FullName, words[2]);
            using var again = JsonDocument.Parse((await EvaluateCommandTests.Run([.. words, "--json"])).Output);
            foreach (var number in new[] { "estimate", "se", "lower", "upper" })
            {
                again.RootElement.GetProperty(number).GetDouble().ShouldBe(unit.GetProperty(number).GetDouble(), 1e-12, $"{number} of {unit.GetProperty("area").GetString()}");
            }

            again.RootElement.GetProperty("sensitivity").GetProperty("breakdown").GetDouble().ShouldBe(unit.GetProperty("driftToExplainAll").GetDouble(), 1e-12);
        }

        printed.First(unit => unit.GetProperty("area").GetString() == "EA").GetProperty("driftToExplainAll").GetDouble().ShouldBeInRange(2, 3);
        var decided = await EvaluateCommandTests.Run("evaluate", "plan", "decide", "pathfinder-evaluation", "--as", "olive", "--store", Store);
        decided.Output.ShouldContain("is drafted", Case.Sensitive, decided.Error);
        (await EvaluateCommandTests.Run("evaluate", "plan", "decide", "pathfinder-evaluation", "--as", "olive", "--store", Store)).ShouldSatisfyAllConditions(answer => answer.Code.ShouldBe(2), answer => answer.Error.ShouldContain("drafted already"));
        (await JsonAsync("evaluate", "gate", "pathfinder-evaluation")).GetProperty("decisions")[0].GetProperty("state").GetString().ShouldBe("draft");
        var claims = await EvaluateCommandTests.Run("evaluate", "claims", "--document", "s1-pathfinder-briefing", "--performance", "--fail-on-contradicted", "--store", Store);
        claims.Code.ShouldBe(1);
        claims.Output.ShouldContain("contradicted");
        (await EvaluateCommandTests.Run("evaluate", "gate", "no-such-plan", "--store", Store)).Code.ShouldBe(2);

        var (code, _, error) = await EvaluateCommandTests.Run("evaluate", "plan", "lock", "pathfinder-evaluation", "--as", "olive", "--why", "again", "--store", Store);
        code.ShouldBe(2);
        error.ShouldContain("locked already");

        // The exported plan with another margin: as a programme file it is refused, as an amendment it needs a reason.
        var file = Path.Combine(_folder.FullName, "plan.json");
        (await EvaluateCommandTests.Run("programme", "export", file, "--kind", "evaluation-plan", "--store", Store)).Code.ShouldBe(0);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancel)).Replace("\"revertFrom\": 10", "\"revertFrom\": 30", StringComparison.Ordinal), Cancel);
        (await EvaluateCommandTests.Run("programme", "import", file, "--why", "softer", "--store", Store)).Error.ShouldContain("amendment with a reason");
        (await EvaluateCommandTests.Run("evaluate", "plan", "amend", "pathfinder-evaluation", file, "--as", "olive", "--store", Store)).Error.ShouldContain("Say why");
        (await EvaluateCommandTests.Run("evaluate", "plan", "amend", "pathfinder-evaluation", file, "--as", "olive", "--why", "A trial of the command", "--store", Store)).Code.ShouldBe(0);
        (await JsonAsync("evaluate", "plan", "show", "pathfinder-evaluation")).GetProperty("amendments")[0].GetProperty("resultsSeen").GetBoolean().ShouldBeTrue();
        (await EvaluateCommandTests.Run("audit", "verify", "--store", Store)).Code.ShouldBe(0);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<JsonElement> JsonAsync(params string[] args)
    {
        var (code, output, error) = await EvaluateCommandTests.Run([.. args, "--store", Store, "--json"]);
        code.ShouldBe(0, error);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.Clone();
    }
}
