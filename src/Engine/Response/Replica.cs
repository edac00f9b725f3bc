using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Response;

/// <summary>
/// Runs replications of a scenario, one at a time, reusing its memory: once its pools have grown, nothing is allocated per
/// event. The whole event machine is this file: one function an event, each opening with the state it expects. Not
/// thread-safe; make one a thread. The same scenario, seed and replication give the same tally whatever ran before.
/// </summary>
public sealed class Replica
{
    /// <summary>Version of the engine's behaviour: raised whenever the same scenario and seed may give another result.</summary>
    public const string Version = "3";

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

    private readonly Scenario _first;
    private readonly Roster _roster;
    private readonly Pools[] _poolsOf;
    private readonly Tally _tally;
    private readonly EventWheel _wheel = new();
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
    private readonly bool _oneCell;

    // Units; those in the masks are the ones a despatch may look at.
    private readonly Unit[] _units;
    private readonly Leg[] _legs;
    private readonly ulong[] _idle;
    private readonly ulong[] _inCaseWork;
    private readonly ulong[] _onWay;
    private readonly ulong[] _interruptible;
    private readonly int[] _paraded;
    private readonly int[] _vehicles;

    // Queues of incidents waiting for a unit [pool × grades + grade].
    private readonly int[] _head;
    private readonly int[] _tail;
    private readonly ulong[] _waitingGrades;
    private readonly int[] _unassigned;
    private readonly int[] _unassignedSince;
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
    private bool _hasChannels;
    private bool _keepsFree;

    private RandomStream _stream;
    private RandomStream _presence;
    private bool _counting;
    private int _now;
    private int _hourOfWeek;
    private int _number;
    private RandomStream _nextStream;
    private double _arrivalClock;
    private int _arrivalHour;
    private int _arrivalTable;
    private double _arrivalRate;
    private double _secondsApart;
    private int _nextArrival;
    private int _pending;
    private int _available;
    private int _committed;
    private int _onDuty;

    // Unit- and incident-seconds of the hour so far are what these hold and count × now: only a change of a count touches them.
    private long _availableSum;
    private long _committedSum;
    private long _onDutySum;
    private long _unassignedSum;

