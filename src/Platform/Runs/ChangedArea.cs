using Pathfinder.Analysis.Intervals;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Runs;

/// <summary>
/// The boroughs that a change is about, as one area of a result. A merged unit exists on one side of a comparison only, and
/// the whole force dilutes it; the same boroughs taken together exist on both.
/// </summary>
public static class ChangedArea
{
    /// <summary>Level and code of the area in a result it was added to.</summary>
    public const string Level = "changed";

    /// <summary>
    /// Boroughs touched by the differences of two designs in response, despatch or crews; empty when the whole force is. Give the
    /// designs as they were run, with the assumptions carried over, or a changed assumption makes it the whole force.
    /// </summary>
    public static IReadOnlyList<string> Of(Design a, Design b, ForcePack pack) => Of([a, b], pack);

    /// <summary>The same where several designs hold, one after another or on two sides.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<Design> designs, ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(designs);
        var changes = designs.Skip(1).SelectMany(design => DesignDifferences.Between(designs[0], design, pack))
            .Where(change => change.Topic is "Despatch" or "Crews" or "Policy" or "Assumptions" || change.Topic == Functions.Name(Functions.Response)).ToList();
        return changes.Any(change => change.Boroughs.Count == 0)
            ? []
            : [.. changes.SelectMany(change => change.Boroughs).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Command units of several boroughs that the later designs create or change: the first of them has no unit of just those boroughs.
    /// A result that lacks one can be given it by <see cref="Add(RunResult, DesignUnit, bool)"/>, so that it stands on both sides.
    /// </summary>
    public static IReadOnlyList<DesignUnit> Units(IReadOnlyList<Design> designs)
    {
        ArgumentNullException.ThrowIfNull(designs);
        static IEnumerable<DesignUnit> Of(Design design) => design.Functions.Where(grouping => grouping.Function == Functions.Response).SelectMany(grouping => grouping.Units);
        return [.. designs.Skip(1).SelectMany(Of).Where(unit => unit.Boroughs.Count > 1 && !Of(designs[0]).Any(old => Same(old.Boroughs, unit.Boroughs))).DistinctBy(unit => unit.Code)];
    }

    /// <summary>The result with the boroughs of a unit added as that unit, last; unchanged where it has it, or the boroughs were not simulated.</summary>
    /// <param name="result">The result of one side.</param>
    /// <param name="unit">The unit of the other side.</param>
    /// <param name="otherwise">Whether the unit of the code that the result has, if it has one, is of other boroughs, and gives way.</param>
    public static RunResult Add(RunResult result, DesignUnit unit, bool otherwise = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(unit);
        var at = result.Areas.ToList().FindIndex(area => area.Level == UnitLevel && area.Code == unit.Code);
        if ((at >= 0 && !otherwise) || !result.Areas.Any(area => area.Level == "borough" && unit.Boroughs.Contains(area.Code)))
        {
            return result;
        }

        return Add(at < 0 ? result : result with
        {
            Areas = [.. result.Areas.Where((_, index) => index != at)],
            Phases = [.. result.Phases.Select(phase => phase with { Areas = [.. phase.Areas.Where((_, index) => index != at)] })],
        }, unit.Boroughs, unit.Name, UnitLevel, unit.Code);
    }

    private const string UnitLevel = "command-unit";

    private static bool Same(IEnumerable<string> a, IEnumerable<string> b) => a.ToHashSet(StringComparer.Ordinal).SetEquals(b);

    /// <summary>
    /// The result with the boroughs added as one area: shares, means and waits exactly, from the replications; medians and
    /// percentiles cannot be put together and stay empty.
    /// </summary>
    public static RunResult Add(RunResult result, IReadOnlyCollection<string> boroughs, string name) => Add(result, boroughs, name, Level, Level);

    private static RunResult Add(RunResult result, IReadOnlyCollection<string> boroughs, string name, string level, string code)
    {
        ArgumentNullException.ThrowIfNull(result);
        var parts = result.Areas.Where(area => area.Level == "borough" && boroughs.Contains(area.Code)).ToList();
        if (parts.Count == 0)
        {
            return result;
        }

        var nothing = new Estimate(null, null, null, null);
        var together = ByReplication(parts);
        var paraded = parts.ConvertAll(Paraded);
        Estimate Of(string quantity, Func<AreaResult, Estimate> older) =>
            together.TryGetValue(quantity, out var values) ? Estimate(values)
            : quantity == AreaQuantity.Utilisation ? Weighted(parts.ConvertAll(part => older(part)), paraded) : Sum(parts.ConvertAll(part => older(part)));
        var area = new AreaResult
        {
            Level = level,
            Code = code,
            Name = name,
            Grades = [.. parts[0].Grades.Select((_, grade) => Grade(parts.ConvertAll(part => part.Grades[grade]), nothing))],
            UnassignedMean = Of(AreaQuantity.Unassigned, part => part.UnassignedMean),
            UnassignedMax = nothing,
            UnitTime = parts[0].UnitTime.Keys.ToDictionary(
                state => state, state => Weighted(parts.ConvertAll(part => part.UnitTime[state]), paraded), StringComparer.Ordinal),
            Utilisation = Of(AreaQuantity.Utilisation, part => part.Utilisation),
            UnitsAvailable = Of(AreaQuantity.Available, part => part.UnitsAvailable),
            CrossBoroughPerDay = Of(AreaQuantity.CrossBorough, part => part.CrossBoroughPerDay),
            OvertimeHoursPerDay = Of(AreaQuantity.Overtime, part => part.OvertimeHoursPerDay),
            OvertimeOfficerHoursPerDay = parts.TrueForAll(part => part.OvertimeOfficerHoursPerDay is not null) ? Sum(parts.ConvertAll(part => part.OvertimeOfficerHoursPerDay!)) : null,
            KilometresPerDay = Of(AreaQuantity.Kilometres, part => part.KilometresPerDay),
            KilometresToIncidentsPerDay = parts.TrueForAll(part => part.KilometresToIncidentsPerDay is not null) ? Sum(parts.ConvertAll(part => part.KilometresToIncidentsPerDay!)) : null,
            ByReplication = together,
        };
        return result with
        {
            Areas = Placed(area, result.Areas),
            Phases = [.. result.Phases.Select(phase => phase with { Areas = Placed(Together(phase, boroughs, name, level, code, nothing), phase.Areas) })],
        };

        // What the comparison is about stands first; a unit added stands last, for the whole force is to stay where it is looked for.
        List<T> Placed<T>(T one, IReadOnlyList<T> others) => level == Level ? [one, .. others] : [.. others, one];
    }

    // Sums over the boroughs, replication by replication; the utilisation by the units paraded.
    private static Dictionary<string, IReadOnlyList<double?>> ByReplication(List<AreaResult> parts)
    {
        var together = new Dictionary<string, IReadOnlyList<double?>>(StringComparer.Ordinal);
        foreach (var name in AreaQuantity.All.Where(name => parts.TrueForAll(part => part.ByReplication.ContainsKey(name) && part.ByReplication.ContainsKey(AreaQuantity.Paraded))))
        {
            together[name] = Rows<double?>(parts[0].ByReplication[name].Count, r =>
            {
                double Value(AreaResult part, string quantity) => part.ByReplication[quantity][r] ?? 0;
                var paraded = parts.Sum(part => Value(part, AreaQuantity.Paraded));
                return name != AreaQuantity.Utilisation ? parts.Sum(part => Value(part, name))
                    : paraded > 0 ? parts.Sum(part => Value(part, name) * Value(part, AreaQuantity.Paraded)) / paraded : null;
            });
        }

        return together;
    }

    private static PhaseArea Together(PhaseResult phase, IReadOnlyCollection<string> boroughs, string name, string level, string code, Estimate nothing)
    {
        var parts = phase.Areas.Where(area => area.Level == "borough" && boroughs.Contains(area.Code)).ToList();
        return new PhaseArea(level, code, name, [.. parts[0].Grades.Select((_, grade) => Grade(parts.ConvertAll(part => part.Grades[grade]), nothing))]);
    }

    private static GradeResult Grade(List<GradeResult> parts, Estimate nothing)
    {
        var replications = parts[0].IncidentsByReplication.Count;
        var needing = Rows(replications, r => parts.Sum(part => part.IncidentsByReplication[r]));
        var attended = Rows(replications, r => parts.Sum(part => part.AttendedByReplication[r]));
        var inTarget = Rows<double?>(replications, r => parts.All(part => part.InTarget.Value is null) || needing[r] == 0
            ? null
            : parts.Sum(part => (part.InTargetByReplication[r] ?? 0) * part.IncidentsByReplication[r]) / needing[r]);
        var mean = Rows<double?>(replications, r => attended[r] == 0 ? null : parts.Sum(part => (part.MeanByReplication[r] ?? 0) * part.AttendedByReplication[r]) / attended[r]);
        var components = parts[0].WaitByReplication.Count == 0 ? 4 : parts[0].WaitByReplication[0].Count;
        var wait = Rows<IReadOnlyList<double>>(replications, r =>
            [.. Enumerable.Range(0, components).Select(c => attended[r] == 0 ? 0 : parts.Sum(part => part.WaitByReplication[r][c] * part.AttendedByReplication[r]) / attended[r])]);
        Estimate Component(int c) => Estimate(wait.Select((split, r) => mean[r] is null ? null : (double?)split[c]));
        return new GradeResult
        {
            Grade = parts[0].Grade,
            IncidentsPerDay = Sum(parts.ConvertAll(part => part.IncidentsPerDay)),
            TelephonePerDay = Sum(parts.ConvertAll(part => part.TelephonePerDay)),
            InTarget = Estimate(inTarget),
            MeanMinutes = Estimate(mean),
            MedianMinutes = nothing,
            P90Minutes = nothing,
            Over30 = nothing,
            NeverAttended = nothing,
            Wait = new WaitSplit(Component(0), Component(1), Component(2), Component(3), components > 4 ? Component(4) : null),
            InTargetByReplication = inTarget,
            MeanByReplication = mean,
            WaitByReplication = wait,
            IncidentsByReplication = needing,
            AttendedByReplication = attended,
        };
    }

    private static List<T> Rows<T>(int replications, Func<int, T> row) => [.. Enumerable.Range(0, replications).Select(row)];

    private static Estimate Estimate(IEnumerable<double?> values) =>
        MeanInterval.Of([.. values.Where(value => value is not null).Select(value => value!.Value)], 0.95) is { } interval
            ? new Estimate(interval.Mean, interval.Se, interval.Lower, interval.Upper)
            : new Estimate(null, null, null, null);

    // Boroughs share their incidents' randomness, so an interval for a sum would need the replications; only the mean is given, with the se of independent parts to tell noise by.
    private static Estimate Sum(List<Estimate> parts) => new(
        parts.Sum(part => part.Value ?? 0), Math.Sqrt(parts.Sum(part => (part.Se ?? 0) * (part.Se ?? 0))), null, null);

    private static Estimate Weighted(List<Estimate> parts, List<double> weights)
    {
        var all = weights.Sum();
        return all <= 0
            ? new Estimate(null, null, null, null)
            : new Estimate(
                parts.Select((part, i) => (part.Value ?? 0) * weights[i]).Sum() / all,
                Math.Sqrt(parts.Select((part, i) => (part.Se ?? 0) * weights[i] / all).Sum(se => se * se)), null, null);
    }

    // Units on duty on average, from those free and the share of time free.
    private static double Paraded(AreaResult area) =>
        area.UnitTime.TryGetValue("available", out var free) && free.Value is > 0 and var share ? (area.UnitsAvailable.Value ?? 0) / share : 0;
}
