using System.Numerics;
using Pathfinder.Engine.Grouping;

namespace Pathfinder.Engine.Tests.Grouping;

/// <summary>The plan graph against an independent algorithm, which lists every set partition and throws away what breaks a rule.</summary>
public sealed class RandomGraphTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void EveryQuestion_OnSmallRandomGraphs_AgreesWithListingAllPartitions(int seed)
    {
        var random = new Random(seed);
        var cancel = TestContext.Current.CancellationToken;
        for (var world = 0; world < 12; world++)
        {
            var graph = Worlds.Random(random, 4 + random.Next(5), 0.2);
            var rules = Rules(random, graph.Count);
            var expected = Partitions(graph, rules);
            var plans = PlanGraphCompiler.Compile(graph, rules, cancel: cancel).Plans.ShouldNotBeNull();

            plans.Count.ShouldBe((UInt128)expected.Count);
            foreach (var ofSize in expected.GroupBy(plan => plan.Length))
            {
                plans.CountWith(ofSize.Key).ShouldBe((UInt128)ofSize.Count());
                Compare(plans.WithGroups(ofSize.Key), [.. ofSize], graph, random, cancel);
            }
        }
    }

    private static void Compare(PlanGraph plans, List<ulong[]> expected, UnitGraph graph, Random random, CancellationToken cancel)
    {
        var column = Enumerable.Range(0, graph.Count).Select(_ => (double)random.Next(1, 6)).ToArray();
        var worst = Criterion.Worst("worst", GroupMeasures.Deviations(plans.Groups, column, plans.GroupCounts[0]));
        var border = Criterion.Total("border", GroupMeasures.InternalBorders(plans.Groups, graph), moreIsBetter: true);
        var balanced = worst.AsBalanced();
        var listed = expected.ConvertAll(plan => plans.FindPlan(plan).ShouldNotBeNull());
        var reference = listed[random.Next(listed.Count)];

        Optimum.Best(plans, worst).Count.ShouldBe(CountBest(listed, plan => [worst.ScoreOf(plan)]));
        Optimum.Best(plans, border).Count.ShouldBe(CountBest(listed, plan => [border.ScoreOf(plan)]));
        Optimum.Best(plans, balanced).Count.ShouldBe(CountBest(listed, balanced.SortedScores));
        Optimum.Best(Optimum.Best(plans, worst), border).Count.ShouldBe(CountBest(listed, plan => [worst.ScoreOf(plan), border.ScoreOf(plan)]));
        TopPlans.By(plans, balanced, 5).Select(balanced.SortedScores).ShouldBe(listed.Select(balanced.SortedScores).Order(Lexicographic).Take(5));
        TopPlans.By(plans, border, 5).Select(plan => border.ScoreOf(plan)).ShouldBe(listed.Select(plan => border.ScoreOf(plan)).Order().Take(5));

        foreach (var criterion in new[] { worst, border, balanced })
        {
            var standing = Ranking.Of(plans, criterion, reference, cancel);
            standing.Better.ShouldBe((UInt128)listed.Count(plan => Compare(criterion, plan, reference) < 0), criterion.Kind.ToString());
            standing.Equal.ShouldBe((UInt128)listed.Count(plan => Compare(criterion, plan, reference) == 0), criterion.Kind.ToString());
        }

        // Few totals are counted once; many, such as squares of irrational numbers, are looked up in tables.
        foreach (var values in new[] { GroupMeasures.InternalBorders(plans.Groups, graph), Array.ConvertAll(GroupMeasures.Sums(plans.Groups, column), sum => Math.Sqrt(sum) * 1e6) })
        {
            var total = Criterion.Total("total", values);
            new TotalRanking(plans, total).Of([.. reference.Select(group => values[group])], cancel).ShouldBe(Ranking.Of(plans, total, reference, cancel));
        }

        Criterion[] all = [balanced, border];
        Ranking.AtLeastAsGood(plans, all, reference, cancel).ShouldBe((UInt128)listed.Count(plan => all.All(c => Compare(c, plan, reference) <= 0)));
        Ranking.IsBeaten(plans, all, reference, cancel).ShouldBe(listed.Exists(plan => Beats(all, plan, reference)));

        var scan = PlanScan.Run(plans, [worst, border], reference, cancel: cancel);
        scan.Plans.ShouldBe(listed.Count);
        scan.AtLeastAsGood.ShouldBe(listed.Count(plan => Compare(worst, plan, reference) <= 0 && Compare(border, plan, reference) <= 0));

        var front = ParetoFront.Of(plans, [worst, border], cancel: cancel).ShouldNotBeNull();
        front.Select(plan => (plan.Scores[0], plan.Scores[1])).ShouldBe(listed
            .Where(plan => !listed.Exists(other => Beats([worst, border], other, plan)))
            .Select(plan => (worst.ScoreOf(plan), border.ScoreOf(plan))).Distinct().Order());

        var improvement = NearestImprovement.Find(plans, all, reference, plans.PlanOf(reference), cancel);
        var nearest = listed.Where(plan => Beats(all, plan, reference)).Select(plan => Distance(plans.PlanOf(plan), plans.PlanOf(reference))).DefaultIfEmpty(-1).Min();
        (improvement is null ? -1 : BitOperations.PopCount(improvement.Moved)).ShouldBe(nearest);

        plans.PlansByGroup().Select((count, group) => (count, group)).ShouldAllBe(pair => pair.count == (UInt128)listed.Count(plan => plan.Contains(pair.group)));
    }

    [Fact]
    public void Draw_ManyTimes_MeetsEveryPlanAboutEquallyOften()
    {
        var plans = PlanGraphCompiler.Compile(Worlds.Grid(4, 4), new GroupingRules { MinSize = 4, MaxSize = 4 }, cancel: TestContext.Current.CancellationToken).Plans!;
        const int Draws = 117_000;

        var times = Enumerable.Range(0, Draws).GroupBy(i => string.Join(' ', PlanSampling.Draw(plans, 42, i)), StringComparer.Ordinal).Select(g => g.Count()).ToList();

        times.Count.ShouldBe(117);
        var chiSquare = times.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000.0);
        chiSquare.ShouldBeLessThan(171, "the 99.9% point of chi-square with 116 degrees of freedom is 170.3; the seed is fixed");
    }

    [Fact]
    public void Draw_SameSeedAndIndex_GivesTheSamePlan()
    {
        var plans = PlanGraphCompiler.Compile(Worlds.LondonBoroughs().Graph, Worlds.London.Rules(12), cancel: TestContext.Current.CancellationToken).Plans!;

        PlanSampling.Draw(plans, 7, 3).ShouldBe(PlanSampling.Draw(plans, 7, 3));
        PlanSampling.Draw(plans, 7, 3).ShouldNotBe(PlanSampling.Draw(plans, 8, 3));
    }

    [Fact]
    public void Compile_BeyondItsLimits_SaysWhichAndGivesNoPlans()
    {
        var result = PlanGraphCompiler.Compile(Worlds.Grid(8, 8), new GroupingRules { MinSize = 8, MaxSize = 8 }, new CompileLimits(States: 1000), TestContext.Current.CancellationToken);

        result.Plans.ShouldBeNull();
        result.Exceeded.ShouldBe("states");
    }

    private static GroupingRules Rules(Random random, int units)
    {
        var min = 1 + random.Next(2);
        ulong Pair() => (1UL << random.Next(units)) | (1UL << random.Next(units));
        return new GroupingRules
        {
            MinSize = min,
            MaxSize = min + random.Next(4),
            Together = random.Next(3) == 0 ? [Pair()] : [],
            Apart = random.Next(3) == 0 ? [Pair()] : [],
            Locked = random.Next(4) == 0 ? [Pair()] : [],
            Forbidden = random.Next(4) == 0 ? [Pair()] : [],
        };
    }

    private static List<ulong[]> Partitions(UnitGraph graph, GroupingRules rules)
    {
        var found = new List<ulong[]>();
        void Place(int unit, List<ulong> groups)
        {
            if (unit == graph.Count)
            {
                if (groups.TrueForAll(group => Keeps(graph, rules, group)))
                {
                    found.Add([.. groups]);
                }

                return;
            }

            for (var i = 0; i <= groups.Count; i++)
            {
                List<ulong> next = [.. groups];
                if (i == groups.Count)
                {
                    next.Add(0);
                }

                next[i] |= 1UL << unit;
                Place(unit + 1, next);
            }
        }

        Place(0, []);
        return found;
    }

    private static bool Keeps(UnitGraph graph, GroupingRules rules, ulong group)
    {
        var size = BitOperations.PopCount(group);
        var reached = new HashSet<int> { BitOperations.TrailingZeroCount(group) };
        for (var grew = true; grew;)
        {
            grew = graph.Borders.ToArray().Any(b => (group >> b.A & 1) != 0 && (group >> b.B & 1) != 0 && reached.Contains(b.A) != reached.Contains(b.B) && reached.Add(reached.Contains(b.A) ? b.B : b.A));
        }

        return size >= rules.MinSize && size <= rules.MaxSize && reached.Count == size
            && rules.Locked.All(set => (group & set) == 0 || group == set)
            && rules.Together.All(set => (group & set) == 0 || (group & set) == set)
            && rules.Apart.All(set => BitOperations.PopCount(group & set) < 2)
            && !rules.Forbidden.Contains(group);
    }

    private static readonly Comparer<long[]> Lexicographic = Comparer<long[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    private static UInt128 CountBest(List<int[]> plans, Func<int[], long[]> key)
    {
        var best = plans.Select(key).Min(Lexicographic)!;
        return (UInt128)plans.Count(plan => key(plan).AsSpan().SequenceEqual(best));
    }

    private static int Compare(Criterion criterion, int[] a, int[] b) => criterion.Kind == CriterionKind.Balanced
        ? criterion.SortedScores(a).AsSpan().SequenceCompareTo(criterion.SortedScores(b))
        : criterion.ScoreOf(a).CompareTo(criterion.ScoreOf(b));

    private static bool Beats(Criterion[] criteria, int[] a, int[] b) => criteria.All(c => Compare(c, a, b) <= 0) && criteria.Any(c => Compare(c, a, b) < 0);

    // Tries every matching of groups.
    private static int Distance(ulong[] plan, ulong[] old)
    {
        int Kept(int i, int used) => i == plan.Length ? 0 : Math.Max(Kept(i + 1, used), Enumerable.Range(0, old.Length).Where(j => (used >> j & 1) == 0)
            .Select(j => BitOperations.PopCount(plan[i] & old[j]) + Kept(i + 1, used | (1 << j))).DefaultIfEmpty(0).Max());
        return plan.Sum(BitOperations.PopCount) - Kept(0, 0);
    }
}

internal static class CriterionExtensions
{
    public static long[] SortedScores(this Criterion criterion, int[] plan) => criterion.SortedScoresOf(plan);
}
