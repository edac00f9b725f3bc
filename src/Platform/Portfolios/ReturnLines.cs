using System.Globalization;
using System.Runtime.CompilerServices;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Portfolios;

/// <summary>A line of a return. Money is in the unit of the return; null where the return gives none.</summary>
public sealed record ReturnLine(
    string? Id, string Name, string Department, string? Category, string? Rating, DateOnly? Start, DateOnly? End, decimal? Budget, decimal? Forecast, decimal? Cost, decimal? Benefits);

/// <summary>Lines of a return as text and back.</summary>
public static class ReturnLines
{
    private const int Fields = 11;

    private static readonly ConditionalWeakTable<PortfolioReturn, IReadOnlyList<ReturnLine>> Kept = [];

    /// <summary>The return with these lines in place of its own, in order of department and name.</summary>
    public static PortfolioReturn With(PortfolioReturn one, IEnumerable<ReturnLine> lines)
    {
        ArgumentNullException.ThrowIfNull(one);
        var ordered = lines.OrderBy(line => line.Department, StringComparer.Ordinal).ThenBy(line => line.Name, StringComparer.Ordinal).ToList();
        var values = string.Concat(ordered.Select(Text));
        return one with { Values = values, Count = ordered.Count, Fingerprint = ReturnFingerprint.Of(values) };
    }

    /// <summary>The lines of a return. Throws <see cref="FormatException"/> where one is none; <see cref="ReturnFingerprint.Check"/> keeps such a return out of the store.</summary>
    public static IReadOnlyList<ReturnLine> Of(PortfolioReturn one) => Kept.GetValue(one, Read);

    private static IReadOnlyList<ReturnLine> Read(PortfolioReturn one)
    {
        var lines = new List<ReturnLine>(one.Count);
        var csv = new CsvRecords(one.Values);
        while (csv.Read())
        {
            if (csv.Malformed || csv.Fields.Count != Fields)
            {
                throw new FormatException($"No line of a return: line {csv.Line} of {one.Title}.");
            }

            string? Given(int at) => csv.Fields[at].Length > 0 ? csv.Fields[at] : null;
            decimal? Number(int at) => Given(at) is { } text ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;
            DateOnly? Day(int at) => Given(at) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
            lines.Add(new ReturnLine(Given(0), csv.Fields[1], csv.Fields[2], Given(3), Given(4), Day(5), Day(6), Number(7), Number(8), Number(9), Number(10)));
        }

        return lines;
    }

    private static string Text(ReturnLine line) => string.Join(',', new[]
    {
        line.Id, line.Name, line.Department, line.Category, line.Rating, Day(line.Start), Day(line.End), Number(line.Budget), Number(line.Forecast), Number(line.Cost), Number(line.Benefits),
    }.Select(field => Quote(field ?? ""))) + "\n";

    private static string Quote(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Number(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
}
