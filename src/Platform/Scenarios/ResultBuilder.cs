using System.Globalization;
using Pathfinder.Analysis.Intervals;
using Pathfinder.Engine.Response;

namespace Pathfinder.Platform.Scenarios;

/// <summary>Puts replications together, in their order, into a result.</summary>
internal static class ResultBuilder
{
    private const double Level = 0.95;
    private static readonly (string Name, UnitState State)[] States =
    [
        ("available", UnitState.Available), ("travelling", UnitState.Travelling), ("scene", UnitState.AtScene), ("custody", UnitState.Custody),
        ("caseWork", UnitState.CaseWork), ("guard", UnitState.Guard), ("briefing", UnitState.Briefing), ("meal", UnitState.Meal), ("abstracted", UnitState.Abstracted), ("noVehicle", UnitState.NoVehicle),
    ];

    public static RunResult Build(CompiledScenario scenario, ulong seed, ReplicationSummary[] runs)
    {
        var file = scenario.File;
        var areas = ResultAreas.Of(scenario);
        var groups = Groups(scenario, runs);
        var inspectors = InspectorAreas(scenario, runs);
        var results = areas.Select((area, index) => Area(scenario, area, index, runs)).ToList();
        return new RunResult
        {
            Schema = RunResult.CurrentSchema,
            EngineVersion = Replica.Version,
            ScenarioSha256 = scenario.Sha256,
            IncidentsSha256 = scenario.IncidentsSha256,
            Name = file.Name,
            Seed = seed,
            Replications = runs.Length,
            Days = file.Days,
            Incidents = runs.Sum(r => r.Incidents),
            Events = runs.Sum(r => r.Events),
            Areas = results,
            Zones = Zones(file, runs),
            HoursOfWeek = Hours(file, runs),
            Teams = Teams(scenario, runs),
            DespatchGroups = groups,
            InspectorAreas = inspectors,
            Months = Months(scenario, areas, runs),
            Phases = Phases(scenario, areas, runs),
            Warnings = Warnings(scenario.Notes, file, results, groups, inspectors, runs),
        };
    }

    /// <summary>An estimate from one value a replication, where there is one.</summary>
    internal static Estimate Estimate(IEnumerable<double?> values) => Estimate(MeanInterval.Of([.. values.Where(v => v is not null).Select(v => v!.Value)], Level), withP: false);

    internal static Estimate Estimate(MeanInterval? interval, bool withP) =>
        interval is { } i ? new Estimate(i.Mean, i.Se, i.Lower, i.Upper, withP ? i.P : null) : new Estimate(null, null, null, null);

    private static Estimate Each(ReplicationSummary[] runs, Func<ReplicationSummary, double?> value) => Estimate(runs.Select(value));

