using System;

namespace Pathfinder.Engine.Response;

/// <summary>
/// What one replication counted. Counts and whole seconds only, so that adding replications up in order gives the same bits
/// always. Incidents belong to the borough where they happen, unit time to the borough the unit comes from; only incidents
/// created in the counted window, and the part of each interval inside it, are counted.
/// </summary>
public sealed class Tally
{
    /// <summary>Number of unit states.</summary>
    public const int States = 9;

    internal Tally(Scenario scenario)
    {
        var (b, g) = (scenario.Boroughs, scenario.Grades.Length);
        var levels = b + scenario.CommandUnits + 1;
        Needing = new long[b * g];
        Telephone = new long[b * g];
        Attended = new long[b * g];
        InTarget = new long[b * g];
        Over30 = new long[b * g];
        ResponseSeconds = new long[b * g];
        ControllerSeconds = new long[b * g];
        ChannelSeconds = new long[b * g];
        TravelSeconds = new long[b * g];
        ZoneNeeding = new long[scenario.Zones * g];
        ZoneAttended = new long[scenario.Zones * g];
        ZoneInTarget = new long[scenario.Zones * g];
        ZoneSeconds = new long[scenario.Zones * g];
        HourNeeding = new long[168 * g];
        HourAttended = new long[168 * g];
        HourInTarget = new long[168 * g];
        HourSeconds = new long[168 * g];
        HourUnassigned = new long[168];
        HourAvailable = new long[168];
        HourCommitted = new long[168];
        HourOnDuty = new long[168];
        HourLength = new long[168];
        var series = scenario.Series * b * g;
        SeriesNeeding = new long[series];
        SeriesAttended = new long[series];
        SeriesInTarget = new long[series];
        SeriesSeconds = new long[series];
        SeriesControllerSeconds = new long[series];
        SeriesChannelSeconds = new long[series];
        SeriesTravelSeconds = new long[series];
        TeamAttended = new long[scenario.Teams * g];
        TeamInTarget = new long[scenario.Teams * g];
        TeamSeconds = new long[scenario.Teams * g];
        UnassignedSeconds = new long[levels];
        UnassignedMax = new int[levels];
        UnitSeconds = new long[b * States];
        CrossBorough = new long[b];
        OvertimeSeconds = new long[b];
        Metres = new double[b];
        ControllerBusySeconds = new long[scenario.Groups.Length];
        ControllerWaitSeconds = new long[scenario.Groups.Length];
        ChannelBusySeconds = new long[scenario.Groups.Length];
        ChannelWaitSeconds = new long[scenario.Groups.Length];
        GroupIncidents = new long[scenario.Groups.Length];
    }

    /// <summary>Incidents needing attendance [borough × grades + grade].</summary>
    public long[] Needing { get; }

    /// <summary>Resolved by telephone, likewise.</summary>
    public long[] Telephone { get; }

    /// <summary>Attended by the end of the drain.</summary>
    public long[] Attended { get; }

    /// <summary>Attended within the target.</summary>
    public long[] InTarget { get; }

    /// <summary>Attended after more than 30 minutes.</summary>
    public long[] Over30 { get; }

    /// <summary>Sum of response times of those attended.</summary>
    public long[] ResponseSeconds { get; }

    /// <summary>Part of it with the controllers.</summary>
    public long[] ControllerSeconds { get; }

    /// <summary>Part of it with the channel.</summary>
    public long[] ChannelSeconds { get; }

    /// <summary>Part of it on the last leg of the unit that arrived first. What remains is waiting for a unit.</summary>
    public long[] TravelSeconds { get; }

    /// <summary>Incidents needing attendance [zone × grades + grade].</summary>
    public long[] ZoneNeeding { get; }

    /// <summary>Attended, likewise.</summary>
    public long[] ZoneAttended { get; }

    /// <summary>In target, likewise.</summary>
    public long[] ZoneInTarget { get; }

    /// <summary>Sum of response times, likewise.</summary>
    public long[] ZoneSeconds { get; }

    /// <summary>Incidents needing attendance [hour of week × grades + grade], by the hour created.</summary>
    public long[] HourNeeding { get; }

    /// <summary>Attended, likewise.</summary>
    public long[] HourAttended { get; }

    /// <summary>In target, likewise.</summary>
    public long[] HourInTarget { get; }

    /// <summary>Sum of response times, likewise.</summary>
    public long[] HourSeconds { get; }

    /// <summary>Incident-seconds unassigned by hour of week.</summary>
    public long[] HourUnassigned { get; }

    /// <summary>Unit-seconds available by hour of week.</summary>
    public long[] HourAvailable { get; }

    /// <summary>Unit-seconds committed to incidents by hour of week.</summary>
    public long[] HourCommitted { get; }

    /// <summary>Unit-seconds on duty by hour of week.</summary>
    public long[] HourOnDuty { get; }

    /// <summary>Seconds counted of each hour of week.</summary>
    public long[] HourLength { get; }

