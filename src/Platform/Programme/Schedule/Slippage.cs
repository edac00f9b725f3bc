using System.Globalization;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>What can be said of two dates, one of which was to be held to.</summary>
public enum SlippageVerdict
{
    /// <summary>Every day that the later statement can mean is before every day of the earlier one.</summary>
    Earlier,

    /// <summary>The same day, or the same words.</summary>
    OnTime,

    /// <summary>Every day that the later statement can mean is after every day of the earlier one.</summary>
    Later,

    /// <summary>The two overlap: one of them is too coarse to tell.</summary>
    CannotTell,
}

/// <summary>How far one date is from another, as exactly as they are stated and no more.</summary>
/// <param name="Verdict">What can be said.</param>
/// <param name="LeastDays">The fewest days it can be later; less than 0 where it can be earlier.</param>
/// <param name="MostDays">The most days it can be later; less than 0 where it is certainly earlier.</param>
/// <param name="Words">"65 days later", "one to three months later", "on time", "cannot be told: the baseline is only a month".</param>
public sealed record Slippage(SlippageVerdict Verdict, int LeastDays, int MostDays, string Words)
{
    /// <summary>Whether both dates are days.</summary>
    public bool IsExact => LeastDays == MostDays;

    /// <summary>How it stands on a page.</summary>
    public Standing Standing => Verdict switch
    {
        SlippageVerdict.Later => Standing.Watch,
        SlippageVerdict.CannotTell => Standing.Missing,
        _ => Standing.Good,
    };

    /// <summary>How far <paramref name="to"/> is from <paramref name="from"/>; the names are how the words call them.</summary>
    public static Slippage Between(PartialDate from, PartialDate to, string fromName = "baseline", string toName = "forecast")
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var least = to.First.DayNumber - from.Last.DayNumber;
        var most = to.Last.DayNumber - from.First.DayNumber;
        if (from.First == to.First && from.Last == to.Last)
        {
            return new(SlippageVerdict.OnTime, least, most, from.IsDay ? "on time" : $"on time: both say {from.Text}");
        }

        if (least > 0)
        {
            return new(SlippageVerdict.Later, least, most, Distance(from.First, from.Last, to.First, to.Last) + " later");
        }

        if (most < 0)
        {
            return new(SlippageVerdict.Earlier, least, most, Distance(to.First, to.Last, from.First, from.Last) + " earlier");
        }

        var (name, coarse) = from.IsDay ? (toName, to) : (fromName, from);
        return new(SlippageVerdict.CannotTell, least, most, $"cannot be told: the {name} is only {Precision(coarse)}");
    }

    /// <summary>How exact a partial date is: "a day", "a month", "a quarter", "a year", "a span of 46 days".</summary>
    public static string Precision(PartialDate date)
    {
        ArgumentNullException.ThrowIfNull(date);
        var whole = date.First.Day == 1 && date.Last.AddDays(1).Day == 1;
        var months = Months(date.First, date.Last.AddDays(1));
        return (date.IsDay, whole, months) switch
        {
            (true, _, _) => "a day",
            (_, true, 1) => "a month",
            (_, true, 3) => "a quarter of a year",
            (_, true, 12) => "a year",
            (_, true, _) => $"a span of {Numbers.InWords(months)} months",
            _ => $"a span of {Numbers.Of(date.Last.DayNumber - date.First.DayNumber + 1)} days",
        };
    }

    // From the end of the earlier to the start of the later is the least, from start to end the most; months round outwards.
    private static string Distance(DateOnly earlierFirst, DateOnly earlierLast, DateOnly laterFirst, DateOnly laterLast)
    {
        var least = laterFirst.DayNumber - earlierLast.DayNumber;
        var most = laterLast.DayNumber - earlierFirst.DayNumber;
        if (least == most)
        {
            return Days(least);
        }

        var (fewest, full) = (Months(earlierLast, laterFirst), Months(earlierFirst, laterLast));
        if (fewest == 0)
        {
            return $"{Numbers.Of(least)} to {Days(most)}";
        }

        var greatest = earlierFirst.AddMonths(full) == laterLast ? full : full + 1;
        return fewest == greatest
            ? $"{Numbers.InWords(fewest)} month{(fewest == 1 ? "" : "s")}"
            : $"{Numbers.InWords(fewest)} to {Numbers.InWords(greatest)} months";
    }

    private static string Days(int days) => $"{Numbers.Of(days)} day{(days == 1 ? "" : "s")}";

    private static int Months(DateOnly from, DateOnly to)
    {
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        return from.AddMonths(months) > to ? months - 1 : months;
    }
}

/// <summary>Numbers in the sentences of findings: words up to nine, figures with separators above.</summary>
public static class Numbers
{
    private static readonly string[] Small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>"five", "12", "1,248"; with a capital where it begins a sentence.</summary>
    public static string InWords(int number, bool capital = false)
    {
        var text = number >= 0 && number < Small.Length ? Small[number] : Of(number);
        return capital ? char.ToUpperInvariant(text[0]) + text[1..] : text;
    }

    /// <summary>How many of something named before: "none", "five", "12".</summary>
    public static string HowMany(int number, bool capital = false) => number == 0 ? capital ? "None" : "none" : InWords(number, capital);

    /// <summary>"1,248".</summary>
    public static string Of(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"one milestone", "five milestones", "no milestones".</summary>
    public static string Counted(int number, string one, string many, bool capital = false) => $"{InWords(number, capital)} {(number == 1 ? one : many)}";

    /// <summary>"12 May 2017".</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
