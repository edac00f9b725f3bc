using System.Text;
using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Records.Files;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Tests.Programme;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Evaluations;

/// <summary>A locked plan changes by an amendment with a reason, and by nothing else, whatever door is tried.</summary>
public sealed class LockedPlanTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static EvaluationPlan Softened(EvaluationPlan plan) => plan with { Criteria = [plan.Criteria[0] with { Value = 12, RevertFrom = 20 }] };

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Lock_BeforeThePilot_SaysWhatItCouldFindAndThatNothingWasSeen(StoreKind kind)
    {
        await using var store = await PlanWorld.CreateAsync(kind);

        await PlanWorld.LockAsync(store);

        var plan = (await PlanWorld.FindAsync(store)).Body;
        plan.Lock!.ResultsSeen.ShouldBeFalse();
        plan.Lock.Hash.ShouldBe(PlanSeal.Hash(plan));
        // The gap before: standard deviation 1.768, autocorrelation −0.03 taken as none; 3.107 standard errors of 8 and 4 months.
        var power = plan.Power.ShouldHaveSingleItem();
        (power.Before, power.After, power.Autocorrelation).ShouldBe((8, 4, 0.027857m));
        ((double)power.Smallest!).ShouldBe(3.1075 * 1.767767 * Math.Sqrt((1 / 8.0) + (1 / 4.0)) * Math.Sqrt(1.027857 / 0.972143), 0.002);
        plan.Definitions.ShouldHaveSingleItem().Definition.ShouldBe("Share in time");
    }

    [Fact]
    public async Task Lock_NobodyAgreedAndNothingMandatory_EachIsNamed()
    {
        await using var store = await PlanWorld.CreateAsync();
        await store.SaveAsync("2016-08-31", (PlanWorld.Key, PlanWorld.Plan with { AgreedBy = [], Criteria = [PlanWorld.Criterion with { Mandatory = false }] }));

        var locked = await store.Store.Get<PlanProcess>().LockAsync(ProgrammeStore.Office, PlanWorld.Key, "Agreed", cancellation: Cancel);

        locked.Problems.Select(problem => problem.Field).ShouldBe(["criteria", "agreedBy"]);
    }

    [Theory]
    [InlineData(CriterionMethod.Sdid, "January 2016 to August 2016", "September 2016 to December 2016", "method", "sdid, 1 comparator")]
    [InlineData(CriterionMethod.Sc, "July 2016 to August 2016", "September 2016 to December 2016", "method|before", "sc, 1 comparator|July 2016 to August 2016, 2 times")]
    [InlineData(CriterionMethod.Its, "March 2016 to August 2016", "September 2016 to October 2016", "before|window", "March 2016 to August 2016, 6 times|September 2016 to October 2016, 2 times")]
    [InlineData(CriterionMethod.Did, "August 2016", "September 2016 to December 2016", "before", "1 time before, 4 after")]
    public async Task Lock_MethodThatItsComparatorsOrMonthsCanNeverFeed_IsRefusedWithTheReason(CriterionMethod method, string before, string window, string fields, string found)
    {
        await using var store = await PlanWorld.CreateAsync();
        var criterion = PlanWorld.Criterion with { Method = method, Before = ProgrammeStore.Stated(before), Window = ProgrammeStore.Stated(window) };
        await store.SaveAsync("2016-08-31", (PlanWorld.Key, PlanWorld.Plan with { Criteria = [criterion] }));

        var locked = await store.Store.Get<PlanProcess>().LockAsync(ProgrammeStore.Office, PlanWorld.Key, "Agreed", cancellation: Cancel);

        locked.Problems.Select(problem => problem.Field).ShouldBe(fields.Split('|').Select(field => "criteria[0]." + field));
        locked.Problems.Select(problem => problem.Found).ShouldBe(found.Split('|'));
        locked.Problems[0].Message.ShouldStartWith("“X keeps up with Y” could never be tested by " + method.ToString().ToLowerInvariant());
        (await PlanWorld.FindAsync(store)).Body.Lock.ShouldBeNull();
    }

    [Fact]
    public async Task Lock_EffectOnAMeasureThatSaysNoDirection_IsRefusedAndSoIsSavingIt()
    {
        await using var store = await PlanWorld.CreateAsync();
        await store.SaveAsync("2016-08-31", ("robbery", new Measure { Title = "Recorded robbery", Definition = "Offences", Unit = "offences", Direction = MeasureDirection.Neither }));
        var plan = PlanWorld.Plan with { Criteria = [PlanWorld.Criterion with { Measure = "robbery" }] };

        var saved = await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("evaluation-plan", PlanWorld.Key, plan)], "another measure", Cancel);
        // A draft of before the measure lost its direction.
        await store.SaveAsync("2016-08-31", ("in-time", new Measure { Title = "In time", Definition = "Share in time", Unit = "%", Direction = MeasureDirection.Neither }));
        var locked = await store.Store.Get<PlanProcess>().LockAsync(ProgrammeStore.Office, PlanWorld.Key, "Agreed", cancellation: Cancel);

        saved.Problems.ShouldHaveSingleItem().Field.ShouldBe("criteria[0].measure");
        locked.Problems.ShouldHaveSingleItem().Message.ShouldBe("“X keeps up with Y” could never be tested: “In time” does not say which way is better");
    }

    [Fact]
    public async Task Plan_NamingAreasThatThereAreNot_IsRefusedWithTheCodeThatIsMeant()
    {
        await using var london = await LondonProgramme.CopyAsync();
        var plan = new EvaluationPlan
        {
            Title = "Ours", Pilots = ["pathfinder-east"],
            Criteria = [PlanWorld.Criterion with { Measure = "i-in-target", Area = "Central North", Comparators = ["Mars"], Before = ProgrammeStore.Stated("July 2016 to February 2017"), Window = ProgrammeStore.Stated("May 2017 to August 2017") }],
        };

        var saved = await london.Get<IRecords>().SaveAsync(ProgrammeStore.Office, [new RecordChange("evaluation-plan", "ours", plan)], "a trial", Cancel);
        var right = await london.Get<IRecords>().SaveAsync(ProgrammeStore.Office, [new RecordChange("evaluation-plan", "ours", plan with { Criteria = [plan.Criteria[0] with { Area = "CN", Comparators = ["MPS", "E09000030"] }] })], "a trial", Cancel);

        saved.Problems.Select(problem => (problem.Field, problem.Found)).ShouldBe([("criteria[0].area", "Central North"), ("criteria[0].comparators", "Mars")]);
        saved.Problems[0].Accepted.ShouldBe("CN, the code of Central North");
        saved.Problems[1].Accepted!.ShouldEndWith("the measure is observed in CN, E09000019, EA, MPS");
        right.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Title_OfALockedPlan_ChangesByAnAmendmentAlone()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        var plan = (await PlanWorld.FindAsync(store)).Body with { Title = "A kinder name" };

        var edited = await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("evaluation-plan", PlanWorld.Key, plan)], "renamed", Cancel);
        var amended = await store.Store.Get<PlanProcess>().AmendAsync(ProgrammeStore.Office, PlanWorld.Key, plan, "The board asked for it", cancellation: Cancel);

        edited.Problems.ShouldHaveSingleItem().Field.ShouldBe("title");
        amended.Problems.ShouldBeEmpty();
        (await PlanWorld.FindAsync(store)).Body.Amendments.ShouldHaveSingleItem().Changed!.ShouldContain("Plan of X → A kinder name");
    }

    [Fact]
    public async Task Amend_ToAMethodThatCanNeverBeFed_IsRefused()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        var plan = (await PlanWorld.FindAsync(store)).Body;

        var amended = await store.Store.Get<PlanProcess>().AmendAsync(ProgrammeStore.Office, PlanWorld.Key, plan with { Criteria = [plan.Criteria[0] with { Method = CriterionMethod.Sdid }] }, "A finer method", cancellation: Cancel);

        amended.Problems.ShouldHaveSingleItem().Field.ShouldBe("criteria[0].method");
    }

    [Fact]
    public async Task Plan_ThatArrivesWithAHashNotItsOwn_IsRefusedWithTheHashItBringsAndTheOneThatFits()
    {
        await using var store = await PlanWorld.CreateAsync();
        var plan = PlanWorld.Plan with { Lock = new PlanLock { On = new(2016, 8, 31), By = "Olive", Hash = "00" } };

        var saved = await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("evaluation-plan", "arriving", plan)], "copied", Cancel);

        var problem = saved.Problems.Single(one => one.Field == "lock.hash");
        (problem.Found, problem.Accepted).ShouldBe(("00", PlanSeal.Hash(plan)));
    }

    [Fact]
    public async Task Edit_ThatDatesALockedPlanBeforeItsLock_IsRefused()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        var found = await PlanWorld.FindAsync(store);
        var before = found.Body.Lock!.On!.Value.AddDays(-1);

        var from = await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("evaluation-plan", PlanWorld.Key, found.Body, before)], "earlier", Cancel);
        var known = await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("evaluation-plan", PlanWorld.Key, found.Body, Known: before)], "earlier", Cancel);

        from.Problems.ShouldHaveSingleItem().Field.ShouldBe("from");
        known.Problems.ShouldHaveSingleItem().Field.ShouldBe("known");
    }

    [Fact]
    public async Task Edit_OfALockedCriterion_IsRefusedWithTheWayToChangeIt()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        var found = await PlanWorld.FindAsync(store);

        var saved = await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("evaluation-plan", PlanWorld.Key, Softened(found.Body), Expected: found.VersionId)], "softer", Cancel);

        saved.Problems.ShouldHaveSingleItem().Message.ShouldContain("amendment with a reason");
        (await PlanWorld.FindAsync(store)).VersionId.ShouldBe(found.VersionId);
    }

    [Theory]
    [InlineData("unlocked", "neither taken off")]
    [InlineData("relocked", "neither taken off")]
    [InlineData("amended by hand", "by its step")]
    [InlineData("backdated", "amendment with a reason")]
    public async Task Edit_AroundTheLock_IsRefused(string trick, string message)
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        var body = (await PlanWorld.FindAsync(store)).Body;
        var soft = Softened(body);
        var (change, known) = trick switch
        {
            "unlocked" => (soft with { Lock = null, Power = [], Definitions = [] }, (DateOnly?)null),
            "relocked" => (soft with { Lock = body.Lock! with { Hash = PlanSeal.Hash(soft) } }, null),
            "amended by hand" => (soft with { Amendments = [new PlanAmendment { On = new(2017, 1, 1), Reason = "x", Before = body.Lock!.Hash, After = PlanSeal.Hash(soft) }] }, null),
            _ => (soft, new DateOnly(2016, 8, 31)),
        };

        var saved = await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("evaluation-plan", PlanWorld.Key, change, From: known, Known: known)], "softer", Cancel);

        saved.Problems.ShouldContain(problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task End_OfALockedPlan_IsRefused()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);

        var ended = await store.Records.EndAsync(ProgrammeStore.Office, "evaluation-plan", PlanWorld.Key, new(2017, 1, 1), "gone", Cancel);

        ended.Problems.ShouldHaveSingleItem().Message.ShouldContain("does not end");
    }

    [Fact]
    public async Task ProgrammeFile_WithAChangedCriterionOrAnEnd_IsRefusedAndNothingIsRecorded()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        var exchange = store.Store.Get<IProgrammeExchange>();
        var exported = Encoding.UTF8.GetString((await exchange.ExportAsync(ProgrammeStore.Office, new ProgrammeSelection { Kinds = ["evaluation-plan"] }, Cancel)).Value);
        var before = (await PlanWorld.FindAsync(store)).VersionId;

        // The softened copy stands beside what the store has, so the locked version is told apart by its lock.
        var place = exported.LastIndexOf("\"value\": 5", StringComparison.Ordinal);
        var softened = exported[..place] + "\"value\": 9" + exported[(place + 10)..];
        var imported = await ImportAsync(exchange, softened);
        var same = await ImportAsync(exchange, exported);

        place.ShouldBeGreaterThan(0);
        imported.Problems.ShouldHaveSingleItem().Message.ShouldContain("amendment with a reason");
        same.Value.Recorded.ShouldBe(0);
        (await PlanWorld.FindAsync(store)).VersionId.ShouldBe(before);
    }

    [Fact]
    public async Task Spreadsheet_WithAChangedMargin_IsRefused()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        var files = store.Store.Get<RegisterFiles>();
        var kind = store.Records.Catalogue.Get<EvaluationPlan>();
        var csv = Encoding.UTF8.GetString((await files.ExportAsync(PlanWorld.Today(store), kind, RegisterFormat.Csv, cancellation: Cancel)).Value.Bytes);

        var imported = await files.ImportAsync(ProgrammeStore.Office, kind, "plans.csv", Encoding.UTF8.GetBytes(csv.Replace(",5,10,", ",9,10,", StringComparison.Ordinal)), "softer", trial: false, Cancel);

        csv.ShouldContain(",5,10,");
        imported.Problems.ShouldHaveSingleItem().Message.ShouldContain("amendment with a reason");
    }

    [Fact]
    public async Task Amend_AfterResultsCame_IsKeptWithReasonAndThatTheyWereSeen()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        await PlanWorld.HappenAsync(store, 74, 75, 76, 77);
        var process = store.Store.Get<PlanProcess>();
        var locked = (await PlanWorld.FindAsync(store)).Body;

        var without = await process.AmendAsync(ProgrammeStore.Office, PlanWorld.Key, Softened(locked), " ", cancellation: Cancel);
        var nothing = await process.AmendAsync(ProgrammeStore.Office, PlanWorld.Key, locked, "no change", cancellation: Cancel);
        var amended = await process.AmendAsync(ProgrammeStore.Office, PlanWorld.Key, Softened(locked), "The margin was a slip of the pen", cancellation: Cancel);

        without.Problems.ShouldHaveSingleItem().Field.ShouldBe("reason");
        nothing.Problems.ShouldHaveSingleItem().Field.ShouldBe("criteria");
        amended.Problems.ShouldBeEmpty();
        var plan = (await PlanWorld.FindAsync(store)).Body;
        var amendment = plan.Amendments.ShouldHaveSingleItem();
        (amendment.ResultsSeen, amendment.By, amendment.Before).ShouldBe((true, "Olive Officer", locked.Lock!.Hash));
        amendment.Changed!.ShouldContain("5 → 12");
        PlanSeal.Holds(plan).ShouldBeTrue();
        plan.Lock.ShouldBe(locked.Lock);

        // And the amendment itself is as fast as the lock.
        var erased = await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("evaluation-plan", PlanWorld.Key, locked)], "as if nothing had been", Cancel);
        erased.Problems.ShouldContain(problem => problem.Field == "amendments");
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Database_CriterionChangedBehindTheProduct_IsFoundByAuditAndNothingFollowsFromThePlan(StoreKind kind)
    {
        await using var store = await PlanWorld.CreateAsync(kind);
        await PlanWorld.LockAsync(store);
        await PlanWorld.HappenAsync(store, 74, 75, 76, 77);
        (await store.Store.Get<IAudit>().VerifyAsync([], Cancel)).Findings.ShouldBeEmpty();
        var version = (await PlanWorld.FindAsync(store)).VersionId;

        await using (var db = await store.Store.Store.ReadAsync(Cancel))
        {
            await db.Database.OpenConnectionAsync(Cancel);
            if (kind == StoreKind.Sqlite)
            {
                var triggers = await db.Database.SqlQueryRaw<string>("SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'").ToListAsync(Cancel);
                foreach (var trigger in triggers)
                {
#pragma warning disable EF1003 // A name of the schema.
                    await db.Database.ExecuteSqlRawAsync("DROP TRIGGER " + trigger, Cancel);
#pragma warning restore EF1003
                }
            }
            else
            {
                await db.Database.ExecuteSqlRawAsync("SET session_replication_role = replica", Cancel);
            }

            (await db.Database.ExecuteSqlInterpolatedAsync($"UPDATE versions SET body = REPLACE(body, '\"value\":5', '\"value\":50') WHERE id = {version}", Cancel)).ShouldBe(1);
        }

        await using var other = store.Store.Another();
        var view = ((IRecords)other.GetService(typeof(IRecords))!).View(null, TimeProvider.System.Now());
        var plan = (await view.FindAsync<EvaluationPlan>(PlanWorld.Key, Cancel))!;
        var finding = await ((PlanEvaluator)other.GetService(typeof(PlanEvaluator))!).EvaluateAsync(view, plan, Cancel);

        plan.Body.Criteria[0].Value.ShouldBe(50);
        finding.Holds.ShouldBeFalse();
        finding.Pilots.ShouldHaveSingleItem().Verdict.ShouldBe(GateVerdict.None);
        finding.Headline.ShouldContain("outside an amendment");
        (await ((IAudit)other.GetService(typeof(IAudit))!).VerifyAsync([], Cancel)).Findings.ShouldContain(finding => finding.Fault == AuditFault.RowEdited);
    }

    private static async Task<Outcome<ProgrammeImport>> ImportAsync(IProgrammeExchange exchange, string json) => await exchange.ImportAsync(
        null, new ChangeContext("system", "pathfinder", "import"), [exchange.Read(Encoding.UTF8.GetBytes(json), "plan.json").Value], Cancel);
}
