using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Work;

namespace Pathfinder.Web.Api;

/// <summary>A job as the API answers it.</summary>
/// <param name="Job">Its id.</param>
/// <param name="Subject">What it is about, such as log-replay/calls.</param>
/// <param name="State">queued, running, finished, failed, cancelled or interrupted.</param>
/// <param name="Ended">Whether nothing more will happen to it.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all; 0 while not known.</param>
/// <param name="Doing">What it is doing.</param>
/// <param name="Enqueued">When it was asked for.</param>
/// <param name="Account">By whom.</param>
/// <param name="Why">Why.</param>
/// <param name="Problems">What stopped it.</param>
public sealed record JobAnswer(
    string Job, string? Subject, string State, bool Ended, long Done, long Total, string Doing, DateTimeOffset Enqueued, string Account, string Why, IReadOnlyList<Problem> Problems)
{
    /// <summary>The answer for a job.</summary>
    public static JobAnswer Of(JobStatus job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new JobAnswer(
            job.Id, job.Subject, ApiJobs.State(job), job.HasEnded, job.Progress.Done, job.Progress.Total, job.Progress.Text, job.Enqueued, job.Context.Account, job.Context.Why, job.Problems);
    }
}

/// <summary>Jobs, newest first.</summary>
public sealed record JobsAnswer(IReadOnlyList<JobAnswer> Items);

/// <summary>One way to follow the jobs of an area: list them, look at one, ask it to stop.</summary>
internal static class ApiJobs
{
    /// <summary>Maps <c>PATH</c>, <c>PATH/{job}</c> and <c>PATH/{job}/cancel</c> for jobs of these kinds; who may start them may stop them.</summary>
    public static void MapJobs(this IEndpointRouteBuilder api, string path, string what, Permission start, params string[] kinds)
    {
        var read = new RequirePermissionAttribute(Permission.Read);
        api.MapGet(path, async (IWork work, CancellationToken cancellation) => TypedResults.Ok(new JobsAnswer([.. (await ListAsync(work, kinds, cancellation)).Select(JobAnswer.Of)])))
            .WithMetadata(read).WithSummary($"Jobs of {what}, newest first");
        api.MapGet(path + "/{job}", (string job, IWork work, CancellationToken cancellation) => FindAsync(job, work, kinds, what, cancellation))
            .WithMetadata(read).WithSummary($"Where a job of {what} stands");
        api.MapPost(path + "/{job}/cancel", async (string job, IWork work, CancellationToken cancellation) =>
        {
            if (await OfKindAsync(job, work, kinds, cancellation) is not null)
            {
                await work.CancelAsync(job, cancellation);
            }

            return await FindAsync(job, work, kinds, what, cancellation);
        }).WithMetadata(new RequirePermissionAttribute(start)).WithSummary($"Asks a job of {what} to stop");
    }

    /// <summary>The newest jobs of some kinds.</summary>
    public static async Task<IReadOnlyList<JobStatus>> ListAsync(IWork work, IReadOnlyList<string> kinds, CancellationToken cancellation)
    {
        var jobs = new List<JobStatus>();
        foreach (var kind in kinds)
        {
            jobs.AddRange(await work.ListAsync(new JobQuery(Kind: kind), cancellation));
        }

        return [.. jobs.OrderByDescending(job => job.Enqueued)];
    }

    /// <summary>A job where it is of one of these kinds, or null.</summary>
    public static async Task<JobStatus?> OfKindAsync(string job, IWork work, IReadOnlyList<string> kinds, CancellationToken cancellation) =>
        await work.FindAsync(job, cancellation) is { } status && kinds.Contains(status.Kind, StringComparer.Ordinal) ? status : null;

    /// <summary>The state in the words of the API.</summary>
    public static string State(JobStatus job) => job.State.ToString().ToLowerInvariant();

    private static async Task<Results<Ok<JobAnswer>, ProblemHttpResult>> FindAsync(string job, IWork work, IReadOnlyList<string> kinds, string what, CancellationToken cancellation) =>
        await OfKindAsync(job, work, kinds, cancellation) is { } status ? TypedResults.Ok(JobAnswer.Of(status)) : ApiProblems.NotFound($"There is no job {job} of {what}.");
}
