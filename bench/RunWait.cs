using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;

namespace Pathfinder.Bench;

/// <summary>What a planner waits for after the button Simulate: from the POST of the form until the page shows what was found.</summary>
internal static partial class RunWait
{
    private const int Rounds = 7;

    // As src/Web/wwwroot/js/run.js looks.
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Seldom = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(4);

    /// <summary>Draws a unit of three boroughs on London, runs it from its page with new seeds, and opens what it found.</summary>
    public static async Task MeasureAsync(HttpClient client, Action<string, FormattableString, string> row)
    {
        var pack = PackReader.Read(Path.Combine("data", "london")).Value;
        List<string> three = [.. pack.Boroughs.Where(borough => borough.Name is "Barking and Dagenham" or "Havering" or "Redbridge").Select(borough => borough.Code)];
        var design = DesignEdits.DespatchTogether(
            DesignEdits.Merge(DesignStart.FromForce(pack, new DateOnly(2016, 12, 1), "Three as one").Value, [Functions.Response], three, "EA", "East"), three, "EA", "East");
        using var created = await client.PostAsJsonAsync("/api/v1/designs", new { design, why = "To measure" });
        created.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await created.Content.ReadAsStringAsync());
        var key = answer.RootElement.GetProperty("key").GetString()!;

        var run = await OnceAsync(client, key, 1, beside: false);
        row("From *Simulate* to the figures on the page: a unit of three boroughs, 20 replications of four weeks, all of London; the first run after the start", $"{run.Seconds:0.00} s", "");
        foreach (var beside in new[] { false, true })
        {
            var times = new List<double>();
            var opened = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                run = await OnceAsync(client, key, (beside ? 200UL : 100UL) + (ulong)round, beside);
                times.Add(run.Seconds);
                opened.Add(run.OpenedMilliseconds);
            }

            times.Sort();
            opened.Sort();
            row(
                beside ? "The same with the force as it is beside it, until the page shows the comparison" : "The same once it is warm",
                $"{times[Rounds / 2]:0.00} s (median of {Rounds}; {times[0]:0.00} to {times[^1]:0.00} s)", beside ? "" : "under 2 s");
            row(
                beside ? "Page of a run with its comparison and its latest late incidents, opened for the first time" : "Page of a run with its latest late incidents, opened for the first time",
                $"{opened[Rounds / 2]:0} ms (median of {Rounds}; {opened[0]:0} to {opened[^1]:0} ms)", "under 200 ms");
        }

        await LondonBench.PagesAsync(client, [run.Page], (_, figure, mark) => row("The same page, opened again", figure, mark));
    }

    private static async Task<(double Seconds, double OpenedMilliseconds, string Page)> OnceAsync(HttpClient client, string design, ulong seed, bool beside)
    {
        var path = $"/designs/{design}/simulate";
        var token = Token().Match(await client.GetStringAsync(new Uri(path, UriKind.Relative))).Groups["token"].Value;
        var fields = new List<KeyValuePair<string, string>>
        {
            new("__RequestVerificationToken", token), new("replications", "20"), new("weeks", "4"), new("demandMultiplier", "1"), new("seed", seed.ToString(CultureInfo.InvariantCulture)),
        };
        if (beside)
        {
            fields.Add(new("beside", "force"));
        }

        using var form = new FormUrlEncodedContent(fields);
        var clock = Stopwatch.StartNew();
        using var started = await client.PostAsync(new Uri(path, UriKind.Relative), form);
        var html = await started.Content.ReadAsStringAsync();
        if (started.RequestMessage!.RequestUri!.AbsolutePath is not ['/', 'r', 'u', 'n', 's', '/', ..])
        {
            throw new InvalidOperationException(html);
        }

        var page = started.RequestMessage.RequestUri.AbsolutePath;
        var opened = 0.0;
        while (!Shows(html, beside))
        {
            await Task.Delay(clock.Elapsed < First ? Often : Seldom);
            using var status = JsonDocument.Parse(await client.GetStringAsync(new Uri(Source(html), UriKind.Relative)));
            if (status.RootElement.GetProperty("ended").GetBoolean())
            {
                var open = Stopwatch.StartNew();
                html = await client.GetStringAsync(new Uri(page, UriKind.Relative));
                opened = open.Elapsed.TotalMilliseconds;
            }
        }

        return (clock.Elapsed.TotalSeconds, opened, page);
    }

    private static bool Shows(string html, bool beside) => html.Contains("id=\"table-late\"", StringComparison.Ordinal) && (!beside || html.Contains("/runs/compare", StringComparison.Ordinal));

    private static string Source(string html) => Watched().Match(html) is { Success: true } match ? match.Groups["source"].Value : throw new InvalidOperationException("The page watches nothing: " + html);

    [GeneratedRegex("data-source=\"(?<source>/api/v1/runs/[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Watched();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
