using System.Text;
using System.Text.Json.Nodes;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using static Pathfinder.Platform.Tests.Scenarios.EditedExamples;

namespace Pathfinder.Platform.Tests.Scenarios;

/// <summary>Types of incident, boroughs with rules of their own, and the order of those that wait.</summary>
public sealed class KindTests
{
    private const string TelephoneInTheSouth = """[{ "boroughs": ["south"], "grades": [{ "code": "S", "telephoneShare": 0.6 }] }]""";
    private const string ThreeTypes = """
        [{ "code": "domestic", "share": 0.25, "scene": { "kind": "deterministic", "meanMinutes": 80 }, "telephoneShare": 0 },
         { "code": "traffic", "share": 0.25, "scene": { "kind": "deterministic", "meanMinutes": 40 } }, { "code": "other", "share": 0.5 }]
        """;

    private static readonly RunResult Plain = Run(Node("two-boroughs.json"));

    [Fact]
    public void GradesIn_TelephoneShareOfOneBorough_LeavesTheOtherExactlyAsItWas()
    {
        var result = Run(With(node => node["gradesIn"] = JsonNode.Parse(TelephoneInTheSouth)));

        Text(Borough(result, "north")).ShouldBe(Text(Borough(Plain, "north")), "what another borough decides is nothing to it where each despatches its own");
        var (south, was) = (Borough(result, "south").Grades[1], Borough(Plain, "south").Grades[1]);
        var all = was.TelephonePerDay.Value!.Value + was.IncidentsPerDay.Value!.Value;
        (was.TelephonePerDay.Value!.Value / all).ShouldBe(0.17 * 0.82, 0.02);
        (south.TelephonePerDay.Value!.Value / all).ShouldBe(0.6 * 0.82, 0.02);
        result.IncidentsSha256.ShouldBe(Plain.IncidentsSha256);
    }

    [Theory]
    [InlineData("""[{ "boroughs": ["south"], "grades": [{ "code": "S", "telephoneShare": 0.17 }] }]""")]
    [InlineData("[]")]
    public void GradesIn_ThatDifferInNothing_GiveTheSameResult(string gradesIn)
    {
        var result = Run(With(node => node["gradesIn"] = JsonNode.Parse(gradesIn)));

        Text(result with { ScenarioSha256 = "" }).ShouldBe(Text(Plain with { ScenarioSha256 = "" }));
    }

    [Fact]
    public void Scenario_WithoutTypesGradesInAndQueue_IsWrittenWithoutThemSoThatItsHashStays()
    {
        var compiled = Compile(Node("two-boroughs.json")).Value;

        Encoding.UTF8.GetString(ScenarioJson.Write(compiled.File)).ShouldNotContain("gradesIn");
        Encoding.UTF8.GetString(ScenarioJson.Write(compiled.File)).ShouldNotContain("\"queue\"");
        Encoding.UTF8.GetString(ScenarioJson.Write(compiled.File)).ShouldNotContain("types");
    }

    [Fact]
    public void Types_WithScenesOfTheirOwn_AreEachTheirShareOfTheIncidents()
    {
        var result = Run(Queue(ThreeTypes), 8);

        var grade = result.Areas[0].Grades[0];
        (result.Areas[0].UnitTime["scene"].Value!.Value * 30 / (grade.IncidentsPerDay.Value!.Value / 1440))
            .ShouldBe((0.25 * 80) + (0.25 * 40) + (0.5 * 10), 0.5, "shares times scenes");
    }

    [Fact]
    public void Types_AndABoroughOfItsOwn_TypeGoesBeforeGradeAndThereBeforeEverywhere()
    {
        JsonObject Scenario(string gradeIn) => With(node =>
        {
            node["grades"]![1]!["types"] = JsonNode.Parse(ThreeTypes);
            node["grades"]![1]!["telephoneShare"] = 0;
            node["gradesIn"] = JsonNode.Parse($$"""[{ "boroughs": ["south"], "grades": [{ "code": "S", "passBackShare": 0, "telephoneShare": 1 {{gradeIn}} }] }]""");
        });
        double Telephone(RunResult result, string borough)
        {
            var grade = Borough(result, borough).Grades[1];
            return grade.TelephonePerDay.Value!.Value / (grade.TelephonePerDay.Value!.Value + grade.IncidentsPerDay.Value!.Value);
        }

        var result = Run(Scenario(""));
        Telephone(result, "south").ShouldBe(0.75, 0.02, "all but the domestic ones");
        Telephone(result, "north").ShouldBe(0);
        Telephone(Run(Scenario(""", "types": [{ "code": "domestic", "telephoneShare": 0.5 }]""")), "south").ShouldBe(0.875, 0.02);
    }

