using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Designs;

/// <summary>What of a design is simulated, and against which demand.</summary>
public sealed record ScenarioOptions
{
    /// <summary>Days counted, after the warm-up.</summary>
    public int Days { get; init; } = 28;

    /// <summary>Days simulated before counting starts.</summary>
    public int WarmUpDays { get; init; } = 7;

    /// <summary>Multiplies every arrival rate of the pack.</summary>
    public double DemandMultiplier { get; init; } = 1;

    /// <summary>Boroughs to simulate; empty for the whole force. Widened to whole response units and despatch groups.</summary>
    public IReadOnlyList<string> StudyArea { get; init; } = [];

    /// <summary>Hours out of the ordinary. In a part of the force, those that touch none of it are left out.</summary>
    public IReadOnlyList<ScenarioEvent> Events { get; init; } = [];
}

/// <summary>
/// Writes a design out as a scenario file: complete, with the matrix and the demand surface referenced as content of the
/// pack, held by the pack's hash.
/// </summary>
public static class ScenarioWriter
{
    internal static readonly string[] GradeCodes = ["I", "S", "E"];
    internal static readonly string[] UnitCounts = ["one", "two", "three"];

    /// <summary>
    /// The scenario of a design. Refused with every problem of <see cref="DesignRules"/>, and where the options make no sense.
    /// </summary>
    public static Outcome<ScenarioFile> Write(Design design, ForcePack pack, ScenarioOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(pack);
        var chosen = options ?? new ScenarioOptions();
        List<Problem> problems = [.. DesignRules.Check(design, pack).Problems, .. Check(design, pack, chosen)];
        if (problems.Count > 0)
        {
            return problems;
        }

        var area = Area(design, pack, chosen.StudyArea);
        var response = design.Functions.First(grouping => grouping.Function == Functions.Response);
        var crews = design.Crews.Where(line => area.Contains(line.Borough)).ToList();
        var sites = crews.Select(line => line.ParadeSite).ToHashSet(StringComparer.Ordinal);
        foreach (var stranger in pack.ParadeSites.Where(site => sites.Contains(site.Code) && !area.Contains(site.Borough)))
        {
            problems.Add(new Problem(
                $"{stranger.Name} lies outside the boroughs simulated", Field: "crews", Found: stranger.Borough,
                Accepted: "parade sites inside the boroughs simulated"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var density = pack.Boroughs.ToDictionary(borough => borough.Code, borough => borough.Density, StringComparer.Ordinal);
        double Take(string key) => Value(design, pack, key);
        double Own(string key, string borough) => Value(design, pack, key, borough);

        return new ScenarioFile
        {
            Schema = ScenarioFile.CurrentSchema,
            Name = design.Name,
            Description = design.Purpose.Length == 0 ? null : design.Purpose,
            Start = FirstMonday(design.Dated),
            Days = chosen.Days,
            WarmUpDays = chosen.WarmUpDays,
            Boroughs = [.. pack.Boroughs.Where(borough => area.Contains(borough.Code)).Select(borough => new ScenarioBorough(borough.Code, borough.Name))],
            Zones = [.. pack.Zones.Where(zone => area.Contains(zone.Borough)).Select(zone => new ScenarioZone(zone.Code, zone.Borough, zone.AreaKm2, density[zone.Borough]))],
            Travel = new ScenarioTravel
            {
                Matrix = new ScenarioContent(Pack: pack.Manifest.Name, Sha256: pack.Sha256),
                Profiles = [.. GradeCodes.Select(grade => Profile(grade, Take))],
                Sigma = Take("travel.sigma"),
            },
            Demand = new ScenarioDemand
            {
                Surface = new ScenarioContent(Pack: pack.Manifest.Name, Sha256: pack.Sha256),
                Multiplier = chosen.DemandMultiplier,
            },
            Grades = [.. GradeCodes.Select(grade => Grade(grade, Take))],
            GradesIn = GradesIn(design, pack, area, Take),
            CommandUnits = [.. response.Units.Where(unit => unit.Boroughs.Any(area.Contains)).Select(unit => new ScenarioCommandUnit(unit.Code, unit.Name, unit.Boroughs))],
            DespatchGroups = [.. design.DespatchGroups.Where(group => group.Boroughs.Any(area.Contains)).Select(group => DespatchGroup(group, Take))],
            Shifts = [.. pack.Resources.Shifts.Select(shift => new ScenarioShift(shift.Code, shift.Start, shift.Minutes, shift.BriefingMinutes, shift.MealMinutes))],
            Teams = new ScenarioTeams(pack.Resources.Teams.Names, pack.Resources.Teams.Cycle, pack.Resources.Teams.CycleStart),
            ParadeSites = [.. pack.ParadeSites.Where(site => sites.Contains(site.Code)).Select(site => new ScenarioParadeSite(site.Code, site.Name, site.Zone, design.SharedVehicles.TryGetValue(site.Code, out var shared) ? shared : null))],
            Crews = [.. crews
                .OrderBy(line => line.Borough, StringComparer.Ordinal).ThenBy(line => line.ParadeSite, StringComparer.Ordinal).ThenBy(line => line.Shift, StringComparer.Ordinal)
                .Select(line => new ScenarioCrews(line.ParadeSite, line.Borough, line.Shift, line.Crews, design.SharedVehicles.ContainsKey(line.ParadeSite) ? null : line.Vehicles, Own("crews.absence.share", line.Borough), Own("crews.abstraction.share", line.Borough), Own("crews.doubleCrewed.share", line.Borough)))],
            Policy = Policy(design.Policy),
            InspectorAreas = InspectorAreas(design, pack, response, area, Take),
            Events = [.. chosen.Events.Where(happening => happening.Boroughs.Count == 0 || happening.Boroughs.Any(area.Contains))
                .Select(happening => happening with { Boroughs = [.. happening.Boroughs.Where(area.Contains)] })],
            Duties = new ScenarioDuties(Guards(pack, response, area, Take("guard.unitsPerBorough")), Take("cases.openDays") is > 0 and var open ? open : null),
        };
    }

    /// <summary>The value of an assumption in a design: its own, the pack's, the neutral one, or NaN where nobody states one.</summary>
    public static double Value(Design design, ForcePack pack, string key)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(pack);
        return design.Changed.TryGetValue(key, out var changed)
            ? changed
            : pack.Assumptions.FirstOrDefault(assumption => assumption.Key == key)?.Value ?? AssumptionKeys.Find(key)?.Neutral ?? double.NaN;
    }

    /// <summary>The value of an assumption in one borough: its own there, or the whole force's.</summary>
    public static double Value(Design design, ForcePack pack, string key, string borough)
    {
        ArgumentNullException.ThrowIfNull(design);
        return design.Changed.TryGetValue(AssumptionKeys.In(key, borough), out var own) ? own : Value(design, pack, key);
    }

    /// <summary>The boroughs simulated: those asked for, widened until no response unit and no despatch group is cut in two.</summary>
    public static IReadOnlySet<string> Area(Design design, ForcePack pack, IReadOnlyList<string> asked)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(asked);
        if (asked.Count == 0)
        {
            return pack.Boroughs.Where(borough => borough.InForce).Select(borough => borough.Code).ToHashSet(StringComparer.Ordinal);
        }

        var area = asked.ToHashSet(StringComparer.Ordinal);
        List<IReadOnlyList<string>> wholes =
        [
            .. design.Functions.Where(grouping => grouping.Function == Functions.Response).SelectMany(grouping => grouping.Units).Select(unit => unit.Boroughs),
            .. design.DespatchGroups.Select(group => group.Boroughs),
        ];
        for (var before = -1; before != area.Count;)
        {
            before = area.Count;
            foreach (var whole in wholes.Where(whole => whole.Any(area.Contains)))
            {
                area.UnionWith(whole);
            }
        }

        return area;
    }

    /// <summary>The first Monday on or after a date: runs start there, so that two designs of different dates meet the same weeks.</summary>
    public static DateOnly FirstMonday(DateOnly date) => date.AddDays((8 - (int)date.DayOfWeek) % 7);

    internal static Problem? CheckDemand(double multiplier) => double.IsFinite(multiplier) && multiplier is >= 0.05 and <= 5
        ? null
        : new Problem("The demand multiplier is out of bounds", Field: "demandMultiplier", Found: Text(multiplier), Accepted: "0.05 to 5");

    private static IEnumerable<Problem> Check(Design design, ForcePack pack, ScenarioOptions options)
    {
        if (options.Days is < 1 or > 366)
        {
            yield return new Problem("The counted days are out of bounds", Field: "days", Found: Text(options.Days), Accepted: "1 to 366");
        }

        if (options.WarmUpDays is < 0 or > 60)
        {
            yield return new Problem("The warm-up is out of bounds", Field: "warmUpDays", Found: Text(options.WarmUpDays), Accepted: "0 to 60");
        }

        if (CheckDemand(options.DemandMultiplier) is { } demand)
        {
            yield return demand;
        }

        foreach (var stranger in options.StudyArea.Where(code => pack.Boroughs.All(borough => borough.Code != code || !borough.InForce)))
        {
            yield return new Problem("The study area names a borough that is not in the force", Field: "studyArea", Found: stranger, Accepted: "codes of boroughs of the force");
        }

        foreach (var happening in options.Events)
        {
            foreach (var stranger in happening.Boroughs.Where(code => pack.Boroughs.All(borough => borough.Code != code || !borough.InForce)))
            {
                yield return new Problem($"{happening.Name}: a borough that is not in the force", Field: "events", Found: stranger, Accepted: "codes of boroughs of the force");
            }
        }

        if (options.StudyArea.Count > 0 && (design.Policy.Mode == "force-wide" || design.Policy.ForceAfterMinutesI is not null || design.Policy.ForceAfterMinutesS is not null))
        {
            yield return new Problem(
                "A policy that asks any unit of the force cannot be simulated on a part of the force", Field: "studyArea", Found: design.Policy.Mode, Accepted: "the whole force");
        }
    }

    private static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ScenarioTravelProfile Profile(string grade, Func<string, double> take)
    {
        var night = take("travel.night.factor");
        var peak = take("travel.peak.factor");
        return new ScenarioTravelProfile(
            grade,
            take($"travel.{grade}.interceptSeconds"),
            new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                ["inner"] = take($"travel.{grade}.secondsPerKm.inner"),
                ["outer"] = take($"travel.{grade}.secondsPerKm.outer"),
            },
            [.. Enumerable.Range(0, 24).Select(hour => hour < 6 ? night : hour is >= 16 and < 19 ? peak : 1)]);
    }

