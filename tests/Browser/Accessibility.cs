using System.Text.Json;
using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>Scans a page with axe-core for WCAG 2.2 A and AA.</summary>
internal static class Accessibility
{
    private static readonly string Script = File.Exists(Repository.Axe) ? File.ReadAllText(Repository.Axe) : "";

    /// <summary>Fails with rule, help and element of each violation.</summary>
    public static async Task ShouldBeAccessibleAsync(this IPage page)
    {
        Script.ShouldNotBeEmpty("axe-core comes with npm ci, which the build runs");
        // Evaluated rather than added as a script tag, which the content security policy would rightly block.
        await page.EvaluateAsync(Script);
        var json = await page.EvaluateAsync<JsonElement>(
            "() => axe.run(document, { runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa'] }).then(r => ({ passes: r.passes.length, violations: r.violations.map(v => v.id + ': ' + v.help + ' — ' + v.nodes.slice(0, 3).map(n => n.html).join(' | ')) }))");

        json.GetProperty("passes").GetInt32().ShouldBeGreaterThan(5, "a scan that checked nothing proves nothing");
        var violations = json.GetProperty("violations").EnumerateArray().Select(v => v.GetString()!).ToList();
        violations.ShouldBeEmpty($"{page.Url}\n{string.Join("\n", violations)}");
    }
}
