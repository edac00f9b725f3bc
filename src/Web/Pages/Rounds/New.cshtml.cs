using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Rounds;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Rounds;

/// <summary>Opens a monthly round.</summary>
[RequirePermission(Permission.KeepRecords)]
public sealed class NewModel(IRecords records, MonthlyRounds rounds, TimeProvider time) : AsAtPageModel
{
    private const int DaysToAnswer = 7;

    /// <summary>The period, as typed in.</summary>
    [BindProperty(Name = "period")]
    public string? Period { get; set; }

    /// <summary>The day by which owners answer.</summary>
    [BindProperty(Name = "due")]
    public DateOnly? Due { get; set; }

    /// <summary>Key of the work; empty for all.</summary>
    [BindProperty(Name = "work")]
    public string? Work { get; set; }

    /// <summary>Work to choose from.</summary>
    public IReadOnlyList<FieldOption> Works { get; private set; } = [];

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Key of the round that is open already for the period and work; null where none was in the way.</summary>
    public string? OpenAlready { get; private set; }

    /// <summary>Shows the form, with this month and a week to answer.</summary>
    public async Task OnGetAsync()
    {
        var today = time.LondonToday();
        Period = Format.Month(today);
        Due = today.AddDays(DaysToAnswer);
        await LoadAsync();
    }

    /// <summary>Opens the round.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var opened = await rounds.OpenAsync(User.Actor(), Period, Due, Work, HttpContext.RequestAborted);
        if (opened.Succeeded)
        {
            return Redirect($"/round/{opened.Value}?saved=opened");
        }

        Problems = opened.Problems;
        OpenAlready = Problems is [{ Field: "period", Found: { } key }] && await records.View(User.Actor(), time.Now()).FindAsync<Platform.Programme.Rounds.Round>(key, HttpContext.RequestAborted) is not null ? key : null;
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        var work = await records.View(User.Actor(), time.Now()).ListAsync<WorkItem>(HttpContext.RequestAborted);
        Works =
        [
            new FieldOption("", "All work"),
            .. work.Where(one => one.Body.Level is WorkLevel.Portfolio or WorkLevel.Programme or WorkLevel.Pilot)
                .OrderBy(one => one.Body.Level).ThenBy(one => one.Body.Title, StringComparer.Ordinal).Select(one => new FieldOption(one.Key, one.Body.Title)),
        ];
    }
}
