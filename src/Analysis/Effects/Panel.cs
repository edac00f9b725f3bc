namespace Pathfinder.Analysis.Effects;

/// <summary>A covariate of a panel.</summary>
/// <param name="Name">Its name in messages and answers.</param>
/// <param name="Values">Values by unit and time; not a number where missing.</param>
public sealed record Covariate(string Name, double[,] Values);

/// <summary>
/// Units observed over times, some of them treated from a date on and for good. Times are equally spaced and in order; what
/// lies in a transition window is left out with <see cref="WithoutTimes"/>, so that it counts neither as before nor after.
/// </summary>
public sealed class Panel
{
    /// <summary>Makes a panel. Throws <see cref="ArgumentException"/> when the shapes disagree.</summary>
    /// <param name="units">Names of the units.</param>
    /// <param name="times">Names of the times, in order.</param>
    /// <param name="outcome">Outcome by unit and time; not a number where missing.</param>
    /// <param name="firstTreated">Index of each unit's first treated time; null when it is never treated.</param>
    /// <param name="covariates">Covariates, if any.</param>
    public Panel(IReadOnlyList<string> units, IReadOnlyList<string> times, double[,] outcome, IReadOnlyList<int?> firstTreated, IReadOnlyList<Covariate>? covariates = null)
    {
        if (outcome.GetLength(0) != units.Count || outcome.GetLength(1) != times.Count || firstTreated.Count != units.Count)
        {
            throw new ArgumentException($"Outcome is {outcome.GetLength(0)} × {outcome.GetLength(1)} for {units.Count} units, {times.Count} times and {firstTreated.Count} treatment dates.", nameof(outcome));
        }

        foreach (var covariate in covariates ?? [])
        {
            if (covariate.Values.GetLength(0) != units.Count || covariate.Values.GetLength(1) != times.Count)
            {
                throw new ArgumentException($"Covariate {covariate.Name} has another shape than the outcome.", nameof(covariates));
            }
        }

        Units = units;
        Times = times;
        Outcome = outcome;
        FirstTreated = firstTreated;
        Covariates = covariates ?? [];
        Treated = [.. Enumerable.Range(0, units.Count).Where(unit => firstTreated[unit] is not null)];
        Controls = [.. Enumerable.Range(0, units.Count).Where(unit => firstTreated[unit] is null)];
    }

    /// <summary>Names of the units.</summary>
    public IReadOnlyList<string> Units { get; }

    /// <summary>Names of the times, in order.</summary>
    public IReadOnlyList<string> Times { get; }

    /// <summary>Outcome by unit and time; not a number where missing.</summary>
    public double[,] Outcome { get; }

    /// <summary>Index of each unit's first treated time; null when it is never treated.</summary>
    public IReadOnlyList<int?> FirstTreated { get; }

    /// <summary>Covariates by unit and time.</summary>
    public IReadOnlyList<Covariate> Covariates { get; }

    /// <summary>Indices of units that are treated at some time.</summary>
    public IReadOnlyList<int> Treated { get; }

    /// <summary>Indices of units that are never treated.</summary>
    public IReadOnlyList<int> Controls { get; }

    /// <summary>The dates at which treatment starts, in order, without repetition.</summary>
    public IReadOnlyList<int> Cohorts => [.. FirstTreated.Where(start => start is not null).Select(start => start!.Value).Distinct().Order()];

    /// <summary>How many unit-times have no outcome.</summary>
    public int Missing => Outcome.Cast<double>().Count(value => !double.IsFinite(value));

    /// <summary>Whether every unit has an outcome at every time.</summary>
    public bool Balanced => Missing == 0;

    /// <summary>Whether a unit is under treatment at a time.</summary>
    public bool IsTreated(int unit, int time) => FirstTreated[unit] <= time;

    /// <summary>The same panel without some times, such as a transition window.</summary>
    public Panel WithoutTimes(IReadOnlySet<int> excluded)
    {
        int[] times = [.. Enumerable.Range(0, Times.Count).Where(time => !excluded.Contains(time))];
        var starts = FirstTreated.Select(start =>
        {
            var index = start is null ? -1 : Array.FindIndex(times, time => time >= start);
            return index < 0 ? (int?)null : index;
        }).ToList();
        int[] units = [.. Enumerable.Range(0, Units.Count)];
        return new Panel(Units, [.. times.Select(time => Times[time])], Pick(Outcome, units, times), starts, [.. Covariates.Select(c => c with { Values = Pick(c.Values, units, times) })]);
    }

    /// <summary>Some units only, with treatment dates of their own: the stuff of placebo tests and cohorts.</summary>
    /// <param name="units">Indices of the units to keep, in the order wanted.</param>
    /// <param name="firstTreated">Treatment dates for them; their own when null.</param>
    public Panel OfUnits(IReadOnlyList<int> units, IReadOnlyList<int?>? firstTreated = null)
    {
        int[] times = [.. Enumerable.Range(0, Times.Count)];
        return new Panel(
            [.. units.Select(unit => Units[unit])],
            Times,
            Pick(Outcome, units, times),
            firstTreated ?? [.. units.Select(unit => FirstTreated[unit])],
            [.. Covariates.Select(c => c with { Values = Pick(c.Values, units, times) })]);
    }

    /// <summary>Only the times before an index, with the given treatment dates: the stuff of placebos in time.</summary>
    public Panel Before(int time, IReadOnlyList<int?> firstTreated)
    {
        int[] times = [.. Enumerable.Range(0, time)];
        int[] units = [.. Enumerable.Range(0, Units.Count)];
        return new Panel(Units, [.. Times.Take(time)], Pick(Outcome, units, times), firstTreated, [.. Covariates.Select(c => c with { Values = Pick(c.Values, units, times) })]);
    }

    private static double[,] Pick(double[,] source, IReadOnlyList<int> units, int[] times)
    {
        var picked = new double[units.Count, times.Length];
        for (var i = 0; i < units.Count; i++)
        {
            for (var t = 0; t < times.Length; t++)
            {
                picked[i, t] = source[units[i], times[t]];
            }
        }

        return picked;
    }
}
