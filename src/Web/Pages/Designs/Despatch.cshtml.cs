using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Designs;

/// <summary>Changes despatch groups, their controllers and channels, and the despatch policy of a design.</summary>
[RequirePermission(Permission.Design)]
public sealed class DespatchModel(DesignRegister register, TimeProvider time) : DesignPageModel(register, time)
{
    /// <summary>Modes to choose from.</summary>
    public static IReadOnlyList<FieldOption> ModeOptions { get; } = [.. DesignPolicy.Modes.Select(mode => new FieldOption(mode.Code, mode.Name))];

    /// <summary>Places for a free unit.</summary>
    public static IReadOnlyList<FieldOption> FreeOptions { get; } = [.. DesignPolicy.FreePlaces.Select(place => new FieldOption(place.Code, place.Name))];

    /// <summary>Ways to draw all groups anew.</summary>
    public static IReadOnlyList<FieldOption> PresetOptions { get; } =
    [
        new("unit", "One group for each response unit", "Controllers of its boroughs together, one channel"),
        new("borough", "One group for each borough", "As the force had it"),
    ];

    /// <summary>Shows the forms.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadNewestAsync() ? Page() : NotFound();

    /// <summary>Draws all groups anew.</summary>
    public async Task<IActionResult> OnPostPresetAsync(string? preset)
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        if (preset is not ("unit" or "borough"))
        {
            Problems = [new Problem("Choose how the groups are drawn", Field: "preset", Found: preset, Accepted: "unit, borough")];
            return Page();
        }

        return await SaveAsync(preset == "unit" ? DesignEdits.DespatchByUnit(Design) : DesignEdits.DespatchByBorough(Design, Pack));
    }

    /// <summary>Sets controllers, channels and membership.</summary>
    public async Task<IActionResult> OnPostGroupsAsync()
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        var problems = new List<Problem>();
        var changed = Design;
        foreach (var group in Design.DespatchGroups)
        {
            var controllers = Whole(Request.Form, $"controllers.{group.Code}", $"{group.Name}: controllers", problems);
            var channels = Whole(Request.Form, $"channels.{group.Code}", $"{group.Name}: channels", problems);
            changed = DesignEdits.StaffDespatch(changed, group.Code, controllers ?? group.Controllers, channels ?? group.Channels);
        }

        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var borough in Boroughs)
        {
            var wanted = Request.Form[$"group.{borough.Code}"].ToString().Trim();
            members[borough.Code] = wanted.Length > 0 ? wanted : Design.DespatchGroups.FirstOrDefault(group => group.Boroughs.Contains(borough.Code, StringComparer.Ordinal))?.Code ?? borough.Code;
        }

        if (problems.Count > 0)
        {
            Problems = problems;
            return Page();
        }

        var same = members.All(pair => changed.DespatchGroups.Any(group => group.Code == pair.Value && group.Boroughs.Contains(pair.Key, StringComparer.Ordinal)));
        return await SaveAsync(same ? changed : DesignEdits.DespatchByHand(changed, members));
    }

    /// <summary>Sets the policy.</summary>
    public async Task<IActionResult> OnPostPolicyAsync(string? mode, string? whenFree)
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        var problems = new List<Problem>();
        var widenI = Number(Request.Form, "policy.widenAfterMinutesI", "Minutes for immediate", problems);
        var widenS = Number(Request.Form, "policy.widenAfterMinutesS", "Minutes for significant", problems);
        if (problems.Count > 0)
        {
            Problems = problems;
            return Page();
        }

        return await SaveAsync(Design with { Policy = new DesignPolicy(mode ?? "", widenI!.Value, widenS!.Value, whenFree ?? "") });
    }
}
