using System.Text.Json;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Components.Records;

/// <summary>Entries of the change log in words: what was done to what, by its title.</summary>
public sealed class LogWords(RecordCatalogue catalogue)
{
    /// <summary>What was done: "recorded".</summary>
    public static string Action(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Action switch { "record" when entry.Old is not null => "changed", "record" => "recorded", "end" => "ended", "keep" => "kept", "note" => "noted on", _ => entry.Action };
    }

    /// <summary>A kind of thing in words: "business case", "command unit".</summary>
    public string Kind(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return catalogue.Find(name)?.One ?? name switch { "content" => "file", _ => name.Replace('-', ' ') };
    }

    /// <summary>"Milestone recorded".</summary>
    public string What(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var kind = Kind(entry.Kind);
        return $"{char.ToUpperInvariant(kind[0])}{kind[1..]} {(entry.Action == "note" ? "noted on" : Action(entry))}";
    }

    /// <summary>What it was done to, by the title or name that it carries; else by its key.</summary>
    public string Subject(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Title(entry.New) ?? Title(entry.Old) ?? entry.Key;
    }

    /// <summary>The page of what it was done to; null where there is none.</summary>
    public string? Href(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Key.Length > 0 && catalogue.Find(entry.Kind) is { } kind ? ReferenceNames.Href(kind, entry.Key) : null;
    }

    private static readonly string[] TitleNames = ["title", "name"];

    private static string? Title(string? body)
    {
        if (body is not ['{', ..])
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return TitleNames.Select(name => json.RootElement.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null)
                .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        }
        catch (JsonException)
        {
            // A note that is no record.
            return null;
        }
    }
}
