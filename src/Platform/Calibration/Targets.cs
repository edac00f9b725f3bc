using System.Globalization;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Calibration;

/// <summary>Something observed that a simulation should reproduce.</summary>
/// <param name="Area">Name of an area of the fit file, or "all" for everything simulated.</param>
/// <param name="Measure">"I.inTarget" (share, 0–1) or "I.meanMinutes"; any grade.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Value">What was observed.</param>
/// <param name="Tolerance">How far a simulation may be off for one standard unit of distance.</param>
/// <param name="Source">Where it stands.</param>
public sealed record Target(string Area, string Measure, DateOnly From, DateOnly To, double Value, double? Tolerance, string Source)
{
    /// <summary>The grade measured.</summary>
    public string Grade => Measure.Split('.')[0];

    /// <summary>Whether it is a share.</summary>
    public bool IsShare => Measure.EndsWith(".inTarget", StringComparison.Ordinal);
}

/// <summary>Reads targets from CSV: area, measure, from, to, value, and where known tolerance and source.</summary>
public static class TargetFile
{
    private static readonly string[] Required = ["area", "measure", "from", "to", "value"];
    private static readonly string[] Measures = ["I.inTarget", "S.inTarget", "E.inTarget", "I.meanMinutes", "S.meanMinutes", "E.meanMinutes"];

    /// <summary>
    /// Reads and checks targets. Refused with every fault by row: an unknown area or measure, a share outside 0 to 1, an end
    /// before the begin, and a target that ended on or after <paramref name="before"/>.
    /// </summary>
    public static Outcome<IReadOnlyList<Target>> Read(string text, IReadOnlyCollection<string> areas, DateOnly? before, string? file = null)
    {
        var csv = new CsvRecords(text);
        if (!csv.Read())
        {
            return new Problem("The file is empty", file, 1, Accepted: string.Join(",", Required) + ",tolerance,source");
        }

        var problems = new List<Problem>();
        var columns = csv.Fields.Select((name, at) => (name, at)).GroupBy(pair => pair.name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().at, StringComparer.Ordinal);
        problems.AddRange(Required.Where(name => !columns.ContainsKey(name)).Select(name => new Problem("The column is missing", file, 1, name)));
        if (problems.Count > 0)
        {
            return problems;
        }

        var targets = new List<Target>();
        while (csv.Read())
        {
            var line = csv.Line;
            string Raw(string name) => columns.TryGetValue(name, out var at) && at < csv.Fields.Count ? csv.Fields[at] : "";
            void Fault(string message, string field, string accepted) => problems.Add(new Problem(message, file, line, field, Raw(field), accepted));
            if (Raw("area") != "all" && !areas.Contains(Raw("area")))
            {
                Fault("The area is not one of the fit file", "area", "all, " + string.Join(", ", areas));
            }

            if (!Measures.Contains(Raw("measure"), StringComparer.Ordinal))
            {
                Fault("The measure is none of those that can be fitted", "measure", string.Join(", ", Measures));
            }

            var from = Date(Raw("from"));
            var to = Date(Raw("to"));
            if (from is null)
            {
                Fault("This is not a date", "from", "year-month-day, such as 2017-01-01");
            }

            if (to is null || to < from)
            {
                Fault("This is not the last day of a period", "to", "year-month-day, on or after from");
            }

            if (before is { } bound && to >= bound)
            {
                Fault(
                    "The target is of the time that is to be predicted, and may not be fitted to", "to",
                    string.Create(CultureInfo.InvariantCulture, $"periods that end before {bound:yyyy-MM-dd}"));
            }

            var share = Raw("measure").EndsWith(".inTarget", StringComparison.Ordinal);
            var value = Number(Raw("value"));
            if (value is null || value < 0 || (share && value > 1))
            {
                Fault("The value is out of bounds", "value", share ? "a share, 0 to 1" : "minutes, 0 or more");
            }

            var tolerance = Number(Raw("tolerance"));
            if (Raw("tolerance").Length > 0 && !(tolerance > 0))
            {
                Fault("The tolerance is none", "tolerance", "more than 0, or empty");
            }

            targets.Add(new Target(Raw("area"), Raw("measure"), from ?? default, to ?? default, value ?? 0, tolerance, Raw("source")));
        }

        if (targets.Count == 0)
        {
            problems.Add(new Problem("The file has no rows", file));
        }

        return problems.Count > 0 ? problems : targets;
    }

    private static DateOnly? Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
