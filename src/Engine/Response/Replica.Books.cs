using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Response;

// What is booked while states change, how arrivals are drawn, and what is set back before each run.
public sealed partial class Replica
{
    private void SetState(int unit, ref Unit u, UnitState state)
    {
        var old = u.State;
        _events++;
        if (state != old)
        {
            if (_counting)
            {
                _tally.UnitSeconds[(u.Borough * Tally.States) + (int)old] += _now - u.Since;
            }

            var change = CountedIn[(int)state] - CountedIn[(int)old];
            _inHand += change;
            _inHandSeconds -= change * (_now - _hourStart);
            u.State = state;
            u.Since = _now;
        }

        if (Trace is not null)
        {
            var at = state is UnitState.Travelling or UnitState.AtScene or UnitState.Custody ? _incidents[u.Attending].Number : -1;
            Trace.Add(new TraceLine(_now, TraceKind.Unit, unit, at, (int)state));
        }
    }

    // Of each state: whether a unit in it is available, committed to an incident, and on duty.
    private static Vector128<int>[] CountStates()
    {
        var counted = new Vector128<int>[Tally.States];
        for (var state = UnitState.OffDuty; (int)state < Tally.States; state++)
        {
            counted[(int)state] = Vector128.Create(
                state == UnitState.Available ? 1 : 0, state is >= UnitState.Travelling and <= UnitState.CaseWork ? 1 : 0, state == UnitState.OffDuty ? 0 : 1, 0);
        }

        return counted;
    }

    private void BookHour()
    {
        long now = _now;
        if (_counting)
        {
            var seconds = _inHandSeconds + (_inHand * (_now - _hourStart));
            _tally.HourAvailable[_hourOfWeek] += seconds[0];
            _tally.HourCommitted[_hourOfWeek] += seconds[1];
            _tally.HourOnDuty[_hourOfWeek] += seconds[2];
            _tally.HourUnassigned[_hourOfWeek] += _unassignedSum + (_unassigned[^1] * now);
        }

        _hourStart = _now;
        _inHandSeconds = Vector128<int>.Zero;
        _unassignedSum = -_unassigned[^1] * now;
    }

