using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pathfinder.Engine.Response;

/// <summary>
/// The list of pending events: a timing wheel of two levels on a clock of whole seconds, with a bit for each slot in use.
/// Gives events by time and, within a second, in the order in which they were scheduled, exactly as a heap keyed by
/// (time, sequence) would. Works without allocating once it has grown to the number of events pending at once.
/// </summary>
/// <remarks>
/// The first level holds the current block of 2,048 seconds, a slot a second; the second holds later blocks, which are poured
/// into the first when their turn comes. Events of a block enter the first level before any scheduled after the pouring, so
/// that both levels keep the order. An event further than 4,095 blocks (97 days) ahead waits in the last block and is put back.
/// </remarks>
public sealed class EventWheel
{
    private const int BlockBits = 11;
    private const int BlockSize = 1 << BlockBits;
    private const int Blocks = 4096;

    // The first event of each second stands in its slot; those after it, and all of later blocks, are nodes of lists.
    private readonly Node[] _near = new Node[BlockSize];
    private readonly int[] _nearTail = new int[BlockSize];
    private readonly ulong[] _nearBits = new ulong[BlockSize / 64];
    private readonly int[] _farHead = new int[Blocks];
    private readonly int[] _farTail = new int[Blocks];
    private readonly ulong[] _farBits = new ulong[Blocks / 64];
    private ulong _nearWords;
    private ulong _farWords;

    private Node[] _nodes = new Node[256];
    private int _free;
    private int _used;
    private int _block;
    private int _now;

    /// <summary>Events pending, cancelled ones included until their time comes.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets everything and starts the clock at 0.</summary>
    public void Clear()
    {
        Array.Clear(_nearBits);
        Array.Clear(_farBits);
        _nearWords = 0;
        _farWords = 0;
        _free = -1;
        _used = 0;
        _block = 0;
        _now = 0;
        Count = 0;
    }

    /// <summary>Schedules an event. A time before the last one taken is a bug: <see cref="ArgumentOutOfRangeException"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Schedule(int time, int kind, int subject, int stamp)
    {
        if (time < _now)
        {
            ThrowPast(time);
        }

        Count++;
        if (time >> BlockBits == _block)
        {
            ScheduleNear(time & (BlockSize - 1), new Node { Kind = kind, Subject = subject, Stamp = stamp, Next = -1 });
        }
        else
        {
            ScheduleFar(time, new Node { Time = time, Kind = kind, Subject = subject, Stamp = stamp, Next = -1 });
        }
    }

    /// <summary>
    /// Takes the first event if its time is at most <paramref name="limit"/>. Cost is a few instructions: the next slot in
    /// use is found by counting zeros in one word of bits, or in the word of words.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(int limit, out int time, out int kind, out int subject, out int stamp)
    {
        if (_nearWords == 0 && !Pour(limit))
        {
            time = kind = subject = stamp = 0;
            return false;
        }

        var word = BitOperations.TrailingZeroCount(_nearWords);
        var slot = (word << 6) + BitOperations.TrailingZeroCount(_nearBits[word]);
        time = (_block << BlockBits) + slot;
        if (time > limit)
        {
            kind = subject = stamp = 0;
            return false;
        }

        ref var first = ref _near[slot];
        kind = first.Kind;
        subject = first.Subject;
        stamp = first.Stamp;
        if (first.Next >= 0)
        {
            TakeNode(first.Next, out first);
        }
        else if ((_nearBits[word] &= _nearBits[word] - 1) == 0)
        {
            _nearWords &= _nearWords - 1;
        }

        _now = time;
        Count--;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ScheduleNear(int slot, Node node)
    {
        var word = slot >> 6;
        var bit = 1UL << (slot & 63);
        ref var first = ref _near[slot];
        if ((_nearBits[word] & bit) == 0)
        {
            first = node;
            _nearBits[word] |= bit;
            _nearWords |= 1UL << word;
        }
        else
        {
            var index = MakeNode(node);
            if (first.Next < 0)
            {
                first.Next = index;
            }
            else
            {
                _nodes[_nearTail[slot]].Next = index;
            }

            _nearTail[slot] = index;
        }
    }

    private void ScheduleFar(int time, Node node)
    {
        var slot = Math.Min(time >> BlockBits, _block + Blocks - 1) & (Blocks - 1);
        var index = MakeNode(node);
        if ((_farBits[slot >> 6] >> (slot & 63) & 1) != 0)
        {
            _nodes[_farTail[slot]].Next = index;
        }
        else
        {
            _farHead[slot] = index;
            _farBits[slot >> 6] |= 1UL << (slot & 63);
            _farWords |= 1UL << (slot >> 6);
        }

        _farTail[slot] = index;
    }

    private int MakeNode(Node node)
    {
        int index;
        if (_free >= 0)
        {
            index = _free;
            _free = _nodes[index].Next;
        }
        else
        {
            if (_used == _nodes.Length)
            {
                Array.Resize(ref _nodes, _used * 2);
            }

            index = _used++;
        }

        _nodes[index] = node;
        return index;
    }

    private void TakeNode(int index, out Node node)
    {
        node = _nodes[index];
        _nodes[index].Next = _free;
        _free = index;
    }

    private bool Pour(int limit)
    {
        while (_nearWords == 0)
        {
            if (_farWords == 0)
            {
                return false;
            }

            var block = NextFarBlock();
            if ((block << BlockBits) > limit)
            {
                return false;
            }

            _block = block;
            var slot = block & (Blocks - 1);
            var index = _farHead[slot];
            if ((_farBits[slot >> 6] &= ~(1UL << (slot & 63))) == 0)
            {
                _farWords &= ~(1UL << (slot >> 6));
            }

            while (index >= 0)
            {
                TakeNode(index, out var node);
                index = node.Next;
                node.Next = -1;
                if (node.Time >> BlockBits == _block)
                {
                    ScheduleNear(node.Time & (BlockSize - 1), node);
                }
                else
                {
                    ScheduleFar(node.Time, node);
                }
            }
        }

        return true;
    }

    private int NextFarBlock()
    {
        var start = (_block + 1) & (Blocks - 1);
        var word = start >> 6;
        var bits = _farBits[word] & (ulong.MaxValue << (start & 63));
        if (bits == 0)
        {
            var later = word == 63 ? 0 : _farWords & (ulong.MaxValue << (word + 1));
            word = BitOperations.TrailingZeroCount(later != 0 ? later : _farWords);
            bits = _farBits[word];
        }

        var slot = (word << 6) + BitOperations.TrailingZeroCount(bits);
        return _block + 1 + ((slot - start) & (Blocks - 1));
    }

    private void ThrowPast(int time) =>
        throw new ArgumentOutOfRangeException(nameof(time), time, $"The clock already stands at {_now}.");

    private struct Node
    {
        public int Time;
        public int Next;
        public int Kind;
        public int Subject;
        public int Stamp;
    }
}
