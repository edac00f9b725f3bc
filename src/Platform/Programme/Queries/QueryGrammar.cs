using System.Globalization;
using System.Text.Json;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>Refuses a query that cannot be read, or that names a kind, a field or a choice that does not exist.</summary>
public sealed class QueryGrammar(RecordCatalogue catalogue) : IQueryGrammar
{
    /// <summary>The query as the product writes it: one space between words, and only the brackets it needs; or what is wrong with it.</summary>
    public Outcome<string> Write(string query, string field)
    {
        try
        {
            return QueryParser.Parse(query, name => catalogue.Find(name) is not null).ToString();
        }
        catch (QueryException e)
        {
            return Of(e, field);
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<Problem> Check(string query, string field)
    {
        try
        {
            var problems = new List<Problem>();
            new NameCheck(catalogue, field, problems).Visit(QueryParser.Parse(query, name => catalogue.Find(name) is not null), []);
            return problems;
        }
        catch (QueryException e)
        {
            return [Of(e, field)];
        }
    }

    /// <summary>A query that cannot be read, as a problem of its field.</summary>
    internal static Problem Of(QueryException e, string field) => new(
        string.Create(CultureInfo.InvariantCulture, $"{e.Message}, at character {e.Position}"), Field: field, Found: e.Found, Accepted: e.Accepted);

    private sealed class NameCheck(RecordCatalogue catalogue, string field, List<Problem> problems)
    {
        public void Visit(QueryNode node, IReadOnlyList<IReadOnlyList<RecordField>> scopes)
        {
            switch (node)
            {
                case Joined joined:
                    Visit(joined.Left, scopes);
                    Visit(joined.Right, scopes);
                    break;
                case Negated negated:
                    Visit(negated.Of, scopes);
                    break;
                case Compared compared:
                    Visit(compared.Left, scopes);
                    Visit(compared.Right, scopes);
                    Choice(compared.Left, compared.Right, scopes);
                    Choice(compared.Right, compared.Left, scopes);
                    break;
                case Computed computed:
                    Visit(computed.Left, scopes);
                    Visit(computed.Right, scopes);
                    break;
                case FieldNode path:
                    Resolve(path, scopes);
                    break;
                case ObservationNode { AreaIsField: true } observation when !scopes.Any(scope => QueryFields.Has(scope, observation.Area)):
                    problems.Add(new Problem("The area is neither a code nor a field in scope", Field: field, Found: observation.Area, Accepted: "a code, as CN or E09000007"));
                    break;
                case CallNode call:
                    foreach (var argument in call.Arguments)
                    {
                        Visit(argument, scopes);
                    }

                    break;
                case OverNode over:
                    Over(over, scopes);
                    break;
                default:
                    break;
            }
        }

        private void Over(OverNode over, IReadOnlyList<IReadOnlyList<RecordField>> scopes)
        {
            IReadOnlyList<RecordField> inside = [];
            if (over.Source.Kind is { } kind)
            {
                inside = catalogue.Find(kind)!.Fields;
            }
            else if (Resolve(over.Source.Field!, scopes) is { } list)
            {
                if (list.Shape is not (FieldShape.Rows or FieldShape.Words))
                {
                    problems.Add(new Problem($"{over.Function} goes over a kind or a list", Field: field, Found: over.Source.Field!.ToString(), Accepted: "a kind of record, or a field that holds a list"));
                }

                inside = list.Fields;
            }

            IReadOnlyList<IReadOnlyList<RecordField>> deeper = [inside, .. scopes];
            if (over.Source.Where is { } where)
            {
                Visit(where, deeper);
            }

            if (over.Of is { } of)
            {
                Visit(of, deeper);
            }
        }

        private RecordField? Resolve(FieldNode path, IReadOnlyList<IReadOnlyList<RecordField>> scopes)
        {
            var first = path.Path[0].Name!;
            var fields = path.Kind is { } kind ? catalogue.Find(kind)!.Fields : scopes.FirstOrDefault(scope => QueryFields.Has(scope, first));
            if (fields is null)
            {
                if (first != QueryFields.Key || scopes.Count == 0 || path.Path.Count > 1)
                {
                    problems.Add(new Problem(
                        scopes.Count == 0 ? "A field stands alone only inside each, any and where; elsewhere it says of which record" : "No record in scope has this field",
                        Field: field, Found: path.ToString(), Accepted: scopes.Count == 0 ? "kind:key.field" : Names(scopes[0])));
                }

                return null;
            }

            var (found, _, missing, instead) = QueryFields.Follow(fields, path.Path);
            if (missing is not null)
            {
                problems.Add(new Problem("There is no such field", Field: field, Found: $"{missing} in {path}", Accepted: instead.Count == 0 ? "nothing further" : Names(instead)));
            }

            return found;
        }

        private void Choice(QueryNode side, QueryNode other, IReadOnlyList<IReadOnlyList<RecordField>> scopes)
        {
            if (side is not FieldNode path || other is not TextLiteral text)
            {
                return;
            }

            var fields = path.Kind is { } kind ? catalogue.Find(kind)!.Fields : scopes.FirstOrDefault(scope => QueryFields.Has(scope, path.Path[0].Name!));
            if (fields is not null && QueryFields.Follow(fields, path.Path).Field is { Choices: { } choices })
            {
                var names = Enum.GetNames(choices).Select(JsonNamingPolicy.CamelCase.ConvertName).ToList();
                if (!names.Contains(text.Value, StringComparer.OrdinalIgnoreCase))
                {
                    problems.Add(new Problem($"{path} is never that", Field: field, Found: text.Value, Accepted: string.Join(", ", names)));
                }
            }
        }

        private static string Names(IReadOnlyList<RecordField> fields) => string.Join(", ", fields.Select(candidate => candidate.Name));
    }
}
