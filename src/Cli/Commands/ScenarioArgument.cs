using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Cli.Commands;

/// <summary>The scenario file that a command is given: what it names is looked for beside it, and in the packs that came with the product.</summary>
internal static class ScenarioArgument
{
    /// <summary>Reads and translates a file's bytes; refused with every fault of the file.</summary>
    public static Outcome<(ScenarioFile File, CompiledScenario Compiled)> Compile(byte[] bytes, string path)
    {
        var file = ScenarioJson.ReadScenario(bytes, path);
        if (!file.Succeeded)
        {
            return Outcome.Refused<(ScenarioFile, CompiledScenario)>(file.Problems);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var compiled = ScenarioCompiler.Compile(file.Value, new ScenarioFolder(folder, new PackFolderContent(PackFolders.Find, PackFolders.Names)), path);
        return compiled.Succeeded ? (file.Value, compiled.Value) : Outcome.Refused<(ScenarioFile, CompiledScenario)>(compiled.Problems);
    }
}
