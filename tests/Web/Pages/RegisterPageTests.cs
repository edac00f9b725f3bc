using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Tests.Pages;

public sealed partial class RegisterPageTests(WebSite site)
{
    private static readonly DateOnly Day = new(2017, 5, 12);

    [Fact]
    public async Task Source_OnceTheTextIsAttached_OpensThePassage()
    {
        await SaveAsync("document", "sourced-report", new Document { Title = "The sourced report" });
        await SaveAsync("milestone", "sourced", new Milestone { Title = "Sourced", Sources = [new Locator { Document = "sourced-report", Section = "Milestones", Lines = "2-3" }] });
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        const string dates = "?effective=2017-05-12&known=2017-05-12";
        var before = await WebSite.PageAsync(client, "/milestones/sourced" + dates);
        before.QuerySelector(".pf-sources")!.TextContent.ShouldContain("The sourced report, Milestones, lines 2 to 3; text not attached");

        var path = "/documents/sourced-report/text" + dates;
        var attached = await client.PostAsync(path + "&handler=Attach", Form(await client.GetStringAsync(path, Cancel), "report.txt", "one\ntwo\n<three>\nfour\n", ("why", "Sent to us")), Cancel);
        attached.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var link = (await WebSite.PageAsync(client, "/milestones/sourced" + dates)).QuerySelector(".pf-sources a")!.GetAttribute("href")!;
        link.ShouldEndWith("#L2");
        var page = await WebSite.PageAsync(client, link.Split('#')[0]);
        page.QuerySelectorAll(".pf-lines li").Length.ShouldBe(4);
        page.QuerySelectorAll("mark").Select(mark => (mark.ParentElement!.Id, mark.TextContent)).ShouldBe([("L2", "two"), ("L3", "<three>")]);
    }

    [Fact]
    public async Task Import_TriedThenSaved_ChangesWhatTheFileSays()
    {
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        var page = await client.GetStringAsync("/programme/import?kind=tranche", Cancel);

        var refused = await client.PostAsync("/programme/import", Form(page, "t.csv", "title,series,number\n,S0,1\n", ("kind", "tranche")), Cancel);
        var tried = await (await client.PostAsync("/programme/import", Form(page, "t.csv", "key,record.version,title,series,number\nimported-one,new,Imported one,S0,1\n", ("kind", "tranche")), Cancel)).Content.ReadAsStringAsync(Cancel);
        var absent = await client.GetAsync("/api/v1/tranches.csv", Cancel);
        var fields = Hidden().Matches(tried).Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value))).Where(field => field.Item1 is "kind" or "name" or "content");
        var saved = await WebSite.PostAsync(client, "/programme/import?handler=Save", tried, [.. fields, ("why", "From the spreadsheet")]);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("t.csv, row 2, title");
        tried.ShouldContain("Nothing has been saved yet");
        tried.ShouldContain("row 2, new: <b>Imported one</b>");
        tried.ShouldContain("<li>Number: 1</li>");
        (await absent.Content.ReadAsStringAsync(Cancel)).ShouldNotContain("Imported one");
        (await saved.Content.ReadAsStringAsync(Cancel)).ShouldContain("1 added, 0 changed");
        (await client.GetStringAsync("/api/v1/tranches.csv", Cancel)).ShouldContain("Imported one");
    }

    [Fact]
    public async Task Search_ForWordsOfARecord_LeadsToItWithItsWordsMarked()
    {
        await SaveAsync("milestone", "zebra-crossing", new Milestone { Title = "The zebra crossing", Summary = "Opens with <b>stripes</b>" });
        using var client = await site.SignedInAsync(Role.Reader);

        var page = await WebSite.PageAsync(client, "/search?q=zebra+stripes&effective=2017-05-12&known=2017-05-12");
        var none = await WebSite.PageAsync(client, "/search?q=zebra&effective=2017-05-12&known=2017-05-11");
        var answer = await client.GetStringAsync("/api/v1/search?q=zebra", Cancel);

        var hit = page.QuerySelector(".pf-search__hits a")!;
        hit.GetAttribute("href").ShouldBe("/milestones/zebra-crossing?effective=2017-05-12&known=2017-05-12");
        page.QuerySelectorAll(".pf-search__hits mark").Select(mark => mark.TextContent).ShouldBe(["zebra", "stripes"]);
        none.QuerySelectorAll(".pf-search__hits li").ShouldBeEmpty();
        answer.ShouldContain("\"href\":\"/milestones/zebra-crossing\"");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task SaveAsync(string kind, string key, ProgrammeRecord body)
    {
        var actor = new Actor("planter", "Planter", "force", new HashSet<Role> { Role.ProgrammeOffice }, []);
        (await site.App.Services.GetRequiredService<IRecords>().SaveAsync(actor, [new RecordChange(kind, key, body, Day, Known: Day)], "As reported", Cancel)).Problems.ShouldBeEmpty();
    }

    private static MultipartFormDataContent Form(string page, string name, string content, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        form.Add(new StringContent(Token().Match(page).Groups["token"].Value), "__RequestVerificationToken");
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(file, "file", name);
        return form;
    }

    [GeneratedRegex("__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[a-z]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}
