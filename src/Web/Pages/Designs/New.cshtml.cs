using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Designs;

/// <summary>A new design: the force on a date, with some boroughs put together.</summary>
[RequirePermission(Permission.Design)]
public sealed class NewModel(DesignRegister register, IForcePacks packs) : AsAtPageModel
{
    /// <summary>The name.</summary>
    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    /// <summary>The question it is drawn to answer.</summary>
    [BindProperty(Name = "purpose")]
    public string? Purpose { get; set; }

    /// <summary>The date whose organisation it starts from.</summary>
    [BindProperty(Name = "dated")]
    public DateOnly? Dated { get; set; }

    /// <summary>Boroughs to put together.</summary>
    [BindProperty(Name = "boroughs")]
    public List<string> Chosen { get; set; } = [];

    /// <summary>Functions in which they are put together.</summary>
    [BindProperty(Name = "functions")]
    public List<string> ChosenFunctions { get; set; } = [Functions.Response];

    /// <summary>What the unit is called.</summary>
    [BindProperty(Name = "unit")]
    public string? Unit { get; set; }

    /// <summary>"one" for one despatch group with one channel, "keep" for each borough's own.</summary>
    [BindProperty(Name = "despatch")]
    public string Despatch { get; set; } = "one";

    /// <summary>The pack, or null while none is imported.</summary>
    public ForcePack? Pack { get; private set; }

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Boroughs to choose from.</summary>
    public IReadOnlyList<FieldOption> BoroughOptions => [.. Pack!.Boroughs.Where(borough => borough.InForce)
        .OrderBy(borough => borough.Name, StringComparer.Ordinal).Select(borough => new FieldOption(borough.Code, borough.Name))];

    /// <summary>Functions to choose from.</summary>
    public static IReadOnlyList<FieldOption> FunctionOptions { get; } = [.. Functions.All.Select(function => new FieldOption(
        function.Code, function.Name, function.Code == Functions.Response ? "The only function whose work a run simulates" : null))];

    /// <summary>What can happen to despatch.</summary>
    public static IReadOnlyList<FieldOption> DespatchOptions { get; } =
    [
        new("one", "One despatch group on one radio channel", "The boroughs’ controllers work together; every message goes over the same channel"),
        new("keep", "Each borough keeps its own despatch", "Controllers and channels stay as they are on that date"),
    ];

    /// <summary>The last day on which every borough was commanded on its own; null when the pack knows of no merged unit.</summary>
    public DateOnly? LastDayApart => Pack is null ? null : DesignStart.LastDayApart(Pack);

    /// <summary>Shows the form; the address may choose boroughs, as links from the force map do.</summary>
    public async Task OnGetAsync(string? boroughs = null)
    {
        Pack = await packs.FindCurrentAsync(HttpContext.RequestAborted);
        Chosen = [.. (boroughs ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        Dated ??= Pack is null ? At.Effective : SuggestDate(Pack, At.Effective);
    }

    /// <summary>Records the design.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        Pack = await packs.FindCurrentAsync(HttpContext.RequestAborted);
        if (Pack is null)
        {
            return Page();
        }

        var problems = new List<Problem>();
        if (Dated is null)
        {
            problems.Add(new Problem("Give the date whose organisation the design starts from", Field: "dated", Accepted: "a date"));
        }

        var strangers = Chosen.Where(code => Pack.Boroughs.All(borough => borough.Code != code || !borough.InForce)).ToList();
        problems.AddRange(strangers.Select(code => new Problem("There is no such borough in the force", Field: "boroughs", Found: code, Accepted: "boroughs of the list")));
        if (Chosen.Count == 1 && strangers.Count == 0)
        {
            problems.Add(new Problem("Choose two boroughs or more to put together, or none to start from the force as it is", Field: "boroughs", Found: "one borough"));
        }

        if (Chosen.Count > 1 && ChosenFunctions.Count == 0)
        {
            problems.Add(new Problem("Choose for which functions the boroughs are put together", Field: "functions", Accepted: "at least one"));
        }

        var start = Dated is { } dated ? DesignStart.FromForce(Pack, dated, Name?.Trim() ?? "", Purpose?.Trim() ?? "") : null;
        if (start is { Succeeded: false })
        {
            problems.AddRange(start.Problems);
        }

        if (problems.Count > 0 || start is null)
        {
            Problems = problems;
            return Page();
        }

        var design = start.Value;
        if (Chosen.Count > 1)
        {
            var (code, name) = DesignEdits.UnitName(Pack, Chosen);
            name = string.IsNullOrWhiteSpace(Unit) ? name : Unit.Trim();
            design = DesignEdits.Merge(design, ChosenFunctions, Chosen, code, name);
            if (Despatch == "one")
            {
                design = DesignEdits.DespatchTogether(design, Chosen, code, name);
            }

            if (design.Name.Length == 0)
            {
                design = design with { Name = $"{name} as one unit" };
            }
        }

        var created = await register.CreateAsync(
            design, User.Change(design.Purpose.Length > 0 ? design.Purpose : "New design"), HttpContext.RequestAborted);
        if (created.Succeeded)
        {
            return Redirect($"/designs/{created.Value}");
        }

        Problems = created.Problems;
        return Page();
    }

    // Where nobody is commanded alone any more, a merger changes nothing: then the force before the first merger is the one to start from.
    private static DateOnly SuggestDate(ForcePack pack, DateOnly shown) =>
        DesignStart.LastDayApart(pack) is { } apart && DesignStart.FromForce(pack, shown, "start") is { Succeeded: true } start
            && start.Value.Functions.First(grouping => grouping.Function == "headquarters").Units.All(unit => unit.Boroughs.Count > 1)
            ? apart
            : shown;
}
