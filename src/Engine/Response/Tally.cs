using System;

namespace Pathfinder.Engine.Response;

/// <summary>What was counted of the incidents of one place, time and grade.</summary>
public struct Counts
{
    /// <summary>Needing attendance.</summary>
    public int Needing;

    /// <summary>Resolved by telephone.</summary>
    public int Telephone;

    /// <summary>Attended by the end of the drain.</summary>
    public int Attended;

    /// <summary>Attended within the target.</summary>
    public int InTarget;

    /// <summary>Attended after more than 30 minutes.</summary>
    public int Over30;

    /// <summary>Found no unit free when units were first asked for.</summary>
    public int FoundNone;

    /// <summary>Lost because none was free.</summary>
    public int Lost;

    /// <summary>Cleared: the last unit has left.</summary>
    public int Cleared;

    /// <summary>Sum of response times of those attended.</summary>
    public long ResponseSeconds;

    /// <summary>Part of it with the controllers.</summary>
    public long ControllerSeconds;

    /// <summary>Part of it with the channel.</summary>
    public long ChannelSeconds;

    /// <summary>Part of it with a duty inspector.</summary>
    public long InspectorSeconds;

    /// <summary>Part of it on the last leg of the unit that arrived first. What remains is waiting for a unit.</summary>
    public long TravelSeconds;

    /// <summary>Sum of times from creation until cleared, of those cleared.</summary>
    public long ClearedSeconds;
}

/// <summary>The least that is counted of the incidents of one place or time and grade.</summary>
public struct BriefCounts
{
    /// <summary>Needing attendance.</summary>
    public int Needing;

    /// <summary>Attended by the end of the drain.</summary>
    public int Attended;

    /// <summary>Attended within the target.</summary>
    public int InTarget;

    /// <summary>Sum of response times of those attended.</summary>
    public long Seconds;
}

/// <summary>
/// What one replication counted. Counts and whole seconds only, so that adding replications up in order gives the same bits
/// always. Incidents belong to the borough where they happen, unit time to the borough the unit comes from; only incidents
/// created in the counted window, and the part of each interval inside it, are counted.
/// </summary>
public sealed class Tally
{
    /// <summary>Number of unit states.</summary>
    public const int States = 11;

    /// <summary>Response times are counted second by second up to this many seconds, and listed beyond.</summary>
    public const int Fine = 8192;

    internal Tally(Scenario scenario)
    {
        var (b, g) = (scenario.Boroughs, scenario.Grades.Length);
        var levels = b + scenario.CommandUnits + 1;
        Cells = new Counts[b * g];
        Zones = new BriefCounts[scenario.Zones * g];
        Hours = new BriefCounts[168 * g];
        Teams = new BriefCounts[scenario.Teams * g];
        Series = new Counts[scenario.Series * b * g];
        HourUnassigned = new long[168];
        HourAvailable = new long[168];
        HourCommitted = new long[168];
        HourOnDuty = new long[168];
        HourLength = new long[168];
        UnassignedSeconds = new long[levels];
        UnassignedMax = new int[levels];
        UnitSeconds = new long[b * States];
        CrossBorough = new long[b];
        OvertimeSeconds = new long[b];
        CaseSeconds = new long[b];
        MostCases = new int[b];
        Metres = new double[b];
        OtherMetres = new double[b];
        ControllerBusySeconds = new long[scenario.Groups.Length];
        ControllerWaitSeconds = new long[scenario.Groups.Length];
        ChannelBusySeconds = new long[scenario.Groups.Length];
        ChannelWaitSeconds = new long[scenario.Groups.Length];
        GroupIncidents = new long[scenario.Groups.Length];
        InspectorBusySeconds = new long[scenario.Inspectors.Length];
        InspectorWaitSeconds = new long[scenario.Inspectors.Length];
        InspectorDecisions = new long[scenario.Inspectors.Length];
        DayUnassigned = new int[((scenario.WarmUpSeconds + scenario.CountedSeconds + scenario.DrainSeconds) / 86400) + 2];
        ResponseHistogram = new int[b * g * Fine];
    }

    /// <summary>By borough and grade [borough × grades + grade].</summary>
    public Counts[] Cells { get; }

    /// <summary>By zone and grade [zone × grades + grade].</summary>
    public BriefCounts[] Zones { get; }

    /// <summary>By hour of the week created and grade [hour × grades + grade].</summary>
    public BriefCounts[] Hours { get; }

    /// <summary>By the team that attended first [team × grades + grade]; nothing is needing there.</summary>
    public BriefCounts[] Teams { get; }

    /// <summary>By the day created [(series × boroughs + borough) × grades + grade].</summary>
    public Counts[] Series { get; }

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

