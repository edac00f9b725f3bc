using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Records.Search;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Records;

/// <summary>Something found, as the API answers it; words searched for stand between « and » in the marked texts.</summary>
public sealed record FoundAnswer(string Kind, string Key, string Href, string Title, string? Field, string? Excerpt, string? WithheldFromOthers);

/// <summary>What was found.</summary>
public sealed record SearchFoundAnswer(int Total, int Page, IReadOnlyDictionary<string, int> ByKind, IReadOnlyList<FoundAnswer> Items);

/// <summary>The use case of the search page.</summary>
public static class SearchApi
{
    /// <summary>Maps the route.</summary>
    public static void MapSearch(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/api/v1/search", FindAsync).WithMetadata(new RequirePermissionAttribute(Permission.Read)).WithTags("Search")
            .WithSummary("All that the caller may see, by words, area, kind, body (board, committee, forum) and dates");
    }

    /// <summary>The address of something found.</summary>
    public static string Href(SearchHit hit)
    {
        ArgumentNullException.ThrowIfNull(hit);
        return $"/{hit.Path}/{Uri.EscapeDataString(hit.Key)}";
    }

    private static async Task<Results<Ok<SearchFoundAnswer>, ProblemHttpResult>> FindAsync(
        ISearch search, IRecords records, PageDates dates, HttpContext context,
        [FromQuery] string? q, [FromQuery] string? area, [FromQuery] string? kind, [FromQuery] string? body, [FromQuery] DateOnly? from, [FromQuery] DateOnly? to, [FromQuery] int page = 1)
    {
        if (dates.Problems.Count > 0)
        {
            return ApiProblems.Result(dates.Problems);
        }

        var query = new SearchQuery(q, area, kind, body, from, to, page);
        if (!query.Asks)
        {
            return ApiProblems.Result([new Problem("Say what to search for", Field: "q", Accepted: "q, area, kind, body, from or to")]);
        }

        var found = await search.FindAsync(records.View(context.User.Actor(), dates.At), query, context.RequestAborted);
        return found.Succeeded
            ? TypedResults.Ok(new SearchFoundAnswer(
                found.Value.Total, page, found.Value.ByKind.ToDictionary(kinds => kinds.Kind, kinds => kinds.Count, StringComparer.Ordinal),
                found.Value.Hits.Select(hit => new FoundAnswer(hit.Kind, hit.Key, Href(hit), Plain(hit.Title), hit.Label, hit.Excerpt.Count > 0 ? Marked(hit.Excerpt) : null, hit.Ground)).ToList()))
            : ApiProblems.Result(found.Problems);
    }

    private static string Plain(IEnumerable<SearchPiece> pieces) => string.Concat(pieces.Select(piece => piece.Text));

    private static string Marked(IEnumerable<SearchPiece> pieces) => string.Concat(pieces.Select(piece => piece.Found ? $"«{piece.Text}»" : piece.Text));
}
