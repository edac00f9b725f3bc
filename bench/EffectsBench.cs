using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Pathfinder.Analysis.Control;
using Pathfinder.Analysis.Effects;

namespace Pathfinder.Bench;

/// <summary>Speed of charts and effects: <c>./do bench effects</c> measures these alone.</summary>
internal static class EffectsBench
{
    public static void Write(string folder)
    {
        var panel = Panel(40, 30, 1);
        var pair = Panel(40, 30, 2);
        var months = Enumerable.Range(0, 500).Select(i => 80 + (10 * Math.Sin(i * 0.7)) + (i % 7)).ToArray();
        (string What, double Milliseconds, string Mark)[] rows =
        [
            ("Difference in differences, 40 units x 30 times", Median(50, () => DifferenceInDifferences.Estimate(panel)), "under 50 ms"),
            ("Staggered adoption, 40 units x 30 times, 10 cohorts", Median(20, () => StaggeredAdoption.Estimate(Staggered(panel), ComparisonGroup.NotYetTreated)), "under 50 ms"),
            ("Synthetic difference in differences, 40 x 30", Median(50, () => SyntheticControls.Estimate(panel, SyntheticMethod.SyntheticDifferenceInDifferences)), "under 50 ms"),
            ("Synthetic control, 40 x 30", Median(50, () => SyntheticControls.Estimate(panel, SyntheticMethod.SyntheticControl)), "under 50 ms"),
            ("Exhaustive placebo of it, 39 comparators, synthetic difference in differences", Median(5, () => Placebos.InSpace(panel, p => SyntheticControls.Estimate(p, SyntheticMethod.SyntheticDifferenceInDifferences).Effect)), "under 2 s"),
            ("All 703 pseudo command units of two, difference in differences", Median(3, () => Placebos.InSpace(pair, p => DifferenceInDifferences.Estimate(p).Effect.Estimate)), ""),
            ("XmR chart of 500 points, with its replay month by month", Median(20, () => (XmrChart.Draw(months), Monitoring.Replay(months))), "under 20 ms"),
        ];

        var text = new StringBuilder("# Charts and effects: speed\n\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"Written by `./do bench effects`. {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors. Elapsed time, the median of several rounds.").AppendLine();
        text.AppendLine("| What | Milliseconds | Mark |").AppendLine("|---|---|---|");
        foreach (var (what, milliseconds, mark) in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {milliseconds:0.00} | {mark} |");
        }

        Console.Write(text);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"effects-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}-{Environment.ProcessorCount}-processors.md"), text.ToString());
    }

    private static double Median<T>(int rounds, Func<T> job)
    {
        job();
        var times = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var from = Stopwatch.GetTimestamp();
            job();
            times[i] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[rounds / 2];
    }

    private static Panel Panel(int units, int times, int treated)
    {
        var outcome = new double[units, times];
        var state = 12345.0;
        for (var i = 0; i < units; i++)
        {
            for (var t = 0; t < times; t++)
            {
                state = (state * 16807) % 2147483647;
                outcome[i, t] = i + (10 * state / 2147483647) + (t > 0 ? 0.5 * outcome[i, t - 1] : 0);
            }
        }

        return new Panel([.. Enumerable.Range(0, units).Select(i => $"u{i}")], [.. Enumerable.Range(0, times).Select(t => $"{t}")], outcome, [.. Enumerable.Range(0, units).Select(i => i < treated ? (int?)(2 * times / 3) : null)]);
    }

    private static Panel Staggered(Panel panel) => panel.OfUnits([.. Enumerable.Range(0, panel.Units.Count)], [.. Enumerable.Range(0, panel.Units.Count).Select(i => i < 20 ? (int?)(8 + (i % 10)) : null)]);
}
