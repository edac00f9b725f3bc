using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Forces;

/// <summary>The dates an API answer holds for.</summary>
public sealed record AnsweredFor(DateOnly Effective, DateOnly Known);

/// <summary>A command unit on a date.</summary>
public sealed record CommandUnitAnswer(
    string Code, string Name, string Kind, string Basis, IReadOnlyList<CommandUnitMember> Members, long Residents, double ImmediatePerDay, double SignificantPerDay);

/// <summary>The command units of a force on a date.</summary>
public sealed record CommandUnitsAnswer(AnsweredFor AsAt, IReadOnlyList<CommandUnitAnswer> Units);

/// <summary>A borough and who commands it.</summary>
public sealed record BoroughAnswer(
    AnsweredFor AsAt, Borough Borough, string? CommandUnit, IReadOnlyList<CommandUnitMember> History, IReadOnlyList<FunctionArrangement> Functions,
    double ImmediatePerDay, double SignificantPerDay);

/// <summary>A list of areas.</summary>
public sealed record AreasAnswer<T>(AnsweredFor AsAt, IReadOnlyList<T> Items);

/// <summary>The force's assumptions.</summary>
public sealed record AssumptionsAnswer(AnsweredFor AsAt, string Pack, string PackSha256, IReadOnlyList<Assumption> Items);

/// <summary>The same facts as the force pages, and the drawn layers.</summary>
public static class ForcesApi
{
    private const string Group = "Force";

    /// <summary>Maps the routes.</summary>
    public static void MapForces(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var read = new RequirePermissionAttribute(Permission.Read);
        var api = app.MapGroup("/api/v1").WithTags(Group).WithMetadata(read);
        api.MapGet("/command-units", CommandUnitsAsync)
            .WithSummary("Command units on a date, with their boroughs and the basis of each date")
            .WithDescription("Query: effective and known (yyyy-MM-dd; today when absent).");
        api.MapGet("/command-units/{code}", CommandUnitAsync).WithSummary("One command unit over time");
        api.MapGet("/boroughs", BoroughsAsync).WithSummary("Boroughs, those outside the force included");
        api.MapGet("/boroughs/{code}", BoroughAsync).WithSummary("A borough: who commands it, how its functions are organised, its demand");
        api.MapGet("/wards", WardsAsync).WithSummary("Wards in the edition of the date");
        api.MapGet("/parade-sites", SitesAsync).WithSummary("Candidate parade sites with their basis");
        api.MapGet("/assumptions", AssumptionsAsync).WithSummary("Every default a simulation starts from, with its basis and status");
        app.MapGet("/geo/{layer}/{tag}.geojson", LayerAsync).WithMetadata(read).ExcludeFromDescription();
    }

    private static async Task<Results<Ok<CommandUnitsAnswer>, ProblemHttpResult>> CommandUnitsAsync(ICurrentForce current, PageDates dates, CancellationToken cancellation)
    {
        var (force, problem) = await FindAsync(current, dates, cancellation);
        return problem is not null
            ? problem
            : TypedResults.Ok(new CommandUnitsAnswer(For(dates), force!.UnitsOn(dates.At.Effective).Select(u => Answer(force, u)).ToList()));
    }

    private static async Task<Results<Ok<CommandUnit>, ProblemHttpResult>> CommandUnitAsync(string code, ICurrentForce current, PageDates dates, CancellationToken cancellation)
    {
        var (force, problem) = await FindAsync(current, dates, cancellation);
        return problem is not null ? problem : force!.FindUnit(code) is { } unit ? TypedResults.Ok(unit) : NotKnown("command unit", code);
    }

    private static async Task<Results<Ok<AreasAnswer<Borough>>, ProblemHttpResult>> BoroughsAsync(ICurrentForce current, PageDates dates, CancellationToken cancellation)
    {
        var (force, problem) = await FindAsync(current, dates, cancellation);
        return problem is not null ? problem : TypedResults.Ok(new AreasAnswer<Borough>(For(dates), force!.Pack.Boroughs));
    }

