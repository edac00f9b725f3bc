namespace Pathfinder.Engine.Siting;

/// <summary>Sites chosen, what they achieve and how sure that is.</summary>
/// <param name="Open">Sites by index, rising; for expected coverage a site stands once for each unit there.</param>
/// <param name="Value">The objective.</param>
/// <param name="Bound">What no choice can pass: below for objectives to be kept small, above for coverage. Equals the value when proven.</param>
/// <param name="Proven">Whether the value is proven optimal.</param>
/// <param name="Method">"enumeration", "branch and bound" or, where the search was stopped, "search with bound".</param>
/// <param name="Nodes">Choices enumerated, or nodes of the tree.</param>
public sealed record SitingSolution(int[] Open, double Value, double Bound, bool Proven, string Method, long Nodes);

/// <summary>The most work before a search stops and states its gap.</summary>
/// <param name="Enumerated">Choices that are tried one by one rather than by branch and bound.</param>
/// <param name="Iterations">Subgradient steps over the whole tree.</param>
public sealed record SitingLimits(long Enumerated = 50_000, int Iterations = 60_000);
