using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Tests.Programme.Queries;

public sealed class QueriesTests : IAsyncLifetime
{
    private SmallProgramme _small = null!;

    public async ValueTask InitializeAsync()
    {
        _small = await SmallProgramme.CreateAsync();
        await _small.SaveAsync("measure", "i", new Measure { Title = "I in 15 minutes", Definition = "Share in time" }, "2016-01-01");
        foreach (var (area, month, value) in new (string, int, decimal?)[] { ("CN", 4, 79), ("CN", 5, 70), ("CN", 6, 69), ("CN", 8, 78), ("EA", 4, 63), ("EA", 5, 52), ("EA", 6, null) })
        {
            var first = new DateOnly(2017, month, 1);
            var last = first.AddMonths(1).AddDays(-1);
            await _small.SaveAsync(
                "observation", $"i-{area.ToLowerInvariant()}-{month}",
                new Observation { Title = $"I {area} {month}", Measure = "i", Area = area, Period = SmallProgramme.Date($"2017-{month:00}"), Value = value, Words = value is null ? "worse" : null },
                last.ToString("yyyy-MM-dd"), known: "2017-09-30");
        }

        await _small.SaveAsync("abstraction", "east", new Abstraction { Title = "Ward officers lent", Role = "Dedicated ward officer", Areas = ["EA"] }, "2017-06-01", "2017-09-30", until: "2017-09-05");
        await _small.SaveAsync("roll-out-terms", "t", new RollOutTerms { Title = "Terms", Series = "s", Announced = SmallProgramme.Date("12 February 2018"), EngagementMonths = 2 }, "2018-02-12");
        await _small.SaveAsync("wave", "w1", new Wave { Title = "June", Series = "s", Number = 1, GoesLive = SmallProgramme.Date("June 2018") }, "2018-02-12");
        await _small.SaveAsync("wave", "w2", new Wave { Title = "September", Series = "s", Number = 2, GoesLive = SmallProgramme.Date("September 2018") }, "2018-02-12");
        await _small.SaveAsync(
            "funding", "secret",
            new Funding { Title = "Supplier", StatedTotal = 320_000, Handling = new Handling { Readers = ["organisation:mps"], Ground = "commercial sensitivity" } }, "2018-02-12");
        await _small.SaveAsync("funding", "open", new Funding { Title = "Open", StatedTotal = 100, Lines = [new BudgetLine { For = "a", Amount = 60 }, new BudgetLine { For = "b", Amount = 40 }] }, "2018-02-12");
    }

    public ValueTask DisposeAsync() => _small.DisposeAsync();

    [Theory]
    [InlineData("i[CN, 2017-04] > i[EA, 2017-04]", Truth.True)]
    [InlineData("i[CN, 2017-04] + 11 = 90", Truth.True)]
    [InlineData("i[CN, latest] = 78", Truth.True)]
    [InlineData("max(i[CN, 2017-04..2017-06]) = 79 and min(i[CN, 2017-04..2017-06]) = 69", Truth.True)]
    [InlineData("first(i, CN, <, 75) = 2017-05", Truth.True)]
    [InlineData("first(i, CN, <, 75) <= 2017-04", Truth.False)]
    [InlineData("i[CN, 2017-07] > 0", Truth.Undecided)]
    [InlineData("mean(i[CN, 2017-04..2017-08]) > 0", Truth.Undecided)]
    [InlineData("i[EA, latest] > 0", Truth.Undecided)]
    [InlineData("i[EA, 2017-05] < 60 or i[EA, 2017-06] < 60", Truth.True)]
    [InlineData("i[EA, 2017-05] < 60 and i[EA, 2017-06] < 60", Truth.Undecided)]
    [InlineData("i[EA, 2017-05] > 60 and i[EA, 2017-06] < 60", Truth.False)]
    [InlineData("not recorded(i[CN, 2017-07])", Truth.True)]
    [InlineData("today() = 2017-10-01", Truth.True)]
    [InlineData("count(observation where area = 'cn') = 4", Truth.True)]
    [InlineData("1 / 0 = 1", Truth.Undecided)]
    [InlineData("1258 / 629 = 2", Truth.True)]
    [InlineData("1257 / 629 >= 2", Truth.False)]
    [InlineData("1 month = 1", Truth.Undecided)]
    [InlineData("3 days < 1 months", Truth.Undecided)]
    [InlineData("2017-03-31 + 1 months = 2017-04-30", Truth.True)]
    [InlineData("2017-03-31 - 2017-03-01 = 30 days", Truth.True)]
    [InlineData("2 weeks = 14 days", Truth.True)]
    [InlineData("'x' < 'y'", Truth.Undecided)]
    public async Task Evaluate_Observations_AsKnownInOctober2017(string query, Truth truth) =>
        (await EvaluateAsync(query, _small.At("2017-10-01"))).Truth.ShouldBe(truth);

