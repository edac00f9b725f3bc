using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Work;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Evidence;

/// <summary>A log as the API answers it.</summary>
public sealed record IncidentLogAnswer(string Key, DateTimeOffset Recorded, string Account, string Why, IncidentLog Log);

/// <summary>A list of logs.</summary>
public sealed record IncidentLogsAnswer(IReadOnlyList<IncidentLogAnswer> Items);

/// <summary>A log replayed, with how near the simulation came.</summary>
public sealed record LogReplayAnswer(string Key, DateTimeOffset Recorded, string Account, StoredReplay Replay);

/// <summary>A list of replays.</summary>
public sealed record LogReplaysAnswer(IReadOnlyList<LogReplayAnswer> Items);

/// <summary>What is asked for when the replay of a log is started.</summary>
/// <param name="Log">Key of a log in the store.</param>
/// <param name="TestFrom">Journeys before this day are fitted to; incidents from this day on are replayed and compared.</param>
/// <param name="Stations">Where units come from: CSV with station, units, and easting and northing or zone; null for those of the last replay.</param>
/// <param name="EngagedMinutes">How long a unit is engaged where the log does not say, on average.</param>
/// <param name="Replications">Replications.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Why">Why, for the log of changes.</param>
public sealed record ReplayLogRequest(
    string Log, DateOnly TestFrom, string? Stations = null, double EngagedMinutes = 40, int Replications = 10, ulong Seed = 1, string? Why = null);

/// <summary>An import under way or ended.</summary>
public sealed record ImportAnswer(string Job, string Status, long Rows, string Doing, bool Ended, IReadOnlyList<Problem> Problems);

/// <summary>The use cases of the evidence pages.</summary>
public static class EvidenceApi
{
    private static readonly string[] ImportKinds = ["incident-import"];

