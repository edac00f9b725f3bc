using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>A step that a special page helps with: shown as a button on the pages of a record or a list.</summary>
/// <param name="Label">What it does, with a verb: "Sign this decision".</param>
/// <param name="Href">The page of this site; the dates of the address are kept.</param>
/// <param name="Permission">Who is shown it.</param>
/// <param name="Makes">Whether it makes a new record, and so stands in the place of the form of fields.</param>
public sealed record RecordAction(string Label, string Href, Permission Permission, bool Makes = false);

/// <summary>A room whose own pages help with records of some kinds. Registered as a service; the pages of every kind show what it offers.</summary>
public interface IRecordActions
{
    /// <summary>Steps on one record, or on the list of the kind where <paramref name="record"/> is null.</summary>
    IEnumerable<RecordAction> List(RecordKind kind, StoredRecord? record);
}
