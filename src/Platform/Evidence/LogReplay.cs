using System.Globalization;
using Pathfinder.Analysis.Calibration;
using Pathfinder.Engine.Geography;
using Pathfinder.Engine.Response;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Forces.London;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Evidence;

/// <summary>A station that units of a log come from.</summary>
/// <param name="Name">As the log names it.</param>
/// <param name="Zone">The zone it stands in.</param>
/// <param name="Units">Units it has.</param>
public sealed record ReplayStation(string Name, string Zone, int Units);

/// <summary>How a log is replayed.</summary>
/// <param name="TestFrom">Journeys before this day are fitted to; incidents from this day on are replayed and compared.</param>
/// <param name="EngagedMinutes">How long a unit is engaged where the log does not say, on average: an assumption.</param>
/// <param name="Replications">Replications.</param>
/// <param name="Seed">The seed.</param>
public sealed record ReplayOptions(DateOnly TestFrom, double EngagedMinutes = 40, int Replications = 10, ulong Seed = 1)
{
    /// <summary>What is out of bounds, by field.</summary>
    public IReadOnlyList<Problem> Check()
    {
        var problems = new List<Problem>();
        if (!(EngagedMinutes is > 0 and <= 1440))
        {
            problems.Add(new Problem(
                "The time engaged is out of bounds", Field: "engagedMinutes", Found: EngagedMinutes.ToString(CultureInfo.InvariantCulture), Accepted: "more than 0, at most 1440"));
        }

        if (Replications is < 1 or > 1000)
        {
            problems.Add(new Problem(
                "The number of replications is out of bounds", Field: "replications", Found: Replications.ToString(CultureInfo.InvariantCulture), Accepted: "1 to 1000"));
        }

        return problems;
    }
}

/// <summary>Seen and replayed response times of one area, seconds.</summary>
public sealed record ReplayedArea(string Code, string Name, long Incidents, double SeenMedian, double Median, double SeenMean, double Mean, double SeenP90, double P90)
{
    /// <summary>Replayed over seen, less 1.</summary>
    public double MedianError => (Median / SeenMedian) - 1;

    /// <summary>Replayed over seen, less 1.</summary>
    public double MeanError => (Mean / SeenMean) - 1;

    /// <summary>Replayed over seen, less 1.</summary>
    public double P90Error => (P90 / SeenP90) - 1;
}

/// <summary>What a replay found (schema <c>pathfinder-replay/1</c>).</summary>
public sealed record ReplayResult
{
    /// <summary>The name of the format.</summary>
    public const string CurrentSchema = "pathfinder-replay/1";

    /// <summary>How near the median of the whole should come, as a share of the one seen.</summary>
    public const double MedianAim = 0.05;

    /// <summary>How near its 90th percentile should come.</summary>
    public const double P90Aim = 0.1;

    /// <summary>The format of this document.</summary>
    public required string Schema { get; init; }

    /// <summary>What the log is called.</summary>
    public required string Title { get; init; }

    /// <summary>Version of the engine.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Replications.</summary>
    public required int Replications { get; init; }

    /// <summary>First day compared; journeys before it were fitted to.</summary>
    public required DateOnly TestFrom { get; init; }

    /// <summary>Last day compared.</summary>
    public required DateOnly TestTo { get; init; }

    /// <summary>Journeys fitted to.</summary>
    public required int Fitted { get; init; }

    /// <summary>Seconds before moving.</summary>
    public required double InterceptSeconds { get; init; }

    /// <summary>Seconds a kilometre of the matrix by area of destination.</summary>
    public required IReadOnlyDictionary<string, double> SecondsPerKm { get; init; }

    /// <summary>Spread of one journey, sd of its logarithm.</summary>
    public required double Sigma { get; init; }

    /// <summary>How long a unit is engaged, assumed.</summary>
    public required double EngagedMinutes { get; init; }

    /// <summary>Stations and units.</summary>
    public required int Stations { get; init; }

