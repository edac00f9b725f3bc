using MathNet.Numerics.Distributions;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Analysis.Calibration;

/// <summary>A parameter that is not known: anything between two numbers, each as likely as the other, before any data.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Low">Least.</param>
/// <param name="High">Greatest.</param>
/// <param name="Whole">Whether only whole numbers are meant, each as likely.</param>
public sealed record PriorRange(string Name, double Low, double High, bool Whole = false)
{
    /// <summary>The value that a number between 0 and 1 stands for.</summary>
    public double At(double uniform) => Whole ? Math.Min(Math.Floor(Low + (uniform * (High - Low + 1))), High) : Low + (uniform * (High - Low));
}

/// <summary>How much is tried.</summary>
/// <param name="Particles">Size of the sample that the answer is.</param>
/// <param name="Budget">Most simulations in all.</param>
/// <param name="Seed">Seed of every draw.</param>
/// <param name="Threads">Simulations at once; the answer does not depend on it.</param>
/// <param name="CloseEnough">A distance below which nothing is gained; the last tolerance.</param>
public sealed record AbcOptions(int Particles = 200, int Budget = 2000, ulong Seed = 1, int Threads = 1, double CloseEnough = 1);

/// <summary>One accepted set of parameters.</summary>
/// <param name="Values">In the order of the priors.</param>
/// <param name="Weight">Its weight; all weights sum to 1.</param>
/// <param name="Distance">How far its simulation was from the data.</param>
/// <param name="Number">Which simulation it was: the key of its random numbers.</param>
public sealed record Particle(double[] Values, double Weight, double Distance, int Number);

/// <summary>One round.</summary>
/// <param name="Tolerance">The greatest distance accepted.</param>
/// <param name="Simulations">Simulations it took.</param>
/// <param name="EffectiveSize">1 / Σ w²: how many equal particles the weighted ones are worth.</param>
public sealed record AbcRound(double Tolerance, int Simulations, double EffectiveSize);

/// <summary>What came out.</summary>
/// <param name="Prior">The first draws from the prior, in order, whatever their distance.</param>
/// <param name="Posterior">The last complete population.</param>
/// <param name="Rounds">Every complete round.</param>
/// <param name="Simulations">Simulations in all, an incomplete last round included.</param>
/// <param name="Ended">Why it ended: "close enough", "budget", or "no nearer" where half of a population lies at its greatest distance.</param>
public sealed record AbcResult(IReadOnlyList<Particle> Prior, IReadOnlyList<Particle> Posterior, IReadOnlyList<AbcRound> Rounds, int Simulations, string Ended);

/// <summary>
/// Approximate Bayesian computation by sequential Monte Carlo: which parameters make a simulation look like the data, without
/// a likelihood. Toni et al. 2009 (J. R. Soc. Interface 6:187), with the adaptive normal kernel of Beaumont et al. 2009
/// (Biometrika 96:983: variance twice the weighted variance of the population before), truncated to the prior and normalised
/// there, and the tolerance of each round the median distance of the one before (Del Moral et al. 2012 adapt it likewise).
/// The same seed and budget give the same answer for any number of threads.
/// </summary>
public static class AbcSmc
{
    private const int PurposeParent = 1_000_000;
    private const int PurposeMove = 2_000_000;

    /// <summary>
    /// Samples the parameters. <paramref name="distance"/> simulates one set (its values, and its number, to key random
    /// numbers by) and answers how far it is from the data; it is called from several threads. Throws
    /// <see cref="ArgumentException"/> for no prior, fewer than 4 particles or a budget below them.
    /// </summary>
    public static AbcResult Run(
        IReadOnlyList<PriorRange> priors, Func<double[], int, double> distance, AbcOptions options, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(priors);
        ArgumentNullException.ThrowIfNull(distance);
        ArgumentNullException.ThrowIfNull(options);
        if (priors.Count == 0 || options.Particles < 4 || options.Budget < options.Particles)
        {
            throw new ArgumentException("There must be a parameter, at least four particles, and a budget of at least as many simulations.", nameof(options));
        }

        var stream = RandomStream.Of(options.Seed, 0);
        var used = 0;
        List<Particle> Try(IReadOnlyList<double[]> sets)
        {
            var first = used;
            var found = new Particle[sets.Count];
            Parallel.For(0, sets.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancellation }, i =>
            {
                found[i] = new Particle(sets[i], 0, distance(sets[i], first + i), first + i);
                var done = Interlocked.Increment(ref used);
                progress?.Invoke(done);
            });
            return [.. found];
        }

        // The first round draws from the prior and keeps the nearest; a third of the budget, so that later rounds start well.
        var opening = Math.Min(options.Budget, Math.Max(options.Particles, options.Budget / 3));
        var prior = Try([.. Enumerable.Range(0, opening).Select(i => FromPrior(priors, stream.At((ulong)i)))]);
        var nearest = prior.OrderBy(each => each.Distance).ThenBy(each => each.Number).Take(options.Particles).OrderBy(each => each.Number).ToList();
        var population = nearest.ConvertAll(each => each with { Weight = 1.0 / nearest.Count });
        var tolerance = nearest.Max(each => each.Distance);
        var rounds = new List<AbcRound> { new(tolerance, used, Effective(population)) };
        for (var round = 1; tolerance > options.CloseEnough; round++)
        {
            var next = Math.Max(options.CloseEnough, Median(population));
            if (!(next < tolerance))
            {
                return new AbcResult(prior, population, rounds, used, "no nearer");
            }

            var kernel = Kernel.Of(priors, population);
            var accepted = new List<Particle>();
            var before = used;
            while (accepted.Count < options.Particles && used < options.Budget)
            {
                var batch = Math.Min(options.Particles, options.Budget - used);
                var sets = new List<double[]>(batch);
                for (var i = 0; i < batch; i++)
                {
                    sets.Add(kernel.Move(stream.At((ulong)(used + i)), round));
                }

                accepted.AddRange(Try(sets).Where(each => each.Distance <= next));
            }

            if (accepted.Count < options.Particles)
            {
                return new AbcResult(prior, population, rounds, used, "budget");
            }

            accepted = accepted.GetRange(0, options.Particles);
            var weights = accepted.ConvertAll(kernel.Weight);
            var total = weights.Sum();
            population = [.. accepted.Select((each, i) => each with { Weight = weights[i] / total })];
            tolerance = next;
            rounds.Add(new AbcRound(tolerance, used - before, Effective(population)));
        }

