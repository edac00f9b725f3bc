using Mono.Cecil;

namespace Pathfinder.Architecture.Tests;

public sealed class ArrowTests
{
    public static TheoryData<string> Projects => [.. Rooms.Order.Select(o => o.Project)];

    [Theory, MemberData(nameof(Projects))]
    public void Assembly_AsCompiled_KeepsTheOrderOfRooms(string project)
    {
        var (violations, seen) = Arrows.Check(PathOf(project));

        violations.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(0, "an assembly in which nothing was seen proves nothing");
    }

    [Theory]
    [InlineData("PlantedField")]
    [InlineData("PlantedBody")]
    [InlineData("PlantedGeneric")]
    [InlineData("PlantedLambda")]
    [InlineData("PlantedUpwards")]
    [InlineData("PlantedUnknownRoom")]
    public void Check_PlantedViolation_IsCaught(string planted)
    {
        var (violations, _) = Arrows.Check(typeof(ArrowTests).Assembly.Location, type => type.FullName.Contains("Planted", StringComparison.Ordinal));

        violations.ShouldContain(v => v.From.EndsWith("." + planted, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_PlantedUseOfAnEarlierRoom_IsAllowed()
    {
        var (violations, _) = Arrows.Check(typeof(ArrowTests).Assembly.Location, type => type.FullName.Contains("Planted", StringComparison.Ordinal));

        violations.ShouldNotContain(v => v.From.EndsWith(".PlantedAllowed", StringComparison.Ordinal));
    }

    [Fact]
    public void Engine_AsCompiled_ReferencesOnlyTheRuntime()
    {
        using var engine = AssemblyDefinition.ReadAssembly(PathOf("Engine"));

        var references = engine.MainModule.AssemblyReferences.Select(r => r.Name).ToList();

        references.ShouldNotBeEmpty();
        references.ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal));
        references.ShouldNotContain(name => name.StartsWith("System.Linq", StringComparison.Ordinal)
            || name.StartsWith("System.Net", StringComparison.Ordinal)
            || name.StartsWith("System.IO", StringComparison.Ordinal));
    }

    [Fact]
    public void Platform_AsCompiled_KnowsNoHttp()
    {
        using var platform = AssemblyDefinition.ReadAssembly(PathOf("Platform"));

        platform.MainModule.AssemblyReferences.Select(r => r.Name).ShouldNotContain(name =>
            name.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore.Mvc", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore.Routing", StringComparison.Ordinal)
            || name.StartsWith("System.Net.Http", StringComparison.Ordinal));
    }

    private static string PathOf(string project) => Path.Combine(AppContext.BaseDirectory, $"Pathfinder.{project}.dll");
}
