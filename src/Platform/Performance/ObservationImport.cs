using System.Globalization;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>Which column of a table is what, and what the table is.</summary>
public sealed record ObservationMapping
{
    /// <summary>Key of the measure.</summary>
    public required string Measure { get; init; }

    /// <summary>Column of areas of a long table; null where each column is an area, or <see cref="FixedArea"/> is given.</summary>
    public string? Area { get; init; }

    /// <summary>Code of the one area of every row.</summary>
    public string? FixedArea { get; init; }

    /// <summary>Column of periods; the first column where it is null.</summary>
    public string? Period { get; init; }

    /// <summary>Column of values of a long table; null for a wide table, or where numerator and denominator make the value.</summary>
    public string? Value { get; init; }

    /// <summary>Column of numerators of a long table.</summary>
    public string? Numerator { get; init; }

    /// <summary>Column of denominators of a long table.</summary>
    public string? Denominator { get; init; }

    /// <summary>Codes for names of areas that the force's pack does not know: "Central" = "CN".</summary>
    public IReadOnlyDictionary<string, string> Areas { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The return or log that the values belong to; a later import into the same series revises what it repeats.</summary>
    public string Series { get; init; } = "";

    /// <summary>Where the values come from, in words; a document of the store is given in <see cref="Document"/>.</summary>
    public string? Source { get; init; }

    /// <summary>Key of the document that states them.</summary>
    public string? Document { get; init; }

    /// <summary>The day on which they became known; today where it is null.</summary>
    public DateOnly? Known { get; init; }

    /// <summary>Days after the end of its period on which each value became known, in place of one day for all.</summary>
    public int? KnownAfterDays { get; init; }

    /// <summary>How these values stand to those that others state otherwise; as before in their series where it is null, and asked for where there is no before.</summary>
    public Rivalry? Rivalry { get; init; }

    /// <summary>Whether it is a wide table: a row a period, a column an area.</summary>
    public bool IsWide => Value is null && Numerator is null;
}

/// <summary>A value that differs from the one on record.</summary>
public sealed record RevisedValue(string Area, string Period, double Was, double Now);

/// <summary>What an import does, or did.</summary>
/// <param name="Rows">Values read.</param>
/// <param name="New">Values for an area and period that had none in the series.</param>
/// <param name="Revised">Values that differ from those of the series.</param>
/// <param name="Same">Values that are there already, and are not recorded again.</param>
/// <param name="Blank">Cells without a value: missing, which is not nought.</param>
/// <param name="Areas">Codes of the areas.</param>
/// <param name="First">First period.</param>
/// <param name="Last">Last period.</param>
/// <param name="Notices">What a reader should know, in words.</param>
/// <param name="Saved">Key of the set that was recorded; null before, and where nothing was new.</param>
/// <param name="Preview">The first values as they were read.</param>
/// <param name="Rivals">Values that differ from what is on record under another name; a trial lists them, and recording asks which stand.</param>
public sealed record ObservationImportResult(
    int Rows, int New, IReadOnlyList<RevisedValue> Revised, int Same, int Blank, IReadOnlyList<string> Areas, string First, string Last, IReadOnlyList<string> Notices, string? Saved,
    IReadOnlyList<ObservedRow> Preview, IReadOnlyList<RivalValue> Rivals);

/// <summary>Brings tables of observations into the store, all or nothing.</summary>
public interface IObservationImport
{
    /// <summary>
    /// Reads a table (commas, semicolons or tabs; long or wide) and, unless it is a trial, records what is new or revised as one set. Refused
    /// with every problem of every row at once: unknown measure, column or area, periods in more than one way of writing or in the
    /// future, values that are no numbers, percentages over 100, denominators of nought, two rows for one area and period, rolling averages.
    /// </summary>
    Task<Outcome<ObservationImportResult>> ImportAsync(Actor actor, ObservationMapping mapping, string text, string file, string why, bool trial, CancellationToken cancellation = default);

    /// <summary>The columns of a table and how it is probably laid out; refused where it cannot be read.</summary>
    Outcome<ObservationMapping> Guess(string text, string file, string measure);

    /// <summary>The columns of a table.</summary>
    Outcome<IReadOnlyList<string>> Columns(string text, string file);
}

/// <summary>Imports through the records, so that clocks, log and rules are those of every record.</summary>
internal sealed class ObservationImport(IRecords records, IForces forces, TimeProvider time) : IObservationImport
{
    /// <summary>The largest text that is read.</summary>
    public const int MaximumCharacters = 4 * 1024 * 1024;

    private const int Previewed = 12;

    public Outcome<IReadOnlyList<string>> Columns(string text, string file)
    {
        var table = ObservationTable.Read(text, file);
        return table.Succeeded ? Outcome.Of<IReadOnlyList<string>>(table.Value.Header) : Outcome.Refused<IReadOnlyList<string>>(table.Problems);
    }

    public Outcome<ObservationMapping> Guess(string text, string file, string measure)
    {
        var table = ObservationTable.Read(text, file);
        if (!table.Succeeded)
        {
            return Outcome.Refused<ObservationMapping>(table.Problems);
        }

        string? Named(params string[] words) => table.Value.Header.FirstOrDefault(column => words.Contains(column, StringComparer.OrdinalIgnoreCase));
        var (area, value, numerator, denominator) = (Named("area", "borough", "bcu", "unit", "code"), Named("value", "share", "percent", "figure"), Named("numerator", "in target", "in_target", "x"), Named("denominator", "incidents", "n"));
        var isLong = area is not null && (value is not null || numerator is not null);
        return new ObservationMapping
        {
            Measure = measure,
            Period = Named("period", "month", "date", "quarter", "year") ?? table.Value.Header[0],
            Area = isLong ? area : null,
            Value = isLong ? value : null,
            Numerator = isLong ? numerator : null,
            Denominator = isLong ? denominator : null,
        };
    }

