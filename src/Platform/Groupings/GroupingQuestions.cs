using System.Globalization;
using System.Numerics;
using Pathfinder.Engine.Grouping;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Groupings;

/// <summary>The questions of a request, with their objectives read, and the answers to them.</summary>
internal sealed class GroupingQuestions
{
    private const int MostOnFront = 5_000;
    private static readonly double[] Shares = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

    private readonly GroupingRequest _request;
    private readonly GroupingInput _input;
    private readonly List<ObjectiveSpec> _objectives;
    private readonly List<CriterionSpec> _pareto;
    private readonly List<CriterionSpec> _criteria;

    private GroupingQuestions(GroupingRequest request, GroupingInput input, List<ObjectiveSpec> objectives, List<CriterionSpec> pareto)
    {
        (_request, _input, _objectives, _pareto) = (request, input, objectives, pareto);
        var all = objectives.SelectMany(o => o.Criteria).Concat(pareto).DistinctBy(c => c.Text, StringComparer.Ordinal).ToList();
        _criteria = all.Count > 0 || request.CountOnly ? all : Default(input);
    }

    /// <summary>Reads the objectives; what is wrong with them goes to the list.</summary>
    public static GroupingQuestions Read(GroupingRequest request, GroupingInput input, List<Problem> problems)
    {
        var objectives = request.Objectives.Select(text => ObjectiveParser.Objective(text, input, problems)).OfType<ObjectiveSpec>().ToList();
        var questions = new GroupingQuestions(request, input, objectives, ObjectiveParser.List(request.Pareto, input, problems));
        var asked = request.RankFile is not null || request.Scan ? questions._criteria.Count : 1;
        if (asked == 0 && problems.Count == 0)
        {
            problems.Add(new Problem("There is nothing to judge plans by", Field: "--objective", Accepted: "an objective, measures, or lengths of borders"));
        }

        return questions;
    }

    /// <summary>Answers every question over the compiled plans.</summary>
    public Outcome<GroupingResult> Answer(GroupingResult result, PlanTerms terms, SortedDictionary<int, PlanGraph> plans, IProgress<double>? progress, CancellationToken cancel)
    {
        if (_request.CountOnly)
        {
            return result;
        }

        var problems = new List<Problem>();
        var objectives = new List<ObjectiveAnswer>();
        foreach (var (k, graph) in plans)
        {
            var scores = new PlanScores(_input, graph, k, _criteria, [], problems);
            if (problems.Count > 0)
            {
                return problems;
            }

            objectives.AddRange(_objectives.Select(objective => Optimise(objective, scores)));
        }

        result = result with { Objectives = objectives };
        if (_request.RankFile is not null)
        {
            var plan = _input.Plan!;
            if (!plans.TryGetValue(plan.Groups.Count, out var graph))
            {
                return new Problem("No plan has as many groups as the one to be ranked", Path.GetFileName(_request.RankFile), Found: $"{plan.Groups.Count} groups", Accepted: string.Join(", ", plans.Keys));
            }

            var scores = new PlanScores(_input, graph, plan.Groups.Count, _criteria, plan.Groups, problems);
            if (problems.Count > 0)
            {
                return problems;
            }

            result = result with { Rank = Rank(scores, terms, cancel), Improvement = _request.Improve ? Improve(scores, cancel) : null };
        }

        return AnswerForOne(result, terms, plans, progress, cancel);
    }

    private Outcome<GroupingResult> AnswerForOne(GroupingResult result, PlanTerms terms, SortedDictionary<int, PlanGraph> plans, IProgress<double>? progress, CancellationToken cancel)
    {
        var problems = new List<Problem>();
        if (_request.Pareto.Count == 0 && _request.Sample == 0 && !_request.Scan && !_request.RuleCosts)
        {
            return result;
        }

        var k = _input.Plan?.Groups.Count ?? plans.Keys.First();
        if (plans.Count > 1 && _input.Plan is null)
        {
            return new Problem("A front, sample, scan or cost of rules needs one number of groups", Field: "--groups", Found: string.Join(", ", plans.Keys), Accepted: "one number");
        }

        var scores = new PlanScores(_input, plans[k], k, _criteria, _input.Plan?.Groups ?? [], problems);
        if (_request.Pareto.Count > 0)
        {
            var criteria = _pareto.ConvertAll(spec => scores.Of(spec).Kind == CriterionKind.Balanced ? scores.Of(spec).AsWorst() : scores.Of(spec));
            var front = ParetoFront.Of(plans[k], criteria, progress: progress, cancel: cancel);
            if (front is null || front.Count > MostOnFront)
            {
                return new Problem("The Pareto front is too large to be listed", Field: "--pareto", Found: string.Join(", ", _request.Pareto) + (front is null ? "" : $": {front.Count} plans"), Accepted: $"fewer criteria; at most {MostOnFront} plans are listed. --rank tells of any single plan whether it is on the front");
            }

            result = result with { Pareto = new ParetoAnswer([.. _pareto.Select(p => p.Text)], front.Count, [.. front.Select(plan => scores.Document(plans[k].PlanOf(plan.Groups)))]) };
        }

        if (_request.Sample > 0)
        {
            result = result with
            {
                Sample = new SampleAnswer(_request.Seed, [.. Enumerable.Range(0, _request.Sample).Select(i => scores.Document(plans[k].PlanOf(PlanSampling.Draw(plans[k], _request.Seed, i))))]),
            };
        }

        if (_request.Scan)
        {
            result = result with { Scan = Scan(scores, progress, cancel) };
        }

        return _request.RuleCosts ? RuleCosts(result, terms, scores, cancel) : result;
    }

