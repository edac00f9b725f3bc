using Pathfinder.Platform.SelfTest;

namespace Pathfinder.Platform.Tests.SelfTest;

/// <summary>The simulator against every answer of theory, at 3%; <c>pathfinder self-test</c> does it at 1%.</summary>
public sealed class TheoryTableTests
{
    [Fact]
    public void Run_AtThreePercent_EveryLineHolds()
    {
        var result = TheoryTable.Run(TheoryTable.Quick, 2);

        result.Lines.Where(line => line.Verdict is not (SelfTestVerdict.Holds or SelfTestVerdict.Undecided)).ShouldBeEmpty();
        result.Lines.Count(line => line.Verdict == SelfTestVerdict.Holds).ShouldBeGreaterThan(24);
        result.Lines.ShouldAllBe(line => line.Lower <= line.Simulated && line.Simulated <= line.Upper);
        result.Passed.ShouldBeTrue();
    }

    [Fact]
    public void Run_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Should.Throw<OperationCanceledException>(() => TheoryTable.Run(0.05, 2, cancellation: source.Token));
    }
}