    [Theory]
    [InlineData("wave:w1.goesLive <= 2018-06", Truth.True)]
    [InlineData("wave:w1.goesLive = 2018-06", Truth.True)]
    [InlineData("wave:w1.goesLive = 2018", Truth.True)]
    [InlineData("wave:w1.goesLive > 2018-05", Truth.True)]
    [InlineData("wave:w1.goesLive < 2018-06", Truth.False)]
    [InlineData("wave:w1.goesLive >= 2018-07", Truth.False)]
    [InlineData("wave:w1.goesLive <= 2018-06-15", Truth.Undecided)]
    [InlineData("wave:w1.goesLive = 2018-06-15", Truth.Undecided)]
    [InlineData("wave:w1.goesLive < wave:w2.goesLive", Truth.True)]
    [InlineData("wave:w1.goesLive = wave:w1.goesLive", Truth.Undecided)]
    [InlineData("2018-06 >= wave:w1.goesLive", Truth.True)]
    [InlineData("months(2018-02-12, 2018-06-30) = 4.6", Truth.True)]
    [InlineData("months(2018-06-30, 2018-02-12) = 0 - 4.6", Truth.True)]
    [InlineData("months(roll-out-terms:t.announced, wave:w1.goesLive) < 6", Truth.True)]
    [InlineData("months(roll-out-terms:t.announced, wave:w1.goesLive) > 4", Truth.Undecided)]
    [InlineData("months(roll-out-terms:t.announced, wave:w1.goesLive) >= 6 months", Truth.False)]
    [InlineData("each(wave where series = 's' : months(roll-out-terms:t.announced, goesLive) >= 6)", Truth.False)]
    [InlineData("any(wave where series = 's' : months(roll-out-terms:t.announced, goesLive) >= 6)", Truth.True)]
    [InlineData("each(wave where series = 'other' : number = 1)", Truth.Undecided)]
    [InlineData("any(wave where series = 'other' : number = 1)", Truth.False)]
    [InlineData("each(wave where key = 'w2' : number = 2)", Truth.True)]
    [InlineData("max(wave : goesLive) = 2018-09", Truth.True)]
    [InlineData("sum(funding:open.lines : amount) = funding:open.statedTotal", Truth.True)]
    [InlineData("sum(funding:open.lines.amount) = 100 and funding:open.lines[-1].amount = 40", Truth.True)]
    [InlineData("funding:open.lines.amount = 60", Truth.True)]
    [InlineData("funding:open.lines.amount != 61", Truth.True)]
    [InlineData("funding:open.lines.amount > 60", Truth.Undecided)]
    [InlineData("count(funding:open.lines) = 2 and count(funding:open.lines where amount > 50) = 1", Truth.True)]
    [InlineData("wave:w1.wentLive > 2018", Truth.Undecided)]
    [InlineData("recorded(wave:w1.wentLive)", Truth.False)]
    [InlineData("wave:none.number = 1", Truth.Undecided)]
    public async Task Evaluate_FieldsAndPartialDates_AsKnownInMarch2018(string query, Truth truth) =>
        (await EvaluateAsync(query, _small.At("2018-03-01"))).Truth.ShouldBe(truth);

    [Theory]
    [InlineData("2017-05-31", "2017-09-30", Truth.True)]
    [InlineData("2017-08-01", "2017-09-30", Truth.False)]
    [InlineData("2017-09-05", "2017-09-30", Truth.True)]
    [InlineData("2017-08-01", "2017-08-01", Truth.True)]
    public async Task Evaluate_OfficersLent_HoldsOnlyWhileNoneAreOnTheEffectiveDateAsKnown(string effective, string known, Truth truth) =>
        (await EvaluateAsync("count(abstraction where role = 'Dedicated ward officer' and not exception) = 0", _small.At(effective, known))).Truth.ShouldBe(truth);

    [Theory]
    [InlineData("2017-08-01", "2017-08-01", Truth.Undecided)]
    [InlineData("2017-05-31", "2017-09-30", Truth.Undecided)]
    [InlineData("2017-08-01", "2017-09-30", Truth.False)]
    [InlineData("2017-11-01", "2017-11-01", Truth.True)]
    public async Task Evaluate_Reported_IsUndecidedUntilSomethingOfTheSortIsReportedAndNeverFalse(string effective, string known, Truth truth)
    {
        var answer = await EvaluateAsync("reported(abstraction where role = 'Dedicated ward officer') and count(abstraction where role = 'Dedicated ward officer') = 0", _small.At(effective, known));
        answer.Truth.ShouldBe(truth);
        if (truth == Truth.Undecided)
        {
            answer.Why.ShouldHaveSingleItem().ShouldStartWith("No abstraction that meets the condition of the rule up to");
        }

        (await EvaluateAsync("reported(abstraction where role = 'Chief Constable')", _small.At(effective, known))).Truth.ShouldBe(Truth.Undecided);
    }

