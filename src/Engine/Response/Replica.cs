using System;
using System.Collections.Generic;
using System.Runtime.Intrinsics;
using System.Threading;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Response;

/// <summary>
/// Runs replications of a scenario, one at a time, reusing its memory: once its pools have grown, nothing is allocated per
/// event. The whole event machine is this class, part by part: one function an event, each opening with the state it expects. Not
/// thread-safe; make one a thread. The same scenario, seed and replication give the same tally whatever ran before.
/// </summary>
public sealed partial class Replica
{
    /// <summary>Version of the engine's behaviour: raised whenever the same scenario and seed may give another result.</summary>
    public const string Version = "4";

    private const int HourTick = 0;
    private const int ShiftStart = 1;
    private const int BriefingEnd = 2;
    private const int ShiftEnd = 3;
    private const int MealDue = 4;
    private const int MealEnd = 5;
    private const int PassBack = 6;
    private const int HandlingEnd = 7;
    private const int AirEnd = 8;
    private const int Widen = 9;
    private const int Arrival = 10;
    private const int SceneEnd = 11;
    private const int CustodyEnd = 12;
    private const int CaseWorkEnd = 13;
    private const int PhaseStart = 14;
    private const int DecisionEnd = 15;
    private const int GroundReached = 16;
    private const int PatrolEnd = 17;
    private const int ForceAsked = 18;
    private const int StoodDown = -1;

    private static readonly Vector128<int>[] CountedIn = CountStates();

    private readonly Scenario _first;
    private readonly Roster _roster;
    private readonly Pools[] _poolsOf;
    private readonly Tally _tally;
    private readonly EventWheel _wheel = new();
    private readonly Arrivals _arrivals;
    private readonly Stage[] _controllers;
    private readonly Stage[] _channels;
    private readonly Stage[] _inspectors;
    private readonly CaseFiles _cases;
    private readonly int[]?[] _homeZone;
    private readonly int[][] _boroughZones;
    private readonly int _countFrom;
    private readonly int _countTo;
    private readonly int _horizon;
    private readonly int _grades;
    private readonly bool _withoutTravel;
    private readonly bool _byBackUp;

    // Units; those in the masks are the ones a despatch may look at.
    private readonly Unit[] _units;
    private readonly Leg[] _legs;
    private readonly ulong[] _idle;
    private readonly ulong[] _inCaseWork;
    private readonly ulong[] _onWay;
    private readonly ulong[] _interruptible;
    private readonly int[] _paraded;
    private readonly int[] _guarding;
    private readonly int[] _vehicles;

    // Queues of incidents waiting for a unit [pool × grades + grade].
    private readonly int[] _head;
    private readonly int[] _tail;
    private readonly ulong[] _waitingGrades;
    private int _queued;
    private readonly int[] _unassigned;
    private readonly int[] _unassignedSince;
    private readonly long[] _unassignedSummed;
    private readonly int[] _openCases;
    private readonly int[] _casesSince;

    private Incident[] _incidents = new Incident[256];
    private int _freeSlot;
    private int _usedSlots;

    // What holds in the present phase.
    private Scenario _scenario;
    private GradeRules[] _rules;
    private Pools _pools;
    private ulong _preEmptingGrades;
    private bool _interrupts;
    private bool _hasStages;
    private bool _keepsCases;
    private bool _hasChannels;
    private bool _keepsFree;
    private bool _arrests;
    private bool _telephones;
    private bool _needsSeveral;

    private RandomStream _presence;
    private bool _counting;
    private int _now;
    private long _events;
    private int _hourOfWeek;
    private int _number;
    private int _pending;
    private bool _follows;

    // Units available, committed and on duty; their seconds of the hour so far are what is held and count × time since its
    // start, likewise the incident-seconds: only a change of a count touches them.
    private Vector128<int> _inHand;
    private Vector128<int> _inHandSeconds;
    private int _hourStart;
    private long _unassignedSum;

