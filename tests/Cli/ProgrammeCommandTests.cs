using System.Text.Json;

namespace Pathfinder.Cli.Tests;

public sealed class ProgrammeCommandTests : IDisposable
{
    private const string Programme = """
        { "format": "pathfinder-programme", "version": 1, "known": "2017-05-12", "from": "2017-05-12", "why": "the report", "records": [
          { "kind": "work", "key": "slp", "body": { "title": "Strengthening Local Policing" } },
          { "kind": "milestone", "key": "live", "body": { "title": "Go live", "work": "slp", "baselines": [ { "date": "21 May 2017" } ] } },
          { "kind": "milestone", "key": "live", "known": "2017-09-30", "from": "2017-09-30", "body": { "title": "Go live, again", "work": "slp", "baselines": [ { "date": "21 May 2017" } ] } },
          { "kind": "party", "key": "mps", "body": { "title": "Metropolitan Police Service" } },
          { "kind": "party", "key": "informant", "body": { "title": "Somebody", "handling": { "readers": [ "account:anna" ], "ground": "personal data" } } } ] }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pathfinder-cli-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Programme_ImportListExport_TellWhatWasKnownOnTheDates()
    {
        Write("p.json", Programme);
        (await RunAsync("programme", "import", "p.json", "--json")).ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(0, a.Error), a => a.Output.ShouldContain("\"recorded\": 5"));
        (await RunAsync("programme", "import", "p.json")).Output.ShouldContain("0 versions recorded, 5 there already");
        (await RunAsync("programme", "check", "p.json")).Output.ShouldContain("0 versions to record, 5 there already");

        var then = await RunAsync("milestones", "list", "--effective", "2017-05-12", "--known", "2017-05-12", "--json");
        then.ExitCode.ShouldBe(0, then.Error);
        using var list = JsonDocument.Parse(then.Output);
        var milestone = list.RootElement.GetProperty("records")[0];
        milestone.GetProperty("key").GetString().ShouldBe("live");
        milestone.GetProperty("known").GetString().ShouldBe("2017-05-12");
        milestone.GetProperty("effective").GetProperty("from").GetString().ShouldBe("2017-05-12");
        milestone.GetProperty("body").GetProperty("title").GetString().ShouldBe("Go live");
        milestone.GetProperty("computed").GetArrayLength().ShouldBeGreaterThan(0);
        list.RootElement.GetProperty("headline").GetString().ShouldNotBeNullOrEmpty();
        (await RunAsync("milestones", "list")).Output.ShouldContain("Go live, again");

        (await RunAsync("programme", "export", "out.json", "--kind", "milestone")).ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(0, a.Error), a => a.Output.ShouldContain("2 versions of 1 records"));
        File.ReadAllText(Path.Combine(_folder.FullName, "out.json")).ShouldContain("\"known\": \"2017-09-30\"");
    }

    [Fact]
    public async Task Table_Imported_ActsAsAnAccountWithItsRoles()
    {
        Write("m.csv", "title,record.from\nGo live,04/05/2017\n");
        foreach (var (user, role) in new[] { ("olive", "programme-office"), ("rita", "reader") })
        {
            (await RunAsync("user", "add", user, "--role", role, "--link")).ExitCode.ShouldBe(0);
        }

        string[] import = ["programme", "import", "m.csv", "--kind", "milestone", "--why", "the report"];
        (await RunAsync(import)).ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(2), a => a.Error.ShouldContain("--as"), a => a.Error.ShouldContain("olive, rita"));
        (await RunAsync([.. import, "--as", "nobody"])).ExitCode.ShouldBe(2);
        (await RunAsync([.. import, "--as", "rita"])).ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(2), a => a.Error.ShouldContain("You may not change milestones"));
        (await RunAsync([.. import, "--as", "olive", "--try"])).Output.ShouldContain("row 2, new: Go live: Title: Go live");
        (await RunAsync([.. import, "--as", "olive"])).ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(0, a.Error), a => a.Output.ShouldContain("04/05/2017 read as 4 May 2017"));
        (await RunAsync("audit", "log", "--account", "olive")).Output.ShouldContain("the report (at the command line, os:");
    }

    [Fact]
    public async Task Records_Restricted_AreLeftOutUnlessAskedForWithAReasonThatIsLogged()
    {
        Write("p.json", Programme);
        await RunAsync("programme", "import", "p.json");

        (await RunAsync("records", "list", "parties")).ShouldSatisfyAllConditions(a => a.Output.ShouldNotContain("Somebody"), a => a.Output.ShouldContain("1 withheld: personal data"));
        (await RunAsync("records", "list", "parties", "--include-restricted")).ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(2), a => a.Error.ShouldContain("--why"));
        (await RunAsync("programme", "export", "open.json")).ExitCode.ShouldBe(0);
        File.ReadAllText(Path.Combine(_folder.FullName, "open.json")).ShouldNotContain("informant");

        (await RunAsync("records", "list", "parties", "--include-restricted", "--why", "audit of informants")).Output.ShouldContain("Somebody");
        (await RunAsync("audit", "log", "--key", "informant")).Output.ShouldContain("audit of informants");
        (await RunAsync("programme", "export", "all.json", "--include-restricted", "--why", "handed to the court")).ExitCode.ShouldBe(0);
        File.ReadAllText(Path.Combine(_folder.FullName, "all.json")).ShouldContain("Somebody");
        (await RunAsync("audit", "log", "--key", "informant")).Output.ShouldContain("handed to the court");
    }

    [Fact]
    public async Task Programme_WithFaults_IsBadInputThatNamesFileRecordAndField()
    {
        Write("p.json", Programme.Replace("\"work\": \"slp\"", "\"work\": \"spl\"", StringComparison.Ordinal));
        Write("q.json", Programme.Replace("\"title\": \"Go live\"", "\"titel\": \"Go live\"", StringComparison.Ordinal));

        (await RunAsync("programme", "import", "p.json")).ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(2), a => a.Error.ShouldContain("p.json, row 2, work: There is no such work item; found \"spl\""));
        (await RunAsync("programme", "import", "q.json", "absent.json")).ShouldSatisfyAllConditions(
            a => a.ExitCode.ShouldBe(2), a => a.Error.ShouldContain("q.json, row 2, titel"), a => a.Error.ShouldContain("absent.json: The file cannot be read"));
        (await RunAsync("records", "list", "mielstones")).ExitCode.ShouldBe(2);
        (await RunAsync("risks", "list", "--known", "12 May")).ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(2), a => a.Error.ShouldContain("--known"));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private Task<Answer> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, null, _folder.FullName);
}
