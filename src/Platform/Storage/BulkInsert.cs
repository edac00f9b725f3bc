using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Pathfinder.Platform.Storage;

/// <summary>Many rows into one table within the open transaction: one prepared command on SQLite, binary COPY on PostgreSQL.</summary>
public static class BulkInsert
{
    /// <summary>Appends rows whose values stand in the order of <paramref name="columns"/>; values are strings, whole numbers, dates, bytes or null.</summary>
    public static async Task BulkInsertAsync(
        this PathfinderDb db, string table, IReadOnlyList<string> columns, IReadOnlyCollection<object?[]> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var connection = db.Database.GetDbConnection();
        if (connection is NpgsqlConnection postgres)
        {
            await CopyAsync(postgres, table, columns, rows, cancellation);
            return;
        }

        await using var command = connection.CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        var parameters = new DbParameter[columns.Count];
        var text = new StringBuilder("INSERT INTO ").Append(table).Append(" (").AppendJoin(", ", columns).Append(") VALUES (");
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = command.CreateParameter();
            parameters[i].ParameterName = "$p" + i;
            command.Parameters.Add(parameters[i]);
            text.Append(i == 0 ? "" : ", ").Append(parameters[i].ParameterName);
        }

#pragma warning disable CA2100 // Table and columns are constants of the room that owns them.
        command.CommandText = text.Append(')').ToString();
#pragma warning restore CA2100
        await command.PrepareAsync(cancellation);
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < parameters.Length; i++)
            {
                parameters[i].Value = row[i] ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static async Task CopyAsync(
        NpgsqlConnection connection, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            $"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancellation);
            foreach (var value in row)
            {
                if (value is null)
                {
                    await writer.WriteNullAsync(cancellation);
                }
                else
                {
                    await writer.WriteAsync(value, cancellation);
                }
            }
        }

        await writer.CompleteAsync(cancellation);
    }
}
