using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Calibration;

/// <summary>
/// A part of a force that is simulated again and again with other values: its matrix and demand are taken out of the pack
/// once. Thread-safe.
/// </summary>
public sealed class FittedWorld
{
    private readonly ForcePack _pack;
    private readonly Design _design;
    private readonly FitFile _fit;
    private readonly ContentMatrix _matrix;
    private readonly ContentSurface _surface;
    private readonly string[] _zoneBorough;

    private FittedWorld(ForcePack pack, Design design, FitFile fit)
    {
        (_pack, _design, _fit) = (pack, design, fit);
        var area = ScenarioWriter.Area(design, pack, fit.StudyArea);
        var zones = Enumerable.Range(0, pack.Zones.Count).Where(zone => area.Contains(pack.Zones[zone].Borough)).ToList();
        var codes = zones.ConvertAll(zone => pack.Zones[zone].Code);
        _zoneBorough = [.. zones.Select(zone => pack.Zones[zone].Borough)];
        var metres = new float[zones.Count * zones.Count];
        for (var from = 0; from < zones.Count; from++)
        {
            for (var to = 0; to < zones.Count; to++)
            {
                metres[(from * zones.Count) + to] = pack.Metres(zones[from], zones[to]);
            }
        }

        var perHour = new float[pack.Demand.Grades.Count * zones.Count * 168];
        for (var grade = 0; grade < pack.Demand.Grades.Count; grade++)
        {
            for (var zone = 0; zone < zones.Count; zone++)
            {
                for (var hour = 0; hour < 168; hour++)
                {
                    perHour[(((grade * zones.Count) + zone) * 168) + hour] = pack.Demand.At(grade, zones[zone], hour);
                }
            }
        }

        _matrix = new ContentMatrix(codes, metres, pack.Sha256);
        _surface = new ContentSurface(codes, pack.Demand.Grades, perHour, pack.Sha256);
    }

    /// <summary>Prepares the force as it was organised on the fit file's date. Refused when it was not organised then, or a value makes no scenario.</summary>
    public static Outcome<FittedWorld> Prepare(ForcePack pack, FitFile fit)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(fit);
        var design = DesignStart.FromForce(pack, fit.Dated, fit.Title.Length > 120 ? fit.Title[..120] : fit.Title);
        if (!design.Succeeded)
        {
            return Outcome.Refused<FittedWorld>(design.Problems);
        }