    private ObjectiveAnswer Optimise(ObjectiveSpec objective, PlanScores scores)
    {
        var first = scores.Of(objective.Criteria[0]);
        var kept = scores.Plans;
        foreach (var spec in objective.Criteria)
        {
            kept = Optimum.Best(kept, scores.Of(spec));
        }

        var last = scores.Of(objective.Criteria[^1]);
        var shown = Optimum.AnyPlan(last.Kind == CriterionKind.Worst ? Optimum.Best(kept, last.AsBalanced()) : kept);
        var best = new List<ulong[]> { kept.PlanOf(shown) };
        if (_request.Top > 1)
        {
            best.AddRange(TopPlans.By(scores.Plans, first, _request.Top).Select(plan => scores.Plans.PlanOf(plan)).Where(plan => !plan.AsSpan().SequenceEqual(best[0])).Take(_request.Top - 1));
        }

        return new ObjectiveAnswer(objective.Text, scores.GroupCount, first.ValueOf(first.ScoreOf(shown)), Text(kept.Count), [.. best.Select(plan => scores.Document(plan))]);
    }

    private RankAnswer Rank(PlanScores scores, PlanTerms terms, CancellationToken cancel)
    {
        var plan = scores.Numbers(_input.Plan!.Groups);
        var faults = Faults(terms);
        var standings = new List<StandingAnswer>();
        foreach (var spec in _criteria)
        {
            var criterion = scores.Of(spec);
            var standing = Ranking.Of(scores.Plans, criterion, plan, cancel);
            standings.Add(new StandingAnswer(spec.Text, criterion.ValueOf(criterion.ScoreOf(plan)), scores.BestValue(spec),
                Text(standing.Better), Text(standing.Equal), Text(standing.Worse), (double)standing.Worse / (double)standing.All));
        }

        var all = _criteria.ConvertAll(scores.Of);
        var atLeastAsGood = Ranking.AtLeastAsGood(scores.Plans, all, plan, cancel);
        var isPlan = scores.Plans.FindPlan(_input.Plan.Groups) is not null;
        return new RankAnswer(scores.GroupCount, Text(scores.Plans.Count), isPlan, faults, standings, Text(atLeastAsGood), !Ranking.IsBeaten(scores.Plans, all, plan, cancel), scores.Document(_input.Plan.Groups, _input.Plan.Names));
    }

