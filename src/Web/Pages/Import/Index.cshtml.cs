using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Records.Files;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Import;

/// <summary>Brings a register in from CSV or XLSX: first tried, with every problem by row and column, then saved as it was tried.</summary>
[RequirePermission(Permission.KeepRecords)]
public sealed class IndexModel(IRecords records, RegisterFiles files) : PageModel
{
    /// <summary>The largest file: carried through the form between trial and save, it must fit a request twice over.</summary>
    public const int MaximumBytes = 2 * 1024 * 1024;

    /// <summary>Problems shown before the rest are counted.</summary>
    public const int Shown = 100;

    /// <summary>Rows whose changes are shown before the rest are counted.</summary>
    public const int RowsShown = 30;

    /// <summary>Days read from numbers that are shown before the rest are counted.</summary>
    public const int DaysShown = 20;

    /// <summary>Kinds to choose from.</summary>
    public IReadOnlyList<FieldOption> Kinds { get; private set; } = [];

    /// <summary>The kind chosen.</summary>
    public RecordKind? Kind { get; private set; }

    /// <summary>The reason typed.</summary>
    public string? Why { get; private set; }

    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>What the import would do or did; null before.</summary>
    public RegisterImport? Result { get; private set; }

    /// <summary>The file tried, to be saved as it is.</summary>
    public (string Name, string Content)? Tried { get; private set; }

    /// <summary>Shows the form.</summary>
    public void OnGet(string? kind) => Choose(kind);

    /// <summary>Tries a file.</summary>
    public async Task OnPostAsync(string? kind, IFormFile? file, string? why)
    {
        Choose(kind);
        Why = why;
        if (file is null || file.Length == 0)
        {
            Problems = [new Problem("Choose a file", Field: "file", Accepted: "CSV or XLSX")];
        }
        else if (file.Length > MaximumBytes)
        {
            Problems = [new Problem("The file is too large", file.FileName, Field: "file", Found: $"{file.Length} bytes", Accepted: "at most 2 MB; split it by rows")];
        }
        else
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, HttpContext.RequestAborted);
            await RunAsync(Path.GetFileName(file.FileName), bytes.ToArray(), trial: true);
        }

        Answer();
    }

    /// <summary>Saves a file as it was tried.</summary>
    public async Task OnPostSaveAsync(string? kind, string? name, string? content, string? why)
    {
        Choose(kind);
        Why = why;
        var bytes = new byte[(content ?? "").Length];
        if (string.IsNullOrEmpty(name) || !Convert.TryFromBase64String(content ?? "", bytes, out var length))
        {
            Problems = [new Problem("Choose a file", Field: "file", Accepted: "CSV or XLSX")];
        }
        else
        {
            await RunAsync(Path.GetFileName(name), bytes[..length], trial: false);
        }

        Answer();
    }

    private async Task RunAsync(string name, byte[] bytes, bool trial)
    {
        if (Kind is null)
        {
            Problems = [new Problem("Choose what the file holds", Field: "kind")];
            return;
        }

        var done = await files.ImportAsync(User.Actor(), Kind, name, bytes, Why, trial, HttpContext.RequestAborted);
        Problems = done.Problems;
        Result = done.Succeeded ? done.Value : null;
        Tried = Result is { Saved: false } || (!trial && Problems.Count > 0) ? (name, Convert.ToBase64String(bytes)) : null;
    }

    private void Choose(string? kind)
    {
        Kind = kind is null ? null : records.Catalogue.Find(kind) ?? records.Catalogue.FindByPath(kind);
        Kinds = [new("", "Choose"), .. records.Catalogue.Kinds.Where(k => User.Actor().May(k.Change)).Select(k => new FieldOption(k.Name, char.ToUpperInvariant(k.Many[0]) + k.Many[1..]))];
    }

    private void Answer() => Response.StatusCode = Problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
}
