using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>The planner's job: the best balanced twelve that keep both pathfinders and the tri-borough, saved, run and compared with the real plan.</summary>
public sealed partial class BestBalancedPlanTests(Site site, ITestOutputHelper output)
{
    [Fact]
    public async Task Journey_BestBalancedTwelve_IsFoundRankedSavedRunAndComparedWithTheRealPlan()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var complaints = new List<string>();
        var page = await site.OpenAsync("/studio", complaints);
        (await Headline(page)).ShouldContain("86,463,292 possible groupings");
        await page.ShouldBeAccessibleAsync();

        // Both pathfinders and the tri-borough under a padlock.
        var kept = 0;
        foreach (var unit in (string[])["CN", "EA", "AW"])
        {
            await page.Locator($"#lock-{unit}").CheckAsync();
            kept++;
            await page.WaitForURLAsync(url => Kept(url) == kept);
        }

        (await Headline(page)).ShouldContain("235,911");
        (await page.Locator("#studio-costs").InnerTextAsync()).ShouldContain("Keep Camden and Islington as they are");
        (await page.Locator("#studio-least").InnerTextAsync()).ShouldContain("none is within 10%");
        await page.Locator("#studio-best").ClickAsync();
        await page.Locator("#studio-headline", new() { HasTextString = "This is the best of 235,911" }).WaitForAsync();
        (await page.Locator("#units").InnerTextAsync()).ShouldContain("Camden and Islington");
        await page.ShouldBeAccessibleAsync();

        // Undo is back; forward is the best again.
        await page.Locator("#studio-undo").ClickAsync();
        await page.Locator("#studio-headline", new() { HasTextString = "Better than" }).WaitForAsync();
        await page.GoForwardAsync();
        await page.Locator("#studio-headline", new() { HasTextString = "This is the best" }).WaitForAsync();

        var best = await SaveAndRunAsync(page, "Best balanced twelve");
        await page.GotoAsync(site.Address + "/studio");
        var real = await SaveAndRunAsync(page, "The real twelve");
        await page.GotoAsync($"{site.Address}/runs/compare?a={real}&b={best}");
        var found = await page.Locator("h1").InnerTextAsync();
        output.WriteLine(found);
        found.ShouldContain("95% interval");

        await page.GotoAsync(site.Address + "/studio/crews");
        (await page.Locator("#table-simulated").InnerTextAsync()).ShouldContain("CN");
        await page.ShouldBeAccessibleAsync();
        await page.GotoAsync(site.Address + "/studio/bases");
        await page.ShouldBeAccessibleAsync();
        complaints.ShouldBeEmpty();
        await page.CloseAsync();
    }

    [Fact]
    public async Task Studio_WithoutScript_MovesABoroughByItsForm()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var page = await site.OpenWithoutScriptAsync("/studio");
        await page.Locator("#studio-moves summary").ClickAsync();
        await page.Locator("#b-E09000026").SelectOptionAsync("NE");
        await page.Locator("#studio-apply").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("NE:E09000025.E09000026.E09000031", StringComparison.Ordinal));
        (await page.Locator("#units").InnerTextAsync()).ShouldContain("Newham, Redbridge and Waltham Forest");
        await page.Context.CloseAsync();
    }

    private async Task<string> SaveAndRunAsync(IPage page, string name)
    {
        await page.Locator("#studio-save summary").ClickAsync();
        await page.Locator("#studio-save [name=name]").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a design" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Simulate this design" }).ClickAsync();
        await page.Locator("[name=replications]").FillAsync("4");
        await page.Locator("[name=weeks]").FillAsync("1");
        if (await page.Locator("input[name=beside]").IsCheckedAsync())
        {
            await page.Locator("input[name=beside]").UncheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Simulate", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => RunAddress().IsMatch(url));
        await page.Locator("#table-areas").WaitForAsync(new() { Timeout = 240_000 });
        output.WriteLine(name + ": " + await page.Locator("h1").InnerTextAsync());
        return RunAddress().Match(page.Url).Groups["key"].Value;
    }

    private static async Task<string> Headline(IPage page) => await page.Locator("#studio-headline").InnerTextAsync();

    private static int Kept(string url) => Uri.UnescapeDataString(url).Split('&').Where(part => part.StartsWith("keep=", StringComparison.Ordinal)).Sum(part => part.Split('_').Length);

    [GeneratedRegex(@"/runs/(?<key>[^/?#]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RunAddress();
}
