using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>The council partner's job: is what we were promised kept, since when, and how do they know?</summary>
public sealed class CheckAPromiseTests(Site site, ITestOutputHelper output)
{
    [Fact]
    public async Task Journey_ACouncilPartnerChecksTheWardOfficerPromise_SeesItBrokenThenKeptWithItsSource()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var complaints = new List<string>();
        var page = await site.OpenAsAsync(
            "leader.redbridge", ["--organisation", "redbridge", "--organisation-name", "Redbridge Council", "--role", "partner", "--borough", "E09000026"],
            "/promises?effective=2017-10-01&known=2018-02-28", complaints);

        // One's own borough first, without being asked for.
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("Redbridge");
        (await page.Locator("main h2").First.InnerTextAsync()).ShouldBe("About Redbridge");
        await page.ShouldBeAccessibleAsync();

        await MoveToAsync(page, "2017-08-01");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ward officers are kept for their wards", Exact = false }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldEndWith("Broken since 1 July 2017 at the latest");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("The days are not stated: “Ward officers of East lent to response” began some day from 26 April 2017");
        page.Url.ShouldContain("effective=2017-08-01");
        (await page.Locator("#table-parts").InnerTextAsync()).ShouldContain("not testable", Case.Insensitive, "the numbers are the other part, and no figure was known yet");
        (await page.Locator("#table-evidence").InnerTextAsync()).ShouldContain("Ward officers of East lent to response");
        await page.ShouldBeAccessibleAsync();

        // The link to send carries the dates.
        (await page.Locator("main a[href*='effective=2017-08-01&known=2018-02-28']").AllInnerTextsAsync()).ShouldContain(text => text.StartsWith(site.Address + "/promises/ward-officers", StringComparison.Ordinal));

        await MoveToAsync(page, "2017-11-01");
        (await page.Locator("h1").InnerTextAsync()).ShouldEndWith("Kept since 5 September 2017 at the latest");
        page.Url.ShouldContain("effective=2017-11-01");
        await page.ShouldBeAccessibleAsync();

        await page.Locator(".pf-sources a").First.ClickAsync();
        page.Url.ShouldContain("/documents/s1-pathfinder-briefing");
        page.Url.ShouldContain("effective=2017-11-01");
        (await page.Locator("h1").InnerTextAsync()).ShouldNotBeEmpty();
        await page.ShouldBeAccessibleAsync();
        complaints.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task RollOut_AnotherDateTried_ShowsTheVerdictWithoutSaving()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var complaints = new List<string>();
        var page = await site.OpenAsync("/roll-out?effective=2018-03-15&known=2018-03-15", complaints);
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("at most 4.6 of 6 months");
        await page.ShouldBeAccessibleAsync();
        await page.Locator("select[name=wave]").SelectOptionAsync("wave-2018-06");
        await page.Locator("input[name=date]").FillAsync("September 2018");
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it would mean" }).ClickAsync();
        (await page.Locator("#tried").InnerTextAsync()).ShouldContain("Keeps the promise");
        await page.ShouldBeAccessibleAsync();
        await page.GotoAsync(site.Address + "/roll-out?effective=2018-03-15&known=2018-03-15");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("at most 4.6 of 6 months");
        complaints.ShouldBeEmpty();
        await page.CloseAsync();
    }

    private static async Task MoveToAsync(IPage page, string day)
    {
        await page.Locator(".pf-as-at summary").ClickAsync();
        await page.Locator("#as-at-effective").FillAsync(day);
        await page.Locator(".pf-as-at__form button").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("effective=" + day, StringComparison.Ordinal));
    }
}
