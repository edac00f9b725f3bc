namespace Pathfinder.Cli.Terminal;

/// <summary>What a command answers to the shell.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The job failed, or was cancelled.</summary>
    public const int Failed = 1;

    /// <summary>Bad input: the problems are listed on standard error.</summary>
    public const int BadInput = 2;
}
