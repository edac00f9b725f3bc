using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>Reads the series of measures: what was observed of a measure in an area, period by period, as at the dates and for the reader of a view.</summary>
public interface IMeasuredSeries
{
    /// <summary>
    /// Every series of a measure: the whole force first, then command units, boroughs and others, each in order of name. Areas without any
    /// value or word are left out. Empty for a measure that is not known.
    /// </summary>
    Task<IReadOnlyList<MeasuredSeries>> SeriesOfAsync(RecordView view, string measure, CancellationToken cancellation = default);

    /// <summary>One series; null where the measure is not known or nothing of the area is. The code may be in any case.</summary>
    Task<MeasuredSeries?> SeriesOfAsync(RecordView view, string measure, string area, CancellationToken cancellation = default);

    /// <summary>Every series of every measure, in order of the measure's key.</summary>
    Task<IReadOnlyList<MeasuredSeries>> ListAsync(RecordView view, CancellationToken cancellation = default);
}
