using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Studio;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Studio;

/// <summary>The bases of a plan: which of today's sites would be missed least, and which would serve each unit best.</summary>
[RequirePermission(Permission.Read)]
public sealed class BasesModel(StudioDesk desk, StudioForces forces) : StudioPageModel(desk, forces)
{
    /// <summary>The model.</summary>
    [BindProperty(SupportsGet = true, Name = "model")]
    public string ModelName { get; set; } = "p-median";

    /// <summary>Radius of the covering models, km.</summary>
    [BindProperty(SupportsGet = true, Name = "radius")]
    public double Radius { get; set; } = 5;

    /// <summary>Probability that a crew is busy.</summary>
    [BindProperty(SupportsGet = true, Name = "busy")]
    public double Busy { get; set; } = 0.4;

    /// <summary>Sites a unit may have; as many as today when empty.</summary>
    [BindProperty(SupportsGet = true, Name = "sites")]
    public int? Sites { get; set; }

    /// <summary>What was found.</summary>
    public BasesAnswer? Answer { get; private set; }

    /// <summary>A sentence.</summary>
    public string Headline { get; private set; } = "Bases of this plan";

    /// <summary>Today's sites, least missed first.</summary>
    public DataTable? Missed { get; private set; }

    /// <summary>Each unit's sites, today's and the best.</summary>
    public DataTable? Units { get; private set; }

    /// <summary>Models to choose from.</summary>
    public static IReadOnlyList<FieldOption> ModelOptions { get; } = [.. BasesRequest.Models.Select(model => new FieldOption(model.Code, $"{model.Name} ({model.Code})"))];

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is { } refused)
        {
            return refused;
        }

        if (Force is null)
        {
            return Page();
        }

        var answer = StudioBases.Of(Force, State, new BasesRequest(ModelName, Radius, Busy, Sites), HttpContext.RequestAborted);
        Problems = answer.Problems;
        if (answer.Succeeded)
        {
            Answer = answer.Value;
            Fill(answer.Value);
        }

        return Page();
    }

    private void Fill(BasesAnswer answer)
    {
        Headline = answer.Missed.FirstOrDefault(site => site.MoreKmADay is not null) is { } least
            ? $"{least.Site.Name} ({least.Unit}) would be missed least: {Format.Number(least.MeanKmWithout!.Value, 2)} km to a call instead of {Format.Number(least.MeanKm, 2)}"
            : "No unit has a second site to fall back on";
        Missed = Offer(new DataTable("missed", "Today’s sites, the one missed least first",
            [new("Site"), new("Unit"), new("Mean km to a call", Numeric: true), new("without it", Numeric: true), new("more km a day", Numeric: true), new("Where it is listed")],
            [.. answer.Missed.Select(site => (IReadOnlyList<DataCell>)
            [
                site.Site.Name, site.Unit, DataCell.Of(site.MeanKm, 2), site.MeanKmWithout is { } without ? DataCell.Of(without, 2) : "its only site",
                site.MoreKmADay is { } more ? DataCell.Of(more, 0) : "", site.Site.Basis,
            ])])
        { Empty = "No crews parade anywhere in this plan." });
        Units = Offer(new DataTable("bases", Caption(answer.Request),
            [new("Unit"), new("Sites today"), new("Today", Numeric: true), new("Best sites"), new("Best", Numeric: true), new("Would change"), new("Proven")],
            [.. answer.Units.Select(Row)]));
    }

    private static string Caption(BasesRequest request) => request.Model switch
    {
        "p-median" => "Mean km by road from the nearest site to a call",
        "mclp" => $"Share of calls within {Format.Plain(request.RadiusKm)} km of a site",
        "p-centre" => "Largest km by road from a zone to its nearest site",
        "lscp" => $"Fewest sites that leave no zone beyond {Format.Plain(request.RadiusKm)} km",
        _ => $"Expected share of calls with a free crew within {Format.Plain(request.RadiusKm)} km, each busy {Format.Percent(request.Busy, 0)} of the time",
    };

    private IReadOnlyList<DataCell> Row(UnitBases unit)
    {
        var opened = unit.Best.Except(unit.Today).Select(site => "open " + site.Name);
        var closed = unit.Today.Except(unit.Best).Select(site => "close " + site.Name);
        var changes = opened.Concat(closed).ToList();
        return
        [
            unit.Unit, Names(unit.Today), Value(unit.TodayValue), unit.BestValue is null ? "no choice serves every zone" : Names(unit.Best), Value(unit.BestValue),
            unit.BestValue is null ? "" : changes.Count == 0 ? "nothing" : string.Join("; ", changes), unit.Proven ? "yes" : "best found",
        ];
    }

    private static string Names(IReadOnlyList<ParadeSite> sites) => sites.Count == 0 ? "none" : string.Join("; ", sites.GroupBy(site => site.Name, StringComparer.Ordinal).Select(same => same.Count() > 1 ? $"{same.Key} × {same.Count()}" : same.Key));

    private DataCell Value(double? value) => value is not { } number ? Format.NotKnown
        : ModelName is "mclp" or "mexclp" ? new DataCell(Format.Percent(number), Csv: number.ToString("R", System.Globalization.CultureInfo.InvariantCulture))
        : ModelName == "lscp" ? DataCell.Of((long)number) : DataCell.Of(number, 2);
}
