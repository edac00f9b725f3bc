using System.Text;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Documents;

/// <summary>Attached files as kept content, named by the document's record.</summary>
internal sealed class Attachments(IRecords records, IHistory history, TimeProvider time) : IAttachments
{
    /// <summary>The largest file that can be attached; a text of this length still opens as one page.</summary>
    public const int MaximumBytes = 3 * 1024 * 1024;

    private const string Accepted = "a text in UTF-8, a PDF or a DOCX, at most 3 MB";
    private const string Pdf = "application/pdf";
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    // After every day on which anything holds or is known.
    private static readonly DateOnly Last = new(9999, 1, 1);

    public async Task<Outcome<string>> AttachAsync(
        Actor actor, string key, string fileName, ReadOnlyMemory<byte> bytes, string? why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var kind = records.Catalogue.Get<Document>();
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(why))
        {
            problems.Add(new Problem("Say why", Field: "why", Accepted: "a sentence"));
        }

        if (!actor.May(kind.Change))
        {
            problems.Add(new Problem("You may not change documents", Field: "key", Found: key));
        }

        var type = MediaTypeOf(bytes.Span);
        if (bytes.Length > MaximumBytes)
        {
            problems.Add(new Problem("The file is too large", fileName, Field: "file", Found: $"{bytes.Length} bytes", Accepted: Accepted));
        }
        else if (type is null)
        {
            problems.Add(new Problem("The file is not one that can be attached", fileName, Field: "file", Accepted: Accepted));
        }

        var found = await FindAsync(records.View(actor, time.Now()), key, cancellation);
        if (found is null)
        {
            problems.Add(new Problem("There is no such document", Field: "key", Found: key));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var document = found!.Body;
        await history.CommitAsync(
            new ChangeContext(actor.Account, actor.Organisation, why!.Trim()),
            set =>
            {
                var hash = set.Keep(bytes, type!);
                var body = type is Pdf or Docx
                    ? document with { Original = hash, OriginalName = Path.GetFileName(fileName) }
                    : document with { Content = hash };
                var known = time.LondonToday();
                kind.Record(set, key, body, found.Effective, known > found.Known ? known : found.Known);
            },
            cancellation);
        return key;
    }

    public Task<StoredRecord<Document>?> FindAsync(RecordView view, string key, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.As(new AsAt(Last, Last, view.At.Recorded)).FindAsync<Document>(key, cancellation);
    }

    public async Task<AttachedText?> FindTextAsync(RecordView view, string key, CancellationToken cancellation = default)
    {
        if (await FindAsync(view, key, cancellation) is not { Body.Content: { Length: > 0 } hash } document
            || await ContentAsync(view, hash, cancellation) is not { } bytes || MediaTypeOf(bytes) != "text/plain")
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        if (lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return new AttachedText(document, lines, hash);
    }

    public async Task<AttachedOriginal?> FindOriginalAsync(RecordView view, string key, CancellationToken cancellation = default) =>
        await FindAsync(view, key, cancellation) is { Body.Original: { Length: > 0 } hash } document
            && await ContentAsync(view, hash, cancellation) is { } bytes && MediaTypeOf(bytes) is Pdf or Docx
            ? new AttachedOriginal(document, document.Body.OriginalName ?? key, MediaTypeOf(bytes)!, bytes) : null;

    // A hash is only a name: whoever writes that of a restricted text into a record of their own must not thereby read it.
    private async Task<byte[]?> ContentAsync(RecordView view, string hash, CancellationToken cancellation)
    {
        var all = records.View(null, new AsAt(Last, Last, view.At.Recorded));
        var holders = (await all.ListAsync<Document>(cancellation)).Where(document => document.Body.Content == hash || document.Body.Original == hash);
        return holders.All(document => Handlings.MayRead(view.Reader, document.Body.Handling)) ? await history.FindContentAsync(hash, cancellation) : null;
    }

    private static string? MediaTypeOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("%PDF-"u8))
        {
            return Pdf;
        }

        if (bytes.StartsWith("PK\u0003\u0004"u8))
        {
            return bytes.IndexOf("word/document.xml"u8) >= 0 ? Docx : null;
        }

        return bytes.Length > 0 && bytes.IndexOf((byte)0) < 0 && System.Text.Unicode.Utf8.IsValid(bytes) ? "text/plain" : null;
    }
}
