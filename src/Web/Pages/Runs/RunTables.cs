using System.Globalization;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>The tables of a run.</summary>
public static class RunTables
{
    private static readonly (string Key, string Name)[] States =
    [
        ("available", "Free"), ("travelling", "Travelling"), ("scene", "At scene"), ("custody", "Custody"), ("caseWork", "Case work"),
        ("guard", "Guard"), ("briefing", "Briefing"), ("meal", "Meal"),
    ];

    /// <summary>Every area and grade with intervals.</summary>
    public static DataTable Areas(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new DataTable(
            "areas", "Response by area and grade",
            [
                new("Area"), new("Grade"), new("A day", true), new("In target, %", true), new("95% interval", true), new("Mean, minutes", true), new("95% interval", true),
                new("Median", true), new("90th percentile", true), new("Over 30 minutes, %", true), new("Never attended, %", true), new("Never attended, in a replication", true), new("By telephone a day", true),
            ],
            [.. result.Areas.SelectMany(area => area.Grades.Select(grade => (IReadOnlyList<DataCell>)
            [
                AreaName(area), grade.Grade, RunCharts.Minutes(grade.IncidentsPerDay.Value), InTarget(grade), RunCharts.Range(grade.InTarget, 100),
                Mean(grade), RunCharts.Range(grade.MeanMinutes, 1), Quantile(grade, grade.MedianMinutes, 0.5), Quantile(grade, grade.P90Minutes, 0.9),
                RunCharts.Percent(grade.Over30.Value), RunCharts.Percent(grade.NeverAttended.Value),
                RunCharts.Minutes(grade.NeverAttended.Value * grade.IncidentsPerDay.Value * result.Days), RunCharts.Minutes(grade.TelephonePerDay.Value),
            ]))])
        {
            Fold = 9,
        };
    }

    // Below this share of incidents never attended a mean needs no word beside it.
    private const double Some = 0.005;

    private static DataCell InTarget(GradeResult grade) =>
        grade.InTarget.Value is null ? new DataCell(grade.IncidentsPerDay.Value > 0 ? "no target" : "none came", Csv: "") : RunCharts.Percent(grade.InTarget.Value);

    // A mean that leaves out those whom nobody reached says so where it stands.
    private static DataCell Mean(GradeResult grade) => grade switch
    {
        { MeanMinutes.Value: null } => new DataCell(grade.IncidentsPerDay.Value > 0 ? "none was attended" : "none came", Csv: ""),
        { MeanMinutes.Value: { } mean, NeverAttended.Value: > Some } => new DataCell(
            $"{Format.Number(mean)}, of the {Format.Percent(1 - grade.NeverAttended.Value!.Value)} attended", Csv: mean.ToString("R", CultureInfo.InvariantCulture)),
        _ => RunCharts.Minutes(grade.MeanMinutes.Value),
    };

    private static DataCell Quantile(GradeResult grade, Estimate quantile, double rank) =>
        quantile.Value is null && grade.NeverAttended.Value > 1 - rank ? new DataCell("never attended", Csv: "") : RunCharts.Minutes(quantile.Value);

    /// <summary>
    /// Each phase of a run by area and grade, with the same days of the run it is compared with where that gives them; null for a run
    /// without a change inside it. The area that the comparison is about comes first.
    /// </summary>
    public static DataTable? Phases(Run run, RunResult result, ComparedRuns? both)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(result);
        if (result.Phases.Count == 0)
        {
            return null;
        }