    private List<string> Faults(PlanTerms terms)
    {
        var faults = new List<string>();
        for (var i = 0; i < _input.Plan!.Groups.Count; i++)
        {
            var (name, units) = (_input.Plan.Names[i], _input.Plan.Groups[i]);
            var size = BitOperations.PopCount(units);
            if (size < terms.MinSize || size > terms.MaxSize)
            {
                faults.Add($"{name} has {size} units; {terms.MinSize} to {terms.MaxSize} are allowed");
            }

            if (!terms.Graph.IsConnected(units))
            {
                faults.Add($"{name} does not hang together: {Feasibility.CutOff(_input, terms.Graph, units)}");
            }

            foreach (var rule in terms.Rules.Where(rule => Breaks(rule, units)))
            {
                faults.Add($"{name} breaks the rule \"{rule.Text}\"");
            }

            foreach (var (column, share) in terms.Within)
            {
                var deviation = GroupMeasures.Deviations([units], _input.Columns[column], _input.Plan.Groups.Count)[0];
                if (deviation > share + 1e-12)
                {
                    faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {deviation:0.0%} from the mean of {column}; {share:0.##%} is allowed"));
                }
            }
        }

        return faults;
    }

    private static bool Breaks(NamedRule rule, ulong units) => rule.Kind switch
    {
        "group" => (units & rule.Units) != 0 && units != rule.Units,
        "join" => (units & rule.Units) != 0 && (units & rule.Units) != rule.Units,
        "part" => BitOperations.PopCount(units & rule.Units) > 1,
        _ => units == rule.Units,
    };

    private ImprovementAnswer Improve(PlanScores scores, CancellationToken cancel)
    {
        var found = NearestImprovement.Find(scores.Plans, _criteria.ConvertAll(scores.Of), scores.Numbers(_input.Plan!.Groups), _input.Plan.Groups, cancel);
        return found is null
            ? new ImprovementAnswer(null, null)
            : new ImprovementAnswer([.. _input.Split(found.Moved).Select(unit => _input.Ids[unit])], scores.Document(scores.Plans.PlanOf(found.Groups)));
    }

    private ScanAnswer Scan(PlanScores scores, IProgress<double>? progress, CancellationToken cancel)
    {
        var criteria = _criteria.ConvertAll(spec => scores.Of(spec) is { Kind: CriterionKind.Balanced } balanced ? balanced.AsWorst() : scores.Of(spec));
        var reference = _input.Plan is { } plan ? scores.Numbers(plan.Groups) : null;
        var scan = PlanScan.Run(scores.Plans, criteria, reference, progress: progress, cancel: cancel);
        var spreads = new List<SpreadAnswer>();
        for (var i = 0; i < criteria.Count; i++)
        {
            spreads.Add(new SpreadAnswer(criteria[i].Name, [.. Shares.Select(share => new Quantile(share, QuantileOf(criteria[i], scan.Spreads[i], scan.Plans, share)))]));
        }

        return new ScanAnswer(scan.Plans.ToString(CultureInfo.InvariantCulture), spreads, reference is null ? null : scan.AtLeastAsGood.ToString(CultureInfo.InvariantCulture));
    }

    private static double QuantileOf(Criterion criterion, ScanSpread spread, long plans, double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * plans));
        var (bin, sum) = (0, spread.Bins[0]);
        while (sum < wanted)
        {
            sum += spread.Bins[++bin];
        }

        return criterion.ValueOf(spread.Least + (bin * spread.BinWidth));
    }

    private Outcome<GroupingResult> RuleCosts(GroupingResult result, PlanTerms terms, PlanScores scores, CancellationToken cancel)
    {
        var costs = new List<RuleCost>();
        var k = scores.GroupCount;
        var relaxations = terms.Rules.Select(rule => (rule.Text, Terms: terms with { Rules = [.. terms.Rules.Where(other => other != rule)] }))
            .Concat(terms.Within.Select(bound => (string.Create(CultureInfo.InvariantCulture, $"within {bound.Column}={bound.Share}"), Terms: terms with { Within = [.. terms.Within.Where(other => other != bound)] })));
        foreach (var (text, relaxed) in relaxations)
        {
            var (plans, exceeded) = Compilation.Run(_input, relaxed with { MinGroups = k, MaxGroups = k }, new CompileLimits(), cancel);
            if (exceeded is not null)
            {
                return Compilation.TooLarge(_input, relaxed, exceeded, cancel);
            }

            var problems = new List<Problem>();
            var without = new PlanScores(_input, plans[k], k, _criteria, [], problems);
            if (problems.Count > 0)
            {
                return problems;
            }

            costs.Add(new RuleCost(text, k, Text(plans[k].Count), [.. _objectives.Select(o => new ObjectiveCost(o.Text, scores.BestValue(o.Criteria[0]), without.BestValue(o.Criteria[0])))]));
        }

        return result with { RuleCosts = costs };
    }

    private static string Text(UInt128 count) => count.ToString(CultureInfo.InvariantCulture);

    // Without a stated objective a plan is judged by what the files hold: balance of each measure, compactness, borders.
    private static List<CriterionSpec> Default(GroupingInput input)
    {
        var ignored = new List<Problem>();
        var hasPlace = input.Columns.ContainsKey("x_km") && input.Columns.ContainsKey("y_km");
        var texts = input.Columns.Keys.Where(column => column is not ("x_km" or "y_km")).Select(column => "deviation:" + column).ToList();
        if (hasPlace)
        {
            texts.Add("diameter");
        }

        if (input.HasLengths)
        {
            texts.Add("internal-border");
        }

        return [.. texts.Select(text => ObjectiveParser.Criterion(text, input, ignored)).OfType<CriterionSpec>()];
    }
}
