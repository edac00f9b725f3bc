using Microsoft.EntityFrameworkCore.Migrations;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>Indexes that answer which versions hold as at some dates without touching a body.</summary>
internal sealed class AsAtMigration : IStoreMigration
{
    public string Id => "0004-as-at";

    public void Up(MigrationBuilder migration, StoreKind kind)
    {
        migration.CreateIndex(
            "ix_versions_as_at", "versions", ["fact_id", "known", "id", "recorded", "effective_from", "effective_until"],
            descending: [false, true, true, false, false, false]);
        migration.DropIndex("ix_versions_fact_id_known_id", "versions");
        migration.CreateIndex("ix_versions_others", "versions", ["fact_id", "id"], filter: OpenBodies.Others);
    }
}
