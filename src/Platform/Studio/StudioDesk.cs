using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using Pathfinder.Engine.Grouping;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Studio;

/// <summary>Answers everything about a plan on the desk; the same for pages and API.</summary>
public sealed class StudioDesk
{
    private const int PacksKept = 4;
    private readonly ConcurrentDictionary<string, Lazy<Outcome<StudioForce>>> _forces = new(StringComparer.Ordinal);
    private readonly RuleShelf _shelf = new();

    /// <summary>The pack laid out, with what simulation forecasts for its possible units; kept by their hashes.</summary>
    public Outcome<StudioForce> ForceOf(ForcePack pack, StudioForecast? forecast = null)
    {
        ArgumentNullException.ThrowIfNull(pack);
        if (_forces.Count > PacksKept)
        {
            _forces.Clear();
        }

        return _forces.GetOrAdd(pack.Sha256 + " " + forecast?.Key, _ => new Lazy<Outcome<StudioForce>>(() => StudioForce.Of(pack, forecast))).Value;
    }

    /// <summary>Everything the studio says about a state. A request beyond the exact method is a problem that says what would fit.</summary>
    public Outcome<StudioView> Answer(StudioForce force, StudioState state, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(state);
        if (NotForecast(force, state) is { } cannot)
        {
            return cannot;
        }

        var units = state.Plan.Count;
        var (rules, result) = _shelf.Of(force, state, units, cancel);
        if (result.Plans is null)
        {
            return TooLarge(force, state, result);
        }

        var graph = force.Graph(state);
        var plan = state.Plan.Select(unit => force.Mask(unit.Boroughs)).ToList();
        var view = new StudioView
        {
            State = state,
            By = state.By,
            Headline = "",
            Units = [.. state.Plan.Select((unit, i) => UnitView(force, state, graph, unit, plan[i], units))],
            Faults = Faults(force, state, graph, plan),
            Among = result.Plans.Count,
            Standings = [],
            Ties = [.. state.Ties.Select(tie => new StudioTieView([.. tie.Boroughs.Select(code => force.Names[code])], tie.Weight, plan.Exists(group => (group & force.Mask(tie.Boroughs)) == force.Mask(tie.Boroughs))))],
            MovedFromBeside = state.Beside.Count == 0 ? [] : [.. Names(force, NearestImprovement.Moved(plan, [.. state.Beside.Select(unit => force.Mask(unit.Boroughs))]))],
        };
        if (rules is null)
        {
            return view with { NoPlan = NoPlan(force, state, units, cancel), Headline = $"No grouping into {units} units keeps all of these rules" };
        }

        _shelf.Use(rules);
        view = view with { Standings = Standings(force, state, rules, plan, view.Faults.Count == 0, cancel) };
        view = WithSteps(view, force, state, rules, plan, cancel);
        var balances = view.Standings.Where(standing => standing.Criterion.IsBalance && standing.Criterion.Key is "residents" or "calls" or "crime").Select(standing => standing.Criterion.Key).ToList();
        return view with
        {
            Costs = Costs(force, state, rules, cancel),
            LeastLargestDeviation = balances.Count > 1 ? rules.LeastLargest(balances, state) : null,
            Headline = Headline(view),
        };
    }

    /// <summary>How many plans there are by number of units, under the sizes, borders and rules in use; empty where they cannot be counted at once.</summary>
    public IReadOnlyList<StudioPlanCount> Counts(StudioForce force, StudioState state, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(state);
        var (least, most) = ((force.Boroughs.Count + state.Max - 1) / state.Max, force.Boroughs.Count / state.Min);
        var counts = new List<StudioPlanCount>();
        for (var units = Math.Max(1, least); units <= most; units++)
        {
            if (_shelf.Of(force, state, units, cancel).Result.Plans is { IsEmpty: false } plans)
            {
                counts.Add(new StudioPlanCount(units, plans.Count));
            }
        }

        return counts;
    }

