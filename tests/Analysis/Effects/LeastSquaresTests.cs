using System.Globalization;
using Pathfinder.Analysis.Effects;
using Pathfinder.Analysis.Power;

namespace Pathfinder.Analysis.Tests.Effects;

public class LeastSquaresTests
{
    [Theory]
    [InlineData("Longley.dat", 31, 60, 6, 9, 9)]
    [InlineData("Norris.dat", 31, 60, 1, 10, 10)]
    [InlineData("Pontius.dat", 31, 60, -2, 9, 9)]
    public void LeastSquares_NistCertified_CoefficientsAndErrors(string file, int certifiedFrom, int dataFrom, int regressors, int digits, int errorDigits)
    {
        var lines = ReferenceData.Lines(file);
        // Each row of certified values is a name, an estimate and a standard deviation.
        var certified = lines.Skip(certifiedFrom - 1).Take(20).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields is [['B', _], _, _]).Select(fields => (Estimate: Number(fields[1]), Se: Number(fields[2]))).ToList();
        var rows = lines.Skip(dataFrom).Where(line => line.Trim().Length > 0).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray()).ToList();
        var outcome = rows.Select(row => row[0]).ToArray();
        var columns = new List<double[]> { rows.Select(_ => 1.0).ToArray() };
        for (var j = 1; j <= Math.Abs(regressors); j++)
        {
            // A negative number asks for a polynomial of that degree in the one regressor.
            columns.Add(rows.Select(row => regressors > 0 ? row[j] : Math.Pow(row[1], j)).ToArray());
        }

        var fit = LeastSquares.Fit(columns, outcome);

        certified.Count.ShouldBe(columns.Count);
        for (var j = 0; j < columns.Count; j++)
        {
            fit.Coefficients[j].ShouldMatch(certified[j].Estimate, digits, $"{file} B{j}");
            fit.StandardError(j).ShouldMatch(certified[j].Se, errorDigits, $"{file} se B{j}");
        }
    }

    [Fact]
    public void SeriesNoise_MichelsonOfNist_MeanDeviationAndAutocorrelation()
    {
        var values = ReferenceData.Lines("Michelso.dat").SkipWhile(line => !line.StartsWith("-----", StringComparison.Ordinal)).Skip(1).Where(line => line.Trim().Length > 0).Select(Number).ToList();

        values.Count.ShouldBe(100);
        var noise = SeriesNoise.Of(values);
        noise.Mean.ShouldMatch(299.852400000000, 12);
        noise.Sigma.ShouldMatch(0.0790105478190518, 9);
        noise.Autocorrelation.ShouldMatch(0.535199668621283, 9);
    }

    [Fact]
    public void LeastSquares_ColumnThatRepeatsAnother_Dropped()
    {
        double[] x = [1, 2, 3, 4, 5];
        double[] one = [1, 1, 1, 1, 1];

        var fit = LeastSquares.Fit([one, x, [.. x.Select(v => 2 * v)]], [3, 5, 7, 9, 11]);

        fit.Kept.ShouldBe([0, 1]);
        fit.Coefficients[1].ShouldBe(2, 1e-12);
        double.IsNaN(fit.Coefficients[2]).ShouldBeTrue();
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
