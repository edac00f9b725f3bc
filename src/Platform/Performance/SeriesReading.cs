using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>Makes series of observations; the values of command units and of the force are added up from boroughs where the measure allows it.</summary>
internal sealed class SeriesReading(IForces forces) : IMeasuredSeries
{
    /// <summary>The code that observations of the whole force carry.</summary>
    public const string WholeForce = "MPS";

    /// <summary>The area that others are held beside.</summary>
    public static string ComparatorOf(Measure measure) => string.IsNullOrWhiteSpace(measure.Comparator) ? WholeForce : measure.Comparator.Trim().ToUpperInvariant();

    public async Task<IReadOnlyList<MeasuredSeries>> SeriesOfAsync(RecordView view, string measure, CancellationToken cancellation = default) =>
        await view.FindAsync<Measure>(measure, cancellation) is { } found
            ? Of(found, await ObservedValues.ListAsync(view, cancellation), await AreasAsync(view, cancellation)) : [];

    public async Task<MeasuredSeries?> SeriesOfAsync(RecordView view, string measure, string area, CancellationToken cancellation = default) =>
        (await SeriesOfAsync(view, measure, cancellation)).FirstOrDefault(series => string.Equals(series.Area.Code, area, StringComparison.OrdinalIgnoreCase));

    public async Task<IReadOnlyList<MeasuredSeries>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        var observed = (await ObservedValues.ListAsync(view, cancellation)).ToLookup(one => one.Body.Measure, StringComparer.Ordinal);
        var areas = await AreasAsync(view, cancellation);
        var found = new List<MeasuredSeries>();
        foreach (var measure in await view.ListAsync<Measure>(cancellation))
        {
            found.AddRange(Of(measure, observed[measure.Key], areas));
        }

