namespace Pathfinder.Platform.Calibration;

/// <summary>What a calibration found (schema <c>pathfinder-calibration/1</c>). The same inputs, seed and budget give the same bytes.</summary>
public sealed record CalibrationResult
{
    /// <summary>The name of the format.</summary>
    public const string CurrentSchema = "pathfinder-calibration/1";

    /// <summary>The format of this document.</summary>
    public required string Schema { get; init; }

    /// <summary>Its name, by which runs use it.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>The method in a sentence.</summary>
    public required string Method { get; init; }

    /// <summary>Version of the engine that simulated.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Hash of the force pack.</summary>
    public required string PackSha256 { get; init; }

    /// <summary>Hash of the fit file.</summary>
    public required string FitSha256 { get; init; }

    /// <summary>Hash of the targets.</summary>
    public required string TargetsSha256 { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Most simulations allowed.</summary>
    public required int Budget { get; init; }

    /// <summary>Simulations made.</summary>
    public required int Simulations { get; init; }

    /// <summary>Why it ended: "close enough", "budget" or "no nearer".</summary>
    public required string Ended { get; init; }

    /// <summary>Targets must have ended before this day.</summary>
    public required DateOnly TargetsBefore { get; init; }

    /// <summary>Rounds: tolerance, simulations, effective size.</summary>
    public required IReadOnlyList<CalibrationRound> Rounds { get; init; }

    /// <summary>Each parameter before and after.</summary>
    public required IReadOnlyList<FittedParameter> Parameters { get; init; }

    /// <summary>Each target with what the simulation says, before and after.</summary>
    public required IReadOnlyList<FittedTarget> Targets { get; init; }

    /// <summary>The posterior sample: values in the order of the parameters, with weights.</summary>
    public required IReadOnlyList<FittedParticle> Particles { get; init; }
}

/// <summary>A round of the method.</summary>
public sealed record CalibrationRound(double Tolerance, int Simulations, double EffectiveSize);

/// <summary>A median and an 80% interval.</summary>
public sealed record Interval80(double Lower, double Median, double Upper);

/// <summary>One parameter: its range before, its interval after.</summary>
/// <param name="Label">What people call it.</param>
/// <param name="Narrowed">One less the width of the 80% interval after, over that before: 0 where the data say nothing of it.</param>
public sealed record FittedParameter(string Key, string Label, double Low, double High, string Basis, string Why, Interval80 Posterior, double Narrowed);

/// <summary>One target: observed, and simulated before and after.</summary>
/// <param name="HeldOut">Whether it was kept out of the fit.</param>
/// <param name="Held">Whether the posterior's 80% interval holds what was observed.</param>
public sealed record FittedTarget(
    string Area, string Measure, DateOnly From, DateOnly To, double Observed, double Tolerance, string Source, bool HeldOut, Interval80 Prior, Interval80 Posterior, bool Held);

/// <summary>One set of values.</summary>
public sealed record FittedParticle(IReadOnlyList<double> Values, double Weight, double Distance);
