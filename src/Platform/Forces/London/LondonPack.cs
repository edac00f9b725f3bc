using System.Globalization;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Forces.London;

/// <summary>Builds the pack of the Metropolitan Police from published reference data; the same data gives the same bytes.</summary>
public static class LondonPack
{
    /// <summary>Tables that are written gzipped.</summary>
    public static readonly IReadOnlyCollection<string> Gzipped = [PackFiles.Distances, PackFiles.RecordedCrime];

    private const string Contains = "Contains National Statistics and OS data © Crown copyright and database right. Contains public sector information licensed under the Open Government Licence v3.0";

    /// <summary>The pack, or what is missing from the folder of reference data.</summary>
    public static Outcome<ForcePack> Build(string folder)
    {
        var from = new ReferenceFolder(folder);
        var areas = LondonAreas.Read(from);
        if (from.Problems.Count > 0)
        {
            return from.Problems;
        }

        var crime = LondonCrime.ByBorough(from, areas.Boroughs);
        var rates = LondonDemand.Rates(areas, crime, LondonCrime.ByWard(from));
        var sites = LondonSites.Read(from, areas);
        var units = LondonUnits.Read(from, areas);
        var runs = Runs(from, areas);
        if (from.Problems.Count > 0)
        {
            return from.Problems;
        }

        var fit = FireEngineFit.Of(runs);
        var calls = rates.Where(r => r.Grade != "E").GroupBy(r => r.Zone, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(r => r.PerDay), StringComparer.Ordinal);
        return new ForcePack
        {
            Manifest = Manifest(),
            Sha256 = "",
            Boroughs = areas.Boroughs,
            Wards = areas.Wards,
            Zones = areas.Zones,
            DistanceMetres = areas.Metres,
            Borders = areas.Borders,
            ParadeSites = [.. sites.Select(s => s.Site)],
            RecordedCrime = crime,
            Demand = new DemandSurface(PackDemand.Grades, 0, []),
            DemandRates = rates,
            DemandProfiles = new Dictionary<string, double[]>(StringComparer.Ordinal)
            {
                ["calls"] = WeekShape.Calls(PackDefaults.PeakToTrough, PackDefaults.WeekendNight), ["appointments"] = WeekShape.Appointments(),
            },
            CommandUnits = units,
            Functions = LondonUnits.Functions(units, areas),
            Resources = new PackResources(PackDefaults.Shifts(), PackDefaults.Teams(), Crews(areas, sites, calls), Groups(areas)),
            Assumptions = PackDefaults.Assumptions(
                new TravelBasis(fit.Inner, fit.Outer, fit.Sigma, fit.Night, fit.Peak, "sourced", fit.Basis), calls.Values.Sum(), areas.Boroughs.Count(b => b.InForce)),
            Layers = areas.Layers,
        };
    }

    private static List<PackCrews> Crews(LondonAreas areas, List<LondonSites.Candidate> sites, Dictionary<string, double> calls)
    {
        var bases = LondonSites.Bases(sites, areas, calls.ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal));
        var crews = new List<PackCrews>();
        foreach (var borough in areas.Boroughs.Where(b => b.InForce))
        {
            var perDay = areas.Zones.Where(z => z.Borough == borough.Code).Sum(z => calls[z.Code]);
            var count = PackDefaults.Crews(perDay);
            var basis = string.Create(
                CultureInfo.InvariantCulture,
                $"background: 32 officers x {perDay:0.0} I and S calls a day / 118, over 1.9 officers a crew; the same on each shift; site chosen among front counters by distance to calls; a vehicle for each crew, their number not being known");
            foreach (var shift in PackDefaults.Shifts())
            {
                crews.Add(new PackCrews(bases[borough.Code].Code, borough.Code, shift.Code, count, count, basis));
            }
        }

