namespace Pathfinder.Platform.Forces;

/// <summary>A number that a simulation asks of a pack: its key, what a user calls it, its unit, and the bounds outside which it makes no sense.</summary>
/// <param name="Key">Dotted key, as in a pack's list of assumptions; grade codes are I, S and E.</param>
/// <param name="Group">The heading it stands under on a page.</param>
/// <param name="Label">What a user calls it.</param>
/// <param name="Unit">"minutes", "seconds", "seconds per km", "share" (0–1), "units", "crimes", "times" or "log-sd".</param>
/// <param name="Least">Smallest value accepted.</param>
/// <param name="Greatest">Largest value accepted.</param>
/// <param name="Neutral">The value without effect, taken where a pack is silent; null where a pack must state one.</param>
/// <param name="IsChoice">
/// Whether the organisation decides it, so that a design may differ in it from the force it is compared with. All others say
/// how the world is, which no design changes: what is compared assumes the same of them on both sides. Guards, absence and
/// the share passed back are not chosen: they are what the day, the sick list and the caller bring.
/// </param>
/// <param name="Known">What is known of it where packs are silent, in words; null for nothing.</param>
public sealed record AssumptionKey(
    string Key, string Group, string Label, string Unit, double Least, double Greatest, double? Neutral = null, bool IsChoice = false, string? Known = null)
{
    private static readonly string[] ByBorough = ["inspector.I.", "inspector.S.", "units.", "support.", "scene.", "arrest.", "custody.", "casework.", "endToEnd.", "telephone.", "passback.", "crews."];

    /// <summary>Whether a design may give it another value in some boroughs; others are of the whole force, such as targets, travel and the control room.</summary>
    public bool MayDifferByBorough => ByBorough.Any(prefix => Key.StartsWith(prefix, StringComparison.Ordinal));
}

