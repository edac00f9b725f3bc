using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Decisions;

/// <summary>Writes the paper of a decision on one form that has every section, advice and declaration a paper owes.</summary>
[RequirePermission(Permission.KeepRecords)]
public sealed class PaperModel(IRecords records) : AsAtPageModel
{
    private const int BlankRows = 2;

    /// <summary>The advice owed, with its words.</summary>
    public static IReadOnlyList<(AdviceKind Kind, string Label)> Owed { get; } =
        [(AdviceKind.UnitHead, "Head of unit"), (AdviceKind.Legal, "Legal"), (AdviceKind.Financial, "Financial"), (AdviceKind.Equality, "Equality")];

    /// <summary>When the public part is published.</summary>
    public static IReadOnlyList<FieldOption> PublicationStates { get; } =
        [new("OnApproval", "On approval"), new("Deferred", "Deferred to a date"), new("Exempt", "Exempt from publication"), new("NotPublished", "Not published yet")];

    /// <summary>Key of the decision, from the address; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string? Key { get; set; }

    /// <summary>The decision as it was read, or as it is typed.</summary>
    public Decision Decision { get; private set; } = new();

    /// <summary>The version that was read; null for a new one.</summary>
    public long? Version { get; private set; }

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Works to choose from.</summary>
    public IReadOnlyList<FieldOption> Works { get; private set; } = [];

    /// <summary>Posts to choose from.</summary>
    public IReadOnlyList<FieldOption> Posts { get; private set; } = [];

    /// <summary>Rows of recommendations on the form.</summary>
    public int RecommendationRows => Decision.Recommendations.Count + BlankRows;

    /// <summary>Rows of records relied on.</summary>
    public int RelianceRows => Decision.RestsOn.Count + BlankRows;

    /// <summary>What stands in a field: what was typed, else what is recorded.</summary>
    public string Value(string name, string? recorded) => Request.HasFormContentType ? Request.Form[name].ToString() : recorded ?? "";

    /// <summary>Whether a box is ticked.</summary>
    public IEnumerable<string> Ticked(string name, bool recorded) => Request.HasFormContentType ? Request.Form[name].OfType<string>() : recorded ? ["yes"] : [];

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    /// <summary>Records that it can rest on, suggested while typing.</summary>
    public FormChoices Choices { get; private set; } = FormChoices.None;

    /// <summary>How a record that it rests on reads in the form.</summary>
    public string? RestsText(Reliance? row) => row is null ? null : Choices.Text(OnField, row.On);

    private RecordField OnField => records.Catalogue.Get<Decision>().Fields.First(each => each.Name == "restsOn").Fields.First(each => each.Name == "on");

    /// <summary>Saves the draft.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } refused)
        {
            return refused;
        }

        var problems = new List<Problem>();
        var changed = Read(problems);
        for (var i = 0; i < PaperSections.Mandatory.Count; i++)
        {
            if (PaperSections.Find(changed, PaperSections.Mandatory[i]) is { } section && PaperSections.IsBoth(section))
            {
                problems.Add(PaperSections.Both(section, "section-nil-" + i.ToString(CultureInfo.InvariantCulture)));
            }
        }

        if (problems.Count == 0)
        {
            var expected = long.TryParse(Request.Form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
            var saved = await records.SaveAsync(User.Actor(), [new RecordChange("decision", Key, changed, Expected: expected)], Request.Form["why"].ToString(), HttpContext.RequestAborted);
            if (saved.Succeeded)
            {
                return Redirect($"/decisions/{saved.Value[0]}?saved={(Key is null ? "new" : "changed")}");
            }

            problems.AddRange(saved.Problems);
        }

        Decision = changed;
        Problems = problems;
        return Page();
    }

    private async Task<IActionResult?> LoadAsync()
    {
        var view = records.View(User.Actor(), new AsAt(Dates.Today, Dates.Today));
        Works = [new("", "None"), .. (await view.ListAsync<WorkItem>(HttpContext.RequestAborted)).Select(each => new FieldOption(each.Key, each.Body.Title)).OrderBy(option => option.Text, StringComparer.Ordinal)];
        Posts = [new("", "Nobody yet"), .. (await view.ListAsync<Post>(HttpContext.RequestAborted)).Select(each => new FieldOption(each.Key, each.Body.Title)).OrderBy(option => option.Text, StringComparer.Ordinal)];
        Choices = await FormChoices.LoadAsync(view, records.Catalogue.Get<Decision>(), null, HttpContext.RequestAborted);
        if (Key is null)
        {
            return null;
        }

        if (await view.FindAsync<Decision>(Key, HttpContext.RequestAborted) is not { } record)
        {
            return NotFound();
        }

        (Decision, Version) = (record.Body, record.VersionId);
        return record.Body.State == DecisionState.Draft ? null : Refuse([new Problem($"A paper that is {FieldWords.Words(record.Body.State)} is not rewritten; reopen the decision first", Field: "state")]);
    }

