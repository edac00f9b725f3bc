using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Records;

public sealed class RecordPageTests
{
    private static readonly Actor Office = new("olive", "Olive", "mps", new HashSet<Role> { Role.ProgrammeOffice }, []);
    private static readonly Actor Reader = new("rita", "Rita", "mps", new HashSet<Role> { Role.Reader }, []);
    private static readonly DateOnly Start = new(2017, 1, 1);

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Page_OfAListWithWithheldRecords_IsThatPartOfTheWholeList(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var records = store.Get<IRecords>();
        var random = new Random(7);
        await records.SaveAsync(Office, Enumerable.Range(0, 60).Select(i => new RecordChange("work", $"w{i}", Work($"Work {i}", random.Next(3) == 0), Start.AddDays(random.Next(20)), null, Start.AddDays(random.Next(20)))).ToList(), "start", Cancel);
        var work = records.Catalogue.Get<WorkItem>();

        foreach (var at in new[] { new AsAt(Start.AddDays(10), Start.AddDays(10)), new AsAt(Start.AddDays(30), Start.AddDays(30)) })
        {
            foreach (var reader in new[] { null, Reader, Office })
            {
                var whole = await records.View(reader, at).ListAsync(work, Cancel);
                var withheld = await records.View(reader, at).WithheldAsync(work, Cancel);
                foreach (var skip in new[] { 0, 7, 55, 100 })
                {
                    var page = await records.View(reader, at).PageAsync(work, skip, 10, Cancel);
                    page.Records.Select(record => record.VersionId).ShouldBe(whole.Skip(skip).Take(10).Select(record => record.VersionId));
                    page.Total.ShouldBe(whole.Count);
                    page.Withheld.ShouldBe(withheld);
                }
            }
        }
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task List_ReadAgainAfterAChangeElsewhere_ShowsIt(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await using var other = store.Another();
        var (here, elsewhere) = (store.Get<IRecords>(), (IRecords)other.GetService(typeof(IRecords))!);
        var at = TimeProvider.System.Now();
        await here.SaveAsync(Office, [new("work", "a", Work("A", false)), new("work", "b", Work("B", false))], "start", Cancel);
        (await TitlesAsync(here, at)).ShouldBe("A B");

        await elsewhere.SaveAsync(Office, [new("work", "a", Work("A2", false))], "change", Cancel);
        (await TitlesAsync(here, at)).ShouldBe("A2 B");
        await elsewhere.SaveAsync(Office, [new("risk", "r", new Platform.Programme.Risks.Risk { Title = "R", Event = "e" })], "another kind", Cancel);
        (await TitlesAsync(here, at)).ShouldBe("A2 B");
        await elsewhere.EndAsync(Office, "work", "b", at.Effective, "over", Cancel);
        await elsewhere.SaveAsync(Office, [new("work", "c", Work("C", true))], "withheld", Cancel);
        (await TitlesAsync(here, at)).ShouldBe("A2 C");
        (await here.View(Reader, at).PageAsync(here.Catalogue.Get<WorkItem>(), 0, 10, Cancel)).Records.ShouldHaveSingleItem().Body.Title.ShouldBe("A2");
    }

    private static async Task<string> TitlesAsync(IRecords records, AsAt at)
    {
        var listed = string.Join(' ', (await records.View(null, at).ListAsync<WorkItem>(Cancel)).Select(record => record.Body.Title));
        var paged = string.Join(' ', (await records.View(null, at).PageAsync(records.Catalogue.Get<WorkItem>(), 0, 10, Cancel)).Records.Select(record => record.Body.Title));
        paged.ShouldBe(listed);
        return listed;
    }

    private static WorkItem Work(string title, bool withheld) =>
        new() { Title = title, Handling = withheld ? new Handling { Readers = ["account:olive"], Ground = "personal data" } : new Handling() };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
