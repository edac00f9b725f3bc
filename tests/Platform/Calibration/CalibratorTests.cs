using System.Globalization;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.Forces;
using Pathfinder.Testing.Calibration;

namespace Pathfinder.Platform.Tests.Calibration;

public sealed class CalibratorTests
{
    private static readonly ForcePack Harbour = HarbourMerger.Harbour;

    private const string Fit = """
        name: harbour
        title: Harbour, two boroughs
        dated: 2016-12-05
        targetsBefore: 2017-03-01
        days: 14
        particles: 24
        areas:
          North: [HB01, HB02]
        parameters:
          - {key: crews.times, low: 0.5, high: 1.5, basis: background, why: not known}
          - {key: travel.I.interceptSeconds, low: 20, high: 300, basis: background, why: not known}
        """;

    [Theory]
    [InlineData("travel.I.interceptSeconds", 20, 300, 180, "I.meanMinutes", 0.25)]
    [InlineData("crews.times", 0.4, 1.4, 0.6, "S.meanMinutes", 3)]
    public void Fit_WorldOfAKnownValue_FindsItAndHoldsWhatWasKeptOut(string key, double low, double high, double truth, string measure, double tolerance)
    {
        var parameters = Fit.IndexOf("parameters:", StringComparison.Ordinal);
        var fit = string.Create(CultureInfo.InvariantCulture, $"{Fit[..parameters].Replace("particles: 24", "particles: 16", StringComparison.Ordinal)}parameters:\n  - {{key: {key}, low: {low}, high: {high}, basis: background, why: not known}}\nholdOutFrom: 2017-02-01\n");
        var world = FittedWorld.Prepare(Harbour, FitFile.Read(fit, Harbour).Value).Value;
        var seen = world.Measure(world.Simulate(new Dictionary<string, double>(StringComparer.Ordinal) { [key] = truth }, world.Start, 56, 7, null, 2, 77), "North", measure);
        var targets = string.Create(
            CultureInfo.InvariantCulture, $"area,measure,from,to,value,tolerance\nNorth,{measure},2017-01-01,2017-01-31,{seen},{tolerance}\nNorth,{measure},2017-02-01,2017-02-28,{seen},{tolerance}\n");

        var result = Calibrator.Fit(Harbour, fit, targets, new CalibrationOptions(150, 3, 2)).Value;

        var found = result.Parameters.ShouldHaveSingleItem();
        found.Posterior.Lower.ShouldBeLessThanOrEqualTo(truth);
        found.Posterior.Upper.ShouldBeGreaterThanOrEqualTo(truth);
        found.Narrowed.ShouldBeGreaterThan(0.4);
        result.Targets.Single(target => target.HeldOut).Held.ShouldBeTrue();
        result.Particles.Sum(particle => particle.Weight).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Fit_AnyThreads_GivesTheSameBytes()
    {
        var targets = Targets(0.9, 100);
        var one = Calibrator.Fit(Harbour, Fit, targets, new CalibrationOptions(60, 5)).Value;
        var two = Calibrator.Fit(Harbour, Fit, targets, new CalibrationOptions(60, 5, 2)).Value;

        CalibrationRegister.Write(two).ShouldBe(CalibrationRegister.Write(one));
        one.Simulations.ShouldBeLessThanOrEqualTo(60);
    }

    [Fact]
    public void Fit_TargetOfTheTimeToBePredicted_IsRefusedByRow()
    {
        var refused = Calibrator.Fit(
            Harbour, Fit, "area,measure,from,to,value\nNorth,I.inTarget,2017-01-01,2017-01-31,0.8\nNorth,I.inTarget,2017-03-01,2017-03-31,0.6\n", new CalibrationOptions(60), "fit.yaml", "targets.csv");

        var problem = refused.Problems.ShouldHaveSingleItem();
        (problem.File, problem.Row, problem.Field, problem.Found).ShouldBe(("targets.csv", 3, "to", "2017-03-31"));
        problem.Message.ShouldContain("to be predicted");
    }

    [Theory]
    [InlineData("Nowhere,I.inTarget,2017-01-01,2017-01-31,0.8", "area")]
    [InlineData("North,I.mode,2017-01-01,2017-01-31,0.8", "measure")]
    [InlineData("North,I.inTarget,2017-01-01,2016-12-31,0.8", "to")]
    [InlineData("North,I.inTarget,January,2017-01-31,0.8", "from")]
    [InlineData("North,I.inTarget,2017-01-01,2017-01-31,80", "value")]
    [InlineData("North,I.inTarget,2017-01-01,2017-01-31,0.8,-1", "tolerance")]
    public void Targets_BadRow_IsNamed(string row, string field)
    {
        var refused = TargetFile.Read("area,measure,from,to,value,tolerance\n" + row + "\n", ["North"], null, "targets.csv");

        refused.Problems.ShouldContain(problem => problem.Row == 2 && problem.Field == field);
    }

    [Theory]
    [InlineData("low: 0.5, high: 1.5", "low: 1.5, high: 0.5", "parameters[0].low")]
    [InlineData("key: crews.times", "key: crews.colour", "parameters[0].key")]
    [InlineData("low: 20, high: 300", "low: -20, high: 300", "parameters[1].low")]
    [InlineData("basis: background, why: not known}\n  - {key: travel", "basis: hearsay, why: not known}\n  - {key: travel", "parameters[0].basis")]
    [InlineData("North: [HB01, HB02]", "North: [HB01, X99]", "areas.North")]
    [InlineData("dated: 2016-12-05", "dated: Christmas", "dated")]
    [InlineData("particles: 24", "particles: 24\nluck: 1", "luck")]
    [InlineData("title: Harbour, two boroughs", "blind: yes", "parameters")]
    public void FitFile_Fault_IsNamedByItsPath(string from, string to, string field)
    {
        var read = FitFile.Read(Fit.ReplaceLineEndings("\n").Replace(from, to, StringComparison.Ordinal), Harbour, "fit.yaml");

        read.Problems.ShouldContain(problem => problem.Field == field && problem.File == "fit.yaml" && problem.Row > 0);
    }

    [Fact]
    public void Fit_BudgetBelowTheParticles_IsRefused() =>
        Calibrator.Fit(Harbour, Fit, Targets(1, 60), new CalibrationOptions(10)).Problems.ShouldHaveSingleItem().Field.ShouldBe("budget");

    [Fact]
    public void Assumptions_OfACalibration_AreThoseOfTheWorldByTheirMedian()
    {
        var result = Calibrator.Fit(Harbour, Fit, Targets(1, 100), new CalibrationOptions(40, 5)).Value;
        CalibrationRegister.Caution(result with { Ended = "budget", Rounds = [new CalibrationRound(29.84, 40, 20)] }).ShouldBe("ended by budget at 29.8 standard units; 1 is near");
        CalibrationRegister.Caution(result with { Rounds = [new CalibrationRound(29.84, 40, 20), new CalibrationRound(1.9, 40, 20)] }).ShouldBeNull();

        CalibrationRegister.Assumptions(result).Keys.ShouldBe(["travel.I.interceptSeconds"]);
    }

    // What the world of these values does, seen once, as a force would report it.
    private static string Targets(double crews, double turnOut)
    {
        var fit = FitFile.Read(Fit, Harbour).Value;
        var world = FittedWorld.Prepare(Harbour, fit).Value;
        var seen = world.Simulate(
            new Dictionary<string, double>(StringComparer.Ordinal) { ["crews.times"] = crews, ["travel.I.interceptSeconds"] = turnOut }, world.Start, 56, 7, null, 2, 77);
        string Row(string measure, string period, double tolerance) =>
            string.Create(CultureInfo.InvariantCulture, $"North,{measure},{period},{world.Measure(seen, "North", measure)},{tolerance}\n");
        const string january = "2017-01-01,2017-01-31";
        return "area,measure,from,to,value,tolerance\n" + Row("I.meanMinutes", january, 0.3) + Row("S.meanMinutes", january, 1.5) + Row("S.inTarget", january, 0.02) + Row("I.inTarget", january, 0.02)
            + Row("I.meanMinutes", "2017-02-01,2017-02-28", 0.3);
    }
}
