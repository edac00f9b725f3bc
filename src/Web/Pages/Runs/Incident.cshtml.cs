using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>Why one incident of a run was attended when it was; played again from the run's own inputs.</summary>
[RequirePermission(Permission.Read)]
public sealed class IncidentModel(RunRegister runs, RunReplays replays, ICurrentForce forces) : RunPageModel(runs)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The incident asked for.</summary>
    [BindProperty(SupportsGet = true, Name = "number")]
    public string Number { get; set; } = "";

    /// <summary>The replication asked for, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "replication")]
    public string? Replication { get; set; }

    /// <summary>Its course.</summary>
    public IncidentStory Story { get; private set; } = null!;

    /// <summary>Where it was.</summary>
    public string Place { get; private set; } = "";

    /// <summary>Its course as a table.</summary>
    public DataTable Steps { get; private set; } = null!;

    /// <summary>Address of its hour in the playback; null where it lies outside the days counted.</summary>
    public string? Playback { get; private set; }

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpenAsync())
        {
            return NotFound();
        }

        var told = await replays.TellAsync(Key, Replication, Number, HttpContext.RequestAborted);
        if (!told.Succeeded)
        {
            return Refuse(told.Problems);
        }

        Story = told.Value;
        Replication ??= "1";
        var zone = (await forces.FindAsync(At, HttpContext.RequestAborted))?.FindZone(Story.Zone)?.Name;
        Place = zone is null ? $"{Story.Borough}, zone {Story.Zone}" : $"{zone}, {Story.Borough}";
        Steps = Offer(new DataTable(
            "steps", "What happened", [new("Time"), new("What happened")],
            [.. Story.Steps.Select(step => (IReadOnlyList<DataCell>)[step.At.ToString("ddd d MMM yyyy HH:mm:ss", English), step.Text])]));
        var hour = Story.Created.Date.AddHours(Story.Created.Hour);
        var scenario = ScenarioJson.ReadScenario((await Runs.FindScenarioBytesAsync(View.Run, HttpContext.RequestAborted))!).Value;
        var first = scenario.Start.AddDays(scenario.WarmUpDays).ToDateTime(default);
        Playback = hour < first || hour >= first.AddDays(scenario.Days)
            ? null
            : $"/runs/{Key}/playback?at={hour.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)}&replication={Uri.EscapeDataString(Replication)}";
        return Page();
    }
}
