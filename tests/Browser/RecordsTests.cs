using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>Lists, records, histories and forms on London's programme: accessible, whole without script, and nothing typed is lost.</summary>
public sealed class RecordsTests(Site site, ITestOutputHelper output)
{
    private const string Dates = "?effective=2018-02-28&known=2018-02-28";

    [Theory]
    [InlineData("milestones")]
    [InlineData("decisions")]
    [InlineData("commitments")]
    public async Task Kind_ListRecordHistoryAndForm_AreAccessible(string kind)
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var complaints = new List<string>();
        var page = await site.OpenAsync($"/{kind}{Dates}", complaints);
        await page.ShouldBeAccessibleAsync();
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(1280, "nothing stands wider than the window");

        await page.Locator("tbody th a").First.ClickAsync();
        var record = new Uri(page.Url).AbsolutePath;
        await page.ShouldBeAccessibleAsync();
        foreach (var part in (string[])["history", "edit", "end"])
        {
            await page.GotoAsync($"{site.Address}{record}/{part}{Dates}");
            await page.ShouldBeAccessibleAsync();
        }

        complaints.ShouldBeEmpty();
        await page.CloseAsync();
    }

    [Theory]
    [InlineData("/" + Dates)]
    [InlineData("/programme" + Dates)]
    [InlineData("/areas/borough/E09000007" + Dates)]
    public async Task Page_OfTheProgramme_IsAccessible(string path)
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var complaints = new List<string>();
        var page = await site.OpenAsync(path, complaints);
        await page.ShouldBeAccessibleAsync();
        complaints.ShouldBeEmpty();
        await page.CloseAsync();
    }

    [Fact]
    public async Task Milestone_ForecastAddedWithoutScript_IsSavedAndReadInItsHistory()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var page = await site.OpenWithoutScriptAsync("/milestones/go-live-tranche-4/edit");
        var add = page.Locator("button[value='add:forecasts']");
        var rows = await page.Locator("#forecasts > fieldset").CountAsync();
        await add.ClickAsync();
        await page.Locator($"[name='forecasts[{rows}].date']").FillAsync("not a date");
        await page.Locator($"[name='forecasts[{rows}].why']").FillAsync("The technology was late");
        await page.Locator("[name=why]").FillAsync("Told at the board");
        await page.Locator("form.pf-form").GetByRole(AriaRole.Button, new() { Name = "Save this change" }).Last.ClickAsync();

        await page.Locator(".govuk-error-summary a").First.ClickAsync();
        page.Url.ShouldEndWith($"#forecasts-{rows}--date");
        (await page.Locator($"[name='forecasts[{rows}].why']").InputValueAsync()).ShouldBe("The technology was late");
        await page.Locator($"[name='forecasts[{rows}].date']").FillAsync("May 2017");
        await page.Locator("form.pf-form").GetByRole(AriaRole.Button, new() { Name = "Save this change" }).Last.ClickAsync();

        (await page.Locator(".govuk-notification-banner").InnerTextAsync()).ShouldContain("The change is recorded");
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        var newest = await page.Locator(".pf-log > li").First.InnerTextAsync();
        newest.ShouldContain("Told at the board");
        newest.ShouldContain("May 2017");
        await page.Context.CloseAsync();
    }
}
