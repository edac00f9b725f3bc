using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Pathfinder.Platform.People;

namespace Pathfinder.Web.Tests.Pages;

public sealed class StudioPageTests(WebSite site)
{
    private const string Plan = "plan=NB:HB01.HB02.HB03_SB:HB04.HB05.HB06&min=2&max=4&by=residents";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Studio_WithoutAPlan_OpensTheForcesOwnAtAnAddressThatSaysIt()
    {
        using var client = await site.SignedInAsync(Role.Analyst);

        var answer = await client.GetAsync("/studio", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var address = answer.Headers.Location!.ToString();
        address.ShouldContain("plan=NB:HB01.HB02.HB03_SB:HB04.HB05.HB06");
        var page = await WebSite.PageAsync(client, address);
        page.QuerySelector("h1")!.TextContent.ShouldContain("possible groupings");
        page.QuerySelectorAll("#units tbody tr").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Form_ThatMovesABorough_LeadsToTheAddressOfTheNewPlanAndSaysWhatIsCutOff()
    {
        using var client = await site.SignedInAsync(Role.Analyst);

        var answer = await client.GetAsync("/studio?" + Plan + "&crossings=off&b-HB05=NB", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await WebSite.PageAsync(client, answer.Headers.Location!.ToString());
        page.QuerySelector("#studio-headline")!.TextContent.ShouldContain("cut off");
        page.QuerySelector(".pf-studio__faults")!.TextContent.ShouldContain("Breaks a rule");
    }

    [Fact]
    public async Task Part_OfTheDesk_IsWhatThePageShows()
    {
        using var client = await site.SignedInAsync(Role.Analyst);
        var address = (await client.GetAsync("/studio?" + Plan, Cancel)).Headers.Location?.ToString() ?? "/studio?" + Plan;

        var page = await WebSite.PageAsync(client, address);
        var part = await client.GetStringAsync(address + "&desk=1", Cancel);

        part.ShouldNotContain("<html");
        new HtmlParser().ParseDocument(part).QuerySelector("#standings")!.TextContent.ShouldBe(page.QuerySelector("#standings")!.TextContent);
    }

    [Fact]
    public async Task Studio_OfAFaultyAddress_SaysWhatIsWrong()
    {
        using var client = await site.SignedInAsync(Role.Analyst);

        var answer = await client.GetAsync("/studio?plan=A:HB01", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("in no unit");
    }

    [Fact]
    public async Task Save_OfAPlan_IsADesignWithItsUnits()
    {
        using var client = await site.SignedInAsync(Role.Planner);
        var address = (await client.GetAsync("/studio", Cancel)).Headers.Location!.ToString();
        var page = await client.GetStringAsync(address, Cancel);

        var unnamed = await WebSite.PostAsync(client, address.Replace("?", "?handler=Save&", StringComparison.Ordinal), page, ("functions", "response"));
        unnamed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await unnamed.Content.ReadAsStringAsync(Cancel)).ShouldContain("Give the design a name");
        var saved = await WebSite.PostAsync(client, address.Replace("?", "?handler=Save&", StringComparison.Ordinal), page, ("name", "Two by formula"), ("functions", "response"), ("despatch", "one"), ("crews", "formula"));

        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var dated = await client.GetAsync(saved.Headers.Location, Cancel);
        var design = await WebSite.PageAsync(client, dated.Headers.Location!.ToString());
        design.Body!.TextContent.ShouldContain("Two by formula");
        var again = await client.GetAsync("/studio?design=two-by-formula", Cancel);
        again.Headers.Location!.ToString().ShouldContain("NB:HB01.HB02.HB03");
    }

    [Theory]
    [InlineData("/studio/crews")]
    [InlineData("/studio/bases")]
    [InlineData("/studio/bases?model=mexclp&radius=3&sites=2")]
    [InlineData("/studio/bases?model=lscp&radius=8")]
    [InlineData("/studio/paper")]
    public async Task Pages_OfAPlan_ShowTheirTables(string path)
    {
        using var client = await site.SignedInAsync(Role.Analyst);

        var page = await WebSite.PageAsync(client, path);

        page.QuerySelectorAll("table").Length.ShouldBeGreaterThan(1);
        page.QuerySelector("h1")!.TextContent.Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Paper_OfAPlan_ShowsItsMapAndSetsFiguresToTheRight()
    {
        using var client = await site.SignedInAsync(Role.Analyst);

        var page = await WebSite.PageAsync(client, "/studio/paper?" + Plan);

        page.QuerySelectorAll(".pf-sketch path").Length.ShouldBe(2);
        page.QuerySelectorAll(".pf-sketch text").Select(text => text.TextContent).ShouldBe(["NB", "SB"]);
        page.QuerySelector("tbody td.govuk-table__cell--numeric")!.TextContent.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Api_OfAPlan_GivesExactCountsAsTextAndThePlanAsFiles()
    {
        using var client = await site.SignedInAsync(Role.Analyst);

        using var json = JsonDocument.Parse(await client.GetStringAsync("/api/v1/studio?" + Plan, Cancel));
        json.RootElement.GetProperty("plans").GetString().ShouldNotBeNull().ShouldNotBeEmpty();
        (await client.GetStringAsync("/api/v1/studio/plan.csv?" + Plan, Cancel)).ShouldStartWith("id,group\r\nHB01,NB\r\n");
        (await client.GetAsync("/api/v1/studio/paper.docx?" + Plan, Cancel)).Content.Headers.ContentType!.MediaType.ShouldNotBeNull().ShouldContain("wordprocessingml");
        (await client.GetStringAsync("/api/v1/studio/plan.geojson?" + Plan, Cancel)).ShouldContain("\"code\":\"SB\"");
        (await client.GetAsync("/api/v1/studio?by=beauty", Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Forecasts_StartedOnThePage_AreWhatPlansCanThenBeJudgedBy()
    {
        using var client = await site.SignedInAsync(Role.Planner);
        var empty = await client.GetStringAsync("/studio/forecasts", Cancel);

        var faulty = await WebSite.PostAsync(client, "/studio/forecasts", empty, ("maxSize", "9"), ("replications", "two"), ("days", "28"));
        faulty.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await faulty.Content.ReadAsStringAsync(Cancel)).ShouldContain("This is not a whole number");
        (await WebSite.PostAsync(client, "/studio/forecasts", empty, ("maxSize", "4"), ("replications", "1"), ("days", "7"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var page = await WebSite.PageAsync(client, "/studio/forecasts");
        for (var waited = 0; !page.QuerySelector("h1")!.TextContent.Contains("are simulated", StringComparison.Ordinal) && waited < 300; waited++)
        {
            await Task.Delay(100, Cancel);
            page = await WebSite.PageAsync(client, "/studio/forecasts");
        }

        page.QuerySelectorAll("#table-units tbody tr").Length.ShouldBeGreaterThan(6);
        var address = (await client.GetAsync("/studio?" + Plan.Replace("by=residents", "by=in-time", StringComparison.Ordinal), Cancel)).Headers.Location!.ToString();
        var studio = await WebSite.PageAsync(client, address);
        studio.QuerySelector("#studio-headline")!.TextContent.ShouldContain("calls in time");
        studio.QuerySelector("#units thead")!.TextContent.ShouldContain("In time");
    }

    [Fact]
    public async Task Forecasts_ForWhoMayNotRun_ShowNoForm()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var page = await WebSite.PageAsync(client, "/studio/forecasts");

        page.QuerySelector("form[action='/studio/forecasts']").ShouldBeNull();
        (await WebSite.PostAsync(client, "/studio/forecasts", await client.GetStringAsync("/studio/forecasts", Cancel), ("maxSize", "4"))).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }
}
