using System.Globalization;
using Pathfinder.Engine.Grouping;
using Pathfinder.Engine.Staffing;
using Pathfinder.Platform.Groupings;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Staffing;

/// <summary>One grade as the request states it.</summary>
internal sealed record CrewGrade(string Name, double Units, double HeldMinutes, CrewTarget Target);

/// <summary>Everything crews are worked out from, read and checked. Units are numbered in ordinal order.</summary>
internal sealed record CrewInput(
    IReadOnlyList<string> Units, IReadOnlyList<CrewGrade> Grades, double[][][] PerHour, double[][][] Journeys, IReadOnlyList<string> Shifts, ShiftCover Cover, Roster Roster, UnitGraph? Graph);

/// <summary>Reads the files of a crew request and names every fault by file, row and field.</summary>
internal static class CrewReader
{
    private const int JourneyMinutes = 241;
    private const int MostListed = 20;

    public static Outcome<CrewInput> Read(CrewRequest request)
    {
        var problems = new List<Problem>();
        var grades = Grades(request, problems);
        CheckRoster(request, problems);
        var demand = CsvTable.Read(request.DemandFile, problems);
        var shifts = Shifts(request, problems);
        // Without its grades every row of the demand would look wrong.
        if (demand is null || problems.Exists(problem => problem.Field == "--held"))
        {
            return problems;
        }

        var units = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var perHour = Demand(demand, grades, units, problems);
        var journeys = Journeys(request, grades, units, problems);
        var graph = request.GraphFile is { } file ? Graph(file, request, units, problems) : null;
        var worked = request.Cycle.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (problems.Count > 0)
        {
            return problems.Count <= MostListed ? problems : [.. problems.Take(MostListed), new Problem($"and {problems.Count - MostListed} more problems")];
        }

        var roster = new Roster(request.Teams, worked.Length, worked.Count(day => shifts!.Value.Names.Contains(day, StringComparer.Ordinal)), 1 + request.DoubleCrewed, request.Absence);
        return new CrewInput([.. units.Keys], grades, perHour, journeys, shifts!.Value.Names, shifts.Value.Cover, roster, graph);
    }

    private static List<CrewGrade> Grades(CrewRequest request, List<Problem> problems)
    {
        var units = Numbers("--units", request.Units, problems);
        var held = Numbers("--held", request.Held, problems);
        var targets = Targets(request.Targets, problems);
        var names = held.Select(pair => pair.Key).ToList();
        if (names.Count == 0 && problems.Count == 0)
        {
            problems.Add(new Problem("The minutes that an incident holds a unit are missing", Field: "--held", Accepted: "such as --held I=80 S=85, the first grade served first"));
        }

        foreach (var (name, option) in units.Keys.Select(name => (name, "--units")).Concat(targets.Keys.Select(name => (name, "--target"))).Where(pair => !names.Contains(pair.name, StringComparer.Ordinal)))
        {
            problems.Add(new Problem("The grade has no minutes", Field: option, Found: name, Accepted: "a grade of --held: " + string.Join(", ", names)));
        }

        return [.. names.Select(name => new CrewGrade(name, units.GetValueOrDefault(name, 1), held[name], targets.GetValueOrDefault(name)))];
    }

