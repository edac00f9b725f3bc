using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Rounds;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Rounds;

/// <summary>Buttons to the pages of this room on the generic pages of rounds and risks.</summary>
internal sealed class RoundActions(TimeProvider time) : IRecordActions
{
    public IEnumerable<RecordAction> List(RecordKind kind, StoredRecord? record)
    {
        if (kind.Name == "round")
        {
            yield return record is null
                ? new RecordAction("Open a round", "/round/new", Permission.KeepRecords)
                : new RecordAction(record.Stated is Round { SignedOffOn: null } ? "Report" : "See what was reported", "/round/" + record.Key, Permission.Read);
        }

        if (record is null && (kind.Name == "round" || Ownership.Kinds.Contains(kind.Name, StringComparer.Ordinal)))
        {
            yield return new RecordAction("Set owners", kind.Name == "round" ? "/owners" : "/owners?kind=" + kind.Name, Permission.KeepRecords);
        }

        if (record?.Stated is Risk risk && RatingBook.IsOpen(risk, time.LondonToday()))
        {
            yield return new RecordAction("It happened", $"/risk/{record.Key}/happened", Permission.KeepRecords);
        }
    }
}

/// <summary>Registers the pages of the monthly round.</summary>
public static class RoundPageServices
{
    /// <summary>Adds the buttons that lead to them.</summary>
    public static IServiceCollection AddRoundPages(this IServiceCollection services) => services.AddSingleton<IRecordActions, RoundActions>();
}
