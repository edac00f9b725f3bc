using System.Globalization;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>The values of a table.</summary>
internal sealed record ReadObservations(IReadOnlyList<ObservedRow> Rows, int Blank, IReadOnlyList<string> Notices);

/// <summary>Reads the rows of a table by a mapping, and finds everything that is wrong with them.</summary>
internal sealed class ObservationRows(ObservationTable table, ObservationMapping mapping, Measure measure, AreaNames areas, DateOnly today)
{
    private const int MaximumProblems = 200;
    private const decimal PlainlyPercent = 20;
    private readonly List<Problem> _problems = [];
    private readonly List<ObservedRow> _rows = [];
    private readonly List<(int Line, string Column, string Text)> _fractions = [];
    private readonly Dictionary<(string Area, DateOnly First, DateOnly Last), int> _lines = [];
    private int _blank;

    private bool IsShare => measure.Unit == "%";

    /// <summary>The values; refused with every problem.</summary>
    public Outcome<ReadObservations> Read()
    {
        var period = table.Column(mapping.Period ?? table.Header[0], _problems);
        var columns = new List<(int Area, string? Code, int Value, int Numerator, int Denominator)>();
        if (mapping.IsWide)
        {
            for (var i = 0; i < table.Header.Length; i++)
            {
                if (i != period && !RefusesRolling(table.Header[i]))
                {
                    columns.Add((-1, Code(table.Header[i], 1, table.Header[i]), i, -1, -1));
                }
            }
        }
        else
        {
            var area = mapping.Area is { } name ? table.Column(name, _problems) : -1;
            if (mapping.Area is null && mapping.FixedArea is null)
            {
                _problems.Add(new Problem("Say which column holds the area, or which one area all rows are of", table.File, Field: "area", Accepted: string.Join(", ", table.Header)));
            }

            var (value, numerator, denominator) = (Optional(mapping.Value), Optional(mapping.Numerator), Optional(mapping.Denominator));
            if (numerator >= 0 && denominator < 0)
            {
                _problems.Add(new Problem("A numerator needs its denominator", table.File, Field: "denominator", Accepted: string.Join(", ", table.Header)));
            }

            columns.Add((area, mapping.FixedArea is { } one ? Code(one, 1, "area") : null, value, numerator, denominator));
        }

        var periods = _problems.Count > 0 ? null : Periods(period);
        if (periods is not null)
        {
            // A row whose period cannot be read is still read for its other faults.
            for (var i = 0; i < table.Rows.Count && _problems.Count < MaximumProblems; i++)
            {
                foreach (var column in columns)
                {
                    Row(table.Rows[i], periods[i], column);
                }
            }
        }

        RefuseFractions();
        if (_problems.Count == 0 && _rows.Count == 0)
        {
            _problems.Add(new Problem("The table has no value", table.File, Accepted: "at least one number"));
        }

        return _problems.Count > 0 ? _problems : new ReadObservations(_rows, _blank, Notices());
    }

    private int Optional(string? column) => column is null ? -1 : Rolled(column, table.Column(column, _problems));

    private int Rolled(string column, int place)
    {
        _ = RefusesRolling(column);
        return place;
    }

    private bool RefusesRolling(string column)
    {
        if (measure.Rolling || !ColumnNames.SaysRolling(column))
        {
            return false;
        }

        _problems.Add(new Problem(
            "This is a rolling average: neighbouring values share most of their data, so that no control chart can be drawn of them", table.File, 1, column,
            Accepted: "the value of each single period; or say in the catalogue that the measure is a rolling average, and it is kept without a chart"));
        return true;
    }

    private string? Code(string text, int line, string field)
    {
        if (areas.Find(text) is { } code)
        {
            return code;
        }

        _problems.Add(new Problem("No area has this name or code", table.File, line, field, text, areas.Accepted));
        return null;
    }

