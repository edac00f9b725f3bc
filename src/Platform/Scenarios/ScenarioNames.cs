namespace Pathfinder.Platform.Scenarios;

/// <summary>
/// What there is in any phase of a scenario, in the engine's order: as first named. A command unit or despatch group keeps the
/// name and the boroughs that the last phase with it gives.
/// </summary>
internal sealed class ScenarioNames
{
    /// <summary>Command units.</summary>
    public required IReadOnlyList<ScenarioCommandUnit> CommandUnits { get; init; }

    /// <summary>Despatch groups.</summary>
    public required IReadOnlyList<ScenarioDespatchGroup> DespatchGroups { get; init; }

    /// <summary>Server-seconds of each despatch group's controllers and channels in the counted window.</summary>
    public required IReadOnlyList<(double Controllers, double Channels)> Capacity { get; init; }

    /// <summary>Duty inspectors' areas.</summary>
    public required IReadOnlyList<ScenarioInspectorArea> InspectorAreas { get; init; }

    /// <summary>Inspector-seconds of each area in the counted window.</summary>
    public required IReadOnlyList<double> InspectorCapacity { get; init; }

    /// <summary>Officers who hold cases, by borough: the crews of the largest shift, in every team.</summary>
    public required IReadOnlyList<double> Officers { get; init; }

    /// <summary>Officers in a crew on average, by borough.</summary>
    public required IReadOnlyList<double> OfficersPerCrew { get; init; }

    /// <summary>Rows of crews.</summary>
    public required IReadOnlyList<(string Site, string Borough, string Shift)> Crews { get; init; }

    public static ScenarioNames Of(ScenarioFile scenario)
    {
        var phases = Enumerable.Range(0, scenario.Phases.Count + 1).Select(p => ScenarioPhases.Of(scenario, p)).ToList();
        var groups = Last(phases.SelectMany(p => p.DespatchGroups), g => g.Code);
        double start = scenario.WarmUpDays * 86400.0, end = (scenario.WarmUpDays + scenario.Days) * 86400.0;
        double Seconds(int p)
        {
            var from = Math.Max(ScenarioPhases.From(scenario, p), start);
            var to = p < scenario.Phases.Count ? Math.Min(ScenarioPhases.From(scenario, p + 1), end) : end;
            return Math.Max(to - from, 0);
        }

        double Sum(string code, Func<ScenarioDespatchGroup, int> servers) =>
            phases.Select((p, i) => p.DespatchGroups.Where(g => g.Code == code).Sum(g => servers(g)) * Seconds(i)).Sum();

        var areas = Last(phases.SelectMany(p => p.InspectorAreas), a => a.Code);
        double Officers(string borough) => (scenario.Teams?.Names.Count ?? 1) * phases.Max(p => p.Crews
            .Where(c => c.Borough == borough).GroupBy(c => c.Shift, StringComparer.Ordinal)
            .Select(shift => shift.Sum(c => c.Crews * (1 + c.DoubleCrewedShare))).DefaultIfEmpty(0).Max());
        double PerCrew(string borough) => phases.SelectMany(p => p.Crews).Where(c => c.Borough == borough).ToList() is var rows && rows.Sum(c => c.Crews) is > 0 and var crews
            ? rows.Sum(c => c.Crews * (1 + c.DoubleCrewedShare)) / crews : 0;
        return new ScenarioNames
        {
            InspectorAreas = areas,
            InspectorCapacity = [.. areas.Select(a => phases.Select((p, i) => p.InspectorAreas.Where(x => x.Code == a.Code).Sum(x => x.Inspectors) * Seconds(i)).Sum())],
            OfficersPerCrew = [.. scenario.Boroughs.Select(b => PerCrew(b.Code))],
            Officers = [.. scenario.Boroughs.Select(b => Officers(b.Code))],
            CommandUnits = Last(phases.SelectMany(p => p.CommandUnits), u => u.Code),
            DespatchGroups = groups,
            Capacity = [.. groups.Select(g => (Sum(g.Code, x => x.Controllers), Sum(g.Code, x => x.Channels)))],
            Crews = [.. phases.SelectMany(p => p.Crews).Select(c => (c.ParadeSite, c.Borough, c.Shift)).Distinct()],
        };
    }

    private static List<T> Last<T>(IEnumerable<T> all, Func<T, string> code)
    {
        var order = new List<string>();
        var last = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in all)
        {
            if (!last.ContainsKey(code(item)))
            {
                order.Add(code(item));
            }

            last[code(item)] = item;
        }

        return [.. order.Select(c => last[c])];
    }
}
