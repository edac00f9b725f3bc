using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Runs;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>Every run, newest first, and a form that sets two side by side.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(RunRegister runs) : AsAtPageModel
{
    /// <summary>Only runs of this design; null for all.</summary>
    [BindProperty(SupportsGet = true, Name = "design")]
    public string? Design { get; set; }

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The runs.</summary>
    public DataTable Runs { get; private set; } = null!;

    /// <summary>Finished runs, to compare.</summary>
    public IReadOnlyList<FieldOption> Finished { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync()
    {
        var views = await runs.ListAsync(At, Design, HttpContext.RequestAborted);
        var open = views.Count(view => !view.HasEnded);
        Headline = views.Count switch
        {
            0 => "Nothing has been simulated yet",
            1 => open == 1 ? "One run is under way" : "One run has been made",
            _ => $"{Format.Words(views.Count, capital: true)} runs{(open > 0 ? $", {Format.Words(open)} under way" : "")}",
        };
        Runs = Offer(new DataTable(
            "runs", "Runs", [new("What it is"), new("Stands"), new("Replications", true), new("Length", true), new("Demand", true), new("Seed", true), new("Started"), new("By"), new("Run")],
            [.. views.Select(view => (IReadOnlyList<DataCell>)
            [
                new DataCell(RunWords.Of(view.Run), $"/runs/{view.Key}"),
                StatusCell(view),
                DataCell.Of(view.Run.Replications),
                new DataCell(RunWords.Length(view.Run.Days), Csv: view.Run.Days.ToString(CultureInfo.InvariantCulture)),
                new DataCell(view.Run.Log is null ? "× " + Format.Plain(view.Run.DemandMultiplier) : "a log", Csv: view.Run.DemandMultiplier.ToString("R", CultureInfo.InvariantCulture)),
                view.Run.Seed.ToString(CultureInfo.InvariantCulture),
                Format.Instant(view.Started),
                view.Version.Account,
                view.Key,
            ])])
        {
            Empty = "Open a design and choose Simulate; its run appears here, and can be left and found again.",
        });
        Finished = [.. views.Where(view => view.Status == RunStatus.Finished).Select(view => new FieldOption(
            view.Key, $"{RunWords.Of(view.Run)} ({view.Run.Replications} × {RunWords.Length(view.Run.Days)}, seed {view.Run.Seed}; {view.Key})"))];
    }

    internal static DataCell StatusCell(RunView view) => view.Status switch
    {
        RunStatus.Queued => new DataCell("waiting", Tag: "grey"),
        RunStatus.Running => new DataCell($"{view.Done} of {view.Run.Replications} done", Tag: "blue"),
        RunStatus.Finished => new DataCell("finished", Tag: "green"),
        RunStatus.Cancelled => new DataCell("cancelled", Tag: "yellow"),
        _ => new DataCell("failed", Tag: "red"),
    };
}
