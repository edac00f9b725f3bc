namespace Pathfinder.Platform.Studio;

/// <summary>A unit of the plan with its figures.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">The force's own name for exactly these boroughs, or their names.</param>
/// <param name="Boroughs">Codes.</param>
/// <param name="Residents">Residents.</param>
/// <param name="CallsPerDay">Immediate and significant calls a day.</param>
/// <param name="Officers">Response officers by formula; null where they cannot be worked out.</param>
/// <param name="Deviations">Signed deviation from the mean by each balance criterion that applies.</param>
/// <param name="Kept">Whether it is under a padlock.</param>
/// <param name="ImmediateInTime">Forecast share (0–1) of its immediate calls attended in time, simulated alone; null where no sweep says so.</param>
/// <param name="CutOff">The boroughs that are cut off from the rest of it.</param>
public sealed record StudioUnitView(
    string Code, string Name, IReadOnlyList<string> Boroughs, double Residents, double CallsPerDay, int? Officers, IReadOnlyDictionary<string, double> Deviations, bool Kept, double? ImmediateInTime, IReadOnlyList<string> CutOff);

/// <summary>Where the plan stands by one criterion, among all plans of as many units that keep the rules.</summary>
/// <param name="Criterion">The criterion.</param>
/// <param name="Value">Its value; null where a unit of the plan was not simulated.</param>
/// <param name="Best">The best value of any plan.</param>
/// <param name="Better">Plans strictly better.</param>
/// <param name="Equal">Plans equal, itself included where it keeps the rules.</param>
/// <param name="AsGood">Other plans as good.</param>
/// <param name="BetterThan">Share of all plans that it is strictly better than.</param>
/// <param name="Beside">The value of the plan held beside it.</param>
public sealed record StudioStanding(StudioCriterion Criterion, double? Value, double Best, UInt128 Better, UInt128 Equal, UInt128 AsGood, double BetterThan, double? Beside);

/// <summary>A plan one may go to.</summary>
/// <param name="What">What it is, in words.</param>
/// <param name="Moved">Names of the boroughs that move.</param>
/// <param name="State">The state with that plan.</param>
public sealed record StudioStep(string What, IReadOnlyList<string> Moved, StudioState State);

/// <summary>A partner tie and whether the plan keeps it.</summary>
public sealed record StudioTieView(IReadOnlyList<string> Names, double Weight, bool Kept);

/// <summary>What one rule costs by the criterion in use.</summary>
/// <param name="Rule">The rule in words.</param>
/// <param name="With">The best value under all rules.</param>
/// <param name="Without">The best value without it.</param>
/// <param name="RuledOut">Plans that only the rule keeps out and that are better than the best with it, by all units; null for a criterion that is a sum, whose values say it.</param>
/// <param name="PlansWithout">Plans without it.</param>
/// <param name="State">The state without it.</param>
public sealed record StudioRuleCost(string Rule, double With, double Without, UInt128? RuledOut, UInt128 PlansWithout, StudioState State);

/// <summary>How many plans there are with so many units, under the sizes and borders in use and without padlocks.</summary>
public sealed record StudioPlanCount(int Units, UInt128 Plans);

/// <summary>Everything the studio says about one state.</summary>
public sealed record StudioView
{
    /// <summary>The state.</summary>
    public required StudioState State { get; init; }

    /// <summary>The finding, a sentence.</summary>
    public required string Headline { get; init; }

    /// <summary>The plan's units in order.</summary>
    public required IReadOnlyList<StudioUnitView> Units { get; init; }

    /// <summary>What is wrong with the plan under the rules, in words.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>The number of plans that keep the rules; 0 where none does.</summary>
    public required UInt128 Among { get; init; }

    /// <summary>Why there is nothing to compare with; null where there is.</summary>
    public string? NoPlan { get; init; }

    /// <summary>By criterion, the one in use first.</summary>
    public required IReadOnlyList<StudioStanding> Standings { get; init; }

    /// <summary>The key of the criterion in use, which may be the overall score.</summary>
    public required string By { get; init; }

    /// <summary>The best plan by the criterion in use; null where this is one.</summary>
    public StudioStep? Best { get; init; }

    /// <summary>How many plans tie as the best.</summary>
    public UInt128 BestTies { get; init; }

    /// <summary>The nearest better plan; null where there is none.</summary>
    public StudioStep? Nearest { get; init; }

    /// <summary>Partner ties.</summary>
    public required IReadOnlyList<StudioTieView> Ties { get; init; }

    /// <summary>What each padlock and rule costs.</summary>
    public IReadOnlyList<StudioRuleCost> Costs { get; init; } = [];

    /// <summary>Boroughs in which the plan differs from the one held beside it.</summary>
    public IReadOnlyList<string> MovedFromBeside { get; init; } = [];

    /// <summary>The largest deviation, over the balance criteria that apply, that some plan keeps below everywhere: what is possible at all.</summary>
    public double? LeastLargestDeviation { get; init; }
}
