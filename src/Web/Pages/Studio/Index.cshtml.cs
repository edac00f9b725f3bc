using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Studio;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Maps;

namespace Pathfinder.Web.Pages.Studio;

/// <summary>The design studio: one plan on the desk, and how it stands among all possible ones.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(StudioDesk desk, StudioForces forces, DesignRegister register, ForceViews views) : StudioPageModel(desk, forces)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Name of the design to save.</summary>
    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    /// <summary>The question it is drawn to answer.</summary>
    [BindProperty(Name = "purpose")]
    public string? Purpose { get; set; }

    /// <summary>Functions in which boroughs are put together.</summary>
    [BindProperty(Name = "functions")]
    public List<string> ChosenFunctions { get; set; } = [Functions.Response];

    /// <summary>"one" for one despatch group a unit, "keep" for each borough's own.</summary>
    [BindProperty(Name = "despatch")]
    public string Despatch { get; set; } = "keep";

    /// <summary>"formula" for the crews that the formula asks for, "keep" for those of the force.</summary>
    [BindProperty(Name = "crews")]
    public string Crews { get; set; } = "keep";

    /// <summary>Everything the studio says.</summary>
    public StudioView? Answer { get; private set; }

    /// <summary>What the script draws.</summary>
    public StudioFrame? Frame { get; private set; }

    /// <summary>The same as JSON for the script.</summary>
    public string FrameJson => JsonSerializer.Serialize(Frame, Json);

    /// <summary>The map.</summary>
    public MapView? Map { get; private set; }

    /// <summary>Plans by number of units.</summary>
    public IReadOnlyList<StudioPlanCount> Counts { get; private set; } = [];

    /// <summary>Colours by unit.</summary>
    public IReadOnlyDictionary<string, string> Colours => StudioMap.Colours(Force!, State);

    /// <summary>Whether who reads this may save designs.</summary>
    public bool MaySave => User.May(Permission.Design);

    /// <summary>What can happen to crews.</summary>
    public static IReadOnlyList<FieldOption> CrewOptions { get; } =
    [
        new("keep", "The force’s own crews", "As many on each shift as the boroughs parade today"),
        new("formula", "The crews that the formula asks for", "So that a run shows how far formula and simulation agree"),
    ];

    /// <summary>What can happen to despatch.</summary>
    public static IReadOnlyList<FieldOption> DespatchOptions { get; } =
    [
        new("keep", "Each borough keeps its own despatch"),
        new("one", "One despatch group and radio channel for each unit"),
    ];

    /// <summary>Shows the desk, or only what changes with <c>desk=1</c>.</summary>
    public async Task<IActionResult> OnGetAsync(int? units = null)
    {
        if (await LoadAsync() is { } refused)
        {
            return refused;
        }

        if (Force is null)
        {
            return Page();
        }

        // The forecast is of one despatch group a unit: the design that is to confirm it is offered so.
        Despatch = StudioCriteria.Find(State.By) is { IsForecast: true } ? "one" : Despatch;
        var part = Request.Query.ContainsKey("desk");
        if (units is { } number)
        {
            return Desk.BestWith(Force, State, number, HttpContext.RequestAborted) is { } other
                ? Redirect("/studio?" + other.ToQuery())
                : RefusedPage.Result(this, [new Problem("No plan has so many units under these rules", Field: "units", Found: $"{number}", Accepted: string.Join(", ", Desk.Counts(Force, State).Select(count => count.Units)))]);
        }

        // The address says the whole state, in one way.
        if (!part && Request.QueryString.Value != "?" + Query && !Request.Query.ContainsKey("csv"))
        {
            return Redirect("/studio?" + Query);
        }

        return Show() ?? (part ? Part() : Page());
    }

    /// <summary>Saves the plan as a design.</summary>
    [RequirePermission(Permission.Design)]
    public async Task<IActionResult> OnPostSaveAsync()
    {
        if (await LoadAsync() is { } refused)
        {
            return refused;
        }

        if (Force is null)
        {
            return Page();
        }

        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(Name))
        {
            problems.Add(new Problem("Give the design a name", Field: "name", Accepted: "a short name"));
        }

        var made = StudioDesigns.Make(Force, State, Name?.Trim() ?? "", Purpose?.Trim() ?? "", ChosenFunctions, Despatch == "one", Crews == "formula");
        problems.AddRange(made.Problems);
        if (problems.Count == 0)
        {
            var created = await register.CreateAsync(made.Value, User.Change(made.Value.Purpose.Length > 0 ? made.Value.Purpose : "Drawn in the studio"), HttpContext.RequestAborted);
            if (created.Succeeded)
            {
                return Redirect($"/designs/{created.Value}");
            }

            problems.AddRange(created.Problems);
        }

        Problems = problems;
        return Show() ?? Page();
    }

    private IActionResult? Show()
    {
        var answer = Desk.Answer(Force!, State, HttpContext.RequestAborted);
        if (!answer.Succeeded)
        {
            return RefusedPage.Result(this, answer.Problems);
        }

        Answer = answer.Value;
        Counts = Desk.Counts(Force!, State, HttpContext.RequestAborted);
        Frame = StudioMap.Frame(Force!, Answer);
        Map = StudioMap.Of(views.Of(Force!.Pack), Frame);
        _ = Offer(StudioText.Units(Answer, Force!));
        _ = Offer(StudioText.Standings(Answer));
        return null;
    }

    private PartialViewResult Part() => new() { ViewName = "_Desk", ViewData = new ViewDataDictionary<IndexModel>(ViewData, this), TempData = TempData };
}
