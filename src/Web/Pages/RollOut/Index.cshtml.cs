using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.RollOut;

/// <summary>The roll-out held against its terms, with another date for one wave to try.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(IRecords records, RollOutPlanner planner, ICurrentForce current) : AsAtPageModel
{
    /// <summary>Key of the wave to try another date for.</summary>
    [BindProperty(SupportsGet = true, Name = "wave")]
    public string? WaveKey { get; set; }

    /// <summary>The date to try, in words.</summary>
    [BindProperty(SupportsGet = true, Name = "date")]
    public string? Date { get; set; }

    /// <summary>Why the date is to be saved.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>What is wrong with the date tried, or with what was to be saved.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>The plan; with a date to try, with that date.</summary>
    public RollOutPlan Plan { get; private set; } = null!;

    /// <summary>The wave that another date is tried for; null without one.</summary>
    public WavePlan? Tried { get; private set; }

    /// <summary>The same wave with the date recorded.</summary>
    public WavePlan? Recorded { get; private set; }

    /// <summary>The drawing.</summary>
    public RollOutChart? Chart { get; private set; }

    /// <summary>Waves against the terms.</summary>
    public DataTable Waves { get; private set; } = null!;

    /// <summary>Units, commanders, real dates.</summary>
    public DataTable Units { get; private set; } = null!;

    /// <summary>What else does not fit, sentences.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>Waves to choose from.</summary>
    public IReadOnlyList<FieldOption> Choices { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync() => await FillAsync();

    /// <summary>Saves the date tried as a new version of the wave.</summary>
    [RequirePermission(Permission.KeepRecords)]
    public async Task<IActionResult> OnPostAsync()
    {
        // Another date is set for what is planned now, whatever dates the page shows.
        var now = records.View(User.Actor(), new Platform.History.AsAt(Dates.Today, Dates.Today));
        if (Read(out var problem) is { } date && await now.FindAsync<Wave>(WaveKey ?? "", HttpContext.RequestAborted) is { } wave)
        {
            var saved = await records.SaveAsync(
                User.Actor(), [new RecordChange("wave", wave.Key, wave.Body with { GoesLive = date }, Expected: wave.VersionId)], Why ?? "", HttpContext.RequestAborted);
            if (saved.Succeeded)
            {
                return Redirect($"/waves/{Uri.EscapeDataString(wave.Key)}");
            }

            Problems = saved.Problems;
        }
        else
        {
            Problems = [problem ?? new Problem("There is no such wave today", Field: "wave", Found: WaveKey, Accepted: "a wave of the list")];
        }

        await FillAsync();
        return Page();
    }

    private PartialDate? Read(out Problem? problem)
    {
        problem = null;
        if (PartialDate.TryParse(Date, out var date))
        {
            return date;
        }

        problem = new Problem("This is not a date", Field: "date", Found: Date, Accepted: PartialDate.Accepted);
        return null;
    }

    private async Task FillAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        var view = records.View(User.Actor(), At);
        var recorded = await planner.PlanAsync(view, cancellation: cancellation);
        Plan = recorded;
        Choices = [.. recorded.Waves.Select(wave => new FieldOption(wave.Wave.Key, $"{wave.Wave.Body.Title} ({wave.GoesLive?.Text ?? "no date"})"))];
        if (WaveKey is { Length: > 0 } key && !string.IsNullOrWhiteSpace(Date))
        {
            Recorded = recorded.Waves.FirstOrDefault(wave => wave.Wave.Key == key);
            if (Recorded is null)
            {
                Problems = [.. Problems, new Problem("There is no such wave on these dates", Field: "wave", Found: key, Accepted: "a wave of the list")];
            }
            else if (Read(out var problem) is { } date)
            {
                Plan = await planner.PlanAsync(view, new Dictionary<string, PartialDate>(StringComparer.Ordinal) { [key] = date }, cancellation);
                Tried = Plan.Waves.First(wave => wave.Wave.Key == key);
            }
            else if (Problems.Count == 0)
            {
                Problems = [problem!];
            }
        }

        HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise(Plan.Waves.Select(wave => wave.Wave));
        await TablesAsync(view);
    }

    private async Task TablesAsync(RecordView view)
    {
        var cancellation = HttpContext.RequestAborted;
        Waves = Offer(new DataTable(
            "waves", "Waves against the terms of their roll-out",
            [new("Wave"), new("Goes live"), new("Counted from"), new("Engagement until"), new("Preparation until"), new("Earliest go-live"), new("Verdict"), new("Embargoes")],
            [.. Plan.Waves.Select(wave => (IReadOnlyList<DataCell>)
            [
                new DataCell(wave.Wave.Body.Title, $"/waves/{Uri.EscapeDataString(wave.Wave.Key)}"),
                (wave.GoesLive?.Text ?? "not recorded") + (wave.IsWhatIf ? ", tried" : ""),
                wave.IsBound ? wave.CountedFrom?.Text : "", wave.IsBound ? wave.Engagement?.Ends.Text : "", wave.IsBound ? wave.Preparation?.Ends.Text : "", wave.IsBound ? wave.GoLive?.Begins.Text : "",
                new DataCell(wave.Words, Tag: SaidCells.Colour(wave.Standing)), wave.Embargoes.Count == 0 ? "none broken" : string.Join("; ", wave.Embargoes),
            ])]) { Empty = "No wave is known on these dates." });
        var posts = (await view.ListAsync<Post>(cancellation)).ToDictionary(post => post.Key, post => post.Body.Title, StringComparer.Ordinal);
        var holders = await HoldersAsync(view);
        var force = await current.FindAsync(At, cancellation);
        Units = Offer(new DataTable(
            "units", "Command units", [new("Unit"), new("Wave"), new("Boroughs"), new("Boroughs a commander", true), new("Commander"), new("Went live")],
            [.. Plan.Waves.SelectMany(wave => wave.Wave.Body.Units.Zip(wave.Live, (unit, live) => (IReadOnlyList<DataCell>)
            [
                new DataCell($"{unit.Name} ({unit.Code})", force?.FindUnit(unit.Code) is null ? null : $"/areas/unit/{unit.Code}"), wave.Wave.Body.Title,
                string.Join(", ", unit.Boroughs.Select(code => force?.FindBorough(code)?.Name ?? code)), DataCell.Of(unit.Boroughs.Count),
                unit.Commander is { } post ? new DataCell(holders.GetValueOrDefault(post) ?? posts.GetValueOrDefault(post, post), $"/posts/{Uri.EscapeDataString(post)}") : "not recorded",
                live.Live is { } day ? live.Imprecise ?? Format.Date(day) : new DataCell("not known", Csv: "", Tag: "grey"),
            ]))]) { Empty = "No unit stands in a wave." });
        Faults =
        [
            .. Plan.Missing.Count == 0 ? Array.Empty<string>() : [$"In no wave: {Format.List([.. Plan.Missing.Select(unit => $"{unit.Name} ({unit.Code})")])}"],
            .. Plan.Twice.Count == 0 ? Array.Empty<string>() : [$"In more than one wave: {Format.List([.. Plan.Twice.Select(code => force?.FindBorough(code)?.Name ?? code)])}"],
        ];
        if (Plan.Waves.Any(wave => wave.IsBound && wave.GoesLive is not null))
        {
            Chart = new RollOutChart { Title = Plan.Headline, Note = "Engagement, preparation and go-live at the earliest, counted from the announcement or the wave’s own engagement; the black bar is the date planned", Plan = Plan, Table = Waves };
        }
    }

    private async Task<Dictionary<string, string>> HoldersAsync(RecordView view)
    {
        var people = (await view.ListAsync<Person>(HttpContext.RequestAborted)).ToDictionary(person => person.Key, person => person.Body.Title, StringComparer.Ordinal);
        return (await view.ListAsync<Appointment>(HttpContext.RequestAborted)).GroupBy(held => held.Body.Post, StringComparer.Ordinal)
            .ToDictionary(post => post.Key, post => string.Join(", ", post.Select(held => people.GetValueOrDefault(held.Body.Person, held.Body.Person))), StringComparer.Ordinal);
    }
}
