using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>A series as the store holds it now.</summary>
/// <param name="Key">Its key, by which commands and addresses name it.</param>
/// <param name="Body">What it is.</param>
/// <param name="Purpose">What its template is for.</param>
public sealed record SeriesOffered(string Key, ReportSeries Body, string Purpose);

/// <summary>Builds reports from records as at three dates.</summary>
public sealed class ReportBuilder
{
    /// <summary>The heading of the author's sentences.</summary>
    public const string SummaryHeading = "Summary";

    // After every day on which anything holds or is known: which series there are is no question of dates.
    private static readonly DateOnly Last = new(9999, 1, 1);

    private readonly IRecords _records;
    private readonly IHistory _history;
    private readonly IForces _forces;
    private readonly ContradictionFinder _contradictions;
    private readonly ReportTools _tools;
    private readonly ReportAnnex _annex;

    /// <summary>A builder over the store.</summary>
    public ReportBuilder(IRecords records, IHistory history, IForces forces, ContradictionFinder contradictions, IEnumerable<IRecordReading> readings, IMeasureCharts charts, PlanEvaluator evaluator)
    {
        (_records, _history, _forces, _contradictions) = (records, history, forces, contradictions);
        _tools = new ReportTools(readings.ToDictionary(reading => reading.Kind, StringComparer.Ordinal), charts, evaluator);
        _annex = new ReportAnnex(history);
    }

    /// <summary>Names of the templates shipped.</summary>
    public static IReadOnlyList<string> Templates { get; } = ReportTemplates.All.Select(template => template.Name).ToList();

    /// <summary>The series that a reader may see, in order of key.</summary>
    public async Task<IReadOnlyList<SeriesOffered>> SeriesAsync(Actor? reader, DateTimeOffset? recorded = null, CancellationToken cancellation = default) =>
        (await _records.View(reader, new AsAt(Last, Last, recorded)).ListAsync<ReportSeries>(cancellation))
            .Select(one => new SeriesOffered(one.Key, one.Body, ReportTemplate.Find(one.Body.Template) is { Succeeded: true } found ? found.Value.Purpose : "")).ToList();

    /// <summary>
    /// Builds a report of a series for a reader, as at three dates (recorded null: up to the newest change). Refused where there is no
    /// such series or its template is none of those shipped. <paramref name="sentences"/> stand at its head, each with its verdict.
    /// </summary>
    public async Task<Outcome<ReportDocument>> BuildAsync(Actor? reader, string series, AsAt at, IReadOnlyList<AuthorSentence>? sentences = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(at);
        var recorded = at.Recorded ?? await _history.LatestRecordedAsync(cancellation);
        var offered = (await SeriesAsync(reader, recorded, cancellation)).FirstOrDefault(one => one.Key == series);
        if (offered is null)
        {
            var all = await SeriesAsync(reader, recorded, cancellation);
            return new Problem("There is no such series of reports", Field: "series", Found: series, Accepted: all.Count == 0 ? "none is recorded yet; record one under report-series" : string.Join(", ", all.Select(one => one.Key)));
        }

        var template = ReportTemplate.Find(offered.Body.Template);
        return template.Succeeded
            ? await WriteAsync(reader, offered, template.Value, at with { Recorded = recorded }, sentences ?? [], cancellation)
            : Outcome.Refused<ReportDocument>(template.Problems);
    }

    private async Task<ReportDocument> WriteAsync(Actor? reader, SeriesOffered series, ReportTemplate template, AsAt at, IReadOnlyList<AuthorSentence> sentences, CancellationToken cancellation)
    {
        var view = _records.View(reader, at);
        var words = await FactWords.OpenAsync(view, await AreasAsync(cancellation), cancellation);
        var scope = await ReportScope.OpenAsync(view, series.Body.Work, cancellation);
        var since = at.Known.AddMonths(series.Body.Cadence == SeriesCadence.Quarterly ? -3 : -1);
        var writer = new ReportWriter(view, scope, words, since, await AboutAsync(view, series.Body, scope, cancellation), _tools, (await _contradictions.ListAsync(view, cancellation)).Contradictions);
        if (sentences.Count > 0)
        {
            writer.Add(new HeadingBlock(2, SummaryHeading));
            writer.Add(new ListBlock([.. sentences.Select(sentence => (IReadOnlyList<ReportText>)[sentence.Says, new ReportText(sentence.Shown is { } shown ? $"{sentence.Verdict}: {shown}" : sentence.Verdict ?? "not checked", Standing: StandingOf(sentence.Verdict))])]));
        }

        foreach (var section in template.Sections)
        {
            await section.WriteAsync(writer, cancellation);
        }

        await _annex.WriteAsync(writer, cancellation);
        writer.AddSources();
        var withheld = await WithheldAsync(view, writer, cancellation);
        if (withheld.Count > 0)
        {
            writer.Add(new HeadingBlock(2, "Withheld"));
            writer.Add(new ListBlock([.. withheld.Select(part => (IReadOnlyList<ReportText>)[$"{part.What}: {FactWords.Lower(part.Ground)}"])]));
        }

        return new ReportDocument(
            series.Key, template.Name, $"{series.Body.Title}, {Numbers.Day(at.Effective)}", await MarkingAsync(writer, cancellation), at.Effective, at.Known, at.Recorded!.Value,
            Front(series, words, at, since), writer.Blocks, withheld, template.Sections.Any(section => section is DecisionSection) ? writer.About?.Reference : null);
    }

