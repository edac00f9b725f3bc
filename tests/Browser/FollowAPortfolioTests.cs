using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>The portfolio office's annual look: returns imported, how they moved, one project over the years, a match confirmed and taken back.</summary>
public sealed class FollowAPortfolioTests(Site site, ITestOutputHelper output)
{
    private const string Mapping = """
        portfolio: browsed
        title: Browsed
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
        2020,,Ward Programme,MOD,Amber/Red,2021-03-31,100
        2021,X1,Ward programme,MOD,Red,2022-03-31,150
        2022,X1,Ward programme,MOD,Red,2022-03-31,150
        """;

    [Fact]
    public async Task Journey_FromReturnsToAMatchTakenBack_IsAccessible()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("pathfinder-portfolio-");
        var (map, csv) = (Path.Combine(folder.FullName, "map.yaml"), Path.Combine(folder.FullName, "returns.csv"));
        await File.WriteAllTextAsync(map, Mapping);
        await File.WriteAllTextAsync(csv, Returns);
        (await site.CommandAsync("portfolio", "import", csv, "--map", map)).ShouldContain("3 lines of 3 rounds");
        folder.Delete(recursive: true);

        var complaints = new List<string>();
        var page = await site.OpenAsync("/portfolio/browsed", complaints);
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("the scale changed since 2021");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Ward programme" }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("ends 365 days later");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Decide on its matches" }).ClickAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm Ward Programme of 2020" }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("no match to decide on");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("one match to decide on", Case.Insensitive);
        complaints.ShouldBeEmpty();
        await page.CloseAsync();
    }
}
