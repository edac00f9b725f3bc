using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Work;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Evidence;

/// <summary>Logs replayed, and the form that queues a replay of a log in the store.</summary>
[RequirePermission(Permission.Read)]
public sealed class ReplaysModel(LogReplays replays, IncidentLogs logs, IWork work, TimeProvider time) : AsAtPageModel
{
    private const string Address = "/evidence/replays";

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>Logs replayed, with how near the simulation came.</summary>
    public DataTable Replayed { get; private set; } = null!;

    /// <summary>Replays under way or refused, as a table.</summary>
    public DataTable UnderWay { get; private set; } = null!;

    /// <summary>The same.</summary>
    public JobsUnderWay Jobs { get; private set; } = null!;

    /// <summary>The logs that can be replayed.</summary>
    public IReadOnlyList<FieldOption> Logs { get; private set; } = [];

    /// <summary>Logs replayed from a file that the store does not have, by title.</summary>
    public IReadOnlyList<string> OnlyFiles { get; private set; } = [];

    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Key of the log.</summary>
    [BindProperty(SupportsGet = true, Name = "log")]
    public string? Log { get; set; }

    /// <summary>First day compared, as typed.</summary>
    [BindProperty(Name = "testFrom")]
    public string? TestFrom { get; set; }

    /// <summary>Minutes engaged, as typed.</summary>
    [BindProperty(Name = "engagedMinutes")]
    public string? EngagedMinutes { get; set; } = "40";

    /// <summary>Replications, as typed.</summary>
    [BindProperty(Name = "replications")]
    public string? Replications { get; set; } = "10";

    /// <summary>Seed, as typed.</summary>
    [BindProperty(Name = "seed")]
    public string? Seed { get; set; } = "1";

    /// <summary>Why it is replayed.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>Replays as a table.</summary>
    internal static DataTable Table(IReadOnlyList<FactVersion<StoredReplay>> replayed, IReadOnlyList<FactVersion<IncidentLog>> logs) => new(
        "replays", "Replayed against what happened", [new("Log"), new("Key"), new("Of the log"), new("From"), new("To"), new("Incidents", true), new("Error of the median, %", true), new("Error of the 90th percentile, %", true), new("Engine"), new("Made"), new("By"), new("Why")],
        [.. replayed.Select(replay => (IReadOnlyList<DataCell>)
        [
            new DataCell(replay.Body!.Title, $"{Address}/{replay.Key}"), replay.Key, Stands(replay.Body, logs.FirstOrDefault(log => log.Key == replay.Key)?.Body), DataCell.Of(replay.Body.TestFrom, ""), DataCell.Of(replay.Body.TestTo, ""), DataCell.Of(replay.Body.Incidents),
            Signed(replay.Body.MedianError), Signed(replay.Body.P90Error), replay.Body.EngineVersion, Format.Instant(replay.Recorded), replay.Account, replay.Why,
        ])]);

    /// <summary>Whether the log in the store holds other rows than those replayed; false for a replay of a file or of a log that is not there.</summary>
    internal static bool IsReplaced(StoredReplay replay, IncidentLog? log) => replay.RowsSha256 is { } rows && log is not null && rows != log.RowsSha256;

    private static DataCell Stands(StoredReplay replay, IncidentLog? log) =>
        IsReplaced(replay, log) ? new DataCell("replaced since", Tag: "yellow") : replay.RowsSha256 is null ? "a file" : "in the store";

    /// <summary>Shows the page.</summary>
    public Task OnGetAsync() => FillAsync();

