using System.Globalization;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>How periods are written in tables that people send: one way a table.</summary>
internal static class ObservationPeriods
{
    /// <summary>What is read, for an error message.</summary>
    public const string Accepted = "2017-04, 04/2017, 2017-04-26, 26/04/2017, Apr-17, April 17, April 2017, Q2 2017, 2017/18 or 2017, one way throughout";

    // One line a way of writing; a month's name may be whole or short within one way, as May is both.
    private static readonly (string Way, string[] Formats, bool Month)[] Ways =
    [
        ("day-iso", ["yyyy-MM-dd"], false), ("month-iso", ["yyyy-MM"], true), ("day-british", ["dd/MM/yyyy", "d/M/yyyy"], false), ("day-words", ["d MMMM yyyy", "d MMM yyyy"], false),
        ("month-slash", ["MM/yyyy", "M/yyyy"], true), ("month-dash", ["MMM-yy", "MMMM-yy"], true), ("month-year", ["MMM yyyy", "MMMM yyyy"], true), ("month-short-year", ["MMM yy", "MMMM yy"], true),
    ];

    /// <summary>The way in which a period is written; null where it is none.</summary>
    public static string? WayOf(string text) =>
        Array.Find(Ways, way => TryExact(text, way.Formats, out _)).Way ?? (PartialDate.TryParse(text, out var date) ? "stated-" + Programme.Measures.ObservedValues.LengthOf(date).ToString(CultureInfo.InvariantCulture) : null);

    /// <summary>Whether a period can be read in a way of writing.</summary>
    public static bool Fits(string text, string written) =>
        Array.Find(Ways, way => way.Way == written) is { Formats: { } formats } ? TryExact(text, formats, out _) : WayOf(text) == written;

    /// <summary>The period; call only where it <see cref="Fits"/>.</summary>
    public static PartialDate Read(string text, string written)
    {
        var way = Array.Find(Ways, one => one.Way == written);
        if (way.Formats is null)
        {
            return PartialDate.TryParse(text, out var stated) ? stated : throw new FormatException(text);
        }

        _ = TryExact(text, way.Formats, out var day);
        return way.Month ? Month(day) : PartialDate.Of(day);
    }

    /// <summary>Days that are all the first, or all the last, of their months stand for the months.</summary>
    public static PartialDate[] AsMonths(PartialDate[] periods) =>
        periods.Length > 1 && Array.TrueForAll(periods, period => period.IsDay)
        && (Array.TrueForAll(periods, period => period.First.Day == 1) || Array.TrueForAll(periods, period => period.First.AddDays(1).Day == 1))
            ? Array.ConvertAll(periods, period => Month(period.First)) : periods;

    private static PartialDate Month(DateOnly day) =>
        PartialDate.TryParse(day.ToString("yyyy-MM", CultureInfo.InvariantCulture), out var month) ? month : throw new FormatException("A month is always a date.");

    private static bool TryExact(string text, string[] formats, out DateOnly day) =>
        DateOnly.TryParseExact(text.Replace("Sept ", "Sep ", StringComparison.OrdinalIgnoreCase).Replace("Sept-", "Sep-", StringComparison.OrdinalIgnoreCase), formats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out day);
}
