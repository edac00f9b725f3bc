using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Pathfinder.Cli.Tests;

public sealed class StoreCommandTests : IDisposable
{
    private const string Password = "a long enough password";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pathfinder-cli-");

    private string Db => Path.Combine(_folder.FullName, "store", "pathfinder.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task User_AddListDisable_WorksAndTheLogTellsIt()
    {
        (await RunAsync(["user", "add", "root", "--role", "administrator"], Password + "\n")).ExitCode.ShouldBe(0);
        var added = await RunAsync(["user", "add", "anna", "--name", "Anna Smith", "--role", "planner", "--role", "analyst", "--json"], Password + "\n");
        added.ExitCode.ShouldBe(0, added.Error);
        added.Output.ShouldNotContain(Password);
        (await RunAsync(["user", "disable", "anna", "--why", "left the programme"])).ExitCode.ShouldBe(0);

        using var list = JsonDocument.Parse((await RunAsync(["user", "list", "--json"])).Output);
        var anna = list.RootElement.EnumerateArray().Single(account => account.GetProperty("userName").GetString() == "anna").GetProperty("account");
        anna.GetProperty("enabled").GetBoolean().ShouldBeFalse();
        anna.GetProperty("memberships")[0].GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["planner", "analyst"]);
        (await RunAsync(["audit", "log", "--key", "anna"])).Output.ShouldContain("left the programme");
    }

    [Fact]
    public async Task User_AddWithAWeakPassword_IsBadInputAndLeavesNobody()
    {
        var refused = await RunAsync(["user", "add", "anna", "--role", "planner"], "short\n");

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("12 to 256 characters");
        (await RunAsync(["user", "list", "--json"])).Output.Trim().ShouldBe("[]");
    }

    [Fact]
    public async Task User_AddWithALink_PrintsTheLink()
    {
        var added = await RunAsync(["user", "add", "cllr", "--organisation", "camden", "--organisation-name", "Camden Council", "--role", "partner", "--borough", "E09000007", "--link", "--url", "https://pathfinder.example/"]);

        added.ExitCode.ShouldBe(0, added.Error);
        added.Output.Trim().ShouldMatch("^https://pathfinder\\.example/account/link/[0-9a-f]{64}$");
    }

    [Fact]
    public async Task Audit_AnchorThenAForgedRow_IsFoundWithExitCode1()
    {
        (await RunAsync(["user", "add", "root", "--role", "administrator"], Password + "\n")).ExitCode.ShouldBe(0);
        var anchor = await RunAsync(["audit", "anchor"]);
        anchor.ExitCode.ShouldBe(0, anchor.Error);
        File.ReadAllText(Db + ".anchors").ShouldBe(anchor.Output);
        var sound = await RunAsync(["audit", "verify", "--json"]);
        sound.ExitCode.ShouldBe(0, sound.Output);
        JsonDocument.Parse(sound.Output).RootElement.GetProperty("anchorsGiven").GetInt32().ShouldBe(1);

        await using (var connection = new SqliteConnection($"Data Source={Db};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var attack = connection.CreateCommand();
            attack.CommandText = "DROP TRIGGER versions_no_update; UPDATE versions SET body = replace(body, 'root', 'toor')";
            (await attack.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);
        }

        var found = await RunAsync(["audit", "verify"]);
        found.ExitCode.ShouldBe(1);
        found.Output.ShouldContain("account/root, body: The table versions differs from the log");
    }

    [Fact]
    public async Task Audit_VerifyWithAnAnchorOfAnotherStore_IsFound()
    {
        (await RunAsync(["user", "add", "root", "--role", "administrator"], Password + "\n")).ExitCode.ShouldBe(0);

        (await RunAsync(["audit", "verify", "--anchor", "1:" + new string('a', 64)])).ExitCode.ShouldBe(1);
        var malformed = await RunAsync(["audit", "verify", "--anchor", "no-such-file"]);
        (malformed.ExitCode, malformed.Error.Contains("no-such-file", StringComparison.Ordinal)).ShouldBe((2, true));
    }

    [Fact]
    public async Task Audit_VerifyWithoutAStore_IsBadInputAndMakesNone()
    {
        var answer = await RunAsync(["audit", "verify"]);

        answer.ExitCode.ShouldBe(2);
        answer.Error.ShouldContain("there is none");
        File.Exists(Db).ShouldBeFalse();
    }

    [Fact]
    public async Task Store_MigrateInfoBackup_Work()
    {
        (await RunAsync(["store", "migrate"])).Output.ShouldContain("0001-history");
        (await RunAsync(["store", "migrate"])).Output.ShouldContain("of this version already");
        using var info = JsonDocument.Parse((await RunAsync(["store", "info", "--json"])).Output);
        info.RootElement.GetProperty("pending").GetArrayLength().ShouldBe(0);
        info.RootElement.GetProperty("kind").GetString().ShouldBe("sqlite");

        var copy = Path.Combine(_folder.FullName, "copy.db");
        (await RunAsync(["store", "backup", copy])).ExitCode.ShouldBe(0);
        (await RunAsync(["store", "backup", copy])).ExitCode.ShouldBe(2);
        (await RunAsync(["audit", "verify", "--store", copy])).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Store_OfANewerVersion_IsBadInput()
    {
        await RunAsync(["store", "migrate"]);
        await using (var connection = new SqliteConnection($"Data Source={Db};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var future = connection.CreateCommand();
            future.CommandText = "INSERT INTO store_migrations (id, product, applied) VALUES ('9999-future', '9.9', 1)";
            await future.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var answer = await RunAsync(["user", "list"]);

        answer.ExitCode.ShouldBe(2);
        answer.Error.ShouldContain("newer version of Pathfinder");
        answer.Error.ShouldNotContain(" at Pathfinder.");
    }

    [Fact]
    public async Task Store_AddressThatCannotBeRead_IsBadInput()
    {
        var answer = await RunAsync(["store", "info", "--store", "Host=db;Nonsense=1"]);

        answer.ExitCode.ShouldBe(2);
        answer.Error.ShouldContain("--store");
    }

    private Task<Answer> RunAsync(string[] arguments, string? input = null) => CommandLine.RunAsync(arguments, input, _folder.FullName);
}
