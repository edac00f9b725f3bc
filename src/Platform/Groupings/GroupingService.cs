using System.Globalization;
using Pathfinder.Engine.Grouping;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Groupings;

/// <summary>Answers questions about all possible groupings of a graph, exactly.</summary>
public sealed class GroupingService
{
    /// <summary>
    /// Reads the files, compiles all plans and answers. Every fault of the input comes back as a problem. Progress (0 to 1) is reported
    /// by long parts; throws <see cref="OperationCanceledException"/> on cancel.
    /// </summary>
    public Outcome<GroupingResult> Answer(GroupingRequest request, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = CheckOptions(request);
        if (options.Count > 0)
        {
            return options;
        }

        var read = GroupingReader.Read(request);
        if (!read.Succeeded)
        {
            return Outcome.Refused<GroupingResult>(read.Problems);
        }

        var input = read.Value;
        var problems = new List<Problem>();
        var within = ReadWithin(request, input, problems);
        var questions = GroupingQuestions.Read(request, input, problems);
        var terms = TermsOf(request, input, within);
        problems.AddRange(Feasibility.Check(input, terms, request));
        if (problems.Count > 0)
        {
            return problems;
        }

        var (plans, exceeded) = Compilation.Run(input, terms, new CompileLimits(), cancel);
        if (exceeded is not null)
        {
            return Compilation.TooLarge(input, terms, exceeded, cancel);
        }

        if (plans.Count == 0)
        {
            return Feasibility.NoPlan(input, terms, cancel);
        }

        return questions.Answer(Describe(input, terms, plans), terms, plans, progress, cancel);
    }

    private static List<Problem> CheckOptions(GroupingRequest request)
    {
        var problems = new List<Problem>();
        void AtLeast(int? value, int least, string option)
        {
            if (value < least)
            {
                problems.Add(new Problem("The number is too small", Field: option, Found: $"{value}", Accepted: $"at least {least}"));
            }
        }

        AtLeast(request.MinGroups, 1, "--groups");
        AtLeast(request.MinSize, 1, "--min");
        AtLeast(request.MaxSize, 1, "--max");
        AtLeast(request.Top, 1, "--top");
        AtLeast(request.Sample, 0, "--sample");
        if (request.MaxSize < request.MinSize)
        {
            problems.Add(new Problem("The largest size is below the smallest", Field: "--max", Found: $"{request.MaxSize}", Accepted: $"at least {request.MinSize}"));
        }

        if (request.MaxGroups < request.MinGroups)
        {
            problems.Add(new Problem("The range of groups is empty", Field: "--groups", Found: $"{request.MinGroups}-{request.MaxGroups}", Accepted: "such as 8-16"));
        }

        if (request.Improve && request.RankFile is null)
        {
            problems.Add(new Problem("There is no plan to improve", Field: "--improve", Accepted: "a plan, with --rank"));
        }

        return problems;
    }

    private static PlanTerms TermsOf(GroupingRequest request, GroupingInput input, IReadOnlyList<(string Column, double Share)> within)
    {
        var n = input.Ids.Count;
        return new PlanTerms
        {
            Graph = input.Graph,
            MinSize = request.MinSize,
            MaxSize = Math.Min(request.MaxSize ?? n, n),
            MinGroups = request.MinGroups ?? 1,
            MaxGroups = Math.Min(request.MaxGroups ?? n, Math.Max(n, request.MinGroups ?? 1)),
            Rules = input.Rules,
            Within = within,
        };
    }

    private static List<(string Column, double Share)> ReadWithin(GroupingRequest request, GroupingInput input, List<Problem> problems)
    {
        var within = new List<(string Column, double Share)>();
        foreach (var text in request.Within)
        {
            var parts = text.Split('=', StringSplitOptions.TrimEntries);
            var number = parts.Length == 2 && parts[1].EndsWith('%') ? parts[1][..^1] : parts[^1];
            if (parts.Length != 2 || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || !(share >= 0))
            {
                problems.Add(new Problem("Not a bound", Field: "--within", Found: text, Accepted: "such as population=10% or population=0.1"));
            }
            else
            {
                var faults = new List<Problem>();
                if (ObjectiveParser.Criterion("deviation:" + parts[0], input, faults) is not null)
                {
                    within.Add((parts[0], parts[1].EndsWith('%') ? share / 100 : share));
                }

                problems.AddRange(faults.Select(fault => fault.Field == "--objective" ? fault with { Field = "--within" } : fault));
            }
        }

        return within;
    }

    private static GroupingResult Describe(GroupingInput input, PlanTerms terms, SortedDictionary<int, PlanGraph> plans)
    {
        var all = UInt128.Zero;
        foreach (var one in plans.Values)
        {
            all += one.Count;
        }

        return new GroupingResult
        {
            Units = input.Ids.Count,
            Borders = input.Graph.Borders.Length,
            Kinds = input.Kinds,
            MinSize = terms.MinSize,
            MaxSize = terms.MaxSize,
            Plans = all.ToString(CultureInfo.InvariantCulture),
            PlansByGroups = [.. plans.Select(pair => new PlansByGroups(pair.Key, pair.Value.Count.ToString(CultureInfo.InvariantCulture)))],
            Method = new MethodSize(plans.Values.Max(p => p.Width), plans.Values.Sum(p => p.NodeCount), plans.Values.Sum(p => p.ArcCount), plans.Values.Max(p => p.PlansByGroup().Count(count => count != 0))),
        };
    }
}
