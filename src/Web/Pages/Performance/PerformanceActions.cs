using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Performance;

/// <summary>Leads from the registers of measures to their charts, and to the import.</summary>
public sealed class PerformanceActions : IRecordActions
{
    /// <inheritdoc />
    public IEnumerable<RecordAction> List(RecordKind kind, StoredRecord? record)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return kind.Name switch
        {
            "measure" when record is not null => [new RecordAction("See its charts", $"/performance/{Uri.EscapeDataString(record.Key)}", Permission.Read)],
            "measure" or "chart-segment" => [new RecordAction("See the charts", "/performance", Permission.Read)],
            "observation" or "observation-set" when record is null => [new RecordAction("Import a table", "/performance/import", Permission.Import)],
            _ => [],
        };
    }
}
