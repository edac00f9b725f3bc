using System.Globalization;
using System.Numerics;
using Pathfinder.Engine.Grouping;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Groupings;

/// <summary>Reads the files of a request and names every fault by file, row and field.</summary>
internal sealed class GroupingReader
{
    private readonly GroupingRequest _request;
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, int> _unitOf = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];
    private List<string> _names = [];
    private readonly SortedDictionary<string, double[]> _columns = new(StringComparer.OrdinalIgnoreCase);
    private CsvTable? _measures;

    private GroupingReader(GroupingRequest request) => _request = request;

    public static Outcome<GroupingInput> Read(GroupingRequest request) => new GroupingReader(request).Read();

    private Outcome<GroupingInput> Read()
    {
        var graph = CsvTable.Read(_request.GraphFile, _problems);
        _measures = _request.MeasuresFile is { } file ? CsvTable.Read(file, _problems) : null;
        if (graph is null || (_measures is null && _request.MeasuresFile is not null))
        {
            return _problems;
        }

        var (a, b) = (graph.Require("a", _problems), graph.Require("b", _problems));
        if (a < 0 || b < 0)
        {
            return _problems;
        }

        NumberUnits(graph, a, b);
        if (_ids.Count > UnitGraph.MostUnits)
        {
            return new Problem("More units than the exact method takes", graph.File, Found: $"{_ids.Count} units",
                Accepted: $"at most {UnitGraph.MostUnits} units, and few enough ways across; group a part of them, or join units first");
        }

        var borders = ReadBorders(graph, a, b);
        ReadColumns();
        var rules = _request.LockFile is { } locks ? ReadRules(locks) : [];
        var ties = _request.TiesFile is { } tieFile ? ReadTies(tieFile) : [];
        var groupValues = _request.GroupValuesFile is { } valueFile ? ReadGroupValues(valueFile) : [];
        var plan = _request.RankFile is { } rank ? ReadPlan(rank, mustCover: true) : null;
        if (_problems.Count > 0)
        {
            return _problems;
        }

        var kinds = _request.Kinds ?? [.. borders.Select(k => k.Kind)];
        var used = borders.Where(k => kinds.Contains(k.Kind, StringComparer.Ordinal)).SelectMany(k => k.Borders).ToList();
        return new GroupingInput
        {
            Ids = _ids,
            Names = _names,
            Graph = new UnitGraph(_ids.Count, used),
            Kinds = [.. kinds],
            KindsOff = [.. borders.Where(k => !kinds.Contains(k.Kind, StringComparer.Ordinal))],
            HasLengths = graph.Find("border_km") >= 0,
            Columns = _columns,
            MeasuresFile = _measures?.File,
            MeasureLines = [.. _ids.Select(id => _measures?.Rows.Find(row => string.Equals(row.Fields[0], id, StringComparison.Ordinal))?.Line ?? 0)],
            Rules = rules,
            Ties = ties,
            GroupValues = groupValues,
            Plan = plan,
        };
    }

    private void NumberUnits(CsvTable graph, int a, int b)
    {
        if (_measures is not null)
        {
            foreach (var row in _measures.Rows)
            {
                var id = row.Fields[0];
                if (id.Length == 0)
                {
                    _problems.Add(new Problem("An id is missing", _measures.File, row.Line, _measures.Header[0], Accepted: "a code used in the graph"));
                }
                else if (!_unitOf.TryAdd(id, _ids.Count))
                {
                    _problems.Add(new Problem("The id appears twice", _measures.File, row.Line, _measures.Header[0], id, "each id once"));
                }
                else
                {
                    _ids.Add(id);
                }
            }
        }

        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in graph.Rows)
        {
            foreach (var column in new[] { a, b })
            {
                var id = row.Fields[column];
                touched.Add(id);
                if (id.Length == 0)
                {
                    _problems.Add(new Problem("A code is missing", graph.File, row.Line, graph.Header[column]));
                }
                else if (_measures is null && _unitOf.TryAdd(id, _ids.Count))
                {
                    _ids.Add(id);
                }
                else if (!_unitOf.ContainsKey(id))
                {
                    _problems.Add(new Problem("Unknown code", graph.File, row.Line, graph.Header[column], id, $"an id of {_measures!.File}"));
                }
            }
        }

        if (_measures is not null && !_request.AllowDisconnected && _ids.Count > 1)
        {
            foreach (var row in _measures.Rows.Where(row => row.Fields[0].Length > 0 && !touched.Contains(row.Fields[0])))
            {
                _problems.Add(new Problem("The unit touches nothing in the graph", _measures.File, row.Line, _measures.Header[0], row.Fields[0], "a code with a border; or leave the line out"));
            }
        }
    }

    private List<(string Kind, List<Border> Borders)> ReadBorders(CsvTable graph, int a, int b)
    {
        var (kindColumn, kmColumn) = (graph.Find("kind"), graph.Find("border_km"));
        var byKind = new SortedDictionary<string, List<Border>>(StringComparer.Ordinal);
        var seen = new Dictionary<(int, int, string), int>();
        foreach (var row in graph.Rows)
        {
            if (!_unitOf.TryGetValue(row.Fields[a], out var first) || !_unitOf.TryGetValue(row.Fields[b], out var second))
            {
                continue;
            }

            var kind = kindColumn < 0 || row.Fields[kindColumn].Length == 0 ? "land" : row.Fields[kindColumn];
            var km = kmColumn < 0 || row.Fields[kmColumn].Length == 0 ? 0 : graph.Number(row, kmColumn, _problems, 0);
            if (first == second)
            {
                _problems.Add(new Problem("A unit cannot border itself", graph.File, row.Line, "b", row.Fields[b], "another unit"));
                continue;
            }

            var pair = (Math.Min(first, second), Math.Max(first, second), kind);
            if (!seen.TryAdd(pair, row.Line))
            {
                _problems.Add(new Problem($"The border stands twice (first in row {seen[pair]})", graph.File, row.Line, "a,b", $"{row.Fields[a]},{row.Fields[b]}", "each pair of units once a kind"));
                continue;
            }

            if (!byKind.TryGetValue(kind, out var list))
            {
                byKind.Add(kind, list = []);
            }

            list.Add(new Border(first, second, km));
        }

        foreach (var wanted in (_request.Kinds ?? []).Where(kind => !byKind.ContainsKey(kind)))
        {
            _problems.Add(new Problem("No border is of this kind", graph.File, Field: "kind", Found: wanted, Accepted: string.Join(", ", byKind.Keys)));
        }

        return [.. byKind.Select(pair => (pair.Key, pair.Value))];
    }

    private void ReadColumns()
    {
        _names = [.. _ids];
        if (_measures is null)
        {
            return;
        }

        var byId = _measures.Rows.Where(row => _unitOf.ContainsKey(row.Fields[0])).GroupBy(row => row.Fields[0], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var nameColumn = _measures.Find("name");
        for (var unit = 0; unit < _ids.Count && nameColumn > 0; unit++)
        {
            _names[unit] = byId[_ids[unit]].Fields[nameColumn] is { Length: > 0 } name ? name : _ids[unit];
        }

        for (var column = 1; column < _measures.Header.Length; column++)
        {
            // A column of words is not to be judged by; one that is mostly numbers has a fault that must be named.
            var numbers = _measures.Rows.Count(row => double.TryParse(row.Fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out _));
            if (column == nameColumn || numbers * 2 <= _measures.Rows.Count)
            {
                continue;
            }

            var values = new double[_ids.Count];
            foreach (var row in _measures.Rows.Where(row => _unitOf.ContainsKey(row.Fields[0])))
            {
                values[_unitOf[row.Fields[0]]] = _measures.Number(row, column, _problems);
            }

            _columns[_measures.Header[column]] = values;
        }
    }

    private List<NamedRule> ReadRules(string path)
    {
        var table = CsvTable.Read(path, _problems);
        if (table is null)
        {
            return [];
        }

        var (ruleColumn, unitsColumn) = (table.Find("rule"), table.Find("units"));
        if (ruleColumn < 0 && unitsColumn < 0)
        {
            return ReadPlan(path, mustCover: false) is { } plan
                ? [.. plan.Groups.Select((units, i) => new NamedRule("group", units, $"group {plan.Names[i]}"))]
                : [];
        }

        if (table.Require("rule", _problems) < 0 || table.Require("units", _problems) < 0)
        {
            return [];
        }

        var rules = new List<NamedRule>();
        foreach (var row in table.Rows)
        {
            var kind = row.Fields[ruleColumn].ToLowerInvariant();
            if (kind is not ("group" or "join" or "part" or "forbid"))
            {
                _problems.Add(new Problem("Unknown rule", table.File, row.Line, "rule", row.Fields[ruleColumn], "group, join, part or forbid"));
                continue;
            }

            var units = ReadUnits(table, row, unitsColumn);
            if (kind is "join" or "part" && BitOperations.PopCount(units) < 2)
            {
                _problems.Add(new Problem("The rule needs at least two units", table.File, row.Line, "units", row.Fields[unitsColumn]));
            }

            rules.Add(new NamedRule(kind, units, $"{kind} {row.Fields[unitsColumn]}"));
        }

        return rules;
    }

    private List<Tie> ReadTies(string path)
    {
        var ties = new List<Tie>();
        if (CsvTable.Read(path, _problems) is not { } table || table.Require("a", _problems) is var a && a < 0 || table.Require("b", _problems) is var b && b < 0)
        {
            return ties;
        }

        var weight = table.Find("weight");
        foreach (var row in table.Rows)
        {
            var (first, second) = (ReadUnit(table, row, a, row.Fields[a]), ReadUnit(table, row, b, row.Fields[b]));
            var value = weight < 0 ? 1 : table.Number(row, weight, _problems, 0);
            if (first == second && first >= 0)
            {
                _problems.Add(new Problem("A unit has no tie with itself", table.File, row.Line, "b", row.Fields[b], "another unit"));
            }
            else if (first >= 0 && second >= 0)
            {
                ties.Add(new Tie(first, second, value));
            }
        }

        return ties;
    }

    private Dictionary<string, Dictionary<ulong, double>> ReadGroupValues(string path)
    {
        var values = new Dictionary<string, Dictionary<ulong, double>>(StringComparer.OrdinalIgnoreCase);
        if (CsvTable.Read(path, _problems) is not { } table)
        {
            return values;
        }

        var lines = new Dictionary<ulong, int>();
        foreach (var row in table.Rows)
        {
            var units = ReadUnits(table, row, 0);
            if (units != 0 && !lines.TryAdd(units, row.Line))
            {
                _problems.Add(new Problem($"The group stands twice (first in row {lines[units]})", table.File, row.Line, table.Header[0], row.Fields[0], "each group once"));
            }

            for (var column = 1; column < table.Header.Length; column++)
            {
                if (!values.TryGetValue(table.Header[column], out var byGroup))
                {
                    values.Add(table.Header[column], byGroup = []);
                }

                byGroup[units] = table.Number(row, column, _problems);
            }
        }

        return values;
    }

    private NamedPlan? ReadPlan(string path, bool mustCover)
    {
        if (CsvTable.Read(path, _problems) is not { } table)
        {
            return null;
        }

        if (table.Header.Length < 2)
        {
            _problems.Add(new Problem("A plan needs two columns", table.File, 1, Found: string.Join(",", table.Header), Accepted: "an id and a group"));
            return null;
        }

        var groupColumn = table.Find("group") is var found && found > 0 ? found : 1;
        var groups = new List<ulong>();
        var names = new List<string>();
        var lines = new Dictionary<int, int>();
        foreach (var row in table.Rows)
        {
            var unit = ReadUnit(table, row, 0, row.Fields[0]);
            if (unit < 0)
            {
                continue;
            }

            if (row.Fields[groupColumn].Length == 0)
            {
                _problems.Add(new Problem("The unit has no group", table.File, row.Line, table.Header[groupColumn]));
            }

            if (!lines.TryAdd(unit, row.Line))
            {
                _problems.Add(new Problem($"The unit stands twice (first in row {lines[unit]})", table.File, row.Line, table.Header[0], row.Fields[0], "each unit once"));
                continue;
            }

            var at = names.IndexOf(row.Fields[groupColumn]);
            if (at < 0)
            {
                at = names.Count;
                names.Add(row.Fields[groupColumn]);
                groups.Add(0);
            }

            groups[at] |= 1UL << unit;
        }

        for (var unit = 0; unit < _ids.Count && mustCover; unit++)
        {
            if (!lines.ContainsKey(unit))
            {
                _problems.Add(new Problem("A unit of the graph is in no group", table.File, Field: table.Header[0], Found: _ids[unit], Accepted: "every unit once"));
            }
        }

        return new NamedPlan(names, groups);
    }

    private ulong ReadUnits(CsvTable table, CsvTable.Row row, int column)
    {
        ulong units = 0;
        var text = row.Fields[column];
        char[] separators = text.AsSpan().ContainsAny(';', '|') ? [';', '|'] : _unitOf.ContainsKey(text) ? [] : [' '];
        var codes = separators.Length == 0 ? [text] : text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (codes.Length == 0)
        {
            _problems.Add(new Problem("No units are named", table.File, row.Line, table.Header[column], row.Fields[column], "codes separated by spaces"));
        }

        foreach (var code in codes)
        {
            var unit = ReadUnit(table, row, column, code);
            units |= unit < 0 ? 0 : 1UL << unit;
        }

        return units;
    }

    private int ReadUnit(CsvTable table, CsvTable.Row row, int column, string code)
    {
        if (_unitOf.TryGetValue(code, out var unit))
        {
            return unit;
        }

        _problems.Add(new Problem("Unknown code", table.File, row.Line, table.Header[column], code, "a code of the graph"));
        return -1;
    }
}
