using System.Globalization;
using System.Text.Json.Nodes;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;

namespace Pathfinder.Platform.Records;

/// <summary>
/// The references that a reader may not follow. The key of a record says what it is about, so that whoever may not read the record does not read
/// its key in another one either: there stands "withheld-1", or "withheld:1" where a reference names its kind, counted within the record.
/// </summary>
public sealed class WithheldReferences
{
    private const string Word = "withheld";
    private readonly HashSet<string> _hidden;
    private readonly HashSet<string> _kinds;

    private WithheldReferences(IEnumerable<string> hidden)
    {
        _hidden = hidden.ToHashSet(StringComparer.Ordinal);
        _kinds = _hidden.Select(reference => reference.Split(':', 2)[0]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether there is any.</summary>
    internal bool Any => _hidden.Count > 0;

    /// <summary>Whether a text stands for a reference that is withheld.</summary>
    public static bool IsMark(string? text) => text is not null && text.StartsWith(Word, StringComparison.Ordinal) && text.Length > Word.Length + 1 && text[Word.Length] is '-' or ':'
        && int.TryParse(text.AsSpan(Word.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>What a reader may not follow as at dates, given every version of the records that are closed to somebody.</summary>
    internal static WithheldReferences Of(IEnumerable<StoredRecord> closed, Actor? reader, AsAt at) => new(
        reader is null ? [] : closed.Where(version => version.Stated is not null && version.Known <= at.Known && (at.Recorded is not { } recorded || version.Recorded <= recorded))
            .GroupBy(version => version.Reference, StringComparer.Ordinal)
            .Where(versions => !Handlings.MayRead(reader, versions.OrderBy(version => version.Known).ThenBy(version => version.VersionId).Last().Body.Handling))
            .Select(versions => versions.Key));

    /// <summary>Every version of the records of which some version is closed to somebody.</summary>
    internal static async Task<IReadOnlyList<StoredRecord>> ClosedAsync(IHistory history, RecordCatalogue catalogue, CancellationToken cancellation)
    {
        var versions = new List<StoredRecord>();
        foreach (var facts in (await history.ListClosedAsync(cancellation)).GroupBy(fact => fact.Kind, StringComparer.Ordinal))
        {
            if (catalogue.Find(facts.Key) is { } kind)
            {
                versions.AddRange(await kind.VersionsAsync(history, facts.Select(fact => fact.Key).ToList(), cancellation));
            }
        }

        return versions;
    }

    /// <summary>A record as the reader may see it; the whole of it stays with the product, for what is computed of it.</summary>
    internal StoredRecord Mask(StoredRecord record) =>
        record.Stated is { } body && Mask(record.Kind, body) is var masked && !ReferenceEquals(masked, body) ? record.Masked(masked) : record;

    /// <summary>A body as the reader may see it; the same one where nothing in it is withheld.</summary>
    internal ProgrammeRecord Mask(RecordKind kind, ProgrammeRecord body)
    {
        if (_hidden.Count == 0 || !(kind.Targets.Contains("*") || kind.Targets.Overlaps(_kinds)))
        {
            return body;
        }

        var references = RecordChecks.ReferencesOf(kind, body);
        var hidden = Hidden(references);
        return hidden.Count == 0 ? body : Replace(kind, body, references.Where(reference => hidden.Contains(Full(reference)))
            .ToDictionary(reference => reference.Path, reference => Mark(reference, hidden.IndexOf(Full(reference)) + 1), StringComparer.Ordinal));
    }

    /// <summary>What the reader sends back, with the references that stood where a mark stands; a mark that stood nowhere is left, and leads nowhere.</summary>
    internal ProgrammeRecord Unmask(RecordKind kind, ProgrammeRecord sent, ProgrammeRecord original)
    {
        var hidden = Hidden(RecordChecks.ReferencesOf(kind, original));
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reference in RecordChecks.ReferencesOf(kind, sent).Where(reference => IsMark(reference.Text)))
        {
            var place = int.Parse(reference.Text.AsSpan(Word.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture);
            if (place > 0 && place <= hidden.Count && hidden[place - 1].Split(':', 2) is [var kindOf, var key] && (reference.Kind == Word || reference.Kind == kindOf))
            {
                found[reference.Path] = reference.Kind == Word ? hidden[place - 1] : key;
            }
        }

        return found.Count == 0 ? sent : Replace(kind, sent, found);
    }

    private List<string> Hidden(IEnumerable<RecordReference> references) => references.Select(Full).Where(_hidden.Contains).Distinct(StringComparer.Ordinal).ToList();

    private static string Full(RecordReference reference) => $"{reference.Kind}:{reference.Key}";

    // In a field of one kind the mark has the shape of a key; elsewhere that of a kind and a key.
    private static string Mark(RecordReference reference, int place) =>
        Word + (reference.Text == reference.Key ? "-" : ":") + place.ToString(CultureInfo.InvariantCulture);

    private static ProgrammeRecord Replace(RecordKind kind, ProgrammeRecord body, Dictionary<string, string> byPath)
    {
        var json = JsonNode.Parse(kind.Write(body))!;
        foreach (var (path, text) in byPath)
        {
            var steps = path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
            var holder = steps[..^1].Aggregate(json, (node, step) => At(node, step));
            if (holder is JsonArray list)
            {
                list[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = text;
            }
            else
            {
                holder[steps[^1]] = text;
            }
        }

        return kind.Read(json.ToJsonString(RecordJson.Options));
    }

    private static JsonNode At(JsonNode node, string step) => node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!;
}
