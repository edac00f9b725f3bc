using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records.Search;

/// <summary>What is searched for; everything but the dates of the view is optional.</summary>
/// <param name="Text">Words that must all be there: beginnings of words, whatever their case and accents.</param>
/// <param name="Area">Code or name of a borough, ward or command unit.</param>
/// <param name="Kind">Name or address of a kind of record; or design, run, borough, ward, unit.</param>
/// <param name="Body">Key of a board, committee or forum: only what names it.</param>
/// <param name="From">Only what carries a date on or after this day.</param>
/// <param name="To">Only what carries a date on or before this day.</param>
/// <param name="Page">The page, from 1.</param>
public sealed record SearchQuery(
    string? Text = null, string? Area = null, string? Kind = null, string? Body = null, DateOnly? From = null, DateOnly? To = null, int Page = 1)
{
    /// <summary>Hits on a page.</summary>
    public const int PageSize = 25;

    /// <summary>Whether anything is asked for.</summary>
    public bool Asks => !string.IsNullOrWhiteSpace(Text) || !string.IsNullOrWhiteSpace(Area) || !string.IsNullOrWhiteSpace(Kind)
        || !string.IsNullOrWhiteSpace(Body) || From is not null || To is not null;
}

/// <summary>A piece of a text, and whether it was searched for.</summary>
public sealed record SearchPiece(string Text, bool Found);

/// <summary>Something found.</summary>
/// <param name="Kind">Name of the kind of record; or design, run, borough, ward, unit.</param>
/// <param name="What">The kind in words.</param>
/// <param name="Path">Its part of an address, of which the key follows: "milestones".</param>
/// <param name="Key">Its key or code.</param>
/// <param name="Title">What it is called, in pieces.</param>
/// <param name="Label">The field in which the words were found; null when in the title alone or in a restricted record.</param>
/// <param name="Excerpt">What stands there, in pieces.</param>
/// <param name="Ground">The ground on which it is restricted; null where it is open.</param>
public sealed record SearchHit(
    string Kind, string What, string Path, string Key, IReadOnlyList<SearchPiece> Title, string? Label, IReadOnlyList<SearchPiece> Excerpt, string? Ground);

/// <summary>What was found.</summary>
/// <param name="Hits">Those of the page, best first.</param>
/// <param name="Total">All that match.</param>
/// <param name="ByKind">How many match of each kind, most first; before narrowing to one kind.</param>
public sealed record SearchAnswer(IReadOnlyList<SearchHit> Hits, int Total, IReadOnlyList<(string Kind, string Words, int Count)> ByKind);

/// <summary>
/// Searches all that the view's reader may see, as at the view's dates. A title counts for more than what stands below it; of a restricted
/// record only the title is searched and shown, since reading on is an opening that is logged.
/// </summary>
public interface ISearch
{
    /// <summary>Searches. Refused when the area, kind or body is not known.</summary>
    Task<Outcome<SearchAnswer>> FindAsync(RecordView view, SearchQuery query, CancellationToken cancellation = default);
}
