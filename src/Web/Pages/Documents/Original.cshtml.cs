using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Pages.Documents;

/// <summary>Hands out the original attached to a document, for a reason where it is restricted.</summary>
[RequirePermission(Permission.Read)]
public sealed class OriginalModel(IRecords records, IAttachments attachments, IRestrictedAccess access) : AsAtPageModel
{
    /// <summary>The document.</summary>
    public StoredRecord<Document> Document { get; private set; } = null!;

    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Downloads the file, or asks for the reason.</summary>
    public async Task<IActionResult> OnGetAsync(string key)
    {
        if (await FindAsync(key) is not { } original)
        {
            return NotFound();
        }

        return access.NeedsReason(Document) ? Page() : Download(original);
    }

    /// <summary>Logs the reason and downloads the file.</summary>
    public async Task<IActionResult> OnPostAsync(string key, string? why)
    {
        if (await FindAsync(key) is not { } original)
        {
            return NotFound();
        }

        Problems = (await access.LogConsultationAsync(User.Actor(), Document, why, HttpContext.RequestAborted)).Problems;
        Response.StatusCode = Problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        return Problems.Count > 0 ? Page() : Download(original);
    }

    private static FileContentResult Download(AttachedOriginal original) =>
        new(original.Bytes, original.MediaType) { FileDownloadName = original.Name };

    private async Task<AttachedOriginal?> FindAsync(string key)
    {
        var original = await attachments.FindOriginalAsync(records.View(User.Actor(), At), key, HttpContext.RequestAborted);
        Document = original?.Document!;
        return original;
    }
}