    private static AreaResult Area(CompiledScenario scenario, ResultArea area, int index, ReplicationSummary[] runs)
    {
        var file = scenario.File;
        double days = file.Days;
        var window = days * 86400;

        double UnitSeconds(ReplicationSummary run, UnitState state) => area.Boroughs.Sum(b => run.UnitSeconds[(b * Tally.States) + (int)state]);
        double Paraded(ReplicationSummary run) => States.Sum(s => UnitSeconds(run, s.State));
        double? ShareOf(ReplicationSummary run, double seconds) => Paraded(run) is > 0 and var paraded ? seconds / paraded : null;

        double Kilometres(ReplicationSummary run) => area.Boroughs.Sum(b => run.Metres[b] + run.OtherMetres[b]) / 1000 / days;
        double? Utilisation(ReplicationSummary run) => ShareOf(
            run, UnitSeconds(run, UnitState.Travelling) + UnitSeconds(run, UnitState.AtScene) + UnitSeconds(run, UnitState.Custody) + UnitSeconds(run, UnitState.CaseWork));
        var officers = KeepsCases(file) ? area.Boroughs.Sum(b => scenario.Names.Officers[b]) : 0;
        var keeping = officers > 0 ? Keeping(file) : [];
        double Kept(ReplicationSummary run) => keeping.Where(same => area.Boroughs.Contains(same.Borough)).Sum(same => same.Share * run.Span(same.Spans, same.Borough, same.Grade).Attended) / days / officers;
        double InHand(ReplicationSummary run) => area.Boroughs.Sum(b => run.CaseSeconds[b]) / window / officers;
        Dictionary<string, IReadOnlyList<double?>> byReplication = new(StringComparer.Ordinal)
        {
            [AreaQuantity.Unassigned] = [.. runs.Select(r => (double?)(r.UnassignedSeconds[area.UnassignedLevel] / window))],
            [AreaQuantity.Utilisation] = [.. runs.Select(Utilisation)],
            [AreaQuantity.Paraded] = [.. runs.Select(r => (double?)(Paraded(r) / window))],
            [AreaQuantity.Available] = [.. runs.Select(r => (double?)(UnitSeconds(r, UnitState.Available) / window))],
            [AreaQuantity.CrossBorough] = [.. runs.Select(r => (double?)(area.Boroughs.Sum(b => r.CrossBorough[b]) / days))],
            [AreaQuantity.Overtime] = [.. runs.Select(r => (double?)(area.Boroughs.Sum(b => r.OvertimeSeconds[b]) / 3600.0 / days))],
            [AreaQuantity.Kilometres] = [.. runs.Select(r => (double?)Kilometres(r))],
        };
        return new AreaResult
        {
            Level = area.Level,
            Code = area.Code,
            Name = area.Name,
            Grades = [.. file.Grades.Select((grade, g) => Grade(file, grade, file.Days, area, runs, (run, b) => run.Cells[(b * file.Grades.Count) + g], (run, q) => run.Quantiles[(((index * file.Grades.Count) + g) * 2) + q]))],
            CasesPerOfficer = officers > 0 ? Each(runs, r => InHand(r)) : null,
            CrimesKeptPerOfficerWeek = officers > 0 ? Each(runs, r => 7 * Kept(r)) : null,
            CaseLoadPerOfficer = officers > 0 && file.Duties.CaseOpenDays is { } open ? Each(runs, r => (Kept(r) * open) + InHand(r)) : null,
            MostCases = KeepsCases(file) ? Each(runs, r => area.Boroughs.Max(b => r.MostCases[b])) : null,
            UnassignedMean = Estimate(byReplication[AreaQuantity.Unassigned]),
            UnassignedMax = Each(runs, r => r.UnassignedMax[area.UnassignedLevel]),
            UnitTime = States.ToDictionary(s => s.Name, s => Each(runs, r => ShareOf(r, UnitSeconds(r, s.State))), StringComparer.Ordinal),
            Utilisation = Estimate(byReplication[AreaQuantity.Utilisation]),
            UnitsAvailable = Estimate(byReplication[AreaQuantity.Available]),
            CrossBoroughPerDay = Estimate(byReplication[AreaQuantity.CrossBorough]),
            OvertimeHoursPerDay = Estimate(byReplication[AreaQuantity.Overtime]),
            OvertimeOfficerHoursPerDay = Each(runs, r => area.Boroughs.Sum(b => r.OvertimeSeconds[b] * scenario.Names.OfficersPerCrew[b]) / 3600.0 / days),
            KilometresPerDay = Estimate(byReplication[AreaQuantity.Kilometres]),
            KilometresToIncidentsPerDay = Each(runs, r => area.Boroughs.Sum(b => r.Metres[b]) / 1000 / days),
            ByReplication = byReplication,
        };
    }

    // Which spans of days share the chance that an attended incident of a grade in a borough is a crime kept: counts are added up whole before they are weighed.
    private static List<(int Borough, int Grade, double Share, int[] Spans)> Keeping(ScenarioFile file)
    {
        var spans = ScenarioPhases.Spans(file);
        var phases = spans.Select(span => ScenarioPhases.Of(file, span.Phase)).ToList();
        return
        [
            .. from b in Enumerable.Range(0, file.Boroughs.Count)
               from g in Enumerable.Range(0, file.Grades.Count)
               from same in Enumerable.Range(0, spans.Count).GroupBy(s => ScenarioKinds.KeptShare(phases[s], file.Boroughs[b].Code, phases[s].Grades[g]))
               where same.Key > 0
               select (b, g, same.Key, same.ToArray()),
        ];
    }

    private static bool KeepsCases(ScenarioFile file) =>
        Enumerable.Range(0, file.Phases.Count + 1).Select(p => ScenarioPhases.Of(file, p)).Any(phase => phase.Boroughs.Any(b => phase.Grades.Any(g => ScenarioKinds.KeptShare(phase, b.Code, g) > 0)));