    /// <summary>Incidents needing attendance [(series × boroughs + borough) × grades + grade], by the day created.</summary>
    public long[] SeriesNeeding { get; }

    /// <summary>Attended, likewise.</summary>
    public long[] SeriesAttended { get; }

    /// <summary>In target, likewise.</summary>
    public long[] SeriesInTarget { get; }

    /// <summary>Sum of response times, likewise.</summary>
    public long[] SeriesSeconds { get; }

    /// <summary>Part of it with the controllers, likewise.</summary>
    public long[] SeriesControllerSeconds { get; }

    /// <summary>Part of it with the channel, likewise.</summary>
    public long[] SeriesChannelSeconds { get; }

    /// <summary>Part of it on the last leg, likewise.</summary>
    public long[] SeriesTravelSeconds { get; }

    /// <summary>Attended first by a team [team × grades + grade].</summary>
    public long[] TeamAttended { get; }

    /// <summary>In target, likewise.</summary>
    public long[] TeamInTarget { get; }

    /// <summary>Sum of response times, likewise.</summary>
    public long[] TeamSeconds { get; }

    /// <summary>Incident-seconds unassigned by borough, then command unit, then the force.</summary>
    public long[] UnassignedSeconds { get; }

    /// <summary>Longest unassigned queue, likewise.</summary>
    public int[] UnassignedMax { get; }

    /// <summary>Unit-seconds [borough × states + state].</summary>
    public long[] UnitSeconds { get; }

    /// <summary>Deployments to another borough than the unit's own.</summary>
    public long[] CrossBorough { get; }

    /// <summary>Unit-seconds worked after the end of the shift.</summary>
    public long[] OvertimeSeconds { get; }

    /// <summary>Metres driven to incidents.</summary>
    public double[] Metres { get; }

    /// <summary>Controller-seconds busy by despatch group.</summary>
    public long[] ControllerBusySeconds { get; }

    /// <summary>Sum of waits for a controller, handling excluded.</summary>
    public long[] ControllerWaitSeconds { get; }

    /// <summary>Channel-seconds busy.</summary>
    public long[] ChannelBusySeconds { get; }

    /// <summary>Sum of waits for the channel, air time excluded.</summary>
    public long[] ChannelWaitSeconds { get; }

    /// <summary>Incidents that passed both stages.</summary>
    public long[] GroupIncidents { get; }

    /// <summary>Changes of state of a unit or an incident, warm-up and drain included.</summary>
    public long Events { get; internal set; }

    /// <summary>Incidents created in the counted window, by telephone or not.</summary>
    public long Incidents { get; internal set; }

    /// <summary>Incidents waiting for a unit at the start of the window.</summary>
    public int UnassignedAtStart { get; internal set; }

    /// <summary>Incidents waiting for a unit at its end.</summary>
    public int UnassignedAtEnd { get; internal set; }

    /// <summary>How many attended incidents the two sample arrays hold.</summary>
    public int Samples { get; private set; }

    /// <summary>Borough × grades + grade of each attended incident, in order of attendance.</summary>
    public int[] SampleCell { get; private set; } = new int[1024];

    /// <summary>Response seconds of each.</summary>
    public int[] SampleSeconds { get; private set; } = new int[1024];

    internal void AddSample(int cell, int seconds)
    {
        if (Samples == SampleCell.Length)
        {
            var (cells, times) = (SampleCell, SampleSeconds);
            Array.Resize(ref cells, Samples * 2);
            Array.Resize(ref times, Samples * 2);
            (SampleCell, SampleSeconds) = (cells, times);
        }

        SampleCell[Samples] = cell;
        SampleSeconds[Samples++] = seconds;
    }

    internal void Clear()
    {
        foreach (var array in new[]
        {
            Needing, Telephone, Attended, InTarget, Over30, ResponseSeconds, ControllerSeconds, ChannelSeconds, TravelSeconds,
            ZoneNeeding, ZoneAttended, ZoneInTarget, ZoneSeconds, HourNeeding, HourAttended, HourInTarget, HourSeconds,
            HourUnassigned, HourAvailable, HourCommitted, HourOnDuty, HourLength, TeamAttended, TeamInTarget, TeamSeconds,
            SeriesNeeding, SeriesAttended, SeriesInTarget, SeriesSeconds, SeriesControllerSeconds, SeriesChannelSeconds, SeriesTravelSeconds,
            UnassignedSeconds, UnitSeconds, CrossBorough, OvertimeSeconds,
            ControllerBusySeconds, ControllerWaitSeconds, ChannelBusySeconds, ChannelWaitSeconds, GroupIncidents,
        })
        {
            Array.Clear(array);
        }

        Array.Clear(UnassignedMax);
        Array.Clear(Metres);
        Samples = 0;
        Events = 0;
        Incidents = 0;
        UnassignedAtStart = 0;
        UnassignedAtEnd = 0;
    }
}
