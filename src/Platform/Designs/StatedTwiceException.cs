using System.Globalization;
using System.Text.Json;

namespace Pathfinder.Platform.Designs;

/// <summary>A design that is read gives one assumption two values.</summary>
#pragma warning disable CA1032 // It is thrown in one place, with what it tells.
public sealed class StatedTwiceException(string key, double first, double second)
    : JsonException($"{key} is given two values")
#pragma warning restore CA1032
{
    /// <summary>The assumption, with its borough where it is of one.</summary>
    public string Key { get; } = key;

    /// <summary>Both values, as they were given.</summary>
    public string Values { get; } = string.Create(CultureInfo.InvariantCulture, $"{first} and {second}");
}
