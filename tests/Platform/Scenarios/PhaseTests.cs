using System.Text;
using System.Text.Json.Nodes;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Scenarios;

/// <summary>Changes of organisation inside a run, and incidents of a log in place of drawn ones.</summary>
public sealed class PhaseTests
{
    private static readonly string Examples = Path.Combine(Repository.Root, "docs", "guides", "examples");

    [Fact]
    public void Run_PhaseThatChangesNothing_GivesTheSameResult()
    {
        var plain = Node("two-boroughs.json");
        var phased = Node("two-boroughs.json");
        phased["phases"] = new JsonArray(new JsonObject
        {
            ["name"] = "the same again", ["from"] = "2017-01-20", ["grades"] = plain["grades"]!.DeepClone(), ["crews"] = plain["crews"]!.DeepClone(),
            ["commandUnits"] = plain["commandUnits"]!.DeepClone(), ["despatchGroups"] = plain["despatchGroups"]!.DeepClone(),
            ["demandMultiplier"] = 1, ["travel"] = new JsonObject { ["profiles"] = plain["travel"]!["profiles"]!.DeepClone(), ["sigma"] = plain["travel"]!["sigma"]?.DeepClone() ?? 0 },
        });

        var a = new Simulator().Run(Compile(plain).Value, 2, 3, 2);
        var b = new Simulator().Run(Compile(phased).Value, 2, 3, 2);

        ScenarioJson.Write(b with { ScenarioSha256 = "", IncidentsSha256 = "", Months = [], Phases = [] })
            .ShouldBe(ScenarioJson.Write(a with { ScenarioSha256 = "", IncidentsSha256 = "", Months = [], Phases = [] }));
    }

    [Fact]
    public void Run_ChangeOnADate_ShowsInTheMonthsAfterAlone()
    {
        var before = Node("two-boroughs.json");
        before["days"] = 120;
        var node = before.DeepClone().AsObject();
        var merged = Node("two-boroughs-merged.json");
        var grades = node["grades"]!.DeepClone().AsArray();
        grades[0]!["scene"]!["meanMinutes"] = 3 * grades[0]!["scene"]!["meanMinutes"]!.GetValue<double>();
        node["phases"] = new JsonArray(
            new JsonObject
            {
                ["name"] = "merged", ["from"] = "2017-03-01", ["commandUnits"] = merged["commandUnits"]!.DeepClone(),
                ["despatchGroups"] = merged["despatchGroups"]!.DeepClone(), ["policy"] = merged["policy"]?.DeepClone(), ["duties"] = merged["duties"]?.DeepClone(),
            },
            new JsonObject { ["name"] = "longer scenes", ["from"] = "2017-04-01", ["grades"] = grades, ["demandMultiplier"] = 1.2 });

        var plain = new Simulator().Run(Compile(before).Value, 2, 1, 2);
        var changed = new Simulator().Run(Compile(node).Value, 2, 1, 2);

        double Minutes(RunResult result, string month) => result.Months.Single(m => m.Month == month && m.Level == "force" && m.Grade == "I").MeanMinutes.Value!.Value;
        double PerDay(RunResult result, string month) => result.Months.Single(m => m.Month == month && m.Level == "force" && m.Grade == "I").IncidentsPerDay.Value!.Value;
        changed.Months.Select(m => m.Month).Distinct().ShouldBe(plain.Months.Select(m => m.Month).Distinct());
        Minutes(changed, "2017-01").ShouldBe(Minutes(plain, "2017-01"), 1e-9);
        Minutes(changed, "2017-03").ShouldNotBe(Minutes(plain, "2017-03"));
        Minutes(changed, "2017-04").ShouldBeGreaterThan(Minutes(plain, "2017-04"));
        PerDay(changed, "2017-03").ShouldBe(PerDay(plain, "2017-03"), 1e-9);
        (PerDay(changed, "2017-04") / PerDay(plain, "2017-04")).ShouldBe(1.2, 0.05);
        changed.Areas.Select(a => a.Code).ShouldContain(merged["commandUnits"]![0]!["code"]!.GetValue<string>());
        foreach (var month in changed.Months)
        {
            var wait = month.Wait;
            (wait.Controllers.Value + wait.Channel.Value + wait.NoUnit.Value + wait.Travel.Value)!.Value.ShouldBe(month.MeanMinutes.Value!.Value, 1e-9);
        }
    }

