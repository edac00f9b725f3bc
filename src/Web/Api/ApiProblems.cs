using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Api;

/// <summary>Problems as RFC 9457 problem details.</summary>
public static class ApiProblems
{
    /// <summary>Status 400 with every problem in the member <c>problems</c>.</summary>
    public static ProblemHttpResult Result(IReadOnlyList<Problem> problems, int status = StatusCodes.Status400BadRequest)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return TypedResults.Problem(
            string.Join("; ", problems.Select(p => p.Message)), statusCode: status, title: "The request cannot be carried out",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["problems"] = problems });
    }
}
