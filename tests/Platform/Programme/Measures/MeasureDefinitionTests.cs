using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Tests.Programme.Measures;

public sealed class MeasureDefinitionTests
{
    private static readonly Measure InTime = new()
    {
        Title = "In time", Definition = "Share attended in time", Numerator = "attended in 15 minutes", Denominator = "calls", Threshold = 15,
    };

    [Fact]
    public async Task Measure_WithAnotherThresholdUnderTheSameVersion_IsRefusedByField()
    {
        await using var store = await ProgrammeStore.CreateAsync(StoreKind.Sqlite);
        await store.SaveAsync("2016-01-01", ("in-time", InTime));

        var refused = await ChangeAsync(store, InTime with { Threshold = 20, Denominator = "calls attended" });

        refused.Select(problem => problem.Field).ShouldBe(["denominator", "threshold"], ignoreOrder: true);
        refused.ShouldAllBe(problem => problem.Message.Contains("raise the version"));
    }

    [Fact]
    public async Task Measure_WithAHigherVersionOrMendedWords_IsSaved()
    {
        await using var store = await ProgrammeStore.CreateAsync(StoreKind.Sqlite);
        await store.SaveAsync("2016-01-01", ("in-time", InTime));

        (await ChangeAsync(store, InTime with { Definition = "Share of calls attended in time", ThresholdUnit = "minutes" })).ShouldBeEmpty();
        (await ChangeAsync(store, InTime with { Threshold = 20, ThresholdUnit = "minutes", Version = 2 })).ShouldBeEmpty();
        (await ChangeAsync(store, InTime with { Threshold = 20, ThresholdUnit = "minutes" })).Single().Field.ShouldBe("version");
    }

    private static async Task<IReadOnlyList<Pathfinder.Platform.Problems.Problem>> ChangeAsync(ProgrammeStore store, Measure measure) =>
        (await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("measure", "in-time", measure)], "The definition is looked at", TestContext.Current.CancellationToken)).Problems;
}
