using Pathfinder.Engine.Response;

namespace Pathfinder.Platform.Scenarios;

/// <summary>What is kept of one replication: its tally's counts, and the quantiles that need every response time.</summary>
internal sealed class ReplicationSummary
{
    private ReplicationSummary()
    {
    }

    public required Counts[] Cells { get; init; }

    public required BriefCounts[] Zones { get; init; }

    public required BriefCounts[] Hours { get; init; }

    public required BriefCounts[] Teams { get; init; }

    public required Counts[] Series { get; init; }

    public required int Boroughs { get; init; }

    public required int Grades { get; init; }

    public required long[] HourUnassigned { get; init; }

    public required long[] HourAvailable { get; init; }

    public required long[] HourCommitted { get; init; }

    public required long[] HourOnDuty { get; init; }

    public required long[] HourLength { get; init; }

    public required long[] UnassignedSeconds { get; init; }

    public required int[] UnassignedMax { get; init; }

    public required int[] DayUnassigned { get; init; }

    public required long[] UnitSeconds { get; init; }

    public required long[] CrossBorough { get; init; }

    public required long[] OvertimeSeconds { get; init; }

    public required long[] CaseSeconds { get; init; }

    public required int[] MostCases { get; init; }

    public required double[] Metres { get; init; }

    /// <summary>Metres driven otherwise, by borough of the unit.</summary>
    public required double[] OtherMetres { get; init; }

    public required long[] ControllerBusySeconds { get; init; }

    public required long[] ControllerWaitSeconds { get; init; }

    public required long[] ChannelBusySeconds { get; init; }

    public required long[] ChannelWaitSeconds { get; init; }

    public required long[] GroupIncidents { get; init; }

    public required long[] InspectorBusySeconds { get; init; }

    public required long[] InspectorWaitSeconds { get; init; }

    public required long[] InspectorDecisions { get; init; }

    public required long Events { get; init; }

    public required long Incidents { get; init; }

    public required int UnassignedGrowth { get; init; }

    /// <summary>Median and 90th percentile in minutes [(area × grades + grade) × 2]; NaN where there is none, or it was never attended.</summary>
    public required double[] Quantiles { get; init; }

    /// <summary>What is counted by day of one borough and grade, in some spans: those needing attendance, attended and in time, and the times.</summary>
    public Counts Span(int[] spans, int borough, int grade)
    {
        var sum = default(Counts);
        foreach (var span in spans)
        {
            ref readonly var part = ref Series[(((span * Boroughs) + borough) * Grades) + grade];
            sum.Needing += part.Needing;
            sum.Attended += part.Attended;
            sum.InTarget += part.InTarget;
            sum.Over30 += part.Over30;
            sum.ResponseSeconds += part.ResponseSeconds;
            sum.ControllerSeconds += part.ControllerSeconds;
            sum.ChannelSeconds += part.ChannelSeconds;
            sum.InspectorSeconds += part.InspectorSeconds;
            sum.TravelSeconds += part.TravelSeconds;
        }

        return sum;
    }

