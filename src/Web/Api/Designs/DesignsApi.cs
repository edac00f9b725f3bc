using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Designs;

/// <summary>A design as the API answers it.</summary>
public sealed record DesignAnswer(
    string Key, long Version, DateTimeOffset Recorded, string Account, string Why, string Headline, IReadOnlyList<string> Warnings, Design Design);

/// <summary>A list of designs.</summary>
public sealed record DesignsAnswer(IReadOnlyList<DesignAnswer> Items);

/// <summary>A design to record.</summary>
/// <param name="Why">The reason, for the history.</param>
/// <param name="Version">When changing one: the version that was read.</param>
public sealed record DesignChangeRequest(Design Design, string? Why, long? Version = null);

/// <summary>One save of a design.</summary>
public sealed record DesignVersionAnswer(
    int Number, long Version, DateTimeOffset Recorded, string Account, string Organisation, string Why, IReadOnlyList<DesignChange> Changes);

/// <summary>The use cases of the design pages.</summary>
public static class DesignsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapDesigns(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var read = new RequirePermissionAttribute(Permission.Read);
        var change = new RequirePermissionAttribute(Permission.Design);
        var api = app.MapGroup("/api/v1/designs").WithTags("Designs");
        api.MapGet("/", ListAsync).WithMetadata(read).WithSummary("Designs as at the dates, newest save first");
        api.MapPost("/", CreateAsync).WithMetadata(change).WithSummary("Records a new design");
        api.MapGet("/{key}", FindAsync).WithMetadata(read).WithSummary("One design");
        api.MapPut("/{key}", SaveAsync).WithMetadata(change).WithSummary("Records another version of a design, for a reason");
        api.MapGet("/{key}/timeline", TimelineAsync).WithMetadata(read).WithSummary("Every save: who, why, from, to");
        api.MapGet("/{key}/scenario", ScenarioAsync).WithMetadata(read).WithSummary("The design as a scenario file");
    }

    private static async Task<Results<Ok<DesignsAnswer>, ProblemHttpResult>> ListAsync(DesignRegister register, PageDates dates, CancellationToken cancellation) =>
        await ApiAnswers.ListAsync(dates, async at =>
        {
            var items = new List<DesignAnswer>();
            foreach (var version in await register.ListAsync(at, cancellation))
            {
                items.Add(await AnswerAsync(register, version, cancellation));
            }

            return new DesignsAnswer(items);
        });

    private static async Task<Results<Created<DesignAnswer>, ProblemHttpResult>> CreateAsync(
        DesignChangeRequest request, DesignRegister register, HttpContext context, TimeProvider time)
    {
        var created = await register.CreateAsync(request.Design, context.User.Change(request.Why?.Trim() is { Length: > 0 } why ? why : "New design"), context.RequestAborted);
        return created.Succeeded
            ? TypedResults.Created($"/api/v1/designs/{created.Value}", await AnswerAsync(register, (await register.FindAsync(created.Value, time.Now(), context.RequestAborted))!, context.RequestAborted))
            : ApiProblems.Result(created.Problems);
    }

    private static async Task<Results<Ok<DesignAnswer>, ProblemHttpResult>> FindAsync(string key, DesignRegister register, PageDates dates, CancellationToken cancellation) =>
        await ApiAnswers.FindAsync(dates, async at => await register.FindAsync(key, at, cancellation) is { } version ? await AnswerAsync(register, version, cancellation) : null, Missing(key));

    private static async Task<Results<Ok<DesignAnswer>, ProblemHttpResult>> SaveAsync(
        string key, DesignChangeRequest request, DesignRegister register, HttpContext context, TimeProvider time)
    {
        if (DesignRegister.IsForceAsItIs(key))
        {
            return ApiProblems.Result([new Problem("The force as it is cannot be changed; record a new design", Field: "key", Found: key)]);
        }

        if (await register.FindAsync(key, time.Now(), context.RequestAborted) is null)
        {
            return NotKnown(key);
        }

        var saved = await register.SaveAsync(key, request.Design, request.Version, context.User.Change(request.Why?.Trim() ?? ""), context.RequestAborted);
        return saved.Succeeded
            ? TypedResults.Ok(await AnswerAsync(register, (await register.FindAsync(key, time.Now(), context.RequestAborted))!, context.RequestAborted))
            : ApiProblems.Result(saved.Problems, saved.Problems.Any(problem => problem.Field == "version") ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<IReadOnlyList<DesignVersionAnswer>>, ProblemHttpResult>> TimelineAsync(string key, DesignRegister register, CancellationToken cancellation)
    {
        var timeline = await register.TimelineAsync(key, cancellation);
        return timeline.Count == 0
            ? NotKnown(key)
            : TypedResults.Ok<IReadOnlyList<DesignVersionAnswer>>([.. timeline.Select(save => new DesignVersionAnswer(
                save.Number, save.Version.VersionId, save.Version.Recorded, save.Version.Account, save.Version.Organisation, save.Version.Why, save.Changes))]);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ScenarioAsync(
        string key, DesignRegister register, PageDates dates, CancellationToken cancellation, int days = 28, double demandMultiplier = 1)
    {
        if (await register.FindAsync(key, dates.At, cancellation) is not { Body: { } design } || await register.PackOfAsync(design, cancellation) is not { } pack)
        {
            return NotKnown(key);
        }

        var scenario = ScenarioWriter.Write(design, pack, new ScenarioOptions { Days = days, DemandMultiplier = demandMultiplier });
        return scenario.Succeeded
            ? TypedResults.Bytes(ScenarioJson.Write(scenario.Value), "application/json", $"{key}.scenario.json")
            : ApiProblems.Result(scenario.Problems);
    }

    private static async Task<DesignAnswer> AnswerAsync(DesignRegister register, FactVersion<Design> version, CancellationToken cancellation)
    {
        var design = version.Body!;
        var pack = await register.PackOfAsync(design, cancellation);
        return new DesignAnswer(
            version.Key, version.VersionId, version.Recorded, version.Account, version.Why, pack is null ? "" : DesignHeadline.Of(design, pack),
            pack is null ? [] : DesignRules.Check(design, pack).Warnings, design);
    }

    private static ProblemHttpResult NotKnown(string key) => ApiProblems.NotFound(Missing(key));

    private static string Missing(string key) => $"There is no design with the key {key}.";
}