    private static bool HasInspectors(ScenarioFile file) => Enumerable.Range(0, file.Phases.Count + 1).Any(p => ScenarioPhases.Of(file, p).InspectorAreas.Count > 0);

    private static GradeResult Grade(
        ScenarioFile file, ScenarioGrade grade, int days, ResultArea area, ReplicationSummary[] runs, Func<ReplicationSummary, int, Counts> cell, Func<ReplicationSummary, int, double> quantile)
    {
        long Sum(ReplicationSummary run, Func<Counts, long> value) => area.Boroughs.Sum(b => value(cell(run, b)));
        double? Share(ReplicationSummary run, double part) => Sum(run, c => c.Needing) is > 0 and var needing ? part / needing : null;
        double? Minutes(ReplicationSummary run, long seconds) => Sum(run, c => c.Attended) is > 0 and var attended ? seconds / 60.0 / attended : null;
        double? Quantile(ReplicationSummary run, int q) => quantile(run, q) is var value && double.IsNaN(value) ? null : value;
        double?[] Split(ReplicationSummary run)
        {
            var (response, controllers, channel, travel) = (Sum(run, c => c.ResponseSeconds), Sum(run, c => c.ControllerSeconds), Sum(run, c => c.ChannelSeconds), Sum(run, c => c.TravelSeconds));
            var inspector = Sum(run, c => c.InspectorSeconds);
            return [Minutes(run, controllers), Minutes(run, channel), Minutes(run, response - controllers - channel - inspector - travel), Minutes(run, travel), .. HasInspectors(file) ? [Minutes(run, inspector)] : (double?[])[]];
        }

        var inTarget = runs.Select(r => grade.TargetMinutes is null ? null : Share(r, Sum(r, c => c.InTarget))).ToList();
        var mean = runs.Select(r => Minutes(r, Sum(r, c => c.ResponseSeconds))).ToList();
        var split = runs.Select(Split).ToList();
        return new GradeResult
        {
            Grade = grade.Code,
            IncidentsPerDay = Each(runs, r => (double)Sum(r, c => c.Needing) / days),
            TelephonePerDay = Each(runs, r => (double)Sum(r, c => c.Telephone) / days),
            InTarget = Estimate(inTarget),
            MeanMinutes = Estimate(mean),
            MedianMinutes = Each(runs, r => Quantile(r, 0)),
            P90Minutes = Each(runs, r => Quantile(r, 1)),
            Over30 = Each(runs, r => Share(r, Sum(r, c => c.Over30) + Sum(r, c => c.Needing) - Sum(r, c => c.Attended))),
            NeverAttended = Each(runs, r => Share(r, Sum(r, c => c.Needing) - Sum(r, c => c.Attended))),
            Wait = new WaitSplit(
                Estimate(split.Select(s => s[0])), Estimate(split.Select(s => s[1])), Estimate(split.Select(s => s[2])), Estimate(split.Select(s => s[3])),
                HasInspectors(file) ? Estimate(split.Select(s => s[4])) : null),
            FoundNoUnit = Each(runs, r => Share(r, Sum(r, c => c.FoundNone))),
            Lost = grade.WhenNoneFree == "lost" ? Each(runs, r => Share(r, Sum(r, c => c.Lost))) : null,
            MinutesToClear = Each(runs, r => Sum(r, c => c.Cleared) is > 0 and var cleared ? Sum(r, c => c.ClearedSeconds) / 60.0 / cleared : null),
            InTargetByReplication = inTarget,
            MeanByReplication = mean,
            WaitByReplication = [.. split.Select(s => (IReadOnlyList<double>)[.. s.Select(v => v ?? 0)])],
            IncidentsByReplication = [.. runs.Select(r => Sum(r, c => c.Needing))],
            AttendedByReplication = [.. runs.Select(r => Sum(r, c => c.Attended))],
        };
    }

    private static List<ZoneResult> Zones(ScenarioFile file, ReplicationSummary[] runs)
    {
        var grades = file.Grades.Count;
        var list = new List<ZoneResult>(file.Zones.Count * grades);
        for (var cell = 0; cell < file.Zones.Count * grades; cell++)
        {
            var grade = file.Grades[cell % grades];
            double needing = runs.Sum(r => r.Zones[cell].Needing);
            double attended = runs.Sum(r => r.Zones[cell].Attended);
            list.Add(new ZoneResult(
                file.Zones[cell / grades].Code, grade.Code, needing / runs.Length / file.Days,
                needing > 0 && grade.TargetMinutes is not null ? runs.Sum(r => r.Zones[cell].InTarget) / needing : null,
                attended > 0 ? runs.Sum(r => r.Zones[cell].Seconds) / 60.0 / attended : null));
        }

        return list;
    }

