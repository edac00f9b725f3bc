using System.Globalization;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>The charts of a run and of a comparison.</summary>
public static class RunCharts
{
    private static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>What a grade is called.</summary>
    public static string Name(string grade) => grade switch
    {
        "I" => "Immediate",
        "S" => "Significant",
        "E" => "By appointment",
        _ => grade,
    };

    /// <summary>What the mean wait of immediate and significant calls is made of, whole force.</summary>
    public static StackedBarChart Wait(RunResult result, string during = "")
    {
        ArgumentNullException.ThrowIfNull(result);
        var grades = result.Areas[0].Grades.Where(grade => grade.Grade is "I" or "S").ToList();
        var longest = grades.Select(grade => (grade.Grade, Part: Largest(grade.Wait))).ToList();
        return Stacked(
            "wait", longest.Count == 0 ? "What a wait is made of" : $"{(grades.TrueForAll(grade => OverHalf(grade.Wait)) ? "Most" : "The largest part")} of the wait: {string.Join("; ", longest.Select(each => $"{Findings.Calls(each.Grade)}, {each.Part}"))}",
            "Mean minutes from the call to the first unit on scene, whole force" + during,
            [.. grades.Select(grade => ($"{Name(grade.Grade)}", grade.Wait))]);
    }

    private static bool OverHalf(WaitSplit wait)
    {
        var parts = Values(wait, true);
        return parts.Max() > parts.Sum() / 2;
    }

    /// <summary>What a wait is made of on both sides of a comparison, in the area that it is about.</summary>
    public static StackedBarChart Wait(ComparedRuns both, string area)
    {
        ArgumentNullException.ThrowIfNull(both);
        var bars = new List<(string, WaitSplit)>();
        foreach (var grade in new[] { "I", "S" })
        {
            foreach (var (name, result) in new[] { ("before", both.ResultA), ("after", both.ResultB) })
            {
                if (result.Areas.FirstOrDefault(each => each.Level == both.Level && each.Code == both.Code)?.Grades.FirstOrDefault(each => each.Grade == grade) is { } found)
                {
                    bars.Add(($"{Name(grade)}, {name}", found.Wait));
                }
            }
        }

        var cause = Findings.Cause(both.Comparison, both.Level, both.Code, "I");
        return Stacked("wait", cause is null ? "The wait for immediate calls hardly changes" : cause.TrimEnd('.'),
            $"Mean minutes from the call to the first unit on scene, {area}; before is {both.Comparison.A}, after is {both.Comparison.B}", bars);
    }

    /// <summary>Replications below which an interval is itself a guess: a spread estimated from fewer is off by a quarter as a rule.</summary>
    public const int FewReplications = 10;

    /// <summary>Share in target by borough, best first, against the target.</summary>
    public static DotIntervalChart ByBorough(RunResult result, string grade, ScenarioGrade? target, string during = "")
    {
        ArgumentNullException.ThrowIfNull(result);
        var areas = result.Areas.Where(area => area.Level is "force" or "borough")
            .Select(area => (area.Name, area.Level, Share: area.Grades.First(each => each.Grade == grade).InTarget))
            .OrderBy(area => area.Level == "force" ? 0 : 1).ThenByDescending(area => area.Share.Value ?? -1).ToList();
        var boroughs = areas.Where(area => area.Level == "borough").ToList();
        var meeting = boroughs.Count(area => area.Share.Value >= target?.TargetShare);
        var title = target?.TargetShare is { } goal
            ? $"{Name(grade)}: {(meeting == 0 ? "none" : Format.Words(meeting))} of {Format.Words(boroughs.Count)} boroughs would meet {Format.Percent(goal, 0)} in {Format.Plain(target.TargetMinutes ?? 0)} minutes"
            : $"{Name(grade)}: share in target by borough";
        return new DotIntervalChart
        {
            Title = title,
            Note = $"Share of incidents needing attendance that are reached in time{during}, with 95% interval",
            Rows = [.. areas.Select(area => new DotRow(area.Level == "force" ? "Whole force" : area.Name, [Dot(area.Share)], area.Level == "force"))],
            Series = ["In time"],
            Read = value => Format.Percent(value, 0),
            Target = target?.TargetShare is { } line ? (line, $"target {Format.Percent(line, 0)}") : null,
            High = 1,
            Table = new DataTable(
                "by-borough", $"{Name(grade)}: share in target by borough",
                [new("Area"), new("In target, %", true, "inTargetPercent"), new("Lower, 95%", true, "lowerPercent"), new("Upper, 95%", true, "upperPercent")],
                [.. areas.Select(area => (IReadOnlyList<DataCell>)[area.Level == "force" ? "Whole force" : area.Name, Percent(area.Share.Value), Percent(area.Share.Lower), Percent(area.Share.Upper)])]),
        };
    }

