using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Maps;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>Two finished runs side by side: what differs, by how much, for whom and why.</summary>
[RequirePermission(Permission.Read)]
public sealed class CompareModel(RunRegister runs, IForcePacks packs, ForceViews views) : AsAtPageModel
{
    private static readonly string[] Graded = ["I", "S"];

    /// <summary>Key of the run compared from.</summary>
    [BindProperty(SupportsGet = true, Name = "a")]
    public string A { get; set; } = "";

    /// <summary>Key of the run compared to.</summary>
    [BindProperty(SupportsGet = true, Name = "b")]
    public string B { get; set; } = "";

    /// <summary>The grade that map and hours show.</summary>
    [BindProperty(SupportsGet = true, Name = "grade")]
    public string Grade { get; set; } = "I";

    /// <summary>The phase whose figures are shown, from 1; where none is named, the first in which the two differ.</summary>
    [BindProperty(SupportsGet = true, Name = "phase")]
    public string? Phase { get; set; }

    /// <summary>Both runs with the figures of the phase shown.</summary>
    public ComparedRuns InPhase { get; private set; } = null!;

    /// <summary>Each phase with both sides; null where neither run has a change inside it.</summary>
    public DataTable? Phases { get; private set; }

    /// <summary>Both runs.</summary>
    public ComparedRuns Both { get; private set; } = null!;

    /// <summary>Where the findings hold: "in East", "in the whole force".</summary>
    public string Where { get; private set; } = "";

    /// <summary>The finding for immediate calls, after what is not like with like.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The finding for significant calls.</summary>
    public string Second { get; private set; } = "";

    /// <summary>What most of the longer or shorter wait is.</summary>
    public string? Cause { get; private set; }

    /// <summary>Reasons by grade.</summary>
    public IReadOnlyList<(string Grade, IReadOnlyList<string> Reasons)> Reasons { get; private set; } = [];

    /// <summary>What a wait is made of before and after.</summary>
    public StackedBarChart Wait { get; private set; } = null!;

    /// <summary>Difference by borough, one chart a grade.</summary>
    public IReadOnlyList<DotIntervalChart> Differences { get; private set; } = [];

    /// <summary>By hour of the week.</summary>
    public LineChart ByHour { get; private set; } = null!;

    /// <summary>The map of change.</summary>
    public MapView? Map { get; private set; }

    /// <summary>What the designs differ in.</summary>
    public DataTable Changes { get; private set; } = null!;

    /// <summary>Queue and units on both sides.</summary>
    public DataTable Units { get; private set; } = null!;

    /// <summary>Control room on both sides.</summary>
    public IReadOnlyList<DataTable> ControlRooms { get; private set; } = [];

    /// <summary>Change by zone.</summary>
    public DataTable Zones { get; private set; } = null!;

    /// <summary>What the design compared to rests on; null when it is no longer in the store.</summary>
    public DesignBasis? Basis { get; private set; }

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        Grade = Grade is "I" or "S" ? Grade : "I";
        var compared = await runs.CompareAsync(A, B, At, HttpContext.RequestAborted);
        if (!compared.Succeeded)
        {
            return Refuse(compared.Problems);
        }

        Both = compared.Value;
        var area = Both.Comparison.Areas.First(each => each.Level == Both.Level && each.Code == Both.Code);
        Where = Both.Level == "force" ? "whole force" : area.Name;
        var finding = Findings.OfComparison(Both.Comparison, Both.Level, Both.Code, "I");
        Headline = Both.Unlike is { } unlike ? $"{unlike}. {finding}" : finding;
        Second = Findings.OfComparison(Both.Comparison, Both.Level, Both.Code, "S");
        Cause = string.Join(" ", Graded.Select(grade => Findings.Cause(Both.Comparison, Both.Level, Both.Code, grade)).OfType<string>());
        Reasons = [("I", Both.Reasons("I")), ("S", Both.Reasons("S"))];
        InPhase = Both.InPhase(int.TryParse(Phase, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var chosen) ? chosen - 1 : null);
        Phases = RunTables.Phases(Both) is { } phases ? Offer(phases) : null;
        Wait = RunCharts.Wait(InPhase, Where);
        Offer(Wait.Table);
        Differences = [RunCharts.Difference(InPhase, "I"), RunCharts.Difference(InPhase, "S")];
        foreach (var chart in Differences)
        {
            Offer(chart.Table);
        }