        var beside = both?.Comparison.Phases.Where(phase => phase is { A: not null, B: not null }).ToDictionary(phase => phase.From) ?? [];
        var shown = Distinct(result).Select(area => (area.Level, area.Code)).ToHashSet();
        var areas = result.Phases[0].Areas.Select((area, index) => (area.Level, area.Code, Name: AreaName(result.Areas[index]), Index: index))
            .Where(area => shown.Contains((area.Level, area.Code)))
            .OrderBy(area => area.Level switch
            {
                ChangedArea.Level => 0,
                "force" => 1,
                "command-unit" => 2,
                _ => both is not null && both.Changed.Contains(area.Code, StringComparer.Ordinal) ? 3 : 4,
            }).ToList();
        var rows = new List<IReadOnlyList<DataCell>>();
        foreach (var area in areas)
        {
            for (var g = 0; g < result.Phases[0].Areas[area.Index].Grades.Count; g++)
            {
                foreach (var phase in result.Phases)
                {
                    var grade = phase.Areas[area.Index].Grades[g];
                    var change = beside.GetValueOrDefault(phase.From)?.Areas.FirstOrDefault(each => each.Level == area.Level && each.Code == area.Code)?.Grades.FirstOrDefault(each => each.Grade == grade.Grade);
                    rows.Add(
                    [
                        area.Name, grade.Grade, RunWords.Role(run, phase.From), phase.Name, RunWords.Days(phase.From, phase.To), RunCharts.Minutes(grade.IncidentsPerDay.Value),
                        RunCharts.Percent(grade.InTarget.Value), RunCharts.Range(grade.InTarget, 100), RunCharts.Minutes(grade.MeanMinutes.Value), RunCharts.Range(grade.MeanMinutes, 1),
                        .. both is null ? [] : (DataCell[])
                        [
                            RunCharts.Percent(change?.InTargetA.Value), RunCharts.Points(change?.InTargetDifference.Value), change is null ? "–" : RunCharts.Range(change.InTargetDifference, 100, signed: true),
                            RunCharts.Minutes(change?.MeanMinutesDifference.Value), change is null ? "–" : RunCharts.Range(change.MeanMinutesDifference, 1, signed: true),
                        ],
                    ]);
                }
            }
        }

