using System.Globalization;

namespace Pathfinder.Platform.Evidence;

/// <summary>Reads the times of a log: local, by the time zone that the mapping states, or with an offset of their own.</summary>
internal sealed class LogClock(LogMapping mapping)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(mapping.TimeZone);
    private readonly string[] _formats = [.. mapping.Formats];
    private readonly bool _offset = mapping.Formats.Any(HasOffset);

    /// <summary>Whether a format has an offset of its own.</summary>
    public static bool HasOffset(string format) => format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal);

    /// <summary>Seconds since 1970 UTC at which a day begins by the clocks of the log.</summary>
    public long BeginningOf(DateOnly day)
    {
        // A day may begin in an hour that clocks skip, where they change at midnight: it then begins as they jump.
        var midnight = day.ToDateTime(default);
        return new DateTimeOffset(midnight, _zone.GetUtcOffset(midnight)).ToUnixTimeSeconds();
    }

    /// <summary>The day that clocks of the log show at an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _zone).DateTime);

    /// <summary>Seconds since 1970 UTC of a text: twice the same, or both readings where clocks went back over it. Or the reason why it cannot be read.</summary>
    public RowFault? Read(ReadOnlySpan<char> text, out (long First, long Second) seconds)
    {
        seconds = default;
        if (_offset)
        {
            if (DateTimeOffset.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact))
            {
                seconds = (exact.ToUnixTimeSeconds(), exact.ToUnixTimeSeconds());
                return null;
            }

            return RowFault.UnreadableTime;
        }

        if (!DateTime.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return OwnOffset(text) ? RowFault.AnotherTimeZone : RowFault.UnreadableTime;
        }

        if (_zone.IsInvalidTime(local))
        {
            return RowFault.TimeDoesNotExist;
        }

        // In ticks, because a DateTimeOffset cannot hold the first hours of the year 1 east of Greenwich.
        var told = (local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        long With(TimeSpan offset) => told - (long)offset.TotalSeconds;
        if (_zone.IsAmbiguousTime(local))
        {
            var offsets = _zone.GetAmbiguousTimeOffsets(local);
            seconds = (With(offsets.Max()), With(offsets.Min()));
        }
        else
        {
            var offset = _zone.GetUtcOffset(local);
            seconds = (With(offset), With(offset));
        }

        return null;
    }

    // "…Z" or "…+01:00" at the end of a time that should have none.
    private static bool OwnOffset(ReadOnlySpan<char> text)
    {
        if (text.Length > 10 && text[^1] is 'Z' or 'z')
        {
            return true;
        }

        var sign = text.LastIndexOfAny('+', '-');
        return sign > 10 && text[..sign].Contains(':') && text[(sign + 1)..].Length is 2 or 4 or 5;
    }
}
