using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;

namespace Pathfinder.Testing.Designs;

/// <summary>
/// Four boroughs in a row (A, B, C, D), two zones each, 4 km apart; D is reached from C by a ferry only; Z lies inside, but out of the force.
/// Until 1 March 2020 each is its own command; from then A and B are the unit AB, whose neighbourhoods stay by borough.
/// </summary>
public static class SmallForce
{
    /// <summary>A date on which every borough is its own command.</summary>
    public static DateOnly Before { get; } = new(2020, 1, 6);

    /// <summary>A date on which A and B are one unit.</summary>
    public static DateOnly After { get; } = new(2020, 6, 1);

    /// <summary>The force as a design on <see cref="Before"/>.</summary>
    public static Design Design(ForcePack? pack = null) => DesignStart.FromForce(pack ?? Pack(), Before, "As it is").Value;

    /// <summary>The pack; no two calls share anything.</summary>
    public static ForcePack Pack(double perHour = 0.4)
    {
        string[] codes = ["A", "B", "C", "D"];
        var zones = codes.SelectMany(code => new[] { code + "1", code + "2" }).Append("Z1").ToList();
        var place = zones.Select((zone, index) => zone == "Z1" ? 6 : index * 4).ToList();
        var metres = new ushort[zones.Count * zones.Count];
        for (var from = 0; from < zones.Count; from++)
        {
            for (var to = 0; to < zones.Count; to++)
            {
                metres[(from * zones.Count) + to] = (ushort)(Math.Abs(place[from] - place[to]) * 1000);
            }
        }

        string[] grades = ["I", "S", "E"];
        var demand = new float[grades.Length * zones.Count * 168];
        for (var grade = 0; grade < grades.Length; grade++)
        {
            for (var zone = 0; zone < zones.Count - 1; zone++)
            {
                for (var hour = 0; hour < 168; hour++)
                {
                    demand[(((grade * zones.Count) + zone) * 168) + hour] = (float)(perHour * (zones[zone][0] == 'C' ? 2 : 1));
                }
            }
        }

        var change = new DateOnly(2020, 3, 1);
        var always = new DateOnly(2015, 1, 1);
        return new ForcePack
        {
            Manifest = new PackManifest("pathfinder-pack/1", "small", "Small", "Small Police", "1", "Europe/London", [], []),
            Sha256 = new string('5', 64),
            Boroughs =
            [
                .. codes.Select((code, index) => new Borough(code, "Borough " + code, true, code is "A" or "B" ? "inner" : "outer", 100_000, 30, index * 0.1, 51.5)),
                new Borough("Z", "Enclave", false, "inner", 9_000, 3, 0.05, 51.5),
            ],
            Wards = [],
            Zones = [.. zones.Select((zone, index) => new Zone(zone, "Zone " + zone, zone[..1], null, 15, 50_000, place[index] * 0.014, 51.5))],
            DistanceMetres = metres,
            Borders = [new BoroughBorder("A", "B", "land", 6, null), new BoroughBorder("B", "C", "land", 6, null), new BoroughBorder("C", "D", "crossing", 0, "Ferry")],
            ParadeSites = [.. codes.Select(code => new ParadeSite("site-" + code, "Station " + code, code, code + "1", 0, 51.5, "invented"))],
            RecordedCrime = [],
            Demand = new DemandSurface(grades, zones.Count, demand),
            CommandUnits =
            [
                .. codes.Select(code => new CommandUnit(
                    "B" + code, "Borough " + code, "BOCU", [new CommandUnitMember(code, always, code is "A" or "B" ? change.AddDays(-1) : null, null, "invented")], "invented")),
                new CommandUnit("AB", "West", "BCU", [new CommandUnitMember("A", change, null, null, "invented"), new CommandUnitMember("B", change, null, null, "invented")], "invented"),
            ],
            Functions =
            [
                new FunctionArrangement("AB", "response", "command-unit", change, null, [], null, "invented"),
                new FunctionArrangement("AB", "neighbourhoods", "borough", change, null, [], null, "invented"),
            ],
            Resources = new PackResources(
                [
                    new PackShift("early", new TimeOnly(6, 0), 570, 15, 45, "invented"),
                    new PackShift("late", new TimeOnly(14, 30), 570, 15, 45, "invented"),
                    new PackShift("night", new TimeOnly(22, 0), 570, 15, 45, "invented"),
                ],
                new PackTeams(["1", "2", "3", "4", "5"], ["early", "early", "late", "late", "night", "night", "off", "off", "off", "off"], always, "invented"),
                [.. codes.SelectMany(code => new[] { "early", "late", "night" }.Select(shift => new PackCrews("site-" + code, code, shift, 6, 6, "invented")))],
                [.. codes.Select(code => new PackDespatchGroup(code, "Borough " + code, [code], 1, 1, "invented"))]),
            Assumptions = Assumptions(),
            Layers = new Dictionary<string, byte[]>(StringComparer.Ordinal),
        };
    }

    private static List<Assumption> Assumptions()
    {
        var special = new Dictionary<string, (double Value, string Status)>(StringComparer.Ordinal)
        {
            ["target.I.minutes"] = (15, "sourced"), ["target.S.minutes"] = (60, "sourced"), ["target.E.minutes"] = (2880, "background"),
            ["target.I.share"] = (0.9, "sourced"), ["target.S.share"] = (0.9, "sourced"),
            ["units.I.one"] = (0.5, "fit"), ["units.I.two"] = (0.4, "fit"), ["units.I.three"] = (0.1, "fit"),
            ["units.S.one"] = (1, "fit"), ["units.E.one"] = (1, "fit"),
            ["travel.sigma"] = (0.3, "fit"), ["scene.logSigma"] = (0.7, "fit"), ["custody.logSigma"] = (0.3, "fit"),
            ["scene.I.meanMinutes"] = (50, "fit"), ["scene.S.meanMinutes"] = (60, "fit"), ["scene.E.meanMinutes"] = (60, "fit"),
            ["custody.meanMinutes"] = (270, "sourced"), ["casework.minutes"] = (50, "fit"), ["casework.crimeShare"] = (0.4, "fit"),
            ["controllers.handlingMinutes.I"] = (3, "background"), ["controllers.handlingMinutes.S"] = (4, "background"), ["controllers.handlingMinutes.E"] = (4, "background"),
            ["channel.despatchAirSeconds"] = (60, "background"), ["channel.statusAirSeconds"] = (30, "background"),
            ["arrest.I.probability"] = (0.1, "fit"), ["telephone.share"] = (0.17, "sourced"), ["passback.share"] = (0.18, "sourced"),
            ["guard.unitsPerBorough"] = (0.5, "fit"),
        };
        return [.. AssumptionKeys.All.Where(key => key.Neutral is null).Select(key =>
        {
            var (value, status) = special.TryGetValue(key.Key, out var given) ? given
                : key.Key.EndsWith("interceptSeconds", StringComparison.Ordinal) ? (60, "background")
                : key.Key.Contains("secondsPerKm", StringComparison.Ordinal) ? (key.Key.Contains(".I.", StringComparison.Ordinal) ? 70 : 140, "sourced")
                : (0, "background");
            return new Assumption(key.Key, key.Label, value, key.Unit, null, null, status, "invented");
        })];
    }
}
