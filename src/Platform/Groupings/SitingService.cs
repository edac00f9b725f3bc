using System.Globalization;
using Pathfinder.Engine.Siting;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Groupings;

/// <summary>Answers where to open sites, from CSV files.</summary>
public sealed class SitingService
{
    private static readonly string[] Models = ["p-median", "mclp", "p-centre", "lscp", "mexclp"];

    /// <summary>Reads and solves. Every fault of the input comes back as a problem. Throws <see cref="OperationCanceledException"/> on cancel.</summary>
    public Outcome<SitingResult> Answer(SitingRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var objective = request.Objective.Equals("p-center", StringComparison.OrdinalIgnoreCase) ? "p-centre" : request.Objective.ToLowerInvariant();
        var problems = CheckOptions(request, objective);
        if (problems.Count > 0)
        {
            return problems;
        }

        var read = SitingReader.Read(request, needsEveryPair: objective is "p-median" or "p-centre");
        if (!read.Succeeded)
        {
            return Outcome.Refused<SitingResult>(read.Problems);
        }

        var (input, model) = (read.Value, read.Value.Model);
        if (objective != "mexclp" && request.P > model.SiteCount)
        {
            return new Problem("More sites are asked for than there are", Field: "--p", Found: $"{request.P}", Accepted: $"1 to {model.SiteCount}");
        }

        var (radius, busy) = (request.Radius ?? 0, request.Busy ?? 0);
        var solution = objective switch
        {
            "p-median" => SiteSelection.Median(model, request.P!.Value, cancel: cancel),
            "mclp" => SiteSelection.MaximalCovering(model, request.P!.Value, radius, cancel: cancel),
            "p-centre" => SiteSelection.Centre(model, request.P!.Value, cancel: cancel),
            "lscp" => SiteSelection.SetCovering(model, radius, cancel: cancel),
            _ => ExpectedCovering.Best(model, request.P!.Value, radius, busy, cancel: cancel),
        };
        return solution is null ? OutOfReach(input, radius) : Describe(request, objective, input, solution);
    }

    private static List<Problem> CheckOptions(SitingRequest request, string objective)
    {
        var problems = new List<Problem>();
        if (!Models.Contains(objective, StringComparer.Ordinal))
        {
            problems.Add(new Problem("Unknown objective", Field: "--objective", Found: request.Objective, Accepted: string.Join(", ", Models)));
            return problems;
        }

        if (objective != "lscp" && request.P is not >= 1)
        {
            problems.Add(new Problem("The number of sites is missing or too small", Field: "--p", Found: request.P?.ToString(CultureInfo.InvariantCulture), Accepted: "at least 1"));
        }

        if (objective is "mclp" or "lscp" or "mexclp" && request.Radius is not >= 0)
        {
            problems.Add(new Problem("The radius is missing or negative", Field: "--radius", Found: request.Radius?.ToString(CultureInfo.InvariantCulture), Accepted: "a number of at least 0, in the unit of the distances"));
        }

        if (objective == "mexclp" && request.Busy is not (>= 0 and < 1))
        {
            problems.Add(new Problem("The probability of being busy is missing or out of range", Field: "--busy", Found: request.Busy?.ToString(CultureInfo.InvariantCulture), Accepted: "0 to below 1"));
        }

        return problems;
    }

    private static SitingResult Describe(SitingRequest request, string objective, SitingInput input, SitingSolution solution)
    {
        var model = input.Model;
        var assignments = new List<SitingAssignment>();
        for (var demand = 0; demand < model.DemandCount; demand++)
        {
            var nearest = model.NearestOf(demand, solution.Open);
            assignments.Add(new SitingAssignment(input.Demand[demand], nearest < 0 ? null : input.Sites[nearest], nearest < 0 ? null : model.DistancesFrom(demand)[nearest]));
        }

        return new SitingResult
        {
            Objective = objective,
            Demand = model.DemandCount,
            Candidates = model.SiteCount,
            Sites = [.. solution.Open.Select(site => input.Sites[site])],
            Value = solution.Value,
            Bound = solution.Bound,
            Gap = solution.Proven || solution.Value == 0 ? 0 : Math.Abs(solution.Value - solution.Bound) / Math.Abs(solution.Value),
            Proven = solution.Proven,
            Method = solution.Method,
            Nodes = solution.Nodes,
            Figures = FiguresOf(request, model, solution.Open),
            Assignments = assignments,
            Today = input.Today is { Count: > 0 } today ? TodayOf(request, objective, input, today) : null,
        };
    }

    private static SitingFigures FiguresOf(SitingRequest request, SitingModel model, int[] open)
    {
        var total = 0.0;
        foreach (var weight in model.Weights)
        {
            total += weight;
        }

        var sum = Finite(model.WeightedDistance(open));
        return new SitingFigures(total, sum, total > 0 ? sum / total : null, Finite(model.LargestDistance(open)), request.Radius is { } radius ? model.Covered(open, radius) : null);
    }

    private static SitingToday TodayOf(SitingRequest request, string objective, SitingInput input, IReadOnlyList<int> today)
    {
        var value = ValueOf(request, objective, input.Model, [.. today]);
        var losses = today.Select(site =>
        {
            var without = Finite(ValueOf(request, objective, input.Model, [.. today.Where(other => other != site)]));
            return new SiteLoss(input.Sites[site], without, without is null ? null : objective is "mclp" or "mexclp" ? value - without : without - value);
        });
        return new SitingToday(double.IsFinite(value) ? value : -1, [.. losses.OrderBy(loss => loss.Loss ?? double.PositiveInfinity).ThenBy(loss => loss.Site, StringComparer.Ordinal)]);
    }

    // Set covering has no value between sites: what counts there is how much demand is out of reach.
    private static double ValueOf(SitingRequest request, string objective, SitingModel model, int[] open) => objective switch
    {
        "p-median" => model.WeightedDistance(open),
        "p-centre" => model.LargestDistance(open),
        "mclp" => model.Covered(open, request.Radius!.Value),
        "mexclp" => model.ExpectedCovered(open, request.Radius!.Value, request.Busy!.Value),
        _ => model.LargestDistance(open) <= request.Radius!.Value ? open.Length : double.PositiveInfinity,
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static List<Problem> OutOfReach(SitingInput input, double radius)
    {
        var problems = new List<Problem>();
        for (var demand = 0; demand < input.Demand.Count; demand++)
        {
            var least = double.PositiveInfinity;
            foreach (var distance in input.Model.DistancesFrom(demand))
            {
                least = Math.Min(least, distance);
            }

            if (least > radius)
            {
                problems.Add(new Problem("No site reaches this demand within the radius", Field: "--radius", Found: string.Create(CultureInfo.InvariantCulture, $"{input.Demand[demand]}, nearest site at {least}"), Accepted: string.Create(CultureInfo.InvariantCulture, $"a radius of at least {least}")));
            }
        }

        return problems;
    }
}