    public async Task<Outcome<ObservationImportResult>> ImportAsync(
        Actor actor, ObservationMapping mapping, string text, string file, string why, bool trial, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(mapping);
        var today = time.LondonToday();
        var view = records.View(actor, new AsAt(today, today));
        var problems = new List<Problem>();
        if (!actor.May(records.Catalogue.Get<ObservationSet>().Change))
        {
            problems.Add(new Problem("You may not import observations", file));
        }

        if (!trial && string.IsNullOrWhiteSpace(why))
        {
            problems.Add(new Problem("Say why", Field: "why", Accepted: "a sentence"));
        }

        if (mapping.Known > today)
        {
            problems.Add(new Problem("Nothing can be known before its day has come", Field: "known", Found: Day(mapping.Known.Value), Accepted: "a day up to " + Day(today)));
        }

        var measure = await view.FindAsync<Measure>(mapping.Measure, cancellation);
        if (measure is null)
        {
            problems.Add(new Problem("There is no such measure", Field: "measure", Found: mapping.Measure, Accepted: string.Join(", ", (await view.ListAsync<Measure>(cancellation)).Select(one => one.Key))));
        }

        var table = text.Length > MaximumCharacters
            ? new Problem("The table is larger than is read", file, Found: $"{text.Length.ToString(CultureInfo.InvariantCulture)} characters", Accepted: $"at most {MaximumCharacters.ToString(CultureInfo.InvariantCulture)}")
            : ObservationTable.Read(text, file);
        problems.AddRange(table.Problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var names = await AreaNames.ReadAsync(forces, mapping.Areas, cancellation);
        var read = new ObservationRows(table.Value, mapping, measure!.Body, names, today).Read();
        if (!read.Succeeded)
        {
            return Outcome.Refused<ObservationImportResult>(read.Problems);
        }

        return await SaveAsync(actor, view, mapping, file, why, trial, read.Value, cancellation);
    }

    private async Task<Outcome<ObservationImportResult>> SaveAsync(
        Actor actor, RecordView view, ObservationMapping mapping, string file, string why, bool trial, ReadObservations read, CancellationToken cancellation)
    {
        var series = string.IsNullOrWhiteSpace(mapping.Series) ? Path.GetFileNameWithoutExtension(file) : mapping.Series.Trim();
        var before = (await view.ListAsync<ObservationSet>(cancellation)).Where(set => set.Body.Measure == mapping.Measure && set.Body.Series == series).ToList();
        var sets = before.Select(set => set.Key).ToHashSet(StringComparer.Ordinal);
        var held = (await ObservedValues.ListAsync(view, cancellation)).Where(one => one.Kind.Body == typeof(ObservationSet) && sets.Contains(one.Key))
            .ToDictionary(one => (one.Body.Area, one.Body.Period!.First, one.Body.Period.Last), one => one.Body);
        var (fresh, revised, same) = (new List<ObservedRow>(), new List<RevisedValue>(), 0);
        foreach (var row in read.Rows)
        {
            if (!held.TryGetValue((row.Area, row.Period.First, row.Period.Last), out var other))
            {
                fresh.Add(row);
            }
            else if (other.Value == row.Value && other.Numerator == row.Numerator && other.Denominator == row.Denominator)
            {
                same++;
            }
            else
            {
                fresh.Add(row);
                revised.Add(new RevisedValue(row.Area, row.Period.Text, (double)other.Value!.Value, (double)row.Value));
            }
        }

        var result = new ObservationImportResult(
            read.Rows.Count, fresh.Count - revised.Count, revised, same, read.Blank, [.. read.Rows.Select(row => row.Area).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            read.Rows.MinBy(row => row.Period.First)!.Period.Text, read.Rows.MaxBy(row => row.Period.Last)!.Period.Text, read.Notices, null, [.. read.Rows.Take(Previewed)], []);
        if (fresh.Count == 0)
        {
            return result;
        }

        var today = view.At.Known;
        var firstEnd = fresh.Min(row => row.Period.Last);
        var known = mapping.KnownAfterDays is { } days ? Earlier(firstEnd.AddDays(days), today) : mapping.Known ?? today;
        var set = ObservationSets.With(
            new ObservationSet
            {
                Title = $"{series}: {result.First} to {result.Last}",
                Measure = mapping.Measure,
                Series = series,
                KnownAfterDays = mapping.KnownAfterDays,
                Summary = mapping.Source,
                Sources = string.IsNullOrWhiteSpace(mapping.Document) ? [] : [new Locator { Document = mapping.Document.Trim() }],
                Rivalry = mapping.Rivalry ?? before.OrderBy(one => one.VersionId).LastOrDefault(one => one.Body.Rivalry is not null)?.Body.Rivalry,
            },
            fresh);
        result = result with { Rivals = await RivalValues.FindAsync(view, set, null, cancellation) };
        var change = new RecordChange("observation-set", null, set, firstEnd, Known: known);
        if (trial)
        {
            // A trial shows what it would ask; only recording must have the answer.
            var asked = set with { Rivalry = set.Rivalry ?? Rivalry.Beside };
            var problems = await records.CheckAsync(actor, [change with { Body = asked }], "trial", cancellation);
            return problems.Count > 0 ? problems.ToList() : result;
        }

        var saved = await records.SaveAsync(actor, [change], why, cancellation);
        return saved.Succeeded ? result with { Saved = saved.Value[0] } : Outcome.Refused<ObservationImportResult>(saved.Problems);
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
