using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Evaluations;

/// <summary>From a measure of the store, or a pasted table, to what a change did: in words, then in pictures, then in numbers and the command.</summary>
[RequirePermission(Permission.Read)]
public sealed class EffectsModel(IRecords records, IMeasuredSeries measured, Analyses analyses) : AsAtPageModel
{
    /// <summary>Name of the panel's table and so of the file it is downloaded as.</summary>
    public const string PanelId = "panel";

    private const string FileName = "pathfinder-panel.csv";

    /// <summary>Key of the measure; null for a pasted table.</summary>
    [BindProperty(SupportsGet = true, Name = "measure")]
    public string? MeasureKey { get; set; }

    /// <summary>Name of a panel kept before; null for a measure.</summary>
    [BindProperty(SupportsGet = true, Name = "panel")]
    public string? PanelName { get; set; }

    /// <summary>Areas used; all where none is chosen.</summary>
    [BindProperty(SupportsGet = true, Name = "area")]
    public IReadOnlyList<string> Areas { get; set; } = [];

    /// <summary>Areas that changed.</summary>
    [BindProperty(SupportsGet = true, Name = "treated")]
    public IReadOnlyList<string> Treated { get; set; } = [];

    /// <summary>The first time after the change, as written in the panel.</summary>
    [BindProperty(SupportsGet = true, Name = "start")]
    public string? Start { get; set; }

    /// <summary>First time used; the first there is where none is chosen.</summary>
    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    /// <summary>Last time used.</summary>
    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    /// <summary>First time to leave out.</summary>
    [BindProperty(SupportsGet = true, Name = "out-from")]
    public string? OutFrom { get; set; }

    /// <summary>Last time to leave out.</summary>
    [BindProperty(SupportsGet = true, Name = "out-to")]
    public string? OutTo { get; set; }

    /// <summary>Short name of the method.</summary>
    [BindProperty(SupportsGet = true, Name = "method")]
    public string? Method { get; set; }

    /// <summary>Of a long table: its columns of unit, time, outcome and treatment.</summary>
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string? UnitColumn { get; set; }

    /// <summary>Column of times.</summary>
    [BindProperty(SupportsGet = true, Name = "time")]
    public string? TimeColumn { get; set; }

    /// <summary>Column of the outcome.</summary>
    [BindProperty(SupportsGet = true, Name = "outcome")]
    public string? OutcomeColumn { get; set; }

    /// <summary>Column of treatment.</summary>
    [BindProperty(SupportsGet = true, Name = "treatment")]
    public string? TreatmentColumn { get; set; }

    /// <summary>The text that was pasted.</summary>
    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    /// <summary>What a kept analysis is called.</summary>
    [BindProperty(Name = "title")]
    public string? AnalysisTitle { get; set; }

    /// <summary>Why it is kept.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>What is still to be chosen before there is an answer, a sentence; null where there is one or a problem.</summary>
    public string? Wanted { get; private set; }

    /// <summary>Measures with values to choose from.</summary>
    public IReadOnlyList<FieldOption> Measures { get; private set; } = [];

    /// <summary>Areas to choose from; empty for a long table.</summary>
    public IReadOnlyList<string> AllAreas { get; private set; } = [];

