using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>What a test does to the site's store by the command line while the site runs.</summary>
public sealed partial class Site
{
    /// <summary>A page of a new account that holds one role, signed in by its link.</summary>
    public async Task<IPage> OpenWithRoleAsync(string user, string role, string path, List<string> complaints)
    {
        var printed = await CommandAsync("user", "add", user, "--role", role, "--link", "--url", Address);
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 }, Locale = "en-GB", TimezoneId = "Europe/London" });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        page.PageError += (_, error) => complaints.Add("script error: " + error);
        await page.GotoAsync(SignInLink().Match(printed).Value);
        await page.Locator("main form button").First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal));
        await page.GotoAsync(Address + path);
        return page;
    }

    /// <summary>Records that a record of London's programme says something else from today on.</summary>
    public async Task ChangeAsync(string file, string kind, string key, Action<JsonObject> change)
    {
        var programme = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "data", "london-programme", file)))!;
        var body = programme["records"]!.AsArray().Last(record => (string?)record!["kind"] == kind && (string?)record["key"] == key)!["body"]!.DeepClone().AsObject();
        change(body);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTimeOffset.UtcNow, "Europe/London").DateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var changed = new JsonObject
        {
            ["format"] = "pathfinder-programme", ["version"] = 1, ["title"] = "A change", ["known"] = today, ["from"] = today, ["why"] = "A later report says so",
            ["records"] = new JsonArray(new JsonObject { ["kind"] = kind, ["key"] = key, ["body"] = body }),
        };
        var path = Path.Combine(_folder.FullName, "change.json");
        await File.WriteAllTextAsync(path, changed.ToJsonString());
        await CommandAsync("programme", "import", path);
    }

    /// <summary>Runs a command on the site's store; what it printed.</summary>
    public async Task<string> CommandAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName };
        foreach (var argument in (string[])[Repository.Command, .. arguments, "--store", Path.Combine(_folder.FullName, "pathfinder.db")])
        {
            start.ArgumentList.Add(argument);
        }

        using var command = Process.Start(start)!;
        var errors = command.StandardError.ReadToEndAsync();
        var printed = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        command.ExitCode.ShouldBe(0, $"{printed}\n{await errors}");
        return printed;
    }
}