    private static IReadOnlyList<ReportLine> Front(SeriesOffered series, FactWords words, AsAt at, DateOnly since)
    {
        var lines = new List<ReportLine>
        {
            new("As at", Numbers.Day(at.Effective)),
            new("As known on", Numbers.Day(at.Known)),
            new("As recorded by", at.Recorded!.Value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture)),
            new("Covers", $"what became known from {Numbers.Day(since.AddDays(1))} to {Numbers.Day(at.Known)}"),
        };
        if (series.Body.Work is { } work)
        {
            lines.Insert(0, new("Work", words.Title("work:" + work)));
        }

        if (series.Body.Audience.Count > 0)
        {
            lines.Add(new("Written for", string.Join(", ", series.Body.Audience)));
        }

        return lines;
    }

    private static async Task<StoredRecord<Decision>?> AboutAsync(RecordView view, ReportSeries series, ReportScope scope, CancellationToken cancellation)
    {
        if (series.About is { } about)
        {
            return await view.FindAsync(about, cancellation) as StoredRecord<Decision>;
        }

        // A paper is about the last decision that has one.
        return (await view.ListAsync<Decision>(cancellation)).Where(one => scope.Contains(one) && one.Body.Sections.Count > 0)
            .MaxBy(one => (one.Body.DecidedOn?.First ?? one.Body.Due?.First ?? DateOnly.MinValue, one.Known, one.Key));
    }

    private async Task<IReadOnlyDictionary<string, string>> AreasAsync(CancellationToken cancellation)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (await _forces.FindCurrentAsync(cancellation) is { } pack)
        {
            foreach (var borough in pack.Boroughs)
            {
                names[borough.Code] = borough.Name;
            }

            foreach (var ward in pack.Wards)
            {
                names[ward.Code] = ward.Name;
            }

            foreach (var unit in pack.CommandUnits)
            {
                names[unit.Code] = $"{unit.Name} ({unit.Code})";
            }

            names["MPS"] = "Whole force";
        }

        return names;
    }

    private static async Task<IReadOnlyList<WithheldPart>> WithheldAsync(RecordView view, ReportWriter writer, CancellationToken cancellation)
    {
        var parts = new List<WithheldPart>();
        foreach (var decision in (await view.ListAsync<Decision>(cancellation)).Where(one => writer.Scope.Contains(one) && one.Known > writer.Since && one.Body.Publication is { HasPart2: true }))
        {
            parts.Add(new WithheldPart { What = $"Part 2 of \"{decision.Body.Title}\"", Ground = decision.Body.Publication!.Part2Ground ?? "no ground recorded" });
        }

        foreach (var kind in view.Catalogue.Kinds)
        {
            foreach (var (ground, count) in (await view.WithheldAsync(kind, cancellation)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                parts.Add(new WithheldPart { What = Numbers.Counted(count, kind.One, kind.Many, capital: true), Ground = ground });
            }
        }

        return parts;
    }

    private static async Task<string> MarkingAsync(ReportWriter writer, CancellationToken cancellation)
    {
        var texts = new ReportDocument("", "", "", "", default, default, default, [], writer.Blocks, []).Texts;
        foreach (var reference in texts.Select(text => text.Reference).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await writer.FindAsync(reference, cancellation) is { Body.Handling.Marking: Marking.OfficialSensitive })
            {
                return "OFFICIAL-SENSITIVE";
            }
        }

        return "OFFICIAL";
    }

    internal static Standing StandingOf(string? verdict) => verdict switch { "supported" => Standing.Good, "contradicted" => Standing.Bad, _ => Standing.Missing };
}
