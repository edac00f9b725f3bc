using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.People;
using Pathfinder.Platform.SelfTest;
using Pathfinder.Platform.Work;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.SelfTests;

/// <summary>Which self-test to start.</summary>
/// <param name="Quick">To within 3% instead of 1%.</param>
public sealed record SelfTestRequest(bool Quick = false);

/// <summary>A self-test in a list.</summary>
public sealed record SelfTestAnswer(string Key, DateTimeOffset Recorded, string Account, StoredSelfTest Test);

/// <summary>Self-tests, of the present engine first.</summary>
public sealed record SelfTestsAnswer(IReadOnlyList<SelfTestAnswer> Items);

/// <summary>How far the newest self-test asked for is.</summary>
public sealed record SelfTestProgressAnswer(string State, bool Ended, long Done, long Total, string Doing);

/// <summary>The use cases of the self-test page.</summary>
public static class SelfTestsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapSelfTests(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var read = new RequirePermissionAttribute(Permission.Read);
        var run = new RequirePermissionAttribute(Permission.Run);
        var api = app.MapGroup("/api/v1/self-tests").WithTags("Self-tests");
        api.MapGet("", ListAsync).WithMetadata(read).WithSummary("Self-tests as at the dates, of the present engine first");
        api.MapPost("", StartAsync).WithMetadata(run).WithSummary("Queues a self-test, unless one is under way");
        api.MapGet("/progress", ProgressAsync).WithMetadata(read).WithSummary("How far the newest self-test asked for is");
        api.MapPost("/cancel", CancelAsync).WithMetadata(run).WithSummary("Asks the self-test under way to stop");
        api.MapGet("/{key}", FindAsync).WithMetadata(read).WithSummary("One self-test, byte for byte as pathfinder self-test --json prints it");
    }

    private static async Task<Results<Ok<SelfTestsAnswer>, ProblemHttpResult>> ListAsync(SelfTestRegister register, PageDates dates, CancellationToken cancellation) =>
        await ApiAnswers.ListAsync(dates, async at => new SelfTestsAnswer([.. (await register.ListAsync(at, cancellation)).Select(test => new SelfTestAnswer(test.Key, test.Recorded, test.Account, test.Body!))]));

    private static async Task<Accepted<SelfTestProgressAnswer>> StartAsync(SelfTestRequest request, SelfTestRegister register, HttpContext context)
    {
        await register.StartAsync(request.Quick, context.User.Change("Self-test through the API"), context.RequestAborted);
        return TypedResults.Accepted("/api/v1/self-tests/progress", Answer((await register.FindLastAsync(context.RequestAborted))!));
    }

    private static async Task<Results<Ok<SelfTestProgressAnswer>, ProblemHttpResult>> ProgressAsync(SelfTestRegister register, CancellationToken cancellation) =>
        await register.FindLastAsync(cancellation) is { } job ? TypedResults.Ok(Answer(job)) : NotAsked();

    private static async Task<Results<Ok<SelfTestProgressAnswer>, ProblemHttpResult>> CancelAsync(SelfTestRegister register, CancellationToken cancellation)
    {
        await register.CancelAsync(cancellation);
        return await ProgressAsync(register, cancellation);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FindAsync(string key, SelfTestRegister register, PageDates dates, CancellationToken cancellation) =>
        await ApiAnswers.BytesAsync(dates, at => register.FindBytesAsync(key, at, cancellation), $"There is no self-test {key}.");

    private static SelfTestProgressAnswer Answer(JobStatus job) =>
        new(ApiJobs.State(job), job.HasEnded, job.Progress.Done, job.Progress.Total, job.Progress.Text);

    private static ProblemHttpResult NotAsked() =>
        ApiProblems.NotFound("No self-test has been asked for; start one with a POST to /api/v1/self-tests.");
}
