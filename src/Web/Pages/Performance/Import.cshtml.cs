using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Performance;

/// <summary>What is typed in the form of an import.</summary>
public sealed class ImportForm
{
    /// <summary>Key of the measure.</summary>
    public string? Measure { get; set; }

    /// <summary>The table, pasted or read from a file.</summary>
    public string? Table { get; set; }

    /// <summary>Name of the file; empty for a pasted table.</summary>
    public string? FileName { get; set; }

    /// <summary>The series that the values belong to.</summary>
    public string? Series { get; set; }

    /// <summary>Key of the document that states them.</summary>
    public string? Document { get; set; }

    /// <summary>Where they come from, in words.</summary>
    public string? Source { get; set; }

    /// <summary>The day on which they became known.</summary>
    public string? Known { get; set; }

    /// <summary>Days after its period on which each became known.</summary>
    public string? KnownAfter { get; set; }

    /// <summary>Column of periods.</summary>
    public string? Period { get; set; }

    /// <summary>Column of areas.</summary>
    public string? Area { get; set; }

    /// <summary>Column of values.</summary>
    public string? Value { get; set; }

    /// <summary>Column of numerators.</summary>
    public string? Numerator { get; set; }

    /// <summary>Column of denominators.</summary>
    public string? Denominator { get; set; }

    /// <summary>Names and their codes, NAME=CODE a line.</summary>
    public string? Rename { get; set; }

    /// <summary>Which stand where values differ from what is on record under another name: "beside" or "inPlace".</summary>
    public string? Rivalry { get; set; }

    /// <summary>Why.</summary>
    public string? Why { get; set; }
}

/// <summary>Brings a table of observations in: first tried, with every problem by row and column, then recorded as it was tried.</summary>
[RequirePermission(Permission.Import)]
public sealed class ImportModel(IRecords records, IObservationImport import, ILogMeasures compute, IncidentLogs incidentLogs, TimeProvider time) : PageModel
{
    /// <summary>The largest table: carried through the form between trial and save, it must fit a request.</summary>
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>Problems shown before the rest are counted.</summary>
    public const int Shown = 60;

    private static readonly string[] OfForm = ["measure", "file", "table", "known", "knownafter", "rename", "why", "document", "rivalry"];

    /// <summary>What was typed.</summary>
    [BindProperty]
    public ImportForm Form { get; set; } = new();

    /// <summary>Measures to choose from.</summary>
    public IReadOnlyList<FieldOption> Measures { get; private set; } = [];

    /// <summary>Documents to choose from.</summary>
    public IReadOnlyList<FieldOption> Documents { get; private set; } = [];

    /// <summary>What to correct on the form.</summary>
    public IReadOnlyList<Problem> OnForm { get; private set; } = [];

    /// <summary>What to correct in the table.</summary>
    public IReadOnlyList<Problem> InTable { get; private set; } = [];

    /// <summary>What the import would do, or did.</summary>
    public ObservationImportResult? Result { get; private set; }

    /// <summary>Logs of incidents to compute measures from.</summary>
    public IReadOnlyList<FieldOption> Logs { get; private set; } = [];

    /// <summary>What was computed of a log.</summary>
    public LogMeasuresResult? Computed { get; private set; }

    /// <summary>Which of two values stands, to choose from.</summary>
    public static IReadOnlyList<FieldOption> Rivalries { get; } = [new("beside", "What is on record: keep these beside it"), new("inPlace", "These: keep what was on record beside them")];

    /// <summary>Whether the table was read, so that its layout can be told.</summary>
    public bool Tried => !string.IsNullOrEmpty(Form.Table);

    /// <summary>Shows the form.</summary>
    public async Task OnGetAsync(string? measure)
    {
        Form.Measure = measure;
        await ChooseAsync();
    }

    /// <summary>Tries a table.</summary>
    public async Task OnPostAsync(IFormFile? file)
    {
        await ChooseAsync();
        var problems = new List<Problem>();
        if (file is { Length: > MaximumBytes } || Form.Table?.Length > MaximumBytes)
        {
            problems.Add(new Problem("The table is too large for this page", Field: "file", Accepted: "at most 1 MB; the command line takes more (pathfinder measures import)"));
        }
        else if (file is { Length: > 0 })
        {
            using var reader = new StreamReader(file.OpenReadStream(), new UTF8Encoding(false));
            Form.Table = await reader.ReadToEndAsync(HttpContext.RequestAborted);
            Form.FileName = Path.GetFileName(file.FileName);
        }
        else if (string.IsNullOrWhiteSpace(Form.Table))
        {
            problems.Add(new Problem("Paste a table or choose a file", Field: "table", Accepted: "a header, then a row for each period"));
        }

        await RunAsync(problems, trial: true);
    }

    /// <summary>Records a table as it was tried.</summary>
    public async Task OnPostSaveAsync()
    {
        await ChooseAsync();
        await RunAsync([], trial: false);
    }

    /// <summary>Computes the measures of response from a log.</summary>
    public async Task OnPostLogAsync(string? log, string? logWhy, string? logRivalry)
    {
        await ChooseAsync();
        var done = string.IsNullOrEmpty(log) ? new Problem("Choose a log", Field: "log") : await compute.ComputeAsync(User.Actor(), log, logWhy ?? "", Read(logRivalry), HttpContext.RequestAborted);
        Computed = done.Succeeded ? done.Value : null;
        OnForm = [.. done.Problems.Where(problem => problem.File is null).Select(problem => problem.Field switch { "why" => problem with { Field = "logWhy" }, "rivalry" => problem with { Field = "logRivalry", Row = null }, _ => problem })];
        InTable = [.. done.Problems.Where(problem => problem.File is not null)];
        Response.StatusCode = done.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
    }