    /// <summary>What the areas are called; empty for a pasted table.</summary>
    public IReadOnlyDictionary<string, string> AreaNames { get; private set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Times to choose from.</summary>
    public IReadOnlyList<string> AllTimes { get; private set; } = [];

    /// <summary>Columns to choose from, of a long table.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>What the panel is of, in words.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>The answer; null while there is none.</summary>
    public EffectStudy? Study { get; private set; }

    /// <summary>The answer in words.</summary>
    public EffectInWords? Words { get; private set; }

    /// <summary>Each method with its reasons.</summary>
    public DataTable? Methods { get; private set; }

    /// <summary>The numbers.</summary>
    public DataTable? Numbers { get; private set; }

    /// <summary>The rows of the panel.</summary>
    public DataTable? Rows { get; private set; }

    /// <summary>The pictures.</summary>
    public IReadOnlyList<Chart> Charts { get; private set; } = [];

    /// <summary>The command that answers the same.</summary>
    public string? Command { get; private set; }

    /// <summary>Plans that evaluate pilots, for the way on.</summary>
    public IReadOnlyList<StoredRecord<EvaluationPlan>> Plans { get; private set; } = [];

    /// <summary>Whether a source is chosen.</summary>
    public bool HasSource => MeasureKey is { Length: > 0 } || PanelName is { Length: > 0 };

    private const int Shown = 20;

    private string? _csv;
    private IReadOnlyList<PastedCell>? _cells;
    private PanelColumns _columns = PanelText.Columns;
    private IReadOnlyList<Reliance> _inputs = [];
    private IReadOnlyList<string> _references = [];
    private string? _unit;
    private IReadOnlyList<string> _contained = [];

    private List<string> Exclude => OutFrom is { Length: > 0 } from ? [$"time:{from}{(OutTo is { Length: > 0 } to && to != from ? ".." + to : "")}"] : [];

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return HasSource && _csv is null && Problems.Count == 0 && Wanted is null ? NotFound() : Page();
    }

