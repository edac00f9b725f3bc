using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Cli.Tests.Commands;

/// <summary>A store with Harbour and one design in it.</summary>
public sealed class StoreWithDesign : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pathfinder-runs-");

    public string Location => Path.Combine(_folder.FullName, "pathfinder.db");

    public string Design { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        (await CommandLine.RunAsync(["import", "pack", Path.Combine(Repository.Root, "data", "harbour"), "--store", Location])).ExitCode.ShouldBe(0);
        await using var services = new ServiceCollection().AddLogging().AddPathfinder(new StoreOptions { Location = Location }).BuildServiceProvider();
        var pack = await services.GetRequiredService<IForcePacks>().FindCurrentAsync();
        var start = DesignStart.FromForce(pack!, new DateOnly(2017, 1, 1), "Two as one").Value;
        var merged = DesignEdits.Merge(start, ["response"], ["HB01", "HB02"], "NM", "North and Market");
        var created = await services.GetRequiredService<DesignRegister>().CreateAsync(
            DesignEdits.DespatchTogether(merged, ["HB01", "HB02"], "NM", "North and Market"), new ChangeContext("p.lanner", "police", "first idea"));
        created.Problems.ShouldBeEmpty();
        Design = created.Value;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Designs and runs of a store, from the command line, on Harbour.</summary>
public sealed class RunAndDesignCommandTests(StoreWithDesign store) : IClassFixture<StoreWithDesign>
{
    [Fact]
    public async Task Run_StartedListedShownAndVerified_IsTheSameBytesAndNotMadeTwice()
    {
        string[] start = ["run", "start", store.Design, "-n", "2", "--days", "7", "--seed", "5", "--compare-with-force", "--json"];
        using var started = Json(await Run(start));
        var key = started.RootElement.GetProperty("key").GetString()!;
        var beside = started.RootElement.GetProperty("comparedWith").GetString()!;
        started.RootElement.GetProperty("existed").GetBoolean().ShouldBeFalse();

        using var list = Json(await Run("run", "list", "--json"));
        list.RootElement.EnumerateArray().Select(run => (run.GetProperty("key").GetString(), run.GetProperty("status").GetString()))
            .ShouldBe([(key, "finished"), (beside, "finished")], ignoreOrder: true, "the two were made at the same time");

        var shown = await Run("run", "show", key, "--json");
        using var result = Json(shown);
        result.RootElement.GetProperty("schema").GetString().ShouldBe("pathfinder-result/1");

        using var compared = Json(await Run("run", "compare", beside, key, "--json"));
        compared.RootElement.GetProperty("comparison").GetProperty("paired").GetBoolean().ShouldBeTrue();
        compared.RootElement.TryGetProperty("notLikeWithLike", out var unlike).ShouldBeTrue();
        unlike.ValueKind.ShouldBe(JsonValueKind.Null);
        (await Run("run", "compare", beside, "run-nowhere")).ExitCode.ShouldBe(2);

        using var verified = Json(await Run("run", "verify", key, "--threads", "1", "--json"));
        verified.RootElement.GetProperty("same").GetBoolean().ShouldBeTrue();
        verified.RootElement.GetProperty("found").GetString().ShouldBe(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(shown.Output))));

        using var again = Json(await Run(start));
        again.RootElement.GetProperty("key").GetString().ShouldBe(key);
        again.RootElement.GetProperty("existed").GetBoolean().ShouldBeTrue();
        (await Run(start[..^1])).Output.ShouldContain("95% interval");
    }

    [Fact]
    public async Task Design_ListedAndShown_SaysWhatItChangesAndWhy()
    {
        using var list = Json(await Run("design", "list", "--json"));
        var listed = list.RootElement.EnumerateArray().Single(design => design.GetProperty("key").GetString() == store.Design);
        listed.GetProperty("account").GetString().ShouldBe("p.lanner");

        using var shown = Json(await Run("design", "show", store.Design, "--json"));
        shown.RootElement.GetProperty("problems").GetArrayLength().ShouldBe(0);
        shown.RootElement.GetProperty("changes").GetArrayLength().ShouldBeGreaterThanOrEqualTo(2);

        (await Run("design", "show", store.Design)).Output.ShouldContain("p.lanner: first idea");
    }

    [Theory]
    [InlineData("run", "start")]
    [InlineData("run", "show")]
    [InlineData("run", "verify")]
    [InlineData("design", "show")]
    public async Task Command_UnknownKey_NamesItAndAnswersTwo(string noun, string verb)
    {
        var answer = await Run(noun, verb, "nowhere");

        answer.ExitCode.ShouldBe(2);
        answer.Output.ShouldBeEmpty();
        answer.Error.ShouldContain("nowhere");
    }

    [Fact]
    public async Task Start_NumbersOutOfBounds_NamesEachAndRecordsNoRun()
    {
        var before = await Run("run", "list", "--json");

        var answer = await Run("run", "start", store.Design, "-n", "1", "--days", "0");

        answer.ExitCode.ShouldBe(2);
        answer.Error.ShouldContain("replications");
        answer.Error.ShouldContain("days");
        (await Run("run", "list", "--json")).Output.ShouldBe(before.Output);
    }

    private static JsonDocument Json(Answer answer)
    {
        answer.ExitCode.ShouldBe(0, answer.Error + answer.Output);
        return JsonDocument.Parse(answer.Output);
    }

    private Task<Answer> Run(params string[] arguments) => CommandLine.RunAsync([.. arguments, "--store", store.Location]);
}
