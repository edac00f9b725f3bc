using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Api.Records;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>Changes a record: another version of it, for a reason.</summary>
[RequirePermission(Permission.Report)]
public sealed class EditModel(IRecords records, RecordLists lists, ICurrentForce current) : RecordFormModel(records, lists, current)
{
    /// <summary>What the record is called.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Whether the page shows other dates than the version that is changed.</summary>
    public bool ShownAtOtherDates => At.Known < Dates.Today || At.Effective < Dates.Today;

    /// <inheritdoc />
    public override string Button => "Save this change";

    /// <summary>Shows the form with the newest version.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (await FindNewestAsync() is not { } record)
        {
            return NotFound();
        }

        Show(record);
        await LoadChoicesAsync();
        Form = RecordForm.Of(Kind, record.Body, Choices);
        Expected = record.VersionId;
        return Page();
    }

    /// <summary>Saves another version.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindNewestAsync() is not { } record)
        {
            return NotFound();
        }

        Show(record);
        return await TakeAsync(Key, "changed", record.Body);
    }

    private void Show(StoredRecord record)
    {
        Title = record.Body.Title;
        Mark([record]);
    }
}
