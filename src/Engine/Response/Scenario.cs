using System;
using Pathfinder.Engine.Geography;
using Pathfinder.Engine.Numerics;
using Pathfinder.Engine.Travel;

namespace Pathfinder.Engine.Response;

/// <summary>Who may be sent to an incident.</summary>
public enum DespatchMode : byte
{
    /// <summary>Units whose home is the incident's borough.</summary>
    Borough,

    /// <summary>Units of the incident's command unit.</summary>
    CommandUnit,

    /// <summary>The borough's own, and after a wait the whole command unit.</summary>
    BoroughThenCommandUnit,

    /// <summary>Any unit.</summary>
    ForceWide,
}

/// <summary>Where a unit with nothing to do goes.</summary>
public enum WhenFree : byte
{
    /// <summary>It stays where it cleared.</summary>
    Stay,

    /// <summary>To its parade site.</summary>
    Base,

    /// <summary>To the nearest zone of its home borough.</summary>
    Home,

    /// <summary>To one of its patrol zones, chosen anew each time and after each spell of patrol.</summary>
    Patrol,
}

/// <summary>What one grade of incident asks for. Grades are numbered in order of priority, 0 first.</summary>
public sealed record GradeRules
{
    /// <summary>Charter target in seconds; negative for none.</summary>
    public int TargetSeconds { get; init; } = -1;

    /// <summary>Time on scene of each unit.</summary>
    public Duration Scene { get; init; }

    /// <summary>Cumulative probability of needing at most 1, 2, 3… units; the last is 1.</summary>
    public double[] UnitsNeeded { get; init; } = [1];

    /// <summary>Probability that the first unit arrests.</summary>
    public double ArrestProbability { get; init; }

    /// <summary>Custody tie-up of that unit.</summary>
    public Duration Custody { get; init; }

    /// <summary>Share resolved by telephone.</summary>
    public double TelephoneShare { get; init; }

    /// <summary>Share of those passed back to an officer.</summary>
    public double PassBackShare { get; init; }

    /// <summary>Delay until those join the queue, seconds.</summary>
    public int PassBackAfterSeconds { get; init; }

    /// <summary>Probability that the first unit keeps case work: crime share times end-to-end share.</summary>
    public double CaseWorkProbability { get; init; }

    /// <summary>Case work kept.</summary>
    public Duration CaseWork { get; init; }

    /// <summary>Whether it may take units travelling to a lower grade, or in case work.</summary>
    public bool PreEmpts { get; init; }

    /// <summary>Seconds for its own borough before the whole command unit is asked; negative for never.</summary>
    public int WidenAfterSeconds { get; init; } = -1;

    /// <summary>Seconds before any unit of the force is asked; negative for never.</summary>
    public int ForceAfterSeconds { get; init; } = -1;

    /// <summary>Free units that another borough keeps back for itself: it lends only what it has beyond.</summary>
    public int KeepFree { get; init; }

    /// <summary>Whether an incident that finds no unit free is lost instead of waiting.</summary>
    public bool Lost { get; init; }

    /// <summary>Whether its scenes may be interrupted by a grade that pre-empts, and resumed later where they were left.</summary>
    public bool Interruptible { get; init; }

    /// <summary>Share that is attended in any case, because somebody is vulnerable.</summary>
    public double VulnerableShare { get; init; }

    /// <summary>Chance that a duty inspector must decide before a unit is sent.</summary>
    public double DecisionShare { get; init; }

    /// <summary>Chance that a single-crewed first unit needs a second.</summary>
    public double SupportShare { get; init; }
}

/// <summary>Boroughs that share duty inspectors.</summary>
/// <param name="Inspectors">On duty; 0 where deciding takes no time.</param>
/// <param name="Decision">Time of one decision.</param>
public sealed record InspectorRules(int Inspectors, Duration Decision);

/// <summary>A call for aid: of the crews that parade between two seconds in a borough, each goes with a chance.</summary>
/// <param name="From">First second.</param>
/// <param name="To">Second after the last.</param>
/// <param name="Borough">The borough.</param>
/// <param name="Share">The chance.</param>
public sealed record AidCall(int From, int To, int Borough, double Share);

/// <summary>Boroughs that share controllers and channels.</summary>
/// <param name="Controllers">Servers of the first stage; 0 where it takes no time.</param>
/// <param name="Handling">Handling time by grade.</param>
/// <param name="Channels">Servers of the second stage; 0 where it takes no time.</param>
/// <param name="DespatchAirTime">Air time before the first unit is on its way.</param>
/// <param name="StatusAirTime">Air time of one deployed unit's status messages, half on arrival and half on clearing.</param>
public sealed record GroupRules(int Controllers, Duration[] Handling, int Channels, Duration DespatchAirTime, Duration StatusAirTime);

