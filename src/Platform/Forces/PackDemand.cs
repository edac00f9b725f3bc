using System.Globalization;

namespace Pathfinder.Platform.Forces;

/// <summary>The demand of a pack: incidents a day by zone and grade, and the profiles that spread them over the week.</summary>
internal sealed class PackDemand
{
    /// <summary>Grades in priority order.</summary>
    public static readonly IReadOnlyList<string> Grades = ["I", "S", "E"];

    private const int Hours = 168;

    public List<DemandRate> Rates { get; } = [];

    public Dictionary<string, double[]> Profiles { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads both tables; every zone of the force needs a row for each grade.</summary>
    public static PackDemand Read(PackSource source, PackAreas areas)
    {
        var demand = new PackDemand();
        demand.ReadProfiles(source);
        demand.ReadRates(source, areas);
        return demand;
    }

    /// <summary>Incidents an hour: a day's rate times seven times the hour's share of the week.</summary>
    public DemandSurface Surface(PackAreas areas)
    {
        var zones = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < areas.Zones.Count; i++)
        {
            zones[areas.Zones[i].Code] = i;
        }

        var perHour = new float[Grades.Count * zones.Count * Hours];
        foreach (var rate in Rates)
        {
            var grade = rate.Grade switch { "I" => 0, "S" => 1, _ => 2 };
            var at = ((grade * zones.Count) + zones[rate.Zone]) * Hours;
            var profile = Profiles[rate.Profile];
            for (var hour = 0; hour < Hours; hour++)
            {
                perHour[at + hour] = (float)(rate.PerDay * 7 * profile[hour]);
            }
        }

        return new DemandSurface(Grades, zones.Count, perHour);
    }

    private void ReadProfiles(PackSource source)
    {
        foreach (var row in PackTableReader.Read(source, PackFiles.DemandProfiles).Rows)
        {
            var name = row.Code("profile");
            var shares = new double[Hours];
            var sum = 0.0;
            for (var hour = 0; hour < Hours; hour++)
            {
                shares[hour] = row.Number("h" + hour.ToString(CultureInfo.InvariantCulture), 0, 1e9);
                sum += shares[hour];
            }

            if (sum <= 0)
            {
                row.Fault("The weights of the profile add up to nothing", "h0");
                sum = 1;
            }

            for (var hour = 0; hour < Hours; hour++)
            {
                shares[hour] /= sum;
            }

            if (!Profiles.TryAdd(name, shares))
            {
                row.Fault("The profile stands twice", "profile", name);
            }
        }
    }

    private void ReadRates(PackSource source, PackAreas areas)
    {
        var table = PackTableReader.Read(source, PackFiles.Demand);
        var seen = new HashSet<(string, string)>();
        var inForce = areas.Commanded.Select(b => b.Code).ToHashSet(StringComparer.Ordinal);
        var commanded = areas.Zones.Where(z => inForce.Contains(z.Borough)).Select(z => z.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var rate = new DemandRate(row.Code("zone"), row.OneOf("grade", "I", "S", "E"), row.Number("per_day", 0, 1e6), row.Code("profile"));
            if (!areas.HasZone(rate.Zone))
            {
                row.Fault("The zone is not in " + PackFiles.Zones, "zone", rate.Zone);
            }
            else if (rate.PerDay > 0 && !commanded.Contains(rate.Zone))
            {
                row.Fault("The zone lies in a borough that is not in the force", "zone", rate.Zone, "no demand");
            }

            if (Profiles.Count > 0 && !Profiles.ContainsKey(rate.Profile))
            {
                row.Fault("The profile is not in " + PackFiles.DemandProfiles, "profile", rate.Profile, string.Join(", ", Profiles.Keys.Take(8)));
            }

            if (!seen.Add((rate.Zone, rate.Grade)))
            {
                row.Fault("The zone and grade stand twice", "grade", rate.Zone + " " + rate.Grade);
                continue;
            }

            Rates.Add(rate);
        }

        foreach (var zone in areas.Zones.Where(z => table.Rows.Count > 0 && commanded.Contains(z.Code)))
        {
            foreach (var grade in Grades.Where(g => !seen.Contains((zone.Code, g))))
            {
                source.Fault("The zone has no rate for the grade", table.Path, field: "zone", found: zone.Code + " " + grade, accepted: "a row, 0 where nothing is expected");
            }
        }
    }
}
