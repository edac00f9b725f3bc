using System;
using System.Collections.Generic;

namespace Pathfinder.Engine.Grouping;

/// <summary>How a plan's value comes from the values of its groups.</summary>
public enum CriterionKind
{
    /// <summary>The sum over its groups.</summary>
    Total,

    /// <summary>The worst of its groups (a bottleneck).</summary>
    Worst,

    /// <summary>All of its groups, sorted worst first and compared one after another: what "best balanced" means where bottlenecks tie.</summary>
    Balanced,
}

/// <summary>
/// One thing that plans are judged by. Values are kept as integers of which less is better, so that sums do not depend on their
/// order and equal means equal: totals at a fixed decimal resolution, worst and balanced as the place among the values that occur.
/// </summary>
public sealed class Criterion
{
    private const long LargestTotal = 1L << 60;
    private const double TieResolution = 1e12;

    private readonly long[] _scores;
    private readonly double[] _levels;
    private readonly double _scale;

    private Criterion(string name, CriterionKind kind, bool more, long[] scores, double[] levels, double scale)
    {
        (Name, Kind, MoreIsBetter, _scores, _levels, _scale) = (name, kind, more, scores, levels, scale);
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>How groups make up the plan.</summary>
    public CriterionKind Kind { get; }

    /// <summary>Whether a larger value is better; scores are turned round then.</summary>
    public bool MoreIsBetter { get; }

    /// <summary>The score of each group, less being better.</summary>
    public ReadOnlySpan<long> Scores => _scores;

    /// <summary>For worst and balanced: the number of different values that occur; 0 for a total.</summary>
    public int LevelCount => _levels.Length;

    /// <summary>The sum of a value per group, kept to as many decimals (at most 9) as a sum over 64 groups leaves room for.</summary>
    public static Criterion Total(string name, ReadOnlySpan<double> byGroup, bool moreIsBetter = false)
    {
        var largest = Largest(byGroup);
        var scale = 1e9;
        while (scale > 1 && largest * scale * UnitGraph.MostUnits > LargestTotal)
        {
            scale /= 10;
        }

        if (largest * scale * UnitGraph.MostUnits > LargestTotal)
        {
            throw new ArgumentException("Values are too large to be summed exactly.", nameof(byGroup));
        }

        var scores = new long[byGroup.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            var score = (long)Math.Round(byGroup[i] * scale);
            scores[i] = moreIsBetter ? -score : score;
        }

        return new Criterion(name, CriterionKind.Total, moreIsBetter, scores, [], scale);
    }

    /// <summary>The worst value of a group. Values that agree to 12 digits of the largest are one value.</summary>
    public static Criterion Worst(string name, ReadOnlySpan<double> byGroup, bool moreIsBetter = false) => ByLevel(name, CriterionKind.Worst, byGroup, moreIsBetter);

    /// <summary>The values of all groups, worst first. Values that agree to 12 digits of the largest are one value.</summary>
    public static Criterion Balanced(string name, ReadOnlySpan<double> byGroup, bool moreIsBetter = false) => ByLevel(name, CriterionKind.Balanced, byGroup, moreIsBetter);

    /// <summary>The same values, judged by the worst group alone. Throws <see cref="InvalidOperationException"/> for a total.</summary>
    public Criterion AsWorst() => Kind == CriterionKind.Total
        ? throw new InvalidOperationException("A total has no worst group.")
        : new Criterion(Name, CriterionKind.Worst, MoreIsBetter, _scores, _levels, _scale);

    /// <summary>The same values, judged by all groups, worst first. Throws <see cref="InvalidOperationException"/> for a total.</summary>
    public Criterion AsBalanced() => Kind == CriterionKind.Total
        ? throw new InvalidOperationException("A total has no worst group.")
        : new Criterion(Name, CriterionKind.Balanced, MoreIsBetter, _scores, _levels, _scale);

    /// <summary>The value in the user's terms of a score: of a group, or of a plan (not for the whole of a balanced one).</summary>
    public double ValueOf(long score) => Kind == CriterionKind.Total
        ? (MoreIsBetter ? -score : score) / _scale
        : _levels[(int)score];

    /// <summary>The score of a plan by its groups' numbers: the total or the worst. For a balanced criterion, that of its worst group.</summary>
    public long ScoreOf(ReadOnlySpan<int> groups)
    {
        var score = Kind == CriterionKind.Total ? 0 : long.MinValue;
        foreach (var group in groups)
        {
            score = Combine(score, _scores[group]);
        }

        return score;
    }

    /// <summary>The scores of a plan's groups, worst first.</summary>
    public long[] SortedScoresOf(ReadOnlySpan<int> groups)
    {
        var scores = new long[groups.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = -_scores[groups[i]];
        }

        Array.Sort(scores);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = -scores[i];
        }

        return scores;
    }

    /// <summary>The score of a total in the user's terms.</summary>
    internal long ScoreOfTotal(double value) => (long)Math.Round(value * _scale) * (MoreIsBetter ? -1 : 1);

    /// <summary>The score that no group has touched yet.</summary>
    internal long Nothing => Kind == CriterionKind.Total ? 0 : -1;

    internal long Combine(long score, long group) => Kind == CriterionKind.Total ? score + group : Math.Max(score, group);

    private static Criterion ByLevel(string name, CriterionKind kind, ReadOnlySpan<double> byGroup, bool moreIsBetter)
    {
        var largest = Largest(byGroup);
        var resolution = largest > 0 ? TieResolution / largest : 1;
        var rounded = new long[byGroup.Length];
        var representative = new SortedDictionary<long, double>();
        for (var i = 0; i < rounded.Length; i++)
        {
            rounded[i] = (long)Math.Round(byGroup[i] * resolution) * (moreIsBetter ? -1 : 1);
            representative.TryAdd(rounded[i], byGroup[i]);
        }

        var levels = new double[representative.Count];
        var levelOf = new Dictionary<long, long>();
        foreach (var (value, original) in representative)
        {
            levels[levelOf.Count] = original;
            levelOf.Add(value, levelOf.Count);
        }

        for (var i = 0; i < rounded.Length; i++)
        {
            rounded[i] = levelOf[rounded[i]];
        }

        return new Criterion(name, kind, moreIsBetter, rounded, levels, 1);
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = double.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : throw new ArgumentException("A group's value is a finite number.", nameof(values));
        }

        return largest;
    }
}