        return new DataTable(
            "phases", "What holds inside the run, each over its own days" + (both is null ? "" : $"; beside it the same days of {both.Comparison.A}, on the same incidents"),
            [
                new("Area"), new("Grade"), new("Phase"), new("What holds"), new("Days"), new("A day", true, "incidentsPerDay"), new("In target, %", true, "inTargetPercent"), new("95% interval", true, "inTargetInterval"),
                new("Mean, minutes", true, "meanMinutes"), new("95% interval", true, "meanInterval"),
                .. both is null ? [] : (DataColumn[])
                [
                    new("Beside it, in target, %", true, "besidePercent"), new("Difference, points", true, "differencePoints"), new("95% interval", true, "differenceInterval"),
                    new("Difference of the mean, minutes", true, "meanDifferenceMinutes"), new("95% interval", true, "meanDifferenceInterval"),
                ],
            ],
            rows)
        {
            Fold = Math.Min(2, result.Phases[0].Areas[0].Grades.Count) * result.Phases.Count,
        };
    }

    /// <summary>Each phase of a comparison by area and grade, over the same days of both runs; null where neither has a change inside it.</summary>
    public static DataTable? Phases(ComparedRuns both)
    {
        ArgumentNullException.ThrowIfNull(both);
        var phases = both.Comparison.Phases;
        if (phases.Count == 0)
        {
            return null;
        }

        var known = Distinct(both.ResultB).Select(area => (area.Level, area.Code)).ToHashSet();
        var levels = both.ResultB.Areas.Concat(both.ResultA.Areas).DistinctBy(area => (area.Level, area.Code)).ToDictionary(area => (area.Level, area.Code), AreaName);
        return new DataTable(
            "phases", "Each phase over the same days of both runs",
            [
                new("Area"), new("Grade"), new("Days"), new("Before is"), new("After is"), new("Before, %", true, "beforePercent"), new("After, %", true, "afterPercent"), new("Change, points", true, "changePoints"),
                new("95% interval", true, "changeInterval"), new("Mean wait, change in minutes", true, "meanChangeMinutes"), new("95% interval", true, "meanChangeInterval"),
            ],
            [.. phases[0].Areas.Where(area => known.Contains((area.Level, area.Code))).OrderBy(area => area.Level switch { ChangedArea.Level => 0, "force" => 1, "command-unit" => 2, _ => 3 }).SelectMany(area => area.Grades.SelectMany(grade => phases.Select(phase =>
            {
                var change = phase.Areas.First(each => each.Level == area.Level && each.Code == area.Code).Grades.First(each => each.Grade == grade.Grade);
                return (IReadOnlyList<DataCell>)
                [
                    levels.GetValueOrDefault((area.Level, area.Code), area.Name), grade.Grade, RunWords.Days(phase.From, phase.To), phase.A ?? "no figures for these days", phase.B ?? "no figures for these days",
                    RunCharts.Percent(change.InTargetA.Value), RunCharts.Percent(change.InTargetB.Value), RunCharts.Points(change.InTargetDifference.Value), RunCharts.Range(change.InTargetDifference, 100, signed: true),
                    RunCharts.Minutes(change.MeanMinutesDifference.Value), RunCharts.Range(change.MeanMinutesDifference, 1, signed: true),
                ];
            })))])
        {
            Fold = 2 * phases.Count,
        };
    }

    /// <summary>How units spend their time, and the queue, by area.</summary>
    public static DataTable Units(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new DataTable(
            "units", "Queue and units by area; committed leaves out guards, constant watches, briefing and meals",
            [
                new("Area"), new("Unassigned, mean", true), new("Longest queue", true), new("Committed, % of time", true), new("95% interval", true), new("Units free", true),
                .. States.Select(state => new DataColumn($"{state.Name}, %", true)), new("Cross-borough a day", true), new("Overtime, crew-hours a day", true), new("Overtime, officer-hours a day", true), new("Km a day", true),
            ],
            [.. result.Areas.Select(area => (IReadOnlyList<DataCell>)
            [
                AreaName(area), RunCharts.Minutes(area.UnassignedMean.Value), RunCharts.Minutes(area.UnassignedMax.Value), RunCharts.Percent(area.Utilisation.Value), RunCharts.Range(area.Utilisation, 100),
                RunCharts.Minutes(area.UnitsAvailable.Value), .. States.Select(state => RunCharts.Percent(area.UnitTime.GetValueOrDefault(state.Key)?.Value)),
                RunCharts.Minutes(area.CrossBoroughPerDay.Value), RunCharts.Minutes(area.OvertimeHoursPerDay.Value), RunCharts.Minutes(area.OvertimeOfficerHoursPerDay?.Value), RunCharts.Minutes(area.KilometresPerDay.Value),
            ])])
        {
            Fold = 6,
        };
    }

    /// <summary>What the other tables give as a mean alone, each figure of an area in a row with its 95% interval: medians, the queue, driving, overtime, the control room.</summary>
    public static DataTable Spread(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new DataTable(
            "spread", "Medians, queue, driving, overtime and control room by area, with 95% intervals",
            [new("Area"), new("What"), new("Value", true), new("Lower, 95%", true, "lower"), new("Upper, 95%", true, "upper")],
            [
                .. Distinct(result).SelectMany(area => Figures(area).Where(figure => figure.Estimate.Value is not null).Select(figure => (IReadOnlyList<DataCell>)
                    [AreaName(area), figure.What, Fine(figure.Estimate.Value), Fine(figure.Estimate.Lower), Fine(figure.Estimate.Upper)])),
                .. result.DespatchGroups.SelectMany(group => new[] { ("Wait for a controller, minutes", group.ControllerWaitMinutes), ("Wait for the channel, minutes", group.ChannelWaitMinutes) }
                    .Where(wait => wait.Item2.Value is not null).Select(wait => (IReadOnlyList<DataCell>)[group.Name, wait.Item1, Fine(wait.Item2.Value), Fine(wait.Item2.Lower), Fine(wait.Item2.Upper)])),
            ]);
    }

    /// <summary>The same as a page shows it: a row an area, each cell a figure and its interval.</summary>
    public static DataTable SpreadByArea(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var columns = Figures(result.Areas[0]).Select(figure => figure.What).ToList();
        return new DataTable(
            "spread", "Medians, queue, driving and overtime by area, with 95% intervals", [new("Area"), .. columns.Select(what => new DataColumn(what, true))],
            [.. Distinct(result).Select(area => (IReadOnlyList<DataCell>)
            [
                AreaName(area), .. Figures(area).Select(figure => figure.Estimate.Value is null ? new DataCell("–", Csv: "")
                    : new DataCell(figure.Estimate.Lower is null ? Fine(figure.Estimate.Value).Text : $"{Fine(figure.Estimate.Value).Text} ({FineRange(figure.Estimate).Text})")),
            ])])
        {
            Fold = 1,
            CsvOf = "each figure in a row, with its interval, and the control room",
        };
    }

    private static List<(string What, Estimate Estimate)> Figures(AreaResult area)
    {
        static Estimate Hundredfold(Estimate share) => new(share.Value * 100, share.Se * 100, share.Lower * 100, share.Upper * 100);
        var nothing = new Estimate(null, null, null, null);
        return
        [
            .. area.Grades.SelectMany(grade => new[]
            {
                ($"{RunCharts.Name(grade.Grade)}: median, minutes", grade.MedianMinutes), ($"{RunCharts.Name(grade.Grade)}: 90th percentile, minutes", grade.P90Minutes),
                ($"{RunCharts.Name(grade.Grade)}: over 30 minutes, %", Hundredfold(grade.Over30)), ($"{RunCharts.Name(grade.Grade)}: never attended, %", Hundredfold(grade.NeverAttended)),
            }),
            ("Incidents unassigned, mean", area.UnassignedMean), ("Longest unassigned queue", area.UnassignedMax), ("Units free", area.UnitsAvailable),
            ("Cross-borough deployments a day", area.CrossBoroughPerDay), ("Overtime, crew-hours a day", area.OvertimeHoursPerDay),
            ("Overtime, officer-hours a day", area.OvertimeOfficerHoursPerDay ?? nothing), ("Km a day", area.KilometresPerDay),
            ("Km a day to incidents", area.KilometresToIncidentsPerDay ?? nothing),
        ];
    }

    // A command unit of one borough, under its name, says what the borough says; so does the unit that is all that changes.
    private static IEnumerable<AreaResult> Distinct(RunResult result)
    {
        var boroughs = result.Areas.Where(area => area.Level == "borough").Select(area => area.Name).ToHashSet(StringComparer.Ordinal);
        var changed = result.Areas.FirstOrDefault(area => area.Level == ChangedArea.Level)?.Name;
        return result.Areas.Where(area => area.Level != "command-unit" || (!boroughs.Contains(area.Name) && area.Name != changed));
    }

    /// <summary>Controllers and channels, busiest first.</summary>
    public static DataTable Groups(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new DataTable(
            "control-room", "Controllers and radio channels",
            [new("Despatch group"), new("Controllers busy, %", true), new("Wait for a controller, minutes", true), new("Channel busy, %", true), new("Wait for the channel, minutes", true)],
            [.. result.DespatchGroups.OrderByDescending(group => group.ChannelUtilisation.Value ?? 0).Select(group => (IReadOnlyList<DataCell>)
            [
                group.Name, RunCharts.Percent(group.ControllerUtilisation.Value), Two(group.ControllerWaitMinutes.Value),
                RunCharts.Percent(group.ChannelUtilisation.Value), Two(group.ChannelWaitMinutes.Value),
            ])])
        {
            Fold = 8,
        };
    }

    /// <summary>
    /// Crimes that officers keep, by area; null where nobody keeps any. The load is rated against the warning and the red line only where it is
    /// known how long a crime stays open (the minutes of work that a run holds in hand say nothing of that) and one organisation holds
    /// throughout: an average over the days before and under a change is the load of neither.
    /// </summary>
    public static DataTable? Cases(RunResult result, double warning, double redLine)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Areas.All(area => area.CasesPerOfficer is null))
        {
            return null;
        }

        var rated = result.Areas.Any(area => area.CaseLoadPerOfficer is not null);
        var mixed = result.Phases.Count > 0;
        return new DataTable(
            "cases", rated ? "Crimes kept by officers and open" + (mixed ? "; not rated, for the averages are over all days, its phases together" : "") : "Crimes kept by officers; not rated, for how long one stays open is not stated",
            [
                new("Area"), new("Kept, an officer a week", true), new("95% interval", true), .. rated ? (DataColumn[])[new("Open, an officer", true), new("95% interval", true), new("Stands")] : [],
                new("Work in hand, crimes an officer", true), new("95% interval", true), new("Most that one crew had in hand", true), new("Case work, % of unit time", true),
            ],
            [.. result.Areas.Select(area => (IReadOnlyList<DataCell>)
            [
                AreaName(area), Two(area.CrimesKeptPerOfficerWeek?.Value), FineRange(area.CrimesKeptPerOfficerWeek),
                .. rated ? (DataCell[])[Two(area.CaseLoadPerOfficer?.Value), FineRange(area.CaseLoadPerOfficer), mixed ? "not rated: phases together" : Stands(area.CaseLoadPerOfficer?.Value, warning, redLine)] : [],
                Two(area.CasesPerOfficer?.Value), FineRange(area.CasesPerOfficer),
                RunCharts.Minutes(area.MostCases?.Value), RunCharts.Percent(area.UnitTime.GetValueOrDefault("caseWork")?.Value),
            ])])
        {
            Fold = 6,
        };
    }

    private static DataCell Stands(double? load, double warning, double redLine) => load switch
    {
        null => "–",
        { } held when held >= redLine => new DataCell($"over the red line of {Format.Plain(redLine)}", Tag: "red"),
        { } held when held >= warning => new DataCell($"over the warning of {Format.Plain(warning)}", Tag: "yellow"),
        _ => new DataCell($"under {Format.Plain(warning)}", Tag: "green"),
    };

    // Digits enough that the two ends of a narrow interval differ.
    private static DataCell FineRange(Estimate? estimate) => estimate is { Lower: { } lower, Upper: { } upper }
        ? new DataCell($"{Fine(lower).Text} to {Fine(upper).Text}", Csv: $"{Fine(lower).Csv} to {Fine(upper).Csv}") : new DataCell("–", Csv: "");

    private static DataCell Fine(double? value) => value is { } number
        ? new DataCell(Format.Number(number, Math.Abs(number) switch { < 1 => 3, < 100 => 2, _ => 1 }), Csv: number.ToString("R", CultureInfo.InvariantCulture)) : new DataCell("–", Csv: "");

    /// <summary>Duty inspectors by the area that shares them, busiest first; null where nothing waits for one.</summary>
    public static DataTable? Inspectors(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.InspectorAreas.Count == 0
            ? null
            : new DataTable(
                "inspectors", "Duty inspectors", [new("Area"), new("Busy, %", true), new("95% interval", true), new("Wait for a decision, minutes", true), new("Decisions a day", true)],
                [.. result.InspectorAreas.OrderByDescending(area => area.Utilisation.Value ?? 0).Select(area => (IReadOnlyList<DataCell>)
                [
                    area.Name, RunCharts.Percent(area.Utilisation.Value), RunCharts.Range(area.Utilisation, 100), Two(area.WaitMinutes.Value), RunCharts.Minutes(area.DecisionsPerDay.Value),
                ])])
            {
                Fold = 8,
            };
    }

    /// <summary>Both sides of a comparison over all grades: queue, units and driving in the areas that both have, each with its difference.</summary>
    public static DataTable Both(ComparedRuns both)
    {
        ArgumentNullException.ThrowIfNull(both);
        (string What, string Quantity, Func<AreaResult, Estimate> Of, double Scale)[] kinds =
        [
            ("Incidents unassigned, mean", AreaQuantity.Unassigned, area => area.UnassignedMean, 1), ("Committed, % of unit time", AreaQuantity.Utilisation, area => area.Utilisation, 100),
            ("Units free", AreaQuantity.Available, area => area.UnitsAvailable, 1), ("Cross-borough deployments a day", AreaQuantity.CrossBorough, area => area.CrossBoroughPerDay, 1),
            ("Overtime, crew-hours a day", AreaQuantity.Overtime, area => area.OvertimeHoursPerDay, 1), ("Km a day", AreaQuantity.Kilometres, area => area.KilometresPerDay, 1),
        ];
        var others = both.ResultB.Areas.DistinctBy(area => (area.Level, area.Code)).ToDictionary(area => (area.Level, area.Code));
        var changes = both.Comparison.Areas.ToDictionary(area => (area.Level, area.Code), area => area.Quantities);
        return new DataTable(
            "units", $"Queue and units before and after, {(both.Comparison.Paired ? "paired by replication" : "not paired")}{(both.ResultA.Phases.Count + both.ResultB.Phases.Count > 0 ? ", over all days, the phases together" : "")}",
            [
                new("Area"), new("What"), new("Before", true), new("After", true), new("Change", true), new("Lower, 95%", true, "lower"), new("Upper, 95%", true, "upper"), new("p", true),
            ],
            [.. Distinct(both.ResultA).Where(area => others.ContainsKey((area.Level, area.Code))).SelectMany(area => kinds.Select(kind =>
            {
                var change = changes.GetValueOrDefault((area.Level, area.Code))?.GetValueOrDefault(kind.Quantity);
                return (IReadOnlyList<DataCell>)
                [
                    AreaName(area), kind.What, Fine(kind.Of(area).Value * kind.Scale), Fine(kind.Of(others[(area.Level, area.Code)]).Value * kind.Scale),
                    Signed(change?.Value * kind.Scale), Signed(change?.Lower * kind.Scale), Signed(change?.Upper * kind.Scale), RunCharts.P(change?.P),
                ];
            }))])
        {
            Fold = 2 * kinds.Length,
        };
    }

    private static DataCell Signed(double? value) => value is { } number
        ? new DataCell(Format.Signed(number, Math.Abs(number) < 1 ? 3 : 2), Csv: number.ToString("R", CultureInfo.InvariantCulture)) : new DataCell("–", Csv: "");

    /// <summary>By team.</summary>
    public static DataTable Teams(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new DataTable(
            "teams", "Response by team, whole force", [new("Team"), new("Grade"), new("Attended a day", true), new("In target, %", true), new("95% interval", true), new("Mean, minutes", true)],
            [.. result.Teams.Select(team => (IReadOnlyList<DataCell>)
                [team.Team, team.Grade, RunCharts.Minutes(team.IncidentsPerDay.Value), RunCharts.Percent(team.InTarget.Value), RunCharts.Range(team.InTarget, 100), RunCharts.Minutes(team.MeanMinutes.Value)])]);
    }

    /// <summary>By zone; means over replications only, so small zones are noisy.</summary>
    public static DataTable Zones(RunResult result, string grade, ForcePack? pack)
    {
        ArgumentNullException.ThrowIfNull(result);
        var zones = pack?.Zones.ToDictionary(zone => zone.Code, StringComparer.Ordinal) ?? [];
        var boroughs = pack?.Boroughs.ToDictionary(borough => borough.Code, borough => borough.Name, StringComparer.Ordinal) ?? [];
        return new DataTable(
            "zones", $"{RunCharts.Name(grade)} by zone, lowest share first; means over replications, without intervals",
            [new("Zone"), new("Borough"), new("A day", true), new("In target, %", true), new("Mean, minutes", true), new("Code")],
            [.. result.Zones.Where(zone => zone.Grade == grade).OrderBy(zone => zone.InTarget ?? 2).ThenBy(zone => zone.Zone, StringComparer.Ordinal).Select(zone => (IReadOnlyList<DataCell>)
            [
                zones.TryGetValue(zone.Zone, out var named) ? named.Name : zone.Zone, named is null ? "" : boroughs.GetValueOrDefault(named.Borough, named.Borough),
                Two(zone.IncidentsPerDay), RunCharts.Percent(zone.InTarget), RunCharts.Minutes(zone.MeanMinutes), zone.Zone,
            ])])
        {
            Fold = 8,
        };
    }

    /// <summary>The first rows of a long table; the CSV file, offered under the same id, holds all.</summary>
    public static DataTable First(DataTable table, int rows)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Rows.Count <= rows
            ? table
            : table with { Rows = [.. table.Rows.Take(rows)], Caption = $"{table.Caption}; the first {rows} of {Format.Count(table.Rows.Count)}, all of them in the CSV file", Fold = 0 };
    }

    internal static string AreaName(AreaResult area) => area.Level switch
    {
        "force" => "Whole force",
        "command-unit" => $"{area.Name} (unit)",
        ChangedArea.Level => $"{area.Name} (what changes)",
        _ => area.Name,
    };

    private static DataCell Two(double? value) =>
        value is { } number ? new DataCell(Format.Number(number, 2), Csv: number.ToString("R", CultureInfo.InvariantCulture)) : new DataCell("–", Csv: "");
}