    /// <summary>Difference of the share in target by borough with intervals, largest fall first.</summary>
    public static DotIntervalChart Difference(ComparedRuns both, string grade)
    {
        ArgumentNullException.ThrowIfNull(both);
        var areas = both.Comparison.Areas.Where(area => area.Level is "force" or "borough" or ChangedArea.Level || (area.Level == "command-unit" && both.ChangedUnits.Contains(area.Code, StringComparer.Ordinal)))
            .Select(area => (Name: area.Level == "command-unit" ? $"{area.Name} (unit)" : area.Name, area.Level, area.Code, Grade: area.Grades.FirstOrDefault(each => each.Grade == grade)))
            .Where(area => area.Grade is not null)
            .OrderBy(area => area.Level == "borough" ? 1 : 0).ThenBy(area => both.Changed.Contains(area.Code, StringComparer.Ordinal) ? 0 : 1)
            .ThenBy(area => area.Grade!.InTargetDifference.Value ?? 0).ThenBy(area => area.Name, StringComparer.Ordinal).ToList();
        var boroughs = areas.Where(area => area.Level == "borough").ToList();
        var worse = boroughs.Count(area => area.Grade!.InTargetDifference.Upper < 0);
        var better = boroughs.Count(area => area.Grade!.InTargetDifference.Lower > 0);
        var untouched = boroughs.Count(area => area.Grade!.InTargetDifference.Value == 0 && area.Grade.MeanMinutesDifference.Value == 0);
        var within = boroughs.Count - worse - better - untouched;
        var rest = (within > 0 ? $", {Format.Words(within)} the same within chance" : "") + (untouched > 0 ? $", {Format.Words(untouched)} not touched by the change" : "");
        // Where only some boroughs change, the others are drawn only if they moved: thirty rows at zero hide three that matter.
        var drawn = both.Changed.Count == 0 ? areas : areas.Where(area =>
            area.Level != "borough" || both.Changed.Contains(area.Code, StringComparer.Ordinal) || area.Grade!.InTargetDifference is { Upper: < 0 } or { Lower: > 0 }).ToList();
        var title = worse + better == 0
            ? $"{Name(grade)}: no borough changes by more than chance"
            : $"{Name(grade)}: {Format.Words(worse)} {(worse == 1 ? "borough gets" : "boroughs get")} worse, {(better == 0 ? "none" : Format.Words(better))} better{rest}";
        return new DotIntervalChart
        {
            Title = title,
            Note = $"Change of the share in target in percentage points, {(both.Comparison.Paired ? "paired by incident" : "not paired")}, with 95% interval"
                + (drawn.Count < areas.Count ? $"; {Format.Words(areas.Count - drawn.Count)} boroughs without change are in the table" : ""),
            Rows = [.. drawn.Select(area => new DotRow(area.Level == "force" ? "Whole force" : area.Name, [Dot(area.Grade!.InTargetDifference)], area.Level != "borough"))],
            Series = ["Change"],
            Read = value => Format.Signed(value * 100),
            Zero = true,
            Table = new DataTable(
                $"difference-{grade.ToLowerInvariant()}", $"{Name(grade)}: share in target on both sides, in % and points",
                [
                    new("Area"), new("Before, %", true, "beforePercent"), new("After, %", true, "afterPercent"), new("Change, points", true, "changePoints"),
                    new("95% interval", true), new("p", true), new("Mean wait, change in minutes", true, "meanChangeMinutes"), new("95% interval", true),
                ],
                [.. areas.Select(area => (IReadOnlyList<DataCell>)
                [
                    area.Level == "force" ? "Whole force" : area.Name,
                    Percent(area.Grade!.InTargetA.Value), Percent(area.Grade.InTargetB.Value), Points(area.Grade.InTargetDifference.Value),
                    Range(area.Grade.InTargetDifference, 100, signed: true), P(area.Grade.InTargetDifference.P),
                    Minutes(area.Grade.MeanMinutesDifference.Value), Range(area.Grade.MeanMinutesDifference, 1, signed: true),
                ])])
            {
                Fold = both.Changed.Count == 0 ? 0 : 2 + both.Changed.Count,
            },
        };
    }

