using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Evaluations;

/// <summary>The pictures of an evaluation: the course of a pilot beside its comparator with what was expected, and effects against their margins.</summary>
internal static class PlanCharts
{
    /// <summary>One criterion's area beside its comparators, with target, expected value and the pilot's own events.</summary>
    public static LineChart Course(CriterionFinding finding, Measure measure, PilotFinding? pilot)
    {
        var times = finding.Series.SelectMany(series => series.Points).Select(point => point.Time).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        List<LineSeries> lines = [.. finding.Series.Select(series =>
        {
            var values = series.Points.DistinctBy(point => point.Time, StringComparer.Ordinal).ToDictionary(point => point.Time, point => (double?)point.Value, StringComparer.Ordinal);
            return new LineSeries(series.Area, [.. times.Select(time => values.GetValueOrDefault(time))]);
        })];
        Expected(finding.Criterion, times, lines);
        return new LineChart
        {
            Title = Title(finding, measure.Unit),
            Note = $"{measure.Title}{(measure.Unit is { Length: > 0 } unit ? ", " + unit : "")}{(finding.Criterion.Expected is null ? "" : "; expected is what was forecast for the window")}",
            Series = lines,
            Ticks = EffectCharts.Ticks(times),
            Read = value => EffectCharts.Read(value, measure.Unit),
            Target = measure.Target is { } target ? ((double)target, "target") : null,
            Events = Events(times, finding.Criterion, pilot),
            Table = new DataTable("course-" + finding.Criterion.Id, $"{measure.Title}, month by month", [new("Time"), .. lines.Select(line => new DataColumn(line.Name, Numeric: true))],
                [.. times.Select((time, t) => (IReadOnlyList<DataCell>)[time, .. lines.Select(line => line.Values[t] is { } value ? DataCell.Of(value) : new DataCell("", Csv: ""))])]),
        };
    }

    /// <summary>The effects of the criteria that have one, with their intervals.</summary>
    public static DotIntervalChart? Effects(PlanFinding plan)
    {
        var shown = plan.Results.SelectMany(result => result.Boroughs.Prepend(result.Unit).Where(finding => finding is { Study: not null } && (!finding.IsBorough || result.Criterion.Level == CriterionLevel.EachBorough)))
            .DistinctBy(finding => (finding.Criterion.Measure, finding.Area, finding.Study!.Effect.Estimate)).ToList();
        if (shown.Count == 0)
        {
            return null;
        }

        var unit = plan.Measures[shown[0].Criterion.Measure].Body.Unit;
        return new DotIntervalChart
        {
            Title = string.Join("; ", shown.Take(3).Select(finding => $"{finding.AreaName} {EffectCharts.Read(finding.Study!.Effect.Estimate, unit, signed: true)}")) + " against the comparator",
            Note = "The change of each area less the change of its comparator, with 95% intervals; left is lower",
            Rows = [.. shown.Select(finding => new DotRow(finding.AreaName, [new Dot(finding.Study!.Effect.Estimate, finding.Study.Effect.Lower, finding.Study.Effect.Upper)], !finding.IsBorough))],
            Series = ["effect"],
            Read = value => EffectCharts.Read(value, unit, signed: true),
            Zero = true,
            Target = shown[0].Criterion is { Test: CriterionTest.NotWorse, Value: var margin } && plan.Measures[shown[0].Criterion.Measure].Body.Direction == MeasureDirection.Up ? (-(double)margin, "margin") : null,
            Table = new DataTable("effects", "Effects with their intervals", [new("Area"), new("Measure"), new("Effect", Numeric: true), new("Lower", Numeric: true), new("Upper", Numeric: true), new("p, one-sided", Numeric: true), new("p, adjusted", Numeric: true), new("Drift to explain all", Numeric: true)],
                [.. shown.Select(finding => (IReadOnlyList<DataCell>)
                [
                    finding.AreaName, plan.Measures[finding.Criterion.Measure].Body.Title, DataCell.Of(finding.Study!.Effect.Estimate, 3), Cell(finding.Study.Effect.Lower), Cell(finding.Study.Effect.Upper), P(finding.P), P(finding.AdjustedP),
                    finding.Study.Answer.Sensitivity is { Breakdown: var drift } && double.IsFinite(drift) ? DataCell.Of(drift, 2) : new DataCell("cannot be had", Csv: ""),
                ])]),
        };
    }

