using System.Collections.Concurrent;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Runs;

namespace Pathfinder.Platform.Records.Search;

/// <summary>
/// Scans what the view gives. Registers of one programme are small (London's five documents make some 1,500 records), so a scan of folded
/// texts, each folded once a version, answers faster than an index would be kept true on three clocks.
/// </summary>
internal sealed class ProgrammeSearch(IForces forces, IHistory history, DesignRegister designs) : ISearch
{
    // Folding costs more than reading; beyond this the oldest programme of the process is forgotten, not the memory filled.
    // Codes that stand for an area in records; without a force a code can only be taken at its word.
    private static HashSet<string> Area(ForcePack? pack, string named, List<Problem> problems)
    {
        if (pack is null)
        {
            return new HashSet<string>(StringComparer.Ordinal) { named };
        }

        var areas = ForceAreas.Of(pack);
        var codes = areas.Named(named).SelectMany(area => areas.Scope(area.Code)).ToHashSet(StringComparer.Ordinal);
        if (codes.Count == 0)
        {
            problems.Add(new Problem("The force has no such area", Field: "area", Found: named, Accepted: "code or name of a borough, ward or command unit"));
        }

        return codes;
    }

    private const int Kept = 100_000;

    private static readonly (string Kind, string Many, string Path)[] Others =
    [
        ("design", "designs", "designs"), ("run", "runs", "runs"), ("unit", "command units", "areas/unit"), ("borough", "boroughs", "areas/borough"), ("ward", "wards", "areas/ward"),
    ];

    private readonly ConcurrentDictionary<(string Kind, long Version), SearchText> _texts = new();