    /// <summary>The best plan with another number of units by the criterion in use; null where there is none.</summary>
    public StudioState? BestWith(StudioForce force, StudioState state, int units, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(state);
        return NotForecast(force, state) is null && _shelf.Of(force, state, units, cancel).Rules is { } rules ? WithPlan(force, state, rules.Best(state.By, state).Plan) : null;
    }

    private static Problem? NotForecast(StudioForce force, StudioState state) => StudioCriteria.Find(state.By) is { IsForecast: true } criterion && !StudioCriteria.Applies(criterion, force, state)
        ? new Problem(
            force.Forecast is { } forecast ? $"The forecast is of units over land borders, of at most {StudioForce.Number($"{forecast.Sweep.MaxSize}")} boroughs" : "Every possible unit must be simulated before plans can be judged by that",
            Field: "by", Found: criterion.Name, Accepted: force.Forecast is { } of ? $"crossings off and units of at most {StudioForce.Number($"{of.Sweep.MaxSize}")}, or another criterion" : "another criterion, or start the simulation under Studio, Forecasts")
        : null;

    private static List<StudioStanding> Standings(StudioForce force, StudioState state, CompiledRules rules, List<ulong> plan, bool keeps, CancellationToken cancel)
    {
        var overall = new StudioCriterion(StudioCriteria.Overall, "Overall score", "Weighted by the sliders: 0 would be best by everything at once, 1 is the average of all plans", StudioFigure.Index);
        var asked = StudioCriteria.All.Where(criterion => StudioCriteria.Applies(criterion, force, state)).ToList();
        if (state.Weights.Keys.Any(key => asked.Exists(criterion => criterion.Key == key)))
        {
            asked.Insert(0, overall);
        }

        // Each by itself, on as many processors as there are: a planner waits for the slowest alone.
        var standings = new StudioStanding[asked.Count];
        Parallel.For(0, asked.Count, new ParallelOptions { CancellationToken = cancel }, i => standings[i] = Standing(force, state, rules, plan, keeps, asked[i], cancel));
        return [.. standings.OrderBy(standing => standing.Criterion.Key == state.By ? 0 : 1)];
    }

    private static StudioStanding Standing(StudioForce force, StudioState state, CompiledRules rules, List<ulong> plan, bool keeps, StudioCriterion criterion, CancellationToken cancel)
    {
        var inUse = criterion.Key == state.By;
        ulong[] besideGroups = [.. state.Beside.Select(unit => force.Mask(unit.Boroughs))];
        var (groups, numbers) = Number(rules.Plans, plan);
        Standing standing;
        double value;
        if (criterion.IsWorst)
        {
            var measured = rules.Criterion(criterion.Key, state, groups, balanced: inUse);
            value = measured.ValueOf(measured.ScoreOf(numbers));
            standing = Ranking.Of(rules.Plans, measured, numbers, cancel);
        }
        else
        {
            var values = Values(rules, criterion.Key, state, plan);
            value = values.Sum();
            standing = rules.TotalStanding(criterion.Key, state, plan, cancel);
        }

        if (criterion.IsForecast && state.Plan.Any(unit => force.Forecast!.Find(unit.Boroughs) is null))
        {
            return new StudioStanding(criterion, null, rules.Best(criterion.Key, state).Best, standing.All, UInt128.Zero, UInt128.Zero, 0, null);
        }

        double? beside = besideGroups.Length == 0 || (criterion.IsForecast && state.Beside.Any(unit => force.Forecast!.Find(unit.Boroughs) is null)) ? null : Combine(criterion, StandsFor(rules, force, state, criterion, besideGroups));
        return new StudioStanding(criterion, value, rules.Best(criterion.Key, state).Best, standing.Better, standing.Equal, keeps ? standing.Equal - 1 : standing.Equal, (double)standing.Worse / (double)standing.All, beside);
    }

    // A plan held beside may have another number of units, and its deviations are from its own mean.
    private static double[] StandsFor(CompiledRules rules, StudioForce force, StudioState state, StudioCriterion criterion, ulong[] groups) =>
        criterion.IsBalance && groups.Length != rules.GroupCount
            ? StudioCriteria.Values(criterion, force, state, groups, groups.Length)
            : Values(rules, criterion.Key, state, groups);

