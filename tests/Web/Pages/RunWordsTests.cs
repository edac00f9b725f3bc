using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Testing;
using Pathfinder.Web.Pages.Runs;

namespace Pathfinder.Web.Tests.Pages;

/// <summary>What a run is and rests on, in words.</summary>
public sealed class RunWordsTests
{
    private static readonly Run Plain = new()
    {
        Name = "East merged", Design = "east", DesignVersion = 1, PackSha256 = "", ScenarioSha256 = "", Days = 28, WarmUpDays = 7, DemandMultiplier = 1, Replications = 20, Seed = 1, EngineVersion = "4",
    };

    [Fact]
    public void Basis_OfACalibratedRun_NamesWhatTheCalibrationFoundAndCountsNoNo()
    {
        var run = Plain with { Calibration = "spring", Fitted = [new FittedValue("scene.I.meanMinutes", 50, 45, 55), new FittedValue("units.I.two", 0.3, null, null)] };

        BasisWords.Of(new DesignBasis([], ["a", "b"], []), run).ShouldBe(
            "The intervals cover chance between replications only, not the assumptions: the design rests on two that the calibration spring found, at their medians and two with no source at hand.");
        BasisWords.Of(new DesignBasis([], [], []), Plain).ShouldNotContain(" no that ");
    }

    [Fact]
    public void Areas_OfARunThatIsOverloaded_SayOfHowManyAMeanIs()
    {
        var folder = Path.Combine(Repository.Root, "docs", "guides", "examples");
        var file = ScenarioJson.ReadScenario(File.ReadAllBytes(Path.Combine(folder, "two-boroughs.json"))).Value;
        var crowded = ScenarioCompiler.Compile(file with { Demand = file.Demand with { Multiplier = 4 } }, new ScenarioFolder(folder)).Value;

        var result = new Simulator().Run(crowded, 2, 1, 2);

        var rows = RunTables.Areas(result).Rows.Where(row => row[0].Text == "Whole force").ToList();
        rows.ShouldContain(row => row[5].Text.Contains(" attended"));
        rows.ShouldAllBe(row => row[3].Text != "–" && row[5].Text != "–");
        result.Warnings.ShouldContain(warning => warning.Contains("Overloaded: the units of "));
    }

    [Fact]
    public void Cases_OfARunWithPhases_AreNotRated()
    {
        var folder = Path.Combine(Repository.Root, "docs", "guides", "examples");
        var file = ScenarioJson.ReadScenario(File.ReadAllBytes(Path.Combine(folder, "two-boroughs.json"))).Value;
        var result = new Simulator().Run(ScenarioCompiler.Compile(file, new ScenarioFolder(folder)).Value, 2, 1, 2);
        var loaded = result with { Areas = [.. result.Areas.Select(area => area with { CaseLoadPerOfficer = new Estimate(3.3, 0.1, 3.1, 3.5), CasesPerOfficer = new Estimate(0.2, 0.1, 0.1, 0.3) })] };
        var phased = loaded with { Phases = [new PhaseResult("before", file.Start, 7, "", [])] };

        RunTables.Cases(loaded, 13, 15)!.Rows.ShouldAllBe(row => row[5].Text == "under 13");
        var table = RunTables.Cases(phased, 13, 15)!;
        table.Rows.ShouldAllBe(row => row[5].Text == "not rated: phases together" && row[5].Tag == null);
        table.Caption.ShouldContain("not rated");
    }

    [Fact]
    public void Of_RunsOfOneDesign_AreToldApart()
    {
        string[] words =
        [
            RunWords.Of(Plain), RunWords.Of(Plain with { Log = "cad-2017" }), RunWords.Of(Plain with { Calibration = "spring" }), RunWords.Of(Plain with { DemandMultiplier = 1.1 }),
            RunWords.Of(Plain with { Begins = "The force as it is", Turns = [new RunTurn("east", 1, "East merged", new DateOnly(2017, 2, 1))] }),
        ];

        words.Distinct().Count().ShouldBe(words.Length);
        words[^1].ShouldBe("The force as it is, then East merged from 1 February 2017");
        (RunWords.Length(28), RunWords.Length(23), RunWords.Length(7)).ShouldBe(("4 weeks", "23 days", "1 week"));
    }

    [Fact]
    public void Role_OfEachPhase_IsTakenFromTheDesignThatIsRun()
    {
        var run = Plain with { Begins = "The force as it is", Turns = [new RunTurn("east", 1, "East merged", new DateOnly(2017, 2, 1)), new RunTurn("west", 1, "Adapted", new DateOnly(2017, 3, 1))] };

        (RunWords.Role(run, new DateOnly(2017, 1, 9)), RunWords.Role(run, new DateOnly(2017, 2, 1)), RunWords.Role(run, new DateOnly(2017, 3, 1))).ShouldBe(("Before", "After", "Adaptation"));
    }
}
