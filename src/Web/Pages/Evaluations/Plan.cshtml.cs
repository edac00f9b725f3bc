using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Runs;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Evaluations;

/// <summary>One pilot in the document.</summary>
/// <param name="Finding">What the gate says of it.</param>
/// <param name="Lead">Its first criterion with an effect; null where none has one.</param>
/// <param name="Course">The course beside the comparator; null without a series.</param>
/// <param name="Watch">The control chart; null where it cannot be drawn.</param>
/// <param name="Doubts">What else it could be, computed, sentences.</param>
/// <param name="Boroughs">Borough by borough.</param>
/// <param name="BoroughsSay">The same in a sentence without full stop.</param>
internal sealed record PilotSection(PilotFinding Finding, CriterionFinding? Lead, LineChart? Course, WatchChart? Watch, IReadOnlyList<string> Doubts, DataTable? Boroughs, string? BoroughsSay);

/// <summary>An evaluation as a document: the verdicts first, then each pilot, then everything an analyst needs to have each number again.</summary>
[RequirePermission(Permission.Read)]
public sealed class PlanModel(IRecords records, PlanEvaluator evaluator, PlanProcess process, RunRegister runs) : AsAtPageModel
{
    /// <summary>Key of the plan.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>What the plan comes to.</summary>
    public PlanFinding Finding { get; private set; } = null!;

    /// <summary>The plan.</summary>
    public EvaluationPlan Plan => Finding.Plan.Body;

    /// <summary>What the lock says, a sentence with its tag.</summary>
    public (string Tag, string Colour, string Text) Lock { get; private set; }

    /// <summary>What the amendments did, sentences with a tag; null where there is none.</summary>
    public (string Tag, string Colour, string Text)? Amended { get; private set; }

    /// <summary>Every criterion.</summary>
    public DataTable Criteria { get; private set; } = null!;

    /// <summary>The effects in one picture.</summary>
    public DotIntervalChart? Effects { get; private set; }

    /// <summary>Each pilot.</summary>
    internal IReadOnlyList<PilotSection> Pilots { get; private set; } = [];

    /// <summary>What each criterion could find.</summary>
    public DataTable Power { get; private set; } = null!;

    /// <summary>Other explanations.</summary>
    public DataTable Explanations { get; private set; } = null!;

    /// <summary>Decisions that rest on the plan.</summary>
    public DataTable Decisions { get; private set; } = null!;

    /// <summary>Amendments.</summary>
    public DataTable Amendments { get; private set; } = null!;

    /// <summary>How many criteria came to what, a sentence.</summary>
    public string Counted { get; private set; } = "";

    /// <summary>The values that effects were computed from, a table a measure.</summary>
    public IReadOnlyList<DataTable> Values { get; private set; } = [];

    /// <summary>Panels with their commands, to have each number again.</summary>
    public IReadOnlyList<(CriterionFinding Finding, DataTable Table)> Panels { get; private set; } = [];

    /// <summary>What is wrong with what was asked.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Who agreed, in words.</summary>
    public string AgreedBy { get; private set; } = "";

    /// <summary>Finished runs whose forecast can stand as an expected value; empty once the plan is locked.</summary>
    public IReadOnlyList<FieldOption> Runs { get; private set; } = [];

    /// <summary>Grades to choose from.</summary>
    public static IReadOnlyList<FieldOption> Grades { get; } = [new("I", "Immediate"), new("S", "Significant"), new("E", "By appointment")];

