using System;

namespace Pathfinder.Engine.Grouping;

/// <summary>Vectors of scores sorted worst (largest) first.</summary>
internal static class SortedVectors
{
    /// <summary>The vector with one more score in its place.</summary>
    public static long[] With(long[] vector, long score)
    {
        var longer = new long[vector.Length + 1];
        var at = 0;
        while (at < vector.Length && vector[at] >= score)
        {
            longer[at] = vector[at];
            at++;
        }

        longer[at] = score;
        Array.Copy(vector, at, longer, at + 1, vector.Length - at);
        return longer;
    }

    /// <summary>Less than 0 when <paramref name="a"/> is better: the first difference decides.</summary>
    public static int Compare(ReadOnlySpan<long> a, ReadOnlySpan<long> b) => a.SequenceCompareTo(b);
}
