using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Pathfinder.Browser.Tests.Site))]

namespace Pathfinder.Browser.Tests;

/// <summary>
/// A real <c>pathfinder serve</c> on a fresh store with London loaded, and a real browser signed in by the link that the
/// first start prints. Without <c>PATHFINDER_TEST_CHROMIUM</c> there is no browser, and tests say so.
/// </summary>
public sealed partial class Site : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pathfinder-browser-");
    private Process? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowserContext? _signedIn;

    /// <summary>Address of the server, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The server's store, for what a journey finds there when it begins.</summary>
    public string Store => Path.Combine(_folder.FullName, "pathfinder.db");

    /// <summary>Whether there is a browser.</summary>
    public bool HasBrowser => _browser is not null;

    /// <summary>What the server printed, for a failure's message.</summary>
    public string Log { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("PATHFINDER_TEST_CHROMIUM");
        if (string.IsNullOrEmpty(chromium))
        {
            return;
        }

        var link = await StartServerAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
        _signedIn = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            Locale = "en-GB",
            TimezoneId = "Europe/London",
        });
        var page = await _signedIn.NewPageAsync();
        await page.GotoAsync(link);
        await page.Locator("main form button").First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal));
        await page.CloseAsync();
    }

    /// <summary>A new page of the signed-in browser, which fails the test on a script error or a blocked resource.</summary>
    public async Task<IPage> OpenAsync(string path, List<string> complaints)
    {
        var page = await _signedIn!.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        page.PageError += (_, error) => complaints.Add("script error: " + error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add("console: " + message.Text);
            }
        };
        await page.GotoAsync(Address + path);
        return page;
    }

    /// <summary>A page of another person's browser, signed in by a one-time link; close its context when done.</summary>
    public async Task<IPage> OpenAsAsync(string token, string path, List<string> complaints)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { Locale = "en-GB", TimezoneId = "Europe/London" });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        page.PageError += (_, error) => complaints.Add("script error: " + error);
        await page.GotoAsync($"{Address}/account/link/{token}");
        await page.Locator("main form button").First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal));
        await page.GotoAsync(Address + path);
        return page;
    }

    /// <summary>A browser without JavaScript, signed in as the other.</summary>
    public async Task<IPage> OpenWithoutScriptAsync(string path)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = false,
            StorageState = await _signedIn!.StorageStateAsync(),
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync(Address + path);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<string> StartServerAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        foreach (var argument in (string[])[Repository.Command, "serve", "--urls", "http://127.0.0.1:0", "--store", Store])
        {
            start.ArgumentList.Add(argument);
        }

        _server = Process.Start(start)!;
        var link = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(string? line)
        {
            Log += line + "\n";
            if (SignInLink().Match(line ?? "") is { Success: true } match)
            {
                link.TrySetResult(match.Value);
            }
        }

        _server.OutputDataReceived += (_, data) => Read(data.Data);
        _server.ErrorDataReceived += (_, data) => Read(data.Data);
        _server.EnableRaisingEvents = true;
        _server.Exited += (_, _) => link.TrySetException(new InvalidOperationException("The server stopped:\n" + Log));
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        var found = await link.Task.WaitAsync(TimeSpan.FromMinutes(3));
        Address = new Uri(found).GetLeftPart(UriPartial.Authority);
        return found;
    }

    [GeneratedRegex(@"http://\S+/account/\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignInLink();
}
