using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;

namespace Pathfinder.Web.Tests.Pages;

/// <summary>Reports over HTTP: who may read what, at which address, in which format.</summary>
public sealed class ReportPageTests(WebSite site)
{
    private static readonly Actor Office = new("o.fficer", "Olive Officer", "force", new HashSet<Role> { Role.ProgrammeOffice }, []);
    private static readonly DateOnly May = new(2017, 5, 12);

    [Fact]
    public async Task Published_OpenEdition_OpensForAStrangerAtItsAddressInEachFormat()
    {
        var key = await PublishAsync("open-series", new PublishingTerms(true));
        using var stranger = site.Stranger();

        var page = await WebSite.PageAsync(stranger, $"/published/{key}");
        page.QuerySelector("article.pf-report h1")!.TextContent.ShouldBe("Report of open-series, 12 May 2017");
        page.QuerySelector("#standing")!.TextContent.ShouldContain("published");
        foreach (var format in (string[])["html", "docx", "csv", "json"])
        {
            (await stranger.GetAsync($"/published/{key}/report.{format}")).StatusCode.ShouldBe(HttpStatusCode.OK, format);
        }

        var html = await stranger.GetAsync($"/published/{key}/report.html");
        html.Headers.GetValues("Content-Security-Policy").Single().ShouldContain(HtmlReport.StyleHash);
        (await stranger.GetStringAsync("/published")).ShouldContain(key);
        (await stranger.GetStringAsync("/published/feed.atom")).ShouldContain($"/published/{key}");
        (await stranger.GetStringAsync("/published/measures.csv")).ShouldContain("measure,title,unit");
        (await stranger.GetAsync($"/published/{key}/report.exe")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Published_EditionThatIsNotOpen_IsNotThereForAStranger()
    {
        var key = await PublishAsync("closed-series", new PublishingTerms(false));
        using var stranger = site.Stranger();

        (await stranger.GetAsync($"/published/{key}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync($"/published/{key}/report.json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetStringAsync("/published")).ShouldNotContain(key);
        (await stranger.GetStringAsync("/published/feed.atom")).ShouldNotContain(key);
        using var reader = await site.SignedInAsync(Role.Reader);
        (await reader.GetStringAsync("/published")).ShouldContain(key);
        (await reader.GetAsync($"/published/{key}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Report_OverTheApi_SaysWhatIsWrongWithFormatTableAndSeries()
    {
        await SeriesAsync("asked-series");
        using var reader = await site.SignedInAsync(Role.Reader);
        const string Dates = "effective=2017-05-12&known=2017-05-12";

        (await reader.GetStringAsync($"/api/v1/reports/asked-series?{Dates}")).ShouldContain("\"series\": \"asked-series\"");
        (await reader.GetStringAsync($"/api/v1/reports/asked-series?{Dates}&format=html")).ShouldContain("<h1>Report of asked-series, 12 May 2017</h1>");
        var refused = await reader.GetAsync($"/api/v1/reports/asked-series?{Dates}&format=pdf");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("html, docx, csv, json");
        (await (await reader.GetAsync($"/api/v1/reports/no-such-series?{Dates}")).Content.ReadAsStringAsync()).ShouldContain("asked-series");
        (await reader.GetStringAsync($"/api/v1/contradictions?{Dates}")).ShouldContain("\"contradictions\"");
        (await WebSite.PageAsync(reader, $"/reports/asked-series?{Dates}")).QuerySelector("article.pf-report table")!.QuerySelectorAll("th[scope=col]").Length.ShouldBeGreaterThan(1);
        (await reader.GetStringAsync($"/contradictions?{Dates}")).ShouldContain("What contradicts");
        using var stranger = site.Stranger();
        (await stranger.GetAsync($"/api/v1/reports/asked-series?{Dates}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task SeriesAsync(string key)
    {
        var saved = await site.App.Services.GetRequiredService<IRecords>().SaveAsync(
            Office,
            [
                new RecordChange("work", key + "-work", new WorkItem { Title = "Work of " + key, Level = WorkLevel.Programme }, May, Known: May),
                new RecordChange("milestone", key + "-live", new Milestone { Title = "Go live of " + key, Work = key + "-work", Forecasts = [new() { Date = PartialDate.Of(May) }] }, May, Known: May),
                new RecordChange("report-series", key, new ReportSeries { Title = "Report of " + key, Work = key + "-work", Template = "highlight-report", Class = "Programme reports" }, May, Known: May),
            ],
            "a test needs a series");
        saved.Problems.ShouldBeEmpty();
    }

    private async Task<string> PublishAsync(string series, PublishingTerms terms)
    {
        await SeriesAsync(series);
        var publishing = site.App.Services.GetRequiredService<Publishing>();
        var key = (await publishing.DraftAsync(Office, series, May, May, null, "due")).Value;
        (await publishing.CheckAsync(Office, key, "check")).Problems.ShouldBeEmpty();
        (await publishing.PublishAsync(Office, key, terms, "due")).Problems.ShouldBeEmpty();
        return key;
    }
}