    private static async Task<Results<Ok<BoroughAnswer>, ProblemHttpResult>> BoroughAsync(string code, ICurrentForce current, PageDates dates, CancellationToken cancellation)
    {
        var (force, problem) = await FindAsync(current, dates, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        if (force!.FindBorough(code) is not { } borough)
        {
            return NotKnown("borough", code);
        }

        var unit = force.FindUnitOf(code, dates.At.Effective)?.Unit.Code;
        return TypedResults.Ok(new BoroughAnswer(
            For(dates), borough, unit, force.ListUnitsOf(code).Select(p => p.Member).ToList(),
            unit is null ? [] : force.FunctionsOn(unit, dates.At.Effective), force.DemandPerDay("I", [code]), force.DemandPerDay("S", [code])));
    }

    private static async Task<Results<Ok<AreasAnswer<Ward>>, ProblemHttpResult>> WardsAsync(ICurrentForce current, PageDates dates, CancellationToken cancellation)
    {
        var (force, problem) = await FindAsync(current, dates, cancellation);
        return problem is not null
            ? problem
            : TypedResults.Ok(new AreasAnswer<Ward>(For(dates), force!.Pack.Wards.Where(w => ForceView.Holds(w.From, w.To, dates.At.Effective)).OrderBy(w => w.Code, StringComparer.Ordinal).ToList()));
    }

    private static async Task<Results<Ok<AreasAnswer<ParadeSite>>, ProblemHttpResult>> SitesAsync(ICurrentForce current, PageDates dates, CancellationToken cancellation)
    {
        var (force, problem) = await FindAsync(current, dates, cancellation);
        return problem is not null ? problem : TypedResults.Ok(new AreasAnswer<ParadeSite>(For(dates), force!.Pack.ParadeSites));
    }

    private static async Task<Results<Ok<AssumptionsAnswer>, ProblemHttpResult>> AssumptionsAsync(ICurrentForce current, PageDates dates, CancellationToken cancellation)
    {
        var (force, problem) = await FindAsync(current, dates, cancellation);
        return problem is not null
            ? problem
            : TypedResults.Ok(new AssumptionsAnswer(For(dates), force!.Pack.Manifest.Name, force.Pack.Sha256, force.Pack.Assumptions));
    }

    // The address carries the hash of the content, so a client that has it never needs to ask again.
    private static async Task<Results<FileContentHttpResult, NotFound>> LayerAsync(string layer, string tag, ICurrentForce current, PageDates dates, HttpContext context)
    {
        var force = await current.FindAsync(dates.At, context.RequestAborted);
        if (force is null || !force.Layers.TryGetValue(layer, out var found) || !string.Equals(found.Tag, tag, StringComparison.Ordinal))
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Bytes(found.Content, "application/geo+json", entityTag: new EntityTagHeaderValue($"\"{found.Tag}\""));
    }

    private static async Task<(ForceView? Force, ProblemHttpResult? Problem)> FindAsync(ICurrentForce current, PageDates dates, CancellationToken cancellation)
    {
        if (dates.Problems.Count > 0)
        {
            return (null, ApiProblems.Result(dates.Problems));
        }

        return await current.FindAsync(dates.At, cancellation) is { } force
            ? (force, null)
            : (null, TypedResults.Problem("No force has been imported yet.", statusCode: StatusCodes.Status404NotFound, title: "Nothing imported"));
    }

    private static ProblemHttpResult NotKnown(string what, string code) =>
        TypedResults.Problem($"There is no {what} with the code {code}.", statusCode: StatusCodes.Status404NotFound, title: "Not found");

    private static AnsweredFor For(PageDates dates) => new(dates.At.Effective, dates.At.Known);

    private static CommandUnitAnswer Answer(ForceView force, UnitOn unit)
    {
        var boroughs = unit.Members.Select(m => m.Borough).ToList();
        return new CommandUnitAnswer(
            unit.Unit.Code, unit.Unit.Name, unit.Unit.Kind, unit.Unit.Basis, unit.Members,
            boroughs.Sum(b => (long)(force.FindBorough(b)?.Population ?? 0)), force.DemandPerDay("I", boroughs), force.DemandPerDay("S", boroughs));
    }
}
