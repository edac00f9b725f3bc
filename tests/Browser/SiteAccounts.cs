using System.Diagnostics;
using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>Sites for other people than the administrator.</summary>
public sealed partial class Site
{
    /// <summary>A page of a new account, made with the options of <c>user add</c> and signed in by its link; fails the test as <see cref="OpenAsync"/> does.</summary>
    public async Task<IPage> OpenAsAsync(string user, string[] options, string path, List<string> complaints)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName };
        foreach (var argument in (string[])[Repository.Command, "user", "add", user, .. options, "--link", "--url", Address, "--store", Path.Combine(_folder.FullName, "pathfinder.db")])
        {
            start.ArgumentList.Add(argument);
        }

        using var command = Process.Start(start)!;
        var errors = command.StandardError.ReadToEndAsync();
        var output = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        var link = SignInLink().Match(output);
        link.Success.ShouldBeTrue($"{output}\n{await errors}");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            Locale = "en-GB",
            TimezoneId = "Europe/London",
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        page.PageError += (_, error) => complaints.Add("script error: " + error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add("console: " + message.Text);
            }
        };
        await page.GotoAsync(link.Value);
        await page.Locator("main form button").First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal));
        await page.GotoAsync(Address + path);
        return page;
    }
}
