using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Pathfinder.Bench;
using Pathfinder.Engine.Response;
using Pathfinder.Platform.Scenarios;

if (args is ["year"])
{
    // A process of its own, so that its memory is that of one London year and nothing else.
    var year = ScenarioCompiler.Compile(LondonSize.Scenario(32, 365), new ScenarioFolder(".")).Value;
    new Simulator().Run(year, 1, 1, 1);
    Console.WriteLine((Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0).ToString("0", CultureInfo.InvariantCulture));
    return;
}

if (args is ["queue", ..])
{
    // A process of its own, as its peers are.
    var replica = new Replica(TextbookQueue.Scenario(260));
    var (seconds, customers) = Best(5, () => replica.Run(1, 0).Incidents);
    Console.WriteLine((customers / seconds).ToString("0", CultureInfo.InvariantCulture));
    return;
}

if (args is ["scan", var borders])
{
    // A process of its own, so that its memory is that of one full scan and nothing else.
    Console.WriteLine(GroupingSpeed.PeakOfAScan(Path.Combine("tests", "Data", "design"), borders == "crossings").ToString("0", CultureInfo.InvariantCulture));
    return;
}

if (args is ["log", var rowsOfLog])
{
    Console.WriteLine(await EvidenceSpeed.ImportAsync(int.Parse(rowsOfLog, CultureInfo.InvariantCulture)));
    return;
}

if (args is ["evidence", ..])
{
    await EvidenceSpeed.WriteAsync(args.Length > 1 ? args[1] : Path.Combine("bench", "results"));
    return;
}

if (args is ["grouping", ..])
{
    var to = args.Length > 1 ? args[1] : Path.Combine("bench", "results");
    GroupingSpeed.Run(Path.Combine("tests", "Data", "design"), to);
    StudioSpeed.Run(to);
    return;
}

if (args is ["effects", ..])
{
    EffectsBench.Write(args.Length > 1 ? args[1] : Path.Combine("bench", "results"));
    return;
}

if (args is ["london", ..])
{
    await LondonBench.WriteAsync(args.Length > 1 ? args[1] : Path.Combine("bench", "results"));
    return;
}

if (args is ["waits"])
{
    await LondonBench.PrintWaitsAsync();
    return;
}

if (args is ["reports", ..])
{
    await ReportsBench.WriteAsync(args.Length > 1 ? args[1] : Path.Combine("bench", "results"));
    return;
}

if (args is ["records", ..])
{
    await RecordsBench.WriteAsync(args.Length > 1 ? args[1] : Path.Combine("bench", "results"));
    return;
}

// Processor time, best of several rounds: what else the machine does only ever makes it longer.
static (double Seconds, T Last) Best<T>(int rounds, Func<T> job)
{
    job();
    var best = double.MaxValue;
    T last = default!;
    for (var i = 0; i < rounds; i++)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        last = job();
        best = Math.Min(best, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
    }

    return (best, last);
}

var rows = new List<(string What, string Figure, string Mark)>();
void Row(string what, FormattableString figure, string mark = "")
{
    rows.Add((what, figure.ToString(CultureInfo.InvariantCulture), mark));
    Console.WriteLine($"{what}: {rows[^1].Figure}{(mark.Length > 0 ? $" (mark: {mark})" : "")}");
}

// 1. The full model on a force of London's size.
var noContent = new ScenarioFolder(".");
foreach (var units in new[] { 32, 12, 1 })
{
    var file = LondonSize.Scenario(units, 7);
    var (compile, compiled) = Best(2, () => ScenarioCompiler.Compile(file, noContent).Value);
    var simulator = new Simulator();
    var (whole, result) = Best(5, () => simulator.Run(compiled, 1, 1, 1));
    Row($"London's size, full model, {units} command units: one week (and a day of warm-up), one replication, one thread", $"{whole * 1000:0} ms; {result.Incidents} incidents counted; {result.Events / whole / 1e6:0.0} M events a second; I in target {result.Areas[0].Grades[0].InTarget.Value:0.0%}", "under 100 ms");
    if (units == 32)
    {
        Row("Compiling that scenario, its matrix written out", $"{compile * 1000:0} ms");
    }
}

{
    var compiled = ScenarioCompiler.Compile(LondonSize.Scenario(32, 365), noContent).Value;
    var (year, result) = Best(2, () => new Simulator().Run(compiled, 1, 1, 1));
    Row("London's size, full model: a year, one replication, one thread", $"{year:0.00} s; {result.Incidents} incidents; {result.Events} events; {result.Events / year / 1e6:0.0} M events a second", "under 1 s");
    Row("Memory of a process that compiles and simulates that year", $"{Peers.Own("year")} MB at its peak", "under 300 MB");
}

