using System.Globalization;

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

    /// <summary>
    /// What the target may expect, a sentence without a full stop. Limits that the newest points have left promise nothing of them: there the
    /// points that met the target are counted instead.
    /// </summary>
    public static string AssureInWords(ControlChart chart, double? target, Improvement improvement)
    {
        var assurance = Assure(chart, target, improvement);
        var towards = chart.Points.Count == 0 || chart.Points[^1].Rules.Count == 0 ? 0 : chart.Points[^1].Direction * (int)improvement;
        if (assurance == Assurance.NotStated || towards == 0 || (assurance == Assurance.ConsistentlyMeets && towards > 0) || (assurance == Assurance.ConsistentlyFails && towards < 0))
        {
            return InWords(assurance);
        }

        var last = chart.Segments[^1];
        var since = chart.Points.Skip(last.Start + last.BaselinePoints).ToList();
        var counted = since.Count > 0 ? since : chart.Points.Skip(last.Start).ToList();
        var met = counted.Count(point => improvement == Improvement.Up ? point.Value >= target : point.Value <= target);
        return $"The last points signal, so the limits no longer say what to expect: {(met == 0 ? "none" : met.ToString(CultureInfo.InvariantCulture))} of {counted.Count.ToString(CultureInfo.InvariantCulture)} points {(since.Count > 0 ? "since the baseline " : "")}met the target";
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
            var segment = chart.Segments[^1];
            var signals = chart.Points.Skip(segment.Start).Count(point => point.Rules.Count > 0);
            return signals > 0
                ? $"The last point is no signal, but {signals.ToString(CultureInfo.InvariantCulture)} before it {(signals == 1 ? "is" : "are")}{(segment.BaselinePoints == segment.Points ? ", and all of them set the limits: let a baseline set them" : "")}{trial}"
                : chart.Points.Count < Monitoring.FewestBaselinePoints ? $"Too few points to tell a signal from ordinary variation: {chart.Points.Count.ToString(CultureInfo.InvariantCulture)}"
                : "Ordinary variation: the last point is no signal" + trial;
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
