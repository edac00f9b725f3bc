using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Work;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Calibrations;

/// <summary>Calibrations and retrodictions, and the form that queues one.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(CalibrationRegister register, IWork work, TimeProvider time) : AsAtPageModel
{
    private static readonly string[] Kinds = ["calibration", "retrodiction"];
    private const long MaximumBytes = 512 * 1024;

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>Calibrations.</summary>
    public DataTable Calibrations { get; private set; } = null!;

    /// <summary>Retrodictions.</summary>
    public DataTable Retrodictions { get; private set; } = null!;

    /// <summary>Jobs that are under way or were refused.</summary>
    public JobsUnderWay UnderWay { get; private set; } = null!;

    /// <summary>The same, as a table.</summary>
    public DataTable Jobs { get; private set; } = null!;

    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>The budget, as typed.</summary>
    [BindProperty(Name = "budget")]
    public string? Budget { get; set; } = "1500";

    /// <summary>The seed, as typed.</summary>
    [BindProperty(Name = "seed")]
    public string? Seed { get; set; } = "1";

    /// <summary>Why.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>The folder of London's plan; null where the product was installed without its data.</summary>
    public static string? London => PackFolders.FindData("london-retrodiction");

    /// <summary>The budget of London's retrodiction, as typed.</summary>
    [BindProperty(Name = "londonBudget")]
    public string? LondonBudget { get; set; } = "24000";

    /// <summary>Why it is run.</summary>
    [BindProperty(Name = "londonWhy")]
    public string? LondonWhy { get; set; }

    /// <summary>Shows the page.</summary>
    public Task OnGetAsync() => FillAsync();

    /// <summary>Queues a calibration, or a retrodiction where outcomes are given.</summary>
    public async Task<IActionResult> OnPostAsync(IFormFile? fit, IFormFile? targets, IFormFile? outcomes)
    {
        if (!User.May(Permission.Run))
        {
            return Forbid();
        }

        var problems = new List<Problem>();
        var (fitText, targetText) = (await TextAsync(fit, "fit", problems), await TextAsync(targets, "targets", problems));
        var outcomeText = outcomes is { Length: > 0 } ? await TextAsync(outcomes, "outcomes", problems) : null;
        var budget = await BoundedAsync(Budget, "budget", fitText, problems);
        if (!ulong.TryParse(Seed, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            problems.Add(new Problem("The seed must be a whole number, 0 or more", Field: "seed", Found: Seed, Accepted: "0 or more"));
        }

        if (string.IsNullOrWhiteSpace(Why))
        {
            problems.Add(new Problem("Say why it is calibrated", Field: "why", Accepted: "a sentence for the log of changes"));
        }

        if (problems.Count == 0)
        {
            var options = new CalibrationOptions(budget, seed);
            var started = outcomeText is null
                ? await register.StartAsync(fitText!, targetText!, options, User.Change(Why!.Trim()), HttpContext.RequestAborted)
                : await register.StartRetrodictionAsync(fitText!, targetText!, outcomeText, options, User.Change(Why!.Trim()), HttpContext.RequestAborted);
            if (started.Succeeded)
            {
                return Redirect("/calibrations");
            }

            problems.AddRange(started.Problems.Select(problem => problem.Beside(problem.File == "the targets" ? "targets" : "fit")));
        }

        Problems = problems;
        await FillAsync();
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Queues the retrodiction of London's pathfinders from the plan that comes with the product.</summary>
    public async Task<IActionResult> OnPostLondonAsync()
    {
        if (!User.May(Permission.Run))
        {
            return Forbid();
        }

        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(LondonWhy))
        {
            problems.Add(new Problem("Say why it is run", Field: "londonWhy", Accepted: "a sentence for the log of changes"));
        }

        if (London is not { } folder)
        {
            return NotFound();
        }

        Task<string> Read(string name) => System.IO.File.ReadAllTextAsync(Path.Combine(folder, name), HttpContext.RequestAborted);
        var plan = await Read("plan.yaml");
        var budget = await BoundedAsync(LondonBudget, "londonBudget", plan, problems);
        if (problems.Count == 0)
        {
            var started = await register.StartRetrodictionAsync(
                plan, await Read("targets.csv"), await Read("outcomes.csv"), new CalibrationOptions(budget, 1), User.Change(LondonWhy!.Trim()), HttpContext.RequestAborted);
            if (started.Succeeded)
            {
                return Redirect("/calibrations");
            }

            problems.AddRange(started.Problems);
        }

        Problems = problems;
        await FillAsync();
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task<int> BoundedAsync(string? typed, string field, string? plan, List<Problem> problems)
    {
        var read = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var budget);
        if (await register.FindBudgetFaultAsync(plan, read ? budget : -1, HttpContext.RequestAborted) is { } fault)
        {
            problems.Add(fault with { Field = field, Found = typed });
        }

        return budget;
    }

    /// <summary>Asks a calibration or retrodiction to stop.</summary>
    public async Task<IActionResult> OnPostCancelAsync(string job)
    {
        if (!User.May(Permission.Run))
        {
            return Forbid();
        }

        if (UnderWayOf(await work.FindAsync(job, HttpContext.RequestAborted)))
        {
            await work.CancelAsync(job, HttpContext.RequestAborted);
        }

        return Redirect("/calibrations");
    }

    private static bool UnderWayOf(JobStatus? job) => job is { HasEnded: false } && Kinds.Contains(job.Kind, StringComparer.Ordinal);

    private async Task<string?> TextAsync(IFormFile? file, string field, List<Problem> problems)
    {
        if (file is null || file.Length is 0 or > MaximumBytes)
        {
            problems.Add(new Problem(file is null || file.Length == 0 ? "Choose a file" : "The file is too large", Field: field, Accepted: "a text file of at most 512 kB"));
            return null;
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, HttpContext.RequestAborted);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private async Task FillAsync()
    {
        var retrodictions = await register.ListRetrodictionsAsync(At, HttpContext.RequestAborted);
        var calibrations = await register.ListAsync(At, HttpContext.RequestAborted);
        Headline = (retrodictions.Count, calibrations.Count) switch
        {
            (0, 0) => "Nothing has been calibrated yet",
            (0, _) => $"{Format.Words(calibrations.Count, capital: true)} {(calibrations.Count == 1 ? "calibration" : "calibrations")}, no change predicted",
            _ => $"{Format.Words(retrodictions.Count, capital: true)} {(retrodictions.Count == 1 ? "change" : "changes")} predicted from the time before, {Format.Words(calibrations.Count)} {(calibrations.Count == 1 ? "calibration" : "calibrations")}",
        };
        Retrodictions = Offer(new DataTable(
            "retrodictions", "Changes predicted", [new("Change"), new("Seed"), new("Most simulations", true), new("Made"), new("By"), new("Why")],
            [.. retrodictions.Select(each => (IReadOnlyList<DataCell>)
            [
                new DataCell(each.Body!.Title, "/retrodictions/" + each.Key), each.Body.Seed.ToString(CultureInfo.InvariantCulture), DataCell.Of(each.Body.Budget), Format.Instant(each.Recorded), each.Account, each.Why,
            ])])
        {
            Empty = "Queue the plan that comes with London below, or with: pathfinder retrodict --budget 24000 --keep",
        });
        Calibrations = Offer(new DataTable(
            "calibrations", "Calibrations", [new("Calibration"), new("Seed"), new("Most simulations", true), new("Made"), new("By"), new("Why")],
            [.. calibrations.Select(each => (IReadOnlyList<DataCell>)
            [
                new DataCell(each.Body!.Title, "/calibrations/" + each.Key), each.Body.Seed.ToString(CultureInfo.InvariantCulture), DataCell.Of(each.Body.Budget), Format.Instant(each.Recorded), each.Account, each.Why,
            ])])
        {
            Empty = "Choose the files below, or use: pathfinder calibrate --keep",
        });
        UnderWay = await JobsUnderWay.FindAsync(work, time, job => job.Subject ?? job.Kind, Kinds, finished: false, HttpContext.RequestAborted);
        Jobs = Offer(UnderWay.Table("jobs", "Under way or refused", "What"));
    }
}
