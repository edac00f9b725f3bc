using Pathfinder.Engine.Siting;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Studio;

/// <summary>What to ask about bases.</summary>
/// <param name="Model">p-median, mclp, p-centre, lscp or mexclp.</param>
/// <param name="RadiusKm">The radius of the covering models, km by road.</param>
/// <param name="Busy">The probability that a unit is busy, for mexclp.</param>
/// <param name="Sites">Sites a unit may have; null for as many as today.</param>
public sealed record BasesRequest(string Model = "p-median", double RadiusKm = 5, double Busy = 0.4, int? Sites = null)
{
    /// <summary>Every model, with what it is called.</summary>
    public static IReadOnlyList<(string Code, string Name)> Models { get; } =
    [
        ("p-median", "Least mean distance to a call"),
        ("mclp", "Most calls within the radius"),
        ("p-centre", "Least largest distance"),
        ("lscp", "Fewest sites that leave no zone beyond the radius"),
        ("mexclp", "Most calls with a free crew within the radius, expected"),
    ];
}

/// <summary>The bases of one unit.</summary>
/// <param name="Unit">Its code.</param>
/// <param name="Today">Sites at which its crews parade today.</param>
/// <param name="TodayValue">What they achieve by the model; null where that cannot be said.</param>
/// <param name="Best">The best sites among all candidates in it.</param>
/// <param name="BestValue">What those achieve; null where no choice serves.</param>
/// <param name="Proven">Whether nothing better exists.</param>
public sealed record UnitBases(string Unit, IReadOnlyList<ParadeSite> Today, double? TodayValue, IReadOnlyList<ParadeSite> Best, double? BestValue, bool Proven);

/// <summary>What closing one of today's sites would cost its unit.</summary>
/// <param name="Site">The site.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="MeanKm">Mean distance to a call in the unit today, km.</param>
/// <param name="MeanKmWithout">The same without it; null where the unit has no other site.</param>
/// <param name="MoreKmADay">Distance added over a day of calls, km, one way; null likewise.</param>
public sealed record SiteMissed(ParadeSite Site, string Unit, double MeanKm, double? MeanKmWithout, double? MoreKmADay);

/// <summary>Bases of every unit of a plan, and which of today's sites would be missed least.</summary>
public sealed record BasesAnswer(BasesRequest Request, IReadOnlyList<UnitBases> Units, IReadOnlyList<SiteMissed> Missed);

