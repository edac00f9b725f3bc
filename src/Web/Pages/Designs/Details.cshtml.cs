using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Maps;
using Pathfinder.Web.Pages.Forces;

namespace Pathfinder.Web.Pages.Designs;

/// <summary>One design: what it changes, how it is organised, what it assumes, its history.</summary>
[RequirePermission(Permission.Read)]
public sealed class DetailsModel(DesignRegister register, ForceViews views, TimeProvider time) : DesignPageModel(register, time)
{
    private readonly TimeProvider _time = time;

    /// <summary>What the design does, a sentence.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>Problems and warnings of the design itself.</summary>
    public DesignCheck Check { get; private set; } = new([], []);

    /// <summary>What changes against the force on the design's date.</summary>
    public DataTable Changes { get; private set; } = null!;

    /// <summary>Response units.</summary>
    public DataTable Units { get; private set; } = null!;

    /// <summary>How every function is grouped where units of several boroughs exist.</summary>
    public DataTable OtherFunctions { get; private set; } = null!;

    /// <summary>Despatch groups.</summary>
    public DataTable DespatchGroups { get; private set; } = null!;

    /// <summary>Crews and vehicles by borough and shift.</summary>
    public DataTable Crews { get; private set; } = null!;

    /// <summary>Every assumption with its basis.</summary>
    public DataTable Assumptions { get; private set; } = null!;

    /// <summary>The saves, newest first.</summary>
    public IReadOnlyList<DesignVersion> Timeline { get; private set; } = [];

    /// <summary>The map of response units.</summary>
    public MapView? Map { get; private set; }

    /// <summary>How many assumptions have no source or were fitted.</summary>
    public int Weak { get; private set; }

    /// <summary>Whether no incident waits for a duty inspector.</summary>
    public bool NoDecisions => Boroughs.All(borough =>
        ScenarioWriter.Value(Design, Pack, "inspector.I.share", borough.Code) <= 0 && ScenarioWriter.Value(Design, Pack, "inspector.S.share", borough.Code) <= 0);

