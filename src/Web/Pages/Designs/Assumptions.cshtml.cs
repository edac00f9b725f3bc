using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Designs;

/// <summary>Changes the assumptions of a design, and goes on to simulate it when that was asked for.</summary>
[RequirePermission(Permission.Design)]
public sealed class AssumptionsModel(DesignRegister register, TimeProvider time) : DesignPageModel(register, time)
{
    /// <summary>The one assumption a link is about; null for all.</summary>
    [BindProperty(SupportsGet = true, Name = "only")]
    public string? Only { get; set; }

    /// <summary>"run" to go on to the form that simulates the design.</summary>
    [BindProperty(SupportsGet = true, Name = "then")]
    public string? Then { get; set; }

    /// <summary>Assumptions shown, by group.</summary>
    public IEnumerable<IGrouping<string, AssumptionKey>> Groups => AssumptionKeys.All
        .Where(key => Only is null || key.Key == Only).GroupBy(key => key.Group, StringComparer.Ordinal);

    /// <summary>What the pack states, or null.</summary>
    public Assumption? Given(string key) => Pack.Assumptions.FirstOrDefault(assumption => assumption.Key == key);

    /// <summary>What stands in the input: what was typed, or the value of the design.</summary>
    public string Typed(string key) => Request.HasFormContentType && Request.Form.TryGetValue(key, out var typed)
        ? typed.ToString()
        : ScenarioWriter.Value(Design, Pack, key).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The help under an input: unit, range, status and basis.</summary>
    public string Hint(AssumptionKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var given = Given(key.Key);
        var range = given is { Low: { } low, High: { } high } ? $", between {Format.Plain(low)} and {Format.Plain(high)} in what is known" : "";
        var basis = given is null ? $"The pack states none{(key.Neutral is { } neutral ? $", so {Format.Plain(neutral)} is taken" : "")}{(key.Known is { } known ? ". " + known : "")}" : $"{Format.Plain(given.Value)} in the pack, {Forces.ForceWords.Status(given.Status).Word}: {given.Basis}";
        return $"{basis}{range}.";
    }

    /// <summary>Whether a key is unknown; a link with a wrong key shows nothing otherwise.</summary>
    public bool Unknown => Only is not null && AssumptionKeys.Find(Only) is null;

    /// <summary>Whose the assumptions of travel can be.</summary>
    public IReadOnlyList<FieldOption> TravelOptions { get; } =
    [
        new("no", "The world’s: it holds for the whole run, and for the force beside it"),
        new("yes", "This design’s own", "It comes with the design on the day on which it takes over inside a run, and is not assumed of the force or of other designs; a comparison says so."),
    ];

    /// <summary>Whose they are, as chosen or as the design has it.</summary>
    public IReadOnlyList<string> OwnTravel => Request.HasFormContentType && Request.Form.TryGetValue("ownTravel", out var chosen) ? [chosen.ToString()] : [Design.OwnTravel ? "yes" : "no"];

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadNewestAsync() && !Unknown ? Page() : NotFound();

    /// <summary>Saves every value that is different.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        var problems = new List<Problem>();
        var changed = Request.Form.ContainsKey("ownTravel") ? Design with { OwnTravel = OwnTravel is ["yes"] } : Design;
        foreach (var key in AssumptionKeys.All.Where(key => Request.Form.ContainsKey(key.Key)))
        {
            if (Number(Request.Form, key.Key, key.Label, problems) is { } value)
            {
                changed = value.Equals(ScenarioWriter.Value(Design, Pack, key.Key)) ? changed : DesignEdits.Assume(changed, Pack, key.Key, value);
            }
        }

        if (problems.Count > 0)
        {
            Problems = problems;
            return Page();
        }

        var result = await SaveAsync(changed, Then == "run" ? $"/designs/{Key}/simulate" : null);
        Problems = [.. Problems.Select(problem => problem.Field?.StartsWith("changed.", StringComparison.Ordinal) == true ? problem with { Field = problem.Field[8..] } : problem)];
        return result;
    }
}
