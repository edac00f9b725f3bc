using System;
using System.Collections.Generic;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Staffing;

/// <summary>
/// Crews needed hour by hour: each hour of the week is taken as a queue in its steady state (SIPP), with the load of one mean
/// holding time before (lagged, Green, Kolesar and Soares 2001). The wait of the first grade in M/M/c with non-preemptive priority is
/// P(W &gt; t) = C(c,a) exp(-(c mu - lambda) t) (Kella and Yechiali 1985); that of a later grade is taken as exponential with the mean of Cobham
/// (1954). The wait is convolved with the journey. See docs/methods/crews.md.
/// </summary>
public static class CrewRequirement
{
    /// <summary>More crews than any command unit parades; a target that they miss is out of reach.</summary>
    public const int MostCrews = 2_000;

    /// <summary>
    /// Fewest crews free for calls in each hour so that every grade meets its target; <see cref="MostCrews"/> + 1 where the journeys alone
    /// miss it. Grades in order of priority, a target for each.
    /// </summary>
    public static int[] ByHour(IReadOnlyList<GradeLoad> grades, IReadOnlyList<CrewTarget> targets)
    {
        ArgumentNullException.ThrowIfNull(grades);
        ArgumentNullException.ThrowIfNull(targets);
        var required = new int[GradeLoad.Hours];
        var queue = new HourQueue(grades);
        if (!Reachable(grades, targets))
        {
            Array.Fill(required, MostCrews + 1);
            return required;
        }

        for (var hour = 0; hour < required.Length; hour++)
        {
            // Most hours are like the same one of the day before.
            queue.Load(hour);
            required[hour] = hour >= 24 && queue.IsAs(hour - 24) ? required[hour - 24] : Fewest(queue, grades, targets);
        }

        return required;
    }

    /// <summary>
    /// Share of a grade's incidents over the week that arrive within the minutes, with so many crews free for calls in each hour
    /// (fractions allowed: they lie between the whole numbers). An hour whose crews cannot carry its load counts as missed.
    /// </summary>
    public static double ShareInTarget(IReadOnlyList<GradeLoad> grades, int grade, double minutes, ReadOnlySpan<double> crews)
    {
        ArgumentNullException.ThrowIfNull(grades);
        var queue = new HourQueue(grades);
        var (met, all) = (0.0, 0.0);
        for (var hour = 0; hour < GradeLoad.Hours; hour++)
        {
            var incidents = grades[grade].PerHour[hour];
            if (incidents <= 0)
            {
                continue;
            }

            queue.Load(hour);
            var whole = (int)Math.Floor(crews[hour]);
            var part = crews[hour] - whole;
            var share = queue.ShareWithin(grade, minutes, whole, grades[grade].TravelShares);
            share = part > 0 ? ((1 - part) * share) + (part * queue.ShareWithin(grade, minutes, whole + 1, grades[grade].TravelShares)) : share;
            met += incidents * share;
            all += incidents;
        }

        return all > 0 ? met / all : 1;
    }

    /// <summary>Erlang's C: the probability that an arrival to c servers under a load of a erlangs has to wait; 1 where a is at least c.</summary>
    public static double ErlangC(int servers, double load)
    {
        if (load <= 0)
        {
            return 0;
        }

        if (servers <= load)
        {
            return 1;
        }

        // Erlang B by its recursion, which neither overflows nor cancels.
        var blocked = 1.0;
        for (var n = 1; n <= servers; n++)
        {
            blocked = load * blocked / (n + (load * blocked));
        }

        return servers * blocked / (servers - (load * (1 - blocked)));
    }

    /// <summary>Share of a grade's journeys that take no longer than so many minutes: what no number of crews can pass.</summary>
    public static double Reach(GradeLoad grade, double minutes)
    {
        ArgumentNullException.ThrowIfNull(grade);
        var within = 0.0;
        for (var minute = 0; minute < grade.TravelShares.Length && minute <= minutes; minute++)
        {
            within += grade.TravelShares[minute];
        }

        return within;
    }

