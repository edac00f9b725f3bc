using System.Collections;
using Pathfinder.Platform.Records.Files;

namespace Pathfinder.Platform.Records.Search;

/// <summary>What one version of a record says, laid out for searching; a version never changes, so neither does this.</summary>
/// <param name="Title">The folded title and key.</param>
/// <param name="Body">All other fields, folded.</param>
/// <param name="Fields">The other fields with their labels, as they stand.</param>
/// <param name="Areas">Codes of areas named.</param>
/// <param name="Bodies">Keys of boards and committees named.</param>
/// <param name="Dates">First and last day of each date.</param>
internal sealed record SearchText(
    string Title, string Body, IReadOnlyList<(string Label, string Text)> Fields, IReadOnlySet<string> Areas, IReadOnlySet<string> Bodies,
    IReadOnlyList<(DateOnly First, DateOnly Last)> Dates)
{
    public static SearchText Of(StoredRecord record)
    {
        var fields = RegisterColumns.Flatten(record.Kind, record.Body)
            .Where(cell => cell.Key != "title" && !cell.Key.StartsWith("handling.", StringComparison.Ordinal))
            .Select(cell => (Label: RegisterColumns.Find(record.Kind, cell.Key)?.Mark.Label ?? cell.Key, Text: cell.Value)).ToList();
        var areas = new HashSet<string>(StringComparer.Ordinal);
        var bodies = new HashSet<string>(StringComparer.Ordinal);
        var dates = new List<(DateOnly, DateOnly)>();
        if (record.Kind.Name == "body")
        {
            bodies.Add(record.Key);
        }

        Gather(record.Kind.Fields, record.Body, areas, bodies, dates);
        return new SearchText(
            SearchWords.Fold($"{record.Body.Title} {record.Key}"), SearchWords.Fold(string.Join('\n', fields.Select(field => field.Text))), fields, areas, bodies, dates);
    }

    private static void Gather(
        IReadOnlyList<RecordField> fields, object holder, HashSet<string> areas, HashSet<string> bodies, List<(DateOnly, DateOnly)> dates)
    {
        foreach (var field in fields)
        {
            switch (field.Of(holder))
            {
                case PartialDate date:
                    dates.Add((date.First, date.Last));
                    break;
                case DateOnly day:
                    dates.Add((day, day));
                    break;
                case string text:
                    Name(field, text, areas, bodies);
                    break;
                case IEnumerable<string> words:
                    foreach (var word in words)
                    {
                        Name(field, word, areas, bodies);
                    }

                    break;
                case RecordRow row:
                    Gather(field.Fields, row, areas, bodies, dates);
                    break;
                case IEnumerable rows:
                    foreach (var row in rows)
                    {
                        Gather(field.Fields, row, areas, bodies, dates);
                    }

                    break;
            }
        }
    }

    private static void Name(RecordField field, string text, HashSet<string> areas, HashSet<string> bodies)
    {
        if (field.Mark.IsArea)
        {
            areas.Add(text);
        }

        if (field.Mark.RefersTo == "body")
        {
            bodies.Add(text);
        }
        else if (field.Mark.RefersTo == "*" && text.StartsWith("body:", StringComparison.Ordinal))
        {
            bodies.Add(text["body:".Length..]);
        }
    }
}
