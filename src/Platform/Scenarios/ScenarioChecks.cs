using System.Globalization;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Scenarios;

/// <summary>Everything that can be wrong with a scenario file whose shape is right, apart from the content it only names.</summary>
internal sealed partial class ScenarioChecks
{
    private const double LongestMinutes = BoundsAttribute.LongestMinutes;
    private readonly List<Problem> _problems = [];
    private readonly ScenarioFile _scenario;
    private readonly string? _name;

    private ScenarioChecks(ScenarioFile scenario, string? name)
    {
        _scenario = scenario;
        _name = name;
    }

    /// <summary>Every problem, in the order of the file.</summary>
    public static List<Problem> Check(ScenarioFile scenario, string? name)
    {
        var checks = new ScenarioChecks(scenario, name);
        checks.Window();
        checks.Places();
        checks.Travel();
        checks.Demand();
        checks.Grades();
        checks.GradesIn();
        checks.Groupings();
        checks.Shifts();
        checks.Crews();
        checks.Policy();
        checks.Inspectors();
        checks.Events();
        checks.Phases();
        return checks._problems;
    }

    /// <summary>Whether a reference names exactly one file, pack or log.</summary>
    public static bool IsReference(ScenarioContent reference) =>
        (reference.File is null ? 0 : 1) + (reference.Pack is null ? 0 : 1) + (reference.Log is null ? 0 : 1) == 1;

    // A phase is checked as the scenario that holds from its day on, once the first holds together.
    private void Phases()
    {
        if (_problems.Count > 0)
        {
            return;
        }

        var end = _scenario.Start.AddDays(_scenario.WarmUpDays + _scenario.Days);
        foreach (var (day, i) in Each(_scenario.SplitOn))
        {
            if (day <= _scenario.Start || day >= end)
            {
                Add("Figures cannot begin anew outside the run", $"$.splitOn[{i}]", Text(day), $"{Text(_scenario.Start.AddDays(1))} to {Text(end.AddDays(-1))}");
            }
        }

        var after = _scenario.Start;
        foreach (var (phase, i) in Each(_scenario.Phases))
        {
            var at = $"$.phases[{i}]";
            if (phase.From <= after || phase.From >= end)
            {
                Add("A phase does not begin inside the run, after the one before it", $"{at}.from", Text(phase.From), $"{Text(after.AddDays(1))} to {Text(end.AddDays(-1))}");
            }

            after = phase.From > after ? phase.From : after;
            Between($"{at}.demandMultiplier", phase.DemandMultiplier ?? 1, 0, 1000);
            if (phase.DemandMultiplier is not null && _scenario.Demand.Incidents is not null)
            {
                Add("A log is replayed as it is", $"{at}.demandMultiplier", Text(phase.DemandMultiplier.Value), "none, with a log");
            }

            var checks = new ScenarioChecks(ScenarioPhases.Of(_scenario, i + 1), _name);
            checks.Speeds();
            checks.Grades();
            checks.GradesIn();
            checks.Groupings();
            checks.Crews();
            checks.Policy();
            checks.Inspectors();
            _problems.AddRange(checks._problems.Select(p => p with { Field = p.Field is { } field ? at + field[1..] : at }));
            if (phase.Travel is not null && !Moves(_scenario.Travel.Profiles) && Moves(phase.Travel.Profiles))
            {
                Add("A scenario in which no journey takes time cannot take up travel in a phase", $"{at}.travel", null, "profiles of the scenario that take time");
            }

            if (phase.Grades is { } grades && !grades.Select(g => g.Code).SequenceEqual(_scenario.Grades.Select(g => g.Code)))
            {
                Add("The grades of a phase are not those of the scenario", $"{at}.grades", string.Join(", ", grades.Select(g => g.Code)), string.Join(", ", _scenario.Grades.Select(g => g.Code)));
            }

            TypesStay(i);
        }
    }

