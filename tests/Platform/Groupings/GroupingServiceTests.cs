using Pathfinder.Platform.Groupings;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Tests.Groupings;

public sealed class GroupingServiceTests : IDisposable
{
    // Six places around a lake: A-B-C on the north shore, D-E-F on the south, a ferry from B to E.
    private const string Lake = "a,b,kind,border_km\nA,B,land,4\nB,C,land,3\nD,E,land,2\nE,F,land,5\nC,F,land,1\nB,E,ferry,\n";
    private const string People = "id,name,people,x_km,y_km\nA,Ash,10,0,1\nB,Birch,20,1,1\nC,Cedar,30,2,1\nD,Dell,10,0,0\nE,Elm,20,1,0\nF,Fir,30,2,0\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("grouping-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Answer_WithoutAndWithTheFerry_CountsBoth()
    {
        // On land the six stand in a row A-B-C-F-E-D, cut twice in 10 ways; the ferry closes a ring of four with A and D hanging on it.
        Counts(Request() with { Kinds = ["land"], MinGroups = 3, MaxGroups = 3 }).ShouldBe([(3, "10")]);
        Counts(Request() with { MinGroups = 3, MaxGroups = 3 }).ShouldBe([(3, "17")]);
        Counts(Request() with { Kinds = ["land"], MinSize = 2 }).ShouldBe([(1, "1"), (2, "3"), (3, "1")]);
    }

    [Fact]
    public void Answer_Balanced_NamesGroupsAndValues()
    {
        var answer = Answer(Request() with { Kinds = ["land"], MinGroups = 3, MaxGroups = 3, MinSize = 1, MaxSize = 3, Objectives = ["balanced:people", "max internal-border"] });

        var balanced = answer.Objectives[0];
        balanced.Value.ShouldBe(0.5);
        balanced.Ties.ShouldBe("3");
        balanced.Best[0].Groups.Select(g => g.Values[0].Value).Order().ShouldBe([0.25, 0.25, 0.5]);
        answer.Objectives[1].Value.ShouldBe(12);
    }

    [Fact]
    public void Answer_RankOfAPlanThatFallsApart_SaysWhatIsCutOff()
    {
        var plan = Write("plan.csv", "id,group\nA,north\nB,north\nC,south\nD,north\nE,south\nF,south\n");

        var rank = Answer(Request() with { Kinds = ["land"], MinGroups = 2, MaxGroups = 2, RankFile = plan, Objectives = ["deviation:people"] }).Rank.ShouldNotBeNull();

        rank.KeepsRules.ShouldBeFalse();
        rank.Faults.ShouldContain("north does not hang together: Dell is cut off");
        rank.Standings[0].Value.ShouldBe(1 / 3.0, 1e-12);
    }

    [Fact]
    public void Answer_RulesOfEachKind_AreKept()
    {
        var rules = Write("rules.csv", "rule,units\ngroup,A B\npart,C F\n");

        Counts(Request() with { Kinds = ["land"], LockFile = rules }).ShouldBe([(3, "1"), (4, "2"), (5, "1")]);
    }

    [Fact]
    public void Answer_RuleCosts_ShowTheOptimumWithAndWithout()
    {
        var rules = Write("rules.csv", "rule,units\ngroup,A\n");

        var cost = Answer(Request() with { Kinds = ["land"], LockFile = rules, MinGroups = 3, MaxGroups = 3, Objectives = ["deviation:people"], RuleCosts = true }).RuleCosts.ShouldNotBeNull()[0];

        cost.Rule.ShouldBe("group A");
        cost.Objectives[0].With.ShouldBe(0.75);
        cost.Objectives[0].Without.ShouldBe(0.5);
    }

