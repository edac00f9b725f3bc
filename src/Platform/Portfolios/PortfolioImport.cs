using System.Globalization;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Portfolios;

/// <summary>What an import of returns brought.</summary>
/// <param name="Rounds">Lines by round.</param>
/// <param name="WithoutId">Lines that have no id and are matched by name and department.</param>
/// <param name="Recorded">Rounds recorded; 0 where all were there already.</param>
public sealed record PortfolioImported(string Portfolio, IReadOnlyDictionary<int, int> Rounds, int WithoutId, int Recorded);

/// <summary>Brings a file of returns into the store, all or nothing.</summary>
public sealed class PortfolioImport(IRecords records, IProgrammeExchange exchange)
{
    private const int MaximumProblems = 200;

    /// <summary>Imports a file. Refused with every fault by row and field; a round that is there with the same lines is skipped.</summary>
    /// <param name="actor">Who must be permitted; null for whoever operates the store.</param>
    public async Task<Outcome<PortfolioImported>> ImportAsync(Actor? actor, ChangeContext who, string csv, string file, PortfolioMapping mapping, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var problems = new List<Problem>();
        var rounds = Read(csv, file, mapping, problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var kind = records.Catalogue.Get<PortfolioReturn>();
        var versions = rounds.Select((round, i) =>
        {
            var known = new DateOnly(round.Key, mapping.Known.Month, mapping.Known.Day);
            var body = ReturnLines.With(
                new PortfolioReturn
                {
                    Title = $"{mapping.Title}, {round.Key.ToString(CultureInfo.InvariantCulture)}", Portfolio = mapping.Portfolio, Round = round.Key, Scale = mapping.ScaleOf(round.Key)!.Words, Unit = mapping.Unit, Origin = mapping.Source,
                    Departments = [.. mapping.Departments.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} = {string.Join(", ", pair.Value)}")],
                },
                round.Value);
            return new ProgrammeFileRecord(kind, $"{mapping.Portfolio}-{round.Key.ToString(CultureInfo.InvariantCulture)}", body, known, null, known, who.Why, i + 1);
        }).ToList();
        var imported = await exchange.ImportAsync(actor, who, [new ProgrammeFile(file, mapping.Title, versions)], cancellation);
        return imported.Succeeded
            ? new PortfolioImported(mapping.Portfolio, rounds.ToDictionary(round => round.Key, round => round.Value.Count), rounds.Values.Sum(lines => lines.Count(line => line.Id is null)), imported.Value.Recorded)
            : Outcome.Refused<PortfolioImported>(imported.Problems);
    }

    private static SortedDictionary<int, List<ReturnLine>> Read(string text, string file, PortfolioMapping mapping, List<Problem> problems)
    {
        var rounds = new SortedDictionary<int, List<ReturnLine>>();
        var csv = new CsvRecords(text);
        if (!csv.Read())
        {
            problems.Add(new Problem("The file is empty", file, Accepted: "CSV with a heading"));
            return rounds;
        }

        var headings = csv.Fields.ToList();
        var at = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (field, column) in mapping.Columns)
        {
            at[field] = headings.IndexOf(column);
            if (at[field] < 0)
            {
                problems.Add(new Problem("The file has no such column", file, 1, column, string.Join(", ", headings), $"the heading that the mapping names for {field}"));
            }
        }

        var seen = new HashSet<(int, string, string)>();
        var ids = new HashSet<(int, string)>();
        while (problems.Count < MaximumProblems && at.Values.All(place => place >= 0) && csv.Read())
        {
            var line = csv.Line;
            void Fault(string message, string field, string? found, string? accepted) => problems.Add(new Problem(message, file, line, mapping.Columns.GetValueOrDefault(field, field), found, accepted));
            if (csv.Malformed || csv.Fields.Count != headings.Count)
            {
                problems.Add(new Problem("This line does not fit the heading", file, line, Found: $"{csv.Fields.Count.ToString(CultureInfo.InvariantCulture)} fields", Accepted: $"{headings.Count.ToString(CultureInfo.InvariantCulture)} fields, quotation marks in pairs"));
                continue;
            }

            string? Given(string field) => at.TryGetValue(field, out var place) && csv.Fields[place] is { Length: > 0 } value ? value : null;
            DateOnly? Day(string field)
            {
                if (Given(field) is not { } value)
                {
                    return null;
                }

                if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    return day;
                }

                Fault("This is not a day", field, value, "year-month-day");
                return null;
            }

            decimal? Number(string field)
            {
                if (Given(field) is not { } value)
                {
                    return null;
                }

                if (decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number))
                {
                    return number;
                }

                Fault("This is not a number", field, value, "digits with a point for decimals");
                return null;
            }

            if (!int.TryParse(Given("round"), NumberStyles.None, CultureInfo.InvariantCulture, out var round) || round is < 1900 or > 2200)
            {
                Fault("This is not a year", "round", Given("round"), "four digits");
                continue;
            }

            var (name, department, rating) = (Given("name"), Given("department"), Given("rating"));
            if (name is null || department is null)
            {
                Fault("A name and a department are needed", name is null ? "name" : "department", null, "a text");
                continue;
            }

            if (mapping.ScaleOf(round) is not { } scale)
            {
                Fault("The mapping has no scale for this round", "round", Given("round"), "a scale whose from and until hold it");
                continue;
            }

            if (rating is not null && !scale.Words.Contains(rating, StringComparer.Ordinal) && !mapping.NoRating.Contains(rating, StringComparer.Ordinal))
            {
                Fault($"This is no rating of {round.ToString(CultureInfo.InvariantCulture)}", "rating", rating, string.Join(", ", scale.Words.Concat(mapping.NoRating)));
            }

            if (!seen.Add((round, name, department)))
            {
                Fault("The project stands twice in this round", "name", name, "a name once a department and round");
            }

            if (Given("id") is { } id && !ids.Add((round, id)))
            {
                Fault("The id stands twice in this round", "id", id, "an id once a round");
            }

            if (!rounds.TryGetValue(round, out var lines))
            {
                rounds[round] = lines = [];
            }

            lines.Add(new ReturnLine(Given("id"), name, department, Given("category"), rating, Day("start"), Day("end"), Number("budget"), Number("forecast"), Number("cost"), Number("benefits")));
        }

        if (rounds.Count == 0 && problems.Count == 0)
        {
            problems.Add(new Problem("The file has no line", file, Accepted: "a line a project and round"));
        }

        return rounds;
    }
}