    // The order is kept: it is that of priority.
    private static Dictionary<string, double> Numbers(string option, IReadOnlyList<string> texts, List<Problem> problems)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var text in texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var parts = text.Split('=', StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number > 0) || !double.IsFinite(number))
            {
                problems.Add(new Problem("Not a grade and a number above 0", Field: option, Found: text, Accepted: "such as I=80"));
            }
            else if (!numbers.TryAdd(parts[0], number))
            {
                problems.Add(new Problem("The grade stands twice", Field: option, Found: parts[0], Accepted: "each grade once"));
            }
        }

        return numbers;
    }

    private static Dictionary<string, CrewTarget> Targets(IReadOnlyList<string> texts, List<Problem> problems)
    {
        var targets = new Dictionary<string, CrewTarget>(StringComparer.Ordinal);
        foreach (var text in texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var parts = text.Split(['=', ':'], StringSplitOptions.TrimEntries);
            if (parts.Length != 3 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) || !(minutes >= 0) || minutes >= JourneyMinutes
                || !double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || !(share is > 0 and < 1))
            {
                problems.Add(new Problem("Not a target", Field: "--target", Found: text, Accepted: $"grade, minutes below {JourneyMinutes} and a share between 0 and 1, such as I=15:0.9"));
            }
            else
            {
                targets[parts[0]] = new CrewTarget(minutes, share);
            }
        }

        if (targets.Count == 0 && problems.Count == 0)
        {
            problems.Add(new Problem("There is no target", Field: "--target", Accepted: "at least one, such as I=15:0.9"));
        }

        return targets;
    }

    private static void CheckRoster(CrewRequest request, List<Problem> problems)
    {
        void Within(double value, double least, double below, string option, string accepted)
        {
            if (!(value >= least && value < below))
            {
                problems.Add(new Problem("The number is out of range", Field: option, Found: value.ToString("R", CultureInfo.InvariantCulture), Accepted: accepted));
            }
        }

        Within(request.Absence, 0, 1, "--absence", "0 to below 1");
        Within(request.DoubleCrewed, 0, 1.0000001, "--double-crewed", "0 to 1");
        Within(request.Guards, 0, 1_000, "--guards", "0 to below 1000");
        Within(request.Teams, 1, 100, "--teams", "1 to 99");
        Within(request.MinSize, 1, UnitGraph.MostUnits + 1, "--min", $"1 to {UnitGraph.MostUnits}");
        if (request.MaxSize < request.MinSize)
        {
            problems.Add(new Problem("The largest size is below the smallest", Field: "--max", Found: $"{request.MaxSize}", Accepted: $"at least {request.MinSize}"));
        }
    }

    private static (IReadOnlyList<string> Names, ShiftCover Cover)? Shifts(CrewRequest request, List<Problem> problems)
    {
        if (CsvTable.Read(request.ShiftsFile, problems) is not { } table)
        {
            return null;
        }

        var (name, start, minutes) = (table.Require("shift", problems), table.Require("start", problems), table.Require("minutes", problems));
        var (briefing, meal) = (table.Find("briefing_minutes"), table.Find("meal_minutes"));
        if (name < 0 || start < 0 || minutes < 0)
        {
            return null;
        }

        var read = new List<(string Name, DailyShift Shift)>();
        foreach (var row in table.Rows)
        {
            if (!TimeOnly.TryParseExact(row.Fields[start], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begins))
            {
                problems.Add(new Problem("Not a time of day", table.File, row.Line, "start", row.Fields[start], "HH:mm"));
            }

            var length = (int)table.Number(row, minutes, problems, 1);
            var talk = briefing < 0 ? 0 : (int)table.Number(row, briefing, problems, 0);
            var food = meal < 0 ? 0 : (int)table.Number(row, meal, problems, 0);
            if (length > 1440 || talk + food >= length)
            {
                problems.Add(new Problem("The shift is longer than a day, or briefing and meal leave nothing of it", table.File, row.Line, "minutes", row.Fields[minutes], "1 to 1440, more than briefing and meal together"));
                return null;
            }

            if (read.Exists(other => other.Name == row.Fields[name]))
            {
                problems.Add(new Problem("The shift stands twice", table.File, row.Line, "shift", row.Fields[name], "each shift once"));
            }

            read.Add((row.Fields[name], new DailyShift((begins.Hour * 60) + begins.Minute, length, talk, food)));
        }

        var days = request.Cycle.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        foreach (var day in days.Distinct(StringComparer.Ordinal).Where(day => day != "off" && !read.Exists(shift => shift.Name == day)))
        {
            problems.Add(new Problem("The cycle names a shift that is not there", Field: "--cycle", Found: day, Accepted: string.Join(", ", read.Select(shift => shift.Name)) + ", off"));
        }

        foreach (var unworked in read.Where(shift => !days.Contains(shift.Name, StringComparer.Ordinal)))
        {
            problems.Add(new Problem("No day of the cycle works this shift", Field: "--cycle", Found: unworked.Name, Accepted: "every shift at least once"));
        }

        var (cover, why, minute) = ShiftCover.Lay(read.ConvertAll(shift => shift.Shift));
        if (why is not null)
        {
            problems.Add(new Problem(why == "gap" ? "No shift covers part of the day" : "More than two shifts meet", table.File, Field: "start", Found: string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}"),
                Accepted: "every quarter of an hour in one shift or in two that follow one another"));
        }

        return cover is null ? null : ([.. read.OrderBy(shift => shift.Shift.StartMinute).Select(shift => shift.Name)], cover);
    }

    private static double[][][] Demand(CsvTable table, List<CrewGrade> grades, SortedDictionary<string, int> units, List<Problem> problems)
    {
        var (unit, grade, hour, rate) = (table.Require("unit", problems), table.Require("grade", problems), table.Require("hour", problems), table.Require("per_hour", problems));
        if (unit < 0 || grade < 0 || hour < 0 || rate < 0)
        {
            return [];
        }

        foreach (var name in table.Rows.Select(row => row.Fields[unit]).Where(name => name.Length > 0))
        {
            units.TryAdd(name, 0);
        }

        Renumber(units);
        var daily = table.Rows.TrueForAll(row => int.TryParse(row.Fields[hour], NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 24);
        double[][][] perHour = [.. grades.Select(_ => units.Select(_ => new double[GradeLoad.Hours]).ToArray())];
        var seen = new HashSet<(int, int, int)>();
        foreach (var row in table.Rows)
        {
            var which = grades.FindIndex(known => string.Equals(known.Name, row.Fields[grade], StringComparison.Ordinal));
            var value = table.Number(row, rate, problems, 0);
            if (row.Fields[unit].Length == 0)
            {
                problems.Add(new Problem("A unit's name is missing", table.File, row.Line, "unit"));
            }
            else if (which < 0)
            {
                problems.Add(new Problem("Unknown grade", table.File, row.Line, "grade", row.Fields[grade], "a grade of --held: " + string.Join(", ", grades.Select(known => known.Name))));
            }
            else if (!int.TryParse(row.Fields[hour], NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at >= GradeLoad.Hours)
            {
                problems.Add(new Problem("Not an hour", table.File, row.Line, "hour", row.Fields[hour], "0 to 167 (0 = Monday 00:00), or 0 to 23 for every day alike"));
            }
            else if (!seen.Add((which, units[row.Fields[unit]], at)))
            {
                problems.Add(new Problem("The hour stands twice", table.File, row.Line, "hour", row.Fields[hour], "each hour of a unit and grade once"));
            }
            else
            {
                for (var copy = at; copy < GradeLoad.Hours; copy += daily ? 24 : GradeLoad.Hours)
                {
                    perHour[which][units[row.Fields[unit]]][copy] = value;
                }
            }
        }

        return perHour;
    }

    private static double[][][] Journeys(CrewRequest request, List<CrewGrade> grades, SortedDictionary<string, int> units, List<Problem> problems)
    {
        double[][][] journeys = [.. grades.Select(_ => units.Select(_ => new double[JourneyMinutes]).ToArray())];
        if (request.TravelFile is not { } file)
        {
            foreach (var shares in journeys.SelectMany(grade => grade))
            {
                shares[0] = 1;
            }

            return journeys;
        }

        if (CsvTable.Read(file, problems) is not { } table)
        {
            return journeys;
        }

        var (unit, grade, minutes, weight) = (table.Require("unit", problems), table.Require("grade", problems), table.Require("minutes", problems), table.Require("weight", problems));
        if (unit < 0 || grade < 0 || minutes < 0 || weight < 0)
        {
            return journeys;
        }

        foreach (var row in table.Rows)
        {
            var which = grades.FindIndex(known => string.Equals(known.Name, row.Fields[grade], StringComparison.Ordinal));
            var (time, share) = (table.Number(row, minutes, problems, 0), table.Number(row, weight, problems, 0));
            if (which < 0 || !units.TryGetValue(row.Fields[unit], out var at))
            {
                problems.Add(new Problem(which < 0 ? "Unknown grade" : "Unknown unit", table.File, row.Line, which < 0 ? "grade" : "unit", row.Fields[which < 0 ? grade : unit], "one of the file of demand"));
            }
            else
            {
                journeys[which][at][Math.Min(JourneyMinutes - 1, (int)Math.Ceiling(time))] += share;
            }
        }

        for (var which = 0; which < grades.Count; which++)
        {
            foreach (var (name, at) in units.Where(pair => !(journeys[which][pair.Value].Sum() > 0)))
            {
                problems.Add(new Problem("A unit has no journeys of this grade", table.File, Field: "unit", Found: $"{name}, {grades[which].Name}", Accepted: "at least one line with a weight above 0"));
            }
        }

        return journeys;
    }

    private static UnitGraph? Graph(string file, CrewRequest request, SortedDictionary<string, int> units, List<Problem> problems)
    {
        if (CsvTable.Read(file, problems) is not { } table)
        {
            return null;
        }

        if (units.Count > UnitGraph.MostUnits)
        {
            problems.Add(new Problem("The exact method cannot group so many units", table.File, Found: $"{units.Count}", Accepted: $"at most {UnitGraph.MostUnits}, usually about 32"));
            return null;
        }

        var (a, b, kind) = (table.Require("a", problems), table.Require("b", problems), table.Find("kind"));
        if (a < 0 || b < 0)
        {
            return null;
        }

        var borders = new List<Border>();
        foreach (var row in table.Rows.Where(row => request.Kinds is null || kind < 0 || request.Kinds.Contains(row.Fields[kind].Length == 0 ? "land" : row.Fields[kind], StringComparer.Ordinal)))
        {
            if (!units.TryGetValue(row.Fields[a], out var from) || !units.TryGetValue(row.Fields[b], out var to))
            {
                problems.Add(new Problem("Unknown unit", table.File, row.Line, "a,b", $"{row.Fields[a]},{row.Fields[b]}", "units of the file of demand"));
            }
            else if (from == to)
            {
                problems.Add(new Problem("A unit cannot border itself", table.File, row.Line, "a,b", row.Fields[a], "two different units"));
            }
            else
            {
                borders.Add(new Border(from, to, 0));
            }
        }

        var graph = new UnitGraph(units.Count, borders);
        if (problems.Count == 0 && !graph.IsConnected(graph.All))
        {
            problems.Add(new Problem("The graph falls into parts", table.File, Field: "a,b", Found: $"{graph.Parts(graph.All).Count} parts", Accepted: "a connected graph, or further kinds of border"));
        }

        return graph;
    }

    private static void Renumber(SortedDictionary<string, int> units)
    {
        var next = 0;
        foreach (var name in units.Keys.ToList())
        {
            units[name] = next++;
        }
    }
}
