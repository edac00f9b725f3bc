using Pathfinder.Platform.Problems;
using Spectre.Console;

namespace Pathfinder.Cli.Terminal;

/// <summary>What every command says to whoever runs it, and where.</summary>
public static class Screen
{
    /// <summary>Lists problems on standard error and answers <see cref="ExitCodes.BadInput"/>.</summary>
    public static int Refuse(IEnumerable<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        foreach (var problem in problems)
        {
            Console.Error.WriteLine(problem.ToString());
        }

        return ExitCodes.BadInput;
    }

    /// <summary>Says on standard error why the job failed and answers <see cref="ExitCodes.Failed"/>.</summary>
    public static int Fail(string why)
    {
        Console.Error.WriteLine(why);
        return ExitCodes.Failed;
    }

    /// <summary>Writes a document's bytes to standard output, as they are.</summary>
    public static void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Console.Out.Flush();
        using var output = Console.OpenStandardOutput();
        output.Write(bytes);
        output.Flush();
    }

    /// <summary>Prints a table on standard output: drawn on a terminal, plain and wide in a pipe.</summary>
    public static void Print(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 200;
        }

        table.Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Simple;
        console.Write(table);
    }

    /// <summary>Reads a file. Refused with a problem that names it where it cannot be read.</summary>
    public static Outcome<byte[]> Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem("The file cannot be read", path, Found: e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message);
        }
    }

    /// <summary>Reads a text file as UTF-8. Refused as <see cref="Read"/> is.</summary>
    public static Outcome<string> ReadText(string path)
    {
        var bytes = Read(path);
        return bytes.Succeeded ? System.Text.Encoding.UTF8.GetString(bytes.Value) : Outcome.Refused<string>(bytes.Problems);
    }

    /// <summary>Writes a file whole or not at all: to a name beside it first, then moved. Refused with a problem that names it.</summary>
    public static Outcome<string> Write(string path, byte[] bytes)
    {
        var beside = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            File.WriteAllBytes(beside, bytes);
            File.Move(beside, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleting what is not there is fine, but its folder may be missing too.
            if (File.Exists(beside))
            {
                File.Delete(beside);
            }

            return new Problem("The file cannot be written", path, Found: e.Message);
        }
    }

    /// <summary>Runs a job, showing how far it is on a terminal's standard error and nothing anywhere else.</summary>
    public static T WithProgress<T>(string what, Func<IProgress<double>, T> job)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
        {
            return job(new Silent());
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => job(new Bar(context.AddTask(Markup.Escape(what)))));
    }

    private sealed class Silent : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value * task.MaxValue;
    }
}
