using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pathfinder.Platform.People;

namespace Pathfinder.Web.Tests.Pages;

public sealed partial class DesignAndRunPageTests(WebSite site)
{
    [Fact]
    public async Task MainJourney_TwoBoroughsMerged_IsDrawnRunAndComparedWithoutJavaScript()
    {
        using var client = await site.SignedInAsync(Role.Planner);
        var design = await DrawAsync(client, "Two as one");
        var page = await WebSite.PageAsync(client, await FinalAsync(client, design));
        page.QuerySelector("h1")!.TextContent.ShouldContain("respond as one unit");
        page.QuerySelectorAll("#table-changes tbody tr").Length.ShouldBeGreaterThanOrEqualTo(2);

        var simulate = await client.GetStringAsync(await FinalAsync(client, design + "/simulate"));
        var started = await WebSite.PostAsync(
            client, design + "/simulate", simulate, ("replications", "3"), ("weeks", "1"), ("seed", "1"), ("demandMultiplier", "1"), ("beside", "force"));
        started.StatusCode.ShouldBe(HttpStatusCode.Redirect, await started.Content.ReadAsStringAsync());
        var run = started.Headers.Location!.OriginalString;
        await EndAsync(client, run);

        var result = await WebSite.PageAsync(client, await FinalAsync(client, run));
        result.QuerySelector("h1")!.TextContent.ShouldMatch(@"immediate calls in time in .+ would (fall|rise|not differ by more than chance)");
        result.QuerySelectorAll("#table-areas tbody tr").Length.ShouldBeGreaterThan(20);
        result.QuerySelector("a[href*='then=run']").ShouldNotBeNull();
        var late = result.QuerySelectorAll("#table-late tbody tr");
        late.Length.ShouldBeGreaterThan(3);
        result.QuerySelector("#late + p")!.TextContent.ShouldContain("immediate incidents of replication 1 were late. The longest part was spent");
        var told = await WebSite.PageAsync(client, late[0].QuerySelector("a")!.GetAttribute("href")!);
        told.QuerySelector("h1")!.TextContent.ShouldContain("Late, after");
        told.QuerySelectorAll("#table-steps tbody tr").Length.ShouldBeGreaterThanOrEqualTo(4);
        var hour = await WebSite.PageAsync(client, told.QuerySelector("a[href*='/playback?at=']")!.GetAttribute("href")!);
        hour.QuerySelectorAll("#table-incidents a[href*='/incidents/']").Length.ShouldBeGreaterThan(0);
        (await client.GetAsync(run + "/incidents/99999999?replication=1&effective=2017-01-01&known=2026-01-01")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await client.GetAsync(run.Replace("/runs/", "/api/v1/runs/", StringComparison.Ordinal) + "/late?replication=9&grade=Q")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var compare = result.QuerySelector("a[href^='/runs/compare']")!.GetAttribute("href")!;

        var comparison = await WebSite.PageAsync(client, compare);
        comparison.QuerySelector("h1")!.TextContent.ShouldContain("95% interval");
        comparison.QuerySelectorAll("#table-difference-i tbody tr").Length.ShouldBe(8, "the force, the two together and six boroughs");
        comparison.QuerySelectorAll("#table-difference-s tbody tr").Length.ShouldBe(8);
        var csv = await client.GetStringAsync(compare + "&csv=difference-i");
        csv.ShouldContain("changePoints");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(9);
    }

    [Fact]
    public async Task Run_WithInspectorsCasesAndAChangeInside_ShowsThemAndTheMonths()
    {
        using var client = await site.SignedInAsync(Role.Planner);
        var design = await DrawAsync(client, "Two with one inspector");
        var assumptions = await client.GetStringAsync(await FinalAsync(client, design + "/assumptions"));
        (await WebSite.PostAsync(
            client, design + "/assumptions", assumptions, ("inspector.I.share", "0.5"), ("inspector.S.share", "0.5"), ("endToEnd.share", "0.8"), ("why", "As in the pilot"),
            ("version", Version().Match(assumptions).Groups["id"].Value))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var despatch = await client.GetStringAsync(await FinalAsync(client, design + "/despatch"));
        despatch.ShouldContain("holds in the whole force");
        (string, string)[] policy =
        [
            ("mode", "command-unit"), ("whenFree", "patrol"), ("policy.patrolMinutes", "30"), ("startOfShift", "travel-first"), ("inspectorSpan", "command-unit"),
            ("policy.widenAfterMinutesI", "5"), ("policy.widenAfterMinutesS", "20"), ("policy.forceAfterMinutesI", "45"), ("policy.keepFreeI", "0"), ("policy.keepFreeS", "1"), ("why", "One inspector"),
            ("version", Version().Match(despatch).Groups["id"].Value),
        ];
        (await (await WebSite.PostAsync(client, design + "/despatch?handler=Policy", despatch, [.. policy, ("policy.forceAfterMinutesS", "soon")])).Content.ReadAsStringAsync()).ShouldContain("must be a number");
        (await WebSite.PostAsync(client, design + "/despatch?handler=Policy", despatch, policy)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await WebSite.PageAsync(client, await FinalAsync(client, design))).Body!.TextContent.ShouldContain("The boroughs of a command unit share them");

        var simulate = await client.GetStringAsync(await FinalAsync(client, design + "/simulate"));
        (string, string)[] asked =
        [
            ("replications", "2"), ("weeks", "5"), ("seed", "1"), ("demandMultiplier", "1"), ("beside", "force"), ("begin", "force"), ("events", "2017-01-14 20:00,6,1.5,0.1,A match"),
        ];
        var refused = await (await WebSite.PostAsync(client, design + "/simulate", simulate, [.. asked, ("takesOver", "2019-01-01"), ("then", "nowhere")])).Content.ReadAsStringAsync();
        refused.ShouldContain("Say from which day it holds");
        refused = await (await WebSite.PostAsync(client, design + "/simulate", simulate, [.. asked, ("takesOver", "2019-01-01")])).Content.ReadAsStringAsync();
        refused.ShouldContain("The day on which a design takes over is not inside the run");
        refused.ShouldNotContain("$.phases");
        Regex.Count(refused, "found .{1,10}2019-01-01", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(1);
        refused.ShouldContain("takesOver-error");
        refused = await (await WebSite.PostAsync(
            client, design + "/simulate", simulate,
            ("replications", "4000"), ("weeks", "5"), ("seed", "abc"), ("demandMultiplier", "-1"), ("events", "2019-01-14 20:00,6,1.5,0.1,A match\nwhat"))).Content.ReadAsStringAsync();
        refused.ShouldContain("The number of replications is out of bounds");
        refused.ShouldContain("The demand multiplier is out of bounds");
        refused.ShouldContain("The seed must be a whole number");
        refused.ShouldContain("row 1, begin");
        refused.ShouldContain("row 2, events");
        var started = await WebSite.PostAsync(client, design + "/simulate", simulate, [.. asked, ("takesOver", "2017-01-25")]);
        started.StatusCode.ShouldBe(HttpStatusCode.Redirect, await started.Content.ReadAsStringAsync());
        await EndAsync(client, started.Headers.Location!.OriginalString);
        var result = await WebSite.PageAsync(client, await FinalAsync(client, started.Headers.Location!.OriginalString));
        result.QuerySelectorAll("#table-inspectors tbody tr").Length.ShouldBeGreaterThan(2);
        result.QuerySelectorAll("#table-cases tbody tr").Length.ShouldBeGreaterThan(5);
        result.QuerySelectorAll("#table-by-month tbody tr").Length.ShouldBe(2);
        result.QuerySelectorAll("#table-by-month-and-borough tbody tr").Length.ShouldBeGreaterThan(8);
        var heading = result.QuerySelector("h1")!.TextContent;
        heading.ShouldContain("under Two with one inspector, 25 January to ");
        heading.ShouldContain("on both sides under The force as it is, ");
        result.QuerySelectorAll("#table-phases tbody tr").Length.ShouldBeGreaterThan(8);
        result.QuerySelector("#table-phases")!.TextContent.ShouldContain("25 January to ");
        var months = await client.GetStringAsync(await FinalAsync(client, started.Headers.Location!.OriginalString.Split('?')[0] + "?csv=by-month"));
        months.TrimStart('\uFEFF').Split("\r\n")[0].ShouldBe("Month,Days,Area,Incidents,InTarget,InTargetLower,InTargetUpper,MeanMinutes,MeanMinutesLower,MeanMinutesUpper,Changed");
        months.ShouldContain("\r\n2017-01,");
        var run = started.Headers.Location!.OriginalString.Split('?')[0];
        result.QuerySelector("#table-spread")!.TextContent.ShouldContain("Immediate: 90th percentile, minutes");
        (await client.GetStringAsync(await FinalAsync(client, run + "?csv=spread"))).ShouldContain("Whole force,Km a day,");
        result.QuerySelector("#table-cases")!.TextContent.ShouldNotContain("under 13", Case.Sensitive, "nothing says how long a crime stays open, so nothing is rated");
        (await client.GetAsync($"/api/v1{run}/playback?borough=HB01")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var code = (await WebSite.PageAsync(client, await FinalAsync(client, run + "/playback"))).QuerySelector("select[name=area] option:last-child")!.GetAttribute("value")!;
        (await client.GetAsync($"/api/v1{run}/playback?area={code}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var later = (await WebSite.PageAsync(client, await FinalAsync(client, run + "/playback?at=2017-01-30T18:00"))).QuerySelectorAll("select[name=area] option").First(option => option.TextContent.EndsWith("(unit)", StringComparison.Ordinal)).GetAttribute("value")!;
        var earlier = await WebSite.PageAsync(client, await FinalAsync(client, $"{run}/playback?at=2017-01-20T18:00&area={later}"));
        earlier.QuerySelector("select[name=area] option[selected]")!.GetAttribute("value").ShouldBe(later, "the unit stands for its boroughs before it is there");
        (await client.GetAsync($"/api/v1{run}/playback?area=nowhere")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var tried = await WebSite.PostAsync(client, run + "?handler=Evaluate&grade=I", await client.GetStringAsync(await FinalAsync(client, run)));
        tried.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await WebSite.PageAsync(client, tried.Headers.Location!.OriginalString)).QuerySelector("h1")!.TextContent.ShouldContain("What did the change do?");
        (await WebSite.PageAsync(client, await FinalAsync(client, "/runs"))).QuerySelector("#table-runs")!.TextContent.ShouldContain("The force as it is, then Two with one inspector from 25 January 2017");
        result.QuerySelector("#turns")!.TextContent.ShouldContain("It begins with The force as it is; Two with one inspector takes over on 25 January 2017");
        result.QuerySelector("#events")!.TextContent.ShouldContain("A match");
        result.QuerySelector("#table-wait")!.TextContent.ShouldContain("Duty inspector");
        (await WebSite.PageAsync(client, result.QuerySelector("a[href^='/runs/compare']")!.GetAttribute("href")!)).QuerySelector("#table-phases")!.TextContent.ShouldContain("25 January to ");
    }

    [Fact]
    public async Task NewDesign_OneBoroughAndNoDate_ShowsEveryFaultBesideItsField()
    {
        using var client = await site.SignedInAsync(Role.Planner);
        var form = await client.GetStringAsync(await FinalAsync(client, "/designs/new"));
        var answer = await WebSite.PostAsync(client, "/designs/new", form, ("name", "Broken"), ("dated", ""), ("boroughs", "HB01"), ("functions", "response"));
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        text.ShouldContain("govuk-error-summary");
        text.ShouldContain("Choose two boroughs or more");
        text.ShouldContain("Give the date");

        var strange = await (await WebSite.PostAsync(client, "/designs/new", form, ("name", "Broken"), ("dated", "1066-10-14"), ("boroughs", "E09000099"), ("functions", "response"))).Content.ReadAsStringAsync();
        strange.ShouldContain("There is no such borough in the force");
        strange.ShouldNotContain("Choose two boroughs or more");
        strange.ShouldContain("No borough is in a command unit on 14 October 1066");
        strange.ShouldNotContain("Northgate is in no command unit");
    }

    [Fact]
    public async Task Assumptions_ValueOutOfBounds_IsRefusedAndNothingIsSaved()
    {
        using var client = await site.SignedInAsync(Role.Planner);
        var design = await DrawAsync(client, "Out of bounds");
        var path = design + "/assumptions";
        var form = await client.GetStringAsync(await FinalAsync(client, path));
        var version = Version().Match(form).Groups["id"].Value;
        var refused = await WebSite.PostAsync(client, path, form, ("scene.I.meanMinutes", "-5"), ("why", "to see"), ("version", version));
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Immediate: mean time at scene is out of bounds");
        var saved = await WebSite.PostAsync(client, path, form, ("scene.I.meanMinutes", "35"), ("why", "shorter"), ("version", version));
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await WebSite.PageAsync(client, await FinalAsync(client, design))).Body!.TextContent.ShouldContain("shorter");
    }

    [Fact]
    public async Task Assumptions_OfTheNewUnitAlone_AreAddedChangedRefusedAndTakenAwayAgain()
    {
        using var client = await site.SignedInAsync(Role.Planner);
        var design = await DrawAsync(client, "A pilot of its own");
        var path = design + "/assumptions";
        async Task<HttpResponseMessage> Post(params (string, string)[] fields)
        {
            var form = await client.GetStringAsync(await FinalAsync(client, path));
            return await WebSite.PostAsync(client, path, form, [.. fields, ("why", "Pilot"), ("version", Version().Match(form).Groups["id"].Value)]);
        }

        var page = await WebSite.PageAsync(client, await FinalAsync(client, path));
        var unit = page.QuerySelector("select[name='own.place'] option[value^='unit:']")!;
        var place = ("own.place", unit.GetAttribute("value")!);
        async Task<string> Refused(string expected, params (string, string)[] fields)
        {
            var answer = await Post(fields);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var text = await answer.Content.ReadAsStringAsync();
            text.ShouldContain(expected);
            return text;
        }

        await Refused("Say where it is different", ("own.1.key", "endToEnd.share"), ("own.1.value", "0.6"));
        await Refused("Say what is different there", place);
        await Refused("must be a number", place, ("own.1.key", "endToEnd.share"), ("own.1.value", "most"));
        (await Refused("is out of bounds", place, ("own.1.key", "endToEnd.share"), ("own.1.value", "7"))).ShouldContain("own-1-value-error");
        await Refused("no such command unit or borough", ("own.place", "nowhere"), ("own.1.key", "endToEnd.share"), ("own.1.value", "0.6"));
        await Refused("0.6 and 0.7", place, ("own.1.key", "endToEnd.share"), ("own.1.value", "0.6"), ("own.2.key", "endToEnd.share"), ("own.2.value", "0.7"));
        (await Post(place, ("own.1.key", "endToEnd.share"), ("own.1.value", "0.6"), ("own.2.key", "telephone.share"), ("own.2.value", "0.3"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var shown = await WebSite.PageAsync(client, await FinalAsync(client, design));
        shown.QuerySelector("#table-assumptions tbody tr")!.TextContent.ShouldContain(unit.TextContent);
        shown.QuerySelector("#table-changes")!.TextContent.ShouldContain("keeps end to end, in " + unit.TextContent);
        using var stored = JsonDocument.Parse(await client.GetStringAsync("/api/v1" + design.Split('?')[0]));
        var changed = stored.RootElement.GetProperty("design").GetProperty("changed").EnumerateObject().Where(each => each.Name.StartsWith("endToEnd.share@", StringComparison.Ordinal)).ToList();
        changed.Count.ShouldBe(2);
        changed.ShouldAllBe(each => each.Value.GetDouble() == 0.6);

        var line = (await WebSite.PageAsync(client, await FinalAsync(client, path))).QuerySelector("input[name^='endToEnd.share@']")!.GetAttribute("name")!;
        await Refused("0.6 and 0.5", place, (line, "0.6"), ("own.1.key", "endToEnd.share"), ("own.1.value", "0.5"));
        (await Refused("is out of bounds", (line, "-1"))).ShouldContain("value=\"-1\"");
        (await Post((line, "0.8"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await WebSite.PageAsync(client, await FinalAsync(client, design))).QuerySelector("#table-assumptions tbody tr")!.TextContent.ShouldContain("0.8");
        (await Post((line, ""))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await WebSite.PageAsync(client, await FinalAsync(client, design))).QuerySelector("#table-assumptions tbody tr")!.TextContent.ShouldNotContain("end to end");

        var despatch = await client.GetStringAsync(await FinalAsync(client, design + "/despatch"));
        (await WebSite.PostAsync(
            client, design + "/despatch?handler=Policy", despatch, ("mode", "command-unit"), ("whenFree", "base"), ("queue", "first-unit-first"), ("policy.widenAfterMinutesI", "5"), ("policy.widenAfterMinutesS", "20"), ("why", "First attendance"),
            ("version", Version().Match(despatch).Groups["id"].Value))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await WebSite.PageAsync(client, await FinalAsync(client, design))).Body!.TextContent.ShouldContain("Those that have no unit yet come before those that need another");
        var scenario = await client.GetStringAsync("/api/v1" + design.Split('?')[0] + "/scenario");
        scenario.ShouldContain("\"queue\": \"first-unit-first\"");
        scenario.ShouldContain("\"gradesIn\"");
    }

    [Fact]
    public async Task Design_SharedVehiclesAndTravelOfItsOwn_AreSetOnThePagesAndGivenByTheApi()
    {
        using var client = await site.SignedInAsync(Role.Planner);
        var design = await DrawAsync(client, "Sharing vehicles");
        var crews = await client.GetStringAsync(await FinalAsync(client, design + "/crews"));
        var fields = (await WebSite.PageAsync(client, await FinalAsync(client, design + "/crews"))).QuerySelectorAll("input[name^='crews.'], input[name='version']")
            .Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!)).Append(("why", "One pool")).ToArray();
        var shared = Shared().Match(crews).Groups["site"].Value;
        shared.ShouldNotBeEmpty();
        var refused = await WebSite.PostAsync(client, design + "/crews", crews, [.. fields, ("sharedVehicles." + shared, "4000")]);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("vehicles shared by all shifts is out of bounds");
        (await WebSite.PostAsync(client, design + "/crews", crews, [.. fields, ("sharedVehicles." + shared, "4")])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var assumptions = await client.GetStringAsync(await FinalAsync(client, design + "/assumptions"));
        (await WebSite.PostAsync(client, design + "/assumptions", assumptions, ("ownTravel", "yes"), ("why", "Other cars"), ("version", Version().Match(assumptions).Groups["id"].Value))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        using var answer = JsonDocument.Parse(await client.GetStringAsync("/api/v1" + design.Split('?')[0]));
        var body = answer.RootElement.GetProperty("design");
        body.GetProperty("sharedVehicles").GetProperty(shared).GetInt32().ShouldBe(4);
        body.GetProperty("ownTravel").GetBoolean().ShouldBeTrue();
        var page = (await WebSite.PageAsync(client, await FinalAsync(client, design))).Body!.TextContent;
        page.ShouldContain("Vehicles shared by all shifts at");
        page.ShouldContain("the design’s own");
    }

    [Fact]
    public async Task Designs_ForAReader_CanBeReadButNotChanged()
    {
        using var reader = await site.SignedInAsync(Role.Reader);
        (await reader.GetAsync("/designs/new")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await WebSite.PageAsync(reader, await FinalAsync(reader, "/designs"))).QuerySelector("a[href='/designs/new']").ShouldBeNull();
        (await reader.GetAsync("/api/v1/designs")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reader.PostAsJsonAsync("/api/v1/runs", new { design = "any" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Runs_UnknownDesignThroughTheApi_IsProblemDetailsWithTheField()
    {
        using var client = await site.SignedInAsync(Role.Planner);
        var answer = await client.PostAsJsonAsync("/api/v1/runs", new { design = "nowhere", replications = 1 });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var problems = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        problems.RootElement.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("field").GetString()).ShouldBe(["replications", "design"]);
    }

    private static async Task<string> DrawAsync(HttpClient client, string name)
    {
        var form = await client.GetStringAsync(await FinalAsync(client, "/designs/new"));
        var boroughs = Borough().Matches(form).Select(match => match.Groups["code"].Value).Take(2).ToList();
        boroughs.Count.ShouldBe(2);
        var answer = await WebSite.PostAsync(
            client, "/designs/new", form, ("name", name), ("purpose", "Test"), ("dated", "2017-01-01"), ("functions", "response"), ("despatch", "one"),
            ("boroughs", boroughs[0]), ("boroughs", boroughs[1]));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.OriginalString;
    }

    // The dates of a page stand in its address: a request without them is sent to today's.
    private static async Task<string> FinalAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.Redirect ? answer.Headers.Location!.OriginalString : path;
    }

    private static async Task EndAsync(HttpClient client, string run)
    {
        var keys = new List<string> { run.Split('/', '?')[2] };
        for (var look = 0; look < 600 && keys.Count > 0; look++)
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync("/api/v1/runs/" + keys[0]));
            if (answer.RootElement.GetProperty("ended").GetBoolean())
            {
                answer.RootElement.GetProperty("status").GetString().ShouldBe("finished", answer.RootElement.ToString());
                keys.RemoveAt(0);
                if (answer.RootElement.GetProperty("run").TryGetProperty("comparedWith", out var beside) && beside.GetString() is { } key)
                {
                    keys.Add(key);
                }
            }
            else
            {
                await Task.Delay(100);
            }
        }

        keys.ShouldBeEmpty("the runs ended");
    }

    [GeneratedRegex("name=\"boroughs\" type=\"checkbox\" value=\"(?<code>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Borough();

    [GeneratedRegex("name=\"sharedVehicles\\.(?<site>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shared();

    [GeneratedRegex("name=\"version\" value=\"(?<id>\\d+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
