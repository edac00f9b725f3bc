using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder design</c>: the designs of a store.</summary>
public static class DesignCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build() => new("design", "List the designs of a store, or show one.") { ListAll(), Show() };

    private static Command ListAll()
    {
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command("list", "List designs, newest save first.\n\nExample:\n  pathfinder design list --json") { store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var register = services.GetRequiredService<DesignRegister>();
                var designs = await register.ListAsync(TimeProvider.System.Now(), cancellation);
                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(designs.Select(version => new { version.Key, version.VersionId, version.Recorded, version.Account, version.Why, Design = version.Body }));
                }

                var table = new Table();
                table.AddColumns("Key", "Name", "Drawn on", "What changes", "Saved", "By");
                foreach (var version in designs)
                {
                    var pack = await register.PackOfAsync(version.Body!, cancellation);
                    table.AddRow(
                        Markup.Escape(version.Key), Markup.Escape(version.Body!.Name), version.Body.Dated.ToString("O", CultureInfo.InvariantCulture),
                        Markup.Escape(pack is null ? "" : DesignHeadline.Of(version.Body, pack)), version.Recorded.ToString("u", CultureInfo.InvariantCulture), Markup.Escape(version.Account));
                }

                Screen.Print(table);
                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }

    private static Command Show()
    {
        var design = new Argument<string>("DESIGN") { Description = "Key of the design" };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command("show", "Show what a design changes, what is wrong with it, and its history.\n\nExample:\n  pathfinder design show one-channel-in-the-east") { design, store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var register = services.GetRequiredService<DesignRegister>();
                var key = parse.GetValue(design)!;
                if (await register.FindAsync(key, TimeProvider.System.Now(), cancellation) is not { Body: { } found } version || await register.PackOfAsync(found, cancellation) is not { } pack)
                {
                    return Screen.Refuse([new Problem("There is no such design, or its force pack is not in the store", Field: "DESIGN", Found: key, Accepted: "a key that pathfinder design list prints")]);
                }

                var check = DesignRules.Check(found, pack);
                var start = DesignStart.FromForce(pack, found.Dated, found.Name);
                var changes = start.Succeeded ? DesignDifferences.Between(start.Value, found, pack) : [];
                var timeline = await register.TimelineAsync(key, cancellation);
                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(new
                    {
                        version.Key, version.VersionId, Headline = DesignHeadline.Of(found, pack), check.Problems, check.Warnings, Changes = changes, Design = found,
                    });
                }

                Console.WriteLine($"{found.Name}: {DesignHeadline.Of(found, pack)}");
                foreach (var line in check.Problems.Select(problem => "Problem: " + problem).Concat(check.Warnings.Select(warning => "Check: " + warning)))
                {
                    Console.WriteLine(line);
                }

                foreach (var change in changes)
                {
                    Console.WriteLine($"{change.Topic}, {change.What}: {change.From} → {change.To}");
                }

                foreach (var save in timeline)
                {
                    Console.WriteLine($"Version {save.Number}, {save.Version.Recorded.ToString("u", CultureInfo.InvariantCulture)}, {save.Version.Account}: {save.Version.Why}");
                }

                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }
}
