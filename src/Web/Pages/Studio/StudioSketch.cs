using System.Text;
using System.Text.Json;
using Pathfinder.Platform.Studio;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;

namespace Pathfinder.Web.Pages.Studio;

/// <summary>A plan drawn for paper: its units in colour, each with its code; what the map shows a screen.</summary>
public static class StudioSketch
{
    private const double Width = 640;

    /// <summary>SVG of the units, or null where the pack has no drawn boroughs.</summary>
    public static string? Of(StudioForce force, StudioView view)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(view);
        var layer = StudioLayers.Units(force, view);
        if (!layer.Succeeded)
        {
            return null;
        }

        using var document = JsonDocument.Parse(layer.Value);
        var units = document.RootElement.GetProperty("features").EnumerateArray()
            .Select(feature => (Code: feature.GetProperty("properties").GetProperty("code").GetString()!, Rings: Rings(feature.GetProperty("geometry")))).ToList();
        var points = units.SelectMany(unit => unit.Rings).SelectMany(ring => ring).ToList();
        if (points.Count == 0)
        {
            return null;
        }

        var (west, east, south, north) = (points.Min(point => point.X), points.Max(point => point.X), points.Min(point => point.Y), points.Max(point => point.Y));

        // A degree of longitude is shorter than one of latitude by the cosine of the latitude.
        var flat = Math.Cos((south + north) / 2 * Math.PI / 180);
        var scale = Width / ((east - west) * flat);
        (double X, double Y) Place((double X, double Y) point) => ((point.X - west) * flat * scale, (north - point.Y) * scale);
        var colours = StudioMap.Colours(force, view.State);
        var svg = new Svg(Width, (north - south) * scale);
        foreach (var (code, rings) in units)
        {
            svg.Area(string.Concat(rings.Select(ring => Commands(ring.Select(Place)))), colours[code], code);
        }

        foreach (var (code, rings) in units.Where(unit => unit.Rings.Count > 0))
        {
            var (x, y) = Place(Middle(rings.MaxBy(Size)!));
            svg.Text(x, y + 5, code, "middle", "pf-sketch__code");
        }

        return svg.Finish($"Map of the plan: {Format.Words(units.Count)} units, listed in the table of units");
    }

    private static List<List<(double X, double Y)>> Rings(JsonElement geometry) =>
        [.. geometry.GetProperty("coordinates").EnumerateArray().SelectMany(polygon => polygon.EnumerateArray()).Select(ring => ring.EnumerateArray().Select(point => (point[0].GetDouble(), point[1].GetDouble())).ToList())];

    // Points closer than a fifth of a unit of the drawing cannot be told apart.
    private static string Commands(IEnumerable<(double X, double Y)> ring)
    {
        var path = new StringBuilder();
        var (lastX, lastY) = (double.NaN, double.NaN);
        foreach (var (x, y) in ring)
        {
            if (!(Math.Abs(x - lastX) < 0.2 && Math.Abs(y - lastY) < 0.2))
            {
                path.Append(path.Length == 0 ? 'M' : 'L').Append(Svg.N(Math.Round(x, 1))).Append(' ').Append(Svg.N(Math.Round(y, 1)));
                (lastX, lastY) = (x, y);
            }
        }

        return path.Append('Z').ToString();
    }

    private static double Size(List<(double X, double Y)> ring) => Math.Abs(Doubled(ring).Sum(part => part.Cross));

    // The centroid of a ring, by the parts that its edges cut from the origin.
    private static (double X, double Y) Middle(List<(double X, double Y)> ring)
    {
        var (cross, x, y) = Doubled(ring).Aggregate((Cross: 0.0, X: 0.0, Y: 0.0), (sum, part) => (sum.Cross + part.Cross, sum.X + part.X, sum.Y + part.Y));
        return Math.Abs(cross) < 1e-12 ? ring[0] : (x / (3 * cross) + ring[0].X, y / (3 * cross) + ring[0].Y);
    }

    private static IEnumerable<(double Cross, double X, double Y)> Doubled(List<(double X, double Y)> ring)
    {
        var (x0, y0) = ring[0];
        for (var i = 1; i < ring.Count; i++)
        {
            var (ax, ay, bx, by) = (ring[i - 1].X - x0, ring[i - 1].Y - y0, ring[i].X - x0, ring[i].Y - y0);
            var cross = (ax * by) - (bx * ay);
            yield return (cross, (ax + bx) * cross, (ay + by) * cross);
        }
    }
}
