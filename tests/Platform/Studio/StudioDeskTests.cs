using System.Diagnostics;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Studio;
using Pathfinder.Testing.Designs;

namespace Pathfinder.Platform.Tests.Studio;

public sealed class StudioDeskTests(ITestOutputHelper output)
{
    private static readonly StudioDesk Desk = new();
    private static readonly StudioForce London = Desk.ForceOf(PackReader.Read(Path.Combine(Pathfinder.Testing.Repository.Root, "data", "london")).Value).Value;

    [Fact]
    public void Tmp()
    {
        var watch = Stopwatch.StartNew(); var cpu = 0.0;
        void Lap(string what)
        {
            output.WriteLine($"{what}: {(Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds - cpu):0} ms");
            cpu = Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds;
        }

        var start = London.Start;
        for (var i = 0; i < 2; i++) {
        foreach (var by in new[] { "residents", "officers", "overall" }) {
        Console.WriteLine("land " + by);
        var view = Desk.Answer(London, start with { By = by }).Value;
        Lap("land" + by);
        }
        foreach (var by in new[] { "residents", "officers", "overall" }) {
        Console.WriteLine("crossings " + by);
        var view = Desk.Answer(London, start with { Crossings = true, By = by }).Value;
        Lap("crossings" + by);
        } }
        var counts = Desk.Counts(London, start);
        Lap("counts");
        output.WriteLine(string.Join(" ", counts));
    }

    private void Say(StudioView view)
    {
        output.WriteLine(view.Headline);
        foreach (var s in view.Standings) output.WriteLine($"  {s.Criterion.Key} {s.Value:0.####} best {s.Best:0.####} better {s.Better} equal {s.Equal} {s.BetterThan:0.000%}");
        foreach (var u in view.Units) output.WriteLine($"  {u.Code} {u.Name} {u.Residents} {u.CallsPerDay:0.0} {u.Officers}");
        foreach (var c in view.Costs) output.WriteLine($"  cost {c.Rule} {c.With:0.####} {c.Without:0.####} {c.PlansWithout}");
        output.WriteLine($"  best moves {string.Join(",", view.Best?.Moved ?? [])} ties {view.BestTies} nearest {string.Join(",", view.Nearest?.Moved ?? [])} least {view.LeastLargestDeviation}");
    }
}
