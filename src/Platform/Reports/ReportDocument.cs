using System.Text.Json.Serialization;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>Words of a report and the fact they say.</summary>
/// <param name="Words">What is read.</param>
/// <param name="Reference">"kind:key" of the record that says so; null for words that say no fact, or a computed one.</param>
/// <param name="Path">The field of the record, as its JSON path: "forecasts[0]"; null where the words are computed from it.</param>
/// <param name="Standing">How a computed statement stands; always said in the words too.</param>
public sealed record ReportText(string Words, string? Reference = null, string? Path = null, Standing Standing = Standing.Plain)
{
    /// <summary>Plain words.</summary>
    public static implicit operator ReportText(string words) => new(words);
}

/// <summary>A labelled line under the title of a report.</summary>
public sealed record ReportLine(string Label, ReportText Text);

/// <summary>A column of a table.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="Numeric">Whether it holds numbers.</param>
/// <param name="Share">How much of the width it takes, relative to the others.</param>
public sealed record ReportColumn(string Heading, bool Numeric = false, int Share = 2);

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Values">A value for each period; null where nothing was observed.</param>
public sealed record ChartLine(string Name, IReadOnlyList<decimal?> Values);

/// <summary>A part of a report.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "block")]
[JsonDerivedType(typeof(HeadingBlock), "heading")]
[JsonDerivedType(typeof(ParagraphBlock), "paragraph")]
[JsonDerivedType(typeof(ListBlock), "list")]
[JsonDerivedType(typeof(TableBlock), "table")]
[JsonDerivedType(typeof(ChartBlock), "chart")]
[JsonDerivedType(typeof(ControlChartBlock), "controlChart")]
[JsonDerivedType(typeof(IntervalsBlock), "intervals")]
public abstract record ReportBlock;

/// <summary>A heading.</summary>
/// <param name="Level">2 for a section, 3 below it.</param>
public sealed record HeadingBlock(int Level, ReportText Text) : ReportBlock;

/// <summary>A paragraph.</summary>
public sealed record ParagraphBlock(ReportText Text) : ReportBlock;

/// <summary>A list. An item is what is said, then what the product adds to it.</summary>
public sealed record ListBlock(IReadOnlyList<IReadOnlyList<ReportText>> Items) : ReportBlock;

/// <summary>A table. A cell holds lines of words; one without any is empty because nothing is recorded.</summary>
/// <param name="Id">Lower case with hyphens, unique in its report: also the name of its CSV.</param>
/// <param name="Title">What it holds.</param>
/// <param name="Dense">Whether the words of a cell run on, in small print, instead of standing on lines: of an annex that is looked things up in.</param>
public sealed record TableBlock(string Id, string Title, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<IReadOnlyList<ReportText>>> Rows, bool Dense = false) : ReportBlock
{
    /// <summary>What stands between the words of a cell that run on.</summary>
    public const string Between = " · ";
}

/// <summary>A line chart of the values of a table.</summary>
/// <param name="Finding">What it shows, a sentence without full stop.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="Periods">The periods from left to right.</param>
/// <param name="Target">The value to be reached; null where there is none.</param>
/// <param name="Table">Id of the table with the values.</param>
public sealed record ChartBlock(string Finding, string? Unit, IReadOnlyList<string> Periods, IReadOnlyList<ChartLine> Lines, decimal? Target, string Table) : ReportBlock;

/// <summary>A value on a control chart, in the unit of its measure.</summary>
/// <param name="Signals">Whether it is no ordinary variation.</param>
public sealed record ControlValue(decimal Value, decimal Centre, decimal? Lower, decimal? Upper, bool Signals);

/// <summary>An event of the programme on a control chart.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="What">What happened, and when.</param>
/// <param name="Position">Where it stands among the values: 2 is the third, 1.5 the border before it. Null where the chart does not reach it.</param>
public sealed record ControlEvent(int Number, string What, decimal? Position);

/// <summary>A control chart of one area.</summary>
/// <param name="Finding">What it shows, a sentence without full stop.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="Periods">The period of each value.</param>
/// <param name="Target">The value to be reached; null where there is none.</param>
/// <param name="Table">Id of the table with the values.</param>
public sealed record ControlChartBlock(
    string Finding, string? Unit, IReadOnlyList<string> Periods, IReadOnlyList<ControlValue> Values, decimal? Target, IReadOnlyList<ControlEvent> Events, string Table) : ReportBlock;

/// <summary>An effect with its interval.</summary>
public sealed record IntervalValue(string Name, decimal Estimate, decimal Lower, decimal Upper);

/// <summary>Effects with their intervals beside each other.</summary>
/// <param name="Finding">What they show, a sentence without full stop.</param>
/// <param name="Unit">The unit of the effects.</param>
/// <param name="Table">Id of the table with the values.</param>
public sealed record IntervalsBlock(string Finding, string? Unit, IReadOnlyList<IntervalValue> Values, string Table) : ReportBlock;

/// <summary>
/// A report as at three dates: one model for every format. The same dates give the same model, and each renderer the same bytes, on any
/// store, in any time zone and culture.
/// </summary>
/// <param name="Series">Key of its series.</param>
/// <param name="Template">Name of its template.</param>
/// <param name="Marking">Its protective marking: the highest of what it holds.</param>
/// <param name="Front">Lines under the title.</param>
/// <param name="Withheld">What its readers do not see, with the ground.</param>
/// <param name="About">"decision:key" of the decision that a paper is about; null for other reports.</param>
public sealed record ReportDocument(
    string Series, string Template, string Title, string Marking, DateOnly Effective, DateOnly Known, DateTimeOffset Recorded, IReadOnlyList<ReportLine> Front,
    IReadOnlyList<ReportBlock> Blocks, IReadOnlyList<WithheldPart> Withheld, string? About = null)
{
    /// <summary>Its tables in reading order.</summary>
    [JsonIgnore]
    public IReadOnlyList<TableBlock> Tables => Blocks.OfType<TableBlock>().ToList();

    /// <summary>All words of it, in reading order.</summary>
    [JsonIgnore]
    public IEnumerable<ReportText> Texts => Front.Select(line => line.Text).Concat(Blocks.SelectMany(block => block switch
    {
        HeadingBlock heading => [heading.Text],
        ParagraphBlock paragraph => [paragraph.Text],
        ListBlock list => list.Items.SelectMany(item => item),
        TableBlock table => table.Rows.SelectMany(row => row).SelectMany(cell => cell),
        ChartBlock chart => [chart.Finding],
        ControlChartBlock chart => [chart.Finding, .. chart.Events.Select(one => (ReportText)one.What)],
        IntervalsBlock chart => [chart.Finding],
        _ => Array.Empty<ReportText>(),
    }));
}
