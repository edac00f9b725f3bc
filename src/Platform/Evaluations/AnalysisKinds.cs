using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>
/// An analysis that somebody ran and kept: on which panel, by which method, with which answer. The panel's bytes are kept under their
/// hash, so that the answer can be computed again whatever is recorded later.
/// </summary>
public sealed record EffectAnalysis : ProgrammeRecord
{
    [Field("Finding", InList = true, Lines = 2, Required = true)]
    public string Finding { get; init; } = "";

    [Field("Measure", RefersTo = "measure", InList = true, Hint = "Empty where the panel came from a file")]
    public string? Measure { get; init; }

    [Field("Panel", Required = true, Hint = "SHA-256 of the panel, kept in the store")]
    public string Panel { get; init; } = "";

    [Field("Columns", Hint = "Of the panel: unit, time, outcome, treated")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    [Field("Method", Required = true, InList = true)]
    public string Method { get; init; } = "";

    [Field("Left out", Hint = "Times and units left out")]
    public IReadOnlyList<string> Exclude { get; init; } = [];

    [Field("Estimate", InList = true)]
    public double Estimate { get; init; }

    [Field("Standard error")]
    public double? Se { get; init; }

    [Field("Lower end of the 95% interval")]
    public double? Lower { get; init; }

    [Field("Upper end")]
    public double? Upper { get; init; }

    [Field("p")]
    public double? P { get; init; }

    [Field("Where the error comes from")]
    public string? Error { get; init; }

    [Field("Version of the product")]
    public string? Product { get; init; }

    [Field("Computed from", Hint = "Exact versions of the observations")]
    public IReadOnlyList<Reliance> Inputs { get; init; } = [];
}