    private Decision Read(List<Problem> problems)
    {
        string? Text(string name) => Request.Form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
        bool Tick(string name) => Request.Form[name].Contains("yes");
        decimal? Pounds(string name)
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (decimal.TryParse(text.TrimStart('£'), NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return amount;
            }

            problems.Add(new Problem("This is not an amount", Field: name, Found: text, Accepted: "pounds, for example 730,000"));
            return null;
        }

        PartialDate? Date(string name)
        {
            if (Text(name) is not { } text || PartialDate.TryParse(text, out _))
            {
                return PartialDate.TryParse(Text(name), out var date) ? date : null;
            }

            problems.Add(new Problem("This is not a date", Field: name, Found: text, Accepted: PartialDate.Accepted));
            return null;
        }

        var recommendations = Rows("recommendation").Select(row => (Row: row, What: Text("recommendation-" + row))).Where(each => each.What is not null)
            .Select((each, place) => new Recommendation { Number = place + 1, What = each.What!, Amount = Pounds("recommendation-amount-" + each.Row) }).ToList();
        var sections = PaperSections.Mandatory.Select((owed, i) => (Found: PaperSections.Find(Decision, owed), owed, Row: i.ToString(CultureInfo.InvariantCulture)))
            .Select(each => (each.Found ?? new PaperSection { Name = each.owed.Name }) with { Says = Text("section-" + each.Row), Nil = Tick("section-nil-" + each.Row) }).ToList();
        var kept = Decision.Sections.Where(section => !PaperSections.Mandatory.Any(owed => PaperSections.Find(Decision, owed) == section));
        var advice = Owed.Select(each => new Advice { Kind = each.Kind, By = Text($"advice-by-{each.Kind}"), Says = Text($"advice-says-{each.Kind}"), Confirmed = Tick($"advice-{each.Kind}") })
            .Where(each => each.Confirmed || each.By is not null || each.Says is not null);
        var rests = Rows("rests").Select(row => (On: Text("rests-" + row), For: Text("rests-for-" + row))).Where(each => each.On is not null)
            .Select(each => new Reliance { On = Reference(each.On!), For = each.For }).ToList();
        return Decision with
        {
            Title = Text("title") ?? "",
            Summary = Text("summary"),
            Work = Text("work"),
            DecisionMaker = Text("decisionMaker"),
            Amount = Pounds("amount"),
            Due = Date("due"),
            Recommendations = recommendations,
            Sections = [.. sections.Where(section => section.Nil || section.Says is not null), .. kept],
            Advice = [.. advice, .. Decision.Advice.Where(each => !Owed.Any(owed => owed.Kind == each.Kind))],
            RestsOn = rests,
            Publication = new Publication
            {
                State = Enum.TryParse<PublicationState>(Text("publication"), out var state) ? state : PublicationState.NotPublished,
                DeferredUntil = Date("publication.deferredUntil") is { IsDay: true } until ? until.First : null,
                DeferralReason = Text("publication.deferralReason"),
                HasPart2 = Tick("part2"),
                Part2Ground = Text("publication.part2Ground"),
            },
        };
    }

    private IEnumerable<string> Rows(string name) => Enumerable.Range(0, 100).Select(i => i.ToString(CultureInfo.InvariantCulture)).Where(i => Request.Form.ContainsKey($"{name}-{i}"));

    // An address of this site is as good as a reference: what stands in the browser's bar can be pasted.
    private string Reference(string text)
    {
        var typed = Choices.Key(OnField, text);
        var path = Uri.TryCreate(typed, UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal) ? address.AbsolutePath : typed.Split('?')[0];
        return path.Trim('/').Split('/') is [var kind, var key] && records.Catalogue.FindByPath(kind) is { } found ? $"{found.Name}:{key}" : typed;
    }
}
