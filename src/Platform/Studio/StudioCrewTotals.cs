using Pathfinder.Engine.Grouping;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Studio;

/// <summary>The least officers for one number of units, over all groupings.</summary>
/// <param name="Units">The number of units.</param>
/// <param name="Officers">The least total.</param>
/// <param name="Plans">Plans compared.</param>
public sealed record StudioCrewTotal(int Units, int Officers, UInt128 Plans);

/// <summary>Total officers against the number of command units: one dynamic programme over all groupings into any number of units.</summary>
public static class StudioCrewTotals
{
    /// <summary>For every number of units that groups of one to <paramref name="max"/> boroughs make. Refused where the exact method cannot take it.</summary>
    public static Outcome<IReadOnlyList<StudioCrewTotal>> Of(StudioForce force, StudioState state, int max, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(state);
        if (force.Crews.Problem is { } problem)
        {
            return new Problem(problem, Field: "crews");
        }

        var compiled = PlanGraphCompiler.Compile(force.Graph(state), new GroupingRules { MaxSize = max }, new CompileLimits(States: 120_000, Arcs: 1_500_000, Steps: 20_000_000), cancel);
        if (compiled.Plans is not { } plans)
        {
            return new Problem("There are more groupings than a page can look at", Field: "max", Found: $"units of up to {max} boroughs", Accepted: "fewer boroughs in a unit, or pathfinder crew with --graph");
        }

        var officers = new double[plans.Groups.Length];
        for (var i = 0; i < officers.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            officers[i] = force.Crews.Of(plans.Groups[i]).Strength.Officers;
        }

        var criterion = Criterion.Total("officers", officers);
        var least = Optimum.LeastByGroupCount(plans, criterion);
        return Outcome.Of<IReadOnlyList<StudioCrewTotal>>([.. plans.GroupCounts.Select(units => new StudioCrewTotal(units, (int)criterion.ValueOf(least[units]!.Value), plans.CountWith(units)))]);
    }
}
