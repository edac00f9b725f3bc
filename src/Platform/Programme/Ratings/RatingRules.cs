using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Ratings;

/// <summary>What a computed rating says, whatever words its scale has.</summary>
public enum RatingLevel
{
    /// <summary>Nothing, or nothing recent enough, is known to rate it by. Never green.</summary>
    NoReport,

    /// <summary>Shown to be as planned.</summary>
    Green,

    /// <summary>To be watched.</summary>
    Amber,

    /// <summary>Certainly later than the rule bears.</summary>
    Red,
}

/// <summary>What a rating of a milestone is computed from.</summary>
/// <param name="Facts">What follows from its dates.</param>
/// <param name="Conflicts">What it waits for that is due after it, in words.</param>
/// <param name="WorstRisks">Titles of the open risks of the worst rating that threaten it.</param>
/// <param name="Reported">When something was last reported on it.</param>
/// <param name="Missed">Why the last signed-off round has no report on it: its owner gave none, or nobody was asked; null where it has one.</param>
/// <param name="Known">The day as known on which it is rated.</param>
/// <param name="Effective">The day for which it is rated.</param>
/// <param name="Against">Why its measures do not show that it is on track: what they show instead, or why that cannot be told; null where they do, or none was named.</param>
public sealed record RatingInputs(
    MilestoneFacts Facts, IReadOnlyList<string> Conflicts, IReadOnlyList<string> WorstRisks, DateOnly Reported, string? Missed, DateOnly Known, DateOnly Effective, string? Against = null);

/// <summary>A rating as the rule computes it.</summary>
/// <param name="Level">What it says.</param>
/// <param name="Word">The word of the scale; "no report" where there is none.</param>
/// <param name="Reasons">What it rests on, each a few words.</param>
public sealed record ComputedRating(RatingLevel Level, string Word, IReadOnlyList<string> Reasons)
{
    /// <summary>What stands in place of a word where nothing can be rated.</summary>
    public const string NoReport = "no report";

    /// <summary>How it stands on a page.</summary>
    public Standing Standing => Level switch
    {
        RatingLevel.Green => Standing.Good,
        RatingLevel.Amber => Standing.Watch,
        RatingLevel.Red => Standing.Bad,
        _ => Standing.Missing,
    };

    /// <summary>The word with its reasons: "A: 65 days later than its baseline".</summary>
    public string Words => Reasons.Count == 0 ? Word : $"{Word}: {string.Join("; ", Reasons)}";
}

/// <summary>Computes ratings of milestones from dates, dependencies, risks and measures (docs/methods/ratings.md).</summary>
public static class RatingRules
{
    /// <summary>The rating under a rule. Green and red are only given where they are certain; what lies between is amber.</summary>
    public static ComputedRating Compute(RatingRule rule, RatingScale? scale, RatingInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(inputs);
        var facts = inputs.Facts;
        if (facts.IsDone)
        {
            return Rated(RatingLevel.Green, scale, [facts.Words]);
        }

        if (facts.Expected is not { } expected)
        {
            return Missing("it has no date");
        }

        var silent = inputs.Known.DayNumber - inputs.Reported.DayNumber;
        if (silent > rule.SilentDays)
        {
            return Missing($"nothing was reported for {Numbers.Counted(silent, "day", "days")}");
        }

        if (inputs.Missed is { } missed)
        {
            return Missing(missed);
        }

        var reasons = new List<string>();
        var level = RatingLevel.Green;
        if (facts.State == MilestoneState.Overdue)
        {
            level = RatingLevel.Amber;
            reasons.Add(facts.Words);
        }

        if (facts.Baseline is { } baseline)
        {
            // What was not reached yet can be reached today at the earliest.
            var first = expected.First > inputs.Effective ? expected.First : inputs.Effective;
            var last = expected.Last > inputs.Effective ? expected.Last : inputs.Effective;
            var least = first.DayNumber - baseline.Last.DayNumber;
            var most = last.DayNumber - baseline.First.DayNumber;
            if (least > rule.RedDays)
            {
                level = RatingLevel.Red;
                reasons.Add($"certainly more than {Numbers.Counted(rule.RedDays, "day", "days")} later than its baseline");
            }
            else if (last.DayNumber - baseline.Last.DayNumber > rule.AmberDays)
            {
                level = RatingLevel.Amber;
                if (facts.State != MilestoneState.Overdue)
                {
                    reasons.Add(facts.AgainstLast!.Verdict == SlippageVerdict.Later ? $"{facts.AgainstLast.Words} than its baseline" : "it may be later than its baseline");
                }

                if (most > rule.RedDays && !facts.AgainstLast!.IsExact)
                {
                    reasons.Add($"it may be more than {Numbers.Counted(rule.RedDays, "day", "days")}, but the dates do not say");
                }
            }
        }
        else if (level == RatingLevel.Green)
        {
            return Missing("it has no baseline to be held to");
        }

        if (rule.DependenciesCount && inputs.Conflicts.Count > 0)
        {
            level = level < RatingLevel.Amber ? RatingLevel.Amber : level;
            reasons.AddRange(inputs.Conflicts.Select(conflict => $"it waits for what comes later: {conflict}"));
        }

        if (rule.RisksCount && inputs.WorstRisks.Count > 0)
        {
            level = level < RatingLevel.Amber ? RatingLevel.Amber : level;
            reasons.AddRange(inputs.WorstRisks.Select(risk => $"an open risk of the worst rating threatens it: {risk}"));
        }

        if (rule.MeasuresCount && inputs.Against is { } against)
        {
            level = level < RatingLevel.Amber ? RatingLevel.Amber : level;
            reasons.Add(against);
        }

        return Rated(level, scale, reasons.Count > 0 ? reasons : [facts.Words]);
    }

    /// <summary>
    /// The word of a scale for a level: G, A and R where the scale has them, else its first, second and third best place.
    /// </summary>
    public static string Word(RatingScale? scale, RatingLevel level)
    {
        var letter = level switch { RatingLevel.Green => "G", RatingLevel.Amber => "A", RatingLevel.Red => "R", _ => ComputedRating.NoReport };
        if (scale is null || scale.Words.Count == 0 || level == RatingLevel.NoReport)
        {
            return letter;
        }

        if (scale.Words.FirstOrDefault(word => word.Word.StartsWith(letter, StringComparison.OrdinalIgnoreCase)) is { } named)
        {
            return named.Word;
        }

        var places = scale.Words.Select(word => word.Place).Distinct().Order().ToList();
        var place = places[Math.Min((int)level - 1, places.Count - 1)];
        return scale.Words.First(word => word.Place == place).Word;
    }

    private static ComputedRating Missing(string why) => new(RatingLevel.NoReport, ComputedRating.NoReport, [why]);

    private static ComputedRating Rated(RatingLevel level, RatingScale? scale, IReadOnlyList<string> reasons) => new(level, Word(scale, level), reasons);
}
