using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Components.Records;

/// <summary>Titles of records by reference, as far as the reader may see them.</summary>
public sealed class ReferenceNames
{
    private readonly Dictionary<string, (string Title, string Href)> _found = new(StringComparer.Ordinal);

    /// <summary>Looks up the titles of references.</summary>
    public static async Task<ReferenceNames> LoadAsync(RecordView view, IEnumerable<string> references, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(references);
        var names = new ReferenceNames();
        foreach (var group in references.Distinct(StringComparer.Ordinal).GroupBy(reference => reference.Split(':', 2)[0], StringComparer.Ordinal))
        {
            if (view.Catalogue.Find(group.Key) is not { } kind)
            {
                continue;
            }

            var wanted = group.Where(reference => reference.Length > kind.Name.Length).Select(reference => reference[(kind.Name.Length + 1)..]).ToHashSet(StringComparer.Ordinal);
            foreach (var record in await view.FindManyAsync(kind, wanted, cancellation))
            {
                names._found[record.Reference] = (record.Body.Title, Href(kind, record.Key));
            }
        }

        return names;
    }

    /// <summary>The title and page of a record, or null where there is none that the reader may see.</summary>
    public (string Title, string Href)? Find(string reference) => _found.TryGetValue(reference, out var found) ? found : null;

    /// <summary>The page of a record.</summary>
    public static string Href(RecordKind kind, string key)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return $"/{kind.Path}/{Uri.EscapeDataString(key)}";
    }

    /// <summary>The page of the record that a reference "kind:key" names; null for a reference of no known kind.</summary>
    public static string? Href(RecordCatalogue catalogue, string reference)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        return reference?.Split(':', 2) is [var name, var key] && catalogue.Find(name) is { } kind ? Href(kind, key) : null;
    }
}
