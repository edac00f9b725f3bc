using System.Text.Json;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Api;

/// <summary>Reads what a step of the programme's records is sent.</summary>
internal static class ApiRequests
{
    /// <summary>The request, or why it cannot be read.</summary>
    public static async Task<(TRequest? Request, IResult? Refused)> ReadAsync<TRequest>(HttpContext context)
        where TRequest : class
    {
        // Only JSON: a form of another site cannot send it.
        if (!context.Request.HasJsonContentType())
        {
            return (null, TypedResults.Problem("Send application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "The request cannot be read"));
        }

        try
        {
            return (await context.Request.ReadFromJsonAsync<TRequest>(RecordJson.Options, context.RequestAborted), null);
        }
        catch (JsonException unread)
        {
            return (null, ApiProblems.Result([RequestFaults.OfBody(unread, typeof(TRequest), RecordJson.Options)]));
        }
    }
}
