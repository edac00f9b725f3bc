using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Api;

/// <summary>Problems as RFC 9457 problem details.</summary>
public static class ApiProblems
{
    /// <summary>Says what a status without a body means, as problem details whatever the caller says it reads.</summary>
    public static Task OfStatusAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var status = context.Response.StatusCode;
        var needed = context.GetEndpoint()?.Metadata.GetMetadata<RequirePermissionAttribute>()?.Permission;
        var (title, detail) = status switch
        {
            StatusCodes.Status401Unauthorized => ("Sign in first", "Sign in at /account/sign-in and send the cookie that it sets."),
            StatusCodes.Status403Forbidden => ("Your roles do not permit this", needed is null ? null : $"It needs the permission {needed}; an administrator gives roles."),
            StatusCodes.Status404NotFound => ("There is no such address", "/openapi/v1.json lists those of the API."),
            StatusCodes.Status405MethodNotAllowed => ("This address does not take this method", $"It takes {context.Response.Headers.Allow}."),
            StatusCodes.Status429TooManyRequests => ("Too many requests", "Wait a minute and try again."),
            _ => (Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), null),
        };
        return TypedResults.Problem(detail, statusCode: status, title: title).ExecuteAsync(context);
    }

    /// <summary>Parameters of an address that the route does not take: left alone they would answer another question than was asked.</summary>
    public static IEnumerable<Problem> Unknown(IQueryCollection query, IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Keys.Where(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => new Problem("There is no such parameter", "address", Field: name, Found: query[name].ToString(), Accepted: string.Join(", ", names)));
    }

    /// <summary>Status 404 that says what is not there.</summary>
    public static ProblemHttpResult NotFound(string what) => TypedResults.Problem(what, statusCode: StatusCodes.Status404NotFound, title: "Not found");

    /// <summary>Status 400 with every problem in the member <c>problems</c>.</summary>
    public static ProblemHttpResult Result(IReadOnlyList<Problem> problems, int status = StatusCodes.Status400BadRequest)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return TypedResults.Problem(
            string.Join("; ", problems.Select(p => p.Message)), statusCode: status, title: "The request cannot be carried out",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["problems"] = problems });
    }
}
