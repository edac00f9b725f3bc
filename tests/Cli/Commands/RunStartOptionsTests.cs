using System.Text.Json;
using Pathfinder.Testing;

namespace Pathfinder.Cli.Tests.Commands;

/// <summary>What a run may be started with besides a design, on Harbour: a log, a calibration, designs in turn, days out of the ordinary.</summary>
public sealed class RunStartOptionsTests(StoreWithDesign store) : IClassFixture<StoreWithDesign>
{
    [Fact]
    public async Task Start_LogCalibrationAndTurns_AreInTheRunThatIsRecorded()
    {
        var folder = Path.GetDirectoryName(store.Location)!;
        var (log, map, days) = (Path.Combine(folder, "calls.csv"), Path.Combine(folder, "map.yaml"), Path.Combine(folder, "days.csv"));
        await File.WriteAllTextAsync(log, "ref,at,grade,zone\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"{i},{new DateTime(2017, 1, 2).AddMinutes(i * 45):yyyy-MM-dd HH:mm},{(i % 3 == 0 ? "I" : "S")},HZ00{1 + (i % 4)}\n")));
        await File.WriteAllTextAsync(map, "log: calls\ntitle: Calls\ntime: {zone: Europe/London, formats: [yyyy-MM-dd HH:mm]}\ncolumns: {id: ref, created: at, grade: grade, area: zone}\ngrades: {I: I, S: S}\n");
        (await Run("import", "incidents", log, "--map", map)).ExitCode.ShouldBe(0);
        var examples = Path.Combine(Repository.Root, "docs", "guides", "examples");
        var fit = Path.Combine(folder, "fit.yaml");
        await File.WriteAllTextAsync(fit, (await File.ReadAllTextAsync(Path.Combine(examples, "harbour-fit.yaml")))
            .Replace("days: 28", "days: 7", StringComparison.Ordinal).Replace("particles: 60", "particles: 20", StringComparison.Ordinal));
        using var kept = Json(await Run("calibrate", "--targets", Path.Combine(examples, "harbour-targets.csv"), "--fit", fit, "--budget", "40", "--keep", "--json"));
        var calibration = kept.RootElement.GetProperty("name").GetString()!;

        using var replayed = Json(await Run("run", "start", store.Design, "-n", "2", "--days", "5", "--log", "calls", "--log-from", "2017-01-04", "--calibration", calibration, "--json"));
        await File.WriteAllTextAsync(days, "2017-01-14 20:00,6,1.5,0.1,Match\n");
        using var turned = Json(await Run(
            "run", "start", store.Design, "-n", "2", "--days", "10", "--begin", "force", "--takes-over", "2017-01-13", "--then", store.Design + "@2017-01-16", "--events", days, "--json"));

        using var list = Json(await Run("run", "list", "--json"));
        JsonElement Recorded(JsonDocument started) => list.RootElement.EnumerateArray()
            .Single(run => run.GetProperty("key").GetString() == started.RootElement.GetProperty("key").GetString()).GetProperty("run");
        Recorded(replayed).GetProperty("log").GetString().ShouldBe("calls");
        Recorded(replayed).GetProperty("days").GetInt32().ShouldBe(5);
        Recorded(replayed).GetProperty("carried").EnumerateObject().Count().ShouldBeGreaterThan(0, "the calibration's medians");
        Recorded(turned).GetProperty("turns").EnumerateArray().Select(turn => turn.GetProperty("from").GetString()).ShouldBe(["2017-01-13", "2017-01-16"]);
        Recorded(turned).GetProperty("events").EnumerateArray().Select(name => name.GetString()).ShouldBe(["Match"]);
    }

    [Fact]
    public async Task Start_LogCalibrationAndTurnsThatAreNotThere_AreNamedAtOnce()
    {
        var answer = await Run("run", "start", store.Design, "--log-from", "yesterday", "--calibration", "none", "--then", "nobody", "--takes-over", "2017-13-01", "--events", "missing.csv");

        answer.ExitCode.ShouldBe(2);
        foreach (var field in new[] { "--log-from", "--calibration", "--then", "--takes-over", "missing.csv" })
        {
            answer.Error.ShouldContain(field);
        }

        (await Run("run", "start", store.Design, "--log", "none")).Error.ShouldContain("There is no such log");
    }

    private static JsonDocument Json(Answer answer)
    {
        answer.ExitCode.ShouldBe(0, answer.Error + answer.Output);
        return JsonDocument.Parse(answer.Output);
    }

    private Task<Answer> Run(params string[] arguments) => CommandLine.RunAsync([.. arguments, "--store", store.Location]);
}
