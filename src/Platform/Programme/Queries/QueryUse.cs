using System.Text.Json;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>Which records a query reads.</summary>
internal static class QueryUse
{
    /// <summary>
    /// Kinds with the key where one record is named, else null for all of the kind, and of observations the text that those of the measure
    /// contain; empty for a query that cannot be read.
    /// </summary>
    public static IReadOnlyList<TurningFact> Of(string query, RecordCatalogue catalogue)
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

    /// <summary>Keys of the measures whose observations a query reads; empty for a query that cannot be read.</summary>
    public static IReadOnlyList<string> Measures(string query, RecordCatalogue catalogue)
    {
        const string Start = "\"measure\":";
        return [.. Of(query, catalogue).Where(fact => fact is { Kind: "observation-set", Text: not null }).Select(fact => JsonSerializer.Deserialize<string>(fact.Text![Start.Length..])!)];
    }

    private static IEnumerable<TurningFact> Read(QueryNode? node) => node switch
    {
        Joined joined => [.. Read(joined.Left), .. Read(joined.Right)],
        Negated negated => Read(negated.Of),
        Compared compared => [.. Read(compared.Left), .. Read(compared.Right)],
        Computed computed => [.. Read(computed.Left), .. Read(computed.Right)],
        FieldNode { Kind: { } kind } field => [new(kind, field.Key)],
        ObservationNode one => Observed(one.Measure),
        FirstNode one => Observed(one.Measure),
        CallNode call => call.Arguments.SelectMany(Read),
        OverNode over => [.. over.Source.Kind is { } kind ? [new(kind, null)] : Read(over.Source.Field), .. Read(over.Source.Where), .. Read(over.Of)],
        _ => [],
    };

    private static TurningFact[] Observed(string measure)
    {
        var text = $"\"measure\":{JsonSerializer.Serialize(measure)}";
        return [new("observation", null, text), new("observation-set", null, text)];
    }
}
