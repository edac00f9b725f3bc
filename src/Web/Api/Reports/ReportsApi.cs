using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Reports;

/// <summary>Reports, contradictions, what is published, its feed and its open data.</summary>
public static class ReportsApi
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Published = "Only published editions that are open are here.";

    /// <summary>Maps the routes.</summary>
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var read = new RequirePermissionAttribute(Permission.Read);
        app.MapGet("/api/v1/reports/{series}", ReportAsync).WithTags("Reports").WithMetadata(read).WithSummary("A report of a series as at the dates: ?format=html, docx, csv or json, of CSV &table=ID");
        app.MapGet("/api/v1/contradictions", ContradictionsAsync).WithTags("Reports").WithMetadata(read).WithSummary("Where what is stated contradicts itself, another statement, or the data, as known on the dates");
        app.MapGet("/reports/report.css", () => Results.Text(HtmlReport.Style, "text/css", Encoding.UTF8)).ExcludeFromDescription().WithMetadata(new OpenToAllAttribute("A style holds no data."));
        app.MapGet("/published/{edition}/{file}", FileAsync).ExcludeFromDescription().WithMetadata(new OpenToAllAttribute(Published));
        app.MapGet("/published/feed.atom", FeedAsync).ExcludeFromDescription().WithMetadata(new OpenToAllAttribute(Published));
        app.MapGet("/published/measures.csv", async (OpenData data, HttpContext context) => Results.File(await data.CsvAsync(context.RequestAborted), "text/csv; charset=utf-8", "measures.csv"))
            .ExcludeFromDescription().WithMetadata(new OpenToAllAttribute(Published));
        app.MapGet("/published/measures.json", async (OpenData data, HttpContext context) => Results.File(await data.JsonAsync(context.RequestAborted), "application/json"))
            .ExcludeFromDescription().WithMetadata(new OpenToAllAttribute(Published));
    }

    /// <summary>Lets a page with a report's own style be shown: the policy names the style by its hash.</summary>
    public static void AllowStyle(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Policy.Replace("style-src 'self'", $"style-src 'self' '{HtmlReport.StyleHash}'", StringComparison.Ordinal);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReportAsync(string series, string? format, string? table, ReportBuilder builder, PageDates dates, HttpContext context)
    {
        if (dates.Problems.Count > 0)
        {
            return ApiProblems.Result(dates.Problems);
        }

        var report = await builder.BuildAsync(context.User.Actor(), series, dates.At, cancellation: context.RequestAborted);
        if (!report.Succeeded)
        {
            return ApiProblems.Result(report.Problems);
        }

        var file = ReportFiles.Write(report.Value, format ?? "json", table);
        if (!file.Succeeded)
        {
            return ApiProblems.Result(file.Problems);
        }

        AllowStyle(context);
        return TypedResults.File(file.Value.Bytes, file.Value.MediaType, (format ?? "json") is "html" or "json" ? null : file.Value.Name);
    }

    private static async Task<Results<Ok<ContradictionList>, ProblemHttpResult>> ContradictionsAsync(IRecords records, ContradictionFinder finder, PageDates dates, HttpContext context) =>
        dates.Problems.Count > 0 ? ApiProblems.Result(dates.Problems) : TypedResults.Ok(await finder.ListAsync(records.View(context.User.Actor(), dates.At), context.RequestAborted));

    // The bytes published, under an address that stays.
    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> FileAsync(string edition, string file, string? table, Publishing publishing, HttpContext context)
    {
        var format = file.StartsWith("report.", StringComparison.Ordinal) ? file["report.".Length..] : "";
        var reader = context.User.Identity?.IsAuthenticated == true && context.User.May(Permission.Read) ? context.User.Actor() : null;
        if (await publishing.FindFileAsync(reader, edition, format, table, context.RequestAborted) is not { } found)
        {
            return TypedResults.NotFound();
        }

        if (!found.Succeeded)
        {
            return ApiProblems.Result(found.Problems);
        }

        AllowStyle(context);
        return TypedResults.File(found.Value.Bytes, found.Value.MediaType, format is "html" or "json" ? null : found.Value.Name);
    }

    private static async Task<IResult> FeedAsync(Publishing publishing, HttpContext context)
    {
        var editions = (await publishing.OpenAsync(context.RequestAborted)).OrderByDescending(one => one.Body.PublishedOn).ThenByDescending(one => one.Key, StringComparer.Ordinal).Take(50).ToList();
        var root = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("title", Atom, "Published reports");
            xml.WriteElementString("id", Atom, root + "/published");
            xml.WriteElementString("updated", Atom, Instant(editions.Select(one => (DateOnly?)(one.Body.OpensOn ?? one.Body.PublishedOn)).FirstOrDefault() ?? new DateOnly(2000, 1, 1)));
            Link(xml, "self", root + "/published/feed.atom");
            Link(xml, "alternate", root + "/published");
            foreach (var edition in editions)
            {
                xml.WriteStartElement("entry", Atom);
                xml.WriteElementString("title", Atom, edition.Body.Title);
                xml.WriteElementString("id", Atom, $"{root}/published/{edition.Key}");
                xml.WriteElementString("updated", Atom, Instant(edition.Body.OpensOn ?? edition.Body.PublishedOn!.Value));
                Link(xml, "alternate", $"{root}/published/{edition.Key}");
                xml.WriteStartElement("category", Atom);
                xml.WriteAttributeString("term", edition.Body.Class ?? "Reports");
                xml.WriteEndElement();
                xml.WriteElementString("summary", Atom, edition.Body.Correction is { } correction ? $"Corrects {edition.Body.Corrects}: {correction}" : $"As at {edition.Body.AsAt:yyyy-MM-dd}, {FieldWords.Words(edition.Body.State)}");
                xml.WriteStartElement("author", Atom);
                xml.WriteElementString("name", Atom, "Pathfinder");
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return Results.File(bytes.ToArray(), "application/atom+xml; charset=utf-8");
    }

    private static void Link(XmlWriter xml, string rel, string href)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }

    private static string Instant(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";
}
