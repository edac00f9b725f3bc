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

    /// <summary>The days counted, in order, cut wherever a calendar month, a phase or a period of its own begins.</summary>
    public static IReadOnlyList<ScenarioSpan> Spans(ScenarioFile scenario)
    {
        var spans = new List<ScenarioSpan>();
        var first = scenario.Start.AddDays(scenario.WarmUpDays);
        var period = 0;
        for (var at = 0; at < scenario.Days; at++)
        {
            var day = first.AddDays(at);
            var month = day.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
            var phase = scenario.Phases.Count(p => p.From <= day);
            period += at > 0 && (scenario.SplitOn.Contains(day) || phase != spans[^1].Phase) ? 1 : 0;
            if (spans.Count == 0 || spans[^1].Month != month || spans[^1].Period != period)
            {
                spans.Add(new ScenarioSpan(month, period, phase, day, 0));
            }

            spans[^1] = spans[^1] with { Days = spans[^1].Days + 1 };
        }

        return spans;
    }

    /// <summary>SHA-256 of everything that a phase can change, as it stands in one.</summary>
    public static string RulesSha256(ScenarioFile scenario, int phase)
    {
        var rules = Of(scenario, phase);
        return ScenarioJson.Sha256(new { rules.Travel, rules.Grades, rules.GradesIn, rules.CommandUnits, rules.DespatchGroups, rules.InspectorAreas, rules.Crews, rules.Policy, rules.Duties });
    }

    /// <summary>What holds in a phase, in words.</summary>
    public static string Name(ScenarioFile scenario, int phase) => phase == 0 ? scenario.Begins ?? scenario.Name : scenario.Phases[phase - 1].Name;
}

/// <summary>Counted days in a row that are of one month, one phase and one period.</summary>
/// <param name="Month">Their calendar month, as 2017-05.</param>
/// <param name="Period">The period, from 0, that figures are given for apart.</param>
/// <param name="Phase">The phase that holds.</param>
/// <param name="From">The first of them.</param>
/// <param name="Days">How many they are.</param>
internal sealed record ScenarioSpan(string Month, int Period, int Phase, DateOnly From, int Days);
