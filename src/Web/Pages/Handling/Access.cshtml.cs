using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Handling;

/// <summary>Who opened a record and to whom it was passed on; and the form that records that it is.</summary>
[RequirePermission(Permission.Read)]
public sealed class AccessModel(IRecords records, IRestrictedAccess access, RestrictedGate gate) : AsAtPageModel
{
    /// <summary>The record.</summary>
    public StoredRecord Record { get; private set; } = null!;

    /// <summary>Openings and disclosures.</summary>
    public DataTable Log { get; private set; } = null!;

    /// <summary>The headline.</summary>
    public string Finding { get; private set; } = "";

    /// <summary>Whether the reader may record a disclosure.</summary>
    public bool MayDisclose => User.Actor().May(Record.Kind.Change);

    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>What was typed: to whom, why, what.</summary>
    public (string? ToWhom, string? Why, string? What) Typed { get; private set; }

    /// <summary>Shows the log.</summary>
    public async Task<IActionResult> OnGetAsync(string path, string key) => await FindAsync(path, key) ?? Page();

    /// <summary>Records a disclosure.</summary>
    [RequirePermission(Permission.KeepRecords)]
    public async Task<IActionResult> OnPostAsync(string path, string key, string? toWhom, string? why, string? what)
    {
        Typed = (toWhom, why, what);
        if (await FindAsync(path, key) is { } elsewhere)
        {
            return elsewhere;
        }

        Problems = (await access.LogDisclosureAsync(User.Actor(), Record, toWhom, why, what, HttpContext.RequestAborted)).Problems;
        if (Problems.Count == 0)
        {
            return Redirect(Components.Dates.PageDates.Replace(Request));
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task<IActionResult?> FindAsync(string path, string key)
    {
        var view = records.View(User.Actor(), At);
        if (records.Catalogue.FindByPath(path) is not { } kind)
        {
            return NotFound();
        }

        if (await view.FindAsync(kind, key, HttpContext.RequestAborted) is not { } record)
        {
            return await AbsentPage.ResultAsync(this, view, kind, key);
        }

        Record = record;
        if (HttpMethods.IsGet(Request.Method) && await gate.AskAsync(this, view, kind, key, versions: false) is { } ask)
        {
            return ask;
        }

        var entries = await access.ListAsync(view, record, HttpContext.RequestAborted);
        var opened = entries.Count(entry => entry.Kind == AccessKind.Consulted);
        Finding = entries.Count == 0 ? "No opening or disclosure is on record"
            : $"Opened {Times(opened)} and passed on {Times(entries.Count - opened)}";
        Log = Offer(new DataTable(
            "access", "Openings and disclosures", [new("What"), new("When"), new("Who"), new("For"), new("Why"), new("To whom"), new("What was passed on"), new("Version", true)],
            entries.Select(entry => (IReadOnlyList<DataCell>)
            [
                entry.Kind == AccessKind.Consulted ? "Opened" : "Passed on", Format.Instant(entry.At), entry.Account, entry.Organisation, entry.Why, entry.ToWhom,
                entry.Kind == AccessKind.Disclosed ? entry.What ?? "All of it" : "", DataCell.Of(entry.Version),
            ]).ToList())
        {
            Empty = "Each opening of a restricted record and each disclosure that is recorded stands here.",
        });
        return null;
    }

    private static string Times(int count) => count switch { 0 => "never", 1 => "once", 2 => "twice", _ => Format.Words(count) + " times" };
}
