using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Portfolios;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Portfolios;

/// <summary>A portfolio over its rounds, and its projects.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(IRecords records, PortfolioBooks books) : AsAtPageModel
{
    /// <summary>Projects on a page.</summary>
    public const int PageSize = 50;

    private const string FirstRound = "–";

    /// <summary>Key of the portfolio, from the address; the only one where it is left out.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string? Key { get; set; }

    /// <summary>Words of the name that projects are narrowed to.</summary>
    [BindProperty(SupportsGet = true, Name = "text")]
    public string? Text { get; set; }

    /// <summary>Department that projects are narrowed to.</summary>
    [BindProperty(SupportsGet = true, Name = "department")]
    public string? Department { get; set; }

    /// <summary>The page of projects, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The portfolio; null where none is imported.</summary>
    public PortfolioBook? Book { get; private set; }

    /// <summary>The other portfolios there are.</summary>
    public IReadOnlyList<(string Key, string Title)> Others { get; private set; } = [];

    /// <summary>How it moved.</summary>
    public DataTable Rounds { get; private set; } = null!;

    /// <summary>Its projects on this page.</summary>
    public DataTable Projects { get; private set; } = null!;

    /// <summary>How many projects the choice leaves.</summary>
    public int Found { get; private set; }

    /// <summary>Departments to choose from.</summary>
    public IReadOnlyList<FieldOption> Departments { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var view = records.View(User.Actor(), At);
        var all = await PortfolioBooks.ListAsync(view, HttpContext.RequestAborted);
        Others = [.. all.Where(one => one.Key != (Key ?? all[0].Key))];
        Key ??= all.Count > 0 ? all[0].Key : null;
        if (Key is null)
        {
            return Page();
        }

        Book = await books.OpenAsync(view, Key, HttpContext.RequestAborted);
        if (Book is null)
        {
            return NotFound();
        }

        Rounds = Offer(new DataTable("rounds", "From round to round", [new("Round", true), new("Projects", true), new("Ratings"), new("Better", true), new("Worse", true), new("Same", true), new("Entered", true), new("Left", true), new("End later", true), new("End earlier", true), new($"Whole-life cost, {Book.Returns[^1].Unit}", true), new("Given by", true), new("Moved, where both give it", true)],
            [.. Book.Rounds.Select(round => (IReadOnlyList<DataCell>)
            [
                round.Round.ToString(CultureInfo.InvariantCulture), DataCell.Of(round.Lines), string.Join(", ", round.Ratings.Where(one => one.Count > 0).Select(one => $"{(one.Word.Length == 0 ? "no rating" : one.Word)} {one.Count.ToString(CultureInfo.InvariantCulture)}")),
                Rated(round, round.Better), Rated(round, round.Worse), Rated(round, round.Same), Moved(round, round.Entered), Moved(round, round.Left), Moved(round, round.EndLater), Moved(round, round.EndEarlier),
                round.Cost is { } cost ? DataCell.Of((double)cost, 0) : new DataCell("not given", Csv: ""), DataCell.Of(round.CostLines),
                round.IsFirst || round.Cost is null ? new DataCell(FirstRound, Csv: "") : Signed(round.CostMoved),
            ])]));
        var years = Book.Returns.Select(one => one.Round).ToList();
        var found = Book.Projects.Where(project => (string.IsNullOrWhiteSpace(Text) || project.Lines.Any(line => line.Line.Name.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase))) && (string.IsNullOrEmpty(Department) || project.Latest.Line.Department == Department))
            .OrderByDescending(project => project.Latest.Round).ThenBy(project => project.Latest.Line.Department, StringComparer.Ordinal).ThenBy(project => project.Latest.Line.Name, StringComparer.Ordinal).ToList();
        Found = found.Count;
        Number = Math.Clamp(Number, 1, Math.Max(1, (Found + PageSize - 1) / PageSize));
        var table = Table(found, years);
        // The file has all of them, whatever page is shown.
        Projects = Request.Query.ContainsKey("csv") ? Offer(table) : Offer(table with { Rows = [.. table.Rows.Skip((Number - 1) * PageSize).Take(PageSize)], CsvOf = $"all {Found} projects" });
        Departments = [new("", "Every department"), .. Book.Projects.Select(project => project.Latest.Line.Department).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new FieldOption(name, name))];
        return Page();
    }

    private DataTable Table(List<PortfolioProject> projects, List<int> years) => new(
        "projects", "Projects", [new("Project"), new("Department"), new("End moved, days", true), new("Cost moved, " + Book!.Returns[^1].Unit, true), .. years.Select(year => new DataColumn(year.ToString(CultureInfo.InvariantCulture)))],
        [.. projects.Select(project => (IReadOnlyList<DataCell>)
        [
            new DataCell(project.Latest.Line.Name, $"/portfolio/{Key}/projects/{Uri.EscapeDataString(project.Key)}"), project.Latest.Line.Department,
            project.EndMoved is { } days ? Signed(days) : "",
            project.CostMoved is { } cost ? Signed(cost) : "",
            .. years.Select(year => project.Lines.FirstOrDefault(line => line.Round == year) is { } line ? Rating(line) : (DataCell)""),
        ])])
    {
        Empty = "No project has these words in this department.",
    };

    // Ten rounds side by side have room for letters only; the file has the words.
    private DataCell Rating(ProjectLine line) => line.Line.Rating is not { } word ? new DataCell("–", Csv: "")
        : Book!.Place(line) is not { } place ? new DataCell(Letters(word), Csv: word)
        : new DataCell(Letters(word), Csv: word, Tag: place == 0 ? "green" : place == Book.Returns.First(one => one.Round == line.Round).Scale.Count - 1 ? "red" : "yellow");

    private string Letters(string word) => Abbreviations.FirstOrDefault(one => one.Word == word).Letters ?? word;

    /// <summary>Words in the columns of ratings with the letters that stand for each; none where two words would have the same.</summary>
    public IReadOnlyList<(string Letters, string Word)> Abbreviations => _abbreviations ??= Abbreviate(Book!);

    private IReadOnlyList<(string Letters, string Word)>? _abbreviations;

    private static IReadOnlyList<(string Letters, string Word)> Abbreviate(PortfolioBook book)
    {
        var words = book.Returns.SelectMany(one => one.Scale).Concat(book.Rounds.SelectMany(round => round.Ratings.Select(rating => rating.Word))).Where(word => word.Length > 0).Distinct(StringComparer.Ordinal)
            .Select(word => (Letters: string.Concat(word.Split([' ', '/', '-'], StringSplitOptions.RemoveEmptyEntries).Select(part => part[..1])), Word: word)).ToList();
        // Of two words with the same letters the first, the better known, keeps them.
        return [.. words.Where((one, i) => words.FindIndex(other => other.Letters == one.Letters) == i)];
    }

    private static DataCell Rated(RoundMovement round, int count) => round.ScaleChanged ? new DataCell("scale changed", Csv: "") : Moved(round, count);

    private static DataCell Moved(RoundMovement round, int count) => round.IsFirst ? new DataCell(FirstRound, Csv: "") : DataCell.Of(count);

    private static DataCell Signed(decimal moved) => new(moved.ToString("+#,0.#;−#,0.#;0", CultureInfo.InvariantCulture), Csv: moved.ToString(CultureInfo.InvariantCulture));
}
