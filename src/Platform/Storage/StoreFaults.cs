using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Storage;

/// <summary>Turns what a database driver throws about the state of the store into a problem; anything else is a bug and stays one.</summary>
internal static class StoreFaults
{
    /// <summary>The problem behind an exception, or null when it is none of the store's state.</summary>
    public static StoreException? Find(Exception exception, StoreOptions options)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            var message = at switch
            {
                SqliteException sqlite => Explain(sqlite, options),
                PostgresException postgres => Explain(postgres),
                NpgsqlException { InnerException: TimeoutException } => "the database did not answer in time",
                NpgsqlException => "the database cannot be reached: " + at.Message,
                UnauthorizedAccessException => "this account may not read or write the store's folder",
                _ => null,
            };
            if (message is not null)
            {
                return new StoreException(new Problem("Store: " + message, File: options.DisplayName), exception);
            }
        }

        return null;
    }

    private static string? Explain(SqliteException exception, StoreOptions options) => exception.SqliteErrorCode switch
    {
        5 or 6 => $"locked by another process for more than {options.BusyTimeout.TotalSeconds:0.#} s; stop it, or try again",
        8 => "read-only; give this account the right to write the file and its folder, or choose another store",
        10 => "the disk failed to read or write it: " + exception.Message,
        11 => "its file is damaged; restore a backup (docs/guides/operating.md)",
        13 => "the disk is full; nothing of this change was kept",
        14 => "cannot be opened; check that the folder exists and this account may write in it",
        26 => "this file is not a Pathfinder store",
        _ => null,
    };

    private static string? Explain(PostgresException exception) => exception.SqlState switch
    {
        PostgresErrorCodes.LockNotAvailable => "locked by another process; try again",
        PostgresErrorCodes.ReadOnlySqlTransaction => "read-only; connect to the primary server",
        PostgresErrorCodes.InsufficientPrivilege => "this login lacks a right: " + exception.MessageText,
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "login refused: " + exception.MessageText,
        PostgresErrorCodes.InvalidCatalogName => "no such database: " + exception.MessageText,
        PostgresErrorCodes.DiskFull => "the disk is full; nothing of this change was kept",
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections => "not accepting connections: " + exception.MessageText,
        _ => null,
    };

    /// <summary>Whether an exception may come from a driver at all, for exception filters.</summary>
    public static bool MayExplain(Exception exception) =>
        exception is DbException or UnauthorizedAccessException or InvalidOperationException { InnerException: DbException }
            or Microsoft.EntityFrameworkCore.DbUpdateException;
}
