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
/// a phase of a scenario cannot change (zones, demand) is the first design's throughout; travel changes with a design whose travel is its own.
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

        problems.AddRange(SharedVehicles(written));

        return problems.Count > 0
            ? problems.DistinctBy(problem => problem.ToString()).ToList()
            : written[0] with
            {
                ParadeSites = [.. written.SelectMany(scenario => scenario.ParadeSites).DistinctBy(site => site.Code)],
                Begins = first.Name,
                Phases = [.. turns.Select((turn, at) => Phase(turn, written[at + 1], TravelsAlike(at == 0 ? first : turns[at - 1].Design, turn.Design, pack), written.Any(each => each.GradesIn is not null)))],
            };
    }

    // Vehicles out when a design takes over belong to nobody's count: a site has one number for the whole run.
    private static IEnumerable<Problem> SharedVehicles(List<ScenarioFile> written) => written.SelectMany(scenario => scenario.ParadeSites)
        .GroupBy(site => site.Code, StringComparer.Ordinal).Where(same => same.Select(site => site.Vehicles).Distinct().Skip(1).Any())
        .Select(same => new Problem(
            $"The vehicles that shifts share at {same.First().Name} cannot change inside a run", Field: "sharedVehicles." + same.Key,
            Found: string.Join(", then ", same.Select(site => site.Vehicles?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "by shift")),
            Accepted: "the same in every design of the run that uses the site"));

    private static bool TravelsAlike(Design before, Design after, ForcePack pack) =>
        AssumptionKeys.All.Where(key => WorldAssumptions.IsTravel(key.Key)).All(key => ScenarioWriter.Value(before, pack, key.Key).Equals(ScenarioWriter.Value(after, pack, key.Key)));

    private static ScenarioPhase Phase(DesignTurn turn, ScenarioFile scenario, bool travelsAlike, bool apart) => new()
    {
        Name = turn.Design.Name,
        From = turn.From,
        Travel = travelsAlike ? null : new ScenarioPhaseTravel { Profiles = scenario.Travel.Profiles, Sigma = scenario.Travel.Sigma },
        Grades = scenario.Grades,
        GradesIn = apart ? scenario.GradesIn ?? [] : null,
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
