using System.Globalization;
using Pathfinder.Analysis.Effects;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>
/// Whether the method of a criterion can ever be fed by what the criterion names. A plan with a method that its comparators or months can
/// never meet would be locked to an answer that cannot come; its counts are known before any result is.
/// </summary>
internal static class PlanMethods
{
    private const int FewestAfterTrend = 3;
    private const int FewestForGap = 4;

    /// <summary>The faults of one criterion; fields are those of the criterion.</summary>
    /// <param name="criterion">The criterion.</param>
    /// <param name="length">The length of the measure's periods as <see cref="ObservedValues.LengthOf"/> gives it; months where nothing is known of it.</param>
    public static IEnumerable<Problem> Of(Criterion criterion, int? length)
    {
        if (criterion.Test is CriterionTest.AtLeast or CriterionTest.AtMost || criterion is not { Before: { } before, Window: { } window })
        {
            yield break;
        }

        var (times, after) = (Times(before, length ?? 30), Times(window, length ?? 30));
        var comparators = criterion.Comparators.Distinct(StringComparer.OrdinalIgnoreCase).Count();
        var method = FieldWords.Words(criterion.Method).ToLowerInvariant();
        Problem Refuse(string field, string why, string found, string accepted) => new($"“{criterion.Says}” could never be tested by {method}: {why}", Field: field, Found: found, Accepted: accepted);
        switch (criterion.Method)
        {
            case CriterionMethod.Sdid or CriterionMethod.Sc or CriterionMethod.Difp:
                if (comparators < Suitability.FewestComparators)
                {
                    yield return Refuse(
                        "method", $"weights need at least {Suitability.FewestComparators} comparators to choose from", $"{method}, {Counted(comparators, "comparator")}",
                        $"at least {Suitability.FewestComparators} comparators, or the method did");
                }

                if (times < Suitability.FewestTimesToFit)
                {
                    yield return Refuse("before", $"weights fitted over fewer than {Suitability.FewestTimesToFit} times follow noise", $"{before.Text}, {Counted(times, "time")}", $"at least {Suitability.FewestTimesToFit} times before, or the method did");
                }

                break;
            case CriterionMethod.Its:
                if (times < Suitability.FewestTimesForTrend)
                {
                    yield return Refuse("before", $"a trend needs at least {Suitability.FewestTimesForTrend} times", $"{before.Text}, {Counted(times, "time")}", $"at least {Suitability.FewestTimesForTrend} times before, or a comparator and the method did");
                }

                if (after < FewestAfterTrend)
                {
                    yield return Refuse("window", $"a change of level and trend needs at least {FewestAfterTrend} times after", $"{window.Text}, {Counted(after, "time")}", $"at least {FewestAfterTrend} times, or a comparator and the method did");
                }

                break;
            default:
                // One area beside few has an error along time alone, which needs as many times; beside five or more it has placebos.
                if (comparators < 5 && (times < 2 || times + after < FewestForGap))
                {
                    yield return Refuse("before", "beside so few comparators the error comes from how the gap moved, over two times before and four in all", $"{Counted(times, "time")} before, {after.ToString(CultureInfo.InvariantCulture)} after", "more months before or after, or five comparators");
                }

                break;
        }
    }

    // What is recorded by the quarter today may come by the month; only weeks or days are more times than months are.
    private static int Times(PartialDate days, int length) =>
        length is > 0 and < 28 ? (days.Last.DayNumber - days.First.DayNumber + 1) / length : PlanPowers.Months(days);

    private static string Counted(int count, string noun) => count.ToString(CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");
}
