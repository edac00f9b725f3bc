using System.Globalization;
using System.Numerics;
using Pathfinder.Engine.Grouping;
using Pathfinder.Engine.Staffing;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Staffing;

/// <summary>Answers what crews units need, from CSV files.</summary>
public sealed class CrewService
{
    /// <summary>Reads and works out. Every fault of the input comes back as a problem. Throws <see cref="OperationCanceledException"/> on cancel.</summary>
    public Outcome<CrewResult> Answer(CrewRequest request, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var read = CrewReader.Read(request);
        if (!read.Succeeded)
        {
            return Outcome.Refused<CrewResult>(read.Problems);
        }

        var input = read.Value;
        var answers = new List<CrewAnswer>();
        var problems = new List<Problem>();
        for (var unit = 0; unit < input.Units.Count; unit++)
        {
            var answer = WorkOut(input, request, [unit]);
            if (answer is null)
            {
                problems.Add(OutOfReach(input, unit));
            }
            else
            {
                answers.Add(answer);
            }
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var result = new CrewResult { Units = answers };
        return input.Graph is null ? result : Totals(result, input, request, progress, cancel);
    }

    private static Outcome<CrewResult> Totals(CrewResult result, CrewInput input, CrewRequest request, IProgress<double>? progress, CancellationToken cancel)
    {
        var n = input.Units.Count;
        var (least, most) = (request.MinGroups ?? 1, Math.Min(request.MaxGroups ?? n, n));
        var officers = new Dictionary<ulong, int>();
        var totals = new List<CrewTotal>();
        for (var groups = least; groups <= most; groups++)
        {
            var (plans, size) = Widest(input.Graph!, request, groups, cancel);
            if (plans is null)
            {
                return new Problem("The exact method cannot take this many groups", Field: "--groups", Found: string.Create(CultureInfo.InvariantCulture, $"{groups} groups of {n} units"), Accepted: "groups of at most so many units, with --max");
            }

            if (!plans.IsEmpty)
            {
                var criterion = Criterion.Total("officers", Officers(plans, input, request, officers, cancel));
                var best = Optimum.Best(plans, criterion);
                var plan = Optimum.AnyPlan(best);
                totals.Add(new CrewTotal(groups, (int)criterion.ValueOf(criterion.ScoreOf(plan)), size, Text(plans.Count), Text(best.Count),
                    [.. best.PlanOf(plan).Select(group => (IReadOnlyList<string>)[.. Split(group).Select(unit => input.Units[unit])])]));
            }

            progress?.Report((groups - least + 1.0) / (most - least + 1));
        }

        return totals.Count > 0 ? result with { Totals = totals }
            : new Problem("No grouping keeps these bounds", Field: "--groups", Found: $"{n} units into {least} to {most} groups of at least {request.MinSize}", Accepted: "other numbers or sizes");
    }

    // Without a stated size the largest that the exact method takes; what was allowed stands in the answer.
    private static (PlanGraph? Plans, int Size) Widest(UnitGraph graph, CrewRequest request, int groups, CancellationToken cancel)
    {
        var n = graph.Count;
        int[] sizes = request.MaxSize is { } stated ? [Math.Min(stated, n)] : [n, 8, 6, 4];
        foreach (var size in sizes)
        {
            if ((long)size * groups < n && request.MaxSize is null)
            {
                continue;
            }

            var compiled = PlanGraphCompiler.Compile(graph, new GroupingRules { MinSize = request.MinSize, MaxSize = size, MinGroups = groups, MaxGroups = groups },
                request.MaxSize is null && size > 8 ? new CompileLimits(States: 60_000, Arcs: 250_000, Steps: 30_000_000) : new CompileLimits(), cancel);
            if (compiled.Plans is { } plans)
            {
                return (plans, size);
            }
        }

        return (null, 0);
    }

    private static double[] Officers(PlanGraph plans, CrewInput input, CrewRequest request, Dictionary<ulong, int> known, CancellationToken cancel)
    {
        var values = new double[plans.Groups.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!known.TryGetValue(plans.Groups[i], out var officers))
            {
                cancel.ThrowIfCancellationRequested();

                // Journeys of a group are those of its units, each of which is reachable: so is the group.
                officers = WorkOut(input, request, [.. Split(plans.Groups[i])])!.Officers;
                known.Add(plans.Groups[i], officers);
            }

            values[i] = officers;
        }

        return values;
    }

