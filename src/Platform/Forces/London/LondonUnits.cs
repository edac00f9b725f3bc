namespace Pathfinder.Platform.Forces.London;

/// <summary>The command units of London: 32 single-borough commands, then the pathfinders and the waves, with the basis of each date.</summary>
internal static class LondonUnits
{
    private static readonly DateOnly Start = new(2000, 4, 1);
    private static readonly DateOnly Announced = new(2018, 2, 12);
    private static readonly DateOnly PathfinderStart = new(2017, 1, 1);
    private static readonly DateOnly SafeguardingJoined = new(2017, 3, 27);
    private static readonly DateOnly TechnologyLive = new(2017, 4, 26);

    private const string Briefing = "London Councils briefing, 2018";
    private const string OnlyPlan = "Only the plan is known (" + Briefing + "): the first day of the month planned";
    private const string PathfinderPhase = "Phased from January 2017, the day not known, to full live on 26 April 2017 (pathfinder highlight report, May 2017; London Councils briefing, September 2017)";

    // Codes in the published list differ for two units.
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal) { ["CS"] = "AS", ["CW"] = "AW" };

    private static readonly Dictionary<string, Formed> Units = new(StringComparer.Ordinal)
    {
        ["EA"] = new("East", 1248, PathfinderStart, "Pilot from late 2016", null, PathfinderPhase, "January 2017"),
        ["CN"] = new("Central North", 1120, PathfinderStart, "Pilot from late 2016", null, PathfinderPhase, "January 2017"),
        ["WA"] = new("West", 1548, new DateOnly(2018, 6, 6), "June 2018", new DateOnly(2018, 6, 6), "Residents' notice of local policing changes: live on 6 June 2018"),
        ["SW"] = new("South West", 1344, new DateOnly(2018, 6, 1), "June 2018", Announced, "Local press: live in June 2018, the day not known; the first of the month stands for it", "June 2018"),
        ["NE"] = new("North East", 1091, new DateOnly(2018, 9, 1), "September 2018", Announced, OnlyPlan, "planned September 2018"),
        ["SE"] = new("South East", 1402, new DateOnly(2018, 9, 1), "September 2018", Announced, OnlyPlan, "planned September 2018"),
        ["AS"] = new("Central South", 1312, new DateOnly(2018, 9, 1), "September 2018", Announced, OnlyPlan, "planned September 2018"),
        ["NW"] = new("North West", 1409, new DateOnly(2018, 10, 10), "September 2018", new DateOnly(2018, 10, 10), "Local report: not yet live on 9 October 2018; the real day is not known, the next day stands for it", "after 9 October 2018"),
        ["NA"] = new("North", 1108, new DateOnly(2019, 1, 9), "November 2018", new DateOnly(2019, 1, 9), "Council paper: live on 9 January 2019"),
        ["CE"] = new("Central East", 1169, new DateOnly(2018, 11, 1), "November 2018", Announced, OnlyPlan, "planned November 2018"),
        ["AW"] = new("Central West", 1803, new DateOnly(2019, 2, 1), "November 2018", new DateOnly(2019, 2, 1), "Council minutes: planned for February 2019, the day not known; the first of the month stands for it", "planned February 2019"),
        ["SN"] = new("South", 1387, new DateOnly(2019, 1, 1), "November 2018", new DateOnly(2018, 8, 31), "Council press notice, August 2018: early next year; the day is not known, 1 January stands for it", "planned early 2019"),
    };

    private sealed record Formed(string Name, int Officers, DateOnly From, string Planned, DateOnly? Known, string Basis, string? Imprecise = null);

    /// <summary>Units with their members in ordinal order of code.</summary>
    public static List<CommandUnit> Read(ReferenceFolder from, LondonAreas areas)
    {
        var unitOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in from.Table("geo/bcu/borough_to_bcu.csv").Where(r => r["bcu_code"].Length > 0))
        {
            unitOf[row["gss"]] = Renamed.GetValueOrDefault(row["bcu_code"], row["bcu_code"]);
        }

        var units = areas.Boroughs.Where(b => b.InForce).Select(b => new CommandUnit(
            "BOCU-" + b.Code, b.Name, "BOCU",
            [new CommandUnitMember(b.Code, Start, Units[unitOf[b.Code]].From.AddDays(-1), null, "Borough commands since the force's boundary followed the boroughs in April 2000: background knowledge, no source at hand. Last day: the day before the new unit")],
            "32 single-borough commands before the change (" + Briefing + ")")).ToList();
        units.AddRange(Units.Select(u => new CommandUnit(
            u.Key, u.Value.Name, "BCU",
            [.. unitOf.Where(b => b.Value == u.Key).OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => new CommandUnitMember(b.Key, u.Value.From, null, u.Value.Planned, u.Value.Basis, u.Value.Known, u.Value.Imprecise))],
            Briefing + "; officers at roll-out from a Mayor's answer", u.Value.Officers)));
        return [.. units.OrderBy(u => u.Code, StringComparer.Ordinal)];
    }

    /// <summary>How each function of each unit is arranged.</summary>
    public static List<FunctionArrangement> Functions(List<CommandUnit> units, LondonAreas areas)
    {
        var functions = new List<FunctionArrangement>();
        foreach (var unit in units)
        {
            if (unit.Kind == "BOCU")
            {
                functions.AddRange(CommandModel.Single(unit.Code, Start, unit.Members[0].To, "By borough before the change (" + Briefing + ")", f => f == "safeguarding"
                    ? "; sexual offences and child abuse were investigated by central commands" : ""));
                continue;
            }

            var boroughs = unit.Members.Select(m => m.Borough).ToHashSet(StringComparer.Ordinal);
            var wards = areas.Wards.Count(w => w.Edition == 2018 && boroughs.Contains(w.Borough));
            functions.AddRange(unit.Code is "EA" or "CN" ? Pathfinder(unit.Code, wards) : Wave(unit, wards));
        }

        return functions;
    }

    private static IEnumerable<FunctionArrangement> Wave(CommandUnit unit, int wards) =>
        CommandModel.Merged(unit.Code, wards, _ => unit.Members[0].From, null, _ => unit.Members[0].Basis);

    // Safeguarding and response joined later than the command; until then boroughs ran them.
    private static IEnumerable<FunctionArrangement> Pathfinder(string code, int wards)
    {
        yield return new FunctionArrangement(
            code, "response", "borough", PathfinderStart, TechnologyLive.AddDays(-1), [], "superintendent", "By borough until the fourth tranche; moved by steps in between, which are not known");
        yield return new FunctionArrangement(
            code, "safeguarding", "borough", PathfinderStart, SafeguardingJoined.AddDays(-1), [], "superintendent", "By borough until the third tranche");
        var back = code == "EA" ? new DateOnly(2017, 9, 5) : new DateOnly(2017, 9, 7);
        foreach (var arrangement in CommandModel.Merged(
            code, wards,
            f => f switch { "response" => TechnologyLive, "safeguarding" => SafeguardingJoined, _ => PathfinderStart },
            back,
            f => f switch
            {
                "response" => "Technology live with the fourth tranche on 26 April 2017 (pathfinder highlight report, May 2017)",
                "safeguarding" => "Child abuse and sexual offence teams joined with the third tranche on 27 March 2017 (pathfinder highlight report, May 2017)",
                _ => PathfinderPhase,
            }))
        {
            yield return arrangement is { Function: "response", OrganisedBy: "borough" } && code == "CN"
                ? arrangement with { Basis = arrangement.Basis + ". One despatch channel was kept for the whole unit" }
                : arrangement;
        }
    }
}
