using System;
using System.Collections.Generic;

namespace Pathfinder.Engine.Staffing;

/// <summary>A shift that is worked every day.</summary>
/// <param name="StartMinute">Minutes after midnight.</param>
/// <param name="Minutes">Its length.</param>
/// <param name="BriefingMinutes">Minutes at its start in which crews are not free.</param>
/// <param name="MealMinutes">Minutes of it that each crew is off the road, spread over the rest.</param>
public readonly record struct DailyShift(int StartMinute, int Minutes, int BriefingMinutes, int MealMinutes);

/// <summary>Crews on each shift of each day of the week.</summary>
/// <param name="Crews">By day (0 = Monday), then shift: entry day x shifts + shift.</param>
/// <param name="Shifts">How many shifts a day has.</param>
public sealed record WeekCover(int[] Crews, int Shifts)
{
    /// <summary>Crew-shifts in the week.</summary>
    public int Total
    {
        get
        {
            var sum = 0;
            foreach (var crews in Crews)
            {
                sum += crews;
            }

            return sum;
        }
    }

    /// <summary>Crews on the largest shift.</summary>
    public int Largest
    {
        get
        {
            var largest = 0;
            foreach (var crews in Crews)
            {
                largest = Math.Max(largest, crews);
            }

            return largest;
        }
    }
}

/// <summary>
/// The fewest crew-shifts that cover required crews in every quarter of an hour of the week: an integer programme whose constraints join
/// only neighbouring shifts, so that dynamic programming around the week solves it exactly.
/// </summary>
public sealed class ShiftCover
{
    private const int QuartersADay = 96;
    private const int Quarters = 7 * QuartersADay;

    private readonly DailyShift[] _shifts;
    private readonly double[] _free;

    // For each quarter the one or two shifts of the week that cover it; -1 where there is none.
    private readonly int[] _first = new int[Quarters];
    private readonly int[] _second = new int[Quarters];

    private ShiftCover(DailyShift[] shifts)
    {
        _shifts = shifts;
        _free = new double[shifts.Length];
        for (var i = 0; i < shifts.Length; i++)
        {
            var road = shifts[i].Minutes - shifts[i].BriefingMinutes;
            _free[i] = (road - shifts[i].MealMinutes) / (double)road;
        }
    }

    /// <summary>The shifts in order of their start.</summary>
    public IReadOnlyList<DailyShift> Shifts => _shifts;

    /// <summary>
    /// Lays out the week. Null with a reason: "gap" where a quarter of an hour has no shift, "overlap" where more than two shifts, or
    /// two that do not follow one another, cover one.
    /// </summary>
    public static (ShiftCover? Cover, string? Why, int Minute) Lay(IReadOnlyList<DailyShift> shifts)
    {
        ArgumentNullException.ThrowIfNull(shifts);
        var ordered = new DailyShift[shifts.Count];
        for (var i = 0; i < ordered.Length; i++)
        {
            ordered[i] = shifts[i];
        }

        Array.Sort(ordered, static (a, b) => a.StartMinute.CompareTo(b.StartMinute));
        var cover = new ShiftCover(ordered);
        return cover.LayQuarters() is var (why, minute) && why.Length > 0 ? (null, why, minute) : (cover, null, 0);
    }

    /// <summary>The fewest crew-shifts with at least so many crews free for calls in each hour of the week.</summary>
    public WeekCover Solve(ReadOnlySpan<int> required)
    {
        var count = 7 * _shifts.Length;
        var alone = new int[count];
        var pair = new double[count];
        for (var quarter = 0; quarter < Quarters; quarter++)
        {
            var need = required[quarter / 4];
            if (_second[quarter] < 0)
            {
                var free = _free[_first[quarter] % _shifts.Length];
                alone[_first[quarter]] = Math.Max(alone[_first[quarter]], AtLeast(need, free));
            }
            else
            {
                pair[_first[quarter]] = Math.Max(pair[_first[quarter]], need);
            }
        }

        return new WeekCover(Around(alone, pair), _shifts.Length);
    }

