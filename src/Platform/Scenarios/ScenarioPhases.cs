namespace Pathfinder.Platform.Scenarios;

/// <summary>What holds in each phase of a scenario: phase 0 is the scenario itself, each later one changes what it names.</summary>
internal static class ScenarioPhases
{
    /// <summary>The scenario as it stands from a phase on, without phases of its own.</summary>
    public static ScenarioFile Of(ScenarioFile scenario, int phase)
    {
        var standing = scenario with { Phases = [] };
        foreach (var change in scenario.Phases.Take(phase))
        {
            standing = standing with
            {
                Demand = change.DemandMultiplier is { } multiplier ? standing.Demand with { Multiplier = multiplier } : standing.Demand,
                Travel = change.Travel is { } travel ? standing.Travel with { Profiles = travel.Profiles, Sigma = travel.Sigma } : standing.Travel,
                Grades = change.Grades ?? standing.Grades,
                GradesIn = change.GradesIn ?? standing.GradesIn,
                CommandUnits = change.CommandUnits ?? standing.CommandUnits,
                DespatchGroups = change.DespatchGroups ?? standing.DespatchGroups,
                InspectorAreas = change.InspectorAreas ?? standing.InspectorAreas,
                Crews = change.Crews ?? standing.Crews,
                Policy = change.Policy ?? standing.Policy,
                Duties = change.Duties ?? standing.Duties,
            };
        }

        return standing;
    }

    /// <summary>Seconds from the start of the run to the start of a phase.</summary>
    public static int From(ScenarioFile scenario, int phase) =>
        phase == 0 ? 0 : (scenario.Phases[phase - 1].From.DayNumber - scenario.Start.DayNumber) * 86400;

    /// <summary>Days of the window in each calendar month it touches, in order.</summary>
    public static IReadOnlyList<ScenarioMonth> Months(ScenarioFile scenario)
    {
        var months = new List<ScenarioMonth>();
        var first = scenario.Start.AddDays(scenario.WarmUpDays);
        for (var day = 0; day < scenario.Days; day++)
        {
            var code = first.AddDays(day).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
            if (months.Count == 0 || months[^1].Code != code)
            {
                months.Add(new ScenarioMonth(code, 0));
            }

            months[^1] = months[^1] with { Days = months[^1].Days + 1 };
        }

        return months;
    }
}

/// <summary>A calendar month, as 2017-05, and how many of its days are counted.</summary>
internal sealed record ScenarioMonth(string Code, int Days);
