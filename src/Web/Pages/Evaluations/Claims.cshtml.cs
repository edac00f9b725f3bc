using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Documents;

namespace Pathfinder.Web.Pages.Evaluations;

/// <summary>What documents assert, each against what was known when it was said and what is known now.</summary>
[RequirePermission(Permission.Read)]
public sealed class ClaimsModel(IRecords records, ClaimCheck check, SourceLinks sources) : AsAtPageModel
{
    /// <summary>Only of one document.</summary>
    [BindProperty(SupportsGet = true, Name = "document")]
    public string? Document { get; set; }

    /// <summary>"performance" for claims of performance alone; "all" for all.</summary>
    [BindProperty(SupportsGet = true, Name = "about")]
    public string? About { get; set; }

    /// <summary>A finding.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>Documents to choose from.</summary>
    public IReadOnlyList<FieldOption> Documents { get; private set; } = [];

    /// <summary>The claims.</summary>
    public DataTable Table { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        var view = records.View(User.Actor(), At);
        About = About == "all" ? "all" : "performance";
        var statements = await view.ListAsync<Statement>(cancellation);
        var named = statements.SelectMany(statement => statement.Body.Sources).Select(source => source.Document).ToHashSet(StringComparer.Ordinal);
        Documents = [new FieldOption("", "Every document"), .. (await view.ListAsync<Document>(cancellation)).Where(document => named.Contains(document.Key)).Select(document => new FieldOption(document.Key, document.Body.Title))];
        var claims = await check.ListAsync(view, Document is { Length: > 0 } ? Document : null, About == "performance", cancellation);
        HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise(claims.Select(claim => claim.Statement));
        Headline = ClaimCheck.Headline(claims);
        var rows = new List<IReadOnlyList<DataCell>>();
        foreach (var claim in claims.OrderBy(claim => Order((claim.Then ?? claim.Now).Verdict)).ThenBy(claim => claim.Statement.Key, StringComparer.Ordinal))
        {
            var test = claim.Then ?? claim.Now;
            var source = claim.Statement.Body.Sources is [var first, ..] ? await sources.FindAsync(first, cancellation) : null;
            rows.Add(
            [
                new DataCell(claim.Statement.Body.Says, $"/statements/{Uri.EscapeDataString(claim.Statement.Key)}"),
                claim.Then is null ? new DataCell("not known", Tag: "grey") : Tag(claim.Then.Verdict),
                Tag(claim.Now.Verdict),
                string.Join("; ", test.Verdict == ClaimCheck.NotTestable ? test.Why : test.Numbers),
                source is null ? new DataCell("not stated") : new DataCell(source.Text, source.Href ?? (source.Document is { } document ? $"/documents/{Uri.EscapeDataString(document)}" : null)),
            ]);
        }

        Table = Offer(new DataTable("claims", "Claims", [new("Claim"), new("As known when it was said"), new("As known now"), new("The numbers, or why it cannot be tested"), new("Where it says so")], rows)
        {
            Empty = "No claim of this kind is on record on these dates.",
        });
    }

    private static DataCell Tag(string verdict) => new(verdict, Tag: verdict switch { ClaimCheck.Supported => "green", ClaimCheck.Contradicted => "red", _ => "grey" });

    private static int Order(string verdict) => verdict switch { ClaimCheck.Contradicted => 0, ClaimCheck.Supported => 1, _ => 2 };
}
