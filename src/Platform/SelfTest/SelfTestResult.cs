namespace Pathfinder.Platform.SelfTest;

/// <summary>What the simulator made of the queues whose answers are known (schema <c>pathfinder-self-test/1</c>).</summary>
public sealed record SelfTestResult
{
    /// <summary>The name of the format.</summary>
    public const string CurrentSchema = "pathfinder-self-test/1";

    /// <summary>The format of this document.</summary>
    public required string Schema { get; init; }

    /// <summary>Version of the engine that was tested.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>How exact a simulated value had to be, as a share of the exact one: half the width of its interval.</summary>
    public required double Precision { get; init; }

    /// <summary>The chance that, were the engine right, every interval of the table held its exact value.</summary>
    public required double Level { get; init; }

    /// <summary>Customers simulated in all.</summary>
    public required long Customers { get; init; }

    /// <summary>The lines, in the order of the table.</summary>
    public required IReadOnlyList<SelfTestLine> Lines { get; init; }

    /// <summary>Whether every line holds, or agrees and is undecided.</summary>
    public bool Passed => Lines.All(line => line.Verdict is SelfTestVerdict.Holds or SelfTestVerdict.Undecided);
}

/// <summary>What a line of the self-test came to.</summary>
public static class SelfTestVerdict
{
    /// <summary>The exact value lies in the interval, and the interval is as narrow as was asked for.</summary>
    public const string Holds = "holds";

    /// <summary>The exact value lies outside the interval.</summary>
    public const string Misses = "misses";

    /// <summary>The exact value lies in the interval, but the interval is wider than was asked for.</summary>
    public const string TooWide = "too wide";

    /// <summary>A whole number that agrees, but that so few customers do not settle beyond doubt; a finer test does.</summary>
    public const string Undecided = "undecided";
}

/// <summary>One answer of theory and what the simulator found.</summary>
/// <param name="Model">The queue, in words.</param>
/// <param name="Measure">What is measured, in mean services where it is a time.</param>
/// <param name="Exact">The exact value.</param>
/// <param name="Simulated">The simulated value.</param>
/// <param name="Lower">Lower end of its interval, which holds for all lines at once.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Verdict">See <see cref="SelfTestVerdict"/>.</param>
/// <param name="Source">Where the exact value comes from.</param>
public sealed record SelfTestLine(string Model, string Measure, double Exact, double Simulated, double Lower, double Upper, string Verdict, string Source);