    /// <summary>The mapping as the form states it; what it leaves out is guessed from the table.</summary>
    private ObservationMapping? Mapping(string file, List<Problem> problems)
    {
        var guess = import.Guess(Form.Table!, file, Form.Measure ?? "");
        if (!guess.Succeeded)
        {
            problems.AddRange(guess.Problems);
            return null;
        }

        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in (Form.Rename ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } code])
            {
                names[name] = code;
            }
            else
            {
                problems.Add(new Problem("This gives no name a code", Field: "Form.Rename", Found: line, Accepted: "NAME=CODE, one a line"));
            }
        }

        DateOnly? known = null;
        if (!string.IsNullOrWhiteSpace(Form.Known))
        {
            if (PartialDate.TryParse(Form.Known, out var day) && day.IsDay)
            {
                known = day.First;
            }
            else
            {
                problems.Add(new Problem("This is not a day", Field: "Form.Known", Found: Form.Known, Accepted: "30 September 2017 or 2017-09-30"));
            }
        }

        int? after = null;
        if (!string.IsNullOrWhiteSpace(Form.KnownAfter))
        {
            if (int.TryParse(Form.KnownAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var days))
            {
                after = days;
            }
            else
            {
                problems.Add(new Problem("This is no number of days", Field: "Form.KnownAfter", Found: Form.KnownAfter, Accepted: "31"));
            }
        }

        var told = Form.Area is { Length: > 0 } || Form.Value is { Length: > 0 } || Form.Numerator is { Length: > 0 };
        return guess.Value with
        {
            Measure = Form.Measure ?? "",
            Period = Said(Form.Period) ?? guess.Value.Period,
            Area = told ? Said(Form.Area) : guess.Value.Area,
            Value = told ? Said(Form.Value) : guess.Value.Value,
            Numerator = told ? Said(Form.Numerator) : guess.Value.Numerator,
            Denominator = told ? Said(Form.Denominator) : guess.Value.Denominator,
            Areas = names,
            Series = Said(Form.Series) ?? "",
            Source = Said(Form.Source),
            Document = Said(Form.Document),
            Known = known,
            KnownAfterDays = after,
            Rivalry = Read(Form.Rivalry),
        };
    }

    private async Task RunAsync(List<Problem> problems, bool trial)
    {
        if (string.IsNullOrWhiteSpace(Form.Measure))
        {
            problems.Add(new Problem("Choose the measure", Field: "Form.Measure"));
        }

        var file = string.IsNullOrWhiteSpace(Form.FileName) ? "Pasted table" : Form.FileName;
        var mapping = Form.Table is { Length: > 0 } && problems.Count == 0 ? Mapping(file, problems) : null;
        if (mapping is not null)
        {
            Form.Period = mapping.Period;
            (Form.Area, Form.Value, Form.Numerator, Form.Denominator) = (mapping.Area, mapping.Value, mapping.Numerator, mapping.Denominator);
        }

        if (problems.Count == 0)
        {
            var done = await import.ImportAsync(User.Actor(), mapping!, Form.Table!, file, Form.Why ?? "", trial, HttpContext.RequestAborted);
            problems.AddRange(done.Problems);
            Result = done.Succeeded ? done.Value : null;
        }

        OnForm = [.. problems.Where(problem => problem.File is null && problem.Row is null).Select(problem => problem with { Field = FieldOf(problem.Field) })];
        InTable = [.. problems.Where(problem => problem.File is not null || problem.Row is not null)];
        // A refused record of several changes says which; there is one.
        Response.StatusCode = problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
    }

    private static string? FieldOf(string? field) => field is null || field.StartsWith("Form.", StringComparison.Ordinal) || field is "file" ? field
        : OfForm.Contains(field, StringComparer.OrdinalIgnoreCase) ? "Form." + char.ToUpperInvariant(field[0]) + field[1..] : field;

    private async Task ChooseAsync()
    {
        var today = time.LondonToday();
        var view = records.View(User.Actor(), new AsAt(today, today));
        Measures = [new("", "Choose"), .. (await view.ListAsync<Measure>(HttpContext.RequestAborted)).OrderBy(measure => measure.Body.Title, StringComparer.Ordinal)
            .Select(measure => new FieldOption(measure.Key, measure.Body.Title + (measure.Body.Unit is { } unit ? $" ({unit})" : "")))];
        Logs = [.. (await incidentLogs.ListAsync(view.At, HttpContext.RequestAborted)).Where(log => log.Body is not null).Select(log => new FieldOption(log.Key, log.Body!.Title))];
        Documents = [new("", "None on record"), .. (await view.ListAsync<Document>(HttpContext.RequestAborted)).OrderBy(document => document.Body.Title, StringComparer.Ordinal)
            .Select(document => new FieldOption(document.Key, document.Body.Title))];
    }

    private static Rivalry? Read(string? rivalry) => rivalry switch { "beside" => Rivalry.Beside, "inPlace" => Rivalry.InPlace, _ => null };

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
