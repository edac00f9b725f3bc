using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Designs;

/// <summary>A design that takes over from the one before it on a day of the run.</summary>
/// <param name="Design">The design, under the world of the whole run.</param>
/// <param name="From">The first day on which it holds.</param>
public sealed record DesignTurn(Design Design, DateOnly From);

/// <summary>
/// Writes several designs out as one scenario in which each takes over on a date: before, transition, after, adaptation. What
/// a phase of a scenario cannot change (zones, travel, demand) is the first design's throughout.
/// </summary>
public static class ScenarioSequence
{
    /// <summary>
    /// The scenario of a design and of those that take over. Refused with every problem of each, and where one asks for boroughs
    /// that another has not. Without turns it is what <see cref="ScenarioWriter"/> writes.
    /// </summary>
    public static Outcome<ScenarioFile> Write(Design first, IReadOnlyList<DesignTurn> turns, ForcePack pack, ScenarioOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(turns);
        ArgumentNullException.ThrowIfNull(pack);
        var chosen = options ?? new ScenarioOptions();
        if (turns.Count == 0)
        {
            return ScenarioWriter.Write(first, pack, chosen);
        }

        if (chosen.StudyArea.Count > 0)
        {
            chosen = chosen with { StudyArea = Together([first, .. turns.Select(turn => turn.Design)], pack, chosen.StudyArea) };
        }

        var written = new List<ScenarioFile>();
        var problems = new List<Problem>();
        foreach (var design in turns.Select(turn => turn.Design).Prepend(first))
        {
            var scenario = ScenarioWriter.Write(design, pack, chosen);
            if (scenario.Succeeded)
            {
                written.Add(scenario.Value);
            }

            problems.AddRange(scenario.Problems.Select(problem => problem with { Message = $"{design.Name}: {problem.Message}" }));
        }

        return problems.Count > 0
            ? problems.DistinctBy(problem => problem.ToString()).ToList()
            : written[0] with
            {
                ParadeSites = [.. written.SelectMany(scenario => scenario.ParadeSites).DistinctBy(site => site.Code)],
                Phases = [.. turns.Select((turn, at) => Phase(turn, written[at + 1]))],
            };
    }

    private static ScenarioPhase Phase(DesignTurn turn, ScenarioFile scenario) => new()
    {
        Name = turn.Design.Name,
        From = turn.From,
        Grades = scenario.Grades,
        CommandUnits = scenario.CommandUnits,
        DespatchGroups = scenario.DespatchGroups,
        InspectorAreas = scenario.InspectorAreas,
        Crews = scenario.Crews,
        Policy = scenario.Policy,
        Duties = scenario.Duties,
    };

    // No unit and no despatch group of any of the designs is cut in two.
    private static List<string> Together(List<Design> designs, ForcePack pack, IReadOnlyList<string> asked)
    {
        IReadOnlySet<string> area = asked.ToHashSet(StringComparer.Ordinal);
        for (var before = -1; before != area.Count;)
        {
            before = area.Count;
            foreach (var design in designs)
            {
                area = ScenarioWriter.Area(design, pack, [.. area]);
            }
        }

        return [.. area.Order(StringComparer.Ordinal)];
    }
}
