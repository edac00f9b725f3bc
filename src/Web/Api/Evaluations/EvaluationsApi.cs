using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Evaluations;

/// <summary>Why something is done, and the version it is done to.</summary>
/// <param name="Why">A sentence.</param>
/// <param name="Version">The version that was read; refused when somebody saved since.</param>
public sealed record StepRequest(string Why, long? Version = null);

/// <summary>A locked plan as it is to be, and why.</summary>
/// <param name="Plan">The body of its record; its lock and amendments are kept whatever this says of them.</param>
/// <param name="Why">A sentence; kept beside the plan.</param>
/// <param name="Version">The version that was read; refused when somebody saved since.</param>
public sealed record AmendRequest(JsonElement Plan, string Why, long? Version = null);

/// <summary>A decision that was drafted.</summary>
/// <param name="Key">Its key under /api/v1/decisions.</param>
public sealed record DraftedDecision(string Key);

/// <summary>A claim with its verdicts.</summary>
public sealed record ClaimLine(string Key, long Version, string Says, string? Query, ClaimTest? Then, ClaimTest Now, bool Turned, IReadOnlyList<Locator> Sources);

/// <summary>Claims as at dates.</summary>
public sealed record ClaimReport(DateOnly Effective, DateOnly Known, string Headline, IReadOnlyList<ClaimLine> Claims);

/// <summary>Evaluations, gates and claims: the same answers as the pages and the command line.</summary>
public static class EvaluationsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapEvaluations(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var read = new RequirePermissionAttribute(Permission.Read);
        var keep = new RequirePermissionAttribute(PlanProcess.Needs);
        app.MapGet("/api/v1/evaluations/plans/{key}", PlanAsync).WithTags("Evaluations").WithMetadata(read).WithSummary("A plan, what each criterion comes to per command unit and per borough, the gate and the decisions beside it");
        app.MapPost("/api/v1/evaluations/plans/{key}/lock", LockAsync).WithTags("Evaluations").WithMetadata(keep).WithSummary("Lock a plan: hashed, dated, changed from then on by amendments alone");
        app.MapPost("/api/v1/evaluations/plans/{key}/amend", AmendAsync).WithTags("Evaluations").WithMetadata(keep).WithSummary("Amend a locked plan, with a reason");
        app.MapPost("/api/v1/evaluations/plans/{key}/decision", DecideAsync).WithTags("Evaluations").WithMetadata(keep).WithSummary("Draft the decision beside the gate of a locked plan, on exact versions of the evidence");
        app.MapGet("/api/v1/evaluations/claims", ClaimsAsync).WithTags("Evaluations").WithMetadata(read).WithSummary("What documents assert: supported, contradicted or not testable, as known then and now");
    }

    private static async Task<Results<Ok<PlanDocument>, NotFound, ProblemHttpResult>> PlanAsync(string key, IRecords records, PlanEvaluator evaluator, PageDates dates, HttpContext context)
    {
        if (dates.Problems.Count > 0)
        {
            return ApiProblems.Result(dates.Problems);
        }

        var view = records.View(context.User.Actor(), dates.At);
        return await view.FindAsync<EvaluationPlan>(key, context.RequestAborted) is { } plan
            ? TypedResults.Ok(await PlanDocuments.OfAsync(view, await evaluator.EvaluateAsync(view, plan, context.RequestAborted), context.RequestAborted))
            : TypedResults.NotFound();
    }

    private static async Task<Results<Ok<PlanDocument>, ProblemHttpResult>> LockAsync(
        string key, StepRequest request, IRecords records, PlanEvaluator evaluator, PlanProcess process, TimeProvider time, HttpContext context) =>
        await AnswerAsync(await process.LockAsync(context.User.Actor(), key, request.Why ?? "", request.Version, context.RequestAborted), records, evaluator, time, context);

    private static async Task<Results<Ok<PlanDocument>, ProblemHttpResult>> AmendAsync(
        string key, AmendRequest request, IRecords records, PlanEvaluator evaluator, PlanProcess process, TimeProvider time, HttpContext context)
    {
        var plan = request.Plan.ValueKind == JsonValueKind.Object
            ? RecordJson.Read(records.Catalogue.Get<EvaluationPlan>(), request.Plan)
            : new Problem("Send the plan as it is to be", Field: "plan", Accepted: "the body of an evaluation plan's record");
        return plan.Succeeded
            ? await AnswerAsync(await process.AmendAsync(context.User.Actor(), key, (EvaluationPlan)plan.Value, request.Why ?? "", request.Version, context.RequestAborted), records, evaluator, time, context)
            : ApiProblems.Result(plan.Problems);
    }

    private static async Task<Results<Ok<DraftedDecision>, ProblemHttpResult>> DecideAsync(string key, PlanProcess process, HttpContext context)
    {
        var drafted = await process.DraftDecisionAsync(context.User.Actor(), key, context.RequestAborted);
        return drafted.Succeeded ? TypedResults.Ok(new DraftedDecision(drafted.Value)) : ApiProblems.Result(drafted.Problems);
    }

    private static async Task<Results<Ok<PlanDocument>, ProblemHttpResult>> AnswerAsync(Outcome<string> done, IRecords records, PlanEvaluator evaluator, TimeProvider time, HttpContext context)
    {
        if (!done.Succeeded)
        {
            return ApiProblems.Result(done.Problems);
        }

        var view = records.View(context.User.Actor(), time.Now());
        var plan = (await view.FindAsync<EvaluationPlan>(done.Value, context.RequestAborted))!;
        return TypedResults.Ok(await PlanDocuments.OfAsync(view, await evaluator.EvaluateAsync(view, plan, context.RequestAborted), context.RequestAborted));
    }

    private static async Task<Results<Ok<ClaimReport>, ProblemHttpResult>> ClaimsAsync(
        IRecords records, ClaimCheck check, PageDates dates, HttpContext context, string? document = null, bool performance = false)
    {
        if (dates.Problems.Count > 0)
        {
            return ApiProblems.Result(dates.Problems);
        }

        var claims = await check.ListAsync(records.View(context.User.Actor(), dates.At), document, performance, context.RequestAborted);
        return TypedResults.Ok(new ClaimReport(dates.At.Effective, dates.At.Known, ClaimCheck.Headline(claims),
            [.. claims.Select(claim => new ClaimLine(claim.Statement.Key, claim.Statement.VersionId, claim.Statement.Body.Says, claim.Statement.Body.Query, claim.Then, claim.Now, claim.Turned, claim.Statement.Body.Sources))]));
    }
}
