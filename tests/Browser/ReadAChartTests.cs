using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>The programme officer's first look at a month: what signalled, since when, and a table of one's own on a chart.</summary>
public sealed class ReadAChartTests(Site site, ITestOutputHelper output)
{
    private const string Table =
        "month\tE09000007\nJan 2016\t81\nFeb 2016\t82\nMar 2016\t80\nApr 2016\t81\nMay 2016\t83\nJun 2016\t82\nJul 2016\t81\nAug 2016\t80\nSep 2016\t62\n";

    [Fact]
    public async Task Journey_ANewcomerSeesWhatSignalled_AndChartsATableOfTheirOwn()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var complaints = new List<string>();
        var page = await site.OpenAsync("/performance?effective=2017-10-31&known=2017-10-31", complaints);
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Immediate calls attended in charter time" }).First.ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("East on the data of Feb 2017, Central North on the data of Mar 2017");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "East", Exact = true }).First.ClickAsync();
        var series = await page.Locator("main").InnerTextAsync();
        series.ShouldContain("75%");
        series.ShouldContain("90");
        await page.ShouldBeAccessibleAsync();

        await page.GotoAsync(new Uri(new Uri(page.Url), "/performance/import").ToString());
        await page.ShouldBeAccessibleAsync();
        await page.GetByLabel("Measure", new() { Exact = true }).SelectOptionAsync("s-in-target");
        await page.GetByLabel("Table", new() { Exact = true }).FillAsync(Table.Replace("Mar 2016\t80", "Mar 2016\t180", StringComparison.Ordinal));
        await page.GetByLabel("Or where it comes from, in words").FillAsync("A trial return");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        (await page.Locator(".govuk-error-summary").InnerTextAsync()).ShouldContain("180");
        await page.ShouldBeAccessibleAsync();
        // The refusal answers 400, which the browser's console remarks on.
        complaints.RemoveAll(complaint => complaint.Contains("400 (Bad Request)", StringComparison.Ordinal)).ShouldBe(1);

        await page.GetByLabel("Table", new() { Exact = true }).FillAsync(Table);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("9 values would be recorded");
        await page.GetByLabel("Why are these recorded?").First.FillAsync("The return of September 2016");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record these values" }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("9 values recorded");
        await page.GetByRole(AriaRole.Link, new() { Name = "See the charts" }).ClickAsync();
        var chart = await page.Locator("main").InnerTextAsync();
        chart.ShouldContain("Camden");
        chart.ShouldContain("signalled concern: Camden on the data of Sep 2016");
        await page.ShouldBeAccessibleAsync();
        complaints.ShouldBeEmpty();
        await page.CloseAsync();
    }
}
