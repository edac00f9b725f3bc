using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Pathfinder.Engine.Grouping;

namespace Pathfinder.Bench;

/// <summary>Every grouping of London's boroughs, timed.</summary>
internal static class GroupingSpeed
{
    /// <summary>Measures and writes its own page of results. Reads the borough files that the tests use.</summary>
    public static void Run(string data, string folder)
    {
        var text = new StringBuilder();
        text.AppendLine("# Exact grouping: speed").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Written by `./do bench`. {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors. Seconds are processor time over all threads, the best of three rounds; an idle machine of two processors needs about half of a scan's figure. 32 boroughs into 12 groups of 2 to 4.").AppendLine();
        text.AppendLine("| What | Measured | Mark |").AppendLine("|---|---|---|");
        void Row(string what, double seconds, string mark = "", string more = "")
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"| {what} | {(seconds < 1 ? $"{seconds * 1000:0.0} ms" : $"{seconds:0.0} s")}{more} | {mark} |");
            text.AppendLine(line);
            Console.WriteLine(line);
        }

        foreach (var crossings in new[] { false, true })
        {
            var (graph, columns, real) = Read(data, crossings);
            var rules = new GroupingRules { MinSize = 2, MaxSize = 4, MinGroups = 12, MaxGroups = 12 };
            var (compile, plans) = Best(3, () => PlanGraphCompiler.Compile(graph, rules).Plans!);
            var criteria = Criteria(plans, graph, columns);
            var name = crossings ? "land and crossings" : "land";
            Row($"{name}: compile and count", compile, crossings ? "under 1 s" : "under 50 ms", string.Create(CultureInfo.InvariantCulture, $"; {plans.Count} plans, {plans.NodeCount} states, {plans.ArcCount} arcs"));
            Row($"{name}: optimum, worst group", Best(3, () => Optimum.Best(plans, criteria[0])).Seconds, crossings ? "" : "under 50 ms");
            Row($"{name}: optimum, total", Best(3, () => Optimum.Best(plans, criteria[4])).Seconds, crossings ? "" : "under 50 ms");
            Row($"{name}: best balanced", Best(3, () => Optimum.Best(plans, criteria[0].AsBalanced())).Seconds);
            var plan = plans.FindPlan(real)!;
            Row($"{name}: full scan, one criterion", Best(1, () => PlanScan.Run(plans, [criteria[0]], plan)).Seconds);
            Row($"{name}: full scan, five criteria and a plan ranked", Best(1, () => PlanScan.Run(plans, criteria, plan)).Seconds, crossings ? "under 60 s on two processors" : "under 5 s on two processors");
            Row($"{name}: memory of a process that compiles and scans all plans, at its peak", 0, "under 500 MB", $"; {Peers.Own("scan", crossings ? "crossings" : "land")} MB");
            Row($"{name}: exact rank, total", Best(3, () => Ranking.Of(plans, criteria[4], plan)).Seconds);
            var (tables, ranking) = Best(3, () => new TotalRanking(plans, criteria[4]));
            var values = GroupMeasures.Inertias(plans.Groups, columns["crime_proxy"], columns["x_km"], columns["y_km"]);
            Row($"{name}: tables for ranks of one total", tables);
            Row($"{name}: exact rank of a further plan from them", Best(3, () => ranking.Of([.. plan.Select(group => values[group])])).Seconds, "part of a change in the studio, under 300 ms");
            Row($"{name}: exact rank, five criteria jointly", Best(3, () => Ranking.AtLeastAsGood(plans, criteria, plan)).Seconds);
            Row($"{name}: nearest improvement", Best(3, () => NearestImprovement.Find(plans, [criteria[0]], plan, real)).Seconds);
            Row($"{name}: Pareto front of three criteria", Best(3, () => ParetoFront.Of(plans, [criteria[0], criteria[1], criteria[3]])).Seconds);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"grouping-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}-{Environment.ProcessorCount}-processors.md"), text.ToString().Replace("| 0.0 ms; ", "| ", StringComparison.Ordinal));
    }

    /// <summary>Compiles, scans every plan by five criteria, and gives the process's peak in MB.</summary>
    public static double PeakOfAScan(string data, bool crossings)
    {
        var (graph, columns, real) = Read(data, crossings);
        var plans = PlanGraphCompiler.Compile(graph, new GroupingRules { MinSize = 2, MaxSize = 4, MinGroups = 12, MaxGroups = 12 }).Plans!;
        PlanScan.Run(plans, Criteria(plans, graph, columns), plans.FindPlan(real)!);
        return Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0;
    }

    private static (double Seconds, T Last) Best<T>(int rounds, Func<T> job)
    {
        var best = double.MaxValue;
        T last = default!;
        for (var i = 0; i <= rounds; i++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            last = job();
            best = Math.Min(best, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }

        return (best, last);
    }

    private static Criterion[] Criteria(PlanGraph plans, UnitGraph graph, Dictionary<string, double[]> columns) =>
    [
        Criterion.Worst("population", GroupMeasures.Deviations(plans.Groups, columns["population"], 12)),
        Criterion.Worst("crime", GroupMeasures.Deviations(plans.Groups, columns["crime_proxy"], 12)),
        Criterion.Worst("diameter", GroupMeasures.Diameters(plans.Groups, columns["x_km"], columns["y_km"])),
        Criterion.Total("internal border", GroupMeasures.InternalBorders(plans.Groups, graph), moreIsBetter: true),
        Criterion.Total("inertia", GroupMeasures.Inertias(plans.Groups, columns["crime_proxy"], columns["x_km"], columns["y_km"])),
    ];

    private static (UnitGraph Graph, Dictionary<string, double[]> Columns, ulong[] Plan) Read(string data, bool crossings)
    {
        List<string[]> Lines(string file) => [.. File.ReadLines(Path.Combine(data, file)).Select(line => line.Split(','))];
        static double Number(string text) => text.Length == 0 ? 0 : double.Parse(text, CultureInfo.InvariantCulture);

        var measures = Lines("london_borough_measures.csv");
        var codes = measures.Skip(1).Select(row => row[0]).ToList();
        var columns = Enumerable.Range(2, measures[0].Length - 2).ToDictionary(c => measures[0][c], c => measures.Skip(1).Select(row => Number(row[c])).ToArray(), StringComparer.Ordinal);
        var borders = Lines("london_borough_adjacency.csv").Skip(1).Where(row => crossings || row[4] == "land").Select(row => new Border(codes.IndexOf(row[0]), codes.IndexOf(row[1]), Number(row[5])));
        var plan = Lines("london_plan_2018.csv").Skip(1).GroupBy(row => row[1], StringComparer.Ordinal).Select(g => g.Aggregate(0UL, (set, row) => set | (1UL << codes.IndexOf(row[0]))));
        return (new UnitGraph(codes.Count, [.. borders]), columns, [.. plan]);
    }
}
