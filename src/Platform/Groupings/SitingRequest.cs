namespace Pathfinder.Platform.Groupings;

/// <summary>What to ask about sites.</summary>
public sealed record SitingRequest
{
    /// <summary>Distances in long form: columns demand, site, distance.</summary>
    public required string DistancesFile { get; init; }

    /// <summary>Weights: first column the id, then a column weight, demand or the second; null for a weight of 1 everywhere.</summary>
    public string? DemandFile { get; init; }

    /// <summary>Sites (or units, for expected covering) to choose; not used by set covering.</summary>
    public int? P { get; init; }

    /// <summary>p-median, mclp, p-centre, lscp or mexclp.</summary>
    public required string Objective { get; init; }

    /// <summary>The radius of the covering models, in the unit of the distances.</summary>
    public double? Radius { get; init; }

    /// <summary>The probability that a unit is busy, for expected covering.</summary>
    public double? Busy { get; init; }

    /// <summary>Sites open today, one a line under a header; each one's loss is stated.</summary>
    public string? TodayFile { get; init; }
}

/// <summary>The chosen sites (schema <c>pathfinder-siting/1</c>).</summary>
public sealed record SitingResult
{
    /// <summary>The format.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("schema")] public string Schema { get; init; } = "pathfinder-siting/1";

    /// <summary>The model.</summary>
    public required string Objective { get; init; }

    /// <summary>Places of demand.</summary>
    public required int Demand { get; init; }

    /// <summary>Candidate sites.</summary>
    public required int Candidates { get; init; }

    /// <summary>Sites chosen; with expected covering a site stands once for each unit there.</summary>
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>The objective: weighted distance, weight covered, largest distance, number of sites, expected weight covered.</summary>
    public required double Value { get; init; }

    /// <summary>What no choice can pass.</summary>
    public required double Bound { get; init; }

    /// <summary>The gap between value and bound as a share of the value; 0 when proven.</summary>
    public required double Gap { get; init; }

    /// <summary>Whether the value is proven optimal.</summary>
    public required bool Proven { get; init; }

    /// <summary>How it was found: enumeration, branch and bound, or search with bound.</summary>
    public required string Method { get; init; }

    /// <summary>Choices tried, or nodes of the tree.</summary>
    public required long Nodes { get; init; }

    /// <summary>What the same sites achieve by the other measures.</summary>
    public required SitingFigures Figures { get; init; }

    /// <summary>The nearest chosen site of each demand.</summary>
    public required IReadOnlyList<SitingAssignment> Assignments { get; init; }

    /// <summary>What is open today, and how much each site would be missed.</summary>
    public SitingToday? Today { get; init; }
}

/// <summary>What a set of sites achieves.</summary>
/// <param name="TotalWeight">The weight of all demand.</param>
/// <param name="WeightedDistance">Sum of weight times distance to the nearest site; null where some demand has none.</param>
/// <param name="MeanDistance">That by weight; null likewise.</param>
/// <param name="LargestDistance">The largest distance to the nearest site; null likewise.</param>
/// <param name="Covered">Weight within the radius; null without one.</param>
public sealed record SitingFigures(double TotalWeight, double? WeightedDistance, double? MeanDistance, double? LargestDistance, double? Covered);

/// <summary>Where a demand is served from.</summary>
/// <param name="Demand">The demand.</param>
/// <param name="Site">The nearest chosen site; null where none can serve it.</param>
/// <param name="Distance">The distance; null likewise.</param>
public sealed record SitingAssignment(string Demand, string? Site, double? Distance);

/// <summary>What is open today.</summary>
/// <param name="Value">The objective with today's sites.</param>
/// <param name="Sites">Each site by how little it would be missed, least first.</param>
public sealed record SitingToday(double Value, IReadOnlyList<SiteLoss> Sites);

/// <summary>What closing one of today's sites would cost.</summary>
/// <param name="Site">The site.</param>
/// <param name="ValueWithout">The objective without it; null where some demand could no longer be served.</param>
/// <param name="Loss">How much worse that is; null likewise.</param>
public sealed record SiteLoss(string Site, double? ValueWithout, double? Loss);