/// <summary>A shift of the day, in seconds.</summary>
/// <param name="Start">Seconds after midnight.</param>
/// <param name="Length">At most a day.</param>
/// <param name="Briefing">From the start until crews are available.</param>
/// <param name="Meal">Once in the middle third; 0 for none.</param>
/// <param name="TeamOfDay">The team on duty on day d is element d modulo the length; several shifts may share a cycle.</param>
/// <param name="Standing">Never ends: crews are there from the first second to the last.</param>
public sealed record ShiftRules(int Start, int Length, int Briefing, int Meal, int[] TeamOfDay, bool Standing);

/// <summary>Crews of one borough and shift that book on at one zone.</summary>
/// <param name="Zone">The parade site's zone.</param>
/// <param name="Borough">Home borough.</param>
/// <param name="Shift">The shift.</param>
/// <param name="Crews">Seats planned.</param>
/// <param name="Vehicles">Bound on seats that deploy.</param>
/// <param name="AbsenceShare">Chance that a seat is empty.</param>
public sealed record CrewRules(int Zone, int Borough, int Shift, int Crews, int Vehicles, double AbsenceShare)
{
    /// <summary>Chance that a crew that is there works outside its role for the shift.</summary>
    public double AbstractionShare { get; init; }

    /// <summary>Chance that a crew has one officer.</summary>
    public double SingleShare { get; init; }

    /// <summary>The parade site whose vehicles its shifts share; negative where <see cref="Vehicles"/> is the only bound.</summary>
    public int Site { get; init; } = -1;

    /// <summary>Zones it patrols; empty for all of its borough.</summary>
    public int[] PatrolZones { get; init; } = [];
}

/// <summary>Everything a replication reads. Immutable once built, and shared by all threads.</summary>
public sealed record Scenario
{
    /// <summary>Seconds simulated before counting.</summary>
    public required int WarmUpSeconds { get; init; }

    /// <summary>Seconds counted.</summary>
    public required int CountedSeconds { get; init; }

    /// <summary>Longest time after the counted window during which its incidents may still be attended.</summary>
    public required int DrainSeconds { get; init; }

    /// <summary>Hour of week (Monday 00:00 = 0) of second 0; a midnight.</summary>
    public required int StartHourOfWeek { get; init; }

    /// <summary>Arrivals by hour of week, zone and grade.</summary>
    public required ArrivalTable Arrivals { get; init; }

    /// <summary>Distances.</summary>
    public required DistanceMatrix Distances { get; init; }

    /// <summary>Journey times.</summary>
    public required TravelModel Travel { get; init; }

    /// <summary>Borough of each zone.</summary>
    public required int[] ZoneBorough { get; init; }

    /// <summary>Command unit of each borough.</summary>
    public required int[] BoroughUnit { get; init; }

    /// <summary>Despatch group of each borough.</summary>
    public required int[] BoroughGroup { get; init; }

    /// <summary>Guards and constant watches of each command unit and shift, in units.</summary>
    public required int[] GuardUnits { get; init; }

    /// <summary>Grades in order of priority.</summary>
    public required GradeRules[] Grades { get; init; }

    /// <summary>
    /// What incidents of each type ask for in each borough, where that differs from <see cref="Grades"/>; null where it does not.
    /// Whether a grade pre-empts is the same for all.
    /// </summary>
    public IncidentKinds? Kinds { get; init; }

    /// <summary>Despatch groups.</summary>
    public required GroupRules[] Groups { get; init; }

    /// <summary>Shifts.</summary>
    public required ShiftRules[] Shifts { get; init; }

    /// <summary>How many teams.</summary>
    public required int Teams { get; init; }

    /// <summary>Crews.</summary>
    public required CrewRules[] Crews { get; init; }

    /// <summary>Who may be sent where.</summary>
    public required DespatchMode Mode { get; init; }

    /// <summary>Where a free unit goes.</summary>
    public required WhenFree WhenFree { get; init; }

    /// <summary>Incidents of a real log, which then take the place of <see cref="Arrivals"/>; null where arrivals are drawn.</summary>
    public IncidentLog? Log { get; init; }

    /// <summary>
    /// What holds later, in order of time: a change of organisation inside one run. A later phase shares zones, boroughs, shifts
    /// and teams with the first, and has as many grades, command units, despatch groups and rows of crews (a row's place,
    /// borough and shift stay; its crews may be 0); its own warm-up, window and arrivals are not looked at.
    /// </summary>
    public Phase[] Later { get; init; } = [];

    /// <summary>Series to which each day of the simulated time belongs, from day 0 (a calendar month); empty for one series.</summary>
    public int[] SeriesOfDay { get; init; } = [];

    /// <summary>How many series <see cref="SeriesOfDay"/> tells apart; 0 where none is kept.</summary>
    public int Series { get; init; }

    /// <summary>Duty inspectors' areas; empty where there are none.</summary>
    public InspectorRules[] Inspectors { get; init; } = [];

    /// <summary>Inspectors' area of each borough.</summary>
    public int[] BoroughInspectors { get; init; } = [];

    /// <summary>Rows of crews in the order in which they are asked, for each zone; empty where the nearest is.</summary>
    public int[][] BackUpOrder { get; init; } = [];

