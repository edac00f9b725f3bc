namespace Pathfinder.Analysis.Control;

/// <summary>How the limits of a funnel allow for areas that differ by more than chance.</summary>
public enum OverDispersion
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Every limit is widened √φ times.</summary>
    Multiplicative,

    /// <summary>A variance between areas τ² is added to each area's own.</summary>
    Additive,
}

/// <summary>One area on a funnel; shares between 0 and 1.</summary>
/// <param name="Share">Numerator over denominator.</param>
/// <param name="Lower95">The 95% lower limit at its denominator.</param>
/// <param name="Upper95">The 95% upper limit.</param>
/// <param name="Lower998">The 99.8% lower limit.</param>
/// <param name="Upper998">The 99.8% upper limit.</param>
/// <param name="Flags"><c>outside</c> beyond the 99.8% limits, otherwise empty.</param>
public sealed record FunnelPoint(double Share, double Lower95, double Upper95, double Lower998, double Upper998, IReadOnlyList<string> Flags);

/// <summary>A funnel over areas.</summary>
/// <param name="Centre">The overall share Σx / Σn.</param>
/// <param name="Phi">Mean squared winsorised z: 1 when areas differ by chance alone.</param>
/// <param name="TauSquared">Variance between areas on the arcsine scale.</param>
/// <param name="Points">The areas in the order given.</param>
public sealed record Funnel(double Centre, double Phi, double TauSquared, IReadOnlyList<FunnelPoint> Points);

/// <summary>
/// The funnel plot of proportions on the arcsine square root scale with over-dispersion (Spiegelhalter 2005, Statistics in
/// Medicine 24(8), and its quality and safety companion on handling over-dispersion).
/// </summary>
public static class FunnelPlot
{
    private const double Z95 = 1.959964;
    private const double Z998 = 3.090232;
    private const double Winsorised = 0.1;

    /// <summary>
    /// Draws the funnel: limits sin²(asin √θ ± z s), with s = 1 / (2√n), s√φ or √(s² + τ²); φ is the mean of z² after
    /// winsorising 10% at each end, τ² = max(0, (Nφ − (N − 1)) / (Σw − Σw² / Σw)) with w = 1 / s². Throws
    /// <see cref="ArgumentException"/> when a pair is not a proportion.
    /// </summary>
    public static Funnel Draw(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, OverDispersion overDispersion = OverDispersion.None)
    {
        Require.Proportions(numerators, denominators);
        var count = numerators.Length;
        double successes = 0, trials = 0;
        for (var i = 0; i < count; i++)
        {
            successes += numerators[i];
            trials += denominators[i];
        }

        var centre = successes / trials;
        var target = Math.Asin(Math.Sqrt(centre));
        var z = new double[count];
        for (var i = 0; i < count; i++)
        {
            z[i] = (Math.Asin(Math.Sqrt(numerators[i] / denominators[i])) - target) * 2 * Math.Sqrt(denominators[i]);
        }

        var phi = Dispersion(z);
        double weights = 0, squares = 0;
        foreach (var denominator in denominators)
        {
            weights += 4 * denominator;
            squares += 16 * denominator * denominator;
        }

        var spread = weights - (squares / weights);
        var tau = spread <= 0 ? 0 : Math.Max(0, ((count * phi) - (count - 1)) / spread);
        var points = new FunnelPoint[count];
        for (var i = 0; i < count; i++)
        {
            var own = 1 / (2 * Math.Sqrt(denominators[i]));
            var s = overDispersion switch
            {
                OverDispersion.Multiplicative => own * Math.Sqrt(Math.Max(1, phi)),
                OverDispersion.Additive => Math.Sqrt((own * own) + tau),
                _ => own,
            };
            var share = numerators[i] / denominators[i];
            var lower = Back(target - (Z998 * s));
            var upper = Back(target + (Z998 * s));
            points[i] = new FunnelPoint(share, Back(target - (Z95 * s)), Back(target + (Z95 * s)), lower, upper, share < lower || share > upper ? [Flag.Outside] : []);
        }

        return new Funnel(centre, phi, tau, points);
    }

    private static double Back(double angle)
    {
        var sine = Math.Sin(Math.Clamp(angle, 0, Math.PI / 2));
        return sine * sine;
    }

    private static double Dispersion(double[] z)
    {
        var sorted = (double[])z.Clone();
        Array.Sort(sorted);
        var low = Quantile(sorted, Winsorised);
        var high = Quantile(sorted, 1 - Winsorised);
        var sum = 0.0;
        foreach (var value in z)
        {
            var held = Math.Clamp(value, low, high);
            sum += held * held;
        }

        return sum / z.Length;
    }

    // Linear interpolation between order statistics, R's type 7.
    private static double Quantile(double[] sorted, double p)
    {
        var place = (sorted.Length - 1) * p;
        var below = (int)Math.Floor(place);
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
