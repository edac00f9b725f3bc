using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Reports;

/// <summary>Which records of the scope a section takes.</summary>
internal enum Pick
{
    /// <summary>All that hold on the dates.</summary>
    All,

    /// <summary>Those whose version became known in the period that the report covers.</summary>
    Reported,

    /// <summary>Those that were known before and of which nothing new was said in the period.</summary>
    Silent,
}

/// <summary>A column of a table of records: the fields whose values its cells hold, "title", "published.rating"; "work>title" is a field of what a field refers to.</summary>
internal sealed record FieldColumn(string Heading, int Share, params string[] Paths);

/// <summary>A section of a template: what is written is decided by records alone.</summary>
internal abstract record ReportSection(string Heading)
{
    /// <summary>Which records it takes.</summary>
    public Pick Pick { get; init; }

    /// <summary>What stands there where there is none; null leaves the section out.</summary>
    public string? Empty { get; init; }

    public abstract Task WriteAsync(ReportWriter writer, CancellationToken cancellation);
}

/// <summary>What a report of a kind is made of.</summary>
/// <param name="Name">Its name, never renamed.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Purpose">What it is for, a sentence.</param>
internal sealed record ReportTemplate(string Name, string Title, string Purpose, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>The template of a name. Refused with the names there are.</summary>
    public static Outcome<ReportTemplate> Find(string name) => ReportTemplates.All.FirstOrDefault(one => one.Name == name) is { } found
        ? found
        : new Problem("There is no such template", Field: "template", Found: name, Accepted: string.Join(", ", ReportTemplates.All.Select(one => one.Name)));
}
