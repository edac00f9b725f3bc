using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Runs;
using Pathfinder.Web.Pages.Designs;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>Starts a run of a design.</summary>
[RequirePermission(Permission.Run)]
public sealed class SimulateModel(DesignRegister register, RunRegister runs, TimeProvider time) : DesignPageModel(register, time)
{
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
}
