using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>A budget line with what was moved to and from it and what is charged to it.</summary>
/// <param name="Line">The line as approved.</param>
/// <param name="Moved">Money moved to it, less money moved from it.</param>
/// <param name="Spent">Actual spend charged to it.</param>
/// <param name="Forecast">Spend still expected, charged to it.</param>
public sealed record LedgerLine(BudgetLine Line, decimal Moved, decimal Spent, decimal Forecast)
{
    /// <summary>What the line holds now.</summary>
    public decimal Budget => Line.Amount + Moved;
}

/// <summary>What the numbers of a funding add up to, held against what is stated of them.</summary>
public sealed record FundingLedger
{
    private FundingLedger(Funding funding)
    {
        Lines = funding.Lines.Select(line => new LedgerLine(
            line, Moved(funding, line.For), funding.Spend.Where(spend => Same(spend.Line, line.For)).Sum(spend => spend.Actual ?? 0),
            funding.Spend.Where(spend => Same(spend.Line, line.For) && spend.Actual is null).Sum(spend => spend.Forecast ?? 0))).ToList();
        Sum = funding.Lines.Sum(line => line.Amount);
        Spent = funding.Spend.Sum(spend => spend.Actual ?? 0);
        // A period with an actual is over: its forecast is no longer to come.
        ToCome = funding.Spend.Where(spend => spend.Actual is null).Sum(spend => spend.Forecast ?? 0);
        Contingency = funding.Lines.Where(line => line.Contingency).Sum(line => line.Amount);
        ContingencyDrawn = Lines.Where(line => line.Line.Contingency).Sum(line => line.Spent - Math.Min(0, line.Moved));
        Approved = funding.Approved;
        Stated = funding.StatedTotal;
        HasLines = funding.Lines.Count > 0;
    }

    /// <summary>The lines with what moved and what was spent.</summary>
    public IReadOnlyList<LedgerLine> Lines { get; }

    /// <summary>Sum of the lines.</summary>
    public decimal Sum { get; }

    /// <summary>Total as stated.</summary>
    public decimal? Stated { get; }

    /// <summary>What was approved.</summary>
    public decimal? Approved { get; }

    /// <summary>Spent so far.</summary>
    public decimal Spent { get; }

    /// <summary>Expected to be spent yet.</summary>
    public decimal ToCome { get; }

    /// <summary>Contingency among the lines.</summary>
    public decimal Contingency { get; }

    /// <summary>Contingency that was spent or moved to other lines.</summary>
    public decimal ContingencyDrawn { get; }

    /// <summary>Whether there are lines to add up.</summary>
    public bool HasLines { get; }

    /// <summary>Stated total less the sum of the lines; null where either is not there.</summary>
    public decimal? StatedDifference => HasLines && Stated is { } stated ? stated - Sum : null;

    /// <summary>Approved less the sum of the lines; null where either is not there.</summary>
    public decimal? ApprovedDifference => HasLines && Approved is { } approved ? approved - Sum : null;

    /// <summary>Spent and to come less what was approved, or less the sum of the lines where no approval is recorded; null where nothing is to hold it against.</summary>
    public decimal? Overspend => (Approved ?? (HasLines ? Sum : Stated)) is { } limit && Spent + ToCome > 0 ? Spent + ToCome - limit : null;

    /// <summary>Adds up a funding.</summary>
    public static FundingLedger Of(Funding funding)
    {
        ArgumentNullException.ThrowIfNull(funding);
        return new(funding);
    }

    /// <summary>Virements and spend that cannot be: between lines that there are not, or from a line without enough.</summary>
    internal static IEnumerable<Problem> Check(Funding funding)
    {
        var held = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in funding.Lines)
        {
            if (!held.TryAdd(line.For.Trim(), line.Amount))
            {
                yield return new Problem("Two lines have the same name", Field: "lines", Found: line.For, Accepted: "a name of its own");
            }
        }

        for (var i = 0; i < funding.Virements.Count; i++)
        {
            var virement = funding.Virements[i];
            var field = $"virements[{i.ToString(System.Globalization.CultureInfo.InvariantCulture)}]";
            var (from, to) = (virement.From.Trim(), virement.To.Trim());
            if (virement.Amount <= 0)
            {
                yield return new Problem("A virement moves an amount greater than 0", Field: field + ".amount", Found: FieldWords.Number(virement.Amount, "£"));
            }
            else if (!held.TryGetValue(from, out var holds) || !held.ContainsKey(to) || string.Equals(from, to, StringComparison.OrdinalIgnoreCase))
            {
                yield return new Problem("A virement is between two lines of this funding", Field: field + ".from", Found: $"{from} to {to}", Accepted: string.Join(", ", held.Keys));
            }
            else if (holds < virement.Amount)
            {
                yield return new Problem(
                    $"\"{from}\" holds {FieldWords.Number(holds, "£")}, which is not enough", Field: field + ".amount", Found: FieldWords.Number(virement.Amount, "£"), Accepted: "at most " + FieldWords.Number(holds, "£"));
            }
            else
            {
                held[from] -= virement.Amount;
                held[to] += virement.Amount;
            }
        }

        foreach (var spend in funding.Spend.Where(spend => !string.IsNullOrWhiteSpace(spend.Line) && !held.ContainsKey(spend.Line.Trim())))
        {
            yield return new Problem("Spend is charged to a line of this funding", Field: "spend", Found: spend.Line, Accepted: string.Join(", ", held.Keys));
        }
    }

    private static decimal Moved(Funding funding, string line) =>
        funding.Virements.Where(virement => Same(virement.To, line)).Sum(virement => virement.Amount) - funding.Virements.Where(virement => Same(virement.From, line)).Sum(virement => virement.Amount);

    private static bool Same(string? a, string b) => string.Equals(a?.Trim(), b.Trim(), StringComparison.OrdinalIgnoreCase);
}
