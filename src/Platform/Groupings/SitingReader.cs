using Pathfinder.Engine.Siting;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Groupings;

/// <summary>Demand, sites and distances as read, by name.</summary>
internal sealed record SitingInput(IReadOnlyList<string> Demand, IReadOnlyList<string> Sites, SitingModel Model, IReadOnlyList<int>? Today);

/// <summary>Reads the files of a siting request and names every fault by file, row and field.</summary>
internal static class SitingReader
{
    private const int MostPairs = 20_000_000;
    private const int MostListed = 20;

    public static Outcome<SitingInput> Read(SitingRequest request, bool needsEveryPair)
    {
        var problems = new List<Problem>();
        var table = CsvTable.Read(request.DistancesFile, problems);
        var demandTable = request.DemandFile is { } file ? CsvTable.Read(file, problems) : null;
        if (table is null || (demandTable is null && request.DemandFile is not null))
        {
            return problems;
        }

        var (demandColumn, siteColumn, distanceColumn) = (table.Require("demand", problems), table.Require("site", problems), table.Require("distance", problems));
        if (demandColumn < 0 || siteColumn < 0 || distanceColumn < 0)
        {
            return problems;
        }

        var weights = ReadWeights(demandTable, problems);
        List<string> demand = weights is null ? [] : [.. weights.Keys];
        var demandAt = Places(demand);
        var sites = new List<string>();
        var siteAt = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            Add(row.Fields[siteColumn], sites, siteAt);
            if (weights is null)
            {
                Add(row.Fields[demandColumn], demand, demandAt);
            }
        }

        if ((long)demand.Count * sites.Count > MostPairs)
        {
            return new Problem("More pairs of demand and site than can be held", table.File, Found: $"{demand.Count} x {sites.Count}", Accepted: $"at most {MostPairs} pairs");
        }

        var distance = new double[demand.Count * sites.Count];
        Array.Fill(distance, double.PositiveInfinity);
        var lines = new int[distance.Length];
        foreach (var row in table.Rows)
        {
            if (row.Fields[siteColumn].Length == 0 || row.Fields[demandColumn].Length == 0)
            {
                problems.Add(new Problem("A name is missing", table.File, row.Line, row.Fields[siteColumn].Length == 0 ? "site" : "demand"));
                continue;
            }

            if (!demandAt.TryGetValue(row.Fields[demandColumn], out var place))
            {
                problems.Add(new Problem("Unknown demand", table.File, row.Line, "demand", row.Fields[demandColumn], $"an id of {demandTable!.File}"));
                continue;
            }

            var pair = (place * sites.Count) + siteAt[row.Fields[siteColumn]];
            if (lines[pair] > 0)
            {
                problems.Add(new Problem($"The pair stands twice (first in row {lines[pair]})", table.File, row.Line, "demand,site", $"{row.Fields[demandColumn]},{row.Fields[siteColumn]}", "each pair once"));
                continue;
            }

            lines[pair] = row.Line;
            distance[pair] = table.Number(row, distanceColumn, problems, 0);
        }

        CheckPairs(needsEveryPair, table.File, demand, sites, lines, problems);
        var today = request.TodayFile is { } todayFile ? ReadToday(todayFile, siteAt, problems) : null;
        return problems.Count > 0
            ? Shortened(problems)
            : new SitingInput(demand, sites, new SitingModel([.. demand.Select(d => weights?[d] ?? 1)], distance), today);
    }

    private static SortedDictionary<string, double>? ReadWeights(CsvTable? table, List<Problem> problems)
    {
        if (table is null)
        {
            return null;
        }

        var column = table.Find("weight", "demand") is var found && found > 0 ? found : 1;
        var weights = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (table.Header.Length < 2)
        {
            problems.Add(new Problem("Weights need two columns", table.File, 1, Found: string.Join(",", table.Header), Accepted: "an id and a weight"));
            return weights;
        }

        foreach (var row in table.Rows)
        {
            if (row.Fields[0].Length == 0)
            {
                problems.Add(new Problem("An id is missing", table.File, row.Line, table.Header[0]));
            }
            else if (!weights.TryAdd(row.Fields[0], table.Number(row, column, problems, 0)))
            {
                problems.Add(new Problem("The id appears twice", table.File, row.Line, table.Header[0], row.Fields[0], "each id once"));
            }
        }

        return weights;
    }

    private static List<int> ReadToday(string path, Dictionary<string, int> siteAt, List<Problem> problems)
    {
        var today = new List<int>();
        if (CsvTable.Read(path, problems) is not { } table)
        {
            return today;
        }

        var column = Math.Max(0, table.Find("site"));
        foreach (var row in table.Rows)
        {
            if (!siteAt.TryGetValue(row.Fields[column], out var site))
            {
                problems.Add(new Problem("Unknown site", table.File, row.Line, table.Header[column], row.Fields[column], "a site with distances"));
            }
            else if (today.Contains(site))
            {
                problems.Add(new Problem("The site stands twice", table.File, row.Line, table.Header[column], row.Fields[column], "each site once"));
            }
            else
            {
                today.Add(site);
            }
        }

        return today;
    }

    private static void CheckPairs(bool needsEveryPair, string file, List<string> demand, List<string> sites, int[] lines, List<Problem> problems)
    {
        for (var place = 0; place < demand.Count; place++)
        {
            var own = lines.AsSpan(place * sites.Count, sites.Count);
            if (!own.ContainsAnyExcept(0))
            {
                problems.Add(new Problem("The demand has no distance at all", file, Field: "demand", Found: demand[place], Accepted: "a distance to each site"));
            }
            else if (needsEveryPair && own.IndexOf(0) is var missing and >= 0)
            {
                problems.Add(new Problem("A distance is missing", file, Field: "distance", Found: $"no line for {demand[place]} and {sites[missing]}", Accepted: "a distance for every pair; covering models take a missing pair as out of reach"));
            }
        }
    }

    // A file of the wrong kind has a fault in every line; the first ones say what is wrong.
    private static List<Problem> Shortened(List<Problem> problems) => problems.Count <= MostListed
        ? problems
        : [.. problems.Take(MostListed), new Problem($"and {problems.Count - MostListed} more problems")];

    private static Dictionary<string, int> Places(List<string> names)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            places.Add(name, places.Count);
        }

        return places;
    }

    private static void Add(string name, List<string> names, Dictionary<string, int> places)
    {
        if (name.Length > 0 && places.TryAdd(name, names.Count))
        {
            names.Add(name);
        }
    }
}
