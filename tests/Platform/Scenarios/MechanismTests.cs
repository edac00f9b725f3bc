using System.Text.Json.Nodes;
using Pathfinder.Analysis.Queues;
using Pathfinder.Platform.Scenarios;
using static Pathfinder.Platform.Tests.Scenarios.EditedExamples;

namespace Pathfinder.Platform.Tests.Scenarios;

/// <summary>Each mechanism of the scenario file does what the guide says, shown on the guide's own examples.</summary>
public sealed class MechanismTests
{
    private static readonly RunResult Apart = Run(Node("two-boroughs.json"));

    [Fact]
    public void Textbook_NobodyWaits_LosesAsErlangB() =>
        Force(Run(Node("erlang-b.json"), 6)).Lost!.Value!.Value.ShouldBe(ErlangQueue.ShareLost(10, 8), 0.004);

    [Fact]
    public void Textbook_FirstClassInterrupts_TakesAsLongAsTheoryHasIt()
    {
        var grades = Run(Node("preemption.json"), 16).Areas[0].Grades;

        var exact = PriorityQueue.MeanTimesWithPreemption([0.2, 0.6]);
        (grades[0].MinutesToClear!.Value!.Value / 60).ShouldBe(exact[0], exact[0] * 0.05);
        (grades[1].MinutesToClear!.Value!.Value / 60).ShouldBe(exact[1], exact[1] * 0.10);
    }

    [Fact]
    public void Textbook_BackUpOrder_SharesWorkAsTheHypercube()
    {
        var result = Run(Node("back-up-order.json"), 6);

        result.Areas.Where(a => a.Level == "borough").Select(a => a.Utilisation.Value!.Value).ShouldBe([0.5574, 0.4734, 0.4693], 0.01);
        Force(result).FoundNoUnit!.Value!.Value.ShouldBe(0.23684, 0.01);
    }

    [Fact]
    public void VulnerableShare_OfAll_LeavesNobodyToTheTelephone()
    {
        var result = Run(With(n => n["grades"]![1]!["vulnerableShare"] = 1));

        Apart.Areas[0].Grades[1].TelephonePerDay.Value!.Value.ShouldBeGreaterThan(5);
        result.Areas[0].Grades[1].TelephonePerDay.Value.ShouldBe(0);
    }

    [Fact]
    public void InspectorArea_ThatCannotKeepUp_IsNamedByTheWarningAndNotTheUnits()
    {
        var result = Run(With(n =>
        {
            n["grades"]![0]!["decisionShare"] = 1;
            n["inspectorAreas"] = JsonNode.Parse("""[{ "code": "I1", "name": "Both", "boroughs": ["north", "south"], "inspectors": 1, "decision": { "kind": "exponential", "meanMinutes": 25 } }]""");
        }), 8);

        var settles = string.Join(" ", result.Warnings.Where(warning => warning.Contains("does not settle")));
        settles.ShouldContain("Overloaded: the duty inspectors of Both, occupied ");
        settles.ShouldNotContain("the units of");
        result.Warnings.ShouldContain(warning => warning.StartsWith("The duty inspectors of Both are busy "));
    }

    [Fact]
    public void CaseLoad_OnlyWhereDaysOpenAreStated_IsThoseKeptTimesTheDaysAndWhatIsInHand()
    {
        Apart.Areas[0].CaseLoadPerOfficer.ShouldBeNull();
        var stated = Run(With(n => (n["duties"] ??= new JsonObject())["caseOpenDays"] = 28)).Areas[0];

        var kept = stated.CrimesKeptPerOfficerWeek!.Value!.Value;
        kept.ShouldBe(Apart.Areas[0].CrimesKeptPerOfficerWeek!.Value!.Value, 1e-9, "how long a crime stays open changes no journey");
        stated.CaseLoadPerOfficer!.Value!.Value.ShouldBe((4 * kept) + stated.CasesPerOfficer!.Value!.Value, 1e-9);
    }

    [Fact]
    public void Compare_QueueUnitsAndDriving_ArePairedByReplication()
    {
        var same = RunComparer.Compare(Apart, Apart).Value.Areas[0].Quantities;

        same.Keys.ShouldBe(AreaQuantity.All);
        same.Values.ShouldAllBe(difference => difference.Value == 0 && difference.Lower == 0 && difference.Upper == 0);
    }

