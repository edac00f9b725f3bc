using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Maps;
using Pathfinder.Web.Pages.Forces;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>One run: how far it is, and once finished what it found.</summary>
[RequirePermission(Permission.Read)]
public sealed class RunModel(RunRegister runs, RunStarter starter, RunReplays replays, DesignRegister designs, IForcePacks packs, ForceViews views, Analyses analyses, TimeProvider time, CalibrationRegister calibrations) : RunPageModel(runs)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The grade that map and charts show.</summary>
    [BindProperty(SupportsGet = true, Name = "grade")]
    public string Grade { get; set; } = "I";

    /// <summary>The replication whose late incidents are listed, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "replication")]
    public string? Replication { get; set; }

    /// <summary>The phase that charts show, from 1; the last where it is not said. Only of a run with a change inside it.</summary>
    [BindProperty(SupportsGet = true, Name = "phase")]
    public string? Phase { get; set; }

    /// <summary>The same as it goes on in an address.</summary>
    public string PhaseAsked => Shown is null ? "" : $"&phase={(Result!.Phases.ToList().IndexOf(Shown) + 1).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The phase shown; null for a run without a change inside it.</summary>
    public PhaseResult? Shown { get; private set; }

    /// <summary>Each phase with its own figures; null for a run without a change inside it.</summary>
    public DataTable? Phases { get; private set; }

    /// <summary>"1" when the same inputs had been run before, so that this result is offered instead.</summary>
    [BindProperty(SupportsGet = true, Name = "stored")]
    public string? Stored { get; set; }

    /// <summary>The run it was started to be compared with.</summary>
    public RunView? Beside { get; private set; }

    /// <summary>Its result; null until finished.</summary>
    public RunResult? Result { get; private set; }

    /// <summary>What was found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>What the comparison with the run beside it found, immediate and significant; empty without one.</summary>
    public IReadOnlyList<string> Comparison { get; private set; } = [];

    /// <summary>Both runs, once the run beside it is finished; null without one.</summary>
    public ComparedRuns? Both { get; private set; }

    /// <summary>What a wait is made of.</summary>
    public StackedBarChart? Wait { get; private set; }

    /// <summary>Share in target by borough.</summary>
    public DotIntervalChart? ByBorough { get; private set; }

    /// <summary>Share in target by hour of week.</summary>
    public LineChart? ByHour { get; private set; }

    /// <summary>The worst hour in words.</summary>
    public string WorstHour { get; private set; } = "";

    /// <summary>The map by zone.</summary>
    public MapView? Map { get; private set; }

    /// <summary>Why the calibration that the run was made with is not to be relied on; null where it is, or there is none.</summary>
    public string? CalibrationCaution { get; private set; }

    /// <summary>What made incidents late, or why it cannot be told.</summary>
    public string LateWords { get; private set; } = "";

    /// <summary>Code of the command unit or borough whose late incidents are listed; empty for all.</summary>
    [BindProperty(SupportsGet = true, Name = "area")]
    public string? Area { get; set; }

    /// <summary>Areas to which they can be limited.</summary>
    public IReadOnlyList<FieldOption> LateAreas { get; private set; } = [];

    /// <summary>The latest incidents of one replication; null where it cannot be played again.</summary>
    public DataTable? Late { get; private set; }

    /// <summary>Every area and grade with intervals.</summary>
    public DataTable Areas { get; private set; } = null!;

    /// <summary>Units: how they spend their time.</summary>
    public DataTable Units { get; private set; } = null!;

    /// <summary>Medians, queue, driving and overtime by area with intervals.</summary>
    public DataTable Spread { get; private set; } = null!;

    /// <summary>What the case load is made of, or why it is not rated.</summary>
    public string CaseWords => Result!.Areas[0].CaseLoadPerOfficer is null
        ? "A run knows the minutes of work on a crime that an officer keeps, not the days that it stays open while statements and results are waited for. Those are not stated in this design, so the load is not rated against the lines: set “How long a crime that is kept stays open” among its assumptions, with where the figure comes from."
        : "Open crimes an officer: those kept a day times the days that one stays open (Little’s law, as if the load had settled), and the work in hand."
            + (Result.Phases.Count > 0 ? " They are averages over all days of the run, before the change and under it, so they are not held against the lines: simulate the design on its own, without a change inside the run, to have its load rated." : "");

    /// <summary>Controllers and channels.</summary>
    public DataTable Groups { get; private set; } = null!;

    /// <summary>Crimes kept by officers; null where nobody keeps any.</summary>
    public DataTable? Cases { get; private set; }

    /// <summary>Duty inspectors; null where nothing waits for one.</summary>
    public DataTable? Inspectors { get; private set; }

    /// <summary>Share in target by month; null for a run without a series.</summary>
    public LineChart? ByMonth { get; private set; }

    /// <summary>The series of every borough, as the evaluation takes it; null for a run without one.</summary>
    public DataTable? MonthsByBorough { get; private set; }

    /// <summary>Teams.</summary>
    public DataTable Teams { get; private set; } = null!;

    /// <summary>Zones.</summary>
    public DataTable Zones { get; private set; } = null!;

    /// <summary>Assumptions, each with a link that changes it.</summary>
    public DataTable Assumptions { get; private set; } = null!;

    /// <summary>What the results rest on; null until finished.</summary>
    public DesignBasis? Basis { get; private set; }

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpenAsync())
        {
            return NotFound();
        }

        Beside = View.Run.ComparedWith is { } beside ? await Runs.FindAsync(beside, At, HttpContext.RequestAborted) : null;
        Grade = Grade is "I" or "S" ? Grade : "I";
        CalibrationCaution = await calibrations.CautionAsync(View.Run, At, HttpContext.RequestAborted);
        if (View.Status == RunStatus.Finished)
        {
            await FillAsync();
            if (await FillLateAsync() is { Count: > 0 } problems)
            {
                return Refuse(problems);
            }
        }
        else
        {
            Headline = View.Status switch
            {
                RunStatus.Queued => "Waiting for a worker",
                RunStatus.Running => $"{Format.Count(View.Done)} of {Format.Count(View.Run.Replications)} replications are done",
                RunStatus.Cancelled => "Cancelled; nothing was kept",
                _ => "The run failed; nothing was kept",
            };
        }

        return Page();
    }

    /// <summary>Asks the run, and the one beside it, to stop.</summary>
    public async Task<IActionResult> OnPostCancelAsync()
    {
        if (!User.May(Permission.Run))
        {
            return Forbid();
        }

        await starter.CancelAsync(Key, HttpContext.RequestAborted);
        return Redirect($"/runs/{Key}");
    }

    /// <summary>Queues the run again.</summary>
    public async Task<IActionResult> OnPostRestartAsync()
    {
        if (!User.May(Permission.Run))
        {
            return Forbid();
        }

        await starter.RestartAsync(Key, User.Change("Run again"), HttpContext.RequestAborted);
        return Redirect($"/runs/{Key}");
    }

    /// <summary>Puts the series of the boroughs before the evaluation: keeps it as a panel and goes on to it.</summary>
    public async Task<IActionResult> OnPostEvaluateAsync()
    {
        if (!User.May(Permission.Run))
        {
            return Forbid();
        }

        if (await Runs.FindAsync(Key, At, HttpContext.RequestAborted) is not { } view || await Runs.FindResultAsync(view.Run, HttpContext.RequestAborted) is not { } result)
        {
            return NotFound();
        }

        if (RunCharts.MonthsByBorough(result, Grade is "S" ? Grade : "I", view.Run.Turns, await Runs.ChangedInsideAsync(view.Run, HttpContext.RequestAborted)) is not { } table)
        {
            return NotFound();
        }

        var name = await analyses.KeepPanelAsync(System.Text.Encoding.UTF8.GetString(table.ToCsv()).TrimStart('\uFEFF'), HttpContext.RequestAborted);
        // The month in which a change came is neither of before nor of after.
        var mixed = view.Run.Turns is [{ From.Day: > 1 } first, ..] ? first.From.ToString("yyyy-MM", CultureInfo.InvariantCulture) : null;
        var leave = mixed is null ? "" : $"&out-from={mixed}&out-to={mixed}";
        return Redirect(Dates.With($"/evaluations/effects?panel={name}&unit=Area&time=Month&outcome=InTarget&treatment=Changed{leave}", At.Effective, At.Known));
    }

    private async Task FillAsync()
    {
        Result = await Runs.FindResultAsync(View.Run, HttpContext.RequestAborted);
        var scenario = ScenarioJson.ReadScenario((await Runs.FindScenarioBytesAsync(View.Run, HttpContext.RequestAborted))!).Value;
        Headline = Findings.OfRun(Result!, scenario);
        if (Beside is { Status: RunStatus.Finished })
        {
            var compared = await Runs.CompareAsync(Beside.Key, Key, At, HttpContext.RequestAborted);
            if (compared.Succeeded)
            {
                var both = compared.Value;
                Both = both;
                Comparison =
                [
                    Findings.OfComparison(both.Comparison, both.Level, both.Code, "I"), Findings.OfComparison(both.Comparison, both.Level, both.Code, "S"),
                ];
            }
        }

        if (RunTables.Phases(View.Run, Both?.ResultB ?? Result!, Both) is { } phases)
        {
            Phases = RunTables.First(Offer(phases), 12 * Result!.Phases.Count * Result.Areas[0].Grades.Count) with { Fold = phases.Fold };
            Shown = Result!.Phases[int.TryParse(Phase, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) && chosen >= 1 && chosen <= Result.Phases.Count ? chosen - 1 : Result.Phases.Count - 1];
        }

        var shown = Shown is null ? Result! : Result!.During(Shown);
        var during = Shown is null ? "" : $" under {Shown.Name}, {RunWords.Days(Shown.From, Shown.To)}";
        var target = ScenarioDays.Grades(scenario, Shown?.From ?? scenario.Start).FirstOrDefault(grade => grade.Code == Grade);
        Wait = RunCharts.Wait(shown, during);
        Offer(Wait.Table);
        ByBorough = RunCharts.ByBorough(shown, Grade, target, during);
        Offer(ByBorough.Table);
        ByHour = RunCharts.ByHour([(View.Run.Name, Result!)], Grade, target);
        Offer(ByHour.Table);
        WorstHour = RunCharts.WorstHour(Result!, Grade);
        var pack = await packs.FindAsync(View.Run.PackSha256, HttpContext.RequestAborted);
        Map = pack is null ? null : RunMaps.Share(views.Of(pack), Result!, Grade);
        Areas = Offer(RunTables.Areas(Result!));
        Units = Offer(RunTables.Units(Result!));
        Offer(RunTables.Spread(Result!));
        Spread = RunTables.SpreadByArea(Result!);
        Groups = Offer(RunTables.Groups(Result!));
        Teams = Offer(RunTables.Teams(Result!));
        Inspectors = RunTables.Inspectors(Result!) is { } inspectors ? Offer(inspectors) : null;
        ByMonth = RunCharts.ByMonth(Result!, Grade, target, View.Run.Turns);
        if (ByMonth is not null)
        {
            Offer(ByMonth.Table);
            MonthsByBorough = Offer(RunCharts.MonthsByBorough(Result!, Grade, View.Run.Turns, await Runs.ChangedInsideAsync(View.Run, HttpContext.RequestAborted))!);
        }

        Zones = RunTables.First(Offer(RunTables.Zones(Result!, Grade, pack)), 12);
        var version = await designs.FindVersionAsync(View.Run.Design, View.Run.DesignVersion, HttpContext.RequestAborted);
        var design = version?.Body is { } body ? WorldAssumptions.Carry(body, View.Run.Carried) : null;
        Assumptions = Offer(AssumptionsTable(design, pack));
        double Line(string key) => design is null || pack is null ? AssumptionKeys.Find(key)!.Neutral!.Value : ScenarioWriter.Value(design, pack, key);
        Cases = RunTables.Cases(Result!, Line("cases.warning"), Line("cases.redLine")) is { } cases ? Offer(cases) : null;
    }

    // A run of another engine can be read, not played again; a replication that it has not is the reader's to correct.
    private async Task<IReadOnlyList<Problem>> FillLateAsync()
    {
        var told = await replays.LateAsync(Key, Replication, Grade, Area, HttpContext.RequestAborted);
        if (!told.Succeeded)
        {
            LateWords = told.Problems[0].Message + ".";
            return [.. told.Problems.Where(problem => problem.Field is "replication" or "area")];
        }

        var late = told.Value;
        Replication = late.Replication.ToString(CultureInfo.InvariantCulture);
        var grade = RunCharts.Name(Grade).ToLowerInvariant();
        LateAreas = [new("", "Everywhere"), .. late.Areas.Select(area => new FieldOption(area.Code, area.IsUnit ? $"{area.Name} (unit)" : area.Name))];
        var where = late.Areas.FirstOrDefault(area => area.Code == Area) is { } shown ? $" in {shown.Name}" : "";
        LateWords = late.Count == 0
            ? $"No {grade} incident{where} of replication {Replication} was late."
            : $"{Format.Count(late.Count)} {grade} {(late.Count == 1 ? "incident" : "incidents")}{where} of replication {Replication} {(late.Count == 1 ? "was" : "were")} late. The longest part was spent {Format.List([.. late.Causes.Select(cause => $"{cause.Cause} in {Format.Count(cause.Count)}")])}.";
        Late = Offer(new DataTable(
            "late", $"The latest {grade} incidents{where} of replication {Replication}; each tells why",
            [new("Incident"), new("Created"), new("Borough"), new("Minutes", true), new("Beyond target, minutes", true), new("Most of it")],
            [.. late.Latest.Select(each => (IReadOnlyList<DataCell>)
            [
                new DataCell(each.Number.ToString(CultureInfo.InvariantCulture), $"/runs/{Key}/incidents/{each.Number.ToString(CultureInfo.InvariantCulture)}?replication={Replication}"),
                each.Created.ToString("ddd d MMM yyyy HH:mm", English), each.Borough, DataCell.Of(each.ResponseMinutes), DataCell.Of(each.LateMinutes), each.MainCause,
            ])])
        {
            Fold = 8,
        });
        return [];
    }

    private DataTable AssumptionsTable(Design? design, ForcePack? pack)
    {
        if (design is null || pack is null)
        {
            return new DataTable("assumptions", "Assumptions", [new("Assumption")], []) { Empty = "The design or the pack of this run is no longer in the store." };
        }

        var given = pack.Assumptions.ToDictionary(assumption => assumption.Key, StringComparer.Ordinal);
        Basis = DesignBasis.Of(design, pack);
        var fitted = View.Run.Fitted.ToDictionary(each => each.Key, StringComparer.Ordinal);
        string Fitted(FittedValue value) => $"fitted by {View.Run.Calibration}" + (value is { Lower: { } lower, Upper: { } upper } ? $", 80% {Format.Plain(Math.Round(lower, 4))} to {Format.Plain(Math.Round(upper, 4))}" : ", follows from others");
        var may = User.May(Permission.Design) && !DesignRegister.IsForceAsItIs(View.Run.Design);
        return new DataTable(
            "assumptions", "What this run assumes", [new("Assumption"), new("Value", true), new("Unit"), new("Status"), new("Change")],
            [.. BoroughAssumption.Of(design, pack).Select(own => (IReadOnlyList<DataCell>)
                [
                    $"{own.Key.Label}, in {own.Place}", new DataCell(Format.Plain(own.Value), Csv: own.Value.ToString("R", CultureInfo.InvariantCulture)), own.Key.Unit,
                    new DataCell("changed in the design", Tag: "blue"),
                    may ? new DataCell("change and run again", $"/designs/{View.Run.Design}/assumptions?only={Uri.EscapeDataString(own.Key.Key)}&then=run", Csv: "") : "",
                ]),
                .. AssumptionKeys.All
                .OrderBy(key => design.Changed.ContainsKey(key.Key) ? 0 : given.GetValueOrDefault(key.Key)?.Status == "fit" ? 1 : 2)
                .Select(key =>
                {
                    var value = ScenarioWriter.Value(design, pack, key.Key);
                    var (colour, word) = fitted.TryGetValue(key.Key, out var found) ? ("orange", Fitted(found)) : design.Changed.ContainsKey(key.Key) ? ("blue", "changed in the design")
                        : given.TryGetValue(key.Key, out var assumption) ? ForceWords.Status(assumption.Status) : ("grey", "neutral");
                    return (IReadOnlyList<DataCell>)
                    [
                        key.Label, new DataCell(Format.Plain(value), Csv: value.ToString("R", CultureInfo.InvariantCulture)), key.Unit, new DataCell(word, Tag: colour),
                        may ? new DataCell("change and run again", $"/designs/{View.Run.Design}/assumptions?only={Uri.EscapeDataString(key.Key)}&then=run", Csv: "") : "",
                    ];
                })])
        {
            Fold = 12,
        };
    }

    /// <summary>Seconds since the run was asked for.</summary>
    public int WaitedSeconds => (int)(time.GetUtcNow() - View.Started).TotalSeconds;
}
