using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.People;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Calibrations;

/// <summary>One calibration: each target and parameter, before and after.</summary>
[RequirePermission(Permission.Read)]
public sealed class CalibrationModel(CalibrationRegister register) : AsAtPageModel
{
    /// <summary>The result.</summary>
    public CalibrationResult Result { get; private set; } = null!;

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>Observed against simulated.</summary>
    public DotIntervalChart Fit { get; private set; } = null!;

    /// <summary>Parameters as a share of their range.</summary>
    public DotIntervalChart Parameters { get; private set; } = null!;

    /// <summary>The rounds.</summary>
    public DataTable Rounds { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync(string name)
    {
        if (await register.FindAsync(name, At, HttpContext.RequestAborted) is not { } result)
        {
            return NotFound();
        }

        Result = result;
        var told = result.Parameters.Count(parameter => parameter.Narrowed >= 0.1);
        Headline = $"The simulation holds {result.Targets.Count(target => target.Held)} of {result.Targets.Count} observations; the data narrow {(told == 0 ? "none" : Format.Words(told))} of {Format.Words(result.Parameters.Count)} parameters by a tenth or more";
        Fit = FitChart(result, this);
        Parameters = new DotIntervalChart
        {
            Title = told == 0 ? "The data say little of any parameter" : $"Narrowed most: {string.Join("; ", result.Parameters.OrderByDescending(parameter => parameter.Narrowed).Take(3).Select(parameter => parameter.Label))}",
            Note = "Median and 80% interval after calibration, as a share of the range allowed before (0 is its low end, 100% its high end)",
            Rows = [.. result.Parameters.OrderByDescending(parameter => parameter.Narrowed).Select(parameter => new DotRow(parameter.Label, [new Dot(Share(parameter, parameter.Posterior.Median), Share(parameter, parameter.Posterior.Lower), Share(parameter, parameter.Posterior.Upper))]))],
            Series = ["After calibration"],
            Read = value => Format.Percent(value, 0),
            Low = 0,
            High = 1,
            Table = Offer(new DataTable(
                "parameters", "Parameters", [new("Parameter"), new("Low before", true), new("High before", true), new("Lower", true), new("Median", true), new("Upper", true), new("Narrowed", true), new("Basis"), new("Why this range")],
                [.. result.Parameters.Select(parameter => (IReadOnlyList<DataCell>)
                [
                    parameter.Label, Number(parameter.Low), Number(parameter.High), Number(parameter.Posterior.Lower), Number(parameter.Posterior.Median), Number(parameter.Posterior.Upper),
                    new DataCell(Format.Percent(parameter.Narrowed, 0), Csv: parameter.Narrowed.ToString("R", CultureInfo.InvariantCulture)), parameter.Basis, parameter.Why,
                ])])),
        };
        Rounds = Offer(new DataTable(
            "rounds", "Rounds of the method", [new("Round"), new("Tolerance, standard units", true), new("Simulations", true), new("Effective sample", true)],
            [.. result.Rounds.Select((round, index) => (IReadOnlyList<DataCell>)[(index + 1).ToString(CultureInfo.InvariantCulture), DataCell.Of(round.Tolerance, 2), DataCell.Of(round.Simulations), DataCell.Of(round.EffectiveSize, 0)])]));
        return Page();
    }

    /// <summary>Observed against simulated, target by target.</summary>
    internal static DotIntervalChart FitChart(CalibrationResult result, CalibrationModel page) => new()
    {
        Title = $"{result.Targets.Count(target => target.Held)} of {result.Targets.Count} observations lie inside the simulation’s 80% interval",
        Note = "What was observed, and the simulation’s median with 80% interval after calibration; a month’s own luck is in the interval",
        Rows = [.. result.Targets.Select(target => new DotRow(Label(target), [new Dot(target.Observed), new Dot(target.Posterior.Median, target.Posterior.Lower, target.Posterior.Upper)]))],
        Series = ["Observed", "Simulated"],
        Read = value => Format.Percent(value, 0),
        Table = page.Offer(new DataTable(
            "targets", "Targets", [new("Area and period"), new("Measure"), new("Observed", true), new("Before: lower", true), new("Before: upper", true), new("After: lower", true), new("After: median", true), new("After: upper", true), new("Stands"), new("Source")],
            [.. result.Targets.Select(target => (IReadOnlyList<DataCell>)
            [
                Label(target), target.Measure, Number(target.Observed), Number(target.Prior.Lower), Number(target.Prior.Upper), Number(target.Posterior.Lower), Number(target.Posterior.Median), Number(target.Posterior.Upper),
                (target.HeldOut ? "held out, " : "fitted, ") + (target.Held ? "inside" : "outside"), target.Source,
            ])])),
    };

    internal static DataCell Number(double value) => new(value.ToString("0.###", CultureInfo.InvariantCulture), Csv: value.ToString("R", CultureInfo.InvariantCulture));

    private static string Label(FittedTarget target) =>
        $"{target.Area} {target.Measure[..1]}, {(target.From.Day == 1 && target.To == target.From.AddMonths(1).AddDays(-1) ? target.From.ToString("MMM yyyy", CultureInfo.GetCultureInfo("en-GB")) : $"{Format.Date(target.From)} to {Format.Date(target.To)}")}";

    private static double Share(FittedParameter parameter, double value) => (value - parameter.Low) / (parameter.High - parameter.Low);
}
