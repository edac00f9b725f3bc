namespace Pathfinder.Analysis.Control;

/// <summary>Turns starts of segments into stretches of indices.</summary>
internal static class Segments
{
    /// <summary>Each segment as (start, end exclusive, points that set its limits). The series starts one whether or not it is listed.</summary>
    public static List<(int Start, int End, int Baseline)> Of(int length, IReadOnlyList<Segment>? segments)
    {
        var sorted = (segments ?? []).OrderBy(segment => segment.Start).ToList();
        if (sorted.Count == 0 || sorted[0].Start != 0)
        {
            sorted.Insert(0, new Segment(0));
        }

        var stretches = new List<(int, int, int)>(sorted.Count);
        for (var i = 0; i < sorted.Count; i++)
        {
            var end = i + 1 < sorted.Count ? sorted[i + 1].Start : length;
            var size = end - sorted[i].Start;
            if (size <= 0)
            {
                throw new ArgumentException($"Segment {i} starting at {sorted[i].Start} has no points.", nameof(segments));
            }

            stretches.Add((sorted[i].Start, end, Math.Clamp(sorted[i].Baseline ?? size, 1, size)));
        }

        return stretches;
    }
}
