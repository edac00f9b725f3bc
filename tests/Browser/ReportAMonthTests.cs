using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Pathfinder.Platform;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
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

        var ownerLink = await GiveAccountAsync();
        var complaints = new List<string>();

        // The programme office gives two posts to people and three milestones to the posts, on one page.
        var office = await site.OpenAsync("/rounds", complaints);
        await office.GetByRole(AriaRole.Button, new() { Name = "Set owners" }).ClickAsync();
        await office.ShouldBeAccessibleAsync();
        await AppointAsync(office, "Programme director of the round", "Robin Owner", "r.owner");
        await AppointAsync(office, "Safeguarding lead of the round", "Sam Other", "");
        await office.Locator("[name=kind]").SelectOptionAsync("milestone");
        await office.GetByRole(AriaRole.Button, new() { Name = "Show these" }).ClickAsync();
        await office.GetByLabel("New owner of " + Case).SelectOptionAsync("programme-director-of-the-round");
        await office.GetByLabel("New owner of " + Evaluation).SelectOptionAsync("programme-director-of-the-round");
        await office.GetByLabel("New owner of " + Referrals).SelectOptionAsync("safeguarding-lead-of-the-round");
        await office.GetByRole(AriaRole.Button, new() { Name = "Set these owners" }).ClickAsync();
        (await office.Locator(".govuk-error-summary").InnerTextAsync()).ShouldContain("Say why");
        await office.ShouldBeAccessibleAsync();
        await office.Locator("#owners [name=why]").FillAsync("Agreed at the programme board");
        await office.GetByRole(AriaRole.Button, new() { Name = "Set these owners" }).ClickAsync();
        (await office.Locator(".govuk-notification-banner").InnerTextAsync()).ShouldContain("Three records have the owner you chose");
        await office.ShouldBeAccessibleAsync();
        await office.GotoAsync(site.Address + "/milestones");
        (await Row(office, Case).InnerTextAsync()).ShouldContain("no report", Shouldly.Case.Insensitive, "naming an owner is no report");

        // It opens the round.
        await office.GotoAsync(site.Address + "/rounds");
        await office.GetByRole(AriaRole.Button, new() { Name = "Open a round" }).ClickAsync();
        await office.ShouldBeAccessibleAsync();
        await office.Locator("[name=work]").SelectOptionAsync("slp");
        await office.GetByRole(AriaRole.Button, new() { Name = "Open the round" }).ClickAsync();
        (await office.Locator("h1").InnerTextAsync()).ShouldContain("None of three lines is reported; two owners are still to answer; ");
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

        // A date of the past is no forecast.
        await full.GetByLabel("New forecast (leave empty if it stands)").FillAsync("June 2018");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Report these lines" }).ClickAsync();
        (await owner.Locator(".govuk-error-summary").InnerTextAsync()).ShouldContain("This date has passed");
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

        // What moved stands from what to what, and in the draft of the report.
        await office.GotoAsync(site.Address + round);
        (await office.Locator("#table-reported").InnerTextAsync()).ShouldContain("September 2017 → March 2030");
        (await office.Locator(".pf-draft").InnerTextAsync()).ShouldContain("The evaluation reports later");

        // The office chases the other owner and signs off.
        await office.GotoAsync(site.Address + round);
        await office.GetByRole(AriaRole.Button, new() { Name = "Chase Safeguarding lead of the round" }).ClickAsync();
        (await office.Locator(".govuk-notification-banner").InnerTextAsync()).ShouldContain("The owner was chased");
        await office.GetByRole(AriaRole.Button, new() { Name = "Sign the round off" }).ClickAsync();
        (await office.Locator(".govuk-error-summary").InnerTextAsync()).ShouldContain("Say why it is signed off although one line has no report");
        await office.GetByLabel("Why it is signed off without them").FillAsync("The board meets today");
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

    private static async Task AppointAsync(IPage page, string post, string person, string account)
    {
        await page.GetByText("Nobody holds the post you need?").ClickAsync();
        await page.Locator("#appoint [name=newPost]").FillAsync(post);
        await page.Locator("#appoint [name=person]").FillAsync(person);
        await page.Locator("#appoint [name=account]").FillAsync(account);
        await page.Locator("#appoint [name=why]").FillAsync("For the round");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give the post" }).ClickAsync();
        (await page.Locator(".govuk-notification-banner").InnerTextAsync()).ShouldContain("The post is held");
    }

    private static ILocator Row(IPage page, string title) => page.Locator("tbody tr", new() { HasText = title }).First;

    /// <summary>Gives the owner an account; gives the link with which that person signs in.</summary>
    private async Task<string> GiveAccountAsync()
    {
        await using var services = new ServiceCollection().AddLogging().AddPathfinder(new StoreOptions { Location = site.Store }).BuildServiceProvider();
        var context = new ChangeContext("administrator", "force", "An owner reports");
        var added = await services.GetRequiredService<IPeople>().AddAccountAsync(
            context, "r.owner", new Account("Robin Owner", true, [new Membership("force", [Role.Planner], [])]), null);
        added.Problems.ShouldBeEmpty();
        return (await services.GetRequiredService<ISignIn>().MakeLinkAsync(context, "r.owner", TimeSpan.FromMinutes(10))).Value;
    }
}