    private static double[] Values(CompiledRules rules, string key, StudioState state, IReadOnlyList<ulong> plan) =>
        rules.Values(key, state, [.. plan])[^plan.Count..];

    private static double Combine(StudioCriterion criterion, double[] values) => criterion.IsWorst ? values.Max() : values.Sum();

    // Groups that are not in the graph, and the numbers of the plan's groups with those counted on.
    private static (ulong[] More, int[] Numbers) Number(PlanGraph plans, List<ulong> plan)
    {
        var more = new List<ulong>();
        var numbers = new int[plan.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = plans.Groups.IndexOf(plan[i]);
            if (numbers[i] < 0)
            {
                numbers[i] = plans.Groups.Length + more.Count;
                more.Add(plan[i]);
            }
        }

        return ([.. more], numbers);
    }

    private static StudioView WithSteps(StudioView view, StudioForce force, StudioState state, CompiledRules rules, List<ulong> plan, CancellationToken cancel)
    {
        var (_, ties, best) = rules.Best(state.By, state);
        var moved = NearestImprovement.Moved(best, plan);
        var (more, numbers) = Number(rules.Plans, plan);
        var measured = rules.Criterion(state.By, state, more, balanced: true);
        var nearest = NearestImprovement.Find(rules.Plans, [measured], numbers, plan, cancel);
        return view with
        {
            BestTies = ties,
            Best = view.Faults.Count == 0 && view.Standings[0].Better == 0 ? null
                : new StudioStep("The best", [.. Names(force, moved)], WithPlan(force, state, best)),
            Nearest = nearest is null ? null
                : new StudioStep("The nearest better one", [.. Names(force, nearest.Moved)], WithPlan(force, state, rules.Plans.PlanOf(nearest.Groups))),
        };
    }

    private List<StudioRuleCost> Costs(StudioForce force, StudioState state, CompiledRules rules, CancellationToken cancel)
    {
        var costs = new List<StudioRuleCost>();
        var (with, _, best) = rules.Best(state.By, state);
        var worst = StudioCriteria.Find(state.By) is { IsWorst: true };
        foreach (var (text, without) in Relaxed(force, state))
        {
            if (_shelf.Of(force, without, state.Plan.Count, cancel).Rules is { } relaxed)
            {
                costs.Add(new StudioRuleCost(text, with, relaxed.Best(state.By, state).Best, worst ? Better(relaxed, state, best, cancel) : null, relaxed.Plans.Count, without));
            }
        }

        return costs;
    }

    // The largest deviation alone hides what a rule costs: plans tie by it and differ in the next.
    private static UInt128 Better(CompiledRules relaxed, StudioState state, ulong[] plan, CancellationToken cancel)
    {
        var (more, numbers) = Number(relaxed.Plans, [.. plan]);
        return Ranking.Of(relaxed.Plans, relaxed.Criterion(state.By, state, more, balanced: true), numbers, cancel).Better;
    }

    private static IEnumerable<(string Text, StudioState Without)> Relaxed(StudioForce force, StudioState state)
    {
        string Names(IReadOnlyList<string> set) => StudioForce.Words([.. set.Select(code => force.Names[code])]);
        foreach (var set in state.Keep)
        {
            yield return ($"Keep {Names(set)} as they are", state with { Keep = [.. state.Keep.Where(other => other != set)] });
        }

        foreach (var set in state.Join)
        {
            yield return ($"{Names(set)} in one unit", state with { Join = [.. state.Join.Where(other => other != set)] });
        }

        foreach (var set in state.Part)
        {
            yield return ($"{Names(set)} in different units", state with { Part = [.. state.Part.Where(other => other != set)] });
        }

        foreach (var set in state.Forbid)
        {
            yield return ($"{Names(set)} not as a unit", state with { Forbid = [.. state.Forbid.Where(other => other != set)] });
        }

        foreach (var set in state.Off)
        {
            yield return ($"No border between {Names(set)}", state with { Off = [.. state.Off.Where(other => other != set)] });
        }

        if (!state.Crossings && force.HasCrossings)
        {
            yield return ("Land borders only, no crossings", state with { Crossings = true });
        }

        if (state.Keep.Count + state.Join.Count + state.Part.Count + state.Forbid.Count + state.Off.Count > 1)
        {
            yield return ("All that is kept, joined, parted, forbidden or in dispute, together", state with { Keep = [], Join = [], Part = [], Forbid = [], Off = [] });
        }
    }

