using System.Text.Json.Serialization;

namespace Pathfinder.Platform.Groupings;

/// <summary>The answers (schema <c>pathfinder-grouping/1</c>). Exact counts are strings, because they may exceed what a JSON number holds.</summary>
public sealed record GroupingResult
{
    /// <summary>The format.</summary>
    [JsonPropertyName("schema")] public string Schema { get; init; } = "pathfinder-grouping/1";

    /// <summary>Units in the graph.</summary>
    public required int Units { get; init; }

    /// <summary>Borders in use.</summary>
    public required int Borders { get; init; }

    /// <summary>The kinds of border in use.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Fewest units in a group.</summary>
    public required int MinSize { get; init; }

    /// <summary>Most units in a group.</summary>
    public required int MaxSize { get; init; }

    /// <summary>The number of plans, exactly.</summary>
    public required string Plans { get; init; }

    /// <summary>The number of plans by number of groups.</summary>
    public required IReadOnlyList<PlansByGroups> PlansByGroups { get; init; }

    /// <summary>What the exact method needed.</summary>
    public required MethodSize Method { get; init; }

    /// <summary>The optimum of each objective, for each number of groups.</summary>
    public IReadOnlyList<ObjectiveAnswer> Objectives { get; init; } = [];

    /// <summary>Where the given plan stands.</summary>
    public RankAnswer? Rank { get; init; }

    /// <summary>The smallest change that improves the given plan.</summary>
    public ImprovementAnswer? Improvement { get; init; }

    /// <summary>The exact Pareto front.</summary>
    public ParetoAnswer? Pareto { get; init; }

    /// <summary>Plans drawn at random, each equally likely.</summary>
    public SampleAnswer? Sample { get; init; }

    /// <summary>What a look at every plan found.</summary>
    public ScanAnswer? Scan { get; init; }

    /// <summary>What each rule costs.</summary>
    public IReadOnlyList<RuleCost>? RuleCosts { get; init; }
}

/// <summary>The number of plans with so many groups.</summary>
/// <param name="Groups">The number of groups.</param>
/// <param name="Plans">The exact count.</param>
public sealed record PlansByGroups(int Groups, string Plans);

/// <summary>What the exact method needed.</summary>
/// <param name="Width">The frontier's width.</param>
/// <param name="States">Nodes of the plan graph.</param>
/// <param name="Arcs">Its arcs.</param>
/// <param name="PossibleGroups">Different groups that occur in some plan.</param>
public sealed record MethodSize(int Width, int States, int Arcs, int PossibleGroups);

/// <summary>A value by one criterion.</summary>
/// <param name="Criterion">The criterion as it was written.</param>
/// <param name="Value">The plan's value: the total or the worst group's.</param>
public sealed record CriterionValue(string Criterion, double Value);

/// <summary>One group of a plan.</summary>
/// <param name="Group">Its name: as given, or its number.</param>
/// <param name="Units">Ids, in the order of the graph.</param>
/// <param name="Values">Its own value by each criterion.</param>
public sealed record GroupDocument(string Group, IReadOnlyList<string> Units, IReadOnlyList<CriterionValue> Values);

/// <summary>One plan.</summary>
/// <param name="Values">Its value by each criterion.</param>
/// <param name="Groups">Its groups.</param>
public sealed record PlanDocument(IReadOnlyList<CriterionValue> Values, IReadOnlyList<GroupDocument> Groups);

/// <summary>The optimum of one objective with one number of groups.</summary>
/// <param name="Objective">The objective as it was written.</param>
/// <param name="Groups">The number of groups.</param>
/// <param name="Value">The best value of its first criterion.</param>
/// <param name="Ties">How many plans are equally good by the whole objective, exactly.</param>
/// <param name="Best">The best plan, and the next ones where they were asked for.</param>
public sealed record ObjectiveAnswer(string Objective, int Groups, double Value, string Ties, IReadOnlyList<PlanDocument> Best);

