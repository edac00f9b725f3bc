using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Tests.Programme.Schedule;

public class SlippageTests
{
    [Theory]
    [InlineData("17 March 2017", "21 May 2017", SlippageVerdict.Later, 65, 65, "65 days later")]
    [InlineData("27 March 2017", "27 March 2017", SlippageVerdict.OnTime, 0, 0, "on time")]
    [InlineData("27 March 2017", "26 March 2017", SlippageVerdict.Earlier, -1, -1, "1 day earlier")]
    [InlineData("April 2017", "June 2017", SlippageVerdict.Later, 32, 90, "one to three months later")]
    [InlineData("June 2017", "April 2017", SlippageVerdict.Earlier, -90, -32, "one to three months earlier")]
    [InlineData("June 2017", "30 July 2017", SlippageVerdict.Later, 30, 59, "one to two months later")]
    [InlineData("June 2017", "September 2017", SlippageVerdict.Later, 63, 121, "two to four months later")]
    [InlineData("April 2017", "1 May 2017", SlippageVerdict.Later, 1, 30, "1 to 30 days later")]
    [InlineData("30 April 2017", "2018", SlippageVerdict.Later, 246, 610, "eight to 21 months later")]
    [InlineData("April 2017", "April 2017", SlippageVerdict.OnTime, -29, 29, "on time: both say April 2017")]
    [InlineData("April 2017", "21 April 2017", SlippageVerdict.CannotTell, -9, 20, "cannot be told: the baseline is only a month")]
    [InlineData("21 April 2017", "April 2017", SlippageVerdict.CannotTell, -20, 9, "cannot be told: the forecast is only a month")]
    [InlineData("2017", "spring 2017", SlippageVerdict.CannotTell, -305, 150, "cannot be told: the baseline is only a year")]
    public void Between_DatesAsStated_IsAsExactAsTheyAre(string from, string to, SlippageVerdict verdict, int least, int most, string words) =>
        Slippage.Between(Date(from), Date(to)).ShouldBe(new Slippage(verdict, least, most, words));

    [Theory]
    [InlineData("12 May 2017", "a day")]
    [InlineData("May 2017", "a month")]
    [InlineData("Q2 2017", "a quarter of a year")]
    [InlineData("2017/18", "a year")]
    [InlineData("early 2017", "a span of four months")]
    [InlineData("10 May 2017 to 24 June 2017", "a span of 46 days")]
    public void Precision_OfADateAsStated_IsNamed(string date, string precision) => Slippage.Precision(Date(date)).ShouldBe(precision);

    private static PartialDate Date(string text)
    {
        PartialDate.TryParse(text, out var date).ShouldBeTrue(text);
        return date!;
    }
}
