using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Pathfinder.Engine.Geography;
using Pathfinder.Engine.Numerics;
using Pathfinder.Engine.Response;
using Pathfinder.Engine.Travel;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Scenarios;

/// <summary>
/// The only translator from named things to the engine's arrays. Everything that can be wrong with a scenario is found before
/// anything is built, and all of it is told at once.
/// </summary>
public static class ScenarioCompiler
{
    private const int DrainSeconds = 86400;

    // Distributions of one shape share its table, which then stays in the processor's nearest memory.
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<double, QuantileTable> Shapes = new();

    /// <summary>
    /// Compiles a scenario. Refused with every problem found: <see cref="ScenarioChecks"/> on the file itself, then what its
    /// matrix and demand lack. <paramref name="name"/> is the file that problems name.
    /// </summary>
    public static Outcome<CompiledScenario> Compile(ScenarioFile scenario, IScenarioContent content, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(content);
        var problems = ScenarioChecks.Check(scenario, name);
        var metres = Metres(scenario, content, name, problems, out var matrixSha);
        var notes = new List<string>();
        var rates = Rates(scenario, content, name, problems, out var demandSha);
        var log = Log(scenario, content, name, problems, notes, ref demandSha);
        if (problems.Count > 0)
        {
            return problems;
        }

        var names = ScenarioNames.Of(scenario);
        var world = new World(
            new DistanceMatrix(metres, [.. scenario.Zones.Select(z => z.AreaKm2)]), ScenarioArrivals.Of(scenario, rates), log,
            [.. ScenarioPhases.Spans(scenario)], Aid(scenario), ScenarioKinds.Of(scenario));
        var phases = Enumerable.Range(0, scenario.Phases.Count + 1)
            .Select(phase => Build(ScenarioPhases.Of(scenario, phase), names, world, StandingShifts(scenario))).ToArray();
        var engine = phases[0] with { Later = [.. phases.Skip(1).Select((rules, p) => new Phase(ScenarioPhases.From(scenario, p + 1), rules))] };
        var text = $"{ScenarioJson.Sha256(scenario)}\n{matrixSha}\n{demandSha}\n";
        return new CompiledScenario(
            scenario, engine, names, [.. scenario.Teams?.Names ?? scenario.Shifts.Select(s => s.Code)], notes,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), IncidentsSha(scenario, rates, log is null ? null : demandSha));
    }

    // What is the same in every phase.
    private sealed record World(DistanceMatrix Distances, ArrivalTable Arrivals, IncidentLog? Log, ScenarioSpan[] Spans, AidCall[] Aid, ScenarioKinds Kinds);

    private static Scenario Build(ScenarioFile scenario, ScenarioNames names, World world, bool[] standing)
    {
        var boroughs = Index(scenario.Boroughs.Select(b => b.Code));
        var zones = Index(scenario.Zones.Select(z => z.Code));
        var shifts = Index(scenario.Shifts.Select(s => s.Code));
        var sites = scenario.ParadeSites.ToDictionary(s => s.Code, s => zones[s.Zone], StringComparer.Ordinal);
        var groups = scenario.DespatchGroups.ToDictionary(g => g.Code, StringComparer.Ordinal);
        var crews = scenario.Crews.ToDictionary(c => (c.ParadeSite, c.Borough, c.Shift));
        var siteOf = Index(scenario.ParadeSites.Select(p => p.Code));
        var inspectors = scenario.InspectorAreas.ToDictionary(a => a.Code, StringComparer.Ordinal);
        int Site(string code) => scenario.ParadeSites[siteOf[code]].Vehicles is null ? -1 : siteOf[code];
        var spans = world.Spans.SelectMany((span, s) => Enumerable.Repeat(s, span.Days)).ToArray();
        return new Scenario
        {
            WarmUpSeconds = scenario.WarmUpDays * 86400,
            CountedSeconds = scenario.Days * 86400,
            DrainSeconds = DrainSeconds,
            StartHourOfWeek = (((int)scenario.Start.DayOfWeek + 6) % 7) * 24,
            Arrivals = world.Arrivals,
            Log = world.Log,
            Distances = world.Distances,
            Travel = Travel(scenario),
            Series = world.Spans.Length,
            SeriesOfDay = [.. Enumerable.Repeat(0, scenario.WarmUpDays), .. spans],
            ZoneBorough = [.. scenario.Zones.Select(z => boroughs[z.Borough])],
            BoroughUnit = Owner(scenario.Boroughs, names.CommandUnits.Select(u => u.Code), scenario.CommandUnits.ToDictionary(u => u.Code, u => u.Boroughs, StringComparer.Ordinal)),
            BoroughGroup = Owner(scenario.Boroughs, names.DespatchGroups.Select(g => g.Code), scenario.DespatchGroups.ToDictionary(g => g.Code, g => g.Boroughs, StringComparer.Ordinal)),
            GuardUnits = [.. names.CommandUnits.Select(u => scenario.Duties.GuardUnitsPerShift?.GetValueOrDefault(u.Code) ?? 0)],
            Grades = [.. scenario.Grades.Select(g => Grade(g, scenario.Policy))],
            Kinds = world.Kinds.Of(scenario, g => Grade(g, scenario.Policy)),
            Groups = [.. names.DespatchGroups.Select(g => Group(groups.GetValueOrDefault(g.Code), scenario.Grades))],
            Shifts = [.. scenario.Shifts.Select((s, i) => Shift(scenario, s, i, standing[i]))],
            Teams = scenario.Teams?.Names.Count ?? scenario.Shifts.Count,
            Crews =
            [
                .. names.Crews.Select(row => crews.TryGetValue(row, out var c)
                    ? new CrewRules(sites[c.ParadeSite], boroughs[c.Borough], shifts[c.Shift], c.Crews, c.Vehicles ?? int.MaxValue, c.AbsenceShare)
                    {
                        AbstractionShare = c.AbstractionShare,
                        SingleShare = 1 - c.DoubleCrewedShare,
                        Site = Site(c.ParadeSite),
                        PatrolZones = [.. (c.PatrolZones ?? []).Select(z => zones[z])],
                    }
                    : new CrewRules(sites[row.Site], boroughs[row.Borough], shifts[row.Shift], 0, 0, 0) { Site = Site(row.Site) }),
            ],
            SiteVehicles = [.. scenario.ParadeSites.Select(p => p.Vehicles ?? 0)],
            Inspectors = [.. names.InspectorAreas.Select(a => inspectors.TryGetValue(a.Code, out var area)
                ? new InspectorRules(area.Inspectors, Duration(area.Decision)) : new InspectorRules(0, Engine.Response.Duration.None))],
            BoroughInspectors = Owner(scenario.Boroughs, names.InspectorAreas.Select(a => a.Code), inspectors.ToDictionary(a => a.Key, a => a.Value.Boroughs, StringComparer.Ordinal)),
            BackUpOrder = BackUpOrder(scenario, names),
            PatrolSeconds = Seconds(scenario.Policy.PatrolMinutes),
            FirstUnitFirst = scenario.Policy.Queue == "first-unit-first",
            TravelsToStart = scenario.Policy.StartOfShift == "travel-first",
            Aid = world.Aid,
            Mode = (DespatchMode)Array.IndexOf(ScenarioWords.Modes, scenario.Policy.Mode),
            WhenFree = (WhenFree)Array.IndexOf(ScenarioWords.WhenFree, scenario.Policy.WhenFree),
        };
    }

    private static AidCall[] Aid(ScenarioFile scenario) =>
    [
        .. from happening in scenario.Events
           where happening.AidShare > 0
           let start = ScenarioArrivals.Hour(scenario, happening) * 3600
           from borough in scenario.Boroughs.Select((b, i) => (b.Code, Index: i))
           where happening.Boroughs.Count == 0 || happening.Boroughs.Contains(borough.Code)
           select new AidCall(start, start + (happening.Hours * 3600), borough.Index, happening.AidShare),
    ];

    private static int[][] BackUpOrder(ScenarioFile scenario, ScenarioNames names) => scenario.Policy.BackUpOrder is not { } order ? [] :
    [
        .. scenario.Zones.Select(zone => order.GetValueOrDefault(zone.Code, [])
            .SelectMany(site => names.Crews.Select((row, r) => (row.Site, Row: r)).Where(row => row.Site == site).Select(row => row.Row)).ToArray()),
    ];

    // A shift whose crews are always there, and never other ones.
    private static bool[] StandingShifts(ScenarioFile scenario) =>
    [
        .. scenario.Shifts.Select(shift => scenario.Teams is null && shift is { Minutes: 1440, BriefingMinutes: 0, MealMinutes: 0 }
            && scenario.Crews.All(c => c.Shift != shift.Code || c.AbsenceShare == 0) && scenario.Phases.All(p => p.Crews is null)),
    ];

    private static GradeRules Grade(ScenarioGrade grade, ScenarioPolicy policy)
    {
        var cumulative = new double[grade.UnitsNeeded.Count];
        double sum = 0;
        for (var i = 0; i < cumulative.Length; i++)
        {
            sum += grade.UnitsNeeded[i];
            cumulative[i] = i == cumulative.Length - 1 ? 1 : sum;
        }

        return new GradeRules
        {
            TargetSeconds = grade.TargetMinutes is { } minutes ? (int)((minutes * 60) + 1e-6) : -1,
            Scene = Duration(grade.Scene),
            UnitsNeeded = cumulative,
            ArrestProbability = grade.ArrestProbability,
            Custody = Duration(grade.Custody),
            TelephoneShare = grade.TelephoneShare,
            PassBackShare = grade.PassBackShare,
            PassBackAfterSeconds = Seconds(grade.PassBackAfterMinutes),
            CaseWorkProbability = grade.CrimeShare * grade.EndToEndShare,
            CaseWork = Duration(grade.CaseWork),
            PreEmpts = grade.PreEmpts,
            Interruptible = grade.Interruptible,
            Lost = grade.WhenNoneFree == "lost",
            VulnerableShare = grade.VulnerableShare,
            DecisionShare = grade.DecisionShare,
            SupportShare = grade.SupportShare,
            KeepFree = policy.KeepFree?.GetValueOrDefault(grade.Code) ?? 0,
            ForceAfterSeconds = policy.ForceAfterMinutes is { } force && force.TryGetValue(grade.Code, out var forceAfter) ? Seconds(forceAfter) : -1,
            WidenAfterSeconds = policy.WidenAfterMinutes is { } widen && widen.TryGetValue(grade.Code, out var after) ? Seconds(after) : -1,
        };
    }

    // A group that a phase has not is nobody's: it has no boroughs, and takes no time.
    private static GroupRules Group(ScenarioDespatchGroup? group, IReadOnlyList<ScenarioGrade> grades) => new(
        group?.Controllers ?? 0,
        [.. grades.Select(g => Duration(group?.Handling?.GetValueOrDefault(g.Code)))],
        group?.Channels ?? 0,
        Duration(group?.DespatchAirTime),
        Duration(group?.StatusAirTime));

    private static ShiftRules Shift(ScenarioFile scenario, ScenarioShift shift, int index, bool standing)
    {
        return new ShiftRules(
            (shift.Start.Hour * 3600) + (shift.Start.Minute * 60) + shift.Start.Second, shift.Minutes * 60, shift.BriefingMinutes * 60,
            shift.MealMinutes * 60, scenario.Teams is { } teams ? TeamOfDay(teams, shift.Code, scenario.Start) : [index], standing);
    }

    /// <summary>The team on each day of the cycle, day 0 being the scenario's first: team k stands k × (days / teams) entries behind the first.</summary>
    internal static int[] TeamOfDay(ScenarioTeams teams, string shift, DateOnly start)
    {
        var days = teams.Cycle.Count;
        var step = days / teams.Names.Count;
        var offset = start.DayNumber - teams.CycleStart.DayNumber;
        var result = new int[days];
        for (var day = 0; day < days; day++)
        {
            result[day] = -1;
            for (var k = 0; k < teams.Names.Count; k++)
            {
                var entry = (((offset + day - (k * step)) % days) + days) % days;
                if (teams.Cycle[entry] == shift)
                {
                    result[day] = result[day] < 0 ? k : -2;
                }
            }
        }

        return result;
    }

    private static TravelModel Travel(ScenarioFile scenario)
    {
        List<string> densities = [.. scenario.Zones.Select(z => z.Density).Distinct(StringComparer.Ordinal)];
        var grades = scenario.Grades.Count;
        var intercept = new double[grades];
        var slope = new double[grades * densities.Count];
        var hours = scenario.Travel.Profiles.Any(p => p.HourFactors?.Count == 168) ? 168 : 24;
        var factor = new double[grades * hours];
        for (var g = 0; g < grades; g++)
        {
            var profile = scenario.Travel.Profiles.FirstOrDefault(p => p.Grade == scenario.Grades[g].Code) ?? scenario.Travel.Profiles[0];
            intercept[g] = profile.InterceptSeconds;
            for (var d = 0; d < densities.Count; d++)
            {
                slope[(g * densities.Count) + d] = profile.SecondsPerKm[densities[d]] / 1000;
            }

            for (var h = 0; h < hours; h++)
            {
                factor[(g * hours) + h] = profile.HourFactors is { } factors ? factors[h % factors.Count] : 1;
            }
        }

        return new TravelModel(intercept, slope, factor, densities.Count, [.. scenario.Zones.Select(z => (byte)densities.IndexOf(z.Density))], scenario.Travel.Sigma);
    }

    private static double[] Metres(ScenarioFile scenario, IScenarioContent content, string? name, List<Problem> problems, out string sha)
    {
        sha = "";
        var n = scenario.Zones.Count;
        var metres = new double[n * n];
        if (scenario.Travel.Metres is { } rows)
        {
            for (var r = 0; r < Math.Min(rows.Count, n); r++)
            {
                for (var c = 0; c < Math.Min(rows[r].Count, n); c++)
                {
                    metres[(r * n) + c] = rows[r][c];
                }
            }

            return metres;
        }

        if (scenario.Travel.Matrix is not { } reference || !ScenarioChecks.IsReference(reference))
        {
            return metres;
        }

        var found = content.Matrix(reference);
        if (!Accept(found, reference, found.Succeeded ? found.Value.Sha256 : "", "$.travel.matrix", name, problems))
        {
            return metres;
        }

        sha = found.Value.Sha256;
        var at = Index(found.Value.Zones);
        var width = found.Value.Zones.Count;
        var map = new int[n];
        for (var z = 0; z < n; z++)
        {
            if (!at.TryGetValue(scenario.Zones[z].Code, out map[z]))
            {
                problems.Add(new Problem("The matrix has no row for a zone", name, Field: $"$.zones[{z}].code", Found: scenario.Zones[z].Code, Accepted: "a zone of the matrix"));
                map[z] = 0;
            }
        }

        for (var r = 0; r < n; r++)
        {
            for (var c = 0; c < n; c++)
            {
                metres[(r * n) + c] = found.Value.Metres[(map[r] * width) + map[c]];
            }
        }

        return metres;
    }

    private static double[] Rates(ScenarioFile scenario, IScenarioContent content, string? name, List<Problem> problems, out string sha)
    {
        sha = "";
        var zones = Index(scenario.Zones.Select(z => z.Code));
        var grades = Index(scenario.Grades.Select(g => g.Code));
        var cells = scenario.Zones.Count * scenario.Grades.Count;
        var rates = new double[168 * cells];
        foreach (var rate in scenario.Demand.Rates ?? [])
        {
            if (zones.TryGetValue(rate.Zone, out var z) && grades.TryGetValue(rate.Grade, out var g) && rate.PerHour.Count is 1 or 168)
            {
                for (var h = 0; h < 168; h++)
                {
                    rates[(h * cells) + (z * grades.Count) + g] = rate.PerHour[rate.PerHour.Count == 1 ? 0 : h] * scenario.Demand.Multiplier;
                }
            }
        }

        if (scenario.Demand.Surface is not { } reference || !ScenarioChecks.IsReference(reference))
        {
            return rates;
        }

        var found = content.Surface(reference);
        if (!Accept(found, reference, found.Succeeded ? found.Value.Sha256 : "", "$.demand.surface", name, problems))
        {
            return rates;
        }

        sha = found.Value.Sha256;
        var surface = found.Value;
        var at = Index(surface.Zones);
        for (var z = 0; z < scenario.Zones.Count; z++)
        {
            if (!at.TryGetValue(scenario.Zones[z].Code, out var row))
            {
                problems.Add(new Problem("The demand surface has no row for a zone", name, Field: $"$.zones[{z}].code", Found: scenario.Zones[z].Code, Accepted: "a zone of the surface"));
                continue;
            }

            for (var s = 0; s < surface.Grades.Count; s++)
            {
                if (!grades.TryGetValue(surface.Grades[s], out var g))
                {
                    continue;
                }

                for (var h = 0; h < 168; h++)
                {
                    rates[(h * cells) + (z * grades.Count) + g] = surface.PerHour[(((s * surface.Zones.Count) + row) * 168) + h] * scenario.Demand.Multiplier;
                }
            }
        }

        foreach (var missing in surface.Grades.Where(g => !grades.ContainsKey(g)))
        {
            problems.Add(new Problem("The demand surface has a grade that the scenario has not", name, Field: "$.grades", Found: missing, Accepted: "a grade for every grade of the surface"));
        }

        return rates;
    }

    private static IncidentLog? Log(ScenarioFile scenario, IScenarioContent content, string? name, List<Problem> problems, List<string> notes, ref string sha)
    {
        if (scenario.Demand.Incidents is not { } reference || !ScenarioChecks.IsReference(reference))
        {
            return null;
        }

        var found = content.Incidents(reference);
        if (!Accept(found, reference, found.Succeeded ? found.Value.Sha256 : "", "$.demand.incidents", name, problems))
        {
            return null;
        }

        sha = found.Value.Sha256;
        return ScenarioLog.Translate(scenario, found.Value, reference, name, problems, notes);
    }

    private static bool Accept<T>(Outcome<T> found, ScenarioContent reference, string sha, string path, string? name, List<Problem> problems)
    {
        if (!found.Succeeded)
        {
            problems.AddRange(found.Problems.Select(p => p with { File = p.File ?? name, Field = p.File is null ? $"{path}.{p.Field}" : p.Field }));
            return false;
        }

        if (reference.Sha256 is { } expected && !string.Equals(expected, sha, StringComparison.Ordinal))
        {
            problems.Add(new Problem("The content is not the one the scenario was written for", name, Field: $"{path}.sha256", Found: sha, Accepted: expected));
            return false;
        }

        return true;
    }

    private static string IncidentsSha(ScenarioFile scenario, double[] rates, string? logSha)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{scenario.Start:O}\n{scenario.Days}\n{scenario.WarmUpDays}\n{string.Join('\t', scenario.Zones.Select(z => z.Code))}\n{string.Join('\t', scenario.Grades.Select(g => g.Code))}\n");
        hash.AppendData(Encoding.UTF8.GetBytes(head));
        if (logSha is not null)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(logSha));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        foreach (var happening in scenario.Events.Where(e => e.DemandMultiplier != 1 || e.Extra.Count > 0))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(ScenarioJson.Sha256(happening with { Name = "", AidShare = 0 })));
        }

        foreach (var phase in scenario.Phases.Where(p => p.DemandMultiplier is not null))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{phase.From:O}\t{phase.DemandMultiplier:R}\n")));
        }

        Span<byte> eight = stackalloc byte[8];
        foreach (var rate in rates)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(eight, rate);
            hash.AppendData(eight);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Duration Duration(ScenarioDuration? duration) => duration?.Kind switch
    {
        "deterministic" => Engine.Response.Duration.Deterministic(duration.MeanMinutes * 60),
        "exponential" => Engine.Response.Duration.Exponential(duration.MeanMinutes * 60),
        "lognormal" => Engine.Response.Duration.Lognormal(duration.MeanMinutes * 60, duration.LogSigma, Shapes.GetOrAdd(duration.LogSigma, QuantileTable.Lognormal)),
        "hyperexponential" => Engine.Response.Duration.Hyperexponential(duration.MeanMinutes * 60, duration.SquaredVariation),
        _ => Engine.Response.Duration.None,
    };

    private static int Seconds(double minutes) => (int)((minutes * 60) + 0.5);

    private static int[] Owner(IReadOnlyList<ScenarioBorough> boroughs, IEnumerable<string> owners, Dictionary<string, IReadOnlyList<string>> members)
    {
        var owner = new int[boroughs.Count];
        var at = Index(boroughs.Select(b => b.Code));
        foreach (var (code, index) in owners.Select((c, i) => (c, i)))
        {
            foreach (var borough in members.GetValueOrDefault(code) ?? [])
            {
                owner[at[borough]] = index;
            }
        }

        return owner;
    }

    /// <summary>Where each code stands; of a code that stands twice, the first (another check tells of it).</summary>
    private static Dictionary<string, int> Index(IEnumerable<string> codes)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var at = 0;
        foreach (var code in codes)
        {
            index.TryAdd(code, at++);
        }

        return index;
    }
}
