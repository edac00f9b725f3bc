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

    [Fact]
    public void Table_PastedWithTabsAndPerCentSigns_BecomesAPanel()
    {
        var table = PastedPanel.Read(Pasted).Value;
        var csv = table.ToLong(["EA", "MPS"], ["EA"], "2016-10").Problems;
        var right = table.ToLong(["EA", "MPS"], ["EA"], "Oct-16").Value;

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
    public void Table_Unusable_SaysWhy(string text, string message) =>
        PastedPanel.Read(text).Problems.ShouldContain(problem => problem.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void Table_Long_ColumnsAreGuessed() =>
        PastedPanel.Read("borough,month,in_time,live\nA,2016-01,80,0\nA,2016-02,81,1\n").Value.Guess().ShouldBe(new PanelColumns("borough", "month", "in_time", "live"));

    [Fact]
    public async Task Analysis_Kept_GivesTheSameDigitsAgain()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        var analyses = store.Store.Get<Analyses>();
        var csv = PastedPanel.Read(Pasted).Value.ToLong(["EA", "MPS"], ["EA"], "Oct-16").Value;
        var keep = new AnalysisToKeep("East after October", csv, PanelText.Columns, [], new EffectRequest(EffectMethod.DifferenceInDifferences), null, []);

        var key = (await analyses.SaveAsync(ProgrammeStore.Office, keep, "East fell", "To show the board", "1.0", Cancel)).Value;
        var body = (await PlanWorld.Today(store).FindAsync<EffectAnalysis>(key, Cancel))!.Body;
        var again = (await analyses.RepeatAsync(body, Cancel)).Value;

        (again.Effect.Estimate, again.Effect.Se, again.Effect.P).ShouldBe((body.Estimate, body.Se, body.P));
        body.Error.ShouldBe("along time");
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
        var table = PanelReader.Read(PastedPanel.Read(Pasted).Value.ToLong(["EA", "MPS"], ["EA"], "Oct-16").Value, "panel.csv", PanelText.Columns).Value;
        var words = EffectWords.Of(EffectStudy.Of(table, new EffectRequest(EffectMethod.DifferenceInDifferences)).Value, table, "%");

        words.Answer.ShouldBe("EA is 25.167 points lower after the change than it would have been");
        words.HowSure.ShouldStartWith("More than chance would do: 95% interval");
        words.ComparedWith.ShouldBe("MPS, over 3 times before and 2 after");
        words.SomethingElse.ShouldContain(line => line.Contains("One treated or one untreated unit", StringComparison.Ordinal));
    }
}
