using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pathfinder.Engine.Response;

// What a unit does from its arrival until it is free again.
public sealed partial class Replica
{
    private void UnitArrives(int unit)
    {
        ref var u = ref _units[unit];
        UnitArrives(unit, ref u, u.Attending, ref _incidents[u.Attending]);
    }

    /// <summary>A unit that was sent arrives; the first stops the response clock.</summary>
    private void UnitArrives(int unit, ref Unit u, int slot, ref Incident incident)
    {
        if (!_withoutTravel)
        {
            BookLeg(unit, _tally.Metres);
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
            Attended(unit, ref u, ref incident);
        }

        SetState(unit, ref u, UnitState.AtScene);
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
            seconds = u.SentAs == 0 ? incident.Scene : SceneSeconds(ref incident, u.SentAs);
        }

        if (_interrupts)
        {
            u.Until = _now + seconds;
            if (_rules[incident.Kind].Interruptible)
            {
                _interruptible[unit >> 6] |= 1UL << (unit & 63);
            }
        }

        _wheel.Schedule(_now + seconds, SceneEnd, unit, u.Stamp);
    }

    private int SceneSeconds(ref Incident incident, int sentAs) =>
        _first.Log is { } log && log.Scene[incident.Number] >= 0
            ? log.Scene[incident.Number] : _rules[incident.Kind].Scene.Sample(incident.Stream, Purpose.Scene + sentAs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Attended(int unit, ref Unit u, ref Incident incident)
    {
        _events++;
        Trace?.Add(new TraceLine(_now, TraceKind.Attended, unit, incident.Number, _now - incident.Created));
        if (!incident.Counted)
        {
            return;
        }

        _pending--;
        var grade = incident.Grade;
        var response = _now - incident.Created;
        var target = _rules[incident.Kind].TargetSeconds;
        var inTarget = target >= 0 && response <= target ? 1 : 0;
        var travel = _withoutTravel ? 0 : _now - _legs[unit].Start;
        var cell = CellOf(ref incident);
        AddParts(ref _tally.Cells[cell], ref incident, response, travel);
        if (_first.Series > 0)
        {
            ref var series = ref _tally.Series[SeriesCell(ref incident)];
            series.Needing++;
            series.Attended++;
            series.InTarget += inTarget;
            series.ResponseSeconds += response;
            AddParts(ref series, ref incident, response, travel);
        }

        ref var zone = ref _tally.Zones[(incident.Zone * _grades) + grade];
        zone.Needing++;
        AddTo(ref zone, response, inTarget);
        ref var hour = ref _tally.Hours[(incident.Hour * _grades) + grade];
        hour.Needing++;
        AddTo(ref hour, response, inTarget);
        AddTo(ref _tally.Teams[(u.Team * _grades) + grade], response, inTarget);
        _tally.AddResponse(cell, response);
        Outcomes?.Add(new IncidentOutcome(
            incident.Number, incident.Zone, grade, incident.Created, response, incident.Handled - incident.Created, incident.Aired - incident.Handled,
            incident.Decided - incident.Aired, travel, unit));
    }

    // What the zones of a borough do not already count.
    private void AddParts(ref Counts counts, ref Incident incident, int response, int travel)
    {
        counts.Over30 += response > 1800 ? 1 : 0;
        counts.TravelSeconds += travel;
        if (_hasStages)
        {
            counts.ControllerSeconds += incident.Handled - incident.Created;
            counts.ChannelSeconds += incident.Aired - incident.Handled;
            counts.InspectorSeconds += incident.Decided - incident.Aired;
        }
    }

    private static void AddTo(ref BriefCounts counts, int response, int inTarget)
    {
        counts.Attended++;
        counts.InTarget += inTarget;
        counts.Seconds += response;
    }

    /// <summary>A unit at the scene clears; if it leads there, the incident needs nobody else.</summary>
    private void SceneEnds(int unit, ref Unit u)
    {
        var slot = u.Attending;
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
            arrested = Clear(slot, ref incident, ref u);
        }

        if (incident.OnWay == 0 && incident.AtScene == 0 && incident.Need == 0)
        {
            if (incident.Counted)
            {
                ref var counts = ref _tally.Cells[CellOf(ref incident)];
                counts.Cleared++;
                counts.ClearedSeconds += _now - incident.Created;
            }

            CloseSlot(slot, ref incident);
        }

        if (arrested > 0)
        {
            SetState(unit, ref u, UnitState.Custody);
            _wheel.Schedule(_now + arrested, CustodyEnd, unit, 0);
        }
        else
        {
            ReturnToWork(unit, ref u);
        }
    }

    // What the unit that leads does before it leaves: the case it keeps, and the seconds that an arrest will take.
    private int Clear(int slot, ref Incident incident, ref Unit u)
    {
        var rules = _rules[incident.Kind];
        if (incident.Waiting)
        {
            Unqueue(ref incident);
        }

        incident.Need = 0;
        if (_keepsCases && rules.CaseWorkProbability > 0 && incident.Stream.Uniform(Purpose.KeepsCase) < rules.CaseWorkProbability
            && rules.CaseWork.Sample(incident.Stream, Purpose.CaseWork) is > 0 and var work)
        {
            ChangeCases(u.Borough, 1);
            _cases.Open(u.Holder, work);
            if (_counting)
            {
                ref var most = ref _tally.MostCases[u.Borough];
                most = Math.Max(most, _cases.Held(u.Holder));
            }
        }

        var arrested = _arrests && rules.ArrestProbability > 0 && incident.Stream.Uniform(Purpose.Arrest) < rules.ArrestProbability
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
                    ReturnToWork(unit, ref _units[unit]);
                }
            }
        }
    }

    /// <summary>A unit leaves custody.</summary>
    private void CustodyEnds(int unit) => ReturnToWork(unit, ref _units[unit]);

    /// <summary>A unit has finished the oldest case it kept; unless any incident waits, it goes on with the next.</summary>
    private void CaseWorkEnds(int unit)
    {
        ref var u = ref _units[unit];
        _inCaseWork[unit >> 6] &= ~(1UL << (unit & 63));
        _cases.Finish(u.Holder);
        ChangeCases(u.Borough, -1);
        if (_now < u.ShiftEnd && FirstWaiting(u.Borough, ulong.MaxValue) is >= 0 and var slot)
        {
            Despatch(slot, ref _incidents[slot], unit);
            return;
        }

        ReturnToWork(unit, ref u);
    }

    /// <summary>Case work that is owed comes before being free, but not before a waiting grade that would interrupt it.</summary>
    private void ReturnToWork(int unit, ref Unit u)
    {
        var owed = _keepsCases ? _cases.Oldest(u.Holder) : 0;
        if (owed == 0 || _now >= u.ShiftEnd)
        {
            BecomeFree(unit, ref u);
            return;
        }

        var slot = FirstWaiting(u.Borough, _preEmptingGrades);
        if (slot >= 0)
        {
            Despatch(slot, ref _incidents[slot], unit);
            return;
        }

        SetState(unit, ref u, UnitState.CaseWork);
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
    private void BecomeFree(int unit, ref Unit u)
    {
        if (_now >= u.ShiftEnd)
        {
            GoOffDuty(unit);
            return;
        }

        var slot = FirstWaiting(u.Borough, ulong.MaxValue);
        if (slot >= 0)
        {
            Despatch(slot, ref _incidents[slot], unit);
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

        SetState(unit, ref u, UnitState.Available);
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
        BookLeg(unit, _tally.OtherMetres);
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
        leg.End = _now;
        if (here != there)
        {
            u.LegMetres = _scenario.Distances.Metres(here, there);
            leg.End += _scenario.Travel.SecondsUnhurried(u.LegMetres, there, _hourOfWeek);
        }

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
}
