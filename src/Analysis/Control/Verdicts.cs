namespace Pathfinder.Analysis.Control;

/// <summary>Whether the process, left as it is, will meet its target.</summary>
public enum Assurance
{
    /// <summary>No target, or no direction of improvement, was given.</summary>
    NotStated,

    /// <summary>The target lies inside the limits: chance decides each month.</summary>
    HitOrMiss,

    /// <summary>Every month will meet it.</summary>
    ConsistentlyMeets,

    /// <summary>Every month will miss it.</summary>
    ConsistentlyFails,
}

/// <summary>The variation and assurance verdicts of Making Data Count, from the last point of a chart.</summary>
public static class Verdicts
{
    /// <summary>Target against limits of the last segment; the limits themselves count as inside.</summary>
    public static Assurance Assure(ControlChart chart, double? target, Improvement improvement)
    {
        if (target is not { } level || improvement == Improvement.Neither || chart.Points.Count == 0)
        {
            return Assurance.NotStated;
        }

        var last = chart.Points[^1];
        if (level > last.Upper)
        {
            return improvement == Improvement.Up ? Assurance.ConsistentlyFails : Assurance.ConsistentlyMeets;
        }

        if (level < last.Lower)
        {
            return improvement == Improvement.Up ? Assurance.ConsistentlyMeets : Assurance.ConsistentlyFails;
        }

        return Assurance.HitOrMiss;
    }

    /// <summary>The assurance verdict as a sentence without a full stop.</summary>
    public static string InWords(Assurance assurance) => assurance switch
    {
        Assurance.ConsistentlyMeets => "The target will be met every month unless something changes",
        Assurance.ConsistentlyFails => "The target will be missed every month unless something changes",
        Assurance.HitOrMiss => "The target lies within ordinary variation: it will be hit or missed by chance",
        _ => "No target to assure",
    };

    /// <summary>What the last point says: common cause, improvement, concern or change, by which rule; a sentence without a full stop.</summary>
    public static string Variation(ControlChart chart, Improvement improvement)
    {
        if (chart.Points.Count == 0)
        {
            return "No points";
        }

        var last = chart.Points[^1];
        var trial = chart.Segments[^1].TrialLimits ? $" (trial limits: {chart.Segments[^1].BaselinePoints} points)" : "";
        if (last.Rules.Count == 0)
        {
            return "Ordinary variation: the last point is no signal" + trial;
        }

        var kind = (last.Direction * (int)improvement) switch
        {
            > 0 => "improvement",
            < 0 => "concern",
            _ => "change",
        };
        var rule = last.Rules[0] switch
        {
            Flag.Outside => last.Direction > 0 ? "the last point is above the upper limit" : "the last point is below the lower limit",
            Flag.Trend => last.Direction > 0 ? "seven points rise in succession" : "seven points fall in succession",
            Flag.TwoOfThree => last.Direction > 0 ? "two of three points lie near the upper limit" : "two of three points lie near the lower limit",
            _ => last.Direction > 0 ? "a long run lies above the centre" : "a long run lies below the centre",
        };
        return $"Signal of {kind}: {rule}{trial}";
    }
}
