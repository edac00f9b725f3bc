using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Pathfinder.Platform.Records;

/// <summary>One thing that differs between two versions of a record, in words.</summary>
/// <param name="Field">Label of the field; of a row, with its place: "Forecasts 2: Date".</param>
/// <param name="From">What it said.</param>
/// <param name="To">What it says.</param>
public sealed record RecordDifference(string Field, string From, string To)
{
    /// <summary>"Approved: £730,000 → £727,946".</summary>
    public override string ToString() => $"{Field}: {From} → {To}";
}

/// <summary>Says what changed between two versions of a record, from what to what.</summary>
public static class RecordDifferences
{
    /// <summary>What differs, field by field in reading order; empty where both say the same.</summary>
    /// <param name="before">What it said; null for a new record, of which everything that it says differs.</param>
    /// <param name="named">What a key or code that a field holds is called; null to leave keys and codes as they stand.</param>
    public static IReadOnlyList<RecordDifference> Between(
        RecordKind kind, ProgrammeRecord? before, ProgrammeRecord after, Func<RecordField, string, string>? named = null)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(after);
        var found = new List<RecordDifference>();
        Compare(kind.Fields, before ?? kind.Empty(), after, "", found, named);
        return found;
    }

    private static void Compare(IReadOnlyList<RecordField> fields, object before, object after, string within, List<RecordDifference> found, Func<RecordField, string, string>? named)
    {
        foreach (var field in fields)
        {
            var (was, now) = (field.Of(before), field.Of(after));
            if (Same(was, now))
            {
                continue;
            }

            var label = within + field.Mark.Label;
            if (field.Shape == FieldShape.Row && was is not null && now is not null)
            {
                Compare(field.Fields, was, now, label + ": ", found, named);
            }
            else if (field.Shape == FieldShape.Rows)
            {
                CompareRows(field, Rows(was), Rows(now), label, found, named);
            }
            else
            {
                found.Add(new RecordDifference(label, FieldWords.Of(field, was, named), FieldWords.Of(field, now, named)));
            }
        }
    }

    // Rows carry no key. Of two lists of one length the rows at a place are the same row changed; otherwise what both lists hold is left out.
    private static void CompareRows(RecordField field, List<object> was, List<object> now, string label, List<RecordDifference> found, Func<RecordField, string, string>? named)
    {
        if (was.Count == now.Count)
        {
            for (var i = 0; i < was.Count; i++)
            {
                Compare(field.Fields, was[i], now[i], $"{label} {(i + 1).ToString(CultureInfo.InvariantCulture)}: ", found, named);
            }

            return;
        }

        var gone = was.Where(row => !now.Exists(other => Same(row, other))).ToList();
        var added = now.Where(row => !was.Exists(other => Same(row, other))).ToList();
        found.AddRange(gone.Select(row => new RecordDifference(label, FieldWords.Row(field.Fields, (RecordRow)row, named), FieldWords.Nothing)));
        found.AddRange(added.Select(row => new RecordDifference(label, FieldWords.Nothing, FieldWords.Row(field.Fields, (RecordRow)row, named))));
    }

    private static List<object> Rows(object? list) => (list as IEnumerable)?.Cast<object>().ToList() ?? [];

    // Lists in records compare by reference, so their JSON decides.
    private static bool Same(object? a, object? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && JsonSerializer.Serialize(a, a.GetType(), RecordJson.Options) == JsonSerializer.Serialize(b, b.GetType(), RecordJson.Options));
}
