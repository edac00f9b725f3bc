using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Measures;

/// <summary>One value of a set.</summary>
/// <param name="Area">Code of the area.</param>
/// <param name="Period">The period.</param>
/// <param name="Value">The value in the unit of the measure.</param>
/// <param name="Numerator">The numerator of a share; null where it is not given.</param>
/// <param name="Denominator">Its denominator.</param>
public sealed record ObservedRow(string Area, PartialDate Period, decimal Value, decimal? Numerator = null, decimal? Denominator = null);

/// <summary>Values of a set as text and back.</summary>
public static class ObservationSets
{
    /// <summary>Most values of one set.</summary>
    public const int MaximumRows = 50_000;

    /// <summary>The set with these values in place of its own, in order of area and period.</summary>
    public static ObservationSet With(ObservationSet set, IEnumerable<ObservedRow> rows)
    {
        ArgumentNullException.ThrowIfNull(set);
        var ordered = rows.OrderBy(row => row.Area, StringComparer.Ordinal).ThenBy(row => row.Period.First).ThenBy(row => row.Period.Last).ToList();
        var values = Write(ordered);
        return set with
        {
            Values = values,
            Count = ordered.Count,
            First = ordered.MinBy(row => row.Period.First)?.Period,
            Last = ordered.MaxBy(row => row.Period.Last)?.Period,
            Fingerprint = FingerprintOf(values),
        };
    }

    /// <summary>The values of a set. Throws <see cref="FormatException"/> where a line is none; <see cref="Check"/> keeps such a set out of the store.</summary>
    public static IReadOnlyList<ObservedRow> Read(ObservationSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var rows = new List<ObservedRow>(set.Count);
        foreach (var line in set.Values.AsSpan().EnumerateLines())
        {
            if (line.Length > 0)
            {
                rows.Add(TryRead(line.ToString()) ?? throw new FormatException($"No value of a set: {line}"));
            }
        }

        return rows;
    }

    /// <summary>What is wrong with a set: values that cannot be read, or that are not those it was made with.</summary>
    internal static IEnumerable<Problem> Check(ObservationSet set)
    {
        var lines = set.Values.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines.Length != set.Count || set.Fingerprint != FingerprintOf(set.Values))
        {
            yield return new Problem(
                "The values of a set are imported, not typed: these are not the ones it was made with", Field: "values",
                Found: $"{lines.Length.ToString(CultureInfo.InvariantCulture)} values", Accepted: "an import of the whole table (pathfinder measures import, or Performance, Import)");
        }
        else if (lines.Length > MaximumRows)
        {
            yield return new Problem("A set holds too many values", Field: "values", Found: lines.Length.ToString(CultureInfo.InvariantCulture), Accepted: $"at most {MaximumRows}; split it by years");
        }
        else
        {
            foreach (var (line, number) in lines.Select((line, i) => (line, i + 1)).Where(pair => TryRead(pair.line) is null).Take(20))
            {
                yield return new Problem("This is no value of a set", Field: $"values[{number.ToString(CultureInfo.InvariantCulture)}]", Found: line, Accepted: "area,period,value,numerator,denominator");
            }
        }

        if (set.KnownAfterDays is < 0 or > 3660)
        {
            yield return new Problem("This is no delay", Field: "knownAfterDays", Found: set.KnownAfterDays.Value.ToString(CultureInfo.InvariantCulture), Accepted: "0 to 3660 days");
        }
    }

    private static string FingerprintOf(string values) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(values)));

    private static string Write(List<ObservedRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(row.Area).Append(',').Append(PeriodOf(row.Period));
            foreach (var number in new decimal?[] { row.Value, row.Numerator, row.Denominator })
            {
                text.Append(',').Append(number?.ToString(CultureInfo.InvariantCulture));
            }

            // What ends a line empty is left out.
            while (text[^1] == ',')
            {
                text.Length--;
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string PeriodOf(PartialDate period) => period.First.Day == 1 && period.Last == period.First.AddMonths(1).AddDays(-1)
        ? period.First.ToString("yyyy-MM", CultureInfo.InvariantCulture)
        : period.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + (period.IsDay ? "" : " to " + period.Last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static ObservedRow? TryRead(string line)
    {
        var fields = line.Split(',');
        if (fields.Length is < 3 or > 5 || fields[0].Length == 0 || !PartialDate.TryParse(fields[1], out var period))
        {
            return null;
        }

        var numbers = new decimal?[3];
        for (var i = 2; i < fields.Length; i++)
        {
            if (fields[i].Length > 0)
            {
                if (!decimal.TryParse(fields[i], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                {
                    return null;
                }

                numbers[i - 2] = number;
            }
        }

        return numbers[0] is { } value ? new ObservedRow(fields[0], period, value, numbers[1], numbers[2]) : null;
    }
}
