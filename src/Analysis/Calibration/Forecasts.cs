using MathNet.Numerics.Distributions;

namespace Pathfinder.Analysis.Calibration;

/// <summary>A forecast of one number: an interval and its middle.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Middle">Its median.</param>
/// <param name="Upper">Upper end.</param>
public readonly record struct ForecastInterval(double Lower, double Middle, double Upper)
{
    /// <summary>Whether it holds what happened.</summary>
    public bool Holds(double value) => Lower <= value && value <= Upper;

    /// <summary>
    /// The interval score of Gneiting and Raftery (2007, JASA 102:359, eq. 43): width + 2/α times the distance by which it
    /// missed. Less is better; neither a wide interval nor a wrong narrow one scores well.
    /// </summary>
    public double Score(double value, double level)
    {
        var penalty = 2 / (1 - level);
        return Upper - Lower + (value < Lower ? penalty * (Lower - value) : 0) + (value > Upper ? penalty * (value - Upper) : 0);
    }
}

/// <summary>Forecasts that know nothing of what is changed, for a forecast that does to be measured against.</summary>
public static class NaiveForecasts
{
    /// <summary>
    /// No change: the mean of what was, ± t(n−1) s √(1 + 1/n), the interval of one more value of a normal series. Throws
    /// <see cref="ArgumentException"/> for fewer than two values.
    /// </summary>
    public static ForecastInterval NoChange(IReadOnlyList<double> before, double level)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (before.Count < 2)
        {
            throw new ArgumentException("Two values at least are needed.", nameof(before));
        }

        var n = before.Count;
        var mean = before.Average();
        var s = Math.Sqrt(before.Sum(value => (value - mean) * (value - mean)) / (n - 1));
        var half = StudentT.InvCDF(0, 1, n - 1, 0.5 + (level / 2)) * s * Math.Sqrt(1 + (1.0 / n));
        return new ForecastInterval(mean - half, mean, mean + half);
    }

    /// <summary>
    /// The straight line through what was, carried on: fitted value ± t(n−2) s √(1 + 1/n + (x−x̄)²/Sxx), the prediction
    /// interval of least squares. Throws <see cref="ArgumentException"/> for fewer than three values.
    /// </summary>
    /// <param name="before">Values at times 0, 1, 2….</param>
    /// <param name="at">The time forecast.</param>
    /// <param name="level">Of the interval.</param>
    public static ForecastInterval StraightLine(IReadOnlyList<double> before, double at, double level)
    {
        ArgumentNullException.ThrowIfNull(before);
        var n = before.Count;
        if (n < 3)
        {
            throw new ArgumentException("Three values at least are needed.", nameof(before));
        }

        var (meanX, meanY) = ((n - 1) / 2.0, before.Average());
        double sxx = 0, sxy = 0;
        for (var i = 0; i < n; i++)
        {
            sxx += (i - meanX) * (i - meanX);
            sxy += (i - meanX) * (before[i] - meanY);
        }

        var slope = sxy / sxx;
        double squares = 0;
        for (var i = 0; i < n; i++)
        {
            var residual = before[i] - meanY - (slope * (i - meanX));
            squares += residual * residual;
        }

        var s = Math.Sqrt(squares / (n - 2));
        var middle = meanY + (slope * (at - meanX));
        var half = StudentT.InvCDF(0, 1, n - 2, 0.5 + (level / 2)) * s * Math.Sqrt(1 + (1.0 / n) + ((at - meanX) * (at - meanX) / sxx));
        return new ForecastInterval(middle - half, middle, middle + half);
    }
}
