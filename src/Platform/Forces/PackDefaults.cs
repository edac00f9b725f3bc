namespace Pathfinder.Platform.Forces;

/// <summary>The slopes and spread of travel that a pack starts from.</summary>
/// <param name="Inner">Seconds a network kilometre under blue lights, inner boroughs.</param>
/// <param name="Outer">The same, outer boroughs.</param>
/// <param name="Sigma">Standard deviation of the logarithm of a journey's time.</param>
/// <param name="Status">sourced, background or fit.</param>
/// <param name="Basis">Where they come from.</param>
/// <param name="Night">Slope from 00 to 06 over the day's.</param>
/// <param name="Peak">Slope from 16 to 19 over the day's.</param>
internal sealed record TravelBasis(double Inner, double Outer, double Sigma, double Night, double Peak, string Status, string Basis);

/// <summary>The defaults that a built pack gives a simulation, each with range and basis.</summary>
internal static class PackDefaults
{
    private const string Fit = "Fitted by us to the share of calls in target in 2016 and 2017, weakly; barred from a retrodiction of 2017";
    private const string Ours = "No source at hand; common practice, to be replaced by the force's own figure";
    private const string Briefing = "London Councils briefing on the pathfinders, September 2017";

    /// <summary>Busiest over quietest hour of the day.</summary>
    public const double PeakToTrough = 3.5;

    /// <summary>00 to 04 on Saturday and Sunday over other nights.</summary>
    public const double WeekendNight = 2.0;

    /// <summary>Officers parading a shift in an inner borough, and the incidents a day that go with them.</summary>
    public const double OfficersParading = 32;

    /// <summary>I and S incidents a day of half an inner two-borough command unit: (95 + 140) / 2.</summary>
    public const double IncidentsForThem = 118;

    /// <summary>Share of crews with two officers.</summary>
    public const double DoubleCrewed = 0.9;

    /// <summary>Crews that parade where a borough has so many I and S incidents a day: officers in proportion, over officers a crew.</summary>
    public static int Crews(double incidentsADay) =>
        Math.Max(1, (int)Math.Round(OfficersParading * incidentsADay / IncidentsForThem / ((2 * DoubleCrewed) + (1 - DoubleCrewed)), MidpointRounding.AwayFromZero));

    /// <summary>Every assumption: those of a scenario that a pack states, in the order of <see cref="AssumptionKeys"/>, then what the pack was built by.</summary>
    /// <param name="travel">Speed and spread of travel.</param>
    /// <param name="incidentsADay">Immediate and significant calls a day of the whole force.</param>
    /// <param name="boroughs">Boroughs of the force.</param>
    public static List<Assumption> Assumptions(TravelBasis travel, double incidentsADay, int boroughs)
    {
        var given = Given(travel, Guards(incidentsADay, boroughs)).ToDictionary(a => a.Key, StringComparer.Ordinal);
        return
        [
            .. AssumptionKeys.All.Where(k => given.ContainsKey(k.Key)).Select(k => given[k.Key] with { Label = k.Label, Unit = k.Unit }),
            .. given.Values.Where(a => AssumptionKeys.Find(a.Key) is null),
        ];
    }

