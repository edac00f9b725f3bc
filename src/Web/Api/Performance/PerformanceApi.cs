using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Performance;

/// <summary>A table of observations to import.</summary>
/// <param name="Table">The table: a header and rows, with commas, semicolons or tabs.</param>
/// <param name="Mapping">Which column is what; the measure in it is the address's.</param>
/// <param name="Why">The reason, for the history; not needed for a trial.</param>
/// <param name="Trial">Whether to say what would be recorded, and record nothing.</param>
public sealed record ObservationsRequest(string Table, ObservationMapping? Mapping = null, string? Why = null, bool Trial = false);

/// <summary>A log to compute the measures of response from.</summary>
/// <param name="Log">Key of the log.</param>
/// <param name="Why">The reason, for the history.</param>
/// <param name="Rivalry">Which stand where values differ from what is on record under another name: <c>beside</c> or <c>inPlace</c>.</param>
public sealed record LogMeasuresRequest(string Log, string? Why, Rivalry? Rivalry = null);

/// <summary>Measures, series with charts, signals, and the import of observations.</summary>
public static class PerformanceApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapPerformance(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var read = new RequirePermissionAttribute(Permission.Read);
        var api = app.MapGroup("/api/v1/performance").WithTags("Performance");
        api.MapGet("/", MeasuresAsync).WithMetadata(read).WithSummary("Every measure with what is observed of it");
        api.MapGet("/signals", SignalsAsync).WithMetadata(read).WithSummary("Series that signalled, on whose data first, and what is new since you looked");
        api.MapGet("/{measure}", SeriesAsync).WithMetadata(read).WithSummary("Every series of a measure with its chart");
        api.MapGet("/{measure}/funnel", FunnelAsync).WithMetadata(read).WithSummary("Areas against each other in one period");
        api.MapGet("/{measure}/{area}", OneAsync).WithMetadata(read).WithSummary("One series with both clocks, limits in hindsight and month by month, signals, events");
        api.MapPost("/from-log", ComputeAsync).WithMetadata(new RequirePermissionAttribute(Permission.Import)).WithSummary("Computes the measures of response from a log of incidents, by month, borough and command unit");
        api.MapPost("/{measure}/observations", ImportAsync).WithMetadata(new RequirePermissionAttribute(Permission.Import)).WithSummary("Imports a table of observations, all or nothing; or tries it");
    }

    private static async Task<Results<Ok<IReadOnlyList<MeasureAnswer>>, ProblemHttpResult>> MeasuresAsync(IRecords records, IMeasureCharts charts, PageDates dates, HttpContext context) =>
        dates.Problems.Count > 0 ? ApiProblems.Result(dates.Problems)
        : TypedResults.Ok(await PerformanceAnswers.MeasuresAsync(charts, records.View(context.User.Actor(), dates.At), context.RequestAborted));

    private static async Task<Results<Ok<WatchAnswer>, ProblemHttpResult>> SignalsAsync(IRecords records, IWatchList watch, PageDates dates, HttpContext context) =>
        dates.Problems.Count > 0 ? ApiProblems.Result(dates.Problems)
        : TypedResults.Ok(PerformanceAnswers.Of(await watch.ListAsync(records.View(context.User.Actor(), dates.At), context.RequestAborted)));

    private static async Task<Results<Ok<IReadOnlyList<SeriesAnswer>>, ProblemHttpResult>> SeriesAsync(string measure, IRecords records, IMeasureCharts charts, PageDates dates, HttpContext context)
    {
        if (dates.Problems.Count > 0)
        {
            return ApiProblems.Result(dates.Problems);
        }

        var drawn = await charts.DrawAllAsync(records.View(context.User.Actor(), dates.At), measure, context.RequestAborted);
        return drawn.Count == 0 ? NotKnown(measure, null) : TypedResults.Ok<IReadOnlyList<SeriesAnswer>>([.. drawn.Select(PerformanceAnswers.Of)]);
    }

    private static async Task<Results<Ok<SeriesAnswer>, ProblemHttpResult>> OneAsync(
        string measure, string area, IRecords records, IMeasuredSeries reading, IMeasureCharts charts, PageDates dates, HttpContext context)
    {
        if (dates.Problems.Count > 0)
        {
            return ApiProblems.Result(dates.Problems);
        }

        var view = records.View(context.User.Actor(), dates.At);
        return await reading.SeriesOfAsync(view, measure, area, context.RequestAborted) is { } series
            ? TypedResults.Ok(PerformanceAnswers.Of(new ChartedSeries(series, await charts.DrawAsync(view, series, null, context.RequestAborted))))
            : NotKnown(measure, area);
    }

    private static async Task<Results<Ok<ChartAnswer>, ProblemHttpResult>> FunnelAsync(
        string measure, string? period, IRecords records, IMeasureCharts charts, PageDates dates, HttpContext context)
    {
        if (dates.Problems.Count > 0)
        {
            return ApiProblems.Result(dates.Problems);
        }

        var funnel = await charts.FunnelAsync(records.View(context.User.Actor(), dates.At), measure, period, context.RequestAborted);
        return funnel.Succeeded ? TypedResults.Ok(funnel.Value.Answer) : ApiProblems.Result(funnel.Problems);
    }

    private static async Task<Results<Ok<ObservationImportResult>, ProblemHttpResult>> ImportAsync(string measure, ObservationsRequest request, IObservationImport import, HttpContext context)
    {
        var mapping = request.Mapping;
        if (mapping is null)
        {
            var guess = import.Guess(request.Table ?? "", "table", measure);
            if (!guess.Succeeded)
            {
                return ApiProblems.Result(guess.Problems);
            }

            mapping = guess.Value;
        }

        var done = await import.ImportAsync(context.User.Actor(), mapping with { Measure = measure }, request.Table ?? "", "table", request.Why ?? "", request.Trial, context.RequestAborted);
        return done.Succeeded ? TypedResults.Ok(done.Value) : ApiProblems.Result(done.Problems);
    }

    private static async Task<Results<Ok<LogMeasuresResult>, ProblemHttpResult>> ComputeAsync(LogMeasuresRequest request, ILogMeasures compute, HttpContext context)
    {
        var done = await compute.ComputeAsync(context.User.Actor(), request.Log ?? "", request.Why ?? "", request.Rivalry, context.RequestAborted);
        return done.Succeeded ? TypedResults.Ok(done.Value) : ApiProblems.Result(done.Problems);
    }

    private static ProblemHttpResult NotKnown(string measure, string? area) => TypedResults.Problem(
        area is null ? $"Nothing is known of the measure {measure} on these dates." : $"Nothing is known of the measure {measure} in {area} on these dates.",
        statusCode: StatusCodes.Status404NotFound, title: "Not found");
}
