using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Records;

namespace Pathfinder.Web.Tests.Api;

public sealed class RecordsApiTests(WebSite site)
{
    [Fact]
    public async Task Record_CreatedChangedAndEnded_IsAnsweredWithItsClocks()
    {
        var key = Key();
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);

        var created = await client.PostAsJsonAsync("/api/v1/milestones", new { key, why = "a test", body = new { title = "Made", forecasts = new[] { new { date = "June 2017" } } } }, TestContext.Current.CancellationToken);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        created.Headers.Location!.ToString().ShouldBe($"/api/v1/milestones/{key}");
        var version = (await JsonAsync(created)).GetProperty("version").GetInt64();

        var changed = await client.PutAsJsonAsync($"/api/v1/milestones/{key}", new { why = "another", version, body = new { title = "Changed" } }, TestContext.Current.CancellationToken);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        var stale = await client.PutAsJsonAsync($"/api/v1/milestones/{key}", new { why = "late", version, body = new { title = "Late" } }, TestContext.Current.CancellationToken);
        stale.StatusCode.ShouldBe(HttpStatusCode.Conflict);

        var one = await client.GetFromJsonAsync<JsonElement>($"/api/v1/milestones/{key}", TestContext.Current.CancellationToken);
        one.GetProperty("body").GetProperty("title").GetString().ShouldBe("Changed");
        one.GetProperty("why").GetString().ShouldBe("another");
        (await client.GetFromJsonAsync<JsonElement>($"/api/v1/milestones/{key}/timeline", TestContext.Current.CancellationToken)).GetArrayLength().ShouldBe(2);

