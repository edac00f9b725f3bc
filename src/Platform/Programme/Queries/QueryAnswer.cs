using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>A value that a query used.</summary>
/// <param name="Term">What it is, as written in the query.</param>
/// <param name="Value">Its value in words; null where it is not known.</param>
/// <param name="Reference">"kind:key" of the record it came from; null where there is none.</param>
/// <param name="VersionId">Number of the record's version.</param>
/// <param name="Known">When that version was known.</param>
/// <param name="Sources">Where the source says so.</param>
/// <param name="Words">What it is, in words.</param>
public sealed record QueryTerm(string Term, string? Value, string? Reference, long? VersionId, DateOnly? Known, IReadOnlyList<Locator> Sources, string Words);

/// <summary>What a query says as at the dates of a view.</summary>
/// <param name="Truth">Whether it holds.</param>
/// <param name="Value">The value in words where the query is a number or a date; null for a sentence.</param>
/// <param name="Why">Why it is undecided, sentences without full stop; empty where it is decided.</param>
/// <param name="Evidence">Each value used, in the order used.</param>
public sealed record QueryAnswer(Truth Truth, string? Value, IReadOnlyList<string> Why, IReadOnlyList<QueryTerm> Evidence);

/// <summary>Evaluates queries over the programme's records.</summary>
public interface IQueries
{
    /// <summary>What a query says as at the view's dates, as far as its reader may see; a query that cannot be read is undecided, with what is wrong.</summary>
    Task<QueryAnswer> EvaluateAsync(RecordView view, string query, CancellationToken cancellation = default);

    /// <summary>Only whether it holds; quicker, for asking of many days.</summary>
    Task<Truth> TruthAsync(RecordView view, string query, CancellationToken cancellation = default);
}