/// <summary>Which sites each unit of a plan should keep, on the zones' distances by road and the simulation's demand.</summary>
public static class StudioBases
{
    /// <summary>Answers for each unit by itself, with all of the pack's parade sites in it as candidates.</summary>
    public static Outcome<BasesAnswer> Of(StudioForce force, StudioState state, BasesRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        var problems = new List<Problem>();
        if (!BasesRequest.Models.Any(model => model.Code == request.Model))
        {
            problems.Add(new Problem("Unknown model", Field: "model", Found: request.Model, Accepted: string.Join(", ", BasesRequest.Models.Select(model => model.Code))));
        }

        if (!(request.RadiusKm is > 0 and <= 200))
        {
            problems.Add(new Problem("The radius is out of range", Field: "radius", Found: $"{request.RadiusKm}", Accepted: "above 0, at most 200 km"));
        }

        if (!(request.Busy is >= 0 and < 1))
        {
            problems.Add(new Problem("The probability of being busy is out of range", Field: "busy", Found: $"{request.Busy}", Accepted: "0 to below 1"));
        }

        if (request.Sites is < 1 or > 50)
        {
            problems.Add(new Problem("The number of sites is out of range", Field: "sites", Found: $"{request.Sites}", Accepted: "1 to 50, or empty for as many as today"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var used = force.Pack.Resources.Crews.Where(crews => crews.Crews > 0).Select(crews => crews.ParadeSite).ToHashSet(StringComparer.Ordinal);
        var units = new List<UnitBases>();
        var missed = new List<SiteMissed>();
        foreach (var unit in state.Plan)
        {
            cancel.ThrowIfCancellationRequested();
            var candidates = force.Pack.ParadeSites.Where(site => unit.Boroughs.Contains(site.Borough, StringComparer.Ordinal)).ToList();
            if (candidates.Count == 0)
            {
                units.Add(new UnitBases(unit.Code, [], null, [], null, Proven: true));
                continue;
            }

            var (model, calls) = Model(force.Pack, unit, candidates);
            int[] today = [.. Enumerable.Range(0, candidates.Count).Where(i => used.Contains(candidates[i].Code))];
            var p = Math.Min(candidates.Count, request.Sites ?? Math.Max(1, today.Length));
            var best = Solve(model, request, p, cancel);
            units.Add(new UnitBases(
                unit.Code, [.. today.Select(i => candidates[i])], today.Length == 0 ? null : Value(model, request, today, calls),
                best is null ? [] : [.. best.Open.Select(i => candidates[i])], best is null ? null : Value(model, request, best.Open, calls), best?.Proven ?? true));
            missed.AddRange(today.Select(site => Missed(model, candidates[site], unit.Code, today, site, calls)));
        }

        return new BasesAnswer(request, units, [.. missed.OrderBy(site => site.MoreKmADay ?? double.PositiveInfinity).ThenBy(site => site.Site.Code, StringComparer.Ordinal)]);
    }

    private static SitingSolution? Solve(SitingModel model, BasesRequest request, int p, CancellationToken cancel) => request.Model switch
    {
        "p-median" => SiteSelection.Median(model, p, cancel: cancel),
        "mclp" => SiteSelection.MaximalCovering(model, p, request.RadiusKm, cancel: cancel),
        "p-centre" => SiteSelection.Centre(model, p, cancel: cancel),
        "lscp" => SiteSelection.SetCovering(model, request.RadiusKm, cancel: cancel),
        _ => ExpectedCovering.Best(model, p, request.RadiusKm, request.Busy, cancel: cancel),
    };

    // Mean km, share of calls, largest km, number of sites, expected share of calls.
    private static double? Value(SitingModel model, BasesRequest request, int[] open, double calls)
    {
        var value = request.Model switch
        {
            "p-median" => model.WeightedDistance(open) / calls,
            "mclp" => model.Covered(open, request.RadiusKm) / calls,
            "p-centre" => model.LargestDistance(open),
            "lscp" => model.LargestDistance(open) <= request.RadiusKm ? open.Length : double.NaN,
            _ => model.ExpectedCovered(open, request.RadiusKm, request.Busy) / calls,
        };
        return double.IsFinite(value) ? value : null;
    }

    private static SiteMissed Missed(SitingModel model, ParadeSite site, string unit, int[] today, int closed, double calls)
    {
        var now = model.WeightedDistance(today);
        int[] others = [.. today.Where(other => other != closed)];
        double? without = others.Length == 0 ? null : model.WeightedDistance(others);
        return new SiteMissed(site, unit, now / calls, without / calls, without - now);
    }

    private static (SitingModel Model, double Calls) Model(ForcePack pack, StudioUnit unit, List<ParadeSite> candidates)
    {
        var zoneAt = Enumerable.Range(0, pack.Zones.Count).ToDictionary(i => pack.Zones[i].Code, i => i, StringComparer.Ordinal);
        int[] zones = [.. Enumerable.Range(0, pack.Zones.Count).Where(i => unit.Boroughs.Contains(pack.Zones[i].Borough, StringComparer.Ordinal))];
        var weights = new double[zones.Length];
        var distances = new double[zones.Length * candidates.Count];
        for (var i = 0; i < zones.Length; i++)
        {
            for (var grade = 0; grade < pack.Demand.Grades.Count; grade++)
            {
                for (var hour = 0; pack.Demand.Grades[grade] is "I" or "S" && hour < 168; hour++)
                {
                    weights[i] += pack.Demand.At(grade, zones[i], hour) / 7.0;
                }
            }

            // Within its own zone a unit drives half the side of a square as large.
            var inside = 0.5 * Math.Sqrt(pack.Zones[zones[i]].AreaKm2);
            for (var site = 0; site < candidates.Count; site++)
            {
                distances[(i * candidates.Count) + site] = Math.Max(inside, pack.Metres(zoneAt[candidates[site].Zone], zones[i]) / 1000.0);
            }
        }

        return (new SitingModel(weights, distances), weights.Sum());
    }
}
