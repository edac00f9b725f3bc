using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.People;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Calibrations;

/// <summary>A change predicted from the time before it, against what happened.</summary>
[RequirePermission(Permission.Read)]
public sealed class RetrodictionModel(CalibrationRegister register) : AsAtPageModel
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The result.</summary>
    public RetrodictionResult Result { get; private set; } = null!;

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>A chart an area and measure.</summary>
    public IReadOnlyList<(string Area, DotIntervalChart Chart)> Charts { get; private set; } = [];

    /// <summary>Scores.</summary>
    public DataTable Scores { get; private set; } = null!;

    /// <summary>Mechanisms.</summary>
    public DataTable Mechanisms { get; private set; } = null!;

    /// <summary>Longer periods, not scored.</summary>
    public DataTable Periods { get; private set; } = null!;

    /// <summary>The recovery, not scored.</summary>
    public DataTable Recovery { get; private set; } = null!;

    /// <summary>Rows fitted to.</summary>
    public DataTable Used { get; private set; } = null!;

    /// <summary>Ranges of what the change brought.</summary>
    public DataTable After { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync(string name)
    {
        if (await register.FindRetrodictionAsync(name, At, HttpContext.RequestAborted) is not { } result)
        {
            return NotFound();
        }

        Result = result;
        var scored = result.Months.Where(month => month.Observed is not null).ToList();
        var held = scored.Count(month => month.Held == true);
        var off = scored.Count == 0 ? 0 : 100 * scored.Average(month => month.Observed!.Value - month.Posterior.Median);
        Headline = scored.Count == 0
            ? "Predicted, and nothing is known yet of what happened"
            : $"The prediction, in intervals {100 * scored.Average(month => month.Posterior.Upper - month.Posterior.Lower):0} points wide, holds {(held == 0 ? "none" : Format.Words(held))} of {Format.Words(scored.Count)} months; what happened was {Math.Abs(off).ToString("0", CultureInfo.InvariantCulture)} {(Math.Round(Math.Abs(off)) == 1 ? "point" : "points")} {(off < 0 ? "worse" : "better")} on average";
        Charts = [.. result.Months.GroupBy(month => (month.Area, month.Measure)).Select(group => ($"{group.Key.Area}: {(group.Key.Measure[0] == 'I' ? "immediate" : "significant")} calls", Chart(group.Key.Area, group.Key.Measure, [.. group])))];
        Scores = Offer(new DataTable(
            "scores", "Forecasts on the months scored", [new("Forecast"), new("Area"), new("Months", true), new("Inside", true), new("Mean width, points", true), new("Mean interval score", true)],
            [.. result.Scores.Select(score => (IReadOnlyList<DataCell>)
            [
                score.Forecast switch { "posterior" => "This prediction", "prior" => "The same before calibration", "no change" => "No change", _ => "A straight line carried on" }, score.Area, DataCell.Of(score.Months),
                new DataCell(Format.Percent(score.Coverage, 0), Csv: score.Coverage.ToString("R", CultureInfo.InvariantCulture)), DataCell.Of(100 * score.MeanWidth), DataCell.Of(100 * score.MeanScore),
            ])])
        {
            Empty = "No month predicted is known.",
        });
        Mechanisms = Offer(new DataTable(
            "mechanisms", "Effect of each mechanism on calls in time, points", [new("Mechanism"), new("Switched off means"), new("Area"), new("Calls"), new("Lower", true), new("Median", true), new("Upper", true)],
            [.. result.Mechanisms.OrderBy(each => each.Measure, StringComparer.Ordinal).ThenBy(each => each.Area, StringComparer.Ordinal).Select(each => (IReadOnlyList<DataCell>)
            [
                each.Mechanism == "all" ? "all together" : each.Mechanism, each.Meaning, each.Area, each.Measure[..1], Points(each.Effect.Lower), Points(each.Effect.Median), Points(each.Effect.Upper),
            ])]));
        Periods = Offer(Table("periods", "Longer periods of which something is known: shown, not scored, as they begin in the transition", result.Periods));
        Recovery = Offer(Table("recovery", "The recovery of September 2017 under the same values: shown, not scored, as no figure was published", result.Recovery));
        Used = Offer(new DataTable(
            "used", "Observations fitted to", [new("Area"), new("Measure"), new("From"), new("To"), new("Observed", true), new("Source")],
            [.. result.Calibration.Targets.Select(target => (IReadOnlyList<DataCell>)[target.Area, target.Measure, DataCell.Of(target.From, ""), DataCell.Of(target.To, ""), Share(target.Observed), target.Source])]));
        After = Offer(new DataTable(
            "after", "What the change brought, and no month before it tells", [new("What"), new("Low", true), new("High", true), new("Basis"), new("Why this range")],
            [.. result.After.Select(each => (IReadOnlyList<DataCell>)[each.Label, CalibrationModel.Number(each.Low), CalibrationModel.Number(each.High), each.Basis, each.Why])]));
        return Page();
    }

    private DotIntervalChart Chart(string area, string measure, IReadOnlyList<PredictedMonth> months)
    {
        var known = months.Count(month => month.Observed is not null);
        return new DotIntervalChart
        {
            Title = known == 0
                ? "Nothing is published of these months: predicted, not scored"
                : $"{months.Count(month => month.Held == true)} of {known} months lie inside the interval predicted",
            Note = "Share of calls reached in time: what happened, predicted with 80% interval, and the interval before calibration",
            Rows = [.. months.Select(month => new DotRow(
                month.From.ToString("MMMM yyyy", English),
                [new Dot(month.Observed), new Dot(month.Posterior.Median, month.Posterior.Lower, month.Posterior.Upper), new Dot(month.Prior.Median, month.Prior.Lower, month.Prior.Upper)]))],
            Series = ["Happened", "Predicted", "Before calibration"],
            Read = value => Format.Percent(value, 0),
            Low = 0,
            High = 1,
            Table = Offer(Table($"months-{area}-{measure[..1]}".ToLowerInvariant(), "Predicted and happened", months)),
        };
    }

    private static DataTable Table(string id, string caption, IReadOnlyList<PredictedMonth> months) => new(
        id, caption, [new("Area"), new("Calls"), new("From"), new("To"), new("Before calibration: lower", true), new("upper", true), new("Predicted: lower", true), new("median", true), new("upper ", true), new("Happened", true), new("Stands"), new("Source")],
        [.. months.Select(month => (IReadOnlyList<DataCell>)
        [
            month.Area, month.Measure[..1], DataCell.Of(month.From, ""), DataCell.Of(month.To, ""), Share(month.Prior.Lower), Share(month.Prior.Upper), Share(month.Posterior.Lower), Share(month.Posterior.Median), Share(month.Posterior.Upper),
            month.Observed is { } observed ? Share(observed) : new DataCell("not known", Csv: ""),
            month.Held switch { true => new DataCell("inside", Tag: "blue"), false => new DataCell("outside", Tag: "yellow"), null => new DataCell("not scored", Tag: "grey") },
            month.Source ?? "",
        ])]);

    private static DataCell Share(double value) => new(Format.Percent(value, 1), Csv: value.ToString("R", CultureInfo.InvariantCulture));

    private static DataCell Points(double value) => new((100 * value).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture), Csv: (100 * value).ToString("R", CultureInfo.InvariantCulture));
}
