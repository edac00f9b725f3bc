using System.Globalization;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Cli.Terminal;

/// <summary>Estimates as a table shows them; a dash where nothing was observed.</summary>
public static class Figures
{
    /// <summary>"12.3".</summary>
    public static string Number(Estimate estimate) => estimate?.Value is { } value ? Text($"{value:0.0}") : "–";

    /// <summary>"12.3 (11.9 to 12.7)".</summary>
    public static string NumberWithInterval(Estimate estimate) =>
        estimate?.Value is { } value ? Text($"{value:0.0}") + Interval(estimate, 1) : "–";

    /// <summary>"84.1% (83.5 to 84.7)".</summary>
    public static string Percent(Estimate estimate) =>
        estimate?.Value is { } value ? Text($"{100 * value:0.0}%") + Interval(estimate, 100) : "–";

    /// <summary>"−12.2 points (−13.0 to −11.4)".</summary>
    public static string Points(Estimate estimate) =>
        estimate?.Value is { } value ? Text($"{100 * value:+0.0;−0.0;0.0}") + Interval(estimate, 100, signed: true) : "–";

    /// <summary>"+3.4 (3.1 to 3.7)".</summary>
    public static string Change(Estimate estimate) =>
        estimate?.Value is { } value ? Text($"{value:+0.0;−0.0;0.0}") + Interval(estimate, 1, signed: true) : "–";

    private static string Interval(Estimate estimate, double scale, bool signed = false) => (estimate.Lower, estimate.Upper) switch
    {
        ({ } lower, { } upper) when signed => Text($" ({scale * lower:+0.0;−0.0;0.0} to {scale * upper:+0.0;−0.0;0.0})"),
        ({ } lower, { } upper) => Text($" ({scale * lower:0.0} to {scale * upper:0.0})"),
        _ => "",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
