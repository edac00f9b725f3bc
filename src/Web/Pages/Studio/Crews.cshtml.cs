using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Studio;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Studio;

/// <summary>The crews and officers of a plan by formula, and how far a simulation agrees.</summary>
[RequirePermission(Permission.Read)]
public sealed class CrewsModel(StudioDesk desk, StudioForces forces, DesignRegister register, RunRegister runs, TimeProvider time) : StudioPageModel(desk, forces)
{
    private const int MostRunsLookedAt = 40;
    private static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>A sentence.</summary>
    public string Headline { get; private set; } = "Crews of this plan";

    /// <summary>By unit.</summary>
    public DataTable? Units { get; private set; }

    /// <summary>Crews on each shift of the week.</summary>
    public DataTable? Shifts { get; private set; }

    /// <summary>Crews by hour of the week.</summary>
    public LineChart? ByHour { get; private set; }

    /// <summary>Least officers by number of units.</summary>
    public DataTable? Totals { get; private set; }

    /// <summary>The largest unit that was allowed for those.</summary>
    public int TotalsMax { get; private set; }

    /// <summary>Formula beside simulation; null while no run of this plan has finished.</summary>
    public DataTable? Simulated { get; private set; }

    /// <summary>The run it is from.</summary>
    public RunView? Run { get; private set; }

    /// <summary>Units whose target no number of crews reaches.</summary>
    public IReadOnlyList<string> OutOfReach { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is { } refused)
        {
            return refused;
        }

        if (Force is not { Crews.Problem: null } force)
        {
            return Page();
        }

