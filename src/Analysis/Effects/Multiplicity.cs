namespace Pathfinder.Analysis.Effects;

/// <summary>Adjusted p values: Holm over the locked primary criteria, Benjamini–Hochberg over the rest.</summary>
public static class Multiplicity
{
    /// <summary>Holm (1979): controls the chance of any false finding. Adjusted values in the order given.</summary>
    public static IReadOnlyList<double> Holm(IReadOnlyList<double> p)
    {
        var order = Order(p);
        var adjusted = new double[p.Count];
        var running = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            running = Math.Max(running, Math.Min(1, (p.Count - rank) * p[order[rank]]));
            adjusted[order[rank]] = running;
        }

        return adjusted;
    }

    /// <summary>Benjamini and Hochberg (1995): controls the share of findings that are false. Adjusted values in the order given.</summary>
    public static IReadOnlyList<double> BenjaminiHochberg(IReadOnlyList<double> p)
    {
        var order = Order(p);
        var adjusted = new double[p.Count];
        var running = 1.0;
        for (var rank = order.Length - 1; rank >= 0; rank--)
        {
            running = Math.Min(running, p.Count * p[order[rank]] / (rank + 1));
            adjusted[order[rank]] = running;
        }

        return adjusted;
    }

    private static int[] Order(IReadOnlyList<double> p)
    {
        if (p.Any(value => !(value >= 0 && value <= 1)))
        {
            throw new ArgumentException("A p value lies between 0 and 1.", nameof(p));
        }

        return [.. Enumerable.Range(0, p.Count).OrderBy(i => p[i])];
    }
}
