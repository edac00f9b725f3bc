using System.Text.Json.Nodes;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Rounds;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Rounds;

/// <summary>A round to be opened.</summary>
/// <param name="Period">The period it is for, as people write dates: "May 2017".</param>
/// <param name="Due">The day by which owners answer.</param>
/// <param name="Work">Key of the work, with everything under it; null for all work.</param>
public sealed record RoundOpenRequest(string? Period, DateOnly? Due, string? Work = null);

/// <summary>Answers on lines of a round.</summary>
public sealed record RoundReportRequest(IReadOnlyList<LineAnswer>? Answers);

/// <summary>The owner to be chased.</summary>
/// <param name="Owner">Key of the post.</param>
public sealed record RoundChaseRequest(string? Owner);

/// <summary>The sign-off of a round.</summary>
/// <param name="Why">Why it is signed off although lines have no report, or records were asked of nobody; null where there are none.</param>
public sealed record RoundSignOffRequest(string? Why);

/// <summary>The owners that records are to have.</summary>
/// <param name="Why">The reason, for the history.</param>
public sealed record OwnersRequest(IReadOnlyList<OwnerOf>? Owners, string? Why);

/// <summary>How many records got another owner.</summary>
public sealed record OwnersAnswer(int Changed);

/// <summary>Something that is known of a line.</summary>
public sealed record KnownAnswer(string Label, string Text, Standing Standing);

/// <summary>What was reported on a line.</summary>
/// <param name="Changes">What the report changed, from what to what.</param>
public sealed record ReportedAnswer(bool Unchanged, string? Says, IReadOnlyList<LineChange> Changes, string Account, DateOnly Known);

/// <summary>A line of a round.</summary>
/// <param name="About">The record, as kind:key.</param>
/// <param name="Version">Its version, to be sent back with an answer.</param>
/// <param name="AsksDate">What a new date is called; null where none can be given.</param>
/// <param name="AsksDone">What its end is called; null where it is not ended in a round.</param>
/// <param name="Ratings">Words that a new rating can be.</param>
/// <param name="AsksProgress">Whether it asks for progress and next, one thing a line.</param>
/// <param name="HasPassed">Whether the date it is held to has passed: unchanged then needs why.</param>
/// <param name="Reported">What was reported; null while nothing was.</param>
public sealed record LineView(
    string About, string Title, long Version, bool AsksProgress, bool HasPassed, string? AsksDate, string? AsksDone, IReadOnlyList<string> Ratings, IReadOnlyList<KnownAnswer> Known, ReportedAnswer? Reported);

/// <summary>An owner with the lines that are asked of the post.</summary>
/// <param name="Mine">Whether the reader holds the post.</param>
public sealed record OwnerView(string Post, string Title, bool Mine, IReadOnlyList<string> HeldBy, IReadOnlyList<DateOnly> Chased, IReadOnlyList<LineView> Lines);

/// <summary>A record that nobody is asked for.</summary>
public sealed record UnaskedView(string About, string Title, string Why);

/// <summary>A round with all its lines.</summary>
public sealed record SheetAnswer(
    string Key, string Title, string Headline, bool SignedOff, int Due, int Reported, IReadOnlyList<string> MyPosts, IReadOnlyList<OwnerView> Owners, IReadOnlyList<UnaskedView> NotAsked,
    IReadOnlyList<DraftPart> Draft);