        var world = new FittedWorld(pack, design.Value, fit);
        var middle = world.Compile(fit.Parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Prior.At(0.5), StringComparer.Ordinal), design.Value, fit.Days, fit.WarmUpDays, null);
        return middle.Succeeded ? world : Outcome.Refused<FittedWorld>(middle.Problems);
    }

    /// <summary>The pack.</summary>
    public ForcePack Pack => _pack;

    /// <summary>The design before anything is changed.</summary>
    public Design Start => _design;

    /// <summary>Simulates the design with values by key. Throws <see cref="InvalidOperationException"/> when they make no scenario.</summary>
    public RunResult Simulate(IReadOnlyDictionary<string, double> values, Design design, int days, int warmUpDays, DateOnly? start, int replications, ulong seed, CancellationToken cancellation = default)
    {
        var compiled = Compile(values, design, days, warmUpDays, start);
        return new Simulator().Run(compiled.Value, replications, seed, 1, null, cancellation);
    }

    /// <summary>A target's measure in a result; null where nothing was observed.</summary>
    public double? Measure(RunResult result, string area, string measure) => ByReplication(result, area, measure) is { Count: > 0 } values ? values.Average() : null;

    /// <summary>The measure in each replication of a result, boroughs weighted by their incidents.</summary>
    public IReadOnlyList<double> ByReplication(RunResult result, string area, string measure)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (grade, share) = (measure.Split('.')[0], measure.EndsWith(".inTarget", StringComparison.Ordinal));
        var boroughs = area == "all" ? null : _fit.Areas[area];
        var parts = result.Areas.Where(each => each.Level == "borough" && boroughs?.Contains(each.Code, StringComparer.Ordinal) != false)
            .Select(each => each.Grades.First(one => one.Grade == grade)).ToList();
        var found = new List<double>();
        for (var r = 0; r < result.Replications; r++)
        {
            double sum = 0, weight = 0;
            foreach (var part in parts)
            {
                var w = share ? part.IncidentsByReplication[r] : part.AttendedByReplication[r];
                if ((share ? part.InTargetByReplication[r] : part.MeanByReplication[r]) is { } value)
                {
                    sum += w * value;
                    weight += w;
                }
            }

            if (weight > 0)
            {
                found.Add(sum / weight);
            }
        }

        return found;
    }

    /// <summary>The design with the values that a design can hold: each assumption of the pack, units needed and speeds.</summary>
    public Design Apply(Design design, IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(design);
        var changed = new SortedDictionary<string, double>(design.Changed.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (key, value) in _fit.Held.Concat(values))
        {
            if (AssumptionKeys.Find(key) is not null)
            {
                changed[key] = value;
            }
        }

        foreach (var grade in (string[])["I", "S", "E"])
        {
            if (Get(values, $"units.{grade}.one") is { } one)
            {
                var three = Get(values, $"units.{grade}{FitKeys.ThreeOfMore}") ?? 0;
                changed[$"units.{grade}.two"] = (1 - one) * (1 - three);
                changed[$"units.{grade}.three"] = 1 - one - changed[$"units.{grade}.two"];
            }
        }

        if (Get(values, FitKeys.SlowTravel) is { } slow)
        {
            foreach (var density in (string[])["inner", "outer"])
            {
                var blue = Get(values, $"travel.I.secondsPerKm.{density}") ?? ScenarioWriter.Value(design, _pack, $"travel.I.secondsPerKm.{density}");
                changed[$"travel.S.secondsPerKm.{density}"] = blue * slow;
                changed[$"travel.E.secondsPerKm.{density}"] = blue * slow;
            }
        }

        return design with { Changed = changed };
    }

    private Outcome<CompiledScenario> Compile(IReadOnlyDictionary<string, double> values, Design design, int days, int warmUpDays, DateOnly? start)
    {
        var scenario = ScenarioWriter.Write(Apply(design, values), _pack, new ScenarioOptions { Days = days, WarmUpDays = warmUpDays, StudyArea = _fit.StudyArea });
        if (!scenario.Succeeded)
        {
            return Outcome.Refused<CompiledScenario>(scenario.Problems);
        }

        var file = scenario.Value with
        {
            Start = start ?? scenario.Value.Start,
            Crews = [.. scenario.Value.Crews.Select(line => Times(line, Factor(values, FitKeys.Crews, line.Borough)))],
        };
        return ScenarioCompiler.Compile(file, new Content(_matrix, Scale(values)));
    }

    private ContentSurface Scale(IReadOnlyDictionary<string, double> values)
    {
        var perHour = (float[])_surface.PerHour.Clone();
        for (var grade = 0; grade < _surface.Grades.Count; grade++)
        {
            for (var zone = 0; zone < _zoneBorough.Length; zone++)
            {
                var factor = Factor(values, $"demand.{_surface.Grades[grade]}.times", _zoneBorough[zone]);
                for (var hour = 0; factor != 1 && hour < 168; hour++)
                {
                    perHour[(((grade * _zoneBorough.Length) + zone) * 168) + hour] *= (float)factor;
                }
            }
        }

        return _surface with { PerHour = perHour };
    }

    // The multiplier of everything, times that of every named area that the borough lies in.
    private double Factor(IReadOnlyDictionary<string, double> values, string key, string borough)
    {
        var factor = Get(values, key) ?? 1;
        foreach (var (area, boroughs) in _fit.Areas)
        {
            if (Get(values, $"{key}.{area}") is { } times && boroughs.Contains(borough, StringComparer.Ordinal))
            {
                factor *= times;
            }
        }

        return factor;
    }

    private double? Get(IReadOnlyDictionary<string, double> values, string key) =>
        values.TryGetValue(key, out var value) || _fit.Held.TryGetValue(key, out value) ? value : null;

    // Crews come whole: the part of one that is left over is a chance, for each planned crew, that it does not parade.
    private static ScenarioCrews Times(ScenarioCrews line, double factor)
    {
        if (factor == 1 || line.Crews == 0)
        {
            return line;
        }

        var exact = line.Crews * factor;
        var planned = (int)Math.Ceiling(exact - 1e-9);
        return line with { Crews = planned, Vehicles = line.Vehicles is null ? null : Math.Max(planned, line.Vehicles.Value), AbsenceShare = 1 - ((1 - line.AbsenceShare) * exact / planned) };
    }

    private sealed class Content(ContentMatrix matrix, ContentSurface surface) : IScenarioContent
    {
        public Outcome<ContentMatrix> Matrix(ScenarioContent reference) => matrix;

        public Outcome<ContentSurface> Surface(ScenarioContent reference) => surface;
    }
}
