using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Performance;

/// <summary>A series that signalled when its values were held, one by one, against those before them.</summary>
/// <param name="Chart">Its chart.</param>
/// <param name="First">The first signal; of a measure of which one way is better, the first the other way where there is one.</param>
/// <param name="Latest">The newest signal.</param>
/// <param name="StillSignals">Whether the newest value signals, against the values before it or against the frozen baseline.</param>
/// <param name="New">How many of its signals the reader's last look did not have.</param>
public sealed record SignalledSeries(MeasureChart Chart, SeriesSignal First, SeriesSignal Latest, bool StillSignals, int New)
{
    /// <summary>Whether the newest value is the wrong way.</summary>
    public bool IsConcern => StillSignals && First.Meaning == "concern";
}

/// <summary>What a reader must look at.</summary>
/// <param name="LookedLast">When the reader looked last; null for never, or where nobody in particular reads.</param>
/// <param name="Watched">How many series are charted.</param>
/// <param name="Signalled">Those that signalled: what is new to the reader first, then what signals still, concerns before others.</param>
public sealed record WatchReport(DateTimeOffset? LookedLast, int Watched, IReadOnlyList<SignalledSeries> Signalled);

/// <summary>Which series signalled, and which of it is new to a reader.</summary>
public interface IWatchList
{
    /// <summary>The series that signalled as at the view's dates, and what is new since its reader looked last.</summary>
    Task<WatchReport> ListAsync(RecordView view, CancellationToken cancellation = default);

    /// <summary>Notes that a reader has looked now. It is kept for the reader's own use, and is no governed fact.</summary>
    Task LookAsync(Actor reader, CancellationToken cancellation = default);
}

/// <summary>The watch list over every chart.</summary>
internal sealed class WatchList(IMeasureCharts charts, Store store, TimeProvider time) : IWatchList
{
    public async Task<WatchReport> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var looked = view.Reader is { } reader ? await LookedAsync(reader.Account, cancellation) : null;
        var drawn = (await charts.DrawAllAsync(view, cancellation)).Where(one => one.Chart.Succeeded).Select(one => one.Chart.Value).ToList();
        var signalled = drawn.Where(chart => chart.Signals.Count > 0).Select(chart => new SignalledSeries(
            chart, chart.Signals.FirstOrDefault(signal => signal.Meaning == "concern") ?? chart.Signals[0], chart.Signals[^1],
            chart.Points[^1].Flags.Count > 0 || chart.Monitored is [.., { Flags.Count: > 0 } last] && last.Index == chart.Points.Count - 1,
            chart.Signals.Count(signal => looked is null || signal.Point.Recorded > looked)));
        return new WatchReport(looked, drawn.Count, [.. signalled
            .OrderByDescending(one => one.New > 0).ThenByDescending(one => one.IsConcern).ThenByDescending(one => one.StillSignals)
            .ThenBy(one => one.Chart.Series.Measure.Key, StringComparer.Ordinal).ThenBy(one => one.Chart.Series.Area.Level).ThenBy(one => one.Chart.Series.Area.Name, StringComparer.Ordinal)]);
    }

    public Task LookAsync(Actor reader, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var now = time.GetUtcNow().ToMicroseconds();
        return store.WriteAsync(
            async (db, token) =>
            {
                if (await db.Set<WatchLookRow>().Where(row => row.Account == reader.Account).ExecuteUpdateAsync(row => row.SetProperty(one => one.Looked, now), token) == 0)
                {
                    db.Add(new WatchLookRow { Account = reader.Account, Looked = now });
                    await db.SaveChangesAsync(token);
                }
            },
            cancellation);
    }

    private async Task<DateTimeOffset?> LookedAsync(string account, CancellationToken cancellation)
    {
        await using var db = await store.ReadAsync(cancellation);
        var looked = await db.Set<WatchLookRow>().Where(row => row.Account == account).Select(row => (long?)row.Looked).FirstOrDefaultAsync(cancellation);
        return looked is { } microseconds ? Instants.FromMicroseconds(microseconds) : null;
    }
}

/// <summary>Home: one line for each measure whose newest values signal, or whose signals the reader has not seen.</summary>
internal sealed class SignalAttention(IWatchList watch) : IProgrammeAttention
{
    public async Task<IReadOnlyList<AttentionLine>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        var report = await watch.ListAsync(view, cancellation);
        return [.. report.Signalled.GroupBy(one => one.Chart.Series.Measure.Key, StringComparer.Ordinal).Select(group => Line([.. group])).OfType<AttentionLine>()];
    }

    private static AttentionLine? Line(List<SignalledSeries> signalled)
    {
        var measure = signalled[0].Chart.Series.Measure;
        // The sum of areas says again what its parts say; it is named where no part does.
        var parts = signalled.Where(one => one.Chart.Series.Area.Level != AreaLevel.Force).ToList();
        var shown = (parts.Count > 0 ? parts : signalled).Where(one => one.StillSignals || one.New > 0).ToList();
        if (shown.Count == 0)
        {
            return null;
        }

        var bad = shown.Where(one => one.IsConcern).ToList();
        var told = bad.Count > 0 ? bad : shown;
        var first = told.MinBy(one => one.First.Point.Period.Last)!;
        var names = told.Count <= 3 ? string.Join(" and ", told.Select(one => one.Chart.Series.Area.Name)) : $"{told.Count} series";
        var fresh = shown.Sum(one => one.New);
        return new AttentionLine(
            "Signals",
            $"{measure.Body.Title}: {names} {(told.Count == 1 ? "signals" : "signal")} {(bad.Count > 0 ? "concern" : "a change")}, {(told.Count == 1 ? "" : first.Chart.Series.Area.Name + " ")}first on the data of {first.First.Point.Label}"
                + (fresh > 0 ? $"; {fresh} {(fresh == 1 ? "signal is" : "signals are")} new to you" : ""),
            measure.Reference, bad.Count > 0 ? Standing.Bad : measure.Body.Direction == MeasureDirection.Neither ? Standing.Plain : Standing.Watch, first.First.KnownOn,
            $"/performance/{Uri.EscapeDataString(measure.Key)}");
    }
}

/// <summary>When an account looked at the watch list last, in microseconds since 1970 UTC.</summary>
internal sealed class WatchLookRow
{
    public required string Account { get; init; }

    public long Looked { get; set; }
}

/// <summary>Maps the looks.</summary>
internal sealed class WatchMap : IEntityMap
{
    public void Map(ModelBuilder model) => model.Entity<WatchLookRow>(look =>
    {
        look.ToTable("watch_looks");
        look.HasKey(row => row.Account);
    });
}

/// <summary>The table of looks.</summary>
internal sealed class WatchMigration : IStoreMigration
{
    public string Id => "0008-watch-looks";

    public void Up(MigrationBuilder migration, StoreKind kind) => migration.CreateTable(
        "watch_looks",
        table => new
        {
            account = table.Column<string>(),
            looked = table.Column<long>(),
        },
        constraints: table => table.PrimaryKey("pk_watch_looks", row => row.account));
}
