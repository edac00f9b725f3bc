using Pathfinder.Analysis.Control;

namespace Pathfinder.Analysis.Tests.Control;

public class MonitoringTests
{
    [Fact]
    public void Monitoring_PathfindersReplayedMonthByMonth_EastSignalsInFebruaryAndCentralNorthInMarch()
    {
        var east = Monitoring.FirstSignal(Monitoring.Replay(ResponseTimes.East));
        var north = Monitoring.FirstSignal(Monitoring.Replay(ResponseTimes.CentralNorth));

        ResponseTimes.Months[east!.Index].ShouldBe("2017-02");
        ResponseTimes.Months[north!.Index].ShouldBe("2017-03");
        east.Point.Flags.ShouldBe([Flag.Outside]);
        north.Point.Direction.ShouldBe(-1);
        (north.Point.Lower, north.Point.Upper).ShouldBe((80.925, 92.325), new PairWithin(1e-9));
        north.TrialLimits.ShouldBeTrue();
    }

    [Fact]
    public void Monitoring_LaterMonths_NeverChangeAnEarlierVerdict()
    {
        var whole = Monitoring.Replay(ResponseTimes.East);
        var asItWas = Monitoring.Replay(ResponseTimes.East.AsSpan(0, 9));

        asItWas.Select(month => (month.Index, month.Point.Lower, month.Signals))
            .ShouldBe(whole.Take(asItWas.Count).Select(month => (month.Index, month.Point.Lower, month.Signals)));
    }

    [Fact]
    public void FalseAlarmShare_OfSeriesInWhichNothingChanges_IsWhatTheReplayGives()
    {
        var random = new Random(7);
        var (signals, expected, tested) = (0, 0.0, 0);
        for (var series = 0; series < 400; series++)
        {
            // Box and Muller's normal values.
            double[] values = [.. Enumerable.Range(0, 40).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
            foreach (var month in Monitoring.Replay(values))
            {
                signals += month.Signals ? 1 : 0;
                expected += Monitoring.FalseAlarmShare(month.BaselinePoints);
                tested++;
            }
        }

        (signals / (double)tested).ShouldBe(expected / tested, 0.005);
    }

    [Fact]
    public void Monitoring_Rebased_WaitsForANewBaseline()
    {
        var months = Monitoring.Replay(ResponseTimes.East, [new Segment(8)], fewest: 3);

        months.Select(month => month.Index).ShouldBe([3, 4, 5, 6, 7, 11, 12, 13]);
    }

    private sealed class PairWithin(double tolerance) : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < tolerance && Math.Abs(x.Item2 - y.Item2) < tolerance;

        public int GetHashCode((double, double) obj) => 0;
    }
}