    private static List<HourResult> Hours(ScenarioFile file, ReplicationSummary[] runs)
    {
        var grades = file.Grades.Count;
        var list = new List<HourResult>(168 * grades);
        for (var hour = 0; hour < 168; hour++)
        {
            double length = runs.Sum(r => r.HourLength[hour]);
            double onDuty = runs.Sum(r => r.HourOnDuty[hour]);
            for (var g = 0; g < grades && length > 0; g++)
            {
                var cell = (hour * grades) + g;
                double needing = runs.Sum(r => r.Hours[cell].Needing);
                double attended = runs.Sum(r => r.Hours[cell].Attended);
                list.Add(new HourResult(
                    hour, file.Grades[g].Code, needing / (length / 3600),
                    needing > 0 && file.Grades[g].TargetMinutes is not null ? runs.Sum(r => r.Hours[cell].InTarget) / needing : null,
                    attended > 0 ? runs.Sum(r => r.Hours[cell].Seconds) / 60.0 / attended : null,
                    runs.Sum(r => r.HourUnassigned[hour]) / length,
                    runs.Sum(r => r.HourAvailable[hour]) / length,
                    onDuty > 0 ? runs.Sum(r => r.HourCommitted[hour]) / onDuty : 0));
            }
        }

        return list;
    }

    private static List<TeamResult> Teams(CompiledScenario scenario, ReplicationSummary[] runs)
    {
        var file = scenario.File;
        var grades = file.Grades.Count;
        var list = new List<TeamResult>();
        for (var cell = 0; cell < scenario.Teams.Count * grades; cell++)
        {
            var (team, grade, at) = (scenario.Teams[cell / grades], file.Grades[cell % grades], cell);
            double? PerAttended(ReplicationSummary run, double value) => run.Teams[at].Attended > 0 ? value / run.Teams[at].Attended : null;
            list.Add(new TeamResult(
                team, grade.Code,
                Each(runs, r => (double)r.Teams[at].Attended / file.Days),
                grade.TargetMinutes is null ? Estimate([]) : Each(runs, r => PerAttended(r, r.Teams[at].InTarget)),
                Each(runs, r => PerAttended(r, r.Teams[at].Seconds / 60.0))));
        }

        return list;
    }

    private static List<InspectorAreaResult> InspectorAreas(CompiledScenario scenario, ReplicationSummary[] runs)
    {
        var capacity = scenario.Names.InspectorCapacity;
        return
        [
            .. scenario.Names.InspectorAreas.Select((area, a) => new InspectorAreaResult(
                area.Code, area.Name,
                capacity[a] == 0 ? Estimate([]) : Each(runs, r => r.InspectorBusySeconds[a] / capacity[a]),
                Each(runs, r => r.InspectorDecisions[a] > 0 ? r.InspectorWaitSeconds[a] / 60.0 / r.InspectorDecisions[a] : null),
                Each(runs, r => r.InspectorDecisions[a] / (double)scenario.File.Days))),
        ];
    }

    private static List<PhaseResult> Phases(CompiledScenario scenario, IReadOnlyList<ResultArea> areas, ReplicationSummary[] runs)
    {
        var file = scenario.File;
        var spans = ScenarioPhases.Spans(file);
        if (spans[^1].Period == 0)
        {
            return [];
        }

        return
        [
            .. spans.Select((span, index) => (Span: span, Index: index)).GroupBy(each => each.Span.Period).Select(period =>
            {
                var (first, own) = (period.First().Span, period.Select(each => each.Index).ToArray());
                var days = period.Sum(each => each.Span.Days);
                return new PhaseResult(
                    ScenarioPhases.Name(file, first.Phase), first.From, days, ScenarioPhases.RulesSha256(file, first.Phase),
                    [.. areas.Select(area => new PhaseArea(
                        area.Level, area.Code, area.Name,
                        [.. file.Grades.Select((grade, g) => Grade(file, grade, days, area, runs, (run, b) => run.Span(own, b, g), (_, _) => double.NaN) with
                        {
                            // Not counted by day.
                            TelephonePerDay = Estimate([]), FoundNoUnit = null, Lost = null, MinutesToClear = null,
                        })]))]);
            }),
        ];
    }

