namespace Pathfinder.Analysis.Effects;

/// <summary>A treated area inside a published comparator.</summary>
/// <param name="Change">Its change from before to after, in the unit of the measure.</param>
/// <param name="WeightLow">Lowest share of the comparator it may make up.</param>
/// <param name="WeightHigh">Highest share.</param>
public sealed record ContaminatingArea(double Change, double WeightLow, double WeightHigh);

/// <summary>The change of the rest of the comparator, over the range of weights.</summary>
public sealed record CleanChange(double Low, double High);

/// <summary>
/// A comparator that contains the treated areas moves with them. With shares w the rest moved by
/// (Δall − Σ w Δ) / (1 − Σ w), which follows from Δall = Σ w Δ + (1 − Σ w) Δrest when shares do not change.
/// </summary>
public static class Contamination
{
    /// <summary>The change of the rest at given shares. Throws <see cref="ArgumentException"/> unless shares are at least 0 and sum to less than 1.</summary>
    public static double ChangeOfRest(double changeOfAll, IReadOnlyList<(double Change, double Weight)> areas)
    {
        var sum = areas.Sum(area => area.Weight);
        if (areas.Any(area => !(area.Weight >= 0)) || sum >= 1)
        {
            throw new ArgumentException("Shares must be at least 0 and sum to less than 1.", nameof(areas));
        }

        return (changeOfAll - areas.Sum(area => area.Weight * area.Change)) / (1 - sum);
    }

    /// <summary>
    /// The range of the change of the rest when shares are known only within bounds. In each share the change is monotone, so
    /// its extremes lie at the ends. Throws as <see cref="ChangeOfRest"/> does.
    /// </summary>
    public static CleanChange Range(double changeOfAll, IReadOnlyList<ContaminatingArea> areas)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var corner = 0; corner < 1 << areas.Count; corner++)
        {
            var rest = ChangeOfRest(changeOfAll, [.. areas.Select((area, k) => (area.Change, (corner >> k & 1) == 0 ? area.WeightLow : area.WeightHigh))]);
            low = Math.Min(low, rest);
            high = Math.Max(high, rest);
        }

        return new CleanChange(low, high);
    }
}
