using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Cli.Commands;

/// <summary>Anchors kept in a text file: one a line, oldest first.</summary>
internal static class AnchorFile
{
    /// <summary>The file beside an SQLite store; null on PostgreSQL, where only <c>--out</c> names one.</summary>
    public static string? Beside(StoreOptions options) => options.FilePath is { } path ? path + ".anchors" : null;

    /// <summary>Appends one line; a problem where the file cannot be written.</summary>
    public static Problem? Append(string file, Anchor anchor)
    {
        try
        {
            File.AppendAllText(file, anchor + "\n");
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Problem("The anchor could not be kept in the file", File: file, Found: exception.Message);
        }
    }

    /// <summary>Every anchor given as a value or in a file, and those beside the store.</summary>
    public static Outcome<IReadOnlyList<Anchor>> Read(IReadOnlyList<string> given, StoreOptions options)
    {
        var anchors = new List<Anchor>();
        var problems = new List<Problem>();
        var files = given.Where(value => !Anchor.TryParse(value, out _)).ToList();
        if (Beside(options) is { } beside && File.Exists(beside))
        {
            files.Add(beside);
        }

        foreach (var value in given)
        {
            if (Anchor.TryParse(value, out var anchor))
            {
                anchors.Add(anchor);
            }
        }

        foreach (var file in files.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal))
        {
            ReadFile(file, anchors, problems);
        }

        return problems.Count > 0 ? problems : Outcome.Of<IReadOnlyList<Anchor>>(anchors.Distinct().ToList());
    }

    private static void ReadFile(string file, List<Anchor> anchors, List<Problem> problems)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem("There is no such anchor file", File: file, Field: "--anchor", Accepted: "a file that audit anchor wrote, or sequence:hash"));
            return;
        }

        for (var i = 0; i < lines.Length; i++)
        {
            if (Anchor.TryParse(lines[i], out var anchor))
            {
                anchors.Add(anchor);
            }
            else if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                problems.Add(new Problem("This line is not an anchor", file, i + 1, Found: lines[i], Accepted: "sequence:hash and, if known, the time"));
            }
        }
    }
}
