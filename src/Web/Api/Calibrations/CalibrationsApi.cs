using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Sweeps;
using Pathfinder.Platform.Work;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Calibrations;

/// <summary>What is asked for when a calibration is started: the text of its files.</summary>
/// <param name="Fit">Parameters, YAML; a plan for a retrodiction.</param>
/// <param name="Targets">Targets, CSV.</param>
/// <param name="Outcomes">What happened, CSV; null to calibrate alone.</param>
/// <param name="Budget">Most simulations.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Why">Why, for the log of changes.</param>
public sealed record CalibrationRequest(string Fit, string Targets, string? Outcomes = null, int Budget = 1500, ulong Seed = 1, string? Why = null);

/// <summary>A calibration or retrodiction in a list.</summary>
public sealed record CalibrationAnswer(string Name, string Title, ulong Seed, int Budget, DateTimeOffset Recorded, string Account);

/// <summary>Calibrations and retrodictions.</summary>
public sealed record CalibrationsAnswer(IReadOnlyList<CalibrationAnswer> Calibrations, IReadOnlyList<CalibrationAnswer> Retrodictions);

/// <summary>A sweep with the values of its units done so far.</summary>
public sealed record GroupValuesAnswer(string Key, GroupSweep Sweep, int Done, bool Finished, IReadOnlyList<GroupValues> Values);

/// <summary>The use cases of the calibration pages, and the values of possible units.</summary>
public static class CalibrationsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapCalibrations(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var read = new RequirePermissionAttribute(Permission.Read);
        var run = new RequirePermissionAttribute(Permission.Run);
        var api = app.MapGroup("/api/v1").WithTags("Calibrations");
        api.MapGet("/calibrations", ListAsync).WithMetadata(read).WithSummary("Calibrations and retrodictions as at the dates");
        api.MapPost("/calibrations", StartAsync).WithMetadata(run).WithSummary("Queues a calibration, or a retrodiction where outcomes are given");
        api.MapJobs("/calibrations/jobs", "calibrations and retrodictions", Permission.Run, "calibration", "retrodiction");
        api.MapGet("/calibrations/{name}", FindAsync).WithMetadata(read).WithSummary("One calibration");
        api.MapGet("/retrodictions/{name}", RetrodictionAsync).WithMetadata(read).WithSummary("One retrodiction, byte for byte as it was stored");
        api.MapGet("/group-values", ValuesAsync).WithMetadata(read).WithSummary("What a simulation gave for every possible unit, newest sweep");
        api.MapGet("/group-values.csv", ValuesCsvAsync).WithMetadata(read).WithSummary("The same as CSV, as pathfinder group --group-values reads it");
    }

    private static async Task<Results<Ok<CalibrationsAnswer>, ProblemHttpResult>> ListAsync(CalibrationRegister register, PageDates dates, CancellationToken cancellation) =>
        await ApiAnswers.ListAsync(dates, async at => new CalibrationsAnswer(
            [.. (await register.ListAsync(at, cancellation)).Select(each => new CalibrationAnswer(each.Key, each.Body!.Title, each.Body.Seed, each.Body.Budget, each.Recorded, each.Account))],
            [.. (await register.ListRetrodictionsAsync(at, cancellation)).Select(each => new CalibrationAnswer(each.Key, each.Body!.Title, each.Body.Seed, each.Body.Budget, each.Recorded, each.Account))]));

    private static async Task<Results<Accepted<JobAnswer>, ProblemHttpResult>> StartAsync(CalibrationRequest request, CalibrationRegister register, IWork work, HttpContext context)
    {
        var who = context.User.Change(string.IsNullOrWhiteSpace(request.Why) ? "Calibration through the API" : request.Why);
        var options = new CalibrationOptions(request.Budget, request.Seed);
        var started = request.Outcomes is { } outcomes
            ? await register.StartRetrodictionAsync(request.Fit, request.Targets, outcomes, options, who, context.RequestAborted)
            : await register.StartAsync(request.Fit, request.Targets, options, who, context.RequestAborted);
        return started.Succeeded ? TypedResults.Accepted($"/api/v1/calibrations/jobs/{started.Value}", JobAnswer.Of((await work.FindAsync(started.Value, context.RequestAborted))!)) : ApiProblems.Result(started.Problems);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FindAsync(string name, CalibrationRegister register, PageDates dates, CancellationToken cancellation) =>
        await ApiAnswers.BytesAsync(dates, async at => await register.FindAsync(name, at, cancellation) is { } result ? CalibrationRegister.Write(result) : null, $"There is no calibration {name}.");

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> RetrodictionAsync(string name, CalibrationRegister register, PageDates dates, CancellationToken cancellation) =>
        await ApiAnswers.BytesAsync(dates, at => register.FindRetrodictionBytesAsync(name, at, cancellation), $"There is no retrodiction {name}.");

    private static async Task<Results<Ok<GroupValuesAnswer>, ProblemHttpResult>> ValuesAsync(GroupSweeps sweeps, TimeProvider time, CancellationToken cancellation, string? sweep = null) =>
        await ChosenAsync(sweeps, time, sweep, cancellation) is { } view
            ? TypedResults.Ok(new GroupValuesAnswer(view.Key, view.Sweep, view.Done, view.Finished, await sweeps.ValuesAsync(view.Key, cancellation)))
            : None();

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ValuesCsvAsync(GroupSweeps sweeps, TimeProvider time, CancellationToken cancellation, string? sweep = null) =>
        await ChosenAsync(sweeps, time, sweep, cancellation) is { } view
            ? TypedResults.Bytes(System.Text.Encoding.UTF8.GetBytes(GroupSweeps.Csv(await sweeps.ValuesAsync(view.Key, cancellation))), "text/csv; charset=utf-8", "group-values.csv")
            : None();

    private static async Task<SweepView?> ChosenAsync(GroupSweeps sweeps, TimeProvider time, string? key, CancellationToken cancellation) =>
        key is null ? (await sweeps.ListAsync(time.Now(), cancellation)).OrderByDescending(view => view.Finished).FirstOrDefault() : await sweeps.FindAsync(key, time.Now(), cancellation);

    private static ProblemHttpResult None() =>
        ApiProblems.NotFound("No sweep has been made; start one with: pathfinder sweep groups");
}
