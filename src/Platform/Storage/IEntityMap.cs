using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Pathfinder.Platform.Storage;

/// <summary>How one room maps its own tables; registered by the room, so that Storage knows none.</summary>
public interface IEntityMap
{
    /// <summary>Maps the room's rows. Column names follow from property names in snake case.</summary>
    void Map(ModelBuilder model);
}

/// <summary>
/// One step of the schema, written by hand once for both kinds of store, never changed after release and never undone.
/// All steps that a store lacks run in one transaction.
/// </summary>
public interface IStoreMigration
{
    /// <summary>Ordinal place among all steps, then a name: "0001-history".</summary>
    string Id { get; }

    /// <summary>What the step does; SQL that differs between the stores is chosen by <paramref name="kind"/>.</summary>
    void Up(MigrationBuilder migration, StoreKind kind);
}