    /// <summary>Queues a replay.</summary>
    public async Task<IActionResult> OnPostAsync(IFormFile? stations)
    {
        if (!User.May(Permission.Run))
        {
            return Forbid();
        }

        var problems = new List<Problem>();
        if (!DateOnly.TryParseExact(TestFrom?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var testFrom))
        {
            problems.Add(new Problem("This is not a date", Field: "testFrom", Found: TestFrom, Accepted: "year-month-day, such as 2017-04-01"));
        }

        if (!double.TryParse(EngagedMinutes, NumberStyles.Float, CultureInfo.InvariantCulture, out var engaged))
        {
            problems.Add(new Problem("The time engaged must be a number", Field: "engagedMinutes", Found: EngagedMinutes, Accepted: "more than 0, at most 1440"));
        }

        if (!int.TryParse(Replications, NumberStyles.None, CultureInfo.InvariantCulture, out var replications))
        {
            problems.Add(new Problem("Replications must be a whole number", Field: "replications", Found: Replications, Accepted: "1 to 1000"));
        }

        if (!ulong.TryParse(Seed, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            problems.Add(new Problem("The seed must be a whole number, 0 or more", Field: "seed", Found: Seed, Accepted: "0 or more"));
        }

        if (string.IsNullOrWhiteSpace(Why))
        {
            problems.Add(new Problem("Say why it is replayed", Field: "why", Accepted: "a sentence for the log of changes"));
        }

        if (stations is { Length: > LogReplays.MaximumStationsBytes })
        {
            problems.Add(new Problem("The file is too large", Field: "stations", Accepted: "a text file of at most 512 kB"));
        }

        if (problems.Count == 0)
        {
            var started = await replays.StartAsync(
                new ReplayRequest(Log ?? "", testFrom, await TextAsync(stations), engaged, replications, seed), User.Change(Why!.Trim()), HttpContext.RequestAborted);
            if (started.Succeeded)
            {
                return Redirect(Address);
            }

            problems.AddRange(started.Problems);
        }

        Problems = problems;
        await FillAsync();
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Asks a replay to stop.</summary>
    public async Task<IActionResult> OnPostCancelAsync(string job)
    {
        if (!User.May(Permission.Run))
        {
            return Forbid();
        }

        if (await work.FindAsync(job, HttpContext.RequestAborted) is { Kind: LogReplays.JobKind })
        {
            await work.CancelAsync(job, HttpContext.RequestAborted);
        }

        return Redirect(Address);
    }

    private async Task<string?> TextAsync(IFormFile? file)
    {
        if (file is null || file.Length == 0)
        {
            return null;
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(HttpContext.RequestAborted);
    }

    private async Task FillAsync()
    {
        var stored = await logs.ListAsync(At, HttpContext.RequestAborted);
        var replayed = await replays.ListAsync(At, HttpContext.RequestAborted);
        var near = replayed.Count(replay => Math.Abs(replay.Body!.MedianError) <= ReplayResult.MedianAim && Math.Abs(replay.Body.P90Error) <= ReplayResult.P90Aim);
        Headline = replayed.Count switch
        {
            0 => "No log has been replayed yet",
            1 => near == 1 ? "One log replayed, as near to what happened as was aimed at" : "One log replayed, further from what happened than was aimed at",
            _ => $"{Format.Words(replayed.Count, capital: true)} logs replayed, {Format.Words(near)} as near to what happened as was aimed at",
        };
        Replayed = Offer(Table(replayed, stored) with { Empty = "Choose a log below, or use: pathfinder replay LOG.csv --map MAPPING.yaml --stations STATIONS.csv --keep" });
        Logs = [.. stored.Select(log => new FieldOption(log.Key, $"{log.Body!.Title} ({log.Key}), {Format.Date(log.Body.Day(log.Body.From))} to {Format.Date(log.Body.Day(log.Body.To))}"))];
        OnlyFiles = [.. replayed.Where(replay => stored.All(log => log.Key != replay.Key)).Select(replay => replay.Body!.Title)];
        Log ??= Logs is [var first, ..] ? first.Value : null;

        // The last month that the log touches is held out where nothing was typed.
        TestFrom ??= stored.FirstOrDefault(log => log.Key == Log)?.Body is { } chosen ? FirstOfMonth(chosen.Day(chosen.To)) : null;
        Jobs = await JobsUnderWay.FindAsync(work, time, job => (job.Subject ?? job.Kind).Split('/')[^1], [LogReplays.JobKind], finished: false, HttpContext.RequestAborted);
        UnderWay = Offer(Jobs.Table("jobs", "Under way or refused", "Log"));
    }

    private static string FirstOfMonth(DateOnly day) => new DateOnly(day.Year, day.Month, 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DataCell Signed(double error) => new(Format.Signed(error * 100), Csv: (error * 100).ToString("R", CultureInfo.InvariantCulture));
}
