using Pathfinder.Analysis.Effects;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.Panels;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Evaluations;

/// <summary>The pictures of one effect: the course of area and comparator, effects by time, placebos, drift, the synthetic comparison.</summary>
internal static class EffectCharts
{
    private const int MostLines = 7;
    private const int MostRows = 30;
    private const int MostTicks = 8;

    /// <summary>Every picture that a study has something for, in the order in which people ask.</summary>
    public static IReadOnlyList<Chart> Of(EffectStudy study, PanelTable table, string? unit)
    {
        var charts = new List<Chart> { Course(table, unit) };
        if (study.Answer.Cohorts is [var cohort])
        {
            charts.Add(Trajectory(cohort, unit));
        }

        if (study.Answer.EventStudy is { Count: > 1 } events)
        {
            charts.Add(Events(events, unit));
        }

        if (study.Answer.Staggered is { } staggered)
        {
            charts.Add(Dots("staggered", "By times since the start", "Effect by times since each area's start, with 95% intervals", [.. staggered.Dynamic.Parts.Select(part => new Row(part.Name, part.Estimate, part.Lower, part.Upper))], unit));
        }

        if (study.Answer.PlaceboInTime is { Count: > 0 } before)
        {
            charts.Add(InTime(before, study.Effect.Estimate, unit));
        }

        if (study.Answer.Placebo is { Placebos.Count: > 0 } space)
        {
            charts.Add(InSpace(space, study.Answer.Estimate, unit));
        }

        if (study.Answer.Sensitivity is { } drift)
        {
            charts.Add(Drift(drift, study.Effect, unit));
        }

        return charts;
    }

    /// <summary>Area and comparator over all times, the transition included.</summary>
    public static LineChart Course(PanelTable table, string? unit)
    {
        var panel = table.Panel;
        var every = panel.Units.Count <= MostLines;
        List<LineSeries> lines = every
            ? [.. panel.Treated.Concat(panel.Controls).Select(i => new LineSeries(panel.Units[i], Line(panel, [i])))]
            : [new LineSeries("changed", Line(panel, panel.Treated)), new LineSeries("comparators", Line(panel, panel.Controls))];
        var treated = Mean(table, panel.Treated);
        var beside = panel.Controls.Count == 0 ? null : Mean(table, panel.Controls);
        var title = treated is var (from, to) ? $"{Names(panel, panel.Treated)} went from {Read(from, unit)} to {Read(to, unit)}{(beside is var (was, now) ? $", {Names(panel, panel.Controls)} from {Read(was, unit)} to {Read(now, unit)}" : "")}" : "The course of the outcome";
        var events = panel.Cohorts.Select(start => ((double)start, "change"));
        return new LineChart
        {
            Title = title,
            Note = table.LeftOut.Count == 0 ? "The outcome by time; means before and after in the title" : "The outcome by time; means before and after in the title, without the times left out",
            Series = lines,
            Ticks = Ticks(panel.Times),
            Read = value => Read(value, unit),
            Events = [.. events],
            Table = new DataTable("course", "The course of the outcome", [new("Time"), .. lines.Select(line => new DataColumn(line.Name, Numeric: true))],
                [.. panel.Times.Select((time, t) => (IReadOnlyList<DataCell>)[time, .. lines.Select(line => line.Values[t] is { } value ? DataCell.Of(value) : new DataCell("not recorded", Csv: ""))])]),
        };
    }

    private static LineChart Trajectory(CohortAnswer cohort, string? unit) => new()
    {
        Title = $"Against a mixture of the comparators, the effect is {Read(cohort.Estimate, unit, signed: true)}",
        Note = "The changed areas and the mixture of comparators that followed them best before",
        Series = [new LineSeries("changed", [.. cohort.Trajectory.Select(point => (double?)point.Treated)]), new LineSeries("mixture", [.. cohort.Trajectory.Select(point => (double?)point.Synthetic)])],
        Ticks = Ticks([.. cohort.Trajectory.Select(point => point.Time)]),
        Read = value => Read(value, unit),
        Events = [(cohort.Trajectory.ToList().FindIndex(point => point.Time == cohort.Start), "change")],
        Table = new DataTable("trajectory", "The synthetic comparison", [new("Time"), new("Changed", Numeric: true), new("Mixture", Numeric: true)],
            [.. cohort.Trajectory.Select(point => (IReadOnlyList<DataCell>)[point.Time, DataCell.Of(point.Treated, 2), DataCell.Of(point.Synthetic, 2)])]),
    };

    private static DotIntervalChart Events(IReadOnlyList<NamedAnswer> events, string? unit)
    {
        var largest = events.MaxBy(one => Math.Abs(one.Estimate))!;
        return Dots(
            "event-study", $"By time, the gap moved most at {largest.Name}: {Read(largest.Estimate, unit, signed: true)}", "The gap between area and comparator by time, against the last time before the change",
            [.. events.Select(one => new Row(one.Name, one.Estimate, one.Lower, one.Upper))], unit);
    }