    /// <summary>A wait that may be for ever.</summary>
    public static string After(double? minutes) => minutes is { } after ? $"{Format.Plain(after)} minutes" : "never";

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        await FillAsync();
        return Page();
    }

    /// <summary>Copies the design as it is shown; the copy is a design of its own.</summary>
    [RequirePermission(Permission.Design)]
    public async Task<IActionResult> OnPostCopyAsync()
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        if (!User.May(Permission.Design))
        {
            return Forbid();
        }

        var copy = Design with { Name = $"Copy of {Design.Name}"[..Math.Min(120, Design.Name.Length + 8)], CopiedFrom = Key };
        var created = await Register.CreateAsync(copy, User.Change($"Copied from {Design.Name}"), HttpContext.RequestAborted);
        if (created.Succeeded)
        {
            return Redirect($"/designs/{created.Value}");
        }

        Problems = created.Problems;
        await FillAsync();
        return Page();
    }

    private async Task FillAsync()
    {
        Headline = DesignHeadline.Of(Design, Pack);
        Check = DesignRules.Check(Design, Pack);
        Timeline = [.. (await Register.TimelineAsync(Key, HttpContext.RequestAborted)).Where(save => save.Version.VersionId <= Version.VersionId).Reverse()];
        Map = DesignMap.Of(views.Of(Pack), Design, "design-map", "units");
        var start = DesignStart.FromForce(Pack, Design.Dated, Design.Name);
        Changes = Offer(ChangesTable(start.Succeeded ? DesignDifferences.Between(start.Value, Design, Pack) : []));
        Units = Offer(UnitsTable());
        OtherFunctions = Offer(new DataTable(
            "functions", "Units of several boroughs in the other functions", [new("Unit"), new("Boroughs"), new("Functions")],
            [.. Design.Functions.Where(grouping => grouping.Function != Functions.Response)
                .SelectMany(grouping => grouping.Units.Where(unit => unit.Boroughs.Count > 1).Select(unit => (Unit: unit, grouping.Function)))
                .GroupBy(pair => (pair.Unit.Code, Boroughs: string.Join(',', pair.Unit.Boroughs.Order(StringComparer.Ordinal))))
                .Select(same => (IReadOnlyList<DataCell>)
                    [$"{same.First().Unit.Name} ({same.Key.Code})", BoroughNames(same.First().Unit.Boroughs), Format.List([.. same.Select(pair => Functions.Name(pair.Function))])])])
        {
            Empty = "The other functions are organised by borough.",
            Fold = 14,
        });
        DespatchGroups = Offer(new DataTable(
            "despatch", "Despatch groups", [new("Group"), new("Boroughs"), new("Controllers", true), new("Channels", true)],
            [.. Design.DespatchGroups.OrderByDescending(group => group.Boroughs.Count).ThenBy(group => group.Name, StringComparer.Ordinal)
                .Select(group => (IReadOnlyList<DataCell>)[group.Name, BoroughNames(group.Boroughs), DataCell.Of(group.Controllers), DataCell.Of(group.Channels)])]) { Fold = 8 });
        Crews = Offer(CrewsTable());
        Assumptions = Offer(AssumptionsTable());
    }

    private static DataTable ChangesTable(IReadOnlyList<DesignChange> changes) => new(
        "changes", "What changes against the force on the design’s date", [new("Topic"), new("What"), new("From"), new("To")],
        [.. changes.Select(change => (IReadOnlyList<DataCell>)[change.Topic, change.What, change.From, change.To])])
    {
        Empty = "Nothing: the design is the force as it was on that date.",
        Fold = 12,
    };

    private DataTable UnitsTable()
    {
        var view = views.Of(Pack);
        var shifts = Pack.Resources.Shifts;
        return new DataTable(
            "units", "Response units",
            [
                new("Unit"), new("Boroughs"), new("I a day", true), new("S a day", true),
                .. shifts.Select(shift => new DataColumn($"Crews, {shift.Code}", true)), new("Despatch"),
            ],
            [.. Design.Functions.First(grouping => grouping.Function == Functions.Response).Units
                .OrderByDescending(unit => unit.Boroughs.Count).ThenBy(unit => unit.Name, StringComparer.Ordinal)
                .Select(unit =>
                {
                    var lines = Design.Crews.Where(line => unit.Boroughs.Contains(line.Borough, StringComparer.Ordinal)).ToList();
                    var groups = Design.DespatchGroups.Where(group => group.Boroughs.Any(borough => unit.Boroughs.Contains(borough, StringComparer.Ordinal))).ToList();
                    return (IReadOnlyList<DataCell>)
                    [
                        $"{unit.Name} ({unit.Code})", unit.Boroughs.Count == 1 ? "" : BoroughNames(unit.Boroughs),
                        DataCell.Of(view.DemandPerDay("I", unit.Boroughs), 0), DataCell.Of(view.DemandPerDay("S", unit.Boroughs), 0),
                        .. shifts.Select(shift => DataCell.Of(lines.Where(line => line.Shift == shift.Code).Sum(Design.Deployable))),
                        groups.Count == 1 ? groups[0].Name : $"{groups.Count.ToString(CultureInfo.InvariantCulture)} groups",
                    ];
                })])
        {
            Fold = 10,
        };
    }

    private DataTable CrewsTable()
    {
        var sites = Pack.ParadeSites.ToDictionary(site => site.Code, site => site.Name, StringComparer.Ordinal);
        var shifts = Pack.Resources.Shifts;
        return new DataTable(
            "crews", "Crews and vehicles by parade site and shift",
            [new("Borough"), new("Parade site"), .. shifts.SelectMany(shift => new[] { new DataColumn($"Crews, {shift.Code}", true), new DataColumn($"Vehicles, {shift.Code}", true) })],
            [.. Design.Crews.GroupBy(line => (line.Borough, line.ParadeSite))
                .OrderBy(lines => BoroughName(lines.Key.Borough), StringComparer.Ordinal).ThenBy(lines => lines.Key.ParadeSite, StringComparer.Ordinal)
                .Select(lines => (IReadOnlyList<DataCell>)
                [
                    BoroughName(lines.Key.Borough), sites.GetValueOrDefault(lines.Key.ParadeSite, lines.Key.ParadeSite),
                    .. shifts.SelectMany(shift =>
                    {
                        var line = lines.FirstOrDefault(each => each.Shift == shift.Code);
                        return new[] { DataCell.Of(line?.Crews ?? 0), Design.SharedVehicles.TryGetValue(lines.Key.ParadeSite, out var shared) ? new DataCell($"{Format.Count(shared)} shared") : DataCell.Of(line?.Vehicles ?? 0) };
                    }),
                ])])
        {
            Fold = 6,
        };
    }

    private DataTable AssumptionsTable()
    {
        var given = Pack.Assumptions.ToDictionary(assumption => assumption.Key, StringComparer.Ordinal);
        Weak = AssumptionKeys.All.Count(key => !Design.Changed.ContainsKey(key.Key) && given.TryGetValue(key.Key, out var assumption) && assumption.Status == "fit");
        return new DataTable(
            "assumptions", "What a run of this design assumes",
            [new("Assumption"), new("Value", true), new("Unit"), new("Basis"), new("Status"), new("Key")],
            [.. BoroughAssumption.Of(Design, Pack).Select(own => (IReadOnlyList<DataCell>)
            [
                $"{own.Key.Label}, in {own.Place}", new DataCell(Format.Plain(own.Value), Csv: own.Value.ToString("R", CultureInfo.InvariantCulture)), own.Key.Unit,
                $"Instead of {Format.Plain(ScenarioWriter.Value(Design, Pack, own.Key.Key))} in the rest of the force", new DataCell("changed in this design", Tag: "blue"), own.Key.Key,
            ]),
            .. AssumptionKeys.All.OrderBy(key => Design.Changed.ContainsKey(key.Key) ? 0 : 1).Select(key =>
            {
                var assumption = given.GetValueOrDefault(key.Key);
                var value = ScenarioWriter.Value(Design, Pack, key.Key);
                var changed = Design.Changed.ContainsKey(key.Key);
                var (colour, word) = changed ? ("blue", "changed in this design") : assumption is null ? ("grey", "neutral") : ForceWords.Status(assumption.Status);
                return (IReadOnlyList<DataCell>)
                [
                    key.Label, new DataCell(Format.Plain(value), Csv: value.ToString("R", CultureInfo.InvariantCulture)), key.Unit,
                    changed && assumption is not null ? $"Was {Format.Plain(assumption.Value)}: {assumption.Basis}" : assumption?.Basis ?? "The pack states none; this value has no effect",
                    new DataCell(word, Tag: colour), key.Key,
                ];
            })])
        {
            Fold = 8,
        };
    }

    /// <summary>Today, for links that must not depend on the page's dates.</summary>
    public AsAt Now => _time.Now();
}
