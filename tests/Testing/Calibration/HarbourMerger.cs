using Pathfinder.Platform.Forces;

namespace Pathfinder.Testing.Calibration;

/// <summary>A merger of two boroughs of Harbour, to be predicted from three months before it; invented, and small enough for a test.</summary>
public static class HarbourMerger
{
    /// <summary>The pack.</summary>
    public static ForcePack Harbour { get; } = PackReader.Read(Path.Combine(Repository.Root, "data", "harbour")).Value;

    /// <summary>The plan: ranges for all that Harbour's pack marks as fitted, which a blind plan may not leave to the pack.</summary>
    public static string Plan { get; } = """
        name: harbour-merger
        title: A merger in Harbour
        dated: 2016-12-05
        targetsBefore: 2017-02-01
        blind: yes
        days: 14
        particles: 12
        areas:
          North: [HB01, HB02]
        parameters:
        """ + "\n" + string.Join('\n', Harbour.Assumptions.Where(each => each.Status == "fit" && AssumptionKeys.Find(each.Key) is not null && !each.Key.StartsWith("units.", StringComparison.Ordinal))
            .Select(each => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"  - {{key: {each.Key}, low: {each.Value * 0.7}, high: {Math.Max(each.Value * 1.3, 0.1)}, basis: background, why: invented}}"))) + "\n" + """
          - {key: units.I.one, low: 0.4, high: 0.8, basis: background, why: invented}
          - {key: inspector.I.share, low: 0.6, high: 1, basis: background, why: invented}
          - {key: inspector.S.share, low: 0.6, high: 1, basis: background, why: invented}
          - {key: inspector.minutes, low: 6, high: 9, basis: background, why: invented}
        inForceFrom: 2017-03-25
        inForceSource: Invented
        from: 2017-04-01
        to: 2017-06-30
        draws: 12
        mechanismDraws: 5
        after:
          - {key: after.controllers, low: 1, high: 2, whole: yes, basis: background, why: invented}
          - {key: endToEnd.share, low: 0.5, high: 1, basis: background, why: invented}
          - {key: after.crews.times, low: 0.8, high: 1, basis: background, why: invented}
        recoveryFrom: 2017-09-04
        recoveryTogether: [North]
        recovery:
          - {key: telephone.share, low: 0.1, high: 0.2, basis: background, why: invented}
        notModelled: [The weather]
        """;

    /// <summary>Three months before it.</summary>
    public const string Targets = "area,measure,from,to,value\nNorth,I.inTarget,2016-10-01,2016-10-31,0.85\nNorth,I.inTarget,2016-11-01,2016-11-30,0.87\nNorth,I.inTarget,2016-12-01,2016-12-31,0.86\n";

    /// <summary>Two months after it.</summary>
    public const string Outcomes = "area,measure,from,to,value\nNorth,I.inTarget,2017-04-01,2017-04-30,0.70\nNorth,I.inTarget,2017-05-01,2017-05-31,0.71\n";
}