    [Fact]
    public void InspectorArea_WhereDecisionsAreNeeded_HoldsIncidentsUpAndThePartsStillAddUp()
    {
        var result = Run(With(n =>
        {
            n["grades"]![0]!["decisionShare"] = 0.5;
            n["inspectorAreas"] = JsonNode.Parse("""[{ "code": "I1", "name": "Both", "boroughs": ["north", "south"], "inspectors": 1, "decision": { "kind": "exponential", "meanMinutes": 6 } }]""");
        }));

        var wait = Force(result).Wait;
        wait.Inspector!.Value!.Value.ShouldBeGreaterThan(3);
        (wait.Controllers.Value + wait.Channel.Value + wait.NoUnit.Value + wait.Travel.Value + wait.Inspector.Value)!.Value.ShouldBe(Force(result).MeanMinutes.Value!.Value, 1e-9);
        result.InspectorAreas.ShouldHaveSingleItem().Utilisation.Value!.Value.ShouldBeInRange(0.1, 0.9);
        Apart.Areas[0].Grades[0].Wait.Inspector.ShouldBeNull();
    }

    [Fact]
    public void Abstraction_AndAid_TakeCrewsFromTheirRole()
    {
        var abstracted = Run(With(n => Crews(n, "abstractionShare", 0.25)));
        var aid = Run(With(n => n["events"] = JsonNode.Parse("""[{ "name": "Carnival", "from": "2017-01-09T00:00:00", "hours": 672, "boroughs": ["south"], "aidShare": 0.5 }]""")));

        abstracted.Areas[0].UnitTime["abstracted"].Value!.Value.ShouldBe(0.25, 0.05);
        Force(abstracted).MeanMinutes.Value!.Value.ShouldBeGreaterThan(Force(Apart).MeanMinutes.Value!.Value);
        Borough(aid, "north").UnitTime["abstracted"].Value.ShouldBe(0);
        Borough(aid, "south").UnitTime["abstracted"].Value!.Value.ShouldBe(0.5, 0.08);
        aid.IncidentsSha256.ShouldBe(Apart.IncidentsSha256, "who is away changes no incident");
    }

    [Fact]
    public void Event_ThatDoublesDemandAndAddsSome_BringsThatMany()
    {
        var result = Run(With(n => n["events"] = JsonNode.Parse(
            """[{ "name": "Match", "from": "2017-01-09T00:00:00", "hours": 672, "boroughs": ["south"], "demandMultiplier": 2, "extra": [{ "zone": "N1", "grade": "E", "perHour": [3] }] }]""")));

        double Ratio(string code, int grade) => Borough(result, code).Grades[grade].IncidentsPerDay.Value!.Value / Borough(Apart, code).Grades[grade].IncidentsPerDay.Value!.Value;
        Ratio("south", 0).ShouldBe(2, 0.15);
        Ratio("north", 0).ShouldBe(1, 0.1);
        (Borough(result, "north").Grades[2].IncidentsPerDay.Value - Borough(Apart, "north").Grades[2].IncidentsPerDay.Value)!.Value.ShouldBe(3 * 24 * (1 - (0.3 * 0.82)), 6);
    }

