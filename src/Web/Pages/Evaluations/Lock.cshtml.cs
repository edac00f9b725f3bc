using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Evaluations;

/// <summary>Locks a plan: what is missing, and what each criterion could find with what is known today.</summary>
[RequirePermission(PlanProcess.Needs)]
public sealed class LockModel(IRecords records, PlanProcess process, PlanEvaluator evaluator) : AsAtPageModel
{
    /// <summary>Key of the plan.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>The version that was read.</summary>
    [BindProperty(Name = "version")]
    public long? Expected { get; set; }

    /// <summary>Why it is locked now.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>The plan as known today.</summary>
    public StoredRecord<EvaluationPlan> Plan { get; private set; } = null!;

    /// <summary>What each criterion could find.</summary>
    public DataTable Power { get; private set; } = null!;

    /// <summary>Why it could not be locked as it stands.</summary>
    public IReadOnlyList<Problem> WhyNot { get; private set; } = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    /// <summary>Locks it.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        var done = await process.LockAsync(User.Actor(), Key, Why?.Trim() ?? "", Expected, HttpContext.RequestAborted);
        if (done.Succeeded)
        {
            return Redirect($"/evaluations/plans/{Uri.EscapeDataString(Key)}");
        }

        // What the plan lacks is mended in its own form; only the reason is asked for here.
        Problems = [.. done.Problems.Select(problem => problem.Field == "why" ? problem : problem with { Field = null })];
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task<bool> LoadAsync()
    {
        // A plan is locked on what is known today, whatever dates the page came from.
        var view = records.View(User.Actor(), new AsAt(Dates.Today, Dates.Today));
        if (await view.FindAsync<EvaluationPlan>(Key, HttpContext.RequestAborted) is not { } plan)
        {
            return false;
        }

        Plan = plan;
        WhyNot = plan.Body.Lock is null ? await process.WhyNotAsync(view, plan.Body, HttpContext.RequestAborted) : [];
        var power = await evaluator.PowerAsync(view, plan.Body, HttpContext.RequestAborted);
        Power = Offer(new DataTable(
            "power", "What each criterion could find", [new("Criterion"), new("Months before", Numeric: true), new("Months after", Numeric: true), new("Smallest effect it would find"), new("Margin or threshold", Numeric: true)],
            [.. plan.Body.Criteria.Zip(power, (criterion, found) => (IReadOnlyList<DataCell>)
            [
                criterion.Says, DataCell.Of(found.Before), DataCell.Of(found.After),
                found.Smallest is not { } smallest ? new DataCell(found.Why ?? "not known", Tag: "grey")
                    : criterion.Test == CriterionTest.NotWorse && smallest > criterion.Value ? new DataCell($"{Format.Plain(Math.Round((double)smallest, 1))}: more than the margin, so that keeping up could hardly be shown", Tag: "yellow")
                    : DataCell.Of((double)smallest, 1),
                DataCell.Of((double)criterion.Value, 1),
            ])]) { Empty = "The plan has no criterion yet." });
        return true;
    }
}