/// <summary>The steps of the monthly round.</summary>
public static class RoundsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapRounds(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var (read, report, keep) = (new RequirePermissionAttribute(Permission.Read), new RequirePermissionAttribute(Permission.Report), new RequirePermissionAttribute(Permission.KeepRecords));
        var api = app.MapGroup("/api/v1/rounds").WithTags("Monthly round");
        api.MapPost("/", OpenAsync).WithMetadata(keep).Accepts<RoundOpenRequest>("application/json").Produces<SheetAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).WithSummary("Opens a round")
            .AddOpenApiOperationTransformer((operation, _, _) => RecordsApi.Show(operation, new JsonObject { ["period"] = "May 2017", ["due"] = "2017-06-05", ["work"] = "slp" }));
        api.MapGet("/{key}/sheet", SheetAsync).WithMetadata(read).Produces<SheetAnswer>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Who is asked for what, what is known of each line, and what was reported");
        api.MapPost("/{key}/reports", ReportAsync).WithMetadata(report).Accepts<RoundReportRequest>("application/json").Produces<SheetAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).WithSummary("Reports lines: the records themselves change")
            .WithDescription("An owner answers for the posts held, the programme office for everybody. answer is unchanged (with why where its date has passed), changed (newDate or rating with why, or says) or done (doneOn, evidence); of work, changed with progress and next, one thing a line. All or none.")
            .AddOpenApiOperationTransformer((operation, _, _) => RecordsApi.Show(operation, new JsonObject
            {
                ["answers"] = new JsonArray(
                    new JsonObject { ["about"] = "milestone:full-business-case", ["answer"] = "changed", ["newDate"] = "September 2017", ["why"] = "The model needs time to bed in", ["expected"] = 1234 },
                    new JsonObject { ["about"] = "risk:response-charter", ["answer"] = "unchanged" },
                    new JsonObject { ["about"] = "milestone:go-live-tranche-3", ["answer"] = "done", ["doneOn"] = "27 March 2017", ["evidence"] = "Teams have joined the command unit" },
                    new JsonObject { ["about"] = "work:slp", ["answer"] = "changed", ["progress"] = "Boards met", ["next"] = "Business case to the board (June 2017)" }),
            }));
        api.MapPost("/{key}/chase", ChaseAsync).WithMetadata(keep).Accepts<RoundChaseRequest>("application/json").Produces<Chased>()
            .ProducesProblem(StatusCodes.Status400BadRequest).WithSummary("Chases an owner")
            .AddOpenApiOperationTransformer((operation, _, _) => RecordsApi.Show(operation, new JsonObject { ["owner"] = "bcu-commander-ea" }));
        api.MapPost("/{key}/sign-off", SignOffAsync).WithMetadata(keep).Accepts<RoundSignOffRequest>("application/json").Produces<SignedOff>()
            .ProducesProblem(StatusCodes.Status400BadRequest).WithSummary("Signs a round off and names what has no report and what nobody was asked for");
        app.MapPut("/api/v1/owners", OwnersAsync).WithTags("Monthly round").WithMetadata(keep).Accepts<OwnersRequest>("application/json").Produces<OwnersAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).WithSummary("Sets the owners of many records at once, for one reason")
            .AddOpenApiOperationTransformer((operation, _, _) => RecordsApi.Show(operation, new JsonObject
            {
                ["owners"] = new JsonArray(new JsonObject { ["about"] = "milestone:full-business-case", ["owner"] = "deputy-commissioner", ["expected"] = 1234 }),
                ["why"] = "Agreed at the programme board",
            }));
    }

    private static async Task<IResult> OpenAsync(HttpContext context, MonthlyRounds rounds, IRecords records, TimeProvider time)
    {
        var (request, refused) = await ApiRequests.ReadAsync<RoundOpenRequest>(context);
        if (request is null)
        {
            return refused ?? Nothing("period");
        }

        var opened = await rounds.OpenAsync(context.User.Actor(), request.Period, request.Due, request.Work, context.RequestAborted);
        if (!opened.Succeeded)
        {
            return ApiProblems.Result(opened.Problems);
        }

        context.Response.Headers.Location = $"/api/v1/rounds/{opened.Value}/sheet";
        return await AnswerAsync(records.View(context.User.Actor(), time.Now()), opened.Value, context, StatusCodes.Status201Created);
    }

    private static async Task<IResult> SheetAsync(string key, HttpContext context, IRecords records, PageDates dates) =>
        dates.Problems.Count > 0 ? ApiProblems.Result(dates.Problems) : await AnswerAsync(records.View(context.User.Actor(), dates.At), key, context);

    private static async Task<IResult> ReportAsync(string key, HttpContext context, MonthlyRounds rounds, IRecords records, TimeProvider time)
    {
        var (request, refused) = await ApiRequests.ReadAsync<RoundReportRequest>(context);
        if (request is null)
        {
            return refused ?? Nothing("answers");
        }

        var reported = await rounds.ReportAsync(context.User.Actor(), key, request.Answers ?? [], context.RequestAborted);
        return reported.Succeeded
            ? await AnswerAsync(records.View(context.User.Actor(), time.Now()), key, context)
            : ApiProblems.Result(reported.Problems, reported.Problems.Any(problem => problem.Field == "version") ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ChaseAsync(string key, HttpContext context, MonthlyRounds rounds)
    {
        var (request, refused) = await ApiRequests.ReadAsync<RoundChaseRequest>(context);
        if (request is null)
        {
            return refused ?? Nothing("owner");
        }

        var chased = await rounds.ChaseAsync(context.User.Actor(), key, request.Owner ?? "", context.RequestAborted);
        return chased.Succeeded ? TypedResults.Json(chased.Value, RecordJson.Options) : ApiProblems.Result(chased.Problems);
    }

    private static async Task<IResult> SignOffAsync(string key, HttpContext context, MonthlyRounds rounds)
    {
        var (request, refused) = await ApiRequests.ReadAsync<RoundSignOffRequest>(context);
        if (refused is not null)
        {
            return refused;
        }

        var signed = await rounds.SignOffAsync(context.User.Actor(), key, request?.Why, context.RequestAborted);
        return signed.Succeeded ? TypedResults.Json(signed.Value, RecordJson.Options) : ApiProblems.Result(signed.Problems);
    }

    private static async Task<IResult> OwnersAsync(HttpContext context, Ownership ownership)
    {
        var (request, refused) = await ApiRequests.ReadAsync<OwnersRequest>(context);
        if (request is null)
        {
            return refused ?? Nothing("owners");
        }

        var set = await ownership.SetAsync(context.User.Actor(), request.Owners ?? [], request.Why ?? "", context.RequestAborted);
        return set.Succeeded ? TypedResults.Json(new OwnersAnswer(set.Value), RecordJson.Options) : ApiProblems.Result(set.Problems);
    }

    private static async Task<IResult> AnswerAsync(RecordView view, string key, HttpContext context, int status = StatusCodes.Status200OK) =>
        await RoundSheet.FindAsync(view, key, context.RequestAborted) is { } sheet
            ? TypedResults.Json(Answer(sheet), RecordJson.Options, statusCode: status)
            : TypedResults.Problem($"There is no round with the key {key} on these dates.", statusCode: StatusCodes.Status404NotFound, title: "Not found");

    private static SheetAnswer Answer(RoundSheet sheet) => new(
        sheet.Round.Key, sheet.Round.Body.Title, sheet.Headline, sheet.IsSignedOff, sheet.Due, sheet.Reported, sheet.MyPosts,
        sheet.Owners.Select(owner => new OwnerView(
            owner.Post, owner.Title, sheet.MyPosts.Contains(owner.Post, StringComparer.Ordinal), owner.Holders.Select(holder => holder.Name).ToList(), owner.Chased,
            owner.Lines.Select(Answer).ToList())).ToList(),
        sheet.Unowned.Select(record => new UnaskedView(record.Reference, record.Body.Title, "it has no owner"))
            .Concat(sheet.Vacant.SelectMany(owner => owner.Lines.Where(line => line.Answer is null)
                .Select(line => new UnaskedView(line.Record.Reference, line.Record.Body.Title, $"nobody holds the post {owner.Title}")))).ToList(),
        RoundDraft.Of(sheet));

    private static LineView Answer(DueLine line) => new(
        line.Record.Reference, line.Record.Body.Title, line.Record.VersionId, line.AsksProgress, line.HasPassed, line.DateLabel, line.DoneLabel, line.Ratings,
        line.Known.Select(fact => new KnownAnswer(fact.Label, fact.Value.Text, fact.Value.Standing)).ToList(),
        line.Answer is { } answer ? new ReportedAnswer(answer.Body.Unchanged, answer.Body.Says, line.Changes, answer.Account, answer.Known) : null);

    private static IResult Nothing(string field) => ApiProblems.Result([new Problem("Send what is to be done", Field: field, Accepted: "a JSON object")]);
}
