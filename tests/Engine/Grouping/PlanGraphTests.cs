using Pathfinder.Engine.Grouping;

namespace Pathfinder.Engine.Tests.Grouping;

public sealed class PlanGraphTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 10)]
    [InlineData(4, 117)]
    [InlineData(5, 4006)]
    [InlineData(6, 451206)]
    public void Compile_GridIntoEqualParts_CountsThePublishedSequence(int side, int plans)
    {
        var compiled = Compile(Worlds.Grid(side, side), new GroupingRules { MinSize = side, MaxSize = side });

        compiled.Count.ShouldBe((UInt128)plans);
        compiled.GroupCounts.ShouldBe([side]);
    }

    [Theory]
    [InlineData(8, "4416")]
    [InlineData(9, "1296732")]
    [InlineData(10, "23350796")]
    [InlineData(11, "82976289")]
    [InlineData(12, "86463292")]
    [InlineData(13, "31452618")]
    [InlineData(14, "3802857")]
    [InlineData(15, "132349")]
    [InlineData(16, "924")]
    public void Compile_LondonOnLand_CountsPlansByNumberOfGroups(int groups, string plans)
    {
        var compiled = Compile(Worlds.LondonBoroughs().Graph, new GroupingRules { MinSize = 2, MaxSize = 4 });

        compiled.CountWith(groups).ToString().ShouldBe(plans);
        compiled.GroupCounts.ShouldBe([8, 9, 10, 11, 12, 13, 14, 15, 16]);
    }

    [Theory]
    [InlineData(2, 3, "1260843")]
    [InlineData(2, 5, "190929117")]
    public void Compile_LondonWithOtherSizes_CountsPlans(int min, int max, string plans) =>
        Compile(Worlds.LondonBoroughs().Graph, Worlds.London.Rules(12, min, max)).Count.ToString().ShouldBe(plans);

    [Fact]
    public void Compile_LondonWithCrossings_CountsPlans() =>
        Compile(Worlds.LondonBoroughs(crossings: true).Graph, Worlds.London.Rules(12)).Count.ToString().ShouldBe("1252620461");

    private static PlanGraph Compile(UnitGraph graph, GroupingRules rules) => PlanGraphCompiler.Compile(graph, rules, cancel: TestContext.Current.CancellationToken).Plans.ShouldNotBeNull();
}
