using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Promises;

/// <summary>The check of promises.</summary>
public static class PromisesApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapPromises(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/api/v1/commitments/check", CheckAsync).WithTags("Promises").WithMetadata(new RequirePermissionAttribute(Permission.Read))
            .WithSummary("Each promise: kept, broken or not testable as at the dates, since when, and what shows it");
    }

    private static async Task<Results<Ok<PromiseReport>, ProblemHttpResult>> CheckAsync(
        IRecords records, PromiseCheck promises, PageDates dates, HttpContext context) => dates.Problems.Count > 0
        ? ApiProblems.Result(dates.Problems)
        : TypedResults.Ok(await promises.ReportAsync(records.View(context.User.Actor(), dates.At), context.RequestAborted));
}
