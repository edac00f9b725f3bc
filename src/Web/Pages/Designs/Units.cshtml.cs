using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Maps;

namespace Pathfinder.Web.Pages.Designs;

/// <summary>Merges, splits and renames the command units of a design.</summary>
[RequirePermission(Permission.Design)]
public sealed class UnitsModel(DesignRegister register, ForceViews views, TimeProvider time) : DesignPageModel(register, time)
{
    /// <summary>Boroughs to put together.</summary>
    [BindProperty(Name = "boroughs")]
    public List<string> Chosen { get; set; } = [];

    /// <summary>Functions that change.</summary>
    [BindProperty(Name = "functions")]
    public List<string> ChosenFunctions { get; set; } = [Functions.Response];

    /// <summary>A name.</summary>
    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    /// <summary>A code.</summary>
    [BindProperty(Name = "code")]
    public string? Code { get; set; }

    /// <summary>Whether despatch follows.</summary>
    [BindProperty(Name = "despatch")]
    public string Despatch { get; set; } = "one";

    /// <summary>The unit to split or rename.</summary>
    [BindProperty(Name = "unit")]
    public string? Unit { get; set; }

    /// <summary>The map, on which boroughs are chosen.</summary>
    public MapView? Map => DesignMap.Of(views.Of(Pack), Design, "design-map", null, "boroughs");

    /// <summary>Units of several boroughs, with the functions that have them.</summary>
    public IReadOnlyList<(DesignUnit Unit, string Functions)> Merged => [.. Design.Functions
        .SelectMany(grouping => grouping.Units.Where(unit => unit.Boroughs.Count > 1).Select(unit => (unit, grouping.Function)))
        .GroupBy(pair => (pair.unit.Code, Key: string.Join(',', pair.unit.Boroughs)))
        .Select(same => (same.First().unit, Components.Format.List([.. same.Select(pair => Functions.Name(pair.Function))])))];

    /// <summary>Boroughs to choose from, each with the response unit it is in.</summary>
    public IReadOnlyList<FieldOption> BoroughOptions => [.. Boroughs.Select(borough => new FieldOption(borough.Code, borough.Name))];

    /// <summary>Shows the forms.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadNewestAsync() ? Page() : NotFound();

    /// <summary>Puts boroughs together.</summary>
    public async Task<IActionResult> OnPostMergeAsync()
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        var problems = new List<Problem>();
        if (Chosen.Count < 2)
        {
            problems.Add(new Problem("Choose two boroughs or more", Field: "boroughs", Found: $"{Chosen.Count}", Accepted: "two or more"));
        }

        if (ChosenFunctions.Count == 0)
        {
            problems.Add(new Problem("Choose at least one function", Field: "functions", Accepted: "one or more"));
        }

        if (problems.Count > 0)
        {
            Problems = problems;
            return Page();
        }

        var (code, name) = DesignEdits.UnitName(Pack, Chosen);
        code = string.IsNullOrWhiteSpace(Code) ? code : Code.Trim();
        name = string.IsNullOrWhiteSpace(Name) ? name : Name.Trim();
        var changed = DesignEdits.Merge(Design, ChosenFunctions, Chosen, code, name);
        return await SaveAsync(Despatch == "one" && ChosenFunctions.Contains(Functions.Response)
            ? DesignEdits.DespatchTogether(changed, Chosen, code, name)
            : changed);
    }

    /// <summary>Gives each borough of a unit its own unit again.</summary>
    public async Task<IActionResult> OnPostSplitAsync() => await LoadNewestAsync()
        ? await SaveAsync(DesignEdits.Split(Design, Pack, [.. Design.Functions.Where(grouping => grouping.Units.Any(unit => unit.Code == Unit)).Select(grouping => grouping.Function)], Unit ?? ""))
        : NotFound();

    /// <summary>Renames a unit.</summary>
    public async Task<IActionResult> OnPostRenameAsync() => await LoadNewestAsync()
        ? await SaveAsync(DesignEdits.Rename(Design, Unit ?? "", Name?.Trim() ?? ""))
        : NotFound();
}
