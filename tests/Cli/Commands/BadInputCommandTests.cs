namespace Pathfinder.Cli.Tests.Commands;

/// <summary>Each kind of bad input to charts and effects: said with file, row and field, exit code 2, nothing on the output.</summary>
public sealed class BadInputCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pathfinder-bad-");

    [Theory]
    [InlineData("A,2017-01,1,0\nA,2017-01,2,0\nA,2017-02,3,1\nB,2017-01,1,0\nB,2017-02,2,0\n", "did", "There are 2 rows for A at 2017-01")]
    [InlineData("A,2017-01,1,0\nA,2017-03,3,1\nB,2017-01,1,0\nB,2017-02,2,0\nB,2017-03,2,0\n", "did", "There is no row for A at 2017-02")]
    [InlineData("A,2017-01,1,1\nA,2017-02,3,1\nB,2017-01,1,0\nB,2017-02,2,0\n", "did", "never seen untreated")]
    [InlineData("A,2017-01,1,0\nA,2017-02,3,1\nB,2017-01,1,0\nB,2017-02,2,0\n", "sc", "1 comparator: weights need at least 3")]
    [InlineData("A,2017-01,1,0\nA,2017-02,3,1\nB,2017-01,1,0\nB,2017-02,2,0\n", "sdid", "1 comparator: weights need at least 3")]
    [InlineData("A,2017-01,5,0\nA,2017-02,5,1\nB,2017-01,5,0\nB,2017-02,5,0\n", "did", "The outcome is the same everywhere")]
    [InlineData("A,2017-01,1,0\nA,Feb-17,3,1\nB,2017-01,1,0\nB,2017-02,2,0\n", "did", "Times are written in more than one way")]
    [InlineData("A,2017-01,1,0\nA,2017-02,3,1\nB,2017-01,1,1\nB,2017-02,2,1\n", "att-gt", "never seen untreated")]
    [InlineData("A,2017-01,1,0\nA,2017-02,3,1\nB,2017-01,1,0\nB,2017-02,2,1\n", "att-gt", "Every unit is treated, and all from one date on")]
    [InlineData("A,2017-01,1,0\nA,2017-02,3,1\nA,2017-03,3,1\nB,2017-01,1,0\nB,2017-02,2,0\nB,2017-03,2,1\n", "att-gt", "compare with units not yet treated instead (controls: notyet)")]
    public async Task Effect_BadPanel_IsRefusedWithTheReason(string rows, string method, string message) =>
        await RefusesAsync("unit,time,value,treated\n" + rows, message, "evaluate", "effect", "FILE", "--unit", "unit", "--time", "time", "--outcome", "value", "--treated", "treated", "--method", method, "--json");

    [Fact]
    public async Task Effect_PercentagesOverHundredAndDenominatorsOfNought_AreNamedByRow()
    {
        await RefusesAsync("unit,time,percent,treated\nA,1,101,0\nA,2,3,1\nB,1,1,0\nB,2,2,0\n", "A percentage is over 100", "evaluate", "effect", "FILE", "--unit", "unit", "--time", "time", "--outcome", "percent", "--treated", "treated", "--method", "did");
        await RefusesAsync("unit,time,x,n,treated\nA,1,4,0,0\nA,2,3,9,1\n", "The denominator is not above zero", "evaluate", "effect", "FILE", "--unit", "unit", "--time", "time", "--outcome", "x", "--n", "n", "--treated", "treated", "--method", "its");
    }

    [Theory]
    [InlineData("month,value\n2017-01,1\n2017-01,2\n", "xmr", "Two rows are for one date")]
    [InlineData("month,value\n2017-01,1\n2017-02,2\n2017-04,3\n", "xmr", "Times are missing between 2017-02")]
    [InlineData("month,value\n2017-01,5\n2017-02,5\n", "xmr", "there is no variation to chart")]
    [InlineData("month,value\n2017-01,5\n01/02/2017,6\n", "xmr", "more than one way")]
    [InlineData("month,value,n\n2017-01,5,0\n2017-02,6,9\n", "p", "The denominator is not above zero")]
    [InlineData("month,value,n\n2017-01,5,4\n2017-02,6,9\n", "pprime", "The numerator is not between zero and the denominator")]
    public async Task Chart_BadSeries_IsRefusedWithTheReason(string text, string kind, string message) =>
        await RefusesAsync(text, message, [.. new[] { "chart", "FILE", "--date", "month", "--value", "value", "--kind", kind, "--json" }, .. kind == "xmr" ? Array.Empty<string>() : ["--n", "n"]]);

    [Fact]
    public async Task Chart_RollingAverageOverHundredAndNoSuchRebase_AreEachRefused()
    {
        await RefusesAsync("month,rolling average\n2017-01,1\n2017-02,2\n", "A rolling average cannot be put on a control chart", "chart", "FILE", "--date", "month", "--value", "rolling average");
        await RefusesAsync("month,percent\n2017-01,99\n2017-02,102\n", "A percentage is over 100", "chart", "FILE", "--date", "month", "--value", "percent");
        var constant = await RefusesAsync("month,value\n2017-01,5\n2017-02,5\n", "there is no variation to chart", "chart", "FILE", "--date", "month", "--value", "value", "--rebase", "foo");
        constant.ShouldContain("No point has the date at which the limits should start afresh");
    }

    [Fact]
    public async Task Chart_Funnel_CallsItsFirstColumnArea()
    {
        var (code, output, _) = await EvaluateCommandTests.Run("chart", Write("area,x,n\nA,5,10\nB,6,10\nC,9,10\n"), "--kind", "funnel", "--date", "area", "--value", "x", "--n", "n");

        code.ShouldBe(0);
        output.ShouldContain("Area");
        output.ShouldNotContain("Date");
    }

    [Fact]
    public async Task Effect_StaggeredInWords_SaysTheTestOfWhatCameBefore()
    {
        var rows = string.Concat(Enumerable.Range(0, 12).SelectMany(unit => Enumerable.Range(1, 5).Select(time =>
            $"u{unit},{time},{(unit * 3) + time + ((unit * time * 7) % 5) + (unit < 6 && time >= 4 ? 9 : 0)},{(unit < 6 && time >= 4 ? 1 : 0)}\n")));

        var (code, output, error) = await EvaluateCommandTests.Run("evaluate", "effect", Write("unit,time,value,treated\n" + rows), "--unit", "unit", "--time", "time", "--outcome", "value", "--treated", "treated", "--method", "att-gt");

        code.ShouldBe(0, error);
        output.ShouldContain("Effects before treatment are all nought (Wald): chi-squared");
        output.ShouldNotContain("p = 0;");
    }

    [Fact]
    public async Task Effect_ErrorAlongTimeOfTooFewTimes_SaysWhatItNeeds()
    {
        var file = Write("unit,time,value,treated\nA,2017-01,1,0\nA,2017-02,3,1\nB,2017-01,1,0\nB,2017-02,2,0\n");
        string[] words = ["evaluate", "effect", file, "--unit", "unit", "--time", "time", "--outcome", "value", "--treated", "treated", "--method", "did"];

        var usual = await EvaluateCommandTests.Run(words);
        var along = await EvaluateCommandTests.Run([.. words, "--se", "time"]);

        usual.Output.ShouldStartWith("Effect +1, without a standard error across units (--se time gives one");
        along.Output.ShouldStartWith("Effect +1, without a standard error\n");
        along.Error.ShouldContain("needs two times before, one after and four in all");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> RefusesAsync(string text, string message, params string[] arguments)
    {
        var file = Write(text);
        var (code, output, error) = await EvaluateCommandTests.Run([.. arguments.Select(word => word == "FILE" ? file : word)]);
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain(message);
        return error;
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "input.csv");
        File.WriteAllText(file, text);
        return file;
    }
}
