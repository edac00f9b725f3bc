using System.Globalization;
using System.Text.RegularExpressions;

namespace Pathfinder.Platform.Forces.London;

/// <summary>Candidate parade sites of London: police stations from three lists, each kept once.</summary>
internal static partial class LondonSites
{
    private const double SameKilometres = 0.25;
    private const double SameNameKilometres = 1.5;

    /// <summary>A site with what its list says of it.</summary>
    /// <param name="Counter">Whether it kept its front counter after December 2017.</param>
    internal sealed record Candidate(ParadeSite Site, bool Counter);

    /// <summary>
    /// Sites by borough: front counters first, then the map of 2026, then that of 2019. Ward offices, custody suites, other forces
    /// and what the maps do not name a police station are left out; so is a second record of the same place.
    /// </summary>
    public static List<Candidate> Read(ReferenceFolder from, LondonAreas areas)
    {
        var found = new List<Candidate>();
        var zones = areas.Zones.ToDictionary(z => z.Code, StringComparer.Ordinal);
        foreach (var (path, counters, basis) in new[]
        {
            ("geo/police/mps_front_counters_post2017.csv", true, "Front counter after December 2017; whether response teams paraded here is not known"),
            ("geo/police/osm2026_police_sites.csv", false, "OpenStreetMap 2026; whether response teams paraded here in 2017 is not known"),
            ("geo/police/osm2019_police_points.csv", false, "OpenStreetMap 2019; whether response teams paraded here in 2017 is not known"),
        })
        {
            foreach (var row in from.Table(path))
            {
                var name = row["name"].Replace("Police station", "Police Station", StringComparison.Ordinal).Replace("police station", "Police Station", StringComparison.Ordinal);
                var (longitude, latitude) = (ReferenceFolder.Number(row["lon"]), ReferenceFolder.Number(row["lat"]));
                if (row["borough_gss"].Length == 0 || !name.EndsWith("Police Station", StringComparison.Ordinal) || NotAStation().IsMatch(name)
                    || areas.FindZone(longitude, latitude) is not { } zone || zones[zone].Borough == LondonAreas.City)
                {
                    continue;
                }

                if (found.Exists(f => Kilometres(f.Site, longitude, latitude) < SameKilometres
                    || (f.Site.Name == name && Kilometres(f.Site, longitude, latitude) < SameNameKilometres)))
                {
                    continue;
                }

                found.Add(new Candidate(
                    new ParadeSite("", name, zones[zone].Borough, zone, Math.Round(longitude, 5), Math.Round(latitude, 5), basis),
                    counters && row["in_34_list"] == "1"));
            }
        }

        return [.. found.OrderBy(f => f.Site.Borough, StringComparer.Ordinal).ThenBy(f => f.Site.Name, StringComparer.Ordinal)
            .Select((f, i) => f with { Site = f.Site with { Code = Code(f.Site.Name) } })];
    }

    /// <summary>
    /// Where the teams of each borough parade: of its front counters kept in the list of 34 (all its sites where it has none), the
    /// one with the least demand-weighted network distance to its zones.
    /// </summary>
    public static Dictionary<string, ParadeSite> Bases(List<Candidate> sites, LondonAreas areas, Dictionary<string, double> perDay)
    {
        var place = areas.Zones.Select((z, i) => (z.Code, i)).ToDictionary(z => z.Code, z => z.i, StringComparer.Ordinal);
        var bases = new Dictionary<string, ParadeSite>(StringComparer.Ordinal);
        foreach (var borough in areas.Boroughs.Where(b => b.InForce))
        {
            var own = sites.Where(s => s.Site.Borough == borough.Code).ToList();
            var counters = own.Where(s => s.Counter).ToList();
            bases[borough.Code] = (counters.Count > 0 ? counters : own).Select(s => s.Site).OrderBy(s => s.Code, StringComparer.Ordinal).MinBy(s =>
                areas.Zones.Where(z => z.Borough == borough.Code).Sum(z => perDay[z.Code] * areas.Metres[(place[s.Zone] * areas.Zones.Count) + place[z.Code]]))!;
        }

        return bases;
    }

    private static string Code(string name) =>
        "PS-" + NotLetters().Replace(name.Replace(" Police Station", "", StringComparison.Ordinal).ToUpper(CultureInfo.InvariantCulture), "-").Trim('-');

    private static double Kilometres(ParadeSite site, double longitude, double latitude)
    {
        var (dx, dy) = ((site.Longitude - longitude) * 69.2, (site.Latitude - latitude) * 111.2);
        return Math.Sqrt((dx * dx) + (dy * dy));
    }

    [GeneratedRegex(@"\bWards?\b|Transport Police|\bParks?\b|CLOSED", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotAStation();

    [GeneratedRegex("[^A-Z0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotLetters();
}
