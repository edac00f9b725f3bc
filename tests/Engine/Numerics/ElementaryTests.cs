using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Tests.Numerics;

/// <summary>Reference values computed with 60 decimal digits and rounded to the nearest double.</summary>
public sealed class ElementaryTests
{
    public static TheoryData<double, double> Exp => new()
    {
        { 1.0, 2.718281828459045 },
        { -1.0, 0.36787944117144233 },
        { 0.5, 1.6487212707001282 },
        { 0.001, 1.0010005001667084 },
        { -1e-09, 0.999999999 },
        { 2.302585092994046, 10.000000000000002 },
        { 10.0, 22026.465794806718 },
        { -20.5, 1.2501528663867426e-09 },
        { 100.25, 3.451610733125924e+43 },
        { -300.125, 4.543270750163927e-131 },
        { 700.5, 1.6721859620674984e+304 },
        { -700.75, 4.657381420117245e-305 },
        { 0.34657, 1.4142084849595797 },
        { 0.3466, 1.4142509118505286 },
        { 1.7, 5.4739473917272 },
        { -2.9, 0.05502322005640723 },
        { -17.616723516683763, 2.2343653483439164e-08 },
        { -34.915082607549806, 6.8639211891662745e-16 },
        { 15.093447303985371, 3589226.5945606646 },
        { -42.756371333245724, 2.698633229757316e-19 },
        { 3.5882004306689197, 36.168928830638286 },
        { -13.431108308741443, 1.4687361208370597e-06 },
        { -44.20010752252932, 6.369967307762992e-20 },
        { 0.7435733189420262, 2.1034383576118842 },
    };

    public static TheoryData<double, double> Log => new()
    {
        { 2.0, 0.6931471805599453 },
        { 3.0, 1.0986122886681098 },
        { 10.0, 2.302585092994046 },
        { 0.5, -0.6931471805599453 },
        { 0.1, -2.3025850929940455 },
        { 1.0000001, 9.999999505838704e-08 },
        { 0.9999999, -1.0000000494736474e-07 },
        { 1e-300, -690.7755278982137 },
        { 1e+300, 690.7755278982137 },
        { 5e-324, -744.4400719213812 },
        { 0.7071, -0.346583180371942 },
        { 1.41421, 0.34657107129862735 },
        { 1.41422, 0.34657814235925116 },
        { 123456.789, 11.723646487185881 },
        { 7.941376796835889e-12, -25.55893445559629 },
        { 0.025556207631250428, -3.666875031715237 },
        { 4.748212705494527e-11, -23.77066774822369 },
        { 1.5035307693719023e-10, -22.618034741540864 },
        { 0.015433361873557067, -4.171223757301211 },
        { 69895785.85564154, 18.062515917198386 },
        { 9.35937972362702e-10, -20.7894719104901 },
        { 2.2789518558931147e-07, -15.29438002601966 },
    };

    public static TheoryData<double, double> Quantile => new()
    {
        { 1e-300, -37.0470962993612 },
        { 1e-20, -9.262340089798407 },
        { 1e-10, -6.361340902404057 },
        { 1e-05, -4.264890793922825 },
        { 0.001, -3.0902323061678136 },
        { 0.02425, -1.972961051311885 },
        { 0.025, -1.9599639845400543 },
        { 0.07, -1.4757910281791706 },
        { 0.0751, -1.43882539275254 },
        { 0.2, -0.8416212335729142 },
        { 0.4, -0.2533471031357997 },
        { 0.499999, -2.5066282745665593e-06 },
        { 0.5001, 0.00025066283008800747 },
        { 0.6, 0.2533471031357997 },
        { 0.75, 0.6744897501960817 },
        { 0.9, 1.2815515655446006 },
        { 0.975, 1.9599639845400538 },
        { 0.99, 2.3263478740408408 },
        { 0.999999, 4.753424308817087 },
    };

    [Theory, MemberData(nameof(Exp))]
    public void Exp_KnownArgument_IsWithinOneUnitInTheLastPlace(double x, double expected) => UnitsApart(Elementary.Exp(x), expected).ShouldBeLessThanOrEqualTo(1);

    [Theory, MemberData(nameof(Log))]
    public void Log_KnownArgument_IsWithinOneUnitInTheLastPlace(double x, double expected) => UnitsApart(Elementary.Log(x), expected).ShouldBeLessThanOrEqualTo(1);

    [Theory, MemberData(nameof(Quantile))]
    public void NormalQuantile_KnownProbability_IsRightToFourteenDigits(double p, double expected) =>
        (Math.Abs(Elementary.NormalQuantile(p) - expected) / Math.Abs(expected)).ShouldBeLessThan(1e-14);

    [Fact]
    public void Elementary_OutsideTheDomain_SaysSo()
    {
        Elementary.Exp(710).ShouldBe(double.PositiveInfinity);
        Elementary.Exp(-746).ShouldBe(0);
        double.IsNaN(Elementary.Log(-1)).ShouldBeTrue();
        Elementary.Log(0).ShouldBe(double.NegativeInfinity);
        Elementary.NormalQuantile(0.5).ShouldBe(0);
        double.IsNaN(Elementary.NormalQuantile(1.5)).ShouldBeTrue();
    }

    /// <summary>The bits themselves: a processor or a compiler that computes otherwise is found here.</summary>
    [Fact]
    public void Elementary_OverManyArguments_GivesTheRecordedBits()
    {
        ulong digest = 1469598103934665603;
        for (var i = 1; i <= 20_000; i++)
        {
            var u = i / 20_001.0;
            foreach (var value in new[] { Elementary.Exp((u * 80) - 40), Elementary.Log(u * 1000), Elementary.NormalQuantile(u) })
            {
                digest = (digest ^ BitConverter.DoubleToUInt64Bits(value)) * 1099511628211;
            }
        }

        digest.ShouldBe(4550362911645635542UL);
    }

    private static long UnitsApart(double a, double b) => Math.Abs(BitConverter.DoubleToInt64Bits(a) - BitConverter.DoubleToInt64Bits(b));
}
