using Pathfinder.Analysis.Intervals;
using Pathfinder.Engine.Response;

namespace Pathfinder.Platform.SelfTest;

/// <summary>How far a self-test is.</summary>
public readonly record struct SelfTestProgress(int Done, int Total);

/// <summary>Simulates the queues whose answers are known and sets each beside its answer.</summary>
public static class TheoryTable
{
    /// <summary>The precision of a full test.</summary>
    public const double Full = 0.01;

    /// <summary>The precision of a quick one.</summary>
    public const double Quick = 0.03;

    private const double Level = 0.99;
    private const int Replications = 40;
    private const ulong Seed = 20170226;

    /// <summary>
    /// Runs the table at a precision (half the width of each interval, as a share of the exact value). Intervals hold for the
    /// whole table at once with 99%, by Bonferroni: each is Student's over replications at level 1 − 0.01 / lines. Seeds are
    /// fixed, so the same engine gives the same table whatever the threads. Throws <see cref="OperationCanceledException"/> when
    /// cancelled.
    /// </summary>
    public static SelfTestResult Run(double precision, int threads, IProgress<SelfTestProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(precision);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var models = TheoryModels.All();
        var measures = models.Sum(m => m.Measures.Count);
        var level = 1 - ((1 - Level) / measures);
        var lines = new List<SelfTestLine>();
        var searches = new List<(double Load, double Share, int Servers, MeanInterval Waiting)>();
        long customers = 0;
        for (var m = 0; m < models.Count; m++)
        {
            var model = models[m];
            var values = Simulate(model, precision, threads, ref customers, cancellation);
            progress?.Report(new SelfTestProgress(m + 1, models.Count));
            for (var k = 0; k < model.Measures.Count; k++)
            {
                var column = k;
                var interval = MeanInterval.Of([.. values.Select(v => v[column])], level)!.Value;
                if (model.SmallestOf is { } search)
                {
                    searches.Add((search.Load, search.Share, search.Servers, interval));
                }
                else
                {
                    lines.Add(Line(model, model.Measures[k], interval, precision));
                }
            }
        }

        lines.AddRange(searches.GroupBy(s => (s.Load, s.Share)).Select(g => Smallest(g.Key.Load, g.Key.Share, [.. g.Select(s => (s.Servers, s.Waiting))])));
        return new SelfTestResult
        {
            Schema = SelfTestResult.CurrentSchema,
            EngineVersion = Replica.Version,
            Precision = precision,
            Level = Level,
            Customers = customers,
            Lines = lines,
        };
    }

    private static double[][] Simulate(TheoryModel model, double precision, int threads, ref long customers, CancellationToken cancellation)
    {
        // Where every replication has a world of its own, more worlds are what sharpens the answer; otherwise longer ones, as far as the clock goes.
        var wanted = model.Customers * (Full / precision) * (Full / precision);
        var replications = model.Drawn ? Math.Max((int)(wanted / model.CustomersEach), Replications) : Math.Max(Replications, (int)Math.Ceiling(wanted / model.CustomersEach));
        var each = model.Drawn ? model.CustomersEach : Math.Max(wanted / replications, 300);
        var values = new double[replications][];
        var counts = new long[replications];
        var shared = model.Drawn ? null : model.Build(each, 0);
        void One(int r, Replica replica)
        {
            var tally = replica.Run(Seed, r, cancellation);
            counts[r] = tally.Incidents;
            values[r] = [.. model.Measures.Select(measure => measure.Read(tally))];
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            if (shared is null)
            {
                Parallel.For(0, replications, options, r => One(r, new Replica(model.Build(each, r))));
            }
            else
            {
                Parallel.For(0, replications, options, () => new Replica(shared), (r, _, replica) => { One(r, replica); return replica; }, _ => { });
            }
        }
        catch (AggregateException e) when (e.InnerExceptions.Any(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException("The self-test was cancelled.", e, cancellation);
        }

        customers += counts.Sum();
        return values;
    }

    private static SelfTestLine Line(TheoryModel model, TheoryMeasure measure, MeanInterval interval, double precision)
    {
        var (lower, upper) = (interval.Lower!.Value, interval.Upper!.Value);
        var verdict = measure.Exact < lower || measure.Exact > upper ? SelfTestVerdict.Misses
            : (upper - lower) / 2 > precision * measure.Exact ? SelfTestVerdict.TooWide : SelfTestVerdict.Holds;
        return new SelfTestLine(model.Name, measure.Name, measure.Exact, interval.Mean, lower, upper, verdict, measure.Source);
    }

    // The smallest number is decided where, at once, too many wait with one fewer and few enough with it.
    private static SelfTestLine Smallest(double load, double share, List<(int Servers, MeanInterval Waiting)> runs)
    {
        runs.Sort((a, b) => a.Servers.CompareTo(b.Servers));
        var (fewer, enough) = (runs[0], runs[1]);
        var lower = fewer.Waiting.Lower > share ? enough.Servers : fewer.Servers;
        var upper = enough.Waiting.Upper <= share ? enough.Servers : enough.Servers + 1;
        var simulated = enough.Waiting.Mean > share ? enough.Servers + 1 : fewer.Waiting.Mean <= share ? fewer.Servers : enough.Servers;
        var exact = Analysis.Queues.ErlangQueue.SmallestServers(load, share);
        return new SelfTestLine(
            FormattableString.Invariant($"{load:0.##} servers busy on average"), FormattableString.Invariant($"fewest servers with which at most {share:0.##} wait"),
            exact, simulated, lower, upper, exact < lower || exact > upper ? SelfTestVerdict.Misses : lower == upper ? SelfTestVerdict.Holds : SelfTestVerdict.Undecided, "Erlang C");
    }
}
