using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Documents;

/// <summary>The text attached to a document, by numbered lines, with the passage of a source marked; and the form that attaches one.</summary>
[RequirePermission(Permission.Read)]
public sealed class TextModel(IRecords records, IAttachments attachments, IRestrictedAccess access) : AsAtPageModel
{
    /// <summary>The document.</summary>
    public StoredRecord<Document> Document { get; private set; } = null!;

    /// <summary>The text; null where none is attached, or where the reason for opening it is owed.</summary>
    public AttachedText? Attached { get; private set; }

    /// <summary>The lines asked for; null for none.</summary>
    public SourceLines? Marked { get; private set; }

    /// <summary>Whether a reason must be given before the text is shown.</summary>
    public bool ReasonOwed { get; private set; }

    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>The reason typed.</summary>
    public string? Why { get; private set; }

    /// <summary>Whether the reader may attach a file.</summary>
    public bool MayAttach => User.Actor().May(Document.Kind.Change);

    /// <summary>Shows the text, or asks for the reason where it is restricted.</summary>
    public async Task<IActionResult> OnGetAsync(string key, string? lines)
    {
        if (!await FindAsync(key, lines))
        {
            return NotFound();
        }

        ReasonOwed = access.NeedsReason(Document);
        await ShowAsync();
        return Page();
    }

    /// <summary>Logs the reason and shows the restricted text.</summary>
    public async Task<IActionResult> OnPostAsync(string key, string? lines, string? why)
    {
        if (!await FindAsync(key, lines))
        {
            return NotFound();
        }

        Why = why;
        Problems = (await access.LogConsultationAsync(User.Actor(), Document, why, HttpContext.RequestAborted)).Problems;
        ReasonOwed = Problems.Count > 0;
        await ShowAsync();
        return Answer();
    }

    /// <summary>Attaches a file.</summary>
    [RequirePermission(Permission.KeepRecords)]
    public async Task<IActionResult> OnPostAttachAsync(string key, string? lines, IFormFile? file, string? why)
    {
        if (!await FindAsync(key, lines))
        {
            return NotFound();
        }

        Why = why;
        if (file is null || file.Length == 0)
        {
            Problems = [new Problem("Choose a file", Field: "file", Accepted: "a text in UTF-8, a PDF or a DOCX")];
        }
        else
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, HttpContext.RequestAborted);
            Problems = (await attachments.AttachAsync(User.Actor(), key, file.FileName, bytes.ToArray(), why, HttpContext.RequestAborted)).Problems;
        }

        if (Problems.Count == 0)
        {
            return Redirect(Dates.Keep($"/documents/{Uri.EscapeDataString(key)}/text"));
        }

        ReasonOwed = access.NeedsReason(Document);
        await ShowAsync();
        return Answer();
    }

    private async Task<bool> FindAsync(string key, string? lines)
    {
        Marked = SourceLines.TryParse(lines, out var marked) ? marked : null;
        if (await attachments.FindAsync(records.View(User.Actor(), At), key, HttpContext.RequestAborted) is not { } found)
        {
            return false;
        }

        Document = found;
        return true;
    }

    private async Task ShowAsync()
    {
        HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise([Document]);
        if (!ReasonOwed)
        {
            Attached = await attachments.FindTextAsync(records.View(User.Actor(), At), Document.Key, HttpContext.RequestAborted);
        }
    }

    private IActionResult Answer()
    {
        Response.StatusCode = Problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        return Page();
    }
}
