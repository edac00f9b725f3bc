using Pathfinder.Platform.Studio;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Studio;

/// <summary>How the studio writes its figures.</summary>
public static class StudioText
{
    /// <summary>A value of a criterion; null for one that needs a simulation there is none of.</summary>
    public static string Value(StudioCriterion criterion, double? value) => value is { } known ? Value(criterion, known) : "not simulated";

    private static string Value(StudioCriterion criterion, double value)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        return criterion.Figure switch
        {
            StudioFigure.Share => Format.Percent(value),
            StudioFigure.Km => Format.Number(value) + " km",
            StudioFigure.Count => Format.Count((long)Math.Round(value)),
            _ => Format.Number(value, 2),
        };
    }

    /// <summary>An exact count of plans.</summary>
    public static string Plans(UInt128 count) => count.ToString("N0", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));

    /// <summary>The share of plans that one is better than, never rounded up to all.</summary>
    public static string BetterThan(StudioStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return standing.Better == 0 ? "none better" : Format.Percent(Math.Floor(standing.BetterThan * 1000) / 1000);
    }

    /// <summary>The standings as a table for CSV and paper.</summary>
    public static DataTable Standings(StudioView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new DataTable("standings", "Where the plan stands",
            [new("Criterion"), new("This plan", Numeric: true), new("Best possible", Numeric: true), new("Plans better", Numeric: true), new("Plans as good", Numeric: true), new("Better than", Numeric: true)],
            [.. view.Standings.Select(standing => (IReadOnlyList<DataCell>)
            [
                standing.Criterion.Name, Number(standing.Criterion, standing.Value), Number(standing.Criterion, standing.Best),
                new DataCell(Plans(standing.Better), Csv: standing.Better.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                new DataCell(Plans(standing.AsGood), Csv: standing.AsGood.ToString(System.Globalization.CultureInfo.InvariantCulture)), BetterThan(standing),
            ])]);
    }

    /// <summary>The units as a table for CSV and paper.</summary>
    public static DataTable Units(StudioView view, StudioForce force)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(force);
        return new DataTable("units", "Units of the plan",
            [new("Unit"), new("Boroughs"), new("Residents", Numeric: true), new("from the mean", Numeric: true), new("Calls a day", Numeric: true), new("from the mean", Numeric: true, CsvName: "calls from the mean"), new("Officers", Numeric: true)],
            [.. view.Units.Select(unit => (IReadOnlyList<DataCell>)
            [
                unit.Code, Format.List([.. unit.Boroughs.Select(code => force.Names[code])]), DataCell.Of((long)unit.Residents), Deviation(unit, "residents"),
                DataCell.Of(unit.CallsPerDay), Deviation(unit, "calls"), unit.Officers is { } officers ? DataCell.Of(officers) : Format.NotKnown,
            ])]);
    }

    private static DataCell Deviation(StudioUnitView unit, string key) =>
        unit.Deviations.TryGetValue(key, out var deviation) ? new DataCell(Signed(deviation), Csv: deviation.ToString("R", System.Globalization.CultureInfo.InvariantCulture)) : Format.NotKnown;

    /// <summary>A signed share as a percentage.</summary>
    public static string Signed(double share) => Format.Signed(share * 100) + "%";

    private static DataCell Number(StudioCriterion criterion, double? value) =>
        new(Value(criterion, value), Csv: value?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "");
}
