using System.Globalization;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Web.Components;

/// <summary>How numbers and dates read on screen: British, with unit and interval, the same on every server.</summary>
public static class Format
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>What stands where nothing is known.</summary>
    public const string NotKnown = "not known";

    /// <summary>12 May 2017.</summary>
    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", British);

    /// <summary>12 May 2017, or what stands for an open end.</summary>
    public static string Date(DateOnly? date, string open) => date is { } day ? Date(day) : open;

    /// <summary>May 2017.</summary>
    public static string Month(DateOnly date) => date.ToString("MMMM yyyy", British);

    /// <summary>12 May 2017 at 17:04, in London.</summary>
    public static string Instant(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById("Europe/London")).ToString("d MMMM yyyy 'at' HH:mm:ss", British);

    /// <summary>1,248.</summary>
    public static string Count(long value) => value.ToString("N0", British);

    /// <summary>A number with a fixed number of decimals and thousands separators; a true minus sign.</summary>
    public static string Number(double value, int decimals = 1) =>
        Signless(Math.Round(value, decimals, MidpointRounding.AwayFromZero), decimals);

    /// <summary>A number with as many decimals as it was given, up to four.</summary>
    public static string Plain(double value) => value.ToString("#,0.####", British).Replace('-', '−');

    /// <summary>A signed number: +1.2, −0.4, 0.0.</summary>
    public static string Signed(double value, int decimals = 1)
    {
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        return rounded > 0 ? "+" + Signless(rounded, decimals) : Signless(rounded, decimals);
    }

    /// <summary>A share of 0 to 1 as a percentage: 71.9%.</summary>
    public static string Percent(double share, int decimals = 1) => Number(share * 100, decimals) + "%";

    /// <summary>An estimated share with its interval: "71.9% (95% interval 70.6 to 73.1)".</summary>
    public static string Share(Estimate? estimate, int decimals = 1) =>
        Interval(estimate, "%", 100, decimals);

    /// <summary>An estimated difference of shares: "−12.2 points (95% interval −13.0 to −11.4)".</summary>
    public static string Points(Estimate? estimate, int decimals = 1) =>
        Interval(estimate, " points", 100, decimals, signed: true);

    /// <summary>An estimate with unit and interval: "11.2 minutes (95% interval 10.9 to 11.5)".</summary>
    public static string Minutes(Estimate? estimate, int decimals = 1, bool signed = false) =>
        Interval(estimate, " minutes", 1, decimals, signed);

    /// <summary>An estimate times <paramref name="scale"/> with its unit and its 95% interval, or "not observed".</summary>
    public static string Interval(Estimate? estimate, string unit, double scale = 1, int decimals = 1, bool signed = false)
    {
        if (estimate?.Value is not { } value)
        {
            return "not observed";
        }

        var text = (signed ? Signed(value * scale, decimals) : Number(value * scale, decimals)) + unit;
        return estimate is { Lower: { } lower, Upper: { } upper }
            ? $"{text} (95% interval {Number(lower * scale, decimals)} to {Number(upper * scale, decimals)})"
            : text;
    }

    /// <summary>Words joined as a sentence does: "Barking, Havering and Redbridge".</summary>
    public static string List(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Count switch
        {
            0 => "",
            1 => words[0],
            _ => string.Join(", ", words.Take(words.Count - 1)) + " and " + words[^1],
        };
    }

    /// <summary>A count in words up to nine, as a sentence begins with it, else in figures.</summary>
    public static string Words(int count, bool capital = false)
    {
        string[] words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        var text = count >= 0 && count < words.Length ? words[count] : Count(count);
        return capital ? char.ToUpper(text[0], British) + text[1..] : text;
    }

    private static string Signless(double value, int decimals) =>
        (value == 0 ? 0 : value).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), British).Replace('-', '−');
}
