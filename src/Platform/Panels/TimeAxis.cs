using System.Globalization;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Panels;

/// <summary>The times of a column: dates in one way of writing, or a running index.</summary>
internal sealed class TimeAxis
{
    // A month's name may be whole or short within one way of writing, because May is both.
    private static readonly string[][] Formats =
    [
        ["yyyy-MM-dd"], ["yyyy-MM"], ["dd/MM/yyyy", "d/M/yyyy"], ["MM/yyyy", "M/yyyy"], ["MMM-yy"], ["MMM yyyy", "MMMM yyyy"], ["MMM yy", "MMMM yy"],
    ];

    private const int Index = -1;
    private readonly bool _daily;

    private TimeAxis(double[] keys, bool daily)
    {
        Keys = keys;
        _daily = daily;
    }

    /// <summary>A sortable number for each row: months for months, days for days, the index itself.</summary>
    public double[] Keys { get; }

    /// <summary>Reads a column; the first row says how times are written.</summary>
    public static TimeAxis? Read(CsvTable table, int column, List<Problem> problems)
    {
        var format = FormatOf(table.Rows[0].Fields[column]);
        var before = problems.Count;
        if (format is null)
        {
            problems.Add(new Problem("This is no date and no running index", table.File, table.Rows[0].Line, table.Header[column], table.Rows[0].Fields[column], "2017-04-26, 2017-04, 04/2017, 26/04/2017, Apr-17, April 2017, or a number"));
            return null;
        }

        var days = new DateOnly[table.Rows.Count];
        var keys = new double[table.Rows.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var row = table.Rows[i];
            if (!TryRead(row.Fields[column], format.Value, out keys[i], out days[i]))
            {
                problems.Add(FormatOf(row.Fields[column]) is null
                    ? new Problem("This is no date and no running index", table.File, row.Line, table.Header[column], row.Fields[column], "as in the first row: " + table.Rows[0].Fields[column])
                    : new Problem("Times are written in more than one way", table.File, row.Line, table.Header[column], row.Fields[column], "as in the first row: " + table.Rows[0].Fields[column]));
            }
        }

        if (problems.Count > before)
        {
            return null;
        }

        var daily = format != Index && Array.Exists(days, day => day.Day != 1);
        return new TimeAxis(format == Index ? keys : Array.ConvertAll(days, day => daily ? day.DayNumber : (day.Year * 12.0) + day.Month), daily);
    }

    /// <summary>Adds a problem for each step between sorted times that is longer than the shortest; days may skip a weekend or a holiday.</summary>
    public void FindGaps(CsvTable table, int column, List<Problem> problems)
    {
        var order = Enumerable.Range(0, Keys.Length).OrderBy(i => Keys[i]).DistinctBy(i => Keys[i]).ToList();
        var steps = order.Zip(order.Skip(1), (a, b) => Keys[b] - Keys[a]).ToList();
        if (steps.Count < 2)
        {
            return;
        }

        var step = steps.Min();
        for (var i = 0; i < steps.Count; i++)
        {
            var longest = _daily && step <= 1 ? 4 : _daily && step >= 28 ? step + 3 : step * (1 + 1e-6);
            if (steps[i] > longest)
            {
                var row = table.Rows[order[i + 1]];
                problems.Add(new Problem($"Times are missing between {table.Rows[order[i]].Fields[column]} and this one", table.File, row.Line, table.Header[column], row.Fields[column], "equally spaced times without a gap"));
            }
        }
    }

    /// <summary>The sort key of a time written as in a column; null when it is written otherwise.</summary>
    public static double? KeyOf(string text, string sample)
    {
        var format = FormatOf(sample);
        return format is not null && TryRead(text, format.Value, out var key, out var day) ? format == Index ? key : day.DayNumber : null;
    }

    private static int? FormatOf(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
        {
            return Index;
        }

        var place = Array.FindIndex(Formats, formats => DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        return place < 0 ? null : place;
    }

    private static bool TryRead(string text, int format, out double key, out DateOnly day)
    {
        day = default;
        key = 0;
        return format == Index
            ? double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out key)
            : DateOnly.TryParseExact(text, Formats[format], CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }
}
