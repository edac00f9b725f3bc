using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>One incident as far as the measures of response need it.</summary>
/// <param name="Grade">Its grade: I or S; others are passed over.</param>
/// <param name="Created">When it was created, local time of the force.</param>
/// <param name="Minutes">Minutes from creation to the first unit on scene; null where none came.</param>
/// <param name="Borough">Code of its borough.</param>
public readonly record struct ResponseIncident(string Grade, DateTime Created, double? Minutes, string Borough);

/// <summary>A measure of response and how it is computed of the incidents of one grade, area and month.</summary>
/// <param name="Key">Key of the measure.</param>
/// <param name="Grade">The grade.</param>
/// <param name="Definition">What it is, where the catalogue does not have it yet.</param>
public sealed record ResponseMeasure(string Key, string Grade, Measure Definition);

/// <summary>
/// The measures of response, computed from incidents by month: shares in target with numerator and denominator (attended in time ÷
/// incidents; never attended counts as late), the median, mean and 90th percentile of those attended, and counts.
/// </summary>
public static class ResponseMeasures
{
    /// <summary>The measures, with the definition that each has where the catalogue lacks it.</summary>
    public static IReadOnlyList<ResponseMeasure> All { get; } =
    [
        .. new[] { (Grade: "I", Name: "Immediate", Target: 15m), (Grade: "S", Name: "Significant", Target: 60m) }.SelectMany(one => new ResponseMeasure[]
        {
            New(one.Grade, "in-target", $"{one.Name} calls attended in charter time", $"Share of incidents graded {one.Grade} attended within {one.Target:0} minutes of their creation; never attended counts as late", "%", MeasureDirection.Up) is var share
                ? share with { Definition = share.Definition with { Numerator = $"{one.Grade} incidents attended within {one.Target:0} minutes", Denominator = $"{one.Grade} incidents", Target = 90, Threshold = one.Target, ThresholdUnit = "minutes", AddsUp = true } } : share,
            New(one.Grade, "median-time", $"Median response time, {one.Name.ToLowerInvariant()}", $"Median time from creation to the first unit on scene, incidents graded {one.Grade} that were attended", "minutes", MeasureDirection.Down),
            New(one.Grade, "mean-time", $"Mean response time, {one.Name.ToLowerInvariant()}", $"Mean time from creation to the first unit on scene, incidents graded {one.Grade} that were attended", "minutes", MeasureDirection.Down),
            New(one.Grade, "p90-time", $"90th percentile of response time, {one.Name.ToLowerInvariant()}", $"Nine in ten incidents graded {one.Grade} that were attended had a unit on scene within this time", "minutes", MeasureDirection.Down),
            New(one.Grade, "incidents", $"{one.Name} incidents", $"Incidents graded {one.Grade}", "incidents", MeasureDirection.Neither) is var count
                ? count with { Definition = count.Definition with { AddsUp = true, SuppressBelow = 5 } } : count,
        }),
    ];

    /// <summary>
    /// Each measure's values by area and month: every borough, every command unit of several boroughs, and the whole force. Months that the
    /// incidents do not wholly cover must be left out by the caller.
    /// </summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="units">Code of the command unit of each borough that shares one.</param>
    /// <param name="threshold">Minutes of the charter target by grade.</param>
    /// <param name="whole">Whether a month, by its first day, is to be counted.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<ObservedRow>> Compute(
        IEnumerable<ResponseIncident> incidents, IReadOnlyDictionary<string, string> units, IReadOnlyDictionary<string, double> threshold, Func<DateOnly, bool> whole)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(threshold);
        ArgumentNullException.ThrowIfNull(whole);
        var groups = new Dictionary<(string Grade, string Area, DateOnly Month), (List<double> Minutes, int Count)>();
        foreach (var incident in incidents)
        {
            var month = new DateOnly(incident.Created.Year, incident.Created.Month, 1);
            if (!threshold.ContainsKey(incident.Grade) || !whole(month))
            {
                continue;
            }

            Add(incident.Borough);
            Add(SeriesReading.WholeForce);
            if (units.TryGetValue(incident.Borough, out var unit))
            {
                Add(unit);
            }

            void Add(string area)
            {
                var key = (incident.Grade, area, month);
                var (minutes, count) = groups.TryGetValue(key, out var held) ? held : ([], 0);
                if (incident.Minutes is { } time)
                {
                    minutes.Add(time);
                }

                groups[key] = (minutes, count + 1);
            }
        }

        var values = All.ToDictionary(measure => measure.Key, _ => new List<ObservedRow>(), StringComparer.Ordinal);
        foreach (var ((grade, area, month), (minutes, count)) in groups.OrderBy(group => group.Key.Area, StringComparer.Ordinal).ThenBy(group => group.Key.Month))
        {
            minutes.Sort();
            var period = PartialDate.TryParse($"{month:yyyy-MM}", out var date) ? date : throw new InvalidOperationException("A month is always a date.");
            var prefix = grade.ToLowerInvariant() + "-";
            var inTime = minutes.Count(time => time <= threshold[grade]);
            values[prefix + "in-target"].Add(new ObservedRow(area, period, Math.Round(100m * inTime / count, 6), inTime, count));
            values[prefix + "incidents"].Add(new ObservedRow(area, period, count));
            if (minutes.Count > 0)
            {
                values[prefix + "median-time"].Add(new ObservedRow(area, period, Rounded(Quantile(minutes, 0.5))));
                values[prefix + "p90-time"].Add(new ObservedRow(area, period, Rounded(Quantile(minutes, 0.9))));
                values[prefix + "mean-time"].Add(new ObservedRow(area, period, Rounded(minutes.Average())));
            }
        }

        return values.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<ObservedRow>)pair.Value, StringComparer.Ordinal);
    }

    /// <summary>Linear interpolation between order statistics (R's type 7).</summary>
    public static double Quantile(IReadOnlyList<double> sorted, double p)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        var place = (sorted.Count - 1) * p;
        var below = (int)Math.Floor(place);
        return below + 1 < sorted.Count ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private static decimal Rounded(double minutes) => Math.Round((decimal)minutes, 4);

    private static ResponseMeasure New(string grade, string what, string title, string definition, string unit, MeasureDirection direction) => new(
        $"{grade.ToLowerInvariant()}-{what}", grade, new Measure { Title = title, Definition = definition, Unit = unit, Direction = direction, Level = "Borough, command unit, force" });
}
