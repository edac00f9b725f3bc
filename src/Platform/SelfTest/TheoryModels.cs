using Pathfinder.Analysis.Queues;
using Pathfinder.Engine.Geography;
using Pathfinder.Engine.Numerics;
using Pathfinder.Engine.Response;
using Pathfinder.Engine.Travel;

namespace Pathfinder.Platform.SelfTest;

/// <summary>One number of a model: its name, its exact value, and how to read it off a replication.</summary>
internal sealed record TheoryMeasure(string Name, double Exact, string Source, Func<Tally, double> Read);

/// <summary>
/// A model of the table: how to build it for a number of customers, replication by replication where its world is drawn anew,
/// and what is measured. <see cref="SmallestOf"/> marks a pair of models that decide a smallest number of servers.
/// </summary>
internal sealed record TheoryModel(string Name, double Customers, Func<double, int, Scenario> Build, IReadOnlyList<TheoryMeasure> Measures)
{
    /// <summary>For a search of the smallest number of servers: the load, the share that may wait, and the servers simulated.</summary>
    public (double Load, double Share, int Servers)? SmallestOf { get; init; }

    /// <summary>Whether every replication has a world of its own.</summary>
    public bool Drawn { get; init; }

    /// <summary>Customers that one replication may have at most, so that its seconds fit the clock.</summary>
    public double CustomersEach { get; init; } = 2e6;
}

/// <summary>
/// The models. A mean service is 600 seconds times the servers, so that whole seconds blur nothing even where many servers
/// finish. Customers are those that a precision of 1% takes, by trial; a coarser one takes fewer, as its square.
/// </summary>
internal static class TheoryModels
{
    private const string Erlang = "Erlang C";

    public static IReadOnlyList<TheoryModel> All()
    {
        var models = new List<TheoryModel>
        {
            Servers(1, 0.8, 25e6), Servers(3, 1.5, 23e6), Servers(10, 8, 85e6, longer: 0.5),
            Pools(), Servers(30, 24, 270e6, "One pool of 30 in place of three of 10, load 0.8"),
            SingleServer("deterministic", 0, Duration.Deterministic, 13e6),
            SingleServer("of squared variation 4", 4, mean => Duration.Hyperexponential(mean, 4), 85e6),
            Classes(1, 0.25, 34e6), Classes(10, 0.3, 82e6), Preemption(), Loss(), Textbook(), Square(),
        };
        foreach (var load in new[] { 5.0, 10, 20, 50 })
        {
            foreach (var share in new[] { 0.2, 0.1, 0.05 })
            {
                var servers = ErlangQueue.SmallestServers(load, share);
                models.Add(Search(load, share, servers));
                models.Add(Search(load, share, servers - 1));
            }
        }

        return models;
    }

    private static TheoryModel Servers(int servers, double load, double customers, string? name = null, double longer = 0)
    {
        List<TheoryMeasure> measures =
        [
            new("share that waits", ErlangQueue.ShareWaiting(servers, load), Erlang, ShareWaiting),
            new("mean wait", ErlangQueue.MeanWait(servers, load), Erlang, t => MeanWait(t, 0, Service(servers))),
        ];
        if (longer > 0)
        {
            measures.Add(new($"share that waits longer than {longer}", ErlangQueue.ShareWaitingLonger(servers, load, longer), Erlang, t => 1 - ((double)t.Cells[0].InTarget / t.Cells[0].Needing)));
        }

        return new TheoryModel(
            name ?? Text($"{servers} server{(servers > 1 ? "s" : "")}, load {load / servers:0.###}"), customers,
            (n, _) => Queue(servers, n, [(load, Duration.Exponential(Service(servers)), new GradeRules { TargetSeconds = longer > 0 ? (int)(longer * Service(servers)) : -1 })]), measures);
    }

    private static TheoryModel Pools() => new(
        "Three pools of 10 servers, load 0.8", 77e6,
        (n, _) => Queue(10, n, [(8, Duration.Exponential(Service(10)), new GradeRules())], boroughs: 3),
        [new("mean wait", ErlangQueue.MeanWait(10, 8), Erlang, t => t.Cells.Sum(c => (double)c.ResponseSeconds) / t.Cells.Sum(c => (double)c.Attended) / Service(10))]);

    private static TheoryModel SingleServer(string kind, double variation, Func<double, Duration> service, double customers) => new(
        $"1 server, load 0.8, service {kind}", customers,
        (n, _) => Queue(1, n, [(0.8, service(Service(1)), new GradeRules())]),
        [new("mean wait", SingleServerQueue.MeanWait(0.8, variation), "Pollaczek–Khinchine", t => MeanWait(t, 0, Service(1)))]);

