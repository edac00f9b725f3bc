using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Studio;

/// <summary>Turns a plan into a design, and a design into a plan.</summary>
public static class StudioDesigns
{
    /// <summary>The date whose organisation a plan of the studio starts from: the last on which every borough was apart, else the newest that the pack knows.</summary>
    public static DateOnly BaseDate(ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return DesignStart.LastDayApart(pack) ?? pack.CommandUnits.SelectMany(unit => unit.Members).Select(member => member.From).DefaultIfEmpty(DateOnly.MinValue).Max();
    }

    /// <summary>
    /// A design in which the functions chosen are grouped as the plan is, and all else is as on <see cref="BaseDate"/>. One despatch group a unit
    /// where <paramref name="despatchByUnit"/>. With <paramref name="crews"/> each unit parades with the crews of the formula, shared over its
    /// boroughs by their calls. Refused where the force's organisation on that date is not known.
    /// </summary>
    public static Outcome<Design> Make(StudioForce force, StudioState state, string name, string purpose, IReadOnlyCollection<string> functions, bool despatchByUnit, bool crews)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(functions);
        if (functions.Count == 0)
        {
            return new Problem("Choose for which functions the boroughs are put together", Field: "functions", Accepted: "at least one");
        }

        var start = DesignStart.FromForce(force.Pack, BaseDate(force.Pack), name, purpose);
        if (!start.Succeeded)
        {
            return start;
        }

        var design = start.Value;
        foreach (var unit in design.Functions.SelectMany(grouping => grouping.Units).Where(unit => unit.Boroughs.Count > 1).Select(unit => unit.Code).Distinct(StringComparer.Ordinal).ToList())
        {
            design = DesignEdits.Split(design, force.Pack, functions, unit);
        }

        foreach (var unit in state.Plan.Where(unit => unit.Boroughs.Count > 1))
        {
            var own = DesignEdits.UnitName(force.Pack, [.. unit.Boroughs]);
            design = DesignEdits.Merge(design, functions, [.. unit.Boroughs], unit.Code, own.Name);
        }

        design = despatchByUnit && functions.Contains(Functions.Response) ? DesignEdits.DespatchByUnit(design) : design;
        return crews ? WithCrews(force, state, design) : design;
    }

    /// <summary>The response units of a design as a plan. A code too long for the map gives way to a short one.</summary>
    public static IReadOnlyList<StudioUnit> PlanOf(Design design)
    {
        ArgumentNullException.ThrowIfNull(design);
        var units = UnitsOf(design);
        var taken = units.Select(unit => unit.Code).ToHashSet(StringComparer.Ordinal);
        var next = 0;
        string Short()
        {
            string code;
            do
            {
                code = StudioForce.Number($"U{++next}");
            }
            while (!taken.Add(code));

            return code;
        }

        return [.. units.Select(unit => unit.Code.Length > StudioUnit.LongestCode || unit.Code.AsSpan().IndexOfAny("_:.&*") >= 0 ? unit with { Code = Short() } : unit)];
    }

    /// <summary>The response units of a design under their own codes, in ordinal order.</summary>
    public static IReadOnlyList<StudioUnit> UnitsOf(Design design)
    {
        ArgumentNullException.ThrowIfNull(design);
        return [.. design.Functions.First(grouping => grouping.Function == Functions.Response).Units
            .Select(unit => new StudioUnit(unit.Code, [.. unit.Boroughs.Order(StringComparer.Ordinal)])).OrderBy(unit => unit.Code, StringComparer.Ordinal)];
    }

    // A line of the pack's crews is one shift on every day, so each takes the largest that the week asks of it.
    private static Outcome<Design> WithCrews(StudioForce force, StudioState state, Design design)
    {
        if (force.Crews.Problem is { } problem)
        {
            return new Problem(problem, Field: "crews");
        }

        var lines = new List<DesignCrews>();
        foreach (var unit in state.Plan)
        {
            var cover = force.Crews.Of(force.Mask(unit.Boroughs)).Cover;
            for (var shift = 0; shift < cover.Shifts; shift++)
            {
                var largest = Enumerable.Range(0, 7).Max(day => cover.Crews[(day * cover.Shifts) + shift]);
                var code = force.Crews.Shifts[shift].Code;
                lines.AddRange(Shared(force, design, unit, code, largest));
            }
        }

        return design with { Crews = lines };
    }

    // Largest remainders: whole crews that add up.
    private static IEnumerable<DesignCrews> Shared(StudioForce force, Design design, StudioUnit unit, string shift, int crews)
    {
        var calls = unit.Boroughs.Select(code => force.Columns["calls"][force.PlaceOf(code)]).ToList();
        var exact = calls.ConvertAll(share => calls.Sum() > 0 ? crews * share / calls.Sum() : (double)crews / calls.Count);
        var whole = exact.ConvertAll(share => (int)Math.Floor(share));
        foreach (var i in Enumerable.Range(0, exact.Count).OrderByDescending(i => exact[i] - whole[i]).ThenBy(i => i).Take(crews - whole.Sum()))
        {
            whole[i]++;
        }

        for (var i = 0; i < whole.Count; i++)
        {
            var site = design.Crews.FirstOrDefault(line => line.Borough == unit.Boroughs[i] && line.Shift == shift)?.ParadeSite
                ?? design.Crews.FirstOrDefault(line => line.Borough == unit.Boroughs[i])?.ParadeSite
                ?? force.Pack.ParadeSites.FirstOrDefault(candidate => candidate.Borough == unit.Boroughs[i])?.Code;
            if (site is not null)
            {
                yield return new DesignCrews(site, unit.Boroughs[i], shift, whole[i], whole[i]);
            }
        }
    }
}

/// <summary>Registers the studio.</summary>
public static class StudioServices
{
    /// <summary>Adds <see cref="StudioDesk"/>, one for all requests: it keeps what was compiled.</summary>
    public static IServiceCollection AddStudio(this IServiceCollection services) => services.AddSingleton<StudioDesk>().AddSingleton<StudioForces>();
}
