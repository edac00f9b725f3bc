using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pathfinder.Analysis.Calibration;
using Pathfinder.Engine.Numerics;
using Pathfinder.Engine.Response;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Calibration;

/// <summary>How much a calibration may try.</summary>
/// <param name="Budget">Most simulations.</param>
/// <param name="Seed">Seed of every draw.</param>
/// <param name="Threads">Simulations at once; the result does not depend on it.</param>
public sealed record CalibrationOptions(int Budget = 1500, ulong Seed = 1, int Threads = 1);

/// <summary>
/// Finds which values make the simulation look like what was observed. A function of its arguments: no store, no clock.
/// Method and formulas: docs/methods/calibration.md.
/// </summary>
public static class Calibrator
{
    /// <summary>The method in a sentence.</summary>
    public const string Method =
        "Approximate Bayesian computation by sequential Monte Carlo: flat priors over the ranges stated, distance the root mean square of (simulated − observed) / tolerance over the targets fitted, "
        + "targets of one area and measure taken together as their mean";

    /// <summary>Least and greatest budget.</summary>
    public const int LeastBudget = 40, GreatestBudget = 200_000;

    /// <summary>Most simulations of a job of the server, which others wait behind.</summary>
    public const int MostBudget = 50_000;

    /// <summary>Fits. Refused when the budget is out of bounds, no target is left to fit, or the values make no scenario.</summary>
    public static Outcome<CalibrationResult> Fit(
        ForcePack pack, string fitYaml, string targetsCsv, CalibrationOptions options, string? fitName = null, string? targetsName = null, IProgress<(int Done, int Total)>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var fit = FitFile.Read(fitYaml, pack, fitName);
        if (!fit.Succeeded)
        {
            return Outcome.Refused<CalibrationResult>(fit.Problems);
        }

        var targets = TargetFile.Read(targetsCsv, [.. fit.Value.Areas.Keys], fit.Value.TargetsBefore, targetsName);
        return targets.Succeeded
            ? Fit(pack, fit.Value, targets.Value, Sha(fitYaml), Sha(targetsCsv), options, progress, cancellation)
            : Outcome.Refused<CalibrationResult>(targets.Problems);
    }

    internal static Problem? CheckBudget(int budget, FitFile? fit, int most)
    {
        var least = Math.Max(LeastBudget, fit?.Particles ?? LeastBudget);
        return budget >= least && budget <= most
            ? null
            : new Problem(
                "The budget is out of bounds", Field: "budget", Found: budget.ToString(CultureInfo.InvariantCulture),
                Accepted: string.Create(CultureInfo.InvariantCulture, $"{least} to {most} simulations"));
    }

    internal static Outcome<CalibrationResult> Fit(
        ForcePack pack, FitFile fit, IReadOnlyList<Target> targets, string fitSha, string targetsSha, CalibrationOptions options, IProgress<(int Done, int Total)>? progress, CancellationToken cancellation)
    {
        if (CheckBudget(options.Budget, fit, GreatestBudget) is { } outOfBounds)
        {
            return outOfBounds;
        }

        var moments = Moments(fit, targets);
        if (!moments.Exists(moment => !moment.HeldOut))
        {
            return new Problem("No target is left to fit to", Field: "holdOutFrom", Accepted: "targets that begin before it");
        }

        var prepared = FittedWorld.Prepare(pack, fit);
        if (!prepared.Succeeded)
        {
            return Outcome.Refused<CalibrationResult>(prepared.Problems);
        }

        var world = prepared.Value;
        var simulated = new System.Collections.Concurrent.ConcurrentDictionary<int, double[]>();
        double Distance(double[] values, int number)
        {
            var result = world.Simulate(Named(fit, values), world.Start, fit.Days, fit.WarmUpDays, null, 1, SeedOf(options.Seed, number), cancellation);
            var measures = new double[moments.Count];
            double sum = 0;
            var count = 0;
            for (var m = 0; m < measures.Length; m++)
            {
                measures[m] = world.Measure(result, moments[m].Area, moments[m].Measure) ?? double.NaN;
                if (!moments[m].HeldOut)
                {
                    var off = (measures[m] - moments[m].Mean) / moments[m].Tolerance;
                    sum += off * off;
                    count++;
                }
            }

            simulated[number] = measures;
            var distance = Math.Sqrt(sum / count);
            return double.IsNaN(distance) ? double.PositiveInfinity : distance;
        }

        var done = AbcSmc.Run(
            [.. fit.Parameters.Select(parameter => parameter.Prior)], Distance, new AbcOptions(fit.Particles, options.Budget, options.Seed, options.Threads),
            used => progress?.Report((used, options.Budget)), cancellation);
        return Result(pack, fit, targets, moments, fitSha, targetsSha, options, done, simulated);
    }

    internal static Dictionary<string, double> Named(FitFile fit, IReadOnlyList<double> values)
    {
        var named = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var p = 0; p < fit.Parameters.Count; p++)
        {
            named[fit.Parameters[p].Key] = values[p];
        }

