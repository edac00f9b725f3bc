using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Tests.Pages;

public sealed class RecordPageTests(WebSite site)
{
    private static readonly Actor Office = new("system", "Office", "force", new HashSet<Role> { Role.ProgrammeOffice }, []);

    private IRecords Records => site.App.Services.GetRequiredService<IRecords>();

    [Fact]
    public void Addresses_OfEveryKind_AreTakenByNoOtherPage()
    {
        var kinds = Records.Catalogue.Kinds.Select(kind => kind.Path).ToHashSet(StringComparer.Ordinal);
        var pages = site.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern).ToList();

        pages.Count(pattern => pattern.RawText!.Contains(":records}", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(6);
        pages.Where(pattern => pattern.PathSegments is [{ IsSimple: true, Parts: [Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart { Content: var first }] }] && kinds.Contains(first))
            .Select(pattern => pattern.RawText).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/nothing-of-the-kind")]
    [InlineData("/Milestones")]
    [InlineData("/milestones/there-is-none")]
    [InlineData("/milestones/there-is-none/history")]
    [InlineData("/milestones/there-is-none/edit")]
    [InlineData("/milestones/there-is-none/end")]
    public async Task Page_OfNothing_IsNotFound(string path)
    {
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);

        var answer = await client.GetAsync(path + "?effective=2017-05-12&known=2017-05-12", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/commitments/{0}")]
    [InlineData("/commitments/{0}/history")]
    [InlineData("/commitments/{0}/access")]
    [InlineData("/promises/{0}")]
    public async Task Page_BeforeItWasKnown_SaysSinceWhenUnderTheBarOfDates(string path)
    {
        var key = "k" + Guid.NewGuid().ToString("n")[..10];
        using var client = await site.SignedInAsync(Role.Reader);
        (await Records.SaveAsync(Office, [new RecordChange("commitment", key, new Commitment { Title = "Two a ward", Promise = "p", NotTestable = "Nothing is counted" }, new DateOnly(2018, 2, 12), Known: new DateOnly(2018, 2, 28))], "a test", TestContext.Current.CancellationToken)).Problems.ShouldBeEmpty();

        var answer = await client.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, key) + "?effective=2017-05-12&known=2017-05-12", TestContext.Current.CancellationToken);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        page.QuerySelector("h1")!.TextContent.ShouldContain("This promise was not known on 12 May 2017");
        page.QuerySelector("main")!.TextContent.ShouldContain("It became known on 28 February 2018");
        page.QuerySelector(".pf-as-at__dates")!.TextContent.ShouldContain("12 May 2017");
        foreach (var link in page.QuerySelectorAll("main li a"))
        {
            (await WebSite.PageAsync(client, link.GetAttribute("href")!)).Body!.TextContent.ShouldContain("Two a ward");
        }

        page.QuerySelectorAll("main li a").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Pages_OfEveryKind_OpenEmptyFormAndList()
    {
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        foreach (var kind in Records.Catalogue.Kinds)
        {
            var list = await WebSite.PageAsync(client, Today($"/{kind.Path}"));
            list.QuerySelector("h1")!.TextContent.ShouldNotBeEmpty(kind.Name);
            list.QuerySelectorAll("a[role=button]").Any(button => button.TextContent.StartsWith("New ", StringComparison.Ordinal)).ShouldBe(kind.MadeAt is null, kind.Name);
            if (kind.MadeAt is { } step)
            {
                (await client.GetAsync(Today($"/{kind.Path}/new"), TestContext.Current.CancellationToken)).Headers.Location!.ToString().ShouldStartWith(step);
                continue;
            }

            var form = await WebSite.PageAsync(client, Today($"/{kind.Path}/new"));
            form.QuerySelector("[name=title]").ShouldNotBeNull(kind.Name);
            form.QuerySelector("[name=why]").ShouldNotBeNull(kind.Name);
        }
    }

    [Fact]
    public async Task List_NarrowedByTextAndOwner_ShowsWhatMatchesAndSaysOfHowMany()
    {
        var mark = Mark();
        await SaveAsync("post", $"{mark}-chief", new Post { Title = $"{mark} chief" });
        await SaveAsync("tranche", $"{mark}-a", new Tranche { Title = $"{mark} alpha", Series = "s", Number = 1, Owner = $"{mark}-chief" });
        await SaveAsync("tranche", $"{mark}-b", new Tranche { Title = $"{mark} beta", Series = "s", Number = 2 });
        using var client = await site.SignedInAsync(Role.Reader);

        var both = await WebSite.PageAsync(client, Today($"/tranches?text={mark}"));
        Titles(both).ShouldBe([$"{mark} alpha", $"{mark} beta"]);
        var one = await WebSite.PageAsync(client, Today($"/tranches?text={mark}&owner={mark}-chief"));
        Titles(one).ShouldBe([$"{mark} alpha"]);
        one.Body!.TextContent.ShouldContain("1 of ");
        var sorted = await WebSite.PageAsync(client, Today($"/tranches?text={mark}&sort=-number"));
        Titles(sorted).ShouldBe([$"{mark} beta", $"{mark} alpha"]);
        sorted.QuerySelector("th[aria-sort=descending]")!.TextContent.ShouldBe("Number");
        var none = await WebSite.PageAsync(client, Today($"/tranches?text={mark}-no-such-word"));
        none.QuerySelector(".pf-empty")!.TextContent.ShouldContain("None of the");
    }

    [Fact]
    public async Task List_LongerThanAPage_IsTurnedAndIsWholeAsCsv()
    {
        var mark = Mark();
        var changes = Enumerable.Range(1, 60).Select(i => new RecordChange("party", $"{mark}-{i:00}", new Party { Title = $"{mark} {i:00}" })).ToList();
        (await Records.SaveAsync(Office, changes, "a test needs many", TestContext.Current.CancellationToken)).Problems.ShouldBeEmpty();
        using var client = await site.SignedInAsync(Role.Reader);

        var first = await WebSite.PageAsync(client, Today($"/parties?text={mark}"));
        Titles(first).Count.ShouldBe(50);
        first.QuerySelector(".pf-csv")!.TextContent.ShouldContain("all 60");
        var beyond = await WebSite.PageAsync(client, Today("/parties?page=1000"));
        beyond.QuerySelector("a[rel=next]").ShouldBeNull();
        beyond.QuerySelectorAll("main tbody tr").ShouldNotBeEmpty();
        var second = await WebSite.PageAsync(client, first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Titles(second).Count.ShouldBe(10);
        var csv = await client.GetStringAsync(first.QuerySelector(".pf-csv")!.GetAttribute("href")!, TestContext.Current.CancellationToken);
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(61);
    }

    [Fact]
    public async Task Record_WithReferences_LinksByTitleBothWaysAndSaysWhoOwesTheOwner()
    {
        var mark = Mark();
        await SaveAsync("tranche", $"{mark}-t", new Tranche { Title = $"{mark} tranche", Series = "s", Number = 1 });
        await SaveAsync("milestone", $"{mark}-m", new Milestone { Title = $"{mark} milestone", Tranche = $"{mark}-t" });
        using var client = await site.SignedInAsync(Role.Reader);

        var milestone = await WebSite.PageAsync(client, Today($"/milestones/{mark}-m"));
        milestone.QuerySelectorAll(".pf-fields a").Single(link => link.TextContent == $"{mark} tranche").GetAttribute("href")!.ShouldStartWith($"/tranches/{mark}-t?effective=");
        milestone.QuerySelector(".pf-fields")!.TextContent.ShouldContain("the programme office owes who answers for it");
        milestone.QuerySelectorAll("a").ShouldNotContain(link => link.TextContent.StartsWith("Change", StringComparison.Ordinal) && link.GetAttribute("href")!.Contains("/edit"));
        var tranche = await WebSite.PageAsync(client, Today($"/tranches/{mark}-t"));
        tranche.QuerySelectorAll("a").ShouldContain(link => link.TextContent == $"{mark} milestone");
    }

    [Fact]
    public async Task Page_OfSomethingSensitive_IsMarkedAtTopAndBottom()
    {
        var mark = Mark();
        await SaveAsync("party", mark, new Party { Title = mark, Handling = new Platform.Records.Handling { Marking = Marking.OfficialSensitive } });
        using var client = await site.SignedInAsync(Role.Reader);

        (await WebSite.PageAsync(client, Today($"/parties/{mark}"))).QuerySelectorAll(".pf-marking").Select(marking => marking.TextContent.Trim())
            .ShouldBe(["OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"]);
        (await WebSite.PageAsync(client, Today("/assumptions"))).QuerySelectorAll(".pf-marking").Select(marking => marking.TextContent.Trim()).ShouldBe(["OFFICIAL", "OFFICIAL"]);
    }

    [Fact]
    public async Task Withheld_FromAReader_IsCountedByGroundAndNotShown()
    {
        var mark = Mark();
        await SaveAsync("engagement", mark, new Platform.Programme.RollOut.Engagement
        {
            Title = $"{mark} secret",
            Handling = new Platform.Records.Handling { Readers = ["role:DecisionMaker"], Ground = $"{mark} ground" },
        });
        using var client = await site.SignedInAsync(Role.Reader);

        var list = await WebSite.PageAsync(client, Today("/engagements"));
        list.Body!.TextContent.ShouldContain($"withheld: ");
        list.Body.TextContent.ShouldContain($"{mark} ground");
        list.Body.TextContent.ShouldNotContain($"{mark} secret");
        (await client.GetAsync(Today($"/engagements/{mark}"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Form_RowAddedFilledAndSaved_StandsOnThePageAndInTheHistory()
    {
        var mark = Mark();
        await SaveAsync("milestone", mark, new Milestone { Title = $"{mark} milestone", Forecasts = [new Forecast { Date = Date("June 2017") }] });
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        var path = Today($"/milestones/{mark}/edit");
        var form = await WebSite.PageAsync(client, path);
        var fields = Fields(form);
        fields["forecasts[0].date"].ShouldBe("June 2017");

        // Adding a row keeps what was typed and saves nothing.
        fields["title"] = $"{mark} renamed";
        var added = await SendAsync(client, path, form, fields, ("do", "add:forecasts"));
        added.QuerySelector("#forecasts-1-").ShouldNotBeNull();
        fields = Fields(added);
        fields["title"].ShouldBe($"{mark} renamed");

        fields["forecasts[1].date"] = "30 July 2017";
        fields["forecasts[1].why"] = "the evaluation takes longer";
        fields["why"] = "Told at the board";
        var saved = await client.PostAsync(path, Form(added, fields), TestContext.Current.CancellationToken);
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var page = await WebSite.PageAsync(client, saved.Headers.Location!.ToString());
        page.QuerySelector(".govuk-notification-banner")!.TextContent.ShouldContain("The change is recorded");
        page.Body!.TextContent.ShouldContain("the evaluation takes longer");

        var history = await WebSite.PageAsync(client, Today($"/milestones/{mark}/history"));
        var newest = history.QuerySelector(".pf-log > li")!;
        newest.QuerySelector("h2")!.TextContent.ShouldBe("Told at the board");
        newest.QuerySelector("del")!.TextContent.ShouldBe($"{mark} milestone");
        newest.QuerySelectorAll("ins").Select(change => change.TextContent).ShouldContain(text => text.Contains("30 July 2017") && text.Contains("the evaluation takes longer"));
        history.QuerySelectorAll(".pf-log > li").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Form_RowRemoved_OthersMoveUp()
    {
        var mark = Mark();
        await SaveAsync("milestone", mark, new Milestone { Title = mark, Baselines = [new Baseline { Date = Date("May 2017") }, new Baseline { Date = Date("June 2017") }, new Baseline { Date = Date("July 2017") }] });
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        var path = Today($"/milestones/{mark}/edit");
        var form = await WebSite.PageAsync(client, path);

        var removed = await SendAsync(client, path, form, Fields(form), ("do", "remove:baselines[1]"));

        var fields = Fields(removed);
        (fields["baselines[0].date"], fields["baselines[1].date"]).ShouldBe(("May 2017", "July 2017"));
        fields.ShouldNotContainKey("baselines[2].date");
    }

    [Fact]
    public async Task Form_WithMistakes_SaysEachBesideItsFieldAndLosesNothing()
    {
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        var path = Today("/tranches/new");
        var form = await WebSite.PageAsync(client, path);
        var fields = Fields(form);
        fields["title"] = "A tranche of mistakes";
        fields["number"] = "three";
        fields["starts"] = "the day after";
        fields["handling.ground"] = "kept though folded away";

        var refused = await SendAsync(client, path, form, fields);

        refused.Title!.ShouldStartWith("Error: ");
        refused.QuerySelectorAll(".govuk-error-summary a").Select(link => link.GetAttribute("href")).ShouldBe(["#number", "#starts", "#why"], ignoreOrder: true);
        refused.QuerySelector("#starts")!.ClassList.ShouldContain("govuk-input--error");
        var kept = Fields(refused);
        (kept["title"], kept["number"], kept["starts"], kept["handling.ground"]).ShouldBe(("A tranche of mistakes", "three", "the day after", "kept though folded away"));
    }

    [Fact]
    public async Task Form_SavedByAnotherMeanwhile_IsRefusedAndKept()
    {
        var mark = Mark();
        await SaveAsync("party", mark, new Party { Title = mark });
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        var path = Today($"/parties/{mark}/edit");
        var form = await WebSite.PageAsync(client, path);
        await SaveAsync("party", mark, new Party { Title = mark, Summary = "somebody else was here" });
        var fields = Fields(form);
        fields["summary"] = "mine";
        fields["why"] = "I know better";

        var refused = await SendAsync(client, path, form, fields);

        refused.QuerySelector(".govuk-error-summary").ShouldNotBeNull();
        Fields(refused)["summary"].ShouldBe("mine");
    }

    [Fact]
    public async Task Form_NewWithPrefilledField_IsRecordedAndEnded()
    {
        var mark = Mark();
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        var path = Today($"/parties/new?title={mark}");
        var form = await WebSite.PageAsync(client, path);
        var fields = Fields(form);
        fields["title"].ShouldBe(mark);
        fields["why"] = "it takes part";

        var saved = await client.PostAsync(path, Form(form, fields), TestContext.Current.CancellationToken);
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        saved.Headers.Location!.ToString().ShouldStartWith($"/parties/{mark}?saved=new");

        var end = await WebSite.PageAsync(client, Today($"/parties/{mark}/end"));
        var silent = await SendAsync(client, Today($"/parties/{mark}/end"), end, Fields(end));
        silent.QuerySelector(".govuk-error-summary a")!.GetAttribute("href").ShouldBe("#why");
        fields = Fields(end);
        fields["why"] = "it takes part no more";
        (await client.PostAsync(Today($"/parties/{mark}/end"), Form(end, fields), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await client.GetAsync(Today($"/parties/{mark}"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await WebSite.PageAsync(client, Today($"/parties/{mark}/history"))).Body!.TextContent.ShouldContain("it takes part no more");
    }

    [Theory]
    [InlineData(Role.Reader)]
    [InlineData(Role.Planner)]
    [InlineData(Role.DecisionMaker)]
    public async Task Forms_WhoMayNotChange_IsForbidden(Role role)
    {
        var mark = Mark();
        await SaveAsync("party", mark, new Party { Title = mark });
        using var client = await site.SignedInAsync(role);

        foreach (var path in (string[])[$"/parties/new", $"/parties/{mark}/edit", $"/parties/{mark}/end"])
        {
            (await client.GetAsync(Today(path), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        (await WebSite.PageAsync(client, Today("/parties"))).QuerySelectorAll("a").ShouldNotContain(link => link.GetAttribute("href")!.StartsWith("/parties/new", StringComparison.Ordinal));
    }

    private static string Today(string path)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Europe/London")).DateTime).ToString("yyyy-MM-dd");
        return $"{path}{(path.Contains('?') ? '&' : '?')}effective={today}&known={today}";
    }

    private static string Mark() => "m" + Guid.NewGuid().ToString("n")[..10];

    private static PartialDate Date(string text) => PartialDate.TryParse(text, out var date) ? date : throw new ArgumentException(text);

    private static List<string> Titles(IParentNode page) => page.QuerySelectorAll("tbody th").Select(cell => cell.TextContent).ToList();

    /// <summary>What a browser would send of the form that is posted.</summary>
    private static Dictionary<string, string> Fields(IParentNode page)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in page.QuerySelectorAll("main form [name]"))
        {
            switch (element)
            {
                case AngleSharp.Html.Dom.IHtmlInputElement { Type: "radio" or "checkbox" } choice:
                    if (choice.IsChecked)
                    {
                        fields[choice.Name!] = choice.Value;
                    }

                    break;
                case AngleSharp.Html.Dom.IHtmlInputElement input:
                    fields[input.Name!] = input.Value;
                    break;
                case AngleSharp.Html.Dom.IHtmlTextAreaElement area:
                    fields[area.Name!] = area.Value;
                    break;
                case AngleSharp.Html.Dom.IHtmlSelectElement select:
                    fields[select.Name!] = select.Value ?? "";
                    break;
            }
        }

        return fields;
    }

    private static FormUrlEncodedContent Form(IParentNode page, Dictionary<string, string> fields, params (string Name, string Value)[] more) =>
        new(fields.Where(field => field.Key != "__RequestVerificationToken").Select(field => KeyValuePair.Create(field.Key, field.Value))
            .Concat(more.Select(field => KeyValuePair.Create(field.Name, field.Value)))
            .Append(KeyValuePair.Create("__RequestVerificationToken", page.QuerySelector("main form [name=__RequestVerificationToken]")!.GetAttribute("value")!)));

    private static async Task<IDocument> SendAsync(HttpClient client, string path, IParentNode page, Dictionary<string, string> fields, params (string Name, string Value)[] more)
    {
        var answer = await client.PostAsync(path, Form(page, fields, more), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task SaveAsync(string kind, string key, ProgrammeRecord body) =>
        (await Records.SaveAsync(Office, [new RecordChange(kind, key, body)], "a test needs it", TestContext.Current.CancellationToken)).Problems.ShouldBeEmpty();
}