    private static ScenarioGrade Grade(string grade, Func<string, double> take)
    {
        // Appointments are kept by arrangement: their target is measured, but no share of them is promised.
        var promised = grade != "E";
        var byTelephone = grade != "I";
        return new ScenarioGrade
        {
            Code = grade,
            TargetMinutes = take($"target.{grade}.minutes"),
            TargetShare = promised ? take($"target.{grade}.share") : null,
            Scene = Spread(take($"scene.{grade}.meanMinutes"), take("scene.logSigma")),
            UnitsNeeded = [.. UnitCounts.Select(units => take($"units.{grade}.{units}"))],
            ArrestProbability = take($"arrest.{grade}.probability"),
            Custody = Spread(take("custody.meanMinutes"), take("custody.logSigma")),
            TelephoneShare = byTelephone ? take("telephone.share") : 0,
            PassBackShare = byTelephone ? take("passback.share") : 0,
            PassBackAfterMinutes = take("passback.afterMinutes"),
            CrimeShare = take("casework.crimeShare"),
            EndToEndShare = take("endToEnd.share"),
            CaseWork = Spread(take("casework.minutes"), take("casework.logSigma")),
            PreEmpts = grade == "I",
            VulnerableShare = byTelephone ? take("telephone.vulnerable.share") : 0,
            DecisionShare = promised ? take($"inspector.{grade}.share") : 0,
            SupportShare = take($"support.{grade}.share"),
        };
    }