    // Each single relaxation that would help is tried.
    private string NoPlan(StudioForce force, StudioState state, int units, CancellationToken cancel)
    {
        bool Helps(StudioState relaxed, int number) => _shelf.Of(force, relaxed, number, cancel).Rules is not null;
        var helps = Relaxed(force, state).Where(relaxed => Helps(relaxed.Without, units)).Select(relaxed => $"drop “{relaxed.Text}”").ToList();
        // The least larger size that helps; much larger ones are beyond what a page can count.
        var larger = Enumerable.Range(state.Max + 1, Math.Clamp(force.Boroughs.Count - state.Max, 0, 4)).FirstOrDefault(max => Helps(state with { Max = max }, units));
        if (larger > 0)
        {
            helps.Add($"allow units of {larger} boroughs");
        }

        if (state.Min > 1 && Helps(state with { Min = state.Min - 1 }, units))
        {
            helps.Add($"allow units of {state.Min - 1} {(state.Min == 2 ? "borough" : "boroughs")}");
        }

        foreach (var number in (int[])[units - 1, units + 1])
        {
            if (number >= 1 && Helps(state, number))
            {
                helps.Add($"make {number} units");
            }
        }

        return helps.Count > 0 ? "Any one of these would help: " + string.Join("; ", helps) + "." : "No single change of the rules helps: relax two or more.";
    }

    private static Problem TooLarge(StudioForce force, StudioState state, CompileResult result)
    {
        var fits = 0;
        for (var max = state.Min; max < state.Max; max++)
        {
            var small = PlanGraphCompiler.Compile(force.Graph(state), new GroupingRules { MinSize = state.Min, MaxSize = max }, new CompileLimits(States: 50_000, Arcs: 500_000, Steps: 5_000_000));
            if (small.Plans is null)
            {
                break;
            }

            fits = small.Plans.IsEmpty ? fits : max;
        }

        return new Problem("There are more plans than the studio can look at exactly", Field: "max",
            Found: string.Create(CultureInfo.InvariantCulture, $"{force.Boroughs.Count} boroughs, {result.Width} across at the widest, units of {state.Min} to {state.Max}"),
            Accepted: (fits > 0 ? $"units of at most {fits} fit; so may " : "") + "padlocks on some units, boroughs that must stay together, or a smaller part of the force");
    }

    private static StudioUnitView UnitView(StudioForce force, StudioState state, UnitGraph graph, StudioUnit unit, ulong group, int units)
    {
        double Sum(string column) => unit.Boroughs.Sum(code => force.Columns[column][force.PlaceOf(code)]);
        var deviations = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var criterion in StudioCriteria.All.Where(criterion => criterion.IsBalance && StudioCriteria.Applies(criterion, force, state)))
        {
            deviations[criterion.Key] = (Sum(criterion.Key) * units / force.Columns[criterion.Key].Sum()) - 1;
        }

