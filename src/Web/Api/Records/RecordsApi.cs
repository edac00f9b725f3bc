using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Api.Records;

/// <summary>A computed cell.</summary>
/// <param name="Column">Its heading.</param>
/// <param name="Text">The words.</param>
/// <param name="Standing">How it stands: plain, good, watch, bad, missing.</param>
/// <param name="Reference">"kind:key" of the record it leads to.</param>
public sealed record ComputedAnswer(string Column, string Text, Standing Standing, string? Reference);

/// <summary>A record as the API answers it.</summary>
/// <param name="Effective">First day on which it holds.</param>
/// <param name="Until">First day on which it no longer holds.</param>
/// <param name="Known">Since when the programme knew it.</param>
/// <param name="Recorded">When the store learnt it.</param>
/// <param name="Body">What it says; null of a version that ended it, and in lists of what is restricted, which is opened one by one.</param>
/// <param name="Restricted">Whether it is closed to some who may read the rest.</param>
/// <param name="Headline">The finding about it, where one is computed.</param>
/// <param name="Computed">What is computed of it.</param>
public sealed record RecordAnswer<T>(
    string Key, string Title, long Version, DateOnly Effective, DateOnly? Until, DateOnly Known, DateTimeOffset Recorded, string Account, string Organisation, string Why,
    T? Body, bool Restricted, string? Headline, IReadOnlyList<ComputedAnswer> Computed)
    where T : ProgrammeRecord;

/// <summary>Records that the reader may not see.</summary>
public sealed record WithheldAnswer(string Ground, int Count);

/// <summary>A page of a list.</summary>
/// <param name="Total">How many match.</param>
public sealed record RecordsAnswer<T>(string Headline, int Total, int Page, int Pages, IReadOnlyList<WithheldAnswer> Withheld, IReadOnlyList<RecordAnswer<T>> Items)
    where T : ProgrammeRecord;

/// <summary>A record to be saved.</summary>
/// <param name="Why">The reason, for the history.</param>
/// <param name="Key">Of a new one: its key; made from the title where none is given.</param>
/// <param name="Version">Of a change: the version that was read; refused when somebody saved since.</param>
/// <param name="From">First day on which it holds; today where none is given.</param>
/// <param name="Known">When the programme knew it; today where none is given.</param>
public sealed record RecordChangeRequest<T>(T? Body, string? Why, string? Key = null, long? Version = null, DateOnly? From = null, DateOnly? Known = null)
    where T : ProgrammeRecord;

/// <summary>The end of a record.</summary>
/// <param name="From">First day on which it no longer holds; today where none is given.</param>
public sealed record RecordEndRequest(string? Why, DateOnly? From = null);

