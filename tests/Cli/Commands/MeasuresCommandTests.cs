using System.Text.Json;

namespace Pathfinder.Cli.Tests.Commands;

/// <summary><c>pathfinder measures</c> as a shell runs it: a table in, its series, its signals, and what is refused.</summary>
public sealed class MeasuresCommandTests : IDisposable
{
    private const string Programme = """
        { "format": "pathfinder-programme", "version": 1, "title": "One measure", "known": "2016-01-01", "from": "2016-01-01", "why": "test",
          "records": [ { "kind": "measure", "key": "share", "body": { "title": "Share in time", "definition": "Share attended in time", "unit": "%", "direction": "up", "target": 90 } } ] }
        """;

    private const string East = "month,EA,MPS\n2016-07,78,83\n2016-08,76,84\n2016-09,77,83\n2016-10,79,85\n2016-11,79,86\n2016-12,79,86\n2017-01,79,88\n2017-02,75,87\n2017-03,66,86\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pathfinder-measures-");

    private string Store => Path.Combine(_folder.FullName, "p.db");

    [Fact]
    public async Task Measures_FromATableToItsSignals_AndARivalIsAskedAbout()
    {
        await PrepareAsync();
        var import = await RunAsync("import", Write("return.csv", East), "--measure", "share", "--known-on", "2017-04-10", "--as", "olive", "--why", "The return");
        import.Error.ShouldBeEmpty();
        import.Output.ShouldContain("18 values recorded");

        var series = await JsonAsync("series", "share", "EA", "--effective", "2017-04-30", "--known", "2017-04-30");
        series.GetProperty("points").GetArrayLength().ShouldBe(9);
        series.GetProperty("signals")[0].GetProperty("period").GetString().ShouldBe("Feb 2017");
        (await JsonAsync("series", "share", "--effective", "2017-04-30", "--known", "2017-04-30")).GetArrayLength().ShouldBe(2);
        (await RunAsync("list")).Output.ShouldContain("Share in time");

        var signals = await JsonAsync("signals", "--effective", "2017-04-30", "--known", "2017-04-30");
        var east = signals.GetProperty("signalled").EnumerateArray().Single(one => one.GetProperty("area").GetString() == "EA");
        (east.GetProperty("concern").GetBoolean(), east.GetProperty("fresh").GetBoolean(), east.GetProperty("newestPeriod").GetString()).ShouldBe((true, true, "Mar 2017"));
        signals.GetProperty("tested").GetInt32().ShouldBe(2);
        (await RunAsync("signals", "--effective", "2017-04-30", "--known", "2017-04-30", "--fail-on-concern")).Code.ShouldBe(1);
        (await RunAsync("signals", "--effective", "2017-04-30", "--known", "2017-04-09", "--fail-on-concern")).Code.ShouldBe(0, "nothing was known on the ninth");

        // Another log, another figure for February: refused until it is said which stands.
        var rival = Write("log.csv", "month,EA\n2017-02,77\n");
        var asked = await RunAsync("import", rival, "--measure", "share", "--known-on", "2017-04-20", "--as", "olive", "--why", "Their log");
        (asked.Code, asked.Error).ShouldSatisfyAllConditions(answer => answer.Code.ShouldBe(2), answer => answer.Error.ShouldContain("EA, 2017-02: 75 on record"));
        (await RunAsync("import", rival, "--measure", "share", "--known-on", "2017-04-20", "--rivals", "beside", "--as", "olive", "--why", "Their log")).Code.ShouldBe(0);
        var february = (await JsonAsync("series", "share", "EA", "--effective", "2017-04-30", "--known", "2017-04-30")).GetProperty("points")[7];
        (february.GetProperty("value").GetDouble(), february.GetProperty("others")[0].GetProperty("value").GetDouble()).ShouldBe((75, 77));
    }

    [Theory]
    [InlineData("month,EA\n2016-07,78\n2016-07,79\n", "Two rows are for EA and this period")]
    [InlineData("month,EA\n2016-07,178\n", "A percentage is over 100")]
    [InlineData("month,EA\n2016-07,78\nAug-16,79\n", "Periods are written in more than one way")]
    [InlineData("month,EA rolling average\n2016-07,78\n", "This is a rolling average")]
    [InlineData("month,EA\n2016-07,many\n", "This is not a number")]
    public async Task Import_OfABadTable_ExitsWithTwoNamesTheRowAndStoresNothing(string table, string message)
    {
        await PrepareAsync();

        var (code, _, error) = await RunAsync("import", Write("return.csv", table), "--measure", "share", "--known-on", "2017-04-10", "--as", "olive", "--why", "The return");

        code.ShouldBe(2);
        error.ShouldContain(message);
        error.ShouldContain("return.csv");
        (await JsonAsync("series", "share", "--effective", "2017-04-30", "--known", "2017-04-30")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Series_OfNoSuchMeasureOrArea_ExitsWithTwoAndSaysWhatThereIs()
    {
        await PrepareAsync();

        (await RunAsync("series", "no-such")).ShouldSatisfyAllConditions(answer => answer.Code.ShouldBe(2), answer => answer.Error.ShouldContain("share"));
        (await RunAsync("series", "share", "ZZ")).ShouldSatisfyAllConditions(answer => answer.Code.ShouldBe(2), answer => answer.Error.ShouldContain("ZZ"));
        (await RunAsync("from-log", "no-such", "--as", "olive", "--why", "x")).ShouldSatisfyAllConditions(answer => answer.Code.ShouldBe(2), answer => answer.Error.ShouldContain("There is no such log"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task PrepareAsync()
    {
        (await EvaluateCommandTests.Run("programme", "import", Write("programme.json", Programme), "--why", "test", "--store", Store)).Code.ShouldBe(0);
        (await EvaluateCommandTests.Run("user", "add", "olive", "--role", "programme-office", "--link", "--store", Store)).Code.ShouldBe(0);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => EvaluateCommandTests.Run(["measures", .. arguments, "--store", Store]);

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync([.. arguments, "--json"]);
        code.ShouldBe(0, error);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.Clone();
    }
}
