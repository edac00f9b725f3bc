using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Pathfinder.Platform;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Browser.Tests;

/// <summary>The journey of every month: a round is opened, an owner reports, another is chased, the round is signed off.</summary>
public sealed class ReportAMonthTests(Site site, ITestOutputHelper output)
{
    private const string Case = "Full business case of the BCU model signed off";
    private const string Evaluation = "Evaluation complete";
    private const string Referrals = "Decision on support for safeguarding referrals";

    [Fact]
    public async Task Journey_ReportAMonthOnLondonsProgramme_EndsInMilestonesThatSayWhatWasReported()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var ownerLink = await GiveOwnersAsync();
        var complaints = new List<string>();

        // The programme office opens the round.
        var office = await site.OpenAsync("/rounds", complaints);
        await office.GetByRole(AriaRole.Button, new() { Name = "Open a round" }).ClickAsync();
        await office.ShouldBeAccessibleAsync();
        await office.Locator("[name=work]").SelectOptionAsync("slp");
        await office.GetByRole(AriaRole.Button, new() { Name = "Open the round" }).ClickAsync();
        (await office.Locator("h1").InnerTextAsync()).ShouldContain("None of three lines is reported; two owners are still to answer");
        await office.ShouldBeAccessibleAsync();
        var round = new Uri(office.Url).AbsolutePath;

        // An owner sees just the own lines, with what is known, and reports both.
        var owner = await site.OpenAsAsync(ownerLink, round, complaints);
        (await owner.Locator("h2").First.InnerTextAsync()).ShouldBe("Your lines as Programme director of the round: two to report");
        (await owner.Locator("main").InnerTextAsync()).ShouldNotContain(Referrals);
        var evaluation = owner.Locator(".pf-line", new() { HasText = Evaluation });
        (await evaluation.Locator("dl").InnerTextAsync()).ShouldContain("June 2017");
        (await evaluation.Locator("input[type=text]:visible").CountAsync()).ShouldBe(0, "nothing is asked before something changed");
        await owner.ShouldBeAccessibleAsync();
        await evaluation.GetByLabel("Not reached, and no new date yet").CheckAsync();
        await evaluation.GetByLabel("Why not, and what happens next").FillAsync("Waits for the figures of the autumn");
        var full = owner.Locator(".pf-line", new() { HasText = Case });
        await full.GetByLabel("Something changed").CheckAsync();
        await full.GetByLabel("New forecast (leave empty if it stands)").FillAsync("soon");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Report these lines" }).ClickAsync();

        // A mistake loses nothing that was typed.
        (await owner.Locator(".govuk-error-summary").InnerTextAsync()).ShouldContain("This is not a date");
        await owner.ShouldBeAccessibleAsync();
        (await full.GetByLabel("New forecast (leave empty if it stands)").InputValueAsync()).ShouldBe("soon");
        await full.GetByLabel("New forecast (leave empty if it stands)").FillAsync("March 2030");
        await full.GetByLabel("Why", new() { Exact = true }).FillAsync("The evaluation reports later");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Report these lines" }).ClickAsync();
        (await owner.Locator("h1").InnerTextAsync()).ShouldContain("Two of three lines are reported");
        await owner.ShouldBeAccessibleAsync();
        await owner.Context.CloseAsync();

        // The office chases the other owner and signs off.
        await office.GotoAsync(site.Address + round);
        await office.GetByRole(AriaRole.Button, new() { Name = "Chase Safeguarding lead of the round" }).ClickAsync();
        (await office.Locator(".govuk-notification-banner").InnerTextAsync()).ShouldContain("The owner was chased");
        await office.GetByRole(AriaRole.Button, new() { Name = "Sign the round off" }).ClickAsync();
        (await office.Locator("h1").InnerTextAsync()).ShouldContain("Signed off; one line has no report");
        await office.ShouldBeAccessibleAsync();

        // The milestones themselves say it.
        await office.GotoAsync(site.Address + "/milestones");
        (await Row(office, Case).InnerTextAsync()).ShouldContain("slipped: March 2030");
        (await Row(office, Referrals).InnerTextAsync()).ShouldContain("no report");
        await office.ShouldBeAccessibleAsync();
        complaints.ShouldBeEmpty();
        await office.CloseAsync();
    }

    private static ILocator Row(IPage page, string title) => page.Locator("tbody tr", new() { HasText = title }).First;

    /// <summary>Gives three of London's milestones owners, and one of the owners an account; gives the link with which that person signs in.</summary>
    private async Task<string> GiveOwnersAsync()
    {
        await using var services = new ServiceCollection().AddLogging().AddPathfinder(new StoreOptions { Location = site.Store }).BuildServiceProvider();
        var records = services.GetRequiredService<IRecords>();
        var office = new Actor("administrator", "Administrator", "force", new HashSet<Role> { Role.ProgrammeOffice }, []);
        var view = records.View(office, TimeProvider.System.Now());
        async Task<RecordChange> OwnedAsync(string key, string post) =>
            new("milestone", key, (await view.FindAsync<Milestone>(key)).ShouldNotBeNull().Body with { Owner = post });
        var saved = await records.SaveAsync(
            office,
            [
                new("post", "round-director", new Post { Title = "Programme director of the round" }),
                new("post", "round-safeguarding", new Post { Title = "Safeguarding lead of the round" }),
                new("person", "round-owner", new Person { Title = "Robin Owner", Account = "r.owner" }),
                new("person", "round-other", new Person { Title = "Sam Other" }),
                new("appointment", "round-owner-directs", new Appointment { Title = "Programme director", Person = "round-owner", Post = "round-director" }),
                new("appointment", "round-other-leads", new Appointment { Title = "Safeguarding lead", Person = "round-other", Post = "round-safeguarding" }),
                await OwnedAsync("full-business-case", "round-director"),
                await OwnedAsync("evaluation-complete", "round-director"),
                await OwnedAsync("safeguarding-referrals", "round-safeguarding"),
            ],
            "Owners for the round");
        saved.Problems.ShouldBeEmpty();

        var context = new ChangeContext("administrator", "force", "An owner reports");
        var added = await services.GetRequiredService<IPeople>().AddAccountAsync(
            context, "r.owner", new Account("Robin Owner", true, [new Membership("force", [Role.Planner], [])]), null);
        added.Problems.ShouldBeEmpty();
        return (await services.GetRequiredService<ISignIn>().MakeLinkAsync(context, "r.owner", TimeSpan.FromMinutes(10))).Value;
    }
}
