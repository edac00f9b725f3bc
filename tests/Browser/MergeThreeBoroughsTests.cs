using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>The main job: merge three boroughs, simulate, read what it does.</summary>
public sealed partial class MergeThreeBoroughsTests(Site site, ITestOutputHelper output)
{
    private static readonly string[] Three = ["E09000002", "E09000016", "E09000026"];

    [Fact]
    public async Task Journey_MergeThreeBoroughsOnOneChannel_ShowsTheDifferenceByBoroughWithReasons()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var complaints = new List<string>();
        var page = await site.OpenAsync("/designs/new", complaints);
        await page.ShouldBeAccessibleAsync();
        await page.Locator("[name=dated]").FillAsync("2016-12-01");
        foreach (var borough in Three)
        {
            await page.Locator($"input[name=boroughs][value={borough}]").CheckAsync();
        }

        await page.Locator("input[name=functions][value=response]").CheckAsync();
        await page.Locator("input[name=despatch][value=one]").CheckAsync();
        await page.Locator("[name=name]").FillAsync("East on one channel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw this design" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Simulate this design" }).WaitForAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Simulate this design" }).ClickAsync();

        await page.Locator("[name=replications]").FillAsync("20");
        await page.Locator("[name=weeks]").FillAsync("4");
        await page.Locator("input[name=beside]").CheckAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Simulate", Exact = true }).ClickAsync();

        var compare = page.GetByRole(AriaRole.Button, new() { Name = "Compare with the force as it is" });
        await compare.WaitForAsync(new() { Timeout = 240_000 });
        await page.ShouldBeAccessibleAsync();
        await compare.ClickAsync();

        var headline = await page.Locator("h1").InnerTextAsync();
        output.WriteLine(headline);
        headline.ShouldContain("95% interval");
        var tables = await page.Locator("table").AllInnerTextsAsync();
        foreach (var name in (string[])["Barking and Dagenham", "Havering", "Redbridge"])
        {
            var rows = tables.SelectMany(table => table.Split('\n')).Where(row => row.StartsWith(name, StringComparison.Ordinal)).ToList();
            rows.Count(row => Interval().IsMatch(row)).ShouldBeGreaterThanOrEqualTo(2, $"{name} has a difference with an interval for I and for S:\n{string.Join("\n", rows)}");
        }

        (await page.Locator("main li").AllInnerTextsAsync()).ShouldContain(reason => reason.Contains("minutes", StringComparison.Ordinal), "a reason in words");
        await page.ShouldBeAccessibleAsync();

        await page.Locator("a[href^='/runs/run-']", new() { HasTextString = "East on one channel" }).First.ClickAsync();
        await page.Locator("#table-late tbody a").First.ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("Late, after");
        (await page.Locator("#table-steps tbody tr").CountAsync()).ShouldBeGreaterThan(3);
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Play its hour on the map" }).ClickAsync();
        var play = page.Locator("#playback-play:enabled");
        await play.WaitForAsync(new() { Timeout = 60_000 });
        (await page.Locator("#playback-units dd").AllInnerTextsAsync()).Sum(int.Parse).ShouldBeGreaterThan(100, "units on duty, in words beside the map");
        await page.ShouldBeAccessibleAsync();
        await play.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        (await page.Locator("#playback-clock").InnerTextAsync()).ShouldContain("incidents open");
        complaints.ShouldBeEmpty();
        await page.CloseAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/force")]
    [InlineData("/areas/borough/E09000026")]
    [InlineData("/designs")]
    [InlineData("/runs")]
    [InlineData("/self-test")]
    [InlineData("/evidence")]
    [InlineData("/evidence/replays/fire-2017")]
    [InlineData("/assumptions")]
    [InlineData("/changes")]
    [InlineData("/about")]
    public async Task Page_OnLondon_IsAccessibleAndWorksWithoutScript(string path)
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

        var plain = await site.OpenWithoutScriptAsync(path);
        (await plain.Locator("h1").InnerTextAsync()).ShouldNotBeEmpty();
        await plain.Context.CloseAsync();
    }

    [Fact]
    public async Task Force_DateMovedFrom2016To2019_ShowsOtherCommandUnits()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var complaints = new List<string>();
        var page = await site.OpenAsync("/force?effective=2016-06-01", complaints);
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("Every borough");
        await page.GotoAsync(site.Address + "/force?effective=2019-06-01");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("12 command units");
        complaints.ShouldBeEmpty();
        await page.CloseAsync();
    }

    [GeneratedRegex(@"\d to [+−-]?\d", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Interval();
}
