using FsCheck.Fluent;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Tests.Programme.Queries;

public sealed class QueryGrammarTests
{
    private static readonly QueryGrammar Grammar = new(new RecordCatalogue(PlatformKinds.All));

    [Theory]
    [InlineData("i-in-target[CN, 2017-08] >= i-in-target[MPS, 2017-08]")]
    [InlineData("count(abstraction where role = 'Dedicated ward officer' and areas = 'EA' and not exception) = 0")]
    [InlineData("each(wave where series = 'roll-out-2018' : months(roll-out-terms:roll-out-2018.announced, goesLive) >= 6)")]
    [InlineData("each(pilot : each(consents : state = 'agreed'))")]
    [InlineData("sum(funding:slp-tranche-1.lines : amount) = funding:slp-tranche-1.statedTotal")]
    [InlineData("any(body:pathfinder-board-east.members where chairs : party = 'mps')")]
    [InlineData("first(i-in-target, CN, >=, 90) <= 2016-12")]
    [InlineData("each(pilot : i-in-target[unit, latest] >= 90)")]
    [InlineData("mean(i-in-target[EA, 2017-01..2017-06]) < 90%")]
    [InlineData("milestone:go-live.forecasts[-1].date <= milestone:go-live.baselines[0].date + 2 months")]
    [InlineData("today() - milestone:m.actual.date <= 30 days")]
    [InlineData("count(pilot:p.reversal) >= 1 and recorded(pilot:p.live)")]
    [InlineData("min(1,258, 2) = 2 or max(meeting where held : when) > 2017")]
    [InlineData("each(work where key = 'slp' : recorded(summary))")]
    [InlineData("count(milestone:m.forecasts where date > 2017) = 2")]
    public void Check_AQueryOfTheGuide_IsAccepted(string query) => Grammar.Check(query, "rule").ShouldBeEmpty();

    [Theory]
    [InlineData("", 1, "")]
    [InlineData("i-in-target[CN 2017-08] > 2", 16, "2017-08")]
    [InlineData("1 = = 2", 5, "=")]
    [InlineData("count(abstraction where )", 25, ")")]
    [InlineData("a = 'x", 5, "'x")]
    [InlineData("wavelet:one.goesLive > 2017", 1, "wavelet")]
    [InlineData("1 = 2 extra", 7, "extra")]
    [InlineData("m[CN, 2017-13] = 1", 7, "2017-13")]
    [InlineData("m[CN, 2017-06..2017-05] = 1", 23, "]")]
    [InlineData("each(recorded) = 1", 14, ")")]
    [InlineData("2 # 3", 3, "#")]
    [InlineData("each(today() : true)", 6, "today")]
    public void Check_AQueryThatCannotBeRead_SaysWhereAndWhatWasFound(string query, int position, string found)
    {
        var problem = Grammar.Check(query, "rule").ShouldHaveSingleItem();
        problem.Message.ShouldEndWith($"at character {position}");
        (problem.Found ?? "").ShouldBe(found);
        problem.Field.ShouldBe("rule");
        problem.Accepted.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("wave:w.goLive > 2017", "goLive in wave:w.goLive")]
    [InlineData("each(wave : goLive > 2017)", "goLive")]
    [InlineData("goesLive > 2017", "goesLive")]
    [InlineData("each(pilot : each(consents : state = 'agred'))", "agred")]
    [InlineData("each(wave:w.goesLive : true)", "wave:w.goesLive")]
    [InlineData("each(pilot : m[borough, latest] > 1)", "borough")]
    [InlineData("each(pilot : consents.stat = 'agreed')", "stat in consents.stat")]
    public void Check_ANameThatDoesNotExist_IsRefusedWithWhatDoes(string query, string found)
    {
        var problem = Grammar.Check(query, "rule").ShouldHaveSingleItem();
        problem.Found.ShouldBe(found);
        problem.Accepted.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Check_TheInnerRowNamesAFieldOfTheOuterRecord_IsAccepted() =>
        Grammar.Check("each(pilot : each(adaptations : on >= live))", "rule").ShouldBeEmpty();

    [Fact]
    public void Check_NestedTooDeeply_IsRefusedRatherThanExhaustingTheStack() =>
        Grammar.Check(new string('(', 100_000) + "1", "rule").ShouldHaveSingleItem().Accepted!.ShouldContain("less deeply");

    [Theory]
    [InlineData("((1 = 1)) and (2 = 2 or 3 = 3)", "1 = 1 and (2 = 2 or 3 = 3)")]
    [InlineData("1  +(2 * 3)=7", "1 + 2 * 3 = 7")]
    [InlineData("1 - (2 - 3) = 2", "1 - (2 - 3) = 2")]
    [InlineData("not ( 1 = 2 )", "not (1 = 2)")]
    [InlineData("not 1 = 2", "not (1 = 2)")]
    [InlineData("m[CN,2017-03 .. 2017-06] = 1,258", "m[CN, 2017-03..2017-06] = 1258")]
    public void Write_SuperfluousBracketsAndSpaces_AreLeftOut(string query, string written) => Grammar.Write(query, "rule").Value.ShouldBe(written);

    [Fact]
    public void Write_AnyQuery_IsReadAgainAsTheSame()
    {
        var queries = Gen.Sample(Sentence(4), 500).Distinct().ToList();
        queries.Count.ShouldBeGreaterThan(200);
        foreach (var query in queries)
        {
            var written = Grammar.Write(query, "rule");
            written.Problems.ShouldBeEmpty(query);
            Grammar.Write(written.Value, "rule").Value.ShouldBe(written.Value, query);
            // The brackets that writing left out were superfluous: without any, the words are those of the query.
            Bare(written.Value).ShouldBe(Bare(query));
        }
    }

    private static string Bare(string query) => query.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    private static FsCheck.Gen<string> Sentence(int depth)
    {
        var comparison = Value(depth - 1).SelectMany(left => Gen.Elements("=", "!=", "<", "<=", ">", ">=").SelectMany(op => Value(depth - 1).Select(right => $"{left} {op} {right}")));
        return depth <= 0
            ? Gen.Elements("true", "false", "1 = 2")
            : Gen.OneOf(
                comparison,
                Sentence(depth - 1).Select(inner => $"not ({inner})"),
                Sentence(depth - 1).SelectMany(left => Gen.Elements("and", "or").SelectMany(op => Sentence(depth - 1).Select(right => $"({left}) {op} ({right})"))),
                Sentence(depth - 1).SelectMany(inner => Gen.Elements("each", "any").Select(word => $"{word}(wave where {inner} : goesLive > 2018-06)")),
                Sentence(depth - 1).Select(inner => $"count(wave where {inner}) = 2"));
    }

    private static FsCheck.Gen<string> Value(int depth) => depth <= 0
        ? Gen.Elements("90", "0.5", "6 months", "5%", "2017-08-31", "2017-08", "'it''s'", "m[CN, latest]", "m[MPS, 2017-08]", "wave:w.goesLive", "wave:w.units[-1].code", "today()")
        : Gen.OneOf(
            Value(0),
            Value(depth - 1).SelectMany(left => Gen.Elements("+", "-", "*", "/").SelectMany(op => Value(depth - 1).Select(right => $"({left}) {op} ({right})"))),
            Value(depth - 1).SelectMany(left => Gen.Elements("min", "max", "sum").Select(name => $"{name}({left}, m[CN, 2017-01..2017-06])")),
            Value(depth - 1).Select(inner => $"sum(wave:w.units : {inner})"),
            Value(depth - 1).Select(inner => $"months({inner}, today())"));
}