    private static bool Moves(IEnumerable<ScenarioTravelProfile> profiles) => profiles.Any(profile => profile.InterceptSeconds > 0 || profile.SecondsPerKm.Values.Any(slope => slope > 0));

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private void Window()
    {
        if (_scenario.Schema != ScenarioFile.CurrentSchema)
        {
            Add("The file is of another format", "$.schema", _scenario.Schema, ScenarioFile.CurrentSchema);
        }

        Between("$.days", _scenario.Days, 1, 20_000);
        Between("$.warmUpDays", _scenario.WarmUpDays, 0, 2_000);
        Between("$.duties.caseOpenDays", _scenario.Duties.CaseOpenDays ?? 0, 0, 2_000);
    }

    private void Places()
    {
        Unique("$.boroughs", _scenario.Boroughs.Select(b => b.Code), needed: true);
        Unique("$.zones", _scenario.Zones.Select(z => z.Code), needed: true);
        foreach (var (zone, i) in Each(_scenario.Zones))
        {
            Known($"$.zones[{i}].borough", zone.Borough, _scenario.Boroughs.Select(b => b.Code), "a borough of the scenario");
            Between($"$.zones[{i}].areaKm2", zone.AreaKm2, 0, 1e6);
        }

        if (_scenario.Zones.Select(z => z.Density).Distinct(StringComparer.Ordinal).Count() > 200)
        {
            Add("There are more densities than are sensible", "$.zones", null, "at most 200 names");
        }
    }

    private void Travel()
    {
        var travel = _scenario.Travel;
        var n = _scenario.Zones.Count;
        if ((travel.Metres is null) == (travel.Matrix is null))
        {
            Add("Distances must be given once", "$.travel", travel.Metres is null ? "neither metres nor matrix" : "both metres and matrix", "either metres or matrix");
        }

        if (travel.Metres is { } rows)
        {
            if (rows.Count != n)
            {
                Add("A matrix row is missing or too many", "$.travel.metres", Text(rows.Count), $"{n} rows, one a zone");
            }

            foreach (var (row, r) in Each(rows))
            {
                if (row.Count != n)
                {
                    Add("A matrix row has the wrong length", $"$.travel.metres[{r}]", Text(row.Count), $"{n} distances, one a zone");
                }

                foreach (var (metres, c) in Each(row))
                {
                    if (!(metres is >= 0 and <= 1e7))
                    {
                        Between($"$.travel.metres[{r}][{c}]", metres, 0, 1e7);
                    }
                }
            }
        }

        Reference("$.travel.matrix", travel.Matrix);
        Speeds();
    }

