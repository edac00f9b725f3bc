namespace Pathfinder.Analysis.Queues;

/// <summary>Classes served in order of priority, each exponential with mean 1; loads in erlangs, the first class first.</summary>
public static class PriorityQueue
{
    /// <summary>
    /// Mean wait of each class where nobody in service is interrupted: W(k) = (C / c) / ((1 − σ(k−1)) (1 − σ(k))), with σ(k)
    /// the load a server of the classes up to k (Cobham 1954). Throws <see cref="ArgumentException"/> where the load is not
    /// below the servers.
    /// </summary>
    public static IReadOnlyList<double> MeanWaits(int servers, IReadOnlyList<double> loads)
    {
        var total = Total(servers, loads);
        var start = ErlangQueue.ShareWaiting(servers, total) / servers;
        return Each(servers, loads, (before, upTo) => start / ((1 - before) * (1 - upTo)));
    }

    /// <summary>
    /// Mean time in the system of each class before one server where a higher class interrupts and service is resumed:
    /// T(k) = 1 / (1 − σ(k−1)) + R(k) / ((1 − σ(k−1)) (1 − σ(k))), R(k) = σ(k) for exponential service of mean 1
    /// (Conway, Maxwell and Miller, Theory of Scheduling, 8-7).
    /// </summary>
    public static IReadOnlyList<double> MeanTimesWithPreemption(IReadOnlyList<double> loads)
    {
        Total(1, loads);
        return Each(1, loads, (before, upTo) => (1 / (1 - before)) + (upTo / ((1 - before) * (1 - upTo))));
    }

    private static double Total(int servers, IReadOnlyList<double> loads)
    {
        ArgumentNullException.ThrowIfNull(loads);
        var total = loads.Sum();
        return total < servers && loads.All(l => l >= 0) ? total : throw new ArgumentException("The load must be below the servers.", nameof(loads));
    }

    private static List<double> Each(int servers, IReadOnlyList<double> loads, Func<double, double, double> value)
    {
        var values = new List<double>(loads.Count);
        var before = 0.0;
        foreach (var load in loads)
        {
            var upTo = before + (load / servers);
            values.Add(value(before, upTo));
            before = upTo;
        }

        return values;
    }
}