        (await client.PostAsJsonAsync($"/api/v1/milestones/{key}/end", new { why = "over" }, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync($"/api/v1/milestones/{key}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task List_NarrowedAndTurned_AgreesWithItsTotals()
    {
        var key = Key();
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        foreach (var i in (int[])[1, 2])
        {
            (await client.PostAsJsonAsync("/api/v1/parties", new { key = $"{key}-{i}", why = "a test", body = new { title = $"{key} {i}" } }, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        var list = await client.GetFromJsonAsync<JsonElement>($"/api/v1/parties?text={key}&sort=-title", TestContext.Current.CancellationToken);

        (list.GetProperty("total").GetInt32(), list.GetProperty("pages").GetInt32()).ShouldBe((2, 1));
        list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("key").GetString()).ShouldBe([$"{key}-2", $"{key}-1"]);
    }

    [Theory]
    [InlineData("GET", "nope", 404, "/openapi/v1.json lists those of the API.")]
    [InlineData("DELETE", "milestones", 405, "It takes ")]
    [InlineData("POST", "milestones", 403, "It needs the permission KeepRecords; an administrator gives roles.")]
    public async Task Status_WithoutABody_SaysWhatItMeansAsProblemDetails(string method, string path, int status, string detail)
    {
        using var client = await site.SignedInAsync(Role.Reader);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/" + path);
        request.Headers.Accept.ParseAdd("text/html");

        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType).ShouldBe((status, "application/problem+json"));
        (await JsonAsync(answer)).GetProperty("detail").GetString().ShouldStartWith(detail);
    }

    [Theory]
    [InlineData("milestones?area=Narnia", "area", "Narnia")]
    [InlineData("milestones?borough=Camden", "borough", "Camden")]
    [InlineData("decisions?state=maybe", "state", "maybe")]
    [InlineData("commitments/check?borough=Narnia", "borough", "Narnia")]
    [InlineData("commitments/check?area=Camden", "area", "Camden")]
    [InlineData("milestones?known=2999-01-01", "known", "2999-01-01")]
    public async Task List_AskedForWhatThereIsNot_IsRefusedWithWhatIsAccepted(string path, string field, string found)
    {
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);

        var answer = await client.GetAsync("/api/v1/" + path, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = (await JsonAsync(answer)).GetProperty("problems")[0];
        (problem.GetProperty("field").GetString(), problem.GetProperty("found").GetString()).ShouldBe((field, found));
        problem.GetProperty("accepted").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("""{ "why": "a test", "body": { "title": "T", "nonsense": 1 } }""", "nonsense")]
    [InlineData("""{ "why": "a test" }""", "body")]
    [InlineData("""{ "body": { "title": "T" } }""", "why")]
    [InlineData("""{ "why": "a test", "body": { } }""", "title")]
    [InlineData("""{ "why": "a test", "body": { "title": 5 } }""", "a text")]
    [InlineData("""{ "why": 5, "version": "one", "from": "12/05/2017", "colour": 1, "body": { "title": "T" } }""", "a day: 2017-05-12")]
    [InlineData("""[]""", "body, why, key, version, from, known")]
    [InlineData("""not json""", "This is not JSON")]
    public async Task Create_WithMistakes_AnswersProblemDetails(string sent, string names)
    {
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);

        var answer = await client.PostAsync("/api/v1/parties", new StringContent(sent, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldContain(names);
        text.ShouldNotContain("System.");
        text.ShouldNotContain("Pathfinder.Platform");
    }

    [Theory]
    [InlineData("/api/v1/runs", """{ "replications": "many" }""", "replications", "a whole number")]
    [InlineData("/api/v1/designs", """{ "design": 5, "why": "w" }""", "design", "an object of ")]
    [InlineData("/api/v1/designs", """{ "design": { "changed": { "endToEnd.share@A": 0.6, "endToEnd.share@A": 0.7 } }, "why": "w" }""", "design.changed.endToEnd.share@A", "one value for one place")]
    [InlineData("/api/v1/designs", """{ bad""", null, "an object in JSON")]
    public async Task Request_OfAnotherShape_NamesTheMemberAndWhatIsAccepted(string path, string sent, string? field, string accepted)
    {
        using var client = await site.SignedInAsync(Role.Planner);

        var answer = await client.PostAsync(path, new StringContent(sent, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = (await JsonAsync(answer)).GetProperty("problems")[0];
        problem.GetProperty("field").GetString().ShouldBe(field);
        problem.GetProperty("accepted").GetString()!.ShouldStartWith(accepted);
    }

    [Fact]
    public async Task Find_BeforeItWasKnown_SaysSinceWhen()
    {
        var key = Key();
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        await client.PostAsJsonAsync("/api/v1/parties", new { key, why = "a test", known = "2018-02-28", from = "2018-02-12", body = new { title = "T" } }, TestContext.Current.CancellationToken);

        var answer = await client.GetAsync($"/api/v1/parties/{key}?effective=2018-03-01&known=2018-02-01", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var json = await JsonAsync(answer);
        json.GetProperty("detail").GetString().ShouldEndWith("It became known on 28 February 2018.");
        json.GetProperty("nearest").GetProperty("known").GetString().ShouldBe("2018-02-28");
    }

    [Fact]
    public async Task Examples_OfEveryKind_ReadBackAsTheyAreAndStandInThePageOfTheApi()
    {
        using var client = await site.SignedInAsync(Role.Reader);
        var page = await WebSite.PageAsync(client, "/api");
        var examples = page.QuerySelectorAll("pre").Select(pre => pre.TextContent).ToHashSet();
        foreach (var kind in site.App.Services.GetRequiredService<RecordCatalogue>().Kinds)
        {
            var example = RecordExamples.Create(kind);
            RecordJson.Read(kind, JsonSerializer.SerializeToElement(example["body"])).Problems.ShouldBeEmpty(kind.Name);
            if (kind.MadeAt is null)
            {
                examples.ShouldContain(text => text.Contains($"\"key\": \"{example["key"]}\"", StringComparison.Ordinal), kind.Name);
            }
        }

        examples.ShouldContain(text => text.Contains("\"newDate\"", StringComparison.Ordinal), "how a line of a round is reported");
    }

    [Fact]
    public async Task Create_AsAForm_IsRefused()
    {
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);

        var answer = await client.PostAsync("/api/v1/parties", new FormUrlEncodedContent([KeyValuePair.Create("why", "a form of another site")]), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Create_WhoMayNot_IsForbidden()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var answer = await client.PostAsJsonAsync("/api/v1/parties", new { why = "a test", body = new { title = "T" } }, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Document_OfTheApi_HasSixRoutesForEveryKindAndSaysHowChoicesAreWritten()
    {
        using var client = await site.SignedInAsync(Role.Reader);
        var kinds = site.App.Services.GetRequiredService<RecordCatalogue>().Kinds;

        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", TestContext.Current.CancellationToken);

        var paths = document.GetProperty("paths");
        foreach (var kind in kinds)
        {
            paths.GetProperty($"/api/v1/{kind.Path}").EnumerateObject().Select(operation => operation.Name).ShouldBe(kind.MadeAt is null || kind.Name == "round" ? ["get", "post"] : ["get"], ignoreOrder: true, kind.Name);
            paths.GetProperty($"/api/v1/{kind.Path}/{{key}}").EnumerateObject().Select(operation => operation.Name).ShouldBe(["get", "put"], ignoreOrder: true);
            paths.TryGetProperty($"/api/v1/{kind.Path}/{{key}}/end", out _).ShouldBeTrue();
            paths.TryGetProperty($"/api/v1/{kind.Path}/{{key}}/timeline", out _).ShouldBeTrue();
        }

        document.GetProperty("components").GetProperty("schemas").GetProperty("DecisionState").GetProperty("enum").EnumerateArray()
            .Select(choice => choice.GetString()).ShouldContain("draft");
    }

    private static string Key() => "k" + Guid.NewGuid().ToString("n")[..10];

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
}
