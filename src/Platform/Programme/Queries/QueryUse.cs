using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>Which records a query reads.</summary>
internal static class QueryUse
{
    /// <summary>Kinds with the key where one record is named, else null for all of the kind; empty for a query that cannot be read.</summary>
    public static IReadOnlyList<(string Kind, string? Key)> Of(string query, RecordCatalogue catalogue)
    {
        try
        {
            return Read(QueryParser.Parse(query, name => catalogue.Find(name) is not null)).Distinct().ToList();
        }
        catch (QueryException)
        {
            return [];
        }
    }

    private static IEnumerable<(string Kind, string? Key)> Read(QueryNode? node) => node switch
    {
        Joined joined => [.. Read(joined.Left), .. Read(joined.Right)],
        Negated negated => Read(negated.Of),
        Compared compared => [.. Read(compared.Left), .. Read(compared.Right)],
        Computed computed => [.. Read(computed.Left), .. Read(computed.Right)],
        FieldNode { Kind: { } kind } field => [(kind, field.Key)],
        ObservationNode or FirstNode => [("observation", null), ("observation-set", null)],
        CallNode call => call.Arguments.SelectMany(Read),
        OverNode over => [.. over.Source.Kind is { } kind ? [(kind, null)] : Read(over.Source.Field), .. Read(over.Source.Where), .. Read(over.Of)],
        _ => [],
    };
}
