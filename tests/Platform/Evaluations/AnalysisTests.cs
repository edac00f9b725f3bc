using Pathfinder.Analysis.Effects;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Tests.Programme;

namespace Pathfinder.Platform.Tests.Evaluations;

/// <summary>From a pasted table to an analysis that is kept and can be had again.</summary>
public sealed class AnalysisTests
{
    private const string Pasted = "Month\tCN\tEA\tMPS\nJul-16\t84%\t78%\t83%\nAug-16\t85%\t76%\t84%\nSep-16\t86%\t77%\t83%\nOct-16\t70%\t52%\t83%\nNov-16\t69%\t50%\t82%\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("80,80,79,78,76,75,62,62", "it may have been moving that way before the change")]
    [InlineData("80,81,80,81,80,81,60,60", "little before the change looks like it")]
    public void Words_OfAnAreaThatWasFallingBefore_SayThatItWas(string area, string said)
    {
        var csv = "area,time,value,treated\n" + string.Concat(area.Split(',').Select((value, i) => $"X,2017-0{i + 1},{value},{(i > 5 ? 1 : 0)}\nY,2017-0{i + 1},80,0\n"));
        var table = PanelReader.Read(csv, "panel.csv", PanelText.Columns).Value;

        var words = EffectWords.Of(EffectStudy.Of(table, new EffectRequest(EffectMethod.DifferenceInDifferences)).Value, table);

        words.SomethingElse.ShouldContain(line => line.StartsWith("Pretending", StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal));
        // The interval stands in the same answer.
        words.SomethingElse.ShouldNotContain(line => line.Contains("no standard error", StringComparison.Ordinal));
    }

    [Fact]
    public void Table_PastedWithTabsAndPerCentSigns_BecomesAPanel()
    {
        var table = PastedPanel.Read(Pasted).Value;
        var csv = table.ToLong(["EA", "MPS"], ["EA"], "2016-10").Problems;
        var right = table.ToLong(["EA", "MPS"], ["EA"], "Oct-16").Value.Csv;

        (table.IsLong, string.Join(',', table.Areas), table.Times.Count).ShouldBe((false, "CN,EA,MPS", 5));
        csv.ShouldHaveSingleItem().Field.ShouldBe("start");
        Analyses.Study(right, PanelText.Columns, [], new EffectRequest(EffectMethod.DifferenceInDifferences)).Value.Effect.Estimate
            .ShouldBe(51 - 82.5 - (77 - (250 / 3.0)), 1e-9);
    }

