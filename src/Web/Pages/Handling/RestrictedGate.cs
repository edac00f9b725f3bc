using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.WebUtilities;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Pages.Handling;

/// <summary>What the form that asks for a reason needs.</summary>
/// <param name="Record">The restricted record.</param>
/// <param name="Then">The page that was asked for.</param>
/// <param name="Why">What was typed.</param>
/// <param name="Problems">What to correct.</param>
public sealed record OpeningForm(StoredRecord Record, string Then, string? Why, IReadOnlyList<Problem> Problems);

/// <summary>
/// Stands before every page of a restricted record: it asks why, and lets the person who said so in for a minute. What lets them in is
/// sealed, names them and the version, and is of no use to anybody else.
/// </summary>
public sealed class RestrictedGate(IRestrictedAccess access, IDataProtectionProvider protection)
{
    private const string Name = "opened";
    private static readonly TimeSpan Opening = TimeSpan.FromMinutes(1);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("pathfinder.restricted-opening").ToTimeLimitedDataProtector();

    /// <summary>The form that asks why, where the page would show a restricted record that was not opened just now; else null.</summary>
    /// <param name="page">The page.</param>
    /// <param name="view">What its reader sees.</param>
    /// <param name="kind">The kind of the record.</param>
    /// <param name="key">Its key.</param>
    /// <param name="versions">Whether the page shows every version, not only that of the dates.</param>
    public async Task<IActionResult?> AskAsync(PageModel page, RecordView view, RecordKind kind, string key, bool versions)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(view);
        var cancellation = page.HttpContext.RequestAborted;
        var shown = versions ? await view.TimelineAsync(kind, key, cancellation)
            : await view.FindAsync(kind, key, cancellation) is { } found ? [found] : [];
        return shown.LastOrDefault(version => version.Stated is not null && access.NeedsReason(version)) is { } record && !IsOpen(page.HttpContext, record)
            ? Form(page, new OpeningForm(record, page.Request.PathBase + page.Request.Path + page.Request.QueryString, null, []), StatusCodes.Status200OK)
            : null;
    }

    /// <summary>Logs the reason; the page asked for, open to this person, or the form again with what to correct.</summary>
    public async Task<IActionResult> OpenAsync(PageModel page, StoredRecord record, string then, string? why)
    {
        ArgumentNullException.ThrowIfNull(page);
        var logged = await access.LogConsultationAsync(page.User.Actor(), record, why, page.HttpContext.RequestAborted);
        if (!logged.Succeeded)
        {
            return Form(page, new OpeningForm(record, then, why, logged.Problems), StatusCodes.Status400BadRequest);
        }

        var (path, query) = then.Split('?', 2) is [var before, var after] ? (before, QueryHelpers.ParseQuery(after)) : (then, []);
        query[Name] = _protector.Protect(Seal(page.HttpContext, record), Opening);
        return new LocalRedirectResult(QueryHelpers.AddQueryString(path, query));
    }

    private static ViewResult Form(PageModel page, OpeningForm form, int status)
    {
        page.ViewData["AsAt"] = false;
        return new ViewResult
        {
            ViewName = "/Pages/Handling/Opening.cshtml",
            StatusCode = status,
            ViewData = new ViewDataDictionary<OpeningForm>(page.ViewData, form),
        };
    }

    private bool IsOpen(HttpContext context, StoredRecord record)
    {
        try
        {
            return context.Request.Query[Name].ToString() is { Length: > 0 } token && _protector.Unprotect(token) == Seal(context, record);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Over, or not ours.
            return false;
        }
    }

    private static string Seal(HttpContext context, StoredRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"{context.User.Actor().Account}\n{context.User.Actor().Organisation}\n{record.Reference}\n{record.VersionId}");
}
