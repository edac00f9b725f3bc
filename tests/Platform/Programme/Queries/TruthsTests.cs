using Pathfinder.Platform.Programme.Queries;

namespace Pathfinder.Platform.Tests.Programme.Queries;

public sealed class TruthsTests
{
    private const Truth T = Truth.True, F = Truth.False, U = Truth.Undecided;

    [Theory]
    [InlineData(T, T, T, T)]
    [InlineData(T, U, U, T)]
    [InlineData(T, F, F, T)]
    [InlineData(U, T, U, T)]
    [InlineData(U, U, U, U)]
    [InlineData(U, F, F, U)]
    [InlineData(F, T, F, T)]
    [InlineData(F, U, F, U)]
    [InlineData(F, F, F, F)]
    public void AndOr_EveryPair_IsKleenes(Truth left, Truth right, Truth and, Truth or)
    {
        Truths.And(left, right).ShouldBe(and);
        Truths.Or(left, right).ShouldBe(or);
    }

    [Theory]
    [InlineData(T, F)]
    [InlineData(U, U)]
    [InlineData(F, T)]
    public void Not_Each_IsKleenes(Truth of, Truth denied) => Truths.Not(of).ShouldBe(denied);
}
