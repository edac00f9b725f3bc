using System.Globalization;
using System.Text.RegularExpressions;

namespace Pathfinder.Platform.Records;

/// <summary>The words of partial dates. Seasons are those of the calendar as offices use them: spring is March to May, and so on; winter 2017 runs from December 2017.</summary>
internal static partial class PartialDateWords
{
    private static readonly string[] Days = ["yyyy-MM-dd", "d MMMM yyyy", "d MMM yyyy", "dd/MM/yyyy", "d/M/yyyy", "dd.MM.yyyy"];
    private static readonly string[] Months = ["yyyy-MM", "MMMM yyyy", "MMM yyyy"];

    public static (DateOnly First, DateOnly Last)? Read(string text)
    {
        var words = text.Replace("Sept ", "Sep ", StringComparison.OrdinalIgnoreCase);
        if (words.Split(" to ", 2, StringSplitOptions.TrimEntries) is [var before, var after] && before.Length > 0 && after.Length > 0)
        {
            return One(before) is var (first, _) && One(after) is var (_, last) && last >= first ? (first, last) : null;
        }

        return One(words);
    }

    /// <summary>A text with its days in numbers spelt out: 4/5/2017 is "4 May 2017".</summary>
    public static string Spelt(string text) => text.AsSpan().IndexOfAny('/', '.') < 0 ? text : Numbers().Replace(text, match =>
        DateOnly.TryParseExact(match.Value, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) : match.Value);

    private static (DateOnly First, DateOnly Last)? One(string text)
    {
        if (DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return (day, day);
        }

        if (DateOnly.TryParseExact(text, Months, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            return Span(month, 1);
        }

        var match = Pattern().Match(text);
        if (!match.Success || !int.TryParse(match.Groups["year"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1800 or > 2200)
        {
            return null;
        }

        if (match.Groups["next"].Success)
        {
            return (year + 1) % 100 == int.Parse(match.Groups["next"].ValueSpan, CultureInfo.InvariantCulture) ? Span(new DateOnly(year, 4, 1), 12) : null;
        }

        return match.Groups["part"].Value.ToUpperInvariant() switch
        {
            "" => Span(new DateOnly(year, 1, 1), 12),
            "SPRING" => Span(new DateOnly(year, 3, 1), 3),
            "SUMMER" => Span(new DateOnly(year, 6, 1), 3),
            "AUTUMN" => Span(new DateOnly(year, 9, 1), 3),
            "WINTER" => Span(new DateOnly(year, 12, 1), 3),
            "Q1" => Span(new DateOnly(year, 1, 1), 3),
            "Q2" => Span(new DateOnly(year, 4, 1), 3),
            "Q3" => Span(new DateOnly(year, 7, 1), 3),
            "Q4" => Span(new DateOnly(year, 10, 1), 3),
            "EARLY" => Span(new DateOnly(year, 1, 1), 4),
            "MID" => Span(new DateOnly(year, 5, 1), 4),
            "LATE" or "END OF" => Span(new DateOnly(year, 9, 1), 4),
            _ => null,
        };
    }

    private static (DateOnly First, DateOnly Last) Span(DateOnly first, int months) => (first, first.AddMonths(months).AddDays(-1));

    [GeneratedRegex(@"\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^(?:(?<part>spring|summer|autumn|winter|q[1-4]|early|mid|late|end of)[ -])?(?<year>\d{4})(?:/(?<next>\d{2}))?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
