using System.Text;
using System.Text.Json.Nodes;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Scenarios;

/// <summary>The examples of the guide are the worlds of these tests, so that what the guide says stays true.</summary>
public sealed class ScenarioTests
{
    private static readonly string Examples = Path.Combine(Repository.Root, "docs", "guides", "examples");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Examples, "*.json").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public void Example_OfTheGuide_CompilesAndRuns(string file)
    {
        var result = new Simulator().Run(Compile(Node(file)).Value, 2, 1, 2);

        result.Incidents.ShouldBeGreaterThan(1000);
        result.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Run_OneThreadAndTwo_GivesTheSameBytes()
    {
        var compiled = Compile(Node("two-boroughs.json")).Value;

        var one = ScenarioJson.Write(new Simulator().Run(compiled, 5, 7, 1));
        var two = ScenarioJson.Write(new Simulator().Run(compiled, 5, 7, 2));
        var other = ScenarioJson.Write(new Simulator().Run(compiled, 5, 8, 2));

        two.ShouldBe(one);
        other.ShouldNotBe(one);
        ScenarioJson.ReadResult(one).Value.Incidents.ShouldBe(new Simulator().Run(compiled, 5, 7, 1).Incidents);
        ScenarioJson.Write(ScenarioJson.ReadResult(one).Value).ShouldBe(one);
    }

    [Fact]
    public void Run_QueueExample_MeetsErlangC()
    {
        var result = new Simulator().Run(Compile(Node("mmc-queue.json")).Value, 8, 3, 2);

        result.Areas[0].Grades[0].MeanMinutes.Value!.Value.ShouldBe(1.578947368, 1.578947368 * 0.03);
        result.Areas[0].Utilisation.Value!.Value.ShouldBe(0.5, 0.01);
    }

    [Fact]
    public void Result_EveryArea_IsConsistentWithItself()
    {
        var result = new Simulator().Run(Compile(Node("two-boroughs.json")).Value, 4, 2, 2);

        foreach (var area in result.Areas)
        {
            area.UnitTime.Values.Sum(v => v.Value!.Value).ShouldBe(1, 1e-9);
            foreach (var grade in area.Grades)
            {
                var wait = grade.Wait;
                (wait.Controllers.Value + wait.Channel.Value + wait.NoUnit.Value + wait.Travel.Value)!.Value.ShouldBe(grade.MeanMinutes.Value!.Value, 1e-9);
                grade.InTargetByReplication.Count.ShouldBe(4);
                (grade.MedianMinutes.Value <= grade.P90Minutes.Value).ShouldBeTrue();
            }
        }

        var boroughs = result.Areas.Where(a => a.Level == "borough").ToList();
        boroughs.Sum(b => b.Grades[0].IncidentsPerDay.Value!.Value).ShouldBe(result.Areas[0].Grades[0].IncidentsPerDay.Value!.Value, 1e-9);
        result.Zones.Where(z => z.Grade == "I").Sum(z => z.IncidentsPerDay).ShouldBe(result.Areas[0].Grades[0].IncidentsPerDay.Value!.Value, 1e-9);
        result.HoursOfWeek.Where(h => h.Grade == "I").Sum(h => h.IncidentsPerHour).ShouldBe(7 * result.Areas[0].Grades[0].IncidentsPerDay.Value!.Value, 1e-6);
        result.HoursOfWeek.Where(h => h.Grade == "I").Average(h => h.UnassignedMean).ShouldBe(result.Areas[0].UnassignedMean.Value!.Value, 1e-9);
        result.HoursOfWeek.Where(h => h.Grade == "I").Average(h => h.UnitsAvailable).ShouldBe(result.Areas[0].UnitsAvailable.Value!.Value, 1e-9);
    }

    [Fact]
    public void Compare_ApartAndMerged_IsPairedAndSaysWhy()
    {
        var apart = new Simulator().Run(Compile(Node("two-boroughs.json")).Value, 6, 1, 2);
        var merged = new Simulator().Run(Compile(Node("two-boroughs-merged.json")).Value, 6, 1, 2);

        var comparison = RunComparer.Compare(apart, merged).Value;

        comparison.Paired.ShouldBeTrue();
        comparison.Areas.Select(a => a.Level).ShouldBe(["force", "borough", "borough"], "neither has the other's command units");
        var immediate = comparison.Areas[0].Grades[0];
        var wait = immediate.WaitDifference;
        (wait.Controllers.Value + wait.Channel.Value + wait.NoUnit.Value + wait.Travel.Value)!.Value.ShouldBe(immediate.MeanMinutesDifference.Value!.Value, 1e-9);
        wait.Controllers.Value!.Value.ShouldBeLessThan(0, "pooled controllers are waited for less");
        wait.Channel.Value!.Value.ShouldBeGreaterThan(0, "one channel carries twice the load");
        immediate.InTargetDifference.P.ShouldNotBeNull();
        Reasons.Of(comparison, "force", "force", "I").ShouldContain(r => r.Contains("radio channel", StringComparison.Ordinal));
        Reasons.Of(comparison, "force", "force", "X").ShouldBeEmpty();
    }

    [Fact]
    public void Compare_OtherDemand_IsNotPaired()
    {
        var node = Node("two-boroughs.json");
        var a = new Simulator().Run(Compile(node).Value, 3, 1, 2);
        node["demand"]!["multiplier"] = 1.3;
        var b = new Simulator().Run(Compile(node).Value, 3, 1, 2);

        var comparison = RunComparer.Compare(a, b).Value;

        comparison.Paired.ShouldBeFalse();
        comparison.Areas[0].Grades[0].MeanMinutesDifference.Value!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Run_OverloadedChannel_SaysThatItsQueueDoesNotSettle()
    {
        var node = Node("two-boroughs-merged.json");
        node["despatchGroups"]![0]!["despatchAirTime"]!["meanMinutes"] = 9;

        var result = new Simulator().Run(Compile(node).Value, 2, 1, 2);

        result.Warnings.ShouldContain(w => w.Contains("does not settle", StringComparison.Ordinal));
        result.Warnings.ShouldContain(w => w.Contains("channel", StringComparison.Ordinal));
        result.Areas[0].Grades[1].NeverAttended.Value!.Value.ShouldBeGreaterThan(0.01);
    }

    [Fact]
    public void Run_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Should.Throw<OperationCanceledException>(() => new Simulator().Run(Compile(Node("two-boroughs.json")).Value, 4, 1, 2, cancellation: source.Token));
    }

    [Fact]
    public void Read_SeveralFaultsOfShape_NamesEachByPath()
    {
        var node = Node("two-boroughs.json");
        node["colour"] = "blue";
        node["days"] = "many";
        node["grades"]![0]!.AsObject().Remove("scene");
        node["boroughs"]![1]!["name"] = null;

        var problems = ScenarioJson.ReadScenario(Encoding.UTF8.GetBytes(node.ToJsonString()), "x.json").Problems;

        problems.Select(p => p.Field).ShouldBe(["$.colour", "$.days", "$.grades[0].scene", "$.boroughs[1].name"], ignoreOrder: true);
        problems.ShouldAllBe(p => p.File == "x.json" && p.Accepted != null);
        ScenarioJson.ReadScenario("{ \"a\": "u8.ToArray()).Problems.Single().Message.ShouldBe("The file is not JSON");
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "schema", "\"other/1\"", "another format" },
        { "days", "0", "too small" },
        { "demand.rates.0.perHour", "[-1]", "too small" },
        { "demand.rates.0.zone", "\"nowhere\"", "unknown" },
        { "demand.rates.0.perHour", "[1, 2]", "do not cover the week" },
        { "commandUnits.0.boroughs", "[]", "is in no command unit" },
        { "commandUnits.1.boroughs", "[\"south\", \"north\"]", "more than one command unit" },
        { "despatchGroups.0.boroughs", "[]", "is in no despatch group" },
        { "travel.metres.2", "[1, 2]", "wrong length" },
        { "travel.profiles.0.secondsPerKm", "{}", "no speed" },
        { "grades.0.scene.kind", "\"guess\"", "unknown" },
        { "grades.0.unitsNeeded", "[0.5, 0.2]", "do not add to 1" },
        { "grades.0.arrestProbability", "1.5", "too large" },
        { "grades.1.code", "\"I\"", "stands twice" },
        { "shifts.0.minutes", "2000", "too large" },
        { "teams.cycle.0", "\"late\"", "team" },
        { "paradeSites.0.zone", "\"nowhere\"", "unknown" },
        { "crews.0.shift", "\"noon\"", "unknown" },
        { "crews", "[]", "no crews" },
        { "crews", "[{ \"paradeSite\": \"PN\", \"borough\": \"north\", \"shift\": \"early\", \"crews\": 3 }]", "has no crews" },
        { "policy.mode", "\"anything\"", "unknown" },
        { "duties.guardUnitsPerShift", "{ \"XX\": 1 }", "unknown" },
        { "travel.matrix", "{ \"file\": \"m.csv\" }", "given once" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Compile_OneFault_IsNamed(string path, string value, string expected)
    {
        var node = Node("two-boroughs.json");
        var parts = path.Split('.');
        JsonNode at = node;
        foreach (var part in parts[..^1])
        {
            at = int.TryParse(part, out var index) ? at[index]! : at[part]!;
        }

        if (int.TryParse(parts[^1], out var last))
        {
            at[last] = JsonNode.Parse(value);
        }
        else
        {
            at[parts[^1]] = JsonNode.Parse(value);
        }

        var compiled = Compile(node);

        compiled.Succeeded.ShouldBeFalse();
        compiled.Problems.ShouldContain(p => p.Message.Contains(expected, StringComparison.Ordinal));
        compiled.Problems.ShouldAllBe(p => p.Field != null && p.File == "test.json");
    }

    [Fact]
    public void Compile_ContentInFiles_IsReadAndHeldByItsHash()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var node = Node("mmc-queue.json");
            File.WriteAllText(Path.Combine(folder.FullName, "m.csv"), "zone,Z\nZ,0\n");
            File.WriteAllText(
                Path.Combine(folder.FullName, "d.csv"),
                "zone,grade," + string.Join(',', Enumerable.Range(0, 168).Select(h => $"h{h}")) + "\nZ,Q," + string.Join(',', Enumerable.Repeat("9", 168)) + "\n");
            node["travel"]!.AsObject().Remove("metres");
            node["travel"]!["matrix"] = new JsonObject { ["file"] = "m.csv" };
            node["demand"] = new JsonObject { ["surface"] = new JsonObject { ["file"] = "d.csv" } };

            var inline = new Simulator().Run(Compile(Node("mmc-queue.json")).Value, 1, 1, 1);
            var byFile = new Simulator().Run(Compile(node, folder.FullName).Value, 1, 1, 1);
            byFile.Areas[0].Grades[0].MeanMinutes.ShouldBe(inline.Areas[0].Grades[0].MeanMinutes);
            byFile.IncidentsSha256.ShouldBe(inline.IncidentsSha256);

            node["travel"]!["matrix"]!["sha256"] = new string('0', 64);
            Compile(node, folder.FullName).Problems.Single().Field.ShouldBe("$.travel.matrix.sha256");
            node["travel"]!["matrix"] = new JsonObject { ["file"] = "../m.csv" };
            Compile(node, folder.FullName).Problems.Single().Message.ShouldContain("outside");
            node["travel"]!["matrix"] = new JsonObject { ["file"] = "absent.csv" };
            Compile(node, folder.FullName).Problems.Single().Message.ShouldContain("cannot be read");
            File.WriteAllText(Path.Combine(folder.FullName, "m.csv"), "zone,Y\nY,-3\n");
            node["travel"]!["matrix"] = new JsonObject { ["file"] = "m.csv" };
            Compile(node, folder.FullName).Problems.Single().Row.ShouldBe(2);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Schema_OfAScenario_NamesEveryTopMemberOfTheExamples()
    {
        var properties = JsonNode.Parse(ScenarioJson.Schema())!["properties"]!.AsObject().Select(p => p.Key).ToHashSet(StringComparer.Ordinal);

        Node("two-boroughs.json").Select(p => p.Key).ShouldBeSubsetOf(properties);
        ScenarioJson.Schema().ShouldContain("borough-then-command-unit");
    }

    [Fact]
    public void Schema_OfAScenario_SaysOfEveryMemberWhatItMeans()
    {
        var undescribed = new List<string>();
        void Walk(JsonNode? node, string path)
        {
            foreach (var (name, member) in node?["properties"]?.AsObject() ?? [])
            {
                if (member!["description"]?.GetValue<string>() is not { Length: > 0 })
                {
                    undescribed.Add($"{path}.{name}");
                }

                Walk(member, $"{path}.{name}");
            }

            foreach (var inner in new[] { "items", "additionalProperties" }.Where(inner => node?[inner] is JsonObject))
            {
                Walk(node![inner], path + "[]");
            }
        }

        var schema = JsonNode.Parse(ScenarioJson.Schema())!;
        Walk(schema, "$");
        undescribed.ShouldBeEmpty();
        schema["properties"]!["days"]!.ToJsonString().ShouldContain("\"minimum\":1,\"maximum\":20000");
        schema["properties"]!["travel"]!["properties"]!["metres"]!["items"]!["items"]!["maximum"]!.GetValue<double>().ShouldBe(1e7);
        schema["properties"]!["travel"]!["properties"]!["metres"]!["description"]!.GetValue<string>().ShouldEndWith("Exactly one of this and matrix.");
    }

    [Theory]
    [InlineData("$.days")]
    [InlineData("$.warmUpDays")]
    [InlineData("$.zones[0].areaKm2")]
    [InlineData("$.travel.metres[0][0]")]
    [InlineData("$.travel.sigma")]
    [InlineData("$.travel.profiles[0].interceptSeconds")]
    [InlineData("$.travel.profiles[0].secondsPerKm.inner")]
    [InlineData("$.demand.multiplier")]
    [InlineData("$.demand.rates[0].perHour[0]")]
    [InlineData("$.grades[0].targetMinutes")]
    [InlineData("$.grades[0].targetShare")]
    [InlineData("$.grades[0].arrestProbability")]
    [InlineData("$.grades[0].telephoneShare")]
    [InlineData("$.grades[0].passBackShare")]
    [InlineData("$.grades[0].passBackAfterMinutes")]
    [InlineData("$.grades[0].crimeShare")]
    [InlineData("$.grades[0].endToEndShare")]
    [InlineData("$.grades[0].vulnerableShare")]
    [InlineData("$.grades[0].decisionShare")]
    [InlineData("$.grades[0].supportShare")]
    [InlineData("$.grades[0].scene.meanMinutes")]
    [InlineData("$.grades[0].scene.logSigma")]
    [InlineData("$.despatchGroups[0].controllers")]
    [InlineData("$.despatchGroups[0].channels")]
    [InlineData("$.shifts[0].minutes")]
    [InlineData("$.paradeSites[0].vehicles")]
    [InlineData("$.crews[0].crews")]
    [InlineData("$.crews[0].vehicles")]
    [InlineData("$.crews[0].absenceShare")]
    [InlineData("$.crews[0].abstractionShare")]
    [InlineData("$.crews[0].doubleCrewedShare")]
    [InlineData("$.policy.patrolMinutes")]
    public void Schema_BoundOfAMember_IsTheOneThatFilesAreHeldTo(string path)
    {
        var node = Node("mmc-queue.json");
        var schema = JsonNode.Parse(ScenarioJson.Schema())!;
        var (at, steps) = ((JsonNode)node, path[2..].Split('.').SelectMany(step => step.Split('[').Select(part => part.TrimEnd(']'))).ToList());
        var described = schema;
        foreach (var (step, last) in steps.Select((step, i) => (step, i == steps.Count - 1)))
        {
            var index = int.TryParse(step, out var number) ? number : -1;
            described = index >= 0 ? described["items"]! : described["properties"]?[step] ?? described["additionalProperties"]!;
            JsonNode? next = index >= 0 ? at[index] : at[step];
            if (!last)
            {
                next ??= new JsonObject();
                if (index < 0 && at[step] is null)
                {
                    at[step] = next;
                }

                at = next;
            }
            else if (index >= 0)
            {
                at[index] = described["maximum"]!.GetValue<double>() + 1;
            }
            else
            {
                at[step] = described["maximum"]!.GetValue<double>() + 1;
            }
        }

        var problem = Compile(node).Problems.First(problem => problem.Field == path);
        var most = described["maximum"]!.GetValue<double>().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        problem.Accepted.ShouldBe($"{described["minimum"]!.GetValue<double>().ToString("R", System.Globalization.CultureInfo.InvariantCulture)} to {most}");
    }

    private static JsonObject Node(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Examples, file)))!.AsObject();

    private static Outcome<CompiledScenario> Compile(JsonObject node, string? folder = null)
    {
        var read = ScenarioJson.ReadScenario(Encoding.UTF8.GetBytes(node.ToJsonString()), "test.json");
        return read.Succeeded ? ScenarioCompiler.Compile(read.Value, new ScenarioFolder(folder ?? Examples), "test.json") : Outcome.Refused<CompiledScenario>(read.Problems);
    }
}
