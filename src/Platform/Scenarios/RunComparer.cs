using Pathfinder.Analysis.Intervals;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Scenarios;

/// <summary>Sets two results side by side, B minus A.</summary>
public static class RunComparer
{
    /// <summary>
    /// Compares the areas and grades that both have. Where both met the same incidents with the same seed, differences are
    /// taken replication by replication and their interval is Student's; otherwise the two are independent, and it is Welch's.
    /// Refused when they share no area and grade.
    /// </summary>
    public static Outcome<RunComparison> Compare(RunResult a, RunResult b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var paired = a.Seed == b.Seed && a.Replications == b.Replications && a.IncidentsSha256.Length > 0
            && string.Equals(a.IncidentsSha256, b.IncidentsSha256, StringComparison.Ordinal);
        var quantities = b.Areas.DistinctBy(area => (area.Level, area.Code)).ToDictionary(area => (area.Level, area.Code), area => area.ByReplication);
        var areas = Areas([.. a.Areas.Select(Whole)], [.. b.Areas.Select(Whole)], paired)
            .ConvertAll(area => area with
            {
                Quantities = Quantities(a.Areas.First(each => each.Level == area.Level && each.Code == area.Code).ByReplication, quantities[(area.Level, area.Code)], paired),
            });
        if (areas.Count == 0)
        {
            return new Problem("The two results have no area and grade in common", Accepted: "results of the same force");
        }

        return new RunComparison
        {
            Schema = RunComparison.CurrentSchema,
            A = a.Name,
            B = b.Name,
            Paired = paired,
            Areas = areas,
            Phases = Phases(a, b, areas, paired),
        };

        static PhaseArea Whole(AreaResult area) => new(area.Level, area.Code, area.Name, area.Grades);
    }

    private static Dictionary<string, Estimate> Quantities(
        IReadOnlyDictionary<string, IReadOnlyList<double?>> a, IReadOnlyDictionary<string, IReadOnlyList<double?>> b, bool paired) =>
        AreaQuantity.All.Where(name => a.ContainsKey(name) && b.ContainsKey(name)).ToDictionary(name => name, name => Difference(a[name], b[name], paired), StringComparer.Ordinal);

    private static List<AreaComparison> Areas(IReadOnlyList<PhaseArea> a, IReadOnlyList<PhaseArea> b, bool paired)
    {
        var areas = new List<AreaComparison>();
        foreach (var from in a)
        {
            if (b.FirstOrDefault(x => x.Level == from.Level && x.Code == from.Code) is not { } to)
            {
                continue;
            }

            var grades = from.Grades
                .Select(g => (From: g, To: to.Grades.FirstOrDefault(x => x.Grade == g.Grade)))
                .Where(p => p.To is not null)
                .Select(p => Grade(p.From, p.To!, paired))
                .ToList();
            if (grades.Count > 0)
            {
                areas.Add(new AreaComparison(from.Level, from.Code, from.Level == "force" ? "Whole force" : from.Name, grades));
            }
        }

        return areas;
    }

    // The phases of the run that has them, b before a; figures of the other where it gives them for just the same days.
    private static List<PhaseComparison> Phases(RunResult a, RunResult b, List<AreaComparison> common, bool paired)
    {
        if (a.Phases.Concat(b.Phases).All(phase => phase.Areas.Count == 0))
        {
            return [];
        }

        var phases = new List<PhaseComparison>();
        foreach (var phase in b.Phases.Count > 0 ? b.Phases : a.Phases)
        {
            PhaseResult? Same(RunResult run) => run.Phases.FirstOrDefault(each => each.From == phase.From && each.Days == phase.Days);
            var (from, to) = (Same(a), Same(b));
            phases.Add(new PhaseComparison(
                from?.Name, to?.Name, phase.From, phase.Days,
                from is not null && to is not null
                    ? Areas(from.Areas, to.Areas, paired)
                    : [.. common.Select(area => OneSide(area, phase, to is not null))])
            {
                IsAlike = from is not null && to is not null && from.RulesSha256 == to.RulesSha256,
            });
        }

        return phases;
    }

    private static AreaComparison OneSide(AreaComparison area, PhaseResult phase, bool isB)
    {
        var nothing = new Estimate(null, null, null, null);
        var own = phase.Areas.First(each => each.Level == area.Level && each.Code == area.Code);
        return area with
        {
            Grades = [.. area.Grades.Select(grade =>
            {
                var share = own.Grades.First(each => each.Grade == grade.Grade).InTarget;
                return new GradeComparison(grade.Grade, isB ? nothing : share, isB ? share : nothing, nothing, nothing, new WaitSplit(nothing, nothing, nothing, nothing));
            })],
        };
    }

    private static GradeComparison Grade(GradeResult a, GradeResult b, bool paired) => new(
        a.Grade, a.InTarget, b.InTarget,
        Difference(a.InTargetByReplication, b.InTargetByReplication, paired),
        Difference(a.MeanByReplication, b.MeanByReplication, paired),
        new WaitSplit(
            Difference(Component(a, 0), Component(b, 0), paired), Difference(Component(a, 1), Component(b, 1), paired),
            Difference(Component(a, 2), Component(b, 2), paired), Difference(Component(a, 3), Component(b, 3), paired),
            Decides(a) || Decides(b) ? Difference(Component(a, 4), Component(b, 4), paired) : null));

    private static bool Decides(GradeResult grade) => grade.Wait.Inspector is not null;

    // A side without inspectors spends no time with them.
    private static List<double?> Component(GradeResult grade, int component) =>
        [.. grade.WaitByReplication.Select((split, r) => grade.MeanByReplication[r] is null ? null : (double?)(component < split.Count ? split[component] : 0))];

    private static Estimate Difference(IReadOnlyList<double?> a, IReadOnlyList<double?> b, bool paired) => ResultBuilder.Estimate(
        paired ? MeanInterval.OfDifferences(a, b) : MeanInterval.OfIndependent(Present(a), Present(b)), withP: true);

    private static List<double> Present(IReadOnlyList<double?> values) => [.. values.Where(v => v is not null).Select(v => v!.Value)];
}
