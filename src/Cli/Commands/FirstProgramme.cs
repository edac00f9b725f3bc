using System.Globalization;
using Pathfinder.Cli.Terminal;
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
        var files = ProgrammeFiles.Read(exchange, paths);
        var loaded = files.Succeeded ? await exchange.ImportAsync(null, Start, files.Value, cancellation) : Outcome.Refused<ProgrammeImport>(files.Problems);
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
    /// <summary>Reads all of them. Refused with every problem of every file.</summary>
    public static Outcome<IReadOnlyList<ProgrammeFile>> Read(IProgrammeExchange exchange, IReadOnlyList<string> paths)
    {
        var (files, problems) = (new List<ProgrammeFile>(), new List<Problem>());
        foreach (var path in paths)
        {
            var bytes = Screen.Read(path);
            var file = bytes.Succeeded ? exchange.Read(bytes.Value, path) : Outcome.Refused<ProgrammeFile>(bytes.Problems);
            problems.AddRange(file.Problems);
            if (file.Succeeded)
            {
                files.Add(file.Value);
            }
        }

        return problems.Count > 0 ? problems : Outcome.Of<IReadOnlyList<ProgrammeFile>>(files);
    }
}
