using System.Globalization;
using System.Text.RegularExpressions;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records.Files;

/// <summary>
/// Any register as a table that people edit in a spreadsheet, and back. The columns follow from the kind's fields: key, record.version,
/// record.known, record.from, record.until, then each field; lists of words joined by " | "; rows as <c>forecasts[1].date</c>, counted from 1.
/// </summary>
public sealed partial class RegisterFiles(IRecords records, IRestrictedAccess access, TimeProvider time)
{
    /// <summary>The format that a file name or an address ends with, or null.</summary>
    public static RegisterFormat? FormatOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? RegisterFormat.Csv
            : name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? RegisterFormat.Xlsx : null;
    }

    /// <summary>
    /// The records of a kind that the view's reader may read, as a table. Restricted records are in it only for a reason, and each is
    /// then logged as opened.
    /// </summary>
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
            ? RegisterCsv.Write([.. RegisterRows.Own, .. fields], rows)
            : XlsxWriter.Write(kind.Path, [.. RegisterRows.Own, .. fields], [false, true, false, false, false, .. fields.Select(heading => IsNumber(kind, heading))], rows);
        return format == RegisterFormat.Csv
            ? new RegisterFile($"pathfinder-{kind.Path}.csv", "text/csv; charset=utf-8", bytes, shown.Count, restricted.Count)
            : new RegisterFile($"pathfinder-{kind.Path}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, shown.Count, restricted.Count);
    }

    /// <summary>
    /// Saves the rows of a table that differ from what the store says: all or none, with every problem by row and column. A row names the record
    /// by its key and the version it was made from, as an export wrote them; a new one says "new" there, or has no key and gets one from its
    /// title. Columns that are not in the file, and records that are not, stay as they are. Formulas are refused, never evaluated. With
    /// <paramref name="trial"/> nothing is saved.
    /// </summary>
    public async Task<Outcome<RegisterImport>> ImportAsync(
        Actor actor, RecordKind kind, string fileName, ReadOnlyMemory<byte> bytes, string? why, bool trial, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(kind);
        if (FormatOf(fileName) is not { } format)
        {
            return new Problem("The file is neither CSV nor XLSX", fileName, Field: "file", Accepted: "a name that ends with .csv or .xlsx");
        }

        var problems = new List<Problem>();
        var read = format == RegisterFormat.Csv ? RegisterCsv.Read(fileName, bytes.Span, problems) : XlsxReader.Read(fileName, bytes.ToArray(), problems);
        if (string.IsNullOrWhiteSpace(why) && !trial)
        {
            problems.Add(new Problem("Say why", Field: "why", Accepted: "a sentence"));
        }

        if (read is null)
        {
            return problems;
        }

        var table = RegisterRows.Read(kind, fileName, read, problems);
        var view = records.View(actor, time.Now());
        var now = (await view.ListAsync(kind, cancellation)).ToDictionary(record => record.Key, StringComparer.Ordinal);
        var (changes, result) = (new List<(RegisterRows.Row Row, RecordChange Change)>(), new RegisterImport([], [], 0, Saved: false, table.DaysRead));
        foreach (var row in table.Rows)
        {
            // The same file again, after it was saved, names versions that are no longer the newest and says what the store says.
            if (SaidAlready(table, row, now))
            {
                result = result with { Unchanged = result.Unchanged + 1 };
                continue;
            }

            var before = await BeforeAsync(view, kind, row, now, fileName, problems, cancellation);
            if (before.IsRefused || table.Body(row, before.Record, problems) is not { } body)
            {
                continue;
            }

            result = Add(result, changes, table, row, before.Record, body, fileName, problems);
        }

        return await FinishAsync(actor, fileName, changes, result, why?.Trim() ?? "", trial, table, problems, cancellation);
    }

    private static bool SaidAlready(RegisterRows table, RegisterRows.Row row, Dictionary<string, StoredRecord> now)
    {
        var unread = new List<Problem>();
        bool Same(StoredRecord record) => table.Body(row, record, unread) is { } body && unread.Count == 0
            && Says(table.Kind, record, row, table.Has(RegisterRows.UntilName) ? row.Until : record.Effective.Until, body);
        if (row.Key is { } key)
        {
            return now.TryGetValue(key, out var record) && (row.IsNew || (row.Version is { } version && version < record.VersionId)) && Same(record);
        }

        // A new record that was given no key: whichever has its title and says all that it says.
        return row.Version is null && table.Body(row, null, unread) is { } stated && unread.Count == 0
            && now.Values.Any(record => record.Body.Title == stated.Title && table.Kind.Write(record.Body) == table.Kind.Write(stated) && (row.From is null || row.From == record.Effective.From));
    }

    private static RegisterImport Add(
        RegisterImport result, List<(RegisterRows.Row Row, RecordChange Change)> changes, RegisterRows table, RegisterRows.Row row, StoredRecord? before, ProgrammeRecord body,
        string fileName, List<Problem> problems)
    {
        var kind = table.Kind;
        var until = table.Has(RegisterRows.UntilName) ? row.Until : before?.Effective.Until;
        if (before is not null && Says(kind, before, row, until, body))
        {
            return result with { Unchanged = result.Unchanged + 1 };
        }

        if (before is not null && row.Version is null)
        {
            problems.Add(new Problem(
                $"Say which version of the {kind.One} the row was made from, so that nobody else's work goes with it unseen", fileName, row.Line, RegisterRows.VersionName,
                Accepted: $"the number of an export; now {Number(before.VersionId)}"));
            return result;
        }

        // The day of an export stands in every row: left as it was, the change is known as of today.
        var known = before is not null && row.Known == before.Known ? null : row.Known;
        changes.Add((row, new RecordChange(kind.Name, row.Key, body, row.From ?? before?.Effective.From, until, known, before is null ? row.IsNew ? 0 : null : row.Version)));
        result = result with { Differences = [.. result.Differences, new RowDifference(row.Line, body.Title, before is null, RecordDifferences.Between(kind, before?.Body, body))] };
        return before is null ? result with { Added = [.. result.Added, row.Key ?? ""] } : result with { Changed = [.. result.Changed, row.Key!] };
    }

    private async Task<Outcome<RegisterImport>> FinishAsync(
        Actor actor, string fileName, List<(RegisterRows.Row Row, RecordChange Change)> changes, RegisterImport result, string why, bool trial,
        RegisterRows table, List<Problem> problems, CancellationToken cancellation)
    {
        var all = changes.ConvertAll(change => change.Change);
        if (all.Count > 0 && (trial || problems.Count > 0))
        {
            var found = Placed(await records.CheckAsync(actor, all, why.Length > 0 ? why : "A trial", cancellation), fileName, changes);
            // A row that cannot be read is no reason to say that what refers to it leads nowhere.
            problems.AddRange(found.Where(problem => problem.Found is not { } led || !table.Refused.Contains(led)));
        }

        if (problems.Count > 0)
        {
            return problems.OrderBy(problem => problem.Row ?? 0).ToList();
        }

        if (trial || all.Count == 0)
        {
            return result with { Saved = !trial };
        }

        var saved = await records.SaveAsync(actor, all, why, cancellation);
        return saved.Succeeded
            ? result with { Added = changes.Zip(saved.Value).Where(pair => result.Added.Contains(pair.First.Row.Key ?? "", StringComparer.Ordinal)).Select(pair => pair.Second).ToList(), Saved = true }
            : Placed(saved.Problems, fileName, changes);
    }

    /// <summary>
    /// The version that a row was made from: the one it names, else the one that holds today; null for a new record. Refused where the row's
    /// key and version do not belong together, so that an altered key makes no second record.
    /// </summary>
    private static async Task<(StoredRecord? Record, bool IsRefused)> BeforeAsync(
        RecordView view, RecordKind kind, RegisterRows.Row row, Dictionary<string, StoredRecord> now, string fileName, List<Problem> problems, CancellationToken cancellation)
    {
        (StoredRecord?, bool) Refuse(string message, string field, string? found, string accepted)
        {
            problems.Add(new Problem(message, fileName, row.Line, field, found, accepted));
            return (null, true);
        }

        var owner = row.Version is null ? null : now.Values.FirstOrDefault(record => record.VersionId == row.Version);
        if (row.Key is not { } key)
        {
            return row.Version is null ? (null, false)
                : Refuse("The row names a version and no record", "key", null, owner is null ? $"the key of a {kind.One}; for a new one nothing in {RegisterRows.VersionName}" : owner.Key);
        }

        var current = now.GetValueOrDefault(key);
        var made = current is not null && (row.Version is null || current.VersionId == row.Version) ? current : null;
        if (made is null)
        {
            var stated = (await view.TimelineAsync(kind, key, cancellation)).Where(version => version.Stated is not null).ToList();
            made = stated.FirstOrDefault(version => version.VersionId == row.Version) ?? current ?? stated.LastOrDefault();
        }

        if (made is null)
        {
            return row.IsNew ? (null, false)
                : Refuse(
                    $"There is no {kind.One} with this key" + (owner is null ? "" : $"; version {Number(owner.VersionId)} is of {owner.Key}"), "key", key,
                    $"{(owner is null ? $"the key of a {kind.One}" : owner.Key)}; of a new one \"new\" in {RegisterRows.VersionName}, or no key to have one made from the title");
        }

        return row.IsNew ? Refuse($"There is a {kind.One} with this key already", RegisterRows.VersionName, "new", $"the version the row was made from, now {Number((current ?? made).VersionId)}; or another key")
            : owner is not null && owner.Key != key ? Refuse($"The version is of another {kind.One}, {owner.Key}", "key", key, owner.Key)
            : (made, false);
    }

    private static bool Says(RecordKind kind, StoredRecord before, RegisterRows.Row row, DateOnly? until, ProgrammeRecord body) =>
        (row.From is null || row.From == before.Effective.From) && until == before.Effective.Until && kind.Write(body) == kind.Write(before.Body);

    private List<Problem> Placed(IEnumerable<Problem> problems, string fileName, List<(RegisterRows.Row Row, RecordChange Change)> changes) =>
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

    private static bool IsNumber(RecordKind kind, string heading) => RegisterColumns.Find(kind, heading)?.Shape is FieldShape.Whole or FieldShape.Number;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
