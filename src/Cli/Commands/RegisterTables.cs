using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Records.Files;

namespace Pathfinder.Cli.Commands;

/// <summary>Registers as CSV and XLSX, for <c>pathfinder programme import</c>, <c>check</c> and <c>export</c>.</summary>
internal static class RegisterTables
{
    /// <summary>Whether any of the files is a table.</summary>
    public static bool AreTables(IReadOnlyList<string> paths) => paths.Any(path => RegisterFiles.FormatOf(path) is not null);

    /// <summary>Writes one register as a table.</summary>
    public static async Task<int> ExportAsync(IServiceProvider services, string path, IReadOnlyList<string> kinds, AsAtOptions.Asked asked, CancellationToken cancellation)
    {
        var records = services.GetRequiredService<IRecords>();
        var kind = Kind(records, kinds);
        if (!kind.Succeeded)
        {
            return Screen.Refuse(kind.Problems);
        }

        var view = records.View(asked.Reader, asked.At);
        var file = await services.GetRequiredService<RegisterFiles>().ExportAsync(view, kind.Value, RegisterFiles.FormatOf(path)!.Value, cancellation: cancellation);
        if (!file.Succeeded)
        {
            return Screen.Refuse(file.Problems);
        }

        await asked.LogAsync(services, (await view.ListAsync(kind.Value, cancellation)).Where(record => record.Body.Handling.IsRestricted).ToList(), cancellation);
        var written = Screen.Write(path, file.Value.Bytes);
        if (!written.Succeeded)
        {
            return Screen.Refuse(written.Problems);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Value.Records} {kind.Value.Many} written to {path}"));
        return ExitCodes.Done;
    }

    /// <summary>Saves the rows of a table that differ, all or none; only says what would be saved when <paramref name="trial"/>.</summary>
    public static async Task<int> ImportAsync(
        IServiceProvider services, Outcome<Actor> actor, IReadOnlyList<string> paths, string? kindName, string? why, bool trial, bool json, CancellationToken cancellation)
    {
        var kind = Kind(services.GetRequiredService<IRecords>(), kindName is null ? [] : [kindName]);
        List<Problem> problems = [.. kind.Problems, .. actor.Problems];
        if (paths.Count != 1)
        {
            problems.Add(new Problem("A table is imported by itself", Found: string.Join(", ", paths), Accepted: "one CSV or XLSX file"));
        }

        if (problems.Count > 0)
        {
            return Answers.Refuse(problems, json);
        }

        var bytes = Screen.Read(paths[0]);
        var done = bytes.Succeeded
            ? await services.GetRequiredService<RegisterFiles>().ImportAsync(actor.Value, kind.Value, Path.GetFileName(paths[0]), bytes.Value, why, trial, cancellation)
            : Outcome.Refused<RegisterImport>(bytes.Problems);
        if (!done.Succeeded)
        {
            return Answers.Refuse(done.Problems, json);
        }

        if (json)
        {
            return StoreOption.PrintJson(done.Value);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{done.Value.Added.Count} {(trial ? "would be added" : "added")}, {done.Value.Changed.Count} {(trial ? "would be changed" : "changed")}, {done.Value.Unchanged} as they are"));
        foreach (var row in trial ? done.Value.Differences : [])
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"row {row.Row}, {(row.IsNew ? "new" : "changed")}: {row.Title}{(row.Changes.Count == 0 ? " (its days alone)" : ": " + string.Join("; ", row.Changes.Select(change => row.IsNew ? $"{change.Field}: {change.To}" : change.ToString())))}"));
        }

        foreach (var day in done.Value.DaysRead)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"row {day.Row}, {day.Column}: {day.Text} read as {day.Read}"));
        }

        return ExitCodes.Done;
    }

    private static Outcome<RecordKind> Kind(IRecords records, IReadOnlyList<string> names) =>
        names.Count == 1 && (records.Catalogue.Find(names[0]) ?? records.Catalogue.FindByPath(names[0])) is { } kind
            ? kind
            : new Problem("A table holds one kind of record", Field: "--kind", Found: names.Count == 0 ? null : string.Join(", ", names), Accepted: string.Join(", ", records.Catalogue.Kinds.Select(k => k.Name)));
}
