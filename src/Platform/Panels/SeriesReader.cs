using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Panels;

/// <summary>The kinds of chart.</summary>
public enum ChartKind
{
    /// <summary>Individual values and moving ranges.</summary>
    Xmr,

    /// <summary>Proportions with binomial limits.</summary>
    P,

    /// <summary>Proportions with Laney's limits.</summary>
    PPrime,

    /// <summary>Runs about the median.</summary>
    Run,

    /// <summary>A funnel over areas.</summary>
    Funnel,
}

/// <summary>Which column of a table is what.</summary>
/// <param name="Date">The date or running index; for a funnel the area.</param>
/// <param name="Value">The value; for p, p′ and funnel the numerator.</param>
/// <param name="Denominator">The denominator; needed for p, p′ and funnel.</param>
public sealed record SeriesColumns(string Date, string Value, string? Denominator = null);

/// <summary>A series as it was read, in order of time.</summary>
/// <param name="File">Where from.</param>
/// <param name="Labels">Dates as they were written; for a funnel the areas in the order of the file.</param>
/// <param name="Values">Values or numerators.</param>
/// <param name="Denominators">Denominators; empty where the kind has none.</param>
public sealed record SeriesTable(string File, IReadOnlyList<string> Labels, double[] Values, double[] Denominators)
{
    /// <summary>The index of a date, also when it is written a little differently; −1 when there is none.</summary>
    public int IndexOf(string date)
    {
        for (var i = 0; i < Labels.Count; i++)
        {
            if (string.Equals(Labels[i], date, StringComparison.Ordinal) || (TimeAxis.KeyOf(date, Labels[0]) is { } key && TimeAxis.KeyOf(Labels[i], Labels[0]) == key))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A problem for each date of rebasing that the series does not have.</summary>
    internal IEnumerable<Problem> NotThere(IReadOnlyList<string>? rebase) => (rebase ?? []).Where(date => IndexOf(date) < 0)
        .Select(date => new Problem("No point has the date at which the limits should start afresh", File, Field: "rebase", Found: date, Accepted: $"a date from {Labels[0]} to {Labels[^1]}"));
}

/// <summary>Reads a table with a row a period (or a row an area) for a chart.</summary>
public static class SeriesReader
{
    /// <summary>
    /// Reads a text. Refused: missing columns and values, two rows for one date, gaps, dates in mixed formats, rolling averages,
    /// percentages over 100, denominators of zero, more successes than trials, a constant series, fewer than two points; and dates of
    /// rebasing, where they are given, that no row has.
    /// </summary>
    public static Outcome<SeriesTable> Read(string text, string file, SeriesColumns columns, ChartKind kind, IReadOnlyList<string>? rebase = null)
    {
        var read = CsvTable.Read(text, file);
        if (!read.Succeeded)
        {
            return Outcome.Refused<SeriesTable>(read.Problems);
        }

        var table = read.Value;
        var problems = new List<Problem>();
        var proportion = kind is ChartKind.P or ChartKind.PPrime or ChartKind.Funnel;
        var date = table.Column(columns.Date, problems);
        var value = table.Column(columns.Value, problems);
        var denominator = -1;
        if (proportion)
        {
            denominator = columns.Denominator is null ? -1 : table.Column(columns.Denominator, problems);
            if (columns.Denominator is null)
            {
                problems.Add(new Problem("A chart of proportions needs a column of denominators", file, Field: "n", Accepted: string.Join(", ", table.Header)));
            }
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var order = kind == ChartKind.Funnel ? AreasInOrder(table, date, problems) : InOrderOfTime(table, date, problems);
        ColumnNames.RefuseRolling(table, columns.Value, problems);
        if (!proportion)
        {
            ColumnNames.RefuseOverHundred(table, value, problems);
        }

        var values = order.ConvertAll(row => table.Number(row, value, problems)).ToArray();
        var denominators = proportion ? order.ConvertAll(row => table.Number(row, denominator, problems)).ToArray() : [];
        for (var i = 0; i < denominators.Length; i++)
        {
            Check(table, order[i], value, denominator, values[i], denominators[i], problems);
        }

        if (problems.Count == 0 && values.Length < 2)
        {
            problems.Add(new Problem("A chart needs at least two points", file));
        }

        if (problems.Count == 0 && Constant(values, denominators))
        {
            problems.Add(new Problem("All values are the same: there is no variation to chart", file, Field: columns.Value, Found: table.Rows[0].Fields[value]));
        }

        var series = new SeriesTable(file, [.. order.Select(row => row.Fields[date])], values, denominators);
        if (order.Count > 0)
        {
            problems.AddRange(series.NotThere(rebase));
        }

        return problems.Count > 0 ? problems : series;
    }

    private static List<CsvRow> AreasInOrder(CsvTable table, int area, List<Problem> problems)
    {
        foreach (var twice in table.Rows.GroupBy(row => row.Fields[area], StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            problems.Add(new Problem("Two rows are for one area", table.File, twice.Skip(1).First().Line, table.Header[area], twice.Key));
        }

        return table.Rows;
    }

    private static List<CsvRow> InOrderOfTime(CsvTable table, int date, List<Problem> problems)
    {
        if (TimeAxis.Read(table, date, problems) is not { } axis)
        {
            return [];
        }

        foreach (var twice in Enumerable.Range(0, table.Rows.Count).GroupBy(i => axis.Keys[i]).Where(g => g.Count() > 1))
        {
            var row = table.Rows[twice.Skip(1).First()];
            problems.Add(new Problem($"Two rows are for one date; the first is row {table.Rows[twice.First()].Line}", table.File, row.Line, table.Header[date], row.Fields[date]));
        }

        axis.FindGaps(table, date, problems);
        return [.. Enumerable.Range(0, table.Rows.Count).OrderBy(i => axis.Keys[i]).Select(i => table.Rows[i])];
    }

    private static void Check(CsvTable table, CsvRow row, int value, int denominator, double x, double n, List<Problem> problems)
    {
        if (n <= 0)
        {
            problems.Add(new Problem("The denominator is not above zero", table.File, row.Line, table.Header[denominator], row.Fields[denominator], "more than 0; leave the row out where nothing was counted"));
        }
        else if (x < 0 || x > n)
        {
            problems.Add(new Problem("The numerator is not between zero and the denominator", table.File, row.Line, table.Header[value], row.Fields[value], "0 to " + row.Fields[denominator]));
        }
    }

    private static bool Constant(double[] values, double[] denominators)
    {
        for (var i = 1; i < values.Length; i++)
        {
            if (denominators.Length == 0 ? values[i] != values[0] : values[i] * denominators[0] != values[0] * denominators[i])
            {
                return false;
            }
        }

        return true;
    }
}
