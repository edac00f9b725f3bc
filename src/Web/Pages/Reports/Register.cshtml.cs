using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Reports;

/// <summary>The publication register by class: what is open to everybody; who is signed in sees what is deferred or not open too.</summary>
[OpenToAll("It lists published editions that are open; others only for those who may read.")]
public sealed class RegisterModel(Publishing publishing, PageDates dates) : PageModel, IHasTables
{
    /// <inheritdoc />
    public IReadOnlyList<DataTable> Tables { get; private set; } = [];

    /// <summary>Shows the register.</summary>
    public async Task OnGetAsync()
    {
        var reader = PublishedModel.Reader(User);
        var editions = reader is null ? await publishing.OpenAsync(HttpContext.RequestAborted) : [.. (await publishing.EditionsAsync(reader, HttpContext.RequestAborted)).Where(one => Publishing.IsPublished(one.Body))];
        Tables = [.. editions.GroupBy(one => one.Body.Class ?? "Reports", StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new DataTable(
            RecordKeys.FromTitle(group.Key, "reports"), group.Key, [new("Report"), new("As at"), new("Published on"), new("Opens"), new("State"), new("Withheld, and why")],
            [.. group.Select(one => (IReadOnlyList<DataCell>)
            [
                new DataCell(group.Count(other => other.Body.Title == one.Body.Title) > 1 ? $"{one.Body.Title} ({one.Key})" : one.Body.Title, $"/published/{one.Key}"), DataCell.Of(one.Body.AsAt, ""), DataCell.Of(one.Body.PublishedOn, ""), Opens(one.Body),
                new DataCell(FieldWords.Words(one.Body.State), Tag: IndexModel.Colour(one.Body.State)),
                one.Body.Withheld.Count == 0 ? "nothing" : string.Join("; ", one.Body.Withheld.Select(part => $"{part.What}: {part.Ground}")),
            ])]))];
    }

    private DataCell Opens(Edition edition) => !edition.Open ? "to readers with an account" : edition.OpensOn > dates.Today ? $"on {Format.Date(edition.OpensOn!.Value)}: {edition.DeferralReason}" : "to everybody";
}
