using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Reports;

/// <summary>A published edition at the address that stays: how it stands, its files, and the page as it was published.</summary>
[OpenToAll("Only published editions that are open are here; others only for those who may read.")]
public sealed class PublishedModel(Publishing publishing, PageDates dates) : PageModel, IHasTables
{
    private readonly List<DataTable> _tables = [];

    /// <summary>Key of the edition, from the address.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>Key of an earlier edition to compare with.</summary>
    [BindProperty(SupportsGet = true, Name = "since")]
    public string? Since { get; set; }

    /// <summary>The edition.</summary>
    public StoredRecord<Edition> Record { get; private set; } = null!;

    /// <summary>The report as it was published.</summary>
    public string Body { get; private set; } = "";

    /// <summary>The edition that superseded or corrected it; null while none did.</summary>
    public StoredRecord<Edition>? Later { get; private set; }

    /// <summary>The other editions of its series that the reader may have.</summary>
    public IReadOnlyList<StoredRecord<Edition>> Others { get; private set; } = [];

    /// <summary>The edition that the reader saw last; null where it is the first, or this one.</summary>
    public StoredRecord<Edition>? Seen { get; private set; }

    /// <summary>What changed since the edition asked for; null where none was.</summary>
    public DataTable? Changes { get; private set; }

    /// <inheritdoc />
    public IReadOnlyList<DataTable> Tables => _tables;

    /// <summary>Shows the edition.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        var reader = Reader(User);
        if (await publishing.FindFileAsync(reader, Key, "html", cancellation: cancellation) is not { Succeeded: true } file || await publishing.FindAsync(reader ?? Publishing.Anybody, Key, cancellation) is not { } found)
        {
            return NotFound();
        }

        Record = found;
        var page = Encoding.UTF8.GetString(file.Value.Bytes);
        var (start, end) = (page.IndexOf("<article", StringComparison.Ordinal), page.LastIndexOf("</article>", StringComparison.Ordinal));
        Body = page[start..(end + "</article>".Length)];
        Others = [.. (await publishing.EditionsAsync(reader ?? Publishing.Anybody, cancellation)).Where(one => one.Body.Series == found.Body.Series && one.Key != Key && Publishing.IsPublished(one.Body) && (reader is not null || Publishing.IsOpen(one.Body, dates.Today)))];
        Later = found.Body.State switch
        {
            EditionState.Corrected => Others.FirstOrDefault(one => one.Body.Corrects == Key),
            EditionState.Superseded => Others.LastOrDefault(one => one.Body.AsAt >= found.Body.AsAt && one.Body.Corrects is null && one.Body.PublishedOn >= found.Body.PublishedOn),
            _ => null,
        };
        // Which edition was seen last is the reader's own business: a cookie of the series, and no record of the reader.
        var cookie = "pathfinder-seen-" + found.Body.Series;
        Seen = Others.FirstOrDefault(one => one.Key == Request.Cookies[cookie]);
        Response.Cookies.Append(cookie, Key, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = TimeSpan.FromDays(400), Path = "/published" });
        if (Since is { } since)
        {
            if (await publishing.ChangesAsync(reader, since, Key, cancellation) is not { } changes)
            {
                return NotFound();
            }

            Changes = new DataTable("changes", $"What changed since {since}", [new("Record"), new("What"), new("Was"), new("Is now")],
                [.. changes.Select(change => (IReadOnlyList<DataCell>)[change.Record, change.What, change.Was ?? "not said", change.Now ?? "no longer said"])]) { Empty = "Nothing: both say the same." };
            _tables.Add(Changes);
        }

        return Page();
    }

    internal static Actor? Reader(System.Security.Claims.ClaimsPrincipal user) => user.Identity?.IsAuthenticated == true && user.May(Permission.Read) ? user.Actor() : null;
}
