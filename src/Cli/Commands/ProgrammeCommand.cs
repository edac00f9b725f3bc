using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder programme</c>: programme files into the store and out of it.</summary>
public static class ProgrammeCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build() => new("programme", "Bring the programme's records in from files, or write them out (docs/guides/programme-file.md).") { Import(), Check(), Export() };

    private static Command Import()
    {
        var (files, why, store, json) = (Files(), new Option<string?>("--why") { Description = "Why, where neither record nor file says it" }, StoreOption.New(), StoreOption.NewJson());
        var (kind, acting) = (TableKind(), new ActingAccount());
        var attempt = new Option<bool>("--try") { Description = "Only say what would be recorded, or what is wrong; nothing is saved" };
        var command = new Command(
            "import",
            "Record the versions of programme files in one transaction, all or nothing; what is there already is skipped. A CSV or XLSX file holds one register (docs/guides/registers-in-spreadsheets.md).\n\nExamples:\n  pathfinder programme import common.json report.json --why \"Report of May 2017\"\n  pathfinder programme import milestones.xlsx --kind milestone --as olive --why \"Report of May 2017\"\n  pathfinder programme import milestones.xlsx --kind milestone --as olive --try")
        {
            files, kind, why, attempt, store, json,
        };
        acting.AddTo(command);
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services => RegisterTables.AreTables(parse.GetValue(files)!)
                ? await RegisterTables.ImportAsync(
                    services, await acting.ReadAsync(parse, services, cancellation), parse.GetValue(files)!, parse.GetValue(kind), ActingAccount.Why(parse.GetValue(why)), parse.GetValue(attempt), parse.GetValue(json), cancellation)
                : await RunAsync(services, parse.GetValue(files)!, parse.GetValue(json), StoreOption.Person(parse.GetValue(why) ?? ""), parse.GetValue(attempt), cancellation)));
        return command;
    }

    private static Command Check()
    {
        var (files, kind, acting, store, json) = (Files(), TableKind(), new ActingAccount(), StoreOption.New(), StoreOption.NewJson());
        var command = new Command(
            "check", "Find every fault of programme files, as if they were imported together into this store; records nothing.\n\nExample:\n  pathfinder programme check common.json report.json --json")
        {
            files, kind, store, json,
        };
        acting.AddTo(command);
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services => RegisterTables.AreTables(parse.GetValue(files)!)
                ? await RegisterTables.ImportAsync(
                    services, await acting.ReadAsync(parse, services, cancellation), parse.GetValue(files)!, parse.GetValue(kind), "check", trial: true, parse.GetValue(json), cancellation)
                : await RunAsync(services, parse.GetValue(files)!, parse.GetValue(json), StoreOption.Person("check"), trial: true, cancellation),
            readOnly: true));
        return command;
    }

    private static Command Export()
    {
        var file = new Argument<string>("FILE") { Description = "The file to write" };
        var kinds = new Option<string[]>("--kind") { Description = "Only this kind, by name (milestone); may be repeated" };
        var (store, dates) = (StoreOption.New(), new AsAtOptions());
        var command = new Command(
            "export",
            """
            Write every version with its clocks, so that a store that imports the file gives the same answers on all dates.
            With dates, only what holds then. Restricted records are left out.

            Examples:
              pathfinder programme export programme.json
              pathfinder programme export milestones.json --kind milestone --effective 2017-05-12 --known 2017-05-12
              pathfinder programme export milestones.xlsx --kind milestone
            """)
        {
            file, kinds, store,
        };
        dates.AddTo(command);
        command.SetAction((parse, cancellation) =>
        {
            var asked = dates.Read(parse);
            return asked.Succeeded
                ? StoreOption.RunAsync(
                    parse.GetValue(store),
                    services => RegisterTables.AreTables([parse.GetValue(file)!])
                        ? RegisterTables.ExportAsync(services, parse.GetValue(file)!, parse.GetValue(kinds) ?? [], asked.Value, cancellation)
                        : ExportAsync(services, parse.GetValue(file)!, parse.GetValue(kinds) ?? [], asked.Value, cancellation),
                    readOnly: !asked.Value.Restricted)
                : Task.FromResult(Screen.Refuse(asked.Problems));
        });
        return command;
    }

    private static Option<string?> TableKind() => new("--kind") { Description = "Of a CSV or XLSX file: what it holds, by name (milestone)" };

    private static Argument<string[]> Files() => new("FILE") { Description = "Programme files; references may lead from one to another", Arity = ArgumentArity.OneOrMore };

    private static async Task<int> RunAsync(
        IServiceProvider services, string[] paths, bool json, ChangeContext who, bool trial,
        CancellationToken cancellation)
    {
        var done = trial ? "to record" : "recorded";
        var exchange = services.GetRequiredService<IProgrammeExchange>();
        var outcome = await ProgrammeFiles.RunAsync(exchange, paths, who, read => trial ? exchange.CheckAsync(null, who, read, cancellation) : exchange.ImportAsync(null, who, read, cancellation), cancellation);
        if (!outcome.Succeeded)
        {
            return Answers.Refuse(outcome.Problems, json);
        }

        var import = outcome.Value;
        if (json)
        {
            return StoreOption.PrintJson(import);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{import.Recorded} versions {done}, {import.Present} there already"));
        var table = new Table();
        table.AddColumns("Kind", char.ToUpperInvariant(done[0]) + done[1..], "There already");
        foreach (var kind in import.Kinds)
        {
            table.AddRow(kind.Kind, kind.Recorded.ToString(CultureInfo.InvariantCulture), kind.Present.ToString(CultureInfo.InvariantCulture));
        }

        Screen.Print(table);
        return ExitCodes.Done;
    }

    private static async Task<int> ExportAsync(IServiceProvider services, string path, string[] kinds, AsAtOptions.Asked asked, CancellationToken cancellation)
    {
        var exchange = services.GetRequiredService<IProgrammeExchange>();
        var bytes = await exchange.ExportAsync(asked.Reader, new ProgrammeSelection(kinds.Length == 0 ? null : kinds, asked.Dated ? asked.At : null), cancellation);
        if (!bytes.Succeeded)
        {
            return Screen.Refuse(bytes.Problems);
        }

        var records = exchange.Read(bytes.Value, path).Value.Records;
        await asked.LogAsync(services, await RestrictedAsync(services, records, cancellation), cancellation);
        var written = Screen.Write(path, bytes.Value);
        if (!written.Succeeded)
        {
            return Screen.Refuse(written.Problems);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records.Count} versions of {records.DistinctBy(record => (record.Kind, record.Key)).Count()} records written to {path}"));
        return ExitCodes.Done;
    }

    /// <summary>The newest version of each restricted record in a file.</summary>
    private static async Task<IReadOnlyList<StoredRecord>> RestrictedAsync(IServiceProvider services, IReadOnlyList<ProgrammeFileRecord> records, CancellationToken cancellation)
    {
        var view = services.GetRequiredService<IRecords>().View(null, TimeProvider.System.Now());
        var found = new List<StoredRecord>();
        foreach (var (kind, key) in records.Where(record => record.Body?.Handling.IsRestricted == true).Select(record => (record.Kind, record.Key)).Distinct())
        {
            found.Add((await view.TimelineAsync(kind, key, cancellation)).Last(version => version.Stated?.Handling.IsRestricted == true));
        }

        return found;
    }
}
