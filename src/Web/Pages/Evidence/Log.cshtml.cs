using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Evidence;

/// <summary>One despatch log: where it comes from, what was read and what was left out.</summary>
[RequirePermission(Permission.Read)]
public sealed class LogModel(IncidentLogs logs) : AsAtPageModel
{
    /// <summary>The log as recorded.</summary>
    public FactVersion<IncidentLog> Version { get; private set; } = null!;

    /// <summary>The log.</summary>
    public IncidentLog Log => Version.Body!;

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>What is known of it.</summary>
    public DataTable Facts { get; private set; } = null!;

    /// <summary>Rows left out by reason.</summary>
    public DataTable LeftOut { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync(string key)
    {
        if (await logs.FindAsync(key, At, HttpContext.RequestAborted) is not { Body: { } log } version)
        {
            return NotFound();
        }

        Version = version;
        Headline = log.InFile == log.Kept
            ? $"All {Format.Count(log.Kept)} rows were read"
            : $"{Format.Count(log.Kept)} of {Format.Count(log.InFile)} rows were read; {Format.Count(log.InFile - log.Kept)} were left out";
        IReadOnlyList<DataCell> Row(string what, DataCell value) => [what, value];
        Facts = Offer(new DataTable(
            "facts", "The log", [new("What"), new("Value")],
            [
                Row("First incident", log.From.UtcDateTime.ToString("d MMMM yyyy HH:mm", CultureInfo.GetCultureInfo("en-GB")) + " UTC"),
                Row("Last incident", log.To.UtcDateTime.ToString("d MMMM yyyy HH:mm", CultureInfo.GetCultureInfo("en-GB")) + " UTC"),
                Row("Incidents", DataCell.Of(log.Kept)),
                Row("With a time of arrival", DataCell.Of(log.Arrived)),
                Row("With a time of clearing", DataCell.Of(log.Cleared)),
                Row("Put in a zone of their area by chance, for want of coordinates", DataCell.Of(log.PlacedByArea)),
                Row("Grades", string.Join(", ", log.Grades)),
                Row("Stations named", DataCell.Of(log.Stations.Count)),
                Row("Exact coordinates", log.CoordinatesGround is { } ground ? "kept: " + ground : "dropped"),
                Row("File", log.File),
                Row("SHA-256 of the file", log.FileSha256),
                Row("SHA-256 of the mapping", log.MappingSha256),
                Row("SHA-256 of the rows kept", log.RowsSha256),
            ]));
        LeftOut = Offer(new DataTable(
            "left-out", "Rows left out, by reason", [new("Reason"), new("Rows", true)],
            [.. log.LeftOut.OrderByDescending(pair => pair.Value).Select(pair => (IReadOnlyList<DataCell>)[Sentence(pair.Key), DataCell.Of(pair.Value)])])
        {
            Empty = "No row was left out.",
        });
        return Page();
    }

    internal static string Sentence(string name) => Enum.GetValues<RowFault>().Where(fault => fault.Name() == name).Select(fault => fault.Sentence()).FirstOrDefault() ?? name;
}
