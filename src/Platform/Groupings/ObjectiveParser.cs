using System.Globalization;
using System.Text.RegularExpressions;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Groupings;

/// <summary>
/// The grammar of objectives:
/// <code>
/// objective = criterion { " then " criterion }
/// criterion = [ "min " | "max " ] ( term | weight "*" term { " + " weight "*" term } )
/// term      = name [ ":" argument { "," argument } ]      or      name "(" arguments ")"
/// </code>
/// Names: deviation, balanced, largest, smallest, diameter, inertia, internal-border, external-border, ties, total, worst.
/// A weighted sum takes names that add up over groups: inertia, internal-border, external-border, ties, total.
/// </summary>
public static partial class ObjectiveParser
{
    private static readonly string[] Sums = ["inertia", "internal-border", "external-border", "ties", "total"];

    private static readonly string[] Known = ["deviation", "balanced", "largest", "smallest", "diameter", "worst", .. Sums];

    /// <summary>The grammar in a few lines, for help texts.</summary>
    public static string Grammar { get; } =
        """
        An objective is a criterion, or several joined by " then " (ties of the first are decided by the second).
          deviation:COLUMN        largest |sum - mean| / mean of a group          (less is better)
          balanced:COLUMN         all deviations, sorted, worst first             (less is better)
          largest:COLUMN          largest sum of a group                          (less is better)
          smallest:COLUMN         smallest sum of a group                         (more is better)
          diameter[:X,Y]          largest distance between two units of a group   (less is better; columns x_km,y_km)
          inertia:COLUMN[,X,Y]    sum of COLUMN x squared distance to its centroid (less is better)
          internal-border         km of border inside groups                      (more is better)
          external-border         km of border between groups, from both sides    (less is better)
          ties                    weight of the ties kept (--ties)                (more is better)
          total:COLUMN            sum of a value of whole groups (--group-values) (less is better)
          worst:COLUMN            largest value of a group (--group-values)       (less is better)
        "max " or "min " before a criterion turns it round. Weighted sums: "0.7*inertia:crime + 0.3*external-border".
        """;

    /// <summary>Reads an objective. Problems go to the list; null when there are any.</summary>
    internal static ObjectiveSpec? Objective(string text, GroupingInput input, List<Problem> problems)
    {
        var criteria = new List<CriterionSpec>();
        foreach (var part in text.Split(" then ", StringSplitOptions.TrimEntries))
        {
            if (Criterion(part, input, problems) is { } criterion)
            {
                criteria.Add(criterion);
            }
            else
            {
                return null;
            }
        }

        return new ObjectiveSpec(text, criteria);
    }

    /// <summary>Reads a list of criteria separated by commas, where a comma may also stand between a criterion's arguments.</summary>
    internal static List<CriterionSpec> List(IEnumerable<string> texts, GroupingInput input, List<Problem> problems)
    {
        var pieces = new List<string>();
        foreach (var piece in texts.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (pieces.Count > 0 && !StartsCriterion(piece) && (pieces[^1].Contains(':', StringComparison.Ordinal) || pieces[^1].Contains('(', StringComparison.Ordinal)))
            {
                pieces[^1] += "," + piece;
            }
            else
            {
                pieces.Add(piece);
            }
        }

        return [.. pieces.Select(piece => Criterion(piece, input, problems)).OfType<CriterionSpec>()];
    }

    internal static CriterionSpec? Criterion(string text, GroupingInput input, List<Problem> problems)
    {
        bool? more = text.StartsWith("max ", StringComparison.Ordinal) ? true : text.StartsWith("min ", StringComparison.Ordinal) ? false : null;
        var body = more is null ? text.Trim() : text[4..].Trim();
        var terms = body.Split(" + ", StringSplitOptions.TrimEntries);
        if (terms.Length == 1 && !body.Contains('*', StringComparison.Ordinal))
        {
            return Term(body, input, problems) is { } single ? new CriterionSpec(text.Trim(), [(1, single)], more ?? single.MoreIsBetter, IsSum: false) : null;
        }

        var weighted = new List<(double Weight, TermSpec Term)>();
        foreach (var term in terms)
        {
            var star = term.IndexOf('*', StringComparison.Ordinal);
            var weight = 1.0;
            if (star >= 0 && (!double.TryParse(term[..star], NumberStyles.Float, CultureInfo.InvariantCulture, out weight) || weight < 0 || !double.IsFinite(weight)))
            {
                problems.Add(new Problem("A weight must be a number of at least 0", Field: "--objective", Found: term, Accepted: "such as 0.5*inertia:crime"));
                return null;
            }

            if (Term(term[(star + 1)..].Trim(), input, problems) is not { } spec)
            {
                return null;
            }

            if (!Sums.Contains(spec.Name, StringComparer.Ordinal))
            {
                problems.Add(new Problem("Only criteria that add up over groups can be weighed together", Field: "--objective", Found: spec.Name, Accepted: string.Join(", ", Sums)));
                return null;
            }

            weighted.Add((weight, spec));
        }

        return new CriterionSpec(text.Trim(), weighted, more ?? false, IsSum: true);
    }

