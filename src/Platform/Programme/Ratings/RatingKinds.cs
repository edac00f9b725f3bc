using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Ratings;

/// <summary>A word of a rating scale.</summary>
public sealed record ScaleWord : RecordRow
{
    [Field("Word", Required = true, Hint = "As written: R, A, G, VH")]
    public string Word { get; init; } = "";

    [Field("Meaning")]
    public string? Meaning { get; init; }

    [Field("Place", Hint = "1 for the best; words with the same place are as bad as each other")]
    public int Place { get; init; }
}

/// <summary>A scale that ratings are given on. Versions of it are kept like those of everything else.</summary>
public sealed record RatingScale : ProgrammeRecord
{
    [Field("Used for", InList = true, Hint = "Milestones, risks …")]
    public string? UsedFor { get; init; }

    [Field("Words", InList = true)]
    public IReadOnlyList<ScaleWord> Words { get; init; } = [];
}

/// <summary>The rule that computes ratings of milestones: its numbers, in a version of its own.</summary>
public sealed record RatingRule : ProgrammeRecord
{
    [Field("Version", Required = true, InList = true)]
    public int Version { get; init; } = 1;

    [Field("Scale", RefersTo = "rating-scale", Required = true)]
    public string Scale { get; init; } = "";

    [Field("Later than baseline by more than this is amber", Unit = "days", InList = true)]
    public int AmberDays { get; init; }

    [Field("Later than baseline by more than this is red", Unit = "days", InList = true)]
    public int RedDays { get; init; } = 90;

    [Field("Without a report for longer than this it has no rating", Unit = "days", InList = true)]
    public int SilentDays { get; init; } = 45;

    [Field("An unmet dependency due after it makes it at least amber")]
    public bool DependenciesCount { get; init; } = true;

    [Field("An open risk of the worst rating makes it at least amber")]
    public bool RisksCount { get; init; } = true;

    [Field("Measures that do not show it on track make it at least amber")]
    public bool MeasuresCount { get; init; } = true;
}
