using Pathfinder.Engine.Numerics;
using Pathfinder.Engine.Response;

namespace Pathfinder.Bench;

/// <summary>What the engine is measured against, in the same run.</summary>
internal static class Peers
{
    /// <summary>An M/M/c queue written by hand on .NET's priority queue; answers how many were served.</summary>
    public static long PriorityQueueMmc(int servers, double load, int customers)
    {
        var events = new PriorityQueue<int, double>();
        var queue = new Queue<double>();
        var random = RandomStream.Of(1, 1);
        var draw = 0UL;
        double Next() => random.At(draw++).Exponential(0);
        var busy = 0;
        long served = 0;
        double wait = 0;
        var arrived = 1;
        events.Enqueue(0, Next() / (servers * load));
        while (events.TryDequeue(out var kind, out var now))
        {
            if (kind == 0)
            {
                if (arrived < customers)
                {
                    arrived++;
                    events.Enqueue(0, now + (Next() / (servers * load)));
                }

                if (busy < servers)
                {
                    busy++;
                    events.Enqueue(1, now + Next());
                }
                else
                {
                    queue.Enqueue(now);
                }
            }
            else
            {
                served++;
                if (queue.TryDequeue(out var since))
                {
                    wait += now - since;
                    events.Enqueue(1, now + Next());
                }
                else
                {
                    busy--;
                }
            }
        }

        return wait >= 0 ? served : 0;
    }

    /// <summary>Takes and schedules on the wheel.</summary>
    public static long Wheel(int pending, int steps)
    {
        var wheel = new EventWheel();
        wheel.Clear();
        var state = 88172645463325252UL;
        for (var i = 0; i < pending; i++)
        {
            wheel.Schedule(Ahead(ref state), 0, i, 0);
        }

        long sum = 0;
        for (var i = 0; i < steps; i++)
        {
            wheel.TryTake(int.MaxValue, out var time, out _, out var subject, out _);
            sum += subject;
            wheel.Schedule(time + Ahead(ref state), 0, subject, 0);
        }

        return sum;
    }

    /// <summary>The same on .NET's priority queue.</summary>
    public static long Heap(int pending, int steps)
    {
        var heap = new PriorityQueue<int, long>();
        var state = 88172645463325252UL;
        long sequence = 0;
        for (var i = 0; i < pending; i++)
        {
            heap.Enqueue(i, ((long)Ahead(ref state) << 32) | sequence++);
        }

        long sum = 0;
        for (var i = 0; i < steps; i++)
        {
            heap.TryDequeue(out var subject, out var key);
            sum += subject;
            heap.Enqueue(subject, (((key >> 32) + Ahead(ref state)) << 32) | (uint)sequence++);
        }

        return sum;
    }

    private static int Ahead(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (int)(state % 7200) + 1;
    }
}
