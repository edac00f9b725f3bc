namespace Pathfinder.Analysis.Calibration;

/// <summary>One journey seen.</summary>
/// <param name="Metres">Distance.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Group">Which slope it has.</param>
public readonly record struct Journey(double Metres, double Seconds, int Group);

/// <summary>
/// Journey times fitted as seconds = (intercept + metres × slope of the group) × exp(σ Z): least absolute deviations of the
/// logarithm, so that the fitted line is the median whatever stands at the ends (crews that were there already book a few
/// seconds), by reweighted Gauss-Newton steps in one parameter at a time (Schlossmacher 1973, JASA 68:857). σ is the 90th
/// percentile of log(seen / fitted) over 1.2816: the upper half is what late arrivals are made of.
/// </summary>
/// <param name="Intercept">Seconds before moving.</param>
/// <param name="SecondsPerKm">Slope of each group; that of all journeys together where a group has fewer than 30.</param>
/// <param name="Sigma">Spread of log(seen / fitted), from its 90th percentile.</param>
/// <param name="Journeys">Journeys used.</param>
public sealed record JourneyFit(double Intercept, IReadOnlyList<double> SecondsPerKm, double Sigma, int Journeys)
{
    private const int Least = 30;

    /// <summary>Fits. Throws <see cref="ArgumentException"/> for fewer than 30 journeys or a time that is not positive.</summary>
    public static JourneyFit Of(IReadOnlyList<Journey> journeys, int groups)
    {
        ArgumentNullException.ThrowIfNull(journeys);
        if (journeys.Count < Least || journeys.Any(each => !(each.Seconds > 0)))
        {
            throw new ArgumentException("At least 30 journeys of more than no time are needed.", nameof(journeys));
        }

        var (intercept, all) = (60.0, 0.07);
        for (var round = 0; round < 200; round++)
        {
            var before = (intercept, all);
            all = Slope(journeys, intercept, all);
            intercept = Intercepts(journeys, intercept, _ => all);
            if (Math.Abs(intercept - before.intercept) < 1e-3 && Math.Abs(all - before.all) < 1e-7)
            {
                break;
            }
        }

        var members = journeys.ToLookup(each => each.Group);
        var slopes = Enumerable.Repeat(all, groups).ToArray();
        for (var round = 0; round < 200; round++)
        {
            var before = intercept;
            for (var group = 0; group < groups; group++)
            {
                if (members[group].Count() >= Least)
                {
                    slopes[group] = Slope([.. members[group]], intercept, slopes[group]);
                }
            }

            intercept = Intercepts(journeys, intercept, group => slopes[group]);
            if (Math.Abs(intercept - before) < 1e-3)
            {
                break;
            }
        }

        var residuals = new List<double>(journeys.Count);
        foreach (var each in journeys)
        {
            residuals.Add(Math.Log(each.Seconds / (intercept + (slopes[each.Group] * each.Metres))));
        }

        residuals.Sort();
        var sigma = Math.Max(0, residuals[(int)(0.9 * (residuals.Count - 1))] / 1.2815515655446004);
        return new JourneyFit(intercept, [.. slopes.Select(slope => slope * 1000)], sigma, journeys.Count);
    }

    private static double Weight(double residual) => 1 / Math.Max(Math.Abs(residual), 1e-3);

    // One step in one parameter: the derivative of log(a + b m) is 1 / (a + b m) in a and m / (a + b m) in b.
    private static double Intercepts(IReadOnlyList<Journey> journeys, double a, Func<int, double> slope)
    {
        double top = 0, bottom = 0;
        foreach (var each in journeys)
        {
            var fitted = a + (slope(each.Group) * each.Metres);
            var residual = Math.Log(each.Seconds / fitted);
            var weight = Weight(residual);
            top += weight * residual / fitted;
            bottom += weight / (fitted * fitted);
        }

        return Math.Max(1, a + (top / bottom));
    }

    private static double Slope(IReadOnlyList<Journey> journeys, double a, double b)
    {
        double top = 0, bottom = 0;
        foreach (var each in journeys)
        {
            var fitted = a + (b * each.Metres);
            var residual = Math.Log(each.Seconds / fitted);
            var weight = Weight(residual);
            top += weight * residual * each.Metres / fitted;
            bottom += weight * each.Metres * each.Metres / (fitted * fitted);
        }

        return bottom > 0 ? Math.Max(1e-6, b + (top / bottom)) : b;
    }
}
