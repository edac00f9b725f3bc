using Pathfinder.Platform.Panels;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Evaluations;

/// <summary>The control chart of a tested area's series, with the month on whose data it first signalled.</summary>
internal sealed class WatchChart : Chart
{
    /// <summary>The chart.</summary>
    public required ChartAnswer Answer { get; init; }

    /// <summary>Of an area.</summary>
    public static WatchChart Of(string id, string area, ChartAnswer answer, string? firstSignal) => new()
    {
        Title = firstSignal is null ? $"{area}: {Lower(answer.Finding)}" : $"{area}: {Lower(firstSignal)}",
        Note = "Individual values (XmR) with the limits of the months before the pilot. Filled dots signal against these in hindsight, a long run from its first value; the month named is the first that would have signalled when its value came",
        Answer = answer,
        Table = new DataTable(
            id, $"Control chart of {area}", [new("Month"), new("Value", Numeric: true), new("Centre", Numeric: true), new("Lower", Numeric: true), new("Upper", Numeric: true), new("Signals")],
            [.. answer.Points.Select(point => (IReadOnlyList<DataCell>)
            [
                point.Date, DataCell.Of(point.Value), DataCell.Of(point.Centre, 2), point.Lower is { } lower ? DataCell.Of(lower, 2) : "", point.Upper is { } upper ? DataCell.Of(upper, 2) : "", string.Join(", ", point.Flags),
            ])]),
    };

    /// <inheritdoc />
    public override string Draw() => ControlChartDrawing.Draw(Answer);

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
