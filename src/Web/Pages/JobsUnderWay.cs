using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Work;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages;

/// <summary>The jobs of some kinds that wait, run, or ended within a day without a result, or with one where a page asks for it: what the page that starts them shows.</summary>
/// <param name="Jobs">The jobs, newest first.</param>
/// <param name="Name">What a job is called.</param>
public sealed record JobsUnderWay(IReadOnlyList<JobStatus> Jobs, Func<JobStatus, string> Name)
{
    private const int MostOfAKind = 10;
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    /// <summary>Whether one waits or runs, so that the page looks again by itself.</summary>
    public bool Any => Open.Count > 0;

    /// <summary>Those that wait or run, and can be asked to stop.</summary>
    public IReadOnlyList<JobStatus> Open => [.. Jobs.Where(job => !job.HasEnded)];

    /// <summary>Those that were refused, with why.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<Problem> Faults)> Refused => [.. Jobs.Where(job => job.Problems.Count > 0 && !DoneSince(job)).Select(job => (Name(job), job.Problems))];

    /// <summary>What a job is about: one refused need not be explained any more once another about the same was done. Null where jobs are not told apart.</summary>
    public Func<JobStatus, string?> About { get; init; } = _ => null;

    /// <summary>Finds them; those that ended well only where <paramref name="finished"/> asks for them.</summary>
    public static async Task<JobsUnderWay> FindAsync(IWork work, TimeProvider time, Func<JobStatus, string> name, string[] kinds, bool finished, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(kinds);
        var jobs = new List<JobStatus>();
        foreach (var kind in kinds)
        {
            jobs.AddRange((await work.ListAsync(new JobQuery(Kind: kind, Take: MostOfAKind), cancellation))
                .Where(job => (finished || job.State != JobState.Finished) && (!job.HasEnded || time.GetUtcNow() - job.Enqueued < Recent)));
        }

        return new JobsUnderWay([.. jobs.OrderByDescending(job => job.Enqueued)], name);
    }

    /// <summary>They as a table.</summary>
    public DataTable Table(string id, string caption, string what) => new(
        id, caption, [new(what), new("Stands"), new("What it does"), new("Started")],
        [.. Jobs.Select(job => (IReadOnlyList<DataCell>)
        [
            Name(job),
            job.State switch
            {
                JobState.Queued => new DataCell("waiting", Tag: "grey"),
                JobState.Running => new DataCell("under way", Tag: "blue"),
                JobState.Finished => new DataCell("done", Tag: "green"),
                JobState.Cancelled => new DataCell("cancelled", Tag: "yellow"),
                _ => new DataCell("refused", Tag: "red"),
            },
            job.Problems.Count > 0 && DoneSince(job) ? "Refused; done since" : job.Problems.Count > 0 ? $"{Format.Count(job.Problems.Count)} {(job.Problems.Count == 1 ? "line" : "lines")} below {(job.Problems.Count == 1 ? "says" : "say")} why" : job.Progress.Text,
            Format.Instant(job.Enqueued),
        ])]);

    private bool DoneSince(JobStatus job) =>
        About(job) is { } about && Jobs.Any(other => other.State == JobState.Finished && other.Enqueued > job.Enqueued && About(other) == about);
}
