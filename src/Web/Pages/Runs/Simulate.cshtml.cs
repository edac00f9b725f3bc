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
public sealed class SimulateModel(DesignRegister register, RunStarter runs, IncidentLogs logs, CalibrationRegister calibrations, TimeProvider time) : DesignPageModel(register, time)
{
    private readonly TimeProvider _time = time;
    private readonly DesignRegister _designs = register;

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

    /// <summary>What holds until the design takes over; empty where it holds from the start.</summary>
    [BindProperty(Name = "begin")]
    public string? Begin { get; set; }

    /// <summary>The day on which it takes over, as typed.</summary>
    [BindProperty(Name = "takesOver")]
    public string? TakesOver { get; set; }

    /// <summary>Key of the design that takes over after it; empty for none.</summary>
    [BindProperty(Name = "then")]
    public string? Then { get; set; }

    /// <summary>The day on which that one does, as typed.</summary>
    [BindProperty(Name = "thenFrom")]
    public string? ThenFrom { get; set; }

    /// <summary>Days out of the ordinary, as typed.</summary>
    [BindProperty(Name = "events")]
    public string? EventText { get; set; }

    /// <summary>What may hold before the design.</summary>
    public IReadOnlyList<FieldOption> Beginnings { get; private set; } = [];

    /// <summary>What may hold after it.</summary>
    public IReadOnlyList<FieldOption> Adaptations { get; private set; } = [];

    /// <summary>The first day counted.</summary>
    public DateOnly FirstCounted => ScenarioWriter.FirstMonday(Design.Dated).AddDays(new ScenarioOptions().WarmUpDays);

    /// <summary>Whether something of a change or an event is filled in.</summary>
    public bool Elaborate => new[] { Begin, TakesOver, Then, ThenFrom, EventText }.Any(typed => !string.IsNullOrWhiteSpace(typed));

    /// <summary>How days out of the ordinary are written.</summary>
    public static string EventHint => $"One a line: begin, hours, demand (times the expected), share of crews sent on aid, name, and codes of boroughs where it touches some only. For example {EventLines.Example}";

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

        var (takesOver, thenFrom) = (Day(TakesOver, "takesOver", problems), Day(ThenFrom, "thenFrom", problems));
        if (string.IsNullOrEmpty(Then) != (thenFrom is null) && problems.All(problem => problem.Field != "thenFrom"))
        {
            problems.Add(string.IsNullOrEmpty(Then)
                ? new Problem("Choose the design that holds from that day", Field: "then", Accepted: "a design, or no day")
                : new Problem("Say from which day it holds", Field: "thenFrom", Accepted: "a day inside the run"));
        }

        problems.AddRange(RunStarter.CheckBounds(replications, weeks is >= 1 and <= 52 ? weeks * 7 : null, demand));
        var begins = ScenarioWriter.FirstMonday(Design.Dated).ToDateTime(default);
        var events = EventLines.Read(EventText, bounds: weeks is >= 1 and <= 52
            ? new EventBounds(begins, begins.AddDays(new ScenarioOptions().WarmUpDays + (weeks.Value * 7)), Pack.Boroughs.Where(borough => borough.InForce).Select(borough => borough.Code).ToHashSet(StringComparer.Ordinal))
            : null);
        problems.AddRange(events.Problems.Select(problem => problem.Beside("events")));
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
                Begin = string.IsNullOrEmpty(Begin) ? null : Begin,
                TakesOver = takesOver,
                Then = string.IsNullOrEmpty(Then) ? [] : [new RunThen(Then, thenFrom!.Value)],
                Events = events.Value,
                Calibrated = assumed is null ? new Dictionary<string, double>(StringComparer.Ordinal) : CalibrationRegister.Assumptions(assumed),
                Calibration = assumed is null ? null : Calibration,
                Fitted = assumed is null ? [] : CalibrationRegister.Fitted(assumed),
                CompareWithForce = Beside.Contains("force", StringComparer.Ordinal),
            },
            User.Change($"Simulate {Design.Name}"),
            HttpContext.RequestAborted);
        if (started.Succeeded)
        {
            return Redirect($"/runs/{started.Value.Key}{(started.Value.Existed ? "?stored=1" : "")}");
        }

        Problems = [.. started.Problems.Select(problem => problem.Field switch
        {
            { } field when field.StartsWith("then[", StringComparison.Ordinal) => problem with { Field = "thenFrom" },
            { } field when field.StartsWith("events[", StringComparison.Ordinal) => problem.Beside("events"),
            _ => problem,
        })];
        return Page();
    }

    private static DateOnly? Day(string? typed, string field, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        if (DateOnly.TryParseExact(typed.Trim(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day))
        {
            return day;
        }

        problems.Add(new Problem("This is not a date", Field: field, Found: typed, Accepted: "year-month-day, such as 2017-05-01"));
        return null;
    }

    private async Task OfferAsync()
    {
        List<FieldOption> others = [.. (await _designs.ListAsync(_time.Now(), HttpContext.RequestAborted))
            .Where(design => design.Key != Key && design.Body!.PackSha256 == Design.PackSha256 && !DesignRegister.IsForceAsItIs(design.Key)).Select(design => new FieldOption(design.Key, design.Body!.Name))];
        Beginnings = [new("", "Nothing else: this design holds from the start"), new(RunRequest.ForceAsItIs, "The force as it is on " + Components.Format.Date(Design.Dated)), .. others];
        Adaptations = [new("", "Nothing else: it holds to the end"), .. others];
        Logs = [new("", "The expected demand of the force pack"), .. (await logs.ListAsync(_time.Now(), HttpContext.RequestAborted)).Select(log => new FieldOption(log.Key, "The incidents of " + log.Body!.Title))];
        var made = new List<FieldOption> { new("", "None: the design’s own assumptions") };
        foreach (var each in await calibrations.ListAsync(_time.Now(), HttpContext.RequestAborted))
        {
            var caution = await calibrations.FindAsync(each.Key, _time.Now(), HttpContext.RequestAborted) is { } result ? CalibrationRegister.Caution(result) : null;
            made.Add(new FieldOption(each.Key, caution is null ? each.Body!.Title : $"{each.Body!.Title} ({caution})"));
        }

        Calibrations = made;
    }
}
