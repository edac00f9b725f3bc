using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Tests.Pages;

public sealed class PerformancePageTests(WebSite site)
{
    private const string Dates = "?effective=2017-10-31&known=2017-10-31";
    private static readonly int[] Months = [78, 76, 77, 79, 79, 79, 79, 75, 66, 63, 52, 50, 48, 63];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_OfAMeasure_SayTheirFindingWithTargetComparatorAndTables()
    {
        await MeasureAsync("page-share", withComparator: true);
        using var client = await site.SignedInAsync(Role.Reader);

        var measure = await WebSite.PageAsync(client, "/performance/page-share" + Dates);
        measure.QuerySelector("h1")!.TextContent.ShouldContain("One of two areas signalled concern: Marketside on the data of Feb 2017");
        measure.QuerySelectorAll(".pf-multiple svg").Length.ShouldBe(2);
        var csv = await client.GetStringAsync("/performance/page-share" + Dates + "&csv=all-values", Cancel);
        csv.Split('\n').Length.ShouldBe(30);

        var series = await WebSite.PageAsync(client, "/performance/page-share/hb02" + Dates);
        series.QuerySelector("h1")!.TextContent.ShouldContain("Marketside signalled concern on the data of Feb 2017: 75%, below the lower limit");
        series.QuerySelectorAll("figure svg").Length.ShouldBe(2);
        series.QuerySelectorAll("svg text").Select(text => text.TextContent).ShouldContain("target 90");
        series.QuerySelectorAll("svg text").Select(text => text.TextContent).ShouldContain("MPS 81");
        series.QuerySelector("#main-content")!.TextContent.ShouldContain("31 March 2017");
        (await client.GetStringAsync("/performance/page-share/hb02" + Dates + "&csv=values", Cancel)).ShouldContain("2017-02-01,75,");

        var before = await WebSite.PageAsync(client, "/performance/page-share/hb02?effective=2017-08-31&known=2017-08-31");
        before.QuerySelector("h1")!.TextContent.ShouldContain("Nothing is known of it on these dates");
        (await client.GetAsync("/performance/page-share/hb02" + Dates + "&kind=pie", Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.GetAsync("/performance/no-such" + Dates, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await WebSite.PageAsync(client, "/performance/page-share/hb02" + Dates + "&kind=p")).QuerySelector("#main-content")!.TextContent.ShouldContain("needs a numerator and a denominator");
    }

    [Fact]
    public async Task WatchList_OnceLookedAt_CountsNothingAsNew()
    {
        await MeasureAsync("watched-share", withComparator: false);
        using var client = await site.SignedInAsync(Role.Partner);
        var page = await client.GetStringAsync("/performance" + Dates, Cancel);
        page.ShouldContain("What signals now");
        page.ShouldContain("would signal by chance alone");
        page.ShouldContain("id=\"table-signals-watched-share\"");
        (await WebSite.PostAsync(client, "/performance" + Dates + "&handler=Look", page)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var after = await WebSite.PageAsync(client, "/performance" + Dates);
        after.QuerySelector("#main-content")!.TextContent.ShouldContain("You looked last on");
        after.QuerySelector("#signals")!.TextContent.ShouldStartWith("New since you looked on");
        after.QuerySelector("#table-signals-watched-share").ShouldBeNull("it was looked at");
        (await WebSite.PageAsync(client, "/performance" + Dates + "&signals=all")).QuerySelector("#table-signals-watched-share").ShouldNotBeNull();
    }

    [Fact]
    public async Task Import_TriedThenRecorded_ShowsWhatWasReadAndNamesEachFault()
    {
        await MeasureAsync("import-share", withComparator: false, values: false);
        using var client = await site.SignedInAsync(Role.Analyst);
        var page = await client.GetStringAsync("/performance/import?measure=import-share", Cancel);
        var bad = await WebSite.PostAsync(client, "/performance/import", page, ("Form.Measure", "import-share"), ("Form.Table", "Month,Marketside\nJuly 16,180\n2016-08,70\n"));
        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var faults = await bad.Content.ReadAsStringAsync(Cancel);
        faults.ShouldContain("row 3");
        faults.ShouldContain("Periods are written in more than one way");

        const string table = "Month,Marketside\nJuly 16,80%\nAugust 16,70%\n";
        var tried = await (await WebSite.PostAsync(client, "/performance/import", page, ("Form.Measure", "import-share"), ("Form.Table", table))).Content.ReadAsStringAsync(Cancel);
        tried.ShouldContain("2 values would be recorded");
        (await WebSite.PostAsync(client, "/performance/import?handler=Save", tried, ("Form.Measure", "import-share"), ("Form.Table", table))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var saved = await (await WebSite.PostAsync(client, "/performance/import?handler=Save", tried, ("Form.Measure", "import-share"), ("Form.Table", table), ("Form.Why", "The return"))).Content.ReadAsStringAsync(Cancel);
        saved.ShouldContain("2 values recorded");
        // The same month from another log, with another figure: shown in the trial, asked about, then kept beside.
        const string rival = "Month,Marketside\nAugust 16,71%\n";
        var asked = await (await WebSite.PostAsync(client, "/performance/import", page, ("Form.Measure", "import-share"), ("Form.Table", rival), ("Form.Series", "another log"))).Content.ReadAsStringAsync(Cancel);
        asked.ShouldContain("One value differs from what is on record under another name");
        asked.ShouldContain("Which stands?");
        (string, string)[] form = [("Form.Measure", "import-share"), ("Form.Table", rival), ("Form.Series", "another log"), ("Form.Why", "Their log")];
        var unsaid = await WebSite.PostAsync(client, "/performance/import?handler=Save", asked, form);
        unsaid.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await unsaid.Content.ReadAsStringAsync(Cancel)).ShouldContain("say which stands");
        (await (await WebSite.PostAsync(client, "/performance/import?handler=Save", asked, [.. form, ("Form.Rivalry", "beside")])).Content.ReadAsStringAsync(Cancel)).ShouldContain("1 value recorded");
        var answer = await client.GetFromJsonAsync<JsonElement>("/api/v1/performance/import-share/HB02", Cancel);
        answer.GetProperty("points")[1].GetProperty("others")[0].GetProperty("value").GetDouble().ShouldBe(71);
        answer.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("value").GetDouble()).ShouldBe([80, 70]);
        answer.GetProperty("kind").GetString().ShouldBe("run");
    }

    [Fact]
    public async Task Api_ImportsAndAnswersWithBothClocks()
    {
        await MeasureAsync("api-share", withComparator: true);
        using var client = await site.SignedInAsync(Role.Analyst);
        var refused = await client.PostAsJsonAsync("/api/v1/performance/api-share/observations", new { table = "month,Marketside\n2017-09,101\n", why = "x" }, Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("A percentage is over 100");
        var done = await client.PostAsJsonAsync("/api/v1/performance/api-share/observations", new { table = "month,Marketside\n2017-09,70\n", why = "The return of September" }, Cancel);
        (await done.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("new").GetInt32().ShouldBe(1);

        var rival = new { table = "month,Marketside\n2017-09,69\n", why = "Their log", mapping = new { measure = "api-share", period = "month", series = "their log" } };
        (await (await client.PostAsJsonAsync("/api/v1/performance/api-share/observations", rival, Cancel)).Content.ReadAsStringAsync(Cancel)).ShouldContain("say which stands");
        (await client.PostAsJsonAsync("/api/v1/performance/api-share/observations", new { rival.table, rival.why, mapping = new { rival.mapping.measure, rival.mapping.period, rival.mapping.series, rivalry = "beside" } }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var series = await client.GetFromJsonAsync<JsonElement>("/api/v1/performance/api-share/hb02" + Dates, Cancel);
        var point = series.GetProperty("points")[7];
        (point.GetProperty("first").GetString(), point.GetProperty("known").GetString(), point.GetProperty("comparator").GetDouble()).ShouldBe(("2017-02-01", "2017-09-30", 80));
        series.GetProperty("signals")[0].GetProperty("inTime").GetString().ShouldBe("2017-03-31");
        var signals = await client.GetFromJsonAsync<JsonElement>("/api/v1/performance/signals" + Dates, Cancel);
        signals.GetProperty("signalled").EnumerateArray().ShouldContain(one => one.GetProperty("measure").GetString() == "api-share" && one.GetProperty("concern").GetBoolean());
        (await client.GetAsync("/api/v1/performance/api-share/funnel" + Dates, Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.GetAsync("/api/v1/performance/api-share/none" + Dates, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task MeasureAsync(string key, bool withComparator, bool values = true)
    {
        var records = site.App.Services.GetRequiredService<IRecords>();
        var actor = new Actor("planter", "Planter", "force", new HashSet<Role> { Role.ProgrammeOffice }, []);
        var known = new DateOnly(2017, 9, 30);
        var title = char.ToUpperInvariant(key[0]) + key[1..].Replace('-', ' ');
        var changes = new List<RecordChange>
        {
            new("measure", key, new Measure { Title = title, Definition = "Share in time", Unit = "%", Direction = MeasureDirection.Up, Target = 90, Threshold = 15, ThresholdUnit = "minutes" }, new DateOnly(2016, 1, 1), Known: new DateOnly(2016, 1, 1)),
        };
        if (values)
        {
            var rows = Months.SelectMany((value, i) => new[] { ("HB02", value), ("MPS", 80 + (i % 2 == 0 ? 0 : i % 4 == 1 ? 1 : 0)) }.Where(one => withComparator || one.Item1 != "MPS").Select(one => Row(one.Item1, i, i == 7 && one.Item1 == "MPS" ? 80 : one.Item2)));
            changes.Add(new RecordChange("observation-set", key + "-set", ObservationSets.With(new ObservationSet { Title = "Set of " + key, Measure = key, Series = "return" }, rows), new DateOnly(2016, 7, 31), Known: known));
        }

        (await records.SaveAsync(actor, changes, "for the test", Cancel)).Problems.ShouldBeEmpty();
    }

    private static ObservedRow Row(string area, int month, int value) =>
        new(area, PartialDate.TryParse(new DateOnly(2016, 7, 1).AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture), out var period) ? period : throw new InvalidOperationException(), value);
}
