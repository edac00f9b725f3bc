using System.Diagnostics;
using System.Globalization;
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

    /// <summary>Customers a second of SimPy and ns-3 on the same queue; null where Debian's packages python3-simpy and libns3-dev are not installed.</summary>
    public static IEnumerable<(string Name, string Mark, double? Rate)> Installed(int servers, double load)
    {
        var peers = Path.Combine("bench", "peers");
        string[] queue = [servers.ToString(CultureInfo.InvariantCulture), load.ToString(CultureInfo.InvariantCulture)];
        yield return ("SimPy (python3-simpy)", "40 times", Best(() => Output("/usr/bin/python3", [Path.Combine(peers, "mmc.py"), .. queue, "100000"])));
        var built = Path.Combine(Path.GetTempPath(), $"pathfinder-mmc-{Environment.ProcessId}");
        Output("g++", ["-O2", "-std=c++17", Path.Combine(peers, "mmc.cc"), "-o", built, "-lns3-core", "-Wl,--allow-shlib-undefined"]);
        yield return ("ns-3 (libns3-dev)", "5 times", File.Exists(built) ? Best(() => Output(built, [.. queue, "3000000"])) : null);
        File.Delete(built);
    }

    /// <summary>What this bench prints with the arguments, in a process of its own: for the memory of one thing alone.</summary>
    public static string? Own(params string[] arguments) =>
        Output(Environment.ProcessPath!, [.. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Peers).Assembly.Location] : Array.Empty<string>(), .. arguments]);

    /// <summary>What a program prints on its first line; null where it cannot be started or fails.</summary>
    public static string? Output(string program, string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var line = process.StandardOutput.ReadLine();
            process.StandardOutput.ReadToEnd();
            errors.Wait();
            process.WaitForExit();
            return process.ExitCode == 0 ? line : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // A peer prints customers, mean wait and processor seconds.
    private static double? Best(Func<string?> run)
    {
        double? best = null;
        for (var i = 0; i < 5; i++)
        {
            if (run()?.Split(' ') is [var customers, _, var seconds])
            {
                var rate = double.Parse(customers, CultureInfo.InvariantCulture) / double.Parse(seconds, CultureInfo.InvariantCulture);
                best = Math.Max(best ?? 0, rate);
            }
        }

        return best;
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
