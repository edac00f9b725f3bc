using Pathfinder.Analysis.Effects;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Panels;

/// <summary>Which column of a long table is what.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Time">The time: dates in one way of writing, or a running index.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Treated">1 where the unit is under treatment at the time, otherwise 0.</param>
/// <param name="Denominator">What a count is out of; only interrupted series use it.</param>
/// <param name="Covariates">Covariates.</param>
public sealed record PanelColumns(string Unit, string Time, string Outcome, string Treated, string? Denominator = null, IReadOnlyList<string>? Covariates = null);

/// <summary>A panel as it was read.</summary>
/// <param name="File">Where from.</param>
/// <param name="Panel">Every unit and time that was not left out.</param>
/// <param name="LeftOut">Indices of times in the transition window; they are still in the panel.</param>
/// <param name="Denominators">Denominators by unit and time; null without such a column.</param>
public sealed record PanelTable(string File, Panel Panel, IReadOnlySet<int> LeftOut, double[,]? Denominators)
{
    /// <summary>The panel without its transition window.</summary>
    public Panel WithoutTransition => LeftOut.Count == 0 ? Panel : Panel.WithoutTimes(LeftOut);
}

/// <summary>Reads a long table (a row for each unit and time) as a panel.</summary>
public static class PanelReader
{
    /// <summary>
    /// Reads a text. Refused: missing columns and values, duplicate unit-times, gaps, times in mixed formats, treatment other
    /// than 0 and 1 or that ends again, units treated from the first time on, a constant outcome, percentages over 100,
    /// denominators of zero.
    /// </summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its name, for problems.</param>
    /// <param name="columns">Which column is what.</param>
    /// <param name="exclude">
    /// Times (a transition window; a range as FIRST..LAST) and units to leave out. What is both is a time; <c>unit:</c> or
    /// <c>time:</c> before it decides.
    /// </param>
    public static Outcome<PanelTable> Read(string text, string file, PanelColumns columns, IReadOnlyList<string>? exclude = null)
    {
        var read = CsvTable.Read(text, file);
        if (!read.Succeeded)
        {
            return Outcome.Refused<PanelTable>(read.Problems);
        }

        var table = read.Value;
        var problems = new List<Problem>();
        var unit = table.Column(columns.Unit, problems);
        var time = table.Column(columns.Time, problems);
        var outcome = table.Column(columns.Outcome, problems);
        var treated = table.Column(columns.Treated, problems);
        var denominator = columns.Denominator is null ? -1 : table.Column(columns.Denominator, problems);
        var covariates = (columns.Covariates ?? []).Select(name => (Name: name, Column: table.Column(name, problems))).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        if (TimeAxis.Read(table, time, problems) is not { } axis)
        {
            return problems;
        }

        var grid = new Grid(table, unit, time, axis);
        var excluded = grid.Resolve(exclude ?? [], problems);
        grid.FindDuplicatesAndGaps(excluded.Units, problems);
        axis.FindGaps(table, time, problems);
        ColumnNames.RefuseOverHundred(table, outcome, problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var units = grid.Units.Where(name => !excluded.Units.Contains(name)).ToList();
        var values = grid.Matrix(units, outcome, problems);
        var starts = grid.Starts(units, treated, excluded.Times, problems);
        var denominators = denominator < 0 ? null : grid.Matrix(units, denominator, problems, refuse: n => n <= 0 ? ("The denominator is not above zero", "more than 0") : null);
        var extras = covariates.Select(c => new Covariate(c.Name, grid.Matrix(units, c.Column, problems))).ToList();
        if (problems.Count == 0 && values.Cast<double>().Distinct().Take(2).Count() < 2)
        {
            problems.Add(new Problem("The outcome is the same everywhere: there is nothing to explain", file, Field: columns.Outcome));
        }

        return problems.Count > 0
            ? problems
            : new PanelTable(file, new Panel(units, grid.Times, values, starts, extras), excluded.Times, denominators);
    }

    /// <summary>Rows by unit and time.</summary>
    private sealed class Grid
    {
        private readonly CsvTable _table;
        private readonly int _unit;
        private readonly int _time;
        private readonly Dictionary<(string Unit, int Time), List<CsvRow>> _rows = [];

        public Grid(CsvTable table, int unit, int time, TimeAxis axis)
        {
            (_table, _unit, _time) = (table, unit, time);
            Units = [.. table.Rows.Select(row => row.Fields[unit]).Distinct(StringComparer.Ordinal)];
            var keys = axis.Keys.Distinct().Order().ToList();
            var places = keys.Select((key, place) => (key, place)).ToDictionary(pair => pair.key, pair => pair.place);
            var times = new string[keys.Count];
            for (var i = 0; i < table.Rows.Count; i++)
            {
                var place = places[axis.Keys[i]];
                times[place] = table.Rows[i].Fields[time];
                var cell = (table.Rows[i].Fields[unit], place);
                if (!_rows.TryGetValue(cell, out var rows))
                {
                    _rows[cell] = rows = [];
                }

                rows.Add(table.Rows[i]);
            }

            Times = times;
        }

        public List<string> Units { get; }

        public string[] Times { get; }

        public (HashSet<string> Units, HashSet<int> Times) Resolve(IReadOnlyList<string> exclude, List<Problem> problems)
        {
            var units = new HashSet<string>(StringComparer.Ordinal);
            var times = new HashSet<int>();
            foreach (var token in exclude)
            {
                var asUnit = token.StartsWith("unit:", StringComparison.Ordinal);
                var asTime = token.StartsWith("time:", StringComparison.Ordinal);
                var name = asUnit || asTime ? token[5..] : token;
                var ends = name.Split("..", 2);
                var first = asUnit ? -1 : FindTime(ends[0]);
                var last = ends.Length == 2 ? FindTime(ends[1]) : first;
                if (first >= 0 && last >= first)
                {
                    times.UnionWith(Enumerable.Range(first, last - first + 1));
                }
                else if (!asTime && Units.Contains(name, StringComparer.Ordinal))
                {
                    units.Add(name);
                }
                else
                {
                    problems.Add(new Problem("There is no such time and no such unit to leave out", _table.File, Field: "exclude", Found: token, Accepted: $"a time such as {Times[0]}, a range such as {Times[0]}..{Times[^1]}, or a unit such as {Units[0]}"));
                }
            }

            return (units, times);
        }

        public void FindDuplicatesAndGaps(HashSet<string> excluded, List<Problem> problems)
        {
            foreach (var name in Units.Where(name => !excluded.Contains(name)))
            {
                for (var time = 0; time < Times.Length; time++)
                {
                    if (!_rows.TryGetValue((name, time), out var rows))
                    {
                        problems.Add(new Problem($"There is no row for {name} at {Times[time]}", _table.File, Field: _table.Header[_time], Accepted: $"one row for every unit and time; leave the unit out with unit:{name}, or the time with time:{Times[time]}, where there is none"));
                    }
                    else if (rows.Count > 1)
                    {
                        problems.Add(new Problem($"There are {rows.Count} rows for {name} at {Times[time]}; the first is row {rows[0].Line}", _table.File, rows[1].Line, _table.Header[_unit], name, "one row for every unit and time"));
                    }
                }
            }
        }

        public double[,] Matrix(List<string> units, int column, List<Problem> problems, Func<double, (string Message, string Accepted)?>? refuse = null)
        {
            var matrix = new double[units.Count, Times.Length];
            for (var i = 0; i < units.Count; i++)
            {
                for (var t = 0; t < Times.Length; t++)
                {
                    var row = _rows[(units[i], t)][0];
                    matrix[i, t] = _table.Number(row, column, problems);
                    if (refuse?.Invoke(matrix[i, t]) is { } reason)
                    {
                        problems.Add(new Problem(reason.Message, _table.File, row.Line, _table.Header[column], row.Fields[column], reason.Accepted));
                    }
                }
            }

            return matrix;
        }

        public int?[] Starts(List<string> units, int column, HashSet<int> transition, List<Problem> problems)
        {
            var starts = new int?[units.Count];
            for (var i = 0; i < units.Count; i++)
            {
                for (var t = 0; t < Times.Length; t++)
                {
                    var row = _rows[(units[i], t)][0];
                    var value = row.Fields[column] switch { "0" or "0.0" or "FALSE" or "false" => 0, "1" or "1.0" or "TRUE" or "true" => 1, _ => -1 };
                    if (value < 0)
                    {
                        problems.Add(new Problem("Treatment is neither 0 nor 1", _table.File, row.Line, _table.Header[column], row.Fields[column], "1 where the unit is under treatment at the time, otherwise 0"));
                    }
                    else if (value == 1)
                    {
                        starts[i] ??= t;
                    }
                    else if (starts[i] is not null && !transition.Contains(t))
                    {
                        problems.Add(new Problem($"Treatment of {units[i]} ends again; the methods here are for change that stays", _table.File, row.Line, _table.Header[column], row.Fields[column], "1 from the first treated time on; leave later times out"));
                        break;
                    }
                }

                if (starts[i] is { } start && Enumerable.Range(0, start).All(transition.Contains))
                {
                    problems.Add(new Problem($"{units[i]} is treated at every time and never seen untreated", _table.File, _rows[(units[i], 0)][0].Line, _table.Header[column], "1", "times before treatment, or leave the unit out"));
                }
            }

            return starts;
        }

        private int FindTime(string text)
        {
            var exact = Array.IndexOf(Times, text);
            if (exact >= 0)
            {
                return exact;
            }

            return TimeAxis.KeyOf(text, Times[0]) is { } key ? Array.FindIndex(Times, time => TimeAxis.KeyOf(time, Times[0]) == key) : -1;
        }
    }
}
