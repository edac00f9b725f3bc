using System.Globalization;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Panels;

/// <summary>What the name of a column says about its values.</summary>
internal static class ColumnNames
{
    private static readonly string[] Rolling = ["rolling", "moving average", "moving_average", "movingaverage", "12 month average", "smoothed"];

    private static readonly string[] Percentage = ["percent", "per cent", "per_cent", "pct", "%"];

    /// <summary>Whether a column's name says that its values are rolling averages.</summary>
    public static bool SaysRolling(string column) => Says(column, Rolling);

    /// <summary>Refuses averages over several times: neighbours share data, so that every rule of a control chart signals on nothing.</summary>
    public static void RefuseRolling(CsvTable table, string column, List<Problem> problems)
    {
        if (SaysRolling(column))
        {
            problems.Add(new Problem(
                "A rolling average cannot be put on a control chart: neighbouring values share most of their data, so that runs and trends signal where nothing changed",
                table.File, 1, column, Accepted: "the value of each single period"));
        }
    }

    /// <summary>Adds a problem for each percentage over 100, in a column whose name says that it holds percentages.</summary>
    public static void RefuseOverHundred(CsvTable table, int column, List<Problem> problems)
    {
        if (!Says(table.Header[column], Percentage))
        {
            return;
        }

        foreach (var row in table.Rows)
        {
            if (double.TryParse(row.Fields[column], CultureInfo.InvariantCulture, out var value) && value > 100)
            {
                problems.Add(new Problem("A percentage is over 100", table.File, row.Line, table.Header[column], row.Fields[column], "0 to 100"));
            }
        }
    }

    private static bool Says(string column, string[] words) => Array.Exists(words, word => column.Contains(word, StringComparison.OrdinalIgnoreCase));
}
