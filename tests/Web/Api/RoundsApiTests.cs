using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Pathfinder.Platform.People;

namespace Pathfinder.Web.Tests.Api;

public sealed class RoundsApiTests(WebSite site)
{
    [Fact]
    public async Task Round_OpenedOwnedReportedChasedAndSignedOff_BySteps()
    {
        var key = "k" + Guid.NewGuid().ToString("n")[..10];
        using var office = await site.SignedInAsync(Role.ProgrammeOffice);
        await RecordAsync(office, "work", key, new { title = key, level = "programme" });
        await RecordAsync(office, "posts", key, new { title = $"{key} lead" });
        await RecordAsync(office, "people", key, new { title = $"{key} person" });
        await RecordAsync(office, "appointments", key, new { title = key, person = key, post = key });
        await RecordAsync(office, "milestones", key, new { title = "Live", work = key, baselines = new[] { new { date = "June 2030" } } });
        await RecordAsync(office, "milestones", key + "-2", new { title = "Done", work = key, baselines = new[] { new { date = "June 2030" } } });

        (await SendAsync(office, HttpMethod.Post, "rounds", new { period = "whenever" }, HttpStatusCode.BadRequest)).GetProperty("problems").GetArrayLength().ShouldBe(2);
        var opened = await SendAsync(office, HttpMethod.Post, "rounds", new { period = "May 2030", due = DateTime.UtcNow.AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), work = key }, HttpStatusCode.Created);
        var round = opened.GetProperty("key").GetString()!;
        opened.GetProperty("notAsked").GetArrayLength().ShouldBe(2, "they have no owner");
        (await SendAsync(office, HttpMethod.Put, "owners", new { why = "agreed", owners = new[] { new { about = $"milestone:{key}", owner = key }, new { about = $"milestone:{key}-2", owner = key } } })).GetProperty("changed").GetInt32().ShouldBe(2);

        var past = await SendAsync(office, HttpMethod.Post, $"rounds/{round}/reports", new { answers = new[] { new { about = $"milestone:{key}", answer = "changed", newDate = "June 2017", why = "late" } } }, HttpStatusCode.BadRequest);
        past.GetProperty("problems")[0].GetProperty("field").GetString().ShouldBe($"milestone:{key}.date");
        var sheet = await SendAsync(office, HttpMethod.Post, $"rounds/{round}/reports", new { answers = new[] { new { about = $"milestone:{key}", answer = "changed", newDate = "September 2030", why = "late" } } });
        var reported = sheet.GetProperty("owners")[0].GetProperty("lines").EnumerateArray().Single(line => line.GetProperty("title").GetString() == "Live").GetProperty("reported");
        reported.GetProperty("changes")[0].GetProperty("from").GetString().ShouldBe("June 2030");
        reported.GetProperty("changes")[0].GetProperty("to").GetString().ShouldBe("September 2030");

        (await SendAsync(office, HttpMethod.Post, $"rounds/{round}/chase", new { owner = key })).GetProperty("mailed").GetArrayLength().ShouldBe(0, "mail is off");
        (await SendAsync(office, HttpMethod.Post, $"rounds/{round}/sign-off", new { }, HttpStatusCode.BadRequest)).GetProperty("problems")[0].GetProperty("field").GetString().ShouldBe("why");
        (await SendAsync(office, HttpMethod.Post, $"rounds/{round}/sign-off", new { why = "The board meets" })).GetProperty("missing")[0].GetString().ShouldBe($"milestone:{key}-2");
        (await SendAsync(office, HttpMethod.Get, $"rounds/{round}/sheet", null)).GetProperty("headline").GetString().ShouldBe($"Signed off; one line has no report from {key} lead");
        await SendAsync(office, HttpMethod.Post, $"rounds/{round}/sign-off", new { }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Steps_ByAReader_AreForbidden()
    {
        using var reader = await site.SignedInAsync(Role.Reader);
        foreach (var path in (string[])["rounds", "rounds/r/reports", "rounds/r/chase", "rounds/r/sign-off"])
        {
            (await reader.PostAsJsonAsync($"/api/v1/{path}", new { }, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        (await reader.PutAsJsonAsync("/api/v1/owners", new { }, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static Task<JsonElement> RecordAsync(HttpClient client, string path, string key, object body) => SendAsync(client, HttpMethod.Post, path, new { key, why = "a test", body }, HttpStatusCode.Created);

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, object? body, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
