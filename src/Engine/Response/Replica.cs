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
    public const string Version = "2";

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

    private readonly Scenario _first;
    private readonly Roster _roster;
    private readonly Pools[] _poolsOf;
    private readonly Tally _tally;
    private readonly EventWheel _wheel = new();
    private readonly Stage[] _controllers;
    private readonly Stage[] _channels;
    private readonly int[]?[] _homeZone;
    private readonly int _countFrom;
    private readonly int _countTo;
    private readonly int _horizon;
    private ulong _preEmptingGrades;

    // Units, an array a property; those in the masks are the ones a despatch may look at.
    private readonly ulong[] _idle;
    private readonly ulong[] _inCaseWork;
    private readonly ulong[] _onWay;
    private readonly UnitState[] _state;
    private readonly int[] _since;
    private readonly int[] _stamp;
    private readonly int[] _from;
    private readonly int[] _to;
    private readonly int[] _legStart;
    private readonly int[] _legEnd;
    private readonly double[] _legMetres;
    private readonly int[] _attending;
    private readonly int[] _sentAs;
    private readonly int[] _shiftEnd;
    private readonly int[] _team;
    private readonly int[] _mealBy;
    private readonly bool[] _mealDue;
    private readonly int[] _owed;
    private readonly int[] _caseWorkEnd;
    private readonly int[] _paraded;

    // Queues of incidents waiting for a unit [pool × grades + grade].
    private readonly int[] _head;
    private readonly int[] _tail;
    private readonly ulong[] _waitingGrades;
    private readonly int[] _unassigned;
    private readonly int[] _unassignedSince;

    private Incident[] _incidents = new Incident[256];
    private int _freeSlot;
    private int _usedSlots;

    // What holds in the present phase.
    private Scenario _scenario;
    private Pools _pools;

    private RandomStream _stream;
    private RandomStream _presence;
    private int _now;
    private int _hourOfWeek;
    private int _number;
    private double _arrivalClock;
    private int _arrivalHour;
    private int _nextArrival;
    private int _pending;
    private int _accrued;
    private int _available;
    private int _committed;
    private int _onDuty;

    /// <summary>Prepares the memory for one scenario.</summary>
    public Replica(Scenario scenario)
    {
        CheckPhases(scenario);
        _first = _scenario = scenario;
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
        _controllers = new Stage[scenario.Groups.Length];
        _channels = new Stage[scenario.Groups.Length];
        for (var g = 0; g < scenario.Groups.Length; g++)
        {
            _controllers[g] = new Stage(scenario.Grades.Length);
            _channels[g] = new Stage(scenario.Grades.Length);
        }

        _homeZone = new int[]?[scenario.Boroughs];
        var home = scenario.WhenFree == WhenFree.Home;
        foreach (var phase in scenario.Later)
        {
            home |= phase.Rules.WhenFree == WhenFree.Home;
        }

        if (home)
        {
            var members = new bool[scenario.Zones];
            for (var b = 0; b < scenario.Boroughs; b++)
            {
                for (var z = 0; z < scenario.Zones; z++)
                {
                    members[z] = scenario.ZoneBorough[z] == b;
                }

                _homeZone[b] = scenario.Distances.NearestOf(members);
            }
        }

        var units = _roster.Units;
        _idle = new ulong[units / 64];
        _inCaseWork = new ulong[units / 64];
        _onWay = new ulong[units / 64];
        _state = new UnitState[units];
        _since = new int[units];
        _stamp = new int[units];
        _from = new int[units];
        _to = new int[units];
        _legStart = new int[units];
        _legEnd = new int[units];
        _legMetres = new double[units];
        _attending = new int[units];
        _sentAs = new int[units];
        _shiftEnd = new int[units];
        _team = new int[units];
        _mealBy = new int[units];
        _mealDue = new bool[units];
        _owed = new int[units * scenario.Teams];
        _caseWorkEnd = new int[units];
        _paraded = new int[scenario.Crews.Length];
        var pools = scenario.Boroughs + scenario.CommandUnits + 1;
        _head = new int[pools * scenario.Grades.Length];
        _tail = new int[pools * scenario.Grades.Length];
        _waitingGrades = new ulong[pools];
        _unassigned = new int[pools];
        _unassignedSince = new int[pools];
    }

    /// <summary>Where every change of state is written, when somebody wants to see it; null otherwise.</summary>
    public ICollection<TraceLine>? Trace { get; set; }

    /// <summary>
    /// Runs one replication and returns its tally, which the next run overwrites. Throws
    /// <see cref="OperationCanceledException"/> within a simulated hour of cancellation.
    /// </summary>
    public Tally Run(ulong seed, int replication, CancellationToken cancellation = default)
    {
        Reset(seed, replication);
        while (true)
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
                    case MealEnd: if (stamp == _stamp[subject]) { MealEnds(subject); } break;
                    case PassBack: IncidentIsPassedBack(subject); break;
                    case HandlingEnd: HandlingEnds(subject, stamp); break;
                    case AirEnd: AirTimeEnds(subject, stamp); break;
                    case Widen: SearchWidens(subject, stamp); break;
                    case Arrival: if (stamp == _stamp[subject]) { UnitArrives(subject); } break;
                    case SceneEnd: SceneEnds(subject); break;
                    case CustodyEnd: CustodyEnds(subject); break;
                    case PhaseStart: PhaseStarts(subject); break;
                    default: if (stamp == _stamp[subject]) { CaseWorkEnds(subject); } break;
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
                break;
            }

            if (_pending == 0 && _now >= _countTo)
            {
                break;
            }
        }

        Finish();
        return _tally;
    }

    // ---- Time of day -------------------------------------------------------------------------------------------------

    /// <summary>Every hour, from 0: books what has accrued under the hour that ends.</summary>
    private void HourTicks(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Accrue();
        _hourOfWeek = HourOfWeek(_now);
        if (_now == _countFrom)
        {
            for (var level = 0; level < _unassigned.Length; level++)
            {
                _tally.UnassignedMax[level] = _unassigned[level];
            }

            _tally.UnassignedAtStart = _unassigned[^1];
        }

        if (_now == _countTo)
        {
            _tally.UnassignedAtEnd = _unassigned[^1];
        }

        if (_now >= _countFrom && _now < _countTo)
        {
            _tally.HourLength[_hourOfWeek] += 3600;
        }

        _wheel.Schedule(_now + 3600, HourTick, 0, 0);
    }

    // ---- Phases ------------------------------------------------------------------------------------------------------

    /// <summary>
    /// Another organisation holds from now on, whatever anybody is doing: queues move to whose they now are, in order of age;
    /// a controller or channel finishes what it has in hand; crews of the new numbers parade from their next shift.
    /// </summary>
    private void PhaseStarts(int phase)
    {
        Accrue();
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

            ChangeUnassigned(_scenario.Boroughs + u, sum - _unassigned[_scenario.Boroughs + u]);
        }

        var handling = new List<(int Slot, int Seconds)>();
        var airing = new List<(int Slot, int Seconds)>();
        for (var g = 0; g < _scenario.Groups.Length; g++)
        {
            _controllers[g].Resize(_scenario.Groups[g].Controllers);
            _channels[g].Resize(_scenario.Groups[g].Channels);
            while (_controllers[g].TryWithdraw(out var slot, out var seconds))
            {
                handling.Add((slot, seconds));
            }

            while (_channels[g].TryWithdraw(out var slot, out var seconds))
            {
                if (slot >= 0)
                {
                    airing.Add((slot, seconds));
                }
            }
        }

        airing.Sort((a, b) => _incidents[a.Slot].Number.CompareTo(_incidents[b.Slot].Number));
        handling.Sort((a, b) => _incidents[a.Slot].Number.CompareTo(_incidents[b.Slot].Number));
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

    private void Follow(int phase)
    {
        _scenario = phase == 0 ? _first : _first.Later[phase - 1].Rules;
        _pools = _poolsOf[phase];
        _preEmptingGrades = 0;
        for (var g = 0; g < _scenario.Grades.Length; g++)
        {
            _preEmptingGrades |= _scenario.Grades[g].PreEmpts ? 1UL << g : 0;
        }
    }

    private static void CheckPhases(Scenario scenario)
    {
        foreach (var (_, rules) in scenario.Later)
        {
            if (rules.Zones != scenario.Zones || rules.Boroughs != scenario.Boroughs || rules.Grades.Length != scenario.Grades.Length
                || rules.CommandUnits != scenario.CommandUnits || rules.Groups.Length != scenario.Groups.Length
                || rules.Shifts.Length != scenario.Shifts.Length || rules.Crews.Length != scenario.Crews.Length)
            {
                throw new ArgumentException("A later phase is not of the same shape as the first.", nameof(scenario));
            }
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
                if (_state[unit] != UnitState.OffDuty)
                {
                    BookOvertime(unit);
                    deployed++;
                }
                else if (k < row.Crews && deployed < row.Vehicles && IsPresent(row, team, day, unit))
                {
                    deployed++;
                    _paraded[r]++;
                    _from[unit] = _to[unit] = row.Zone;
                    _legEnd[unit] = _now;
                    SetState(unit, UnitState.Briefing);
                }
                else
                {
                    continue;
                }

                _shiftEnd[unit] = end;
                _team[unit] = team;
                _mealDue[unit] = false;
                if (rules.Meal > 0)
                {
                    var third = rules.Length / 3;
                    var spread = Math.Max(third - rules.Meal, 0);
                    _mealBy[unit] = start + third + third;
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
                while (_state[unit] != UnitState.Briefing)
                {
                    unit--;
                }

                _paraded[most]--;
                SetState(unit, UnitState.Guard);
            }
        }
    }

    /// <summary>Crews in briefing become available, or return to the case work they keep.</summary>
    private void BriefingEnds(int shift)
    {
        for (var r = 0; r < _scenario.Crews.Length; r++)
        {
            var row = _scenario.Crews[r];
            for (var k = 0; row.Shift == shift && k < _roster.Seats[r]; k++)
            {
                var unit = _roster.RowStart[r] + k;
                if (_state[unit] == UnitState.Briefing)
                {
                    ReturnToWork(unit);
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
                switch (_state[unit])
                {
                    case UnitState.Available:
                        _idle[unit >> 6] &= ~(1UL << (unit & 63));
                        GoOffDuty(unit);
                        break;
                    case UnitState.CaseWork:
                        StopCaseWork(unit);
                        GoOffDuty(unit);
                        break;
                    case UnitState.Meal or UnitState.Guard or UnitState.Briefing:
                        _stamp[unit]++;
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
        if (_shiftEnd[unit] != shiftEnd || _state[unit] is UnitState.OffDuty or UnitState.Guard)
        {
            return;
        }

        if (_state[unit] == UnitState.Available)
        {
            _idle[unit >> 6] &= ~(1UL << (unit & 63));
            StartMeal(unit);
        }
        else
        {
            _mealDue[unit] = true;
        }
    }

    /// <summary>A unit at its meal is available again.</summary>
    private void MealEnds(int unit) => ReturnToWork(unit);

    private void StartMeal(int unit)
    {
        _mealDue[unit] = false;
        SetState(unit, UnitState.Meal);
        var meal = _scenario.Shifts[_scenario.Crews[_roster.Row[unit]].Shift].Meal;
        _wheel.Schedule(_now + meal, MealEnd, unit, ++_stamp[unit]);
    }

    private bool IsPresent(CrewRules row, int team, int day, int unit)
    {
        if (row.AbsenceShare <= 0)
        {
            return true;
        }

        var stream = _presence.At(((ulong)(uint)row.Borough << 32) | (uint)team)
            .At(((ulong)(uint)(day + 1) << 32) | ((uint)row.Shift << 16) | (uint)_roster.Seat[unit]);
        return stream.Uniform(Purpose.Presence) >= row.AbsenceShare;
    }

    private void GoOffDuty(int unit)
    {
        BookOvertime(unit);
        SetState(unit, UnitState.OffDuty);
    }

    private void BookOvertime(int unit)
    {
        var seconds = Math.Min(_now, _countTo) - Math.Max(_shiftEnd[unit], _countFrom);
        if (seconds > 0)
        {
            _tally.OvertimeSeconds[_roster.Borough[unit]] += seconds;
        }
    }

    // ---- Incidents before a unit is sent -------------------------------------------------------------------------------

    /// <summary>The next incident is created; everything about it is a function of its number.</summary>
    private void IncidentArrives()
    {
        var number = _number;
        var stream = _stream.At((ulong)number);
        var grades = _scenario.Grades.Length;
        int zone, grade;
        if (_first.Log is { } log)
        {
            zone = log.Zone[number];
            grade = log.Grade[number];
        }
        else
        {
            var cell = _first.Arrivals.Cell(_first.Arrivals.Table(_arrivalHour, HourOfWeek(_arrivalHour * 3600)), stream.Bits(Purpose.Cell));
            zone = cell / grades;
            grade = cell - (zone * grades);
        }

        var rules = _scenario.Grades[grade];
        var counted = _now >= _countFrom && _now < _countTo;
        _tally.Events++;
        _tally.Incidents += counted ? 1 : 0;
        Trace?.Add(new TraceLine(_now, TraceKind.Created, -1, number, grade));
        var passedBack = false;
        if (rules.TelephoneShare > 0 && stream.Uniform(Purpose.Telephone) < rules.TelephoneShare)
        {
            passedBack = stream.Uniform(Purpose.PassBack) < rules.PassBackShare;
            if (!passedBack)
            {
                _tally.Telephone[(_scenario.ZoneBorough[zone] * grades) + grade] += counted ? 1 : 0;
                Trace?.Add(new TraceLine(_now, TraceKind.Telephone, -1, number, grade));
                DrawNextArrival();
                return;
            }
        }

        var slot = OpenSlot();
        ref var incident = ref _incidents[slot];
        incident = default;
        incident.Number = number;
        incident.Zone = zone;
        incident.Grade = grade;
        incident.Counted = counted;
        incident.First = -1;
        incident.Open = true;
        incident.Need = 1;
        if (_first.Log is { } said && said.Units[number] > 0)
        {
            incident.Need = said.Units[number];
        }
        else if (rules.UnitsNeeded.Length > 1)
        {
            var u = stream.Uniform(Purpose.UnitsNeeded);
            while (incident.Need < rules.UnitsNeeded.Length && u >= rules.UnitsNeeded[incident.Need - 1])
            {
                incident.Need++;
            }
        }

        DrawNextArrival();
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
        if (incident.Counted)
        {
            var grades = _scenario.Grades.Length;
            if (_first.Series > 0)
            {
                _tally.SeriesNeeding[SeriesCell(ref incident)]++;
            }

            _tally.Needing[(_scenario.ZoneBorough[incident.Zone] * grades) + incident.Grade]++;
            _tally.ZoneNeeding[(incident.Zone * grades) + incident.Grade]++;
            _tally.HourNeeding[(HourOfWeek(_now) * grades) + incident.Grade]++;
        }

        var group = GroupOf(slot);
        var seconds = _controllers[group].Exists
            ? _scenario.Groups[group].Handling[incident.Grade].Sample(_stream.At((ulong)incident.Number), Purpose.Handling) : 0;
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
        Unassigned(incident.Zone, 1);
        var group = GroupOf(slot);
        var seconds = _channels[group].Exists
            ? _scenario.Groups[group].DespatchAirTime.Sample(_stream.At((ulong)incident.Number), Purpose.DespatchAir) : 0;
        QueueForChannel(slot, group, seconds);
    }

    private void QueueForChannel(int slot, int group, int seconds)
    {
        _incidents[slot].Group = group;
        if (!_channels[group].Exists)
        {
            AskForUnits(slot, group);
        }
        else if (_channels[group].TryStart(_incidents[slot].Grade, slot, seconds))
        {
            StartAirTime(group, slot, seconds);
        }
    }

    private void StartAirTime(int group, int slot, int seconds)
    {
        if (slot >= 0 && _incidents[slot].Counted)
        {
            _tally.ChannelWaitSeconds[group] += _now - _incidents[slot].Joined;
        }

        _tally.ChannelBusySeconds[group] += Counted(_now, _now + seconds);
        _wheel.Schedule(_now + seconds, AirEnd, group, slot);
    }

    /// <summary>A message ends: the channel takes the next; if it was a despatch (slot not below 0), its incident asks for units.</summary>
    private void AirTimeEnds(int group, int slot)
    {
        if (_channels[group].TryNext(out var next, out var seconds))
        {
            StartAirTime(group, next, seconds);
        }

        if (slot >= 0)
        {
            _tally.Events++;
            AskForUnits(slot, group);
        }
    }

    /// <summary>Status messages load the channel at their incident's grade; no incident waits for its own.</summary>
    private void SendStatus(int unit, int slot, bool arrival)
    {
        ref var incident = ref _incidents[slot];
        var group = GroupOf(slot);
        var air = _scenario.Groups[group].StatusAirTime;
        if (!_channels[group].Exists || air.IsNone)
        {
            return;
        }

        var total = air.Sample(_stream.At((ulong)incident.Number), Purpose.StatusAir + _sentAs[unit]);
        var seconds = arrival ? total / 2 : total - (total / 2);
        if (seconds > 0 && _channels[group].TryStart(incident.Grade, -1, seconds))
        {
            StartAirTime(group, -1, seconds);
        }
    }

    private void AskForUnits(int slot, int group)
    {
        ref var incident = ref _incidents[slot];
        incident.Aired = _now;
        _tally.GroupIncidents[group] += incident.Counted ? 1 : 0;
        AskPool(slot);
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
        var widenAfter = _scenario.Grades[_incidents[slot].Grade].WidenAfterSeconds;
        if (_scenario.Mode == DespatchMode.BoroughThenCommandUnit && widenAfter >= 0 && _incidents[slot].Waiting)
        {
            _wheel.Schedule(_now + widenAfter, Widen, slot, _incidents[slot].Number);
        }
    }

    /// <summary>An incident that may have waited long enough for its own borough asks the whole command unit.</summary>
    private void SearchWidens(int slot, int number)
    {
        ref var incident = ref _incidents[slot];
        if (!incident.Open || incident.Number != number || !incident.Waiting)
        {
            return;
        }

        _tally.Events++;
        Unqueue(slot);
        incident.Pool = _scenario.Boroughs + _scenario.BoroughUnit[_scenario.ZoneBorough[incident.Zone]];
        SendUnits(slot);
    }

    // ---- Despatch ----------------------------------------------------------------------------------------------------

    /// <summary>
    /// Sends the nearest units that may go until none is needed; what is still needed waits. Free units, and for a grade that
    /// pre-empts those in case work, are compared by distance; a unit on its way to a lower grade is taken only where there
    /// is neither and the incident has no unit yet.
    /// </summary>
    private void SendUnits(int slot)
    {
        while (_incidents[slot].Need > 0)
        {
            ref var incident = ref _incidents[slot];
            var preEmpts = _scenario.Grades[incident.Grade].PreEmpts;
            var unit = Nearest(incident.Pool, incident.Zone, preEmpts);
            if (unit >= 0)
            {
                Despatch(slot, unit);
                continue;
            }

            if (preEmpts && incident.Sent == 0)
            {
                unit = NearestOnWayToLower(incident.Pool, incident.Zone, incident.Grade);
                if (unit >= 0)
                {
                    var loser = _attending[unit];
                    Withdraw(unit);
                    Despatch(slot, unit);
                    if (!_incidents[loser].Waiting)
                    {
                        SendUnits(loser);
                    }

                    continue;
                }
            }

            if (!incident.Waiting)
            {
                Enqueue(slot);
            }

            return;
        }
    }

    private void Despatch(int slot, int unit)
    {
        ref var incident = ref _incidents[slot];
        var word = unit >> 6;
        var bit = 1UL << (unit & 63);
        if (_state[unit] == UnitState.CaseWork)
        {
            StopCaseWork(unit);
        }

        _idle[word] &= ~bit;
        var step = _scenario.Distances.MetresPerStep;
        var metres = StepsTo(unit, _scenario.Distances.To(incident.Zone)) * step;
        var seconds = _scenario.Travel.Seconds(
            incident.Grade, metres, incident.Zone, _hourOfWeek % 24,
            _stream.At((ulong)incident.Number).At(_roster.Key[unit]), Purpose.Travel);
        _from[unit] = Position(unit);
        _to[unit] = incident.Zone;
        _legStart[unit] = _now;
        _legEnd[unit] = _now + seconds;
        _legMetres[unit] = metres;
        _attending[unit] = slot;
        _sentAs[unit] = Math.Min(incident.Sent, 47);
        if (incident.First < 0 && incident.OnWay == 0)
        {
            Unassigned(incident.Zone, -1);
        }

        incident.Sent++;
        incident.Need--;
        incident.OnWay++;
        if (incident.Need == 0 && incident.Waiting)
        {
            Unqueue(slot);
        }

        var home = _roster.Borough[unit];
        if (_scenario.ZoneBorough[incident.Zone] != home && _now >= _countFrom && _now < _countTo)
        {
            _tally.CrossBorough[home]++;
        }

        Trace?.Add(new TraceLine(_now, TraceKind.Despatched, unit, incident.Number, seconds));
        SetState(unit, UnitState.Travelling);
        _stamp[unit]++;
        if (seconds == 0)
        {
            UnitArrives(unit);
            return;
        }

        _onWay[word] |= bit;
        _wheel.Schedule(_now + seconds, Arrival, unit, _stamp[unit]);
    }

    /// <summary>A travelling unit loses its incident, which needs another; the unit stands where it is, in no mask.</summary>
    private void Withdraw(int unit)
    {
        var slot = _attending[unit];
        ref var incident = ref _incidents[slot];
        BookMetres(unit, _legMetres[unit] * Done(unit));
        _stamp[unit]++;
        _onWay[unit >> 6] &= ~(1UL << (unit & 63));
        incident.OnWay--;
        incident.Need++;
        Trace?.Add(new TraceLine(_now, TraceKind.Withdrawn, unit, incident.Number, 0));
        if (incident.First < 0 && incident.OnWay == 0)
        {
            Unassigned(incident.Zone, 1);
        }
    }

    private int Nearest(int pool, int zone, bool caseWorkToo)
    {
        var distances = _scenario.Distances.To(zone);
        var best = -1;
        var least = double.MaxValue;
        for (var p = _pools.Start[pool]; p < _pools.Start[pool + 1]; p++)
        {
            var borough = _pools.Borough[p];
            for (var word = _roster.WordStart[borough]; word < _roster.WordStart[borough + 1]; word++)
            {
                var bits = caseWorkToo ? _idle[word] | _inCaseWork[word] : _idle[word];
                for (; bits != 0; bits &= bits - 1)
                {
                    var unit = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    var steps = StepsTo(unit, distances);
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

    private int NearestOnWayToLower(int pool, int zone, int grade)
    {
        var distances = _scenario.Distances.To(zone);
        var best = -1;
        var least = double.MaxValue;
        for (var p = _pools.Start[pool]; p < _pools.Start[pool + 1]; p++)
        {
            var borough = _pools.Borough[p];
            for (var word = _roster.WordStart[borough]; word < _roster.WordStart[borough + 1]; word++)
            {
                for (var bits = _onWay[word]; bits != 0; bits &= bits - 1)
                {
                    var unit = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    var steps = StepsTo(unit, distances);
                    if (steps < least && _incidents[_attending[unit]].Grade > grade)
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
    private double StepsTo(int unit, ReadOnlySpan<ushort> distances)
    {
        if (_legEnd[unit] <= _now)
        {
            return distances[_to[unit]];
        }

        var done = Done(unit);
        return ((1 - done) * distances[_from[unit]]) + (done * distances[_to[unit]]);
    }

    private double Done(int unit) =>
        _legEnd[unit] <= _now ? 1 : (double)(_now - _legStart[unit]) / (_legEnd[unit] - _legStart[unit]);

    /// <summary>The zone a unit is taken to stand in: the nearer end, by time, of the leg it is on.</summary>
    private int Position(int unit) => Done(unit) < 0.5 ? _from[unit] : _to[unit];

    // ---- At the incident and after -----------------------------------------------------------------------------------

    /// <summary>A travelling unit arrives; the first stops the response clock.</summary>
    private void UnitArrives(int unit)
    {
        var slot = _attending[unit];
        ref var incident = ref _incidents[slot];
        BookMetres(unit, _legMetres[unit]);
        _onWay[unit >> 6] &= ~(1UL << (unit & 63));
        incident.OnWay--;
        incident.AtScene++;
        if (incident.First < 0)
        {
            incident.First = unit;
            Attended(unit, ref incident);
        }

        SetState(unit, UnitState.AtScene);
        SendStatus(unit, slot, arrival: true);
        var seconds = _first.Log is { } log && log.Scene[incident.Number] >= 0
            ? log.Scene[incident.Number]
            : _scenario.Grades[incident.Grade].Scene.Sample(_stream.At((ulong)incident.Number), Purpose.Scene + _sentAs[unit]);
        _wheel.Schedule(_now + seconds, SceneEnd, unit, 0);
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
        var grades = _scenario.Grades.Length;
        var grade = incident.Grade;
        var response = _now - incident.Created;
        var target = _scenario.Grades[grade].TargetSeconds;
        var inTarget = target >= 0 && response <= target ? 1 : 0;
        var cell = (_scenario.ZoneBorough[incident.Zone] * grades) + grade;
        _tally.Attended[cell]++;
        _tally.InTarget[cell] += inTarget;
        _tally.Over30[cell] += response > 1800 ? 1 : 0;
        _tally.ResponseSeconds[cell] += response;
        _tally.ControllerSeconds[cell] += incident.Handled - incident.Created;
        _tally.ChannelSeconds[cell] += incident.Aired - incident.Handled;
        _tally.TravelSeconds[cell] += _now - _legStart[unit];
        if (_first.Series > 0)
        {
            var at = SeriesCell(ref incident);
            _tally.SeriesAttended[at]++;
            _tally.SeriesInTarget[at] += inTarget;
            _tally.SeriesSeconds[at] += response;
            _tally.SeriesControllerSeconds[at] += incident.Handled - incident.Created;
            _tally.SeriesChannelSeconds[at] += incident.Aired - incident.Handled;
            _tally.SeriesTravelSeconds[at] += _now - _legStart[unit];
        }

        var zone = (incident.Zone * grades) + grade;
        _tally.ZoneAttended[zone]++;
        _tally.ZoneInTarget[zone] += inTarget;
        _tally.ZoneSeconds[zone] += response;
        var hour = (HourOfWeek(incident.Created) * grades) + grade;
        _tally.HourAttended[hour]++;
        _tally.HourInTarget[hour] += inTarget;
        _tally.HourSeconds[hour] += response;
        var team = (_team[unit] * grades) + grade;
        _tally.TeamAttended[team]++;
        _tally.TeamInTarget[team] += inTarget;
        _tally.TeamSeconds[team] += response;
        _tally.AddSample(cell, response);
    }

    /// <summary>A unit at the scene clears; if it was the first there, the incident needs nobody else.</summary>
    private void SceneEnds(int unit)
    {
        var slot = _attending[unit];
        ref var incident = ref _incidents[slot];
        var stream = _stream.At((ulong)incident.Number);
        var rules = _scenario.Grades[incident.Grade];
        SendStatus(unit, slot, arrival: false);
        incident.AtScene--;
        var arrested = 0;
        if (incident.First == unit)
        {
            if (incident.Waiting)
            {
                Unqueue(slot);
            }

            incident.Need = 0;
            if (rules.CaseWorkProbability > 0 && stream.Uniform(Purpose.KeepsCase) < rules.CaseWorkProbability)
            {
                _owed[(unit * _scenario.Teams) + _team[unit]] += rules.CaseWork.Sample(stream, Purpose.CaseWork);
            }

            if (rules.ArrestProbability > 0 && stream.Uniform(Purpose.Arrest) < rules.ArrestProbability)
            {
                arrested = rules.Custody.Sample(stream, Purpose.Custody);
            }

            if (incident.OnWay > 0)
            {
                StandDown(slot);
            }
        }

        if (incident.OnWay == 0 && incident.AtScene == 0 && incident.Need == 0)
        {
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

    private void StandDown(int slot)
    {
        for (var unit = 0; unit < _roster.Units; unit++)
        {
            if (_state[unit] == UnitState.Travelling && _attending[unit] == slot)
            {
                Withdraw(unit);
                _incidents[slot].Need = 0;
                ReturnToWork(unit);
            }
        }
    }

    /// <summary>A unit leaves custody.</summary>
    private void CustodyEnds(int unit) => ReturnToWork(unit);

    /// <summary>A unit has finished the case work it kept.</summary>
    private void CaseWorkEnds(int unit)
    {
        StopCaseWork(unit);
        BecomeFree(unit);
    }

    /// <summary>Case work that is owed comes before being free, but not before a waiting grade that would interrupt it.</summary>
    private void ReturnToWork(int unit)
    {
        var owed = _owed[(unit * _scenario.Teams) + _team[unit]];
        if (owed == 0 || _now >= _shiftEnd[unit])
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
        _caseWorkEnd[unit] = _now + owed;
        _wheel.Schedule(_now + owed, CaseWorkEnd, unit, ++_stamp[unit]);
    }

    private void StopCaseWork(int unit)
    {
        _inCaseWork[unit >> 6] &= ~(1UL << (unit & 63));
        _owed[(unit * _scenario.Teams) + _team[unit]] = _caseWorkEnd[unit] - _now;
        _stamp[unit]++;
    }

    /// <summary>A unit with nothing in hand: off duty if its shift is over, else to what waits, its meal, or availability.</summary>
    private void BecomeFree(int unit)
    {
        if (_now >= _shiftEnd[unit])
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

        Leave(unit);
        if (_mealDue[unit] && _now <= _mealBy[unit])
        {
            StartMeal(unit);
            return;
        }

        SetState(unit, UnitState.Available);
        _idle[unit >> 6] |= 1UL << (unit & 63);
    }

    /// <summary>Sets out for where the policy sends a free unit.</summary>
    private void Leave(int unit)
    {
        var here = Position(unit);
        var there = _scenario.WhenFree switch
        {
            WhenFree.Base => _scenario.Crews[_roster.Row[unit]].Zone,
            WhenFree.Home => _homeZone[_roster.Borough[unit]]![here],
            _ => here,
        };
        _from[unit] = here;
        _to[unit] = there;
        _legStart[unit] = _now;
        _legEnd[unit] = here == there
            ? _now
            : _now + _scenario.Travel.SecondsUnhurried(_scenario.Distances.Metres(here, there), there, _hourOfWeek % 24);
    }

    // ---- Queues of incidents that wait for a unit ------------------------------------------------------------------------

    /// <summary>The incident a unit should take: lowest grade number, then oldest, among its borough's, its command unit's and the force's.</summary>
    private int FirstWaiting(int unit, ulong grades)
    {
        var borough = _roster.Borough[unit];
        var commandUnit = _scenario.Boroughs + _scenario.BoroughUnit[borough];
        var force = _scenario.Boroughs + _scenario.CommandUnits;
        var waiting = (_waitingGrades[borough] | _waitingGrades[commandUnit] | _waitingGrades[force]) & grades;
        if (waiting == 0)
        {
            return -1;
        }

        var grade = BitOperations.TrailingZeroCount(waiting);
        var best = Older(-1, borough, grade);
        best = Older(best, commandUnit, grade);
        return Older(best, force, grade);
    }

    private int Older(int slot, int pool, int grade)
    {
        if ((_waitingGrades[pool] >> grade & 1) == 0)
        {
            return slot;
        }

        var head = _head[(pool * _scenario.Grades.Length) + grade];
        return slot < 0 || _incidents[head].Number < _incidents[slot].Number ? head : slot;
    }

    private void Enqueue(int slot)
    {
        ref var incident = ref _incidents[slot];
        var queue = (incident.Pool * _scenario.Grades.Length) + incident.Grade;
        incident.Waiting = true;
        Trace?.Add(new TraceLine(_now, TraceKind.Waits, -1, incident.Number, incident.Pool));
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
        var queue = (incident.Pool * _scenario.Grades.Length) + incident.Grade;
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
        Accrue();
        var old = _state[unit];
        _tally.UnitSeconds[(_roster.Borough[unit] * Tally.States) + (int)old] += Counted(_since[unit], _now);
        _available += (state == UnitState.Available ? 1 : 0) - (old == UnitState.Available ? 1 : 0);
        _committed += (IsCommitted(state) ? 1 : 0) - (IsCommitted(old) ? 1 : 0);
        _onDuty += (state == UnitState.OffDuty ? 0 : 1) - (old == UnitState.OffDuty ? 0 : 1);
        _state[unit] = state;
        _since[unit] = _now;
        _tally.Events++;
        Trace?.Add(new TraceLine(_now, TraceKind.Unit, unit, -1, (int)state));
    }

    private static bool IsCommitted(UnitState state) => state is >= UnitState.Travelling and <= UnitState.CaseWork;

    private void Accrue()
    {
        if (_accrued == _now)
        {
            return;
        }

        var seconds = Counted(_accrued, _now);
        _accrued = _now;
        if (seconds > 0)
        {
            _tally.HourAvailable[_hourOfWeek] += (long)seconds * _available;
            _tally.HourCommitted[_hourOfWeek] += (long)seconds * _committed;
            _tally.HourOnDuty[_hourOfWeek] += (long)seconds * _onDuty;
            _tally.HourUnassigned[_hourOfWeek] += (long)seconds * _unassigned[^1];
        }
    }

    private void Unassigned(int zone, int change)
    {
        Accrue();
        var borough = _scenario.ZoneBorough[zone];
        ChangeUnassigned(borough, change);
        ChangeUnassigned(_scenario.Boroughs + _scenario.BoroughUnit[borough], change);
        ChangeUnassigned(_unassigned.Length - 1, change);
    }

    private void ChangeUnassigned(int level, int change)
    {
        _tally.UnassignedSeconds[level] += (long)Counted(_unassignedSince[level], _now) * _unassigned[level];
        _unassignedSince[level] = _now;
        _unassigned[level] += change;
        if (_unassigned[level] > _tally.UnassignedMax[level] && _now >= _countFrom && _now < _countTo)
        {
            _tally.UnassignedMax[level] = _unassigned[level];
        }
    }

    private void BookMetres(int unit, double metres)
    {
        if (_now >= _countFrom && _now < _countTo)
        {
            _tally.Metres[_roster.Borough[unit]] += metres;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Counted(int from, int to) => Math.Max(0, Math.Min(to, _countTo) - Math.Max(from, _countFrom));

    private int SeriesCell(ref Incident incident)
    {
        var day = Math.Min(incident.Created / 86400, _first.SeriesOfDay.Length - 1);
        return (((_first.SeriesOfDay[day] * _scenario.Boroughs) + _scenario.ZoneBorough[incident.Zone]) * _scenario.Grades.Length) + incident.Grade;
    }

    private int GroupOf(int slot) => _scenario.BoroughGroup[_scenario.ZoneBorough[_incidents[slot].Zone]];

    private int HourOfWeek(int time) => (_scenario.StartHourOfWeek + (time / 3600)) % 168;

    private void DrawNextArrival()
    {
        _number++;
        if (_first.Log is { } log)
        {
            _nextArrival = _number < log.Time.Length ? log.Time[_number] : int.MaxValue;
            return;
        }

        var need = _stream.At((ulong)_number).Exponential(Purpose.Gap);
        while (true)
        {
            var rate = _first.Arrivals.PerSecond(_first.Arrivals.Table(_arrivalHour, HourOfWeek(_arrivalHour * 3600)));
            var boundary = (_arrivalHour + 1) * 3600.0;
            var within = (boundary - _arrivalClock) * rate;
            if (need < within)
            {
                _arrivalClock = Math.Min(_arrivalClock + (need / rate), boundary - 1e-6);
                _nextArrival = (int)_arrivalClock;
                return;
            }

            need -= within;
            _arrivalClock = boundary;
            _arrivalHour++;
            if (boundary > _horizon)
            {
                _nextArrival = int.MaxValue;
                return;
            }
        }
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
        for (var g = 0; g < _scenario.Groups.Length; g++)
        {
            _controllers[g].Clear(_scenario.Groups[g].Controllers);
            _channels[g].Clear(_scenario.Groups[g].Channels);
        }

        Array.Clear(_idle);
        Array.Clear(_inCaseWork);
        Array.Clear(_onWay);
        Array.Clear(_state);
        Array.Clear(_since);
        Array.Clear(_stamp);
        Array.Clear(_owed);
        Array.Clear(_mealDue);
        Array.Clear(_waitingGrades);
        Array.Clear(_unassigned);
        Array.Clear(_unassignedSince);
        _freeSlot = -1;
        _usedSlots = 0;
        _now = 0;
        _hourOfWeek = HourOfWeek(0);
        _number = -1;
        _arrivalClock = 0;
        _arrivalHour = 0;
        _pending = 0;
        _accrued = 0;
        _available = 0;
        _committed = 0;
        _onDuty = 0;
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

        DrawNextArrival();
    }

    private void Finish()
    {
        Accrue();
        for (var unit = 0; unit < _roster.Units; unit++)
        {
            _tally.UnitSeconds[(_roster.Borough[unit] * Tally.States) + (int)_state[unit]] += Counted(_since[unit], _now);
            if (_state[unit] != UnitState.OffDuty && _shiftEnd[unit] < _now)
            {
                BookOvertime(unit);
            }
        }

        for (var level = 0; level < _unassigned.Length; level++)
        {
            ChangeUnassigned(level, 0);
        }
    }
}
