namespace Pathfinder.Analysis.Effects;

/// <summary>One placebo: what the method finds where nothing was done.</summary>
/// <param name="Units">The untreated units that were given the treated units' dates.</param>
/// <param name="Statistic">What the method found.</param>
/// <param name="Ratio">Its gap after relative to the gap before; null for a method without a fit, or an exact one.</param>
public sealed record Placebo(IReadOnlyList<string> Units, double Statistic, double? Ratio = null);

/// <summary>Placebos in space against the real result.</summary>
/// <param name="Actual">The statistic of the treated units.</param>
/// <param name="Placebos">The placebos, in the order of the units.</param>
/// <param name="Exhaustive">Whether they are all there are; otherwise a sample with a fixed seed.</param>
/// <param name="ActualRatio">Gap after relative to the gap before of the treated units; null as for a placebo.</param>
public sealed record PlaceboTest(double Actual, IReadOnlyList<Placebo> Placebos, bool Exhaustive, double? ActualRatio = null)
{
    /// <summary>
    /// Rank p of the ratio of gaps among the placebos that have one: a unit that the method could not follow before is no evidence after
    /// (Abadie, Diamond and Hainmueller 2010). Null where the treated have no ratio.
    /// </summary>
    public double? RatioP => ActualRatio is { } actual
        ? (1 + Placebos.Count(placebo => placebo.Ratio >= actual * (1 - 1e-12))) / (Placebos.Count(placebo => placebo.Ratio is not null) + 1.0) : null;

    /// <summary>(1 + number of placebos at least as large in size) / (1 + number of placebos). Ties count as at least as large.</summary>
    public double P => (1 + Placebos.Count(placebo => Math.Abs(placebo.Statistic) >= Math.Abs(Actual) * (1 - 1e-12))) / (Placebos.Count + 1.0);

    /// <summary>Standard deviation (N − 1) of the placebos: the placebo standard error of an effect; null for fewer than two.</summary>
    public double? StandardError
    {
        get
        {
            if (Placebos.Count < 2)
            {
                return null;
            }

            var mean = Placebos.Average(placebo => placebo.Statistic);
            return Math.Sqrt(Placebos.Sum(placebo => (placebo.Statistic - mean) * (placebo.Statistic - mean)) / (Placebos.Count - 1));
        }
    }
}

/// <summary>One placebo in time: the treated, as if treated earlier, on the times before treatment.</summary>
/// <param name="Time">The pretended first treated time.</param>
/// <param name="Statistic">What the method found.</param>
public sealed record PlaceboInTime(string Time, double Statistic);

/// <summary>
/// Inference with few treated units: the method is applied to units (or dates) where nothing was done (Abadie, Diamond and
/// Hainmueller 2010; Arkhangelsky et al. 2021, algorithm 4).
/// </summary>
public static class Placebos
{
    /// <summary>Most placebos computed; above it a sample of this size is taken.</summary>
    public const int Most = 2000;

    /// <summary>
    /// Placebos in space. One treated unit: each comparator in turn stands in for it. Several: pseudo command units, which are
    /// combinations of the same number of untreated units. The stand-ins take over the treatment dates; the other untreated
    /// units are their comparison, and the treated units are left out.
    /// </summary>
    /// <param name="panel">The panel.</param>
    /// <param name="statistic">The method, a pure function; it may throw <see cref="ArgumentException"/> for a placebo it cannot be applied to, which is then left out.</param>
    /// <param name="most">Most placebos to compute.</param>
    public static PlaceboTest InSpace(Panel panel, Func<Panel, double> statistic, int most = Most) => InSpace(panel, one => (statistic(one), null), most);

    /// <summary>The same, with the ratio of the gap after to the gap before beside each statistic.</summary>
    public static PlaceboTest InSpace(Panel panel, Func<Panel, (double Statistic, double? Ratio)> statistic, int most = Most)
    {
        var (actual, ratio) = statistic(panel);
        var starts = panel.Treated.Select(unit => panel.FirstTreated[unit]).ToArray();
        var sameDate = starts.Distinct().Count() == 1;
        var total = sameDate ? Combinations(panel.Controls.Count, starts.Length) : double.PositiveInfinity;
        var exhaustive = total <= most;
        var draws = panel.Controls.Count <= starts.Length ? [] : exhaustive ? Every(panel.Controls.Count, starts.Length) : Sample(panel.Controls.Count, starts.Length, most);
        // In order whatever the number of processors, so that sums over placebos are the same everywhere.
        var placebos = draws.AsParallel().AsOrdered().Select(draw => Apply(panel, draw, starts, statistic)).AsSequential().OfType<Placebo>().ToList();
        return new PlaceboTest(actual, placebos, exhaustive, ratio);
    }

    /// <summary>
    /// Placebos in time: only times before the first treatment are used, and each date with at least the given numbers of
    /// times before and after it stands in for the real one. A sound comparison finds about nothing.
    /// </summary>
    public static IReadOnlyList<PlaceboInTime> InTime(Panel panel, Func<Panel, double> statistic, int fewestBefore = 2, int fewestAfter = 1)
    {
        var first = panel.Cohorts.Count == 0 ? 0 : panel.Cohorts[0];
        var placebos = new List<PlaceboInTime>();
        for (var start = fewestBefore; start <= first - fewestAfter; start++)
        {
            var pretended = panel.FirstTreated.Select(treated => treated is null ? (int?)null : start).ToList();
            placebos.Add(new PlaceboInTime(panel.Times[start], statistic(panel.Before(first, pretended))));
        }

        return placebos;
    }

    private static Placebo? Apply(Panel panel, int[] draw, int?[] starts, Func<Panel, (double Statistic, double? Ratio)> statistic)
    {
        var dates = new int?[panel.Controls.Count];
        for (var i = 0; i < draw.Length; i++)
        {
            dates[draw[i]] = starts[i];
        }

        try
        {
            var (found, ratio) = statistic(panel.OfUnits(panel.Controls, dates));
            return new Placebo([.. draw.Select(i => panel.Units[panel.Controls[i]])], found, ratio);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static double Combinations(int n, int k) => k > n ? 0 : Math.Round(MathNet.Numerics.SpecialFunctions.Binomial(n, k));

    private static IEnumerable<int[]> Every(int n, int k)
    {
        var chosen = Enumerable.Range(0, k).ToArray();
        while (true)
        {
            yield return (int[])chosen.Clone();
            var place = k - 1;
            while (place >= 0 && chosen[place] == n - k + place)
            {
                place--;
            }

            if (place < 0)
            {
                yield break;
            }

            chosen[place]++;
            for (var i = place + 1; i < k; i++)
            {
                chosen[i] = chosen[i - 1] + 1;
            }
        }
    }

    // A fixed seed, so that the same panel gives the same answer; Knuth's partial shuffle on SplitMix64 (Steele et al. 2014).
    private static IEnumerable<int[]> Sample(int n, int k, int count)
    {
        ulong state = 0x5EED;
        for (var draw = 0; draw < count; draw++)
        {
            var pool = Enumerable.Range(0, n).ToArray();
            for (var i = 0; i < k; i++)
            {
                state += 0x9E3779B97F4A7C15;
                var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                var j = i + (int)((z ^ (z >> 31)) % (ulong)(n - i));
                (pool[i], pool[j]) = (pool[j], pool[i]);
            }

            yield return pool[..k];
        }
    }
}
