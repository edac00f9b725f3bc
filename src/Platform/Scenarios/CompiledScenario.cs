using Pathfinder.Engine.Response;

namespace Pathfinder.Platform.Scenarios;

/// <summary>A scenario that holds together, translated for the engine, with the names that its results are given.</summary>
public sealed class CompiledScenario
{
    internal CompiledScenario(
        ScenarioFile file, Scenario engine, ScenarioNames names, IReadOnlyList<string> teams, IReadOnlyList<string> notes, string sha256, string incidentsSha256)
    {
        File = file;
        Engine = engine;
        Names = names;
        Teams = teams;
        Notes = notes;
        Sha256 = sha256;
        IncidentsSha256 = incidentsSha256;
    }

    /// <summary>What it was compiled from.</summary>
    public ScenarioFile File { get; }

    /// <summary>Names of the teams, in the engine's order; the shifts' codes where the file has no teams.</summary>
    public IReadOnlyList<string> Teams { get; }

    /// <summary>SHA-256 of the canonical scenario, its matrix and its demand.</summary>
    public string Sha256 { get; }

    /// <summary>SHA-256 of what decides which incidents come: zones, grades, rates and dates. Two scenarios that share it meet the same incidents.</summary>
    public string IncidentsSha256 { get; }

    /// <summary>What a reader must know of how it was read, such as incidents of a log that were left out.</summary>
    public IReadOnlyList<string> Notes { get; }

    internal Scenario Engine { get; }

    internal ScenarioNames Names { get; }
}