/// <summary>The use cases of the pages of records, for every kind of the catalogue.</summary>
public static class RecordsApi
{
    private static readonly MethodInfo MapKindMethod = typeof(RecordsApi).GetMethod(nameof(MapKind), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Maps the routes of every kind.</summary>
    public static void MapRecords(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        foreach (var kind in app.ServiceProvider.GetRequiredService<RecordCatalogue>().Kinds)
        {
            MapKindMethod.MakeGenericMethod(kind.Body).Invoke(null, [app, kind]);
        }
    }

    private static void MapKind<T>(IEndpointRouteBuilder app, RecordKind kind)
        where T : ProgrammeRecord
    {
        var read = new RequirePermissionAttribute(Permission.Read);
        var change = new RequirePermissionAttribute(kind.Change);
        var routes = new RecordRoutes<T>(kind);
        var api = app.MapGroup("/api/v1/" + kind.Path).WithTags(kind.Room);
        api.MapGet("/", routes.ListAsync).WithMetadata(read).Produces<RecordsAnswer<T>>().ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary($"A page of {kind.Many} as at the dates").WithDescription("Narrowed by text, area, owner, work, body, refers, status, attention or a choice field; sort and page as on the page of the list.");
        if (kind.MadeAt is null)
        {
            api.MapPost("/", routes.CreateAsync).WithMetadata(change).Accepts<RecordChangeRequest<T>>("application/json").Produces<RecordAnswer<T>>(StatusCodes.Status201Created)
                .ProducesProblem(StatusCodes.Status400BadRequest).WithSummary($"Records a new {kind.One}")
                .AddOpenApiOperationTransformer((operation, _, _) => Show(operation, RecordExamples.Create(kind)));
        }

        api.MapGet("/{key}", routes.FindAsync).WithMetadata(read).Produces<RecordAnswer<T>>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary($"One {kind.One}").WithDescription("What is restricted owes a reason: why. It is logged.");
        api.MapPut("/{key}", routes.SaveAsync).WithMetadata(change).Accepts<RecordChangeRequest<T>>("application/json").Produces<RecordAnswer<T>>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).WithSummary($"Records another version of a {kind.One}, for a reason")
            .WithDescription("The body replaces the whole record: send every field, as it was read, and the version that was read. 409 where somebody saved since.")
            .AddOpenApiOperationTransformer((operation, _, _) => Show(operation, RecordExamples.Save(kind)));
        api.MapPost("/{key}/end", routes.EndAsync).WithMetadata(change).Accepts<RecordEndRequest>("application/json").Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest).WithSummary($"Records that a {kind.One} ceases to hold")
            .AddOpenApiOperationTransformer((operation, _, _) => Show(operation, RecordExamples.End()));
        api.MapGet("/{key}/timeline", routes.TimelineAsync).WithMetadata(read).Produces<IReadOnlyList<RecordAnswer<T>>>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary($"Every version of a {kind.One}: who, why, when");
    }

    internal static Task Show(OpenApiOperation operation, JsonObject example)
    {
        if (operation.RequestBody?.Content is { } content && content.TryGetValue("application/json", out var json))
        {
            json.Example = example;
        }

        return Task.CompletedTask;
    }
}

