using MathNet.Numerics.Distributions;

namespace Pathfinder.Analysis.Power;

/// <summary>Which quantiles the multiplier of a minimum detectable effect is made of.</summary>
public enum Quantiles
{
    /// <summary>Normal: right for long series.</summary>
    Normal,

    /// <summary>Student's t on months before + months after − 2 degrees of freedom: right for few months.</summary>
    Student,
}

/// <summary>What a pilot is to be planned for.</summary>
/// <param name="Sigma">Standard deviation of the monthly gap between area and comparator, in the unit of the measure.</param>
/// <param name="MonthsBefore">Months before the pilot.</param>
/// <param name="MonthsAfter">Months after it started, transition months not counted.</param>
/// <param name="Autocorrelation">Lag 1 autocorrelation ρ of the gap, between −1 and 1.</param>
/// <param name="Alpha">Two-sided level of the test.</param>
/// <param name="Power">Chance of finding the effect.</param>
/// <param name="Quantiles">Normal or t.</param>
public sealed record PilotPlan(
    double Sigma,
    int MonthsBefore,
    int MonthsAfter,
    double Autocorrelation = 0,
    double Alpha = 0.05,
    double Power = 0.8,
    Quantiles Quantiles = Quantiles.Student);

/// <summary>
/// The smallest true effect that a comparison of means before and after would find:
/// MDE = (q(1 − α/2) + q(power)) σ √(1/m_pre + 1/m_post) √((1 + ρ)/(1 − ρ)). With normal quantiles, 5% and 80% the multiplier is
/// 2.8016 (Bloom 1995, Evaluation Review 19(5)); the last factor is the variance of a mean under first-order autocorrelation.
/// </summary>
public static class DetectableEffect
{
    /// <summary>q(1 − α/2) + q(power). Throws <see cref="ArgumentOutOfRangeException"/> as <see cref="Minimum"/> does.</summary>
    public static double Multiplier(PilotPlan plan)
    {
        Check(plan);
        double Quantile(double p) => plan.Quantiles == Quantiles.Normal
            ? Normal.InvCDF(0, 1, p)
            : StudentT.InvCDF(0, 1, plan.MonthsBefore + plan.MonthsAfter - 2, p);
        return Quantile(1 - (plan.Alpha / 2)) + Quantile(plan.Power);
    }

    /// <summary>The standard error of the difference of means, in the unit of the measure.</summary>
    public static double StandardError(PilotPlan plan)
    {
        Check(plan);
        return plan.Sigma * Math.Sqrt((1.0 / plan.MonthsBefore) + (1.0 / plan.MonthsAfter)) * Math.Sqrt((1 + plan.Autocorrelation) / (1 - plan.Autocorrelation));
    }

    /// <summary>The minimum detectable effect, in the unit of the measure. Throws <see cref="ArgumentOutOfRangeException"/> for a plan outside its ranges.</summary>
    public static double Minimum(PilotPlan plan) => Multiplier(plan) * StandardError(plan);

    /// <summary>The chance that a true effect of a size is found: P(T &gt; q(1 − α/2) − |effect|/se), the small chance of a finding with the wrong sign left out.</summary>
    public static double PowerAt(PilotPlan plan, double effect)
    {
        var degrees = plan.MonthsBefore + plan.MonthsAfter - 2;
        var distance = Math.Abs(effect) / StandardError(plan);
        return plan.Quantiles == Quantiles.Normal
            ? Normal.CDF(0, 1, distance - Normal.InvCDF(0, 1, 1 - (plan.Alpha / 2)))
            : StudentT.CDF(0, 1, degrees, distance - StudentT.InvCDF(0, 1, degrees, 1 - (plan.Alpha / 2)));
    }

    /// <summary>Months after the start that are needed to find an effect of a size; null when even 600 would not do.</summary>
    public static int? MonthsNeeded(PilotPlan plan, double effect)
    {
        for (var months = 1; months <= 600; months++)
        {
            var longer = plan with { MonthsAfter = months };
            if ((plan.Quantiles == Quantiles.Normal || longer.MonthsBefore + months > 2) && Minimum(longer) <= Math.Abs(effect))
            {
                return months;
            }
        }

        return null;
    }

    private static void Check(PilotPlan plan)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plan.Sigma);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plan.MonthsBefore);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plan.MonthsAfter);
        if (plan.Autocorrelation is <= -1 or >= 1 || plan.Alpha is <= 0 or >= 1 || plan.Power is <= 0 or >= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(plan), "Autocorrelation lies between −1 and 1, level and power between 0 and 1.");
        }

        if (plan.Quantiles == Quantiles.Student && plan.MonthsBefore + plan.MonthsAfter < 3)
        {
            throw new ArgumentOutOfRangeException(nameof(plan), "Student's t needs three months in all.");
        }
    }
}
