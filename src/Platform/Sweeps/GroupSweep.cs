using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Sweeps;

/// <summary>
/// Every possible unit of a force, each simulated once under unit-only despatch: what is swept, by hash. Made again with the
/// same inputs it is the same sweep, under the same key.
/// </summary>
public sealed record GroupSweep
{
    /// <summary>Name of the force pack.</summary>
    public required string Force { get; init; }

    /// <summary>Its version.</summary>
    public required string PackVersion { get; init; }

    /// <summary>Its hash.</summary>
    public required string PackSha256 { get; init; }

    /// <summary>The date whose crews and controllers are taken.</summary>
    public required DateOnly Dated { get; init; }

    /// <summary>Most boroughs of a unit.</summary>
    public required int MaxSize { get; init; }

    /// <summary>Days counted in each replication.</summary>
    public required int Days { get; init; }

    /// <summary>Replications.</summary>
    public required int Replications { get; init; }

    /// <summary>The seed: every unit meets the same incidents in a borough.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of the engine.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>How many units there are to simulate.</summary>
    public required int Groups { get; init; }
}

/// <summary>One possible unit and what its simulation gave; shares 0–1, minutes, units.</summary>
/// <param name="Boroughs">Codes in ordinal order.</param>
public sealed record GroupValues(
    IReadOnlyList<string> Boroughs, double IncidentsPerDay, double Crews, double? ImmediateInTarget, double? SignificantInTarget, double? ImmediateMean, double? SignificantMean,
    double? ImmediateP90, double Utilisation, double UnitsAvailable, double ChannelUtilisation, double CrossBoroughPerDay);

/// <summary>The connected sets of boroughs of a force.</summary>
public static class ConnectedGroups
{
    /// <summary>Every set of 1 to <paramref name="maxSize"/> boroughs of the force that hang together over land, by size and then ordinal order of codes.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(ForcePack pack, int maxSize)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var codes = pack.Boroughs.Where(borough => borough.InForce).Select(borough => borough.Code).Order(StringComparer.Ordinal).ToList();
        var touching = codes.ToDictionary(code => code, _ => new SortedSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var border in pack.Borders.Where(border => border.Kind == "land" && touching.ContainsKey(border.A) && touching.ContainsKey(border.B)))
        {
            touching[border.A].Add(border.B);
            touching[border.B].Add(border.A);
        }

        var found = new List<IReadOnlyList<string>>();
        var level = codes.ConvertAll(code => new List<string> { code });
        for (var size = 1; size <= maxSize; size++)
        {
            found.AddRange(level);
            level = [.. level.SelectMany(group => group.SelectMany(code => touching[code]).Where(code => !group.Contains(code))
                    .Select(code => group.Append(code).Order(StringComparer.Ordinal).ToList()))
                .DistinctBy(group => string.Join(' ', group)).OrderBy(group => string.Join(' ', group), StringComparer.Ordinal)];
        }

        return found;
    }
}
