using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Pathfinder.Analysis.Control;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Performance;

/// <summary>A series that signalled when its values were held, one by one, against those before them.</summary>
/// <param name="Chart">Its chart.</param>
/// <param name="First">The first signal; of a measure of which one way is better, the first the other way where there is one.</param>
/// <param name="Latest">The latest signal.</param>
/// <param name="StillSignals">Whether the newest value signals, against the values before it or against the frozen baseline.</param>
/// <param name="New">How many of its signals the reader's last look did not have.</param>
/// <param name="Strength">How far the value of the latest signal lies from its centre, the distance to the limit being 1.</param>
/// <param name="CameBack">Whether the same period of the year before signalled the same way: a season, more likely than a change.</param>
/// <param name="WithTheForce">Whether it is part of a count of the whole force, which signals now the same way: the whole says it for its parts.</param>
public sealed record SignalledSeries(MeasureChart Chart, SeriesSignal First, SeriesSignal Latest, bool StillSignals, int New, double Strength, bool CameBack, bool WithTheForce)
{
    /// <summary>Whether the newest value is the wrong way.</summary>
    public bool IsConcern => StillSignals && First.Meaning == "concern";
}

/// <summary>What a reader must look at.</summary>
/// <param name="LookedLast">When the reader looked last; null for never, or where nobody in particular reads.</param>
/// <param name="Watched">How many series are charted.</param>
/// <param name="Tested">How many values were tested that are fresh: recorded since the last look, else the newest of each series.</param>
/// <param name="ByChance">How many of these would signal though nothing changed.</param>
/// <param name="Signalled">
/// Those that ever signalled, measure by measure: the measure with a concern first, then the one with the strongest signal; within it what
/// did not come back from the year before, then the strongest.
/// </param>
public sealed record WatchReport(DateTimeOffset? LookedLast, int Watched, int Tested, double ByChance, IReadOnlyList<SignalledSeries> Signalled)
{
    /// <summary>What there is to look at: signals since the last look; for whoever never looked, series whose newest value signals. Parts that move with the whole are left to it.</summary>
    public IReadOnlyList<SignalledSeries> Fresh => [.. Signalled.Where(IsFresh)];

    /// <summary>Whether a series is to be looked at.</summary>
    public bool IsFresh(SignalledSeries one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return !one.WithTheForce && (LookedLast is null ? one.StillSignals : one.New > 0);
    }
}

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
        var signalled = drawn.Where(chart => chart.Signals.Count > 0).Select(chart => Of(chart, looked)).ToList();
        var whole = signalled.Where(one => one.StillSignals && one.Chart.Series is { Area.Level: AreaLevel.Force, Measure.Body: { AddsUp: true, Denominator: null } }).ToDictionary(one => one.Chart.Series.Measure.Key, one => one.Latest.Limits.Direction, StringComparer.Ordinal);
        // Harm to one area is never left to the average that contains it: only counts of which neither way is better are.
        signalled = signalled.ConvertAll(one => one with
        {
            WithTheForce = one.Chart.Series.Area.Level != AreaLevel.Force && one.Latest.Meaning == "change" && whole.TryGetValue(one.Chart.Series.Measure.Key, out var direction) && direction == one.Latest.Limits.Direction,
        });
        var fresh = drawn.SelectMany(chart => chart.Monitored.Where(month => looked is null ? month.Index == chart.Points.Count - 1 : chart.Points[month.Index].Point.Recorded > looked)
            .Select(month => Monitoring.FalseAlarmShare(month.BaselinePoints, chart.Kind != ChartKind.Xmr))).ToList();
        return new WatchReport(looked, drawn.Count, fresh.Count, fresh.Sum(),
        [
            .. signalled.GroupBy(one => one.Chart.Series.Measure.Key, StringComparer.Ordinal)
                .OrderByDescending(group => group.Any(one => one.IsConcern)).ThenByDescending(group => group.Max(one => one.Strength)).ThenBy(group => group.Key, StringComparer.Ordinal)
                .SelectMany(group => group.OrderBy(one => one.CameBack).ThenByDescending(one => one.Strength).ThenBy(one => one.Chart.Series.Area.Name, StringComparer.Ordinal)),
        ]);
    }

    private static SignalledSeries Of(MeasureChart chart, DateTimeOffset? looked)
    {
        var latest = chart.Signals[^1];
        var limit = latest.Limits.Direction >= 0 ? latest.Limits.Upper - latest.Limits.Centre : latest.Limits.Centre - latest.Limits.Lower;
        var (last, period) = (chart.Points[latest.Limits.Index].Value, latest.Point.Period);
        return new SignalledSeries(
            chart, chart.Signals.FirstOrDefault(signal => signal.Meaning == "concern") ?? chart.Signals[0], latest,
            chart.Points[^1].Flags.Count > 0 || chart.Monitored is [.., { Flags.Count: > 0 } newest] && newest.Index == chart.Points.Count - 1,
            chart.Signals.Count(signal => looked is null || signal.Point.Recorded > looked),
            limit > 0 ? Math.Abs(last - latest.Limits.Centre) / limit : 1,
            chart.Signals.Any(signal => signal.Limits.Direction == latest.Limits.Direction && signal.Point.Period.First == period.First.AddYears(-1) && signal.Point.Period.Last.AddDays(1) == period.Last.AddDays(1).AddYears(-1)), false);
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
        return [.. report.Signalled.GroupBy(one => one.Chart.Series.Measure.Key, StringComparer.Ordinal).Select(group => Line(report, [.. group])).OfType<AttentionLine>()];
    }

    private static AttentionLine? Line(WatchReport report, List<SignalledSeries> signalled)
    {
        var measure = signalled[0].Chart.Series.Measure;
        // The sum of areas says again what its parts say; it is named where no part is to be looked at by itself.
        var shown = signalled.Where(one => one.IsConcern || report.IsFresh(one)).ToList();
        shown = shown.Exists(one => one.Chart.Series.Area.Level != AreaLevel.Force) ? shown.FindAll(one => one.Chart.Series.Area.Level != AreaLevel.Force) : shown;
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
