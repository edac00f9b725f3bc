using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Testing;

namespace Pathfinder.Web.Tests.Pages;

public sealed class ImpreciseDateTests
{
    private const string After = "?effective=2020-01-01&known=2020-01-01";

    [Fact]
    public async Task Dates_KnownToTheMonthOrAsAPlan_AreShownAsTheyAreKnownAndOrderedByTheDayThatStands()
    {
        await using var site = new WebSite { WithForce = false };
        await site.InitializeAsync();
        (await site.App.Services.GetRequiredService<ForceImport>().ImportAsync(
            Path.Combine(Repository.Root, "data", "london"), new ChangeContext("system", "pathfinder", "a test needs London"), TestContext.Current.CancellationToken)).Problems.ShouldBeEmpty();
        using var client = await site.SignedInAsync(Role.Reader);

        var unit = await WebSite.PageAsync(client, "/areas/unit/AS" + After);
        unit.QuerySelector("h1")!.TextContent.ShouldContain("planned September 2018");
        unit.QuerySelector("h1")!.TextContent.ShouldNotContain("1 September 2018");
        Cells(unit, "members", 1).ShouldAllBe(from => from == "planned September 2018; the day is not known");

        var borough = await WebSite.PageAsync(client, "/areas/borough/E09000022" + After);
        Cells(borough, "command", 1).ShouldBe(["1 April 2000", "planned September 2018; the day is not known"]);
        Cells(borough, "command", 2).ShouldBe(["the day before the next unit, planned September 2018; the day is not known", "still"]);

        var force = await WebSite.PageAsync(client, "/force" + After);
        Cells(force, "units", 5).ShouldContain("6 June 2018");
        Cells(force, "units", 5).ShouldContain("June 2018; the day is not known");
        force.QuerySelectorAll("#table-units td, #table-boroughs td:nth-of-type(2), #table-changes th").ShouldAllBe(cell => cell.TextContent.Trim() != "1 September 2018");
        var csv = await client.GetStringAsync("/force" + After + "&csv=changes", TestContext.Current.CancellationToken);
        var days = csv.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line[..10]).ToList();
        days.Count.ShouldBe(32);
        days.ShouldBe(days.Order(StringComparer.Ordinal));
    }

    // The first cell of a row heads it.
    private static List<string> Cells(AngleSharp.Html.Dom.IHtmlDocument page, string table, int column) =>
        [.. page.QuerySelectorAll($"#table-{table} tbody tr").Select(row => row.Children[column].TextContent.Trim())];
}
