using System.Globalization;
using System.Text.Json;

namespace Pathfinder.Cli.Tests.Commands;

/// <summary><c>pathfinder chart</c> on published series: limits and flags as the references have them, whatever the options.</summary>
public sealed class ChartCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pathfinder-chart-");

    [Theory]
    [InlineData("nhsr_deviations_screened.csv", "on")]
    [InlineData("nhsr_deviations_unscreened.csv", "off")]
    [InlineData("nhsr_RQM_breaches.csv", null)]
    public async Task Chart_OfAPublishedSeries_LimitsAndFlagsWithTheScreenOnAndOff(string file, string? screen)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(EvaluateCommandTests.Root(), "tests", "Analysis", "Data", file), TestContext.Current.CancellationToken);
        var header = lines[0].Split(',').Select(name => name.Trim('"')).ToList();
        var rows = lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',').Select(field => field.Trim('"')).ToArray()).ToList();
        double Of(string[] row, string column) => double.Parse(row[header.IndexOf(column)], CultureInfo.InvariantCulture);
        var input = Write("index,y\n" + string.Concat(rows.Select((row, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1},{row[header.IndexOf("y")]}\n"))));

        var points = await PointsAsync([input, "--kind", "xmr", "--date", "index", "--value", "y", .. screen is null ? Array.Empty<string>() : ["--screen", screen]]);

        points.Count.ShouldBe(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            points[i].GetProperty("centre").GetDouble().ShouldBe(Of(rows[i], "mean_col"), 1e-9);
            points[i].GetProperty("lower").GetDouble().ShouldBe(Of(rows[i], "lpl"), 1e-9);
            points[i].GetProperty("upper").GetDouble().ShouldBe(Of(rows[i], "upl"), 1e-9);
            (points[i].GetProperty("flags").GetArrayLength() > 0).ShouldBe(rows[i][header.IndexOf("point_type")] != "common_cause", $"point {i}");
        }
    }

    [Fact]
    public async Task Chart_RebasedTwice_StartsASegmentAtEachDate()
    {
        var input = Write("month,y\n" + string.Concat(Enumerable.Range(0, 18).Select(i => $"{2016 + (i / 12)}-{(i % 12) + 1:00},{(10 * (1 + (i / 6))) + (i % 2)}\n")));

        var points = await PointsAsync([input, "--date", "month", "--value", "y", "--rebase", "2016-07", "--rebase", "2017-01"]);
        var together = await PointsAsync([input, "--date", "month", "--value", "y", "--rebase", "2016-07", "2017-01"]);

        points.Select(point => point.GetProperty("centre").GetDouble()).ShouldBe([.. Enumerable.Repeat(10.5, 6), .. Enumerable.Repeat(20.5, 6), .. Enumerable.Repeat(30.5, 6)]);
        points.ShouldAllBe(point => point.GetProperty("flags").GetArrayLength() == 0);
        together.Select(point => point.GetProperty("centre").GetDouble()).ShouldBe(points.Select(point => point.GetProperty("centre").GetDouble()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<List<JsonElement>> PointsAsync(string[] arguments)
    {
        var (code, output, error) = await EvaluateCommandTests.Run(["chart", .. arguments, "--json"]);
        code.ShouldBe(0, error);
        using var json = JsonDocument.Parse(output);
        return [.. json.RootElement.GetProperty("points").EnumerateArray().Select(point => point.Clone())];
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "series.csv");
        File.WriteAllText(file, text);
        return file;
    }
}
