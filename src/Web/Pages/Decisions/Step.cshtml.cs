using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Decisions;

/// <summary>One step of a decision: what it rests on and lacks beside the few things that only the person can say.</summary>
[RequirePermission(Permission.Read)]
public sealed class StepModel(IRecords records, DecisionProcess process, IEnumerable<IRecordReading> readings, PageMarking marking) : AsAtPageModel
{
    /// <summary>Rows for new conditions on the form.</summary>
    public const int ConditionRows = 3;

    private static readonly string[] ShownParts = ["recommendations", "missing", "rests-on", "authority", "risks", "promises", "reversal"];

    /// <summary>Key of the decision, from the address.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>The step, from the address.</summary>
    [BindProperty(SupportsGet = true, Name = "step")]
    public string StepPath { get; set; } = "";

    /// <summary>Id of the version that was read.</summary>
    [BindProperty(Name = "version")]
    public long? Expected { get; set; }

    /// <summary>Why it is done.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>Interests of the signer.</summary>
    [BindProperty(Name = "interests")]
    public string? Interests { get; set; }

    /// <summary>Rationale for going without what is missing.</summary>
    [BindProperty(Name = "exemption")]
    public string? Exemption { get; set; }

    /// <summary>To when it is put off.</summary>
    [BindProperty(Name = "until")]
    public string? Until { get; set; }

    /// <summary>What came of looking at it again.</summary>
    [BindProperty(Name = "result")]
    public string? Result { get; set; }

    /// <summary>The step.</summary>
    public DecisionStep Step { get; private set; }

    /// <summary>The decision as known today.</summary>
    public StoredRecord<Decision> Record { get; private set; } = null!;

    /// <summary>What is computed of it.</summary>
    public RecordReading Reading { get; private set; } = null!;

    /// <summary>The parts that bear on the step.</summary>
    public IReadOnlyList<(ReadingPart Part, DataTable Table)> Parts { get; private set; } = [];

    /// <summary>What changed since the paper was submitted, each to be ticked as seen before it is signed.</summary>
    public IReadOnlyList<FieldOption> Moved { get; private set; } = [];

    /// <summary>The changes ticked as seen.</summary>
    public IEnumerable<string> Seen => Request.HasFormContentType ? Request.Form["seenChanges"].OfType<string>() : [];

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Who signs, in words.</summary>
    public string Signer { get; private set; } = "";

    /// <summary>Whether something is missing, so that signing needs an exemption.</summary>
    public bool IsIncomplete => Reading.Parts.Any(part => part is { Id: "missing", Rows.Count: > 0 });

    /// <summary>The choices for a recommendation.</summary>
    public static IReadOnlyList<FieldOption> Outcomes { get; } =
        [new("agreed", "Agreed"), new("amended", "Agreed with changes"), new("refused", "Refused"), new("deferred", "Put off")];

    /// <summary>What was chosen for a recommendation.</summary>
    public string OutcomeOf(int number) => Request.HasFormContentType ? Request.Form[OutcomeName(number)].ToString() : "agreed";

    /// <summary>Name of the field for a recommendation.</summary>
    public static string OutcomeName(int number) => "outcome-" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What was typed into a field of the form.</summary>
    public string Typed(string name) => Request.HasFormContentType ? Request.Form[name].ToString() : "";

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    /// <summary>Takes the step.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } refused)
        {
            return refused;
        }

        var (actor, why, stop) = (User.Actor(), Why?.Trim() ?? "", HttpContext.RequestAborted);
        var done = Step switch
        {
            DecisionStep.Submit => await process.SubmitAsync(actor, Key, why, Expected, stop),
            DecisionStep.Sign => await SignAsync(actor, why, stop),
            DecisionStep.Defer => await process.DeferAsync(actor, Key, PartialDate.TryParse(Until, out var until) ? until : null, why, Expected, stop),
            DecisionStep.Refuse => await process.RefuseAsync(actor, Key, why, Expected, stop),
            DecisionStep.Withdraw => await process.WithdrawAsync(actor, Key, why, Expected, stop),
            DecisionStep.Reopen => await process.ReopenAsync(actor, Key, why, Expected, stop),
            _ => await process.ReconsiderAsync(actor, Key, Result ?? "", Expected, stop),
        };
        if (done.Succeeded)
        {
            return Redirect($"/decisions/{Key}?saved=changed");
        }

