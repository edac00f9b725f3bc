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

    /// <summary>Starts of a shift.</summary>
    public static IReadOnlyList<FieldOption> StartOptions { get; } = [.. DesignPolicy.ShiftStarts.Select(start => new FieldOption(start.Code, start.Name))];

    /// <summary>Spans of a duty inspector.</summary>
    public static IReadOnlyList<FieldOption> SpanOptions { get; } = [.. DesignPolicy.InspectorSpans.Select(span => new FieldOption(span.Code, span.Name))];

    /// <summary>Orders of waiting incidents.</summary>
    public static IReadOnlyList<FieldOption> QueueOptions { get; } =
    [
        .. DesignPolicy.Queues.Select(queue => new FieldOption(
            queue.Code, queue.Name, queue.Code == "age" ? null : "First attendance gains; an incident that needs several units has all of them later.")),
    ];

    /// <summary>A number that may be left empty.</summary>
    public static string Optional(double? value) => value is { } number ? Components.Format.Plain(number) : "";

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
    public async Task<IActionResult> OnPostPolicyAsync(string? mode, string? whenFree, string? startOfShift, string? inspectorSpan, string? queue)
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        var problems = new List<Problem>();
        var widenI = Number(Request.Form, "policy.widenAfterMinutesI", "Minutes for immediate", problems);
        var widenS = Number(Request.Form, "policy.widenAfterMinutesS", "Minutes for significant", problems);
        var was = Design.Policy;
        double? Left(string name, string what, double? before) => !Request.Form.ContainsKey(name) ? before
            : string.IsNullOrWhiteSpace(Request.Form[name]) ? null : Number(Request.Form, name, what, problems);
        int Kept(string name, string what, int before) => !Request.Form.ContainsKey(name) ? before : Whole(Request.Form, name, what, problems) ?? before;
        var changed = new DesignPolicy(mode ?? "", widenI ?? 0, widenS ?? 0, whenFree ?? "")
        {
            PatrolMinutes = Left("policy.patrolMinutes", "Minutes on patrol in one zone", was.PatrolMinutes) ?? 0,
            StartOfShift = startOfShift ?? was.StartOfShift,
            ForceAfterMinutesI = Left("policy.forceAfterMinutesI", "Minutes for immediate", was.ForceAfterMinutesI),
            ForceAfterMinutesS = Left("policy.forceAfterMinutesS", "Minutes for significant", was.ForceAfterMinutesS),
            KeepFreeI = Kept("policy.keepFreeI", "Units kept free", was.KeepFreeI),
            KeepFreeS = Kept("policy.keepFreeS", "Units kept free", was.KeepFreeS),
            InspectorSpan = inspectorSpan ?? was.InspectorSpan,
            Queue = queue ?? was.Queue,
        };
        if (problems.Count > 0)
        {
            Problems = problems;
            return Page();
        }

        return await SaveAsync(Design with { Policy = changed });
    }
}
