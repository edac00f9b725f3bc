using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>Computed statements as cells: how they stand is a tag with their own words, what they lead to a link.</summary>
public static class SaidCells
{
    /// <summary>The colour that goes with the word; null for what is said without judgement.</summary>
    public static string? Colour(Standing standing) => standing switch
    {
        Standing.Good => "green",
        Standing.Watch => "yellow",
        Standing.Bad => "red",
        Standing.Missing => "grey",
        _ => null,
    };

    /// <summary>How something stands, in a word.</summary>
    public static string Word(Standing standing) => standing switch
    {
        Standing.Good => "as it should be",
        Standing.Watch => "to be watched",
        Standing.Bad => "not as it should be",
        Standing.Missing => "not known",
        _ => "",
    };

    /// <summary>One cell.</summary>
    public static DataCell Cell(RecordCatalogue catalogue, Said? said) => said is null
        ? new DataCell("")
        : new DataCell(said.Text, said.Page ?? (said.Reference is { } reference ? ReferenceNames.Href(catalogue, reference) : null), Tag: Colour(said.Standing));

    /// <summary>A computed part of a record as a table.</summary>
    public static DataTable Table(RecordCatalogue catalogue, ReadingPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return new DataTable(
            part.Id, part.Title, part.Columns.Select(heading => new DataColumn(heading)).ToList(),
            part.Rows.Select(row => (IReadOnlyList<DataCell>)row.Select(said => Cell(catalogue, said)).ToList()).ToList());
    }
}
