using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>A series with its chart, or with the reasons why it has none.</summary>
public sealed record ChartedSeries(MeasuredSeries Series, Outcome<MeasureChart> Chart);

/// <summary>Draws the control charts of measures as at the dates of a view.</summary>
public interface IMeasureCharts
{
    /// <summary>
    /// The chart of a series: of the kind that its data ask for, or of another. Refused, with the reason, for rolling averages, fewer than
    /// two values, values that never vary, and a kind that the data do not allow.
    /// </summary>
    Task<Outcome<MeasureChart>> DrawAsync(RecordView view, MeasuredSeries series, ChartKind? kind = null, CancellationToken cancellation = default);

    /// <summary>Every series of a measure with its chart, in the order of <see cref="IMeasuredSeries"/>.</summary>
    Task<IReadOnlyList<ChartedSeries>> DrawAllAsync(RecordView view, string measure, CancellationToken cancellation = default);

    /// <summary>Every series of every measure with its chart.</summary>
    Task<IReadOnlyList<ChartedSeries>> DrawAllAsync(RecordView view, CancellationToken cancellation = default);

    /// <summary>Every series of an area with its chart.</summary>
    /// <param name="view">What is read, as at which dates.</param>
    /// <param name="area">Code of the area.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<ChartedSeries>> DrawAreaAsync(RecordView view, string area, CancellationToken cancellation = default);

    /// <summary>
    /// A funnel of the areas of one level for a period; the newest of all where none is named. Refused where fewer than three areas have
    /// a numerator and a denominator.
    /// </summary>
    Task<Outcome<MeasureFunnel>> FunnelAsync(RecordView view, string measure, string? period = null, CancellationToken cancellation = default);
}