    [Fact]
    public void Vehicles_SharedByOverlappingShifts_KeepCrewsWaiting()
    {
        var result = Run(With(n => n["paradeSites"]![0]!["vehicles"] = 12));

        Borough(result, "north").UnitTime["noVehicle"].Value!.Value.ShouldBeGreaterThan(0.02);
        Borough(result, "south").UnitTime["noVehicle"].Value.ShouldBe(0);
        Borough(result, "north").UnitTime.Values.Sum(v => v.Value!.Value).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void SpillOver_WhereAllIsKept_IsBoroughDespatch()
    {
        JsonObject Merged(int? keep) => With(n =>
        {
            var merged = Node("two-boroughs-merged.json");
            n["commandUnits"] = merged["commandUnits"]!.DeepClone();
            n["duties"] = null;
            n.Remove("duties");
            n["policy"]!["mode"] = "command-unit";
            if (keep is { } k)
            {
                n["policy"]!["keepFree"] = new JsonObject { ["I"] = k, ["S"] = k, ["E"] = k };
            }
        });

        var open = Run(Merged(null));
        var some = Run(Merged(4));
        var closed = Run(Merged(1000));

        open.Areas[0].CrossBoroughPerDay.Value!.Value.ShouldBeGreaterThan(some.Areas[0].CrossBoroughPerDay.Value!.Value);
        some.Areas[0].CrossBoroughPerDay.Value!.Value.ShouldBeGreaterThan(0);
        closed.Areas[0].CrossBoroughPerDay.Value.ShouldBe(0);
    }

    [Fact]
    public void ForceWideSupport_AfterAWait_CrossesUnits()
    {
        var result = Run(With(n => n["policy"]!["forceAfterMinutes"] = new JsonObject { ["I"] = 0 }));

        Apart.Areas[0].CrossBoroughPerDay.Value.ShouldBe(0);
        result.Areas[0].CrossBoroughPerDay.Value!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void SingleCrews_ThatNeedSupport_TieMoreUnitsUp()
    {
        var result = Run(With(n =>
        {
            Crews(n, "doubleCrewedShare", 0.3);
            n["grades"]![1]!["supportShare"] = 1;
        }));

        result.Areas[0].Utilisation.Value!.Value.ShouldBeGreaterThan(Apart.Areas[0].Utilisation.Value!.Value + 0.03);
    }

    [Theory]
    [InlineData("stay", "available")]
    [InlineData("home", "travel-first")]
    [InlineData("patrol", "travel-first")]
    public void WhenFree_AnyChoice_RunsAndTravelFirstDelaysTheStart(string whenFree, string start)
    {
        var result = Run(With(n =>
        {
            n["policy"]!["whenFree"] = whenFree;
            n["policy"]!["startOfShift"] = start;
            n["policy"]!["patrolMinutes"] = 20;
            n["crews"]![0]!["patrolZones"] = new JsonArray("N1", "N3");
        }));

        result.Areas[0].UnitTime.Values.Sum(v => v.Value!.Value).ShouldBe(1, 1e-9);
        var longer = result.Areas[0].UnitTime["briefing"].Value > 1.1 * Apart.Areas[0].UnitTime["briefing"].Value;
        longer.ShouldBe(whenFree == "patrol");
    }

    [Fact]
    public void CaseLoad_WhereOfficersKeepCrimes_IsCounted()
    {
        var more = Run(With(n => n["grades"]![1]!["endToEndShare"] = 1));

        Apart.Areas[0].CasesPerOfficer!.Value!.Value.ShouldBeGreaterThan(0);
        more.Areas[0].CasesPerOfficer!.Value!.Value.ShouldBeGreaterThan(Apart.Areas[0].CasesPerOfficer!.Value!.Value);
        more.Areas[0].MostCases!.Value!.Value.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public void Overload_IsRunAndSaysFromWhichDayOnItsQueueIsOutOfBounds()
    {
        var result = Run(With(n => n["demand"]!["multiplier"] = 2.2));

        result.Warnings[0].ShouldContain("does not settle");
        result.Warnings[0].ShouldMatch("Overloaded: the units of Northside, .* From [0-9]+ (January|February) 2017 on, (still in the warm-up, )?more are unassigned at midnight");
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "grades.0.whenNoneFree", "\"sulk\"", "unknown" },
        { "grades.0.decisionShare", "0.5", "nobody is there to decide" },
        { "grades.0.scene", "{ \"kind\": \"hyperexponential\", \"meanMinutes\": 5 }", "too small" },
        { "grades.0.scene", "{ \"kind\": \"exponential\", \"meanMinutes\": 5, \"squaredVariation\": 4 }", "Only a hyperexponential" },
        { "crews.0.doubleCrewedShare", "2", "too large" },
        { "crews.0.patrolZones", "[\"nowhere\"]", "unknown" },
        { "policy.startOfShift", "\"never\"", "unknown" },
        { "policy.keepFree", "{ \"X\": 1 }", "unknown" },
        { "policy.forceAfterMinutes", "{ \"I\": -1 }", "too small" },
        { "policy.backUpOrder", "{ \"N1\": [\"PN\"] }", "no back-up order" },
        { "inspectorAreas", "[{ \"code\": \"A\", \"name\": \"A\", \"boroughs\": [\"north\"], \"inspectors\": 1, \"decision\": { \"kind\": \"exponential\", \"meanMinutes\": 5 } }]", "is in no inspector area" },
        { "events", "[{ \"name\": \"x\", \"from\": \"2017-01-09T10:30:00\", \"hours\": 2 }]", "full hour" },
        { "events", "[{ \"name\": \"x\", \"from\": \"2019-01-09T10:00:00\", \"hours\": 2 }]", "full hour" },
        { "events", "[{ \"name\": \"x\", \"from\": \"2017-01-09T10:00:00\", \"hours\": 0 }]", "too small" },
        { "events", "[{ \"name\": \"x\", \"from\": \"2017-01-09T10:00:00\", \"hours\": 2, \"boroughs\": [\"east\"] }]", "unknown" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Compile_OneFault_IsNamed(string path, string value, string expected)
    {
        var problems = Compile(With(node =>
        {
            JsonNode at = node;
            var parts = path.Split('.');
            foreach (var part in parts[..^1])
            {
                at = int.TryParse(part, out var index) ? at[index]! : at[part]!;
            }

            at[parts[^1]] = JsonNode.Parse(value);
        })).Problems;

        problems.ShouldContain(p => p.Message.Contains(expected, StringComparison.Ordinal));
        problems.ShouldAllBe(p => p.Field != null && p.File == "test.json");
    }

    private static GradeResult Force(RunResult result) => result.Areas[0].Grades[0];

    private static AreaResult Borough(RunResult result, string code) => result.Areas.Single(a => a.Level == "borough" && a.Code == code);

    private static void Crews(JsonObject node, string member, double value)
    {
        foreach (var row in node["crews"]!.AsArray())
        {
            row![member] = value;
        }
    }
}
