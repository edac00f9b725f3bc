using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>Queries over the records of a view.</summary>
internal sealed class RecordQueries(IRecords records, IForces forces) : IQueries
{
    public async Task<QueryAnswer> EvaluateAsync(RecordView view, string query, CancellationToken cancellation = default)
    {
        var areas = await forces.FindCurrentAsync(cancellation) is { } pack ? ForceAreas.Of(pack) : null;
        return await EvaluateAsync(view, records.View(null, view.At), query, new QueryNames(view, areas, cancellation), cancellation);
    }

    public async Task<Truth> TruthAsync(RecordView view, string query, CancellationToken cancellation = default) =>
        (await EvaluateAsync(view, records.View(null, view.At), query, names: null, cancellation)).Truth;

    /// <summary>What a query says; <paramref name="all"/> and <paramref name="names"/> as <see cref="QueryEvaluator"/> takes them.</summary>
    internal static async Task<QueryAnswer> EvaluateAsync(RecordView view, RecordView all, string query, QueryNames? names, CancellationToken cancellation)
    {
        QueryNode node;
        try
        {
            node = QueryParser.Parse(query, name => view.Catalogue.Find(name) is not null);
        }
        catch (QueryException e)
        {
            return new QueryAnswer(Truth.Undecided, null, [QueryGrammar.Of(e, "query").ToString()], []);
        }

        return await new QueryEvaluator(view, all, names, cancellation).EvaluateAsync(node);
    }
}