    private void Speeds()
    {
        var travel = _scenario.Travel;
        Between("$.travel.sigma", travel.Sigma, 0, 3);
        if (travel.Profiles.Count == 0)
        {
            Add("There is no travel profile", "$.travel.profiles", null, "at least one; a grade without its own travels as the first");
        }

        Unique("$.travel.profiles", travel.Profiles.Select(p => p.Grade), needed: false);
        var densities = _scenario.Zones.Select(z => z.Density).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (profile, i) in Each(travel.Profiles))
        {
            var at = $"$.travel.profiles[{i}]";
            Known($"{at}.grade", profile.Grade, _scenario.Grades.Select(g => g.Code), "a grade of the scenario");
            Between($"{at}.interceptSeconds", profile.InterceptSeconds, 0, 86400);
            foreach (var density in densities.Where(d => !profile.SecondsPerKm.ContainsKey(d)))
            {
                Add("A density of the zones has no speed", $"{at}.secondsPerKm", string.Join(", ", profile.SecondsPerKm.Keys), density);
            }

            foreach (var (density, seconds) in profile.SecondsPerKm)
            {
                Between($"{at}.secondsPerKm.{density}", seconds, 0, 36000);
            }

            if (profile.HourFactors is { } factors)
            {
                if (factors.Count is not (24 or 168))
                {
                    Add("Hour factors do not cover the day", $"{at}.hourFactors", Text(factors.Count), "24 factors, or 168 from Monday 00:00");
                }

                foreach (var (factor, h) in Each(factors))
                {
                    Between($"{at}.hourFactors[{h}]", factor, 0, 100);
                }
            }
        }
    }

    private void Demand()
    {
        var demand = _scenario.Demand;
        string[] given = [.. new[] { demand.Rates is null ? "" : "rates", demand.Surface is null ? "" : "surface", demand.Incidents is null ? "" : "incidents" }.Where(g => g.Length > 0)];
        if (given.Length != 1)
        {
            Add("Demand must be given once", "$.demand", given.Length == 0 ? "nothing" : string.Join(" and ", given), "one of rates, surface and incidents");
        }

        if (demand.Incidents is not null && demand.Multiplier != 1)
        {
            Add("A log is replayed as it is", "$.demand.multiplier", Text(demand.Multiplier), "1, with a log");
        }

        Reference("$.demand.surface", demand.Surface);
        Reference("$.demand.incidents", demand.Incidents);
        Between("$.demand.multiplier", demand.Multiplier, 0, 1000);
        Unique("$.demand.rates", (demand.Rates ?? []).Select(r => $"{r.Zone} {r.Grade}"), needed: false);
        var zones = _scenario.Zones.Select(z => z.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var (rate, i) in Each(demand.Rates ?? []))
        {
            var at = $"$.demand.rates[{i}]";
            Known($"{at}.zone", rate.Zone, zones, "a zone of the scenario");
            Known($"{at}.grade", rate.Grade, _scenario.Grades.Select(g => g.Code), "a grade of the scenario");
            if (rate.PerHour.Count is not (1 or 168))
            {
                Add("Rates do not cover the week", $"{at}.perHour", Text(rate.PerHour.Count), "1 rate, or 168 from Monday 00:00");
            }

            foreach (var (value, h) in Each(rate.PerHour))
            {
                if (!(value is >= 0 and <= 1e6))
                {
                    Between($"{at}.perHour[{h}]", value, 0, 1e6);
                }
            }
        }
    }

    private void Grades()
    {
        Unique("$.grades", _scenario.Grades.Select(g => g.Code), needed: true);
        if (_scenario.Grades.Count > 32)
        {
            Add("There are too many grades", "$.grades", Text(_scenario.Grades.Count), "at most 32");
        }

        foreach (var (grade, i) in Each(_scenario.Grades))
        {
            var at = $"$.grades[{i}]";
            if (grade.TargetMinutes is { } target)
            {
                Between($"{at}.targetMinutes", target, 0, LongestMinutes);
            }

            Share($"{at}.targetShare", grade.TargetShare ?? 0);
            Duration($"{at}.scene", grade.Scene);
            Duration($"{at}.custody", grade.Custody);
            Duration($"{at}.caseWork", grade.CaseWork);
            Share($"{at}.arrestProbability", grade.ArrestProbability);
            Share($"{at}.telephoneShare", grade.TelephoneShare);
            Share($"{at}.passBackShare", grade.PassBackShare);
            Share($"{at}.crimeShare", grade.CrimeShare);
            Share($"{at}.endToEndShare", grade.EndToEndShare);
            Share($"{at}.vulnerableShare", grade.VulnerableShare);
            Share($"{at}.decisionShare", grade.DecisionShare);
            Share($"{at}.supportShare", grade.SupportShare);
            Known($"{at}.whenNoneFree", grade.WhenNoneFree, ScenarioWords.WhenNoneFree, string.Join(", ", ScenarioWords.WhenNoneFree));
            Between($"{at}.passBackAfterMinutes", grade.PassBackAfterMinutes, 0, LongestMinutes);
            UnitsNeeded($"{at}.unitsNeeded", grade.UnitsNeeded);
            if (Needs(at, grade))
            {
                Types($"{at}.types", grade);
            }
        }
    }

    private void Groupings()
    {
        Unique("$.commandUnits", _scenario.CommandUnits.Select(u => u.Code), needed: true);
        Unique("$.despatchGroups", _scenario.DespatchGroups.Select(g => g.Code), needed: true);
        Partition("$.commandUnits", "command unit", _scenario.CommandUnits.Select(u => (u.Code, u.Boroughs)));
        Partition("$.despatchGroups", "despatch group", _scenario.DespatchGroups.Select(g => (g.Code, g.Boroughs)));
        foreach (var (group, i) in Each(_scenario.DespatchGroups))
        {
            var at = $"$.despatchGroups[{i}]";
            Between($"{at}.controllers", group.Controllers, 0, 1000);
            Between($"{at}.channels", group.Channels, 0, 1000);
            Duration($"{at}.despatchAirTime", group.DespatchAirTime);
            Duration($"{at}.statusAirTime", group.StatusAirTime);
            foreach (var (code, handling) in group.Handling ?? new Dictionary<string, ScenarioDuration>(StringComparer.Ordinal))
            {
                Known($"{at}.handling.{code}", code, _scenario.Grades.Select(g => g.Code), "a grade of the scenario");
                Duration($"{at}.handling.{code}", handling);
            }

            foreach (var grade in _scenario.Grades.Where(g => group.Controllers > 0 && group.Handling?.ContainsKey(g.Code) != true))
            {
                Add("Controllers need a handling time for every grade", $"{at}.handling", null, grade.Code);
            }

            if (group.Channels > 0 && group.DespatchAirTime is null)
            {
                Add("A channel needs an air time", $"{at}.despatchAirTime", null, "a duration");
            }
        }
    }

    private void Shifts()
    {
        Unique("$.shifts", _scenario.Shifts.Select(s => s.Code), needed: true);
        foreach (var (shift, i) in Each(_scenario.Shifts))
        {
            var at = $"$.shifts[{i}]";
            Between($"{at}.minutes", shift.Minutes, 1, 1440);
            Between($"{at}.briefingMinutes", shift.BriefingMinutes, 0, shift.Minutes);
            Between($"{at}.mealMinutes", shift.MealMinutes, 0, shift.Minutes / 3);
        }

        if (_scenario.Teams is not { } teams)
        {
            return;
        }

        Unique("$.teams.names", teams.Names, needed: true);
        var shifts = _scenario.Shifts.Select(s => s.Code).Append("off").ToList();
        foreach (var (code, i) in Each(teams.Cycle))
        {
            Known($"$.teams.cycle[{i}]", code, shifts, "a shift of the scenario, or off");
        }

        if (teams.Names.Count == 0 || teams.Cycle.Count == 0 || teams.Cycle.Count % teams.Names.Count != 0)
        {
            Add("The cycle does not divide among the teams", "$.teams.cycle", $"{teams.Cycle.Count} days for {teams.Names.Count} teams", "a multiple of the number of teams");
            return;
        }

        foreach (var shift in _scenario.Shifts)
        {
            var days = ScenarioCompiler.TeamOfDay(teams, shift.Code, teams.CycleStart);
            for (var day = 0; day < days.Length; day++)
            {
                if (days[day] < 0)
                {
                    Add(
                        $"On day {day} of the cycle {(days[day] == -1 ? "no team works" : "several teams work")} the {shift.Code} shift",
                        "$.teams.cycle", string.Join(", ", teams.Cycle), "exactly one team a shift and day");
                    break;
                }
            }
        }
    }

    private void Crews()
    {
        Unique("$.paradeSites", _scenario.ParadeSites.Select(s => s.Code), needed: true);
        foreach (var (site, i) in Each(_scenario.ParadeSites))
        {
            Known($"$.paradeSites[{i}].zone", site.Zone, _scenario.Zones.Select(z => z.Code), "a zone of the scenario");
            Between($"$.paradeSites[{i}].vehicles", site.Vehicles ?? 0, 0, 1_000_000);
        }

        Unique("$.crews", _scenario.Crews.Select(c => $"{c.ParadeSite} {c.Borough} {c.Shift}"), needed: false);
        foreach (var (crews, i) in Each(_scenario.Crews))
        {
            var at = $"$.crews[{i}]";
            Known($"{at}.paradeSite", crews.ParadeSite, _scenario.ParadeSites.Select(s => s.Code), "a parade site of the scenario");
            Known($"{at}.borough", crews.Borough, _scenario.Boroughs.Select(b => b.Code), "a borough of the scenario");
            Known($"{at}.shift", crews.Shift, _scenario.Shifts.Select(s => s.Code), "a shift of the scenario");
            Between($"{at}.crews", crews.Crews, 0, 5000);
            Between($"{at}.vehicles", crews.Vehicles ?? 0, 0, 1_000_000);
            Share($"{at}.absenceShare", crews.AbsenceShare);
            Share($"{at}.abstractionShare", crews.AbstractionShare);
            Share($"{at}.doubleCrewedShare", crews.DoubleCrewedShare);
            foreach (var (zone, z) in Each(crews.PatrolZones ?? []))
            {
                Known($"{at}.patrolZones[{z}]", zone, _scenario.Zones.Select(x => x.Code), "a zone of the scenario");
            }
        }

        var manned = _scenario.Crews.Where(c => c.Crews > 0 && c.Vehicles is null or > 0).Select(c => c.Borough).ToHashSet(StringComparer.Ordinal);
        if (manned.Count == 0)
        {
            Add("There are no crews with a vehicle at all", "$.crews", "0", "at least one crew");
            return;
        }

        if (_scenario.Policy.Mode == "borough")
        {
            foreach (var borough in _scenario.Boroughs.Where(b => !manned.Contains(b.Code)))
            {
                Add($"{borough.Name} has no crews, and no others may attend under borough despatch", "$.crews", borough.Code, "a parade site with crews in every borough, or another policy");
            }
        }
        else if (_scenario.Policy.Mode != "force-wide")
        {
            foreach (var unit in _scenario.CommandUnits.Where(u => !u.Boroughs.Any(manned.Contains)))
            {
                Add($"{unit.Name} has no parade site with crews", "$.crews", unit.Code, "a parade site with crews in every command unit");
            }
        }
    }

    private void Policy()
    {
        Known("$.policy.mode", _scenario.Policy.Mode, ScenarioWords.Modes, string.Join(", ", ScenarioWords.Modes));
        Known("$.policy.whenFree", _scenario.Policy.WhenFree, ScenarioWords.WhenFree, string.Join(", ", ScenarioWords.WhenFree));
        foreach (var (code, minutes) in _scenario.Policy.WidenAfterMinutes ?? new Dictionary<string, double>(StringComparer.Ordinal))
        {
            Known($"$.policy.widenAfterMinutes.{code}", code, _scenario.Grades.Select(g => g.Code), "a grade of the scenario");
            Between($"$.policy.widenAfterMinutes.{code}", minutes, 0, LongestMinutes);
        }

        if (_scenario.Policy.Queue is { } queue)
        {
            Known("$.policy.queue", queue, ScenarioWords.Queues, string.Join(", ", ScenarioWords.Queues));
        }

        Known("$.policy.startOfShift", _scenario.Policy.StartOfShift, ScenarioWords.StartOfShift, string.Join(", ", ScenarioWords.StartOfShift));
        Between("$.policy.patrolMinutes", _scenario.Policy.PatrolMinutes, 0, LongestMinutes);
        foreach (var (code, minutes) in _scenario.Policy.ForceAfterMinutes ?? new Dictionary<string, double>(StringComparer.Ordinal))
        {
            Known($"$.policy.forceAfterMinutes.{code}", code, _scenario.Grades.Select(g => g.Code), "a grade of the scenario");
            Between($"$.policy.forceAfterMinutes.{code}", minutes, 0, LongestMinutes);
        }

        foreach (var (code, units) in _scenario.Policy.KeepFree ?? new Dictionary<string, int>(StringComparer.Ordinal))
        {
            Known($"$.policy.keepFree.{code}", code, _scenario.Grades.Select(g => g.Code), "a grade of the scenario");
            Between($"$.policy.keepFree.{code}", units, 0, 10_000);
        }

        BackUpOrder();
        foreach (var (code, units) in _scenario.Duties.GuardUnitsPerShift ?? new Dictionary<string, int>(StringComparer.Ordinal))
        {
            Known($"$.duties.guardUnitsPerShift.{code}", code, _scenario.CommandUnits.Select(u => u.Code), "a command unit of the scenario");
            Between($"$.duties.guardUnitsPerShift.{code}", units, 0, 10_000);
        }
    }

    private void BackUpOrder()
    {
        if (_scenario.Policy.BackUpOrder is not { } order)
        {
            return;
        }

        foreach (var (zone, sites) in order)
        {
            Known($"$.policy.backUpOrder.{zone}", zone, _scenario.Zones.Select(z => z.Code), "a zone of the scenario");
            Unique($"$.policy.backUpOrder.{zone}", sites, needed: true);
            foreach (var (site, i) in Each(sites))
            {
                Known($"$.policy.backUpOrder.{zone}[{i}]", site, _scenario.ParadeSites.Select(s => s.Code), "a parade site of the scenario");
            }
        }

        foreach (var zone in _scenario.Zones.Where(z => !order.ContainsKey(z.Code)))
        {
            Add("A zone has no back-up order", "$.policy.backUpOrder", zone.Code, "an order for every zone");
        }
    }

    private void Inspectors()
    {
        Unique("$.inspectorAreas", _scenario.InspectorAreas.Select(a => a.Code), needed: false);
        foreach (var (area, i) in Each(_scenario.InspectorAreas))
        {
            Between($"$.inspectorAreas[{i}].inspectors", area.Inspectors, 0, 1000);
            Duration($"$.inspectorAreas[{i}].decision", area.Decision);
        }

        if (_scenario.InspectorAreas.Count > 0)
        {
            Partition("$.inspectorAreas", "inspector area", _scenario.InspectorAreas.Select(a => (a.Code, a.Boroughs)));
        }
        else if (_scenario.Grades.Any(g => g.DecisionShare > 0) || Apart().Any(rules => rules.DecisionShare > 0))
        {
            Add("Incidents need a decision, but nobody is there to decide", "$.inspectorAreas", null, "an inspector area for every borough");
        }
    }

    private void Events()
    {
        var first = _scenario.Start.ToDateTime(default);
        var last = first.AddDays(_scenario.WarmUpDays + _scenario.Days);
        foreach (var (happening, i) in Each(_scenario.Events))
        {
            var at = $"$.events[{i}]";
            if (happening.From < first || happening.From >= last || happening.From.Minute != 0 || happening.From.Second != 0 || happening.From.Ticks % TimeSpan.TicksPerSecond != 0)
            {
                Add(
                    "An event does not begin at a full hour inside the run", $"{at}.from", happening.From.ToString("s", CultureInfo.InvariantCulture),
                    $"{first.ToString("s", CultureInfo.InvariantCulture)} to {last.AddHours(-1).ToString("s", CultureInfo.InvariantCulture)}");
            }

            Between($"{at}.hours", happening.Hours, 1, ScenarioArrivals.MostEventHours);
            Between($"{at}.demandMultiplier", happening.DemandMultiplier, 0, 1000);
            Share($"{at}.aidShare", happening.AidShare);
            foreach (var (borough, b) in Each(happening.Boroughs))
            {
                Known($"{at}.boroughs[{b}]", borough, _scenario.Boroughs.Select(x => x.Code), "a borough of the scenario");
            }

            foreach (var (extra, e) in Each(happening.Extra))
            {
                Known($"{at}.extra[{e}].zone", extra.Zone, _scenario.Zones.Select(z => z.Code), "a zone of the scenario");
                Known($"{at}.extra[{e}].grade", extra.Grade, _scenario.Grades.Select(g => g.Code), "a grade of the scenario");
                if (extra.PerHour.Count is not (1 or 168) || extra.PerHour.Any(r => !(r is >= 0 and <= 1e6)))
                {
                    Add("Rates do not cover the week", $"{at}.extra[{e}].perHour", Text(extra.PerHour.Count), "1 rate of 0 or more, or 168 from Monday 00:00");
                }
            }

            if (_scenario.Demand.Incidents is not null && (happening.DemandMultiplier != 1 || happening.Extra.Count > 0))
            {
                Add("A log is replayed as it is", at, happening.Name, "an event that takes crews alone, with a log");
            }
        }

        if (_scenario.Events.Sum(e => (long)Math.Max(e.Hours, 0)) is > ScenarioArrivals.MostEventHours and var hours)
        {
            Add("There are too many hours of events", "$.events", Text(hours), $"at most {ScenarioArrivals.MostEventHours} in all");
        }
    }

    private void Partition(string path, string what, IEnumerable<(string Code, IReadOnlyList<string> Boroughs)> groups)
    {
        var owners = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var ((code, boroughs), i) in Each(groups.ToList()))
        {
            foreach (var (borough, b) in Each(boroughs))
            {
                Known($"{path}[{i}].boroughs[{b}]", borough, _scenario.Boroughs.Select(x => x.Code), "a borough of the scenario");
                if (!owners.TryAdd(borough, [code]))
                {
                    owners[borough].Add(code);
                }
            }
        }

        foreach (var borough in _scenario.Boroughs)
        {
            var count = owners.TryGetValue(borough.Code, out var list) ? list.Count : 0;
            if (count != 1)
            {
                Add(
                    count == 0 ? $"{borough.Name} is in no {what}" : $"{borough.Name} is in more than one {what}", path,
                    count == 0 ? borough.Code : $"{borough.Code} in {string.Join(", ", list!)}", $"every borough in exactly one {what}");
            }
        }
    }

    private void Duration(string path, ScenarioDuration? duration)
    {
        if (duration is null)
        {
            return;
        }

        Known($"{path}.kind", duration.Kind, ScenarioWords.DurationKinds, string.Join(", ", ScenarioWords.DurationKinds));
        Between($"{path}.meanMinutes", duration.MeanMinutes, 0, LongestMinutes);
        Between($"{path}.logSigma", duration.LogSigma, 0, 5);
        if (duration.Kind == "hyperexponential")
        {
            Between($"{path}.squaredVariation", duration.SquaredVariation, 1, 1000);
        }
        else if (duration.SquaredVariation != 0)
        {
            Add("Only a hyperexponential time has a squaredVariation", $"{path}.squaredVariation", Text(duration.SquaredVariation), "0, or kind hyperexponential");
        }

        if (duration.Kind != "lognormal" && duration.LogSigma != 0)
        {
            Add("Only a lognormal time has a logSigma", $"{path}.logSigma", Text(duration.LogSigma), "0, or kind lognormal");
        }
    }

    private void Reference(string path, ScenarioContent? reference)
    {
        if (reference is not null && !IsReference(reference))
        {
            Add("Content must be named once", path, reference.File is null && reference.Pack is null && reference.Log is null ? "nothing" : "more than one name", "one of file, pack and log");
        }
    }

    private void Unique(string path, IEnumerable<string> codes, bool needed)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (code, i) in Each(codes.ToList()))
        {
            if (!seen.Add(code))
            {
                Add("A code stands twice", $"{path}[{i}]", code, "codes that differ");
            }

            if (code.Trim().Length == 0)
            {
                Add("A code is empty", $"{path}[{i}]", code, "a code");
            }
        }

        if (needed && seen.Count == 0)
        {
            Add("The list is empty", path, null, "at least one entry");
        }
    }

    private void Known(string path, string code, IEnumerable<string> accepted, string what)
    {
        if (!(accepted is ICollection<string> set ? set.Contains(code) : accepted.Contains(code, StringComparer.Ordinal)))
        {
            Add("A name is unknown", path, code, what);
        }
    }

    private void Share(string path, double value) => Between(path, value, 0, 1);

    private void Between(string path, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            Add(value < least ? "A number is too small" : "A number is too large", path, Text(value), $"{Text(least)} to {Text(most)}");
        }
    }

    private void Add(string message, string path, string? found, string accepted) => _problems.Add(new Problem(message, _name, Field: path, Found: found, Accepted: accepted));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<(T Item, int Index)> Each<T>(IReadOnlyList<T> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            yield return (list[i], i);
        }
    }
}
