using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Work;

namespace Pathfinder.Web.Tests.Pages;

public sealed class SelfTestPageTests(WebSite site)
{
    [Fact]
    public async Task SelfTest_Finished_ShowsEachLineAsTheApiHasIt()
    {
        var work = site.App.Services.GetRequiredService<IWork>();
        var job = await work.EnqueueAsync(JobRequest.Of("self-test", new { precision = 0.4 }, new ChangeContext("system", "pathfinder", "test")));
        await EndAsync(work, job);
        (await work.FindAsync(job))!.State.ShouldBe(JobState.Finished);

        using var client = await site.SignedInAsync(Role.Reader);
        var page = await WebSite.PageAsync(client, await FinalAsync(client, "/self-test?test=engine-" + Engine.Response.Replica.Version + "-to-40-percent"));
        var lines = page.QuerySelectorAll("#table-lines tbody tr");
        lines.Length.ShouldBeGreaterThan(30);
        page.QuerySelector("h1")!.TextContent.ShouldContain("answers of theory");
        page.QuerySelector("form[action*='Cancel']").ShouldBeNull();
        page.QuerySelector("button[name='quick']").ShouldBeNull("a reader starts none");
        var result = await client.GetFromJsonAsync<Platform.SelfTest.SelfTestResult>("/api/v1/self-tests/engine-" + Engine.Response.Replica.Version + "-to-40-percent");
        lines.Length.ShouldBe(result!.Lines.Count);
        lines[0].TextContent.ShouldContain(result.Lines[0].Model);
        lines[0].TextContent.ShouldContain(result.Lines[0].Verdict);
    }

    [Fact]
    public async Task SelfTest_StartedAndCancelled_ShowsProgressAndKeepsNothing()
    {
        using var client = await site.SignedInAsync(Role.Analyst);
        var work = site.App.Services.GetRequiredService<IWork>();
        var form = await client.GetStringAsync(await FinalAsync(client, "/self-test"));
        (await WebSite.PostAsync(client, "/self-test", form, ("quick", "false"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var open = (await work.ListAsync(new JobQuery(Kind: "self-test", Ended: false))).ShouldHaveSingleItem();
        (await WebSite.PostAsync(client, "/self-test", form, ("quick", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await work.ListAsync(new JobQuery(Kind: "self-test", Ended: false))).ShouldHaveSingleItem().Id.ShouldBe(open.Id, "one under way is not queued again");

        var watched = await WebSite.PageAsync(client, await FinalAsync(client, "/self-test"));
        watched.QuerySelector("#run-progress progress").ShouldNotBeNull();
        watched.QuerySelector("form[action*='Cancel']").ShouldNotBeNull();
        (await WebSite.PostAsync(client, "/self-test?handler=Cancel", form)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await EndAsync(work, open.Id);
        (await work.FindAsync(open.Id))!.State.ShouldBe(JobState.Cancelled);
        (await client.GetStringAsync("/api/v1/self-tests/progress")).ShouldContain("\"ended\":true");
        (await client.GetAsync("/api/v1/self-tests/engine-" + Engine.Response.Replica.Version + "-to-1-percent")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task SelfTest_ForAReader_CanNotBeStarted()
    {
        using var reader = await site.SignedInAsync(Role.Reader);
        (await reader.PostAsJsonAsync("/api/v1/self-tests", new { quick = true })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.GetAsync(await FinalAsync(reader, "/self-test?test=none"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task EndAsync(IWork work, string job)
    {
        for (var look = 0; look < 3000 && await work.FindAsync(job) is { HasEnded: false }; look++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> FinalAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.Redirect ? answer.Headers.Location!.OriginalString : path;
    }
}