    /// <summary>Units of all stations.</summary>
    public required int Units { get; init; }

    /// <summary>Rows of the file left out, by reason.</summary>
    public required IReadOnlyDictionary<string, long> LeftOut { get; init; }

    /// <summary>The whole, then each borough with incidents compared, in ordinal order of code.</summary>
    public required IReadOnlyList<ReplayedArea> Areas { get; init; }
}

/// <summary>
/// Replays a log from its stations: the nearest free unit goes, with journey times fitted on the days before a date, and what
/// comes out is set against what was seen from that date on. Method: docs/methods/log-replay.md.
/// </summary>
public static class LogReplay
{
    private const string Grade = "F";

    /// <summary>Reads a log for a replay without a store: rows with an arrival and a known station; how many were left out, by reason.</summary>
    public static Outcome<(IReadOnlyList<LoggedIncident> Incidents, IReadOnlyDictionary<string, long> LeftOut)> Read(
        Stream content, string file, LogMapping mapping, ForcePack pack, IReadOnlyCollection<string> stations)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(mapping);
        using var text = LogReader.Text(content, file);
        var opened = LogReader.Open(text, mapping, pack, file);
        if (!opened.Succeeded)
        {
            return Outcome.Refused<(IReadOnlyList<LoggedIncident>, IReadOnlyDictionary<string, long>)>(opened.Problems);
        }

        var reader = opened.Value;
        var leftOut = new SortedDictionary<string, long>(StringComparer.Ordinal);
        void Leave(string why) => leftOut[why] = leftOut.GetValueOrDefault(why) + 1;
        var kept = new List<LoggedIncident>();
        var names = new List<string>();
        while (reader.Read(out var fault))
        {
            if (fault is { } why)
            {
                Leave(why.Name());
                continue;
            }

            var row = reader.Row;
            if (row.Station >= names.Count)
            {
                names = [.. reader.Stations];
            }

            if (WhyNot(row.Arrived >= 0, row.Station < 0 ? null : names[row.Station], stations) is { } unusable)
            {
                Leave(unusable);
            }
            else
            {
                var zone = pack.Zones[row.Zone];
                kept.Add(new LoggedIncident(
                    kept.Count, DateTimeOffset.FromUnixTimeSeconds(row.Created), Grade, zone.Code, zone.Borough, row.Units < 0 ? null : row.Units, null,
                    DateTimeOffset.FromUnixTimeSeconds(row.Arrived), row.Cleared < 0 ? null : DateTimeOffset.FromUnixTimeSeconds(row.Cleared), names[row.Station]));
            }
        }

