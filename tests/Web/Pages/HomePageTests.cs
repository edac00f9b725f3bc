using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Web.Tests.Pages;

public sealed class HomePageTests
{
    private static readonly ChangeContext Somebody = new("system", "pathfinder", "a test needs a design");

    [Fact]
    public async Task Home_NothingDrawnYet_InvitesWhoMayDrawAndTellsTheOthers()
    {
        await using var site = new WebSite();
        await site.InitializeAsync();
        using var planner = await site.SignedInAsync(Role.Planner);
        using var reader = await site.SignedInAsync(Role.Reader);

        var home = await HomeAsync(planner);
        home.QuerySelector("#next-step")!.GetAttribute("href")!.ShouldStartWith("/designs/new");
        var read = await HomeAsync(reader);
        read.QuerySelector("#next-step").ShouldBeNull();
        read.QuerySelector(".pf-attention")!.TextContent.ShouldContain("No design has been drawn yet");

        var design = await DrawAsync(site);
        home = await HomeAsync(planner);
        home.QuerySelector("#next-step")!.GetAttribute("href")!.ShouldStartWith($"/designs/{design}/simulate");
    }

    [Fact]
    public async Task Home_RunThatFailed_IsNamedWithWhyAndALinkToIt()
    {
        await using var site = new WebSite { Instead = services => services.AddSingleton<ISimulation>(new Faulty()) };
        await site.InitializeAsync();
        using var planner = await site.SignedInAsync(Role.Planner);
        var design = await DrawAsync(site);
        var runs = site.App.Services.GetRequiredService<RunRegister>();
        var started = await site.App.Services.GetRequiredService<RunStarter>().StartAsync(new RunRequest { Design = design, Replications = 2, Days = 7 }, Somebody, TestContext.Current.CancellationToken);
        started.Problems.ShouldBeEmpty();
        for (var look = 0; look < 600 && await runs.FindAsync(started.Value.Key, TimeProvider.System.Now()) is not { HasEnded: true }; look++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var home = await HomeAsync(planner);
        home.QuerySelector("#next-step").ShouldBeNull();
        var first = home.QuerySelector(".pf-attention li")!;
        first.TextContent.ShouldContain("The run of Drawn stopped before its end");
        first.QuerySelector("a")!.GetAttribute("href")!.ShouldStartWith("/runs/" + started.Value.Key);
    }

    [Fact]
    public async Task Home_OfAPartner_BeginsWithTheirBoroughs()
    {
        await using var site = new WebSite();
        await site.InitializeAsync();
        using var partner = await site.SignedInAsync(Role.Partner);
        using var reader = await site.SignedInAsync(Role.Reader);
        var office = new Actor("system", "Office", "force", new HashSet<Role> { Role.ProgrammeOffice }, []);
        (await site.App.Services.GetRequiredService<IRecords>().SaveAsync(
            office,
            [
                new RecordChange("commitment", "here", new Commitment { Title = "A named officer for each school", Promise = "p", NotTestable = "Nothing is counted", Areas = ["HB01"] }),
                new RecordChange("commitment", "there", new Commitment { Title = "A second promise", Promise = "p", NotTestable = "Nothing is counted", Areas = ["HB02"] }),
            ],
            "a test", TestContext.Current.CancellationToken)).Problems.ShouldBeEmpty();

        var home = await HomeAsync(partner);
        var own = home.QuerySelector("main section")!;
        own.QuerySelector("h2 a")!.GetAttribute("href")!.ShouldStartWith("/areas/borough/HB01");
        home.QuerySelector("h1")!.TextContent.ShouldContain("The one promise that concerns");
        own.TextContent.ShouldContain("A named officer for each school");
        own.TextContent.ShouldNotContain("A second promise");
        home.QuerySelectorAll("nav a").ShouldNotContain(link => link.GetAttribute("href")!.StartsWith("/changes", StringComparison.Ordinal));
        (await HomeAsync(reader)).QuerySelector("[id^=own-]").ShouldBeNull();
    }

    [Fact]
    public async Task Home_NoForce_SaysHowToImportOne()
    {
        await using var site = new WebSite { WithForce = false };
        await site.InitializeAsync();
        using var planner = await site.SignedInAsync(Role.Planner);
        (await HomeAsync(planner)).Body!.TextContent.ShouldContain("./pathfinder import pack data/london");
    }

    private static async Task<string> DrawAsync(WebSite site)
    {
        var pack = await site.App.Services.GetRequiredService<IForcePacks>().FindCurrentAsync();
        var design = DesignStart.FromForce(pack!, new DateOnly(2017, 1, 1), "Drawn").Value;
        return (await site.App.Services.GetRequiredService<DesignRegister>().CreateAsync(design, Somebody)).Value;
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> HomeAsync(HttpClient client)
    {
        var answer = await client.GetAsync("/");
        return await WebSite.PageAsync(client, answer.Headers.Location?.OriginalString ?? "/");
    }

    private sealed class Faulty : ISimulation
    {
        public RunResult Run(
            CompiledScenario scenario, int replications, ulong seed, int threads, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default) =>
            throw new InvalidOperationException("A fault that a test made.");
    }
}
