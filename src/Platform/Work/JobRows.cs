using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Work;

/// <summary>A job's row. Instants in microseconds since 1970 UTC.</summary>
internal sealed class JobRow
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public string? Subject { get; init; }

    public required string Payload { get; init; }

    public required string Account { get; init; }

    public required string Organisation { get; init; }

    public required string Why { get; init; }

    /// <summary>The name of the <see cref="JobState"/>, lower-case.</summary>
    public required string State { get; set; }

    public long Done { get; set; }

    public long Total { get; set; }

    public required string Text { get; set; }

    /// <summary>Problems as JSON; null for none.</summary>
    public string? Problems { get; set; }

    public long Enqueued { get; init; }

    public long? Started { get; set; }

    public long? Ended { get; set; }

    public bool CancelAsked { get; set; }

    /// <summary>Who runs it.</summary>
    public string? Node { get; set; }

    /// <summary>The last sign of life of that node.</summary>
    public long? Alive { get; set; }

    public long Attempt { get; set; }

    /// <summary>The job as people see it.</summary>
    public JobStatus ToStatus(JobProgress? fresh = null) => new(
        Id, Kind, Subject, Enum.Parse<JobState>(State, ignoreCase: true), fresh ?? new JobProgress(Done, Total, Text),
        Problems is null ? [] : HistoryJson.Read<List<Problem>>(Problems),
        Instants.FromMicroseconds(Enqueued), Instant(Started), Instant(Ended), (int)Attempt, new ChangeContext(Account, Organisation, Why));

    private static DateTimeOffset? Instant(long? microseconds) => microseconds is { } value ? Instants.FromMicroseconds(value) : null;
}

/// <summary>The names of states in the store.</summary>
internal static class JobStates
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Finished = "finished";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
    public const string Interrupted = "interrupted";
}

/// <summary>Maps the queue.</summary>
internal sealed class WorkMap : IEntityMap
{
    public void Map(ModelBuilder model) => model.Entity<JobRow>(job =>
    {
        job.ToTable("jobs");
        job.HasKey(row => row.Id);
        job.HasIndex(row => new { row.State, row.Enqueued });
        job.HasIndex(row => row.Subject);
    });
}

/// <summary>The first schema of the queue.</summary>
internal sealed class WorkMigration : IStoreMigration
{
    public string Id => "0003-work";

    public void Up(MigrationBuilder migration, StoreKind kind)
    {
        migration.CreateTable(
            "jobs",
            table => new
            {
                id = table.Column<string>(),
                kind = table.Column<string>(),
                subject = table.Column<string>(nullable: true),
                payload = table.Column<string>(),
                account = table.Column<string>(),
                organisation = table.Column<string>(),
                why = table.Column<string>(),
                state = table.Column<string>(),
                done = table.Column<long>(),
                total = table.Column<long>(),
                text = table.Column<string>(),
                problems = table.Column<string>(nullable: true),
                enqueued = table.Column<long>(),
                started = table.Column<long>(nullable: true),
                ended = table.Column<long>(nullable: true),
                cancel_asked = table.Column<bool>(),
                node = table.Column<string>(nullable: true),
                alive = table.Column<long>(nullable: true),
                attempt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_jobs", row => row.id));
        migration.CreateIndex("ix_jobs_state_enqueued", "jobs", ["state", "enqueued"]);
        migration.CreateIndex("ix_jobs_subject", "jobs", "subject");
    }
}