    [Fact]
    public void Phase_ThatBringsTypesOrRulesOfABorough_ChangesNothingBeforeItsDay()
    {
        var before = With(node => node["days"] = 120);
        var changed = before.DeepClone().AsObject();
        var grades = before["grades"]!.DeepClone().AsArray();
        grades[0]!["types"] = JsonNode.Parse("""[{ "code": "long", "share": 0.5, "scene": { "kind": "deterministic", "meanMinutes": 150 } }, { "code": "short", "share": 0.5 }]""");
        changed["phases"] = new JsonArray(
            new JsonObject { ["name"] = "pilot", ["from"] = "2017-03-01", ["gradesIn"] = JsonNode.Parse(TelephoneInTheSouth) },
            new JsonObject { ["name"] = "ended, and types", ["from"] = "2017-04-01", ["gradesIn"] = new JsonArray(), ["grades"] = grades });

        var (plain, phased) = (Run(before), Run(changed));

        MonthResult Month(RunResult result, string month, string area, string grade) => result.Months.Single(m => m.Month == month && m.Code == area && m.Level == "borough" && m.Grade == grade);
        foreach (var grade in new[] { "I", "S", "E" })
        {
            Text(Month(phased, "2017-02", "south", grade)).ShouldBe(Text(Month(plain, "2017-02", "south", grade)));
            Text(Month(phased, "2017-03", "north", grade)).ShouldBe(Text(Month(plain, "2017-03", "north", grade)));
        }

        Month(phased, "2017-03", "south", "S").IncidentsPerDay.Value!.Value.ShouldBeLessThan(Month(plain, "2017-03", "south", "S").IncidentsPerDay.Value!.Value * 0.8);
        Month(phased, "2017-04", "south", "S").IncidentsPerDay.Value!.Value.ShouldBeGreaterThan(Month(phased, "2017-03", "south", "S").IncidentsPerDay.Value!.Value * 1.2);
        Month(phased, "2017-04", "north", "I").MeanMinutes.Value!.Value.ShouldBeGreaterThan(Month(plain, "2017-04", "north", "I").MeanMinutes.Value!.Value);
    }

