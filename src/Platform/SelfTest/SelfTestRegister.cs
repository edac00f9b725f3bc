using System.Globalization;
using System.Text.Json;
using Pathfinder.Engine.Response;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.SelfTest;

/// <summary>A self-test in the store: which engine, how exact, what it came to, and the result by hash.</summary>
/// <param name="EngineVersion">Version of the engine tested.</param>
/// <param name="Precision">Half the width of an interval, as a share of the exact value.</param>
/// <param name="Lines">Lines of the table.</param>
/// <param name="Held">Lines that hold.</param>
/// <param name="Passed">Whether no line misses.</param>
/// <param name="ResultSha256">Hash of the result.</param>
public sealed record StoredSelfTest(string EngineVersion, double Precision, int Lines, int Held, bool Passed, string ResultSha256);

/// <summary>Self-tests in the store: queue one, watch it, stop it, read what it came to.</summary>
public sealed class SelfTestRegister(IHistory history, IWork work)
{
    /// <summary>The kind of governed fact.</summary>
    public static GovernedKind<StoredSelfTest> Kind { get; } = new("self-test");

    /// <summary>A self-test says something about an engine, not about a day.</summary>
    internal static EffectivePeriod Always { get; } = new(DateOnly.MinValue);

    /// <summary>Queues a self-test to within 1%, or 3% where it is to be quick; the id of its job. One that is under way is not queued again.</summary>
    public async Task<string> StartAsync(bool quick, ChangeContext context, CancellationToken cancellation = default)
    {
        var precision = quick ? TheoryTable.Quick : TheoryTable.Full;
        return await FindUnderWayAsync(cancellation) is { } open
            ? open.Id
            : await work.EnqueueAsync(JobRequest.Of(SelfTestJob.JobKind, new SelfTestJob.Payload(precision), context, "self-test/" + Key(precision)), cancellation);
    }

    /// <summary>The self-test that waits or runs, or null.</summary>
    public async Task<JobStatus?> FindUnderWayAsync(CancellationToken cancellation = default) =>
        await work.ListAsync(new JobQuery(Kind: SelfTestJob.JobKind, Ended: false, Take: 1), cancellation) is [var open, ..] ? open : null;

    /// <summary>The newest self-test asked for, however it stands, or null.</summary>
    public async Task<JobStatus?> FindLastAsync(CancellationToken cancellation = default) =>
        await work.ListAsync(new JobQuery(Kind: SelfTestJob.JobKind, Take: 1), cancellation) is [var last, ..] ? last : null;

    /// <summary>Asks the self-test under way to stop; false where none is.</summary>
    public async Task<bool> CancelAsync(CancellationToken cancellation = default) =>
        await FindUnderWayAsync(cancellation) is { } open && await work.CancelAsync(open.Id, cancellation);

    /// <summary>Self-tests as at the dates: of the present engine first, then the finest.</summary>
    public async Task<IReadOnlyList<FactVersion<StoredSelfTest>>> ListAsync(AsAt at, CancellationToken cancellation = default) =>
    [
        .. (await history.ListAsync(Kind, at, cancellation))
            .OrderByDescending(test => test.Body!.EngineVersion == Replica.Version).ThenByDescending(test => test.Recorded).ThenBy(test => test.Body!.Precision),
    ];

    /// <summary>The bytes of a self-test as at the dates, as <c>pathfinder self-test --json</c> prints them, or null.</summary>
    public async Task<byte[]?> FindBytesAsync(string key, AsAt at, CancellationToken cancellation = default) =>
        await history.FindAsync(Kind, key, at, cancellation) is { Body: { } stored } ? await history.FindContentAsync(stored.ResultSha256, cancellation) : null;

    /// <summary>A self-test as at the dates, or null.</summary>
    public async Task<SelfTestResult?> FindAsync(string key, AsAt at, CancellationToken cancellation = default) =>
        await FindBytesAsync(key, at, cancellation) is { } bytes ? JsonSerializer.Deserialize<SelfTestResult>(bytes, Json) : null;

    /// <summary>Name of a test of the present engine.</summary>
    internal static string Key(double precision) =>
        string.Create(CultureInfo.InvariantCulture, $"engine-{Replica.Version}-to-{precision * 100:0.##}-percent");

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
}