    /// <summary>Copies what the next replication will overwrite.</summary>
    public static ReplicationSummary Of(Tally tally, CompiledScenario scenario) => new()
    {
        Cells = [.. tally.Cells],
        Zones = [.. tally.Zones],
        Hours = [.. tally.Hours],
        Teams = [.. tally.Teams],
        Series = [.. tally.Series],
        Boroughs = scenario.File.Boroughs.Count,
        Grades = scenario.File.Grades.Count,
        HourUnassigned = [.. tally.HourUnassigned],
        HourAvailable = [.. tally.HourAvailable],
        HourCommitted = [.. tally.HourCommitted],
        HourOnDuty = [.. tally.HourOnDuty],
        HourLength = [.. tally.HourLength],
        UnassignedSeconds = [.. tally.UnassignedSeconds],
        UnassignedMax = [.. tally.UnassignedMax],
        DayUnassigned = [.. tally.DayUnassigned],
        UnitSeconds = [.. tally.UnitSeconds],
        CrossBorough = [.. tally.CrossBorough],
        OvertimeSeconds = [.. tally.OvertimeSeconds],
        CaseSeconds = [.. tally.CaseSeconds],
        MostCases = [.. tally.MostCases],
        Metres = [.. tally.Metres],
        OtherMetres = [.. tally.OtherMetres],
        ControllerBusySeconds = [.. tally.ControllerBusySeconds],
        ControllerWaitSeconds = [.. tally.ControllerWaitSeconds],
        ChannelBusySeconds = [.. tally.ChannelBusySeconds],
        ChannelWaitSeconds = [.. tally.ChannelWaitSeconds],
        GroupIncidents = [.. tally.GroupIncidents],
        InspectorBusySeconds = [.. tally.InspectorBusySeconds],
        InspectorWaitSeconds = [.. tally.InspectorWaitSeconds],
        InspectorDecisions = [.. tally.InspectorDecisions],
        Events = tally.Events,
        Incidents = tally.Incidents,
        UnassignedGrowth = tally.UnassignedAtEnd - tally.UnassignedAtStart,
        Quantiles = QuantilesOf(tally, ResultAreas.Of(scenario), scenario.File.Grades.Count),
    };

    // Nearest rank over all that needed attendance; those never attended stand last.
    private static double[] QuantilesOf(Tally tally, IReadOnlyList<ResultArea> areas, int grades)
    {
        var quantiles = new double[areas.Count * grades * 2];
        var counts = new int[Tally.Fine];
        for (var a = 0; a < areas.Count; a++)
        {
            for (var g = 0; g < grades; g++)
            {
                Array.Clear(counts);
                long needing = 0, attended = 0;
                foreach (var borough in areas[a].Boroughs)
                {
                    var cell = (borough * grades) + g;
                    needing += tally.Cells[cell].Needing;
                    attended += tally.Cells[cell].Attended;
                    var from = tally.ResponseHistogram.AsSpan(cell * Tally.Fine, Tally.Fine);
                    for (var s = 0; s < counts.Length; s++)
                    {
                        counts[s] += from[s];
                    }
                }

                for (var q = 0; q < 2; q++)
                {
                    var rank = (long)Math.Ceiling((q == 0 ? 0.5 : 0.9) * needing) - 1;
                    quantiles[(((a * grades) + g) * 2) + q] = needing > 0 && rank < attended ? At(rank, counts, tally, areas[a], grades, g) / 60.0 : double.NaN;
                }
            }
        }

        return quantiles;
    }

    private static int At(long rank, int[] counts, Tally tally, ResultArea area, int grades, int grade)
    {
        for (var s = 0; s < counts.Length; s++)
        {
            rank -= counts[s];
            if (rank < 0)
            {
                return s;
            }
        }

        var members = area.Boroughs.Select(b => (b * grades) + grade).ToHashSet();
        var longs = Enumerable.Range(0, tally.Longs).Where(i => members.Contains(tally.LongCell[i])).Select(i => tally.LongSeconds[i]).Order().ToArray();
        return longs[rank];
    }
}

/// <summary>An area that results are given for: the force, a command unit or a borough, as borough indexes.</summary>
internal sealed record ResultArea(string Level, string Code, string Name, int[] Boroughs, int UnassignedLevel);

/// <summary>The areas of a scenario, in the order of results.</summary>
internal static class ResultAreas
{
    public static IReadOnlyList<ResultArea> Of(CompiledScenario scenario)
    {
        var file = scenario.File;
        var boroughs = file.Boroughs.Select((b, i) => (b.Code, i)).ToDictionary(p => p.Code, p => p.i, StringComparer.Ordinal);
        var n = file.Boroughs.Count;
        return
        [
            new ResultArea("force", "force", file.Name, [.. Enumerable.Range(0, n)], n + scenario.Names.CommandUnits.Count),
            .. scenario.Names.CommandUnits.Select((u, i) => new ResultArea("command-unit", u.Code, u.Name, [.. u.Boroughs.Select(b => boroughs[b]).Order()], n + i)),
            .. file.Boroughs.Select((b, i) => new ResultArea("borough", b.Code, b.Name, [i], i)),
        ];
    }
}