/// <summary>The routes of one kind.</summary>
internal sealed class RecordRoutes<T>(RecordKind kind)
    where T : ProgrammeRecord
{
    /// <summary>A page of the list.</summary>
    public async Task<IResult> ListAsync(HttpContext context, IRecords records, RecordLists lists, PageDates dates)
    {
        if (dates.Problems.Count > 0)
        {
            return ApiProblems.Result(dates.Problems);
        }

        var (view, query) = (records.View(context.User.Actor(), dates.At), RecordQuery.Of(kind, context.Request.Query));
        List<Problem> problems = [.. ApiProblems.Unknown(context.Request.Query, RecordQuery.Names(kind)), .. await lists.CheckAsync(view, kind, query, context.RequestAborted)];
        if (problems.Count > 0)
        {
            return ApiProblems.Result(problems);
        }

        var listing = await lists.ReadAsync(view, kind, query, cancellation: context.RequestAborted);
        var columns = listing.Reading?.Columns ?? [];
        return Json(new RecordsAnswer<T>(
            listing.Headline, listing.Total, Math.Min(listing.Query.Page, listing.Pages), listing.Pages,
            listing.Withheld.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new WithheldAnswer(pair.Key, pair.Value)).ToList(),
            listing.Page.Select(record => Answer(
                record, headline: null,
                listing.Reading?.Cells.GetValueOrDefault(record.Key)?.Zip(columns, (cell, column) => new ComputedAnswer(column, cell.Text, cell.Standing, cell.Reference)).ToList() ?? [],
                open: false)).ToList()));
    }

    /// <summary>One record.</summary>
    public async Task<IResult> FindAsync(string key, HttpContext context, IRecords records, RecordLists lists, PageDates dates, IRestrictedAccess access, string? why = null)
    {
        if (dates.Problems.Count > 0)
        {
            return ApiProblems.Result(dates.Problems);
        }

        var view = records.View(context.User.Actor(), dates.At);
        if (await view.FindAsync(kind, key, context.RequestAborted) is not { } record)
        {
            return await NotKnownAsync(view, key, dates, context.RequestAborted);
        }

        return await OpenAsync(context, access, [record], why) ?? Json(await AnswerAsync(view, lists, record, context.RequestAborted));
    }

    /// <summary>Every version.</summary>
    public async Task<IResult> TimelineAsync(string key, HttpContext context, IRecords records, PageDates dates, IRestrictedAccess access, string? why = null)
    {
        if (dates.Problems.Count > 0)
        {
            return ApiProblems.Result(dates.Problems);
        }

        var view = records.View(context.User.Actor(), dates.At);
        var timeline = await view.TimelineAsync(kind, key, context.RequestAborted);
        return timeline.Count == 0
            ? await NotKnownAsync(view, key, dates, context.RequestAborted)
            : await OpenAsync(context, access, timeline, why) ?? Json(timeline.Select(version => Answer(version, headline: null, [], open: true)).ToList());
    }

    /// <summary>A new record.</summary>
    public async Task<IResult> CreateAsync(HttpContext context, IRecords records, RecordLists lists, PageDates dates)
    {
        var (request, refused) = await ReadAsync(context, sent => RecordRequests.ReadChange<T>(kind, sent));
        if (request is not { Body: { } body })
        {
            return refused!;
        }

        var saved = await records.SaveAsync(context.User.Actor(), [new RecordChange(kind.Name, request.Key, body, request.From, Known: request.Known, Expected: 0)], request.Why ?? "", context.RequestAborted);
        return saved.Succeeded
            ? await SavedAsync(context, records, lists, dates, saved.Value[0], request.From, StatusCodes.Status201Created)
            : ApiProblems.Result(saved.Problems);
    }

    /// <summary>Another version.</summary>
    public async Task<IResult> SaveAsync(string key, HttpContext context, IRecords records, RecordLists lists, PageDates dates)
    {
        var (request, refused) = await ReadAsync(context, sent => RecordRequests.ReadChange<T>(kind, sent));
        if (request is not { Body: { } body })
        {
            return refused!;
        }

        if (await FindNewestAsync(context, records, dates, key) is null)
        {
            return NotKnown(key);
        }

        // A body replaces the whole record: without the version that was read, somebody else's work would go with it unseen.
        if (request.Version is null)
        {
            return ApiProblems.Result([new Problem("Say which version of the record you changed", Field: "version", Accepted: "the version of the record as it was read")]);
        }

        var saved = await records.SaveAsync(
            context.User.Actor(), [new RecordChange(kind.Name, key, body, request.From, Known: request.Known, Expected: request.Version)], request.Why ?? "", context.RequestAborted);
        return saved.Succeeded
            ? await SavedAsync(context, records, lists, dates, key, request.From, StatusCodes.Status200OK)
            : ApiProblems.Result(saved.Problems, saved.Problems.Any(problem => problem.Field == "version") ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest);
    }

    /// <summary>The end of a record.</summary>
    public async Task<IResult> EndAsync(string key, HttpContext context, IRecords records, PageDates dates)
    {
        var (request, refused) = await ReadAsync(context, RecordRequests.ReadEnd);
        if (request is null)
        {
            return refused!;
        }

        if (await FindNewestAsync(context, records, dates, key) is null)
        {
            return NotKnown(key);
        }

        if (string.IsNullOrWhiteSpace(request.Why))
        {
            return ApiProblems.Result([new Problem("Say why", Field: "why", Accepted: "a sentence")]);
        }

        var ended = await records.EndAsync(context.User.Actor(), kind.Name, key, request.From ?? dates.Today, request.Why, context.RequestAborted);
        return ended.Succeeded ? TypedResults.NoContent() : ApiProblems.Result(ended.Problems);
    }

    private Task<StoredRecord?> FindNewestAsync(HttpContext context, IRecords records, PageDates dates, string key) =>
        records.View(context.User.Actor(), new(dates.At.Effective, dates.Today)).FindAsync(kind, key, context.RequestAborted);

    private async Task<IResult> SavedAsync(HttpContext context, IRecords records, RecordLists lists, PageDates dates, string key, DateOnly? from, int status)
    {
        var view = records.View(context.User.Actor(), new(from is { } first && first > dates.Today ? first : dates.Today, dates.Today));
        context.Response.Headers.Location = $"/api/v1/{kind.Path}/{Uri.EscapeDataString(key)}";
        return await view.FindAsync(kind, key, context.RequestAborted) is { } record
            ? Json(await AnswerAsync(view, lists, record, context.RequestAborted), status)
            : TypedResults.StatusCode(status);
    }

    private async Task<RecordAnswer<T>> AnswerAsync(RecordView view, RecordLists lists, StoredRecord record, CancellationToken cancellation)
    {
        var list = lists.Reading(kind) is { } computes ? await computes.ReadAsync(view, [record], cancellation) : null;
        var one = lists.Reading(kind) is { } reads ? await reads.ReadAsync(view, record, cancellation) : null;
        return Answer(
            record, one?.Headline,
            list?.Cells.GetValueOrDefault(record.Key)?.Zip(list.Columns, (cell, column) => new ComputedAnswer(column, cell.Text, cell.Standing, cell.Reference)).ToList() ?? [],
            open: true);
    }

    // A reader opens what is restricted for a reason, which is logged; null when nothing stands in the way.
    private static async Task<IResult?> OpenAsync(HttpContext context, IRestrictedAccess access, IReadOnlyList<StoredRecord> versions, string? why)
    {
        if (versions.LastOrDefault(version => version.Stated is not null && access.NeedsReason(version)) is not { } restricted)
        {
            return null;
        }

        var logged = await access.LogConsultationAsync(context.User.Actor(), restricted, why, context.RequestAborted);
        return logged.Succeeded ? null : ApiProblems.Result(logged.Problems);
    }

    private static RecordAnswer<T> Answer(StoredRecord record, string? headline, IReadOnlyList<ComputedAnswer> computed, bool open)
    {
        var restricted = record.Stated?.Handling.IsRestricted == true;
        return new RecordAnswer<T>(
            record.Key, record.Stated?.Title ?? "", record.VersionId, record.Effective.From, record.Effective.Until, record.Known, record.Recorded,
            record.Account, record.Organisation, record.Why, restricted && !open ? null : (T?)record.Stated, restricted, headline, restricted && !open ? [] : computed);
    }

    private static async Task<(TRequest? Request, IResult? Refused)> ReadAsync<TRequest>(HttpContext context, Func<JsonElement, Outcome<TRequest>> read)
        where TRequest : class
    {
        // Only JSON: a form of another site cannot send it.
        if (!context.Request.HasJsonContentType())
        {
            return (null, TypedResults.Problem("Send application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "The request cannot be read"));
        }

        try
        {
            using var sent = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var request = read(sent.RootElement);
            return request.Succeeded ? (request.Value, null) : (null, ApiProblems.Result(request.Problems));
        }
        catch (JsonException unread)
        {
            return (null, ApiProblems.Result([new Problem("This is not JSON", Found: $"line {(unread.LineNumber ?? 0) + 1}, byte {unread.BytePositionInLine ?? 0}", Accepted: "an object in JSON, in UTF-8")]));
        }
    }

    // Of what the reader may read on other dates, when that is; of what is withheld no more than of what never was.
    private async Task<IResult> NotKnownAsync(RecordView view, string key, PageDates dates, CancellationToken cancellation)
    {
        if (await view.FindAbsenceAsync(kind, key, dates.Today, cancellation) is not { } absence)
        {
            return NotKnown(key);
        }

        return TypedResults.Problem(
            $"{AbsenceWords.Headline(kind, absence, view.At)}. {AbsenceWords.Turn(absence)}.", statusCode: StatusCodes.Status404NotFound, title: "Not on record as at these dates",
            extensions: absence.Nearest is { } nearest
                ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["nearest"] = new { nearest.Effective, nearest.Known } } : null);
    }

    private ProblemHttpResult NotKnown(string key) =>
        TypedResults.Problem($"There is no {kind.One} with the key {key} on these dates.", statusCode: StatusCodes.Status404NotFound, title: "Not found");

    private static IResult Json<TAnswer>(TAnswer answer, int status = StatusCodes.Status200OK) => TypedResults.Json(answer, RecordJson.Options, statusCode: status);
}