    /// <summary>Crews free for calls in each hour of the week, the mean over its quarters.</summary>
    public double[] FreeByHour(ReadOnlySpan<int> crews)
    {
        var free = new double[Quarters / 4];
        for (var quarter = 0; quarter < Quarters; quarter++)
        {
            var (first, second) = (_first[quarter], _second[quarter]);
            free[quarter / 4] += 0.25 * ((crews[first] * _free[first % _shifts.Length]) + (second < 0 ? 0 : crews[second] * _free[second % _shifts.Length]));
        }

        return free;
    }

    private (string Why, int Minute) LayQuarters()
    {
        Array.Fill(_first, -1);
        Array.Fill(_second, -1);
        for (var day = 0; day < 7; day++)
        {
            for (var shift = 0; shift < _shifts.Length; shift++)
            {
                var begin = (day * 1440) + _shifts[shift].StartMinute + _shifts[shift].BriefingMinutes;
                var end = (day * 1440) + _shifts[shift].StartMinute + _shifts[shift].Minutes;

                // A shift counts only for quarters that it covers from beginning to end.
                for (var quarter = (begin + 14) / 15; (quarter + 1) * 15 <= end; quarter++)
                {
                    var at = quarter % Quarters;
                    var number = (day * _shifts.Length) + shift;
                    if (_first[at] < 0)
                    {
                        _first[at] = number;
                    }
                    else if (_second[at] < 0)
                    {
                        _second[at] = number;
                    }
                    else
                    {
                        return ("overlap", at * 15 % 1440);
                    }
                }
            }
        }

        var count = 7 * _shifts.Length;
        for (var quarter = 0; quarter < Quarters; quarter++)
        {
            if (_first[quarter] < 0)
            {
                return ("gap", quarter * 15 % 1440);
            }

            if (_second[quarter] >= 0 && (_first[quarter] + 1) % count != _second[quarter])
            {
                (_first[quarter], _second[quarter]) = (_second[quarter], _first[quarter]);
                if ((_first[quarter] + 1) % count != _second[quarter])
                {
                    return ("overlap", quarter * 15 % 1440);
                }
            }
        }

        return ("", 0);
    }

    private static int AtLeast(double need, double free) => (int)Math.Ceiling((need / free) - 1e-9);

    // Least sum of x with x[i] >= alone[i] and free x[i] + free x[i+1] >= pair[i] around a circle.
    private int[] Around(int[] alone, double[] pair)
    {
        var count = alone.Length;
        // Nothing is gained by more than what a pair asks for beyond what both shifts have anyway.
        var most = 0;
        for (var i = 0; i < count; i++)
        {
            var next = (i + 1) % count;
            var lack = pair[i] - (Free(i) * alone[i]) - (Free(next) * alone[next]);
            most = lack > 1e-9 ? Math.Max(most, AtLeast(lack, Math.Min(Free(i), Free(next)))) : most;
        }

        var best = long.MaxValue;
        var chosen = new int[count];
        var cost = new long[most + 1];
        var following = new long[most + 1];
        var from = new int[count, most + 1];
        for (var start = 0; start <= most; start++)
        {
            Array.Fill(cost, long.MaxValue);
            cost[start] = alone[0] + start;
            for (var i = 1; i < count; i++)
            {
                for (var more = 0; more <= most; more++)
                {
                    (following[more], from[i, more]) = (long.MaxValue, -1);
                    for (var before = 0; before <= most; before++)
                    {
                        if (cost[before] < following[more] && Meets(i - 1, alone[i - 1] + before, i, alone[i] + more, pair))
                        {
                            (following[more], from[i, more]) = (cost[before], before);
                        }
                    }

                    following[more] = following[more] == long.MaxValue ? long.MaxValue : following[more] + alone[i] + more;
                }

                (cost, following) = (following, cost);
            }

            for (var last = 0; last <= most; last++)
            {
                if (cost[last] < best && Meets(count - 1, alone[count - 1] + last, 0, alone[0] + start, pair))
                {
                    best = cost[last];
                    for (var (i, more) = (count - 1, last); i > 0; (i, more) = (i - 1, from[i, more]))
                    {
                        chosen[i] = alone[i] + more;
                    }

                    chosen[0] = alone[0] + start;
                }
            }
        }

        return chosen;
    }

    private double Free(int shift) => _free[shift % _shifts.Length];

    private bool Meets(int a, int crewsA, int b, int crewsB, double[] pair) => (Free(a) * crewsA) + (Free(b) * crewsB) >= pair[a] - 1e-9;
}