        var needs = State.Plan.Select(unit => (Unit: unit, Need: force.Crews.Of(force.Mask(unit.Boroughs)))).ToList();
        var officers = needs.Sum(pair => pair.Need.Strength.Officers);
        var beyond = needs.Count(pair => pair.Need.Reach.Any(reach => reach.AskedFor < reach.Target));
        Headline = beyond == 0 ? $"{Format.Count(officers)} response officers would meet the targets in these {State.Plan.Count} units at every hour, by formula"
            : $"{Format.Count(officers)} response officers by formula: they meet the targets in {State.Plan.Count - beyond} of {State.Plan.Count} units; in {Format.Words(beyond)} the journeys alone take too long";
        OutOfReach = [.. needs.SelectMany(pair => pair.Need.Reach.Where(reach => reach.AskedFor < reach.Target)
            .Select(reach => $"{pair.Unit.Code}: {Format.Percent(reach.Reachable)} of journeys to {(reach.Grade == "I" ? "immediate" : "significant")} calls are short enough, {Format.Percent(reach.Target, 0)} is the target"))];
        Units = Offer(UnitTable(needs));
        Shifts = Offer(ShiftTable(force, needs));
        ByHour = HourChart(force, needs);
        TotalsMax = Math.Max(State.Max, 5);
        var totals = StudioCrewTotals.Of(force, State, TotalsMax, HttpContext.RequestAborted);
        Totals = totals.Succeeded ? Offer(TotalTable(totals.Value, officers)) : null;
        await CompareAsync(force);
        return Page();
    }

    private static DataTable UnitTable(List<(StudioUnit Unit, StudioCrewNeed Need)> needs) => new("crews", "Crews and officers by unit",
        [
            new("Unit"), new("Crews in the busiest hour", Numeric: true), new("Crew-shifts a week", Numeric: true), new("Optimum strength", Numeric: true), new("Minimum strength", Numeric: true),
            new("Officers in a team", Numeric: true), new("Officers", Numeric: true), new("At least", Numeric: true), new("Immediate in target", Numeric: true), new("Significant in target", Numeric: true),
        ],
        [.. needs.Select(pair => (IReadOnlyList<DataCell>)
        [
            pair.Unit.Code, DataCell.Of(pair.Need.Required.Max()), DataCell.Of(pair.Need.Cover.Total), DataCell.Of(pair.Need.Strength.OptimumParade), DataCell.Of(pair.Need.Strength.MinimumParade),
            DataCell.Of(pair.Need.Strength.Team), DataCell.Of(pair.Need.Strength.Officers), DataCell.Of(pair.Need.Strength.OfficersIfSteered), Reached(pair.Need, "I"), Reached(pair.Need, "S"),
        ])]);

    private static DataCell Reached(StudioCrewNeed need, string grade) =>
        need.Reach.FirstOrDefault(reach => reach.Grade == grade) is { } reach ? new DataCell(Format.Percent(reach.Reached), Csv: reach.Reached.ToString("R", CultureInfo.InvariantCulture)) : Format.NotKnown;

    private static DataTable ShiftTable(StudioForce force, List<(StudioUnit Unit, StudioCrewNeed Need)> needs)
    {
        var shifts = force.Crews.Shifts;
        return new DataTable("shifts", "Crews on each shift of the week",
            [new("Unit"), new("Shift"), .. Days.Select(day => new DataColumn(day, Numeric: true))],
            [.. needs.SelectMany(pair => shifts.Select((shift, i) => (IReadOnlyList<DataCell>)
                [pair.Unit.Code, shift.Code, .. Enumerable.Range(0, 7).Select(day => DataCell.Of(pair.Need.Cover.Crews[(day * shifts.Count) + i]))]))])
        { Fold = 9 };
    }

    private static LineChart HourChart(StudioForce force, List<(StudioUnit Unit, StudioCrewNeed Need)> needs)
    {
        var required = Enumerable.Range(0, 168).Select(hour => (double?)needs.Sum(pair => pair.Need.Required[hour])).ToList();
        var cover = needs.Select(pair => force.Crews.OnDuty(pair.Need.Cover.Crews)).ToList();
        var onDuty = Enumerable.Range(0, 168).Select(hour => (double?)cover.Sum(free => free[hour])).ToList();
        return new LineChart
        {
            Title = "Crews needed and crews on duty by hour of the week, all units",
            Note = "What the shifts have above the line is what their length costs: fewer crew-shifts cannot cover every hour",
            Series = [new LineSeries("needed", required), new LineSeries("on duty", onDuty)],
            Ticks = [.. Days.Select((day, index) => ((index * 24) + 12, day))],
            Read = value => Format.Number(value, 0),
            Steps = true,
            High = Math.Ceiling(onDuty.Max()!.Value / 50) * 50,
            Table = new DataTable("crews-by-hour", "Crews by hour of the week", [new("Hour of the week"), new("Needed", Numeric: true), new("On duty", Numeric: true)],
                [.. Enumerable.Range(0, 168).Select(hour => (IReadOnlyList<DataCell>)[DataCell.Of(hour), DataCell.Of(required[hour]!.Value, 0), DataCell.Of(onDuty[hour]!.Value)])]) { Fold = 5 },
        };
    }

    private DataTable TotalTable(IReadOnlyList<StudioCrewTotal> totals, int own) => new("totals", "Least officers for each number of units, over all groupings",
        [new("Units"), new("Least officers", Numeric: true), new("Possible plans", Numeric: true), new("")],
        [.. totals.Select(total => (IReadOnlyList<DataCell>)
        [
            DataCell.Of(total.Units), DataCell.Of(total.Officers), new DataCell(StudioText.Plans(total.Plans), Csv: total.Plans.ToString(CultureInfo.InvariantCulture)),
            total.Units == State.Plan.Count ? $"this plan takes {Format.Count(own)}" : "",
        ])])
    { Fold = 12 };

    // The newest finished run of a design whose response units are these.
    private async Task CompareAsync(StudioForce force)
    {
        var wanted = Key(State.Plan);
        foreach (var run in (await runs.ListAsync(time.Now(), cancellation: HttpContext.RequestAborted)).Where(run => run.Status == RunStatus.Finished).Take(MostRunsLookedAt))
        {
            if (run.Run.PackSha256 != force.Pack.Sha256 || !run.Run.DemandMultiplier.Equals(1)
                || await register.FindVersionAsync(run.Run.Design, run.Run.DesignVersion, HttpContext.RequestAborted) is not { Body: { } design } || Key(StudioDesigns.PlanOf(design)) != wanted
                || await runs.FindResultAsync(run.Run, HttpContext.RequestAborted) is not { } result)
            {
                continue;
            }

            Run = run;
            Simulated = Offer(new DataTable("simulated", "In target by formula and by simulation, with the crews of the run’s design",
                [new("Unit"), new("Immediate: formula", Numeric: true), new("simulation", Numeric: true, CsvName: "Immediate: simulation"), new("difference", Numeric: true, CsvName: "Immediate: difference, points"), new("Significant: formula", Numeric: true), new("simulation", Numeric: true, CsvName: "Significant: simulation"), new("difference", Numeric: true, CsvName: "Significant: difference, points")],
                [.. StudioDesigns.UnitsOf(design).Select(unit => Row(force, design, unit, result))]));
            return;
        }
    }

    private static IReadOnlyList<DataCell> Row(StudioForce force, Design design, StudioUnit unit, RunResult result)
    {
        var area = result.Areas.FirstOrDefault(area => area.Level == "command-unit" && area.Code == unit.Code);
        var crews = force.Crews.Shifts.Select(shift => design.Crews.Where(line => line.Shift == shift.Code && unit.Boroughs.Contains(line.Borough)).Sum(line => line.Crews)).ToList();
        int[] week = [.. Enumerable.Range(0, 7).SelectMany(_ => crews)];
        List<DataCell> row = [unit.Code];
        foreach (var grade in (string[])["I", "S"])
        {
            var formula = force.Crews.ShareWith(force.Mask(unit.Boroughs), grade, week);
            var simulated = area?.Grades.FirstOrDefault(entry => entry.Grade == grade)?.InTarget;
            row.AddRange(
            [
                formula is { } share ? new DataCell(Format.Percent(share), Csv: share.ToString("R", CultureInfo.InvariantCulture)) : Format.NotKnown,
                Format.Share(simulated),
                formula is { } own && simulated?.Value is { } found ? new DataCell(Format.Signed((own - found) * 100), Csv: ((own - found) * 100).ToString("R", CultureInfo.InvariantCulture)) : "",
            ]);
        }

        return row;
    }

    private static string Key(IEnumerable<StudioUnit> plan) => string.Join('_', plan.Select(unit => string.Join('.', unit.Boroughs)).Order(StringComparer.Ordinal));
}