    [Fact]
    public void Run_SlowerTravelFromADate_LengthensJourneysFromThenAndChangesNoIncident()
    {
        var before = Node("two-boroughs.json");
        before["days"] = 90;
        var node = before.DeepClone().AsObject();
        var profiles = node["travel"]!["profiles"]!.DeepClone().AsArray();
        foreach (var profile in profiles)
        {
            profile!["interceptSeconds"] = profile["interceptSeconds"]!.GetValue<double>() + 240;
        }

        node["phases"] = new JsonArray(new JsonObject { ["name"] = "slower", ["from"] = "2017-03-01", ["travel"] = new JsonObject { ["profiles"] = profiles, ["sigma"] = before["travel"]!["sigma"]?.DeepClone() ?? 0 } });
        var (a, b) = (Compile(before).Value, Compile(node).Value);
        var (plain, slower) = (new Simulator().Run(a, 2, 1, 2), new Simulator().Run(b, 2, 1, 2));

        static double Travel(RunResult result, string month) => result.Months.Single(m => m.Month == month && m.Level == "force" && m.Grade == "I").Wait.Travel.Value!.Value;
        Travel(slower, "2017-02").ShouldBe(Travel(plain, "2017-02"), 1e-9);
        (Travel(slower, "2017-03") - Travel(plain, "2017-03")).ShouldBe(4, 0.5);
        RunComparer.Compare(plain, slower).Value.Paired.ShouldBeTrue();
    }

    [Theory]
    [InlineData("{ \"profiles\": [] }", "no travel profile", "travel.profiles")]
    [InlineData("{ \"profiles\": [{ \"grade\": \"I\", \"interceptSeconds\": 60, \"secondsPerKm\": { \"inner\": 70 } }], \"sigma\": 9 }", "too large", "travel.sigma")]
    public void Compile_FaultyTravelOfAPhase_IsNamed(string travel, string expected, string field)
    {
        var node = Node("two-boroughs.json");
        node["phases"] = new JsonArray(new JsonObject { ["name"] = "x", ["from"] = "2017-01-20", ["travel"] = JsonNode.Parse(travel) });

        var problems = Compile(node).Problems;

        problems.ShouldContain(problem => problem.Field == "$.phases[0]." + field && problem.Message.Contains(expected));
    }

    [Fact]
    public void Run_ChangeOnADate_GivesEachPhaseItsOwnFiguresBesideTheSameDaysOfARunWithout()
    {
        var plain = Node("two-boroughs.json");
        var changed = plain.DeepClone().AsObject();
        plain["splitOn"] = new JsonArray("2017-01-20");
        var grades = changed["grades"]!.DeepClone().AsArray();
        grades[0]!["scene"]!["meanMinutes"] = 3 * grades[0]!["scene"]!["meanMinutes"]!.GetValue<double>();
        changed["begins"] = "as it was";
        changed["phases"] = new JsonArray(new JsonObject { ["name"] = "longer scenes", ["from"] = "2017-01-20", ["grades"] = grades });

        var a = new Simulator().Run(Compile(plain).Value, 4, 1, 2);
        var b = new Simulator().Run(Compile(changed).Value, 4, 1, 2);
        var uncut = Node("two-boroughs.json");
        var whole = new Simulator().Run(Compile(uncut).Value, 4, 1, 2);

        b.Phases.Select(phase => phase.Name).ShouldBe(["as it was", "longer scenes"]);
        b.Phases[1].From.ShouldBe(new DateOnly(2017, 1, 20));
        b.Phases.Sum(phase => phase.Days).ShouldBe(b.Days);
        ScenarioJson.Write(a with { ScenarioSha256 = "", Phases = [] }).ShouldBe(ScenarioJson.Write(whole with { ScenarioSha256 = "" }), "cutting figures changes nothing else");
        foreach (var (area, index) in b.Areas.Select((area, index) => (area, index)))
        {
            for (var r = 0; r < 4; r++)
            {
                b.Phases.Sum(phase => phase.Areas[index].Grades[0].IncidentsByReplication[r]).ShouldBe(area.Grades[0].IncidentsByReplication[r]);
            }
        }

        var comparison = RunComparer.Compare(a, b).Value;
        comparison.Phases.Select(phase => (phase.A, phase.B)).ShouldBe([(a.Name, "as it was"), (a.Name, "longer scenes")]);
        comparison.Phases[0].Areas[0].Grades[0].InTargetDifference.Value.ShouldBe(0, "before the change both are the same force on the same incidents");
        comparison.Phases[1].Areas[0].Grades[0].MeanMinutesDifference.Value!.Value.ShouldBeGreaterThan(0);

        var apart = RunComparer.Compare(whole, b).Value;
        apart.Phases.ShouldAllBe(phase => phase.A == null && phase.Areas[0].Grades[0].InTargetDifference.Value == null && phase.Areas[0].Grades[0].InTargetB.Value != null);
        RunComparer.Compare(whole, whole).Value.Phases.ShouldBeEmpty();
        ScenarioJson.ReadResult(ScenarioJson.Write(b)).Value.Phases[1].Areas.Count.ShouldBe(b.Areas.Count);
    }

