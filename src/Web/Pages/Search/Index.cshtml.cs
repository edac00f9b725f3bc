using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Records.Search;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Search;

/// <summary>Search over everything, as at the dates, as far as the reader may see it.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(ISearch search, IRecords records) : AsAtPageModel
{
    /// <summary>What is searched for.</summary>
    public SearchQuery Query { get; private set; } = new();

    /// <summary>What was found; null before anything is asked.</summary>
    public SearchAnswer? Answer { get; private set; }

    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Kinds to narrow to.</summary>
    public IReadOnlyList<FieldOption> Kinds { get; private set; } = [];

    /// <summary>Boards, committees and forums to narrow to.</summary>
    public IReadOnlyList<FieldOption> Bodies { get; private set; } = [];

    /// <summary>The headline.</summary>
    public string Finding { get; private set; } = "";

    /// <summary>Searches as the address asks.</summary>
    public async Task OnGetAsync(string? q, string? area, string? kind, string? body, string? from, string? to, [FromQuery(Name = "page")] string? number)
    {
        var problems = new List<Problem>();
        Query = new SearchQuery(q, area, kind, body, Day("from", from, problems), Day("to", to, problems), int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1);
        var view = records.View(User.Actor(), At);
        Kinds = [new("", "Everything"), .. records.Catalogue.Kinds.Select(k => new FieldOption(k.Name, Capital(k.Many))), new("design", "Designs"), new("run", "Runs"), new("unit", "Command units"), new("borough", "Boroughs"), new("ward", "Wards")];
        var bodies = records.Catalogue.Find("body") is { } bodyKind ? await view.ListAsync(bodyKind, HttpContext.RequestAborted) : [];
        Bodies = [new("", "Any"), .. bodies.OrderBy(b => b.Body.Title, StringComparer.Ordinal).Select(b => new FieldOption(b.Key, b.Body.Title))];
        if (problems.Count == 0 && Query.Asks)
        {
            var found = await search.FindAsync(view, Query, HttpContext.RequestAborted);
            problems.AddRange(found.Problems);
            Answer = found.Succeeded ? found.Value : null;
        }

        Problems = problems;
        Finding = Answer is { } answer
            ? answer.Total switch
            {
                0 => $"Nothing is found{About()}",
                1 => $"One thing is found{About()}",
                _ => $"{Format.Count(answer.Total)} things are found{About()}",
            }
            : "Search everything on record";
        if (Problems.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private string About() => string.IsNullOrWhiteSpace(Query.Text) ? "" : $" for “{Query.Text.Trim()}”";

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static DateOnly? Day(string name, string? text, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        problems.Add(new Problem("Enter a real date", Field: name, Found: text, Accepted: "2017-05-12"));
        return null;
    }
}