    [Fact]
    public void Queue_FirstUnitFirst_ServesThoseWithoutAUnitSooner()
    {
        var (age, first) = (Run(Queue(null, "age"), 4), Run(Queue(null, "first-unit-first"), 4));

        Text(age with { ScenarioSha256 = "" }).ShouldBe(Text(Run(Queue(null), 4) with { ScenarioSha256 = "" }), "the oldest first is what holds where nothing is said");
        first.Areas[0].Grades[0].MeanMinutes.Value!.Value.ShouldBeLessThan(age.Areas[0].Grades[0].MeanMinutes.Value!.Value);
    }

    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "policy.queue", "\"newest\"", "unknown", "age, first-unit-first" },
        { "grades.1.types", "[]", "list is empty", "at least one entry" },
        { "grades.1.types", """[{ "code": "a", "share": 0.5 }, { "code": "b", "share": 0.4 }]""", "types do not add to 1", "shares that add to 1" },
        { "grades.1.types", """[{ "code": "a", "share": 1.5 }, { "code": "b", "share": -0.5 }]""", "too large", "0 to 1" },
        { "grades.1.types", """[{ "code": "a", "share": 0.5 }, { "code": "a", "share": 0.5 }]""", "stands twice", "differ" },
        { "grades.1.types", """[{ "code": "a", "share": 1, "unitsNeeded": [0.5] }]""", "do not add to 1", "1 to 32" },
        { "grades.1.types", """[{ "code": "a", "share": 1, "scene": { "kind": "guess", "meanMinutes": 5 } }]""", "unknown", "lognormal" },
        { "grades.2.types", """[{ "code": "a", "share": 1, "arrestProbability": 0.5 }]""", "need a custody time", "a duration" },
        { "grades.1.types", """[{ "code": "a", "share": 1, "preEmpts": true }]""", "member is unknown", "arrestProbability" },
        { "grades.1.types", """[{ "code": "a" }]""", "member is missing", "number" },
        { "grades.1.types", """[{ "code": "a", "share": 1, "decisionShare": 0.5 }]""", "nobody is there to decide", "inspector area" },
        { "gradesIn", """[{ "boroughs": ["east"], "grades": [{ "code": "S" }] }]""", "unknown", "a borough of the scenario" },
        { "gradesIn", """[{ "boroughs": [], "grades": [{ "code": "S" }] }]""", "list is empty", "at least one" },
        { "gradesIn", """[{ "boroughs": ["south"], "grades": [] }]""", "list is empty", "at least one" },
        { "gradesIn", """[{ "boroughs": ["south"], "grades": [{ "code": "X" }] }]""", "unknown", "a grade of the scenario" },
        { "gradesIn", """[{ "boroughs": ["south"], "grades": [{ "code": "S", "telephoneShare": 2 }] }]""", "too large", "0 to 1" },
        { "gradesIn", """[{ "boroughs": ["south"], "grades": [{ "code": "S", "preEmpts": true }] }]""", "member is unknown", "telephoneShare" },
        { "gradesIn", """[{ "boroughs": ["south"], "grades": [{ "code": "E", "crimeShare": 0.4, "endToEndShare": 0.4 }] }]""", "case work time", "a duration" },
        { "gradesIn", """[{ "boroughs": ["south"], "grades": [{ "code": "S", "decisionShare": 0.4 }] }]""", "nobody is there to decide", "inspector area" },
        { "gradesIn", """[{ "boroughs": ["south"], "grades": [{ "code": "S", "types": [{ "code": "a" }] }] }]""", "unknown", "the grade has no types" },
        { "gradesIn", """[{ "boroughs": ["south"], "grades": [{ "code": "S" }] }, { "boroughs": ["south", "north"], "grades": [{ "code": "S" }] }]""", "own twice", "each borough and grade once" },
        { "phases", """[{ "name": "x", "from": "2017-01-20", "gradesIn": [{ "boroughs": ["east"], "grades": [{ "code": "S" }] }] }]""", "unknown", "a borough of the scenario" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Compile_OneFault_IsNamedWithWhatIsAccepted(string path, string value, string expected, string accepted)
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

        problems.ShouldContain(p => p.Message.Contains(expected, StringComparison.Ordinal) && p.Accepted!.Contains(accepted, StringComparison.Ordinal));
        problems.ShouldAllBe(p => p.Field != null && p.File == "test.json");
    }

    [Fact]
    public void Compile_OtherSharesOfTypesInAPhase_IsRefusedAndNoTypesIsNot()
    {
        Outcome<CompiledScenario> Phased(string? types) => Compile(With(node =>
        {
            var grades = node["grades"]!.DeepClone().AsArray();
            node["grades"]![1]!["types"] = JsonNode.Parse("""[{ "code": "a", "share": 0.3 }, { "code": "b", "share": 0.7 }]""");
            grades[1]!["types"] = types is null ? null : JsonNode.Parse(types);
            node["phases"] = new JsonArray(new JsonObject { ["name"] = "x", ["from"] = "2017-01-20", ["grades"] = grades });
        }));

        Phased(null).Succeeded.ShouldBeTrue();
        Phased("""[{ "code": "a", "share": 0.3 }, { "code": "b", "share": 0.7, "arrestProbability": 0.2 }]""").Succeeded.ShouldBeTrue();
        Phased("""[{ "code": "a", "share": 0.4 }, { "code": "b", "share": 0.6 }]""").Problems.ShouldHaveSingleItem().ToString()
            .ShouldBe("test.json, $.phases[0].grades[1].types: Types and their shares cannot change inside a run; found \"a 0.4, b 0.6\"; accepted: a 0.3, b 0.7, or none to treat all alike");
    }

    // One grade of long scenes for thirty units that are always there, so that what is booked at scenes is known.
    private static JsonObject Queue(string? types, string? queue = null)
    {
        var node = Node("mmc-queue.json");
        node["days"] = 60;
        node["demand"]!["rates"]![0]!["perHour"]![0] = types is null ? 12 : 20;
        node["crews"]![0]!["crews"] = types is null ? 4 : 30;
        node["grades"]![0]!["unitsNeeded"] = types is null ? JsonNode.Parse("[0.4, 0.6]") : JsonNode.Parse("[1]");
        node["grades"]![0]!["types"] = types is null ? null : JsonNode.Parse(types);
        if (queue is not null)
        {
            node["policy"]!["queue"] = queue;
        }

        return node;
    }

    private static string Text<T>(T value) => Encoding.UTF8.GetString(ScenarioJson.Write(value));

    private static AreaResult Borough(RunResult result, string code) => result.Areas.Single(a => a.Level == "borough" && a.Code == code);
}
