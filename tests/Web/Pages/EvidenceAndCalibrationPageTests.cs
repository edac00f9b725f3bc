using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Work;
using Pathfinder.Testing.Calibration;

namespace Pathfinder.Web.Tests.Pages;

public sealed partial class EvidenceAndCalibrationPageTests(WebSite site)
{
    private const string Mapping = """
        log: page-calls
        title: Calls of a page
        time: {zone: Europe/London, formats: [yyyy-MM-dd HH:mm]}
        columns: {id: ref, created: at, grade: grade, area: zone, arrived: there}
        grades: {I: I, S: S}
        """;

    [Fact]
    public async Task Upload_LogWithItsMapping_IsImportedAndShownWithWhatWasLeftOut()
    {
        using var client = await site.SignedInAsync(Role.Analyst);
        var answer = await PostAsync(client, "/evidence", [("why", "To replay"), ("keepGood", "yes")], ("file", "calls.csv", "ref,at,grade,zone,there\n1,2017-03-01 10:00,I,HZ001,2017-03-01 10:09\n2,2017-03-01 11:00,X,HZ001,\n"), ("mapping", "map.yaml", Mapping));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        var page = await UntilAsync(client, "/evidence/page-calls");

        page.ShouldContain("1 of 2 rows were read");
        page.ShouldContain("The mapping gives this grade no meaning");
        page.ShouldContain("dropped");
        (await client.GetStringAsync("/api/v1/incident-logs/page-calls")).ShouldContain("\"kept\":1");
    }

