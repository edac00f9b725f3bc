using NetTopologySuite.Geometries;

namespace Pathfinder.Platform.Forces.London;

/// <summary>
/// Simplifies polygons that share edges so that neighbours still meet: rings are cut where three areas meet, each piece is
/// simplified once (Visvalingam and Whyatt 1993, by the area of the triangle that a point spans) and used by both
/// neighbours. Where an area would become invalid or vanish, its pieces are simplified less.
/// </summary>
internal sealed class SharedEdges
{
    private readonly List<Geometry> _shapes;
    private readonly Dictionary<(double, double), HashSet<(double, double)>> _neighbours = [];
    private readonly Dictionary<string, Arc> _arcs = new(StringComparer.Ordinal);

    private sealed class Arc(Coordinate[] points)
    {
        public Coordinate[] Points { get; } = points;

        public double Tolerance { get; set; }

        public Coordinate[]? Simple { get; set; }
    }

    private SharedEdges(List<Geometry> shapes) => _shapes = shapes;

    /// <summary>The simplified shapes, in the order given.</summary>
    /// <param name="shapes">Polygons whose shared edges have the same points.</param>
    /// <param name="tolerance">Least area of the triangle that a kept point spans, in square degrees.</param>
    /// <param name="islands">Parts smaller than this area, in square degrees, are left out, never the largest of a shape.</param>
    public static List<Geometry> Simplify(List<Geometry> shapes, double tolerance, double islands)
    {
        var edges = new SharedEdges([.. shapes.Select(s => Large(s, islands))]);
        edges.FindNeighbours();
        return edges.Run(tolerance);
    }

    private static Geometry Large(Geometry shape, double least)
    {
        var parts = Enumerable.Range(0, shape.NumGeometries).Select(i => (Polygon)shape.GetGeometryN(i)).OrderByDescending(p => p.Area).ToList();
        var kept = parts.Where((p, i) => i == 0 || p.Area >= least).ToArray();
        return kept.Length == 1 ? kept[0] : new MultiPolygon(kept);
    }

    private static IEnumerable<LineString> Rings(Geometry shape)
    {
        for (var i = 0; i < shape.NumGeometries; i++)
        {
            var polygon = (Polygon)shape.GetGeometryN(i);
            yield return polygon.ExteriorRing;
            foreach (var hole in polygon.InteriorRings)
            {
                yield return hole;
            }
        }
    }

    private static (double, double) Key(Coordinate c) => (c.X, c.Y);

    private void FindNeighbours()
    {
        foreach (var ring in _shapes.SelectMany(Rings))
        {
            var points = ring.Coordinates;
            for (var i = 0; i + 1 < points.Length; i++)
            {
                Meet(points[i], points[i + 1]);
                Meet(points[i + 1], points[i]);
            }
        }
    }

    private void Meet(Coordinate a, Coordinate b)
    {
        if (!_neighbours.TryGetValue(Key(a), out var set))
        {
            _neighbours[Key(a)] = set = [];
        }

        set.Add(Key(b));
    }

    private List<Geometry> Run(double tolerance)
    {
        var cut = _shapes.Select(s => Rings(s).Select(Cut).ToList()).ToList();
        foreach (var arc in _arcs.Values)
        {
            arc.Tolerance = tolerance;
        }

        for (var round = 0; ; round++)
        {
            var shapes = new List<Geometry>();
            var bad = new List<int>();
            for (var i = 0; i < _shapes.Count; i++)
            {
                var built = Build(_shapes[i], cut[i]);
                shapes.Add(built ?? _shapes[i]);
                if (built is null || !built.IsValid)
                {
                    bad.Add(i);
                }
            }

            if (bad.Count == 0 || round == 12)
            {
                return shapes;
            }

            foreach (var arc in bad.SelectMany(i => cut[i]).SelectMany(r => r).Select(p => p.Arc).Distinct())
            {
                arc.Tolerance = round == 11 ? 0 : arc.Tolerance / 4;
                arc.Simple = null;
            }
        }
    }

