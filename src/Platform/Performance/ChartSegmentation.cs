using Pathfinder.Analysis.Control;

namespace Pathfinder.Platform.Performance;

/// <summary>Where the limits of a series start afresh, which values set them, and why.</summary>
/// <param name="Segments">The segments with their baselines.</param>
/// <param name="Reasons">For each why it starts or its baseline ends, and the record that says so.</param>
/// <param name="Unused">What was set and could not be followed, in words.</param>
internal sealed record ChartSegmentation(IReadOnlyList<Segment> Segments, IReadOnlyList<(string? Why, string? Reference)> Reasons, IReadOnlyList<string> Unused)
{
    /// <summary>
    /// A segment for each new definition and each start that somebody set. Its baseline ends where somebody said; else, in the first
    /// segment, before the first event of the area if at least six values came before it; else every value sets the limits.
    /// </summary>
    public static ChartSegmentation Of(MeasuredSeries series, ChartEvents events, IReadOnlyList<ChartMark> marks)
    {
        var points = series.Points;
        var unused = new List<string>();
        var reasons = new SortedDictionary<int, (string? Why, string? Reference)> { [0] = (null, null) };
        foreach (var (on, version) in events.NewDefinitions(series.Measure.Key))
        {
            Start(on, $"Definition {version.Body.Version} holds from here", version.Reference);
        }

        var set = events.SegmentsOf(series).ToList();
        foreach (var segment in set.Where(one => one.Body.Starts is not null))
        {
            Start(segment.Body.Starts!.Value, segment.Body.Reason, segment.Reference);
        }

        var starts = reasons.Keys.ToList();
        var baselines = new int?[starts.Count];
        foreach (var segment in set.Where(one => one.Body.BaselineEnds is not null))
        {
            var ends = segment.Body.BaselineEnds!.Value;
            var place = starts.FindLastIndex(start => points[start].Period.First <= ends);
            var count = place < 0 ? 0 : Enumerable.Range(starts[place], End(place) - starts[place]).Count(i => points[i].Period.Last <= ends);
            if (count < 2)
            {
                unused.Add($"A baseline is set to end on {ends:d MMMM yyyy}, before two values of its segment; it is not used");
                continue;
            }

            baselines[place] = count;
            reasons[starts[place]] = (segment.Body.Reason, segment.Reference);
        }

        if (baselines[0] is null && marks.FirstOrDefault(mark => mark.Kind is MarkKind.GoLive or MarkKind.Phase or MarkKind.Adaptation) is { } first)
        {
            var before = Enumerable.Range(0, End(0)).Count(i => points[i].Period.Last < first.When.First);
            if (before >= Monitoring.FewestBaselinePoints && before < End(0))
            {
                baselines[0] = before;
                reasons[0] = ($"The limits are those of the periods before {Lower(first.What)} ({first.When.Text})", first.Reference);
            }
        }

        return new ChartSegmentation([.. starts.Select((start, i) => new Segment(start, baselines[i]))], [.. starts.Select(start => reasons[start])], unused);

        int End(int place) => place + 1 < starts.Count ? starts[place + 1] : points.Count;

        void Start(DateOnly day, string why, string reference)
        {
            var index = Enumerable.Range(0, points.Count).FirstOrDefault(i => points[i].Period.First >= day, -1);
            if (index > 0)
            {
                reasons[index] = (why, reference);
            }
            else if (index < 0)
            {
                unused.Add($"Limits are set to start afresh on {day:d MMMM yyyy}, after the last value");
            }
        }
    }

    private static string Lower(string text) => text.StartsWith("The ", StringComparison.Ordinal) ? "t" + text[1..] : text;
}
