using System.Globalization;

namespace Pathfinder.Analysis.Tests;

/// <summary>A table read from a reference file: text by column and row.</summary>
internal sealed class Table(string[] header, List<string[]> rows)
{
    public int Count => rows.Count;

    public string[] Text(string column)
    {
        var place = Array.IndexOf(header, column);
        place.ShouldBeGreaterThanOrEqualTo(0, $"no column {column} in {string.Join(' ', header)}");
        return rows.Select(row => row[place]).ToArray();
    }

    public double[] Numbers(string column) =>
        Text(column).Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
}

/// <summary>Files with published answers: in the repository, or outside it where they may not be stored.</summary>
internal static class ReferenceData
{
    public static Table Read(string name, char separator = ',') => Parse(Path.Combine(AppContext.BaseDirectory, "Data", name), separator);

    public static string[] Lines(string name) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", name));

    /// <summary>A file from the folder named by PATHFINDER_REFERENCE; when that is unset or lacks the file, the test says so and passes.</summary>
    public static bool TryReadOutside(string name, out Table table, char separator = ',')
    {
        table = null!;
        var folder = Environment.GetEnvironmentVariable("PATHFINDER_REFERENCE");
        if (string.IsNullOrEmpty(folder))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"PATHFINDER_REFERENCE is unset: {name} was not compared.");
            return false;
        }

        string[] places = [Path.Combine(folder, name), Path.Combine(folder, "eval", name), Path.Combine(folder, "data", "eval", name)];
        if (places.FirstOrDefault(File.Exists) is not { } path)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{name} is not in the reference folder {folder}: it was not compared.");
            return false;
        }

        table = Parse(path, separator);
        return true;
    }

    private static Table Parse(string path, char separator)
    {
        var lines = File.ReadAllLines(path).Where(line => line.Length > 0).Select(line => Split(line, separator)).ToList();
        return new Table(lines[0], lines.Skip(1).ToList());
    }

    private static string[] Split(string line, char separator) =>
        line.Split(separator).Select(field => field.Trim().Trim('"')).ToArray();
}
