namespace Pathfinder.Platform.Calibration;

/// <summary>A change predicted from the time before it, and what happened (schema <c>pathfinder-retrodiction/1</c>). The same inputs and seed give the same bytes.</summary>
public sealed record RetrodictionResult
{
    /// <summary>The name of the format.</summary>
    public const string CurrentSchema = "pathfinder-retrodiction/1";

    /// <summary>The format of this document.</summary>
    public required string Schema { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>The calibration on the time before, with the rows it used.</summary>
    public required CalibrationResult Calibration { get; init; }

    /// <summary>First day of the new organisation; null in results made before it was part of a plan.</summary>
    public DateOnly? InForceFrom { get; init; }

    /// <summary>Where that day stands.</summary>
    public string? InForceSource { get; init; }

    /// <summary>What the change brought, as a range; no month before it tells.</summary>
    public required IReadOnlyList<AssumedRange> After { get; init; }

    /// <summary>Hash of the outcomes, read after the prediction was made.</summary>
    public required string OutcomesSha256 { get; init; }

    /// <summary>Each month predicted, area by area.</summary>
    public required IReadOnlyList<PredictedMonth> Months { get; init; }

    /// <summary>Longer periods of which an outcome is known; shown and not scored.</summary>
    public required IReadOnlyList<PredictedMonth> Periods { get; init; }

    /// <summary>The recovery, shown and not scored.</summary>
    public required IReadOnlyList<PredictedMonth> Recovery { get; init; }

    /// <summary>How each forecast did on the months scored.</summary>
    public required IReadOnlyList<ForecastScore> Scores { get; init; }

    /// <summary>What each mechanism explains.</summary>
    public required IReadOnlyList<MechanismEffect> Mechanisms { get; init; }

    /// <summary>What was hit and missed, in sentences.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>What is known to have happened and is not in the model.</summary>
    public required IReadOnlyList<string> NotModelled { get; init; }
}

/// <summary>A range assumed.</summary>
public sealed record AssumedRange(string Key, string Label, double Low, double High, string Basis, string Why);

/// <summary>One area, measure and period: predicted before and after calibration, and what happened.</summary>
/// <param name="Prior">80% interval with every parameter anywhere in its range.</param>
/// <param name="Posterior">80% interval after calibration on the time before.</param>
/// <param name="Observed">What happened; null where it is not known.</param>
/// <param name="Held">Whether the interval holds it; null where nothing is known.</param>
/// <param name="NoChange">80% interval of no change; null where there are too few months before.</param>
/// <param name="StraightLine">80% interval of a straight line carried on.</param>
/// <param name="Source">Where the outcome stands.</param>
public sealed record PredictedMonth(
    string Area, string Measure, DateOnly From, DateOnly To, Interval80 Prior, Interval80 Posterior, double? Observed, bool? Held, Interval80? NoChange, Interval80? StraightLine, string? Source);

/// <summary>A forecast over the months scored.</summary>
/// <param name="Forecast">"posterior", "prior", "no change" or "straight line".</param>
/// <param name="Area">The area, or "all".</param>
/// <param name="Months">Months scored.</param>
/// <param name="Coverage">Share of them that its 80% interval holds.</param>
/// <param name="MeanWidth">Mean width of the interval.</param>
/// <param name="MeanScore">Mean interval score; less is better.</param>
public sealed record ForecastScore(string Forecast, string Area, int Months, double Coverage, double MeanWidth, double MeanScore);

/// <summary>What one mechanism explains: the full new organisation less the same without it, on identical incidents.</summary>
/// <param name="Mechanism">Its name.</param>
/// <param name="Meaning">What is switched off.</param>
/// <param name="Effect">Median and 80% interval over draws, in shares of 1.</param>
public sealed record MechanismEffect(string Mechanism, string Meaning, string Area, string Measure, Interval80 Effect);
