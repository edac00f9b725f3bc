using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Scenarios;

/// <summary>Distances between named zones.</summary>
/// <param name="Zones">Codes, in the order of rows and columns; may hold more zones than a scenario uses.</param>
/// <param name="Metres">Row-major, row = from.</param>
/// <param name="Sha256">Hash that a scenario may hold the content by: of the file, or of the pack.</param>
public sealed record ContentMatrix(IReadOnlyList<string> Zones, float[] Metres, string Sha256);

/// <summary>Expected incidents an hour of named zones.</summary>
/// <param name="Zones">Codes; may hold more zones than a scenario uses.</param>
/// <param name="Grades">Codes.</param>
/// <param name="PerHour">[(grade × zones + zone) × 168 + hour of week].</param>
/// <param name="Sha256">Hash that a scenario may hold the content by: of the file, or of the pack.</param>
public sealed record ContentSurface(IReadOnlyList<string> Zones, IReadOnlyList<string> Grades, float[] PerHour, string Sha256);

/// <summary>One incident of a log.</summary>
/// <param name="Created">When the response clock started, local to the force.</param>
/// <param name="Zone">The zone's code.</param>
/// <param name="Grade">The grade's code.</param>
/// <param name="Units">Units it needed; 0 where the log does not say.</param>
/// <param name="SceneMinutes">How long each unit was engaged; NaN where the log does not say.</param>
/// <param name="Line">The line of the file it stands on; 0 where it stands in none.</param>
public readonly record struct ContentIncident(DateTime Created, string Zone, string Grade, int Units = 0, double SceneMinutes = double.NaN, int Line = 0);

/// <summary>The incidents of a log, in any order; those of the same second keep theirs.</summary>
/// <param name="Incidents">The incidents.</param>
/// <param name="Sha256">Hash that a scenario may hold the content by.</param>
public sealed record ContentIncidents(IReadOnlyList<ContentIncident> Incidents, string Sha256);

/// <summary>
/// Finds content that a scenario names but does not hold. Files are found beside the scenario (<see cref="ScenarioFolder"/>);
/// installed packs by whoever knows packs. A refusal names what was asked for and what there is.
/// </summary>
public interface IScenarioContent
{
    /// <summary>The matrix that a reference names.</summary>
    Outcome<ContentMatrix> Matrix(ScenarioContent reference);

    /// <summary>The demand surface that a reference names.</summary>
    Outcome<ContentSurface> Surface(ScenarioContent reference);

    /// <summary>The log of incidents that a reference names; refused by who knows no logs.</summary>
    Outcome<ContentIncidents> Incidents(ScenarioContent reference) =>
        new Problem("The scenario names a log of incidents, but none is at hand here", Field: reference.Log is null ? "file" : "log", Found: reference.Log ?? reference.File, Accepted: "a demand that is drawn");
}
