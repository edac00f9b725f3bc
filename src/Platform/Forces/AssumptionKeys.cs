namespace Pathfinder.Platform.Forces;

/// <summary>A number that a simulation asks of a pack: its key, what a user calls it, its unit, and the bounds outside which it makes no sense.</summary>
/// <param name="Key">Dotted key, as in a pack's list of assumptions.</param>
/// <param name="Group">The heading it stands under on a page.</param>
/// <param name="Label">What a user calls it.</param>
/// <param name="Unit">"minutes", "seconds", "seconds per km", "share" (0–1), "units", "times" or "log-sd".</param>
/// <param name="Least">Smallest value accepted.</param>
/// <param name="Greatest">Largest value accepted.</param>
public sealed record AssumptionKey(string Key, string Group, string Label, string Unit, double Least, double Greatest);

/// <summary>
/// Every assumption that a scenario is written from. A pack gives each a value and a basis; a design may change any of
/// them; a key outside this list is refused, so that a misspelt one is never silently without effect.
/// </summary>
public static class AssumptionKeys
{
    /// <summary>All of them, in the order a page shows them.</summary>
    public static IReadOnlyList<AssumptionKey> All { get; } =
    [
        new("target.I.minutes", "Targets", "Immediate: charter target", "minutes", 1, 600),
        new("target.S.minutes", "Targets", "Significant: charter target", "minutes", 1, 600),
        new("target.I.share", "Targets", "Immediate: share that should be in target", "share", 0, 1),
        new("target.S.share", "Targets", "Significant: share that should be in target", "share", 0, 1),

        new("travel.I.interceptSeconds", "Travel", "Immediate: turn-out before the unit moves", "seconds", 0, 900),
        new("travel.S.interceptSeconds", "Travel", "Significant: turn-out before the unit moves", "seconds", 0, 900),
        new("travel.E.interceptSeconds", "Travel", "By appointment: turn-out before the unit moves", "seconds", 0, 900),
        new("travel.inner.secondsPerKm", "Travel", "Blue light, inner boroughs, per km of road", "seconds per km", 10, 400),
        new("travel.outer.secondsPerKm", "Travel", "Blue light, outer boroughs, per km of road", "seconds per km", 10, 400),
        new("travel.S.timesImmediate", "Travel", "Significant: normal traffic, times the blue light time", "times", 0.5, 5),
        new("travel.E.timesImmediate", "Travel", "By appointment: normal traffic, times the blue light time", "times", 0.5, 5),
        new("travel.night.factor", "Travel", "Slope from 00:00 to 06:00, times the day's", "times", 0.2, 3),
        new("travel.peak.factor", "Travel", "Slope from 16:00 to 19:00, times the day's", "times", 0.2, 3),
        new("travel.logSigma", "Travel", "Spread of one journey's time", "log-sd", 0, 1.5),

        new("despatch.I.handlingMinutes", "Control room", "Immediate: a controller's handling time", "minutes", 0, 60),
        new("despatch.S.handlingMinutes", "Control room", "Significant: a controller's handling time", "minutes", 0, 60),
        new("despatch.E.handlingMinutes", "Control room", "By appointment: a controller's handling time", "minutes", 0, 60),
        new("despatch.handlingLogSigma", "Control room", "Spread of handling time", "log-sd", 0, 2),
        new("channel.airSeconds", "Control room", "Air time of one incident with one unit", "seconds", 0, 900),
        new("channel.despatchShare", "Control room", "Share of that air time before the unit is on its way", "share", 0, 1),

        new("units.I.twoShare", "At the scene", "Immediate: share that needs two units", "share", 0, 1),
        new("units.I.threeShare", "At the scene", "Immediate: share that needs three units", "share", 0, 1),
        new("units.S.twoShare", "At the scene", "Significant: share that needs two units", "share", 0, 1),
        new("scene.I.meanMinutes", "At the scene", "Immediate: mean time at scene", "minutes", 1, 600),
        new("scene.S.meanMinutes", "At the scene", "Significant: mean time at scene", "minutes", 1, 600),
        new("scene.E.meanMinutes", "At the scene", "By appointment: mean time at scene", "minutes", 1, 600),
        new("scene.logSigma", "At the scene", "Spread of time at scene", "log-sd", 0, 2),
        new("arrest.I.probability", "After the scene", "Immediate: chance of an arrest", "share", 0, 1),
        new("arrest.S.probability", "After the scene", "Significant: chance of an arrest", "share", 0, 1),
        new("arrest.tieUpMinutes", "After the scene", "An arrest keeps the unit in custody for", "minutes", 0, 1440),
        new("arrest.logSigma", "After the scene", "Spread of that time", "log-sd", 0, 2),
        new("crime.share", "After the scene", "Share of attended incidents that are crimes", "share", 0, 1),
        new("endToEnd.share", "After the scene", "Share of those crimes that the attending unit keeps end to end", "share", 0, 1),
        new("caseWork.meanMinutes", "After the scene", "Case work on a crime that is kept", "minutes", 0, 600),
        new("caseWork.logSigma", "After the scene", "Spread of case work", "log-sd", 0, 2),

        new("telephone.S.share", "Telephone and online", "Significant: share resolved without attendance", "share", 0, 1),
        new("telephone.E.share", "Telephone and online", "By appointment: share resolved without attendance", "share", 0, 1),
        new("passBack.share", "Telephone and online", "Share of those passed back to an officer", "share", 0, 1),
        new("passBack.afterMinutes", "Telephone and online", "Passed back after", "minutes", 0, 2880),

        new("crews.absenceShare", "Crews", "Chance that a crew planned to parade does not", "share", 0, 0.9),
        new("guard.unitsPerBorough", "Crews", "Units on guards and constant watches, a borough and shift", "units", 0, 20),
    ];

    private static readonly Dictionary<string, AssumptionKey> ByKey = All.ToDictionary(key => key.Key, StringComparer.Ordinal);

    /// <summary>The key, or null when no scenario asks for it.</summary>
    public static AssumptionKey? Find(string key) => ByKey.GetValueOrDefault(key);
}