    [Fact]
    public async Task Upload_SameKeyAgain_SaysThatNothingChangedOrWhatIsThereAndReplacesOnlyWhereAsked()
    {
        using var client = await site.SignedInAsync(Role.Analyst);
        var mapping = Mapping.Replace("page-calls", "page-again", StringComparison.Ordinal);
        const string rows = "ref,at,grade,zone,there\n1,2017-03-01 10:00,I,HZ001,2017-03-01 10:09\n";
        const string others = rows + "2,2017-03-01 11:00,I,HZ001,\n";
        async Task<string> SendAsync(string text, string replace)
        {
            using var form = new MultipartFormDataContent { { new StringContent(replace), "replace" }, { new StringContent(text), "file", "calls.csv" }, { new StringContent(mapping), "mapping", "again.yaml" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/incident-logs") { Content = form };
            request.Headers.Add("X-Requested-With", "pathfinder");
            var job = (await client.SendAsync(request)).Headers.Location!.OriginalString;
            for (var look = 0; look < 500; look++)
            {
                var stands = await client.GetStringAsync(job);
                if (stands.Contains("\"ended\":true", StringComparison.Ordinal))
                {
                    return stands;
                }

                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            throw new TimeoutException(job);
        }

        (await SendAsync(rows, "false")).ShouldContain("page-again: 1 of 1 rows imported");
        (await SendAsync(rows, "false")).ShouldContain("page-again: nothing changed");
        var refused = await SendAsync(others, "false");
        refused.ShouldContain("Another log stands under this key, and nothing was imported");
        refused.ShouldContain("again.yaml");
        (await PostAsync(client, "/evidence", [("why", "Once more")], ("file", "calls.csv", others), ("mapping", "again.yaml", mapping))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await SendAsync(others, "false")).ShouldContain("the box on the page");
        var before = await WebSite.PageAsync(client, await FinalAsync(client, "/evidence"));
        before.Body!.TextContent.ShouldContain("Another log stands under this key");
        before.QuerySelectorAll("h2").ShouldContain(heading => heading.TextContent == "Why calls.csv was refused");
        (await SendAsync(others, "true")).ShouldContain("page-again: 2 of 2 rows imported");
        var page = await WebSite.PageAsync(client, await FinalAsync(client, "/evidence"));
        page.QuerySelector("#table-imports")!.TextContent.ShouldContain("nothing changed");
        page.QuerySelector("#table-imports")!.TextContent.ShouldContain("Refused; done since");
        page.QuerySelectorAll("#table-imports tbody tr").ShouldAllBe(row => row.FirstElementChild!.TextContent.Contains("calls.csv"));
        page.Body!.TextContent.ShouldNotContain("Another log stands under this key");
    }

    [Fact]
    public async Task Upload_NothingChosenOrABadMapping_IsRefusedBesideItsField()
    {
        using var client = await site.SignedInAsync(Role.Analyst);
        var nothing = await PostAsync(client, "/evidence", []);
        nothing.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var text = await nothing.Content.ReadAsStringAsync();
        text.ShouldContain("Choose the log");
        text.ShouldContain("Say why it is imported");

        var mapping = await PostAsync(client, "/evidence", [("why", "x")], ("file", "calls.csv", "a\n1\n"), ("mapping", "map.yaml", "log: x\n"));
        text = await mapping.Content.ReadAsStringAsync();
        text.ShouldContain("map.yaml, row 1, time: A part is missing");
        var ground = await PostAsync(client, "/evidence", [("why", "x"), ("ground", "because")], ("file", "calls.csv", "a\n1\n"), ("mapping", "map.yaml", Mapping));
        (await ground.Content.ReadAsStringAsync()).ShouldContain("Only an administrator");
    }

    [Fact]
    public async Task Evidence_ForAReader_CanBeReadButNotImported()
    {
        using var reader = await site.SignedInAsync(Role.Reader);
        (await reader.GetStringAsync(await FinalAsync(reader, "/evidence"))).ShouldNotContain("type=\"file\"");
        (await PostAsync(reader, "/evidence", [("why", "x")])).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var api = new MultipartFormDataContent { { new StringContent("x"), "file", "x.csv" } };
        (await reader.PostAsync("/api/v1/incident-logs", api)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Retrodiction_Kept_ShowsPredictionAgainstWhatHappenedAndWhatItUsed()
    {
        var register = site.App.Services.GetRequiredService<CalibrationRegister>();
        var job = (await register.StartRetrodictionAsync(
            HarbourMerger.Plan, HarbourMerger.Targets, HarbourMerger.Outcomes, new CalibrationOptions(40, 4), new ChangeContext("system", "pathfinder", "test"))).Value;
        for (var look = 0; look < 3000 && await site.App.Services.GetRequiredService<IWork>().FindAsync(job) is { HasEnded: false }; look++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        using var client = await site.SignedInAsync(Role.Reader);
        var page = await WebSite.PageAsync(client, await FinalAsync(client, "/retrodictions/harbour-merger"));
        page.QuerySelector("h1")!.TextContent.ShouldContain("months");
        page.QuerySelectorAll("#table-used tbody tr").Length.ShouldBe(3);
        page.QuerySelectorAll("#table-scores tbody tr").Length.ShouldBe(8);
        page.QuerySelector("#in-force")!.TextContent.ShouldContain("25 March 2017");
        page.QuerySelectorAll("#table-mechanisms tbody tr").Length.ShouldBe(2 * (Retrodictor.Mechanisms.Count + 1));
        page.QuerySelector("#not-modelled")!.TextContent.ShouldContain("The weather");
        (await WebSite.PageAsync(client, await FinalAsync(client, "/calibrations/harbour-merger"))).QuerySelectorAll("#table-parameters tbody tr").Length.ShouldBeGreaterThan(5);
        (await client.GetAsync("/api/v1/retrodictions/harbour-merger")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await WebSite.PageAsync(client, await FinalAsync(client, "/calibrations"))).QuerySelector("#table-retrodictions a")!.GetAttribute("href")!.ShouldStartWith("/retrodictions/harbour-merger");
    }

    [Fact]
    public async Task Replay_Kept_ShowsSeenAgainstReplayedAndWhatWasLeftOut()
    {
        var result = new ReplayResult
        {
            Schema = ReplayResult.CurrentSchema, Title = "Calls of a page", EngineVersion = "3", Seed = 1, Replications = 2, TestFrom = new DateOnly(2017, 4, 1), TestTo = new DateOnly(2017, 4, 30), Fitted = 400,
            InterceptSeconds = 200, SecondsPerKm = new Dictionary<string, double> { ["HB01"] = 50 }, Sigma = 0.3, EngagedMinutes = 40, Stations = 2, Units = 3,
            LeftOut = new Dictionary<string, long> { ["no-arrival"] = 7 },
            Areas = [new ReplayedArea("force", "Harbour", 300, 300, 306, 310, 320, 500, 560), new ReplayedArea("HB01", "Northgate", 300, 300, 306, 310, 320, 500, 560)],
        };
        var mapping = LogMapping.Read(Mapping.Replace("page-calls", "replayed-calls", StringComparison.Ordinal) + "\nsource: Invented, open licence\n").Value;
        await site.App.Services.GetRequiredService<LogReplays>().KeepAsync(mapping, result, "station,zone,units\nA,HZ001,2\nB,HZ003,1\n", new ChangeContext("system", "pathfinder", "test"));

        using var client = await site.SignedInAsync(Role.Reader);
        (await WebSite.PageAsync(client, await FinalAsync(client, "/evidence"))).QuerySelector("#table-replays a")!.GetAttribute("href")!.ShouldStartWith("/evidence/replays/replayed-calls");
        var page = await WebSite.PageAsync(client, await FinalAsync(client, "/evidence/replays/replayed-calls"));
        page.QuerySelector("h1")!.TextContent.ShouldContain("The median is 2.0% too long, the 90th percentile 12.0% too long: the tail is further off than was aimed at");
        page.QuerySelector("#table-whole")!.TextContent.ShouldContain("missed");
        page.QuerySelector("#table-left-out")!.TextContent.ShouldContain("no time of arrival");
        page.Body!.TextContent.ShouldContain("Invented, open licence");
        (await client.GetStringAsync("/api/v1/log-replays/replayed-calls")).ShouldContain("\"pathfinder-replay/1\"");
        (await client.GetAsync("/api/v1/log-replays/none")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Replay_StartedFromThePageAndTheApi_IsFollowedKeptAndShown()
    {
        using var client = await site.SignedInAsync(Role.Analyst);
        var rows = "ref,at,grade,zone,there,station\n" + string.Concat(Enumerable.Range(0, 500).Select(i =>
            $"{i},{new DateTime(2017, 4, 1).AddHours(i * 2.5):yyyy-MM-dd HH:mm},I,HZ00{1 + (i % 4)},{new DateTime(2017, 4, 1).AddHours(i * 2.5).AddMinutes(4 + (i % 7)):yyyy-MM-dd HH:mm},North\n"));
        var mapping = Mapping.Replace("page-calls", "to-replay", StringComparison.Ordinal).Replace("arrived: there", "arrived: there, station: station", StringComparison.Ordinal);
        (await PostAsync(client, "/evidence", [("why", "To replay")], ("file", "calls.csv", rows), ("mapping", "map.yaml", mapping))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await UntilAsync(client, "/evidence/to-replay");

        (string, string)[] fields = [("log", "to-replay"), ("testFrom", "2017-05-01"), ("engagedMinutes", "30"), ("replications", "2"), ("seed", "3")];
        var refused = await PostAsync(client, "/evidence/replays", fields);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Say why it is replayed");
        var unknown = await PostAsync(client, "/evidence/replays", [.. fields, ("why", "Does it hold?")]);
        (await unknown.Content.ReadAsStringAsync()).ShouldContain("its stations are not known");
        var started = await PostAsync(client, "/evidence/replays", [.. fields, ("why", "Does it hold?")], ("stations", "stations.csv", "station,zone,units\nNorth,HZ001,3\n"));
        started.StatusCode.ShouldBe(HttpStatusCode.Redirect, await started.Content.ReadAsStringAsync());
        (await UntilAsync(client, "/evidence/replays/to-replay")).ShouldContain("Does it hold?");
        (await WebSite.PageAsync(client, await FinalAsync(client, "/evidence/replays"))).QuerySelectorAll("#table-replays tbody tr").Single(row => row.TextContent.Contains("to-replay")).TextContent.ShouldContain("in the store");

        var again = await client.PostAsJsonAsync("/api/v1/log-replays", new { log = "to-replay", testFrom = "2017-04-20", replications = 1, why = "From a script" });
        again.StatusCode.ShouldBe(HttpStatusCode.Accepted, await again.Content.ReadAsStringAsync());
        var followed = again.Headers.Location!.OriginalString;
        (await client.GetStringAsync(followed)).ShouldContain("log-replay/to-replay");
        (await client.GetStringAsync("/api/v1/log-replays/jobs")).ShouldContain("From a script");
        (await client.PostAsync(followed + "/cancel", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/api/v1/calibrations/jobs/" + followed.Split('/')[^1])).StatusCode.ShouldBe(HttpStatusCode.NotFound, "a job of another kind is not there");

        using var reader = await site.SignedInAsync(Role.Reader);
        (await reader.GetStringAsync(await FinalAsync(reader, "/evidence/replays"))).ShouldNotContain("type=\"file\"");
        (await PostAsync(reader, "/evidence/replays", [.. fields, ("why", "x")])).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.PostAsJsonAsync("/api/v1/log-replays", new { log = "to-replay", testFrom = "2017-04-20" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.PostAsync(followed + "/cancel", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await PostAsync(client, "/evidence", [("why", "One more"), ("replace", "yes")], ("file", "calls.csv", rows + "501,2017-06-01 10:00,I,HZ001,2017-06-01 10:07,North\n"), ("mapping", "map.yaml", mapping))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var stands = "";
        for (var look = 0; look < 500 && !stands.Contains("replaced since", StringComparison.Ordinal); look++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            stands = (await WebSite.PageAsync(client, await FinalAsync(client, "/evidence/replays"))).QuerySelectorAll("#table-replays tbody tr").Single(row => row.TextContent.Contains("to-replay")).TextContent;
        }

        stands.ShouldContain("replaced since");
        (await WebSite.PageAsync(client, await FinalAsync(client, "/evidence/replays/to-replay"))).QuerySelector("#replaced").ShouldNotBeNull();
    }

    [Fact]
    public async Task Calibrate_TargetOfTheTimePredicted_IsRefusedOnThePage()
    {
        using var client = await site.SignedInAsync(Role.Analyst);
        var refused = await PostAsync(
            client, "/calibrations", [("why", "x"), ("budget", "40"), ("seed", "1")], ("fit", "plan.yaml", HarbourMerger.Plan), ("targets", "targets.csv", HarbourMerger.Targets + "North,I.inTarget,2017-05-01,2017-05-31,0.7\n"),
            ("outcomes", "outcomes.csv", HarbourMerger.Outcomes));
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("may not be fitted to");
    }

    [Fact]
    public async Task Calibrations_PlanThatComesWithLondon_IsOfferedAndNeedsAReason()
    {
        using var client = await site.SignedInAsync(Role.Analyst);
        var page = await WebSite.PageAsync(client, await FinalAsync(client, "/calibrations"));
        page.QuerySelector("form[action*='handler=London'] input[name=londonBudget]")!.GetAttribute("value").ShouldBe("24000");

        var refused = await PostAsync(client, "/calibrations?handler=London", [("londonBudget", "7"), ("londonWhy", "")]);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var text = await refused.Content.ReadAsStringAsync();
        text.ShouldMatch("[0-9]+ to 50000 simulations");
        text.ShouldContain("Say why it is run");
    }

    [Fact]
    public async Task Calibrate_BudgetBelowTheParticlesOfThePlan_IsRefusedAtOnceWithTheSameBoundOnPageAndInterface()
    {
        using var client = await site.SignedInAsync(Role.Analyst);
        var plan = HarbourMerger.Plan.Replace("particles: 12", "particles: 60", StringComparison.Ordinal);
        var page = await PostAsync(
            client, "/calibrations", [("why", "x"), ("budget", "45"), ("seed", "1")], ("fit", "plan.yaml", plan), ("targets", "targets.csv", HarbourMerger.Targets), ("outcomes", "outcomes.csv", HarbourMerger.Outcomes));
        page.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await page.Content.ReadAsStringAsync()).ShouldContain("60 to 50000 simulations");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/calibrations") { Content = JsonContent.Create(new { fit = plan, targets = HarbourMerger.Targets, outcomes = HarbourMerger.Outcomes, budget = 45 }) };
        request.Headers.Add("X-Requested-With", "pathfinder");
        var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("60 to 50000 simulations");
    }

    private static async Task<string> FinalAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.Redirect ? answer.Headers.Location!.OriginalString : path;
    }

    private static async Task<string> UntilAsync(HttpClient client, string path)
    {
        for (var look = 0; look < 500; look++)
        {
            var answer = await client.GetAsync(await FinalAsync(client, path));
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return await answer.Content.ReadAsStringAsync();
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException(path);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, (string Name, string Value)[] fields, params (string Name, string File, string Text)[] files)
    {
        var form = await client.GetStringAsync(await FinalAsync(client, path));
        var token = Token().Match(form).Groups["token"].Value;
        if (token.Length == 0)
        {
            // A page without a form gives no token; any page with one does.
            token = Token().Match(await client.GetStringAsync("/account")).Groups["token"].Value;
        }

        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("__RequestVerificationToken", token)))
        {
            content.Add(new StringContent(value), name);
        }

        foreach (var (name, file, text) in files)
        {
            content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), name, file);
        }

        return await client.PostAsync(path, content);
    }

    [GeneratedRegex("__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
