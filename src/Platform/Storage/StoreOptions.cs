using Npgsql;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Storage;

/// <summary>The two kinds of store; everything else behaves the same on both.</summary>
public enum StoreKind
{
    /// <summary>One SQLite file, embedded.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database, for teams.</summary>
    Postgres,
}

/// <summary>Which store to use, and how.</summary>
public sealed record StoreOptions
{
    /// <summary>The variable that names the store when no option does.</summary>
    public const string Variable = "PATHFINDER_STORE";

    /// <summary>The store when neither an option nor the variable names one, relative to the current directory.</summary>
    public const string DefaultLocation = "store/pathfinder.db";

    /// <summary>The path of an SQLite file, a PostgreSQL connection string or a <c>postgresql://</c> address.</summary>
    public required string Location { get; init; }

    /// <summary>Whether nothing may be written, not even a newer schema.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long a write waits for another process before it gives up with a problem.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Which kind of store the location names.</summary>
    public StoreKind Kind =>
        IsUri(Location) || Location.Contains("Host=", StringComparison.OrdinalIgnoreCase) ? StoreKind.Postgres : StoreKind.Sqlite;

    /// <summary>The full path of the SQLite file, or null on PostgreSQL.</summary>
    public string? FilePath => Kind == StoreKind.Sqlite ? Path.GetFullPath(Location) : null;

    /// <summary>The store as it may be shown: never with a password.</summary>
    public string DisplayName
    {
        get
        {
            if (FilePath is { } path)
            {
                return path;
            }

            var connection = new NpgsqlConnectionStringBuilder(ToConnectionString(Location));
            return $"postgresql://{connection.Host}:{connection.Port}/{connection.Database}";
        }
    }

    /// <summary>The store named by an option, else by <see cref="Variable"/>, else the default.</summary>
    public static StoreOptions From(string? given) => new()
    {
        Location = FirstNamed(given, Environment.GetEnvironmentVariable(Variable)) ?? DefaultLocation,
    };

    /// <summary>What is wrong with the location as it is written, or null; says nothing about what stands there.</summary>
    public Problem? FindProblem()
    {
        try
        {
            _ = Kind == StoreKind.Sqlite ? FilePath : new NpgsqlConnectionStringBuilder(ToConnectionString(Location)).ConnectionString;
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // Neither the location nor the driver's message is repeated: either may hold a password.
            return new Problem(
                "The address of the store cannot be read", Field: "--store or " + Variable,
                Accepted: "a file, postgresql://user@host:5432/database or Host=…;Database=…;Username=…");
        }
    }

    /// <summary>The connection string in the driver's own form. Throws <see cref="ArgumentException"/> when it cannot be read.</summary>
    internal static string ToConnectionString(string location)
    {
        if (!IsUri(location))
        {
            return location;
        }

        var uri = new Uri(location);
        var login = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = Uri.UnescapeDataString(uri.Host),
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        if (login[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(login[0]);
        }

        if (login.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(login[1]);
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            builder[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        }

        return builder.ConnectionString;
    }

    private static bool IsUri(string location) =>
        location.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || location.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static string? FirstNamed(params string?[] names) => Array.Find(names, name => !string.IsNullOrWhiteSpace(name));
}
