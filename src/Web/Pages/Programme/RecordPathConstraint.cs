using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>Accepts as part of an address only the paths of the catalogue, so that pages for every kind take no other page's address.</summary>
public sealed class RecordPathConstraint(RecordCatalogue catalogue) : IRouteConstraint
{
    /// <summary>Its name in route templates: <c>/{path:records}</c>.</summary>
    public const string Name = "records";

    /// <inheritdoc />
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.TryGetValue(routeKey, out var value) && value is string path && catalogue.FindByPath(path) is not null;
    }
}
