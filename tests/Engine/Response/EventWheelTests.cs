using Pathfinder.Engine.Numerics;
using Pathfinder.Engine.Response;

namespace Pathfinder.Engine.Tests.Response;

public sealed class EventWheelTests
{
    [Theory]
    [InlineData(1, 5, 400)]
    [InlineData(2, 3_000, 50)]
    [InlineData(3, 400_000, 300)]
    [InlineData(4, 7_000_000, 300)]
    public void TryTake_RandomSchedule_GivesTheOrderOfAPlainHeap(ulong seed, int furthest, int pending)
    {
        var wheel = new EventWheel();
        wheel.Clear();
        var heap = new PriorityQueue<int, (int Time, int Sequence)>();
        var random = RandomStream.Of(seed, 0);
        int now = 0, sequence = 0;

        void Schedule()
        {
            // A third of the events share a second with others, and some are due at once.
            var draw = random.At((ulong)sequence);
            var ahead = draw.Uniform(0) < 0.1 ? 0 : (int)(draw.Uniform(1) * furthest);
            ahead = draw.Uniform(2) < 0.3 ? ahead / 100 * 100 : ahead;
            wheel.Schedule(now + ahead, 1, sequence, -sequence);
            heap.Enqueue(sequence, (now + ahead, sequence));
            sequence++;
        }

        for (var i = 0; i < pending; i++)
        {
            Schedule();
        }

        for (var step = 0; step < 20_000; step++)
        {
            heap.TryPeek(out var expected, out var key);
            if (key.Time > 0)
            {
                wheel.TryTake(key.Time - 1, out _, out _, out _, out _).ShouldBeFalse();
            }

            wheel.TryTake(int.MaxValue, out var time, out _, out var subject, out var stamp).ShouldBeTrue();
            heap.Dequeue();
            (time, subject, stamp).ShouldBe((key.Time, expected, -expected));
            now = time;
            Schedule();
            wheel.Count.ShouldBe(heap.Count);
        }
    }

    [Fact]
    public void TryTake_BeyondTheLastBlock_StillComesInOrder()
    {
        var wheel = new EventWheel();
        wheel.Clear();
        int[] times = [3, 2_000_000_000, 40_000_000, 9_000_000, 1_500_000_000];
        foreach (var time in times)
        {
            wheel.Schedule(time, 0, time, 0);
        }

        foreach (var expected in times.Order())
        {
            wheel.TryTake(int.MaxValue, out var time, out _, out _, out _).ShouldBeTrue();
            time.ShouldBe(expected);
        }

        wheel.TryTake(int.MaxValue, out _, out _, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Schedule_InThePast_IsABug()
    {
        var wheel = new EventWheel();
        wheel.Clear();
        wheel.Schedule(10, 0, 0, 0);
        wheel.TryTake(20, out _, out _, out _, out _);

        Should.Throw<ArgumentOutOfRangeException>(() => wheel.Schedule(9, 0, 0, 0));
    }
}
