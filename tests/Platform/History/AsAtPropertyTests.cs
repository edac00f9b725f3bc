using FsCheck.Fluent;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.History;

/// <summary>Answers as at three dates against a model that replays every change in order, over random histories of one fact.</summary>
public sealed class AsAtPropertyTests
{
    private static readonly GovernedKind<Value> Values = new("test-value");
    private static readonly ChangeContext Anna = new("anna", "mps", "test");
    private static readonly DateOnly Origin = new(2017, 1, 1);

    /// <summary>A small calendar, so that periods and known days collide often.</summary>
    private const int Days = 6;

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Find_RandomHistories_AgreesWithTheNaiveModel(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var change = Gen.Choose(0, Days - 1).SelectMany(
            from => Gen.Choose(1, Days).SelectMany(
                length => Gen.Choose(0, Days - 1).SelectMany(
                    known => Gen.Choose(0, 9).Select(form => new Change(from, form < 5 ? null : from + length, known, form is 0 or 9)))));
        var histories = Gen.Sample(change.ListOf(8), 20).Select((changes, number) => (Key: $"fact{number:00}", Changes: changes.ToList())).ToList();
        var times = await WriteAsync(store, histories);
        var asked = 0;

        foreach (var (key, changes) in histories)
        {
            for (var recorded = 0; recorded <= changes.Count; recorded += 2)
            {
                for (var effective = 0; effective < Days; effective++)
                {
                    for (var known = 0; known < Days; known += 2)
                    {
                        var at = new AsAt(
                            Origin.AddDays(effective), Origin.AddDays(known), recorded == changes.Count ? null : times[recorded]);
                        var found = await store.History.FindAsync(Values, key, at, Cancel);

                        (found?.Body!.Number).ShouldBe(Model(changes, effective, known, recorded), $"{key} {at}\n{string.Join('\n', changes)}");
                        asked++;
                    }
                }
            }
        }

        asked.ShouldBeGreaterThan(1000);
        (await store.Get<IAudit>().VerifyAsync([], Cancel)).Findings.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Log_OldBodies_AreWhatHeldBefore(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        Change[] changes = [new(0, null, 0, false), new(2, 4, 1, false), new(3, null, 1, true), new(3, null, 0, false), new(3, null, 5, false)];
        await WriteAsync(store, [("fact", changes.ToList())]);

        var log = (await store.Get<IAudit>().ListAsync(new LogQuery(Kind: "test-value", Key: "fact"), Cancel)).Reverse().ToList();

        for (var i = 0; i < changes.Length; i++)
        {
            var before = Model(changes, changes[i].From, changes[i].Known, i);
            log[i].Old.ShouldBe(before is { } number ? $$"""{"number":{{number}}}""" : null);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Paints each change known by the day over a calendar, oldest known first, in the order recorded; what is on top on the day answers.</summary>
    private static int? Model(IReadOnlyList<Change> changes, int effective, int known, int recorded)
    {
        var calendar = new int?[Days * 3];
        for (var day = 0; day <= known; day++)
        {
            for (var i = 0; i < Math.Min(recorded, changes.Count); i++)
            {
                if (changes[i].Known == day)
                {
                    for (var painted = changes[i].From; painted < (changes[i].IsEnd ? calendar.Length : changes[i].Until ?? calendar.Length); painted++)
                    {
                        calendar[painted] = changes[i].IsEnd ? null : i;
                    }
                }
            }
        }

        return calendar[effective];
    }

    /// <summary>Writes change i of every history in one commit, and returns the recorded time before each.</summary>
    private static async Task<List<DateTimeOffset>> WriteAsync(StoreFixture store, List<(string Key, List<Change> Changes)> histories)
    {
        var times = new List<DateTimeOffset>();
        for (var i = 0; i < histories.Max(history => history.Changes.Count); i++)
        {
            times.Add(await store.History.LatestRecordedAsync(Cancel));
            await store.History.CommitAsync(
                Anna,
                set =>
                {
                    foreach (var (key, changes) in histories.Where(history => i < history.Changes.Count))
                    {
                        var change = changes[i];
                        if (change.IsEnd)
                        {
                            set.End(Values, key, Origin.AddDays(change.From), Origin.AddDays(change.Known));
                        }
                        else
                        {
                            var until = change.Until is { } day ? Origin.AddDays(day) : (DateOnly?)null;
                            set.Record(Values, key, new Value(i), new(Origin.AddDays(change.From), until), Origin.AddDays(change.Known));
                        }
                    }
                },
                Cancel);
        }

        return times;
    }

    private sealed record Value(int Number);

    private sealed record Change(int From, int? Until, int Known, bool IsEnd);
}
