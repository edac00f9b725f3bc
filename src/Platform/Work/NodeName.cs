using System.Globalization;

namespace Pathfinder.Platform.Work;

/// <summary>Names one run of one process, so that another can tell whether it still lives.</summary>
internal sealed record NodeName(string Machine, int Process, string Run)
{
    /// <summary>The name of this process.</summary>
    public static NodeName New() => new(Environment.MachineName, Environment.ProcessId, Guid.NewGuid().ToString("N")[..12]);

    /// <summary>Whether the node is certainly dead: on this machine, and its process is gone or is this one under another name.</summary>
    public bool IsDead(string? other)
    {
        var parts = (other ?? "").Split('/');
        return parts.Length != 3
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            || (parts[0] == Machine && (process == Process ? parts[2] != Run : !Exists(process)));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Machine}/{Process}/{Run}");

    private static bool Exists(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