    [Fact]
    public void Compile_FiguresCutOutsideTheRun_AreRefused()
    {
        var node = Node("two-boroughs.json");
        node["splitOn"] = new JsonArray("2018-01-20");

        Compile(node).Problems.ShouldHaveSingleItem().Field.ShouldBe("$.splitOn[0]");
    }

    [Theory]
    [InlineData("2017-01-02", null, "does not begin inside the run")]
    [InlineData("2018-01-02", null, "does not begin inside the run")]
    [InlineData("2017-01-20", "{ \"mode\": \"anything\" }", "unknown")]
    public void Compile_FaultyPhase_IsNamed(string from, string? policy, string expected)
    {
        var node = Node("two-boroughs.json");
        node["phases"] = new JsonArray(new JsonObject { ["name"] = "x", ["from"] = from, ["policy"] = policy is null ? null : JsonNode.Parse(policy) });

        var problem = Compile(node).Problems.ShouldHaveSingleItem();

        problem.Message.ShouldContain(expected);
        problem.Field.ShouldStartWith("$.phases[0].");
    }

    [Fact]
    public void Run_Log_ReplaysItsIncidents()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            // One incident every two hours in one zone, engaged for half an hour; one before the run, one in no zone of it.
            var lines = new StringBuilder("created,zone,grade,units,sceneMinutes\n2016-12-31T23:00:00,Z,Q,1,30\n\n2017-01-10T12:00:00,elsewhere,Q,1,30\n");
            for (var hour = 1; hour < 24 * 20; hour += 2)
            {
                lines.Append(new DateTime(2017, 1, 3).AddHours(hour).ToString("yyyy-MM-dd'T'HH:mm:ss", null)).Append(",Z,Q,,30\n");
            }

            File.WriteAllText(Path.Combine(folder.FullName, "log.csv"), lines.ToString());
            var node = Node("mmc-queue.json");
            node["start"] = "2017-01-02";
            node["warmUpDays"] = 1;
            node["days"] = 20;
            node["crews"]![0]!["crews"] = 1;
            node["demand"] = new JsonObject { ["incidents"] = new JsonObject { ["file"] = "log.csv" }, ["skipOtherZones"] = true };

            var compiled = Compile(node, folder.FullName).Value;
            var result = new Simulator().Run(compiled, 3, 1, 2);

            result.Incidents.ShouldBe(3 * 240);
            result.Areas[0].Utilisation.Value!.Value.ShouldBe(0.25, 1e-9);
            result.Areas[0].Grades[0].MeanMinutes.Value!.Value.ShouldBe(0, 1e-9);
            result.Warnings.Count.ShouldBe(2);

            node["demand"]!["skipOtherZones"] = false;
            var elsewhere = Compile(node, folder.FullName).Problems.ShouldHaveSingleItem();
            (elsewhere.File, elsewhere.Row, elsewhere.Field, elsewhere.Found).ShouldBe(("log.csv", 4, "zone", "elsewhere"), "the empty line counts as one");
            File.WriteAllText(Path.Combine(folder.FullName, "log.csv"), "created,zone,grade,units\nyesterday,Z,Q,0\n");
            Compile(node, folder.FullName).Problems.Select(p => (p.Row, p.Field)).ShouldBe([(2, "created"), (2, "units")]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonObject Node(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Examples, file)))!.AsObject();

    private static Outcome<CompiledScenario> Compile(JsonObject node, string? folder = null)
    {
        var read = ScenarioJson.ReadScenario(Encoding.UTF8.GetBytes(node.ToJsonString()), "test.json");
        return read.Succeeded ? ScenarioCompiler.Compile(read.Value, new ScenarioFolder(folder ?? Examples), "test.json") : Outcome.Refused<CompiledScenario>(read.Problems);
    }
}
