using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records.Files;

/// <summary>Registers as tables, made from the kinds' fields alone.</summary>
internal sealed partial class RegisterFiles(IRecords records, IRestrictedAccess access, TimeProvider time) : IRegisterFiles
{
    /// <summary>Columns before the fields; the prefix keeps them apart from fields of the same name, such as the dates of an appointment.</summary>
    private static readonly string[] Own = ["key", VersionName, KnownName, FromName, UntilName];

    private const string VersionName = "record.version", KnownName = "record.known", FromName = "record.from", UntilName = "record.until";

    public async Task<Outcome<RegisterFile>> ExportAsync(
        RecordView view, RecordKind kind, RegisterFormat format, string? why = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(kind);
        var all = await view.ListAsync(kind, cancellation);
        var restricted = view.Reader is null ? [] : all.Where(access.NeedsReason).ToList();
        if (restricted.Count > 0 && !string.IsNullOrWhiteSpace(why))
        {
            foreach (var record in restricted)
            {
                var logged = await access.LogConsultationAsync(view.Reader!, record, why, cancellation);
                if (!logged.Succeeded)
                {
                    return Outcome.Refused<RegisterFile>(logged.Problems);
                }
            }

            restricted.Clear();
        }

        var shown = all.Except(restricted).Select(record => (Record: record, Cells: RegisterColumns.Flatten(kind, record.Body))).ToList();
        var fields = RegisterColumns.Headings(kind, shown.Select(row => row.Cells));
        var rows = shown.Select(row => (IReadOnlyList<string>)
        [
            row.Record.Key, Number(row.Record.VersionId), RegisterCells.Iso(row.Record.Known), RegisterCells.Iso(row.Record.Effective.From),
            row.Record.Effective.Until is { } until ? RegisterCells.Iso(until) : "", .. fields.Select(heading => row.Cells.GetValueOrDefault(heading, "")),
        ]);
        var bytes = format == RegisterFormat.Csv
            ? RegisterCsv.Write([.. Own, .. fields], rows)
            : XlsxWriter.Write(kind.Path, [.. Own, .. fields], [false, true, false, false, false, .. fields.Select(heading => IsNumber(kind, heading))], rows);
        return format == RegisterFormat.Csv
            ? new RegisterFile($"pathfinder-{kind.Path}.csv", "text/csv; charset=utf-8", bytes, shown.Count, restricted.Count)
            : new RegisterFile($"pathfinder-{kind.Path}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, shown.Count, restricted.Count);
    }

    public async Task<Outcome<RegisterImport>> ImportAsync(
        Actor actor, RecordKind kind, string fileName, ReadOnlyMemory<byte> bytes, string? why, bool trial, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(kind);
        if (IRegisterFiles.FormatOf(fileName) is not { } format)
        {
            return new Problem("The file is neither CSV nor XLSX", fileName, Field: "file", Accepted: "a name that ends with .csv or .xlsx");
        }

        var read = format == RegisterFormat.Csv ? RegisterCsv.Read(fileName, bytes.Span) : XlsxReader.Read(fileName, bytes.ToArray());
        if (!read.Succeeded)
        {
            return Outcome.Refused<RegisterImport>(read.Problems);
        }

        var problems = Headings(kind, fileName, read.Value.Headings);
        if (string.IsNullOrWhiteSpace(why) && !trial)
        {
            problems.Add(new Problem("Say why", Field: "why", Accepted: "a sentence"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var rows = read.Value.Rows.Select(row => Row(kind, fileName, read.Value.Headings, row, problems)).OfType<ImportRow>().ToList();
        foreach (var repeated in rows.Where(row => row.Key is not null).GroupBy(row => row.Key, StringComparer.Ordinal).SelectMany(group => group.Skip(1)))
        {
            problems.Add(new Problem("Another row has the same key", fileName, repeated.Line, "key", repeated.Key));
        }

        return problems.Count > 0 ? problems : await SaveAsync(actor, kind, fileName, rows, why?.Trim() ?? "", trial, cancellation);
    }

    private async Task<Outcome<RegisterImport>> SaveAsync(
        Actor actor, RecordKind kind, string fileName, IReadOnlyList<ImportRow> rows, string why, bool trial, CancellationToken cancellation)
    {
        var view = records.View(actor, time.Now());
        var now = (await view.ListAsync(kind, cancellation)).ToDictionary(record => record.Key, StringComparer.Ordinal);
        var changes = new List<(ImportRow Row, RecordChange Change)>();
        var added = new List<string>();
        var changed = new List<string>();
        var unchanged = 0;
        foreach (var row in rows)
        {
            var before = await BeforeAsync(view, kind, row, now, cancellation);
            if (before is not null && Says(kind, before, row))
            {
                unchanged++;
                continue;
            }

            (before is null ? added : changed).Add(row.Key ?? "");
            // The day of an export stands in every row: left as it was, the change is known as of today.
            var known = before is not null && row.Known == before.Known ? null : row.Known;
            changes.Add((row, new RecordChange(kind.Name, row.Key, row.Body, row.From ?? before?.Effective.From, row.Until, known, before is null ? null : row.Version)));
        }

        if (changes.Count == 0)
        {
            return new RegisterImport([], [], unchanged, !trial);
        }

        var all = changes.ConvertAll(change => change.Change);
        if (trial)
        {
            var found = await records.CheckAsync(actor, all, why.Length > 0 ? why : "A trial", cancellation);
            return found.Count > 0 ? Placed(found, fileName, changes) : new RegisterImport(added, changed, unchanged, Saved: false);
        }

        var saved = await records.SaveAsync(actor, all, why, cancellation);
        return saved.Succeeded
            ? new RegisterImport(changes.Zip(saved.Value).Where(pair => added.Contains(pair.First.Row.Key ?? "", StringComparer.Ordinal)).Select(pair => pair.Second).ToList(), changed, unchanged, Saved: true)
            : Placed(saved.Problems, fileName, changes);
    }

    /// <summary>The version that a row was made from: the one it names, else the one that holds today.</summary>
    private static async Task<StoredRecord?> BeforeAsync(
        RecordView view, RecordKind kind, ImportRow row, Dictionary<string, StoredRecord> now, CancellationToken cancellation)
    {
        if (row.Key is not { } key)
        {
            return null;
        }

        var current = now.GetValueOrDefault(key);
        if (row.Version is not { } version || current?.VersionId == version)
        {
            return current;
        }

        var timeline = await view.TimelineAsync(kind, key, cancellation);
        return timeline.FirstOrDefault(stored => stored.VersionId == version && stored.Stated is not null) ?? current;
    }

    private static bool Says(RecordKind kind, StoredRecord before, ImportRow row)
    {
        var cells = RegisterColumns.Flatten(kind, before.Body);
        return (row.From is null || row.From == before.Effective.From) && row.Until == before.Effective.Until
            && cells.Count == row.Cells.Count && cells.All(cell => row.Cells.TryGetValue(cell.Key, out var text) && text == cell.Value);
    }

    private List<Problem> Placed(IEnumerable<Problem> problems, string fileName, List<(ImportRow Row, RecordChange Change)> changes) =>
        problems.Select(problem => problem.Field == "why" ? problem : problem with
        {
            File = fileName,
            Row = changes[Math.Clamp((problem.Row ?? 1) - 1, 0, changes.Count - 1)].Row.Line,
            Field = problem.Field is { } path ? Heading(changes[0].Change.Kind, path) : null,
        }).ToList();

    // Paths count rows from 0, headings from 1.
    private string Heading(string kind, string path) =>
        path is "version" or "known" or "from" or "until" && records.Catalogue.Find(kind)!.Fields.All(field => field.Name != path) ? "record." + path
        : Index().Replace(path, match => $"[{Number(long.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture) + 1)}]");

    [GeneratedRegex(@"\[(?<n>\d{1,6})\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Index();

    private static List<Problem> Headings(RecordKind kind, string fileName, IReadOnlyList<string> headings)
    {
        var problems = new List<Problem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in headings.Select(heading => heading.Trim()))
        {
            if (heading.Length == 0 || (!Own.Contains(heading, StringComparer.Ordinal) && RegisterColumns.Find(kind, heading) is null))
            {
                problems.Add(new Problem($"A {kind.One} has no such column", fileName, 1, heading, heading, $"{string.Join(", ", Own)}, {string.Join(", ", RegisterColumns.Headings(kind, []))}, with [2], [3] … for more rows"));
            }
            else if (!seen.Add(heading))
            {
                problems.Add(new Problem("This column stands twice", fileName, 1, heading));
            }
        }

        return problems;
    }

    private static ImportRow? Row(RecordKind kind, string fileName, IReadOnlyList<string> headings, RegisterRow row, List<Problem> problems)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var c = 0; c < Math.Min(headings.Count, row.Cells.Count); c++)
        {
            if (row.Cells[c].Trim().Length > 0)
            {
                var heading = headings[c].Trim();
                (Own.Contains(heading, StringComparer.Ordinal) ? own : cells)[heading] = Own.Contains(heading, StringComparer.Ordinal) ? row.Cells[c].Trim() : row.Cells[c];
            }
        }

        if (own.Count == 0 && cells.Count == 0)
        {
            return null;
        }

        var found = new List<Problem>();
        long? version = null;
        if (own.TryGetValue(VersionName, out var stated))
        {
            version = long.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            if (version is null)
            {
                found.Add(new Problem("The version cannot be read", Field: VersionName, Found: stated, Accepted: "the number that stood there, or nothing"));
            }
        }

        var (known, from, until) = (Day(own, KnownName, found), Day(own, FromName, found), Day(own, UntilName, found));
        var json = RegisterColumns.Unflatten(kind, cells, found);
        ProgrammeRecord? body = null;
        if (found.Count == 0)
        {
            try
            {
                body = kind.Read(json.ToJsonString(RecordJson.Options));
            }
            catch (JsonException e)
            {
                found.Add(new Problem("The row cannot be read", Field: e.Path, Accepted: e.Message));
            }
        }

        problems.AddRange(found.Select(problem => problem with { File = fileName, Row = row.Line }));
        // As the store would write it, so that 1,258 and 1258 are the same.
        return body is null ? null : new ImportRow(row.Line, own.GetValueOrDefault("key"), version, known, from, until, body, RegisterColumns.Flatten(kind, body));
    }

    private static DateOnly? Day(Dictionary<string, string> cells, string name, List<Problem> problems)
    {
        if (!cells.TryGetValue(name, out var text))
        {
            return null;
        }

        var day = RegisterCells.Day(text);
        if (day is null)
        {
            problems.Add(new Problem("The day cannot be read", Field: name, Found: text, Accepted: "a day, for example 2017-05-12"));
        }

        return day;
    }

    private static bool IsNumber(RecordKind kind, string heading) => RegisterColumns.Find(kind, heading)?.Shape is FieldShape.Whole or FieldShape.Number;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record ImportRow(
        int Line, string? Key, long? Version, DateOnly? Known, DateOnly? From, DateOnly? Until, ProgrammeRecord Body, IReadOnlyDictionary<string, string> Cells);
}
