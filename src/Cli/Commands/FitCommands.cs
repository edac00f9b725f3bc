using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Work;

namespace Pathfinder.Cli.Commands;

/// <summary>What commands that fit a simulation share: their options, computing here or through a store's queue, and answering.</summary>
internal static class FitCommands
{
    public static Option<int> Budget() => new("--budget", "-b") { Description = "Most simulations", DefaultValueFactory = _ => 1500 };

    public static Option<ulong> Seed() => new("--seed", "-s") { Description = "Seed; the same seed and budget give the same result", DefaultValueFactory = _ => 1 };

    public static Option<int> Threads() => new("--threads", "-t") { Description = "Threads; the result does not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };

    /// <summary>Computes without a store and answers.</summary>
    public static int Compute<T>(string title, Func<IProgress<(int Done, int Total)>, Outcome<T>> compute, Func<T, int> answer, bool json)
        where T : class
    {
        try
        {
            var found = Screen.WithProgress(title, progress => compute(new Share(progress)));
            return found.Succeeded ? answer(found.Value) : Answers.Refuse(found.Problems, json);
        }
        catch (OperationCanceledException)
        {
            return Screen.Fail("Cancelled; nothing was written.");
        }
    }

    /// <summary>Computes through the queue, so that the store keeps the result, and answers under the name in the job's subject. Cancelling asks the job to stop.</summary>
    public static async Task<int> KeepAsync(IServiceProvider services, Func<Task<Outcome<string>>> start, Func<string, Task<int>> answer, bool json, CancellationToken cancellation)
    {
        var started = await start();
        if (!started.Succeeded)
        {
            return Answers.Refuse(started.Problems, json);
        }

        var work = services.GetRequiredService<IWork>();
        while (true)
        {
            if (await work.FindAsync(started.Value, CancellationToken.None) is not { } job)
            {
                throw new InvalidOperationException("A job that was queued is not in the queue.");
            }

            if (!Console.IsErrorRedirected)
            {
                Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{job.Progress.Text}   "));
            }

            if (job.HasEnded)
            {
                return job.State == JobState.Finished ? await answer(job.Subject![(job.Subject!.IndexOf('/', StringComparison.Ordinal) + 1)..])
                    : job.Problems.Count > 0 ? Answers.Refuse(job.Problems, json) : Screen.Fail("Stopped; nothing was kept.");
            }

            if (cancellation.IsCancellationRequested)
            {
                await work.CancelAsync(started.Value, CancellationToken.None);
            }

            await Task.Delay(200, CancellationToken.None);
        }
    }

    /// <summary>Writes a result to a file where one is named, then prints it: as JSON, or in words.</summary>
    public static int Answer(byte[] bytes, string? output, bool json, Action print)
    {
        if (output is not null && Screen.Write(output, bytes) is { Succeeded: false } refused)
        {
            return Screen.Refuse(refused.Problems);
        }

        if (json)
        {
            Screen.WriteBytes(bytes);
        }
        else
        {
            print();
        }

        return ExitCodes.Done;
    }

    private sealed class Share(IProgress<double> progress) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => progress.Report((double)value.Done / value.Total);
    }
}