    /// <summary>The values that the effects were computed from: a table a measure, a row a time, a column an area.</summary>
    public static IEnumerable<DataTable> Values(PlanFinding plan)
    {
        foreach (var measure in plan.Results.Select(result => result.Unit).Where(finding => finding.Study is not null).GroupBy(finding => finding.Criterion.Measure, StringComparer.Ordinal))
        {
            var series = measure.SelectMany(finding => finding.Series).DistinctBy(one => one.Area, StringComparer.OrdinalIgnoreCase).ToList();
            var criteria = measure.Select(finding => finding.Criterion).ToList();
            string? Part(DateOnly day) => criteria.Exists(one => one.Window is { } window && day >= window.First && day <= window.Last) ? "after"
                : criteria.Exists(one => one.Transition is { } left && day >= left.First && day <= left.Last) ? "left out"
                : criteria.Exists(one => one.Before is { } before && day >= before.First && day <= before.Last) ? "before" : null;
            var times = series.SelectMany(one => one.Points).GroupBy(point => (point.Time, point.First)).OrderBy(group => group.Key.First).Where(group => Part(group.Key.First) is not null).ToList();
            yield return new DataTable(
                "values-" + measure.Key, $"{plan.Measures[measure.Key].Body.Title}: the values used", [new("Time"), new("Counts as"), .. series.Select(one => new DataColumn(one.Area, Numeric: true))],
                [.. times.Select(time => (IReadOnlyList<DataCell>)
                [
                    time.Key.Time, Part(time.Key.First)!,
                    .. series.Select(one => one.Points.FirstOrDefault(point => point.Time == time.Key.Time) is { } point ? DataCell.Of(point.Value) : new DataCell("not recorded", Csv: "")),
                ])]);
        }
    }

    private static DataCell Cell(double? value) => value is { } number ? DataCell.Of(number, 3) : new DataCell("cannot be had", Csv: "");

    private static DataCell P(double? value) => value is { } p ? new DataCell(PValue.Text(p), Csv: p.ToString("R", System.Globalization.CultureInfo.InvariantCulture)) : new DataCell("cannot be had", Csv: "");

    private static string Title(CriterionFinding finding, string? unit) => finding is { Before: { } before, After: { } after }
        ? $"{finding.AreaName} went from {EffectCharts.Read(before, unit)} to {EffectCharts.Read(after, unit)}{(finding is { ComparatorBefore: { } was, ComparatorAfter: { } now } ? $"; its comparator from {EffectCharts.Read(was, unit)} to {EffectCharts.Read(now, unit)}" : "")}{(finding.Criterion.Expected is { } expected ? $"; {EffectCharts.Read((double)expected, unit)} was expected" : "")}"
        : $"{finding.AreaName} beside its comparator";

    private static void Expected(Criterion criterion, List<string> times, List<LineSeries> lines)
    {
        if (criterion.Window is not { } window)
        {
            return;
        }

        // Times are months or days written so that their text sorts as they do.
        List<double?> Over(decimal value) => [.. times.Select(time => DateOnly.TryParse(time.Length == 7 ? time + "-01" : time, System.Globalization.CultureInfo.InvariantCulture, out var day) && day >= window.First && day <= window.Last ? (double?)value : null)];
        foreach (var (name, value) in new[] { ("expected", criterion.Expected), ("expected, lower", criterion.ExpectedLower), ("expected, upper", criterion.ExpectedUpper) })
        {
            if (value is { } number)
            {
                lines.Add(new LineSeries(name, Over(number)));
            }
        }
    }

    private static List<(double Index, string Text)> Events(List<string> times, Criterion criterion, PilotFinding? pilot)
    {
        var events = new List<(double, string)>();
        double? At(DateOnly day)
        {
            var place = times.FindLastIndex(time => DateOnly.TryParse(time.Length == 7 ? time + "-01" : time, System.Globalization.CultureInfo.InvariantCulture, out var first) && first <= day);
            return place < 0 || (place == times.Count - 1 && times[place].Length == 7 && day > DateOnly.ParseExact(times[place] + "-01", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).AddMonths(1)) ? null : place;
        }

        void Add(DateOnly? day, string text)
        {
            if (day is { } on && At(on) is { } index)
            {
                events.Add((index, text));
            }
        }

        Add(criterion.Transition?.First, "transition begins");
        Add(pilot?.Pilot.Body.Live?.Last, "fully live");
        foreach (var change in pilot?.Pilot.Body.Adaptations ?? [])
        {
            Add(change.On?.First, "adapted");
        }

        return events;
    }
}