    /// <summary>Prepares the memory for one scenario.</summary>
    public Replica(Scenario scenario)
    {
        CheckPhases(scenario);
        _first = _scenario = scenario;
        _rules = scenario.Kinds?.Rules ?? scenario.Grades;
        _grades = scenario.Grades.Length;
        _roster = new Roster(scenario);
        _poolsOf = new Pools[scenario.Later.Length + 1];
        _poolsOf[0] = _pools = new Pools(scenario);
        for (var p = 0; p < scenario.Later.Length; p++)
        {
            _poolsOf[p + 1] = new Pools(scenario.Later[p].Rules);
        }

        _tally = new Tally(scenario);
        _countFrom = scenario.WarmUpSeconds;
        _countTo = scenario.WarmUpSeconds + scenario.CountedSeconds;
        _horizon = _countTo + scenario.DrainSeconds;
        _withoutTravel = scenario.Travel.IsNone && scenario.Distances.IsZero;
        _byBackUp = scenario.BackUpOrder.Length > 0;
        _arrivals = new Arrivals(scenario, _horizon);
        _controllers = Stages(scenario.Groups.Length);
        _channels = Stages(scenario.Groups.Length);
        _inspectors = Stages(scenario.Inspectors.Length);
        _cases = new CaseFiles(_roster.Holders * scenario.Teams);
        _homeZone = new int[]?[scenario.Boroughs];
        _boroughZones = new int[scenario.Boroughs][];
        for (var b = 0; b < scenario.Boroughs; b++)
        {
            var members = new bool[scenario.Zones];
            var zones = new List<int>();
            for (var z = 0; z < scenario.Zones; z++)
            {
                members[z] = scenario.ZoneBorough[z] == b;
                if (members[z])
                {
                    zones.Add(z);
                }
            }

            _boroughZones[b] = [.. zones];
            _homeZone[b] = UsesHome(scenario) ? scenario.Distances.NearestOf(members) : null;
        }

        var units = _roster.Units;
        _units = new Unit[units];
        _legs = new Leg[units];
        _idle = new ulong[units / 64];
        _inCaseWork = new ulong[units / 64];
        _onWay = new ulong[units / 64];
        _interruptible = new ulong[units / 64];
        _paraded = new int[scenario.Crews.Length];
        _guarding = new int[scenario.Crews.Length];
        _vehicles = new int[scenario.SiteVehicles.Length];
        var pools = scenario.Boroughs + scenario.CommandUnits + 1;
        _head = new int[pools * _grades];
        _tail = new int[pools * _grades];
        _waitingGrades = new ulong[pools];
        _unassigned = new int[pools];
        _unassignedSince = new int[scenario.Boroughs];
        _unassignedSummed = new long[scenario.Boroughs];
        _openCases = new int[scenario.Boroughs];
        _casesSince = new int[scenario.Boroughs];
    }

    /// <summary>Where every change of state is written, when somebody wants to see it; null otherwise.</summary>
    public ICollection<TraceLine>? Trace { get; set; }

    /// <summary>Where every attended incident of the counted window is written, when somebody wants it; null otherwise.</summary>
    public ICollection<IncidentOutcome>? Outcomes { get; set; }

    /// <summary>Home borough of a unit that a trace or an outcome names.</summary>
    public int BoroughOf(int unit) => _first.Crews[_roster.Row[unit]].Borough;

    /// <summary>
    /// Runs one replication and returns its tally, which the next run overwrites. Throws
    /// <see cref="OperationCanceledException"/> within a simulated hour of cancellation.
    /// </summary>
    public Tally Run(ulong seed, int replication, CancellationToken cancellation = default)
    {
        Reset(seed, replication);
        while (Advance(cancellation))
        {
        }

        Finish();
        return _tally;
    }