    private static List<MonthResult> Months(CompiledScenario scenario, IReadOnlyList<ResultArea> areas, ReplicationSummary[] runs)
    {
        var file = scenario.File;
        var months = ScenarioPhases.Spans(file).Select((span, index) => (Span: span, Index: index)).GroupBy(each => each.Span.Month, StringComparer.Ordinal)
            .Select(month => (Code: month.Key, Days: month.Sum(each => each.Span.Days), Spans: month.Select(each => each.Index).ToArray())).ToList();
        var list = new List<MonthResult>();
        if (file.Phases.Count == 0 && months.Count < 3)
        {
            return list;
        }

        var grades = file.Grades.Count;
        for (var m = 0; m < months.Count; m++)
        {
            foreach (var area in areas)
            {
                for (var g = 0; g < grades; g++)
                {
                    var (month, grade) = (m, g);
                    long Sum(ReplicationSummary run, Func<Counts, long> value) => area.Boroughs.Sum(b => value(run.Span(months[month].Spans, b, grade)));
                    double? Minutes(ReplicationSummary run, long seconds) => Sum(run, c => c.Attended) is > 0 and var attended ? seconds / 60.0 / attended : null;
                    var inTarget = runs.Select(r => file.Grades[grade].TargetMinutes is not null && Sum(r, c => c.Needing) is > 0 and var needing
                        ? (double?)Sum(r, c => c.InTarget) / needing : null).ToList();
                    list.Add(new MonthResult
                    {
                        Month = months[m].Code,
                        Days = months[m].Days,
                        Level = area.Level,
                        Code = area.Code,
                        Grade = file.Grades[g].Code,
                        IncidentsPerDay = Each(runs, r => (double)Sum(r, c => c.Needing) / months[month].Days),
                        InTarget = Estimate(inTarget),
                        MeanMinutes = Each(runs, r => Minutes(r, Sum(r, c => c.ResponseSeconds))),
                        Wait = new WaitSplit(
                            Each(runs, r => Minutes(r, Sum(r, c => c.ControllerSeconds))),
                            Each(runs, r => Minutes(r, Sum(r, c => c.ChannelSeconds))),
                            Each(runs, r => Minutes(r, Sum(r, c => c.ResponseSeconds) - Sum(r, c => c.ControllerSeconds) - Sum(r, c => c.ChannelSeconds) - Sum(r, c => c.InspectorSeconds) - Sum(r, c => c.TravelSeconds))),
                            Each(runs, r => Minutes(r, Sum(r, c => c.TravelSeconds))),
                            HasInspectors(file) ? Each(runs, r => Minutes(r, Sum(r, c => c.InspectorSeconds))) : null),
                        InTargetByReplication = inTarget,
                        MeanByReplication = [.. runs.Select(r => Minutes(r, Sum(r, c => c.ResponseSeconds)))],
                        IncidentsByReplication = [.. runs.Select(r => Sum(r, c => c.Needing))],
                    });
                }
            }
        }

        return list;
    }

    private static List<DespatchGroupResult> Groups(CompiledScenario scenario, ReplicationSummary[] runs)
    {
        var capacity = scenario.Names.Capacity;
        return
        [
            .. scenario.Names.DespatchGroups.Select((group, g) => new DespatchGroupResult(
                group.Code, group.Name,
                capacity[g].Controllers == 0 ? Estimate([]) : Each(runs, r => r.ControllerBusySeconds[g] / capacity[g].Controllers),
                capacity[g].Controllers == 0 ? Estimate([]) : Each(runs, r => r.GroupIncidents[g] > 0 ? r.ControllerWaitSeconds[g] / 60.0 / r.GroupIncidents[g] : null),
                capacity[g].Channels == 0 ? Estimate([]) : Each(runs, r => r.ChannelBusySeconds[g] / capacity[g].Channels),
                capacity[g].Channels == 0 ? Estimate([]) : Each(runs, r => r.GroupIncidents[g] > 0 ? r.ChannelWaitSeconds[g] / 60.0 / r.GroupIncidents[g] : null))),
        ];
    }