        Problems = done.Problems;
        return Page();
    }

    private async Task<Outcome<string>> SignAsync(Actor actor, string why, CancellationToken stop)
    {
        var problems = new List<Problem>();
        var conditions = new List<Condition>();
        for (var i = 1; i <= ConditionRows; i++)
        {
            var n = i.ToString(CultureInfo.InvariantCulture);
            var (what, due) = (Typed("condition-" + n).Trim(), Typed("condition-due-" + n).Trim());
            PartialDate? by = null;
            if (due.Length > 0 && !PartialDate.TryParse(due, out by))
            {
                problems.Add(new Problem("This is not a date", Field: "condition-due-" + n, Found: due, Accepted: PartialDate.Accepted));
            }

            if (what.Length > 0)
            {
                conditions.Add(new Condition { What = what, Due = by });
            }
        }

        var outcomes = Record.Body.Recommendations
            .Select(each => new RecommendationAnswer(each.Number, Enum.TryParse<RecommendationOutcome>(OutcomeOf(each.Number), ignoreCase: true, out var outcome) ? outcome : RecommendationOutcome.Agreed)).ToList();
        return problems.Count > 0 ? problems : await process.SignAsync(
            actor, Key, new Signing { Expected = Expected, Outcomes = outcomes, Conditions = conditions, Interests = Interests, Exemption = Exemption, SeenChanges = [.. Seen], Why = why }, stop);
    }

    // A step is always taken on what is known today, whatever dates the page came from.
    private async Task<IActionResult?> LoadAsync()
    {
        if (!Enum.TryParse<DecisionStep>(StepPath, ignoreCase: true, out var step))
        {
            return NotFound();
        }

        Step = step;
        if (!User.May(DecisionProcess.Needs(step)))
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        var view = records.View(User.Actor(), new AsAt(Dates.Today, Dates.Today));
        if (await view.FindAsync<Decision>(Key, HttpContext.RequestAborted) is not { } record)
        {
            return NotFound();
        }

        Record = record;
        marking.Raise([record]);
        Reading = await readings.Single(reading => reading.Kind == record.Kind.Name).ReadAsync(view, record, HttpContext.RequestAborted);
        marking.Raise(await view.NamedByAsync(Reading, HttpContext.RequestAborted));
        Parts = [.. ShownParts.Select(id => Reading.Parts.FirstOrDefault(part => part.Id == id)).OfType<ReadingPart>().Where(part => part.Rows.Count > 0 || part.Finding is not null)
            .Select(part => (part, Offer(SaidCells.Table(view.Catalogue, part))))];
        if (step == DecisionStep.Sign)
        {
            Moved = [.. (await Reliances.OfAsync(view, record.Body, HttpContext.RequestAborted)).Where(each => each.Reconsider)
                .Select(each => new FieldOption(each.SeenMark, $"{each.Name}: {(each.Changes.Count > 0 ? string.Join("; ", each.Changes) : "it no longer holds")}"))];
        }

        Signer = (await DecisionProcess.SignerAsync(view, User.Actor(), record.Body.DecisionMaker, HttpContext.RequestAborted)).Holder;
        return DecisionProcess.Open(record.Body).Contains(step)
            ? null
            : Refuse([new Problem($"This cannot be done with a decision that is {FieldWords.Words(record.Body.State)}", Field: "state", Found: FieldWords.Words(record.Body.State))]);
    }
}
