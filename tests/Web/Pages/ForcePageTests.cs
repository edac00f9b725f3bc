using System.Net;
using System.Text.Json;
using Pathfinder.Platform.People;

namespace Pathfinder.Web.Tests.Pages;

public sealed class ForcePageTests(WebSite site)
{
    private const string Before = "?effective=2017-01-15&known=2017-01-15";
    private const string After = "?effective=2018-07-01&known=2018-07-01";

    [Fact]
    public async Task Page_WithoutDates_IsSentToTodaysSoThatItsAddressIsALink()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var answer = await client.GetAsync("/force", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldMatch(@"^/force\?effective=\d{4}-\d\d-\d\d&known=\d{4}-\d\d-\d\d$");
    }

    [Fact]
    public async Task Force_OnTwoDates_SaysWhoCommandedThen()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var before = await WebSite.PageAsync(client, "/force" + Before);
        var after = await WebSite.PageAsync(client, "/force" + After);

        before.QuerySelector("h1")!.TextContent.ShouldContain("Every borough");
        before.QuerySelectorAll("#table-units tbody tr").Length.ShouldBe(6);
        after.QuerySelector("h1")!.TextContent.ShouldContain("Two command units of several boroughs cover all 6 boroughs");
        after.QuerySelectorAll("#table-units tbody tr").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Force_AfterTheChangeAsKnownBeforeIt_DoesNotKnowOfIt()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var page = await WebSite.PageAsync(client, "/force?effective=2018-07-01&known=2017-01-15");

        page.QuerySelectorAll("#table-units tbody tr").Length.ShouldNotBe(2);
        page.QuerySelector("#table-units")!.TextContent.ShouldNotContain("SB South Bay");
    }

    [Fact]
    public async Task Links_OnADatedPage_KeepBothDates()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var page = await WebSite.PageAsync(client, "/force" + After);

        var links = page.QuerySelectorAll("main a[href^='/'], header a[href^='/']").Select(a => a.GetAttribute("href")!).ToList();
        links.Count.ShouldBeGreaterThan(10);
        links.ShouldAllBe(href => href.Contains("effective=2018-07-01") || href.Contains("effective="));
        links.Where(href => href.StartsWith("/areas/", StringComparison.Ordinal)).ShouldAllBe(href => href.Contains("effective=2018-07-01&known=2018-07-01"));
    }

    [Fact]
    public async Task Force_BadDateInAddress_IsRefusedWithWhatIsAccepted()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var answer = await client.GetAsync("/force?effective=31-02-2017&known=2017-01-01", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("2017-05-12");
    }

    [Fact]
    public async Task EveryLinkOfThePage_ForceHomeAndAssumptions_Answers()
    {
        using var client = await site.SignedInAsync(Role.Administrator);
        var addresses = new HashSet<string>();
        foreach (var start in new[] { "/", "/force", "/assumptions", "/areas/borough/HB01", "/areas/unit/NB" })
        {
            var page = await WebSite.PageAsync(client, start + After);
            addresses.UnionWith(page.QuerySelectorAll("main a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#')[0]));
        }

        addresses.Count.ShouldBeGreaterThan(30);
        foreach (var address in addresses)
        {
            (await client.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK, address);
        }
    }

    [Fact]
    public async Task Table_AsCsv_HoldsTheRowsOfThePage()
    {
        using var client = await site.SignedInAsync(Role.Reader);
        var page = await WebSite.PageAsync(client, "/force" + After);

        var csv = await client.GetStringAsync(page.QuerySelector("#table-units a.pf-csv")!.GetAttribute("href"), TestContext.Current.CancellationToken);

        var lines = csv.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1 + page.QuerySelectorAll("#table-units tbody tr").Length);
        lines[0].ShouldStartWith("Unit,Boroughs,Residents");
        lines[1].ShouldContain("\"Northgate, Marketside and Eastcliff\"");
    }

    [Fact]
    public async Task Table_OfAnotherPage_IsNotFound()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var answer = await client.GetAsync("/force" + After + "&csv=secrets", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/areas/borough/nowhere")]
    [InlineData("/areas/unit/nothing")]
    [InlineData("/areas/ward/none")]
    public async Task Area_UnknownCode_IsNotFoundWithHelp(string path)
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var answer = await client.GetAsync(path + After, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Page not found");
    }

    [Fact]
    public async Task Borough_OnADate_ShowsItsUnitChartAndSites()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var page = await WebSite.PageAsync(client, "/areas/borough/HB01" + After);

        page.QuerySelector("h1")!.TextContent.ShouldContain("NB");
        page.QuerySelectorAll("figure.pf-chart svg[role=img]").Length.ShouldBe(2);
        page.QuerySelectorAll("#table-functions tbody tr").Length.ShouldBe(5);
        page.QuerySelectorAll("#table-sites tbody tr").Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Api_CommandUnits_SayWhatThePageSays()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        using var json = JsonDocument.Parse(await client.GetStringAsync("/api/v1/command-units" + After, TestContext.Current.CancellationToken));

        json.RootElement.GetProperty("asAt").GetProperty("effective").GetString().ShouldBe("2018-07-01");
        json.RootElement.GetProperty("units").EnumerateArray().Select(u => u.GetProperty("code").GetString()).ShouldBe(["NB", "SB"]);
    }

    [Fact]
    public async Task Api_BadDate_GivesProblemDetailsWithTheField()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var answer = await client.GetAsync("/api/v1/command-units?effective=soon", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("problems")[0].GetProperty("field").GetString().ShouldBe("effective");
    }

    [Fact]
    public async Task Layer_AskedForAgain_IsKeptForGoodAndNotSentTwice()
    {
        using var client = await site.SignedInAsync(Role.Reader);
        var page = await WebSite.PageAsync(client, "/force" + After);
        using var map = JsonDocument.Parse(page.QuerySelector(".pf-map script")!.TextContent);
        var address = map.RootElement.GetProperty("layer").GetString()!;

        var first = await client.GetAsync(address, TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        var second = await client.SendAsync(again, TestContext.Current.CancellationToken);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Headers.CacheControl!.ToString().ShouldContain("immutable");
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task OpenApi_Document_NamesEveryApiRoute()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        using var json = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        var page = await WebSite.PageAsync(client, "/api");

        var paths = json.RootElement.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToList();
        paths.ShouldContain("/api/v1/command-units/{code}");
        paths.ShouldAllBe(path => page.Body!.TextContent.Contains(path));
    }

    [Fact]
    public async Task Changes_AfterAChange_ShowWhoAndWhyAndVerify()
    {
        using var client = await site.SignedInAsync(Role.Administrator);

        var page = await WebSite.PageAsync(client, "/changes");
        var answer = await WebSite.PostAsync(client, "/changes", await client.GetStringAsync("/changes", TestContext.Current.CancellationToken));

        // Tests beside this one write to the same log: its newest line may be theirs.
        page.QuerySelectorAll(".pf-log li").ShouldContain(line => line.TextContent.Contains("a test needs somebody", StringComparison.Ordinal) && line.TextContent.Contains("force", StringComparison.Ordinal));
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("The log is intact");
    }
}
