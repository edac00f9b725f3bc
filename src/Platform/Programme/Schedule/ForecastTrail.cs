using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>A forecast as it was made.</summary>
/// <param name="Date">What was expected.</param>
/// <param name="Made">When it was made, as stated; else the day the programme knew it.</param>
/// <param name="Why">What moved it; null where nobody said.</param>
/// <param name="Moved">How far it is from the forecast before; null for the first.</param>
/// <param name="Version">The version of the milestone that first held it.</param>
public sealed record ForecastStep(PartialDate Date, PartialDate Made, string? Why, Slippage? Moved, StoredRecord Version);

/// <summary>The trail of a milestone's forecasts: its own rows, and what earlier versions of it said.</summary>
public static class ForecastTrail
{
    /// <summary>The trail from versions in the order in which they were known.</summary>
    public static IReadOnlyList<ForecastStep> Of(IEnumerable<StoredRecord> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        var steps = new List<ForecastStep>();
        var seen = new HashSet<(PartialDate Date, PartialDate? Made)>();
        foreach (var version in versions)
        {
            foreach (var forecast in (version.Stated as Milestone)?.Forecasts ?? [])
            {
                if (forecast.Date is not { } date || !seen.Add((date, forecast.MadeOn)))
                {
                    continue;
                }

                // The same date stated again without saying when is no new forecast.
                if (forecast.MadeOn is null && steps.Exists(step => step.Date == date))
                {
                    continue;
                }

                steps.Add(new(date, forecast.MadeOn ?? PartialDate.Of(version.Known), forecast.Why, null, version));
            }
        }

        var ordered = steps.OrderBy(step => step.Made.First).ToList();
        return ordered.Select((step, i) => i == 0 ? step : step with { Moved = Slippage.Between(ordered[i - 1].Date, step.Date, "forecast before", "forecast") }).ToList();
    }
}
