using System.Globalization;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Calibration;

/// <summary>
/// What was changed, and when: a fit file with what follows the change. What the months before it say nothing of is drawn
/// from its range, before and after calibration alike.
/// </summary>
public sealed record RetrodictionPlan
{
    /// <summary>The calibration on the time before.</summary>
    public required FitFile Fit { get; init; }

    /// <summary>First day predicted.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day predicted.</summary>
    public required DateOnly To { get; init; }

    /// <summary>First day of the new organisation, on or before the first day predicted.</summary>
    public required DateOnly InForceFrom { get; init; }

    /// <summary>Where that day stands, with the words of the source.</summary>
    public required string InForceSource { get; init; }

    /// <summary>Days of the new organisation before the first one predicted: simulated from no case kept, and not scored.</summary>
    public int UnscoredDays => From.DayNumber - InForceFrom.DayNumber;

    /// <summary>Draws that make the prediction.</summary>
    public required int Draws { get; init; }

    /// <summary>Draws that make the table of mechanisms.</summary>
    public required int MechanismDraws { get; init; }

    /// <summary>What the change brought and no month before it tells.</summary>
    public required IReadOnlyList<FitParameter> After { get; init; }

    /// <summary>What the recovery brought.</summary>
    public required IReadOnlyList<FitParameter> Recovery { get; init; }

    /// <summary>First day of the recovery, which is shown and not scored.</summary>
    public required DateOnly RecoveryFrom { get; init; }

    /// <summary>Areas that kept one despatch group in the recovery.</summary>
    public required IReadOnlyList<string> RecoveryTogether { get; init; }

    /// <summary>What is known to have happened and is not in the model.</summary>
    public required IReadOnlyList<string> NotModelled { get; init; }

    /// <summary>How many controllers a despatch group put together has.</summary>
    public const string Controllers = "after.controllers";

    /// <summary>Multiplies what was before: after.demand.I.times, after.demand.S.times, after.crews.times.</summary>
    public const string Change = "after.";

    /// <summary>Most days between the new organisation's first and the first one predicted.</summary>
    public const int MostUnscoredDays = 60;

    private static readonly HashSet<string> Own = new(StringComparer.Ordinal) { Controllers, "after.crews.times", "after.demand.I.times", "after.demand.S.times", "after.demand.E.times" };

    /// <summary>Reads a plan against a pack. Refused with every fault at once, by line.</summary>
    public static Outcome<RetrodictionPlan> Read(string yaml, ForcePack pack, string? file = null)
    {
        var problems = new List<Problem>();
        if (YamlFields.Read(yaml, file, problems) is not { } top)
        {
            return problems;
        }

        var fit = FitFile.Read(top, pack);
        var plan = new RetrodictionPlan
        {
            Fit = fit,
            From = FitFile.Date(top, "from", required: true) ?? default,
            To = FitFile.Date(top, "to", required: true) ?? default,
            InForceFrom = FitFile.Date(top, "inForceFrom", required: true) ?? default,
            InForceSource = top.Text("inForceSource"),
            Draws = FitFile.Whole(top, "draws", 200, 10, 5000),
            MechanismDraws = FitFile.Whole(top, "mechanismDraws", 40, 5, 1000),
            After = FitFile.ReadParameters(top, "after", [.. fit.Areas.Keys], Own),
            Recovery = FitFile.ReadParameters(top, "recovery", [.. fit.Areas.Keys], Own),
            RecoveryFrom = FitFile.Date(top, "recoveryFrom", required: true) ?? default,
            RecoveryTogether = top.Texts("recoveryTogether"),
            NotModelled = top.Texts("notModelled"),
        };
        top.RefuseOthers();
        if (!fit.Blind)
        {
            top.Fault("A retrodiction must be blind", "blind", fit.Blind ? "yes" : "no", "yes");
        }

        foreach (var parameter in plan.After.Concat(plan.Recovery).Where(parameter => parameter.Basis == "fit"))
        {
            top.Fault("A range that was fitted may not serve in a retrodiction", "after", parameter.Key, "a range that is sourced or background");
        }

        if (plan.To < plan.From || plan.To.DayNumber - plan.From.DayNumber > 365)
        {
            top.Fault("The time predicted is none", "to", plan.To.ToString("O", CultureInfo.InvariantCulture), "a day on or after from, within a year");
        }

        if (plan.From < fit.TargetsBefore)
        {
            top.Fault("What is predicted begins before the targets end", "from", plan.From.ToString("O", CultureInfo.InvariantCulture), "on or after targetsBefore");
        }

        if (plan.UnscoredDays is < 0 or > MostUnscoredDays || plan.InForceFrom < fit.TargetsBefore)
        {
            top.Fault(
                "The new organisation is not in force when its months are predicted, or is fitted to", "inForceFrom", plan.InForceFrom.ToString("O", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"on or before from, at most {MostUnscoredDays} days before it, and on or after targetsBefore"));
        }

        foreach (var stranger in plan.RecoveryTogether.Where(area => !fit.Areas.ContainsKey(area)))
        {
            top.Fault("The area is unknown", "recoveryTogether", stranger, string.Join(", ", fit.Areas.Keys));
        }

        return problems.Count > 0 ? problems : plan;
    }
}
