using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Pathfinder.Platform.People;

namespace Pathfinder.Web.Pages.Developers;

/// <summary>One operation of the API as the page shows it.</summary>
/// <param name="Example">What a request may send, as JSON; null where it sends nothing.</param>
public sealed record ApiOperation(
    string Method, string Path, string? Summary, string? Description, IReadOnlyList<ApiParameter> Parameters, IReadOnlyList<string> Answers, string? Example);

/// <summary>One parameter of an operation.</summary>
public sealed record ApiParameter(string Name, string In, bool Required, string Type);

/// <summary>The API in a page of our own, read from its OpenAPI document, since the usual viewers fail accessibility rules.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel([FromKeyedServices("v1")] IOpenApiDocumentProvider documents) : PageModel
{
    /// <summary>Operations by tag.</summary>
    public IReadOnlyList<(string Tag, IReadOnlyList<ApiOperation> Operations)> Groups { get; private set; } = [];

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The document says the same for the life of the application, and takes longer to make than the page.
    private static readonly ConditionalWeakTable<IOpenApiDocumentProvider, IReadOnlyList<(string Tag, IReadOnlyList<ApiOperation> Operations)>> Made = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync()
    {
        if (!Made.TryGetValue(documents, out var groups))
        {
            groups = await ReadAsync();
            Made.AddOrUpdate(documents, groups);
        }

        Groups = groups;
    }

    private async Task<IReadOnlyList<(string Tag, IReadOnlyList<ApiOperation> Operations)>> ReadAsync()
    {
        var document = await documents.GetOpenApiDocumentAsync(HttpContext.RequestAborted);
        return document.Paths
            .SelectMany(path => (path.Value.Operations ?? []).Select(o => (
                Tag: o.Value.Tags?.FirstOrDefault()?.Name ?? "Other",
                Operation: new ApiOperation(
                    o.Key.Method.ToUpperInvariant(), path.Key, o.Value.Summary, o.Value.Description,
                    (o.Value.Parameters ?? []).Select(p => new ApiParameter(p.Name ?? "", p.In?.ToString().ToLowerInvariant() ?? "", p.Required, p.Schema?.Type?.ToString().ToLowerInvariant() ?? "")).ToList(),
                    (o.Value.Responses ?? []).Select(r => $"{r.Key} {r.Value.Description}").ToList(),
                    o.Value.RequestBody?.Content?.Values.FirstOrDefault()?.Example?.ToJsonString(Json)))))
            .GroupBy(p => p.Tag, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, (IReadOnlyList<ApiOperation>)g.Select(p => p.Operation).OrderBy(o => o.Path, StringComparer.Ordinal).ThenBy(o => o.Method, StringComparer.Ordinal).ToList()))
            .ToList();
    }
}