    // Some thousand events at a time, so that the loop is compiled again while it runs, as every other method here is.
    private bool Advance(CancellationToken cancellation)
    {
        for (var n = 0; n < 4096; n++)
        {
            if (_wheel.TryTake(Math.Min(_arrivals.NextTime, _horizon), out var time, out var kind, out var subject, out var stamp))
            {
                _now = time;
                switch (kind)
                {
                    case HourTick: HourTicks(cancellation); break;
                    case ShiftStart: ShiftStarts(subject, stamp); break;
                    case BriefingEnd: BriefingEnds(subject); break;
                    case ShiftEnd: ShiftEnds(subject); break;
                    case MealDue: MealFallsDue(subject, stamp); break;
                    case MealEnd: if (stamp == _units[subject].Stamp) { MealEnds(subject); } break;
                    case PassBack: IncidentIsPassedBack(subject); break;
                    case HandlingEnd: HandlingEnds(subject, stamp); break;
                    case AirEnd: AirTimeEnds(subject, stamp); break;
                    case DecisionEnd: DecisionEnds(subject, stamp); break;
                    case Widen: SearchWidens(subject, stamp); break;
                    case ForceAsked: ForceIsAsked(subject, stamp); break;
                    case Arrival: if (stamp == _units[subject].Stamp) { UnitArrives(subject); } break;
                    case SceneEnd: if (stamp == _units[subject].Stamp) { SceneEnds(subject, ref _units[subject]); } break;
                    case CustodyEnd: CustodyEnds(subject); break;
                    case PhaseStart: PhaseStarts(subject); break;
                    case GroundReached: if (stamp == _units[subject].Stamp) { GroundIsReached(subject); } break;
                    case PatrolEnd: if (stamp == _units[subject].Stamp) { PatrolEnds(subject); } break;
                    default: if (stamp == _units[subject].Stamp) { CaseWorkEnds(subject); } break;
                }
            }
            else if (_arrivals.NextTime <= _horizon)
            {
                _now = _arrivals.NextTime;
                IncidentArrives();
            }
            else
            {
                _now = _horizon;
                return false;
            }

            if (_pending == 0 && _now >= _countTo)
            {
                return false;
            }
        }

        return true;
    }

    // ---- Time of day -------------------------------------------------------------------------------------------------

    /// <summary>Every hour, from 0: books what has accrued under the hour that ends.</summary>
    private void HourTicks(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        BookHour();
        _hourOfWeek = HourOfWeek(_now);
        if (_now == _countFrom)
        {
            StartCounting();
        }

        if (_now == _countTo)
        {
            StopCounting();
        }

        if (_counting)
        {
            _tally.HourLength[_hourOfWeek] += 3600;
        }

        if (_now % 86400 == 0 && _now > 0)
        {
            _tally.DayUnassigned[(_now / 86400) - 1] = _unassigned[^1];
        }

        _wheel.Schedule(_now + 3600, HourTick, 0, 0);
    }

    private void StartCounting()
    {
        _counting = true;
        foreach (ref var unit in _units.AsSpan())
        {
            unit.Since = _now;
        }

        Array.Fill(_unassignedSince, _now);
        Array.Fill(_casesSince, _now);
        for (var level = 0; level < _unassigned.Length; level++)
        {
            _tally.UnassignedMax[level] = _unassigned[level];
        }

        _tally.UnassignedAtStart = _unassigned[^1];
        _tally.Incidents = -_number;
    }

    private void StopCounting()
    {
        SumUnassigned();
        for (var b = 0; b < _scenario.Boroughs; b++)
        {
            BookCases(b);
        }

        foreach (ref var unit in _units.AsSpan())
        {
            _tally.UnitSeconds[(unit.Borough * Tally.States) + (int)unit.State] += _now - unit.Since;
        }

        _tally.UnassignedAtEnd = _unassigned[^1];
        _tally.Incidents += _number;
        _counting = false;
    }

    // ---- Phases ------------------------------------------------------------------------------------------------------

