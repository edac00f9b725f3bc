using System;
using System.Runtime.CompilerServices;

namespace Pathfinder.Engine.Numerics;

/// <summary>
/// Exponential, logarithm and normal quantile built from addition, multiplication, division and square root only, which
/// IEEE 754 fixes to the last bit: the same argument gives the same bits on every processor.
/// </summary>
public static class Elementary
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700e+00;

    /// <summary>
    /// e to the power x, within one unit in the last place (method of FreeBSD msun e_exp.c: argument reduction by ln 2 and a
    /// Remez rational function). Overflows to infinity above 709.78 and gives 0 below −745.13; NaN for NaN.
    /// </summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        if (x > 7.09782712893383973096e+02)
        {
            return double.PositiveInfinity;
        }

        if (x < -7.45133219101941108420e+02)
        {
            return 0;
        }

        double high = x, low = 0;
        var k = 0;
        if (Math.Abs(x) > 0.34657359027997264)
        {
            k = (int)((InverseLn2 * x) + (x < 0 ? -0.5 : 0.5));
            high = x - (k * Ln2High);
            low = k * Ln2Low;
            x = high - low;
        }
        else if (Math.Abs(x) < 3.7252902984e-09)
        {
            return 1 + x;
        }

        var t = x * x;
        var c = x - (t * (1.66666666666666019037e-01 + (t * (-2.77777777770155933842e-03 + (t * (6.61375632143793436117e-05
            + (t * (-1.65339022054652515390e-06 + (t * 4.13813679705723846039e-08)))))))));
        if (k == 0)
        {
            return 1 - ((x * c / (c - 2)) - x);
        }

        var y = 1 - ((low - (x * c / (2 - c))) - high);
        return k >= -1021
            ? k == 1024 ? y * 2 * PowerOfTwo(1023) : y * PowerOfTwo(k)
            : y * PowerOfTwo(k + 1000) * PowerOfTwo(-1000);
    }

    /// <summary>
    /// Natural logarithm, within one unit in the last place (method of FreeBSD msun e_log.c). Minus infinity at 0, NaN below.
    /// </summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0)
        {
            return double.NaN;
        }

        if (x == 0)
        {
            return double.NegativeInfinity;
        }

        if (double.IsPositiveInfinity(x))
        {
            return x;
        }

        var k = 0;
        var bits = BitConverter.DoubleToInt64Bits(x);
        if (bits < 0x0010_0000_0000_0000)
        {
            x *= 18014398509481984.0;
            k = -54;
            bits = BitConverter.DoubleToInt64Bits(x);
        }

        var top = (int)(bits >> 32);
        k += (top >> 20) - 1023;
        top &= 0xfffff;
        var i = (top + 0x95f64) & 0x100000;
        x = BitConverter.Int64BitsToDouble(((long)(top | (i ^ 0x3ff00000)) << 32) | (bits & 0xffffffffL));
        k += i >> 20;
        var f = x - 1;
        if (f == 0)
        {
            return (k * Ln2High) + (k * Ln2Low);
        }

        var s = f / (2 + f);
        var z = s * s;
        var w = z * z;
        var odd = w * (3.999999999940941908e-01 + (w * (2.222219843214978396e-01 + (w * 1.531383769920937332e-01))));
        var even = z * (6.666666666666735130e-01 + (w * (2.857142874366239149e-01 + (w * (1.818357216161805012e-01
            + (w * 1.479819860511658591e-01))))));
        var r = even + odd;
        var half = 0.5 * f * f;
        return (k * Ln2High) - ((half - ((s * (half + r)) + (k * Ln2Low))) - f);
    }

    /// <summary>
    /// The standard normal quantile, relative error about 1e-16 (Wichura 1988, algorithm AS 241, PPND16). The probability
    /// must lie strictly between 0 and 1; 0 and 1 give the infinities, anything outside NaN.
    /// </summary>
    public static double NormalQuantile(double p)
    {
        if (!(p > 0))
        {
            return p == 0 ? double.NegativeInfinity : double.NaN;
        }

        if (!(p < 1))
        {
            return p == 1 ? double.PositiveInfinity : double.NaN;
        }

        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - (q * q);
            return q * ((((((((((((((2.5090809287301226727e+3 * r) + 3.3430575583588128105e+4) * r) + 6.7265770927008700853e+4) * r)
                + 4.5921953931549871457e+4) * r) + 1.3731693765509461125e+4) * r) + 1.9715909503065514427e+3) * r)
                + 1.3314166789178437745e+2) * r) + 3.3871328727963666080e0)
                / ((((((((((((((5.2264952788528545610e+3 * r) + 2.8729085735721942674e+4) * r) + 3.9307895800092710610e+4) * r)
                + 2.1213794301586595867e+4) * r) + 5.3941960214247511077e+3) * r) + 6.8718700749205790830e+2) * r)
                + 4.2313330701600911252e+1) * r) + 1);
        }

        var tail = Math.Sqrt(-Log(q < 0 ? p : 1 - p));
        double value;
        if (tail <= 5)
        {
            var r = tail - 1.6;
            value = ((((((((((((((7.74545014278341407640e-4 * r) + 2.27238449892691845833e-2) * r) + 2.41780725177450611770e-1) * r)
                + 1.27045825245236838258e0) * r) + 3.64784832476320460504e0) * r) + 5.76949722146069140550e0) * r)
                + 4.63033784615654529590e0) * r) + 1.42343711074968357734e0)
                / ((((((((((((((1.05075007164441684324e-9 * r) + 5.47593808499534494600e-4) * r) + 1.51986665636164571966e-2) * r)
                + 1.48103976427480074590e-1) * r) + 6.89767334985100004550e-1) * r) + 1.67638483018380384940e0) * r)
                + 2.05319162663775882187e0) * r) + 1);
        }
        else
        {
            var r = tail - 5;
            value = ((((((((((((((2.01033439929228813265e-7 * r) + 2.71155556874348757815e-5) * r) + 1.24266094738807843860e-3) * r)
                + 2.65321895265761230930e-2) * r) + 2.96560571828504891230e-1) * r) + 1.78482653991729133580e0) * r)
                + 5.46378491116411436990e0) * r) + 6.65790464350110377720e0)
                / ((((((((((((((2.04426310338993978564e-15 * r) + 1.42151175831644588870e-7) * r) + 1.84631831751005468180e-5) * r)
                + 7.86869131145613259100e-4) * r) + 1.48753612908506148525e-2) * r) + 1.36929880922735805310e-1) * r)
                + 5.99832206555887937690e-1) * r) + 1);
        }

        return q < 0 ? -value : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);
}
