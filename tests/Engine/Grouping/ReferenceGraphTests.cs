using System.Globalization;
using Pathfinder.Engine.Grouping;

namespace Pathfinder.Engine.Tests.Grouping;

/// <summary>The 25-unit graph "fl25" of the redist packages: with PATHFINDER_REFERENCE set its published counts are checked; without it, this passes.</summary>
public sealed class ReferenceGraphTests
{
    [Theory]
    [InlineData(double.PositiveInfinity, 117_688)]
    [InlineData(0.1, 927)]
    public void Compile_Fl25IntoThree_CountsThePublishedPlans(double share, int plans)
    {
        if (Folder() is not { } folder)
        {
            return;
        }

        var edges = File.ReadAllLines(Path.Combine(folder, "fl25_edges.txt")).Skip(1).Where(line => line.Length > 0)
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Select(e => new Border(Number(e[0]), Number(e[1]), 0)).ToList();
        var population = File.ReadAllLines(Path.Combine(folder, "fl25_pop.txt")).Where(line => line.Length > 0).Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToArray();
        var rules = new GroupingRules
        {
            MinGroups = 3,
            MaxGroups = 3,
            Allows = double.IsFinite(share) ? group => GroupMeasures.Deviations([group], population, 3)[0] <= share : null,
        };

        PlanGraphCompiler.Compile(new UnitGraph(25, edges), rules, cancel: TestContext.Current.CancellationToken).Plans!.Count.ShouldBe((UInt128)plans);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string? Folder() => Environment.GetEnvironmentVariable("PATHFINDER_REFERENCE") is { Length: > 0 } reference
        ? new[] { Path.Combine(reference, "design", "redist"), Path.Combine(reference, "data", "design", "redist") }.FirstOrDefault(Directory.Exists)
        : null;
}
