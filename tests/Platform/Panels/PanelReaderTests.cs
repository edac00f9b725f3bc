using System.Globalization;
using System.Text;
using Pathfinder.Analysis.Effects;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Tests.Panels;

public class PanelReaderTests
{
    private static readonly PanelColumns Columns = new("area", "month", "in_time", "live");

    [Fact]
    public void Panel_Clean_UnitsTimesOutcomeAndStart()
    {
        var panel = Read(Csv()).Value.Panel;

        panel.Units.ShouldBe(["A", "B", "C"]);
        panel.Times.ShouldBe(["2017-01", "2017-02", "2017-03", "2017-04"]);
        panel.FirstTreated.ShouldBe([2, null, null]);
        panel.Outcome[0, 3].ShouldBe(13);
    }

    [Fact]
    public void Panel_SemicolonsQuotesByteOrderMarkAndAnyOrder_SamePanel()
    {
        var lines = Csv().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var text = "\uFEFF" + lines[0].Replace(',', ';') + "\r\n" + string.Join("\r\n", lines.Skip(1).Reverse().Select(line => string.Join(';', line.Split(',').Select(f => $"\"{f}\""))));

        var panel = Read(text).Value.Panel;

        panel.Times[0].ShouldBe("2017-01");
        panel.Outcome[panel.Units.ToList().IndexOf("A"), 3].ShouldBe(13);
    }

    [Theory]
    [InlineData("B,2017-02", "B,2017-01", "There are 2 rows for B at 2017-01", 7)]
    [InlineData("A,2017-03,12,1", "A,2017-03,twelve,1", "This is not a number", 4)]
    [InlineData("A,2017-03,12,1", "A,2017-03,,1", "The value is missing", 4)]
    [InlineData("A,2017-03,12,1", "A,03/2017,12,1", "Times are written in more than one way", 4)]
    [InlineData("A,2017-03,12,1", "A,the spring,12,1", "This is no date", 4)]
    [InlineData("A,2017-03,12,1", "A,2017-03-01,12,1", "Times are written in more than one way", 4)]
    [InlineData("A,2017-04,13,1", "A,2017-04,13,0", "Treatment of A ends again", 5)]
    [InlineData("A,2017-04,13,1", "A,2017-04,13,2", "Treatment is neither 0 nor 1", 5)]
    [InlineData("A,2017-04,13,1", "A,2017-04,13", "another number of fields", 5)]
    [InlineData("A,2017-04,13,1", "A,2017-04,\"13,1", "quotation mark", 5)]
    public void Panel_OneFault_ProblemNamesTheRow(string clean, string faulty, string message, int row)
    {
        var problems = Read(Csv().Replace(clean, faulty, StringComparison.Ordinal)).Problems;

        problems.ShouldContain(p => p.Message.Contains(message, StringComparison.Ordinal) && p.Row == row && p.File == "panel.csv", string.Join('\n', problems));
    }

    [Fact]
    public void Panel_UnitMissesATime_RefusedAndTheProblemSaysHowToLeaveItOut()
    {
        var text = Csv().Replace("C,2017-02,31,0\n", "", StringComparison.Ordinal);

        Read(text).Problems.ShouldHaveSingleItem().Message.ShouldBe("There is no row for C at 2017-02");
        Read(text, "unit:C").Value.Panel.Units.ShouldBe(["A", "B"]);
    }

    [Fact]
    public void Panel_AMonthMissingEverywhere_IsAGap()
    {
        var text = string.Join('\n', Csv().Split('\n').Where(line => !line.Contains("2017-02", StringComparison.Ordinal)));

        Read(text).Problems.ShouldContain(p => p.Message == "Times are missing between 2017-01 and this one" && p.Found == "2017-03");
    }

    [Fact]
    public void Panel_TreatedFromTheFirstTimeOn_Refused()
    {
        var text = Csv().Replace("A,2017-01,10,0", "A,2017-01,10,1", StringComparison.Ordinal).Replace("A,2017-02,11,0", "A,2017-02,11,1", StringComparison.Ordinal);

        Read(text).Problems.ShouldHaveSingleItem().Message.ShouldContain("never seen untreated");
    }

    [Fact]
    public void Panel_ConstantOutcomePercentageOverHundredUnknownColumn_EachRefused()
    {
        var constant = "area,month,in_time,live\n" + string.Concat(from area in new[] { "A", "B" } from t in Enumerable.Range(1, 3) select $"{area},{t},5,{(area == "A" && t > 2 ? 1 : 0)}\n");

        Read(constant).Problems.ShouldHaveSingleItem().Message.ShouldContain("the same everywhere");
        var percent = Csv().Replace("in_time", "in_time_percent", StringComparison.Ordinal).Replace(",13,1", ",113,1", StringComparison.Ordinal);
        PanelReader.Read(percent, "panel.csv", Columns with { Outcome = "in_time_percent" }).Problems.ShouldHaveSingleItem().Row.ShouldBe(5);
        PanelReader.Read(Csv(), "panel.csv", Columns with { Unit = "borough" }).Problems.ShouldHaveSingleItem().Accepted.ShouldBe("area, month, in_time, live");
    }

