using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>Days as the programme counts them, in Europe/London.</summary>
public static class LondonTime
{
    /// <summary>The time zone of every known and effective day.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>Today in London.</summary>
    public static DateOnly LondonToday(this TimeProvider time) => DayOf(time.GetUtcNow());

    /// <summary>The London day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>What holds today as known today.</summary>
    public static AsAt Now(this TimeProvider time) => new(time.LondonToday(), time.LondonToday());

    internal static long RecordedOrLatest(this AsAt at) => at.Recorded?.ToMicroseconds() ?? long.MaxValue;
}