    // A ring as pieces between junctions; a ring without a junction is one closed piece from its least point.
    private List<(Arc Arc, bool Reversed)> Cut(LineString ring)
    {
        var points = ring.Coordinates[..^1];
        var junctions = Enumerable.Range(0, points.Length).Where(i => _neighbours[Key(points[i])].Count != 2).ToList();
        if (junctions.Count == 0)
        {
            var least = Enumerable.Range(0, points.Length).MinBy(i => Key(points[i]));
            return [Piece([.. points[least..], .. points[..least], points[least]])];
        }

        var pieces = new List<(Arc, bool)>();
        for (var j = 0; j < junctions.Count; j++)
        {
            var (from, to) = (junctions[j], junctions[(j + 1) % junctions.Count]);
            Coordinate[] piece = to > from ? points[from..(to + 1)] : [.. points[from..], .. points[..(to + 1)]];
            pieces.Add(Piece(piece));
        }

        return pieces;
    }

    private (Arc Arc, bool Reversed) Piece(Coordinate[] points)
    {
        var reversed = Key(points[0]).CompareTo(Key(points[^1])) is var order && (order > 0 || (order == 0 && Key(points[1]).CompareTo(Key(points[^2])) > 0));
        var forward = reversed ? [.. points.Reverse()] : points;
        var name = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{forward[0].X},{forward[0].Y},{forward[1].X},{forward[1].Y},{forward[^1].X},{forward[^1].Y},{forward.Length}");
        if (!_arcs.TryGetValue(name, out var arc))
        {
            _arcs[name] = arc = new Arc(forward);
        }

        return (arc, reversed);
    }

    private static Geometry? Build(Geometry original, List<List<(Arc Arc, bool Reversed)>> rings)
    {
        var at = 0;
        var parts = new List<Polygon>();
        for (var i = 0; i < original.NumGeometries; i++)
        {
            var holes = ((Polygon)original.GetGeometryN(i)).NumInteriorRings;
            var outer = Ring(rings[at++]);
            var inner = new List<LinearRing>();
            for (var h = 0; h < holes; h++)
            {
                if (Ring(rings[at++]) is { } hole)
                {
                    inner.Add(hole);
                }
                else
                {
                    return null;
                }
            }

            if (outer is null)
            {
                return null;
            }

            parts.Add(new Polygon(outer, [.. inner]));
        }

        return parts.Count == 1 ? parts[0] : new MultiPolygon([.. parts]);
    }

    private static LinearRing? Ring(List<(Arc Arc, bool Reversed)> pieces)
    {
        var points = new List<Coordinate>();
        foreach (var (arc, reversed) in pieces)
        {
            arc.Simple ??= Thin(arc.Points, arc.Tolerance);
            var piece = reversed ? arc.Simple.Reverse().ToArray() : arc.Simple;
            points.AddRange(points.Count == 0 ? piece : piece[1..]);
        }

        return points.Count < 4 ? null : new LinearRing([.. points]);
    }

    private static Coordinate[] Thin(Coordinate[] points, double tolerance)
    {
        var count = points.Length;
        if (tolerance <= 0 || count < 3)
        {
            return points;
        }

        var (previous, next, area) = (new int[count], new int[count], new double[count]);
        var queue = new SortedSet<(double Area, int At)>();
        for (var i = 0; i < count; i++)
        {
            (previous[i], next[i]) = (i - 1, i + 1);
            if (i > 0 && i < count - 1)
            {
                area[i] = Triangle(points[i - 1], points[i], points[i + 1]);
                queue.Add((area[i], i));
            }
        }

        var closed = points[0].Equals2D(points[^1]);
        var left = count;
        while (queue.Count > 0 && queue.Min.Area < tolerance && left > (closed ? 5 : 2))
        {
            var (least, at) = queue.Min;
            queue.Remove(queue.Min);
            area[at] = -1;
            left--;
            (next[previous[at]], previous[next[at]]) = (next[at], previous[at]);
            foreach (var side in new[] { previous[at], next[at] })
            {
                if (side > 0 && side < count - 1)
                {
                    queue.Remove((area[side], side));
                    area[side] = Math.Max(least, Triangle(points[previous[side]], points[side], points[next[side]]));
                    queue.Add((area[side], side));
                }
            }
        }

        return [.. points.Where((_, i) => area[i] >= 0)];
    }

    private static double Triangle(Coordinate a, Coordinate b, Coordinate c) =>
        Math.Abs(((b.X - a.X) * (c.Y - a.Y)) - ((c.X - a.X) * (b.Y - a.Y))) / 2;
}
