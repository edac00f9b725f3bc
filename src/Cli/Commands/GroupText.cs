using System.Globalization;
using System.Text;
using Pathfinder.Platform.Groupings;

namespace Pathfinder.Cli.Commands;

/// <summary>Answers about groupings as a person reads them.</summary>
internal static class GroupText
{
    public static string Of(GroupingResult result)
    {
        var text = new StringBuilder();
        Line(text, $"{Exact(result.Plans)} plans: {result.Units} units over {result.Borders} borders ({string.Join(", ", result.Kinds)}), groups of {result.MinSize} to {result.MaxSize}");
        foreach (var count in result.PlansByGroups.Where(_ => result.PlansByGroups.Count > 1))
        {
            Line(text, $"  {count.Groups,4} groups  {Exact(count.Plans),30}");
        }

        foreach (var objective in result.Objectives)
        {
            Line(text, $"\nBest {objective.Objective} with {objective.Groups} groups: {objective.Value:0.####} ({Exact(objective.Ties)} plan(s) are equally good)");
            for (var i = 0; i < objective.Best.Count; i++)
            {
                Line(text, $"{(objective.Best.Count > 1 ? $"No. {i + 1}: " : "")}{Values(objective.Best[i].Values)}");
                Plan(text, objective.Best[i]);
            }
        }

        if (result.Rank is { } rank)
        {
            Rank(text, rank);
        }

        if (result.Improvement is { } improvement)
        {
            Line(text, $"\n{(improvement.Moved is null ? "No plan is better on some criterion and worse on none." : $"Nearest improvement: move {string.Join(", ", improvement.Moved)}; then {Values(improvement.Plan!.Values)}")}");
            if (improvement.Plan is not null)
            {
                Plan(text, improvement.Plan);
            }
        }

        if (result.Pareto is { } pareto)
        {
            Line(text, $"\n{pareto.Size} combinations of values that no plan beats:");
            foreach (var plan in pareto.Plans)
            {
                Line(text, $"  {Values(plan.Values)}");
            }
        }

        if (result.Sample is { } sample)
        {
            Line(text, $"\n{sample.Plans.Count} plans drawn at random, seed {sample.Seed}:");
            foreach (var plan in sample.Plans)
            {
                Line(text, $"  {Values(plan.Values)}  {string.Join(" | ", plan.Groups.Select(g => string.Join(' ', g.Units)))}");
            }
        }

        if (result.Scan is { } scan)
        {
            Line(text, $"\nEvery one of {Exact(scan.Plans)} plans scored{(scan.AtLeastAsGoodOnAll is null ? "" : $"; {Exact(scan.AtLeastAsGoodOnAll)} at least as good as the ranked plan on all criteria, itself included")}");
            foreach (var spread in scan.Spreads)
            {
                Line(text, $"  {spread.Criterion}: {string.Join("  ", spread.Quantiles.Select(q => string.Create(CultureInfo.InvariantCulture, $"{q.Share:0%} {q.Value:0.####}")))}");
            }
        }

        foreach (var cost in result.RuleCosts ?? [])
        {
            Line(text, $"\nWithout \"{cost.Rule}\": {Exact(cost.PlansWithout)} plans; {string.Join("; ", cost.Objectives.Select(o => string.Create(CultureInfo.InvariantCulture, $"best {o.Objective} {o.Without:0.####} instead of {o.With:0.####}")))}");
        }

        return text.ToString();
    }

    private static void Rank(StringBuilder text, RankAnswer rank)
    {
        Line(text, $"\nThe given plan among {Exact(rank.Among)} plans of {rank.Groups} groups:");
        foreach (var standing in rank.Standings)
        {
            Line(text, $"  {standing.Criterion,-28} {standing.Value,12:0.####}  best {standing.Optimum:0.####}  better than {standing.BetterThanShare:0.00%}; {Exact(standing.Better)} better, {Exact(standing.Equal)} equal");
        }

        Line(text, $"  At least as good on all of these: {Exact(rank.AtLeastAsGoodOnAll)}{(rank.KeepsRules ? ", itself included" : "")}. {(rank.OnParetoFront ? "It is on the Pareto front." : "It is not on the Pareto front.")}");
        foreach (var fault in rank.Faults)
        {
            Line(text, $"  It breaks the rules: {fault}");
        }
    }

    private static void Plan(StringBuilder text, PlanDocument plan)
    {
        foreach (var group in plan.Groups)
        {
            Line(text, $"  {group.Group,4}  {string.Join(' ', group.Units)}   {Values(group.Values)}");
        }
    }

    private static string Values(IReadOnlyList<CriterionValue> values) => string.Join("  ", values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Criterion} {v.Value:0.####}")));

    private static string Exact(string count) => UInt128.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value.ToString("N0", CultureInfo.InvariantCulture) : count;

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