    private static TheoryModel Classes(int servers, double firstShare, double customers)
    {
        double[] loads = [servers * 0.8 * firstShare, servers * 0.8 * (1 - firstShare)];
        var exact = PriorityQueue.MeanWaits(servers, loads);
        return new TheoryModel(
            Text($"{servers} server{(servers > 1 ? "s" : "")}, load 0.8, two classes with {firstShare:0.##} in the first"), customers,
            (n, _) => Queue(servers, n, [.. loads.Select(l => (l, Duration.Exponential(Service(servers)), new GradeRules()))]),
            [.. exact.Select((value, k) => new TheoryMeasure($"mean wait of class {k + 1}", value, "Cobham", t => MeanWait(t, k, Service(servers))))]);
    }

    private static TheoryModel Preemption()
    {
        double[] loads = [0.2, 0.6];
        var exact = PriorityQueue.MeanTimesWithPreemption(loads);
        return new TheoryModel(
            "1 server, loads 0.2 and 0.6, the first class interrupts, service is resumed", 22e6,
            (n, _) => Queue(1, n, [.. loads.Select((l, k) => (l, Duration.Exponential(Service(1)), new GradeRules { PreEmpts = k == 0, Interruptible = k == 1 }))]),
            [.. exact.Select((value, k) => new TheoryMeasure(
                $"mean time in the system of class {k + 1}", value, "Conway, Maxwell and Miller", t => (double)t.Cells[k].ClearedSeconds / t.Cells[k].Cleared / Service(1)))]);
    }

    private static TheoryModel Loss() => new(
        "10 servers, load 0.8, nobody waits", 5.5e6,
        (n, _) => Queue(10, n, [(8, Duration.Exponential(Service(10)), new GradeRules { Lost = true })]),
        [new("share lost", ErlangQueue.ShareLost(10, 8), "Erlang B", t => (double)t.Cells[0].Lost / t.Cells[0].Needing)]);

    // Three units in boroughs of their own, four flows in zones of their own, one queue.
    private static TheoryModel Textbook()
    {
        (int[] Order, double Rate)[] flows = [([0, 1, 2], 0.5), ([0, 2, 1], 0.25), ([1, 0, 2], 0.35), ([2, 0, 1], 0.4)];
        var exact = Hypercube.Of(3, [.. flows.Select(f => new HypercubeFlow(f.Order, f.Rate))]);
        Scenario Build(double customers, int replication) => Base(customers / 1.5 * Service(3)) with
        {
            Arrivals = Rates([.. flows.Select(f => f.Rate / Service(3))]),
            Distances = new DistanceMatrix(new double[16], new double[4]),
            Travel = new TravelModel([0], [0], Ones(1), 1, new byte[4], 0),
            ZoneBorough = [0, 0, 1, 2],
            BoroughUnit = [0, 0, 0],
            BoroughGroup = [0, 0, 0],
            Grades = [new GradeRules { Scene = Duration.Exponential(Service(3)) }],
            Crews = [.. Enumerable.Range(0, 3).Select(b => new CrewRules(b + 1, b, 0, 1, int.MaxValue, 0))],
            Mode = DespatchMode.ForceWide,
            BackUpOrder = [.. flows.Select(f => f.Order)],
        };

        double Busy(Tally t, int unit) => (double)t.UnitSeconds[(unit * Tally.States) + (int)UnitState.AtScene]
            / (t.UnitSeconds[(unit * Tally.States) + (int)UnitState.AtScene] + t.UnitSeconds[(unit * Tally.States) + (int)UnitState.Available]);
        return new TheoryModel(
            "3 units asked in each flow's own order, 1.5 calls a service", 4.8e6, Build,
            [
                .. exact.Workloads.Select((value, unit) => new TheoryMeasure($"workload of unit {unit + 1}", value, "Hypercube model", t => Busy(t, unit))),
                new TheoryMeasure("share that waits", exact.ShareWaiting, "Hypercube model", t => t.Cells.Sum(c => (double)c.FoundNone) / t.Cells.Sum(c => (double)c.Needing)),
            ]);
    }

