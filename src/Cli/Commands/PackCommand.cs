using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Forces.Harbour;
using Pathfinder.Platform.Forces.London;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder pack</c>: check, hash and build force packs. Exit codes: 0 fine, 2 faults.</summary>
public static class PackCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The command with its subcommands.</summary>
    public static Command Build()
    {
        var command = new Command("pack", "Check, hash and build force packs: folders that describe a force.");
        command.Subcommands.Add(Check());
        command.Subcommands.Add(Hash());
        command.Subcommands.Add(BuildHarbour());
        command.Subcommands.Add(BuildLondon());
        return command;
    }

    private static Command Check()
    {
        var folder = new Argument<string>("DIR") { Description = "The pack's folder" };
        var json = JsonOption();
        var command = new Command("check", "Find every fault of a pack by file, row and field.\nExample: pathfinder pack check data/harbour") { folder, json };
        command.SetAction(parse =>
        {
            var read = PackReader.Read(parse.GetValue(folder)!);
            return read.Succeeded ? Say(Summary(read.Value), parse.GetValue(json)) : Refuse(read.Problems, parse.GetValue(json));
        });
        return command;
    }

    private static Command Hash()
    {
        var folder = new Argument<string>("DIR") { Description = "The pack's folder" };
        var json = JsonOption();
        var command = new Command("hash", "Bring the manifest's list of files, sizes and hashes up to date.\nExample: pathfinder pack hash my-force") { folder, json };
        command.SetAction(parse =>
        {
            var refreshed = PackManifests.Refresh(parse.GetValue(folder)!);
            return refreshed.Succeeded
                ? Say([("name", refreshed.Value.Name), ("files", refreshed.Value.Files.Count), ("bytes", refreshed.Value.Files.Sum(f => f.Bytes))], parse.GetValue(json))
                : Refuse(refreshed.Problems, parse.GetValue(json));
        });
        return command;
    }

    private static Command BuildHarbour()
    {
        var output = new Option<string>("--out") { Description = "Folder to write", DefaultValueFactory = _ => "data/harbour" };
        var json = JsonOption();
        var command = new Command("build-harbour", "Write the small invented force that tests and documents use.") { output, json };
        command.SetAction(parse => Write(HarbourPack.Build(), [], parse.GetValue(output)!, parse.GetValue(json)));
        return command;
    }

    private static Command BuildLondon()
    {
        var from = new Option<string>("--from") { Description = "Folder of the published reference data", Required = true };
        var output = new Option<string>("--out") { Description = "Folder to write", DefaultValueFactory = _ => "data/london" };
        var json = JsonOption();
        var command = new Command("build-london", "Build the pack of London from published reference data; the same data gives the same files.\nExample: pathfinder pack build-london --from ../reference") { from, output, json };
        command.SetAction(parse =>
        {
            var built = LondonPack.Build(parse.GetValue(from)!);
            return built.Succeeded ? Write(built.Value, [.. LondonPack.Gzipped], parse.GetValue(output)!, parse.GetValue(json)) : Refuse(built.Problems, parse.GetValue(json));
        });
        return command;
    }

    private static int Write(ForcePack pack, string[] gzip, string folder, bool json)
    {
        var files = PackWriter.Write(pack, gzip);
        var read = PackReader.FromContent(files);
        if (!read.Succeeded)
        {
            return Refuse(read.Problems, json);
        }

        PackWriter.Save(files, folder);
        return Say(Summary(read.Value), json);
    }

    private static List<(string Name, object Value)> Summary(ForcePack pack) =>
    [
        ("name", pack.Manifest.Name), ("title", pack.Manifest.Title), ("version", pack.Manifest.Version), ("sha256", pack.Sha256),
        ("boroughs", pack.Boroughs.Count), ("wards", pack.Wards.Count), ("zones", pack.Zones.Count), ("paradeSites", pack.ParadeSites.Count),
        ("commandUnits", pack.CommandUnits.Count), ("assumptions", pack.Assumptions.Count),
        .. pack.Demand.Grades.Select(g => ("perDay" + g, (object)Math.Round(pack.DemandRates.Where(r => r.Grade == g).Sum(r => r.PerDay), 3))),
    ];

    private static int Say(IReadOnlyList<(string Name, object Value)> facts, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(facts.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal), Json));
            return ExitCodes.Done;
        }

        foreach (var (name, value) in facts)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14} {value}"));
        }

        return ExitCodes.Done;
    }

    private static int Refuse(IReadOnlyList<Problem> problems, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { problems }, Json));
            return ExitCodes.BadInput;
        }

        var code = Screen.Refuse(problems);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{problems.Count} {(problems.Count == 1 ? "problem" : "problems")}"));
        return code;
    }

    private static Option<bool> JsonOption() => new("--json") { Description = "Answer in JSON" };
}