    /// <summary>Takes the forecast of a run as what a criterion expects.</summary>
    [RequirePermission(Permission.KeepRecords)]
    public async Task<IActionResult> OnPostForecastAsync(string? run, string? criterion, string? grade)
    {
        var done = await process.ForecastAsync(User.Actor(), Key, criterion ?? "", run ?? "", grade ?? "", HttpContext.RequestAborted);
        if (done.Succeeded)
        {
            return Redirect($"/evaluations/plans/{Uri.EscapeDataString(Key)}");
        }

        Problems = done.Problems;
        if (!await LoadAsync())
        {
            return NotFound();
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Shows the document.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    /// <summary>Drafts the decision beside the gate: what the rule proposes, resting on exact versions of the evidence.</summary>
    [RequirePermission(Permission.KeepRecords)]
    public async Task<IActionResult> OnPostDecideAsync()
    {
        // A decision is drafted on what is known now, whatever dates the page shows.
        var drafted = await process.DraftDecisionAsync(User.Actor(), Key, HttpContext.RequestAborted);
        if (drafted.Succeeded)
        {
            return Redirect($"/decisions/paper/{Uri.EscapeDataString(drafted.Value)}");
        }

        Problems = drafted.Problems;
        if (!await LoadAsync())
        {
            return NotFound();
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task<bool> LoadAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        var view = records.View(User.Actor(), At);
        if (await view.FindAsync<EvaluationPlan>(Key, cancellation) is not { } plan)
        {
            return false;
        }

        Finding = await evaluator.EvaluateAsync(view, plan, cancellation);
        HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise([plan, .. Finding.Measures.Values]);
        Lock = LockWords((await view.TimelineAsync(records.Catalogue.Get<EvaluationPlan>(), Key, cancellation)).Where(version => version.Body is EvaluationPlan { Lock: not null }).Select(version => (DateTimeOffset?)version.Recorded).Min());
        if (Plan.Lock is null)
        {
            Runs = [.. (await runs.ListAsync(new AsAt(Dates.Today, Dates.Today), cancellation: cancellation)).Where(run => run.Run.ResultSha256 is not null).Select(run => new FieldOption(run.Key, $"{run.Run.Name} ({run.Key})"))];
        }

        var parties = (await view.ListAsync<Party>(cancellation)).ToDictionary(party => party.Key, party => party.Body.Title, StringComparer.Ordinal);
        AgreedBy = Plan.AgreedBy.Count == 0 ? "nobody" : Format.List([.. Plan.AgreedBy.Select(one => parties.GetValueOrDefault(one.Party, one.Party) + (one.On is { } on ? $" ({on.Text})" : ""))]);
        Amended = AmendedWords();
        Criteria = Offer(new DataTable("criteria", "What was asked, and what it came to", [new("Criterion"), new("Verdict"), new("What was found"), new("Counts")], [.. Finding.Results.Select(Row)]));
        int Of(CriterionVerdict verdict) => Finding.Results.Count(result => result.Verdict == verdict);
        string Many(CriterionVerdict verdict) => Of(verdict) is > 0 and var count ? Format.Words(count) : "none";
        Counted = Finding.Results.Count == 0 ? "The plan has no criterion yet." : $"Of {Format.Words(Finding.Results.Count)} {(Finding.Results.Count == 1 ? "criterion" : "criteria")} {Many(CriterionVerdict.Met)} {(Of(CriterionVerdict.Met) == 1 ? "is" : "are")} met, {Many(CriterionVerdict.NotMet)} {(Of(CriterionVerdict.NotMet) == 1 ? "is" : "are")} not met, {Many(CriterionVerdict.NotTestable)} cannot be tested.";
        Values = [.. PlanCharts.Values(Finding).Select(Offer)];
        if (PlanCharts.Effects(Finding) is { } effects)
        {
            Effects = effects;
            Offer(effects.Table);
        }

        Pilots = [.. Finding.Pilots.Select(Section)];
        Power = Offer(PowerTable());
        Explanations = Offer(new DataTable("explanations", "What else it could be", [new("Explanation"), new("How it would show"), new("What is known of it")],
            [.. Plan.Explanations.Select(one => (IReadOnlyList<DataCell>)[one.What, one.Shows ?? "", one.Known ?? new DataCell("nothing", Tag: "grey")])]) { Empty = "The plan names no other explanation." });
        var decisions = await PlanDocuments.DecisionsAsync(view, Finding, cancellation);
        Decisions = Offer(new DataTable("decisions", "Decisions that rest on this", [new("Decision"), new("State"), new("Decided"), new("Since then")],
            [.. decisions.Select(one => (IReadOnlyList<DataCell>)
            [
                new DataCell(one.Title, $"/decisions/{Uri.EscapeDataString(one.Key)}"), one.State, one.DecidedOn ?? "",
                one.Reconsider.Count == 0 ? new DataCell("nothing it rests on has changed", Tag: "green") : new DataCell("reconsider: " + string.Join("; ", one.Reconsider), Tag: "red"),
            ])]) { Empty = "No decision rests on this evaluation yet." });
        Amendments = Offer(new DataTable("amendments", "Amendments", [new("On"), new("By"), new("Reason"), new("Results had been seen"), new("What changed")],
            [.. Plan.Amendments.Select(one => (IReadOnlyList<DataCell>)[DataCell.Of(one.On, ""), one.By ?? "", one.Reason, new DataCell(one.ResultsSeen ? "yes" : "no", Tag: one.ResultsSeen ? "yellow" : "green"), one.Changed ?? ""])]) { Empty = "It has not been amended." });
        Panels = [.. Finding.Results.SelectMany(result => result.Boroughs.Prepend(result.Unit)).Where(finding => finding is { Study: not null, PanelCsv: not null }).DistinctBy(finding => finding.PanelCsv, StringComparer.Ordinal).Select(finding => (finding, Offer(PanelTable(finding))))];
        return true;
    }

    /// <param name="held">When this store first held the plan as locked.</param>
    private (string, string, string) LockWords(DateTimeOffset? held)
    {
        if (Plan.Lock is not { } seal)
        {
            return ("not locked", "yellow", "Nobody is held to it yet, and it may still change without leaving a reason.");
        }

        var recorded = Format.Instant(Finding.Plan.Recorded);
        if (!Finding.Holds)
        {
            return ("changed outside an amendment", "red", $"What it says does not fit the hash it was locked with, {seal.Hash}. Run pathfinder audit verify.");
        }

        var seen = seal.ResultsSeen ? $"Results had been seen when it was locked: {Lower(seal.Seen ?? "")}{(Plan.Amendments.Count == 0 ? "" : ", of the windows as they were before it was amended")}. So it cannot show that nobody chose the criteria to fit." : "No result had been seen when it was locked.";
        if (!seal.ResultsSeen && held is { } first && seal.On is { } on && DateOnly.FromDateTime(first.UtcDateTime) > on.AddDays(1))
        {
            // A file may say any day: only what this store held by then shows that the plan came before the results.
            return ("stated by a file", "yellow", $"A file states that it was locked on {Format.Date(on)} by {seal.By}, before any result. This store first held it on {Format.Instant(first)}, and so cannot itself show that.");
        }

        return (seal.ResultsSeen ? "made with sight of the results" : "locked beforehand", seal.ResultsSeen ? "yellow" : "green", $"Locked on {Format.Date(seal.On, "")} by {seal.By}; this version recorded here on {recorded}. {seen}");
    }

    private (string, string, string)? AmendedWords()
    {
        if (Plan.Amendments is not [.., var last])
        {
            return null;
        }

        var seen = Plan.Amendments.Count(one => one.ResultsSeen);
        var before = Plan.Amendments.Count == 1 ? "" : $"It was amended {Format.Words(Plan.Amendments.Count)} times, {(seen == 0 ? "never" : seen == Plan.Amendments.Count ? "each time" : Format.Words(seen) + " of them")} when results had been seen. ";
        // An agreement dated before an amendment is not to what the plan says now.
        var agreed = Plan.AgreedBy.Any(one => one.On?.Last >= last.On) ? "" : " Nobody is on record as having agreed since: the agreements are to the plan as it was before.";
        return (seen > 0 ? "amended with sight of the results" : "amended", "yellow",
            $"{before}{(before.Length == 0 ? "Amended" : "Last")} on {Format.Date(last.On, "a day not stated")} by {last.By ?? "somebody not named"}, {(last.ResultsSeen ? "when results had been seen" : "before any result was known")}: “{last.Reason.TrimEnd('.')}”.{agreed}");
    }

    private static IReadOnlyList<DataCell> Row(CriterionResult result) =>
    [
        result.Criterion.Says, Verdict(result.Verdict), result.Why,
        string.Join(", ", new[] { result.Criterion.Mandatory ? "mandatory" : "informs", result.Criterion.Primary ? "primary" : null, result.Criterion.Level == CriterionLevel.EachBorough ? "by borough" : null }.OfType<string>()),
    ];

    private static DataCell Verdict(CriterionVerdict verdict) => new(PlanDocuments.Words(verdict), Tag: SaidCells.Colour(verdict switch { CriterionVerdict.Met => Standing.Good, CriterionVerdict.NotMet => Standing.Bad, _ => Standing.Missing }));

    private PilotSection Section(PilotFinding pilot)
    {
        var lead = pilot.Results.Select(result => result.Unit).FirstOrDefault(finding => finding.Study is not null);
        var shown = lead ?? pilot.Results.Select(result => result.Unit).FirstOrDefault(finding => finding.Series.Count > 0);
        var course = shown is null ? null : PlanCharts.Course(shown, Finding.Measures[shown.Criterion.Measure].Body, pilot);
        var watch = pilot.Chart is { } chart ? WatchChart.Of("watch-" + pilot.Pilot.Key, shown?.AreaName ?? pilot.Pilot.Body.Unit, chart, PlanDocuments.FirstSignal(pilot)) : null;
        var boroughs = pilot.Results.SelectMany(result => result.Boroughs.Select(borough => (result.Criterion, Borough: borough))).ToList();
        var table = boroughs.Count == 0 ? null : new DataTable("boroughs-" + pilot.Pilot.Key, "Borough by borough", [new("Criterion"), new("Borough"), new("Verdict"), new("What was found")],
            [.. boroughs.Select(one => (IReadOnlyList<DataCell>)[one.Criterion.Says, one.Borough.AreaName, Verdict(one.Borough.Verdict), one.Borough.Why])]) { Fold = 6 };
        foreach (var offered in new[] { course?.Table, watch?.Table, table }.OfType<DataTable>())
        {
            Offer(offered);
        }

        return new PilotSection(pilot, lead, course, watch, lead is null ? [] : [.. Doubts(lead)], table, BoroughsSay([.. boroughs.Select(one => one.Borough)]));
    }

    private static string? BoroughsSay(List<CriterionFinding> findings)
    {
        if (findings.Count == 0)
        {
            return null;
        }

        var open = findings.Count(finding => finding.Verdict == CriterionVerdict.NotTestable);
        var names = findings.Select(finding => finding.AreaName).Distinct(StringComparer.Ordinal).ToList();
        var not = findings.Where(finding => finding.Verdict == CriterionVerdict.NotMet).Select(finding => finding.AreaName).Distinct(StringComparer.Ordinal).ToList();
        return open == findings.Count ? $"Borough by borough ({Format.List(names)}) nothing can be tested: {Lower(findings[0].Why)}"
            : $"Borough by borough ({Format.List(names)}): {(not.Count == 0 ? "no criterion is missed" : "criteria are missed in " + Format.List(not))}{(open == 0 ? "" : $", {Format.Words(open)} of {Format.Count(findings.Count)} cannot be tested")}";
    }

    private IEnumerable<string> Doubts(CriterionFinding finding)
    {
        var unit = Finding.Measures[finding.Criterion.Measure].Body.Unit;
        string Read(double value) => EffectCharts.Read(value, unit, signed: true);
        if (finding.Contamination is { } within)
        {
            yield return $"The comparator contains the pilots. It moved by {Read(within.ComparatorChange)}; without them the rest moved by between {Read(within.RestLow)} and {Read(within.RestHigh)}, over the range of their shares. Against the rest the effect is {Read(within.EffectLow)} to {Read(within.EffectHigh)}";
        }

        if (finding.WithTransition is { } counted)
        {
            yield return $"If {finding.Criterion.Transition!.Text} counted as before, the effect would be {Read(counted)}";
        }

        if (finding.Study!.Answer.PlaceboInTime is { Count: > 0 } placebo)
        {
            var largest = placebo.MaxBy(one => Math.Abs(one.Statistic))!;
            yield return $"On the months before alone, pretending that it began in {largest.Time} finds {Read(largest.Statistic)}, the most of any month";
        }

        if (finding.Study.Answer.Sensitivity is { LargestStepBefore: > 0 } drift)
        {
            var breakdown = drift.Breakdown;
            yield return breakdown > 0
                ? $"Drift apart of {Format.Plain(Math.Round(breakdown, 2))} times the largest monthly step before, in every month of the window, would explain all of it"
                : "Zero lies within the interval, so that no drift is needed to explain it";
        }
    }

    private DataTable PowerTable() => new("power", "What each criterion could find", [new("Criterion"), new("Months before", Numeric: true), new("Months after", Numeric: true), new("Standard deviation of the gap", Numeric: true), new("Smallest effect it would find", Numeric: true), new("Margin", Numeric: true)],
        [.. Finding.Results.Where(result => result.Criterion.Test is CriterionTest.NotWorse or CriterionTest.Better).Select(result =>
        {
            var power = result.Unit.Power;
            return (IReadOnlyList<DataCell>)
            [
                result.Criterion.Says, power is null ? "" : DataCell.Of(power.Before), power is null ? "" : DataCell.Of(power.After),
                power?.Sigma is { } sigma ? DataCell.Of((double)sigma, 2) : "", power?.Smallest is { } smallest ? DataCell.Of((double)smallest, 2) : new DataCell(power?.Why ?? "not known", Csv: ""), DataCell.Of((double)result.Criterion.Value, 1),
            ];
        })]);

    private DataTable PanelTable(CriterionFinding finding)
    {
        var rows = finding.PanelCsv!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var references = finding.Series.SelectMany(series => series.Points.Select(point => (series.Area, point.Time, point.Reference))).ToDictionary(one => (one.Area.ToUpperInvariant(), one.Time), one => one.Reference);
        return new DataTable(finding.PanelId, $"The panel of {finding.AreaName}: {finding.Criterion.Says}", [.. rows[0].Split(',').Select(name => new DataColumn(name))],
            [.. rows.Skip(1).Select(row => row.Split(',')).Select(fields => (IReadOnlyList<DataCell>)[.. fields.Select((field, f) =>
                new DataCell(field, f == 2 && references.TryGetValue((fields[0].ToUpperInvariant(), fields[1]), out var reference) ? ReferenceNames.Href(records.Catalogue, reference) : null))])]) { Fold = 4 };
    }

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
