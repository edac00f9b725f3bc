namespace Pathfinder.Platform.Scenarios;

/// <summary>The least and greatest value of a number of a scenario file, or of each number of a list or map; <see cref="ScenarioChecks"/> holds files to it.</summary>
/// <param name="least">The least.</param>
/// <param name="most">The greatest.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BoundsAttribute(double least, double most) : Attribute
{
    /// <summary>The longest time that a scenario may state, minutes.</summary>
    public const double LongestMinutes = 100_000;

    /// <summary>The least.</summary>
    public double Least => least;

    /// <summary>The greatest.</summary>
    public double Most => most;
}
