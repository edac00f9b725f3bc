using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Promises;

/// <summary>The check of promises.</summary>
public static class PromisesApi
{
    private static readonly string[] Parameters = ["borough", PageDates.EffectiveName, PageDates.KnownName, PageDates.RecordedName];

    /// <summary>Maps the routes.</summary>
    public static void MapPromises(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/api/v1/commitments/check", CheckAsync).WithTags("Promises").WithMetadata(new RequirePermissionAttribute(Permission.Read))
            .WithSummary("Each promise: kept, broken or not testable as at the dates, since when, and what shows it")
            .WithDescription("With borough, by name or code, those that concern it: its own, and those that hold for the whole force.");
    }

    private static async Task<Results<Ok<PromiseReport>, ProblemHttpResult>> CheckAsync(
        IRecords records, PromiseCheck promises, BoroughPromises boroughs, ICurrentForce current, PageDates dates, HttpContext context, string? borough = null)
    {
        List<Problem> problems = [.. dates.Problems, .. ApiProblems.Unknown(context.Request.Query, Parameters)];
        string? code = null;
        if (!string.IsNullOrWhiteSpace(borough))
        {
            var named = await current.FindAsync(dates.At, context.RequestAborted) is { } force ? ForceAreas.Of(force.Pack).Named(borough) : [];
            code = named.FirstOrDefault(area => area.Kind == AreaKind.Borough)?.Code;
            if (code is null)
            {
                problems.Add(new Problem("There is no such borough", "address", Field: "borough", Found: borough, Accepted: "the name or code of a borough, as Camden or E09000007"));
            }
        }

        if (problems.Count > 0)
        {
            return ApiProblems.Result(problems);
        }

        var view = records.View(context.User.Actor(), dates.At);
        var verdicts = await promises.ListAsync(view, context.RequestAborted);
        var concerning = code is null ? verdicts : (await boroughs.GroupAsync(view, verdicts, [code], context.RequestAborted)).Concerning;
        return TypedResults.Ok(await promises.ReportAsync(view, concerning, context.RequestAborted));
    }
}
