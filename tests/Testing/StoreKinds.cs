using System.Collections;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Testing;

/// <summary>
/// The kinds of store at hand, for <c>[Theory, ClassData(typeof(StoreKinds))]</c>: SQLite always, PostgreSQL when
/// <see cref="StoreFixture.PostgresVariable"/> is set.
/// </summary>
public sealed class StoreKinds : IEnumerable<object[]>
{
    /// <inheritdoc/>
    public IEnumerator<object[]> GetEnumerator()
    {
        yield return [StoreKind.Sqlite];
        if (Environment.GetEnvironmentVariable(StoreFixture.PostgresVariable) is { Length: > 0 })
        {
            yield return [StoreKind.Postgres];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
