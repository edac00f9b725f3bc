using System.Text;
using Pathfinder.Analysis.Control;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Tests.Panels;

public class SeriesTests
{
    private const string East = "month,east\nJuly 16,78\nAugust 16,76\nSeptember 16,77\nOctober 16,79\nNovember 16,79\nDecember 16,79\nJanuary 17,79\nFebruary 17,75\nMarch 17,66\nApril 17,63\n";

    [Fact]
    public void Chart_EastMonthByMonth_SaysOnWhichMonthItFirstSignalled()
    {
        var chart = Draw(East, ChartKind.Xmr, new ChartRequest(ChartKind.Xmr, Improvement.Up, 90)).Value;

        var signal = chart.FirstSignals.ShouldHaveSingleItem();
        signal.Date.ShouldBe("February 17");
        signal.Direction.ShouldBe("down");
        chart.Assurance.ShouldNotBeNull().ShouldContain("missed");
        chart.Points.Count.ShouldBe(10);
        chart.Segments.ShouldHaveSingleItem().TrialLimits.ShouldBeTrue();
        Encoding.UTF8.GetString(PanelsJson.Write(chart)).ShouldContain("\"firstSignals\"");
    }

    [Fact]
    public void Chart_Rebased_SecondSegmentStartsAtTheDateWrittenAnyWay()
    {
        Draw(East, ChartKind.Xmr, new ChartRequest(ChartKind.Xmr, Rebase: ["February 17"])).Value.Points[7].Segment.ShouldBe(1);
        Draw(East, ChartKind.Xmr, new ChartRequest(ChartKind.Xmr, Rebase: ["May 17"])).Problems.ShouldHaveSingleItem().Found.ShouldBe("May 17");
    }

    [Fact]
    public void Series_ConstantAndRebasedAtNoDateOfIt_BothAreNamedAtOnce() =>
        SeriesReader.Read("month,value\n2017-01,5\n2017-02,5\n2017-03,5\n", "s.csv", new SeriesColumns("month", "value"), ChartKind.Xmr, ["foo"]).Problems.Select(problem => problem.Found).ShouldBe(["5", "foo"]);

    [Fact]
    public void Chart_RunChart_HasNoLimitsAndItsJsonSaysNull()
    {
        var chart = Draw(East, ChartKind.Run, new ChartRequest(ChartKind.Run)).Value;

        chart.Points.ShouldAllBe(p => p.Lower == null && p.Upper == null);
    }

    [Theory]
    [InlineData("month,rolling_average\n2017-01,1\n2017-02,2\n", "rolling_average", "rolling average")]
    [InlineData("month,percent\n2017-01,99\n2017-02,102\n", "percent", "over 100")]
    [InlineData("month,value\n2017-01,5\n2017-02,5\n2017-03,5\n", "value", "the same")]
    [InlineData("month,value\n2017-01,5\n2017-01,6\n", "value", "Two rows are for one date")]
    [InlineData("month,value\n2017-01,5\n2017-02,6\n2017-04,7\n", "value", "missing between 2017-02")]
    [InlineData("month,value\n2017-01,5\n01/02/2017,6\n", "value", "more than one way")]
    [InlineData("month,value\n", "value", "no rows")]
    [InlineData("", "value", "empty")]
    public void Series_Fault_Refused(string text, string column, string message) =>
        SeriesReader.Read(text, "s.csv", new SeriesColumns("month", column), ChartKind.Xmr).Problems.ShouldContain(p => p.Message.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("a,1,0\nb,1,2\n", "not above zero", 2)]
    [InlineData("a,1,4\nb,5,4\n", "not between zero and the denominator", 3)]
    [InlineData("a,1,4\na,2,4\n", "Two rows are for one area", 3)]
    public void Proportions_Fault_RefusedByRow(string rows, string message, int row)
    {
        var problem = SeriesReader.Read("area,x,n\n" + rows, "f.csv", new SeriesColumns("area", "x", "n"), ChartKind.Funnel).Problems.ShouldHaveSingleItem();

        problem.Message.ShouldContain(message);
        problem.Row.ShouldBe(row);
    }

    [Fact]
    public void Series_DaysWithoutWeekends_AreNoGap() =>
        SeriesReader.Read("day,v\n2017-06-01,1\n2017-06-02,3\n2017-06-05,2\n2017-06-06,4\n", "d.csv", new SeriesColumns("day", "v"), ChartKind.Xmr).Succeeded.ShouldBeTrue();

    private static Outcome<ChartAnswer> Draw(string text, ChartKind kind, ChartRequest request) =>
        SeriesChart.Draw(SeriesReader.Read(text, "s.csv", new SeriesColumns("month", "east"), kind).Value, request);
}
