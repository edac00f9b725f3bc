using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Runs;
using Pathfinder.Web.Components;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>What the results of a run rest on, in a sentence.</summary>
public static class BasisWords
{
    /// <summary>How many assumptions a calibration found, how many were fitted and are weak, how many have no source at hand, and what is left out.</summary>
    public static string Of(DesignBasis basis, Run run)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(run);
        var parts = new List<string>();
        if (run is { Calibration: { } calibration, Fitted.Count: > 0 })
        {
            parts.Add($"{Format.Words(run.Fitted.Count)} that the calibration {calibration} found, at their medians");
        }

        if (basis.Weak.Count > 0)
        {
            parts.Add($"{Format.Words(basis.Weak.Count)} that {(basis.Weak.Count == 1 ? "was fitted and is weak" : "were fitted and are weak")}");
        }

        if (basis.Background.Count > 0)
        {
            parts.Add($"{Format.Words(basis.Background.Count)} with no source at hand");
        }

        return "The intervals cover chance between replications only, not the assumptions"
            + (parts.Count == 0 ? ": each that matters here has a source or was set in the design." : $": the design rests on {Format.List(parts)}.")
            + (basis.LeftOut.Count > 0 ? $" Not in this design: {Format.List(basis.LeftOut)}." : "");
    }
}