    /// <summary>
    /// Another organisation holds from now on, whatever anybody is doing: queues move to whose they now are, in order of age;
    /// a controller, channel or inspector finishes what it has in hand; crews parade in new numbers from their next shift.
    /// </summary>
    private void PhaseStarts(int phase)
    {
        SumUnassigned();
        Follow(phase);
        _arrivals.Follow(_rules);
        var waiting = new List<int>();
        for (var slot = 0; slot < _usedSlots; slot++)
        {
            _incidents[slot].Scene = _incidents[slot].Open ? SceneSeconds(ref _incidents[slot], 0) : 0;
            if (_incidents[slot].Open && _incidents[slot].Waiting)
            {
                waiting.Add(slot);
                Unqueue(ref _incidents[slot]);
            }
        }

        waiting.Sort((a, b) => _incidents[a].Number.CompareTo(_incidents[b].Number));
        for (var u = 0; u < _scenario.CommandUnits; u++)
        {
            var sum = 0;
            for (var b = 0; b < _scenario.Boroughs; b++)
            {
                sum += _scenario.BoroughUnit[b] == u ? _unassigned[b] : 0;
            }

            _unassigned[_scenario.Boroughs + u] = sum;
        }

        var handling = Withdrawn(_controllers);
        var airing = Withdrawn(_channels);
        var deciding = Withdrawn(_inspectors);
        ResizeStages();
        foreach (var (slot, seconds) in deciding)
        {
            QueueForInspector(slot, seconds);
        }

        foreach (var (slot, seconds) in airing)
        {
            QueueForChannel(slot, GroupOf(slot), seconds);
        }

        foreach (var (slot, seconds) in handling)
        {
            QueueForControllers(slot, GroupOf(slot), seconds);
        }

        foreach (var slot in waiting)
        {
            AskPool(slot, ref _incidents[slot]);
        }
    }

    // The incidents that queue before stages, oldest first. Status messages that have not been sent are not sent any more.
    private List<(int Slot, int Seconds)> Withdrawn(Stage[] stages)
    {
        var jobs = new List<(int Slot, int Seconds)>();
        foreach (var stage in stages)
        {
            while (stage.TryWithdraw(out var slot, out var seconds))
            {
                if (slot >= 0)
                {
                    jobs.Add((slot, seconds));
                }
            }
        }

        jobs.Sort((a, b) => _incidents[a.Slot].Number.CompareTo(_incidents[b.Slot].Number));
        return jobs;
    }

    private void ResizeStages()
    {
        for (var g = 0; g < _controllers.Length; g++)
        {
            _controllers[g].Resize(_scenario.Groups[g].Controllers);
            _channels[g].Resize(_scenario.Groups[g].Channels);
        }

        for (var a = 0; a < _inspectors.Length; a++)
        {
            _inspectors[a].Resize(_scenario.Inspectors[a].Inspectors);
        }
    }

    private void Follow(int phase)
    {
        _scenario = phase == 0 ? _first : _first.Later[phase - 1].Rules;
        _rules = _scenario.Kinds?.Rules ?? _scenario.Grades;
        _pools = _poolsOf[phase];
        _preEmptingGrades = 0;
        _interrupts = false;
        _keepsFree = false;
        _arrests = false;
        _telephones = false;
        _needsSeveral = false;
        for (var g = 0; g < _grades; g++)
        {
            _preEmptingGrades |= _scenario.Grades[g].PreEmpts ? 1UL << g : 0;
        }

        foreach (var rules in _rules)
        {
            _interrupts |= rules.Interruptible;
            _keepsFree |= rules.KeepFree > 0;
            _arrests |= rules.ArrestProbability > 0;
            _telephones |= rules.TelephoneShare > 0;
            _needsSeveral |= rules.UnitsNeeded.Length > 1;
            _keepsCases |= rules.CaseWorkProbability > 0;
        }

        // Cases may be kept from an earlier phase. Channels that a phase has not may still be clearing what an earlier one left them.
        _hasChannels = _hasStages = phase > 0;
        foreach (var group in _scenario.Groups)
        {
            _hasChannels |= group.Channels > 0;
            _hasStages |= group.Channels > 0 || group.Controllers > 0 || _scenario.Inspectors.Length > 0;
        }
    }
}
