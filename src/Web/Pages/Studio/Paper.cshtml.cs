using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Studio;

namespace Pathfinder.Web.Pages.Studio;

/// <summary>The design paper of a plan, to read and to print.</summary>
[RequirePermission(Permission.Read)]
public sealed class PaperModel(StudioDesk desk, StudioForces forces) : StudioPageModel(desk, forces)
{
    /// <summary>The paper.</summary>
    public Paper? Paper { get; private set; }

    /// <summary>The plan drawn; null where the pack has no drawn boroughs.</summary>
    public string? Sketch { get; private set; }

    /// <summary>Which columns of a table hold figures, which are set to the right.</summary>
    public static IReadOnlyList<bool> Figures(PaperTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. Enumerable.Range(0, table.Rows[0].Count).Select(column => column > 0 && table.Rows.Skip(1).All(row => row[column].Length == 0 || row[column][0] is '+' or '−' || char.IsAsciiDigit(row[column][0]) || row[column].StartsWith("not ", StringComparison.Ordinal)))];
    }

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is { } refused)
        {
            return refused;
        }

        if (Force is not null)
        {
            var answer = Desk.Answer(Force, State, HttpContext.RequestAborted);
            if (!answer.Succeeded)
            {
                return RefusedPage.Result(this, answer.Problems);
            }

            Paper = StudioPaper.Of(Force, answer.Value);
            Sketch = StudioSketch.Of(Force, answer.Value);
        }

        return Page();
    }
}
