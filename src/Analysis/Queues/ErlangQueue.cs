namespace Pathfinder.Analysis.Queues;

/// <summary>
/// Poisson arrivals to servers of exponential service with mean 1 (Erlang 1917; formulas as in Gross, Shortle, Thompson and
/// Harris, Fundamentals of Queueing Theory, 4th ed., 2.3 and 2.5). The offered load a is arrivals a mean service.
/// </summary>
public static class ErlangQueue
{
    /// <summary>
    /// Erlang B: the share lost where nobody waits, by the recursion B(0) = 1, B(c) = a B(c−1) / (c + a B(c−1)). Throws
    /// <see cref="ArgumentOutOfRangeException"/> for a negative number of servers or load.
    /// </summary>
    public static double ShareLost(int servers, double load)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(servers);
        ArgumentOutOfRangeException.ThrowIfNegative(load);
        var blocked = 1.0;
        for (var c = 1; c <= servers; c++)
        {
            blocked = load * blocked / (c + (load * blocked));
        }

        return blocked;
    }

    /// <summary>Erlang C: the share that waits, B / (1 − ρ (1 − B)) with ρ = a / c; 1 where the load is not below the servers.</summary>
    public static double ShareWaiting(int servers, double load)
    {
        var lost = ShareLost(servers, load);
        return load >= servers ? 1 : lost / (1 - (load / servers * (1 - lost)));
    }

    /// <summary>Mean wait, C / (c − a); infinite where the load is not below the servers.</summary>
    public static double MeanWait(int servers, double load) =>
        load >= servers ? double.PositiveInfinity : ShareWaiting(servers, load) / (servers - load);

    /// <summary>The share that waits longer than a time, C exp(−(c − a) t).</summary>
    public static double ShareWaitingLonger(int servers, double load, double time) =>
        load >= servers ? 1 : ShareWaiting(servers, load) * Math.Exp(-(servers - load) * time);

    /// <summary>The smallest number of servers with which at most a share waits.</summary>
    public static int SmallestServers(double load, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        var servers = (int)load + 1;
        while (ShareWaiting(servers, load) > share)
        {
            servers++;
        }

        return servers;
    }
}
