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

    /// <summary>Seconds since 1970 UTC of a text, or the reason why it cannot be read.</summary>
    public RowFault? Read(ReadOnlySpan<char> text, out long seconds)
    {
        seconds = 0;
        if (_offset)
        {
            if (DateTimeOffset.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact))
            {
                seconds = exact.ToUnixTimeSeconds();
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

        TimeSpan offset;
        if (_zone.IsAmbiguousTime(local))
        {
            var offsets = _zone.GetAmbiguousTimeOffsets(local);
            switch (mapping.Ambiguous)
            {
                case AmbiguousTime.First: offset = offsets.Max(); break;
                case AmbiguousTime.Second: offset = offsets.Min(); break;
                default: return RowFault.TimeHappensTwice;
            }
        }
        else
        {
            offset = _zone.GetUtcOffset(local);
        }

        seconds = new DateTimeOffset(local, offset).ToUnixTimeSeconds();
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
