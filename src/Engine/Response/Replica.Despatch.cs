using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pathfinder.Engine.Response;

// Which unit goes: the nearest that may, and what may be taken from a lower grade.
public sealed partial class Replica
{
    /// <summary>
    /// Sends the nearest units that may go until none is needed; what is still needed waits. Free units, and for a grade that
    /// pre-empts those in case work, are compared by distance; a unit on its way to a lower grade, and then one at a scene that
    /// may be interrupted, is taken only where there is neither and the incident has no unit yet.
    /// </summary>
    private void SendUnits(int slot, ref Incident incident)
    {
        while (incident.Need > 0)
        {
            var preEmpts = (_preEmptingGrades >> incident.Grade & 1) != 0;
            var unit = _byBackUp ? FirstOf(_first.BackUpOrder[incident.Zone], preEmpts)
                : _withoutTravel && !_keepsFree ? FirstFree(incident.Pool, preEmpts) : Nearest(ref incident, preEmpts);
            if (unit >= 0)
            {
                Despatch(slot, ref incident, unit);
                continue;
            }

            if (preEmpts && incident.OnWay == 0 && incident.AtScene == 0 && TakeFromLower(slot))
            {
                continue;
            }

            if (!incident.Waiting)
            {
                Enqueue(slot, ref incident);
            }

            return;
        }
    }

    private bool TakeFromLower(int slot)
    {
        ref var incident = ref _incidents[slot];
        var unit = NearestAtLower(_onWay, ref incident);
        if (unit < 0)
        {
            unit = _interrupts ? NearestAtLower(_interruptible, ref incident) : -1;
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

        Despatch(slot, ref incident, unit);
        if (!_incidents[loser].Waiting)
        {
            SendUnits(loser, ref _incidents[loser]);
        }

        return true;
    }

    private void Despatch(int slot, ref Incident incident, int unit)
    {
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
            BookLeg(unit, _tally.OtherMetres);
            u.LegMetres = StepsTo(ref _legs[unit], _scenario.Distances.To(incident.Zone)) * _scenario.Distances.MetresPerStep;
            seconds = _scenario.Travel.Seconds(incident.Grade, u.LegMetres, incident.Zone, _hourOfWeek, incident.Stream.At(u.Key), Purpose.Travel);
        }

        if (_follows)
        {
            ref var leg = ref _legs[unit];
            leg.From = Position(ref leg);
            leg.To = (ushort)incident.Zone;
            leg.Start = _now;
            leg.End = _now + seconds;
        }

        u.Attending = slot;
        u.SentAs = (byte)Math.Min(incident.Sent, 47);
        u.Stamp++;
        SetUnassigned(ref incident, false);
        if (u.Single && incident.Sent == 0 && !incident.Supported && incident.Stream.Uniform(Purpose.Support) < _rules[incident.Kind].SupportShare)
        {
            incident.Supported = true;
            incident.Need++;
        }

        incident.Sent++;
        incident.Need--;
        incident.OnWay++;
        if (incident.Waiting)
        {
            if (incident.Need == 0)
            {
                Unqueue(ref incident);
            }
            else
            {
                PlaceAgain(slot, ref incident);
            }
        }

        if (incident.Borough != u.Borough && _counting)
        {
            _tally.CrossBorough[u.Borough]++;
        }

        if (Trace is not null)
        {
            Trace.Add(new TraceLine(_now, TraceKind.Despatched, unit, incident.Number, seconds, (int)u.LegMetres));
            TraceLeg(unit, incident.Number);
        }

        if (seconds == 0)
        {
            UnitArrives(unit, ref u, slot, ref incident);
            return;
        }

        SetState(unit, ref u, UnitState.Travelling);
        _onWay[unit >> 6] |= bit;
        _wheel.Schedule(_now + seconds, Arrival, unit, u.Stamp);
    }

    /// <summary>A travelling unit loses its incident, which needs another; the unit stands where it is, in no mask.</summary>
    private void Withdraw(int unit, int cause)
    {
        ref var incident = ref _incidents[_units[unit].Attending];
        BookLeg(unit, _tally.Metres);
        _units[unit].Stamp++;
        _onWay[unit >> 6] &= ~(1UL << (unit & 63));
        incident.OnWay--;
        incident.Need++;
        Trace?.Add(new TraceLine(_now, TraceKind.Withdrawn, unit, incident.Number, cause));
        SetUnassigned(ref incident, !incident.Attended && incident.OnWay == 0);
        if (incident.Waiting)
        {
            PlaceAgain(_units[unit].Attending, ref incident);
        }
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

    private int Nearest(ref Incident incident, bool caseWorkToo)
    {
        var pool = incident.Pool;
        var distances = _scenario.Distances.To(incident.Zone);
        var best = -1;
        var least = double.MaxValue;
        for (var p = _pools.Start[pool]; p < _pools.Start[pool + 1]; p++)
        {
            var borough = _pools.Borough[p];
            if (_keepsFree && !Lends(borough, ref incident, 0))
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
    private bool Lends(int borough, ref Incident incident, int more)
    {
        var keep = _rules[incident.Kind].KeepFree;
        if (keep == 0 || incident.Borough == borough)
        {
            return true;
        }

        for (var word = _roster.WordStart[borough]; word < _roster.WordStart[borough + 1]; word++)
        {
            more += BitOperations.PopCount(_idle[word]);
        }

        return more > keep;
    }

    private int NearestAtLower(ulong[] mask, ref Incident incident)
    {
        var (pool, grade) = (incident.Pool, incident.Grade);
        var distances = _scenario.Distances.To(incident.Zone);
        var best = -1;
        var least = double.MaxValue;
        for (var p = _pools.Start[pool]; p < _pools.Start[pool + 1]; p++)
        {
            var borough = _pools.Borough[p];
            if (_keepsFree && !Lends(borough, ref incident, 0))
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
}
