using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Maps;
using Pathfinder.Web.Pages.Forces;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>An hour of a run, moving on a map and as a list; played again from the run's own inputs.</summary>
[RequirePermission(Permission.Read)]
public sealed class PlaybackModel(RunRegister runs, RunReplays replays, ICurrentForce forces) : RunPageModel(runs)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private Dictionary<string, string> _zones = new(StringComparer.Ordinal);

    /// <summary>The hour asked for.</summary>
    [BindProperty(SupportsGet = true, Name = "at")]
    public string? AtText { get; set; }

    /// <summary>The replication asked for, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "replication")]
    public string? ReplicationText { get; set; }

    /// <summary>Code of the command unit or borough shown; empty for all.</summary>
    [BindProperty(SupportsGet = true, Name = "area")]
    public string? Area { get; set; }

    /// <summary>Areas that can be asked for.</summary>
    public IReadOnlyList<FieldOption> Areas { get; private set; } = [];

    /// <summary>The replication shown, from 1.</summary>
    public int Replication { get; private set; } = 1;

    /// <summary>The hour in words.</summary>
    public string Hour { get; private set; } = "";

    /// <summary>Hours that can be asked for.</summary>
    public string Window { get; private set; } = "";

    /// <summary>Replications that can be asked for.</summary>
    public string Replications { get; private set; } = "";

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Address of the hour before; null at the first.</summary>
    public string? Before { get; private set; }

    /// <summary>Address of the hour after; null at the last.</summary>
    public string? Next { get; private set; }

    /// <summary>Where the script finds the hour.</summary>
    public string Source { get; private set; } = "";

    /// <summary>Where the script finds the story of an incident, before its number; the dates and the replication follow a question mark.</summary>
    public string StoryBase { get; private set; } = "";

    /// <summary>The map; null where the pack draws none.</summary>
    public MapView? Map { get; private set; }

    /// <summary>The queue minute by minute.</summary>
    public LineChart Queue { get; private set; } = null!;

    /// <summary>Incidents of the hour.</summary>
    public DataTable Incidents { get; private set; } = null!;

    /// <summary>What units did.</summary>
    public DataTable Moves { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpenAsync())
        {
            return NotFound();
        }

        var played = await replays.PlayAsync(Key, AtText, ReplicationText, Area, HttpContext.RequestAborted);
        if (!played.Succeeded)
        {
            return Refuse(played.Problems);
        }

        var hour = played.Value;
        var shown = hour.Shown;
        Replication = hour.Replication;
        AtText = shown.From.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        Hour = shown.From.ToString("dddd d MMMM yyyy, HH:mm", English) + " to " + shown.From.AddSeconds(shown.Seconds).ToString("HH:mm", English);
        Window = $"From {hour.First.ToString("d MMMM yyyy", English)} to {hour.Last.AddHours(-1).ToString("d MMMM yyyy, HH:mm", English)}; the time of the simulation, local";
        Replications = $"1 to {Format.Count(View.Run.Replications)}";
        Areas = [new("", "Everywhere"), .. hour.Areas.Select(area => new FieldOption(area.Code, area.IsUnit ? $"{area.Name} (unit)" : area.Name))];
        Before = shown.From.AddHours(-1) >= hour.First ? Address(shown.From.AddHours(-1)) : null;
        Next = shown.From.AddHours(2) <= hour.Last ? Address(shown.From.AddHours(1)) : null;
        Source = $"/api/v1/runs/{Uri.EscapeDataString(Key)}/playback?at={AtText}&replication={Replication.ToString(CultureInfo.InvariantCulture)}{AreaAsked}";
        StoryBase = $"/runs/{Uri.EscapeDataString(Key)}/incidents/?replication={Replication.ToString(CultureInfo.InvariantCulture)}";
        var force = await forces.FindAsync(At, HttpContext.RequestAborted);
        _zones = hour.Zones.ToDictionary(zone => zone.Code, zone => force?.FindZone(zone.Code)?.Name ?? zone.Code, StringComparer.Ordinal);
        Map = force is null || !force.Layers.ContainsKey("boroughs") ? null : new MapView
        {
            Id = "playback-map",
            Description = "Map of units moving and incidents opening and closing; the tables below hold the same",
            Layer = force.GeoAddress("boroughs"),
            Bounds = force.Bounds,
            Frames = [new MapFrame("hour", "hour", new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal), [])],
            Attribution = ForceWords.Attribution(force),
            TableId = "table-incidents",
        };
        Fill(shown);
        return Page();
    }

    private void Fill(Playback shown)
    {
        var created = shown.Incidents.Count(incident => incident.Created >= 0);
        var most = shown.Queue.Max(each => each.Waiting);
        Headline = $"{Format.Count(created)} incidents came, {Format.Count(shown.Incidents.Count(incident => incident.Closed is not null))} were closed; {(most == 0 ? "none waited for a unit" : $"at most {Format.Words(most)} waited for a unit")}";
        var minutes = Enumerable.Range(0, (shown.Seconds / 60) + 1).Select(minute => (double?)shown.Queue.Last(each => each.At <= minute * 60).Waiting).ToList();
        Queue = new LineChart
        {
            Title = most == 0 ? "No incident waited for a unit" : $"At most {Format.Words(most)} incidents waited for a unit",
            Note = "Incidents past the controllers, the radio channel and the duty inspector for which no unit that may go was free, a further unit included, minute by minute; those still at the channel or the inspector are not among them",
            Series = [new LineSeries("Waiting", minutes)],
            Ticks = [.. Enumerable.Range(0, 7).Select(tick => (tick * 10, shown.From.AddMinutes(tick * 10).ToString("HH:mm", CultureInfo.InvariantCulture)))],
            Read = value => value.ToString("0", CultureInfo.InvariantCulture),
            Low = 0,
            Steps = true,
            Table = Offer(new DataTable(
                "queue", "Incidents waiting for a unit", [new("Time"), new("Waiting", true)],
                [.. minutes.Select((waiting, minute) => (IReadOnlyList<DataCell>)[shown.From.AddMinutes(minute).ToString("HH:mm", CultureInfo.InvariantCulture), DataCell.Of((long)waiting!.Value)])])),
        };
        Incidents = Offer(new DataTable(
            "incidents", "Incidents open in the hour", [new("Incident"), new("Grade"), new("Zone"), new("Came"), new("Reached"), new("Closed")],
            [.. shown.Incidents.OrderBy(incident => incident.Created).Select(incident => (IReadOnlyList<DataCell>)
            [
                new DataCell(incident.Number.ToString(CultureInfo.InvariantCulture), Story(incident.Number)), incident.Grade, _zones.GetValueOrDefault(incident.Zone, incident.Zone), Time(shown, incident.Created),
                incident.Attended is { } attended ? Time(shown, attended) : "not yet", incident.Closed is { } closed ? Time(shown, closed) : "still open",
            ])])
        {
            Fold = 60,
        });
        Moves = Offer(new DataTable(
            "moves", "What units did", [new("Time"), new("Unit"), new("Home"), new("Does"), new("Incident"), new("From"), new("To")],
            [.. shown.States.Where(state => state.At > 0).Select(state => (At: state.At, Cells: (IReadOnlyList<DataCell>)
                [
                    Time(shown, state.At), state.Unit.ToString(CultureInfo.InvariantCulture), shown.Boroughs.GetValueOrDefault(state.Unit, ""), Words(state.State), state.Incident is { } at ? new DataCell(at.ToString(CultureInfo.InvariantCulture), Story(at)) : "", "", "",
                ]))
                .Concat(shown.Legs.Where(leg => leg.Start >= 0 && leg.From != leg.To).Select(leg => (At: leg.Start, Cells: (IReadOnlyList<DataCell>)
                [
                    Time(shown, leg.Start), leg.Unit.ToString(CultureInfo.InvariantCulture), shown.Boroughs.GetValueOrDefault(leg.Unit, ""), $"sets out, {Format.Plain(Math.Round((leg.End - leg.Start) / 60.0, 1))} minutes", "",
                    _zones.GetValueOrDefault(leg.From, leg.From), _zones.GetValueOrDefault(leg.To, leg.To),
                ])))
                .OrderBy(each => each.At).Select(each => each.Cells)])
        {
            Fold = 40,
        });
    }

    private string Story(int incident) => $"/runs/{Key}/incidents/{incident.ToString(CultureInfo.InvariantCulture)}?replication={Replication.ToString(CultureInfo.InvariantCulture)}";

    private string Address(DateTime at) => $"/runs/{Key}/playback?at={at.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)}&replication={Replication.ToString(CultureInfo.InvariantCulture)}{AreaAsked}";

    private string AreaAsked => string.IsNullOrEmpty(Area) ? "" : "&area=" + Uri.EscapeDataString(Area);

    private static string Time(Playback shown, int second) => second < 0
        ? "before, " + shown.From.AddSeconds(second).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : shown.From.AddSeconds(second).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Words(string state) => state switch
    {
        "available" => "is free",
        "travelling" => "is on its way",
        "atScene" => "is at the scene",
        "custody" => "is in custody",
        "caseWork" => "does case work",
        "guard" => "guards",
        "briefing" => "is briefed",
        "meal" => "has its meal",
        "offDuty" => "goes off duty",
        "noVehicle" => "has no vehicle",
        "abstracted" => "is abstracted",
        _ => state,
    };
}
