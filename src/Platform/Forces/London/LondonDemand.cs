namespace Pathfinder.Platform.Forces.London;

/// <summary>The demand surface of London (docs/methods/demand-surface.md).</summary>
internal static class LondonDemand
{
    /// <summary>Incidents a day in London by grade, and the profile each follows.</summary>
    public static readonly (string Grade, double PerDay, string Profile)[] Totals = [("I", 1320, "calls"), ("S", 1670, "calls"), ("E", 320, "appointments")];

    /// <summary>
    /// Incidents a day by zone and grade: the total, times the borough's share of weighted crime in 2016 and 2017, times the
    /// zone's share within it: weighted crime of each ward, spread over its zones by people.
    /// </summary>
    public static List<DemandRate> Rates(LondonAreas areas, List<RecordedCrime> crime, Dictionary<string, double> wardCrime)
    {
        var inForce = areas.Boroughs.Where(b => b.InForce).Select(b => b.Code).ToHashSet(StringComparer.Ordinal);
        var byBorough = crime.Where(c => c.Month.Year < 2018 && inForce.Contains(c.Borough)).GroupBy(c => c.Borough, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(c => c.Offences * LondonCrime.Weight(c.Category)), StringComparer.Ordinal);
        var london = byBorough.Values.Sum();
        var within = Within(areas, wardCrime);
        var rates = new List<DemandRate>();
        foreach (var (grade, perDay, profile) in Totals)
        {
            foreach (var zone in areas.Zones.Where(z => inForce.Contains(z.Borough)))
            {
                rates.Add(new DemandRate(zone.Code, grade, Math.Round(perDay * byBorough[zone.Borough] / london * within[zone.Code], 5), profile));
            }
        }

        return rates;
    }

    private static Dictionary<string, double> Within(LondonAreas areas, Dictionary<string, double> wardCrime)
    {
        var wardPeople = areas.PeopleByWardAndZone.GroupBy(p => p.Key.Ward, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(p => p.Value), StringComparer.Ordinal);
        var weight = areas.Zones.ToDictionary(z => z.Code, _ => 0.0, StringComparer.Ordinal);
        foreach (var ((ward, zone), people) in areas.PeopleByWardAndZone.OrderBy(p => p.Key.Ward, StringComparer.Ordinal).ThenBy(p => p.Key.Zone, StringComparer.Ordinal))
        {
            weight[zone] += wardCrime.GetValueOrDefault(ward) * people / wardPeople[ward];
        }

        var sums = areas.Zones.GroupBy(z => z.Borough, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(z => weight[z.Code]), StringComparer.Ordinal);
        return areas.Zones.ToDictionary(z => z.Code, z => sums[z.Borough] > 0 ? weight[z.Code] / sums[z.Borough] : 0, StringComparer.Ordinal);
    }
}
