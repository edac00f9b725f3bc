using System.Security.Claims;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Components.Maps;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Forces;

namespace Pathfinder.Web.Pages.Home;

/// <summary>Something that needs attention: what, why, and the page that helps.</summary>
/// <param name="Word">The rating as a word.</param>
/// <param name="Colour">Its tag colour.</param>
/// <param name="IsStep">Whether it is what this person does next, shown as an invitation before all that is amiss.</param>
public sealed record Attention(string Word, string Colour, string Text, string Why, string Href, string Action, bool IsStep = false);

/// <summary>What is known of the force today, and what needs attention.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(IChangeLog changes, IRecords records, ProgrammeAttention programme, OwnBoroughs own) : ForcePageModel
{
    /// <summary>What a reader who speaks for boroughs comes for; null for anybody else.</summary>
    public OwnBoroughsReading? Own { get; private set; }

    /// <summary>The headline.</summary>
    public string Finding { get; private set; } = "";

    /// <summary>The map as it stands on the date.</summary>
    public MapView Map { get; private set; } = null!;

    /// <summary>What needs attention, most pressing first.</summary>
    public IReadOnlyList<Attention> Attentions { get; private set; } = [];

    /// <summary>What the programme's records say needs attention, by question.</summary>
    public IReadOnlyList<AttentionGroup> Programme { get; private set; } = [];

    /// <summary>The change on one strip; null while nothing of it has a date.</summary>
    public StripChart? Strip { get; private set; }

    /// <summary>What the person does next while the main job has not been begun; null after that.</summary>
    public Attention? Step { get; private set; }

    /// <summary>Figures of the whole force.</summary>
    public IReadOnlyList<(string Value, string What, string Href)> Figures { get; private set; } = [];

    /// <summary>The last changes of the store, as far as this person may see them.</summary>
    public IReadOnlyList<LoggedChange> Recent { get; private set; } = [];

    /// <summary>Entries of the log in words.</summary>
    public LogWords Log { get; } = new(records.Catalogue);

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync()
    {
        var date = At.Effective;
        Finding = ForceWords.Finding(Force, date);
        var map = ForceWords.Map(Force, date, PageDates.Iso(At.Known), tableId: null);
        Map = map with { Frames = [map.Frames[map.First]], First = 0, DateHref = null };
        var boroughs = Force.BoroughsInForce.Select(b => b.Code).ToList();
        Figures =
        [
            (Format.Count(boroughs.Count), "boroughs", "/force#table-boroughs"),
            (Format.Count(Force.BoroughsInForce.Sum(b => (long)b.Population)), "residents", "/force#table-boroughs"),
            (Format.Count((long)Math.Round(Force.DemandPerDay("I", boroughs))), "immediate incidents expected a day", "/force#table-units"),
            (Format.Count((long)Math.Round(Force.DemandPerDay("S", boroughs))), "significant incidents expected a day", "/force#table-units"),
            (Format.Count(Force.Pack.ParadeSites.Count), "candidate parade sites", "/force"),
        ];
        if (User.May(Permission.Audit))
        {
            Recent = (await changes.ListAsync(User.Actor(), new LogQuery(Take: 5), HttpContext.RequestAborted)).Changes;
        }

        await ShowProgrammeAsync();
        var found = await SourcesAsync();
        Step = found.FirstOrDefault(item => item.IsStep);
        Attentions = [.. found.Where(item => !item.IsStep), .. ForceAttentions(date)];
    }

    private async Task ShowProgrammeAsync()
    {
        var view = records.View(User.Actor(), At);
        Programme = await programme.ListAsync(view, HttpContext.RequestAborted);
        Own = await own.ReadAsync(view, Force, User.Actor().Boroughs, HttpContext.RequestAborted);
        foreach (var (_, table, _) in Own?.Boroughs.SelectMany(borough => borough.Records.Tables) ?? [])
        {
            Offer(table);
        }
        Strip = await ProgrammeStrip.OfAsync(view, HttpContext.RequestAborted);
        if (Strip is not null)
        {
            Offer(Strip.Table);
        }

        var marking = HttpContext.RequestServices.GetRequiredService<PageMarking>();
        marking.Raise(Own?.Boroughs.SelectMany(borough => borough.Records.Shown) ?? []);
        foreach (var reference in Programme.SelectMany(group => group.References).Concat(Strip?.References ?? []).Concat(Own?.Boroughs.SelectMany(borough => borough.References) ?? []).Distinct(StringComparer.Ordinal))
        {
            if (await view.FindAsync(reference, HttpContext.RequestAborted) is { } shown)
            {
                marking.Raise([shown]);
            }
        }
    }

    private async Task<IReadOnlyList<Attention>> SourcesAsync()
    {
        var found = new List<Attention>();
        foreach (var source in HttpContext.RequestServices.GetServices<IAttentionSource>())
        {
            found.AddRange(await source.ListAsync(At, User, HttpContext.RequestAborted));
        }

        return found;
    }

    private IEnumerable<Attention> ForceAttentions(DateOnly date)
    {
        var weak = Force.Pack.Assumptions.Count(a => !string.Equals(a.Status, "sourced", StringComparison.Ordinal));
        if (weak > 0)
        {
            yield return new Attention(
                "weak", "yellow", $"{Format.Words(weak, capital: true)} of {Force.Pack.Assumptions.Count} assumptions have no source at hand or were fitted",
                "Results rest on them: replace them with the force’s own figures where it has them.", "/assumptions", "See them");
        }

        var planned = Force.UnitsOn(date).SelectMany(u => u.Members.Where(m => m.Imprecise is not null).Select(_ => u.Unit.Code)).Distinct(StringComparer.Ordinal).ToList();
        if (planned.Count > 0)
        {
            yield return new Attention(
                "uncertain", "grey", $"The day on which {Format.Words(planned.Count)} command {(planned.Count == 1 ? "unit" : "units")} began is not known ({string.Join(", ", planned)})",
                "A day stands for it in what is counted; each date says on what it rests.", "/force#table-boroughs", "See the dates");
        }

        var unknownPosts = Force.UnitsOn(date).SelectMany(u => Force.FunctionsOn(u.Unit.Code, date)).Count(f => f.Posts.Count == 0 || f.Posts.Any(p => p.Posts is null));
        if (unknownPosts > 0)
        {
            yield return new Attention(
                "missing", "grey", $"Posts are not known, or not all of them, for {Format.Words(unknownPosts)} {(unknownPosts == 1 ? "function" : "functions")} of command units",
                "Owed by the force’s establishment records; shown as not known until then.", "/force#table-units", "See the units");
        }
    }
}

/// <summary>A room that has something to say on the home page.</summary>
public interface IAttentionSource
{
    /// <summary>What needs attention as at the dates, most pressing first; actions are those that the person may take.</summary>
    Task<IReadOnlyList<Attention>> ListAsync(AsAt at, ClaimsPrincipal user, CancellationToken cancellation = default);
}
