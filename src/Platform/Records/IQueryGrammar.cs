using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>Checks the queries that fields hold (docs/methods/queries.md) before they are saved.</summary>
public interface IQueryGrammar
{
    /// <summary>What is wrong with a query, naming the field that holds it; empty when it can be evaluated.</summary>
    IReadOnlyList<Problem> Check(string query, string field);
}
