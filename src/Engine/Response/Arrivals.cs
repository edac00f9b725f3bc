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
    private readonly IncidentKinds? _kinds;
    private readonly Arrived[] _drawn = new Arrived[Ahead];
    private readonly RandomStream[] _streams = new RandomStream[Ahead];
    private readonly ulong[] _gaps = new ulong[Ahead];
    private readonly ulong[] _cells = new ulong[Ahead];
    private readonly ulong[] _scenes = new ulong[Ahead];
    private GradeRules[] _rules;
    private RandomStream _root;
    private int _at;
    private int _first;
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
        _rules = scenario.Grades;
        _kinds = scenario.Kinds;
    }

    /// <summary>When the next incident is created; <see cref="int.MaxValue"/> after the last.</summary>
    public int NextTime { get; private set; }

    /// <summary>Starts again with the draws of one replication, and with what the grades ask for at its start.</summary>
    public void Reset(RandomStream root, GradeRules[] rules)
    {
        _root = root;
        _rules = rules;
        _first = -Ahead;
        _clock = 0;
        _hour = 0;
        FollowHour();
        DrawAhead();
    }

    /// <summary>The grades ask for something else from now on.</summary>
    public void Follow(GradeRules[] rules)
    {
        _rules = rules;
        DrawScenes(_at);
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
        _first += Ahead;
        _root.At((ulong)_first, _streams);
        RandomStream.Bits(_streams, Purpose.Gap, _gaps);
        RandomStream.Bits(_streams, Purpose.Cell, _cells);
        RandomStream.Bits(_streams, Purpose.Scene, _scenes);
        for (var i = 0; i < Ahead; i++)
        {
            ref var next = ref _drawn[i];
            next.Stream = _streams[i];
            if (_scenario.Log is { } log)
            {
                Read(log, _first + i, ref next);
            }
            else
            {
                Draw(_gaps[i], _cells[i], ref next);
            }
        }

        DrawScenes(0);
        _at = 0;
        NextTime = _drawn[0].Time;
    }

    private static void Read(IncidentLog log, int number, ref Arrived next)
    {
        next.Time = int.MaxValue;
        if (number < log.Time.Length)
        {
            next.Time = log.Time[number];
            next.Zone = log.Zone[number];
            next.Grade = log.Grade[number];
            next.Units = log.Units[number];
        }
    }

    private void Draw(ulong gap, ulong place, ref Arrived next)
    {
        next.Time = int.MaxValue;
        var need = QuantileTable.Exponential.Draw(gap);
        while (_clock <= _horizon)
        {
            var boundary = (_hour + 1) * 3600.0;
            var within = (boundary - _clock) * _rate;
            if (need < within)
            {
                var then = _clock + (need * _secondsApart);
                _clock = then < boundary - 1e-6 ? then : boundary - 1e-6;
                var cell = _scenario.Arrivals.Cell(_table, place);
                next.Time = double.ConvertToIntegerNative<int>(_clock);
                next.Zone = cell / _grades;
                next.Grade = cell - (next.Zone * _grades);
                return;
            }

            need -= within;
            _clock = boundary;
            _hour++;
            FollowHour();
        }
    }

    private void DrawScenes(int from)
    {
        var (rules, log) = (_rules, _scenario.Log);
        for (var i = from; i < Ahead; i++)
        {
            ref var next = ref _drawn[i];
            var told = log is not null && _first + i < log.Scene.Length ? log.Scene[_first + i] : -1;
            next.Kind = _kinds is null ? next.Grade : KindOf(ref next);
            next.Scene = told >= 0 ? told : rules[next.Kind].Scene.Of(_scenes[i]);
        }
    }

    private int KindOf(ref Arrived incident)
    {
        var cell = (_scenario.ZoneBorough[incident.Zone] * _grades) + incident.Grade;
        var kind = _kinds!.First[cell];
        if (kind + 1 < _kinds.First[cell + 1])
        {
            var u = incident.Stream.Uniform(Purpose.Type);
            while (kind + 1 < _kinds.First[cell + 1] && u >= _kinds.UpTo[kind])
            {
                kind++;
            }
        }

        return kind;
    }

    private void FollowHour()
    {
        _table = _scenario.Arrivals.Table(_hour, (_scenario.StartHourOfWeek + _hour) % 168);
        _rate = _scenario.Arrivals.PerSecond(_table);
        _secondsApart = 1 / _rate;
    }
}

/// <summary>An incident as it is created.</summary>
internal struct Arrived
{
    /// <summary>Everything that will be drawn for it.</summary>
    public RandomStream Stream;

    /// <summary>Second of its creation; <see cref="int.MaxValue"/> where there is none.</summary>
    public int Time;

    /// <summary>Where.</summary>
    public int Zone;

    /// <summary>How urgent.</summary>
    public int Grade;

    /// <summary>Which rules it follows.</summary>
    public int Kind;

    /// <summary>Units it needs; 0 where that is drawn.</summary>
    public int Units;

    /// <summary>Seconds that the first unit will be at the scene.</summary>
    public int Scene;
}
