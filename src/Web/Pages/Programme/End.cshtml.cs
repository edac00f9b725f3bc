using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Records;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>Records that something ceases to hold from a day on; what it was stays in its history.</summary>
[RequirePermission(Permission.Report)]
public sealed class EndModel(IRecords records, RecordLists lists) : RecordPageModel(records, lists)
{
    /// <summary>What the record is called.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The first day on which it no longer holds, as typed.</summary>
    [BindProperty(Name = "from")]
    public string? From { get; set; }

    /// <summary>The reason given.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <inheritdoc />
    protected override bool Changes => true;

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        From = PartialDate.Of(Dates.Today).Text;
        return await FindAsync() ? Page() : NotFound();
    }

    /// <summary>Records the end.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
        {
            return NotFound();
        }

        var problems = new List<Problem>();
        if (!PartialDate.TryParse(From, out var day) || !day.IsDay)
        {
            problems.Add(new Problem("Give the first day on which it no longer holds", Field: "from", Found: From, Accepted: "a day, for example 26 April 2017"));
        }

        if (string.IsNullOrWhiteSpace(Why))
        {
            problems.Add(new Problem("Say why", Field: "why", Accepted: "a sentence"));
        }

        if (problems.Count == 0)
        {
            var ended = await Records.EndAsync(User.Actor(), Kind.Name, Key, day!.First, Why!.Trim(), HttpContext.RequestAborted);
            if (ended.Succeeded)
            {
                return Redirect(Dates.With($"{RecordHref}/history", Dates.Today, Dates.Today));
            }

            problems.AddRange(ended.Problems);
        }

        Problems = problems;
        return Page();
    }

    private async Task<bool> FindAsync()
    {
        if (await FindNewestAsync() is not { } record)
        {
            return false;
        }

        Title = record.Body.Title;
        Mark([record]);
        return true;
    }
}