    /// <summary>Vehicles of each parade site that the shifts of its crews share.</summary>
    public int[] SiteVehicles { get; init; } = [];

    /// <summary>A spell of patrol in one zone; 0 for until sent.</summary>
    public int PatrolSeconds { get; init; }

    /// <summary>
    /// Whether among the waiting incidents of a grade those that have no unit yet come before those that need another; otherwise
    /// the oldest comes first.
    /// </summary>
    public bool FirstUnitFirst { get; init; }

    /// <summary>Whether crews go to their ground first and are available only there.</summary>
    public bool TravelsToStart { get; init; }

    /// <summary>Calls for aid, over the whole run.</summary>
    public AidCall[] Aid { get; init; } = [];

    /// <summary>Boroughs.</summary>
    public int Boroughs => BoroughUnit.Length;

    /// <summary>Command units.</summary>
    public int CommandUnits => GuardUnits.Length;

    /// <summary>Zones.</summary>
    public int Zones => ZoneBorough.Length;
}

/// <summary>The kinds of incident that types, or rules of their own in some boroughs, make of grades.</summary>
/// <param name="Rules">What each kind asks for.</param>
/// <param name="First">First kind of each borough and grade [borough × grades + grade], and after the last their number.</param>
/// <param name="UpTo">Share of the incidents of its borough and grade that are of a kind or of one before it; 1 for the last.</param>
public sealed record IncidentKinds(GradeRules[] Rules, int[] First, double[] UpTo);

/// <summary>From a second of the run on, other rules hold.</summary>
/// <param name="From">The second.</param>
/// <param name="Rules">What holds then.</param>
public sealed record Phase(int From, Scenario Rules);

/// <summary>Incidents of a log, in order of time. Their place in the log is their number, the key of all that is drawn for them.</summary>
/// <param name="Time">Second of creation of each.</param>
/// <param name="Zone">Its zone.</param>
/// <param name="Grade">Its grade.</param>
/// <param name="Units">Units it needed; 0 where the log does not say, and the number is drawn.</param>
/// <param name="Scene">Seconds its units were engaged; negative where the log does not say, and the time is drawn.</param>
public sealed record IncidentLog(int[] Time, int[] Zone, byte[] Grade, byte[] Units, int[] Scene);

/// <summary>
/// Arrival rates of a non-homogeneous Poisson process that is constant within an hour. A table holds the total rate and
/// chooses the zone and grade; an hour follows the table of its hour of the week, or one planned for it. Equal rates share a
/// table.
/// </summary>
public sealed class ArrivalTable
{
    private readonly double[] _perSecond;
    private readonly AliasTable?[] _cells;
    private readonly int[] _tableOfHour;

    /// <summary>
    /// Takes incidents an hour as [table × cells + zone × grades + grade]. Without a plan there are 168 tables, one an hour of
    /// the week; with one, the table of each hour of the run, and after its end as in its last week. Throws
    /// <see cref="ArgumentException"/> on a length that is no whole number of tables, or a negative rate.
    /// </summary>
    public ArrivalTable(ReadOnlySpan<double> perHour, int cells, int[]? tableOfHour = null)
    {
        var tables = perHour.Length / cells;
        if (perHour.Length != tables * cells || (tableOfHour is null && tables != 168))
        {
            throw new ArgumentException("Rates must cover every zone and grade, and 168 hours where no hour is planned.", nameof(perHour));
        }

        _tableOfHour = tableOfHour ?? [];
        _perSecond = new double[tables];
        _cells = new AliasTable?[tables];
        for (var table = 0; table < tables; table++)
        {
            var row = perHour.Slice(table * cells, cells);
            double total = 0;
            foreach (var rate in row)
            {
                total += rate >= 0 ? rate : throw new ArgumentException("A rate is negative or not a number.", nameof(perHour));
            }

            _perSecond[table] = total / 3600;
            if (total > 0)
            {
                for (var earlier = 0; earlier < table && _cells[table] is null; earlier++)
                {
                    if (_perSecond[earlier] == _perSecond[table] && row.SequenceEqual(perHour.Slice(earlier * cells, cells)))
                    {
                        _cells[table] = _cells[earlier];
                    }
                }

                _cells[table] ??= new AliasTable(row);
            }
        }
    }

    /// <summary>The table of an hour of the run, which is also an hour of the week.</summary>
    public int Table(int hour, int hourOfWeek) =>
        _tableOfHour.Length == 0 ? hourOfWeek
        : hour < _tableOfHour.Length ? _tableOfHour[hour]
        : _tableOfHour[_tableOfHour.Length - 168 + ((hour - _tableOfHour.Length) % 168)];

    /// <summary>Incidents a second under one table.</summary>
    public double PerSecond(int table) => _perSecond[table];

    /// <summary>The cell (zone × grades + grade) that random bits choose under one table.</summary>
    public int Cell(int table, ulong bits) => _cells[table]!.Pick(bits);
}
