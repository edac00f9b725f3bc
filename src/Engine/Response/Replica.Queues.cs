using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pathfinder.Engine.Response;

// Incidents that wait for a unit, by pool and grade, oldest first.
public sealed partial class Replica
{
    /// <summary>The incident a unit of a borough should take: lowest grade number, then oldest, among its borough's, its command unit's and the force's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FirstWaiting(int borough, ulong grades)
    {
        if (_queued == 0)
        {
            return -1;
        }

        var commandUnit = _pools.OfUnit[borough];
        var force = _waitingGrades.Length - 1;
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
        while (_keepsFree && first >= 0 && !Lends(borough, ref _incidents[first], 1))
        {
            first = _incidents[first].Next;
        }

        return first >= 0 && (slot < 0 || ComesBefore(ref _incidents[first], ref _incidents[slot])) ? first : slot;
    }

    private bool ComesBefore(ref Incident one, ref Incident other)
    {
        if (_scenario.FirstUnitFirst && HasUnit(ref one) != HasUnit(ref other))
        {
            return HasUnit(ref other);
        }

        return one.Number < other.Number;
    }

    private static bool HasUnit(ref Incident incident) => incident.Attended || incident.OnWay > 0;

    // An incident that waits got its first unit, or lost its only one.
    private void PlaceAgain(int slot, ref Incident incident)
    {
        if (_scenario.FirstUnitFirst)
        {
            Unqueue(ref incident);
            Place(slot, ref incident);
        }
    }

    private void Enqueue(int slot, ref Incident incident)
    {
        SetUnassigned(ref incident, !incident.Attended && incident.OnWay == 0);
        if (Trace is not null)
        {
            TraceWait(slot);
        }

        Place(slot, ref incident);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Place(int slot, ref Incident incident)
    {
        var queue = (incident.Pool * _grades) + incident.Grade;
        incident.Waiting = true;
        _queued++;
        if ((_waitingGrades[incident.Pool] >> incident.Grade & 1) == 0)
        {
            _waitingGrades[incident.Pool] |= 1UL << incident.Grade;
            _head[queue] = _tail[queue] = slot;
            incident.Next = incident.Previous = -1;
            return;
        }

        var after = _tail[queue];
        while (after >= 0 && (_scenario.FirstUnitFirst ? ComesBefore(ref incident, ref _incidents[after]) : _incidents[after].Number > incident.Number))
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

    private void Unqueue(ref Incident incident)
    {
        var queue = (incident.Pool * _grades) + incident.Grade;
        incident.Waiting = false;
        _queued--;
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
}
