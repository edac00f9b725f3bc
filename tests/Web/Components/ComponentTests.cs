using System.Globalization;
using System.Text;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Tests.Components;

public sealed class ComponentTests
{
    [Fact]
    public void Share_WithInterval_ReadsAsASentencePart() =>
        Format.Share(new Estimate(0.7194, 0.006, 0.7061, 0.7312)).ShouldBe("71.9% (95% interval 70.6 to 73.1)");

    [Fact]
    public void Points_Fall_HasATrueMinusSign() =>
        Format.Points(new Estimate(-0.122, 0.004, -0.13, -0.114)).ShouldBe("−12.2 points (95% interval −13.0 to −11.4)");

    [Fact]
    public void Share_NothingObserved_SaysSo() => Format.Share(new Estimate(null, null, null, null)).ShouldBe("not observed");

    [Theory]
    [InlineData(-0.04, "0.0")]
    [InlineData(0.06, "+0.1")]
    [InlineData(-1234.56, "−1,234.6")]
    public void Signed_Rounded_NeverShowsMinusNought(double value, string text) => Format.Signed(value).ShouldBe(text);

    [Fact]
    public void Csv_AwkwardText_IsQuotedAndNeverAFormula()
    {
        var table = new DataTable("t", "T", [new("A"), new("B, C")], [["=1+1", "say \"yes\""], ["two\nlines", "−1"]]);

        Encoding.UTF8.GetString(table.ToCsv()).ShouldBe("\uFEFFA,\"B, C\"\r\n'=1+1,\"say \"\"yes\"\"\"\r\n\"two\nlines\",−1\r\n");
    }

    [Fact]
    public void Assign_UnitsThatTouch_NeverShareAColour()
    {
        var units = Enumerable.Range(0, 40).ToDictionary(i => $"U{i:00}", i => (IReadOnlyList<string>)[$"A{i}"], StringComparer.Ordinal);
        // A grid five wide: each touches its right and lower neighbour.
        var borders = Enumerable.Range(0, 40).SelectMany(i => new[] { (i % 5 < 4, i + 1), (i + 5 < 40, i + 5) }.Where(p => p.Item1).Select(p => ($"A{i}", $"A{p.Item2}"))).ToList();

        var colours = Palette.Assign(units, borders);

        borders.ShouldNotBeEmpty();
        borders.ShouldAllBe(b => colours["U" + b.Item1.Substring(1).PadLeft(2, '0')] != colours["U" + b.Item2.Substring(1).PadLeft(2, '0')]);
    }

    [Theory]
    [InlineData(0.48, 0.93)]
    [InlineData(0, 7)]
    [InlineData(-13.2, 4.1)]
    [InlineData(0, 0)]
    [InlineData(1000, 61000)]
    public void Scale_AnyRange_CoversItWithFewRoundTicks(double low, double high)
    {
        var scale = new Scale(low, high, 0, 100);

        scale.Low.ShouldBeLessThanOrEqualTo(low);
        scale.High.ShouldBeGreaterThanOrEqualTo(high);
        scale.Ticks.Count.ShouldBeInRange(2, 8);
        scale.At(scale.Low).ShouldBe(0, 1e-9);
        scale.At(scale.High).ShouldBe(100, 1e-9);
    }

    [Fact]
    public void DotChart_HostileLabel_IsEscaped()
    {
        var chart = new DotIntervalChart
        {
            Title = "<script>", Note = "n", Series = ["A"], Read = v => Format.Percent(v, 0),
            Rows = [new DotRow("</text><script>", [new Dot(0.5, 0.4, 0.6)])],
            Table = new DataTable("t", "T", [new("A")], [["x"]]),
        };

        chart.Draw().ShouldNotContain("<script");
    }

    [Fact]
    public void DotIntervalChart_DotsCloseTogether_NamesOfSeriesStandApart()
    {
        var chart = new DotIntervalChart
        {
            Title = "T", Note = "n", Series = ["Happened", "Predicted", "Before calibration"], Read = v => Format.Percent(v, 0), Low = 0, High = 1,
            Rows = [new DotRow("May", [new Dot(0.7), new Dot(0.87), new Dot(0.72)])],
            Table = new DataTable("t", "T", [new("A")], [["x"]]),
        };

        var drawn = chart.Draw();

        double Place(string name)
        {
            const string attribute = "<text x=\"";
            var from = drawn.LastIndexOf(attribute, drawn.IndexOf($">{name}<", StringComparison.Ordinal), StringComparison.Ordinal) + attribute.Length;
            return double.Parse(drawn[from..drawn.IndexOf('"', from)], CultureInfo.InvariantCulture);
        }

        Place("Happened").ShouldBeLessThan(Place("Before calibration") - ("Before calibration".Length * 7));
        Place("Before calibration").ShouldBeLessThan(Place("Predicted"));
    }
}
