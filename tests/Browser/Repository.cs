namespace Pathfinder.Browser.Tests;

/// <summary>Where things are in the repository.</summary>
internal static class Repository
{
    /// <summary>Its root folder.</summary>
    public static string Root => Testing.Repository.Root;

    /// <summary>The compiled command, of the same configuration as these tests.</summary>
    public static string Command { get; } = Path.Combine(
        Root, "src", "Cli", "bin", AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "Pathfinder.Cli.dll");

    /// <summary>The accessibility checker's script.</summary>
    public static string Axe { get; } = Path.Combine(Root, "node_modules", "axe-core", "axe.min.js");
}
