namespace Pathfinder.Platform.Scenarios;

/// <summary>What holds in a scenario on a day, which a phase may change.</summary>
public static class ScenarioDays
{
    /// <summary>The command units as they stand on a day.</summary>
    public static IReadOnlyList<ScenarioCommandUnit> Units(ScenarioFile scenario, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return ScenarioPhases.Of(scenario, scenario.Phases.Count(phase => phase.From <= day)).CommandUnits;
    }

    /// <summary>The grades with their targets as they stand on a day.</summary>
    public static IReadOnlyList<ScenarioGrade> Grades(ScenarioFile scenario, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return ScenarioPhases.Of(scenario, scenario.Phases.Count(phase => phase.From <= day)).Grades;
    }
}
