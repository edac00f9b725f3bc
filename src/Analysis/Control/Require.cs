namespace Pathfinder.Analysis.Control;

/// <summary>Refuses what no chart can be drawn from; callers turn bad input into problems before they come here.</summary>
internal static class Require
{
    public static void Finite(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("A chart needs at least one value.", nameof(values));
        }

        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException("A chart cannot hold a missing or infinite value; leave the point out.", nameof(values));
            }
        }
    }

    public static void Proportions(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        Finite(numerators);
        Finite(denominators);
        if (numerators.Length != denominators.Length)
        {
            throw new ArgumentException($"{numerators.Length} numerators for {denominators.Length} denominators.", nameof(numerators));
        }

        for (var i = 0; i < numerators.Length; i++)
        {
            if (denominators[i] <= 0 || numerators[i] < 0 || numerators[i] > denominators[i])
            {
                throw new ArgumentException($"Point {i}: {numerators[i]} of {denominators[i]} is not a proportion.", nameof(numerators));
            }
        }
    }
}
