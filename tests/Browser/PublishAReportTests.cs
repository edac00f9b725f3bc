using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>The programme officer's report: drafted, checked against the data, published, corrected; a reader sees what changed.</summary>
public sealed class PublishAReportTests(Site site, ITestOutputHelper output)
{
    [Fact]
    public async Task Journey_DraftCheckPublishCorrect_EndsWithWhatChanged()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var complaints = new List<string>();
        var office = await site.OpenAsync("/reports/performance-briefing?effective=2017-09-30&known=2017-09-30", complaints);
        (await office.Locator("article.pf-report h1").InnerTextAsync()).ShouldContain("30 September 2017");
        (await office.Locator("article.pf-report svg").CountAsync()).ShouldBeGreaterThan(0);
        await office.ShouldBeAccessibleAsync();
        await office.GetByText("Draft an edition as at these dates").ClickAsync();
        await office.Locator("[name=why]").FillAsync("The briefing of September is due");
        await office.GetByRole(AriaRole.Button, new() { Name = "Draft an edition" }).ClickAsync();

        // What the author says is held against what was known then, before anybody else reads it.
        await office.Locator("[name=says-0]").FillAsync("Central North is at the level of the force");
        await office.Locator("[name=query-0]").FillAsync("i-in-target[CN, 2017-08] >= i-in-target[MPS, 2017-08]");
        await office.Locator("[name=says-1]").FillAsync("East improved in August");
        await office.Locator("[name=query-1]").FillAsync("i-in-target[EA, 2017-08] > i-in-target[EA, 2017-07]");
        await office.Locator("[name=why]").FillAsync("The author's summary");
        await office.GetByRole(AriaRole.Button, new() { Name = "Save and check" }).ClickAsync();
        (await office.Locator("#verdict-0").InnerTextAsync()).ShouldContain("contradicted", Case.Insensitive);
        (await office.Locator("#verdict-0").InnerTextAsync()).ShouldContain("78");
        (await office.Locator("#verdict-1").InnerTextAsync()).ShouldContain("supported", Case.Insensitive);
        await office.ShouldBeAccessibleAsync();

        await office.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        (await office.Locator(".govuk-error-summary").InnerTextAsync()).ShouldContain("Say why");
        await office.Locator("[name=publishWhy]").FillAsync("Due, with the contradiction shown");
        await office.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        var address = new Uri(office.Url).AbsolutePath;
        address.ShouldStartWith("/published/performance-briefing-2017-09-30");
        (await office.Locator("#standing").InnerTextAsync()).ShouldContain("published", Case.Insensitive);
        await office.ShouldBeAccessibleAsync();

        // The correction says what was wrong, and is an edition of its own.
        await office.GetByRole(AriaRole.Link, new() { Name = "Correct this edition" }).ClickAsync();
        await office.ShouldBeAccessibleAsync();
        await office.Locator("[name=why]").FillAsync("A sentence was wrong");
        await office.GetByRole(AriaRole.Button, new() { Name = "Draft the correction" }).ClickAsync();
        await office.Locator("[name=says-0]").FillAsync("Central North is five points below the force");
        await office.Locator("[name=query-0]").FillAsync("i-in-target[CN, 2017-08] < i-in-target[MPS, 2017-08]");
        await office.Locator("[name=correction]").FillAsync("Central North was said to be at the level of the force");
        await office.Locator("[name=why]").FillAsync("What the data says");
        await office.GetByRole(AriaRole.Button, new() { Name = "Save and check" }).ClickAsync();
        (await office.Locator("#verdict-0").InnerTextAsync()).ShouldContain("supported", Case.Insensitive);
        await office.Locator("[name=publishWhy]").FillAsync("Corrected");
        await office.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        (await office.Locator("#standing").InnerTextAsync()).ShouldContain("It corrects");

        // Who saw the first edition is offered what changed since; the first one stands as it was, marked.
        await office.GetByRole(AriaRole.Link, new() { Name = "What changed since you last saw" }).ClickAsync();
        (await office.Locator("#changed").InnerTextAsync()).ShouldNotContain("Nothing changed");
        (await office.Locator("main").InnerTextAsync()).ShouldContain("Central North is at the level of the force", Case.Sensitive, "what was said before");
        await office.ShouldBeAccessibleAsync();
        await office.GotoAsync(site.Address + address);
        (await office.Locator("#standing").InnerTextAsync()).ShouldContain("Corrected by");
        (await office.Locator("article.pf-report").InnerTextAsync()).ShouldContain("Central North is at the level of the force");
        foreach (var other in (string[])["/reports", "/reports/evaluation-report?effective=2018-03-31&known=2018-03-31", "/reports/highlight-report?effective=2017-05-12&known=2017-05-12", "/contradictions?effective=2018-02-28&known=2018-02-28"])
        {
            await office.GotoAsync(site.Address + other);
            await office.ShouldBeAccessibleAsync();
        }

        await office.GotoAsync(site.Address + "/published");
        await office.ShouldBeAccessibleAsync();
        complaints.ShouldBeEmpty();
    }
}
