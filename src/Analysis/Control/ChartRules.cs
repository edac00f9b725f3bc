namespace Pathfinder.Analysis.Control;

/// <summary>
/// The four rules of Making Data Count (NHS England), with the details of NHSRplotthedots, whose output the tests reproduce:
/// a point outside the limits; a trend of seven points; two of three near a limit; seven on one side of the centre.
/// </summary>
public static class ChartRules
{
    /// <summary>Points of a trend (six strict steps) and of a shift.</summary>
    public const int RunLength = 7;

    /// <summary>
    /// The rules each point of one segment breaks, by priority, and the direction of the first. Shift and trend are filled
    /// back over all their points; of two-of-three only the points near a limit are flagged. A point outside the limits is
    /// not also near one, and a point equal to the centre breaks a run.
    /// </summary>
    /// <param name="values">The values of one segment.</param>
    /// <param name="centre">Their centre.</param>
    /// <param name="half">Distance from the centre to an outer limit; the near limits stand at two thirds of it.</param>
    public static (IReadOnlyList<string> Rules, int Direction)[] Apply(ReadOnlySpan<double> values, double centre, double half)
    {
        var length = values.Length;
        var side = new int[length];
        var outside = new bool[length];
        var near = new bool[length];
        for (var i = 0; i < length; i++)
        {
            side[i] = Math.Sign(values[i] - centre);
            outside[i] = values[i] < centre - half || values[i] > centre + half;
            near[i] = !outside[i] && (values[i] < centre - (half * 2 / 3) || values[i] > centre + (half * 2 / 3));
        }

        var trend = Trends(values);
        var shift = Shifts(side);
        var two = TwoOfThree(side, near);

        var answer = new (IReadOnlyList<string>, int)[length];
        for (var i = 0; i < length; i++)
        {
            var rules = new List<string>(0);
            if (outside[i])
            {
                rules.Add(Flag.Outside);
            }

            if (trend[i] != 0)
            {
                rules.Add(Flag.Trend);
            }

            if (two[i])
            {
                rules.Add(Flag.TwoOfThree);
            }

            if (shift[i])
            {
                rules.Add(Flag.Shift);
            }

            answer[i] = (rules, rules.Count == 0 ? 0 : !outside[i] && trend[i] != 0 ? trend[i] : side[i]);
        }

        return answer;
    }

    // A point where a rise ends and a fall begins belongs to both; the later one names its direction.
    private static int[] Trends(ReadOnlySpan<double> values)
    {
        var trend = new int[values.Length];
        for (var last = RunLength - 1; last < values.Length; last++)
        {
            var step = Math.Sign(values[last] - values[last - 1]);
            var whole = step != 0;
            for (var i = last - 1; whole && i > last - RunLength + 1; i--)
            {
                whole = Math.Sign(values[i] - values[i - 1]) == step;
            }

            if (whole)
            {
                Array.Fill(trend, step, last - RunLength + 1, RunLength);
            }
        }

        return trend;
    }

    private static bool[] Shifts(int[] side)
    {
        var shift = new bool[side.Length];
        for (int last = 0, run = 0; last < side.Length; last++)
        {
            run = side[last] == 0 ? 0 : last > 0 && side[last] == side[last - 1] ? run + 1 : 1;
            if (run >= RunLength)
            {
                Array.Fill(shift, true, last - RunLength + 1, RunLength);
            }
        }

        return shift;
    }

    private static bool[] TwoOfThree(int[] side, bool[] near)
    {
        var flagged = new bool[side.Length];
        for (var last = 2; last < side.Length; last++)
        {
            var count = (near[last - 2] ? 1 : 0) + (near[last - 1] ? 1 : 0) + (near[last] ? 1 : 0);
            if (count >= 2 && Math.Abs(side[last - 2] + side[last - 1] + side[last]) == 3)
            {
                for (var i = last - 2; i <= last; i++)
                {
                    flagged[i] |= near[i];
                }
            }
        }

        return flagged;
    }
}
