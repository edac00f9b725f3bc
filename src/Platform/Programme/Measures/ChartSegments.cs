using System.Globalization;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Programme.Measures;

/// <summary>What one segment must meet by itself.</summary>
internal static class ChartSegments
{
    public static IEnumerable<Problem> Check(ChartSegment segment)
    {
        if (segment.Starts is null && segment.BaselineEnds is null)
        {
            yield return new Problem("A segment says where limits start afresh, or where the baseline ends", Field: "starts", Accepted: "a day in one of the two");
        }

        if (segment is { Starts: { } starts, BaselineEnds: { } ends } && ends < starts)
        {
            yield return new Problem("The baseline would end before its segment starts", Field: "baselineEnds", Found: ends.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Accepted: "a day from " + starts.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }
}
