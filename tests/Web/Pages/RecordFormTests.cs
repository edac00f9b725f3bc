using Pathfinder.Platform;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;
using Pathfinder.Testing;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Tests.Pages;

public sealed class RecordFormTests
{
    [Theory]
    [InlineData("2018-06-30")]
    [InlineData("2017-05-12")]
    public async Task Form_OfEveryRecordOfLondon_ReadsBackAsItWas(string day)
    {
        var store = await LondonProgramme.SharedAsync();
        var date = DateOnly.Parse(day);
        var view = store.Get<IRecords>().View(reader: null, new AsAt(date, date));
        var read = 0;
        foreach (var kind in PlatformKinds.All)
        {
            var choices = await FormChoices.LoadAsync(view, kind, force: null, TestContext.Current.CancellationToken);
            foreach (var record in await view.ListAsync(kind, TestContext.Current.CancellationToken))
            {
                var (body, problems) = RecordForm.Of(kind, record.Body, choices).Read(choices, record.Body);

                problems.ShouldBeEmpty(record.Reference);
                kind.Write(body!).ShouldBe(kind.Write(record.Body), record.Reference);
                read++;
            }
        }

        read.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("21 May (21 May 2017)", "21 May", "2017-05-21", "2017-05-21")]
    [InlineData("after Easter (17 April 2017 to 31 May 2017)", "after Easter", "2017-04-17", "2017-05-31")]
    [InlineData("spring 2017", "spring 2017", "2017-03-01", "2017-05-31")]
    public void Date_TypedWithItsMeaning_KeepsWordsAndMeaning(string typed, string words, string first, string last)
    {
        RecordForm.TryReadDate(typed, out var date).ShouldBeTrue();

        (date!.Text, date.First, date.Last).ShouldBe((words, DateOnly.Parse(first), DateOnly.Parse(last)));
        RecordForm.Text(date).ShouldBe(typed);
    }

    [Theory]
    [InlineData("after Easter")]
    [InlineData("(17 April 2017)")]
    [InlineData("soon (then)")]
    public void Date_WithoutMeaning_IsRefused(string typed) => RecordForm.TryReadDate(typed, out _).ShouldBeFalse();
}
