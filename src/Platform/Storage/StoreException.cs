using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Storage;

/// <summary>The store cannot be used as it stands: locked, read-only, of a newer version, not a store, or out of reach.</summary>
public sealed class StoreException : Exception
{
    /// <summary>A refusal with what the person who runs the store can do about it.</summary>
    public StoreException(Problem problem, Exception? inner = null)
        : base(problem.ToString(), inner) => Problem = problem;

    /// <summary>What is wrong and what to do.</summary>
    public Problem Problem { get; }
}
