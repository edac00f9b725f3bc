using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Evaluations;

/// <summary>The way in: plans and what each comes to, analyses that were kept, claims.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(IRecords records, PlanEvaluator evaluator) : AsAtPageModel
{
    /// <summary>A finding.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>Plans.</summary>
    public DataTable Plans { get; private set; } = null!;

    /// <summary>Analyses kept.</summary>
    public DataTable Kept { get; private set; } = null!;

    /// <summary>How many claims can be tested.</summary>
    public int Claims { get; private set; }

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        var view = records.View(User.Actor(), At);
        var plans = await view.ListAsync<EvaluationPlan>(cancellation);
        var kept = await view.ListAsync<EffectAnalysis>(cancellation);
        Claims = (await view.ListAsync<Statement>(cancellation)).Count(statement => !string.IsNullOrWhiteSpace(statement.Body.Query));
        HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise([.. plans, .. kept]);
        var rows = new List<IReadOnlyList<DataCell>>();
        var headlines = new List<string>();
        foreach (var plan in plans)
        {
            var finding = await evaluator.EvaluateAsync(view, plan, cancellation);
            headlines.Add(finding.Headline);
            rows.Add(
            [
                new DataCell(plan.Body.Title, $"/evaluations/plans/{Uri.EscapeDataString(plan.Key)}"),
                plan.Body.Lock is not { } seal ? new DataCell("not locked", Tag: "yellow") : !finding.Holds ? new DataCell("changed outside an amendment", Tag: "red") : new DataCell(seal.ResultsSeen ? $"{Format.Date(seal.On, "")}, results seen" : Format.Date(seal.On, ""), Tag: seal.ResultsSeen ? "yellow" : "green"),
                DataCell.Of(finding.Results.Count),
                finding.Headline,
            ]);
        }

        Headline = headlines.Count switch
        {
            0 => "No evaluation plan is on record on these dates",
            1 => headlines[0],
            _ => $"{Format.Words(headlines.Count, capital: true)} evaluation plans, {Format.Words(plans.Count(plan => plan.Body.Lock is not null))} of them locked",
        };
        Plans = Offer(new DataTable("plans", "Evaluation plans", [new("Plan"), new("Locked"), new("Criteria", Numeric: true), new("Comes to")], rows)
        {
            Empty = "No plan is on record on these dates. Write one before the pilot begins: questions, criteria, comparator, margin; agree it, and lock it.",
        });
        Kept = Offer(new DataTable(
            "analyses", "Analyses that were kept", [new("Analysis"), new("Finding"), new("Method")],
            [.. kept.Select(one => (IReadOnlyList<DataCell>)[new DataCell(one.Body.Title, $"/analyses/{Uri.EscapeDataString(one.Key)}"), one.Body.Finding, EffectNames.Of(one.Body.Method)])])
        {
            Empty = "None is kept yet. Ask what a change did, and keep the answer.",
        });
    }
}
