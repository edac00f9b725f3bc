using Pathfinder.Platform.Tests.History;

/// <summary>
/// What a process of this test program does when it is started with DOTNET_STARTUP_HOOKS naming this assembly: it becomes
/// the writer of <see cref="KilledProcessTests"/>. The runtime asks for this name outside any namespace.
/// </summary>
#pragma warning disable CA1050, MA0047
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    /// <summary>Names the store to write to.</summary>
    public const string Variable = "PATHFINDER_TEST_WRITER";

    /// <summary>Called by the runtime before the program starts; never returns.</summary>
    public static void Initialize() => KilledProcessTests.WriteForEverAsync(Environment.GetEnvironmentVariable(Variable)!).GetAwaiter().GetResult();
}
