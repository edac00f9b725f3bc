using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Api.Records;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>A new record. Its address may fill in fields: <c>/risks/new?work=slp</c>.</summary>
[RequirePermission(Permission.Report)]
public sealed class NewRecordModel(IRecords records, RecordLists lists, ICurrentForce current) : RecordFormModel(records, lists, current)
{
    /// <inheritdoc />
    public override string Button => $"Record this {Kind.One}";

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (Kind.MadeAt is { } step)
        {
            return Redirect(step);
        }

        await LoadChoicesAsync();
        Form = RecordForm.Of(Kind, Kind.Empty(), Choices);
        foreach (var field in Kind.Fields.Where(field => field.Fields.Count == 0 && Request.Query[field.Name].ToString().Length > 0))
        {
            Form.Set(field.Mark.RefersTo is not null && field.Shape == FieldShape.Words ? field.Name + "[0]" : field.Name, Request.Query[field.Name].ToString());
        }

        return Page();
    }

    /// <summary>Records it.</summary>
    public Task<IActionResult> OnPostAsync()
    {
        // No version: a record of this key must not exist yet.
        Expected = 0;
        return TakeAsync(string.IsNullOrWhiteSpace(NewKey) ? null : NewKey.Trim(), "new");
    }
}
