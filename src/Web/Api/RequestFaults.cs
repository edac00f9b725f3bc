using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Api;

/// <summary>
/// Answers a request to the API whose body or parameters have another shape: a problem that names the JSON member or the parameter, what was
/// found and what is accepted, in the words of JSON and not of the program.
/// </summary>
internal sealed partial class RequestFaults(IOptions<JsonOptions> json) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } fault)
        {
            return false;
        }

        var body = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var problem = fault.InnerException is JsonException unread ? OfBody(unread, body, json.Value.SerializerOptions)
            : Parameter().Match(fault.Message) is { Success: true } match
                ? new Problem("The parameter cannot be read", Field: match.Groups["name"].Value, Found: match.Groups["found"].Value, Accepted: Accepted(match.Groups["type"].Value))
                : body is null ? new Problem("The request cannot be read") : new Problem("Send a body", Field: "body", Accepted: Wanted(json.Value.SerializerOptions.GetTypeInfo(body)));
        await ApiProblems.Result([problem]).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>What is wrong with a body that was read as a type.</summary>
    internal static Problem OfBody(JsonException unread, Type? type, JsonSerializerOptions options)
    {
        var path = unread.Path is { Length: > 2 } inner ? inner[2..] : null;
        if (unread is StatedTwiceException twice)
        {
            return new Problem("An assumption is given two values", Field: $"{path}.{twice.Key}", Found: twice.Values, Accepted: "one value for one place");
        }

        if (type is null || (path is null && unread.InnerException is not null))
        {
            return new Problem("This is not JSON", Found: $"line {(unread.LineNumber ?? 0) + 1}, byte {unread.BytePositionInLine ?? 0}", Accepted: "an object in JSON, in UTF-8");
        }

        var info = options.GetTypeInfo(type);
        foreach (Match step in Step().Matches(path ?? ""))
        {
            info = step.Groups["name"] is { Success: true } name
                ? info.Properties.FirstOrDefault(property => string.Equals(property.Name, name.Value, StringComparison.OrdinalIgnoreCase)) is { } found ? options.GetTypeInfo(found.PropertyType)
                    : info.ElementType is { } value ? options.GetTypeInfo(value) : info
                : info.ElementType is { } element ? options.GetTypeInfo(element) : info;
        }

        return new Problem(path is null ? "The body cannot be read" : "This member cannot be read", Field: path ?? "body", Accepted: Wanted(info));
    }

    private static string Wanted(JsonTypeInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => "an object of " + string.Join(", ", info.Properties.Select(property => property.Name)),
            JsonTypeInfoKind.Enumerable => "a list",
            JsonTypeInfoKind.Dictionary => "an object of names and values",
            _ when type.IsEnum => string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)),
            _ => Accepted(type.Name),
        };
    }

    private static string Accepted(string type) => type.TrimEnd('?').ToUpperInvariant() switch
    {
        "INT32" or "INT" or "INT64" or "LONG" or "UINT64" or "ULONG" => "a whole number",
        "DOUBLE" or "DECIMAL" or "SINGLE" or "FLOAT" => "a number",
        "BOOLEAN" or "BOOL" => "true or false",
        "DATEONLY" => "a day: 2017-05-12",
        "DATETIMEOFFSET" => "an instant: 2017-05-12T17:00:00Z",
        _ => "a text",
    };

    [GeneratedRegex(@"parameter ""(?<type>\S+) (?<name>\w+)"" from ""(?<found>[^""]*)""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\.?(?<name>[^.\[\]]+)|\[(?<n>\d+)\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Step();
}
