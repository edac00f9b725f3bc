using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pathfinder.Analysis.Tests;

/// <summary>The table of reference answers (docs/methods/reference-answers.md) holds every answer, and every test it names is there.</summary>
public sealed partial class ReferenceAnswersTests
{
    [Fact]
    public void Table_EveryTestOfThisProjectThatItNames_IsThere()
    {
        var named = Names().Matches(Table()).Select(match => (Type: match.Groups["type"].Value, Method: match.Groups["method"].Value)).Distinct().ToList();
        var types = typeof(ReferenceAnswersTests).Assembly.GetTypes().ToLookup(type => type.Name, StringComparer.Ordinal);

        named.Count.ShouldBeGreaterThan(25);
        // Tests of other projects are looked for in their sources, as this project does not use them.
        var elsewhere = Directory.EnumerateFiles(Path.Combine(Root(), "tests"), "*Tests.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/bin/", StringComparison.Ordinal)).ToLookup(Path.GetFileNameWithoutExtension, StringComparer.Ordinal);
        named.Where(one => !types[one.Type].Any(type => type.GetMethod(one.Method) is not null)
            && !elsewhere[one.Type].Any(file => File.ReadAllText(file).Contains($" {one.Method}(", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    /// <summary>Reads PATHFINDER_REFERENCE.</summary>
    [Fact]
    public void Table_EveryAnswerOfTheReferenceFile_IsInIt_NeedsReferenceFolder()
    {
        var folder = Environment.GetEnvironmentVariable("PATHFINDER_REFERENCE");
        var file = folder is null ? null : new[] { "expected", "eval/expected", "data/eval/expected" }.Select(place => Path.Combine(folder, place, "reference-answers.json")).FirstOrDefault(File.Exists);
        if (file is null)
        {
            TestContext.Current.TestOutputHelper?.WriteLine("PATHFINDER_REFERENCE is unset or has no reference answers: they were not compared.");
            return;
        }

        using var answers = JsonDocument.Parse(File.ReadAllText(file));
        var listed = Answers().Matches(Table()).Select(match => match.Groups["path"].Value).ToHashSet(StringComparer.Ordinal);
        var leaves = Leaves("", answers.RootElement).ToList();

        leaves.Count.ShouldBeGreaterThan(40);
        // An answer is listed by its own path or by that of what holds it.
        leaves.Where(leaf => !leaf.StartsWith("prop99.paper_table1", StringComparison.Ordinal) && !listed.Any(path => leaf == path || leaf.StartsWith(path + ".", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static IEnumerable<string> Leaves(string path, JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Leaves(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value)) : [path];

    private static string Table() => File.ReadAllText(Path.Combine(Root(), "docs", "methods", "reference-answers.md"));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Pathfinder.slnx")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!;
        }

        return folder;
    }

    [GeneratedRegex(@"`(?<type>\w+Tests)\.(?<method>\w+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"`(?<path>[a-z]\w*\.[\w.]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Answers();
}
