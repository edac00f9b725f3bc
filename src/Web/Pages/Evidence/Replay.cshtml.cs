using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Evidence;

/// <summary>A log replayed: response times seen against replayed, for the whole and by area.</summary>
[RequirePermission(Permission.Read)]
public sealed class ReplayModel(LogReplays replays, IncidentLogs logs) : AsAtPageModel
{
    /// <summary>Key of the log.</summary>
    public string Key => Version.Key;

    /// <summary>The replay as recorded.</summary>
    public FactVersion<StoredReplay> Version { get; private set; } = null!;

    /// <summary>Whether the log is in the store and the reader may start runs.</summary>
    public bool MayReplay { get; private set; }

    /// <summary>Whether the log was replaced by other rows after this replay.</summary>
    public bool IsReplaced { get; private set; }

    /// <summary>The result.</summary>
    public ReplayResult Result { get; private set; } = null!;

    /// <summary>Where the log comes from.</summary>
    public string Source { get; private set; } = "";

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The whole against what was aimed at.</summary>
    public DataTable Whole { get; private set; } = null!;

    /// <summary>Medians by area.</summary>
    public DotIntervalChart Medians { get; private set; } = null!;

    /// <summary>90th percentiles by area.</summary>
    public DotIntervalChart Tails { get; private set; } = null!;

    /// <summary>Rows left out by reason.</summary>
    public DataTable LeftOut { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync(string key)
    {
        if (await replays.FindAsync(key, At, HttpContext.RequestAborted) is not { Body: { } stored } version || await replays.FindResultAsync(key, At, HttpContext.RequestAborted) is not { } result)
        {
            return NotFound();
        }

        (Version, Result, Source) = (version, result, stored.Source);
        var log = (await logs.FindAsync(key, At, HttpContext.RequestAborted))?.Body;
        (MayReplay, IsReplaced) = (User.May(Permission.Run) && log is not null, ReplaysModel.IsReplaced(stored, log));
        var whole = result.Areas[0];
        var (median, tail) = (Math.Abs(whole.MedianError) <= ReplayResult.MedianAim, Math.Abs(whole.P90Error) <= ReplayResult.P90Aim);
        Headline = $"The median is {Off(whole.MedianError)}, the 90th percentile {Off(whole.P90Error)}: {((median, tail) switch
        {
            (true, true) => "both as near as was aimed at",
            (false, false) => "neither as near as was aimed at",
            (true, false) => "the tail is further off than was aimed at",
            _ => "the median is further off than was aimed at",
        })}";
        IReadOnlyList<DataCell> Row(string measure, double seen, double replayed, double error, double? aim) =>
        [
            measure, Seconds(seen), Seconds(replayed), Error(error), aim is { } within ? $"within {Format.Percent(within, 0)}" : "",
            aim is not { } limit ? "" : Math.Abs(error) <= limit ? new DataCell("met", Tag: "green") : new DataCell("missed", Tag: "red"),
        ];
        Whole = Offer(new DataTable(
            "whole", $"{whole.Name}, {Format.Count(whole.Incidents)} incidents", [new("Seconds from the call to the first arrival"), new("Seen", true), new("Replayed", true), new("Error", true), new("Aim"), new("Verdict")],
            [
                Row("Median", whole.SeenMedian, whole.Median, whole.MedianError, ReplayResult.MedianAim),
                Row("Mean", whole.SeenMean, whole.Mean, whole.MeanError, null),
                Row("90th percentile", whole.SeenP90, whole.P90, whole.P90Error, ReplayResult.P90Aim),
            ]));
        Medians = Chart("medians", "Median", area => (area.SeenMedian, area.Median, area.MedianError), ReplayResult.MedianAim);
        Tails = Chart("tails", "90th percentile", area => (area.SeenP90, area.P90, area.P90Error), ReplayResult.P90Aim);
        LeftOut = Offer(new DataTable(
            "left-out", "Rows left out, by reason", [new("Reason"), new("Rows", true)],
            [.. result.LeftOut.OrderByDescending(pair => pair.Value).Select(pair => (IReadOnlyList<DataCell>)[Sentence(pair.Key), DataCell.Of(pair.Value)])])
        {
            Empty = "No row was left out.",
        });
        return Page();
    }

    private DotIntervalChart Chart(string id, string measure, Func<ReplayedArea, (double Seen, double Replayed, double Error)> of, double aim)
    {
        var areas = Result.Areas.Skip(1).Select(area => (area.Name, area.Incidents, Value: of(area))).OrderBy(area => area.Value.Error).ToList();
        var near = areas.Count(area => Math.Abs(area.Value.Error) <= aim);
        return new DotIntervalChart
        {
            Title = areas.Count == 0 ? measure : $"{measure}: {Format.Count(near)} of {Format.Count(areas.Count)} areas within {Format.Percent(aim, 0)}, from {Signed(areas[0].Value.Error)} ({areas[0].Name}) to {Signed(areas[^1].Value.Error)} ({areas[^1].Name})",
            Note = "Seconds from the call to the first arrival, seen and replayed; areas in the order of the error",
            Rows = [.. areas.Select(area => new DotRow(area.Name, [new Dot(area.Value.Seen), new Dot(area.Value.Replayed)]))],
            Series = ["Seen", "Replayed"],
            Read = value => value.ToString("0", CultureInfo.InvariantCulture) + " s",
            Table = Offer(new DataTable(
                id, $"{measure} by area", [new("Area"), new("Incidents", true), new("Seen, seconds", true), new("Replayed, seconds", true), new("Error, %", true)],
                [.. areas.Select(area => (IReadOnlyList<DataCell>)[area.Name, DataCell.Of(area.Incidents), Seconds(area.Value.Seen), Seconds(area.Value.Replayed), Error(area.Value.Error)])])),
        };
    }

    private static string Off(double error) => $"{Format.Percent(Math.Abs(error))} too {(error > 0 ? "long" : "short")}";

    private static string Signed(double error) => Format.Signed(error * 100) + "%";

    private static DataCell Seconds(double value) => new(Format.Number(value, 0), Csv: value.ToString("R", CultureInfo.InvariantCulture));

    private static DataCell Error(double value) => new(Signed(value), Csv: (value * 100).ToString("R", CultureInfo.InvariantCulture));

    private static string Sentence(string name) => name switch
    {
        "no-station" => "The record names no station",
        "unknown-station" => "The station’s place is not known",
        "no-arrival" => "The record has no time of arrival",
        _ => LogModel.Sentence(name),
    };
}
