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

    private readonly int[] _nearHead = new int[BlockSize];
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

        ref var node = ref _nodes[index];
        node.Time = time;
        node.Kind = kind;
        node.Subject = subject;
        node.Stamp = stamp;
        node.Next = -1;
        Count++;
        Link(index, time);
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

        var index = _nearHead[slot];
        ref var node = ref _nodes[index];
        kind = node.Kind;
        subject = node.Subject;
        stamp = node.Stamp;
        var next = node.Next;
        if (next >= 0)
        {
            _nearHead[slot] = next;
        }
        else if ((_nearBits[word] &= _nearBits[word] - 1) == 0)
        {
            _nearWords &= _nearWords - 1;
        }

        node.Next = _free;
        _free = index;
        _now = time;
        Count--;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Link(int index, int time)
    {
        var block = time >> BlockBits;
        if (block == _block)
        {
            Append(_nearHead, _nearTail, _nearBits, ref _nearWords, time & (BlockSize - 1), index);
        }
        else
        {
            Append(_farHead, _farTail, _farBits, ref _farWords, Math.Min(block, _block + Blocks - 1) & (Blocks - 1), index);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(int[] head, int[] tail, ulong[] bits, ref ulong words, int slot, int index)
    {
        var word = slot >> 6;
        var bit = 1UL << (slot & 63);
        if ((bits[word] & bit) != 0)
        {
            _nodes[tail[slot]].Next = index;
        }
        else
        {
            head[slot] = index;
            bits[word] |= bit;
            words |= 1UL << word;
        }

        tail[slot] = index;
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
                var next = _nodes[index].Next;
                _nodes[index].Next = -1;
                Link(index, _nodes[index].Time);
                index = next;
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
