using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.Programme;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform;

/// <summary>Every kind of record the product keeps, of all rooms.</summary>
public static class PlatformKinds
{
    /// <summary>The kinds, in the order of navigation.</summary>
    public static IReadOnlyList<RecordKind> All { get; } = [.. ProgrammeKinds.All, .. EvaluationKinds.All];
}
