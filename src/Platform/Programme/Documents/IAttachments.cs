using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Documents;

/// <summary>The text attached to a document.</summary>
/// <param name="Document">The document as the store holds it now.</param>
/// <param name="Lines">Its lines, without line ends; a locator counts them from 1.</param>
/// <param name="Sha256">Hash of the bytes attached.</param>
public sealed record AttachedText(StoredRecord<Document> Document, IReadOnlyList<string> Lines, string Sha256);

/// <summary>The original file attached to a document.</summary>
/// <param name="Document">The document as the store holds it now.</param>
/// <param name="Name">Name of the file as it was attached.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record AttachedOriginal(StoredRecord<Document> Document, string Name, string MediaType, byte[] Bytes);

/// <summary>
/// Documents that users attach to the store: a text, which opens by line, or the original as PDF or DOCX, which is kept and handed out
/// as it is. Attaching says nothing about the past: the product holds a text for every date or for none, so it is looked up as at now.
/// </summary>
public interface IAttachments
{
    /// <summary>
    /// Attaches a file to a document as a new version of its record. Refused when it is too large, is neither text in UTF-8 nor a PDF or
    /// DOCX, when there is no such document that the person may read, or they may not change it.
    /// </summary>
    Task<Outcome<string>> AttachAsync(Actor actor, string key, string fileName, ReadOnlyMemory<byte> bytes, string? why, CancellationToken cancellation = default);

    /// <summary>A document as the store holds it now, as far as the view's reader may see it; null when there is none.</summary>
    Task<StoredRecord<Document>?> FindAsync(RecordView view, string key, CancellationToken cancellation = default);

    /// <summary>The attached text, or null when none is attached or the view's reader may not read it.</summary>
    Task<AttachedText?> FindTextAsync(RecordView view, string key, CancellationToken cancellation = default);

    /// <summary>The attached original, or null when none is attached or the view's reader may not read it.</summary>
    Task<AttachedOriginal?> FindOriginalAsync(RecordView view, string key, CancellationToken cancellation = default);
}