// 2. M/M/10 at load 0.8 through the same engine.
{
    var engine = double.Parse(Peers.Own("queue")!, CultureInfo.InvariantCulture);
    Row("M/M/10 at load 0.8 through the same engine, in a process of its own like its peers", $"{engine / 1e6:0.0} M customers a second", "40 x SimPy and 5 x ns-3");

    // A peer in the same run: the same queue by hand on .NET's own priority queue.
    var (peer, served) = Best(5, () => Peers.PriorityQueueMmc(10, 0.8, 3_000_000));
    Row("The same queue by hand on .NET's PriorityQueue", $"{served / peer / 1e6:0.0} M customers a second; the engine is {engine / (served / peer):0.00} times as fast");

    // The peers that Debian packages, where they are installed; nothing is fetched.
    foreach (var (name, mark, rate) in Peers.Installed(10, 0.8))
    {
        Row($"The same queue on {name}", rate is { } found ? (FormattableString)$"{found / 1e6:0.00} M customers a second; the engine is {engine / found:0.0} times as fast" : $"not installed", mark);
    }
}

// 3. The event list alone: take one, schedule one, 256 pending.
{
    var (wheel, _) = Best(3, () => Peers.Wheel(256, 10_000_000));
    var (heap, _) = Best(3, () => Peers.Heap(256, 10_000_000));
    Row("Event list, 256 pending, take and schedule", $"wheel {wheel / 1e7 * 1e9:0.0} ns, PriorityQueue {heap / 1e7 * 1e9:0.0} ns, {heap / wheel:0.0} times");
}

// 4. The nearest unit alone: what a free unit more adds to an incident.
{
    double Each(int units)
    {
        var replica = new Replica(TextbookQueue.Nearest(units, 30));
        var (seconds, incidents) = Best(5, () => replica.Run(1, 0).Incidents);
        return seconds / incidents * 1e9;
    }

    var (few, some, many) = (Each(26), Each(74), Each(266));
    Row($"Nearest of 16, 64 and 256 free units, 983 zones", $"{few:0}, {some:0} and {many:0} ns an incident in all; {(many - few) / 240:0.0} ns a unit looked at");
}

// 5. How the cost grows, a week of the full model with 12 command units.
{
    FormattableString Growth(params ScenarioFile[] files)
    {
        var costs = files.Select(each =>
        {
            var compiled = ScenarioCompiler.Compile(each, noContent).Value;
            var (seconds, result) = Best(3, () => new Simulator().Run(compiled, 1, 1, 1));
            return seconds / result.Incidents * 1e6;
        }).ToArray();
        return $"{string.Join(", ", costs.Select(cost => cost.ToString("0.00", CultureInfo.InvariantCulture)))} µs an incident; {costs[^1] / costs[0]:0.0} times from the first to the last";
    }

    Row($"Crews half, as London's, twice, four times", Growth(LondonSize.Scenario(12, 7, crews: 0.5), LondonSize.Scenario(12, 7), LondonSize.Scenario(12, 7, crews: 2), LondonSize.Scenario(12, 7, crews: 4)));
    Row($"Zones 246, 491, 983, 1,966", Growth(LondonSize.Scenario(12, 7, zones: 246), LondonSize.Scenario(12, 7, zones: 491), LondonSize.Scenario(12, 7), LondonSize.Scenario(12, 7, zones: 1966)));
    Row($"Incidents half, as London's, twice, with crews in proportion", Growth(LondonSize.Scenario(12, 7, 0.5, 0.5), LondonSize.Scenario(12, 7), LondonSize.Scenario(12, 7, 2, 2)));
    var four = ScenarioCompiler.Compile(LondonSize.Scenario(12, 28), noContent).Value;
    double Elapsed(int threads)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var start = Stopwatch.GetTimestamp();
            new Simulator().Run(four, 8, 1, threads);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    var (one, all) = (Elapsed(1), Elapsed(Environment.ProcessorCount));
    Row($"Eight replications of four weeks on 1 and {Environment.ProcessorCount} threads", $"{one:0.00} and {all:0.00} s elapsed, {one / all:0.0} times");
}

var text = new StringBuilder();
text.AppendLine("# Response simulation: speed").AppendLine();
text.AppendLine(CultureInfo.InvariantCulture, $"Written by `./do bench`. {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors. Seconds are processor time, the best of a few rounds.").AppendLine();
text.AppendLine("| What | Measured | Mark |").AppendLine("|---|---|---|");
foreach (var (what, figure, mark) in rows)
{
    text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {figure} | {mark} |");
}

text.AppendLine().AppendLine("Coordinates are synthetic; the model has controllers, channels, several units an incident, custody, case work, meals, guards, absence, telephone and pre-emption at work.");
var only = args is ["response", ..];
var folder = args.Length > (only ? 1 : 0) ? args[^1] : Path.Combine("bench", "results");
Directory.CreateDirectory(folder);
File.WriteAllText(Path.Combine(folder, $"response-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}-{Environment.ProcessorCount}-processors.md"), text.ToString());
if (only)
{
    return;
}

EffectsBench.Write(folder);
GroupingSpeed.Run(Path.Combine("tests", "Data", "design"), folder);
StudioSpeed.Run(folder);
await LondonBench.WriteAsync(folder);
await RecordsBench.WriteAsync(folder);
await ReportsBench.WriteAsync(folder);
