using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Work;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Evidence;

/// <summary>Despatch logs, and the form that imports one.</summary>
[RequirePermission(Permission.Read)]
[RequestSizeLimit(IncidentUploads.MaximumBytes + IncidentUploads.MaximumMappingBytes + 65536)]
[RequestFormLimits(MultipartBodyLengthLimit = IncidentUploads.MaximumBytes + IncidentUploads.MaximumMappingBytes + 65536)]
public sealed class IndexModel(IncidentLogs logs, LogReplays replays, IncidentUploads uploads, IWork work, TimeProvider time) : AsAtPageModel
{
    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The logs.</summary>
    public DataTable Logs { get; private set; } = null!;

    /// <summary>Logs replayed, with how near the simulation came.</summary>
    public DataTable Replayed { get; private set; } = null!;

    /// <summary>Imports under way and of the last day, as a table.</summary>
    public DataTable Imports { get; private set; } = null!;

    /// <summary>The same.</summary>
    public JobsUnderWay Jobs { get; private set; } = null!;

    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>"yes" to keep the good rows.</summary>
    [BindProperty(Name = "keepGood")]
    public List<string> KeepGood { get; set; } = [];

    /// <summary>"yes" to replace the log of the same key.</summary>
    [BindProperty(Name = "replace")]
    public List<string> Replace { get; set; } = [];

    /// <summary>Why it is imported.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>Ground for keeping coordinates.</summary>
    [BindProperty(Name = "ground")]
    public string? Ground { get; set; }

    /// <summary>Shows the page.</summary>
    public Task OnGetAsync() => FillAsync();

    /// <summary>Takes a log and queues its import.</summary>
    public async Task<IActionResult> OnPostAsync(IFormFile? file, IFormFile? mapping)
    {
        if (!User.May(Permission.Import))
        {
            return Forbid();
        }

        var problems = new List<Problem>();
        if (file is null || file.Length == 0)
        {
            problems.Add(new Problem("Choose the log", Field: "file", Accepted: "CSV, or CSV gzipped"));
        }

        if (mapping is null || mapping.Length == 0)
        {
            problems.Add(new Problem("Choose the mapping", Field: "mapping", Accepted: "a YAML file"));
        }
        else if (mapping.Length > IncidentUploads.MaximumMappingBytes)
        {
            problems.Add(new Problem("The mapping is too large", mapping.FileName, Field: "mapping", Found: $"{mapping.Length} bytes", Accepted: "at most 256 kB"));
        }

        if (string.IsNullOrWhiteSpace(Why))
        {
            problems.Add(new Problem("Say why it is imported", Field: "why", Accepted: "a sentence for the log of changes"));
        }

        if (!string.IsNullOrWhiteSpace(Ground) && !User.May(Permission.ManagePeople))
        {
            problems.Add(new Problem("Only an administrator may record a ground for keeping coordinates", Field: "ground"));
        }

        if (problems.Count == 0)
        {
            using var bytes = new MemoryStream();
            await mapping!.CopyToAsync(bytes, HttpContext.RequestAborted);
            var read = LogMapping.Read(System.Text.Encoding.UTF8.GetString(bytes.ToArray()), Path.GetFileName(mapping.FileName));
            if (read.Succeeded)
            {
                await using var content = file!.OpenReadStream();
                var options = new ImportOptions(KeepGood.Contains("yes", StringComparer.Ordinal), string.IsNullOrWhiteSpace(Ground) ? null : Ground.Trim(), Replace.Contains("yes", StringComparer.Ordinal));
                await uploads.QueueAsync(content, file.FileName, new MappingFile(Path.GetFileName(mapping.FileName), bytes.ToArray()), options, User.Change(Why!.Trim()), HttpContext.RequestAborted);
                return Redirect("/evidence");
            }

            problems.AddRange(read.Problems.Select(problem => problem.Beside("mapping")));
        }

        Problems = problems;
        await FillAsync();
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task FillAsync()
    {
        var list = await logs.ListAsync(At, HttpContext.RequestAborted);
        Headline = list.Count switch
        {
            0 => "No log has been imported yet",
            1 => $"One log, {Format.Count(list[0].Body!.Kept)} incidents",
            _ => $"{Format.Words(list.Count, capital: true)} logs, {Format.Count(list.Sum(log => log.Body!.Kept))} incidents",
        };
        Logs = Offer(new DataTable(
            "logs", "Despatch logs", [new("Log"), new("From"), new("To"), new("Incidents", true), new("With an arrival", true), new("Left out", true), new("Imported"), new("By"), new("Why")],
            [.. list.Select(log => (IReadOnlyList<DataCell>)
            [
                new DataCell(log.Body!.Title, $"/evidence/{log.Key}"),
                DataCell.Of(DateOnly.FromDateTime(log.Body.From.UtcDateTime), ""),
                DataCell.Of(DateOnly.FromDateTime(log.Body.To.UtcDateTime), ""),
                DataCell.Of(log.Body.Kept),
                DataCell.Of(log.Body.Arrived),
                DataCell.Of(log.Body.InFile - log.Body.Kept),
                Format.Instant(log.Recorded),
                log.Account,
                log.Why,
            ])])
        {
            Empty = "Import a CSV file with a mapping below, or with: pathfinder import incidents FILE.csv --map MAPPING.yaml",
        });
        Replayed = Offer(ReplaysModel.Table(await replays.ListAsync(At, HttpContext.RequestAborted), list) with { Empty = "Replay an imported log on the page Logs replayed, or use: pathfinder replay LOG.csv --map MAPPING.yaml --stations STATIONS.csv --keep" });
        Jobs = (await JobsUnderWay.FindAsync(
            work, time, job => IncidentUploads.About(job) is { File.Length: > 0 } about ? about.File : job.Context.Why, [IncidentUploads.Kind], finished: true, HttpContext.RequestAborted)) with
        {
            About = job => IncidentUploads.About(job) is { Key.Length: > 0 } about ? about.Key : null,
        };
        Imports = Offer(Jobs.Table("imports", "Imports under way and of the last day", "File"));
    }
}