    // A square of 30 km joined at its edges, so that none is near: units and incidents at points drawn for each replication.
    private static TheoryModel Square()
    {
        const int Units = 400;
        const int Points = 200;
        const double Side = 30_000;
        Scenario Build(double customers, int replication)
        {
            var random = RandomStream.Of(20170226, replication);
            var points = Enumerable.Range(0, Points + Units).Select(point => random.At((ulong)point)).Select(point => (X: point.Uniform(0) * Side, Y: point.Uniform(1) * Side)).ToArray();
            double Gap(double a, double b) => Math.Min(Math.Abs(a - b), Side - Math.Abs(a - b));
            var metres = new double[points.Length * points.Length];
            for (var i = 0; i < points.Length; i++)
            {
                for (var j = 0; j < points.Length; j++)
                {
                    var (dx, dy) = (Gap(points[i].X, points[j].X), Gap(points[i].Y, points[j].Y));
                    metres[(i * points.Length) + j] = i == j ? 1 : Math.Sqrt((dx * dx) + (dy * dy));
                }
            }

            var rates = new double[points.Length];
            Array.Fill(rates, 1.0 / 200_000, 0, Points);
            return Base(customers / (Points / 200_000.0)) with
            {
                Arrivals = Rates(rates),
                Distances = new DistanceMatrix(metres, new double[points.Length]),
                Travel = new TravelModel([0], [0], Ones(1), 1, new byte[points.Length], 0),
                ZoneBorough = new int[points.Length],
                Grades = [new GradeRules { Scene = Duration.Deterministic(1) }],
                Crews = [.. Enumerable.Range(0, Units).Select(u => new CrewRules(Points + u, 0, 0, 1, int.MaxValue, 0))],
                WhenFree = WhenFree.Base,
            };
        }

        return new TheoryModel(
            $"{Units} free units at random in a square without an edge", 2.2e5, Build,
            [new("mean distance to the nearest, km", NearestUnit.MeanDistance(Side * Side / 1e6, Units), "½√(A/n)", t => t.Metres[0] / t.Cells[0].Attended / 1000)])
        { Drawn = true, CustomersEach = 400 };
    }

    // Whether more or fewer than a share wait takes the more customers the closer the two are, and the rarer waiting is.
    private static TheoryModel Search(double load, double share, int servers)
    {
        var waiting = ErlangQueue.ShareWaiting(servers, load);
        var margin = Math.Min(Math.Abs((waiting / share) - 1), 0.2);
        return new TheoryModel(
            Text($"{servers} servers, {load:0.##} busy on average"), Math.Pow(45 / margin, 2) / share,
            (n, _) => Queue(servers, n, [(load, Duration.Exponential(Service(servers)), new GradeRules())]),
            [new("share that waits", waiting, Erlang, ShareWaiting)])
        { SmallestOf = (load, share, servers) };
    }

    private static double Service(int servers) => 600.0 * servers;

    private static double ShareWaiting(Tally t) => (double)t.Cells[0].FoundNone / t.Cells[0].Needing;

    private static double MeanWait(Tally t, int grade, double service) => (double)t.Cells[grade].ResponseSeconds / t.Cells[grade].Attended / service;

    private static Scenario Queue(int servers, double customers, (double Load, Duration Service, GradeRules Rules)[] classes, int boroughs = 1)
    {
        var grades = classes.Length;
        var rates = new double[boroughs * grades];
        for (var i = 0; i < rates.Length; i++)
        {
            rates[i] = classes[i % grades].Load / Service(servers);
        }

        return Base(customers / rates.Sum()) with
        {
            Arrivals = Rates(rates),
            Distances = new DistanceMatrix(new double[boroughs * boroughs], new double[boroughs]),
            Travel = new TravelModel(new double[grades], new double[grades], Ones(grades), 1, new byte[boroughs], 0),
            ZoneBorough = [.. Enumerable.Range(0, boroughs)],
            BoroughUnit = new int[boroughs],
            BoroughGroup = new int[boroughs],
            Grades = [.. classes.Select(c => c.Rules with { Scene = c.Service })],
            Groups = [new GroupRules(0, new Duration[grades], 0, Duration.None, Duration.None)],
            Crews = [.. Enumerable.Range(0, boroughs).Select(b => new CrewRules(b, b, 0, servers, int.MaxValue, 0))],
        };
    }

    // A world of one borough and one standing shift, counted for some seconds after a twentieth of them.
    private static Scenario Base(double seconds) => new()
    {
        WarmUpSeconds = Hours(seconds / 20),
        CountedSeconds = Hours(seconds),
        DrainSeconds = 86400 * 400,
        StartHourOfWeek = 0,
        Arrivals = Rates([1]),
        Distances = new DistanceMatrix([0], [0]),
        Travel = new TravelModel([0], [0], Ones(1), 1, [0], 0),
        ZoneBorough = [0],
        BoroughUnit = [0],
        BoroughGroup = [0],
        GuardUnits = [0],
        Grades = [],
        Groups = [new GroupRules(0, new Duration[1], 0, Duration.None, Duration.None)],
        Shifts = [new ShiftRules(0, 86400, 0, 0, [0], Standing: true)],
        Teams = 1,
        Crews = [],
        Mode = DespatchMode.Borough,
        WhenFree = WhenFree.Stay,
    };

    private static int Hours(double seconds) => (int)Math.Ceiling(seconds / 3600) * 3600;

    private static double[] Ones(int grades) => [.. Enumerable.Repeat(1.0, 24 * grades)];

    private static ArrivalTable Rates(double[] perSecond)
    {
        var perHour = new double[168 * perSecond.Length];
        for (var i = 0; i < perHour.Length; i++)
        {
            perHour[i] = perSecond[i % perSecond.Length] * 3600;
        }

        return new ArrivalTable(perHour, perSecond.Length);
    }

    private static string Text(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
