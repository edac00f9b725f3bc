namespace Pathfinder.Platform.Problems;

/// <summary>One thing that a user can correct: what is wrong, where it stands, what was found and what is accepted.</summary>
/// <param name="Message">A sentence a user can act on, ending without a full stop.</param>
/// <param name="File">The file, form or document, when there is one.</param>
/// <param name="Row">The line of the file, counted from 1 with the header as line 1.</param>
/// <param name="Field">The column, JSON path or form field.</param>
/// <param name="Found">The offending value as it was written.</param>
/// <param name="Accepted">What would have been accepted.</param>
public sealed record Problem(
    string Message,
    string? File = null,
    int? Row = null,
    string? Field = null,
    string? Found = null,
    string? Accepted = null)
{
    /// <summary>The same as it is told beside the form field that holds the text or file at fault: where it stands in there goes into the sentence.</summary>
    public Problem Beside(string field)
    {
        var place = Place();
        return new Problem(place.Length == 0 ? Message : $"{place}: {Message}", Field: field, Found: Found, Accepted: Accepted);
    }

    /// <summary>The problem on one line, as the command line and a log print it.</summary>
    public override string ToString()
    {
        var place = Place();
        var detail = string.Concat(
            Found is null ? "" : $"; found \"{Found}\"",
            Accepted is null ? "" : $"; accepted: {Accepted}");
        return place.Length == 0 ? Message + detail : $"{place}: {Message}{detail}";
    }

    private string Place() => string.Join(", ", new[] { File, Row is { } row ? $"row {row}" : null, Field }.Where(part => part is not null));
}
