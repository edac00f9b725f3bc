using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Work;

/// <summary>
/// The queue that long jobs go through. A job's state is in the store; whoever works the queue may be this process or
/// another. A job may be started more than once, but its result is written once.
/// </summary>
public interface IWork
{
    /// <summary>Queues a job and returns its id.</summary>
    Task<string> EnqueueAsync(JobRequest request, CancellationToken cancellation = default);

    /// <summary>Queues a job in a commit, so that a governed fact and the job that serves it appear together; returns its id.</summary>
    string Enqueue(IChangeSet changes, ChangeContext context, JobRequest request);

    /// <summary>Where a job stands, or null for an unknown id. Progress of a job in this process is from this moment, of others at most some seconds old.</summary>
    Task<JobStatus?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>Jobs, newest first.</summary>
    Task<IReadOnlyList<JobStatus>> ListAsync(JobQuery query, CancellationToken cancellation = default);

    /// <summary>Asks a job to stop: at once while it is queued, soon while it runs. False when it had ended or is unknown.</summary>
    Task<bool> CancelAsync(string id, CancellationToken cancellation = default);
}

/// <summary>Does the jobs of one kind. Registered as a service; must give the same result when a job is started again.</summary>
public interface IJobHandler
{
    /// <summary>The kind it does: lower-case with hyphens, never renamed.</summary>
    string Kind { get; }

    /// <summary>
    /// Does the job and returns what to commit, or the problems that stop it. Writes nothing itself: the result is
    /// committed together with the job's end, or not at all.
    /// </summary>
    Task<Outcome<Action<IChangeSet>>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellation);
}

/// <summary>A job to queue.</summary>
/// <param name="Kind">Which handler does it.</param>
/// <param name="Payload">What the handler needs, as JSON; see <see cref="JobRequest.Of"/>.</param>
/// <param name="Context">Who asked, for whom and why: its result is recorded in their name.</param>
/// <param name="Subject">What it is about, to find it again: "run/123".</param>
public sealed record JobRequest(string Kind, string Payload, ChangeContext Context, string? Subject = null)
{
    /// <summary>A request with a payload written as camelCase JSON.</summary>
    public static JobRequest Of<T>(string kind, T payload, ChangeContext context, string? subject = null)
        where T : class => new(kind, HistoryJson.Write(payload), context, subject);
}

/// <summary>A job as its handler gets it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Payload">What it needs, as JSON.</param>
/// <param name="Context">In whose name it works.</param>
/// <param name="Attempt">1 for the first start; more after a node was killed.</param>
public sealed record Job(string Id, string Payload, ChangeContext Context, int Attempt)
{
    /// <summary>The payload. Throws <see cref="System.Text.Json.JsonException"/> when it is of another shape.</summary>
    public T Read<T>()
        where T : class => HistoryJson.Read<T>(Payload);
}

/// <summary>How far a job is.</summary>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all; 0 while not known.</param>
/// <param name="Text">What it is doing now.</param>
public sealed record JobProgress(long Done, long Total, string Text);

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Waiting for a worker.</summary>
    Queued,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Done; its result is committed.</summary>
    Finished,

    /// <summary>Stopped by problems or an error; nothing was written.</summary>
    Failed,

    /// <summary>Stopped because somebody asked; nothing was written.</summary>
    Cancelled,

    /// <summary>Its worker was killed each time it was started; nothing was written.</summary>
    Interrupted,
}

/// <summary>A job as people see it.</summary>
public sealed record JobStatus(
    string Id, string Kind, string? Subject, JobState State, JobProgress Progress, IReadOnlyList<Problem> Problems,
    DateTimeOffset Enqueued, DateTimeOffset? Started, DateTimeOffset? Ended, int Attempt, ChangeContext Context)
{
    /// <summary>Whether nothing more will happen to it.</summary>
    public bool HasEnded => State is not (JobState.Queued or JobState.Running);
}

/// <summary>Which jobs to list; null for any.</summary>
/// <param name="Kind">Of one kind.</param>
/// <param name="Subject">About one subject.</param>
/// <param name="Ended">Only ended, or only open.</param>
/// <param name="Take">At most so many.</param>
public sealed record JobQuery(string? Kind = null, string? Subject = null, bool? Ended = null, int Take = 50);

/// <summary>How this process works the queue.</summary>
/// <param name="Parallel">Jobs at once.</param>
/// <param name="Poll">How often to look for jobs that other processes queued, and to write progress and a sign of life.</param>
/// <param name="Silence">After how long without a sign of life another node's job is taken up.</param>
public sealed record WorkOptions(int Parallel, TimeSpan Poll, TimeSpan Silence)
{
    /// <summary>Two at once, so that a short job need not wait for a long one; a look every second; taken up after a minute.</summary>
    public static WorkOptions Default { get; } = new(2, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    /// <summary>A job that its worker did not survive so often is not started again.</summary>
    public const int Attempts = 3;
}