    private static CrewAnswer? WorkOut(CrewInput input, CrewRequest request, int[] units)
    {
        var loads = Loads(input, units);
        var targets = input.Grades.Select(grade => grade.Target).ToArray();
        var first = Array.FindIndex(targets, target => target.Share > 0);
        var urgent = targets.Select((target, i) => i == first ? target : default).ToArray();
        var required = CrewRequirement.ByHour(loads, targets);
        if (required.Max() > CrewRequirement.MostCrews)
        {
            return null;
        }

        var least = CrewRequirement.ByHour(loads, urgent);
        var guards = request.Guards * units.Length;
        for (var hour = 0; hour < required.Length; hour++)
        {
            required[hour] += (int)Math.Ceiling(guards - 1e-9);
            least[hour] += (int)Math.Ceiling(guards - 1e-9);
        }

        var cover = input.Cover.Solve(required);
        var strength = TeamStrength.Of(cover, input.Cover.Solve(least), input.Roster);
        var free = Array.ConvertAll(input.Cover.FreeByHour(cover.Crews), crews => Math.Max(0, crews - guards));
        return new CrewAnswer(
            [.. units.Select(unit => input.Units[unit])], required,
            [.. cover.Crews.Select((crews, i) => new CrewShiftAnswer(i / cover.Shifts, input.Shifts[i % cover.Shifts], crews))], cover.Total,
            strength.OptimumParade, strength.MinimumParade, strength.Team, strength.Officers, strength.OfficersIfSteered,
            [.. input.Grades.Select((grade, i) => grade.Target.Share > 0
                ? new CrewGradeAnswer(grade.Name, grade.Target.Share, CrewRequirement.Reach(loads[i], grade.Target.Minutes), CrewRequirement.ShareInTarget(loads, i, grade.Target.Minutes, free))
                : new CrewGradeAnswer(grade.Name, null, null, null))]);
    }

    private static GradeLoad[] Loads(CrewInput input, int[] units)
    {
        var loads = new GradeLoad[input.Grades.Count];
        for (var grade = 0; grade < loads.Length; grade++)
        {
            var perHour = new double[GradeLoad.Hours];
            var journeys = new double[input.Journeys[grade][0].Length];
            foreach (var unit in units)
            {
                var calls = 0.0;
                for (var hour = 0; hour < perHour.Length; hour++)
                {
                    perHour[hour] += input.PerHour[grade][unit][hour];
                    calls += input.PerHour[grade][unit][hour];
                }

                var own = input.Journeys[grade][unit];
                var sum = own.Sum();
                for (var minute = 0; minute < journeys.Length; minute++)
                {
                    // A unit without calls of a grade still has journeys; it then counts for nothing beside one that has.
                    journeys[minute] += Math.Max(calls, 1e-9) * own[minute] / sum;
                }
            }

            var all = journeys.Sum();
            var mean = 0.0;
            for (var minute = 0; minute < journeys.Length; minute++)
            {
                journeys[minute] /= all;
                mean += minute * journeys[minute];
            }

            loads[grade] = new GradeLoad(perHour, input.Grades[grade].Units, input.Grades[grade].HeldMinutes + mean, journeys);
        }

        return loads;
    }

    private static Problem OutOfReach(CrewInput input, int unit)
    {
        var loads = Loads(input, [unit]);
        var far = Enumerable.Range(0, loads.Length).Where(i => input.Grades[i].Target.Share > 0 && CrewRequirement.Reach(loads[i], input.Grades[i].Target.Minutes) < input.Grades[i].Target.Share)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{input.Grades[i].Name}: {CrewRequirement.Reach(loads[i], input.Grades[i].Target.Minutes):0.0%} of journeys take at most {input.Grades[i].Target.Minutes} minutes")).ToList();
        return new Problem("No number of crews meets the target: the journeys alone are too long", Field: "--target", Found: input.Units[unit] + (far.Count > 0 ? ", " + string.Join("; ", far) : ""), Accepted: "a smaller share, more minutes or nearer bases");
    }

    private static IEnumerable<int> Split(ulong group)
    {
        for (; group != 0; group &= group - 1)
        {
            yield return BitOperations.TrailingZeroCount(group);
        }
    }

    private static string Text(UInt128 count) => count.ToString(CultureInfo.InvariantCulture);
}
