using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Portfolios;

namespace Pathfinder.Web.Tests.Pages;

/// <summary>A portfolio's returns over HTTP: how it moved, a project, and matches that the office decides on.</summary>
public sealed class PortfolioPageTests(WebSite site)
{
    private static readonly string Today = string.Create(CultureInfo.InvariantCulture, $"effective={TimeProvider.System.LondonToday():yyyy-MM-dd}&known={TimeProvider.System.LondonToday():yyyy-MM-dd}");

    private const string Mapping = """
        portfolio: pages
        title: Pages
        source: a test
        unit: £m
        known: "07-20"
        columns: { round: year, id: id, name: project, department: dept, rating: rating, end: end, cost: cost }
        scales:
          - until: 2021
            words: [Green, Amber/Green, Amber, Amber/Red, Red]
          - from: 2022
            words: [Green, Amber, Red]
        """;

    private const string Returns = """
        year,id,project,dept,rating,end,cost
        2019,,Ward Programme,MOD,Amber/Red,2020-03-31,100
        2019,,Other,MOD,Green,,
        2020,X1,Ward programme,MOD,Red,2021-03-31,150
        2022,X1,Ward programme,MOD,Red,2021-03-31,150
        """;

    [Fact]
    public async Task Portfolio_OverItsRounds_SaysWhatMovedAndLeavesMatchesToTheOffice()
    {
        await ImportAsync();
        using var office = await site.SignedInAsync(Role.ProgrammeOffice);

        var page = await WebSite.PageAsync(office, $"/portfolio/pages?{Today}");
        page.QuerySelector("h1")!.TextContent.ShouldContain("the scale changed since 2020");
        page.QuerySelectorAll("table tbody tr").Select(row => row.TextContent).ShouldContain(row => row.Contains("2020") && row.Contains("+50"));
        (await office.GetStringAsync($"/portfolio/pages?csv=projects&{Today}")).ShouldContain("Ward programme,MOD,365,50,Amber/Red,Red,Red");
        (await WebSite.PageAsync(office, "/portfolio/pages?effective=2020-12-31&known=2020-12-31")).QuerySelector("h1")!.TextContent.ShouldContain("1 rated worse than in 2019", Case.Sensitive, "the return of 2022 was not known");
        (await WebSite.PageAsync(office, $"/portfolio/pages/projects/X1?{Today}")).QuerySelector("h1")!.TextContent.ShouldContain("ends 365 days later");

        var matches = $"/portfolio/pages/matches?{Today}";
        async Task<HttpStatusCode> PostAsync(HttpClient who, params (string, string)[] fields) => (await WebSite.PostAsync(who, matches, await who.GetStringAsync(matches), fields)).StatusCode;
        (await WebSite.PageAsync(office, matches)).QuerySelector("h1")!.TextContent.ShouldContain("One match");
        (await PostAsync(office, ("round", "2019"), ("name", "Ward Programme"), ("in", "MOD"), ("of", "X9"), ("state", "Confirmed"), ("why", "a test"))).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(office, ("all", "yes"), ("why", "the names are the same"))).ShouldBe(HttpStatusCode.Redirect);
        (await WebSite.PageAsync(office, matches)).QuerySelector("h1")!.TextContent.ShouldContain("Every match has been decided");
        (await PostAsync(office, ("round", "2019"), ("name", "Ward Programme"), ("in", "MOD"), ("of", "X1"), ("state", "Proposed"), ("why", "too early"))).ShouldBe(HttpStatusCode.Redirect);
        (await WebSite.PageAsync(office, matches)).QuerySelector("h1")!.TextContent.ShouldContain("One match");

        using var reader = await site.SignedInAsync(Role.Reader);
        (await WebSite.PageAsync(reader, matches)).QuerySelectorAll("main form[method=post]").ShouldBeEmpty();
        (await PostAsync(reader, ("all", "yes"), ("why", "a reader may not"))).ShouldBe(HttpStatusCode.Forbidden);
        (await reader.GetAsync($"/portfolio/no-such?{Today}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await reader.GetAsync($"/portfolio/pages/projects/no-such?{Today}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task ImportAsync() =>
        (await site.App.Services.GetRequiredService<PortfolioImport>().ImportAsync(null, new ChangeContext("test", "force", "a test imports"), Returns, "returns.csv", PortfolioMapping.Read(Mapping).Value)).Problems.ShouldBeEmpty();
}
