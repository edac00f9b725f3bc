using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>What sections compute with: what each kind computes, control charts, evaluations.</summary>
internal sealed record ReportTools(IReadOnlyDictionary<string, IRecordReading> Readings, IMeasureCharts Charts, PlanEvaluator Evaluator);

/// <summary>What the sections of one report write with: the records they may read, the words for them, and the blocks written so far.</summary>
internal sealed class ReportWriter(
    RecordView view, ReportScope scope, FactWords words, DateOnly since, StoredRecord<Decision>? about, ReportTools tools, IReadOnlyList<Contradiction> contradictions)
{
    private readonly List<ReportBlock> _blocks = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<(string Reference, string Path, string Words)> _shown = [];
    private readonly Dictionary<string, Dictionary<string, StoredRecord>> _records = new(StringComparer.Ordinal);
    private readonly List<string> _cited = [];

    /// <summary>The records as at the dates, as far as the readers may see them.</summary>
    public RecordView View => view;

    /// <summary>What the series is about.</summary>
    public ReportScope Scope => scope;

    /// <summary>The facts in words.</summary>
    public FactWords Words => words;

    /// <summary>The last day before the period that the report covers.</summary>
    public DateOnly Since => since;

    /// <summary>The decision that the report is about; null where it is about none.</summary>
    public StoredRecord<Decision>? About => about;

    /// <summary>What contradicts, on the dates.</summary>
    public IReadOnlyList<Contradiction> Contradictions => contradictions;

    /// <summary>What sections compute with.</summary>
    public ReportTools Tools => tools;

    /// <summary>What was written.</summary>
    public IReadOnlyList<ReportBlock> Blocks => _blocks;

    /// <summary>Whether words of a fact stand in the report already.</summary>
    public bool IsShown(ReportText text) => text is { Reference: { } reference, Path: { } path } && _shown.Contains((reference, path, text.Words));

    /// <summary>Adds a part.</summary>
    public void Add(ReportBlock block)
    {
        _blocks.Add(block);
        IEnumerable<ReportText> texts = block switch
        {
            HeadingBlock heading => [heading.Text],
            ParagraphBlock paragraph => [paragraph.Text],
            ListBlock list => list.Items.SelectMany(item => item),
            TableBlock table => table.Rows.SelectMany(row => row).SelectMany(cell => cell),
            _ => [],
        };
        foreach (var text in texts)
        {
            if (text is { Reference: { } reference, Path: { } path })
            {
                _shown.Add((reference, path, text.Words));
            }
        }
    }

    /// <summary>Notes that fields of a record are told by where it stands, such as the row and the column of a value.</summary>
    public void Tell(StoredRecord record, params string[] paths)
    {
        foreach (var text in paths.SelectMany(path => words.Of(record, path)))
        {
            _shown.Add((record.Reference, text.Path!, text.Words));
        }
    }

    /// <summary>An id for a table, made of its title, that no other table of the report has.</summary>
    public string Id(string title)
    {
        var id = RecordKeys.FirstFree(RecordKeys.FromTitle(title, "table"), _ids.Contains);
        _ids.Add(id);
        return id;
    }

    /// <summary>Where it says so: each document by its number in the list of sources at the end, with the lines or else the section, "[2] lines 7, 10-12".</summary>
    public string Cite(IEnumerable<Locator> sources) => string.Join("; ", sources.GroupBy(source => source.Document, StringComparer.Ordinal).Select(group =>
    {
        if (!_cited.Contains(group.Key, StringComparer.Ordinal))
        {
            _cited.Add(group.Key);
        }

        var lines = group.Select(source => source.Lines).OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(text => int.TryParse(text.Split('-')[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var first) ? first : int.MaxValue).ToList();
        var sections = group.Where(source => source.Lines is null).Select(source => source.Section ?? source.Paragraph).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var number = (_cited.IndexOf(group.Key) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return $"[{number}]{(lines.Count == 0 ? "" : lines is [var line] && !line.Contains('-', StringComparison.Ordinal) ? $" line {line}" : $" lines {string.Join(", ", lines)}")}{(sections.Count == 0 ? "" : (lines.Count > 0 ? ", " : " ") + string.Join(", ", sections))}";
    }));

    /// <summary>Lists the documents that were cited, by their numbers.</summary>
    public void AddSources()
    {
        if (_cited.Count > 0)
        {
            Add(new HeadingBlock(2, "Sources"));
            Add(new ListBlock([.. _cited.Select((key, i) => (IReadOnlyList<ReportText>)[new ReportText($"[{(i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}] {words.Title("document:" + key)}", "document:" + key, "title")])]));
        }
    }

    /// <summary>The records of a kind that a section takes, in its order.</summary>
    public async Task<IReadOnlyList<StoredRecord>> PickAsync(string kind, Pick pick, string? orderBy, CancellationToken cancellation)
    {
        var all = (await view.ListAsync(view.Catalogue.Find(kind)!, cancellation)).Where(scope.Contains)
            .Where(record => pick switch { Pick.Reported => record.Known > since, Pick.Silent => record.Known <= since, _ => true });
        return orderBy is null ? all.ToList() : all.OrderBy(record => Sortable(record, orderBy)).ThenBy(record => record.Key, StringComparer.Ordinal).ToList();
    }

    /// <summary>What a path says of a record; "work>title" is the title of the work that the record belongs to.</summary>
    public async Task<IReadOnlyList<ReportText>> FactsAsync(StoredRecord record, string path, CancellationToken cancellation)
    {
        var steps = path.Split('>');
        foreach (var step in steps[..^1])
        {
            var field = record.Kind.Fields.First(one => one.Name == step);
            if (field.Of(record.Body) is not string { Length: > 0 } key || await FindAsync(field.Mark.RefersTo == "*" ? key : $"{field.Mark.RefersTo}:{key}", cancellation) is not { } next)
            {
                return [];
            }

            record = next;
        }

        return words.Of(record, steps[^1]);
    }

    /// <summary>A record by its reference, or null.</summary>
    public async Task<StoredRecord?> FindAsync(string reference, CancellationToken cancellation)
    {
        var parts = reference.Split(':', 2);
        if (parts.Length != 2 || view.Catalogue.Find(parts[0]) is not { } kind)
        {
            return null;
        }

        if (!_records.TryGetValue(parts[0], out var held))
        {
            _records[parts[0]] = held = (await view.ListAsync(kind, cancellation)).ToDictionary(one => one.Key, StringComparer.Ordinal);
        }

        return held.GetValueOrDefault(parts[1]);
    }

    /// <summary>What the product computes of records of a kind; null where it computes nothing.</summary>
    public async Task<ListReading?> ReadAsync(string kind, IReadOnlyList<StoredRecord> records, CancellationToken cancellation) =>
        tools.Readings.TryGetValue(kind, out var reading) ? await reading.ReadAsync(view, records, cancellation) : null;

    /// <summary>Computed words as words of a report: they are of their record, and of no field of it.</summary>
    public static ReportText Computed(Said said, StoredRecord of) => new(said.Text, of.Reference, Standing: said.Standing);

    // Numbers and dates before what has none, in their own order.
    private static (long Rank, string Words) Sortable(StoredRecord record, string orderBy) => record.Kind.Fields.First(field => field.Name == orderBy).Of(record.Body) switch
    {
        int number => (number, ""),
        PartialDate date => (date.First.DayNumber, ""),
        string text => (0, text),
        null => (long.MaxValue, ""),
        _ => (0, ""),
    };
}