    /// <summary>Maps the routes.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var read = new RequirePermissionAttribute(Permission.Read);
        var import = new RequirePermissionAttribute(Permission.Import);
        var api = app.MapGroup("/api/v1").WithTags("Evidence");
        api.MapGet("/incident-logs", ListAsync).WithMetadata(read).WithSummary("Despatch logs as at the dates");
        api.MapGet("/incident-logs/{key}", FindAsync).WithMetadata(read).WithSummary("One despatch log: source, hashes and counts");
        api.MapGet("/log-replays", ReplaysAsync).WithMetadata(read).WithSummary("Logs replayed as at the dates, with how near the simulation came");
        api.MapPost("/log-replays", StartReplayAsync).WithMetadata(new RequirePermissionAttribute(Permission.Run)).WithSummary("Queues the replay of a log in the store");
        api.MapJobs("/log-replays/jobs", "log replays", Permission.Run, LogReplays.JobKind);
        api.MapGet("/log-replays/{key}", ReplayAsync).WithMetadata(read).WithSummary("One replay, byte for byte as it was stored");
        api.MapPost("/incident-logs", ImportAsync).WithMetadata(import).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(IncidentUploads.MaximumBytes + IncidentUploads.MaximumMappingBytes))
            .WithSummary("Queues the import of a log: multipart form with file, mapping, keepGood, replace, why");
        api.MapGet("/incident-imports/{job}", JobAsync).WithMetadata(import).WithSummary("Where an import stands");
    }

    private static async Task<Results<Ok<IncidentLogsAnswer>, ProblemHttpResult>> ListAsync(IncidentLogs logs, PageDates dates, CancellationToken cancellation) =>
        await ApiAnswers.ListAsync(dates, async at => new IncidentLogsAnswer([.. (await logs.ListAsync(at, cancellation)).Select(Answer)]));

    private static async Task<Results<Ok<IncidentLogAnswer>, ProblemHttpResult>> FindAsync(string key, IncidentLogs logs, PageDates dates, CancellationToken cancellation) =>
        await ApiAnswers.FindAsync(dates, async at => await logs.FindAsync(key, at, cancellation) is { Body: not null } log ? Answer(log) : null, $"There is no log with the key {key}.");

    private static async Task<Results<Ok<LogReplaysAnswer>, ProblemHttpResult>> ReplaysAsync(LogReplays replays, PageDates dates, CancellationToken cancellation) =>
        await ApiAnswers.ListAsync(dates, async at => new LogReplaysAnswer([.. (await replays.ListAsync(at, cancellation)).Select(replay => new LogReplayAnswer(replay.Key, replay.Recorded, replay.Account, replay.Body!))]));

    private static async Task<Results<Accepted<JobAnswer>, ProblemHttpResult>> StartReplayAsync(ReplayLogRequest request, LogReplays replays, IWork work, HttpContext context)
    {
        var started = await replays.StartAsync(
            new ReplayRequest(request.Log, request.TestFrom, request.Stations, request.EngagedMinutes, request.Replications, request.Seed),
            context.User.Change(string.IsNullOrWhiteSpace(request.Why) ? "Replay of a log through the API" : request.Why), context.RequestAborted);
        return started.Succeeded
            ? TypedResults.Accepted($"/api/v1/log-replays/jobs/{started.Value}", JobAnswer.Of((await work.FindAsync(started.Value, context.RequestAborted))!))
            : ApiProblems.Result(started.Problems);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReplayAsync(string key, LogReplays replays, PageDates dates, CancellationToken cancellation) =>
        await ApiAnswers.BytesAsync(dates, at => replays.FindBytesAsync(key, at, cancellation), $"There is no replay of {key}.");

    // A cookie alone must not be able to upload from another site: the API asks for what a form of another site cannot send.
    private static async Task<Results<Accepted<ImportAnswer>, ProblemHttpResult>> ImportAsync(
        HttpRequest request, IncidentUploads uploads, IWork work, CancellationToken cancellation)
    {
        if (!request.HasFormContentType || !string.Equals(request.Headers["X-Requested-With"], "pathfinder", StringComparison.Ordinal))
        {
            return ApiProblems.Result([new Problem("The request is no upload", Field: "X-Requested-With", Accepted: "multipart/form-data with the header X-Requested-With: pathfinder")]);
        }

        var form = await request.ReadFormAsync(new Microsoft.AspNetCore.Http.Features.FormOptions { MultipartBodyLengthLimit = IncidentUploads.MaximumBytes }, cancellation);
        var problems = new List<Problem>();
        var (file, mapping) = (form.Files["file"], form.Files["mapping"]);
        if (file is null || file.Length == 0)
        {
            problems.Add(new Problem("Send the log", Field: "file", Accepted: "CSV, or CSV gzipped"));
        }

        if (mapping is null || mapping.Length is 0 or > IncidentUploads.MaximumMappingBytes)
        {
            problems.Add(new Problem("Send the mapping", Field: "mapping", Accepted: "YAML of at most 256 kB"));
        }

        if (problems.Count > 0)
        {
            return ApiProblems.Result(problems);
        }

        using var bytes = new MemoryStream();
        await mapping!.CopyToAsync(bytes, cancellation);
        await using var content = file!.OpenReadStream();
        var why = form["why"].ToString() is { Length: > 0 } stated ? stated : "Import of a log through the API";
        var job = await uploads.QueueAsync(content, file.FileName, new MappingFile(Path.GetFileName(mapping.FileName), bytes.ToArray()), new ImportOptions(form["keepGood"] == "true", Replace: form["replace"] == "true"), request.HttpContext.User.Change(why), cancellation);
        return TypedResults.Accepted($"/api/v1/incident-imports/{job}", Answer((await work.FindAsync(job, cancellation))!));
    }

    private static async Task<Results<Ok<ImportAnswer>, ProblemHttpResult>> JobAsync(string job, IWork work, CancellationToken cancellation) =>
        await ApiJobs.OfKindAsync(job, work, ImportKinds, cancellation) is { } status
            ? TypedResults.Ok(Answer(status))
            : ApiProblems.NotFound($"There is no import {job}.");

    private static ImportAnswer Answer(JobStatus job) => new(
        job.Id, ApiJobs.State(job), job.Progress.Done, job.Progress.Text, job.HasEnded, job.Problems);

    private static IncidentLogAnswer Answer(FactVersion<IncidentLog> version) => new(version.Key, version.Recorded, version.Account, version.Why, version.Body!);
}
