using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Records;
using static Pathfinder.Platform.Tests.Programme.ProgrammeStore;

namespace Pathfinder.Platform.Tests.Programme.Portfolio;

public class WorkReadingTests
{
    [Fact]
    public async Task Portfolio_AsAtItsReport_IsATreeWithLeadsAndWhatWasReported()
    {
        await using var store = await PortfolioAsync();
        var view = store.View("2010-02-28");
        var reading = await store.ReadAsync("work", view);
        reading.Headline.ShouldBe("Two of three pieces of work have no report");
        reading.Cells["race"].Select(cell => cell.Text).ShouldBe(["Streets", "J Owen; A Adams (supports); SOP (parent committee)", "February 2010"]);
        reading.Cells["blunt"][2].Text.ShouldBe("no report for February 2010: a new area of work");
        reading.Cells["finance"].Select(cell => (cell.Text, cell.Standing)).ShouldBe([("Streets", Standing.Plain), ("nobody named", Standing.Missing), ("no report", Standing.Missing)]);

        var tree = (await store.ReadAsync("work", "forward", view)).Parts.Single(part => part.Id == "under-it");
        tree.Finding.ShouldBe("Two of three have no report");
        tree.Rows.Select(row => row[0].Text).ShouldBe(["Streets", "– Race", "– Blunt", "– Finance"], "in the order of the report");
    }

    [Fact]
    public async Task Work_ThirtyDaysAfterItsReport_IsSilentSince()
    {
        await using var store = await PortfolioAsync();
        (await store.ReadAsync("work", store.View("2010-03-30"))).Cells["race"][2].Text.ShouldBe("February 2010");
        (await store.ReadAsync("work", store.View("2010-03-31"))).Cells["race"][2].ShouldBe(
            new Said("February 2010; silent since 28 February 2010", Standing.Watch, "progress-report:race-report"));
    }

    [Fact]
    public async Task Work_ThatIsItsOwnAncestor_IsNotFollowedRound()
    {
        await using var store = await CreateAsync();
        await store.SaveAsync("2010-02-28", ("a", new WorkItem { Title = "A", Work = "b" }), ("b", new WorkItem { Title = "B", Work = "a" }));
        (await store.ReadAsync("work", "a", store.View("2010-02-28"))).Parts.Single(part => part.Id == "under-it").Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ProgressReports_SomeNil_SayHowMany()
    {
        await using var store = await PortfolioAsync();
        var reading = await store.ReadAsync("progress-report", store.View("2010-05-01"));
        reading.Headline.ShouldBe("Nothing is reported in one of two reports");
        reading.Cells["race-report"].Select(cell => cell.Text).ShouldBe(["one thing", "two, one with a date, one of them passed"]);
    }

    private static async Task<ProgrammeStore> PortfolioAsync()
    {
        var store = await CreateAsync();
        await store.SaveAsync(
            "2010-02-28",
            ("owen", new Person { Title = "J Owen" }), ("adams", new Person { Title = "A Adams" }),
            ("sop", new Body { Title = "Strategic and operational policing", ShortName = "SOP" }),
            ("forward", new WorkItem { Title = "Forward", Level = WorkLevel.Portfolio }),
            ("streets", new WorkItem { Title = "Streets", Level = WorkLevel.Strand, Work = "forward", Order = 1 }),
            ("race", new WorkItem
            {
                Title = "Race", Level = WorkLevel.Project, Work = "streets", Order = 1,
                Leads = [new() { Person = "owen" }, new() { Role = LeadRole.Supports, Person = "adams" }, new() { Role = LeadRole.ParentCommittee, Body = "sop" }],
            }),
            ("blunt", new WorkItem { Title = "Blunt", Level = WorkLevel.Project, Work = "streets", Order = 2 }),
            ("finance", new WorkItem { Title = "Finance", Level = WorkLevel.Project, Work = "streets", Order = 3 }),
            ("race-report", new ProgressReport
            {
                Title = "Race", Work = "race", Period = Stated("February 2010"), Progress = ["A meeting was held"],
                Next = [new() { What = "Report to the committee", When = Stated("April 2010") }, new() { What = "Review" }],
            }),
            ("blunt-report", new ProgressReport { Title = "Blunt", Work = "blunt", Period = Stated("February 2010"), NotReported = "a new area of work" }));
        return store;
    }
}
