using MathNet.Numerics.LinearAlgebra;

namespace Pathfinder.Analysis.Queues;

/// <summary>Calls that ask servers in an order of their own, at so many a mean service.</summary>
/// <param name="Order">Every server, the one asked first first.</param>
/// <param name="Rate">Calls a mean service.</param>
public sealed record HypercubeFlow(IReadOnlyList<int> Order, double Rate);

/// <summary>
/// The hypercube queueing model (Larson 1974; Larson and Odoni, Urban Operations Research, 5.4): servers told apart, each with
/// exponential service of mean 1, a call goes to the first free server of its order, and waits in one queue where all are busy.
/// Solved exactly: one balance equation a state of busy servers, and a geometric tail of the queue.
/// </summary>
public sealed class Hypercube
{
    private Hypercube(IReadOnlyList<double> workloads, double shareWaiting)
    {
        Workloads = workloads;
        ShareWaiting = shareWaiting;
    }

    /// <summary>Share of time each server is busy.</summary>
    public IReadOnlyList<double> Workloads { get; }

    /// <summary>Share of calls that find every server busy.</summary>
    public double ShareWaiting { get; }

    /// <summary>
    /// Solves the model. Throws <see cref="ArgumentException"/> where an order does not name every server once, or the calls
    /// are more than the servers can do, and <see cref="ArgumentOutOfRangeException"/> beyond twelve servers.
    /// </summary>
    public static Hypercube Of(int servers, IReadOnlyList<HypercubeFlow> flows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(servers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(servers, 12);
        ArgumentNullException.ThrowIfNull(flows);
        var rate = flows.Sum(f => f.Rate);
        if (rate >= servers || flows.Any(f => f.Rate < 0 || !f.Order.Order().SequenceEqual(Enumerable.Range(0, servers))))
        {
            throw new ArgumentException("Every order names every server once, and the calls are fewer than the servers can do.", nameof(flows));
        }

        var states = 1 << servers;
        var full = states - 1;
        var balance = Matrix<double>.Build.Dense(states, states);
        for (var state = 0; state < states; state++)
        {
            balance[state, state] -= int.PopCount(state) + (state == full ? 0 : rate);
            for (var server = 0; server < servers; server++)
            {
                if ((state >> server & 1) != 0)
                {
                    balance[state ^ (1 << server), state] += 1;
                }
            }

            if (state != full)
            {
                foreach (var flow in flows)
                {
                    balance[state | (1 << flow.Order.First(s => (state >> s & 1) == 0)), state] += flow.Rate;
                }
            }
        }

        // One balance equation follows from the others; probabilities, the queue's among them, add to 1 instead.
        var tail = rate / servers / (1 - (rate / servers));
        var right = Vector<double>.Build.Dense(states);
        for (var state = 0; state < states; state++)
        {
            balance[0, state] = state == full ? 1 + tail : 1;
        }

        right[0] = 1;
        var p = balance.Solve(right);
        return new Hypercube(
            [.. Enumerable.Range(0, servers).Select(s => Enumerable.Range(0, states).Where(state => (state >> s & 1) != 0).Sum(state => p[state]) + (p[full] * tail))],
            p[full] * (1 + tail));
    }
}
