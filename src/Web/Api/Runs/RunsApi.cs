using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Runs;

/// <summary>A run as the API answers it.</summary>
public sealed record RunAnswer(string Key, string Status, long Done, int Total, string Doing, bool Ended, DateTimeOffset Recorded, string Account, Run Run);

/// <summary>A list of runs.</summary>
public sealed record RunsAnswer(IReadOnlyList<RunAnswer> Items);

/// <summary>Two runs side by side with the reasons in words; <c>NotLikeWithLike</c> says how many assumptions differ and the first of them, null where none does.</summary>
public sealed record ComparisonAnswer(string? NotLikeWithLike, IReadOnlyList<string> Findings, IReadOnlyList<string> ReasonsImmediate, IReadOnlyList<string> ReasonsSignificant, IReadOnlyList<string> ReasonsOverAllGrades,
    RunComparison Comparison, IReadOnlyList<string> SharedAssumptions, IReadOnlyList<string> DifferingAssumptions);

/// <summary>The use cases of the run pages.</summary>
public static class RunsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapRuns(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var read = new RequirePermissionAttribute(Permission.Read);
        var run = new RequirePermissionAttribute(Permission.Run);
        var api = app.MapGroup("/api/v1").WithTags("Runs");
        api.MapGet("/runs", ListAsync).WithMetadata(read).WithSummary("Runs as at the dates, newest first");
        api.MapPost("/runs", StartAsync).WithMetadata(run).WithSummary("Starts a run of a design, and of the force as it is beside it where asked");
        api.MapGet("/runs/{key}", FindAsync).WithMetadata(read).WithSummary("Where a run stands");
        api.MapPost("/runs/{key}/cancel", CancelAsync).WithMetadata(run).WithSummary("Asks a run to stop");
        api.MapGet("/runs/{key}/result", ResultAsync).WithMetadata(read).WithSummary("The result, byte for byte as it was stored");
        api.MapGet("/runs/{key}/scenario", ScenarioAsync).WithMetadata(read).WithSummary("The scenario file that was run");
        api.MapGet("/runs/{key}/playback", PlayAsync).WithMetadata(read).WithSummary("An hour of one replication: who is where and does what, which incidents are open, how many wait");
        api.MapGet("/runs/{key}/late", LateAsync).WithMetadata(read).WithSummary("Which incidents of one replication were late, what most of their time was, and the latest of them; of everywhere, or of one command unit or borough");
        api.MapGet("/runs/{key}/incidents/{number}", TellAsync).WithMetadata(read).WithSummary("The course of one incident of one replication, with causes in words");
        api.MapGet("/comparisons", CompareAsync).WithMetadata(read).WithSummary("Two finished runs side by side, b minus a");
    }

    private static async Task<Results<Ok<RunsAnswer>, ProblemHttpResult>> ListAsync(RunRegister runs, PageDates dates, CancellationToken cancellation, string? design = null) =>
        await ApiAnswers.ListAsync(dates, async at => new RunsAnswer([.. (await runs.ListAsync(at, design, cancellation)).Select(Answer)]));

    private static async Task<Results<Accepted<RunStarted>, ProblemHttpResult>> StartAsync(RunRequest request, RunStarter starter, HttpContext context)
    {
        var started = await starter.StartAsync(request, context.User.Change("Run through the API"), context.RequestAborted);
        return started.Succeeded ? TypedResults.Accepted($"/api/v1/runs/{started.Value.Key}", started.Value) : ApiProblems.Result(started.Problems);
    }

    private static async Task<Results<Ok<RunAnswer>, ProblemHttpResult>> FindAsync(string key, RunRegister runs, TimeProvider time, CancellationToken cancellation) =>
        await runs.FindAsync(key, time.Now(), cancellation) is { } view ? TypedResults.Ok(Answer(view)) : NotKnown(key);

    private static async Task<Results<Ok<RunAnswer>, ProblemHttpResult>> CancelAsync(string key, RunStarter starter, RunRegister runs, TimeProvider time, CancellationToken cancellation)
    {
        await starter.CancelAsync(key, cancellation);
        return await FindAsync(key, runs, time, cancellation);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ResultAsync(string key, RunRegister runs, TimeProvider time, CancellationToken cancellation) =>
        await runs.FindAsync(key, time.Now(), cancellation) is not { } view ? NotKnown(key)
        : await runs.FindResultBytesAsync(view.Run, cancellation) is { } bytes ? TypedResults.Bytes(bytes, "application/json", $"{key}.result.json")
        : TypedResults.Problem("The run is not finished.", statusCode: StatusCodes.Status409Conflict, title: "Not finished");

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ScenarioAsync(string key, RunRegister runs, TimeProvider time, CancellationToken cancellation) =>
        await runs.FindAsync(key, time.Now(), cancellation) is { } view && await runs.FindScenarioBytesAsync(view.Run, cancellation) is { } bytes
            ? TypedResults.Bytes(bytes, "application/json", $"{key}.scenario.json")
            : NotKnown(key);

    private static async Task<Results<Ok<PlayedHour>, ProblemHttpResult>> PlayAsync(
        string key, RunReplays replays, HttpContext context, string? at = null, string? replication = null, string? area = null)
    {
        string[] known = ["at", "replication", "area"];
        List<Problem> strange = [.. context.Request.Query.Where(each => !known.Contains(each.Key, StringComparer.OrdinalIgnoreCase))
            .Select(each => new Problem("There is no such parameter", Field: each.Key, Found: each.Value.ToString(), Accepted: string.Join(", ", known)))];
        if (strange.Count > 0)
        {
            return ApiProblems.Result(strange);
        }

        var played = await replays.PlayAsync(key, at, replication, area, context.RequestAborted);
        return played.Succeeded ? TypedResults.Ok(played.Value) : ApiProblems.Result(played.Problems);
    }

    private static async Task<Results<Ok<RunLate>, ProblemHttpResult>> LateAsync(
        string key, RunReplays replays, CancellationToken cancellation, string? replication = null, string? grade = null, string? area = null)
    {
        var late = await replays.LateAsync(key, replication, grade, area, cancellation);
        return late.Succeeded ? TypedResults.Ok(late.Value) : ApiProblems.Result(late.Problems);
    }

    private static async Task<Results<Ok<IncidentStory>, ProblemHttpResult>> TellAsync(
        string key, string number, RunReplays replays, CancellationToken cancellation, string? replication = null)
    {
        var told = await replays.TellAsync(key, replication, number, cancellation);
        return told.Succeeded ? TypedResults.Ok(told.Value) : ApiProblems.Result(told.Problems);
    }

    private static async Task<Results<Ok<ComparisonAnswer>, ProblemHttpResult>> CompareAsync(string a, string b, RunRegister runs, TimeProvider time, CancellationToken cancellation)
    {
        var compared = await runs.CompareAsync(a, b, time.Now(), cancellation);
        if (!compared.Succeeded)
        {
            return ApiProblems.Result(compared.Problems);
        }

        var both = compared.Value;
        return TypedResults.Ok(new ComparisonAnswer(
            both.Unlike,
            [Findings.OfComparison(both.Comparison, both.Level, both.Code, "I"), Findings.OfComparison(both.Comparison, both.Level, both.Code, "S")],
            both.Reasons("I"), both.Reasons("S"), both.ReasonsOverAllGrades, both.Comparison, both.SharedAssumptions, both.DifferingAssumptions));
    }

    private static RunAnswer Answer(RunView view) => new(
        view.Key, view.Status.ToString().ToLowerInvariant(), view.Done, view.Run.Replications, view.Doing, view.HasEnded, view.Version.Recorded, view.Version.Account, view.Run);

    private static ProblemHttpResult NotKnown(string key) =>
        ApiProblems.NotFound($"There is no run with the key {key}.");
}