    // The first day from which on, at midnight, more wait than come in six hours.
    private static string PassesBound(ScenarioFile file, AreaResult force, ReplicationSummary[] runs)
    {
        var bound = force.Grades.Sum(g => g.IncidentsPerDay.Value ?? 0) / 4;
        var days = file.WarmUpDays + file.Days;
        var first = days;
        while (first > 0 && runs.Average(r => r.DayUnassigned[first - 1]) > bound)
        {
            first--;
        }

        return first == days ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" From {file.Start.AddDays(first):d MMMM yyyy} on{(first < file.WarmUpDays ? ", still in the warm-up," : ",")} more are unassigned at midnight than the {bound:0} that come in six hours.");
    }

    // Where incidents pile up: every stage that has no time left, or the one that has least.
    private static string Overloaded(IReadOnlyList<AreaResult> areas, List<DespatchGroupResult> groups, List<InspectorAreaResult> inspectors)
    {
        const double Full = 0.95;
        List<(string Stage, double Busy)> stages =
        [
            .. inspectors.Where(area => area.Utilisation.Value is not null).Select(area => ($"the duty inspectors of {area.Name}", area.Utilisation.Value!.Value)),
            .. groups.Where(group => group.ChannelUtilisation.Value is not null).Select(group => ($"the radio channel of {group.Name}", group.ChannelUtilisation.Value!.Value)),
            .. groups.Where(group => group.ControllerUtilisation.Value is not null).Select(group => ($"the controllers of {group.Name}", group.ControllerUtilisation.Value!.Value)),
            .. areas.Where(area => area.Level == "command-unit" && area.UnitTime["available"].Value is not null).Select(area => ($"the units of {area.Name}", 1 - area.UnitTime["available"].Value!.Value)),
        ];
        if (stages.Count == 0)
        {
            return "";
        }

        var full = stages.Where(stage => stage.Busy > Full).OrderByDescending(stage => stage.Busy).Take(3).ToList();
        string Told((string Stage, double Busy) stage) => string.Create(CultureInfo.InvariantCulture, $"{stage.Stage}, occupied {stage.Busy:0%} of the time");
        return full.Count > 0 ? $" Overloaded: {string.Join("; ", full.Select(Told))}." : $" No stage is occupied all the time on average; the busiest: {Told(stages.MaxBy(stage => stage.Busy))}.";
    }

    private static List<string> Warnings(
        IReadOnlyList<string> notes, ScenarioFile file, IReadOnlyList<AreaResult> areas, List<DespatchGroupResult> groups, List<InspectorAreaResult> inspectors, ReplicationSummary[] runs)
    {
        var force = areas[0];
        List<string> warnings = [.. notes];
        var growth = MeanInterval.Of([.. runs.Select(r => (double)r.UnassignedGrowth)], Level);
        if (growth is { Mean: >= 10 } grown && (grown.Lower ?? 0) > 0 && grown.Mean > 0.01 * force.Grades.Sum(g => g.IncidentsPerDay.Value ?? 0) * file.Days)
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The unassigned queue (past the controllers, nobody there and no unit on its way) does not settle: over the {file.Days} days it grows by {grown.Mean:0} incidents, so times depend on how long the run is.{Overloaded(areas, groups, inspectors)}{PassesBound(file, force, runs)}"));
        }

        foreach (var grade in force.Grades.Where(g => g.Lost is null && g.NeverAttended.Value > 0.005))
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{grade.NeverAttended.Value:0.0%} of {grade.Grade} incidents were never attended, not even a day after the window; they count as late and every mean is of the others."));
        }

        foreach (var group in groups.Where(g => g.ControllerUtilisation.Value > 0.95))
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The controllers of {group.Name} are busy {group.ControllerUtilisation.Value:0.0%} of the time: their queue may not settle."));
        }

        foreach (var group in groups.Where(g => g.ChannelUtilisation.Value > 0.95))
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The channel of {group.Name} is busy {group.ChannelUtilisation.Value:0.0%} of the time: its queue may not settle."));
        }

        foreach (var area in inspectors.Where(a => a.Utilisation.Value > 0.95))
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The duty inspectors of {area.Name} are busy {area.Utilisation.Value:0.0%} of the time: their queue may not settle."));
        }

        return warnings;
    }
}
