using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Storage;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder audit</c>: verify the log, note its head, read it.</summary>
public static class AuditCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build()
    {
        var command = new Command("audit", "Prove that nothing recorded was changed afterwards, and read who changed what.");
        command.Subcommands.Add(Verify());
        command.Subcommands.Add(AnchorHead());
        command.Subcommands.Add(Log());
        return command;
    }

    private static Command Verify()
    {
        var anchors = new Option<string[]>("--anchor")
        {
            Description = "A file of anchors or one anchor (sequence:hash); may be repeated. The file beside an SQLite store is read by itself",
            AllowMultipleArgumentsPerToken = true,
        };
        var store = StoreOption.New();
        var json = StoreOption.NewJson();
        var command = new Command(
            "verify",
            "Check the chain, every governed row, every kept content and every anchor. Exit code 1 when anything is wrong.\n"
            + "Example: pathfinder audit verify --anchor /media/usb/anchors.txt") { anchors, store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var read = AnchorFile.Read(parse.GetValue(anchors) ?? [], services.GetRequiredService<Store>().Options);
                if (!read.Succeeded)
                {
                    return Screen.Refuse(read.Problems);
                }

                var report = await services.GetRequiredService<IAudit>().VerifyAsync(read.Value, cancellation);
                var exitCode = report.Intact ? ExitCodes.Done : ExitCodes.Failed;
                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(report, exitCode);
                }

                Print(report);
                return exitCode;
            },
            readOnly: true));
        return command;
    }

    private static void Print(AuditReport report)
    {
        foreach (var finding in report.Findings)
        {
            var place = string.Join(", ", new[]
            {
                finding.Sequence is { } sequence ? string.Create(CultureInfo.InvariantCulture, $"entry {sequence}") : null, finding.Fact, finding.Field,
            }.Where(part => part is not null));
            Console.Out.WriteLine($"{(place.Length == 0 ? "" : place + ": ")}{finding.Message}");
            if (finding.Logged is not null || finding.Found is not null)
            {
                Console.Out.WriteLine($"    logged: {finding.Logged ?? "nothing"}");
                Console.Out.WriteLine($"    found:  {finding.Found ?? "nothing"}");
            }
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(report.Intact ? "Intact" : $"{report.Findings.Count} faults")}: {report.Entries:N0} entries, {report.Versions:N0} versions, {report.Contents:N0} contents, {report.AnchorsGiven} anchors from outside, {report.AnchorsInStore} in the store."));
        if (report.AnchorsGiven == 0 && report.Entries > 0)
        {
            Console.Out.WriteLine("No anchor came from outside the store: a removed tail or a chain written anew could not have been found (docs/methods/audit-chain.md).");
        }
    }

    private static Command AnchorHead()
    {
        var output = new Option<string?>("--out") { Description = "The file to append to; by default beside an SQLite store. Keep a copy where nobody who can write the store can write" };
        var store = StoreOption.New();
        var json = StoreOption.NewJson();
        var command = new Command(
            "anchor", "Print the head of the log and append it to a file, to be kept outside the store.\nExample: pathfinder audit anchor --out /media/usb/anchors.txt") { output, store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var options = services.GetRequiredService<Store>().Options;
                if (await services.GetRequiredService<IAudit>().AnchorAsync(cancellation) is not { } anchor)
                {
                    return Screen.Fail("The log is empty: there is no head to anchor.");
                }

                var file = parse.GetValue(output) ?? AnchorFile.Beside(options);
                if (file is not null && AnchorFile.Append(file, anchor) is { } problem)
                {
                    return Screen.Refuse([problem]);
                }

                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(new { anchor.Sequence, anchor.Hash, anchor.At, file });
                }

                Console.Out.WriteLine(anchor);
                return ExitCodes.Done;
            }));
        return command;
    }

    private static Command Log()
    {
        var kind = new Option<string?>("--kind") { Description = "Only entries about this kind: design, account…" };
        var key = new Option<string?>("--key") { Description = "Only entries about this key" };
        var account = new Option<string?>("--account") { Description = "Only entries by this account" };
        var before = new Option<long?>("--before") { Description = "Only entries before this sequence, to page on" };
        var last = new Option<int>("--last") { Description = "How many, newest first", DefaultValueFactory = _ => 20 };
        var store = StoreOption.New();
        var json = StoreOption.NewJson();
        var command = new Command(
            "log", "Read the log: who, for which organisation, when, why, from, to.\nExample: pathfinder audit log --kind design --last 5") { kind, key, account, before, last, store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                if (parse.GetValue(last) < 1)
                {
                    return Screen.Refuse([new Problem("Ask for at least one entry", Field: "--last", Found: parse.GetValue(last).ToString(CultureInfo.InvariantCulture), Accepted: "1 or more")]);
                }

                var entries = await services.GetRequiredService<IAudit>().ListAsync(
                    new LogQuery(parse.GetValue(kind), parse.GetValue(key), parse.GetValue(account), parse.GetValue(before), parse.GetValue(last)), cancellation);
                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(entries);
                }

                var table = new Table().AddColumns("Entry", "When", "Who", "For", "What", "About", "Why");
                foreach (var entry in entries)
                {
                    table.AddRow(new[]
                    {
                        entry.Sequence.ToString(CultureInfo.InvariantCulture),
                        entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                        entry.Account, entry.Organisation, entry.Action == "note" ? entry.New ?? "" : entry.Action, $"{entry.Kind}/{entry.Key}", entry.Why,
                    }.Select(Markup.Escape).ToArray());
                }

                Screen.Print(table);
                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }
}
