using Pathfinder.Platform.Programme.Measures;

namespace Pathfinder.Platform.Reports;

/// <summary>The disclosure rule of a measure: what is published of it holds no count below the smallest it allows.</summary>
public static class SmallCounts
{
    /// <summary>What stands in place of a value.</summary>
    public const string Suppressed = "suppressed";

    /// <summary>
    /// Whether a value would disclose a small count: its numerator, its denominator, what is between the two, or the value itself where it
    /// is a count. A share is suppressed with its numerator, from which it could be computed back.
    /// </summary>
    public static bool IsSmall(Measure measure, Observation value)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(value);
        if (measure.SuppressBelow is not { } least)
        {
            return false;
        }

        bool Small(decimal? count) => count is { } number && number < least;
        return Small(value.Numerator) || Small(value.Denominator) || Small(value.Denominator - value.Numerator)
            || (measure.Unit is null or "count" or "incidents" or "offences" && value.Numerator is null && Small(value.Value));
    }
}
