namespace Pathfinder.Platform.Records;

/// <summary>How a computed statement stands; always shown with its word, never by colour alone.</summary>
public enum Standing
{
    /// <summary>Said without judgement.</summary>
    Plain,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>To be watched.</summary>
    Watch,

    /// <summary>Not as it should be.</summary>
    Bad,

    /// <summary>Not known, not reported, not testable.</summary>
    Missing,
}

/// <summary>A computed cell: words, how they stand, and the record they lead to.</summary>
/// <param name="Text">The words.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Reference">"kind:key" of the record it leads to, or null.</param>
/// <param name="Page">Address of a page that shows it better than the record's own; null where that does.</param>
public sealed record Said(string Text, Standing Standing = Standing.Plain, string? Reference = null, string? Page = null)
{
    /// <summary>Plain words.</summary>
    public static implicit operator Said(string text) => new(text);
}

/// <summary>What the product computed of a list of records.</summary>
/// <param name="Headline">A finding, not a label: "Five of seven milestones are later than their baseline".</param>
/// <param name="Columns">Headings of the computed columns.</param>
/// <param name="Cells">The computed cells by key of record.</param>
public sealed record ListReading(string Headline, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, IReadOnlyList<Said>> Cells);

/// <summary>What the product computed of one record.</summary>
/// <param name="Headline">A finding about it; null where there is none.</param>
/// <param name="Parts">Tables with what it rests on.</param>
public sealed record RecordReading(string? Headline, IReadOnlyList<ReadingPart> Parts);

/// <summary>A computed table of a record.</summary>
/// <param name="Id">Lower case with hyphens; also the name of its CSV.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Finding">What it says, a sentence; null where the rows speak for themselves.</param>
public sealed record ReadingPart(string Id, string Title, string? Finding, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Said>> Rows);

/// <summary>Computes what pages and answers show of one kind beside what was typed in. Registered by the room of the kind; at most one a kind.</summary>
public interface IRecordReading
{
    /// <summary>Name of the kind.</summary>
    string Kind { get; }

    /// <summary>Reads a list.</summary>
    Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default);

    /// <summary>Reads one record.</summary>
    Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default);
}

/// <summary>A line that somebody must look at.</summary>
/// <param name="Question">The question of the home page it answers: "Yours", "Slipped", "Overdue", "Signals", "Promises", "Decisions", "Silent", "Risks".</param>
/// <param name="Text">What is the matter, a sentence without full stop.</param>
/// <param name="Reference">"kind:key" of the record.</param>
/// <param name="Standing">How bad it is.</param>
/// <param name="Since">Since when, where that is known.</param>
/// <param name="Page">Address of a page that shows it better than the record's own; null where that does.</param>
public sealed record AttentionLine(string Question, string Text, string Reference, Standing Standing, DateOnly? Since = null, string? Page = null)
{
    /// <summary>The question under which stands what is asked of the reader in person; the home page begins with it.</summary>
    public const string Yours = "Yours";
}

/// <summary>A room that knows of something that needs attention.</summary>
public interface IProgrammeAttention
{
    /// <summary>What needs attention as at the view's dates, most pressing first.</summary>
    Task<IReadOnlyList<AttentionLine>> ListAsync(RecordView view, CancellationToken cancellation = default);
}
