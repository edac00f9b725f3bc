using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Rounds;

/// <summary>Makes a risk that happened an issue.</summary>
[RequirePermission(Permission.KeepRecords)]
public sealed class HappenedModel(IRecords records, RiskEvents events, PageMarking marking, TimeProvider time) : AsAtPageModel
{
    /// <summary>Key of the risk.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>When it happened, as typed in.</summary>
    [BindProperty(Name = "on")]
    public string? On { get; set; }

    /// <summary>What happened.</summary>
    [BindProperty(Name = "what")]
    public string? What { get; set; }

    /// <summary>What it does.</summary>
    [BindProperty(Name = "effect")]
    public string? Effect { get; set; }

    /// <summary>What shows it.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>The version of the risk that the form was made from.</summary>
    [BindProperty(Name = "version")]
    public long? Version { get; set; }

    /// <summary>The risk.</summary>
    public StoredRecord<Risk> Risk { get; private set; } = null!;

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Shows the form, filled with what the risk foresaw.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        (On, What, Effect, Version) = (Format.Date(time.LondonToday()), Risk.Body.Event, Risk.Body.Effect, Risk.VersionId);
        return Page();
    }

    /// <summary>Makes the issue.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        if (!PartialDate.TryParse(On, out var on))
        {
            Problems = [new Problem("Say when it happened", Field: "on", Found: On, Accepted: PartialDate.Accepted)];
            return Page();
        }

        var issue = await events.HappenedAsync(User.Actor(), Key, new RiskHappened(on, What, Effect, Why ?? "", Version), HttpContext.RequestAborted);
        if (issue.Succeeded)
        {
            return Redirect("/issues/" + issue.Value);
        }

        Problems = issue.Problems;
        return Page();
    }

    private async Task<bool> LoadAsync()
    {
        if (await records.View(User.Actor(), time.Now()).FindAsync<Risk>(Key, HttpContext.RequestAborted) is not { } risk)
        {
            return false;
        }

        Risk = risk;
        marking.Raise([risk]);
        return true;
    }
}
