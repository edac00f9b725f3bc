namespace Pathfinder.Platform.Reports;

/// <summary>Something that one report says otherwise than another.</summary>
/// <param name="Record">What it is about: the words by which the report names the record.</param>
/// <param name="What">The field, or the computed column.</param>
/// <param name="Was">What the earlier one said; null where it did not speak of it.</param>
/// <param name="Now">What the later one says; null where it no longer speaks of it.</param>
/// <param name="Reference">"kind:key" of the record.</param>
public sealed record ReportChange(string Record, string What, string? Was, string? Now, string Reference);

/// <summary>What changed between two reports, fact by fact.</summary>
public static class ReportChanges
{
    private const string Summary = "summary:author";

    /// <summary>The changes in the order of the later report; what it no longer says stands last.</summary>
    public static IReadOnlyList<ReportChange> Between(ReportDocument earlier, ReportDocument later)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        var (was, now) = (Facts(earlier), Facts(later));
        var names = Names(later).Concat(Names(earlier)).GroupBy(pair => pair.Reference, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Words, StringComparer.Ordinal);
        var changes = new List<ReportChange>();
        foreach (var (key, words) in now)
        {
            var before = was.GetValueOrDefault(key);
            if (before != words)
            {
                changes.Add(new(names.GetValueOrDefault(key.Reference, key.Reference), key.What, before, words, key.Reference));
            }
        }

        changes.AddRange(was.Where(pair => !now.ContainsKey(pair.Key)).Select(pair => new ReportChange(names.GetValueOrDefault(pair.Key.Reference, pair.Key.Reference), pair.Key.What, pair.Value, null, pair.Key.Reference)));
        return changes;
    }

    /// <summary>What a report says of each field of each record, in reading order. The same words said twice are said once.</summary>
    private static Dictionary<(string Reference, string What), string> Facts(ReportDocument report)
    {
        var said = new Dictionary<(string Reference, string What), List<string>>();
        foreach (var (text, context) in Placed(report))
        {
            // Numbers of sources move with the list they stand in: where it is said is no fact of the record.
            if (text is { Reference: { } reference, Path: not "sources" })
            {
                var key = (reference, text.Path is { } path ? path.Split('[', '.')[0] : context);
                if (!said.TryGetValue(key, out var words))
                {
                    said[key] = words = [];
                }

                if (!words.Contains(text.Words, StringComparer.Ordinal))
                {
                    words.Add(text.Words);
                }
            }
        }

        return said.ToDictionary(pair => pair.Key, pair => string.Join("; ", pair.Value));
    }

    private static IEnumerable<(string Reference, string Words)> Names(ReportDocument report) =>
        report.Texts.Where(text => text is { Reference: not null, Path: "title" }).Select(text => (text.Reference!, text.Words)).Append((Summary, "The author's summary"));

    private static IEnumerable<(ReportText Text, string Context)> Placed(ReportDocument report)
    {
        var heading = "";
        foreach (var block in report.Blocks)
        {
            switch (block)
            {
                case HeadingBlock one:
                    heading = one.Text.Words;
                    yield return (one.Text, heading);
                    break;
                case ParagraphBlock one:
                    yield return (one.Text, heading);
                    break;
                case ListBlock list when heading == ReportBuilder.SummaryHeading:
                    for (var i = 0; i < list.Items.Count; i++)
                    {
                        yield return (new ReportText(string.Join(TableBlock.Between, list.Items[i].Select(text => text.Words)), Summary), $"Sentence {(i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}");
                    }

                    break;
                case ListBlock list:
                    foreach (var text in list.Items.SelectMany(item => item))
                    {
                        yield return (text, heading);
                    }

                    break;
                case TableBlock table:
                    foreach (var row in table.Rows)
                    {
                        for (var c = 0; c < row.Count; c++)
                        {
                            foreach (var text in row[c])
                            {
                                yield return (text, table.Columns[c].Heading);
                            }
                        }
                    }

                    break;
                default:
                    break;
            }
        }
    }
}
