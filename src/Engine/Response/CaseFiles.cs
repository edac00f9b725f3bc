using System;

namespace Pathfinder.Engine.Response;

/// <summary>
/// The crimes that crews keep: each holder's cases in the order in which they were taken on, worked one after another.
/// Allocates only while its pool grows.
/// </summary>
internal sealed class CaseFiles
{
    private readonly int[] _head;
    private readonly int[] _tail;
    private readonly int[] _held;
    private int[] _seconds = new int[256];
    private int[] _next = new int[256];
    private int _free;
    private int _used;

    public CaseFiles(int holders)
    {
        _head = new int[holders];
        _tail = new int[holders];
        _held = new int[holders];
    }

    public void Clear()
    {
        Array.Fill(_head, -1);
        Array.Clear(_held);
        _free = -1;
        _used = 0;
    }

    /// <summary>Cases a holder has.</summary>
    public int Held(int holder) => _held[holder];

    /// <summary>Seconds still to be spent on a holder's oldest case; 0 where there is none.</summary>
    public int Oldest(int holder) => _head[holder] < 0 ? 0 : _seconds[_head[holder]];

    /// <summary>A holder takes on a case.</summary>
    public void Open(int holder, int seconds)
    {
        int file;
        if (_free >= 0)
        {
            file = _free;
            _free = _next[file];
        }
        else
        {
            if (_used == _next.Length)
            {
                Array.Resize(ref _next, _used * 2);
                Array.Resize(ref _seconds, _used * 2);
            }

            file = _used++;
        }

        _seconds[file] = seconds;
        _next[file] = -1;
        if (_head[holder] < 0)
        {
            _head[holder] = file;
        }
        else
        {
            _next[_tail[holder]] = file;
        }

        _tail[holder] = file;
        _held[holder]++;
    }

    /// <summary>Work on the oldest case is cut short with so many seconds left.</summary>
    public void Keep(int holder, int secondsLeft) => _seconds[_head[holder]] = secondsLeft;

    /// <summary>The oldest case is finished.</summary>
    public void Finish(int holder)
    {
        var file = _head[holder];
        _head[holder] = _next[file];
        _next[file] = _free;
        _free = file;
        _held[holder]--;
    }
}