        return new AbcResult(prior, population, rounds, used, "close enough");
    }

    /// <summary>The weighted quantile of values: the least at which the weights of those up to it reach the share.</summary>
    public static double Quantile(IReadOnlyList<(double Value, double Weight)> values, double share)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sorted = values.OrderBy(each => each.Value).ToList();
        var want = share * sorted.Sum(each => each.Weight);
        double sum = 0;
        foreach (var (value, weight) in sorted)
        {
            sum += weight;
            if (sum >= want - 1e-12)
            {
                return value;
            }
        }

        return sorted[^1].Value;
    }

    private static double[] FromPrior(IReadOnlyList<PriorRange> priors, RandomStream stream)
    {
        var values = new double[priors.Count];
        for (var p = 0; p < values.Length; p++)
        {
            values[p] = priors[p].At(stream.Uniform(p));
        }

        return values;
    }

    private static double Effective(List<Particle> population) => 1 / population.Sum(each => each.Weight * each.Weight);

    private static double Median(List<Particle> population) => Quantile([.. population.Select(each => (each.Distance, each.Weight))], 0.5);

    // Moves a particle of the population before: a normal step in each parameter, cut off at the prior's ends.
    private sealed class Kernel
    {
        private readonly IReadOnlyList<PriorRange> _priors;
        private readonly List<Particle> _from;
        private readonly double[] _sd;
        private readonly double[] _cumulative;

        private Kernel(IReadOnlyList<PriorRange> priors, List<Particle> from, double[] sd, double[] cumulative) =>
            (_priors, _from, _sd, _cumulative) = (priors, from, sd, cumulative);

        public static Kernel Of(IReadOnlyList<PriorRange> priors, List<Particle> population)
        {
            var sd = new double[priors.Count];
            for (var p = 0; p < sd.Length; p++)
            {
                var mean = population.Sum(each => each.Weight * each.Values[p]);
                var variance = population.Sum(each => each.Weight * (each.Values[p] - mean) * (each.Values[p] - mean));
                sd[p] = Math.Max(Math.Sqrt(2 * variance), 1e-6 * Math.Max(priors[p].High - priors[p].Low, 1e-12));
            }

            var cumulative = new double[population.Count];
            double sum = 0;
            for (var i = 0; i < cumulative.Length; i++)
            {
                cumulative[i] = sum += population[i].Weight;
            }

            return new Kernel(priors, population, sd, cumulative);
        }

        public double[] Move(RandomStream stream, int round)
        {
            var at = Array.BinarySearch(_cumulative, stream.Uniform(PurposeParent + round) * _cumulative[^1]);
            var parent = _from[Math.Min(at < 0 ? ~at : at, _from.Count - 1)];
            var values = new double[_sd.Length];
            for (var p = 0; p < values.Length; p++)
            {
                var (low, high) = Ends(p, parent.Values[p]);
                var uniform = low + (stream.Uniform(PurposeMove + (round * 1000) + p) * (high - low));
                var moved = parent.Values[p] + (_sd[p] * Normal.InvCDF(0, 1, Math.Clamp(uniform, 1e-15, 1 - 1e-15)));
                values[p] = Math.Clamp(_priors[p].Whole ? Math.Round(moved) : moved, _priors[p].Low, _priors[p].High);
            }

            return values;
        }

        // Prior over the mixture that proposed it; the prior is flat, and what is common to all is left out.
        public double Weight(Particle particle)
        {
            double density = 0;
            foreach (var parent in _from)
            {
                var log = Math.Log(parent.Weight);
                for (var p = 0; p < _sd.Length; p++)
                {
                    var (low, high) = Ends(p, parent.Values[p]);
                    var z = (particle.Values[p] - parent.Values[p]) / _sd[p];
                    log += _priors[p].Whole
                        ? Math.Log(Math.Max(Mass(p, particle.Values[p], parent.Values[p], low, high), 1e-300))
                        : (-0.5 * z * z) - Math.Log(high - low);
                }

                density += Math.Exp(log);
            }

            return 1 / Math.Max(density, 1e-300);
        }

        private double Mass(int p, double value, double centre, double low, double high)
        {
            var from = value <= _priors[p].Low ? low : Normal.CDF(0, 1, (value - 0.5 - centre) / _sd[p]);
            var to = value >= _priors[p].High ? high : Normal.CDF(0, 1, (value + 0.5 - centre) / _sd[p]);
            return (to - from) / (high - low);
        }

        private (double Low, double High) Ends(int p, double centre)
        {
            var slack = _priors[p].Whole ? 0.5 : 0;
            return (Normal.CDF(0, 1, (_priors[p].Low - slack - centre) / _sd[p]), Normal.CDF(0, 1, (_priors[p].High + slack - centre) / _sd[p]));
        }
    }
}