        return found;
    }

    private static List<MeasuredSeries> Of(StoredRecord<Measure> measure, IEnumerable<StoredRecord<Observation>> observations, Dictionary<string, MeasuredArea> areas)
    {
        var series = observations.Where(one => one.Body.Measure == measure.Key && one.Body.Period is not null)
            .GroupBy(one => one.Body.Area.ToUpperInvariant(), StringComparer.Ordinal)
            .Select(group => Observed(measure, areas.GetValueOrDefault(group.Key) ?? new MeasuredArea(group.Key, group.Key, AreaLevel.Other, []), [.. group]))
            .ToDictionary(one => one.Area.Code, StringComparer.Ordinal);
        if (measure.Body.AddsUp)
        {
            foreach (var area in areas.Values.Where(area => area.Boroughs.Count > 1 && !series.ContainsKey(area.Code)).ToList())
            {
                if (AddedUp(measure, area, series) is { } sum)
                {
                    series.Add(area.Code, sum);
                }
            }
        }

        return [.. series.Values.OrderBy(one => one.Area.Level).ThenBy(one => one.Area.Name, StringComparer.Ordinal).ThenBy(one => one.Area.Code, StringComparer.Ordinal)];
    }

    private static MeasuredSeries Observed(StoredRecord<Measure> measure, MeasuredArea area, List<StoredRecord<Observation>> observations)
    {
        var words = observations.Where(one => one.Body is { Value: null, Words: not null }).OrderBy(one => one.Body.Period!.First)
            .Select(one => new SaidInWords(one.Body.Period!, one.Body.Words!, one.Known, one.Reference)).ToList();
        var all = observations.Where(one => one.Body.Value is not null).GroupBy(one => (one.Body.Period!.First, one.Body.Period.Last)).OrderBy(group => group.Key)
            .Select(group => Point([.. group])).ToList();
        // A series has periods of one length: a year or a quarter beside months is listed, and not drawn among them.
        var length = ObservedValues.CommonLength(all.Select(point => point.Period));
        var (points, others) = (new List<SeriesPoint>(), new List<SeriesPoint>());
        foreach (var point in all)
        {
            (ObservedValues.LengthOf(point.Period) == length && (points.Count == 0 || points[^1].Period.Last < point.Period.First) ? points : others).Add(point);
        }

        return new MeasuredSeries(measure, area, points, words, [], others);
    }

    // What was said to stand stands, then the newest statement; what others state for the period is shown beside it, not averaged away.
    private static SeriesPoint Point(List<StoredRecord<Observation>> stated)
    {
        var ordered = stated.OrderBy(one => RivalValues.Rank(one.Body)).ThenByDescending(one => one.Known).ThenByDescending(one => one.VersionId).ToList();
        var one = ordered[0];
        return new SeriesPoint(
            one.Body.Period!, (double)one.Body.Value!.Value, (double?)one.Body.Numerator, (double?)one.Body.Denominator, one.Known, one.Recorded, [one.Reference], one.Body.Contains,
            [.. ordered.Skip(1).Where(other => other.Body.Value != one.Body.Value).Select(other => new OtherStatement(other.Body.Value!.Value, other.Reference))]);
    }

    private static MeasuredSeries? AddedUp(StoredRecord<Measure> measure, MeasuredArea area, Dictionary<string, MeasuredSeries> series)
    {
        var parts = area.Boroughs.Select(code => series.GetValueOrDefault(code)).OfType<MeasuredSeries>().ToList();
        if (parts.Count < area.Boroughs.Count)
        {
            return null;
        }

        var byPeriod = parts.Select(part => part.Points.ToDictionary(point => (point.Period.First, point.Period.Last))).ToList();
        var points = new List<SeriesPoint>();
        foreach (var point in parts[0].Points)
        {
            var all = byPeriod.Select(part => part.GetValueOrDefault((point.Period.First, point.Period.Last))).OfType<SeriesPoint>().ToList();
            if (all.Count == parts.Count && Sum(measure.Body, all) is { } sum)
            {
                points.Add(sum);
            }
        }

        return points.Count == 0 ? null : new MeasuredSeries(measure, area, points, [], area.Boroughs, []);
    }

    /// <summary>The sum of counts, or the share of summed parts; null for a share of which a part is not known.</summary>
    private static SeriesPoint? Sum(Measure measure, List<SeriesPoint> parts)
    {
        var withParts = parts.TrueForAll(part => part is { Numerator: not null, Denominator: not null });
        if (!withParts && measure.Denominator is not null)
        {
            return null;
        }

        double? numerator = withParts ? parts.Sum(part => part.Numerator!.Value) : null;
        double? denominator = withParts ? parts.Sum(part => part.Denominator!.Value) : null;
        if (denominator is <= 0)
        {
            return null;
        }

        var value = numerator is { } x && denominator is { } n ? x / n * ScaleOf(measure) : parts.Sum(part => part.Value);
        return new SeriesPoint(
            parts[0].Period, value, numerator, denominator, parts.Max(part => part.Known), parts.Max(part => part.Recorded),
            [.. parts.SelectMany(part => part.References).Distinct(StringComparer.Ordinal)], null, []);
    }

    /// <summary>What a share is multiplied with to be in the unit of its measure: 100 for per cent, else 1.</summary>
    internal static double ScaleOf(Measure measure) => measure.Unit == "%" ? 100 : 1;

    private async Task<Dictionary<string, MeasuredArea>> AreasAsync(RecordView view, CancellationToken cancellation)
    {
        var areas = new Dictionary<string, MeasuredArea>(StringComparer.Ordinal);
        if (await forces.FindCurrentAsync(cancellation) is not { } pack)
        {
            areas.Add(WholeForce, new MeasuredArea(WholeForce, "The whole force", AreaLevel.Force, []));
            return areas;
        }

        areas.Add(WholeForce, new MeasuredArea(WholeForce, pack.Manifest.Force, AreaLevel.Force, [.. pack.Boroughs.Where(borough => borough.InForce).Select(borough => borough.Code)]));
        foreach (var ward in pack.Wards)
        {
            areas.TryAdd(ward.Code, new MeasuredArea(ward.Code, ward.Name, AreaLevel.Other, []));
        }

        foreach (var borough in pack.Boroughs)
        {
            areas[borough.Code] = new MeasuredArea(borough.Code, borough.Name, AreaLevel.Borough, [borough.Code]);
        }

        // A unit that has no borough yet, or no longer, still has the series that were observed of it.
        foreach (var unit in pack.CommandUnits)
        {
            areas[unit.Code.ToUpperInvariant()] = new MeasuredArea(unit.Code.ToUpperInvariant(), unit.Name, AreaLevel.CommandUnit, []);
        }

        foreach (var unit in await forces.ListUnitsAsync(view.At, cancellation))
        {
            areas[unit.Unit.Code.ToUpperInvariant()] = new MeasuredArea(unit.Unit.Code.ToUpperInvariant(), unit.Unit.Name, AreaLevel.CommandUnit, unit.Boroughs);
        }

        return areas;
    }
}
