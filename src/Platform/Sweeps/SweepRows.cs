using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Sweeps;

/// <summary>The values of one unit of a sweep.</summary>
internal sealed class GroupValueRow
{
    public const string Table = "group_values";

    public static readonly string[] Columns = ["sweep", "number", "body"];

    public required string Sweep { get; init; }

    /// <summary>Its place in the order of <see cref="ConnectedGroups"/>.</summary>
    public long Number { get; init; }

    /// <summary><see cref="GroupValues"/> as JSON.</summary>
    public required string Body { get; init; }
}

/// <summary>Maps the values of sweeps.</summary>
internal sealed class SweepMap : IEntityMap
{
    public void Map(ModelBuilder model) => model.Entity<GroupValueRow>(row =>
    {
        row.ToTable(GroupValueRow.Table);
        row.HasKey(each => new { each.Sweep, each.Number });
    });
}

/// <summary>The table of values.</summary>
internal sealed class SweepMigration : IStoreMigration
{
    public string Id => "0155-group-values";

    public void Up(MigrationBuilder migration, StoreKind kind) => migration.CreateTable(
        GroupValueRow.Table,
        table => new
        {
            sweep = table.Column<string>(),
            number = table.Column<long>(),
            body = table.Column<string>(),
        },
        constraints: table => table.PrimaryKey("pk_group_values", row => new { row.sweep, row.number }));
}