        return named;
    }

    internal static ulong SeedOf(ulong seed, int number) => RandomStream.Of(seed, number).Bits(7);

    internal static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Targets of one area and measure over the same kind of period say one thing to a simulation of typical weeks: their mean.
    internal sealed record Moment(string Area, string Measure, double Mean, double Tolerance, bool HeldOut, double MonthSd);

    internal static List<Moment> Moments(FitFile fit, IReadOnlyList<Target> targets) =>
        [.. targets.GroupBy(target => (target.Area, target.Measure, HeldOut: fit.HoldOutFrom is { } from && target.From >= from)).Select(group =>
        {
            var values = group.Select(target => target.Value).ToList();
            var mean = values.Average();
            var sd = values.Count > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)) : 0;
            var stated = group.Select(target => target.Tolerance).OfType<double>().ToList();
            var tolerance = stated.Count > 0 ? stated.Average() : group.Key.Measure.EndsWith(".inTarget", StringComparison.Ordinal) ? 0.02 : Math.Max(0.05 * mean, 0.1);
            return new Moment(group.Key.Area, group.Key.Measure, mean, tolerance, group.Key.HeldOut, sd);
        })];

    private static CalibrationResult Result(
        ForcePack pack, FitFile fit, IReadOnlyList<Target> targets, List<Moment> moments, string fitSha, string targetsSha, CalibrationOptions options, AbcResult done,
        System.Collections.Concurrent.ConcurrentDictionary<int, double[]> simulated)
    {
        // A month is a typical month and its own luck: how months around the mean vary is taken from the months fitted to.
        Interval80 Simulated(IReadOnlyList<Particle> particles, Target target, bool weighted)
        {
            var heldOut = fit.HoldOutFrom is { } from && target.From >= from;
            var m = moments.FindIndex(moment => moment.Area == target.Area && moment.Measure == target.Measure && moment.HeldOut == heldOut);
            var fitted = moments.Find(moment => moment.Area == target.Area && moment.Measure == target.Measure && !moment.HeldOut) ?? moments[m];
            var values = particles.SelectMany(each => Luck.Select(luck => (simulated[each.Number][m] + (luck * fitted.MonthSd), weighted ? each.Weight : 1))).ToList();
            return Interval(values);
        }

        return new CalibrationResult
        {
            Schema = CalibrationResult.CurrentSchema,
            Name = fit.Name,
            Title = fit.Title,
            Method = Method,
            EngineVersion = Replica.Version,
            PackSha256 = pack.Sha256,
            FitSha256 = fitSha,
            TargetsSha256 = targetsSha,
            Seed = options.Seed,
            Budget = options.Budget,
            Simulations = done.Simulations,
            Ended = done.Ended,
            TargetsBefore = fit.TargetsBefore,
            Rounds = [.. done.Rounds.Select(round => new CalibrationRound(round.Tolerance, round.Simulations, round.EffectiveSize))],
            Parameters =
            [
                .. fit.Parameters.Select((parameter, p) =>
                {
                    var posterior = Interval([.. done.Posterior.Select(each => (each.Values[p], each.Weight))]);
                    var width = parameter.Prior.At(0.9) - parameter.Prior.At(0.1);
                    return new FittedParameter(
                        parameter.Key, Label(parameter.Key), parameter.Prior.Low, parameter.Prior.High, parameter.Basis, parameter.Why, posterior,
                        width > 0 ? Math.Round(1 - ((posterior.Upper - posterior.Lower) / width), 6) : 0);
                }),
            ],
            Targets =
            [
                .. targets.Select(target =>
                {
                    var posterior = Simulated(done.Posterior, target, weighted: true);
                    var heldOut = fit.HoldOutFrom is { } from && target.From >= from;
                    var moment = moments.Find(each => each.Area == target.Area && each.Measure == target.Measure && each.HeldOut == heldOut)!;
                    return new FittedTarget(
                        target.Area, target.Measure, target.From, target.To, target.Value, moment.Tolerance, target.Source, heldOut, Simulated(done.Prior, target, weighted: false), posterior,
                        posterior.Lower <= target.Value && target.Value <= posterior.Upper);
                }),
            ],
            Particles = [.. done.Posterior.Select(each => new FittedParticle(each.Values, each.Weight, each.Distance))],
        };
    }

    // Nine equal parts of a standard normal, each by its median.
    private static readonly double[] Luck = [.. Enumerable.Range(0, 9).Select(i => Elementary.NormalQuantile((i + 0.5) / 9))];

    internal static Interval80 Interval(IReadOnlyList<(double Value, double Weight)> values) =>
        new(AbcSmc.Quantile(values, 0.1), AbcSmc.Quantile(values, 0.5), AbcSmc.Quantile(values, 0.9));

    /// <summary>What people call a parameter.</summary>
    public static string Label(string key) => AssumptionKeys.Find(key)?.Label ?? key switch
    {
        FitKeys.SlowTravel => "Significant and by appointment: journey, times that under blue lights",
        _ when key.StartsWith(FitKeys.Crews, StringComparison.Ordinal) => "Crews that parade, times the pack's" + Of(key, FitKeys.Crews),
        _ when key.StartsWith(FitKeys.Demand, StringComparison.Ordinal) => $"{(key[7] == 'I' ? "Immediate" : key[7] == 'S' ? "Significant" : "By appointment")}: incidents, times the pack's" + Of(key, key[..14]),
        _ when key.EndsWith(FitKeys.ThreeOfMore, StringComparison.Ordinal) => $"{(key[6] == 'I' ? "Immediate" : "Significant")}: of those that need more than one unit, share that needs three",
        _ => key,
    };

    private static string Of(string key, string start) => key.Length > start.Length ? ", " + key[(start.Length + 1)..] : "";
}
