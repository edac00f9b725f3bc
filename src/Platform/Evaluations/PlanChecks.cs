using System.Globalization;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Evaluations;

/// <summary>What a plan must meet by itself.</summary>
internal static class PlanChecks
{
    public static IEnumerable<Problem> Of(EvaluationPlan plan)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < plan.Criteria.Count; i++)
        {
            foreach (var problem in Of(plan, plan.Criteria[i], ids))
            {
                yield return problem with { Field = string.Create(CultureInfo.InvariantCulture, $"criteria[{i}].{problem.Field}") };
            }
        }

        for (var i = 0; i < plan.Shares.Count; i++)
        {
            var share = plan.Shares[i];
            if (share.Lowest < 0 || share.Highest < share.Lowest || share.Highest >= 100)
            {
                yield return new Problem("A share lies between 0 and 100, the lowest not above the highest", Field: string.Create(CultureInfo.InvariantCulture, $"shares[{i}].highest"), Found: Text(share.Lowest) + " to " + Text(share.Highest), Accepted: "0 up to, not including, 100");
            }
        }

        foreach (var whole in plan.Shares.GroupBy(share => share.Comparator, StringComparer.Ordinal).Where(group => group.Sum(share => share.Highest) >= 100))
        {
            yield return new Problem($"The areas within {whole.Key} make up all of it", Field: "shares", Found: Text(whole.Sum(share => share.Highest)) + "%", Accepted: "less than 100% together");
        }
    }

    private static IEnumerable<Problem> Of(EvaluationPlan plan, Criterion criterion, HashSet<string> ids)
    {
        if (!ids.Add(criterion.Id))
        {
            yield return new Problem("Another criterion has this id", Field: "id", Found: criterion.Id, Accepted: "an id of its own");
        }

        if (criterion.Question is { } number && !plan.Questions.Any(question => question.Number == number))
        {
            yield return new Problem("There is no such question", Field: "question", Found: Text(number), Accepted: "a number of a question of the plan");
        }

        if (criterion.Window is null)
        {
            yield return new Problem("Say in which months it is to be met", Field: "window", Accepted: "May 2017 to August 2017");
        }

        if (criterion.Test is CriterionTest.NotWorse or CriterionTest.Better && criterion.Before is null)
        {
            yield return new Problem("An effect needs the months before", Field: "before", Accepted: "July 2016 to February 2017");
        }

        if (criterion.Test == CriterionTest.NotWorse && criterion.Value < 0)
        {
            yield return new Problem("A margin is not below zero", Field: "value", Found: Text(criterion.Value), Accepted: "0 or more, in the unit of the measure");
        }

        if (criterion.RevertFrom is { } limit && (limit <= 0 || (criterion.Test == CriterionTest.NotWorse && limit < criterion.Value)))
        {
            yield return new Problem("The limit of reverting lies within the margin", Field: "revertFrom", Found: Text(limit), Accepted: "above zero and not below the margin");
        }

        if (criterion.Test is CriterionTest.NotWorse or CriterionTest.Better && criterion.Comparators.Count == 0 && criterion.Method != CriterionMethod.Its)
        {
            yield return new Problem("This method needs a comparator", Field: "comparators", Accepted: "the code of an area, or the method its");
        }

        if (criterion.Comparators.Contains(criterion.Area, StringComparer.OrdinalIgnoreCase))
        {
            yield return new Problem("An area is not its own comparator", Field: "comparators", Found: criterion.Area, Accepted: "other areas");
        }

        if (criterion is { Before: { } before, Window: { } window } && before.Last >= window.First)
        {
            yield return new Problem("The window begins before the months before have ended", Field: "window", Found: window.Text, Accepted: "after " + before.Text);
        }

        if (criterion is { Transition: { } between, Window: { } after } && (between.Last >= after.First || between.First <= criterion.Before?.Last))
        {
            yield return new Problem("The transition lies between the months before and the window", Field: "transition", Found: between.Text, Accepted: "months between them");
        }

        if (criterion is { ExpectedLower: { } low, ExpectedUpper: { } high } && low > high)
        {
            yield return new Problem("The lower end is above the upper", Field: "expectedLower", Found: Text(low), Accepted: "up to " + Text(high));
        }
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
