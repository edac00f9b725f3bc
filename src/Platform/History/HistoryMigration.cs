using Microsoft.EntityFrameworkCore.Migrations;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>The first schema of governed facts, with triggers that refuse any change or removal of a row.</summary>
internal sealed class HistoryMigration : IStoreMigration
{
    /// <summary>Tables whose rows are only ever added.</summary>
    public static readonly IReadOnlyList<string> AppendOnly = ["facts", "versions", "content", "changes", "anchors"];

    /// <summary>The triggers that this step makes.</summary>
    public static IEnumerable<string> GuardNames(StoreKind kind) => AppendOnly.SelectMany<string, string>(
        table => kind == StoreKind.Postgres ? [$"{table}_only_added"] : [$"{table}_no_update", $"{table}_no_delete"]);

    public string Id => "0001-history";

    public void Up(MigrationBuilder migration, StoreKind kind)
    {
        migration.CreateTable(
            "facts",
            table => new { id = table.Column<long>(), kind = table.Column<string>(), key = table.Column<string>() },
            constraints: table => table.PrimaryKey("pk_facts", row => row.id));
        migration.CreateIndex("ix_facts_kind_key", "facts", ["kind", "key"], unique: true);

        migration.CreateTable(
            "changes",
            table => new
            {
                sequence = table.Column<long>(),
                action = table.Column<string>(),
                at = table.Column<long>(),
                account = table.Column<string>(),
                organisation = table.Column<string>(),
                why = table.Column<string>(),
                kind = table.Column<string>(),
                key = table.Column<string>(),
                fact_id = table.Column<long>(nullable: true),
                known = table.Column<DateOnly>(nullable: true),
                effective_from = table.Column<DateOnly>(nullable: true),
                effective_until = table.Column<DateOnly>(nullable: true),
                old_body = table.Column<string>(nullable: true),
                new_body = table.Column<string>(nullable: true),
                previous = table.Column<string>(),
                hash = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("pk_changes", row => row.sequence));
        migration.CreateIndex("ix_changes_kind_key", "changes", ["kind", "key"]);

        migration.CreateTable(
            "versions",
            table => new
            {
                id = table.Column<long>(),
                fact_id = table.Column<long>(),
                known = table.Column<DateOnly>(),
                effective_from = table.Column<DateOnly>(),
                effective_until = table.Column<DateOnly>(nullable: true),
                recorded = table.Column<long>(),
                body = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_versions", row => row.id);
                table.ForeignKey("fk_versions_facts", row => row.fact_id, "facts", "id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("fk_versions_changes", row => row.id, "changes", "sequence", onDelete: ReferentialAction.Restrict);
            });
        migration.CreateIndex(
            "ix_versions_fact_id_known_id", "versions", ["fact_id", "known", "id"], descending: [false, true, true]);

        migration.CreateTable(
            "content",
            table => new
            {
                sha256 = table.Column<string>(),
                change = table.Column<long>(),
                media_type = table.Column<string>(),
                length = table.Column<long>(),
                bytes = table.Column<byte[]>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_content", row => row.sha256);
                table.ForeignKey("fk_content_changes", row => row.change, "changes", "sequence", onDelete: ReferentialAction.Restrict);
            });
        migration.CreateIndex("ix_content_change", "content", ["change"]);

        migration.CreateTable(
            "anchors",
            table => new { sequence = table.Column<long>(), at = table.Column<long>(), hash = table.Column<string>() },
            constraints: table => table.PrimaryKey("pk_anchors", row => new { row.sequence, row.at }));

        Guard(migration, kind);
    }

    private static void Guard(MigrationBuilder migration, StoreKind kind)
    {
        if (kind == StoreKind.Postgres)
        {
            migration.Sql(
                """
                CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;
                END $$
                """);
        }

        foreach (var table in AppendOnly)
        {
            if (kind == StoreKind.Postgres)
            {
                migration.Sql(
                    $"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()");
                continue;
            }

            migration.Sql(Refuse(table, "update"));
            migration.Sql(Refuse(table, "delete"));
        }
    }

    private static string Refuse(string table, string verb) =>
        $"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.ToUpperInvariant()} ON {table} BEGIN SELECT RAISE(ABORT, 'rows of {table} are only ever added'); END";
}
