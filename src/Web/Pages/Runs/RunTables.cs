using System.Globalization;
using Pathfinder.Platform.Forces;
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
                new("Median", true), new("90th percentile", true), new("Over 30 minutes, %", true), new("Never attended, %", true), new("By telephone a day", true),
            ],
            [.. result.Areas.SelectMany(area => area.Grades.Select(grade => (IReadOnlyList<DataCell>)
            [
                AreaName(area), grade.Grade, RunCharts.Minutes(grade.IncidentsPerDay.Value), RunCharts.Percent(grade.InTarget.Value), RunCharts.Range(grade.InTarget, 100),
                RunCharts.Minutes(grade.MeanMinutes.Value), RunCharts.Range(grade.MeanMinutes, 1), RunCharts.Minutes(grade.MedianMinutes.Value), RunCharts.Minutes(grade.P90Minutes.Value),
                RunCharts.Percent(grade.Over30.Value), RunCharts.Percent(grade.NeverAttended.Value), RunCharts.Minutes(grade.TelephonePerDay.Value),
            ]))])
        {
            Fold = 9,
        };
    }

    /// <summary>How units spend their time, and the queue, by area.</summary>
    public static DataTable Units(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new DataTable(
            "units", "Queue and units by area",
            [
                new("Area"), new("Waiting for a unit, mean", true), new("Longest queue", true), new("Committed, % of time", true), new("95% interval", true), new("Units free", true),
                .. States.Select(state => new DataColumn($"{state.Name}, %", true)), new("Cross-borough a day", true), new("Overtime, hours a day", true), new("Km a day", true),
            ],
            [.. result.Areas.Select(area => (IReadOnlyList<DataCell>)
            [
                AreaName(area), RunCharts.Minutes(area.UnassignedMean.Value), RunCharts.Minutes(area.UnassignedMax.Value), RunCharts.Percent(area.Utilisation.Value), RunCharts.Range(area.Utilisation, 100),
                RunCharts.Minutes(area.UnitsAvailable.Value), .. States.Select(state => RunCharts.Percent(area.UnitTime.GetValueOrDefault(state.Key)?.Value)),
                RunCharts.Minutes(area.CrossBoroughPerDay.Value), RunCharts.Minutes(area.OvertimeHoursPerDay.Value), RunCharts.Minutes(area.KilometresPerDay.Value),
            ])])
        {
            Fold = 6,
        };
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

    /// <summary>Crimes that officers keep, by area, against the warning and the red line; null where nobody keeps any.</summary>
    public static DataTable? Cases(RunResult result, double warning, double redLine)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Areas.All(area => area.CasesPerOfficer is null)
            ? null
            : new DataTable(
                "cases", "Crimes kept and not finished",
                [new("Area"), new("An officer", true), new("95% interval", true), new("Stands"), new("Most that one crew held", true), new("Case work, % of unit time", true)],
                [.. result.Areas.Select(area => (IReadOnlyList<DataCell>)
                [
                    AreaName(area), Two(area.CasesPerOfficer?.Value), area.CasesPerOfficer is { } cases ? RunCharts.Range(cases, 1) : "–",
                    area.CasesPerOfficer?.Value switch
                    {
                        null => "–",
                        { } held when held >= redLine => new DataCell($"over the red line of {Format.Plain(redLine)}", Tag: "red"),
                        { } held when held >= warning => new DataCell($"over the warning of {Format.Plain(warning)}", Tag: "yellow"),
                        _ => new DataCell($"under {Format.Plain(warning)}", Tag: "green"),
                    },
                    RunCharts.Minutes(area.MostCases?.Value), RunCharts.Percent(area.UnitTime.GetValueOrDefault("caseWork")?.Value),
                ])])
            {
                Fold = 6,
            };
    }

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

    /// <summary>Both sides of a comparison: queue, units and control room in the areas that both have.</summary>
    public static DataTable Both(RunResult a, RunResult b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var others = b.Areas.ToDictionary(area => (area.Level, area.Code));
        return new DataTable(
            "units", "Queue and units before and after",
            [
                new("Area"), new("Waiting for a unit, before", true), new("after", true), new("Committed, % before", true), new("after", true),
                new("Units free, before", true), new("after", true), new("Cross-borough a day, before", true), new("after", true), new("Km a day, before", true), new("after", true),
            ],
            [.. a.Areas.Where(area => others.ContainsKey((area.Level, area.Code))).Select(area =>
            {
                var other = others[(area.Level, area.Code)];
                return (IReadOnlyList<DataCell>)
                [
                    AreaName(area), RunCharts.Minutes(area.UnassignedMean.Value), RunCharts.Minutes(other.UnassignedMean.Value), RunCharts.Percent(area.Utilisation.Value), RunCharts.Percent(other.Utilisation.Value),
                    RunCharts.Minutes(area.UnitsAvailable.Value), RunCharts.Minutes(other.UnitsAvailable.Value), RunCharts.Minutes(area.CrossBoroughPerDay.Value), RunCharts.Minutes(other.CrossBoroughPerDay.Value),
                    RunCharts.Minutes(area.KilometresPerDay.Value), RunCharts.Minutes(other.KilometresPerDay.Value),
                ];
            })])
        {
            Fold = 5,
        };
    }

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
        _ => area.Name,
    };

    private static DataCell Two(double? value) =>
        value is { } number ? new DataCell(Format.Number(number, 2), Csv: number.ToString("R", CultureInfo.InvariantCulture)) : new DataCell("–", Csv: "");
}