    [Fact]
    public void Exclude_TransitionMonths_CountNeitherBeforeNorAfter()
    {
        var table = Read(Csv(), "2017-02..2017-03").Value;

        table.WithoutTransition.Times.ShouldBe(["2017-01", "2017-04"]);
        table.WithoutTransition.FirstTreated[0].ShouldBe(1);
        table.Panel.Times.Count.ShouldBe(4);
        Read(Csv(), "2019-01").Problems.ShouldHaveSingleItem().Found.ShouldBe("2019-01");
    }

    [Fact]
    public void Methods_SingleComparator_SyntheticRefusedWithReasonAndOthersNamed()
    {
        var answer = PanelEvaluation.Evaluate(Read(Csv(), "unit:C").Value, new EffectRequest(EffectMethod.SyntheticControl));

        var problem = answer.Problems.First(p => p.Message.StartsWith("1 comparator", StringComparison.Ordinal));
        problem.Accepted.ShouldNotBeNull().ShouldContain("did");
    }

    [Fact]
    public void Evaluate_DifferenceInDifferences_EffectEventStudyAndJsonWithoutNaN()
    {
        var answer = PanelEvaluation.Evaluate(Read(Csv()).Value, new EffectRequest(EffectMethod.DifferenceInDifferences)).Value;

        // A rises by 2 on average from before to after, the comparators by 1 and by 2.
        answer.Estimate.ShouldBe(0.5, 1e-12);
        answer.EventStudy!.Count.ShouldBe(4);
        answer.Se.ShouldBeNull();
        var along = PanelEvaluation.Evaluate(Read(Csv()).Value, new EffectRequest(EffectMethod.DifferenceInDifferences, Error: ErrorKind.Time)).Value;
        // Two times before and two after: √(1/2 + 1/2) = 1.
        (along.Estimate, along.Error, along.AlongTime!.Degrees).ShouldBe((answer.Estimate, "time", 2));
        along.Se!.Value.ShouldBe(along.AlongTime.Sigma * Math.Sqrt((1 + along.AlongTime.Autocorrelation) / (1 - along.AlongTime.Autocorrelation)), 1e-12);
        var json = Encoding.UTF8.GetString(PanelsJson.Write(answer));
        json.ShouldContain("\"estimate\": 0.5");
        json.ShouldNotContain("NaN");
    }

    [Fact]
    public void Evaluate_SyntheticControlOfTheBasqueCountry_GivesTheRankOfTheRatioBesideThatOfTheEffect()
    {
        var lines = File.ReadAllLines(Path.Combine(Testing.Repository.Root, "tests", "Analysis", "Data", "basque.csv")).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','));
        var text = "region,year,gdp,live\n" + string.Concat(lines.Where(row => !row[1].StartsWith("Spain", StringComparison.Ordinal))
            .Select(row => $"{row[1]},{row[2]},{row[3]},{(row[1].StartsWith("Basque", StringComparison.Ordinal) && string.CompareOrdinal(row[2], "1970") >= 0 ? 1 : 0)}\n"));

        var answer = PanelEvaluation.Evaluate(PanelReader.Read(text, "basque.csv", new PanelColumns("region", "year", "gdp", "live")).Value, new EffectRequest(EffectMethod.SyntheticControl)).Value;

        // Abadie and Gardeazabal's regions: 7 of 17 by the ratio of gaps.
        answer.Estimate.ShouldBe(-0.89458855, 1e-7);
        answer.RmspeRatio!.Value.ShouldBe(13.410961, 1e-5);
        answer.RmspeRatioP!.Value.ShouldBe(0.4117647058823529, 1e-12);
        answer.Placebo!.Placebos.ShouldAllBe(placebo => placebo.Ratio > 0);
        Encoding.UTF8.GetString(PanelsJson.Write(answer)).ShouldContain("\"rmspeRatioP\": 0.411764705882352");
    }

    [Fact]
    public void Evaluate_InterruptedCountsWithATransition_TrendRunsOnThroughTheWindow()
    {
        var text = new StringBuilder("area,month,in_time,live,calls\n");
        for (var t = 1; t <= 24; t++)
        {
            var rate = Math.Exp(-1 + (0.01 * t) + (t > 14 ? -0.5 : 0));
            text.AppendLine(CultureInfo.InvariantCulture, $"A,{t},{(t is 13 or 14 ? 0 : rate * 1000 * (1 + (t % 3))):R},{(t > 12 ? 1 : 0)},{1000 * (1 + (t % 3))}");
        }

        var table = PanelReader.Read(text.ToString(), "panel.csv", Columns with { Denominator = "calls" }, ["13..14"]).Value;
        var answer = PanelEvaluation.Evaluate(table, new EffectRequest(EffectMethod.InterruptedTimeSeries, Family: SeriesFamily.QuasiPoisson, SlopeChange: false)).Value;

        answer.Estimate.ShouldBe(-0.5, 1e-6);
        answer.Interruption!.RateRatio!.Estimate.ShouldBe(Math.Exp(-0.5), 1e-6);
    }

    private static Outcome<PanelTable> Read(string text, params string[] exclude) => PanelReader.Read(text, "panel.csv", Columns, exclude);

    private static string Csv() => "area,month,in_time,live\nA,2017-01,10,0\nA,2017-02,11,0\nA,2017-03,12,1\nA,2017-04,13,1\nB,2017-01,20,0\nB,2017-02,20,0\nB,2017-03,21,0\nB,2017-04,21,0\nC,2017-01,30,0\nC,2017-02,31,0\nC,2017-03,32,0\nC,2017-04,33,0\n";
}