    [Theory]
    [InlineData("", "no table")]
    [InlineData("a,b\n", "rows below")]
    [InlineData("a,b\n1\n", "another number of fields")]
    [InlineData("a,a\n1,2\n", "one name")]
    [InlineData("m,a\nsoon,2\n", "no date and no running index")]
    [InlineData("m,a,b\nJul-16,2,3\n\n2016-08,4,5\n", "more than one way")]
    [InlineData("m,a,b\nJul-16,2,3\nAug-16,4,5\nJul-16,6,7\n", "Two rows are for one time; the first is row 2")]
    public void Table_Unusable_SaysWhy(string text, string message) =>
        PastedPanel.Read(text).Problems.ShouldContain(problem => problem.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void Table_NewestMonthFirst_IsReadInOrderOfTime()
    {
        var lines = Pasted.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var newestFirst = PastedPanel.Read(string.Join('\n', lines.Skip(1).Reverse().Prepend(lines[0]))).Value;

        newestFirst.Times.ShouldBe(PastedPanel.Read(Pasted).Value.Times);
        newestFirst.ToLong(["EA", "MPS"], ["EA"], "Oct-16").Value.Csv.ShouldBe(PastedPanel.Read(Pasted).Value.ToLong(["EA", "MPS"], ["EA"], "Oct-16").Value.Csv);
        // Kept as it was pasted, and read again the same.
        PastedPanel.Read(newestFirst.ToCsv()).Value.Times.ShouldBe(newestFirst.Times);
    }

    [Fact]
    public void Table_WithAWordAmongItsNumbersBelowABlankLine_NamesTheRowAndColumnAsPasted()
    {
        var problem = PastedPanel.Read("Month\tEA\tMPS\nJul-16\t78%\t83%\n\nAug-16\t76\teighty\n").Problems.ShouldHaveSingleItem();

        (problem.Row, problem.Field, problem.Found).ShouldBe((4, "MPS", "eighty"));
    }

    [Fact]
    public void Panel_MadeOfATableWithAHole_KnowsWhichCellOfTheTableEachRowIs()
    {
        var table = PastedPanel.Read("Month,EA,MPS\nSep-16,77,\n\nAug-16,76,84\nJul-16,78,83\n").Value;

        var (csv, cells) = table.ToLong(["EA", "MPS"], ["EA"], "Sep-16").Value;

        var missing = PanelReader.Read(csv, "panel.csv", PanelText.Columns).Problems.ShouldHaveSingleItem();
        cells[missing.Row!.Value - 2].ShouldBe(new PastedCell(2, "MPS"));
    }

    [Fact]
    public void Table_Long_ColumnsAreGuessed() =>
        PastedPanel.Read("borough,month,in_time,live\nA,2016-01,80,0\nA,2016-02,81,1\n").Value.Guess().ShouldBe(new PanelColumns("borough", "month", "in_time", "live"));

    [Theory]
    [InlineData(0.00000002, "<0.0001", "p < 0.0001")]
    [InlineData(0.0001, "0.0001", "p = 0.0001")]
    [InlineData(0.4118, "0.4118", "p = 0.4118")]
    [InlineData(0.99999, ">0.9999", "p > 0.9999")]
    [InlineData(1, "1", "p = 1")]
    public void PValue_ASmallOne_IsSaidToBeSmallAndNotNought(double p, string text, string said) => (PValue.Text(p), PValue.Said(p)).ShouldBe((text, said));

    [Fact]
    public async Task Analysis_Kept_GivesTheSameDigitsAgain()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        var analyses = store.Store.Get<Analyses>();
        var csv = PastedPanel.Read(Pasted).Value.ToLong(["EA", "MPS"], ["EA"], "Oct-16").Value.Csv;
        var keep = new AnalysisToKeep("East after October", csv, PanelText.Columns, [], new EffectRequest(EffectMethod.DifferenceInDifferences), null, []);

        var key = (await analyses.SaveAsync(ProgrammeStore.Office, keep, "East fell", "To show the board", "1.0", Cancel)).Value;
        var body = (await PlanWorld.Today(store).FindAsync<EffectAnalysis>(key, Cancel))!.Body;
        var again = (await analyses.RepeatAsync(body, Cancel)).Value;

        (again.Effect.Estimate, again.Effect.Se, again.Effect.P).ShouldBe((body.Estimate, body.Se, body.P));
        body.Error.ShouldBe("along time");
        again.Answer.AlongTime!.Degrees.ShouldBe(3);
        (await analyses.FindPanelAsync(body.Panel, Cancel)).ShouldBe(csv);
    }

    [Fact]
    public async Task Panel_NameOfAnotherKeptText_IsNotThere()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        var other = await store.Store.History.KeepAsync("a,b\n1,2\n"u8.ToArray(), "text/plain", Cancel);

        (await store.Store.Get<Analyses>().FindPanelAsync(other, Cancel)).ShouldBeNull();
    }

    [Fact]
    public void Words_OfAStudy_SayWhatHowSureAndWhatElse()
    {
        var table = PanelReader.Read(PastedPanel.Read(Pasted).Value.ToLong(["EA", "MPS"], ["EA"], "Oct-16").Value.Csv, "panel.csv", PanelText.Columns).Value;
        var words = EffectWords.Of(EffectStudy.Of(table, new EffectRequest(EffectMethod.DifferenceInDifferences)).Value, table, "%");

        words.Answer.ShouldBe("EA is 25.167 points lower after the change than it would have been");
        words.HowSure.ShouldStartWith("More than chance would do: 95% interval");
        words.ComparedWith.ShouldBe("MPS, over 3 times before and 2 after");
        words.SomethingElse.ShouldContain(line => line.Contains("One treated or one untreated unit", StringComparison.Ordinal));
    }
}
