using Pathfinder.Engine.Response;

namespace Pathfinder.Platform.Scenarios;

/// <summary>What is kept of one replication: its tally's counts, and the quantiles that need every response time.</summary>
internal sealed class ReplicationSummary
{
    private ReplicationSummary()
    {
    }

    public required long[] Needing { get; init; }

    public required long[] Telephone { get; init; }

    public required long[] Attended { get; init; }

    public required long[] InTarget { get; init; }

    public required long[] Over30 { get; init; }

    public required long[] ResponseSeconds { get; init; }

    public required long[] ControllerSeconds { get; init; }

    public required long[] ChannelSeconds { get; init; }

    public required long[] TravelSeconds { get; init; }

    public required long[] ZoneNeeding { get; init; }

    public required long[] ZoneAttended { get; init; }

    public required long[] ZoneInTarget { get; init; }

    public required long[] ZoneSeconds { get; init; }

    public required long[] HourNeeding { get; init; }

    public required long[] HourAttended { get; init; }

    public required long[] HourInTarget { get; init; }

    public required long[] HourSeconds { get; init; }

    public required long[] HourUnassigned { get; init; }

    public required long[] HourAvailable { get; init; }

    public required long[] HourCommitted { get; init; }

    public required long[] HourOnDuty { get; init; }

    public required long[] HourLength { get; init; }

    public required long[] SeriesNeeding { get; init; }

    public required long[] SeriesAttended { get; init; }

    public required long[] SeriesInTarget { get; init; }

    public required long[] SeriesSeconds { get; init; }

    public required long[] SeriesControllerSeconds { get; init; }

    public required long[] SeriesChannelSeconds { get; init; }

    public required long[] SeriesTravelSeconds { get; init; }

    public required long[] TeamAttended { get; init; }

    public required long[] TeamInTarget { get; init; }

    public required long[] TeamSeconds { get; init; }

    public required long[] UnassignedSeconds { get; init; }

    public required int[] UnassignedMax { get; init; }

    public required long[] UnitSeconds { get; init; }

    public required long[] CrossBorough { get; init; }

    public required long[] OvertimeSeconds { get; init; }

    public required double[] Metres { get; init; }

    public required long[] ControllerBusySeconds { get; init; }

    public required long[] ControllerWaitSeconds { get; init; }

    public required long[] ChannelBusySeconds { get; init; }

    public required long[] ChannelWaitSeconds { get; init; }

    public required long[] GroupIncidents { get; init; }

    public required long Events { get; init; }

    public required long Incidents { get; init; }

    public required int UnassignedGrowth { get; init; }

    /// <summary>Median and 90th percentile in minutes [(area × grades + grade) × 2]; NaN where there is none, or it was never attended.</summary>
    public required double[] Quantiles { get; init; }

    /// <summary>Copies what the next replication will overwrite.</summary>
    public static ReplicationSummary Of(Tally tally, CompiledScenario scenario) => new()
    {
        Needing = [.. tally.Needing],
        Telephone = [.. tally.Telephone],
        Attended = [.. tally.Attended],
        InTarget = [.. tally.InTarget],
        Over30 = [.. tally.Over30],
        ResponseSeconds = [.. tally.ResponseSeconds],
        ControllerSeconds = [.. tally.ControllerSeconds],
        ChannelSeconds = [.. tally.ChannelSeconds],
        TravelSeconds = [.. tally.TravelSeconds],
        ZoneNeeding = [.. tally.ZoneNeeding],
        ZoneAttended = [.. tally.ZoneAttended],
        ZoneInTarget = [.. tally.ZoneInTarget],
        ZoneSeconds = [.. tally.ZoneSeconds],
        HourNeeding = [.. tally.HourNeeding],
        HourAttended = [.. tally.HourAttended],
        HourInTarget = [.. tally.HourInTarget],
        HourSeconds = [.. tally.HourSeconds],
        HourUnassigned = [.. tally.HourUnassigned],
        HourAvailable = [.. tally.HourAvailable],
        HourCommitted = [.. tally.HourCommitted],
        HourOnDuty = [.. tally.HourOnDuty],
        HourLength = [.. tally.HourLength],
        SeriesNeeding = [.. tally.SeriesNeeding],
        SeriesAttended = [.. tally.SeriesAttended],
        SeriesInTarget = [.. tally.SeriesInTarget],
        SeriesSeconds = [.. tally.SeriesSeconds],
        SeriesControllerSeconds = [.. tally.SeriesControllerSeconds],
        SeriesChannelSeconds = [.. tally.SeriesChannelSeconds],
        SeriesTravelSeconds = [.. tally.SeriesTravelSeconds],
        TeamAttended = [.. tally.TeamAttended],
        TeamInTarget = [.. tally.TeamInTarget],
        TeamSeconds = [.. tally.TeamSeconds],
        UnassignedSeconds = [.. tally.UnassignedSeconds],
        UnassignedMax = [.. tally.UnassignedMax],
        UnitSeconds = [.. tally.UnitSeconds],
        CrossBorough = [.. tally.CrossBorough],
        OvertimeSeconds = [.. tally.OvertimeSeconds],
        Metres = [.. tally.Metres],
        ControllerBusySeconds = [.. tally.ControllerBusySeconds],
        ControllerWaitSeconds = [.. tally.ControllerWaitSeconds],
        ChannelBusySeconds = [.. tally.ChannelBusySeconds],
        ChannelWaitSeconds = [.. tally.ChannelWaitSeconds],
        GroupIncidents = [.. tally.GroupIncidents],
        Events = tally.Events,
        Incidents = tally.Incidents,
        UnassignedGrowth = tally.UnassignedAtEnd - tally.UnassignedAtStart,
        Quantiles = QuantilesOf(tally, ResultAreas.Of(scenario), scenario.File.Grades.Count),
    };

    private static double[] QuantilesOf(Tally tally, IReadOnlyList<ResultArea> areas, int grades)
    {
        var cells = tally.Needing.Length;
        var start = new int[cells + 1];
        for (var i = 0; i < tally.Samples; i++)
        {
            start[tally.SampleCell[i] + 1]++;
        }

        for (var c = 0; c < cells; c++)
        {
            start[c + 1] += start[c];
        }

        var sorted = new int[tally.Samples];
        var fill = start.ToArray();
        for (var i = 0; i < tally.Samples; i++)
        {
            sorted[fill[tally.SampleCell[i]]++] = tally.SampleSeconds[i];
        }

        var quantiles = new double[areas.Count * grades * 2];
        var scratch = new int[tally.Samples];
        for (var a = 0; a < areas.Count; a++)
        {
            for (var g = 0; g < grades; g++)
            {
                var n = 0;
                long needing = 0;
                foreach (var borough in areas[a].Boroughs)
                {
                    var cell = (borough * grades) + g;
                    needing += tally.Needing[cell];
                    Array.Copy(sorted, start[cell], scratch, n, start[cell + 1] - start[cell]);
                    n += start[cell + 1] - start[cell];
                }

                Array.Sort(scratch, 0, n);
                for (var q = 0; q < 2; q++)
                {
                    // Nearest rank over all that needed attendance; those never attended stand last.
                    var rank = (long)Math.Ceiling((q == 0 ? 0.5 : 0.9) * needing) - 1;
                    quantiles[(((a * grades) + g) * 2) + q] = needing > 0 && rank < n ? scratch[rank] / 60.0 : double.NaN;
                }
            }
        }

        return quantiles;
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
