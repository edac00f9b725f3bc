using System.Diagnostics;

namespace Pathfinder.Cli.Tests;

/// <summary>Runs the real command as a process of its own.</summary>
internal static class CommandLine
{
    /// <summary>Runs it with the lines given on standard input and returns what it answered.</summary>
    public static async Task<Answer> RunAsync(string[] arguments, string? input = null, string? folder = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
        };
        start.Environment.Remove("PATHFINDER_STORE");
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.WriteAsync((input ?? "").AsMemory(), cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        return new Answer(process.ExitCode, await output, await error);
    }
}

/// <summary>What a command answered.</summary>
internal sealed record Answer(int ExitCode, string Output, string Error);
