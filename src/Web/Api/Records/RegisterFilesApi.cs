using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Records.Files;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Records;

/// <summary>Registers as CSV and XLSX, out and in.</summary>
public static class RegisterFilesApi
{
    /// <summary>Says how many restricted records an export leaves out for want of a reason.</summary>
    public const string LeftOutHeader = "Pathfinder-Left-Out";

    /// <summary>Maps the routes.</summary>
    public static void MapRegisterFiles(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var read = new RequirePermissionAttribute(Permission.Read);
        var api = app.MapGroup("/api/v1").WithTags("Records");
        api.MapGet("/{path}.csv", (string path, IRecords records, RegisterFiles files, PageDates dates, HttpContext context, [FromQuery] string? why) =>
                ExportAsync(path, RegisterFormat.Csv, records, files, dates, context, why))
            .WithMetadata(read).WithSummary("A register as CSV; restricted records are in it only with why, and are then logged as opened");
        api.MapGet("/{path}.xlsx", (string path, IRecords records, RegisterFiles files, PageDates dates, HttpContext context, [FromQuery] string? why) =>
                ExportAsync(path, RegisterFormat.Xlsx, records, files, dates, context, why))
            .WithMetadata(read).WithSummary("A register as an XLSX workbook; restricted records are in it only with why, and are then logged as opened");
        api.MapPost("/{path}/import", ImportAsync).WithMetadata(new RequirePermissionAttribute(Permission.KeepRecords))
            .WithSummary("Saves the rows of a CSV (text/csv) or XLSX file that differ, all or none; with trial=true nothing is saved");
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(
        string path, RegisterFormat format, IRecords records, RegisterFiles files, PageDates dates, HttpContext context, string? why)
    {
        if (dates.Problems.Count > 0)
        {
            return ApiProblems.Result(dates.Problems);
        }

        if (records.Catalogue.FindByPath(path) is not { } kind)
        {
            return NotKnown(path);
        }

        var file = await files.ExportAsync(records.View(context.User.Actor(), dates.At), kind, format, why, context.RequestAborted);
        if (!file.Succeeded)
        {
            return ApiProblems.Result(file.Problems);
        }

        if (file.Value.LeftOut > 0)
        {
            context.Response.Headers[LeftOutHeader] = file.Value.LeftOut.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return TypedResults.Bytes(file.Value.Bytes, file.Value.MediaType, file.Value.Name);
    }

    private static async Task<Results<Ok<RegisterImport>, ProblemHttpResult>> ImportAsync(
        string path, IRecords records, RegisterFiles files, HttpContext context, [FromQuery] string? why, [FromQuery] bool trial = false)
    {
        if (records.Catalogue.FindByPath(path) is not { } kind)
        {
            return NotKnown(path);
        }

        var name = context.Request.ContentType?.Split(';')[0].Trim() switch
        {
            "text/csv" => path + ".csv",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => path + ".xlsx",
            _ => null,
        };
        if (name is null)
        {
            return ApiProblems.Result([new Problem("The content is neither CSV nor XLSX", Field: "Content-Type", Found: context.Request.ContentType, Accepted: "text/csv or application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")], StatusCodes.Status415UnsupportedMediaType);
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        var done = await files.ImportAsync(context.User.Actor(), kind, name, bytes.ToArray(), why, trial, context.RequestAborted);
        return done.Succeeded ? TypedResults.Ok(done.Value)
            : ApiProblems.Result(done.Problems, done.Problems.Any(problem => problem.Field is "version" or "record.version") ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest);
    }

    private static ProblemHttpResult NotKnown(string path) =>
        TypedResults.Problem($"There is no register {path}.", statusCode: StatusCodes.Status404NotFound, title: "Not found");
}
