namespace Pathfinder.Platform.People;

/// <summary>The boroughs there are, from a room that knows; asked when an account says for which of them a person speaks.</summary>
public interface IBoroughCodes
{
    /// <summary>Names of boroughs by code; null while no force is known, and so none can be checked.</summary>
    Task<IReadOnlyDictionary<string, string>?> FindAsync(CancellationToken cancellation = default);
}
