using System.Collections.Concurrent;
using System.Globalization;
using Pathfinder.Engine.Grouping;

namespace Pathfinder.Platform.Studio;

/// <summary>
/// Every plan of one number of units that keeps one set of rules, with the criteria worked out for them; kept while somebody tries plan after plan.
/// </summary>
internal sealed class CompiledRules(StudioForce force, StudioState rules, PlanGraph plans, int groupCount, CompiledRules? scale)
{
    private readonly ConcurrentDictionary<string, double[]> _values = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TotalRanking> _rankings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (double Best, UInt128 Ties, ulong[] Plan)> _best = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (double Best, double Mean)> _ranges = new(StringComparer.Ordinal);
    private readonly Lazy<double[]> _shares = new(() =>
    {
        var by = plans.PlansByGroup();
        return Array.ConvertAll(by, count => (double)count / (double)plans.Count);
    });

    public PlanGraph Plans => plans;

    public int GroupCount => groupCount;

    /// <summary>Gives up what takes most memory; it is made again when it is asked for.</summary>
    public void Rest() => _rankings.Clear();

    /// <summary>Values of the graph's groups and of further ones by a criterion, or by the overall score of the state's weights.</summary>
    public double[] Values(string key, StudioState state, ReadOnlySpan<ulong> more)
    {
        var own = _values.GetOrAdd(KeyOf(key, state), _ => Compute(key, state, plans.Groups));
        return more.Length == 0 ? own : [.. own, .. Compute(key, state, more)];
    }

    /// <summary>The criterion over the graph's groups and further ones. Worst groups are judged by the sorted vector where <paramref name="balanced"/>.</summary>
    public Criterion Criterion(string key, StudioState state, ReadOnlySpan<ulong> more, bool balanced)
    {
        var values = Values(key, state, more);
        var criterion = StudioCriteria.Find(key);
        return criterion is not { IsWorst: true } ? Engine.Grouping.Criterion.Total(key, values, criterion?.MoreIsBetter ?? false)
            : balanced ? Engine.Grouping.Criterion.Balanced(key, values)
            : Engine.Grouping.Criterion.Worst(key, values);
    }

    /// <summary>The standing of a plan by a criterion that is a total.</summary>
    public Standing TotalStanding(string key, StudioState state, IReadOnlyList<ulong> plan, CancellationToken cancel)
    {
        var ranking = _rankings.GetOrAdd(KeyOf(key, state), _ => new TotalRanking(plans, Criterion(key, state, [], balanced: false)));
        return ranking.Of(Compute(key, state, [.. plan]), cancel);
    }

    /// <summary>The best value, how many plans tie by it, and one of them; worst groups by their sorted vector.</summary>
    public (double Best, UInt128 Ties, ulong[] Plan) Best(string key, StudioState state) => _best.GetOrAdd(KeyOf(key, state), _ =>
    {
        var criterion = Criterion(key, state, [], balanced: true);
        var kept = Optimum.Best(plans, criterion);
        var plan = Optimum.AnyPlan(kept);
        return (criterion.ValueOf(criterion.ScoreOf(plan)), kept.Count, kept.PlanOf(plan));
    });

    /// <summary>The least that any plan can have at once as its largest deviation over several balance criteria.</summary>
    public double LeastLargest(IReadOnlyList<string> keys, StudioState state)
    {
        var worst = new double[plans.Groups.Length];
        foreach (var key in keys)
        {
            var values = Values(key, state, []);
            for (var i = 0; i < worst.Length; i++)
            {
                worst[i] = Math.Max(worst[i], values[i]);
            }
        }

        var criterion = Engine.Grouping.Criterion.Worst("largest", worst);
        return criterion.ValueOf(criterion.ScoreOf(Optimum.AnyPlan(Optimum.Best(plans, criterion))));
    }

    private string KeyOf(string key, StudioState state) => key switch
    {
        StudioCriteria.Overall => key + string.Concat(state.Weights.Select(pair => string.Create(CultureInfo.InvariantCulture, $" {pair.Key}={pair.Value}"))) + TiesOf(state),
        "ties" => key + TiesOf(state),
        _ => key,
    };

    private static string TiesOf(StudioState state) => string.Concat(state.Ties.Select(tie => " " + string.Join('.', tie.Boroughs) + "*" + tie.Weight.ToString("R", CultureInfo.InvariantCulture)));

    private double[] Compute(string key, StudioState state, ReadOnlySpan<ulong> groups) =>
        key == StudioCriteria.Overall ? Overall(state, groups) : StudioCriteria.Values(StudioCriteria.Find(key)!, force, rules with { Ties = state.Ties }, groups, groupCount);

    // 0 would be the best plan by each criterion at once, 1 is the average of all plans; spread over groups so that it stays a sum. Measured
    // on the plans without padlocks and rules, so that a rule's cost can be read off.
    private double[] Overall(StudioState state, ReadOnlySpan<ulong> groups)
    {
        var sum = new double[groups.Length];
        var weights = state.Weights.Where(pair => StudioCriteria.Find(pair.Key) is { } criterion && StudioCriteria.Applies(criterion, force, state)).ToList();
        double all = weights.Sum(pair => pair.Value);
        foreach (var (key, weight) in weights)
        {
            var values = StudioCriteria.Values(StudioCriteria.Find(key)!, force, rules with { Ties = state.Ties }, groups, groupCount);
            var (best, mean) = (scale ?? this).Range(key, state);
            var span = Math.Abs(mean - best);
            for (var i = 0; span > 1e-12 && i < sum.Length; i++)
            {
                sum[i] += weight / all * (values[i] - (best / groupCount)) / span * (mean < best ? -1 : 1);
            }
        }

        return sum;
    }

    private (double Best, double Mean) Range(string key, StudioState state) => _ranges.GetOrAdd(KeyOf(key, state), _ => RangeOf(key, state));

    // The best total and the mean total over all plans, both exact.
    private (double Best, double Mean) RangeOf(string key, StudioState state)
    {
        var values = Values(key, state, []);
        var criterion = Engine.Grouping.Criterion.Total(key, values, StudioCriteria.Find(key)!.MoreIsBetter);
        var best = Optimum.AnyPlan(Optimum.Best(plans, criterion));
        var mean = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            mean += values[i] * _shares.Value[i];
        }

        return (criterion.ValueOf(criterion.ScoreOf(best)), mean);
    }
}
