using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Api.Records;

/// <summary>Says in the OpenAPI document how records write choices and partial dates.</summary>
internal sealed class RecordSchemas : IOpenApiSchemaTransformer
{
    /// <inheritdoc />
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(PartialDate))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Object;
            schema.Description = $"A date as stated: {PartialDate.Accepted}; or an object of text, first and last for other words with their meaning";
        }
        else if (type.IsEnum && (type.Namespace ?? "").StartsWith("Pathfinder.Platform", StringComparison.Ordinal) && type.Namespace!.Split('.') is [_, _, "Records" or "Programme", ..])
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name)!)];
        }

        return Task.CompletedTask;
    }
}
