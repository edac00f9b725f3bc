using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>The analyst's job: from the briefing's table to a defensible answer, and to the evaluation a board reads.</summary>
public sealed class EvaluateThePathfindersTests(Site site, ITestOutputHelper output)
{
    private const string Table = "Month\tCN\tEA\tMPS\nJul-16\t84%\t78%\t83%\nAug-16\t85%\t76%\t84%\nSep-16\t86%\t77%\t83%\nOct-16\t89%\t79%\t85%\nNov-16\t87%\t79%\t86%\nDec-16\t87%\t79%\t86%\nJan-17\t90%\t79%\t88%\nFeb-17\t85%\t75%\t87%\nMar-17\t79%\t66%\t86%\nApr-17\t79%\t63%\t86%\nMay-17\t70%\t52%\t83%\nJun-17\t69%\t50%\t82%\nJul-17\t74%\t48%\t82%\nAug-17\t78%\t63%\t83%\n";

    [Fact]
    public async Task Journey_ANewcomerPastesTheBriefingsTable_AndReachesTheEvaluationDocument()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var complaints = new List<string>();
        var page = await site.OpenAsync("/", complaints);
        await page.GetByRole(AriaRole.Link, new() { Name = "Evaluations", Exact = true }).First.ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("Central North pathfinder, adapt and extend; East pathfinder, revert");
        await page.ShouldBeAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Ask what a change did" }).ClickAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByLabel("Paste the table").FillAsync(Table);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this table" }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("Choose which areas changed, and from when");
        await page.ShouldBeAccessibleAsync();
        await page.Locator("input[name=treated][value=EA]").CheckAsync();
        await page.GetByText("Use only some of the areas and times").ClickAsync();
        await page.Locator("input[name=area][value=EA]").CheckAsync();
        await page.Locator("input[name=area][value=MPS]").CheckAsync();
        await page.Locator("select[name=start]").SelectOptionAsync("May-17");
        await page.Locator("select[name=out-from]").SelectOptionAsync("Mar-17");
        await page.Locator("select[name=out-to]").SelectOptionAsync("Apr-17");
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("EA is 21.75 lower after the change than it would have been");
        (await page.Locator("#table-methods").InnerTextAsync()).ShouldContain("1 comparator");
        await page.ShouldBeAccessibleAsync();

        // The same as a board reads it, for both pilots.
        await page.GetByRole(AriaRole.Link, new() { Name = "Evaluation of the two pathfinders", Exact = false }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("East pathfinder, revert");
        var text = await page.Locator("main").InnerTextAsync();
        text.ShouldContain("−11.1 points against the comparator");
        text.ShouldContain("−21.8 points against the comparator");
        text.ShouldContain("No borough figures are recorded");
        text.ShouldContain("first signalled on the data of 2017-02");
        text.ShouldContain("Results had been seen when it was locked");
        await page.ShouldBeAccessibleAsync();
        await PrintsForABoardAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "What documents claim about it" }).ClickAsync();
        (await page.Locator("#table-claims").InnerTextAsync()).ShouldMatch("August 2017: 78; .*August 2017: 83");
        await page.ShouldBeAccessibleAsync();
        complaints.ShouldBeEmpty();
        await page.CloseAsync();
    }

    // On A4 within its margins: nothing to press, the verdicts on one page, each pilot on one, then what is for the analyst.
    private static async Task PrintsForABoardAsync(IPage page)
    {
        const float width = 182 / 25.4f * 96, height = 270 / 25.4f * 96;
        var screen = page.ViewportSize!;
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.SetViewportSizeAsync((int)width, (int)height);
        (await page.Locator("button:visible, nav:visible, main summary:visible, a.pf-csv:visible").CountAsync()).ShouldBe(0);
        var pilots = await page.Locator(".pf-pilot").AllAsync();
        pilots.Count.ShouldBe(2);
        (await pilots[0].BoundingBoxAsync())!.Y.ShouldBeLessThan(height);
        foreach (var pilot in pilots)
        {
            (await pilot.BoundingBoxAsync())!.Height.ShouldBeLessThan(height);
            (await pilot.EvaluateAsync<string>("one => getComputedStyle(one).breakBefore")).ShouldBe("page");
        }

        (await page.Locator(".pf-appendix #table-criteria").IsVisibleAsync()).ShouldBeTrue();
        (await page.Locator(".pf-appendix pre").First.InnerTextAsync()).ShouldContain("--se time --json");
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.SetViewportSizeAsync(screen.Width, screen.Height);
    }
}
