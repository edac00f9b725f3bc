using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Cli.Commands;

/// <summary>The scenario file that a command is given: what it names is looked for beside it, and in the packs that came with the product.</summary>
internal static class ScenarioArgument
{
    /// <summary>A fault of an option whose whole number is out of bounds, or none.</summary>
    public static IEnumerable<Problem> Bounds(string what, string option, int value, int least, int greatest)
    {
        if (value < least || value > greatest)
        {
            yield return new Problem(
                what, Field: option, Found: value.ToString(CultureInfo.InvariantCulture),
                Accepted: greatest == int.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"{least} or more") : string.Create(CultureInfo.InvariantCulture, $"{least} to {greatest}"));
        }
    }

    /// <summary>Reads a scenario file and translates it; refused with what is wrong with the options and the file together, or with every fault of what it says.</summary>
    public static Outcome<(ScenarioFile File, CompiledScenario Compiled)> Open(string path, params IEnumerable<Problem>[] options)
    {
        var bytes = Screen.Read(path);
        List<Problem> wrong = [.. options.SelectMany(each => each), .. bytes.Problems];
        if (wrong.Count > 0)
        {
            return wrong;
        }

        var file = ScenarioJson.ReadScenario(bytes.Value, path);
        if (!file.Succeeded)
        {
            return Outcome.Refused<(ScenarioFile, CompiledScenario)>(file.Problems);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var compiled = ScenarioCompiler.Compile(file.Value, new ScenarioFolder(folder, new PackFolderContent(PackFolders.Find, PackFolders.Names)), path);
        return compiled.Succeeded ? (file.Value, compiled.Value) : Outcome.Refused<(ScenarioFile, CompiledScenario)>(compiled.Problems);
    }
}
