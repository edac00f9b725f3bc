using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>One version in the history of a record.</summary>
/// <param name="Holds">When it holds, in words.</param>
/// <param name="Without">What to say where nothing changed in its fields.</param>
public sealed record HistoryStep(StoredRecord Version, string Why, string Holds, IReadOnlyList<RecordDifference> Changes, string Without);

/// <summary>How a record came to say what it says: who, when, why, from what to what.</summary>
[RequirePermission(Permission.Read)]
public sealed class HistoryModel(IRecords records, RecordLists lists) : RecordPageModel(records, lists)
{
    /// <summary>What the record is called.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The finding.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The versions, newest first.</summary>
    public IReadOnlyList<HistoryStep> Steps { get; private set; } = [];

    /// <inheritdoc />
    protected override bool ShowsVersions => true;

    /// <summary>Shows the history.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var timeline = await View.TimelineAsync(Kind, Key, HttpContext.RequestAborted);
        if (timeline.Count == 0)
        {
            return await AbsentAsync();
        }

        Mark(timeline);
        var bodies = timeline.Select(version => version.Stated).OfType<ProgrammeRecord>().ToList();
        Title = bodies.Count > 0 ? bodies[^1].Title : Key;
        var words = await Lists.WordsAsync(View, Kind, bodies, HttpContext.RequestAborted);
        var steps = new List<HistoryStep>();
        ProgrammeRecord? before = null;
        foreach (var version in timeline)
        {
            var first = before is null;
            var changes = version.Stated is { } body ? RecordDifferences.Between(Kind, before, body, words.NameOf) : [];
            var holds = version.Stated is null
                ? $"no longer holds from {Format.Date(version.Effective.From)}"
                : $"holds from {Format.Date(version.Effective.From)}" + (version.Effective.Until is { } until ? $" until {Format.Date(until)}" : "");
            steps.Add(new HistoryStep(
                version, version.Why.Length > 0 ? version.Why : first ? "First recorded" : "Changed", holds, changes,
                version.Stated is null ? "It ended." : "The words are the same; the days on which it holds or since when it is known differ."));
            before = version.Stated ?? before;
        }

        steps.Reverse();
        Steps = steps;
        Headline = timeline.Count == 1
            ? $"Recorded once, as known on {Format.Date(timeline[0].Known)}, and not changed since"
            : $"{Format.Words(timeline.Count, capital: true)} versions since {Format.Date(timeline[0].Known)}, the last known from {Format.Date(timeline[^1].Known)}";
        Offer(new DataTable(
            "history", $"History of {Title}",
            [new("Version", true), new("Known"), new("From"), new("Until"), new("Recorded"), new("Account"), new("Organisation"), new("Why"), new("What changed")],
            steps.Select(step => (IReadOnlyList<DataCell>)
            [
                DataCell.Of(step.Version.VersionId), DataCell.Of(step.Version.Known, ""), DataCell.Of(step.Version.Effective.From, ""), DataCell.Of(step.Version.Effective.Until, ""),
                Format.Instant(step.Version.Recorded), step.Version.Account, step.Version.Organisation, step.Version.Why,
                string.Join("; ", step.Changes),
            ]).ToList()));
        return Page();
    }
}
