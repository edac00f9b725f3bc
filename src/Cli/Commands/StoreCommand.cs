using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder store</c>: what the store is, bringing it up to this version, copying it.</summary>
public static class StoreCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build()
    {
        var command = new Command("store", "See, bring up and back up the store.");
        command.Subcommands.Add(Info());
        command.Subcommands.Add(Migrate());
        command.Subcommands.Add(Backup());
        return command;
    }

    private static Command Info()
    {
        var store = StoreOption.New();
        var json = StoreOption.NewJson();
        var command = new Command("info", "Say where the store is, its schema, its size and the head of its log; changes nothing.\nExample: pathfinder store info") { store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var info = await StoreInfo.ReadAsync(services, cancellation);
                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(info);
                }

                var table = new Table().AddColumns("", "").HideHeaders();
                table.AddRow("Store", Markup.Escape(info.Store));
                table.AddRow("Kind", info.Kind.ToString());
                table.AddRow("Schema", info.Schema.Count == 0 ? "none yet" : Markup.Escape(string.Join(", ", info.Schema.Select(step => step.Id))));
                table.AddRow("To bring up", info.Pending.Count == 0 ? "nothing" : Markup.Escape(string.Join(", ", info.Pending)));
                table.AddRow("Bytes", info.Bytes?.ToString("N0", CultureInfo.InvariantCulture) ?? "–");
                table.AddRow("Facts, versions", string.Create(CultureInfo.InvariantCulture, $"{info.Facts:N0}, {info.Versions:N0}"));
                table.AddRow("Head of the log", info.Head is null ? "empty" : Markup.Escape(info.Head));
                Screen.Print(table);
                if (info.Warning is not null)
                {
                    Console.Error.WriteLine(info.Warning);
                }

                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }

    private static Command Migrate()
    {
        var store = StoreOption.New();
        var json = StoreOption.NewJson();
        var command = new Command(
            "migrate", "Create the store, or bring it up to this version, in one transaction. Other commands do so by themselves.\nExample: pathfinder store migrate --store postgresql://pathfinder@db/pathfinder") { store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var opened = services.GetRequiredService<Store>();
                var pending = await opened.PendingAsync(cancellation);
                await opened.OpenAsync(cancellation);
                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(new { store = opened.Options.DisplayName, applied = pending });
                }

                Console.Out.WriteLine(pending.Count == 0
                    ? $"{opened.Options.DisplayName} is of this version already."
                    : $"{opened.Options.DisplayName}: applied {string.Join(", ", pending)}.");
                return ExitCodes.Done;
            }));
        return command;
    }

    private static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "A new file; an existing one is never replaced" };
        var store = StoreOption.New();
        var json = StoreOption.NewJson();
        var command = new Command(
            "backup", "Copy an SQLite store into a new file, also while it is being served.\nExample: pathfinder store backup backups/2017-05-12.db") { file, store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var path = Path.GetFullPath(parse.GetValue(file)!);
                await services.GetRequiredService<Store>().BackUpAsync(path, cancellation);
                var bytes = new FileInfo(path).Length;
                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(new { file = path, bytes });
                }

                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {bytes:N0} bytes."));
                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }

    private sealed record StoreInfo(
        string Store, StoreKind Kind, IReadOnlyList<AppliedStep> Schema, IReadOnlyList<string> Pending, long? Bytes, long Facts, long Versions,
        string? Head, string? Warning)
    {
        public static async Task<StoreInfo> ReadAsync(IServiceProvider services, CancellationToken cancellation)
        {
            var store = services.GetRequiredService<Store>();
            var options = store.Options;
            var pending = await store.PendingAsync(cancellation);
            if (pending.Count > 0)
            {
                return new StoreInfo(options.DisplayName, options.Kind, [], pending, Size(options), 0, 0, null, null);
            }

            await using var db = await store.ReadAsync(cancellation);
            var collation = options.Kind == StoreKind.Postgres
                ? (await db.Database.SqlQueryRaw<string>("SELECT datcollate::text AS \"Value\" FROM pg_database WHERE datname = current_database()").ToListAsync(cancellation))[0]
                : "C";
            return new StoreInfo(
                options.DisplayName, options.Kind, await store.AppliedAsync(cancellation), pending, Size(options),
                await db.Set<FactRow>().LongCountAsync(cancellation), await db.Set<VersionRow>().LongCountAsync(cancellation),
                (await services.GetRequiredService<IAudit>().FindHeadAsync(cancellation))?.ToString(),
                collation is "C" or "POSIX" ? null : $"This database sorts by {collation}; create it with LC_COLLATE 'C' so that lists have one order everywhere.");
        }

        private static long? Size(StoreOptions options) => options.FilePath is { } path && File.Exists(path) ? new FileInfo(path).Length : null;
    }
}