    /// <summary>Prepares the memory for one scenario.</summary>
    public Replica(Scenario scenario)
    {
        CheckPhases(scenario);
        _first = _scenario = scenario;
        _rules = scenario.Grades;
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
        _oneCell = scenario.Zones * _grades == 1;
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
        _vehicles = new int[scenario.SiteVehicles.Length];
        var pools = scenario.Boroughs + scenario.CommandUnits + 1;
        _head = new int[pools * _grades];
        _tail = new int[pools * _grades];
        _waitingGrades = new ulong[pools];
        _unassigned = new int[pools];
        _unassignedSince = new int[scenario.Boroughs];
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
            if (_wheel.TryTake(Math.Min(_nextArrival, _horizon), out var time, out var kind, out var subject, out var stamp))
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
                    case SceneEnd: if (stamp == _units[subject].Stamp) { SceneEnds(subject); } break;
                    case CustodyEnd: CustodyEnds(subject); break;
                    case PhaseStart: PhaseStarts(subject); break;
                    case GroundReached: if (stamp == _units[subject].Stamp) { GroundIsReached(subject); } break;
                    case PatrolEnd: if (stamp == _units[subject].Stamp) { PatrolEnds(subject); } break;
                    default: if (stamp == _units[subject].Stamp) { CaseWorkEnds(subject); } break;
                }
            }
            else if (_nextArrival <= _horizon)
            {
                _now = _nextArrival;
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
    }

    private void StopCounting()
    {
        for (var b = 0; b < _scenario.Boroughs; b++)
        {
            BookUnassigned(b);
            BookCases(b);
        }

        foreach (ref var unit in _units.AsSpan())
        {
            _tally.UnitSeconds[(unit.Borough * Tally.States) + (int)unit.State] += _now - unit.Since;
        }

        _tally.UnassignedAtEnd = _unassigned[^1];
        _counting = false;
    }

    // ---- Phases ------------------------------------------------------------------------------------------------------

    /// <summary>
    /// Another organisation holds from now on, whatever anybody is doing: queues move to whose they now are, in order of age;
    /// a controller, channel or inspector finishes what it has in hand; crews parade in new numbers from their next shift.
    /// </summary>
    private void PhaseStarts(int phase)
    {
        for (var b = 0; b < _scenario.Boroughs; b++)
        {
            BookUnassigned(b);
        }

        Follow(phase);
        var waiting = new List<int>();
        for (var slot = 0; slot < _usedSlots; slot++)
        {
            if (_incidents[slot].Open && _incidents[slot].Waiting)
            {
                waiting.Add(slot);
                Unqueue(slot);
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
            AskPool(slot);
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
        _rules = _scenario.Grades;
        _pools = _poolsOf[phase];
        _preEmptingGrades = 0;
        _interrupts = false;
        _keepsFree = false;
        for (var g = 0; g < _grades; g++)
        {
            _preEmptingGrades |= _rules[g].PreEmpts ? 1UL << g : 0;
            _interrupts |= _rules[g].Interruptible;
            _keepsFree |= _rules[g].KeepFree > 0;
        }

        // Channels that a phase has not may still be clearing what an earlier one left them.
        _hasChannels = _hasStages = phase > 0;
        foreach (var group in _scenario.Groups)
        {
            _hasChannels |= group.Channels > 0;
            _hasStages |= group.Channels > 0 || group.Controllers > 0 || _scenario.Inspectors.Length > 0;
        }
    }

    // ---- Shifts ------------------------------------------------------------------------------------------------------

    /// <summary>The crews of a shift parade: seats are off duty, or still at work from yesterday.</summary>
    private void ShiftStarts(int shift, int day)
    {
        var rules = _scenario.Shifts[shift];
        var start = (day * 86400) + rules.Start;
        var end = rules.Standing ? int.MaxValue : start + rules.Length;
        var days = rules.TeamOfDay.Length;
        var team = rules.TeamOfDay[((day % days) + days) % days];
        for (var r = 0; r < _scenario.Crews.Length; r++)
        {
            var row = _scenario.Crews[r];
            _paraded[r] = 0;
            if (row.Shift != shift)
            {
                continue;
            }

            var deployed = 0;
            for (var k = 0; k < _roster.Seats[r]; k++)
            {
                var unit = _roster.RowStart[r] + k;
                ref var u = ref _units[unit];
                if (u.State != UnitState.OffDuty)
                {
                    BookOvertime(unit);
                    deployed++;
                }
                else if (k < row.Crews && deployed < row.Vehicles && IsPresent(row, team, day, unit, start, out var state))
                {
                    _legs[unit] = new Leg { Start = _now, End = _now, From = (ushort)row.Zone, To = (ushort)row.Zone };
                    if (state == UnitState.Briefing)
                    {
                        deployed++;
                        _paraded[r]++;
                    }

                    SetState(unit, state);
                }
                else
                {
                    continue;
                }

                u.ShiftEnd = end;
                u.Team = (byte)team;
                u.Holder = (_roster.Holder[unit] * _scenario.Teams) + team;
                u.MealDue = false;
                if (rules.Meal > 0)
                {
                    var third = rules.Length / 3;
                    var spread = Math.Max(third - rules.Meal, 0);
                    u.MealBy = start + third + third;
                    _wheel.Schedule(Math.Max(_now, start + third + (spread * (_roster.Seat[unit] % 8) / 8)), MealDue, unit, end);
                }
            }
        }

        PostGuards(shift);
        if (!rules.Standing)
        {
            _wheel.Schedule(end, ShiftEnd, shift, 0);
            _wheel.Schedule(((day + 1) * 86400) + rules.Start, ShiftStart, shift, day + 1);
        }

        if (start + rules.Briefing > _now)
        {
            _wheel.Schedule(start + rules.Briefing, BriefingEnd, shift, 0);
        }
        else
        {
            BriefingEnds(shift);
        }
    }

    /// <summary>Guards come from the row of the command unit that has most crews left, from its last seat.</summary>
    private void PostGuards(int shift)
    {
        for (var commandUnit = 0; commandUnit < _scenario.CommandUnits; commandUnit++)
        {
            for (var n = 0; n < _scenario.GuardUnits[commandUnit]; n++)
            {
                var most = -1;
                for (var r = 0; r < _paraded.Length; r++)
                {
                    var row = _scenario.Crews[r];
                    if (row.Shift == shift && _scenario.BoroughUnit[row.Borough] == commandUnit && _paraded[r] > 0
                        && (most < 0 || _paraded[r] > _paraded[most]))
                    {
                        most = r;
                    }
                }

                if (most < 0)
                {
                    break;
                }

                var unit = _roster.RowStart[most] + _roster.Seats[most] - 1;
                while (_units[unit].State != UnitState.Briefing)
                {
                    unit--;
                }

                _paraded[most]--;
                SetState(unit, UnitState.Guard);
            }
        }
    }

    /// <summary>Crews in briefing take a vehicle and set out, or are available where they stand.</summary>
    private void BriefingEnds(int shift)
    {
        for (var r = 0; r < _scenario.Crews.Length; r++)
        {
            var row = _scenario.Crews[r];
            for (var k = 0; row.Shift == shift && k < _roster.Seats[r]; k++)
            {
                var unit = _roster.RowStart[r] + k;
                if (_units[unit].State == UnitState.Briefing)
                {
                    TakeVehicle(unit, row.Site);
                }
            }
        }
    }

    private void TakeVehicle(int unit, int site)
    {
        if (site >= 0)
        {
            if (_vehicles[site] <= 0)
            {
                SetState(unit, UnitState.NoVehicle);
                return;
            }

            _vehicles[site]--;
            _units[unit].HasVehicle = true;
        }

        if (!_scenario.TravelsToStart)
        {
            ReturnToWork(unit);
            return;
        }

        if (_units[unit].State != UnitState.Briefing)
        {
            SetState(unit, UnitState.Briefing);
        }

        Leave(unit);
        _wheel.Schedule(_legs[unit].End, GroundReached, unit, ++_units[unit].Stamp);
    }

    /// <summary>A crew that has briefed reaches its ground and is available.</summary>
    private void GroundIsReached(int unit) => ReturnToWork(unit);

    // A vehicle comes back: the crew of its site that has no other and the lowest index takes it.
    private void ReturnVehicle(int unit)
    {
        _units[unit].HasVehicle = false;
        var site = _scenario.Crews[_units[unit].Row].Site;
        _vehicles[site]++;
        for (var r = 0; r < _scenario.Crews.Length; r++)
        {
            for (var k = 0; _scenario.Crews[r].Site == site && k < _roster.Seats[r]; k++)
            {
                var other = _roster.RowStart[r] + k;
                if (_units[other].State == UnitState.NoVehicle)
                {
                    TakeVehicle(other, site);
                    return;
                }
            }
        }
    }

    /// <summary>Crews that are not at an incident or in custody go off duty; the others follow when they clear.</summary>
    private void ShiftEnds(int shift)
    {
        for (var r = 0; r < _scenario.Crews.Length; r++)
        {
            var row = _scenario.Crews[r];
            for (var k = 0; row.Shift == shift && k < _roster.Seats[r]; k++)
            {
                var unit = _roster.RowStart[r] + k;
                if (_units[unit].ShiftEnd > _now)
                {
                    continue;
                }

                switch (_units[unit].State)
                {
                    case UnitState.Available:
                        _idle[unit >> 6] &= ~(1UL << (unit & 63));
                        _units[unit].Stamp++;
                        GoOffDuty(unit);
                        break;
                    case UnitState.CaseWork:
                        StopCaseWork(unit);
                        GoOffDuty(unit);
                        break;
                    case UnitState.Meal or UnitState.Guard or UnitState.Briefing or UnitState.Abstracted or UnitState.NoVehicle:
                        _units[unit].Stamp++;
                        GoOffDuty(unit);
                        break;
                    default:
                        break;
                }
            }
        }
    }

    /// <summary>A unit's meal falls due in whatever state it is; it is taken now when free, later when it becomes free in time.</summary>
    private void MealFallsDue(int unit, int shiftEnd)
    {
        ref var u = ref _units[unit];
        if (u.ShiftEnd != shiftEnd || u.State is UnitState.OffDuty or UnitState.Guard or UnitState.Abstracted or UnitState.NoVehicle)
        {
            return;
        }

        if (u.State == UnitState.Available)
        {
            _idle[unit >> 6] &= ~(1UL << (unit & 63));
            StartMeal(unit);
        }
        else
        {
            u.MealDue = true;
        }
    }

    /// <summary>A unit at its meal is available again.</summary>
    private void MealEnds(int unit) => ReturnToWork(unit);

    private void StartMeal(int unit)
    {
        _units[unit].MealDue = false;
        SetState(unit, UnitState.Meal);
        var meal = _scenario.Shifts[_scenario.Crews[_units[unit].Row].Shift].Meal;
        _wheel.Schedule(_now + meal, MealEnd, unit, ++_units[unit].Stamp);
    }

    /// <summary>Whether a seat is filled, how many officers it has, and whether they work in their role today.</summary>
    private bool IsPresent(CrewRules row, int team, int day, int unit, int start, out UnitState state)
    {
        state = UnitState.Briefing;
        var stream = _presence.At(((ulong)(uint)row.Borough << 32) | (uint)team)
            .At(((ulong)(uint)(day + 1) << 32) | ((uint)row.Shift << 16) | (uint)_roster.Seat[unit]);
        if (row.AbsenceShare > 0 && stream.Uniform(Purpose.Presence) < row.AbsenceShare)
        {
            return false;
        }

        _units[unit].Single = row.SingleShare > 0 && stream.Uniform(Purpose.Single) < row.SingleShare;
        if (row.AbstractionShare > 0 && stream.Uniform(Purpose.Abstraction) < row.AbstractionShare)
        {
            state = UnitState.Abstracted;
        }

        for (var c = 0; c < _first.Aid.Length; c++)
        {
            var call = _first.Aid[c];
            if (call.Borough == row.Borough && start >= call.From && start < call.To && stream.Uniform(Purpose.Aid + c) < call.Share)
            {
                state = UnitState.Abstracted;
            }
        }

        return true;
    }

    private void GoOffDuty(int unit)
    {
        BookOvertime(unit);
        SetState(unit, UnitState.OffDuty);
        if (_units[unit].HasVehicle)
        {
            ReturnVehicle(unit);
        }
    }

    private void BookOvertime(int unit)
    {
        var seconds = Math.Min(_now, _countTo) - Math.Max(_units[unit].ShiftEnd, _countFrom);
        if (seconds > 0)
        {
            _tally.OvertimeSeconds[_units[unit].Borough] += seconds;
        }
    }

    // ---- Incidents before a unit is sent -------------------------------------------------------------------------------

    /// <summary>The next incident is created; everything about it is a function of its number.</summary>
    private void IncidentArrives()
    {
        var number = _number;
        var stream = _nextStream;
        int zone, grade;
        var need = 0;
        if (_first.Log is { } log)
        {
            zone = log.Zone[number];
            grade = log.Grade[number];
            need = log.Units[number];
        }
        else
        {
            var cell = _oneCell ? 0 : _first.Arrivals.Cell(_arrivalTable, stream.Bits(Purpose.Cell));
            zone = _grades == 1 ? cell : cell / _grades;
            grade = cell - (zone * _grades);
        }

        var rules = _rules[grade];
        var counted = _now >= _countFrom && _now < _countTo;
        _tally.Events++;
        _tally.Incidents += counted ? 1 : 0;
        Trace?.Add(new TraceLine(_now, TraceKind.Created, -1, number, grade, zone));
        DrawNextArrival();
        var passedBack = false;
        if (rules.TelephoneShare > 0 && stream.Uniform(Purpose.Telephone) < rules.TelephoneShare
            && !(rules.VulnerableShare > 0 && stream.Uniform(Purpose.Vulnerable) < rules.VulnerableShare))
        {
            passedBack = stream.Uniform(Purpose.PassBack) < rules.PassBackShare;
            if (!passedBack)
            {
                _tally.Cells[(_scenario.ZoneBorough[zone] * _grades) + grade].Telephone += counted ? 1 : 0;
                Trace?.Add(new TraceLine(_now, TraceKind.Telephone, -1, number, grade));
                return;
            }
        }

        if (need == 0)
        {
            need = 1;
            if (rules.UnitsNeeded.Length > 1)
            {
                var u = stream.Uniform(Purpose.UnitsNeeded);
                while (need < rules.UnitsNeeded.Length && u >= rules.UnitsNeeded[need - 1])
                {
                    need++;
                }
            }
        }

        var slot = OpenSlot();
        ref var incident = ref _incidents[slot];
        incident = default;
        incident.Stream = stream;
        incident.Number = number;
        incident.Zone = zone;
        incident.Grade = grade;
        incident.Counted = counted;
        incident.Lead = -1;
        incident.Open = true;
        incident.Need = need;
        if (counted)
        {
            _pending++;
        }

        if (passedBack)
        {
            _wheel.Schedule(_now + rules.PassBackAfterSeconds, PassBack, slot, 0);
        }
        else
        {
            Join(slot);
        }
    }

    /// <summary>An incident resolved by telephone at first needs an officer after all; its clock starts now.</summary>
    private void IncidentIsPassedBack(int slot)
    {
        _tally.Events++;
        Join(slot);
    }

    private void Join(int slot)
    {
        ref var incident = ref _incidents[slot];
        incident.Created = incident.Joined = _now;
        incident.Hour = _hourOfWeek;
        if (incident.Counted)
        {
            _tally.Cells[CellOf(ref incident)].Needing++;
            _tally.Zones[(incident.Zone * _grades) + incident.Grade].Needing++;
            _tally.Hours[(_hourOfWeek * _grades) + incident.Grade].Needing++;
            if (_first.Series > 0)
            {
                _tally.Series[SeriesCell(ref incident)].Needing++;
            }
        }

        var group = GroupOf(slot);
        if (!_hasStages)
        {
            incident.Group = group;
            incident.Handled = incident.Aired = _now;
            _tally.GroupIncidents[group] += incident.Counted ? 1 : 0;
            AskForUnits(slot);
            return;
        }

        var seconds = _controllers[group].Exists ? _scenario.Groups[group].Handling[incident.Grade].Sample(incident.Stream, Purpose.Handling) : 0;
        QueueForControllers(slot, group, seconds);
    }

    private void QueueForControllers(int slot, int group, int seconds)
    {
        _incidents[slot].Group = group;
        if (!_controllers[group].Exists)
        {
            JoinChannel(slot);
        }
        else if (_controllers[group].TryStart(_incidents[slot].Grade, slot, seconds))
        {
            StartHandling(group, slot, seconds);
        }
    }

    private void StartHandling(int group, int slot, int seconds)
    {
        if (_incidents[slot].Counted)
        {
            _tally.ControllerWaitSeconds[group] += _now - _incidents[slot].Joined;
        }

        _tally.ControllerBusySeconds[group] += Counted(_now, _now + seconds);
        Trace?.Add(new TraceLine(_now, TraceKind.HandlingStarts, -1, _incidents[slot].Number, seconds, group));
        _wheel.Schedule(_now + seconds, HandlingEnd, slot, group);
    }

    /// <summary>A controller has done with an incident and takes the next of the group.</summary>
    private void HandlingEnds(int slot, int group)
    {
        _tally.Events++;
        if (_controllers[group].TryNext(out var next, out var seconds))
        {
            StartHandling(group, next, seconds);
        }

        JoinChannel(slot);
    }

    private void JoinChannel(int slot)
    {
        ref var incident = ref _incidents[slot];
        incident.Handled = incident.Joined = _now;
        var group = GroupOf(slot);
        var seconds = _channels[group].Exists ? _scenario.Groups[group].DespatchAirTime.Sample(incident.Stream, Purpose.DespatchAir) : 0;
        QueueForChannel(slot, group, seconds);
    }

    private void QueueForChannel(int slot, int group, int seconds)
    {
        _incidents[slot].Group = group;
        if (!_channels[group].Exists)
        {
            LeaveChannel(slot, group);
        }
        else
        {
            SetUnassigned(ref _incidents[slot], true);
            if (_channels[group].TryStart(_incidents[slot].Grade, slot, seconds))
            {
                StartAirTime(group, slot, seconds);
            }
        }
    }

    private void StartAirTime(int group, int slot, int seconds)
    {
        if (slot >= 0)
        {
            if (_incidents[slot].Counted)
            {
                _tally.ChannelWaitSeconds[group] += _now - _incidents[slot].Joined;
            }

            Trace?.Add(new TraceLine(_now, TraceKind.AirStarts, -1, _incidents[slot].Number, seconds, group));
        }

        _tally.ChannelBusySeconds[group] += Counted(_now, _now + seconds);
        _wheel.Schedule(_now + seconds, AirEnd, group, slot);
    }

    /// <summary>A message ends: the channel takes the next; if it was a despatch (slot not below 0), its incident goes on.</summary>
    private void AirTimeEnds(int group, int slot)
    {
        if (_channels[group].TryNext(out var next, out var seconds))
        {
            StartAirTime(group, next, seconds);
        }

        if (slot >= 0)
        {
            _tally.Events++;
            LeaveChannel(slot, group);
        }
    }

    /// <summary>Status messages load the channel at their incident's grade; no incident waits for its own.</summary>
    private void SendStatus(int unit, int slot, bool arrival)
    {
        ref var incident = ref _incidents[slot];
        ref var u = ref _units[unit];
        var group = GroupOf(slot);
        if (!_channels[group].Exists)
        {
            return;
        }

        var seconds = u.StatusSeconds;
        if (arrival)
        {
            var total = _scenario.Groups[group].StatusAirTime.Sample(incident.Stream, Purpose.StatusAir + u.SentAs);
            seconds = total / 2;
            u.StatusSeconds = total - seconds;
        }

        if (seconds > 0 && _channels[group].TryStart(incident.Grade, -1, seconds))
        {
            StartAirTime(group, -1, seconds);
        }
    }

    private void LeaveChannel(int slot, int group)
    {
        ref var incident = ref _incidents[slot];
        incident.Aired = incident.Joined = _now;
        _tally.GroupIncidents[group] += incident.Counted ? 1 : 0;
        var share = _rules[incident.Grade].DecisionShare;
        if (share > 0 && incident.Stream.Uniform(Purpose.NeedsDecision) < share)
        {
            QueueForInspector(slot, _scenario.Inspectors[_scenario.BoroughInspectors[_scenario.ZoneBorough[incident.Zone]]].Decision.Sample(incident.Stream, Purpose.Decision));
        }
        else
        {
            AskForUnits(slot);
        }
    }

    private void QueueForInspector(int slot, int seconds)
    {
        var area = _scenario.BoroughInspectors[_scenario.ZoneBorough[_incidents[slot].Zone]];
        _incidents[slot].Group = area;
        if (!_inspectors[area].Exists)
        {
            AskForUnits(slot);
        }
        else
        {
            SetUnassigned(ref _incidents[slot], true);
            if (_inspectors[area].TryStart(_incidents[slot].Grade, slot, seconds))
            {
                StartDecision(area, slot, seconds);
            }
        }
    }

    private void StartDecision(int area, int slot, int seconds)
    {
        if (_incidents[slot].Counted)
        {
            _tally.InspectorWaitSeconds[area] += _now - _incidents[slot].Joined;
            _tally.InspectorDecisions[area]++;
        }

        _tally.InspectorBusySeconds[area] += Counted(_now, _now + seconds);
        Trace?.Add(new TraceLine(_now, TraceKind.DecisionStarts, -1, _incidents[slot].Number, seconds, area));
        _wheel.Schedule(_now + seconds, DecisionEnd, slot, area);
    }

    /// <summary>An inspector has decided on an incident and takes the next of the area.</summary>
    private void DecisionEnds(int slot, int area)
    {
        _tally.Events++;
        if (_inspectors[area].TryNext(out var next, out var seconds))
        {
            StartDecision(area, next, seconds);
        }

        AskForUnits(slot);
    }

    private void AskForUnits(int slot)
    {
        _incidents[slot].Decided = _now;
        AskPool(slot);
        ref var incident = ref _incidents[slot];
        if (!incident.Open || incident.Sent > 0)
        {
            return;
        }

        if (incident.Counted)
        {
            _tally.Cells[CellOf(ref incident)].FoundNone++;
        }

        if (_rules[incident.Grade].Lost)
        {
            Lose(slot);
        }
    }

    private void Lose(int slot)
    {
        ref var incident = ref _incidents[slot];
        Unqueue(slot);
        SetUnassigned(ref incident, false);
        if (incident.Counted)
        {
            _pending--;
            _tally.Cells[CellOf(ref incident)].Lost++;
        }

        Trace?.Add(new TraceLine(_now, TraceKind.Lost, -1, incident.Number, incident.Grade));
        CloseSlot(slot);
    }

    private void AskPool(int slot)
    {
        ref var incident = ref _incidents[slot];
        var borough = _scenario.ZoneBorough[incident.Zone];
        incident.Pool = _scenario.Mode switch
        {
            DespatchMode.CommandUnit => _scenario.Boroughs + _scenario.BoroughUnit[borough],
            DespatchMode.ForceWide => _scenario.Boroughs + _scenario.CommandUnits,
            _ => borough,
        };
        SendUnits(slot);
        if (!_incidents[slot].Waiting)
        {
            return;
        }

        var rules = _rules[_incidents[slot].Grade];
        if (_scenario.Mode == DespatchMode.BoroughThenCommandUnit && rules.WidenAfterSeconds >= 0)
        {
            _wheel.Schedule(_now + rules.WidenAfterSeconds, Widen, slot, _incidents[slot].Number);
        }

        if (_scenario.Mode != DespatchMode.ForceWide && rules.ForceAfterSeconds >= 0)
        {
            _wheel.Schedule(_now + rules.ForceAfterSeconds, ForceAsked, slot, _incidents[slot].Number);
        }
    }

    /// <summary>An incident that may have waited long enough for its own borough asks the whole command unit.</summary>
    private void SearchWidens(int slot, int number)
    {
        ref var incident = ref _incidents[slot];
        if (incident.Open && incident.Number == number && incident.Waiting && incident.Pool < _scenario.Boroughs)
        {
            AskWider(slot, _scenario.Boroughs + _scenario.BoroughUnit[_scenario.ZoneBorough[incident.Zone]]);
        }
    }

    /// <summary>An incident that may have waited long enough for its command unit asks the whole force.</summary>
    private void ForceIsAsked(int slot, int number)
    {
        ref var incident = ref _incidents[slot];
        var force = _scenario.Boroughs + _scenario.CommandUnits;
        if (incident.Open && incident.Number == number && incident.Waiting && incident.Pool < force)
        {
            AskWider(slot, force);
        }
    }

    private void AskWider(int slot, int pool)
    {
        _tally.Events++;
        Unqueue(slot);
        _incidents[slot].Pool = pool;
        Trace?.Add(new TraceLine(_now, TraceKind.Widens, -1, _incidents[slot].Number, pool));
        SendUnits(slot);
    }

    // ---- Despatch ----------------------------------------------------------------------------------------------------

    /// <summary>
    /// Sends the nearest units that may go until none is needed; what is still needed waits. Free units, and for a grade that
    /// pre-empts those in case work, are compared by distance; a unit on its way to a lower grade, and then one at a scene that
    /// may be interrupted, is taken only where there is neither and the incident has no unit yet.
    /// </summary>
    private void SendUnits(int slot)
    {
        while (_incidents[slot].Need > 0)
        {
            ref var incident = ref _incidents[slot];
            var preEmpts = _rules[incident.Grade].PreEmpts;
            var unit = _first.BackUpOrder.Length > 0 ? FirstOf(_first.BackUpOrder[incident.Zone], preEmpts) : Nearest(incident.Pool, incident.Zone, incident.Grade, preEmpts);
            if (unit >= 0)
            {
                Despatch(slot, unit);
                continue;
            }

            if (preEmpts && incident.OnWay == 0 && incident.AtScene == 0 && TakeFromLower(slot))
            {
                continue;
            }

            if (!incident.Waiting)
            {
                Enqueue(slot);
            }

            return;
        }
    }

    private bool TakeFromLower(int slot)
    {
        ref var incident = ref _incidents[slot];
        var unit = NearestAtLower(_onWay, incident.Pool, incident.Zone, incident.Grade);
        if (unit < 0)
        {
            unit = _interrupts ? NearestAtLower(_interruptible, incident.Pool, incident.Zone, incident.Grade) : -1;
        }

        if (unit < 0)
        {
            return false;
        }

        var loser = _units[unit].Attending;
        if (_units[unit].State == UnitState.Travelling)
        {
            Withdraw(unit, incident.Number);
        }
        else
        {
            Interrupt(unit, incident.Number);
        }

        Despatch(slot, unit);
        if (!_incidents[loser].Waiting)
        {
            SendUnits(loser);
        }

        return true;
    }

    private void Despatch(int slot, int unit)
    {
        ref var incident = ref _incidents[slot];
        ref var u = ref _units[unit];
        var bit = 1UL << (unit & 63);
        if ((_inCaseWork[unit >> 6] & bit) != 0)
        {
            StopCaseWork(unit);
        }

        _idle[unit >> 6] &= ~bit;
        var seconds = 0;
        if (!_withoutTravel)
        {
            u.LegMetres = StepsTo(ref _legs[unit], _scenario.Distances.To(incident.Zone)) * _scenario.Distances.MetresPerStep;
            seconds = _scenario.Travel.Seconds(incident.Grade, u.LegMetres, incident.Zone, _hourOfWeek, incident.Stream.At(u.Key), Purpose.Travel);
        }

        ref var leg = ref _legs[unit];
        leg.From = Position(ref leg);
        leg.To = (ushort)incident.Zone;
        leg.Start = _now;
        leg.End = _now + seconds;
        u.Attending = slot;
        u.SentAs = (byte)Math.Min(incident.Sent, 47);
        u.Stamp++;
        SetUnassigned(ref incident, false);
        if (u.Single && incident.Sent == 0 && !incident.Supported && incident.Stream.Uniform(Purpose.Support) < _rules[incident.Grade].SupportShare)
        {
            incident.Supported = true;
            incident.Need++;
        }

        incident.Sent++;
        incident.Need--;
        incident.OnWay++;
        if (incident.Need == 0 && incident.Waiting)
        {
            Unqueue(slot);
        }

        if (_counting)
        {
            _tally.Deployments[u.Borough]++;
            _tally.CrossBorough[u.Borough] += _scenario.ZoneBorough[incident.Zone] != u.Borough ? 1 : 0;
        }

        if (Trace is not null)
        {
            Trace.Add(new TraceLine(_now, TraceKind.Despatched, unit, incident.Number, seconds, (int)u.LegMetres));
            TraceLeg(unit, incident.Number);
        }

        if (seconds == 0)
        {
            UnitArrives(unit);
            return;
        }

        SetState(unit, UnitState.Travelling);
        _onWay[unit >> 6] |= bit;
        _wheel.Schedule(_now + seconds, Arrival, unit, u.Stamp);
    }

    /// <summary>A travelling unit loses its incident, which needs another; the unit stands where it is, in no mask.</summary>
    private void Withdraw(int unit, int cause)
    {
        ref var incident = ref _incidents[_units[unit].Attending];
        BookMetres(unit, _units[unit].LegMetres * Done(ref _legs[unit]));
        _units[unit].Stamp++;
        _onWay[unit >> 6] &= ~(1UL << (unit & 63));
        incident.OnWay--;
        incident.Need++;
        Trace?.Add(new TraceLine(_now, TraceKind.Withdrawn, unit, incident.Number, cause));
        SetUnassigned(ref incident, !incident.Attended && incident.OnWay == 0);
    }

    /// <summary>A unit at a scene is called away; another resumes what it leaves undone.</summary>
    private void Interrupt(int unit, int cause)
    {
        ref var u = ref _units[unit];
        ref var incident = ref _incidents[u.Attending];
        u.Stamp++;
        _interruptible[unit >> 6] &= ~(1UL << (unit & 63));
        incident.AtScene--;
        incident.Need++;
        incident.LeftSeconds += u.Until - _now;
        incident.LeftUnits++;
        if (incident.Lead == unit)
        {
            incident.Lead = -1;
        }

        Trace?.Add(new TraceLine(_now, TraceKind.Withdrawn, unit, incident.Number, cause));
    }

    private int FirstOf(int[] rows, bool caseWorkToo)
    {
        foreach (var row in rows)
        {
            for (var k = 0; k < _roster.Seats[row]; k++)
            {
                var unit = _roster.RowStart[row] + k;
                var bits = caseWorkToo ? _idle[unit >> 6] | _inCaseWork[unit >> 6] : _idle[unit >> 6];
                if ((bits >> (unit & 63) & 1) != 0)
                {
                    return unit;
                }
            }
        }

        return -1;
    }

    private int Nearest(int pool, int zone, int grade, bool caseWorkToo)
    {
        if (_withoutTravel && !_keepsFree)
        {
            return FirstFree(pool, caseWorkToo);
        }

        var distances = _scenario.Distances.To(zone);
        var best = -1;
        var least = double.MaxValue;
        for (var p = _pools.Start[pool]; p < _pools.Start[pool + 1]; p++)
        {
            var borough = _pools.Borough[p];
            if (_keepsFree && !Lends(borough, zone, grade, 0))
            {
                continue;
            }

            for (var word = _roster.WordStart[borough]; word < _roster.WordStart[borough + 1]; word++)
            {
                var bits = caseWorkToo ? _idle[word] | _inCaseWork[word] : _idle[word];
                for (; bits != 0; bits &= bits - 1)
                {
                    var unit = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    var steps = StepsTo(ref _legs[unit], distances);
                    if (steps < least)
                    {
                        least = steps;
                        best = unit;
                    }
                }
            }
        }

        return best;
    }

    // Where nobody is nearer than anybody else.
    private int FirstFree(int pool, bool caseWorkToo)
    {
        for (var p = _pools.Start[pool]; p < _pools.Start[pool + 1]; p++)
        {
            var borough = _pools.Borough[p];
            for (var word = _roster.WordStart[borough]; word < _roster.WordStart[borough + 1]; word++)
            {
                var bits = caseWorkToo ? _idle[word] | _inCaseWork[word] : _idle[word];
                if (bits != 0)
                {
                    return (word << 6) + BitOperations.TrailingZeroCount(bits);
                }
            }
        }

        return -1;
    }

    // Whether a borough has more free units than it keeps for itself; `more` counts one that is about to be free.
    private bool Lends(int borough, int zone, int grade, int more)
    {
        var keep = _rules[grade].KeepFree;
        if (keep == 0 || _scenario.ZoneBorough[zone] == borough)
        {
            return true;
        }

        for (var word = _roster.WordStart[borough]; word < _roster.WordStart[borough + 1]; word++)
        {
            more += BitOperations.PopCount(_idle[word]);
        }

        return more > keep;
    }

    private int NearestAtLower(ulong[] mask, int pool, int zone, int grade)
    {
        var distances = _scenario.Distances.To(zone);
        var best = -1;
        var least = double.MaxValue;
        for (var p = _pools.Start[pool]; p < _pools.Start[pool + 1]; p++)
        {
            var borough = _pools.Borough[p];
            if (_keepsFree && !Lends(borough, zone, grade, 0))
            {
                continue;
            }

            for (var word = _roster.WordStart[borough]; word < _roster.WordStart[borough + 1]; word++)
            {
                for (var bits = mask[word]; bits != 0; bits &= bits - 1)
                {
                    var unit = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    var steps = StepsTo(ref _legs[unit], distances);
                    if (steps < least && _incidents[_units[unit].Attending].Grade > grade)
                    {
                        least = steps;
                        best = unit;
                    }
                }
            }
        }

        return best;
    }

    /// <summary>Steps of distance from where a unit is; between two zones, in proportion to the time gone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double StepsTo(ref Leg leg, ReadOnlySpan<ushort> distances)
    {
        if (leg.End <= _now)
        {
            return distances[leg.To];
        }

        var done = Done(ref leg);
        return ((1 - done) * distances[leg.From]) + (done * distances[leg.To]);
    }

    private double Done(ref Leg leg) => leg.End <= _now ? 1 : (double)(_now - leg.Start) / (leg.End - leg.Start);

    /// <summary>The zone a unit is taken to stand in: the nearer end, by time, of the leg it is on.</summary>
    private ushort Position(ref Leg leg) => leg.End <= _now || (2 * (long)(_now - leg.Start)) >= leg.End - leg.Start ? leg.To : leg.From;

    // ---- At the incident and after -----------------------------------------------------------------------------------

    /// <summary>A unit that was sent arrives; the first stops the response clock.</summary>
    private void UnitArrives(int unit)
    {
        ref var u = ref _units[unit];
        var slot = u.Attending;
        ref var incident = ref _incidents[slot];
        if (!_withoutTravel)
        {
            BookMetres(unit, u.LegMetres);
            _onWay[unit >> 6] &= ~(1UL << (unit & 63));
        }

        incident.OnWay--;
        incident.AtScene++;
        if (incident.Lead < 0)
        {
            incident.Lead = unit;
        }

        if (!incident.Attended)
        {
            incident.Attended = true;
            Attended(unit, ref incident);
        }

        SetState(unit, UnitState.AtScene);
        if (_hasChannels)
        {
            SendStatus(unit, slot, arrival: true);
        }

        int seconds;
        if (incident.LeftUnits > 0)
        {
            seconds = incident.LeftSeconds / incident.LeftUnits--;
            incident.LeftSeconds -= seconds;
        }
        else
        {
            seconds = _first.Log is { } log && log.Scene[incident.Number] >= 0
                ? log.Scene[incident.Number] : _rules[incident.Grade].Scene.Sample(incident.Stream, Purpose.Scene + u.SentAs);
        }

        if (_interrupts)
        {
            u.Until = _now + seconds;
            if (_rules[incident.Grade].Interruptible)
            {
                _interruptible[unit >> 6] |= 1UL << (unit & 63);
            }
        }

        _wheel.Schedule(_now + seconds, SceneEnd, unit, u.Stamp);
    }

    private void Attended(int unit, ref Incident incident)
    {
        _tally.Events++;
        Trace?.Add(new TraceLine(_now, TraceKind.Attended, unit, incident.Number, _now - incident.Created));
        if (!incident.Counted)
        {
            return;
        }

        _pending--;
        var grade = incident.Grade;
        var response = _now - incident.Created;
        var target = _rules[grade].TargetSeconds;
        var inTarget = target >= 0 && response <= target ? 1 : 0;
        var travel = _now - _legs[unit].Start;
        var cell = CellOf(ref incident);
        AddTo(ref _tally.Cells[cell], ref incident, response, inTarget, travel);
        if (_first.Series > 0)
        {
            AddTo(ref _tally.Series[SeriesCell(ref incident)], ref incident, response, inTarget, travel);
        }

        AddTo(ref _tally.Zones[(incident.Zone * _grades) + grade], response, inTarget);
        AddTo(ref _tally.Hours[(incident.Hour * _grades) + grade], response, inTarget);
        AddTo(ref _tally.Teams[(_units[unit].Team * _grades) + grade], response, inTarget);
        _tally.AddResponse(cell, response);
        Outcomes?.Add(new IncidentOutcome(
            incident.Number, incident.Zone, grade, incident.Created, response, incident.Handled - incident.Created, incident.Aired - incident.Handled,
            incident.Decided - incident.Aired, travel, unit));
    }

    private static void AddTo(ref Counts counts, ref Incident incident, int response, int inTarget, int travel)
    {
        counts.Attended++;
        counts.InTarget += inTarget;
        counts.Over30 += response > 1800 ? 1 : 0;
        counts.ResponseSeconds += response;
        counts.ControllerSeconds += incident.Handled - incident.Created;
        counts.ChannelSeconds += incident.Aired - incident.Handled;
        counts.InspectorSeconds += incident.Decided - incident.Aired;
        counts.TravelSeconds += travel;
    }

    private static void AddTo(ref BriefCounts counts, int response, int inTarget)
    {
        counts.Attended++;
        counts.InTarget += inTarget;
        counts.Seconds += response;
    }

    /// <summary>A unit at the scene clears; if it leads there, the incident needs nobody else.</summary>
    private void SceneEnds(int unit)
    {
        var slot = _units[unit].Attending;
        ref var incident = ref _incidents[slot];
        if (_hasChannels)
        {
            SendStatus(unit, slot, arrival: false);
        }

        incident.AtScene--;
        if (_interrupts)
        {
            _interruptible[unit >> 6] &= ~(1UL << (unit & 63));
        }

        var arrested = 0;
        if (incident.Lead == unit)
        {
            arrested = Clear(unit, slot);
        }

        if (incident.OnWay == 0 && incident.AtScene == 0 && incident.Need == 0)
        {
            if (incident.Counted)
            {
                ref var counts = ref _tally.Cells[CellOf(ref incident)];
                counts.Cleared++;
                counts.ClearedSeconds += _now - incident.Created;
            }

            CloseSlot(slot);
        }

        if (arrested > 0)
        {
            SetState(unit, UnitState.Custody);
            _wheel.Schedule(_now + arrested, CustodyEnd, unit, 0);
        }
        else
        {
            ReturnToWork(unit);
        }
    }

    // What the unit that leads does before it leaves: the case it keeps, and the seconds that an arrest will take.
    private int Clear(int unit, int slot)
    {
        ref var incident = ref _incidents[slot];
        var rules = _rules[incident.Grade];
        if (incident.Waiting)
        {
            Unqueue(slot);
        }

        incident.Need = 0;
        if (rules.CaseWorkProbability > 0 && incident.Stream.Uniform(Purpose.KeepsCase) < rules.CaseWorkProbability
            && rules.CaseWork.Sample(incident.Stream, Purpose.CaseWork) is > 0 and var work)
        {
            ChangeCases(_units[unit].Borough, 1);
            _cases.Open(_units[unit].Holder, work);
            if (_counting)
            {
                ref var most = ref _tally.MostCases[_units[unit].Borough];
                most = Math.Max(most, _cases.Held(_units[unit].Holder));
            }
        }

        var arrested = rules.ArrestProbability > 0 && incident.Stream.Uniform(Purpose.Arrest) < rules.ArrestProbability
            ? rules.Custody.Sample(incident.Stream, Purpose.Custody) : 0;
        if (incident.OnWay > 0)
        {
            StandDown(slot);
        }

        return arrested;
    }

    private void StandDown(int slot)
    {
        for (var word = 0; word < _onWay.Length && _incidents[slot].OnWay > 0; word++)
        {
            for (var bits = _onWay[word]; bits != 0; bits &= bits - 1)
            {
                var unit = (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (_units[unit].Attending == slot)
                {
                    Withdraw(unit, StoodDown);
                    _incidents[slot].Need = 0;
                    ReturnToWork(unit);
                }
            }
        }
    }

    /// <summary>A unit leaves custody.</summary>
    private void CustodyEnds(int unit) => ReturnToWork(unit);

    /// <summary>A unit has finished the oldest case it kept; unless any incident waits, it goes on with the next.</summary>
    private void CaseWorkEnds(int unit)
    {
        _inCaseWork[unit >> 6] &= ~(1UL << (unit & 63));
        _cases.Finish(_units[unit].Holder);
        ChangeCases(_units[unit].Borough, -1);
        if (_now < _units[unit].ShiftEnd && FirstWaiting(unit, ulong.MaxValue) is >= 0 and var slot)
        {
            Despatch(slot, unit);
            return;
        }

        ReturnToWork(unit);
    }

    /// <summary>Case work that is owed comes before being free, but not before a waiting grade that would interrupt it.</summary>
    private void ReturnToWork(int unit)
    {
        ref var u = ref _units[unit];
        var owed = _cases.Oldest(u.Holder);
        if (owed == 0 || _now >= u.ShiftEnd)
        {
            BecomeFree(unit);
            return;
        }

        var slot = FirstWaiting(unit, _preEmptingGrades);
        if (slot >= 0)
        {
            Despatch(slot, unit);
            return;
        }

        SetState(unit, UnitState.CaseWork);
        _inCaseWork[unit >> 6] |= 1UL << (unit & 63);
        u.Until = _now + owed;
        _wheel.Schedule(u.Until, CaseWorkEnd, unit, ++u.Stamp);
    }

    private void StopCaseWork(int unit)
    {
        _inCaseWork[unit >> 6] &= ~(1UL << (unit & 63));
        _cases.Keep(_units[unit].Holder, _units[unit].Until - _now);
        _units[unit].Stamp++;
    }

    /// <summary>A unit with nothing in hand: off duty if its shift is over, else to what waits, its meal, or availability.</summary>
    private void BecomeFree(int unit)
    {
        ref var u = ref _units[unit];
        if (_now >= u.ShiftEnd)
        {
            GoOffDuty(unit);
            return;
        }

        var slot = FirstWaiting(unit, ulong.MaxValue);
        if (slot >= 0)
        {
            Despatch(slot, unit);
            return;
        }

        if (!_withoutTravel)
        {
            Leave(unit);
        }

        if (u.MealDue && _now <= u.MealBy)
        {
            StartMeal(unit);
            return;
        }

        SetState(unit, UnitState.Available);
        _idle[unit >> 6] |= 1UL << (unit & 63);
        if (_scenario.WhenFree == WhenFree.Patrol && _scenario.PatrolSeconds > 0)
        {
            _wheel.Schedule(_legs[unit].End + _scenario.PatrolSeconds, PatrolEnd, unit, ++u.Stamp);
        }
    }

    /// <summary>A free unit has patrolled long enough where it is, and chooses another zone.</summary>
    private void PatrolEnds(int unit)
    {
        if (_units[unit].State == UnitState.Available)
        {
            Leave(unit);
            _wheel.Schedule(_legs[unit].End + _scenario.PatrolSeconds, PatrolEnd, unit, ++_units[unit].Stamp);
        }
    }

    /// <summary>Sets out for where the policy sends a free unit.</summary>
    private void Leave(int unit)
    {
        ref var leg = ref _legs[unit];
        ref var u = ref _units[unit];
        var here = Position(ref leg);
        var there = _scenario.WhenFree switch
        {
            WhenFree.Base => _scenario.Crews[u.Row].Zone,
            WhenFree.Home => _homeZone[u.Borough]![here],
            WhenFree.Patrol => PatrolZone(ref u),
            _ => here,
        };
        leg.From = here;
        leg.To = (ushort)there;
        leg.Start = _now;
        leg.End = here == there
            ? _now
            : _now + _scenario.Travel.SecondsUnhurried(_scenario.Distances.Metres(here, there), there, _hourOfWeek);
        if (Trace is not null)
        {
            TraceLeg(unit, -1);
        }
    }

    private int PatrolZone(ref Unit unit)
    {
        var zones = _scenario.Crews[unit.Row].PatrolZones;
        zones = zones.Length > 0 ? zones : _boroughZones[unit.Borough];
        var bits = _presence.At(unit.Key).Bits(unit.Patrols++);
        return zones.Length == 0 ? _scenario.Crews[unit.Row].Zone : zones[(int)(((bits >> 32) * (ulong)zones.Length) >> 32)];
    }

    // ---- Queues of incidents that wait for a unit ------------------------------------------------------------------------

    /// <summary>The incident a unit should take: lowest grade number, then oldest, among its borough's, its command unit's and the force's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FirstWaiting(int unit, ulong grades)
    {
        var borough = _units[unit].Borough;
        var commandUnit = _scenario.Boroughs + _scenario.BoroughUnit[borough];
        var force = _scenario.Boroughs + _scenario.CommandUnits;
        var waiting = (_waitingGrades[borough] | _waitingGrades[commandUnit] | _waitingGrades[force]) & grades;
        return waiting == 0 ? -1 : FirstWaiting(borough, commandUnit, force, waiting);
    }

    private int FirstWaiting(int borough, int commandUnit, int force, ulong waiting)
    {
        for (; waiting != 0; waiting &= waiting - 1)
        {
            var grade = BitOperations.TrailingZeroCount(waiting);
            var best = Older(-1, borough, grade, borough);
            best = Older(best, commandUnit, grade, borough);
            best = Older(best, force, grade, borough);
            if (best >= 0)
            {
                return best;
            }
        }

        return -1;
    }

    private int Older(int slot, int pool, int grade, int borough)
    {
        if ((_waitingGrades[pool] >> grade & 1) == 0)
        {
            return slot;
        }

        var first = _head[(pool * _grades) + grade];
        while (_keepsFree && first >= 0 && !Lends(borough, _incidents[first].Zone, grade, 1))
        {
            first = _incidents[first].Next;
        }

        return first >= 0 && (slot < 0 || _incidents[first].Number < _incidents[slot].Number) ? first : slot;
    }

    private void Enqueue(int slot)
    {
        ref var incident = ref _incidents[slot];
        var queue = (incident.Pool * _grades) + incident.Grade;
        incident.Waiting = true;
        SetUnassigned(ref incident, !incident.Attended && incident.OnWay == 0);
        if (Trace is not null)
        {
            TraceWait(slot);
        }

        if ((_waitingGrades[incident.Pool] >> incident.Grade & 1) == 0)
        {
            _waitingGrades[incident.Pool] |= 1UL << incident.Grade;
            _head[queue] = _tail[queue] = slot;
            incident.Next = incident.Previous = -1;
            return;
        }

        var after = _tail[queue];
        while (after >= 0 && _incidents[after].Number > incident.Number)
        {
            after = _incidents[after].Previous;
        }

        incident.Previous = after;
        incident.Next = after < 0 ? _head[queue] : _incidents[after].Next;
        if (incident.Next >= 0)
        {
            _incidents[incident.Next].Previous = slot;
        }
        else
        {
            _tail[queue] = slot;
        }

        if (after >= 0)
        {
            _incidents[after].Next = slot;
        }
        else
        {
            _head[queue] = slot;
        }
    }

    private void Unqueue(int slot)
    {
        ref var incident = ref _incidents[slot];
        var queue = (incident.Pool * _grades) + incident.Grade;
        incident.Waiting = false;
        if (incident.Previous >= 0)
        {
            _incidents[incident.Previous].Next = incident.Next;
        }
        else
        {
            _head[queue] = incident.Next;
        }

        if (incident.Next >= 0)
        {
            _incidents[incident.Next].Previous = incident.Previous;
        }
        else
        {
            _tail[queue] = incident.Previous;
        }

        if (_head[queue] < 0)
        {
            _waitingGrades[incident.Pool] &= ~(1UL << incident.Grade);
        }
    }

    // ---- Bookkeeping -------------------------------------------------------------------------------------------------

    private void SetState(int unit, UnitState state)
    {
        ref var u = ref _units[unit];
        var old = u.State;
        _tally.Events++;
        if (state != old)
        {
            if (_counting)
            {
                _tally.UnitSeconds[(u.Borough * Tally.States) + (int)old] += _now - u.Since;
            }

            var available = (state == UnitState.Available ? 1 : 0) - (old == UnitState.Available ? 1 : 0);
            var committed = (IsCommitted(state) ? 1 : 0) - (IsCommitted(old) ? 1 : 0);
            var onDuty = (state == UnitState.OffDuty ? 0 : 1) - (old == UnitState.OffDuty ? 0 : 1);
            _available += available;
            _committed += committed;
            _onDuty += onDuty;
            _availableSum -= (long)available * _now;
            _committedSum -= (long)committed * _now;
            _onDutySum -= (long)onDuty * _now;
            u.State = state;
            u.Since = _now;
        }

        if (Trace is not null)
        {
            var at = state is UnitState.Travelling or UnitState.AtScene or UnitState.Custody ? _incidents[u.Attending].Number : -1;
            Trace.Add(new TraceLine(_now, TraceKind.Unit, unit, at, (int)state));
        }
    }

    private static bool IsCommitted(UnitState state) => (uint)(state - UnitState.Travelling) <= UnitState.CaseWork - UnitState.Travelling;

    private void BookHour()
    {
        long now = _now;
        if (_counting)
        {
            _tally.HourAvailable[_hourOfWeek] += _availableSum + (_available * now);
            _tally.HourCommitted[_hourOfWeek] += _committedSum + (_committed * now);
            _tally.HourOnDuty[_hourOfWeek] += _onDutySum + (_onDuty * now);
            _tally.HourUnassigned[_hourOfWeek] += _unassignedSum + (_unassigned[^1] * now);
        }

        _availableSum = -_available * now;
        _committedSum = -_committed * now;
        _onDutySum = -_onDuty * now;
        _unassignedSum = -_unassigned[^1] * now;
    }

    private void SetUnassigned(ref Incident incident, bool unassigned)
    {
        if (incident.Unassigned != unassigned)
        {
            incident.Unassigned = unassigned;
            Unassigned(incident.Zone, unassigned ? 1 : -1);
        }
    }

    private void Unassigned(int zone, int change)
    {
        _unassignedSum -= (long)change * _now;
        var borough = _scenario.ZoneBorough[zone];
        BookUnassigned(borough);
        ChangeUnassigned(borough, change);
        ChangeUnassigned(_scenario.Boroughs + _scenario.BoroughUnit[borough], change);
        ChangeUnassigned(_unassigned.Length - 1, change);
    }

    private void BookUnassigned(int borough)
    {
        if (_counting)
        {
            var sum = (long)(_now - _unassignedSince[borough]) * _unassigned[borough];
            _tally.UnassignedSeconds[borough] += sum;
            _tally.UnassignedSeconds[_scenario.Boroughs + _scenario.BoroughUnit[borough]] += sum;
            _tally.UnassignedSeconds[^1] += sum;
        }

        _unassignedSince[borough] = _now;
    }

    private void ChangeUnassigned(int level, int change)
    {
        var count = _unassigned[level] += change;
        if (_counting && count > _tally.UnassignedMax[level])
        {
            _tally.UnassignedMax[level] = count;
        }
    }

    private void ChangeCases(int borough, int change)
    {
        BookCases(borough);
        _openCases[borough] += change;
    }

    private void BookCases(int borough)
    {
        if (_counting)
        {
            _tally.CaseSeconds[borough] += (long)(_now - _casesSince[borough]) * _openCases[borough];
        }

        _casesSince[borough] = _now;
    }

    private void BookMetres(int unit, double metres)
    {
        if (_counting)
        {
            _tally.Metres[_units[unit].Borough] += metres;
        }
    }

    private void TraceLeg(int unit, int incident)
    {
        ref var leg = ref _legs[unit];
        Trace!.Add(new TraceLine(_now, TraceKind.Leg, unit, incident, leg.From, leg.To, leg.End - leg.Start));
    }

    // Why nobody can come: what the units of the pool are doing.
    private void TraceWait(int slot)
    {
        ref var incident = ref _incidents[slot];
        Trace!.Add(new TraceLine(_now, TraceKind.Waits, -1, incident.Number, incident.Pool));
        Span<int> doing = stackalloc int[Tally.States];
        doing.Clear();
        for (var p = _pools.Start[incident.Pool]; p < _pools.Start[incident.Pool + 1]; p++)
        {
            var borough = _pools.Borough[p];
            for (var unit = _roster.WordStart[borough] * 64; unit < _roster.WordStart[borough + 1] * 64; unit++)
            {
                doing[(int)_units[unit].State]++;
            }
        }

        for (var state = 1; state < doing.Length; state++)
        {
            if (doing[state] > 0)
            {
                Trace.Add(new TraceLine(_now, TraceKind.UnitsInState, -1, incident.Number, state, doing[state]));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Counted(int from, int to) => Math.Max(0, Math.Min(to, _countTo) - Math.Max(from, _countFrom));

    private int CellOf(ref Incident incident) => (_scenario.ZoneBorough[incident.Zone] * _grades) + incident.Grade;

    private int SeriesCell(ref Incident incident)
    {
        var day = Math.Min(incident.Created / 86400, _first.SeriesOfDay.Length - 1);
        return (((_first.SeriesOfDay[day] * _scenario.Boroughs) + _scenario.ZoneBorough[incident.Zone]) * _grades) + incident.Grade;
    }

    private int GroupOf(int slot) => _scenario.BoroughGroup[_scenario.ZoneBorough[_incidents[slot].Zone]];

    private int HourOfWeek(int time) => (_first.StartHourOfWeek + (time / 3600)) % 168;

    private void DrawNextArrival()
    {
        _number++;
        _nextStream = _stream.At((ulong)_number);
        if (_first.Log is { } log)
        {
            _nextArrival = _number < log.Time.Length ? log.Time[_number] : int.MaxValue;
            return;
        }

        var need = QuantileTable.Exponential.Draw(_nextStream.Bits(Purpose.Gap));
        while (true)
        {
            var boundary = (_arrivalHour + 1) * 3600.0;
            var within = (boundary - _arrivalClock) * _arrivalRate;
            if (need < within)
            {
                _arrivalClock = Math.Min(_arrivalClock + (need * _secondsApart), boundary - 1e-6);
                _nextArrival = (int)_arrivalClock;
                return;
            }

            need -= within;
            _arrivalClock = boundary;
            _arrivalHour++;
            FollowArrivals();
            if (boundary > _horizon)
            {
                _nextArrival = int.MaxValue;
                return;
            }
        }
    }

    private void FollowArrivals()
    {
        _arrivalTable = _first.Arrivals.Table(_arrivalHour, (_first.StartHourOfWeek + _arrivalHour) % 168);
        _arrivalRate = _first.Arrivals.PerSecond(_arrivalTable);
        _secondsApart = 1 / _arrivalRate;
    }

    private int OpenSlot()
    {
        if (_freeSlot >= 0)
        {
            var slot = _freeSlot;
            _freeSlot = _incidents[slot].Next;
            return slot;
        }

        if (_usedSlots == _incidents.Length)
        {
            Array.Resize(ref _incidents, _usedSlots * 2);
        }

        return _usedSlots++;
    }

    private void CloseSlot(int slot)
    {
        _tally.Events++;
        Trace?.Add(new TraceLine(_now, TraceKind.Closed, -1, _incidents[slot].Number, 0));
        _incidents[slot].Open = false;
        _incidents[slot].Next = _freeSlot;
        _freeSlot = slot;
    }

    private void Reset(ulong seed, int replication)
    {
        _tally.Clear();
        _wheel.Clear();
        var root = RandomStream.Of(seed, replication);
        _stream = root.At(0);
        _presence = root.At(1);
        Follow(0);
        foreach (var stages in new[] { _controllers, _channels, _inspectors })
        {
            foreach (var stage in stages)
            {
                stage.Clear();
            }
        }

        ResizeStages();
        _cases.Clear();
        Array.Clear(_units);
        for (var unit = 0; unit < _units.Length; unit++)
        {
            if (_roster.Row[unit] is >= 0 and var row)
            {
                _units[unit].Row = (ushort)row;
                _units[unit].Borough = (ushort)_first.Crews[row].Borough;
                _units[unit].Key = _roster.Key(unit, _first.Crews[row]);
            }
        }

        Array.Copy(_first.SiteVehicles, _vehicles, _vehicles.Length);
        Array.Clear(_legs);
        Array.Clear(_idle);
        Array.Clear(_inCaseWork);
        Array.Clear(_onWay);
        Array.Clear(_interruptible);
        Array.Clear(_waitingGrades);
        Array.Clear(_unassigned);
        Array.Clear(_unassignedSince);
        Array.Clear(_openCases);
        Array.Clear(_casesSince);
        _counting = false;
        _freeSlot = -1;
        _usedSlots = 0;
        _now = 0;
        _hourOfWeek = HourOfWeek(0);
        _number = -1;
        _arrivalClock = 0;
        _arrivalHour = 0;
        _pending = 0;
        _available = 0;
        _committed = 0;
        _onDuty = 0;
        _availableSum = _committedSum = _onDutySum = _unassignedSum = 0;
        for (var p = 0; p < _first.Later.Length; p++)
        {
            _wheel.Schedule(_first.Later[p].From, PhaseStart, p + 1, 0);
        }

        _wheel.Schedule(0, HourTick, 0, 0);
        for (var shift = 0; shift < _scenario.Shifts.Length; shift++)
        {
            var rules = _scenario.Shifts[shift];
            var fromYesterday = !rules.Standing && rules.Start + rules.Length > 86400;
            _wheel.Schedule(rules.Standing || fromYesterday ? 0 : rules.Start, ShiftStart, shift, fromYesterday ? -1 : 0);
        }

        FollowArrivals();
        DrawNextArrival();
    }

    private void Finish()
    {
        BookHour();
        if (_counting)
        {
            StopCounting();
        }

        for (var unit = 0; unit < _roster.Units; unit++)
        {
            if (_units[unit].State != UnitState.OffDuty && _units[unit].ShiftEnd < _now)
            {
                BookOvertime(unit);
            }
        }
    }

    private Stage[] Stages(int count)
    {
        var stages = new Stage[count];
        for (var i = 0; i < count; i++)
        {
            stages[i] = new Stage(_grades);
        }

        return stages;
    }

    private static bool UsesHome(Scenario scenario)
    {
        var home = scenario.WhenFree == WhenFree.Home;
        foreach (var phase in scenario.Later)
        {
            home |= phase.Rules.WhenFree == WhenFree.Home;
        }

        return home;
    }

    private static void CheckPhases(Scenario scenario)
    {
        if (scenario.Zones > ushort.MaxValue || scenario.Crews.Length > ushort.MaxValue || scenario.Boroughs > ushort.MaxValue || scenario.Teams > byte.MaxValue)
        {
            throw new ArgumentException("There are more zones, rows of crews, boroughs or teams than the engine holds.", nameof(scenario));
        }

        foreach (var (_, rules) in scenario.Later)
        {
            if (rules.Zones != scenario.Zones || rules.Boroughs != scenario.Boroughs || rules.Grades.Length != scenario.Grades.Length
                || rules.CommandUnits != scenario.CommandUnits || rules.Groups.Length != scenario.Groups.Length
                || rules.Shifts.Length != scenario.Shifts.Length || rules.Crews.Length != scenario.Crews.Length
                || rules.Inspectors.Length != scenario.Inspectors.Length)
            {
                throw new ArgumentException("A later phase is not of the same shape as the first.", nameof(scenario));
            }
        }
    }
}
