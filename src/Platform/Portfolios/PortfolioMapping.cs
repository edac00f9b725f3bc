using System.Globalization;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Portfolios;

/// <summary>A scale of ratings and the rounds in which it was used.</summary>
/// <param name="From">First round; null for the earliest.</param>
/// <param name="Until">Last round; null while it is in use.</param>
/// <param name="Words">From the best to the worst.</param>
public sealed record MappedScale(int? From, int? Until, IReadOnlyList<string> Words);

/// <summary>How a file of returns is to be read (docs/guides/portfolio-returns.md).</summary>
public sealed record PortfolioMapping
{
    /// <summary>Columns that can be mapped; those without a mark may be left out.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["round", "id", "name", "department", "category", "rating", "start", "end", "budget", "forecast", "cost", "benefits"];

    private static readonly string[] Needed = ["round", "name", "department", "rating"];

    /// <summary>Key of the portfolio.</summary>
    public required string Portfolio { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>Where the file comes from, and under which licence.</summary>
    public required string Source { get; init; }

    /// <summary>The unit of its money, "£m".</summary>
    public required string Unit { get; init; }

    /// <summary>Month and day of a round's year from which the return was known, "07-20".</summary>
    public required (int Month, int Day) Known { get; init; }

    /// <summary>The column of each field; fields that the file has not are left out.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>The scales; each round has one.</summary>
    public required IReadOnlyList<MappedScale> Scales { get; init; }

    /// <summary>Words in the column of ratings that are none: exempt, reset.</summary>
    public IReadOnlyList<string> NoRating { get; init; } = [];

    /// <summary>Departments by the name that stands for all names they had.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Departments { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>The scale of a round, or null.</summary>
    public MappedScale? ScaleOf(int round) => Scales.FirstOrDefault(scale => !(round < scale.From) && !(round > scale.Until));

    /// <summary>Reads a mapping. Refused with every fault at once.</summary>
    public static Outcome<PortfolioMapping> Read(string yaml, string? file = null)
    {
        var problems = new List<Problem>();
        if (YamlFields.Read(yaml, file, problems) is not { } fields)
        {
            return problems;
        }

        var portfolio = fields.Text("portfolio");
        if (portfolio.Length > 0 && !Records.RecordKeys.IsKey(portfolio))
        {
            fields.Fault("This cannot be a key", "portfolio", portfolio, Records.RecordKeys.Accepted);
        }

        var (title, source, unit, known) = (fields.Text("title"), fields.Text("source"), fields.Text("unit"), fields.Text("known"));
        var day = DateOnly.TryParseExact("2000-" + known, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : (DateOnly?)null;
        if (known.Length > 0 && day is null)
        {
            fields.Fault("This is not a day of a year", "known", known, "month and day, as 07-20");
        }

        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        if (fields.FieldsOrNull("columns") is { } mapped)
        {
            foreach (var name in Fields)
            {
                if (mapped.TextOrNull(name) is { } column)
                {
                    columns[name] = column;
                }
                else if (Needed.Contains(name, StringComparer.Ordinal))
                {
                    mapped.Fault("A column is needed", name, null, "the heading of the column");
                }
            }

            mapped.RefuseOthers();
        }
        else
        {
            fields.Fault("The columns are needed", "columns", null, "field: heading, for " + string.Join(", ", Fields));
        }

        var scales = new List<MappedScale>();
        foreach (var scale in fields.List("scales"))
        {
            var words = scale.Texts("words");
            if (words.Count < 2)
            {
                scale.Fault("A scale has at least two words", "words", null, "a list from the best to the worst");
            }

            scales.Add(new MappedScale((int?)scale.NumberOrNull("from"), (int?)scale.NumberOrNull("until"), words));
            scale.RefuseOthers();
        }

        if (scales.Count == 0)
        {
            fields.Fault("The scales are needed", "scales", null, "a list of from, until and words");
        }

        var departments = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (fields.FieldsOrNull("departments") is { } named)
        {
            foreach (var name in named.Names)
            {
                departments[name] = named.Texts(name);
            }

            named.RefuseOthers();
        }

        var none = fields.Texts("noRating");
        fields.RefuseOthers();
        return problems.Count > 0 ? problems : new PortfolioMapping
        {
            Portfolio = portfolio, Title = title, Source = source, Unit = unit, Known = (day!.Value.Month, day.Value.Day), Columns = columns, Scales = scales, NoRating = none, Departments = departments,
        };
    }
}