        var scenario = ScenarioJson.ReadScenario((await runs.FindScenarioBytesAsync(Both.B.Run, HttpContext.RequestAborted))!).Value;
        ByHour = RunCharts.ByHour(
            [(Both.Comparison.A, Both.ResultA), (Both.Comparison.B, Both.ResultB)], Grade, scenario.Grades.FirstOrDefault(grade => grade.Code == Grade));
        Offer(ByHour.Table);
        var pack = await packs.FindAsync(Both.B.Run.PackSha256, HttpContext.RequestAborted);
        Map = pack is null ? null : RunMaps.Change(views.Of(pack), Both.ResultA, Both.ResultB, Grade);
        Units = Offer(RunTables.Both(Both));
        ControlRooms =
        [
            Offer(RunTables.Groups(Both.ResultA) with { Id = "control-room-before", Caption = "Before" }),
            Offer(RunTables.Groups(Both.ResultB) with { Id = "control-room-after", Caption = "After" }),
        ];
        Zones = BothEnds(Offer(ZonesTable(pack)));
        FillDesigns(pack);
        return Page();
    }

    private void FillDesigns(ForcePack? pack)
    {
        var changes = pack is null || Both.Before is null || Both.After is null ? [] : DesignDifferences.Between(Both.Before, Both.After, pack);
        Changes = Offer(new DataTable(
            "changes", "What the two designs differ in", [new("Topic"), new("What"), new("From"), new("To")],
            [.. changes.Select(change => (IReadOnlyList<DataCell>)[change.Topic, change.What, change.From, change.To])])
        {
            Empty = "Nothing: the two runs are of the same organisation.",
            Fold = 10,
        });
        Basis = pack is null || Both.After is null ? null : DesignBasis.Of(Both.After, pack);
    }

    // The largest falls alone would hide that others gained, and the other way about.
    private static DataTable BothEnds(DataTable table)
    {
        const int Each = 6;
        if (table.Rows.Count <= 2 * Each)
        {
            return table;
        }

        const int Change = 5;
        var falls = table.Rows.Where(row => Value(row) < 0).Take(Each);
        var rises = table.Rows.Where(row => Value(row) > 0).Take(Each);
        return table with
        {
            Rows = [.. falls, .. rises],
            Caption = $"{table.Caption}; the {Components.Format.Words(Each)} largest falls and rises of {Components.Format.Count(table.Rows.Count)} zones, all of them in the CSV file",
            Fold = 0,
        };

        static double Value(IReadOnlyList<DataCell> row) =>
            double.TryParse(row[Change].Csv, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : 0;
    }

    private DataTable ZonesTable(ForcePack? pack)
    {
        var zones = pack?.Zones.ToDictionary(zone => zone.Code, StringComparer.Ordinal) ?? [];
        var boroughs = pack?.Boroughs.ToDictionary(borough => borough.Code, borough => borough.Name, StringComparer.Ordinal) ?? [];
        var before = Both.ResultA.Zones.Where(zone => zone.Grade == Grade).ToDictionary(zone => zone.Zone, StringComparer.Ordinal);
        return new DataTable(
            "zones", $"{RunCharts.Name(Grade)}: change of the share in target by zone, largest first; means over replications, without intervals",
            [new("Zone"), new("Borough"), new("A day", true), new("Before, %", true), new("After, %", true), new("Change, points", true), new("Code")],
            [.. Both.ResultB.Zones.Where(zone => zone.Grade == Grade && zone.InTarget is not null && before.GetValueOrDefault(zone.Zone)?.InTarget is not null)
                .OrderByDescending(zone => Math.Abs((zone.InTarget - before[zone.Zone].InTarget) ?? 0)).ThenBy(zone => zone.Zone, StringComparer.Ordinal)
                .Select(zone => (IReadOnlyList<DataCell>)
                [
                    zones.TryGetValue(zone.Zone, out var named) ? named.Name : zone.Zone, named is null ? "" : boroughs.GetValueOrDefault(named.Borough, named.Borough),
                    RunCharts.Minutes(zone.IncidentsPerDay), RunCharts.Percent(before[zone.Zone].InTarget), RunCharts.Percent(zone.InTarget),
                    RunCharts.Points(zone.InTarget - before[zone.Zone].InTarget), zone.Zone,
                ])])
        {
            Fold = 8,
        };
    }
}
