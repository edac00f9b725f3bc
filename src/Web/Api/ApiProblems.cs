using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Api;

/// <summary>Problems as RFC 9457 problem details.</summary>
public static class ApiProblems
{
    /// <summary>Parameters of an address that the route does not take: left alone they would answer another question than was asked.</summary>
    public static IEnumerable<Problem> Unknown(IQueryCollection query, IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Keys.Where(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => new Problem("There is no such parameter", "address", Field: name, Found: query[name].ToString(), Accepted: string.Join(", ", names)));
    }

    /// <summary>Status 400 with every problem in the member <c>problems</c>.</summary>
    public static ProblemHttpResult Result(IReadOnlyList<Problem> problems, int status = StatusCodes.Status400BadRequest)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return TypedResults.Problem(
            string.Join("; ", problems.Select(p => p.Message)), statusCode: status, title: "The request cannot be carried out",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["problems"] = problems });
    }
}
