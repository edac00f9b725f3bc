using Pathfinder.Analysis.Effects;

namespace Pathfinder.Analysis.Tests.Effects;

/// <summary>Panels from long reference tables.</summary>
internal static class LongTable
{
    /// <param name="start">The first treated time of a row's unit, by row; null when never.</param>
    public static Panel Panel(Table table, string unit, string time, string outcome, Func<int, double?> start, string[]? covariates = null, Func<string, bool>? keep = null)
    {
        var units = table.Text(unit);
        var times = table.Numbers(time);
        var rows = Enumerable.Range(0, table.Count).Where(row => keep?.Invoke(units[row]) ?? true).ToList();
        var unitNames = rows.Select(row => units[row]).Distinct().ToList();
        var timeValues = rows.Select(row => times[row]).Distinct().Order().ToList();
        var starts = new int?[unitNames.Count];
        double[,] Matrix(double[] values)
        {
            var matrix = new double[unitNames.Count, timeValues.Count];
            for (var i = 0; i < unitNames.Count; i++)
            {
                for (var t = 0; t < timeValues.Count; t++)
                {
                    matrix[i, t] = double.NaN;
                }
            }

            foreach (var row in rows)
            {
                matrix[unitNames.IndexOf(units[row]), timeValues.IndexOf(times[row])] = values[row];
            }

            return matrix;
        }

        foreach (var row in rows)
        {
            if (start(row) is { } first)
            {
                starts[unitNames.IndexOf(units[row])] = timeValues.FindIndex(value => value >= first) is var index and >= 0 ? index : null;
            }
        }

        return new Panel(
            unitNames,
            [.. timeValues.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture))],
            Matrix(table.Numbers(outcome)),
            starts,
            [.. (covariates ?? []).Select(name => new Covariate(name, Matrix(table.Numbers(name))))]);
    }

    /// <summary>Start of treatment from a column that is 1 where a unit is treated at a time.</summary>
    public static Func<int, double?> FromIndicator(Table table, string unit, string time, string treated)
    {
        var units = table.Text(unit);
        var times = table.Numbers(time);
        var indicator = table.Numbers(treated);
        var starts = Enumerable.Range(0, table.Count).Where(row => indicator[row] == 1).GroupBy(row => units[row]).ToDictionary(g => g.Key, g => g.Min(row => times[row]));
        return row => starts.TryGetValue(units[row], out var first) ? first : null;
    }

    public static Panel Prop99()
    {
        var table = ReferenceData.Read("california_prop99.csv", ';');
        return Panel(table, "State", "Year", "PacksPerCapita", FromIndicator(table, "State", "Year", "treated"));
    }

    public static Panel Basque()
    {
        var table = ReferenceData.Read("basque.csv");
        var regions = table.Text("regionname");
        return Panel(table, "regionname", "year", "gdpcap", row => regions[row].StartsWith("Basque", StringComparison.Ordinal) ? 1970 : null, keep: name => !name.StartsWith("Spain", StringComparison.Ordinal));
    }

    /// <summary>The response times of the pathfinders against the published London figure.</summary>
    public static Panel Pathfinders(params string[] without)
    {
        var outcome = new double[3, 14];
        for (var t = 0; t < 14; t++)
        {
            outcome[0, t] = ResponseTimes.CentralNorth[t];
            outcome[1, t] = ResponseTimes.East[t];
            outcome[2, t] = ResponseTimes.Met[t];
        }

        var panel = new Panel(["Central North", "East", "Met"], ResponseTimes.Months, outcome, [10, 10, null]);
        return panel.WithoutTimes(without.Select(month => Array.IndexOf(ResponseTimes.Months, month)).ToHashSet());
    }
}

/// <summary>Compares to significant digits, as reference answers are stated.</summary>
internal static class Digits
{
    public static void ShouldMatch(this double actual, double expected, int digits = 6, string? because = null)
    {
        var unit = expected == 0 ? Math.Pow(10, -digits) : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(expected))) - digits + 1);
        actual.ShouldBe(expected, unit, because);
    }

    public static void ShouldMatch(this double? actual, double expected, int digits = 6) => actual.ShouldNotBeNull().ShouldMatch(expected, digits);
}
