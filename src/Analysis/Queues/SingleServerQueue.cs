namespace Pathfinder.Analysis.Queues;

/// <summary>Poisson arrivals to one server with any service of mean 1.</summary>
public static class SingleServerQueue
{
    /// <summary>
    /// Mean wait, ρ (1 + cv²) / (2 (1 − ρ)) (Pollaczek 1930, Khinchine 1932; Gross and others, 5.1), with cv² the squared
    /// coefficient of variation of the service. Throws <see cref="ArgumentOutOfRangeException"/> unless the load lies in [0, 1).
    /// </summary>
    public static double MeanWait(double load, double squaredVariation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(load);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(load, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(squaredVariation);
        return load * (1 + squaredVariation) / (2 * (1 - load));
    }
}
