using System.Globalization;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Pages.Documents;

/// <summary>A source as it is shown.</summary>
/// <param name="Text">The words: document, section, paragraph, lines.</param>
/// <param name="Href">The passage in the attached text; null where none is attached.</param>
/// <param name="Document">The record of the document; null where the reader may not see it.</param>
public sealed record SourceLink(string Text, string? Href, string? Document);

/// <summary>Says where something is said, and opens the passage where the document's text is attached. One a request: documents are read once.</summary>
public sealed class SourceLinks(IRecords records, IAttachments attachments, PageDates dates, IHttpContextAccessor accessor)
{
    private readonly Dictionary<string, StoredRecord<Document>?> _documents = new(StringComparer.Ordinal);

    /// <summary>The source in words, with its link.</summary>
    public async Task<SourceLink> FindAsync(Locator locator, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(locator);
        var document = await DocumentAsync(locator.Document, cancellation);
        string?[] parts =
        [
            document?.Body.Title ?? locator.Document, locator.Section, locator.Paragraph,
            SourceLines.TryParse(locator.Lines, out var lines) ? lines.ToString() : locator.Lines,
        ];
        var words = string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
        if (document?.Body.Content is not { Length: > 0 })
        {
            return new SourceLink(words + "; text not attached", null, document is null ? null : locator.Document);
        }

        var path = $"/documents/{Uri.EscapeDataString(locator.Document)}/text";
        return new SourceLink(
            words, dates.Keep(lines is null ? path : string.Create(CultureInfo.InvariantCulture, $"{path}?lines={lines.Query}#L{lines.First}")), locator.Document);
    }

    private async Task<StoredRecord<Document>?> DocumentAsync(string key, CancellationToken cancellation)
    {
        if (!_documents.TryGetValue(key, out var document))
        {
            var reader = accessor.HttpContext!.User.Actor();
            _documents[key] = document = await attachments.FindAsync(records.View(reader, dates.At), key, cancellation);
        }

        return document;
    }
}

/// <summary>Lines of a text as a locator names them: "23" or "23-25".</summary>
public sealed record SourceLines(int First, int Last)
{
    /// <summary>As an address carries it.</summary>
    public string Query => First == Last
        ? First.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    /// <summary>Reads "23" or "23-25"; false for anything else.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SourceLines? lines)
    {
        var parts = (text ?? "").Split('-', 2, StringSplitOptions.TrimEntries);
        lines = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first > 0
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last >= first
            ? new SourceLines(first, last) : null;
        return lines is not null;
    }

    /// <summary>"line 23" or "lines 23 to 25".</summary>
    public override string ToString() => First == Last
        ? string.Create(CultureInfo.InvariantCulture, $"line {First}") : string.Create(CultureInfo.InvariantCulture, $"lines {First} to {Last}");
}
