using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Evidence;

/// <summary>One incident of a log as its table holds it; times in seconds since 1970 UTC.</summary>
internal sealed class IncidentRow
{
    public const string Table = "incident_rows";

    /// <summary>The columns, in the order of the table.</summary>
    public static readonly string[] Columns =
        ["rows", "number", "created", "grade", "zone", "units", "despatched", "arrived", "cleared", "station", "longitude_e6", "latitude_e6"];

    public required string Rows { get; init; }

    public long Number { get; init; }

    public long Created { get; init; }

    public long Grade { get; init; }

    /// <summary>Place of the zone in the pack.</summary>
    public long Zone { get; init; }

    public long? Units { get; init; }

    public long? Despatched { get; init; }

    public long? Arrived { get; init; }

    public long? Cleared { get; init; }

    public long? Station { get; init; }

    /// <summary>Millionths of a degree; null unless a ground for keeping coordinates is recorded.</summary>
    public long? LongitudeE6 { get; init; }

    public long? LatitudeE6 { get; init; }
}

/// <summary>Maps the incidents of logs.</summary>
internal sealed class EvidenceMap : IEntityMap
{
    public void Map(ModelBuilder model) => model.Entity<IncidentRow>(row =>
    {
        row.ToTable(IncidentRow.Table);
        row.HasKey(each => new { each.Rows, each.Number });
        row.HasIndex(each => new { each.Rows, each.Created });
    });
}

/// <summary>The table of incidents.</summary>
internal sealed class EvidenceMigration : IStoreMigration
{
    public string Id => "0150-incident-logs";

    public void Up(MigrationBuilder migration, StoreKind kind)
    {
        migration.CreateTable(
            IncidentRow.Table,
            table => new
            {
                rows = table.Column<string>(),
                number = table.Column<long>(),
                created = table.Column<long>(),
                grade = table.Column<long>(),
                zone = table.Column<long>(),
                units = table.Column<long>(nullable: true),
                despatched = table.Column<long>(nullable: true),
                arrived = table.Column<long>(nullable: true),
                cleared = table.Column<long>(nullable: true),
                station = table.Column<long>(nullable: true),
                longitude_e6 = table.Column<long>(nullable: true),
                latitude_e6 = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_incident_rows", row => new { row.rows, row.number }));
        migration.CreateIndex("ix_incident_rows_rows_created", IncidentRow.Table, ["rows", "created"]);
    }
}