    [Fact]
    public void Answer_ValuesOfWholeGroups_CanBeOptimised()
    {
        var values = Write("values.csv", "units,minutes\nA B C,10\nD E F,20\nA B E,1\nC F E,2\nA B,1\nC F,1\nE D,1\nB C,9\nF E,9\n");

        var answer = Answer(Request() with { Kinds = ["land"], MinSize = 2, MaxSize = 3, GroupValuesFile = values, Objectives = ["total:minutes", "worst:minutes"] });

        answer.Objectives.ShouldContain(o => o.Groups == 3 && o.Objective == "total:minutes" && o.Value == 3);
        answer.Objectives.ShouldContain(o => o.Groups == 2 && o.Objective == "worst:minutes" && o.Value == 20);
    }

    [Fact]
    public void Answer_SameSeed_DrawsTheSamePlans()
    {
        var request = Request() with { MinGroups = 2, MaxGroups = 2, Sample = 5, Seed = 9, Objectives = ["deviation:people"] };

        Texts(Answer(request)).ShouldBe(Texts(Answer(request)));

        static IEnumerable<string> Texts(GroupingResult result) => result.Sample!.Plans.Select(p => string.Join('|', p.Groups.Select(g => string.Join(' ', g.Units))));
    }

    [Theory]
    [InlineData("a,b\nA,B\nB,A\n", "row 3, a,b: The border stands twice (first in row 2)")]
    [InlineData("a,b\nA,A\n", "row 2, b: A unit cannot border itself")]
    [InlineData("a,b,border_km\nA,B,-1\n", "row 2, border_km: Not an acceptable number; found \"-1\"")]
    [InlineData("a,b,border_km\nA,B,wide\n", "row 2, border_km: Not an acceptable number; found \"wide\"")]
    [InlineData("a,c\nA,B\n", "row 1, b: A column is missing")]
    [InlineData("a,b\nA,B\nC,D\n", "The graph falls into 2 parts")]
    [InlineData("a,b\nA\n", "row 2: The line has another number of fields")]
    [InlineData("", "The file is empty")]
    [InlineData("a,b\n", "nothing below it")]
    public void Answer_FaultyGraph_NamesTheFault(string graph, string fault) =>
        Problems(new GroupingRequest { GraphFile = Write("graph.csv", graph) }).ShouldContain(p => p.ToString().Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("id,people\nA,1\nB,1\nC,1\nD,1\nE,1\n", "Unknown code; found \"F\"")]
    [InlineData("id,people\nA,1\nB,1\nC,1\nD,1\nE,1\nF,1\nG,1\n", "row 8, id: The unit touches nothing in the graph; found \"G\"")]
    [InlineData("id,people\nA,1\nA,1\nB,1\nC,1\nD,1\nE,1\nF,1\n", "row 3, id: The id appears twice")]
    [InlineData("id,people\nA,-1\nB,1\nC,1\nD,1\nE,1\nF,1\n", "row 2, people: A weight may not be negative; found \"-1\"")]
    [InlineData("id,people\nA,x\nB,1\nC,1\nD,1\nE,1\nF,1\n", "row 2, people: Not an acceptable number; found \"x\"")]
    [InlineData("id,people\nA,\nB,1\nC,1\nD,1\nE,1\nF,1\n", "row 2, people: A number is missing")]
    [InlineData("id,people\nA,0\nB,0\nC,0\nD,0\nE,0\nF,0\n", "The column sums to nothing")]
    public void Answer_FaultyMeasures_NamesTheFault(string measures, string fault) =>
        Problems(Request() with { MeasuresFile = Write("m.csv", measures), Objectives = ["deviation:people"] }).ShouldContain(p => p.ToString().Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("deviation", "wrong number of columns")]
    [InlineData("deviation:wealth", "No numeric column has this name")]
    [InlineData("beauty", "Unknown criterion")]
    [InlineData("ties", "No ties are given")]
    [InlineData("total:cost", "No value of whole groups")]
    [InlineData("2*deviation:people + 1*internal-border", "Only criteria that add up")]
    [InlineData("-1*internal-border", "A weight must be")]
    public void Answer_FaultyObjective_NamesTheFault(string objective, string fault) =>
        Problems(Request() with { Objectives = [objective] }).ShouldContain(p => p.ToString().Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void Answer_TooFewUnits_SaysHowManyWouldDo() =>
        Problems(Request() with { MinGroups = 4, MaxGroups = 4, MinSize = 2 }).ShouldHaveSingleItem().Accepted.ShouldBe("at most 3 groups, or --min 1");

    [Fact]
    public void Answer_NoPlan_SaysEachLeastRelaxationThatHelps()
    {
        var rules = Write("rules.csv", "rule,units\njoin,A D\n");

        var problem = Problems(Request() with { Kinds = ["land"], LockFile = rules, MinGroups = 2, MaxGroups = 2, MaxSize = 4 }).ShouldHaveSingleItem();

        problem.Message.ShouldBe("No plan keeps all of this");
        problem.Accepted.ShouldNotBeNull().ShouldContain("drop \"join A D\"");
        problem.Accepted.ShouldContain("also use borders of kind ferry");
    }

    [Fact]
    public void Answer_BoundThatCannotBeKept_SaysTheLeastThatCan() =>
        Problems(Request() with { Kinds = ["land"], MinGroups = 3, MaxGroups = 3, Within = ["people=10%"] }).ShouldHaveSingleItem().Accepted.ShouldNotBeNull().ShouldContain("--within people=0.5");

    [Fact]
    public void Answer_RulesThatContradict_AreNamed()
    {
        var rules = Write("rules.csv", "rule,units\ngroup,A B\ngroup,B C\npart,A B\nweld,A B\njoin,A Z\n");

        var problems = Problems(Request() with { LockFile = rules }).Select(p => p.ToString()).ToList();

        problems.ShouldContain(p => p.Contains("row 5, rule: Unknown rule; found \"weld\"", StringComparison.Ordinal));
        problems.ShouldContain(p => p.Contains("row 6, units: Unknown code; found \"Z\"", StringComparison.Ordinal));
        Problems(Request() with { LockFile = Write("two.csv", "rule,units\ngroup,A B\ngroup,B C\npart,A B\n") }).Count(p => p.Message == "Two rules contradict each other").ShouldBe(2);
    }

    [Fact]
    public void Answer_PlanWithGaps_NamesEachUnit()
    {
        var plan = Write("plan.csv", "id,group\nA,1\nA,2\nZ,1\n");

        var problems = Problems(Request() with { RankFile = plan, Objectives = ["deviation:people"] }).Select(p => p.ToString()).ToList();

        problems.ShouldContain(p => p.Contains("row 3, id: The unit stands twice", StringComparison.Ordinal));
        problems.ShouldContain(p => p.Contains("row 4, id: Unknown code; found \"Z\"", StringComparison.Ordinal));
        problems.Count(p => p.Contains("A unit of the graph is in no group", StringComparison.Ordinal)).ShouldBe(5);
    }

    [Fact]
    public void Answer_MoreThanTheMethodTakes_SaysWhatWouldFit()
    {
        var many = "a,b\n" + string.Concat(Enumerable.Range(0, 70).Select(i => $"U{i},U{i + 1}\n"));

        Problems(new GroupingRequest { GraphFile = Write("many.csv", many) }).ShouldHaveSingleItem().Accepted.ShouldNotBeNull().ShouldContain("at most 64 units");
    }

    private GroupingRequest Request() => new() { GraphFile = Write("lake.csv", Lake), MeasuresFile = Write("people.csv", People) };

    private static GroupingResult Answer(GroupingRequest request) => new GroupingService().Answer(request, cancel: TestContext.Current.CancellationToken).Value;

    private static IReadOnlyList<Problem> Problems(GroupingRequest request)
    {
        var outcome = new GroupingService().Answer(request, cancel: TestContext.Current.CancellationToken);
        outcome.Succeeded.ShouldBeFalse();
        return outcome.Problems;
    }

    private static IEnumerable<(int Groups, string Plans)> Counts(GroupingRequest request) => Answer(request).PlansByGroups.Select(p => (p.Groups, p.Plans));

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
