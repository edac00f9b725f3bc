using System.Globalization;

namespace Pathfinder.Platform.Forces;

/// <summary>The organisation of a pack: command units with dated members, and how each function is arranged.</summary>
internal sealed class PackOrganisation
{
    private sealed record Membership(PackRow Row, string Unit, CommandUnitMember Member);

    public List<CommandUnit> Units { get; private set; } = [];

    public List<FunctionArrangement> Functions { get; } = [];

    /// <summary>Reads the four tables, and follows every borough of the force through time: one unit on each day, from the first day of the pack on.</summary>
    public static PackOrganisation Read(PackSource source, PackAreas areas)
    {
        var organisation = new PackOrganisation();
        organisation.ReadUnits(source, areas);
        organisation.ReadFunctions(source);
        return organisation;
    }

    private void ReadUnits(PackSource source, PackAreas areas)
    {
        var units = new Dictionary<string, CommandUnit>(StringComparer.Ordinal);
        foreach (var row in PackTableReader.Read(source, PackFiles.CommandUnits).Rows)
        {
            var unit = new CommandUnit(
                row.Code("code"), row.Text("name"), row.OneOf("kind", "BOCU", "BCU"), [], row.Text("basis"), row.IntegerOrNull("officers", 0, 1_000_000));
            if (!units.TryAdd(unit.Code, unit))
            {
                row.Fault("The code stands twice", "code", unit.Code);
            }
        }

        var members = new List<Membership>();
        var table = PackTableReader.Read(source, PackFiles.Members);
        foreach (var row in table.Rows)
        {
            var unit = row.Code("unit");
            if (units.Count > 0 && !units.ContainsKey(unit))
            {
                row.Fault("The command unit is not in " + PackFiles.CommandUnits, "unit", unit);
            }

            var borough = areas.BoroughOf(row, "borough");
            if (areas.FindBorough(borough) is { InForce: false })
            {
                row.Fault("The borough is not in the force", "borough", borough);
            }

            var member = new CommandUnitMember(borough, row.Date("from"), row.DateOrNull("to"), row.TextOrNull("planned"), row.Text("basis"), row.DateOrNull("known"), row.TextOrNull("imprecise"));
            if (member.To < member.From)
            {
                row.Fault("The last day is before the first", "to", row.Raw("to"), "on or after " + row.Raw("from"));
            }

            members.Add(new Membership(row, unit, member));
        }

        if (members.Count > 0)
        {
            Follow(source, table.Path, areas, members);
        }

        foreach (var unit in units.Values.Where(u => members.Count > 0 && !members.Exists(m => m.Unit == u.Code)))
        {
            source.Fault("The command unit never has a borough", table.Path, field: "unit", found: unit.Code);
        }

        Units = [.. units.Values.OrderBy(u => u.Code, StringComparer.Ordinal).Select(u => u with
        {
            Members = [.. members.Where(m => m.Unit == u.Code).Select(m => m.Member).OrderBy(m => m.From).ThenBy(m => m.Borough, StringComparer.Ordinal)],
        })];
    }

    private static void Follow(PackSource source, string path, PackAreas areas, List<Membership> members)
    {
        var first = members.Min(m => m.Member.From);
        foreach (var borough in areas.Commanded)
        {
            var line = members.Where(m => m.Member.Borough == borough.Code).OrderBy(m => m.Member.From).ToList();
            if (line.Count == 0)
            {
                source.Fault("The borough is in no command unit", path, field: "borough", found: borough.Code);
                continue;
            }

            if (line[0].Member.From > first)
            {
                line[0].Row.Fault("The borough is in no command unit before this day", "from", line[0].Row.Raw("from"), Day(first));
            }

            for (var i = 1; i < line.Count; i++)
            {
                var (before, after) = (line[i - 1].Member, line[i].Member);
                if (before.To is not { } end || end >= after.From)
                {
                    line[i].Row.Fault(
                        "The borough is in two command units on this day", "from", line[i].Row.Raw("from"),
                        "after the last day in " + line[i - 1].Unit + " (row " + line[i - 1].Row.Line.ToString(CultureInfo.InvariantCulture) + ")");
                }
                else if (end.AddDays(1) < after.From)
                {
                    line[i].Row.Fault("The borough is in no command unit for some days before this one", "from", line[i].Row.Raw("from"), Day(end.AddDays(1)));
                }
            }

            if (line[^1].Member.To is not null)
            {
                line[^1].Row.Fault("The borough is in no command unit after this day", "to", line[^1].Row.Raw("to"), "empty while current");
            }
        }
    }

    private void ReadFunctions(PackSource source)
    {
        var known = Units.Select(u => u.Code).ToHashSet(StringComparer.Ordinal);
        var posts = new Dictionary<(string, string, DateOnly), List<PostCount>>();
        var postRows = new List<(PackRow Row, (string, string, DateOnly) Key)>();
        foreach (var row in PackTableReader.Read(source, PackFiles.Posts).Rows)
        {
            var key = (row.Code("unit"), row.OneOf("function", [.. PackFiles.FunctionNames]), row.Date("from"));
            if (!posts.TryGetValue(key, out var list))
            {
                posts[key] = list = [];
            }

            var post = new PostCount(row.Text("rank"), row.IntegerOrNull("posts", 0, 1_000_000));
            if (list.Exists(p => p.Rank == post.Rank))
            {
                row.Fault("The rank stands twice", "rank", post.Rank);
            }

            list.Add(post);
            postRows.Add((row, key));
        }

        var rows = new List<(PackRow Row, FunctionArrangement Arrangement)>();
        foreach (var row in PackTableReader.Read(source, PackFiles.Functions).Rows)
        {
            var unit = row.Code("unit");
            if (known.Count > 0 && !known.Contains(unit))
            {
                row.Fault("The command unit is not in " + PackFiles.CommandUnits, "unit", unit);
            }

            var function = row.OneOf("function", [.. PackFiles.FunctionNames]);
            var from = row.Date("from");
            var arrangement = new FunctionArrangement(
                unit, function, row.OneOf("organised_by", "borough", "command-unit", "force"), from, row.DateOrNull("to"),
                posts.GetValueOrDefault((unit, function, from)) ?? [], row.TextOrNull("lead"), row.Text("basis"));
            if (arrangement.To < from)
            {
                row.Fault("The last day is before the first", "to", row.Raw("to"), "on or after " + row.Raw("from"));
            }

            rows.Add((row, arrangement));
            Functions.Add(arrangement);
        }

        foreach (var line in rows.GroupBy(r => (r.Arrangement.CommandUnit, r.Arrangement.Function)).Select(g => g.OrderBy(r => r.Arrangement.From).ToList()))
        {
            for (var i = 1; i < line.Count; i++)
            {
                if (line[i - 1].Arrangement.To is not { } end || end >= line[i].Arrangement.From)
                {
                    line[i].Row.Fault("The function is arranged in two ways on this day", "from", line[i].Row.Raw("from"));
                }
            }
        }

        foreach (var (row, key) in postRows.Where(p => rows.Count > 0 && !rows.Exists(r => (r.Arrangement.CommandUnit, r.Arrangement.Function, r.Arrangement.From) == p.Key)))
        {
            row.Fault("The posts belong to no row of " + PackFiles.Functions, "from", key.Item1 + " " + key.Item2 + " " + Day(key.Item3));
        }
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
