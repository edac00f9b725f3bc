using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>Some fields of a form: those of the record, or of one row of it.</summary>
/// <param name="Prefix">What stands before their names: "forecasts[0].".</param>
/// <param name="Action">Where the form is sent.</param>
public sealed record FormSection(RecordForm Form, FormChoices Choices, IReadOnlyList<RecordField> Fields, string Prefix, IReadOnlyList<Problem> Problems, string Action)
{
    /// <summary>Whether the fields are those of a row.</summary>
    public bool InRow => Prefix.Length > 0;

    /// <summary>The fields of a row of this section.</summary>
    public FormSection Row(RecordField field, string prefix)
    {
        ArgumentNullException.ThrowIfNull(field);
        return this with { Fields = field.Fields, Prefix = prefix };
    }
}

/// <summary>The form of a record, made from the fields of its kind.</summary>
public abstract class RecordFormModel(IRecords records, RecordLists lists, ICurrentForce current) : RecordPageModel(records, lists)
{
    /// <summary>What stands in the form.</summary>
    public RecordForm Form { get; protected set; } = null!;

    /// <summary>What can be chosen.</summary>
    public FormChoices Choices { get; private set; } = null!;

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; protected set; } = [];

    /// <summary>The reason given.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>The first day on which it holds, as typed.</summary>
    [BindProperty(Name = "holds-from")]
    public string? From { get; set; }

    /// <summary>When the programme knew it, as typed.</summary>
    [BindProperty(Name = "known-on")]
    public string? KnownOn { get; set; }

    /// <summary>The version that the form was filled in on.</summary>
    [BindProperty(Name = "version")]
    public long? Expected { get; set; }

    /// <summary>The key asked for; empty for one made from the title.</summary>
    [BindProperty(Name = "new-key")]
    public string? NewKey { get; set; }

    /// <summary>The fields shown first.</summary>
    public FormSection Main => Section(f => f.Name is not ("handling" or "sources"));

    /// <summary>Where it says so.</summary>
    public FormSection SourcesSection => Section(f => f.Name == "sources");

    /// <summary>Marking and readers.</summary>
    public FormSection HandlingSection => Section(f => f.Name == "handling") is var all && all.Fields is [var handling] ? all.Row(handling, "handling.") : all;

    /// <summary>Where the form is sent.</summary>
    public string Action => PageDates.Replace(Request, ("csv", null));

    /// <summary>What the button says.</summary>
    public abstract string Button { get; }

    /// <inheritdoc />
    protected override bool Changes => true;

    /// <summary>Loads what can be chosen.</summary>
    protected async Task LoadChoicesAsync()
    {
        var force = await current.FindAsync(new AsAt(Dates.Today, Dates.Today), HttpContext.RequestAborted);
        Choices = await FormChoices.LoadAsync(Records.View(User.Actor(), new AsAt(Dates.Today, Dates.Today)), Kind, force, HttpContext.RequestAborted);
    }

    /// <summary>Takes the form as sent: adds or removes a row and shows it again, or saves and goes to the record. <paramref name="before"/> is the record that it changes.</summary>
    protected async Task<IActionResult> TakeAsync(string? key, string saved, ProgrammeRecord? before = null)
    {
        await LoadChoicesAsync();
        Form = RecordForm.Sent(Kind, Request.Form);
        switch (Request.Form["do"].ToString().Split(':', 2))
        {
            case ["add", var list]:
                Form.Add(list);
                return Page();
            case ["remove", var row] when row.LastIndexOf('[') is > 0 and var open && int.TryParse(row.AsSpan(open + 1).TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var place):
                Form.Remove(row[..open], place);
                return Page();
        }

        var (body, unread) = Form.Read(Choices, before);
        var problems = unread.ToList();
        var from = Day(From, "holds-from", "The first day on which it holds", problems);
        var known = Day(KnownOn, "known-on", "The day on which it was known", problems);
        if (body is null || problems.Count > 0)
        {
            if (string.IsNullOrWhiteSpace(Why))
            {
                problems.Add(new Problem("Say why", Field: "why", Accepted: "a sentence"));
            }

            Problems = problems;
            return Page();
        }

        var outcome = await Records.SaveAsync(User.Actor(), [new RecordChange(Kind.Name, key, body, from, Known: known, Expected: Expected)], Why ?? "", HttpContext.RequestAborted);
        if (!outcome.Succeeded)
        {
            Problems = outcome.Problems;
            return Page();
        }

        var shown = from is { } first && first > Dates.Today ? first : Dates.Today;
        return Redirect(Dates.With($"/{Kind.Path}/{Uri.EscapeDataString(outcome.Value[0])}?saved={saved}", shown, Dates.Today));
    }

    /// <summary>A day as typed; null for none, with a problem where it is not one.</summary>
    protected static DateOnly? Day(string? text, string name, string what, List<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (PartialDate.TryParse(text, out var date) && date.IsDay)
        {
            return date.First;
        }

        problems.Add(new Problem($"{what} must be a day", Field: name, Found: text, Accepted: "a day, for example 26 April 2017"));
        return null;
    }

    private FormSection Section(Func<RecordField, bool> which) => new(Form, Choices, Kind.Fields.Where(field => !field.Mark.ByStep && which(field)).ToList(), "", Problems, Action);
}