    private static DotIntervalChart InTime(IReadOnlyList<PlaceboInTime> before, double actual, string? unit)
    {
        var largest = before.MaxBy(placebo => Math.Abs(placebo.Statistic))!;
        return Dots(
            "placebo-in-time", $"Pretending an earlier change finds at most {Read(largest.Statistic, unit, signed: true)}; the change found {Read(actual, unit, signed: true)}",
            "The same method on the times before alone, each date pretended in turn",
            [.. before.Select(placebo => new Row("from " + placebo.Time, placebo.Statistic)), new Row("the change itself", actual, Strong: true)], unit);
    }

    private static DotIntervalChart InSpace(PlaceboAnswer space, double actual, string? unit)
    {
        var shown = space.Placebos.OrderByDescending(placebo => Math.Abs(placebo.Statistic)).Take(MostRows).OrderBy(placebo => placebo.Statistic);
        var larger = space.Placebos.Count(placebo => Math.Abs(placebo.Statistic) >= Math.Abs(actual));
        return Dots(
            "placebo-in-space", $"{(larger == 0 ? "None" : Format.Words(larger, capital: true))} of {Format.Count(space.Count)} placebos in untreated areas {(larger <= 1 ? "is" : "are")} as large as what was found",
            space.Count > MostRows ? $"The {MostRows} largest placebos, and what was found" : "What the same method finds where nothing was done, and what was found",
            [.. shown.Select(placebo => new Row(string.Join(", ", placebo.Units), placebo.Statistic)), new Row("the changed areas", actual, Strong: true)], unit);
    }

    private static DotIntervalChart Drift(TrendSensitivityResult drift, EffectEstimate effect, string? unit)
    {
        var title = drift.Breakdown <= 0 ? "Zero lies within the interval even without drift"
            : double.IsInfinity(drift.Breakdown) ? "The gap never moved before, so no drift can be sized"
            : $"Drift of {Format.Plain(Math.Round(drift.Breakdown, 2))} times the largest step before would explain all of it";
        return Dots(
            "drift", title, $"What is left of the effect if the gap drifted on by up to M times its largest step before, {Read(drift.LargestStepBefore, unit)}",
            [new Row("no drift", effect.Estimate, effect.Lower, effect.Upper), .. drift.Bounds.Select(bound => new Row($"M = {Format.Plain(bound.M)}", effect.Estimate, bound.Lower, bound.Upper))], unit);
    }

    private sealed record Row(string Label, double Value, double? Lower = null, double? Upper = null, bool Strong = false);

    private static DotIntervalChart Dots(string id, string title, string note, IReadOnlyList<Row> rows, string? unit) => new()
    {
        Title = title,
        Note = note,
        Rows = [.. rows.Select(row => new DotRow(row.Label, [new Dot(row.Value, row.Lower, row.Upper)], row.Strong))],
        Series = ["effect"],
        Read = value => Read(value, unit, signed: true),
        Zero = true,
        Table = new DataTable(id, title, [new("Time or areas"), new("Effect", Numeric: true), new("Lower", Numeric: true), new("Upper", Numeric: true)],
            [.. rows.Select(row => (IReadOnlyList<DataCell>)[row.Label, DataCell.Of(row.Value, 3), row.Lower is { } lower ? DataCell.Of(lower, 3) : "", row.Upper is { } upper ? DataCell.Of(upper, 3) : ""])]),
    };

    /// <summary>A value with its unit: 72.8%, −11.1 points, 4.2 minutes.</summary>
    public static string Read(double value, string? unit, bool signed = false)
    {
        var number = Math.Abs(value) >= 1000 ? signed ? Format.Signed(value, 0) : Format.Number(value, 0) : signed ? Format.Signed(value) : Format.Number(value);
        return unit switch { "%" when signed => number + " points", "%" => number + "%", null or "" => number, _ => $"{number} {unit}" };
    }

    /// <summary>Labels under an axis of times, not too many of them.</summary>
    public static IReadOnlyList<(int Index, string Text)> Ticks(IReadOnlyList<string> times)
    {
        var every = Math.Max(1, (int)Math.Ceiling(times.Count / (double)MostTicks));
        return [.. Enumerable.Range(0, times.Count).Where(i => i % every == 0).Select(i => (i, times[i]))];
    }

    private static List<double?> Line(Panel panel, IReadOnlyList<int> units) =>
        [.. Enumerable.Range(0, panel.Times.Count).Select(time => units.Average(i => panel.Outcome[i, time])).Select(value => double.IsFinite(value) ? value : (double?)null)];

    private static (double From, double To)? Mean(PanelTable table, IReadOnlyList<int> units)
    {
        var panel = table.WithoutTransition;
        if (panel.Cohorts is not [var start] || start == 0)
        {
            return null;
        }

        double Of(int from, int to) => Enumerable.Range(from, to - from).Average(time => units.Average(i => panel.Outcome[i, time]));
        return (Of(0, start), Of(start, panel.Times.Count));
    }

    private static string Names(Panel panel, IReadOnlyList<int> units) => units.Count <= 3 ? Format.List([.. units.Select(i => panel.Units[i])]) : $"{units.Count} areas";
}