    /// <summary>Share in target by hour of the week, whole force.</summary>
    public static LineChart ByHour(IReadOnlyList<(string Name, RunResult Result)> runs, string grade, ScenarioGrade? target)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var series = runs.Select(run => (run.Name, Hours: Hours(run.Result, grade))).ToList();
        return new LineChart
        {
            Title = $"{Name(grade)}: share in target by hour of the week",
            Note = "Whole force, by the hour in which the call came; means over replications",
            Series = [.. series.Select(line => new LineSeries(Short(line.Name), [.. line.Hours.Select(hour => hour?.InTarget)]))],
            Ticks = [.. Days.Select((day, index) => ((index * 24) + 12, day))],
            Read = value => Format.Percent(value, 0),
            Target = target?.TargetShare is { } line ? (line, $"target {Format.Percent(line, 0)}") : null,
            Steps = true,
            High = 1,
            Table = new DataTable(
                "by-hour", $"{Name(grade)} by hour of the week",
                [
                    new("Hour"),
                    .. series.SelectMany(line => new DataColumn[]
                    {
                        new($"{line.Name}: in target, %", true), new($"{line.Name}: mean wait, minutes", true), new($"{line.Name}: unassigned", true), new($"{line.Name}: units free", true),
                    }),
                ],
                [.. Enumerable.Range(0, 168).Select(hour => (IReadOnlyList<DataCell>)
                [
                    HourName(hour),
                    .. series.SelectMany(line => new[]
                    {
                        Percent(line.Hours[hour]?.InTarget), Minutes(line.Hours[hour]?.MeanMinutes), Minutes(line.Hours[hour]?.UnassignedMean), Minutes(line.Hours[hour]?.UnitsAvailable),
                    }),
                ])])
            {
                Fold = 24,
            },
        };
    }

    /// <summary>Share in target month by month, with what changes inside the run; null where the run has no series.</summary>
    public static LineChart? ByMonth(RunResult result, string grade, ScenarioGrade? target, IReadOnlyList<RunTurn> turns)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(turns);
        var months = result.Months.Where(month => month.Level == "force" && month.Grade == grade).ToList();
        if (months.Count < 2)
        {
            return null;
        }

        var shares = months.ConvertAll(month => month.InTarget.Value);
        var (low, high) = (shares.Min(), shares.Max());
        return new LineChart
        {
            Title = low is { } least && high is { } most ? $"{Name(grade)}: between {Format.Percent(least)} and {Format.Percent(most)} in time from month to month" : $"{Name(grade)}: share in target by month",
            Note = "Whole force, by the day on which the call came; means over replications",
            Series = [new LineSeries("In target", [.. shares])],
            Ticks = [.. months.Select((month, index) => (index, month.Month))],
            Read = value => Format.Percent(value, 0),
            Target = target?.TargetShare is { } line ? (line, $"target {Format.Percent(line, 0)}") : null,
            Events = [.. turns.Select(turn => (Place(months, turn.From), Short(turn.Name)))],
            High = 1,
            Table = Months(result, grade, turns)!,
        };
    }

    /// <summary>The share in target and the mean of the whole force, a row a month, as the evaluation takes it; null where the run has no series.</summary>
    public static DataTable? Months(RunResult result, string grade, IReadOnlyList<RunTurn> turns)
    {
        ArgumentNullException.ThrowIfNull(result);
        var months = result.Months.Where(month => month.Level == "force" && month.Grade == grade).ToList();
        return months.Count == 0 ? null : MonthTable("by-month", $"{Name(grade)} by month, whole force", result, months, turns, []);
    }

    /// <summary>
    /// The same for every borough, a row each and month, as the evaluation takes it: a borough counts as changed from the month after the
    /// one in which the change came to it, or from that month where it came on its first day. Null where the run has no series.
    /// </summary>
    /// <param name="result">The result.</param>
    /// <param name="grade">The grade.</param>
    /// <param name="turns">What changes inside the run.</param>
    /// <param name="changed">The boroughs that change; empty for all of them.</param>
    public static DataTable? MonthsByBorough(RunResult result, string grade, IReadOnlyList<RunTurn> turns, IReadOnlyList<string> changed)
    {
        ArgumentNullException.ThrowIfNull(result);
        var months = result.Months.Where(month => month.Level == "borough" && month.Grade == grade).OrderBy(month => month.Code, StringComparer.Ordinal).ThenBy(month => month.Month, StringComparer.Ordinal).ToList();
        return months.Count == 0 ? null : MonthTable("by-month-and-borough", $"{Name(grade)} by month and borough", result, months, turns, changed) with { Fold = 6 };
    }

    private static DataTable MonthTable(
        string id, string caption, RunResult result, List<MonthResult> months, IReadOnlyList<RunTurn> turns, IReadOnlyList<string> changed)
    {
        var names = result.Areas.DistinctBy(area => (area.Level, area.Code)).ToDictionary(area => (area.Level, area.Code), area => area.Level == "force" ? "Whole force" : area.Name);
        bool Changed(MonthResult month) => turns.Count > 0 && (changed.Count == 0 || changed.Contains(month.Code, StringComparer.Ordinal))
            && string.CompareOrdinal(month.Month, (turns[0].From.Day == 1 ? turns[0].From : turns[0].From.AddMonths(1)).ToString("yyyy-MM", CultureInfo.InvariantCulture)) >= 0;
        DataCell Number(double? value, double scale, int decimals = 1) => value is { } number ? new DataCell(Format.Number(number * scale, decimals), Csv: Raw(number * scale)) : new DataCell("–", Csv: "");
        return new DataTable(
            id, caption,
            [
                new("Month", CsvName: "Month"), new("Days covered", true, "Days"), new("Area", CsvName: "Area"), new("Incidents", true, "Incidents"),
                new("In target, %", true, "InTarget"), new("Lower, 95%", true, "InTargetLower"), new("Upper, 95%", true, "InTargetUpper"),
                new("Mean, minutes", true, "MeanMinutes"), new("Lower, 95%", true, "MeanMinutesLower"), new("Upper, 95%", true, "MeanMinutesUpper"),
                new("Changed", true, "Changed"),
            ],
            [.. months.Select(month => (IReadOnlyList<DataCell>)
            [
                new DataCell(Format.Month(DateOnly.ParseExact(month.Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture)), Csv: month.Month), DataCell.Of(month.Days),
                names.GetValueOrDefault((month.Level, month.Code), month.Code), Number(month.IncidentsPerDay.Value, month.Days),
                Number(month.InTarget.Value, 100), Number(month.InTarget.Lower, 100), Number(month.InTarget.Upper, 100),
                Number(month.MeanMinutes.Value, 1), Number(month.MeanMinutes.Lower, 1), Number(month.MeanMinutes.Upper, 1),
                DataCell.Of(Changed(month) ? 1 : 0),
            ])])
        {
            Fold = 12,
        };
    }

    // Where a day lies between the middles of the months.
    private static double Place(List<MonthResult> months, DateOnly day)
    {
        var first = DateOnly.ParseExact(months[0].Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return ((day.Year - first.Year) * 12) + day.Month - first.Month + ((day.Day - 1.0) / DateTime.DaysInMonth(day.Year, day.Month)) - 0.5;
    }

    /// <summary>The worst hour of the week in a sentence.</summary>
    public static string WorstHour(RunResult result, string grade)
    {
        var worst = Hours(result, grade).Where(hour => hour?.InTarget is not null).MinBy(hour => hour!.InTarget);
        return worst is null
            ? "No hour was observed."
            : $"The worst hour is {HourName(worst.Hour)}: {Format.Percent(worst.InTarget!.Value)} of {Findings.Calls(grade)} in time, {Format.Number(worst.UnassignedMean)} incidents unassigned on average, {Format.Number(worst.UnitsAvailable)} units free.";
    }

    /// <summary>An hour of the week: "Saturday 01:00".</summary>
    public static string HourName(int hour) => string.Create(
        CultureInfo.InvariantCulture, $"{CultureInfo.GetCultureInfo("en-GB").DateTimeFormat.GetDayName((DayOfWeek)(((hour / 24) + 1) % 7))} {hour % 24:00}:00");

    internal static DataCell Percent(double? share) => share is { } value ? new DataCell(Format.Number(value * 100), Csv: Raw(value * 100)) : new DataCell("–", Csv: "");

    internal static DataCell Points(double? share) => share is { } value ? new DataCell(Format.Signed(value * 100), Csv: Raw(value * 100)) : new DataCell("–", Csv: "");

    internal static DataCell Minutes(double? minutes) => minutes is { } value ? new DataCell(Format.Number(value), Csv: Raw(value)) : new DataCell("–", Csv: "");

    internal static DataCell Range(Estimate estimate, double scale, bool signed = false) => estimate is { Lower: { } lower, Upper: { } upper }
        ? new DataCell(signed ? $"{Format.Signed(lower * scale)} to {Format.Signed(upper * scale)}" : $"{Format.Number(lower * scale)} to {Format.Number(upper * scale)}", Csv: $"{Raw(lower * scale)} to {Raw(upper * scale)}")
        : new DataCell("–", Csv: "");

    internal static DataCell P(double? p) => p is { } value ? new DataCell(value < 0.001 ? "< 0.001" : Format.Number(value, 3), Csv: Raw(value)) : new DataCell("–", Csv: "");

    private static string Raw(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Short(string name) => name.Length <= 24 ? name : name[..23] + "…";

    private static HourResult?[] Hours(RunResult result, string grade)
    {
        var hours = new HourResult?[168];
        foreach (var hour in result.HoursOfWeek.Where(each => each.Grade == grade))
        {
            hours[hour.Hour] = hour;
        }

        return hours;
    }

    private static Dot Dot(Estimate estimate) => new(estimate.Value, estimate.Lower, estimate.Upper);

    private static string Largest(WaitSplit wait)
    {
        string[] names = ["the controllers", "the radio channel", "the duty inspector", "no unit free", "turn-out and travel"];
        var values = Values(wait, true);
        return names[Array.IndexOf(values, values.Max())];
    }

    private static StackedBarChart Stacked(string id, string title, string note, List<(string Label, WaitSplit Wait)> bars)
    {
        var decided = bars.Exists(bar => bar.Wait.Inspector is not null);
        string[] parts = decided
            ? ["Controllers", "Radio channel", "Duty inspector", "No unit free", "Turn-out and travel"]
            : ["Controllers", "Radio channel", "No unit free", "Turn-out and travel"];
        return new StackedBarChart
        {
            Title = title,
            Note = note,
            Parts = parts,
            Colours = decided ? Palette.WaitWithInspector : Palette.Wait,
            Bars = [.. bars.Select(bar => new StackedBar(bar.Label, Values(bar.Wait, decided)))],
            Read = value => Format.Number(value),
            Table = new DataTable(
                id, "What a wait is made of, mean minutes", [new("Calls"), .. parts.Select(part => new DataColumn(part, true)), new("All", true)],
                [.. bars.Select(bar => (IReadOnlyList<DataCell>)[bar.Label, .. Values(bar.Wait, decided).Select(value => Minutes(value)), Minutes(Values(bar.Wait, decided).Sum())])]),
        };
    }

    // In the order in which an incident passes them.
    private static double[] Values(WaitSplit wait, bool decided) => decided
        ? [wait.Controllers.Value ?? 0, wait.Channel.Value ?? 0, wait.Inspector?.Value ?? 0, wait.NoUnit.Value ?? 0, wait.Travel.Value ?? 0]
        : [wait.Controllers.Value ?? 0, wait.Channel.Value ?? 0, wait.NoUnit.Value ?? 0, wait.Travel.Value ?? 0];
}
