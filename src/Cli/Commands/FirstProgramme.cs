using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Cli.Commands;

/// <summary>The programme that comes with a force pack: loaded once, into a store that has no record yet.</summary>
internal static class FirstProgramme
{
    private static readonly ChangeContext Start = new("system", "pathfinder", "first start: loaded the programme that comes with the force");

    /// <summary>
    /// Loads the files of the folder beside the pack ("london-programme") in ordinal order, all or none, and says what was loaded. A store
    /// that has records keeps them; a programme that cannot be loaded is told of and does not keep the product from being served.
    /// </summary>
    public static async Task LoadAsync(IServiceProvider services, string pack, CancellationToken cancellation)
    {
        var exchange = services.GetRequiredService<IProgrammeExchange>();
        if (PackFolders.FindProgramme(pack) is not { } folder || !await exchange.IsEmptyAsync(cancellation))
        {
            return;
        }

        var paths = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).ToList();
        var loaded = await ProgrammeFiles.RunAsync(exchange, paths, Start, files => exchange.ImportAsync(null, Start, files, cancellation), cancellation);
        if (!loaded.Succeeded)
        {
            Console.Error.WriteLine($"pathfinder: the programme in {folder} was not loaded:");
            Screen.Refuse(loaded.Problems);
            return;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Programme: {loaded.Value.Recorded} versions of records of {loaded.Value.Kinds.Count} kinds loaded from {string.Join(", ", paths.Select(Path.GetFileName))}"));
    }
}

/// <summary>Programme files on disk.</summary>
internal static class ProgrammeFiles
{
    /// <summary>
    /// Reads all of them and does something with them. Refused with every problem of every file at once: what cannot be read, and what is wrong with
    /// the rest.
    /// </summary>
    public static async Task<Outcome<ProgrammeImport>> RunAsync(
        IProgrammeExchange exchange, IReadOnlyList<string> paths, ChangeContext who, Func<IReadOnlyList<ProgrammeFile>, Task<Outcome<ProgrammeImport>>> run, CancellationToken cancellation)
    {
        var (contents, files, problems) = (new List<(string, ReadOnlyMemory<byte>)>(), new List<ProgrammeFile>(), new List<Problem>());
        foreach (var path in paths)
        {
            var bytes = Screen.Read(path);
            problems.AddRange(bytes.Problems);
            if (bytes.Succeeded)
            {
                contents.Add((path, bytes.Value));
                var file = exchange.Read(bytes.Value, path);
                files.AddRange(file.Succeeded ? [file.Value] : []);
            }
        }

        if (files.Count == paths.Count)
        {
            return await run(files);
        }

        return problems.Concat(await exchange.FaultsAsync(null, who, contents, cancellation)).ToList();
    }
}