        var parts = graph.Parts(group).OrderByDescending(BitOperations.PopCount).Skip(1).Aggregate(0UL, (all, part) => all | part);
        return new StudioUnitView(
            unit.Code, DesignEdits.UnitName(force.Pack, [.. unit.Boroughs]).Name, unit.Boroughs, Sum("residents"), Sum("calls"),
            force.Crews.Problem is null ? force.Crews.Of(group).Strength.Officers : null, deviations,
            state.Keep.Any(set => force.Mask(set) == group), force.Forecast?.Find(unit.Boroughs)?.Immediate, [.. Names(force, parts)]);
    }

    private static List<string> Faults(StudioForce force, StudioState state, UnitGraph graph, List<ulong> plan)
    {
        var faults = new List<string>();
        for (var i = 0; i < plan.Count; i++)
        {
            var (code, size) = (state.Plan[i].Code, BitOperations.PopCount(plan[i]));
            if (size < state.Min || size > state.Max)
            {
                faults.Add($"{code} has {size} {(size == 1 ? "borough" : "boroughs")}; {state.Min} to {state.Max} are allowed");
            }

            if (!graph.IsConnected(plan[i]))
            {
                var cut = Names(force, graph.Parts(plan[i]).OrderByDescending(BitOperations.PopCount).Skip(1).Aggregate(0UL, (all, part) => all | part)).ToList();
                faults.Add($"{StudioForce.Words(cut)} {(cut.Count == 1 ? "is" : "are")} cut off from the rest of {code}");
            }
        }

        faults.AddRange(state.Keep.Where(set => !plan.Contains(force.Mask(set))).Select(set => $"{force.NamesOf(force.Mask(set))} {(set.Count == 1 ? "is" : "are")} under a padlock and no longer a unit"));
        faults.AddRange(state.Join.Where(set => !plan.Exists(group => (group & force.Mask(set)) == force.Mask(set))).Select(set => $"{force.NamesOf(force.Mask(set))} must share a unit and do not"));
        faults.AddRange(state.Part.Where(set => plan.Exists(group => BitOperations.PopCount(group & force.Mask(set)) > 1)).Select(set => $"{force.NamesOf(force.Mask(set))} must be apart and are not"));
        faults.AddRange(state.Forbid.Where(set => plan.Contains(force.Mask(set))).Select(set => $"{force.NamesOf(force.Mask(set))} may not be a unit"));
        return faults;
    }

    // Units keep their codes where most of their boroughs stay, so that a plan that moves one borough reads as one move.
    private static StudioState WithPlan(StudioForce force, StudioState state, ulong[] plan)
    {
        var old = state.Plan.Select(unit => (unit.Code, Mask: force.Mask(unit.Boroughs))).ToList();
        var codes = new string[plan.Length];
        var match = Matching.MostOverlap(plan, [.. old.Select(unit => unit.Mask)]);
        var used = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < plan.Length; i++)
        {
            // A unit of quite other boroughs under an old code would mislead.
            codes[i] = match[i] >= 0 && (plan[i] & old[match[i]].Mask) != 0 ? old[match[i]].Code : "";
            used.Add(codes[i]);
        }

        var next = 1;
        for (var i = 0; i < plan.Length; i++)
        {
            while (codes[i].Length == 0)
            {
                var code = string.Create(CultureInfo.InvariantCulture, $"U{next++}");
                codes[i] = used.Add(code) ? code : "";
            }
        }

        return state with { Plan = [.. Enumerable.Range(0, plan.Length).OrderBy(i => codes[i], StringComparer.Ordinal).Select(i => new StudioUnit(codes[i], force.Codes(plan[i])))] };
    }

    private static IEnumerable<string> Names(StudioForce force, ulong boroughs) => force.Codes(boroughs).Select(code => force.Names[code]);

    private static string Headline(StudioView view)
    {
        var first = view.Standings[0];
        var among = StudioForce.Number($"{view.Among:N0}");
        var by = first.Criterion.Key == StudioCriteria.Overall ? "by the overall score" : $"on {char.ToLowerInvariant(first.Criterion.Name[0])}{first.Criterion.Name[1..]}";
        if (view.Faults.Count > 0)
        {
            return $"{view.Faults[0]}: this plan is none of the {among} that keep the rules";
        }

        if (first.Better == 0)
        {
            return first.Equal > 1
                ? StudioForce.Number($"None of {among} possible groupings is better {by}; {first.Equal - 1:N0} {(first.Equal == 2 ? "is" : "are")} as good")
                : $"This is the best of {among} possible groupings {by}";
        }

        // Never rounded up to "better than 100%".
        var share = Math.Floor(first.BetterThan * 1000) / 10;
        return StudioForce.Number($"Better than {share:0.0}% of {among} possible groupings {by}");
    }
}
