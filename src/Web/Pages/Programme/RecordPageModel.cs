using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Handling;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>A page about records of one kind, which its address names.</summary>
public abstract class RecordPageModel(IRecords records, RecordLists lists) : AsAtPageModel
{
    /// <summary>The kind's part of the address.</summary>
    [BindProperty(SupportsGet = true, Name = "path")]
    public string Path { get; set; } = "";

    /// <summary>Key of the record, from the address; empty on pages about the kind.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>The kind.</summary>
    public RecordKind Kind { get; private set; } = null!;

    /// <summary>The records as this reader may see them on the dates of the page.</summary>
    public RecordView View { get; private set; } = null!;

    /// <summary>Whether this reader may change records of the kind.</summary>
    public bool MayChange => User.May(Kind.Change);

    /// <summary>The page of the list.</summary>
    public string ListHref => "/" + Kind.Path;

    /// <summary>The page of the record.</summary>
    public string RecordHref => ReferenceNames.Href(Kind, Key);

    /// <summary>Where records are kept.</summary>
    protected IRecords Records => records;

    /// <summary>Lists, readings and words.</summary>
    protected RecordLists Lists => lists;

    /// <summary>Whether the page is for those who may change the kind.</summary>
    protected virtual bool Changes => false;

    /// <summary>Whether the page shows every version of the record.</summary>
    protected virtual bool ShowsVersions => false;

    /// <inheritdoc />
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (records.Catalogue.FindByPath(Path) is not { } kind)
        {
            context.Result = NotFound();
            return;
        }

        Kind = kind;
        if (Changes && !MayChange)
        {
            context.Result = StatusCode(StatusCodes.Status403Forbidden);
            return;
        }

        View = records.View(User.Actor(), At);
        if (Key.Length > 0 && Dates is { InAddress: true, Problems.Count: 0 } && HttpMethods.IsGet(Request.Method) && await AskAsync() is { } ask)
        {
            context.Result = ask;
            return;
        }

        await base.OnPageHandlerExecutionAsync(context, next);
    }

    /// <summary>What to answer where the record does not stand on the dates of the page.</summary>
    protected Task<IActionResult> AbsentAsync() => AbsentPage.ResultAsync(this, View, Kind, Key);

    /// <summary>
    /// The newest version that is known now, whatever dates the page shows: what is changed is always what is known now. Of a record that
    /// does not hold today, the version that holds on the page's day. Null when there is none that the reader may see.
    /// </summary>
    protected async Task<StoredRecord?> FindNewestAsync() =>
        await records.View(User.Actor(), new AsAt(Dates.Today, Dates.Today)).FindAsync(Kind, Key, HttpContext.RequestAborted)
        ?? await records.View(User.Actor(), new AsAt(At.Effective, Dates.Today)).FindAsync(Kind, Key, HttpContext.RequestAborted);

    // A page that changes a record shows what is known now, whatever its dates.
    private Task<IActionResult?> AskAsync() => HttpContext.RequestServices.GetRequiredService<RestrictedGate>().AskAsync(
        this, Changes ? records.View(User.Actor(), new AsAt(At.Effective, Dates.Today)) : View, Kind, Key, Changes || ShowsVersions);

    /// <summary>Marks the page as what it shows is marked.</summary>
    protected void Mark(IEnumerable<StoredRecord> shown) => HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise(shown);
}
