using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Records;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Programme.Decisions;

public sealed class RestrictedSurroundingsTests
{
    [Fact]
    public async Task Risks_RestrictedOne_IsNamedToItsReadersWithoutWhatItSaysAndCountedForOthers()
    {
        await using var store = await ProgrammeAsync();

        var reader = await PartAsync(store, Papers.Officer);
        var other = await PartAsync(store, Papers.Person("petra", Role.Reader));

        reader.Rows.ShouldHaveSingleItem()[0].Text.ShouldBe("Sale of a site");
        reader.Rows[0].ShouldAllBe(said => !said.Text.Contains("4 million", StringComparison.Ordinal));
        reader.Rows[0][1].Text.ShouldContain("for a reason");
        other.Rows.ShouldBeEmpty();
        other.Finding.ShouldNotBeNull().ShouldContain("that you may read; one is withheld from you");
    }

    [Fact]
    public async Task NamedBy_AReading_IsWhatThePageShowsSomethingOf()
    {
        await using var store = await ProgrammeAsync();
        var view = store.View(Papers.Officer);
        var reading = await store.Reading("decision").ReadAsync(view, (await view.FindAsync("decision:tranche-1"))!);

        (await view.NamedByAsync(reading)).ShouldContain(record => record.Reference == "risk:sale" && record.Stated!.Handling.Marking == Marking.OfficialSensitive);
    }

    private static async Task<StoreFixture> ProgrammeAsync()
    {
        var store = await Papers.ProgrammeAsync(Papers.Complete);
        await store.SaveAsync("work", "merger", new WorkItem { Title = "Merger" });
        await store.SaveAsync("decision", "tranche-1", Papers.Complete with { Work = "merger" });
        await store.SaveAsync("risk", "sale", new Risk
        {
            Title = "Sale of a site", Work = "merger", Event = "The sale falls through", Effect = "A loss of £4 million",
            Handling = new Handling { Marking = Marking.OfficialSensitive, Readers = ["account:olive"], Ground = "commercial sensitivity" },
        });
        return store;
    }

    private static async Task<ReadingPart> PartAsync(StoreFixture store, Actor reader)
    {
        var view = store.View(reader);
        var reading = await store.Reading("decision").ReadAsync(view, (await view.FindAsync("decision:tranche-1"))!);
        return reading.Parts.Single(part => part.Id == "risks");
    }
}