    private static bool StartsCriterion(string piece) => Known.Contains(NameOf().Match(piece) is { Success: true } match ? match.Groups["name"].Value : "", StringComparer.Ordinal);

    private static TermSpec? Term(string text, GroupingInput input, List<Problem> problems)
    {
        var match = TermOf().Match(text);
        var name = match.Success ? match.Groups["name"].Value : text;
        string[] arguments = [.. match.Groups["args"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        var before = problems.Count;
        switch (name)
        {
            case "deviation" or "balanced" or "largest" or "smallest":
                Expect(text, arguments, 1, 1, problems);
                Columns(arguments, input, problems);
                break;
            case "diameter":
                arguments = arguments.Length == 0 ? ["x_km", "y_km"] : arguments;
                Expect(text, arguments, 2, 2, problems);
                Columns(arguments, input, problems);
                break;
            case "inertia":
                arguments = arguments.Length == 1 ? [arguments[0], "x_km", "y_km"] : arguments;
                Expect(text, arguments, 3, 3, problems);
                Columns(arguments, input, problems);
                break;
            case "internal-border" or "external-border":
                Expect(text, arguments, 0, 0, problems);
                if (!input.HasLengths)
                {
                    problems.Add(new Problem("The graph has no lengths of borders", Field: "--objective", Found: text, Accepted: "a column border_km in the graph"));
                }

                break;
            case "ties":
                Expect(text, arguments, 0, 0, problems);
                if (input.Ties.Count == 0)
                {
                    problems.Add(new Problem("No ties are given", Field: "--objective", Found: text, Accepted: "a file of ties, with --ties"));
                }

                break;
            case "total" or "worst":
                Expect(text, arguments, 1, 1, problems);
                if (arguments.Length == 1 && !input.GroupValues.ContainsKey(arguments[0]))
                {
                    problems.Add(new Problem("No value of whole groups has this name", Field: "--objective", Found: arguments[0],
                        Accepted: input.GroupValues.Count > 0 ? string.Join(", ", input.GroupValues.Keys.Order(StringComparer.Ordinal)) : "a column of the file given with --group-values"));
                }

                break;
            default:
                problems.Add(new Problem("Unknown criterion", Field: "--objective", Found: text, Accepted: string.Join(", ", Known.Order(StringComparer.Ordinal))));
                break;
        }

        if (problems.Count == before && name is "deviation" or "balanced" or "inertia")
        {
            Weights(arguments[0], input, problems);
        }

        return problems.Count > before ? null : new TermSpec(name, arguments);
    }

    private static void Expect(string text, string[] arguments, int least, int most, List<Problem> problems)
    {
        if (arguments.Length < least || arguments.Length > most)
        {
            problems.Add(new Problem("The criterion has the wrong number of columns", Field: "--objective", Found: text, Accepted: least == most ? $"{least}" : $"{least} to {most}"));
        }
    }

    private static void Columns(string[] columns, GroupingInput input, List<Problem> problems)
    {
        foreach (var column in columns.Where(column => !input.Columns.ContainsKey(column)))
        {
            problems.Add(new Problem("No numeric column has this name", input.MeasuresFile, Field: "--objective", Found: column,
                Accepted: input.MeasuresFile is null ? "a column of the file given with --measures" : string.Join(", ", input.Columns.Keys.Order(StringComparer.Ordinal))));
        }
    }

    private static void Weights(string column, GroupingInput input, List<Problem> problems)
    {
        if (!input.Columns.TryGetValue(column, out var values))
        {
            return;
        }

        for (var unit = 0; unit < values.Length; unit++)
        {
            if (values[unit] < 0)
            {
                problems.Add(new Problem("A weight may not be negative", input.MeasuresFile, input.MeasureLines[unit], column, values[unit].ToString(CultureInfo.InvariantCulture), "a number of at least 0"));
            }
        }

        if (!(values.Sum() > 0))
        {
            problems.Add(new Problem("The column sums to nothing, so no group can have its share of it", input.MeasuresFile, Field: column, Found: "0", Accepted: "a positive sum"));
        }
    }

    [GeneratedRegex(@"^(?<name>[a-z-]+)(?::(?<args>.+)|\((?<args>.*)\))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TermOf();

    [GeneratedRegex(@"^(?:(?:min|max) )?(?:[0-9.eE+-]+\*)?(?<name>[a-z-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOf();
}
