using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Studio;

namespace Pathfinder.Web.Api.Studio;

/// <summary>Where a plan stands by one criterion; exact counts are strings.</summary>
public sealed record StudioStandingAnswer(string Criterion, string Name, double? Value, double Best, string Better, string Equal, double BetterThanShare, double? Beside);

/// <summary>A plan one may go to, with the address of its state.</summary>
public sealed record StudioStepAnswer(IReadOnlyList<string> Moved, IReadOnlyList<StudioUnit> Plan, string Address);

/// <summary>What a rule costs.</summary>
public sealed record StudioCostAnswer(string Rule, double With, double Without, string? BetterPlansRuledOut, string PlansWithout);

/// <summary>What the studio says about a state.</summary>
public sealed record StudioAnswer(
    string Headline, string Address, string By, string Plans, IReadOnlyList<StudioUnitView> Units, IReadOnlyList<string> Faults, string? NoPlan,
    IReadOnlyList<StudioStandingAnswer> Standings, StudioStepAnswer? Nearest, StudioStepAnswer? Best, string BestTies, IReadOnlyList<StudioTieView> Ties,
    IReadOnlyList<StudioCostAnswer> Costs, IReadOnlyList<string> MovedFromBeside, double? LeastLargestDeviation);

/// <summary>The studio's answers, and its plan as files.</summary>
public static class StudioApi
{
    private const string State = "Query: the state as the studio's address has it (plan, min, max, crossings, off, keep, join, part, forbid, ties, by, w-CRITERION, beside).";

    /// <summary>Maps the routes.</summary>
    public static void MapStudio(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var api = app.MapGroup("/api/v1/studio").WithTags("Studio").WithMetadata(new RequirePermissionAttribute(Permission.Read));
        api.MapGet("/", AnswerAsync).WithSummary("How a plan stands among all possible groupings, exactly").WithDescription(State);
        api.MapGet("/plan.csv", CsvAsync).WithSummary("The plan as CSV with columns id,group, as pathfinder group --rank reads it").WithDescription(State);
        api.MapGet("/plan.geojson", GeoJsonAsync).WithSummary("The plan's units as polygons with their figures").WithDescription(State);
        api.MapGet("/paper.docx", DocxAsync).WithSummary("The design paper as a Word document").WithDescription(State);
    }

    private static async Task<Results<Ok<StudioAnswer>, ProblemHttpResult>> AnswerAsync(HttpRequest request, StudioDesk desk, StudioForces forces, CancellationToken cancellation)
    {
        var (view, _, problem) = await ReadAsync(request, desk, forces, cancellation);
        return problem is not null ? problem : TypedResults.Ok(new StudioAnswer(
            view!.Headline, Address(view.State), view.By, Text(view.Among), view.Units, view.Faults, view.NoPlan,
            [.. view.Standings.Select(s => new StudioStandingAnswer(s.Criterion.Key, s.Criterion.Name, s.Value, s.Best, Text(s.Better), Text(s.Equal), s.BetterThan, s.Beside))],
            Step(view.Nearest), Step(view.Best), Text(view.BestTies), view.Ties,
            [.. view.Costs.Select(cost => new StudioCostAnswer(cost.Rule, cost.With, cost.Without, cost.RuledOut is { } ruledOut ? Text(ruledOut) : null, Text(cost.PlansWithout)))], view.MovedFromBeside, view.LeastLargestDeviation));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> CsvAsync(HttpRequest request, StudioDesk desk, StudioForces forces, CancellationToken cancellation)
    {
        var (view, _, problem) = await ReadAsync(request, desk, forces, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var csv = new StringBuilder("id,group\r\n");
        foreach (var (code, unit) in view!.State.Plan.SelectMany(unit => unit.Boroughs.Select(code => (code, unit.Code))).OrderBy(pair => pair.code, StringComparer.Ordinal))
        {
            csv.Append(code).Append(',').Append(unit).Append("\r\n");
        }

        return TypedResults.Bytes(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", "plan.csv");
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GeoJsonAsync(HttpRequest request, StudioDesk desk, StudioForces forces, CancellationToken cancellation)
    {
        var (view, force, problem) = await ReadAsync(request, desk, forces, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var layer = StudioLayers.Units(force!, view!);
        return layer.Succeeded ? TypedResults.Bytes(layer.Value, "application/geo+json", "plan.geojson") : ApiProblems.Result(layer.Problems);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> DocxAsync(HttpRequest request, StudioDesk desk, StudioForces forces, CancellationToken cancellation)
    {
        var (view, force, problem) = await ReadAsync(request, desk, forces, cancellation);
        return problem is not null
            ? problem
            : TypedResults.Bytes(PaperDocument.Write(StudioPaper.Of(force!, view!)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "design-paper.docx");
    }

    private static async Task<(StudioView? View, StudioForce? Force, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, StudioDesk desk, StudioForces forces, CancellationToken cancellation)
    {
        var read = await StudioAddress.ReadAsync(request, forces, cancellation);
        if (read.State is null)
        {
            return (null, null, read.Problems.Count > 0 ? ApiProblems.Result(read.Problems)
                : TypedResults.Problem("No force has been imported yet.", statusCode: StatusCodes.Status404NotFound, title: "Nothing imported"));
        }

        var view = desk.Answer(read.Force!, read.State, cancellation);
        return view.Succeeded ? (view.Value, read.Force, null) : (null, null, ApiProblems.Result(view.Problems));
    }

    private static StudioStepAnswer? Step(StudioStep? step) => step is null ? null : new StudioStepAnswer(step.Moved, step.State.Plan, Address(step.State));

    private static string Address(StudioState state) => "/studio?" + state.ToQuery();

    private static string Text(UInt128 count) => count.ToString(CultureInfo.InvariantCulture);
}
