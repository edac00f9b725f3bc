using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Tests.Pages;

/// <summary>A pilot in a small world, from a pasted table and from a plan, over HTTP.</summary>
public sealed class EvaluationPageTests(WebSite site)
{
    private const string Pasted = "Month\tCN\tEA\tMPS\nJul-16\t84\t78\t83\nAug-16\t85\t76\t84\nSep-16\t86\t77\t83\nOct-16\t89\t79\t85\nNov-16\t87\t79\t86\nDec-16\t87\t79\t86\nJan-17\t90\t79\t88\nFeb-17\t85\t75\t87\nMar-17\t79\t66\t86\nApr-17\t79\t63\t86\nMay-17\t70\t52\t83\nJun-17\t69\t50\t82\nJul-17\t74\t48\t82\nAug-17\t78\t63\t83\n";

    // Nothing is known ahead of today in London; what holds is asked of a later day.
    private static readonly string Dates = $"?effective=2099-01-01&known={TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Europe/London")):yyyy-MM-dd}";

    private static readonly Actor Office = new("system", "Office", "force", new HashSet<Role> { Role.ProgrammeOffice }, []);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IRecords Records => site.App.Services.GetRequiredService<IRecords>();

    [Fact]
    public async Task Effects_PastedTable_AnswersInWordsAndRefusesSyntheticControl()
    {
        using var client = await site.SignedInAsync(Role.Analyst);
        var form = await client.GetStringAsync("/evaluations/effects?effective=2017-09-30&known=2017-09-30", Cancel);
        var kept = await WebSite.PostAsync(client, "/evaluations/effects?handler=Paste&effective=2017-09-30&known=2017-09-30", form, ("text", Pasted));
        kept.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var address = kept.Headers.Location!.ToString();

        (await WebSite.PageAsync(client, address)).QuerySelector("h1")!.TextContent.ShouldContain("Choose which areas changed");
        var answered = address + "&area=EA&area=MPS&treated=EA&start=May-17&out-from=Mar-17&out-to=Apr-17";
        var page = await WebSite.PageAsync(client, answered);
        page.QuerySelector("h1")!.TextContent.ShouldContain("EA is 21.75 lower after the change than it would have been");
        page.QuerySelector("#answer")!.TextContent.ShouldContain("95% interval −27.083 to −16.417");
        page.QuerySelectorAll("#table-methods tbody tr").Single(row => row.TextContent.Contains("Demeaned", StringComparison.Ordinal)).TextContent.ShouldContain("1 comparator");
        page.QuerySelector("#command")!.TextContent.ShouldBe("pathfinder evaluate effect pathfinder-panel.csv --unit area --time time --outcome value --treated treated --method did --exclude time:Mar-17..Apr-17 --se time --json");
        (await client.GetStringAsync(answered + "&csv=panel", Cancel)).ShouldContain("EA,May-17,52,1");

        var saved = await WebSite.PostAsync(client, answered + "&handler=Save", await client.GetStringAsync(answered, Cancel), ("title", "East by hand"), ("why", "For the board"));
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await WebSite.PageAsync(client, saved.Headers.Location!.ToString().Split('?')[0] + Dates)).Body!.TextContent.ShouldContain("−21.75");
    }

    [Fact]
    public async Task Effects_NewestMonthFirstWithAHole_IsReadInOrderAndTheHoleIsNamedAsPasted()
    {
        var lines = Pasted.Replace("Jun-17\t69\t50\t82", "Jun-17\t69\t\t82", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var client = await site.SignedInAsync(Role.Analyst);
        var form = await client.GetStringAsync("/evaluations/effects?effective=2017-09-30&known=2017-09-30", Cancel);
        var kept = await WebSite.PostAsync(client, "/evaluations/effects?handler=Paste&effective=2017-09-30&known=2017-09-30", form, ("text", string.Join('\n', lines.Skip(1).Reverse().Prepend(lines[0]))));
        var address = kept.Headers.Location!.ToString();

        var holed = await WebSite.PageAsync(client, address + "&area=EA&area=MPS&treated=EA&start=May-17&out-from=Mar-17&out-to=Apr-17");
        holed.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("The value is missing (row 4, column EA)");
        var whole = await WebSite.PageAsync(client, address + "&area=CN&area=MPS&treated=CN&start=May-17&out-from=Mar-17&out-to=Apr-17");
        whole.QuerySelector("h1")!.TextContent.ShouldContain("CN is 11.125 lower after the change");
    }

    [Theory]
    [InlineData("", "There is no table")]
    [InlineData("a,b\n1\n", "another number of fields")]
    [InlineData("Month\tEA\tMPS\nAug-16\t78\t83\n\nJul-16\teighty\t84\n", "This is not a number (row 4, column EA)")]
    [InlineData("Month\tEA\tMPS\nAug-16\t78\t83\n2016-07\t80\t84\n", "Times are written in more than one way (row 3, column Month)")]
    public async Task Effects_UnusableTable_IsRefusedWithTheReason(string text, string message)
    {
        using var client = await site.SignedInAsync(Role.Analyst);
        var form = await client.GetStringAsync("/evaluations/effects?effective=2017-09-30&known=2017-09-30", Cancel);

        var refused = await WebSite.PostAsync(client, "/evaluations/effects?handler=Paste&effective=2017-09-30&known=2017-09-30", form, ("text", text));

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain(message);
    }

    [Fact]
    public async Task Plan_LockedOnThePage_CannotBeChangedByPageOrApiButByAnAmendment()
    {
        var key = await PlanAsync("web-plan", "W1", "W2");
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        var lockForm = await client.GetStringAsync($"/evaluations/plans/{key}/lock" + Dates, Cancel);
        lockForm.ShouldContain("What each criterion could find");
        (await WebSite.PostAsync(client, $"/evaluations/plans/{key}/lock", lockForm, ("why", "Agreed by the board"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var page = await WebSite.PageAsync(client, $"/evaluations/plans/{key}" + Dates);
        page.QuerySelector("h1")!.TextContent.ShouldContain("Pilot of W1, revert");
        page.QuerySelector("#lock")!.TextContent.ShouldContain("made with sight of the results");
        page.QuerySelectorAll("svg").Length.ShouldBeGreaterThanOrEqualTo(3);
        page.QuerySelector("#table-criteria")!.TextContent.ShouldContain("worse than the margin of 5, as the whole interval lies beyond it");

        // The API of the register, then the register's own form.
        var stored = await client.GetFromJsonAsync<JsonElement>($"/api/v1/evaluation-plans/{key}" + Dates, Cancel);
        var version = stored.GetProperty("version").GetInt64();
        var softer = JsonSerializer.Deserialize<JsonElement>(stored.GetProperty("body").GetRawText().Replace("\"value\":5", "\"value\":40", StringComparison.Ordinal).Replace("\"revertFrom\":10", "\"revertFrom\":60", StringComparison.Ordinal));
        var put = await client.PutAsJsonAsync($"/api/v1/evaluation-plans/{key}", new { why = "softer", version, body = softer }, Cancel);
        put.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await put.Content.ReadAsStringAsync(Cancel)).ShouldContain("amendment with a reason");
        (await client.PostAsJsonAsync($"/api/v1/evaluation-plans/{key}/end", new { why = "gone" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var edit = await client.GetAsync($"/evaluation-plans/{key}/edit" + Dates, Cancel);
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await edit.Content.ReadAsStringAsync(Cancel));
        var fields = document.QuerySelectorAll("main form input[name], main form textarea[name], main form select[name]").Where(field => field.GetAttribute("type") is not ("checkbox" or "radio") || field.HasAttribute("checked"))
            .Select(field => (Name: field.GetAttribute("name")!, Value: field switch
            {
                AngleSharp.Html.Dom.IHtmlSelectElement select => select.Value ?? "",
                AngleSharp.Html.Dom.IHtmlTextAreaElement area => area.Value,
                _ => field.GetAttribute("value") ?? "",
            })).Where(field => field.Name != "__RequestVerificationToken").Select(field => field.Name.Contains("revertFrom", StringComparison.OrdinalIgnoreCase) ? field with { Value = "60" } : field.Name == "why" ? field with { Value = "softer" } : field).ToArray();
        fields.ShouldContain(field => field.Value == "60");
        var typed = await WebSite.PostAsync(client, $"/evaluation-plans/{key}/edit", document.DocumentElement.OuterHtml, fields);
        typed.StatusCode.ShouldNotBe(HttpStatusCode.Redirect);
        (await typed.Content.ReadAsStringAsync(Cancel)).ShouldContain("amendment with a reason");
        (await client.GetFromJsonAsync<JsonElement>($"/api/v1/evaluation-plans/{key}" + Dates, Cancel)).GetProperty("version").GetInt64().ShouldBe(version);

        // The step, by its page and by its API; without a reason neither.
        var amendForm = await client.GetStringAsync($"/evaluations/plans/{key}/amend" + Dates, Cancel);
        (string, string)[] values = [("criterion", "in-time"), ("says", "W1 keeps up with W2"), ("value", "6"), ("revertFrom", "12"), ("comparators", "W2"), ("before", "January 2016 to August 2016"), ("transition", ""), ("window", "September 2016 to December 2016"), ("mandatory", "yes"), ("what", "change")];
        (await WebSite.PostAsync(client, $"/evaluations/plans/{key}/amend", amendForm, [.. values, ("reason", "")])).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await WebSite.PostAsync(client, $"/evaluations/plans/{key}/amend", amendForm, [.. values, ("reason", "A slip of the pen")])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var refused = await client.PostAsJsonAsync($"/api/v1/evaluations/plans/{key}/amend", new { plan = softer, why = "" }, Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var amended = await client.GetFromJsonAsync<JsonElement>($"/api/v1/evaluations/plans/{key}" + Dates, Cancel);
        amended.GetProperty("holds").GetBoolean().ShouldBeTrue();
        amended.GetProperty("amendments")[0].GetProperty("reason").GetString().ShouldBe("A slip of the pen");
        var top = (await WebSite.PageAsync(client, $"/evaluations/plans/{key}" + Dates)).QuerySelector("#lock")!.TextContent;
        top.ShouldContain("amended with sight of the results");
        top.ShouldContain("“A slip of the pen”");
        top.ShouldContain("Nobody is on record as having agreed since");
    }

    [Fact]
    public async Task Gate_DecisionDrafted_RestsOnThePlanTheMeasureAndEveryValue()
    {
        var key = await PlanAsync("gate-plan", "W3", "W4");
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        await WebSite.PostAsync(client, $"/evaluations/plans/{key}/lock", await client.GetStringAsync($"/evaluations/plans/{key}/lock" + Dates, Cancel), ("why", "Agreed"));
        var address = $"/evaluations/plans/{key}" + Dates;

        var drafted = await WebSite.PostAsync(client, address + "&handler=Decide", await client.GetStringAsync(address, Cancel));

        drafted.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var decision = await client.GetFromJsonAsync<JsonElement>($"/api/v1/decisions/{drafted.Headers.Location!.ToString().Split('/')[^1]}", Cancel);
        decision.GetProperty("body").GetProperty("restsOn").GetArrayLength().ShouldBe(1 + 1 + 24);
        decision.GetProperty("body").GetProperty("recommendations")[0].GetProperty("what").GetString().ShouldBe("Pilot of W3: revert");
        var page = await WebSite.PageAsync(client, address);
        page.QuerySelector("#table-decisions")!.TextContent.ShouldContain("draft");
        // On the very same evidence it is not drafted twice.
        var again = await WebSite.PostAsync(client, address + "&handler=Decide", page.DocumentElement.OuterHtml);
        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await again.Content.ReadAsStringAsync(Cancel)).ShouldContain("is drafted already");
        var byApi = await client.PostAsync(new Uri($"/api/v1/evaluations/plans/{key}/decision", UriKind.Relative), null, Cancel);
        (await byApi.Content.ReadAsStringAsync(Cancel)).ShouldContain("is drafted already");
    }

    [Fact]
    public async Task Gate_PlanThatIsNotLocked_DraftsNothingThoughTheStepIsSentByHand()
    {
        var key = await PlanAsync("unlocked-plan", "W7", "W8");
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        var address = $"/evaluations/plans/{key}" + Dates;

        // The page offers no such form; its token comes from the page that locks.
        var sent = await WebSite.PostAsync(client, address + "&handler=Decide", await client.GetStringAsync($"/evaluations/plans/{key}/lock" + Dates, Cancel));

        sent.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await sent.Content.ReadAsStringAsync(Cancel)).ShouldContain("a plan that is not locked");
        (await client.GetStringAsync("/api/v1/decisions" + Dates, Cancel)).ShouldNotContain("Gate: Plan of W7");
    }

    [Fact]
    public async Task Lock_OfAPlanWhoseMethodHasTooFewComparators_SaysSoBeforeAndWhenItIsPressed()
    {
        var key = await PlanAsync("unfed-plan", "W9", "W10", CriterionMethod.Sdid);
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        var form = await WebSite.PageAsync(client, $"/evaluations/plans/{key}/lock" + Dates);
        form.QuerySelector("#why-not")!.TextContent.ShouldContain("could never be tested by sdid: weights need at least 3 comparators");

        var pressed = await WebSite.PostAsync(client, $"/evaluations/plans/{key}/lock", form.DocumentElement.OuterHtml, ("why", "Agreed"));

        pressed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await pressed.Content.ReadAsStringAsync(Cancel)).ShouldContain("at least 3 comparators, or the method did");
        (await client.PostAsJsonAsync($"/api/v1/evaluations/plans/{key}/lock", new { why = "Agreed" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task PlanForm_OfANewPlan_AsksForNothingThatAStepSets()
    {
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);

        var form = await client.GetStringAsync("/evaluation-plans/new" + Dates, Cancel);

        form.ShouldContain("name=\"limits\"");
        foreach (var name in new[] { "lock", "amendments", "power", "definitions" })
        {
            form.ShouldNotContain($"id=\"{name}", Case.Sensitive);
            form.ShouldNotContain($"name=\"{name}", Case.Sensitive);
        }
    }

    [Fact]
    public async Task Pages_ForAReader_ShowNoStepsAndRefuseThem()
    {
        var key = await PlanAsync("reader-plan", "W5", "W6");
        using var reader = await site.SignedInAsync(Role.Reader);

        (await WebSite.PageAsync(reader, $"/evaluations/plans/{key}" + Dates)).QuerySelectorAll("main form").ShouldBeEmpty();
        (await WebSite.PageAsync(reader, "/evaluations" + Dates)).QuerySelector("#table-plans")!.TextContent.ShouldContain("not locked");
        (await WebSite.PageAsync(reader, "/evaluations/claims" + Dates)).QuerySelector("h1").ShouldNotBeNull();
        (await reader.GetAsync($"/evaluations/plans/{key}/lock" + Dates, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.PostAsJsonAsync($"/api/v1/evaluations/plans/{key}/lock", new { why = "x" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.GetAsync("/evaluations/plans/no-such-plan" + Dates, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string> PlanAsync(string key, string area, string beside, CriterionMethod method = CriterionMethod.Did)
    {
        static PartialDate Stated(string text) => PartialDate.TryParse(text, out var date) ? date : throw new ArgumentException(text);
        var day = new DateOnly(2017, 1, 15);
        double[] values = [84, 85, 86, 89, 87, 87, 90, 85, 62, 61, 63, 62], others = [83, 84, 83, 85, 86, 86, 88, 87, 86, 85, 86, 87];
        var measure = key + "-measure";
        var changes = new List<RecordChange>
        {
            new("party", key + "-council", new Party { Title = "The council of " + area }, day, Known: day),
            new("pilot", key + "-pilot", new Pilot { Title = "Pilot of " + area, Unit = area, Live = Stated("1 September 2016") }, day, Known: day),
            new("measure", measure, new Measure { Title = "In time at " + area, Definition = "Share in time", Unit = "%", Direction = MeasureDirection.Up }, day, Known: day),
            new("evaluation-plan", key, new EvaluationPlan
            {
                Title = "Plan of " + area, Pilots = [key + "-pilot"], AgreedBy = [new PlanAgreement { Party = key + "-council" }],
                Criteria = [new Criterion { Id = "in-time", Says = $"{area} keeps up with {beside}", Measure = measure, Area = area, Comparators = [beside], Test = CriterionTest.NotWorse, Value = 5, RevertFrom = 10, Before = Stated("January 2016 to August 2016"), Window = Stated("September 2016 to December 2016"), Method = method, Mandatory = true, Primary = true }],
            }, day, Known: day),
        };
        foreach (var (code, series) in new[] { (area, values), (beside, others) })
        {
            changes.AddRange(series.Select((value, month) => new RecordChange(
                "observation", $"{measure}-{code.ToLowerInvariant()}-{month + 1}",
                new Observation { Title = "In time", Measure = measure, Area = code, Period = Stated($"2016-{month + 1:00}"), Value = (decimal)value }, day, Known: day)));
        }

        (await Records.SaveAsync(Office, changes, "a test says so", Cancel)).Problems.ShouldBeEmpty();
        return key;
    }
}