    [Theory]
    [InlineData("2017-07-31", Truth.True)]
    [InlineData("2017-08-01", Truth.Undecided)]
    [InlineData("2017-08-09", Truth.Undecided)]
    [InlineData("2017-08-10", Truth.False)]
    [InlineData("2017-08-20", Truth.False)]
    [InlineData("2017-08-21", Truth.Undecided)]
    [InlineData("2017-08-31", Truth.Undecided)]
    [InlineData("2017-09-01", Truth.True)]
    public async Task Evaluate_RecordThatStatesSpansForItsDays_CannotTellOnTheDaysOfTheSpans(string day, Truth truth)
    {
        var lent = new Abstraction
        {
            Title = "Sergeants lent", Role = "Sergeant",
            Starts = PartialDate.Of("early August 2017", SmallProgramme.Day("2017-08-01"), SmallProgramme.Day("2017-08-10")),
            Ends = PartialDate.Of("late August 2017", SmallProgramme.Day("2017-08-20"), SmallProgramme.Day("2017-08-31")),
        };
        (await _small.Records.SaveAsync(SmallProgramme.Office, [new RecordChange("abstraction", "sergeants", lent, Known: SmallProgramme.Day("2017-09-30"))], "for the test")).Problems.ShouldBeEmpty();

        var answer = await EvaluateAsync("count(abstraction where role = 'Sergeant') = 0", _small.At(day, "2017-09-30"));

        answer.Truth.ShouldBe(truth);
        if (truth == Truth.Undecided)
        {
            answer.Why.ShouldHaveSingleItem().ShouldBe(string.CompareOrdinal(day, "2017-08-15") < 0
                ? "“Sergeants lent” began some day from 1 August 2017 to 10 August 2017: which is not stated"
                : "“Sergeants lent” ended some day from 20 August 2017 to 31 August 2017: which is not stated");
        }
    }

    [Fact]
    public async Task Evaluate_NotObserved_SaysWhatIsMissingAndAsKnownWhen()
    {
        var answer = await EvaluateAsync("i[CN, 2017-07] > 0", _small.At("2017-10-01", "2017-10-02"));
        answer.Why.ShouldHaveSingleItem().ShouldBe("No observation of I in 15 minutes for CN in July 2017 is recorded as known on 2 October 2017");
    }

    [Fact]
    public async Task Evaluate_Evidence_NamesValueRecordVersionAndDate()
    {
        var term = (await EvaluateAsync("i[CN, 2017-05] > 60", _small.At("2017-10-01"))).Evidence.ShouldHaveSingleItem();
        term.Term.ShouldBe("i[CN, 2017-05]");
        term.Words.ShouldBe("I in 15 minutes, CN, May 2017");
        term.Value.ShouldBe("70");
        term.Reference.ShouldBe("observation:i-cn-5");
        term.Known.ShouldBe(SmallProgramme.Day("2017-09-30"));
        term.VersionId.ShouldNotBeNull();
    }

    [Fact]
    public async Task Evaluate_WithheldRecord_IsUndecidedWithItsGroundAndNeverItsValue()
    {
        var answer = await EvaluateAsync("funding:secret.statedTotal > 0", _small.At("2018-03-01", reader: SmallProgramme.Camden));
        answer.Truth.ShouldBe(Truth.Undecided);
        answer.Why.ShouldHaveSingleItem().ShouldBe("The funding “secret” is withheld: commercial sensitivity");
        System.Text.Json.JsonSerializer.Serialize(answer).ShouldNotContain("320");
        (await EvaluateAsync("funding:secret.statedTotal > 0", _small.At("2018-03-01", reader: SmallProgramme.Office))).Truth.ShouldBe(Truth.True);
    }

    [Theory]
    [InlineData("count(funding) = 2", Truth.Undecided)]
    [InlineData("count(funding) >= 1", Truth.True)]
    [InlineData("count(funding) > 2", Truth.False)]
    [InlineData("any(funding : statedTotal = 100)", Truth.True)]
    [InlineData("any(funding : statedTotal = 5)", Truth.Undecided)]
    [InlineData("each(funding : statedTotal = 100)", Truth.Undecided)]
    [InlineData("each(funding : statedTotal = 5)", Truth.False)]
    [InlineData("sum(funding : statedTotal) > 0", Truth.Undecided)]
    [InlineData("recorded(funding:secret.statedTotal)", Truth.Undecided)]
    public async Task Evaluate_SomeWithheld_DecidesOnlyWhatTheyCannotChange(string query, Truth truth) =>
        (await EvaluateAsync(query, _small.At("2018-03-01", reader: SmallProgramme.Camden))).Truth.ShouldBe(truth);

    [Fact]
    public async Task Evaluate_AQueryThatIsANumber_GivesItsValue()
    {
        var answer = await EvaluateAsync("months(roll-out-terms:t.announced, wave:w1.goesLive)", _small.At("2018-03-01"));
        answer.Truth.ShouldBe(Truth.Undecided);
        answer.Value.ShouldBe("3.65 to 4.6 months");
    }

    [Fact]
    public async Task Evaluate_AQueryThatCannotBeRead_SaysWhere() =>
        (await EvaluateAsync("count(", _small.At("2018-03-01"))).Why.ShouldHaveSingleItem().ShouldContain("at character 7");

    private Task<QueryAnswer> EvaluateAsync(string query, RecordView view) => _small.Store.Get<IQueries>().EvaluateAsync(view, query, TestContext.Current.CancellationToken);
}
