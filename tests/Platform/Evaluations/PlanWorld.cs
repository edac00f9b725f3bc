using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Tests.Programme;

namespace Pathfinder.Platform.Tests.Evaluations;

/// <summary>A small world: one pilot, X, beside one comparator, Y, eight months before and four after; the plan is written before the pilot begins.</summary>
internal static class PlanWorld
{
    public const string Key = "plan-of-x";

    public static readonly double[] Before = [84, 85, 86, 89, 87, 87, 90, 85];

    public static readonly Criterion Criterion = new()
    {
        Id = "in-time", Says = "X keeps up with Y", Measure = "in-time", Area = "X", Comparators = ["Y"], Test = CriterionTest.NotWorse, Value = 5, RevertFrom = 10,
        Before = ProgrammeStore.Stated("January 2016 to August 2016"), Window = ProgrammeStore.Stated("September 2016 to December 2016"), Mandatory = true, Primary = true,
    };

    public static readonly EvaluationPlan Plan = new()
    {
        Title = "Plan of X", Pilots = ["x"], Criteria = [Criterion], AgreedBy = [new PlanAgreement { Party = "council", On = ProgrammeStore.Stated("20 August 2016") }],
    };

    /// <summary>The world as known on the last day of August 2016, with the plan a draft in it.</summary>
    public static async Task<ProgrammeStore> CreateAsync(StoreKind kind = StoreKind.Sqlite)
    {
        var store = await ProgrammeStore.CreateAsync(kind);
        await store.SaveAsync(
            "2016-08-31",
            ("council", new Party { Title = "The council" }),
            ("x", new Pilot { Title = "Pilot of X", Unit = "X", Boroughs = [], Live = ProgrammeStore.Stated("1 September 2016") }),
            ("in-time", new Measure { Title = "In time", Definition = "Share in time", Unit = "%", Direction = MeasureDirection.Up }),
            (Key, Plan));
        await ObserveAsync(store, "2016-08-31", 1, "X", Before);
        await ObserveAsync(store, "2016-08-31", 1, "Y", [83, 84, 83, 85, 86, 86, 88, 87]);
        return store;
    }

    /// <summary>Records values of an area month by month.</summary>
    public static Task ObserveAsync(ProgrammeStore store, string known, int firstMonth, string area, IReadOnlyList<double> values) => store.SaveAsync(
        known, [.. values.Select((value, i) => ($"in-time-{area.ToLowerInvariant()}-{firstMonth + i}", (ProgrammeRecord)new Observation
        {
            Title = "In time", Measure = "in-time", Area = area, Period = ProgrammeStore.Stated(new DateOnly(2016, firstMonth + i, 1).ToString("MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)), Value = (decimal)value,
        }))]);

    /// <summary>Records the four months after: X as given, Y at 86.</summary>
    public static async Task HappenAsync(ProgrammeStore store, params double[] x)
    {
        await ObserveAsync(store, "2017-01-15", 9, "X", x);
        await ObserveAsync(store, "2017-01-15", 9, "Y", [86, 85, 86, 87]);
    }

    /// <summary>The newest version of the plan.</summary>
    public static async Task<StoredRecord<EvaluationPlan>> FindAsync(ProgrammeStore store) => (await Today(store).FindAsync<EvaluationPlan>(Key))!;

    /// <summary>What is known today.</summary>
    public static RecordView Today(ProgrammeStore store) => store.Records.View(ProgrammeStore.Office, TimeProvider.System.Now());

    /// <summary>Locks the plan.</summary>
    public static async Task LockAsync(ProgrammeStore store) =>
        (await store.Store.Get<PlanProcess>().LockAsync(ProgrammeStore.Office, Key, "Agreed by the board")).Problems.ShouldBeEmpty();
}
