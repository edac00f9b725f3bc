using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Pages.Evaluations;

/// <summary>Amends one criterion of a locked plan, or takes it out, with a reason that stays beside the plan.</summary>
[RequirePermission(PlanProcess.Needs)]
public sealed class AmendModel(IRecords records, PlanProcess process) : AsAtPageModel
{
    /// <summary>Key of the plan.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>Id of the criterion; the first where none is named.</summary>
    [BindProperty(SupportsGet = true, Name = "criterion")]
    public string? Id { get; set; }

    /// <summary>The version that was read.</summary>
    [BindProperty(Name = "version")]
    public long? Expected { get; set; }

    /// <summary>Why.</summary>
    [BindProperty(Name = "reason")]
    public string? Reason { get; set; }

    /// <summary>"change" or "remove".</summary>
    [BindProperty(Name = "what")]
    public string? What { get; set; }

    /// <summary>The plan as known today.</summary>
    public StoredRecord<EvaluationPlan> Plan { get; private set; } = null!;

    /// <summary>The criterion.</summary>
    public Criterion Criterion { get; private set; } = new();

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>What was typed, else what the criterion says.</summary>
    public string Typed(string name, string? now) => Request.HasFormContentType ? Request.Form[name].ToString() : now ?? "";

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    /// <summary>Amends it.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        var problems = new List<Problem>();
        var changed = What == "remove" ? null : Read(problems);
        if (problems.Count == 0)
        {
            var criteria = Plan.Body.Criteria.Select(one => one.Id == Criterion.Id ? changed : one).OfType<Criterion>().ToList();
            var done = await process.AmendAsync(User.Actor(), Key, Plan.Body with { Criteria = criteria }, Reason ?? "", Expected, HttpContext.RequestAborted);
            if (done.Succeeded)
            {
                return Redirect($"/evaluations/plans/{Uri.EscapeDataString(Key)}");
            }

            problems.AddRange(done.Problems.Select(problem => problem.Field is { } field && field.StartsWith("criteria[", StringComparison.Ordinal) ? problem with { Field = field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..] } : problem));
        }

        Problems = problems;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private Criterion Read(List<Problem> problems)
    {
        decimal? Number(string name)
        {
            var text = Typed(name, null).Trim();
            if (text.Length == 0 || decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _))
            {
                return text.Length == 0 ? null : decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
            }

            problems.Add(new Problem("This is not a number", Field: name, Found: text, Accepted: "a number such as 5 or 2.5"));
            return null;
        }

        PartialDate? Days(string name)
        {
            var text = Typed(name, null).Trim();
            if (text.Length == 0 || PartialDate.TryParse(text, out _))
            {
                return text.Length == 0 ? null : PartialDate.TryParse(text, out var days) ? days : null;
            }

            problems.Add(new Problem("These are not dates", Field: name, Found: text, Accepted: PartialDate.Accepted));
            return null;
        }

        if (Number("value") is null && problems.Count == 0)
        {
            problems.Add(new Problem("Give the threshold or margin", Field: "value", Accepted: "a number"));
        }

        return Criterion with
        {
            Says = Typed("says", null).Trim(),
            Value = Number("value") ?? 0,
            RevertFrom = Number("revertFrom"),
            Before = Days("before"),
            Transition = Days("transition"),
            Window = Days("window"),
            Comparators = [.. Typed("comparators", null).Split(['\n', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            Mandatory = Typed("mandatory", null) == "yes",
        };
    }

    private async Task<bool> LoadAsync()
    {
        var view = records.View(User.Actor(), new AsAt(Dates.Today, Dates.Today));
        if (await view.FindAsync<EvaluationPlan>(Key, HttpContext.RequestAborted) is not { Body: { Lock: not null, Criteria.Count: > 0 } } plan)
        {
            return false;
        }

        Plan = plan;
        if ((string.IsNullOrEmpty(Id) ? plan.Body.Criteria[0] : plan.Body.Criteria.FirstOrDefault(one => one.Id == Id)) is not { } criterion)
        {
            return false;
        }

        (Criterion, Id) = (criterion, criterion.Id);
        return true;
    }
}
