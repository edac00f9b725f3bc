using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>Records of one kind, picked, sorted and grouped; how a group is written differs.</summary>
internal abstract record RecordsSection(string Heading, string Kind) : ReportSection(Heading)
{
    /// <summary>What the product computes of each record, by the headings of the kind's reading.</summary>
    public IReadOnlyList<string> Computed { get; init; } = [];

    /// <summary>The field by which records are sorted; null for the order of keys.</summary>
    public string? OrderBy { get; init; }

    /// <summary>The field whose values make a group each; null for one.</summary>
    public string? GroupBy { get; init; }

    /// <summary>Whether the finding of the kind's reading stands above.</summary>
    public bool Finding { get; init; }

    public override async Task WriteAsync(ReportWriter writer, CancellationToken cancellation)
    {
        var records = await writer.PickAsync(Kind, Pick, OrderBy, cancellation);
        if (records.Count == 0)
        {
            Sections.WriteEmpty(writer, this);
            return;
        }

        var reading = Computed.Count > 0 || Finding ? await writer.ReadAsync(Kind, records, cancellation) : null;
        writer.Add(new HeadingBlock(2, Heading));
        if (Finding && reading is not null)
        {
            writer.Add(new ParagraphBlock(reading.Headline + "."));
        }

        foreach (var (name, group) in Sections.Group(writer, records, GroupBy))
        {
            await WriteAsync(writer, name, group, reading, cancellation);
        }
    }

    /// <summary>Writes one group; without a name where all records are one.</summary>
    protected abstract Task WriteAsync(ReportWriter writer, ReportText? name, IReadOnlyList<StoredRecord> group, ListReading? reading, CancellationToken cancellation);
}

/// <summary>A table of records of one kind, a row each.</summary>
internal sealed record RecordsTable(string Heading, string Kind, params FieldColumn[] Columns) : RecordsSection(Heading, Kind)
{
    /// <summary>Makes one column of the computed ones: its heading, its share, and what stands before the words of each; null for a column each.</summary>
    public (string Heading, int Share, IReadOnlyList<string> Before)? Together { get; init; }

    protected override async Task WriteAsync(ReportWriter writer, ReportText? name, IReadOnlyList<StoredRecord> group, ListReading? reading, CancellationToken cancellation)
    {
        var rows = new List<IReadOnlyList<IReadOnlyList<ReportText>>>();
        foreach (var record in group)
        {
            var cells = new List<IReadOnlyList<ReportText>>();
            foreach (var column in Columns)
            {
                var lines = new List<ReportText>();
                foreach (var path in column.Paths)
                {
                    lines.AddRange(await writer.FactsAsync(record, path, cancellation));
                }

                cells.Add(lines);
            }

            var computed = Computed.Select(heading => Sections.Cell(reading, heading, record)).ToList();
            cells.AddRange(Together is not { } together ? computed : [[.. computed.SelectMany((said, i) => said.Select(text => text with { Words = together.Before[i] + text.Words }))]]);
            rows.Add(cells);
        }

        if (name is not null)
        {
            writer.Add(new HeadingBlock(3, name));
        }

        var title = name?.Words ?? Heading;
        var table = new TableBlock(
            writer.Id(title), title, [.. Columns.Select(column => new ReportColumn(column.Heading, Share: column.Share)), .. Together is { } one ? [new ReportColumn(one.Heading, Share: one.Share)] : Computed.Select(heading => new ReportColumn(heading, Share: 3))], rows);
        writer.Add(Sections.WithoutEmptyColumns(table));
    }
}

/// <summary>A list of what records say, an item each value.</summary>
internal sealed record RecordsList(string Heading, string Kind, params string[] Paths) : RecordsSection(Heading, Kind)
{
    protected override async Task WriteAsync(ReportWriter writer, ReportText? name, IReadOnlyList<StoredRecord> group, ListReading? reading, CancellationToken cancellation)
    {
        var items = new List<IReadOnlyList<ReportText>>();
        foreach (var record in group)
        {
            var said = new List<ReportText>();
            foreach (var path in Paths)
            {
                said.AddRange(await writer.FactsAsync(record, path, cancellation));
            }

            var added = Computed.SelectMany(heading => Sections.Cell(reading, heading, record)).ToList();
            items.AddRange(said.Select((text, i) => (IReadOnlyList<ReportText>)(i == said.Count - 1 ? [text, .. added] : [text])));
        }

        if (items.Count > 0)
        {
            if (name is not null)
            {
                writer.Add(new HeadingBlock(3, name));
            }

            writer.Add(new ListBlock(items));
        }
    }
}

/// <summary>What sections of records share.</summary>
internal static class Sections
{
    public static void WriteEmpty(ReportWriter writer, ReportSection section)
    {
        if (section.Empty is { } words)
        {
            writer.Add(new HeadingBlock(2, section.Heading));
            writer.Add(new ParagraphBlock(new ReportText(words, Standing: Standing.Missing)));
        }
    }

    /// <summary>Records by the words of a field, groups in the order in which they first come.</summary>
    public static IEnumerable<(ReportText? Name, IReadOnlyList<StoredRecord> Records)> Group(ReportWriter writer, IReadOnlyList<StoredRecord> records, string? by)
    {
        if (by is null)
        {
            return [(null, records)];
        }

        foreach (var record in records)
        {
            writer.Tell(record, by);
        }

        return records.Select(record => (Record: record, Name: writer.Words.Of(record, by) is [var first, ..] ? first : new ReportText("Other")))
            .GroupBy(one => one.Name.Words, StringComparer.Ordinal).Select(group => ((ReportText?)group.First().Name, (IReadOnlyList<StoredRecord>)group.Select(one => one.Record).ToList()));
    }

    /// <summary>A computed cell of a record.</summary>
    public static IReadOnlyList<ReportText> Cell(ListReading? reading, string heading, StoredRecord record)
    {
        if (reading is null || !reading.Cells.TryGetValue(record.Key, out var cells))
        {
            return [];
        }

        var at = reading.Columns.ToList().IndexOf(heading);
        return at < 0 ? throw new InvalidOperationException($"Nothing computes \"{heading}\" of {record.Kind.Many}.") : cells[at].Text.Length == 0 ? [] : [ReportWriter.Computed(cells[at], record)];
    }

    /// <summary>A table without the columns that no row fills.</summary>
    public static TableBlock WithoutEmptyColumns(TableBlock table)
    {
        var kept = Enumerable.Range(0, table.Columns.Count).Where(c => c == 0 || table.Rows.Any(row => row[c].Count > 0)).ToList();
        return kept.Count == table.Columns.Count
            ? table
            : table with { Columns = [.. kept.Select(c => table.Columns[c])], Rows = [.. table.Rows.Select(row => (IReadOnlyList<IReadOnlyList<ReportText>>)[.. kept.Select(c => row[c])])] };
    }
}
