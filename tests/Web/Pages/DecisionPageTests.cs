using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Tests.Pages;

public sealed class DecisionPageTests(WebSite site)
{
    private static readonly Actor Office = new("office", "Office", "force", new HashSet<Role> { Role.ProgrammeOffice }, []);

    private static string Dates => TimeProvider.System.LondonToday().ToString("'?effective='yyyy-MM-dd'&known='yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private IRecords Records => site.App.Services.GetRequiredService<IRecords>();

    [Fact]
    public async Task Paper_SectionThatSaysSomethingAndIsNil_IsRefusedAtItsBox()
    {
        using var client = await site.SignedInAsync(Role.ProgrammeOffice);
        var page = await client.GetStringAsync("/decisions/paper" + Dates, TestContext.Current.CancellationToken);

        var answer = await WebSite.PostAsync(
            client, "/decisions/paper" + Dates, page, ("title", "Both ways"), ("section-3", "A duty is owed."), ("section-nil-3", "yes"), ("publication", "OnApproval"), ("why", "Begun"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, "a saved draft would lead on");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("says something and is a nil return as well");
    }

    [Fact]
    public async Task Sign_FactMovedSinceThePaperWasSubmitted_AsksForItToBeTicked()
    {
        await SaveAsync("milestone", "signed-on", At("June 2030"));
        await SaveAsync("document", "signed-paper", new Document { Title = "The paper" });
        var relied = (await Records.View(Office, TimeProvider.System.Now()).FindAsync("milestone:signed-on", TestContext.Current.CancellationToken))!;
        await SaveAsync("decision", "to-sign", new Decision
        {
            Title = "To sign", State = DecisionState.Submitted, Sources = [new Locator { Document = "signed-paper" }],
            RestsOn = [new Reliance { On = "milestone:signed-on", Version = relied.VersionId, Fingerprint = Reliances.Fingerprint(relied) }],
        });
        using var client = await site.SignedInAsync(Role.DecisionMaker);
        (await WebSite.PageAsync(client, "/decisions/to-sign/sign" + Dates)).QuerySelector("input[name=seenChanges]").ShouldBeNull("nothing moved");

        await SaveAsync("milestone", "signed-on", At("September 2030"));

        var box = (await WebSite.PageAsync(client, "/decisions/to-sign/sign" + Dates)).QuerySelector("input[name=seenChanges]").ShouldNotBeNull();
        box.HasAttribute("checked").ShouldBeFalse();
        box.ParentElement!.TextContent.ShouldContain("June 2030 → September 2030");
    }

    private static Milestone At(string date) => new() { Title = "Signed on", Baselines = [new Baseline { Date = PartialDate.TryParse(date, out var read) ? read : null }] };

    private async Task SaveAsync(string kind, string key, ProgrammeRecord body) =>
        (await Records.SaveAsync(Office, [new RecordChange(kind, key, body)], "a test needs it", TestContext.Current.CancellationToken)).Problems.ShouldBeEmpty();
}