    private static bool Reachable(IReadOnlyList<GradeLoad> grades, IReadOnlyList<CrewTarget> targets)
    {
        for (var grade = 0; grade < grades.Count; grade++)
        {
            if (targets[grade].Share > 0 && Reach(grades[grade], targets[grade].Minutes) < targets[grade].Share)
            {
                return false;
            }
        }

        return true;
    }

    private static int Fewest(HourQueue queue, IReadOnlyList<GradeLoad> grades, IReadOnlyList<CrewTarget> targets)
    {
        if (queue.Offered <= 0)
        {
            return 0;
        }

        for (var crews = (int)Math.Floor(queue.Offered) + 1; crews <= MostCrews; crews++)
        {
            var enough = true;
            for (var grade = 0; enough && grade < grades.Count; grade++)
            {
                enough = targets[grade].Share <= 0 || queue.OfferedOf(grade) <= 0
                    || queue.ShareWithin(grade, targets[grade].Minutes, crews, grades[grade].TravelShares) >= targets[grade].Share;
            }

            if (enough)
            {
                return crews;
            }
        }

        return MostCrews + 1;
    }

    // One hour of one unit as a queue: erlangs by grade and one mean holding time over all.
    private sealed class HourQueue(IReadOnlyList<GradeLoad> grades)
    {
        private readonly double[] _offered = new double[grades.Count];
        private int _hour;
        private double _perMinute;
        private int _servers;
        private double _blocked = 1;
        private double _wait;

        public double Offered { get; private set; }

        public double OfferedOf(int grade) => _offered[grade];

        public void Load(int hour)
        {
            var jobs = 0.0;
            (_hour, Offered) = (hour, 0);
            for (var grade = 0; grade < grades.Count; grade++)
            {
                var arrivals = Lagged(grades[grade], hour) * grades[grade].Units / 60;
                _offered[grade] = arrivals * grades[grade].HeldMinutes;
                Offered += _offered[grade];
                jobs += arrivals;
            }

            _perMinute = jobs > 0 ? jobs / Offered : 0;
            (_servers, _blocked) = (0, 1);
        }

        public bool IsAs(int hour)
        {
            foreach (var grade in grades)
            {
                if (!Lagged(grade, hour).Equals(Lagged(grade, _hour)))
                {
                    return false;
                }
            }

            return true;
        }

        public double ShareWithin(int grade, double minutes, int crews, ReadOnlySpan<double> travel)
        {
            if (crews <= Offered)
            {
                return 0;
            }

            Serve(crews);

            // Loads before this grade and with it, as shares of the crews: Cobham's denominators. For the first grade the decay is c mu - lambda.
            var (before, with) = (0.0, 0.0);
            for (var other = 0; other <= grade; other++)
            {
                before = with;
                with += _offered[other] / crews;
            }

            var decay = crews * _perMinute * (1 - before) * (1 - with);
            var within = 0.0;
            var step = Elementary.Exp(-decay);
            var last = Math.Min((int)Math.Floor(minutes), travel.Length - 1);
            var late = _wait * Elementary.Exp(-decay * (minutes - last));
            for (var minute = last; minute >= 0; minute--)
            {
                // late is P(W > minutes - minute).
                within += travel[minute] * (1 - late);
                late *= step;
            }

            return within;
        }

        // Erlang B one server on from what is known, since crews are tried in rising order; then C from B.
        private void Serve(int crews)
        {
            if (crews < _servers)
            {
                (_servers, _blocked) = (0, 1);
            }

            for (; _servers < crews; _servers++)
            {
                _blocked = Offered * _blocked / (_servers + 1 + (Offered * _blocked));
            }

            _wait = crews * _blocked / (crews - (Offered * (1 - _blocked)));
        }

        // The mean rate over the hour that ends one holding time before this hour ends; the week is a circle.
        private static double Lagged(GradeLoad grade, int hour)
        {
            var lag = grade.HeldMinutes / 60;
            var whole = (int)Math.Floor(lag);
            var part = lag - whole;
            var near = ((hour - whole) % GradeLoad.Hours + GradeLoad.Hours) % GradeLoad.Hours;
            var far = (near + GradeLoad.Hours - 1) % GradeLoad.Hours;
            return ((1 - part) * grade.PerHour[near]) + (part * grade.PerHour[far]);
        }
    }
}