/// <summary>
/// Every assumption that a scenario is written from. A pack gives each a value and a basis and may hold others for the
/// reader; a design may change these and no others, so that a misspelt key is never silently without effect.
/// </summary>
public static class AssumptionKeys
{
    /// <summary>All of them, in the order a page shows them.</summary>
    public static IReadOnlyList<AssumptionKey> All { get; } =
    [
        new("target.I.minutes", "Targets", "Immediate: charter target", "minutes", 1, 600),
        new("target.I.share", "Targets", "Immediate: share that should be in target", "share", 0, 1),
        new("target.S.minutes", "Targets", "Significant: charter target", "minutes", 1, 600),
        new("target.S.share", "Targets", "Significant: share that should be in target", "share", 0, 1),
        new("target.E.minutes", "Targets", "By appointment: charter target", "minutes", 1, 20160),
        new("cases.warning", "Targets", "Crimes kept by an officer: from here on a warning", "crimes", 1, 200, 13, Known: "13 is a figure that officers name among themselves for crimes of the first level; nothing simulated depends on it"),
        new("cases.redLine", "Targets", "Crimes kept by an officer: from here on too many", "crimes", 1, 200, 18, Known: "18, likewise"),
        new("cases.openDays", "After the scene", "How long a crime that is kept stays open, beside the work on it", "days", 0, 730, 0, Known: "Not published, and 0 says that it is not stated: the case load is then not rated. Say in the reason of the change where a figure comes from"),
        new("travel.I.interceptSeconds", "Travel", "Immediate: turn-out before the unit moves", "seconds", 0, 900),
        new("travel.S.interceptSeconds", "Travel", "Significant: turn-out before the unit moves", "seconds", 0, 900),
        new("travel.E.interceptSeconds", "Travel", "By appointment: turn-out before the unit moves", "seconds", 0, 900),
        new("travel.I.secondsPerKm.inner", "Travel", "Immediate: inner boroughs, per km of the matrix", "seconds per km", 10, 600),
        new("travel.I.secondsPerKm.outer", "Travel", "Immediate: outer boroughs, per km of the matrix", "seconds per km", 10, 600),
        new("travel.S.secondsPerKm.inner", "Travel", "Significant: inner boroughs, per km of the matrix", "seconds per km", 10, 600),
        new("travel.S.secondsPerKm.outer", "Travel", "Significant: outer boroughs, per km of the matrix", "seconds per km", 10, 600),
        new("travel.E.secondsPerKm.inner", "Travel", "By appointment: inner boroughs, per km of the matrix", "seconds per km", 10, 600),
        new("travel.E.secondsPerKm.outer", "Travel", "By appointment: outer boroughs, per km of the matrix", "seconds per km", 10, 600),
        new("travel.night.factor", "Travel", "Slope from 00:00 to 06:00, times the day's", "times", 0.2, 3, 1),
        new("travel.peak.factor", "Travel", "Slope from 16:00 to 19:00, times the day's", "times", 0.2, 3, 1),
        new("travel.sigma", "Travel", "Spread of one journey's time", "log-sd", 0, 1.5),
        new("controllers.handlingMinutes.I", "Control room", "Immediate: a controller's handling time", "minutes", 0, 60),
        new("controllers.handlingMinutes.S", "Control room", "Significant: a controller's handling time", "minutes", 0, 60),
        new("controllers.handlingMinutes.E", "Control room", "By appointment: a controller's handling time", "minutes", 0, 60),
        new("controllers.logSigma", "Control room", "Spread of handling time", "log-sd", 0, 2, 0),
        new("channel.despatchAirSeconds", "Control room", "Air time of one despatch, before the unit is on its way", "seconds", 0, 900),
        new("channel.statusAirSeconds", "Control room", "Air time of one unit's status messages", "seconds", 0, 900),
        new("inspector.I.share", "Duty inspector", "Immediate: share that waits for a duty inspector’s decision", "share", 0, 1, 0, Known: "Not published; one inspector led three boroughs in the first pilot"),
        new("inspector.S.share", "Duty inspector", "Significant: share that waits for a duty inspector’s decision", "share", 0, 1, 0, Known: "Not published"),
        new("inspector.minutes", "Duty inspector", "Time of one decision", "minutes", 0, 120, 5, Known: "No source at hand"),
        new("inspector.logSigma", "Duty inspector", "Spread of that time", "log-sd", 0, 2, 0),
        new("inspector.onDuty", "Duty inspector", "Inspectors on duty at once, in each area that shares them", "units", 0, 20, 1, IsChoice: true, Known: "One in each area is common practice; which boroughs share them is set with the despatch policy"),
        new("units.I.one", "At the scene", "Immediate: share that needs one unit", "share", 0, 1),
        new("units.I.two", "At the scene", "Immediate: share that needs two units", "share", 0, 1),
        new("units.I.three", "At the scene", "Immediate: share that needs three units", "share", 0, 1),
        new("units.S.one", "At the scene", "Significant: share that needs one unit", "share", 0, 1),
        new("units.S.two", "At the scene", "Significant: share that needs two units", "share", 0, 1),
        new("units.S.three", "At the scene", "Significant: share that needs three units", "share", 0, 1),
        new("units.E.one", "At the scene", "By appointment: share that needs one unit", "share", 0, 1),
        new("units.E.two", "At the scene", "By appointment: share that needs two units", "share", 0, 1),
        new("units.E.three", "At the scene", "By appointment: share that needs three units", "share", 0, 1),
        new("support.I.share", "At the scene", "Immediate: chance that a crew of one needs a second", "share", 0, 1, 0, Known: "Not published; matters only where some crews are single"),
        new("support.S.share", "At the scene", "Significant: chance that a crew of one needs a second", "share", 0, 1, 0, Known: "Not published; matters only where some crews are single"),
        new("support.E.share", "At the scene", "By appointment: chance that a crew of one needs a second", "share", 0, 1, 0, Known: "Not published; matters only where some crews are single"),
        new("scene.I.meanMinutes", "At the scene", "Immediate: mean time at scene", "minutes", 1, 600),
        new("scene.S.meanMinutes", "At the scene", "Significant: mean time at scene", "minutes", 1, 600),
        new("scene.E.meanMinutes", "At the scene", "By appointment: mean time at scene", "minutes", 1, 600),
        new("scene.logSigma", "At the scene", "Spread of time at scene", "log-sd", 0, 2),
        new("arrest.I.probability", "After the scene", "Immediate: chance of an arrest", "share", 0, 1),
        new("arrest.S.probability", "After the scene", "Significant: chance of an arrest", "share", 0, 1),
        new("arrest.E.probability", "After the scene", "By appointment: chance of an arrest", "share", 0, 1),
        new("custody.meanMinutes", "After the scene", "An arrest keeps the unit in custody for", "minutes", 0, 1440),
        new("custody.logSigma", "After the scene", "Spread of that time", "log-sd", 0, 2),
        new("casework.crimeShare", "After the scene", "Share of attended incidents that are crimes", "share", 0, 1),
        new("endToEnd.share", "After the scene", "Share of those crimes that the attending unit keeps end to end", "share", 0, 1, IsChoice: true),
        new("casework.minutes", "After the scene", "Case work on a crime that is kept", "minutes", 0, 600),
        new("casework.logSigma", "After the scene", "Spread of case work", "log-sd", 0, 2, 0),
        new("telephone.share", "Telephone and online", "Significant and by appointment: share resolved without attendance", "share", 0, 1, IsChoice: true),
        new("telephone.vulnerable.share", "Telephone and online", "Share attended in any case because somebody is vulnerable", "share", 0, 1, 0, Known: "Not published"),
        new("passback.share", "Telephone and online", "Share of those passed back to an officer", "share", 0, 1),
        new("passback.afterMinutes", "Telephone and online", "Passed back after", "minutes", 0, 2880, 60),
        new("crews.absence.share", "Crews", "Chance that a crew planned to parade does not", "share", 0, 0.9),
        new("crews.abstraction.share", "Crews", "Chance that a crew that is there works outside its role for the shift", "share", 0, 0.9, 0, Known: "Of ward officers 5% as a routine and 19% in a surge; of response officers not published"),
        new("crews.doubleCrewed.share", "Crews", "Share of crews with two officers", "share", 0, 1, 1, IsChoice: true, Known: "0.9, between 0.5 and 1, is common practice without a source at hand"),
        new("guard.unitsPerBorough", "Crews", "Units on guards and constant watches, a borough and shift on average", "units", 0, 20),
    ];

    private static readonly Dictionary<string, AssumptionKey> ByKey = All.ToDictionary(key => key.Key, StringComparer.Ordinal);

    /// <summary>Keys that a pack must state.</summary>
    public static IReadOnlyList<string> Required { get; } = [.. All.Where(key => key.Neutral is null).Select(key => key.Key)];

    /// <summary>The key, or null when no scenario asks for it.</summary>
    public static AssumptionKey? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>The key of an assumption in one borough alone: "endToEnd.share@E09000002".</summary>
    public static string In(string key, string borough) => $"{key}@{borough}";

    /// <summary>Which assumption a key names, and of which borough alone; the borough is null where it names the whole force's.</summary>
    public static (string Key, string? Borough) Parts(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var at = key.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (key, null) : (key[..at], key[(at + 1)..]);
    }
}