    /// <summary>Takes a pasted table or a file, and goes on to it.</summary>
    [RequirePermission(Permission.Run)]
    public async Task<IActionResult> OnPostPasteAsync(IFormFile? file)
    {
        if (file is { Length: > 0 })
        {
            using var reader = new StreamReader(file.OpenReadStream());
            Text = await reader.ReadToEndAsync(HttpContext.RequestAborted);
        }

        var read = PastedPanel.Read(Text, file is { Length: > 0 } ? Path.GetFileName(file.FileName) : "the table");
        if (read.Succeeded)
        {
            var name = await analyses.KeepPanelAsync(read.Value.ToCsv(), HttpContext.RequestAborted);
            return Redirect(Dates.With("/evaluations/effects?panel=" + name, At.Effective, At.Known));
        }

        Problems = [.. read.Problems.Take(Shown).Select(problem => Placed(problem, problem.Row, problem.Field is "text" ? null : problem.Field) with { Field = "text" })];
        (MeasureKey, PanelName) = (null, null);
        await LoadAsync();
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Keeps the analysis.</summary>
    [RequirePermission(Permission.Run)]
    public async Task<IActionResult> OnPostSaveAsync()
    {
        await LoadAsync();
        if (Study is not null && _csv is not null)
        {
            var keep = new AnalysisToKeep(
                string.IsNullOrWhiteSpace(AnalysisTitle) ? "" : AnalysisTitle.Trim(), _csv, _columns, Exclude, new EffectRequest(PanelEvaluation.Names[Method!]), MeasureKey is { Length: > 0 } ? MeasureKey : null, _inputs);
            var saved = await analyses.SaveAsync(User.Actor(), keep, $"{Words!.Answer}. {Words.HowSure}.", Why ?? "", Store.ProductVersion, HttpContext.RequestAborted);
            if (saved.Succeeded)
            {
                return Redirect($"/analyses/{Uri.EscapeDataString(saved.Value)}?saved=new");
            }

            Problems = saved.Problems;
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task LoadAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        var view = records.View(User.Actor(), At);
        Plans = await view.ListAsync<EvaluationPlan>(cancellation);
        if (MeasureKey is { Length: > 0 } key)
        {
            await FromMeasureAsync(view, key);
        }
        else if (PanelName is { Length: > 0 } name)
        {
            await FromPanelAsync(name);
        }
        else
        {
            Measures = [.. (await measured.ListAsync(view, cancellation)).Where(series => series.Points.Count > 1).Select(series => series.Measure).DistinctBy(measure => measure.Key, StringComparer.Ordinal)
                .Select(measure => new FieldOption(measure.Key, measure.Body.Title))];
        }

        if (_csv is not null)
        {
            Answer();
        }
    }

    // Which rows lie between the first and the last time chosen; times stand in order in AllTimes.
    private bool IsUsed(string time)
    {
        var place = AllTimes.ToList().IndexOf(time);
        return (string.IsNullOrEmpty(From) || place >= AllTimes.ToList().IndexOf(From)) && (string.IsNullOrEmpty(To) || place <= AllTimes.ToList().IndexOf(To));
    }

    private async Task FromMeasureAsync(RecordView view, string key)
    {
        var cancellation = HttpContext.RequestAborted;
        if (await view.FindAsync<Measure>(key, cancellation) is not { } measure)
        {
            Problems = [new Problem("There is no such measure on these dates", Field: "measure", Found: key, Accepted: "a measure of the catalogue")];
            return;
        }

        (Subject, _unit) = (measure.Body.Title, measure.Body.Unit);
        var all = (await measured.SeriesOfAsync(view, key, cancellation)).Where(series => series.Points.Count > 1).ToList();
        AllAreas = all.ConvertAll(series => series.Area.Code);
        AreaNames = all.ToDictionary(series => series.Area.Code, series => series.Area.Name == series.Area.Code ? series.Area.Code : $"{series.Area.Code} {series.Area.Name}", StringComparer.OrdinalIgnoreCase);
        var panel = await MeasurePanel.ReadAsync(measured, view, key, Areas.Count > 0 ? [.. Areas.Where(area => AllAreas.Contains(area, StringComparer.OrdinalIgnoreCase))] : AllAreas, cancellation);
        AllTimes = [.. panel.Areas.SelectMany(panel.Points).OrderBy(one => one.Period.First).Select(panel.TimeOf).Distinct(StringComparer.Ordinal)];
        if (Start is null)
        {
            await SuggestAsync(view, key, panel);
            var levels = all.ToDictionary(series => series.Area.Code, series => series.Area.Level, StringComparer.OrdinalIgnoreCase);
            var beside = AllAreas.Where(area => !Treated.Contains(area, StringComparer.OrdinalIgnoreCase) && Treated.Any(one => levels[one] == levels[area])).ToList();
            // Areas of one level are compared with each other; the whole force, which contains them, only where there is nothing else.
            Areas = Treated.Count == 0 ? [] : [.. Treated, .. beside.Count > 0 ? beside : AllAreas.Where(area => levels[area] == AreaLevel.Force)];
            panel = panel with { Areas = Areas.Count > 0 ? Areas : AllAreas };
        }

        if (!Ready())
        {
            return;
        }

        panel = panel.Where(point => IsUsed(panel.TimeOf(point)));
        var points = panel.Areas.SelectMany(panel.Points).ToList();
        if (points.Find(one => panel.TimeOf(one) == Start) is not { } first)
        {
            Problems = [new Problem("This is no time of the measure", Field: "start", Found: Start, Accepted: AllTimes.Count > 0 ? $"{AllTimes[0]} to {AllTimes[^1]}" : "a measure with values")];
            return;
        }

        _contained = [.. Contained(all.Select(series => series.Area).ToDictionary(area => area.Code, StringComparer.OrdinalIgnoreCase), panel.Areas)];
        _csv = panel.ToCsv(Treated.ToHashSet(StringComparer.OrdinalIgnoreCase), first.Period.First);
        _inputs = await MeasurePanel.InputsAsync(view, points, cancellation);
        _references = points.ConvertAll(point => point.References[0]);
        foreach (var input in _inputs)
        {
            HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise([(await view.FindAsync(input.On, cancellation))!]);
        }
    }

    // What is compared with a whole is in that whole too, so that the difference understates what happened.
    private IEnumerable<string> Contained(Dictionary<string, MeasuredArea> areas, IEnumerable<string> used) =>
        from beside in used
        where !Treated.Contains(beside, StringComparer.OrdinalIgnoreCase) && areas.ContainsKey(beside)
        let inside = Treated.Where(one => areas.TryGetValue(one, out var area) && area.Level != AreaLevel.Force && (areas[beside].Level == AreaLevel.Force || areas[beside].Boroughs.Contains(area.Code, StringComparer.OrdinalIgnoreCase))).ToList()
        where inside.Count > 0
        select $"{beside} contains {Format.List(inside)}: what happened there is in what it is compared with too, so that the effect beside the rest is larger than this";

    // What was locked for the pilots is the first thing to look at; without a plan, from when they were live.
    private async Task SuggestAsync(RecordView view, string key, MeasurePanel panel)
    {
        var pilots = await view.ListAsync<Pilot>(HttpContext.RequestAborted);
        Treated = [.. panel.Areas.Where(area => pilots.Any(pilot => string.Equals(pilot.Body.Unit, area, StringComparison.OrdinalIgnoreCase)))];
        var criterion = Plans.SelectMany(plan => plan.Body.Criteria).FirstOrDefault(one => one.Measure == key && one.Before is not null && one.Window is not null);
        string? At(DateOnly day) => panel.Areas.SelectMany(panel.Points).FirstOrDefault(one => one.Period.First <= day && one.Period.Last >= day) is { } one ? panel.TimeOf(one) : null;
        if (criterion is { Window: { } window })
        {
            Start = At(window.First);
            (OutFrom, OutTo) = criterion.Transition is { } between ? (At(between.First), At(between.Last)) : (null, null);
        }
        else if (pilots.Select(pilot => pilot.Body.Live).OfType<PartialDate>().Select(live => live.Last).Order().FirstOrDefault() is { Year: > 1 } live)
        {
            Start = At(live.AddMonths(1));
        }
    }

    private async Task FromPanelAsync(string name)
    {
        if (await analyses.FindPanelAsync(name, HttpContext.RequestAborted) is not { } text || !PastedPanel.Read(text).Succeeded)
        {
            return;
        }

        var table = PastedPanel.Read(text).Value;
        Subject = "The pasted table";
        if (table.IsLong)
        {
            Columns = table.Header;
            var guess = table.Guess();
            _columns = new PanelColumns(UnitColumn ?? guess.Unit, TimeColumn ?? guess.Time, OutcomeColumn ?? guess.Outcome, TreatmentColumn ?? guess.Treated);
            (UnitColumn, TimeColumn, OutcomeColumn, TreatmentColumn) = (_columns.Unit, _columns.Time, _columns.Outcome, _columns.Treated);
            _csv = text;
            return;
        }

        (AllAreas, AllTimes) = (table.Areas, table.Times);
        if (!Ready())
        {
            return;
        }

        var made = table.ToLong(Areas.Count > 0 ? Areas : AllAreas, [.. Treated], Start!, IsUsed);
        Problems = made.Problems;
        if (made.Succeeded)
        {
            (_csv, _cells) = made.Value;
        }
    }

    private bool Ready()
    {
        Wanted = Treated.Count == 0 ? "Choose which areas changed, and from when" : string.IsNullOrWhiteSpace(Start) ? "Choose from when" : null;
        return Wanted is null;
    }

    private void Answer()
    {
        var read = PanelReader.Read(_csv!, FileName, _columns, Exclude);
        Rows = Offer(PanelRows());
        if (!read.Succeeded)
        {
            Problems = [.. read.Problems.Take(Shown).Select(problem => _cells is { } cells && problem.Row is { } row && row - 2 is >= 0 and var i && i < cells.Count
                ? Placed(problem, cells[i].Row, cells[i].Column) : Placed(problem, problem.Row, MeasureKey is { Length: > 0 } || problem.Row is null ? null : problem.Field))];
            return;
        }

        var table = read.Value;
        var methods = PanelEvaluation.Methods(table);
        Method = Method is { } asked && PanelEvaluation.Names.ContainsKey(asked) ? asked : methods.FirstOrDefault(one => one.Offered)?.Method ?? "did";
        Methods = Offer(new DataTable("methods", "Methods", [new("Method"), new("May it be used?"), new("Why, or what limits it")], [.. methods.Select(MethodRow)]));
        var study = EffectStudy.Of(table, new EffectRequest(PanelEvaluation.Names[Method]));
        if (!study.Succeeded)
        {
            Problems = [.. study.Problems.Select(problem => problem with { File = null })];
            return;
        }

        Study = study.Value;
        Words = EffectWords.Of(Study, table, _unit);
        Words = Words with { SomethingElse = [.. _contained, .. Words.SomethingElse] };
        Command = Study.Command(FileName, _columns, Exclude);
        Charts = EffectCharts.Of(Study, table, _unit);
        foreach (var chart in Charts)
        {
            Offer(chart.Table);
        }

        Numbers = Offer(NumberTable(Study));
    }

    // A fault of a pasted table is named by the row and column that the person who pasted it has before them.
    private static Problem Placed(Problem problem, int? row, string? column) => problem with
    {
        Message = row is { } line ? $"{problem.Message} (row {line.ToString(System.Globalization.CultureInfo.InvariantCulture)}{(column is null ? "" : $", column {column}")})" : problem.Message,
        File = null,
        Row = null,
    };

    private IReadOnlyList<DataCell> MethodRow(MethodAnswer method) =>
    [
        new DataCell(EffectNames.Of(method.Method), method.Offered ? Components.Dates.PageDates.Replace(Request, ("method", method.Method)) : null),
        method.Offered ? new DataCell(method.Method == Method ? "used here" : "offered", Tag: method.Method == Method ? "green" : null) : new DataCell("refused", Tag: "grey"),
        string.Join(" ", method.Offered ? method.Cautions : method.Refusals),
    ];

    private static DataTable NumberTable(EffectStudy study)
    {
        var effect = study.Effect;
        static DataCell Number(double? value) => value is { } number ? DataCell.Of(number, 4) : new DataCell("cannot be had", Csv: "");
        return new DataTable("numbers", "The numbers", [new("What"), new("Value", Numeric: true), new("Where it comes from")],
        [
            ["Estimate", Number(effect.Estimate), EffectNames.Of(study.Answer.Method) + ", " + EffectNames.Document(study.Answer.Method)],
            ["Standard error", Number(effect.Se), study.Basis],
            ["95% interval, lower", Number(effect.Lower), study.Basis],
            ["95% interval, upper", Number(effect.Upper), study.Basis],
            ["p", effect.P is { } p ? new DataCell(PValue.Text(p), Csv: p.ToString("R", System.Globalization.CultureInfo.InvariantCulture)) : Number(null), "Two-sided, of no effect"],
            ["Areas, changed", DataCell.Of(study.Answer.TreatedUnits), "The panel"],
            ["Areas, all", DataCell.Of(study.Answer.Units), "The panel"],
            ["Times used", DataCell.Of(study.Answer.Times), "The panel, without what is left out"],
        ]);
    }

    private DataTable PanelRows()
    {
        var lines = PastedPanel.Read(_csv).Value;
        var rows = _csv!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).Where(fields => fields.Length == lines.Header.Count).ToList();
        return new DataTable(PanelId, "The panel, as the command takes it", [.. lines.Header.Select(name => new DataColumn(name))], [.. rows.Select((fields, i) => (IReadOnlyList<DataCell>)[.. fields.Select((field, f) =>
            new DataCell(field, f == 0 && i < _references.Count ? ReferenceNames.Href(records.Catalogue, _references[i]) : null))])]) { Fold = 12 };
    }
}

/// <summary>What the methods are called.</summary>
internal static class EffectNames
{
    /// <summary>The name in full.</summary>
    public static string Of(string method) => method switch
    {
        "did" => "Difference in differences",
        "att-gt" => "Staggered adoption",
        "sdid" => "Synthetic difference in differences",
        "sc" => "Synthetic control",
        "difp" => "Demeaned synthetic control",
        _ => "Interrupted time series",
    };

    /// <summary>Where the formula stands.</summary>
    public static string Document(string method) => method switch
    {
        "did" or "att-gt" => "docs/methods/difference-in-differences.md",
        "its" => "docs/methods/interrupted-time-series.md",
        _ => "docs/methods/synthetic-controls.md",
    };
}