    public async Task<Outcome<SearchAnswer>> FindAsync(RecordView view, SearchQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(query);
        var pack = await forces.FindCurrentAsync(cancellation);
        var problems = new List<Problem>();
        var area = Given(query.Area) is { } named ? Area(pack, named, problems) : null;
        var kind = Given(query.Kind) is { } asked ? Kind(view.Catalogue, asked, problems) : null;
        var body = Given(query.Body);
        if (body is not null && await view.FindAsync("body:" + body, cancellation) is null)
        {
            problems.Add(new Problem("There is no such board, committee or forum", Field: "body", Found: body, Accepted: "the key of one, as in its address"));
        }

        if (query is { From: { } from, To: { } to } && to < from)
        {
            problems.Add(new Problem("The last day is before the first", Field: "to"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var words = new SearchWords(query.Text);
        var found = new List<Match>();
        foreach (var each in view.Catalogue.Kinds)
        {
            foreach (var record in await view.ListAsync(each, cancellation))
            {
                if (Of(record, words, area, body, query) is { } match)
                {
                    found.Add(match);
                }
            }
        }

        if (area is null && body is null && query is { From: null, To: null })
        {
            await OthersAsync(view, pack, words, found, cancellation);
        }

        var byKind = found.GroupBy(match => match.Kind, StringComparer.Ordinal)
            .Select(group => (group.Key, Many(view.Catalogue, group.Key), group.Count()))
            .OrderByDescending(group => group.Item3).ThenBy(group => group.Item2, StringComparer.Ordinal).ToList();
        var narrowed = kind is null ? found : found.Where(match => match.Kind == kind).ToList();
        var hits = narrowed.OrderByDescending(match => match.Score).ThenBy(match => match.Title, StringComparer.Ordinal).ThenBy(match => match.Key, StringComparer.Ordinal)
            .Skip((Math.Max(1, query.Page) - 1) * SearchQuery.PageSize).Take(SearchQuery.PageSize).Select(match => match.Hit(words)).ToList();
        return new SearchAnswer(hits, narrowed.Count, byKind);
    }

    private Match? Of(StoredRecord record, SearchWords words, IReadOnlySet<string>? area, string? body, SearchQuery query)
    {
        if (_texts.Count > Kept)
        {
            _texts.Clear();
        }

        var text = _texts.GetOrAdd((record.Kind.Name, record.VersionId), static (_, record) => SearchText.Of(record), record);
        var restricted = record.Body.Handling.IsRestricted;
        if (!(restricted ? words.AllIn(text.Title) : words.AllIn(text.Title, text.Body))
            || (area is not null && !text.Areas.Overlaps(area))
            || (body is not null && !text.Bodies.Contains(body))
            || ((query.From is not null || query.To is not null) && !text.Dates.Any(date => !(date.Last < query.From) && !(date.First > query.To))))
        {
            return null;
        }

        return new Match(
            record.Kind.Name, record.Kind.One, record.Kind.Path, record.Key, record.Body.Title, Score(words, text.Title), restricted ? [] : text.Fields,
            restricted ? Handlings.GroundOf(record.Body.Handling) : null);
    }

    private async Task OthersAsync(RecordView view, ForcePack? pack, SearchWords words, List<Match> found, CancellationToken cancellation)
    {
        void Look(string kind, string key, string title, string text = "")
        {
            var folded = SearchWords.Fold($"{title} {key}");
            if (words.AllIn(folded, SearchWords.Fold(text)))
            {
                var place = Array.Find(Others, other => other.Kind == kind);
                found.Add(new Match(kind, kind == "unit" ? "command unit" : kind, place.Path, key, title, Score(words, folded), text.Length == 0 ? [] : [("Purpose", text)], null));
            }
        }

        foreach (var design in await designs.ListAsync(view.At, cancellation))
        {
            Look("design", design.Key, design.Body!.Name, design.Body.Purpose);
        }

        foreach (var run in await history.ListAsync(RunRegister.Kind, view.At, cancellation))
        {
            Look("run", run.Key, $"Run of {run.Body!.Name}");
        }

        foreach (var unit in pack?.CommandUnits ?? [])
        {
            Look("unit", unit.Code, unit.Name);
        }

        foreach (var borough in pack?.Boroughs.Where(borough => borough.InForce) ?? [])
        {
            Look("borough", borough.Code, borough.Name);
        }

        foreach (var ward in pack?.Wards.GroupBy(ward => ward.Code, StringComparer.Ordinal).Select(editions => editions.MaxBy(ward => ward.Edition)!) ?? [])
        {
            Look("ward", ward.Code, ward.Name);
        }
    }

    // All words in the title outweigh some, and some outweigh none.
    private static int Score(SearchWords words, string title) => words.IsEmpty ? 0 : words.AllIn(title) ? 1000 : words.CountIn(title);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Kind(RecordCatalogue catalogue, string asked, List<Problem> problems)
    {
        var name = catalogue.Find(asked)?.Name ?? catalogue.FindByPath(asked)?.Name ?? Array.Find(Others, other => other.Kind == asked || other.Many == asked).Kind;
        if (name is null)
        {
            problems.Add(new Problem("There is no such kind", Field: "kind", Found: asked, Accepted: string.Join(", ", catalogue.Kinds.Select(kind => kind.Name).Concat(Others.Select(other => other.Kind)))));
        }

        return name;
    }

    private static string Many(RecordCatalogue catalogue, string kind) => catalogue.Find(kind)?.Many ?? Array.Find(Others, other => other.Kind == kind).Many;

    private sealed record Match(
        string Kind, string What, string Path, string Key, string Title, int Score, IReadOnlyList<(string Label, string Text)> Fields, string? Ground)
    {
        public SearchHit Hit(SearchWords words)
        {
            // The words that the title does not hold are shown where they stand.
            var best = words.IsEmpty ? default : Fields.Select(field => (field.Label, field.Text, Count: words.CountIn(SearchWords.Fold(field.Text)))).OrderByDescending(field => field.Count).FirstOrDefault();
            var shown = best.Count > 0 ? best : default;
            return new SearchHit(Kind, What, Path, Key, words.Mark(Title, whole: true), shown.Label, shown.Text is null ? [] : words.Mark(shown.Text, whole: false), Ground);
        }
    }
}