/// <summary>Where a plan stands by one criterion.</summary>
/// <param name="Criterion">The criterion as it was written.</param>
/// <param name="Value">The plan's value.</param>
/// <param name="Optimum">The best value of any plan.</param>
/// <param name="Better">Plans strictly better.</param>
/// <param name="Equal">Plans equal, itself included.</param>
/// <param name="Worse">Plans strictly worse.</param>
/// <param name="BetterThanShare">The share of plans that it is strictly better than.</param>
public sealed record StandingAnswer(string Criterion, double Value, double Optimum, string Better, string Equal, string Worse, double BetterThanShare);

/// <summary>Where a plan stands.</summary>
/// <param name="Groups">Its number of groups; it is compared with plans of as many.</param>
/// <param name="Among">The number of those.</param>
/// <param name="KeepsRules">Whether it is one of them.</param>
/// <param name="Faults">Why not, in words.</param>
/// <param name="Standings">By each criterion.</param>
/// <param name="AtLeastAsGoodOnAll">Plans at least as good on all criteria, itself included when it keeps the rules.</param>
/// <param name="OnParetoFront">Whether no other plan is at least as good on all and better on one.</param>
/// <param name="Plan">The plan with its values.</param>
public sealed record RankAnswer(
    int Groups, string Among, bool KeepsRules, IReadOnlyList<string> Faults, IReadOnlyList<StandingAnswer> Standings, string AtLeastAsGoodOnAll, bool OnParetoFront, PlanDocument Plan);

/// <summary>The smallest change that improves a plan.</summary>
/// <param name="Moved">The units that change group; null where no plan is better.</param>
/// <param name="Plan">The plan that results.</param>
public sealed record ImprovementAnswer(IReadOnlyList<string>? Moved, PlanDocument? Plan);

/// <summary>The Pareto front.</summary>
/// <param name="Criteria">What is compared.</param>
/// <param name="Size">Different combinations of values on it.</param>
/// <param name="Plans">One plan for each.</param>
public sealed record ParetoAnswer(IReadOnlyList<string> Criteria, int Size, IReadOnlyList<PlanDocument> Plans);

/// <summary>Plans drawn at random.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Plans">The plans.</param>
public sealed record SampleAnswer(ulong Seed, IReadOnlyList<PlanDocument> Plans);

/// <summary>What a look at every plan found.</summary>
/// <param name="Plans">How many were looked at.</param>
/// <param name="Spreads">How each criterion is spread over them.</param>
/// <param name="AtLeastAsGoodOnAll">Plans at least as good as the ranked one on all criteria; null without one.</param>
public sealed record ScanAnswer(string Plans, IReadOnlyList<SpreadAnswer> Spreads, string? AtLeastAsGoodOnAll);

/// <summary>How a criterion is spread over all plans.</summary>
/// <param name="Criterion">The criterion.</param>
/// <param name="Quantiles">The value that the stated share of plans reaches or betters, to the width of a bin.</param>
public sealed record SpreadAnswer(string Criterion, IReadOnlyList<Quantile> Quantiles);

/// <summary>A value that a share of plans reaches or betters.</summary>
/// <param name="Share">The share of plans.</param>
/// <param name="Value">The value.</param>
public sealed record Quantile(double Share, double Value);

/// <summary>What one rule costs.</summary>
/// <param name="Rule">The rule as it was written.</param>
/// <param name="Groups">The number of groups.</param>
/// <param name="PlansWithout">The number of plans without it.</param>
/// <param name="Objectives">The optimum of each objective with and without it.</param>
public sealed record RuleCost(string Rule, int Groups, string PlansWithout, IReadOnlyList<ObjectiveCost> Objectives);

/// <summary>An optimum with and without a rule.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="With">Its best value under all rules.</param>
/// <param name="Without">Its best value without the rule.</param>
public sealed record ObjectiveCost(string Objective, double With, double Without);
