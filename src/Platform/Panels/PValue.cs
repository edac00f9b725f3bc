using System.Globalization;

namespace Pathfinder.Platform.Panels;

/// <summary>p values as they are read: a small one is said to be small and never nought, one near 1 never certain.</summary>
public static class PValue
{
    private const double Smallest = 0.0001;

    /// <summary>"0.0123", "&lt;0.0001" or "&gt;0.9999".</summary>
    public static string Text(double p) => p < Smallest ? "<0.0001" : p < 1 && p > 1 - Smallest ? ">0.9999" : p.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>"p = 0.0123", "p &lt; 0.0001" or "p &gt; 0.9999".</summary>
    public static string Said(double p) => Text(p) is ['<' or '>', ..] text ? $"p {text[0]} {text[1..]}" : "p = " + Text(p);
}
