using System;
using System.Runtime.CompilerServices;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Response;

/// <summary>
/// The incidents of a replication in order of creation: drawn from the rates of each hour by zone and grade, or taken from a
/// log. Some are drawn ahead at a time: nothing that happens in a run changes what is created, and draws that do not wait for
/// each other cost a processor less than half.
/// </summary>
internal sealed class Arrivals
{
    private const int Ahead = 64;
    private readonly Scenario _scenario;
    private readonly int _horizon;
    private readonly int _grades;
    private readonly Arrived[] _drawn = new Arrived[Ahead];
    private RandomStream _root;
    private int _at;
    private int _number;
    private double _clock;
    private int _hour;
    private int _table;
    private double _rate;
    private double _secondsApart;

    /// <summary>Arrivals of a scenario up to a second of its run.</summary>
    public Arrivals(Scenario scenario, int horizon)
    {
        _scenario = scenario;
        _horizon = horizon;
        _grades = scenario.Grades.Length;
    }

    /// <summary>When the next incident is created; <see cref="int.MaxValue"/> after the last.</summary>
    public int NextTime { get; private set; }

    /// <summary>Starts again with the draws of one replication.</summary>
    public void Reset(RandomStream root)
    {
        _root = root;
        _number = 0;
        _clock = 0;
        _hour = 0;
        FollowHour();
        DrawAhead();
    }

    /// <summary>Takes the next incident.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Arrived Take()
    {
        var taken = _drawn[_at];
        if (++_at == Ahead)
        {
            DrawAhead();
        }
        else
        {
            NextTime = _drawn[_at].Time;
        }

        return taken;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DrawAhead()
    {
        if (_scenario.Log is { } log)
        {
            for (var i = 0; i < Ahead; i++)
            {
                var number = _number + i;
                _drawn[i] = number < log.Time.Length
                    ? new Arrived(_root.At((ulong)number), log.Time[number], log.Zone[number], log.Grade[number], log.Units[number])
                    : new Arrived(default, int.MaxValue, 0, 0, 0);
            }
        }
        else
        {
            for (var i = 0; i < Ahead; i++)
            {
                _drawn[i] = Draw(_number + i);
            }
        }

        _number += Ahead;
        _at = 0;
        NextTime = _drawn[0].Time;
    }

    private Arrived Draw(int number)
    {
        var stream = _root.At((ulong)number);
        var need = QuantileTable.Exponential.Draw(stream.Bits(Purpose.Gap));
        while (_clock <= _horizon)
        {
            var boundary = (_hour + 1) * 3600.0;
            var within = (boundary - _clock) * _rate;
            if (need < within)
            {
                var next = _clock + (need * _secondsApart);
                _clock = next < boundary - 1e-6 ? next : boundary - 1e-6;
                var cell = _scenario.Arrivals.Cell(_table, stream.Bits(Purpose.Cell));
                var zone = cell / _grades;
                return new Arrived(stream, double.ConvertToIntegerNative<int>(_clock), zone, cell - (zone * _grades), 0);
            }

            need -= within;
            _clock = boundary;
            _hour++;
            FollowHour();
        }

        return new Arrived(default, int.MaxValue, 0, 0, 0);
    }

    private void FollowHour()
    {
        _table = _scenario.Arrivals.Table(_hour, (_scenario.StartHourOfWeek + _hour) % 168);
        _rate = _scenario.Arrivals.PerSecond(_table);
        _secondsApart = 1 / _rate;
    }
}

/// <summary>An incident as it is created.</summary>
/// <param name="Stream">Everything that will be drawn for it.</param>
/// <param name="Time">Second of its creation.</param>
/// <param name="Zone">Where.</param>
/// <param name="Grade">How urgent.</param>
/// <param name="Units">Units it needs; 0 where that is drawn.</param>
internal readonly record struct Arrived(RandomStream Stream, int Time, int Zone, int Grade, int Units);
