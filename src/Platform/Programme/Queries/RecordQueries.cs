using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>Queries over the records of a view.</summary>
internal sealed class RecordQueries(IRecords records) : IQueries
{
    public async Task<QueryAnswer> EvaluateAsync(RecordView view, string query, CancellationToken cancellation = default)
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

        return await new QueryEvaluator(view, records.View(null, view.At), cancellation).EvaluateAsync(node);
    }
}