    /// <summary>Incident-seconds unassigned by borough, then command unit, then the force.</summary>
    public long[] UnassignedSeconds { get; }

    /// <summary>Longest unassigned queue, likewise.</summary>
    public int[] UnassignedMax { get; }

    /// <summary>Incidents unassigned, whole force, at the end of each day of the run, warm-up included.</summary>
    public int[] DayUnassigned { get; }

    /// <summary>Unit-seconds [borough × states + state].</summary>
    public long[] UnitSeconds { get; }

    /// <summary>Units sent to another borough than the unit's own.</summary>
    public long[] CrossBorough { get; }

    /// <summary>Unit-seconds worked after the end of the shift.</summary>
    public long[] OvertimeSeconds { get; }

    /// <summary>Case-seconds kept by crews.</summary>
    public long[] CaseSeconds { get; }

    /// <summary>Most cases that one crew held at once.</summary>
    public int[] MostCases { get; }

    /// <summary>Metres driven to incidents.</summary>
    public double[] Metres { get; }

    /// <summary>Metres driven otherwise: to the ground, back to base or home, and on patrol from zone to zone. Booked when a leg ends.</summary>
    public double[] OtherMetres { get; }

    /// <summary>Controller-seconds busy by despatch group.</summary>
    public long[] ControllerBusySeconds { get; }

    /// <summary>Sum of waits for a controller, handling excluded.</summary>
    public long[] ControllerWaitSeconds { get; }

    /// <summary>Channel-seconds busy.</summary>
    public long[] ChannelBusySeconds { get; }

    /// <summary>Sum of waits for the channel, air time excluded.</summary>
    public long[] ChannelWaitSeconds { get; }

    /// <summary>Incidents that passed both stages, where there are any.</summary>
    public long[] GroupIncidents { get; }

    /// <summary>Inspector-seconds busy by area.</summary>
    public long[] InspectorBusySeconds { get; }

    /// <summary>Sum of waits for an inspector, deciding excluded.</summary>
    public long[] InspectorWaitSeconds { get; }

    /// <summary>Decisions taken.</summary>
    public long[] InspectorDecisions { get; }

    /// <summary>Changes of state of a unit or an incident, warm-up and drain included.</summary>
    public long Events { get; internal set; }

    /// <summary>Incidents created in the counted window, by telephone or not.</summary>
    public long Incidents { get; internal set; }

    /// <summary>Incidents waiting for a unit at the start of the window.</summary>
    public int UnassignedAtStart { get; internal set; }

    /// <summary>Incidents waiting for a unit at its end.</summary>
    public int UnassignedAtEnd { get; internal set; }

    /// <summary>Attended incidents by response time [(borough × grades + grade) × <see cref="Fine"/> + seconds], below <see cref="Fine"/> seconds.</summary>
    public int[] ResponseHistogram { get; }

    /// <summary>How many longer response times the two arrays hold.</summary>
    public int Longs { get; private set; }

    /// <summary>Borough × grades + grade of each, in order of attendance.</summary>
    public int[] LongCell { get; private set; } = new int[256];

    /// <summary>Response seconds of each.</summary>
    public int[] LongSeconds { get; private set; } = new int[256];

    internal void AddResponse(int cell, int seconds)
    {
        if (seconds < Fine)
        {
            ResponseHistogram[(cell * Fine) + seconds]++;
            return;
        }

        if (Longs == LongCell.Length)
        {
            var (cells, times) = (LongCell, LongSeconds);
            Array.Resize(ref cells, Longs * 2);
            Array.Resize(ref times, Longs * 2);
            (LongCell, LongSeconds) = (cells, times);
        }

        LongCell[Longs] = cell;
        LongSeconds[Longs++] = seconds;
    }

    internal void Clear()
    {
        Array.Clear(Cells);
        Array.Clear(Zones);
        Array.Clear(Hours);
        Array.Clear(Teams);
        Array.Clear(Series);
        foreach (var array in new[]
        {
            HourUnassigned, HourAvailable, HourCommitted, HourOnDuty, HourLength, UnassignedSeconds, UnitSeconds, CrossBorough, OvertimeSeconds,
            CaseSeconds, ControllerBusySeconds, ControllerWaitSeconds, ChannelBusySeconds, ChannelWaitSeconds, GroupIncidents,
            InspectorBusySeconds, InspectorWaitSeconds, InspectorDecisions,
        })
        {
            Array.Clear(array);
        }

        Array.Clear(UnassignedMax);
        Array.Clear(DayUnassigned);
        Array.Clear(MostCases);
        Array.Clear(Metres);
        Array.Clear(OtherMetres);
        Array.Clear(ResponseHistogram);
        Longs = 0;
        Events = 0;
        Incidents = 0;
        UnassignedAtStart = 0;
        UnassignedAtEnd = 0;
    }
}
