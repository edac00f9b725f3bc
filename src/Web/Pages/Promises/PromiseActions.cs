using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Promises;

/// <summary>Leads from the register of promises to what is computed of them.</summary>
public sealed class PromiseActions : IRecordActions
{
    /// <inheritdoc />
    public IEnumerable<RecordAction> List(RecordKind kind, StoredRecord? record)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return kind.Name switch
        {
            "commitment" when record is not null => [new RecordAction("See its verdict over time", $"/promises/{Uri.EscapeDataString(record.Key)}", Permission.Read)],
            "commitment" => [new RecordAction("Check every promise", "/promises", Permission.Read)],
            "wave" or "roll-out-terms" => [new RecordAction("Hold the roll-out against its terms", "/roll-out", Permission.Read)],
            _ => [],
        };
    }
}
