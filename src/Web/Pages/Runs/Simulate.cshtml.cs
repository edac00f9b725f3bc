using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Runs;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Pages.Designs;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>Starts a run of a design.</summary>
[RequirePermission(Permission.Run)]
public sealed class SimulateModel(DesignRegister register, RunRegister runs, IncidentLogs logs, CalibrationRegister calibrations, TimeProvider time) : DesignPageModel(register, time)
{
    private readonly TimeProvider _time = time;

    /// <summary>Key of the log replayed; empty for the expected demand.</summary>
    [BindProperty(Name = "log")]
    public string? Log { get; set; }

    /// <summary>Name of the calibration assumed; empty for none.</summary>
    [BindProperty(Name = "calibration")]
    public string? Calibration { get; set; }

    /// <summary>What incidents may come from.</summary>
    public IReadOnlyList<FieldOption> Logs { get; private set; } = [];

    /// <summary>Calibrations to choose from.</summary>
    public IReadOnlyList<FieldOption> Calibrations { get; private set; } = [];

    /// <summary>Replications, as typed.</summary>
    [BindProperty(Name = "replications")]
    public string? Replications { get; set; } = "20";

    /// <summary>Weeks counted, as typed.</summary>
    [BindProperty(Name = "weeks")]
    public string? Weeks { get; set; } = "4";

    /// <summary>The seed, as typed.</summary>
    [BindProperty(Name = "seed")]
    public string? Seed { get; set; } = "1";

    /// <summary>The demand multiplier, as typed.</summary>
    [BindProperty(Name = "demandMultiplier")]
    public string? DemandMultiplier { get; set; } = "1";

    /// <summary>"force" to run the force as it is beside it.</summary>
    [BindProperty(Name = "beside")]
    public List<string> Beside { get; set; } = [];

    /// <summary>What the design does.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        Beside = IsForceAsItIs ? [] : ["force"];
        Headline = DesignHeadline.Of(Design, Pack);
        await OfferAsync();
        return Page();
    }

    /// <summary>Queues the run and goes to it.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        Headline = DesignHeadline.Of(Design, Pack);
        await OfferAsync();
        var problems = new List<Problem>();
        var replications = Whole(Request.Form, "replications", "Replications", problems);
        var weeks = Whole(Request.Form, "weeks", "Weeks", problems);
        var demand = Number(Request.Form, "demandMultiplier", "The demand multiplier", problems);
        if (!ulong.TryParse(Seed, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seed))
        {
            problems.Add(new Problem("The seed must be a whole number, 0 or more", Field: "seed", Found: Seed, Accepted: "0 or more"));
        }

        if (weeks is < 1 or > 52)
        {
            problems.Add(new Problem("The number of weeks is out of bounds", Field: "weeks", Found: Weeks, Accepted: "1 to 52"));
        }

        var assumed = string.IsNullOrEmpty(Calibration) ? null : await calibrations.FindAsync(Calibration, _time.Now(), HttpContext.RequestAborted);
        if (!string.IsNullOrEmpty(Calibration) && assumed is null)
        {
            problems.Add(new Problem("There is no such calibration", Field: "calibration", Found: Calibration, Accepted: "one of the list"));
        }

        if (problems.Count > 0)
        {
            Problems = problems;
            return Page();
        }

        var started = await runs.StartAsync(
            new RunRequest
            {
                Design = Key,
                Replications = replications!.Value,
                Days = weeks!.Value * 7,
                Seed = seed,
                DemandMultiplier = demand!.Value,
                Log = string.IsNullOrEmpty(Log) ? null : Log,
                Calibrated = assumed is null ? new Dictionary<string, double>(StringComparer.Ordinal) : CalibrationRegister.Assumptions(assumed),
                CompareWithForce = Beside.Contains("force", StringComparer.Ordinal),
            },
            User.Change($"Simulate {Design.Name}"),
            HttpContext.RequestAborted);
        if (started.Succeeded)
        {
            return Redirect($"/runs/{started.Value.Key}{(started.Value.Existed ? "?stored=1" : "")}");
        }

        Problems = started.Problems;
        return Page();
    }

    private async Task OfferAsync()
    {
        Logs = [new("", "The expected demand of the force pack"), .. (await logs.ListAsync(_time.Now(), HttpContext.RequestAborted)).Select(log => new FieldOption(log.Key, "The incidents of " + log.Body!.Title))];
        Calibrations = [new("", "None: the design’s own assumptions"), .. (await calibrations.ListAsync(_time.Now(), HttpContext.RequestAborted)).Select(each => new FieldOption(each.Key, each.Body!.Title))];
    }
}
