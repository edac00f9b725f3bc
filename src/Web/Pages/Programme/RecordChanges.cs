using System.Collections;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>What changed in a field, in words.</summary>
/// <param name="From">What it said; null where it said nothing.</param>
/// <param name="To">What it says; null where it says nothing any more.</param>
public sealed record FieldChange(string Label, string? From, string? To);

/// <summary>Compares two versions of a record field by field, in the words a page shows.</summary>
public static class RecordChanges
{
    /// <summary>What differs; against null, everything that is said.</summary>
    public static IReadOnlyList<FieldChange> Between(RecordKind kind, RecordWords words, ProgrammeRecord? before, ProgrammeRecord after)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new List<FieldChange>();
        foreach (var field in kind.Fields)
        {
            if (field.Shape == FieldShape.Rows)
            {
                changes.AddRange(Rows(field, words, before, after));
                continue;
            }

            var from = before is null ? "" : Words(field, words, before);
            var to = Words(field, words, after);
            if (from != to)
            {
                changes.Add(new FieldChange(field.Mark.Label, from.Length > 0 ? from : null, to.Length > 0 ? to : null));
            }
        }

        return changes;
    }

    private static string Words(RecordField field, RecordWords words, ProgrammeRecord record) =>
        field.Shape == FieldShape.Row && field.Of(record) is { } row ? words.Row(field, row) : words.Text(field, record);

    private static IEnumerable<FieldChange> Rows(RecordField field, RecordWords words, ProgrammeRecord? before, ProgrammeRecord after)
    {
        var old = before is null ? [] : Lines(field, words, before);
        var now = Lines(field, words, after);
        var gone = old.Except(now, StringComparer.Ordinal).ToList();
        var come = now.Except(old, StringComparer.Ordinal).ToList();
        // Where as many rows went as came, each is taken to be the other one, changed.
        return gone.Count == come.Count
            ? gone.Zip(come, (from, to) => new FieldChange(field.Mark.Label, from, to))
            : [.. gone.Select(from => new FieldChange(field.Mark.Label, from, null)), .. come.Select(to => new FieldChange(field.Mark.Label, null, to))];
    }

    private static List<string> Lines(RecordField field, RecordWords words, ProgrammeRecord record) =>
        ((IEnumerable?)field.Of(record))?.Cast<object>().Select(row => words.Row(field, row)).ToList() ?? [];
}