    /// <summary>The period of each row, null where it cannot be read.</summary>
    private PartialDate?[] Periods(int column)
    {
        var before = _problems.Count;
        var written = ObservationPeriods.WayOf(table.Rows[0].Fields[column]);
        var found = new PartialDate?[table.Rows.Count];
        for (var i = 0; i < found.Length && _problems.Count < MaximumProblems; i++)
        {
            var (line, fields) = table.Rows[i];
            var way = ObservationPeriods.WayOf(fields[column]);
            if (way is null)
            {
                _problems.Add(new Problem("This is no period", table.File, line, table.Header[column], fields[column], ObservationPeriods.Accepted));
            }
            else if (written is not null && !ObservationPeriods.Fits(fields[column], written))
            {
                _problems.Add(new Problem("Periods are written in more than one way", table.File, line, table.Header[column], fields[column], "as in the first row: " + table.Rows[0].Fields[column]));
            }
            else
            {
                found[i] = ObservationPeriods.Read(fields[column], written ?? way);
            }
        }

        if (_problems.Count > before)
        {
            return found;
        }

        var periods = ObservationPeriods.AsMonths([.. found.Select(period => period!)]);
        for (var i = 0; i < periods.Length; i++)
        {
            if (periods[i].Last >= today)
            {
                _problems.Add(new Problem("The period has not ended yet", table.File, table.Rows[i].Line, table.Header[column], table.Rows[i].Fields[column], "a period before today"));
            }
            else if (mapping is { Known: { } known, KnownAfterDays: null } && periods[i].Last > known)
            {
                _problems.Add(new Problem("The period had not ended by the day on which its value was known", table.File, table.Rows[i].Line, table.Header[column], table.Rows[i].Fields[column], "a period up to " + known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            }
        }

        return periods;
    }

    private void Row((int Line, string[] Fields) row, PartialDate? period, (int Area, string? Code, int Value, int Numerator, int Denominator) column)
    {
        var area = column.Area >= 0 ? Code(row.Fields[column.Area], row.Line, table.Header[column.Area]) : column.Code;
        var before = _problems.Count;
        var (value, numerator, denominator) = (Number(row, column.Value, percent: true), Number(row, column.Numerator, percent: false), Number(row, column.Denominator, percent: false));
        if (area is null || _problems.Count > before)
        {
            return;
        }

        if (denominator is <= 0)
        {
            _problems.Add(new Problem("The denominator is not above nought", table.File, row.Line, table.Header[column.Denominator], row.Fields[column.Denominator], "more than 0; leave the row out where nothing was counted"));
            return;
        }

        if (numerator is { } x && denominator is { } n)
        {
            if (x < 0 || (IsShare && x > n))
            {
                _problems.Add(new Problem("The numerator is not between nought and the denominator", table.File, row.Line, table.Header[column.Numerator], row.Fields[column.Numerator], "0 to " + row.Fields[column.Denominator]));
                return;
            }

            var made = Math.Round(x / n * (IsShare ? 100 : 1), 6);
            if (value is { } stated && Math.Abs(stated - made) > (IsShare ? 0.5m : Math.Max(0.01m, Math.Abs(made) * 0.005m)))
            {
                _problems.Add(new Problem("The value is not what numerator and denominator make", table.File, row.Line, table.Header[column.Value], row.Fields[column.Value], made.ToString("0.##", CultureInfo.InvariantCulture)));
                return;
            }

            value ??= made;
        }

        if (value is not { } known)
        {
            _blank++;
            return;
        }

        if (IsShare && (known < 0 || known > 100))
        {
            _problems.Add(new Problem(known > 100 ? "A percentage is over 100" : "A percentage is below nought", table.File, row.Line, table.Header[Math.Max(column.Value, 0)], row.Fields[Math.Max(column.Value, 0)], "0 to 100"));
            return;
        }

        if (period is null)
        {
            return;
        }

        if (!_lines.TryAdd((area, period.First, period.Last), row.Line))
        {
            _problems.Add(new Problem($"Two rows are for {area} and this period; the first is row {_lines[(area, period.First, period.Last)].ToString(CultureInfo.InvariantCulture)}", table.File, row.Line, table.Header[0], period.Text));
            return;
        }

        _rows.Add(new ObservedRow(area, period, known, numerator, denominator));
        if (IsShare && known is > 0 and <= 1 && column.Value >= 0 && !row.Fields[column.Value].Contains('%', StringComparison.Ordinal))
        {
            _fractions.Add((row.Line, table.Header[column.Value], row.Fields[column.Value]));
        }
    }

    // 0.75 among values of 70 and 80 is a share typed as a fraction, not three quarters of a percent.
    private void RefuseFractions()
    {
        if (_rows.Count > 0 && _rows.Max(row => row.Value) >= PlainlyPercent)
        {
            _problems.AddRange(_fractions.Select(one => new Problem(
                "This looks like a fraction among percentages", table.File, one.Line, one.Column, one.Text, "the percentage, such as 75 for 0.75; with the sign, such as 0.75%, where it is meant so")));
        }
    }

    private decimal? Number((int Line, string[] Fields) row, int column, bool percent)
    {
        if (column < 0)
        {
            return null;
        }

        var text = row.Fields[column];
        if (text is "" or "NA" or "N/A" or "n/a" or "-" or "–" or "." or "..")
        {
            return null;
        }

        var digits = percent && IsShare && text.EndsWith('%') ? text[..^1].TrimEnd() : text;
        // A comma between thousands, as counts are written; never for decimals.
        if (decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            && (!digits.Contains(',', StringComparison.Ordinal) || digits.Split('.')[0].TrimStart('-', '+').Split(',') is [{ Length: <= 3 }, .. var groups] && groups.All(group => group.Length == 3)))
        {
            return number;
        }

        _problems.Add(new Problem("This is not a number", table.File, row.Line, table.Header[column], text, IsShare && percent ? "a number with a point, such as 84.5 or 84.5%" : "a number with a point, such as 84.5"));
        return null;
    }

    private List<string> Notices()
    {
        var notices = new List<string>();
        if (_blank > 0)
        {
            notices.Add($"{_blank} {(_blank == 1 ? "cell has" : "cells have")} no value: missing is kept as missing, and is not nought");
        }

        foreach (var area in _rows.GroupBy(row => row.Area, StringComparer.Ordinal))
        {
            var ordered = area.OrderBy(row => row.Period.First).ToList();
            var gaps = ordered.Zip(ordered.Skip(1)).Where(pair => pair.Second.Period.First > pair.First.Period.Last.AddDays(1))
                .Select(pair => Programme.Queries.QueryWords.Period(pair.First.Period.Last.AddDays(1), pair.Second.Period.First.AddDays(-1))).ToList();
            if (gaps.Count > 0)
            {
                notices.Add($"{area.Key} has no value for {string.Join(", ", gaps.Take(3))}{(gaps.Count > 3 ? $" and {gaps.Count - 3} more" : "")}");
            }
        }

        return notices;
    }
}
