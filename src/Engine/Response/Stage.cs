using System;
using System.Numerics;

namespace Pathfinder.Engine.Response;

/// <summary>
/// Servers with one queue by grade and, within a grade, in order of joining: the controllers of a despatch group, or its
/// radio channel. Holds jobs as two numbers; allocates only while its pool grows.
/// </summary>
internal sealed class Stage
{
    private int _servers;
    private readonly int[] _head;
    private readonly int[] _tail;
    private int[] _next = new int[64];
    private int[] _subject = new int[64];
    private int[] _seconds = new int[64];
    private int _freeJob;
    private int _used;
    private ulong _grades;
    private int _idle;

    public Stage(int grades)
    {
        _head = new int[grades];
        _tail = new int[grades];
    }

    /// <summary>Whether there is such a stage at all.</summary>
    public bool Exists => _servers > 0;

    public void Clear()
    {
        _servers = 0;
        _idle = 0;
        _grades = 0;
        _freeJob = -1;
        _used = 0;
    }

    /// <summary>Takes a server if one is idle; otherwise the job joins the queue.</summary>
    public bool TryStart(int grade, int subject, int seconds)
    {
        if (_idle > 0)
        {
            _idle--;
            return true;
        }

        int job;
        if (_freeJob >= 0)
        {
            job = _freeJob;
            _freeJob = _next[job];
        }
        else
        {
            if (_used == _next.Length)
            {
                Array.Resize(ref _next, _used * 2);
                Array.Resize(ref _subject, _used * 2);
                Array.Resize(ref _seconds, _used * 2);
            }

            job = _used++;
        }

        _subject[job] = subject;
        _seconds[job] = seconds;
        _next[job] = -1;
        if ((_grades >> grade & 1) != 0)
        {
            _next[_tail[grade]] = job;
        }
        else
        {
            _head[grade] = job;
            _grades |= 1UL << grade;
        }

        _tail[grade] = job;
        return false;
    }

    /// <summary>From now on there are so many servers; whoever is busy and one too many leaves when done.</summary>
    public void Resize(int servers)
    {
        _idle += servers - _servers;
        _servers = servers;
    }

    /// <summary>A server has finished: it takes the next job; or it becomes idle, or leaves, and the answer is false.</summary>
    public bool TryNext(out int subject, out int seconds)
    {
        if (_idle < 0 || !TryWithdraw(out subject, out seconds))
        {
            _idle++;
            subject = seconds = 0;
            return false;
        }

        return true;
    }

    /// <summary>Takes the first job out of the queue, for no server here.</summary>
    public bool TryWithdraw(out int subject, out int seconds)
    {
        if (_grades == 0)
        {
            subject = seconds = 0;
            return false;
        }

        var grade = BitOperations.TrailingZeroCount(_grades);
        var job = _head[grade];
        subject = _subject[job];
        seconds = _seconds[job];
        _head[grade] = _next[job];
        if (_head[grade] < 0)
        {
            _grades &= ~(1UL << grade);
        }

        _next[job] = _freeJob;
        _freeJob = job;
        return true;
    }
}
