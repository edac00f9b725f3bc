namespace Pathfinder.Platform.Problems;

/// <summary>
/// What a use case answers: a value, or the problems that its user can correct. A bug is never an outcome: it throws.
/// </summary>
/// <typeparam name="T">The value of a success.</typeparam>
public sealed class Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, IReadOnlyList<Problem> problems)
    {
        _value = value;
        Problems = problems;
    }

    /// <summary>Whether there is a value.</summary>
    public bool Succeeded => Problems.Count == 0;

    /// <summary>What to correct; empty on success.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>The value. Throws <see cref="InvalidOperationException"/> when there are problems instead.</summary>
    public T Value => Succeeded ? _value! : throw new InvalidOperationException("No value: " + string.Join(" | ", Problems));

    /// <summary>A success.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, []);

    /// <summary>A refusal for one reason.</summary>
    public static implicit operator Outcome<T>(Problem problem) => new(default, [problem]);

    /// <summary>A refusal for several reasons. Throws <see cref="ArgumentException"/> when the list is empty.</summary>
    public static implicit operator Outcome<T>(List<Problem> problems) =>
        problems.Count > 0 ? new(default, problems) : throw new ArgumentException("A refusal needs a problem.", nameof(problems));
}

/// <summary>Ways to make an <see cref="Outcome{T}"/> where the implicit conversions do not reach.</summary>
public static class Outcome
{
    /// <summary>A success, also for interface types.</summary>
    public static Outcome<T> Of<T>(T value) => value;

    /// <summary>A refusal that passes on the problems of another outcome.</summary>
    public static Outcome<T> Refused<T>(IEnumerable<Problem> problems) => problems.ToList();
}