    private void SetUnassigned(ref Incident incident, bool unassigned)
    {
        if (incident.Unassigned != unassigned)
        {
            incident.Unassigned = unassigned;
            Unassigned(incident.Borough, unassigned ? 1 : -1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Unassigned(int borough, int change)
    {
        _unassignedSum -= (long)change * _now;
        BookUnassigned(borough);
        ChangeUnassigned(borough, change);
        ChangeUnassigned(_pools.OfUnit[borough], change);
        ChangeUnassigned(_unassigned.Length - 1, change);
    }

    private void BookUnassigned(int borough)
    {
        if (_counting)
        {
            _tally.UnassignedSeconds[borough] += (long)(_now - _unassignedSince[borough]) * _unassigned[borough];
        }

        _unassignedSince[borough] = _now;
    }

    // What has been booked for boroughs goes to the command units they are in now, and to the force.
    private void SumUnassigned()
    {
        for (var b = 0; b < _scenario.Boroughs; b++)
        {
            BookUnassigned(b);
            var seconds = _tally.UnassignedSeconds[b] - _unassignedSummed[b];
            _unassignedSummed[b] += seconds;
            _tally.UnassignedSeconds[_pools.OfUnit[b]] += seconds;
            _tally.UnassignedSeconds[^1] += seconds;
        }
    }

    private void ChangeUnassigned(int level, int change)
    {
        var count = _unassigned[level] += change;
        if (change > 0 && _counting && count > _tally.UnassignedMax[level])
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

    // Of an incident that nobody attended; one that somebody did is booked with its attendance.
    private void BookNeed(ref Incident incident)
    {
        if (incident.Counted)
        {
            _tally.Zones[(incident.Zone * _grades) + incident.Grade].Needing++;
            _tally.Hours[(incident.Hour * _grades) + incident.Grade].Needing++;
            if (_first.Series > 0)
            {
                _tally.Series[SeriesCell(ref incident)].Needing++;
            }
        }
    }

    // What a unit has driven of the leg that ends now.
    private void BookLeg(int unit, double[] driven)
    {
        ref var u = ref _units[unit];
        if (_counting)
        {
            driven[u.Borough] += u.LegMetres * Done(ref _legs[unit]);
        }

        u.LegMetres = 0;
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

    private int CellOf(ref Incident incident) => (incident.Borough * _grades) + incident.Grade;

    private int SeriesCell(ref Incident incident)
    {
        var day = Math.Min(incident.Created / 86400, _first.SeriesOfDay.Length - 1);
        return (((_first.SeriesOfDay[day] * _scenario.Boroughs) + incident.Borough) * _grades) + incident.Grade;
    }

    private int GroupOf(int slot) => _scenario.BoroughGroup[_incidents[slot].Borough];

    private int HourOfWeek(int time) => (_first.StartHourOfWeek + (time / 3600)) % 168;

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

    private void CloseSlot(int slot, ref Incident incident)
    {
        _events++;
        Trace?.Add(new TraceLine(_now, TraceKind.Closed, -1, incident.Number, 0));
        incident.Open = false;
        incident.Next = _freeSlot;
        _freeSlot = slot;
    }

    private void Reset(ulong seed, int replication)
    {
        _tally.Clear();
        _events = 0;
        _wheel.Clear();
        var root = RandomStream.Of(seed, replication);
        _presence = root.At(1);
        _keepsCases = false;
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
        Array.Clear(_unassignedSummed);
        Array.Clear(_openCases);
        Array.Clear(_casesSince);
        _counting = false;
        _freeSlot = -1;
        _usedSlots = 0;
        _now = 0;
        _hourOfWeek = HourOfWeek(0);
        _number = 0;
        _pending = 0;
        _hourStart = 0;
        _inHand = _inHandSeconds = Vector128<int>.Zero;
        _unassignedSum = 0;
        _queued = 0;
        _follows = !_withoutTravel || Trace is not null;
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

        _arrivals.Reset(root.At(0), _rules);
    }

    private void Finish()
    {
        BookHour();
        if (_counting)
        {
            StopCounting();
        }

        _tally.Events = _events;
        for (var slot = 0; slot < _usedSlots; slot++)
        {
            if (_incidents[slot] is { Open: true, Needs: true, Attended: false })
            {
                BookNeed(ref _incidents[slot]);
            }
        }

        for (var zone = 0; zone < _first.Zones; zone++)
        {
            for (var grade = 0; grade < _grades; grade++)
            {
                var brief = _tally.Zones[(zone * _grades) + grade];
                ref var counts = ref _tally.Cells[(_first.ZoneBorough[zone] * _grades) + grade];
                counts.Needing += brief.Needing;
                counts.Attended += brief.Attended;
                counts.InTarget += brief.InTarget;
                counts.ResponseSeconds += brief.Seconds;
            }
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

    private static void CheckKinds(Scenario scenario)
    {
        if (scenario.Kinds is not { } kinds)
        {
            return;
        }

        var cells = scenario.Boroughs * scenario.Grades.Length;
        if (kinds.First.Length != cells + 1 || kinds.First[0] != 0 || kinds.First[cells] != kinds.Rules.Length || kinds.UpTo.Length != kinds.Rules.Length)
        {
            throw new ArgumentException("Kinds must cover every borough and grade.", nameof(scenario));
        }

        for (var cell = 0; cell < cells; cell++)
        {
            if (kinds.First[cell + 1] <= kinds.First[cell])
            {
                throw new ArgumentException("Every borough and grade needs a kind.", nameof(scenario));
            }

            for (var kind = kinds.First[cell]; kind < kinds.First[cell + 1]; kind++)
            {
                if (kinds.Rules[kind].PreEmpts != scenario.Grades[cell % scenario.Grades.Length].PreEmpts)
                {
                    throw new ArgumentException("All kinds of a grade pre-empt, or none does.", nameof(scenario));
                }
            }
        }
    }

    private static void CheckPhases(Scenario scenario)
    {
        if (scenario.Zones > ushort.MaxValue || scenario.Crews.Length > ushort.MaxValue || scenario.Boroughs > ushort.MaxValue || scenario.Teams > byte.MaxValue)
        {
            throw new ArgumentException("There are more zones, rows of crews, boroughs or teams than the engine holds.", nameof(scenario));
        }

        CheckKinds(scenario);
        foreach (var (_, rules) in scenario.Later)
        {
            CheckKinds(rules);
            if (rules.Zones != scenario.Zones || rules.Boroughs != scenario.Boroughs || rules.Grades.Length != scenario.Grades.Length
                || rules.CommandUnits != scenario.CommandUnits || rules.Groups.Length != scenario.Groups.Length
                || rules.Shifts.Length != scenario.Shifts.Length || rules.Crews.Length != scenario.Crews.Length
                || rules.Inspectors.Length != scenario.Inspectors.Length
                || (rules.Kinds is null) != (scenario.Kinds is null)
                || (rules.Kinds is { } kinds && !(kinds.First.AsSpan().SequenceEqual(scenario.Kinds!.First) && kinds.UpTo.AsSpan().SequenceEqual(scenario.Kinds.UpTo))))
            {
                throw new ArgumentException("A later phase is not of the same shape as the first.", nameof(scenario));
            }
        }
    }
}
