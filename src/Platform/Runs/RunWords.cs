using System.Globalization;

namespace Pathfinder.Platform.Runs;

/// <summary>What a run is, in words: enough to tell it from every other run of the same design.</summary>
public static class RunWords
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The run in one line: what holds in it and from when, whose incidents it meets, what it takes from a calibration, what is out of the ordinary.</summary>
    public static string Of(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var parts = new List<string> { Holds(run) };
        if (run.Log is { } log)
        {
            parts.Add($"incidents of the log {log}");
        }
        else if (run.DemandMultiplier != 1)
        {
            parts.Add($"demand × {run.DemandMultiplier.ToString("0.####", British)}");
        }

        if (run.Calibration is { } calibration)
        {
            parts.Add($"calibrated by {calibration}");
        }

        if (run.Events.Count > 0)
        {
            parts.Add($"with {string.Join(", ", run.Events)}");
        }

        if (run.StudyArea.Count > 0)
        {
            parts.Add($"{run.StudyArea.Count.ToString(British)} {(run.StudyArea.Count == 1 ? "borough" : "boroughs")} only");
        }

        return string.Join("; ", parts);
    }

    /// <summary>How long a run counts in each replication: "4 weeks", "23 days".</summary>
    public static string Length(int days) => days % 7 != 0 ? Count(days, "day") : Count(days / 7, "week");

    /// <summary>What a phase of a run is to the design that was run: before it, after it took over, or an adaptation that came later.</summary>
    public static string Role(Run run, DateOnly from)
    {
        ArgumentNullException.ThrowIfNull(run);
        var own = run.Turns.FirstOrDefault(turn => turn.Design == run.Design)?.From;
        var begun = run.Turns.Count(turn => turn.From <= from);
        return begun == 0 ? "Before"
            : own is null ? (begun == 1 ? "After" : "Adaptation")
            : from < own ? "Transition"
            : from > own && begun > run.Turns.Count(turn => turn.From <= own) ? "Adaptation" : "After";
    }

    /// <summary>Days in a row in words: "9 to 24 January 2017".</summary>
    public static string Days(DateOnly from, DateOnly to) => from == to ? Day(to)
        : from.Year != to.Year ? $"{Day(from)} to {Day(to)}"
        : from.Month != to.Month ? $"{from.ToString("d MMMM", British)} to {Day(to)}" : $"{from.Day.ToString(British)} to {Day(to)}";

    /// <summary>A day in words.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", British);

    private static string Holds(Run run) => run.Turns.Count == 0
        ? run.Name
        : $"{run.Begins ?? run.Name}, {string.Join(", ", run.Turns.Select(turn => $"then {turn.Name} from {Day(turn.From)}"))}";

    private static string Count(int number, string what) => $"{number.ToString(British)} {what}{(number == 1 ? "" : "s")}";
}