        return crews;
    }

    private static List<PackDespatchGroup> Groups(LondonAreas areas) =>
        [.. areas.Boroughs.Where(b => b.InForce).Select(b => new PackDespatchGroup(
            "DG-" + b.Code, b.Name, [b.Code], 1, 1, "background: one channel with one controller a borough before the change"))];

    private static List<FireEngineFit.Run> Runs(ReferenceFolder from, LondonAreas areas)
    {
        var place = areas.Zones.Select((z, i) => (z.Code, i)).ToDictionary(z => z.Code, z => z.i, StringComparer.Ordinal);
        var inner = areas.Boroughs.Where(b => b.Density == "inner").Select(b => b.Code).ToHashSet(StringComparer.Ordinal);
        var stations = new Dictionary<string, (string Zone, double Easting, double Northing)>(StringComparer.Ordinal);
        foreach (var row in from.Table("geo/fire_health/lfb_property_stations_bng.csv").Where(r => r["Description"].Contains("Fire Station", StringComparison.Ordinal)))
        {
            var (east, north) = (ReferenceFolder.Number(row["Easting"]), ReferenceFolder.Number(row["Northing"]));
            var (longitude, latitude) = BritishGrid.ToDegrees(east, north);
            if (areas.FindZone(longitude, latitude) is { } zone)
            {
                var name = row["Holding_Name"].Split('(')[0].Trim().Replace("WIMBLENDON", "WIMBLEDON", StringComparison.Ordinal);
                stations.TryAdd(name, (zone, east, north));
            }
        }

        var runs = new List<FireEngineFit.Run>();
        foreach (var row in from.Table("ops/lfb/lfb_incidents_2017-01_2017-04.csv.gz"))
        {
            var (easting, northing) = row["easting_m"].Length > 0 ? (row["easting_m"], row["northing_m"]) : (row["easting_rounded"], row["northing_rounded"]);
            if (row["first_pump_arriving_attendance_time"].Length == 0
                || !stations.TryGetValue(row["first_pump_arriving_deployed_from_station"].ToUpperInvariant().Trim(), out var station))
            {
                continue;
            }

            var (east, north) = (ReferenceFolder.Number(easting), ReferenceFolder.Number(northing));
            var (longitude, latitude) = BritishGrid.ToDegrees(east, north);
            if (areas.FindZone(longitude, latitude) is { } zone)
            {
                runs.Add(new FireEngineFit.Run(
                    inner.Contains(areas.Zones[place[zone]].Borough), FireEngineFit.BandOf(int.Parse(row["hour_of_call"], CultureInfo.InvariantCulture)),
                    areas.Metres[(place[station.Zone] * areas.Zones.Count) + place[zone]] / 1000.0,
                    Math.Sqrt(((east - station.Easting) * (east - station.Easting)) + ((north - station.Northing) * (north - station.Northing))) / 1000, ReferenceFolder.Number(row["first_pump_arriving_attendance_time"]),
                    row["date_of_call"].StartsWith("2017-04", StringComparison.Ordinal)));
            }
        }

        return runs;
    }

    private static PackManifest Manifest() => new(
        PackFiles.Schema, "london", "London", "Metropolitan Police Service", "1", "Europe/London",
        [
            new PackLicence(
                "Open Government Licence v3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
                Contains + ". Sources: Office for National Statistics; Greater London Authority, London Datastore; Metropolitan Police Service recorded crime; London Fire Brigade incident records",
                [
                    PackFiles.Boroughs, PackFiles.Wards, PackFiles.Zones, PackFiles.Borders, PackFiles.RecordedCrime + ".gz", PackFiles.Demand, PackFiles.Crews,
                    PackFiles.Layers + "boroughs.geojson", PackFiles.Layers + "wards-2014.geojson", PackFiles.Layers + "wards-2018.geojson", PackFiles.Layers + "zones.geojson",
                ]),
            new PackLicence(
                "Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/",
                "© OpenStreetMap contributors. Network distances between census areas by the cppSim package; police stations from map extracts of 2019 and 2026",
                [PackFiles.Distances + ".gz", PackFiles.ParadeSites]),
            new PackLicence(
                "MIT", "https://opensource.org/license/mit", "Pathfinder contributors; facts as the basis of each row says",
                [
                    PackFiles.DemandProfiles, PackFiles.CommandUnits, PackFiles.Members, PackFiles.Functions, PackFiles.Posts, PackFiles.Shifts, PackFiles.Teams,
                    PackFiles.DespatchGroups, PackFiles.Assumptions,
                ]),
        ],
        [],
        "The Metropolitan Police and its 32 boroughs as they stood before and through the change of 2016 to 2019; the City of London is drawn but not commanded. Resources are defaults, each with its basis; none is the force's own record.");
}
