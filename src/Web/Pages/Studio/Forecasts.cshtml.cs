using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Studio;
using Pathfinder.Platform.Sweeps;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Studio;

/// <summary>Forecasts of every possible unit: what was simulated, how far it is, and the form that starts or stops it.</summary>
[RequirePermission(Permission.Read)]
public sealed class ForecastsModel(GroupSweeps sweeps, IForcePacks packs, TimeProvider time) : PageModel, IHasTables
{
    private readonly List<DataTable> _tables = [];

    /// <summary>The force; null while no pack has been imported.</summary>
    public ForcePack? Pack { get; private set; }

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "Forecasts of every possible unit";

    /// <summary>Sweeps of this pack, newest first.</summary>
    public DataTable? Sweeps { get; private set; }

    /// <summary>Every unit of the newest one.</summary>
    public DataTable? Units { get; private set; }

    /// <summary>The sweep under way, or null.</summary>
    public SweepView? UnderWay { get; private set; }

    /// <summary>What to correct, or why a shard was refused.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Most boroughs of a unit, as typed.</summary>
    [BindProperty(Name = "maxSize")]
    public string? MaxSize { get; set; } = "4";

    /// <summary>Replications, as typed.</summary>
    [BindProperty(Name = "replications")]
    public string? Replications { get; set; } = "4";

    /// <summary>Days counted in each, as typed.</summary>
    [BindProperty(Name = "days")]
    public string? Days { get; set; } = "28";

    /// <inheritdoc />
    public IReadOnlyList<DataTable> Tables => _tables;

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync() => await FillAsync();

    /// <summary>Queues the simulation of every possible unit, or takes one up where it was.</summary>
    [RequirePermission(Permission.Run)]
    public async Task<IActionResult> OnPostAsync()
    {
        var problems = new List<Problem>();
        int Number(string field, string? text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            problems.Add(new Problem("This is not a whole number", Field: field, Found: text, Accepted: "a whole number"));
            return 0;
        }

        var (size, replications, days) = (Number("maxSize", MaxSize), Number("replications", Replications), Number("days", Days));
        if (problems.Count == 0 && await packs.FindCurrentAsync(HttpContext.RequestAborted) is { } pack)
        {
            var request = new SweepRequest(StudioDesigns.BaseDate(pack), size, days, replications);
            var started = await sweeps.StartAsync(request, User.Change("Forecasts for the studio"), HttpContext.RequestAborted);
            if (started.Succeeded)
            {
                return Redirect("/studio/forecasts");
            }

            problems.AddRange(started.Problems);
        }

        await FillAsync();
        Problems = problems;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Stops what is queued; what is done stays.</summary>
    [RequirePermission(Permission.Run)]
    public async Task<IActionResult> OnPostStopAsync(string? sweep)
    {
        if (sweep is { Length: > 0 })
        {
            await sweeps.StopAsync(sweep, HttpContext.RequestAborted);
        }

        return Redirect("/studio/forecasts");
    }

    private async Task FillAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Pack = await packs.FindCurrentAsync(cancel);
        if (Pack is null)
        {
            return;
        }

        var views = (await sweeps.ListAsync(time.Now(), cancel)).Where(view => view.Sweep.PackSha256 == Pack.Sha256).ToList();
        var rows = new List<IReadOnlyList<DataCell>>();
        foreach (var view in views)
        {
            var running = !view.Finished && await sweeps.IsUnderWayAsync(view.Key, cancel);
            UnderWay ??= running ? view : null;
            rows.Add(
            [
                Format.Date(view.Sweep.Dated), DataCell.Of(view.Sweep.MaxSize), DataCell.Of(view.Sweep.Replications), DataCell.Of(view.Sweep.Days), view.Sweep.EngineVersion,
                DataCell.Of(view.Done), DataCell.Of(view.Sweep.Groups),
                view.Finished ? new DataCell("finished", Tag: "green") : running ? new DataCell("under way", Tag: "blue") : new DataCell("stopped", Tag: "yellow"),
            ]);
        }

        Sweeps = Offer(new DataTable(
            "sweeps", "What was simulated",
            [new("Crews of"), new("Most boroughs", Numeric: true), new("Replications", Numeric: true), new("Days", Numeric: true), new("Engine"), new("Units done", Numeric: true), new("of", Numeric: true), new("Stands")], rows)
        {
            Empty = "Nothing has been simulated yet.",
        });
        Problems = views is [{ Finished: false } newest, ..] ? await sweeps.FaultsAsync(newest.Key, cancel) : [];
        if (HttpMethods.IsGet(Request.Method) && views is [{ Finished: false } open, ..])
        {
            // The same figures go on where it was.
            string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
            (MaxSize, Replications, Days) = (Text(open.Sweep.MaxSize), Text(open.Sweep.Replications), Text(open.Sweep.Days));
        }

        var finished = views.FirstOrDefault(view => view.Finished);
        Headline = (UnderWay, finished) switch
        {
            ({ } running, _) => $"Simulating every possible unit: {Format.Count(running.Done)} of {Format.Count(running.Sweep.Groups)} done",
            (_, { } done) => $"All {Format.Count(done.Sweep.Groups)} possible units are simulated: plans can be judged by calls in time",
            _ => "No forecast yet: the possible units have not been simulated",
        };
        if (finished is null)
        {
            return;
        }

        var names = Pack.Boroughs.ToDictionary(borough => borough.Code, borough => borough.Name, StringComparer.Ordinal);
        var values = await sweeps.ValuesAsync(finished.Key, cancel);
        Units = Offer(new DataTable(
            "units", "Possible units, the least often in time first",
            [new("Boroughs"), new("Immediate in time", Numeric: true), new("Significant in time", Numeric: true), new("Calls a day", Numeric: true), new("Crews", Numeric: true), new("Busy", Numeric: true), new("Channel busy", Numeric: true)],
            [.. values.OrderBy(each => each.ImmediateInTarget).Select(each => (IReadOnlyList<DataCell>)
            [
                Format.List([.. each.Boroughs.Select(code => names[code])]), Share(each.ImmediateInTarget), Share(each.SignificantInTarget), DataCell.Of(each.IncidentsPerDay), DataCell.Of(each.Crews), Share(each.Utilisation), Share(each.ChannelUtilisation),
            ])]));
    }

    private DataTable Offer(DataTable table)
    {
        _tables.Add(table);
        return table;
    }

    private static DataCell Share(double? share) => share is { } known ? new DataCell(Format.Percent(known), Csv: known.ToString("R", CultureInfo.InvariantCulture)) : Format.NotKnown;
}
