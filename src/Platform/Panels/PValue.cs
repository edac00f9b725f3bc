using System.Globalization;

namespace Pathfinder.Platform.Panels;

/// <summary>p values as they are read: a small one is said to be small, and never nought.</summary>
public static class PValue
{
    private const double Smallest = 0.0001;

    /// <summary>"0.0123", or "&lt;0.0001".</summary>
    public static string Text(double p) => p < Smallest ? "<0.0001" : p.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>"p = 0.0123", or "p &lt; 0.0001".</summary>
    public static string Said(double p) => p < Smallest ? "p < 0.0001" : "p = " + Text(p);
}
