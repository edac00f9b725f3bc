using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Forces;

/// <summary>What the programme recorded about an area: what was promised to it, what is tested and planned there, who answers for it.</summary>
/// <param name="Tables">A table for each kind of which there is something.</param>
/// <param name="WholeForce">How many promises are made to the whole force, this area with it.</param>
/// <param name="ListHref">The list of those promises.</param>
/// <param name="Shown">The records in the tables.</param>
public sealed record AreaRecords(string Name, IReadOnlyList<(string Headline, DataTable Table, string SeeAll)> Tables, int WholeForce, string ListHref, IReadOnlyList<StoredRecord> Shown)
{
    private const int MostShown = 8;
    private const int MostComputed = 3;

    // What a council asks first stands first. Documents, measures and what is made of many rows have pages of their own.
    private static readonly IReadOnlyList<string> Kinds =
    [
        "commitment", "expectation", "pilot", "wave", "milestone", "embargo", "decision", "post", "appointment", "risk", "issue", "engagement", "recovery-plan", "abstraction", "impact-assessment",
    ];

    /// <summary>Gathers what is recorded about the area of a code, and about the units that hold it: of every kind, or of those named.</summary>
    public static async Task<AreaRecords> OfAsync(
        RecordView view, RecordLists lists, string code, string name, IReadOnlyList<string>? kinds = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(lists);
        var tables = new List<(string, DataTable, string)>();
        var shown = new List<StoredRecord>();
        foreach (var kind in (kinds ?? Kinds).Select(view.Catalogue.Find).OfType<RecordKind>())
        {
            var listing = await lists.ReadAsync(view, kind, new RecordQuery { Area = code }, cancellation: cancellation);
            if (listing.Records.Count == 0)
            {
                continue;
            }

            var columns = listing.Columns.Where(column => column.Computed >= 0).Take(MostComputed).ToList();
            if (columns.Count == 0)
            {
                columns = listing.Columns.Take(MostComputed).ToList();
            }

            var page = listing.Records.Take(MostShown).ToList();
            shown.AddRange(page);
            tables.Add((
                listing.Reading?.Headline ?? RecordLists.Plain(kind, listing.Records.Count, narrowed: false) + " here",
                new DataTable(
                    $"{(kinds is null ? "area" : code.ToLowerInvariant())}-{kind.Path}", $"{kind.Many} about {name}", [new DataColumn("What"), .. columns.Select(column => new DataColumn(column.Heading, column.Numeric))],
                    page.Select(record => (IReadOnlyList<DataCell>)
                    [
                        new DataCell(record.Body.Title, ReferenceNames.Href(kind, record.Key)),
                        .. columns.Select(column => column.Field is { } field ? listing.Words.Brief(field, record.Body) : SaidCells.Cell(view.Catalogue, listing.Computed(record, column))),
                    ]).ToList()),
                listing.Records.Count > MostShown ? $"/{kind.Path}?area={Uri.EscapeDataString(code)}" : ""));
        }

        var promises = view.Catalogue.Find("commitment");
        var whole = promises is null ? 0 : (await view.ListAsync(promises, cancellation)).Count(record => record.Body.Areas.Count == 0);
        return new AreaRecords(name, tables, whole, promises is null ? "" : "/" + promises.Path, shown);
    }
}
