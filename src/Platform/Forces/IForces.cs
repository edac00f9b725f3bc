using Pathfinder.Platform.History;

namespace Pathfinder.Platform.Forces;

/// <summary>A command unit with the boroughs it has on one date.</summary>
/// <param name="Boroughs">Codes, in ordinal order.</param>
public sealed record CommandUnitOn(CommandUnitFact Unit, IReadOnlyList<string> Boroughs);

/// <summary>The forces in the store: their packs, and who commands what as at a date.</summary>
public interface IForces
{
    /// <summary>The packs imported, in ordinal order of name, each in its newest version.</summary>
    Task<IReadOnlyList<ImportedPack>> ListAsync(CancellationToken cancellation = default);

    /// <summary>The pack imported last, or null while there is none. Read from the store once and kept in memory.</summary>
    Task<ForcePack?> FindCurrentAsync(CancellationToken cancellation = default);

    /// <summary>The pack with this hash, in whatever version it was imported, or null.</summary>
    Task<ForcePack?> FindAsync(string sha256, CancellationToken cancellation = default);

    /// <summary>Who commands a borough of the current pack, as known then; null where nobody was known to.</summary>
    Task<FactVersion<CommandMembership>?> WhoCommandsAsync(string borough, AsAt at, CancellationToken cancellation = default);

    /// <summary>The command units of the current pack that have a borough as at the dates, in ordinal order of code.</summary>
    Task<IReadOnlyList<CommandUnitOn>> ListUnitsAsync(AsAt at, CancellationToken cancellation = default);
}