    private static IReadOnlyList<ScenarioGradesIn>? GradesIn(Design design, ForcePack pack, IReadOnlySet<string> area, Func<string, double> take)
    {
        var apart = pack.Boroughs.Select(borough => borough.Code).Where(area.Contains)
            .Select(borough => (Borough: borough, Grades: GradeCodes
                .Select(grade => ScenarioGradeIn.Between(Grade(grade, take), Grade(grade, key => Value(design, pack, key, borough)))).OfType<ScenarioGradeIn>().ToList()))
            .Where(own => own.Grades.Count > 0)
            .GroupBy(own => ScenarioJson.Sha256(own.Grades), StringComparer.Ordinal)
            .Select(alike => new ScenarioGradesIn { Boroughs = [.. alike.Select(own => own.Borough)], Grades = alike.First().Grades })
            .ToList();
        return apart.Count > 0 ? apart : null;
    }

    // An appointment is treated as a significant call: it may wait as long, and nobody asks the whole force for it.
    private static ScenarioPolicy Policy(DesignPolicy policy)
    {
        var force = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (policy.ForceAfterMinutesI is { } immediate)
        {
            force["I"] = immediate;
        }

        if (policy.ForceAfterMinutesS is { } significant)
        {
            force["S"] = significant;
        }

        return new ScenarioPolicy
        {
            Mode = policy.Mode,
            WidenAfterMinutes = new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                ["E"] = policy.WidenAfterMinutesS,
                ["I"] = policy.WidenAfterMinutesI,
                ["S"] = policy.WidenAfterMinutesS,
            },
            WhenFree = policy.WhenFree,
            PatrolMinutes = policy.PatrolMinutes,
            ForceAfterMinutes = force.Count > 0 ? force : null,
            KeepFree = policy.KeepFreeI > 0 || policy.KeepFreeS > 0
                ? new SortedDictionary<string, int>(StringComparer.Ordinal) { ["E"] = policy.KeepFreeS, ["I"] = policy.KeepFreeI, ["S"] = policy.KeepFreeS }
                : null,
            StartOfShift = policy.StartOfShift,
            Queue = policy.Queue == "age" ? null : policy.Queue,
        };
    }

    private static IReadOnlyList<ScenarioInspectorArea> InspectorAreas(Design design, ForcePack pack, FunctionGrouping response, IReadOnlySet<string> area, Func<string, double> take)
    {
        if (area.All(borough => Value(design, pack, "inspector.I.share", borough) <= 0 && Value(design, pack, "inspector.S.share", borough) <= 0))
        {
            return [];
        }

        var (onDuty, decision) = ((int)Math.Round(take("inspector.onDuty")), Spread(take("inspector.minutes"), take("inspector.logSigma")));
        return design.Policy.InspectorSpan == "command-unit"
            ? [.. response.Units.Where(unit => unit.Boroughs.Any(area.Contains)).Select(unit => new ScenarioInspectorArea(unit.Code, unit.Name, unit.Boroughs, onDuty, decision))]
            : [.. pack.Boroughs.Where(borough => area.Contains(borough.Code)).Select(borough => new ScenarioInspectorArea(borough.Code, borough.Name, [borough.Code], onDuty, decision))];
    }

    private static ScenarioDespatchGroup DespatchGroup(DesignDespatchGroup group, Func<string, double> take) => new()
    {
        Code = group.Code,
        Name = group.Name,
        Boroughs = group.Boroughs,
        Controllers = group.Controllers,
        Handling = new SortedDictionary<string, ScenarioDuration>(
            GradeCodes.ToDictionary(grade => grade, grade => Spread(take($"controllers.handlingMinutes.{grade}"), take("controllers.logSigma")), StringComparer.Ordinal),
            StringComparer.Ordinal),
        Channels = group.Channels,
        DespatchAirTime = Spread(take("channel.despatchAirSeconds") / 60, 0),
        StatusAirTime = Spread(take("channel.statusAirSeconds") / 60, 0),
    };

    private static ScenarioDuration Spread(double meanMinutes, double logSigma) =>
        logSigma > 0 ? new ScenarioDuration("lognormal", meanMinutes, logSigma) : new ScenarioDuration("deterministic", meanMinutes);

    // Guards belong to boroughs, so that merging units moves no guard and saves none: each borough gets the whole part of
    // the average, and the boroughs with most incidents get one more until the force's total is reached.
    private static SortedDictionary<string, int> Guards(ForcePack pack, FunctionGrouping response, IReadOnlySet<string> area, double perBorough)
    {
        var boroughs = pack.Boroughs.Where(borough => borough.InForce).Select(borough => borough.Code).ToList();
        var busy = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var zone = 0; zone < pack.Zones.Count; zone++)
        {
            var sum = 0.0;
            for (var grade = 0; grade < pack.Demand.Grades.Count; grade++)
            {
                for (var hour = 0; hour < 168; hour++)
                {
                    sum += pack.Demand.At(grade, zone, hour);
                }
            }

            busy[pack.Zones[zone].Borough] = busy.GetValueOrDefault(pack.Zones[zone].Borough) + sum;
        }

        var each = (int)Math.Floor(perBorough);
        var more = (int)Math.Round((perBorough - each) * boroughs.Count, MidpointRounding.AwayFromZero);
        var guards = boroughs.ToDictionary(borough => borough, _ => each, StringComparer.Ordinal);
        foreach (var borough in boroughs.OrderByDescending(borough => busy.GetValueOrDefault(borough)).ThenBy(borough => borough, StringComparer.Ordinal).Take(more))
        {
            guards[borough]++;
        }

        var byUnit = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var unit in response.Units.Where(unit => unit.Boroughs.Any(area.Contains)))
        {
            byUnit[unit.Code] = unit.Boroughs.Sum(borough => guards.GetValueOrDefault(borough));
        }

        return byUnit;
    }
}
