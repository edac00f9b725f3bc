using System.Globalization;

namespace Pathfinder.Platform.Forces.London;

/// <summary>
/// Speed under blue lights, from the runs of fire engines of January to April 2017: seconds to the first engine against
/// network kilometres between the zone of its station and the zone of the incident. Those kilometres miss where in its zone
/// each lies, which would flatten the slope; the exact crow-fly distance is the instrument that corrects it, by two-stage
/// least squares (docs/methods/london-resources.md).
/// </summary>
/// <param name="Runs">Runs used.</param>
/// <param name="Inner">Seconds a kilometre by day, incidents in inner boroughs.</param>
/// <param name="Outer">The same, outer boroughs.</param>
/// <param name="Night">Slope from 00 to 06 over the day's.</param>
/// <param name="Peak">Slope from 16 to 19 over the day's.</param>
/// <param name="Sigma">Standard deviation of log (seen over fitted).</param>
/// <param name="PlainInner">The inner slope by plain least squares, which zones flatten.</param>
/// <param name="PlainOuter">The same, outer boroughs.</param>
/// <param name="HeldOut">Runs of April, kept out of a fit on January to March.</param>
/// <param name="MeanError">Mean of fitted less seen on them, seconds.</param>
/// <param name="MeanAbsoluteError">Mean absolute error on them, seconds.</param>
internal sealed record FireEngineFit(
    int Runs, double InterceptInner, double InterceptOuter, double Inner, double Outer, double Night, double Peak, double Sigma,
    double PlainInner, double PlainOuter, int HeldOut, double MeanError, double MeanAbsoluteError)
{
    private const double LongestKm = 10;

    /// <summary>One run.</summary>
    /// <param name="Km">Between zones, from the matrix.</param>
    /// <param name="CrowKm">From the station to the incident, as the crow flies.</param>
    internal sealed record Run(bool Inner, int Band, double Km, double CrowKm, double Seconds, bool April);

    /// <summary>Fits both ways: all runs for the pack's values, January to March for the held-out error.</summary>
    public static FireEngineFit Of(IReadOnlyList<Run> runs)
    {
        var used = runs.Where(r => r.Km <= LongestKm && r.Seconds is >= 30 and <= 1200).ToList();
        var all = Fit(used, instrument: true);
        var plain = Fit(used, instrument: false);
        var early = Fit([.. used.Where(r => !r.April)], instrument: true);
        var april = used.Where(r => r.April).ToList();
        var errors = april.Select(r => Predict(early, r) - r.Seconds).ToList();
        var logs = used.Select(r => Math.Log(r.Seconds / Predict(all, r))).ToList();
        var mean = logs.Average();
        return new FireEngineFit(
            used.Count, Round(all.A[0]), Round(all.A[1]), Round(all.B[0]), Round(all.B[1]),
            Math.Round(all.Factor[0], 3), Math.Round(all.Factor[2], 3),
            Math.Round(Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / (logs.Count - 1)), 3),
            Round(plain.B[0]), Round(plain.B[1]), april.Count, Round(errors.Average()), Round(errors.Average(Math.Abs)));
    }

    /// <summary>What the pack says of these values.</summary>
    public string Basis => string.Create(
        CultureInfo.InvariantCulture,
        $"Two-stage least squares on {Runs} fire engine runs, January to April 2017, over the pack's distances (plain least squares: {PlainInner} inner, {PlainOuter} outer s/km); intercepts {InterceptInner} and {InterceptOuter} s left out, being a fire crew's call handling and turn-out; on {HeldOut} held-out April runs mean error {MeanError} s, mean absolute error {MeanAbsoluteError} s. Fire engines, not police cars");

    /// <summary>Band of an hour: 0 from 00 to 06, 2 from 16 to 19, 1 otherwise.</summary>
    public static int BandOf(int hour) => hour < 6 ? 0 : hour is >= 16 and < 19 ? 2 : 1;

    private static double Round(double value) => Math.Round(value, 1);

    private sealed record Fitted(double[] A, double[] B, double[] Offset, double[] Factor);

    private static double Predict(Fitted fit, Run run)
    {
        var d = run.Inner ? 0 : 1;
        return fit.A[d] + fit.Offset[run.Band] + (fit.B[d] * fit.Factor[run.Band] * run.Km);
    }

    // First kilometres as the crow-fly distance explains them, then what night and peak add to the turn-out and
    // by what they multiply the slope, with one slope for all boroughs; then slopes by density, given those.
    private static Fitted Fit(List<Run> runs, bool instrument)
    {
        if (instrument)
        {
            var first = Solve(runs, 4, r => r.Km, r => r.Inner ? [1, 0, r.CrowKm, 0] : [0, 1, 0, r.CrowKm]);
            runs = [.. runs.Select(r => r with { Km = r.Inner ? first[0] + (first[2] * r.CrowKm) : first[1] + (first[3] * r.CrowKm) })];
        }

        var bands = Solve(runs, 7, r => r.Seconds, r =>
        {
            var x = new double[7];
            x[r.Inner ? 0 : 1] = 1;
            x[2 + r.Band] = r.Km;
            if (r.Band != 1)
            {
                x[r.Band == 0 ? 5 : 6] = 1;
            }

            return x;
        });
        double[] offset = [bands[5], 0, bands[6]];
        double[] factor = [bands[2] / bands[3], 1, bands[4] / bands[3]];
        var slopes = Solve(runs, 4, r => r.Seconds - offset[r.Band], r =>
        {
            var x = new double[4];
            x[r.Inner ? 0 : 1] = 1;
            x[r.Inner ? 2 : 3] = r.Km * factor[r.Band];
            return x;
        });
        return new Fitted([slopes[0], slopes[1]], [slopes[2], slopes[3]], offset, factor);
    }

    private static double[] Solve(List<Run> runs, int size, Func<Run, double> left, Func<Run, double[]> row)
    {
        var m = new double[size, size + 1];
        foreach (var run in runs)
        {
            var x = row(run);
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                {
                    m[i, j] += x[i] * x[j];
                }

                m[i, size] += x[i] * left(run);
            }
        }

        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < size; k++)
            {
                if (k == i)
                {
                    continue;
                }

                var f = m[k, i] / m[i, i];
                for (var j = i; j <= size; j++)
                {
                    m[k, j] -= f * m[i, j];
                }
            }
        }

        return [.. Enumerable.Range(0, size).Select(i => m[i, size] / m[i, i])];
    }
}