    private static IEnumerable<Assumption> Given(TravelBasis travel, double guards) =>
    [
        Sourced("target.I.minutes", 15, null, null, Briefing + ", appendix A"),
        Sourced("target.S.minutes", 60, null, null, "Mayor's answer 2018/2956 on response times"),
        Background("target.E.minutes", 2880, 1440, 4320, "48 hours; " + Ours),
        Sourced("target.I.share", 0.9, null, null, Briefing + ", appendix A"),
        Sourced("target.S.share", 0.9, null, null, "Mayor's answer 2018/2956 on response times"),
        Background("travel.I.interceptSeconds", 60, 20, 120, Ours + "; a fire crew's turn-out is not a police unit's"),
        Background("travel.S.interceptSeconds", 120, 30, 300, Ours),
        Background("travel.E.interceptSeconds", 120, 30, 600, Ours),
        new("travel.I.secondsPerKm.inner", "", travel.Inner, "", Round(travel.Inner * 0.75), Round(travel.Inner * 1.35), travel.Status, travel.Basis),
        new("travel.I.secondsPerKm.outer", "", travel.Outer, "", Round(travel.Outer * 0.75), Round(travel.Outer * 1.35), travel.Status, travel.Basis),
        Traffic("travel.S.secondsPerKm.inner", travel.Inner),
        Traffic("travel.S.secondsPerKm.outer", travel.Outer),
        Traffic("travel.E.secondsPerKm.inner", travel.Inner),
        Traffic("travel.E.secondsPerKm.outer", travel.Outer),
        new("travel.night.factor", "", travel.Night, "", 0.7, 1.2, travel.Status, travel.Basis),
        new("travel.peak.factor", "", travel.Peak, "", 0.9, 1.4, travel.Status, travel.Basis),
        new("travel.sigma", "", travel.Sigma, "", 0.1, 0.6, travel.Status, travel.Basis),
        Background("controllers.handlingMinutes.I", 3, 2, 6, Ours),
        Background("controllers.handlingMinutes.S", 4, 2, 6, Ours),
        Background("controllers.handlingMinutes.E", 4, 2, 6, Ours),
        Background("controllers.logSigma", 0.5, 0, 1, "The spread is not known; " + Ours),
        Background("channel.despatchAirSeconds", 60, 20, 120, "Two thirds of 90 s an incident (30 to 180); " + Ours),
        Background("channel.statusAirSeconds", 30, 10, 60, "One third of 90 s an incident (30 to 180); " + Ours),
        Fitted("units.I.one", 0.45, 0, 1),
        Fitted("units.I.two", 0.40, 0, 1),
        Fitted("units.I.three", 0.15, 0, 1),
        Background("units.S.one", 0.80, 0, 1, Ours),
        Background("units.S.two", 0.20, 0, 1, Ours),
        Background("units.S.three", 0, 0, 1, Ours),
        Background("units.E.one", 1, 0, 1, Ours),
        Background("units.E.two", 0, 0, 1, Ours),
        Background("units.E.three", 0, 0, 1, Ours),
        Fitted("scene.I.meanMinutes", 50, 30, 80),
        Fitted("scene.S.meanMinutes", 60, 30, 90),
        Fitted("scene.E.meanMinutes", 60, 30, 90),
        Fitted("scene.logSigma", 0.7, 0.4, 1.0),
        Fitted("arrest.I.probability", 0.13, 0.05, 0.25),
        Fitted("arrest.S.probability", 0.07, 0.02, 0.15),
        Background("arrest.E.probability", 0, 0, 0.05, Ours),
        new("custody.meanMinutes", "", 270, "", 180, 480, "fit", Fit + "; five hours is widely quoted"),
        Background("custody.logSigma", 0.3, 0, 0.7, "The spread is not known; " + Ours),
        Fitted("casework.crimeShare", 0.40, 0.2, 0.6),
        Background("endToEnd.share", 0, 0, 1, "None before the change; the pathfinders asked for it in the majority of cases (" + Briefing + ")"),
        Fitted("casework.minutes", 50, 30, 90),
        Background("casework.logSigma", 0.5, 0, 1, "The spread is not known; " + Ours),
        Background("telephone.share", 0, 0, 0.4, "The pack's demand is of calls graded for attendance; the 17% of first crime investigations dealt with by telephone before the change is outside it. A rise above 17% is entered here"),
        Sourced("passback.share", 0.18, 0.16, 0.20, "Press reports of force figures, November 2018: 16 to 20%"),
        Background("passback.afterMinutes", 60, 15, 480, Ours),
        Background("crews.absence.share", 0, 0, 0.3, "Crews of the pack are counted at parade, after absence"),
        Fitted("guard.unitsPerBorough", guards, Round(guards / 4), Round(guards * 2), "4 (1 to 8) a command unit of two boroughs with 236 immediate and significant calls a day, others in proportion"),
        new("pack.officersParading", "Officers parading a shift in an inner borough of 118 immediate and significant calls a day", OfficersParading, "officers", 22, 36, "sourced", "Local press on one inner borough's accepted minimum, 2008; other boroughs in proportion to their calls, which is ours"),
        new("pack.doubleCrewedShare", "Share of crews with two officers", DoubleCrewed, "share", 0.5, 1, "background", Ours),
        new("pack.minimumStrengthShare", "Minimum strength over optimum strength", 0.73, "share", 0.6, 0.9, "sourced", "Local press and an officer's published account, 2008"),
        new("pack.absenceShare", "Share of rostered hours lost between strength and parade", 0.32, "share", 0.29, 0.40, "sourced", "Mayor's answer 2013/5257; already out of the crews, which are counted at parade"),
        new("pack.telephoneShare", "Share of first crime investigations dealt with by telephone or online, before the change", 0.17, "share", 0.10, 0.45, "sourced", Briefing + ": from 17 to 32%; 39% in 2018"),
        new("pack.peakToTrough", "Busiest over quietest hour of the day, in the demand profiles", PeakToTrough, "ratio", 2.5, 4.5, "sourced", "A published analysis of calls by hour"),
        new("pack.weekendNightFactor", "00 to 04 on Saturday and Sunday over other nights, in the demand profiles", WeekendNight, "ratio", 1.6, 2.3, "sourced", "A published analysis of calls by hour"),
    ];

    private static Assumption Sourced(string key, double value, double? low, double? high, string basis) => new(key, "", value, "", low, high, "sourced", basis);

    private static Assumption Background(string key, double value, double low, double high, string basis) => new(key, "", value, "", low, high, "background", basis);

    private static Assumption Traffic(string key, double slope) =>
        new(key, "", Round(slope * 2), "", Round(slope * 1.5), Round(slope * 2.5), "background", "Normal traffic taken as twice as long as blue lights (1.5 to 2.5); " + Ours);

    private static Assumption Fitted(string key, double value, double low, double high, string? note = null) =>
        new(key, "", value, "", low, high, "fit", note is null ? Fit : Fit + "; " + note);

    /// <summary>Three shifts of nine and a half hours.</summary>
    public static List<PackShift> Shifts() =>
    [
        new("early", new TimeOnly(6, 0), 570, 30, 45, "Times: " + Ours + "; briefing and meal likewise"),
        new("late", new TimeOnly(14, 30), 570, 30, 45, "Times: " + Ours + "; briefing and meal likewise"),
        new("night", new TimeOnly(22, 0), 570, 30, 45, "Times: " + Ours + "; briefing and meal likewise"),
    ];

    /// <summary>Five teams on ten days: two early, two late, two night, four off.</summary>
    public static PackTeams Teams() => new(
        ["A", "B", "C", "D", "E"],
        ["early", "early", "late", "late", "night", "night", "off", "off", "off", "off"],
        new DateOnly(2017, 1, 2),
        "Ten-day cycle of five teams: an officer's published account, January 2015. Which team stands where on the first day is not known; it does not matter while teams are alike");

    private static double Guards(double incidentsADay, int boroughs) => Round(4 * incidentsADay / (2 * IncidentsForThem) / boroughs);

    private static double Round(double value) => Math.Round(value, 1);
}
