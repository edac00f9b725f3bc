using System.Text.Json;

namespace Pathfinder.Cli.Tests;

/// <summary>Reports, contradictions and returns of a portfolio at the command line, with what they refuse.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private const string Programme = """
        { "format": "pathfinder-programme", "version": 1, "known": "2017-05-12", "from": "2017-05-12", "why": "the report", "records": [
          { "kind": "work", "key": "slp", "body": { "title": "Strengthening Local Policing" } },
          { "kind": "milestone", "key": "live", "body": { "title": "Go live", "work": "slp", "baselines": [ { "date": "21 May 2017" } ] } },
          { "kind": "funding", "key": "money", "body": { "title": "Tranche", "work": "slp", "lines": [ { "for": "People", "amount": 90 } ], "statedTotal": 100 } },
          { "kind": "report-series", "key": "monthly", "body": { "title": "Monthly report", "work": "slp", "template": "highlight-report", "class": "Programme" } } ] }
        """;

    private const string Mapping = """
        portfolio: demo
        title: Demonstration
        source: a test
        unit: £m
        known: "07-20"
        columns: { round: year, name: project, department: dept, rating: rating }
        scales: [{ words: [Green, Red] }]
        """;

    private static readonly string[] May = ["--effective", "2017-05-12", "--known", "2017-05-12"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pathfinder-cli-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Report_WrittenAndRefused_GivesTheFileOrWhatIsAccepted()
    {
        Write("p.json", Programme);
        (await RunAsync("programme", "import", "p.json")).ExitCode.ShouldBe(0);

        var page = await RunAsync(["report", "monthly", .. May]);
        page.ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(0, a.Error), a => a.Output.ShouldContain("<h1>Monthly report, 12 May 2017</h1>"));
        (await RunAsync(["report", "monthly", .. May, "--out", "may.html"])).ExitCode.ShouldBe(0);
        File.ReadAllText(Path.Combine(_folder.FullName, "may.html")).ShouldBe(page.Output);
        (await RunAsync(["report", "monthly", .. May, "--format", "csv", "--table", "milestones"])).Output.ShouldContain("21 May 2017");

        await RefusesAsync("monthly", ["report", "no-such-series", .. May]);
        await RefusesAsync("html, docx, csv, json", ["report", "monthly", .. May, "--format", "pdf"]);
        await RefusesAsync("milestones", ["report", "monthly", .. May, "--format", "csv", "--table", "no-such-table"]);
        await RefusesAsync("This is not a day", ["report", "monthly", "--effective", "12/05/2017"]);
        await RefusesAsync("Nothing is known yet", ["report", "monthly", "--known", "2199-01-01"]);
        await RefusesAsync("Nothing is recorded yet", ["report", "monthly", .. May, "--recorded", "2199-01-01T00:00:00Z"]);
        await RefusesAsync("cannot be written", ["report", "monthly", .. May, "--out", Path.Combine("no", "such", "folder", "may.html")]);

        using var list = JsonDocument.Parse((await RunAsync(["contradictions", .. May, "--json"])).Output);
        list.RootElement.GetProperty("contradictions")[0].GetProperty("category").GetString().ShouldBe("sum against total");
    }

    [Fact]
    public async Task Portfolio_ImportedShownAndRefused_SaysEachFaultByRow()
    {
        Write("map.yaml", Mapping);
        Write("good.csv", "year,project,dept,rating\n2019,Ward,MOD,Green\n2020,Ward,MOD,Red\n");
        Write("bad.csv", "year,project,dept,rating\n2019,Ward,MOD,Purple\n");
        Write("narrow.csv", "year,project\n2019,Ward\n");

        await RefusesAsync("bad.csv, row 2", ["portfolio", "import", "bad.csv", "--map", "map.yaml"]);
        await RefusesAsync("The file has no such column", ["portfolio", "import", "narrow.csv", "--map", "map.yaml"]);
        await RefusesAsync("cannot be read", ["portfolio", "import", "missing.csv", "--map", "map.yaml"]);
        (await RunAsync("portfolio", "import", "good.csv", "--map", "map.yaml")).ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(0, a.Error), a => a.Output.ShouldContain("2 lines of 2 rounds"));
        await RefusesAsync("demo", ["portfolio", "show", "no-such"]);
        using var book = JsonDocument.Parse((await RunAsync("portfolio", "show", "demo", "--json")).Output);
        book.RootElement.GetProperty("rounds")[1].GetProperty("worse").GetInt32().ShouldBe(1);
        book.RootElement.GetProperty("proposed").GetInt32().ShouldBe(1);
    }

    private async Task RefusesAsync(string says, string[] arguments) => (await RunAsync(arguments)).ShouldSatisfyAllConditions(
        string.Join(' ', arguments), a => a.ExitCode.ShouldBe(2), a => a.Output.ShouldBeEmpty(), a => a.Error.ShouldContain(says));

    private Task<Answer> RunAsync(params string[] arguments) => CommandLine.RunAsync([.. arguments, "--store", "pathfinder.db"], folder: _folder.FullName);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
