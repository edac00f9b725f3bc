using System;

namespace Pathfinder.Engine.Response;

// How crews parade, post guards, take vehicles and meals, and go off duty.
public sealed partial class Replica
{
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
            _paraded[r] = _guarding[r] = 0;
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

                    SetState(unit, ref u, state);
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

    /// <summary>
    /// Guards come from the rows of the command unit in proportion to the crews that paraded (divisors 1, 3, 5, after
    /// Sainte-Laguë), from the last seat of each.
    /// </summary>
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
                    if (row.Shift == shift && _scenario.BoroughUnit[row.Borough] == commandUnit && _guarding[r] < _paraded[r]
                        && (most < 0 || _paraded[r] * ((2 * _guarding[most]) + 1) > _paraded[most] * ((2 * _guarding[r]) + 1)))
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

                _guarding[most]++;
                SetState(unit, ref _units[unit], UnitState.Guard);
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
                SetState(unit, ref _units[unit], UnitState.NoVehicle);
                return;
            }

            _vehicles[site]--;
            _units[unit].HasVehicle = true;
        }

        if (!_scenario.TravelsToStart)
        {
            ReturnToWork(unit, ref _units[unit]);
            return;
        }

        if (_units[unit].State != UnitState.Briefing)
        {
            SetState(unit, ref _units[unit], UnitState.Briefing);
        }

        Leave(unit);
        _wheel.Schedule(_legs[unit].End, GroundReached, unit, ++_units[unit].Stamp);
    }

    /// <summary>A crew that has briefed reaches its ground and is available.</summary>
    private void GroundIsReached(int unit) => ReturnToWork(unit, ref _units[unit]);

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
    private void MealEnds(int unit) => ReturnToWork(unit, ref _units[unit]);

    private void StartMeal(int unit)
    {
        _units[unit].MealDue = false;
        SetState(unit, ref _units[unit], UnitState.Meal);
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
        BookLeg(unit, _tally.OtherMetres);
        SetState(unit, ref _units[unit], UnitState.OffDuty);
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
}