        return (kept, leftOut);
    }

    /// <summary>
    /// The same of a log in the store, in the order of its file: what its import left out is counted with what a replay cannot use.
    /// </summary>
    public static async Task<(IReadOnlyList<LoggedIncident> Incidents, IReadOnlyDictionary<string, long> LeftOut)> ReadAsync(
        IncidentLogs logs, IncidentLog log, IReadOnlyCollection<string> stations, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(logs);
        ArgumentNullException.ThrowIfNull(log);
        var leftOut = new SortedDictionary<string, long>(log.LeftOut.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        var kept = new List<LoggedIncident>();
        await foreach (var each in logs.ReadAsync(log, cancellation: cancellation))
        {
            if (WhyNot(each.Arrived is not null, each.Station, stations) is { } unusable)
            {
                leftOut[unusable] = leftOut.GetValueOrDefault(unusable) + 1;
            }
            else
            {
                kept.Add(each);
            }
        }

        return ([.. kept.OrderBy(each => each.Number)], leftOut);
    }

    private static string? WhyNot(bool arrived, string? station, IReadOnlyCollection<string> stations) =>
        !arrived ? "no-arrival" : station is null ? "no-station" : !stations.Contains(station) ? "unknown-station" : null;

    /// <summary>Reads stations from CSV: station, units, and easting and northing or zone. Refused with every fault by row.</summary>
    public static Outcome<IReadOnlyList<ReplayStation>> ReadStations(string csv, ForcePack pack, string file)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var records = new CsvRecords(csv);
        var problems = new List<Problem>();
        if (!records.Read())
        {
            return new Problem("The file is empty", file, 1, Accepted: "station,easting,northing,units or station,zone,units");
        }

        var columns = records.Fields.Select((name, at) => (name, at)).GroupBy(pair => pair.name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().at, StringComparer.Ordinal);
        if (!columns.ContainsKey("station") || !columns.ContainsKey("units") || (!columns.ContainsKey("zone") && !(columns.ContainsKey("easting") && columns.ContainsKey("northing"))))
        {
            return new Problem("A column is missing", file, 1, Found: string.Join(",", records.Fields), Accepted: "station,easting,northing,units or station,zone,units");
        }

        var zones = new ZoneFinder(pack);
        var codes = pack.Zones.Select(zone => zone.Code).ToHashSet(StringComparer.Ordinal);
        var stations = new List<ReplayStation>();
        while (records.Read())
        {
            string Raw(string name) => columns.TryGetValue(name, out var at) && at < records.Fields.Count ? records.Fields[at] : "";
            var zone = Raw("zone");
            if (zone.Length == 0 && double.TryParse(Raw("easting"), CultureInfo.InvariantCulture, out var easting) && double.TryParse(Raw("northing"), CultureInfo.InvariantCulture, out var northing))
            {
                var (longitude, latitude) = BritishGrid.ToDegrees(easting, northing);
                zone = zones.Find(longitude, latitude) is var found && found >= 0 ? pack.Zones[found].Code : "";
            }

            if (!codes.Contains(zone))
            {
                problems.Add(new Problem("The station stands in no zone of the force", file, records.Line, "station", Raw("station"), "a station inside the force"));
            }
            else if (!int.TryParse(Raw("units"), NumberStyles.None, CultureInfo.InvariantCulture, out var units) || units is < 1 or > 100)
            {
                problems.Add(new Problem("The number of units is none", file, records.Line, "units", Raw("units"), "1 to 100"));
            }
            else if (stations.Exists(station => station.Name == Raw("station")))
            {
                problems.Add(new Problem("The station stands twice", file, records.Line, "station", Raw("station")));
            }
            else
            {
                stations.Add(new ReplayStation(Raw("station"), zone, units));
            }
        }

        if (stations.Count == 0 && problems.Count == 0)
        {
            problems.Add(new Problem("The file has no rows", file));
        }

        return problems.Count > 0 ? problems : stations;
    }

    /// <summary>Fits, replays and compares. Refused when there is too little on either side of the date.</summary>
    public static Outcome<ReplayResult> Run(
        ForcePack pack, string title, IReadOnlyList<LoggedIncident> incidents, IReadOnlyDictionary<string, long> leftOut, IReadOnlyList<ReplayStation> stations, ReplayOptions options,
        int threads = 1, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(incidents);
        ArgumentNullException.ThrowIfNull(options);
        var clock = TimeZoneInfo.FindSystemTimeZoneById(pack.Manifest.TimeZone);
        DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, clock).DateTime;
        var from = options.TestFrom.ToDateTime(default);
        var before = incidents.Where(each => Local(each.Created) < from).ToList();
        var tested = incidents.Where(each => Local(each.Created) >= from).ToList();
        if (before.Count < 100 || tested.Count < 100)
        {
            return new Problem(
                "There are too few incidents on one side of the date", Field: "testFrom", Found: string.Create(CultureInfo.InvariantCulture, $"{before.Count} before, {tested.Count} from it on"),
                Accepted: "a date with at least 100 on either side");
        }

        var boroughs = pack.Boroughs.Where(borough => borough.InForce).ToList();
        var inForce = boroughs.Select(borough => borough.Code).ToHashSet(StringComparer.Ordinal);
        var zones = Enumerable.Range(0, pack.Zones.Count).Where(zone => inForce.Contains(pack.Zones[zone].Borough)).ToList();
        var place = zones.Select((zone, at) => (pack.Zones[zone].Code, at)).ToDictionary(pair => pair.Code, pair => pair.at, StringComparer.Ordinal);
        var metres = new float[zones.Count * zones.Count];
        for (var a = 0; a < zones.Count; a++)
        {
            for (var b = 0; b < zones.Count; b++)
            {
                // Inside one zone the engine takes the mean distance of a square of its area; the fit must see the same.
                metres[(a * zones.Count) + b] = a == b && pack.Metres(zones[a], zones[b]) == 0
                    ? (float)(DistanceMatrix.MeanInUnitSquare * 1000 * Math.Sqrt(pack.Zones[zones[a]].AreaKm2))
                    : pack.Metres(zones[a], zones[b]);
            }
        }

        // Fitted to the distance of the station that would go if all were free, not of the one that went: what the simulation
        // does not know (engines off the run or moved up, where in its zone an incident lies) is then in the spread, not a bias.
        var sites = stations.Select(station => place[station.Zone]).Distinct().ToList();
        var nearest = Enumerable.Range(0, zones.Count).Select(zone => sites.Min(site => metres[(site * zones.Count) + zone])).ToList();
        var group = boroughs.Select((borough, index) => (borough.Code, index)).ToDictionary(pair => pair.Code, pair => pair.index, StringComparer.Ordinal);
        var fit = JourneyFit.Of(
            [
                .. before.Select(each => new Journey(nearest[place[each.Zone]], Seconds(each), group[each.Borough])).Where(journey => journey.Seconds > 0),
            ],
            boroughs.Count);

        var last = DateOnly.FromDateTime(tested.Max(each => Local(each.Created)));
        var scenario = Scenario(pack, boroughs, zones, stations, fit, options, last);
        // One unit an incident: units sent together do not travel independently, and the first of several independent journeys
        // would be too quick. What the others are engaged is left out of the load.
        var log = new ContentIncidents(
            [
                .. incidents.Where(each => Local(each.Created) >= from.AddDays(-1)).Select(each => new ContentIncident(
                    Local(each.Created), each.Zone, Grade, 1, each.Cleared is { } cleared ? (cleared - each.Arrived!.Value).TotalMinutes : double.NaN)),
            ],
            "");
        var compiled = ScenarioCompiler.Compile(scenario, new Content(new ContentMatrix([.. zones.Select(zone => pack.Zones[zone].Code)], metres, pack.Sha256), log));
        if (!compiled.Succeeded)
        {
            return Outcome.Refused<ReplayResult>(compiled.Problems);
        }

        var result = new Simulator().Run(compiled.Value, options.Replications, options.Seed, threads, progress, cancellation);
        var areas = new List<ReplayedArea> { Compare(result, "force", "force", pack.Manifest.Force, tested) };
        areas.AddRange(boroughs.OrderBy(borough => borough.Code, StringComparer.Ordinal).Select(borough => (borough, Seen: tested.Where(each => each.Borough == borough.Code).ToList()))
            .Where(pair => pair.Seen.Count > 0).Select(pair => Compare(result, "borough", pair.borough.Code, pair.borough.Name, pair.Seen)));
        return new ReplayResult
        {
            Schema = ReplayResult.CurrentSchema,
            Title = title,
            EngineVersion = Replica.Version,
            Seed = options.Seed,
            Replications = options.Replications,
            TestFrom = options.TestFrom,
            TestTo = last,
            Fitted = fit.Journeys,
            InterceptSeconds = fit.Intercept,
            SecondsPerKm = new SortedDictionary<string, double>(boroughs.Select((borough, index) => (borough.Code, fit.SecondsPerKm[index])).ToDictionary(pair => pair.Code, pair => pair.Item2), StringComparer.Ordinal),
            Sigma = fit.Sigma,
            EngagedMinutes = options.EngagedMinutes,
            Stations = stations.Count,
            Units = stations.Sum(station => station.Units),
            LeftOut = leftOut,
            Areas = areas,
        };
    }

    private static ScenarioFile Scenario(ForcePack pack, List<Borough> boroughs, List<int> zones, IReadOnlyList<ReplayStation> stations, JourneyFit fit, ReplayOptions options, DateOnly last)
    {
        var slopes = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (var b = 0; b < boroughs.Count; b++)
        {
            slopes[boroughs[b].Code] = fit.SecondsPerKm[b];
        }

        var boroughOf = pack.Zones.ToDictionary(zone => zone.Code, zone => zone.Borough, StringComparer.Ordinal);
        List<string> codes = [.. boroughs.Select(borough => borough.Code)];
        return new ScenarioFile
        {
            Schema = ScenarioFile.CurrentSchema,
            Name = "Replay",
            Start = options.TestFrom.AddDays(-1),
            Days = last.DayNumber - options.TestFrom.DayNumber + 1,
            WarmUpDays = 1,
            Boroughs = [.. boroughs.Select(borough => new ScenarioBorough(borough.Code, borough.Name))],
            Zones = [.. zones.Select(zone => new ScenarioZone(pack.Zones[zone].Code, pack.Zones[zone].Borough, pack.Zones[zone].AreaKm2, pack.Zones[zone].Borough))],
            Travel = new ScenarioTravel { Matrix = new ScenarioContent(Pack: pack.Manifest.Name), Profiles = [new ScenarioTravelProfile(Grade, fit.Intercept, slopes)], Sigma = fit.Sigma },
            Demand = new ScenarioDemand { Incidents = new ScenarioContent(Log: "replay") },
            Grades = [new ScenarioGrade { Code = Grade, TargetMinutes = 6, Scene = new ScenarioDuration("lognormal", options.EngagedMinutes, 0.7) }],
            CommandUnits = [new ScenarioCommandUnit("all", "All", codes)],
            DespatchGroups = [new ScenarioDespatchGroup { Code = "all", Name = "All", Boroughs = codes }],
            Shifts = [new ScenarioShift("all", new TimeOnly(0, 0), 1440)],
            ParadeSites = [.. stations.Select((station, index) => new ScenarioParadeSite(Site(index), station.Name, station.Zone))],
            Crews = [.. stations.Select((station, index) => new ScenarioCrews(Site(index), boroughOf[station.Zone], "all", station.Units))],
            Policy = new ScenarioPolicy { Mode = "force-wide", WhenFree = "base" },
        };
    }

    private static string Site(int index) => string.Create(CultureInfo.InvariantCulture, $"S{index + 1:000}");

    private static double Seconds(LoggedIncident incident) => (incident.Arrived!.Value - incident.Created).TotalSeconds;

    private static ReplayedArea Compare(RunResult result, string level, string code, string name, List<LoggedIncident> seen)
    {
        var seconds = seen.Select(Seconds).Order().ToList();
        var replayed = result.Areas.First(area => area.Level == level && area.Code == code).Grades[0];
        return new ReplayedArea(
            code, name, seconds.Count, Quantile(seconds, 0.5), 60 * (replayed.MedianMinutes.Value ?? double.NaN), seconds.Average(), 60 * (replayed.MeanMinutes.Value ?? double.NaN),
            Quantile(seconds, 0.9), 60 * (replayed.P90Minutes.Value ?? double.NaN));
    }

    private static double Quantile(List<double> sorted, double share)
    {
        var at = share * (sorted.Count - 1);
        var low = (int)at;
        return low + 1 < sorted.Count ? sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }

    private sealed class Content(ContentMatrix matrix, ContentIncidents incidents) : IScenarioContent
    {
        public Outcome<ContentMatrix> Matrix(ScenarioContent reference) => matrix;

        public Outcome<ContentSurface> Surface(ScenarioContent reference) => new Problem("A replay has no demand surface");

        public Outcome<ContentIncidents> Incidents(ScenarioContent reference) => incidents;
    }
}
