using System.Globalization;
using Pathfinder.Engine.Response;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Sweeps;

/// <summary>Simulates one shard of a sweep: each unit alone, all its boroughs as one command, one despatch group and one channel.</summary>
internal sealed class SweepJob(IHistory history, IForces forces, ISimulation simulation, TimeProvider time) : IJobHandler
{
    public const string JobKind = "group-sweep";

    public string Kind => JobKind;

    public static string Subject(string key) => "sweep/" + key;

    public static JobRequest Request(string key, int from, ChangeContext context) => JobRequest.Of(JobKind, new Payload(key, from), context, Subject(key));

    public async Task<Outcome<Action<IChangeSet>>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var (key, from) = job.Read<Payload>();
        if (await history.FindAsync(GroupSweeps.Kind, key, time.Now(), cancellation) is not { Body: { } sweep } || await forces.FindAsync(sweep.PackSha256, cancellation) is not { } pack)
        {
            return new Problem("The sweep or its force pack is not in the store", Field: "sweep", Found: key);
        }

        if (sweep.EngineVersion != Replica.Version)
        {
            return new Problem("The sweep was begun with another version of the engine", Field: "engineVersion", Found: sweep.EngineVersion, Accepted: Replica.Version);
        }

        var groups = ConnectedGroups.Of(pack, sweep.MaxSize);
        var content = new HeldContent(pack);
        var start = DesignStart.FromForce(pack, sweep.Dated, "Sweep").Value;
        var rows = new List<object?[]>();
        var to = Math.Min(from + GroupSweeps.Shard, groups.Count);
        for (var number = from; number < to; number++)
        {
            progress.Report(new JobProgress(number - from, to - from, string.Create(CultureInfo.InvariantCulture, $"Unit {number + 1} of {groups.Count}")));
            var values = Simulate(sweep, pack, content, start, groups[number], cancellation);
            if (!values.Succeeded)
            {
                return Outcome.Refused<Action<IChangeSet>>(values.Problems);
            }

            rows.Add([key, (long)number, HistoryJson.Write(values.Value)]);
        }

        return Outcome.Of<Action<IChangeSet>>(changes => changes.Also((db, token) => db.BulkInsertAsync(GroupValueRow.Table, GroupValueRow.Columns, rows, token)));
    }

    private Outcome<GroupValues> Simulate(GroupSweep sweep, ForcePack pack, HeldContent content, Design start, IReadOnlyList<string> boroughs, CancellationToken cancellation)
    {
        var (code, name) = DesignEdits.UnitName(pack, boroughs);
        var design = boroughs.Count == 1
            ? start
            : DesignEdits.DespatchTogether(DesignEdits.Merge(start, [Functions.Response], boroughs, code, name), boroughs, "DG-" + code, name);
        var scenario = ScenarioWriter.Write(
            design with { Policy = design.Policy with { Mode = "command-unit" } }, pack, new ScenarioOptions { Days = sweep.Days, StudyArea = boroughs });
        var compiled = scenario.Succeeded ? ScenarioCompiler.Compile(scenario.Value, content) : Outcome.Refused<CompiledScenario>(scenario.Problems);
        if (!compiled.Succeeded)
        {
            return Outcome.Refused<GroupValues>(compiled.Problems);
        }

        var result = simulation.Run(compiled.Value, sweep.Replications, sweep.Seed, 1, null, cancellation);
        var whole = result.Areas[0];
        var (i, s) = (whole.Grades.First(grade => grade.Grade == "I"), whole.Grades.First(grade => grade.Grade == "S"));
        return new GroupValues(
            boroughs, whole.Grades.Sum(grade => grade.IncidentsPerDay.Value ?? 0), scenario.Value.Crews.Sum(line => line.Crews) / (double)Math.Max(1, scenario.Value.Shifts.Count),
            i.InTarget.Value, s.InTarget.Value, i.MeanMinutes.Value, s.MeanMinutes.Value, i.P90Minutes.Value, whole.Utilisation.Value ?? 0, whole.UnitsAvailable.Value ?? 0,
            result.DespatchGroups.Max(group => group.ChannelUtilisation.Value ?? 0), whole.CrossBoroughPerDay.Value ?? 0);
    }

    internal sealed record Payload(string Sweep, int From);

    // The pack's matrix and demand, turned once for all units of the shard.
    private sealed class HeldContent(ForcePack pack) : IScenarioContent
    {
        private readonly Outcome<ContentMatrix> _matrix = new PackContent(pack).Matrix(new ScenarioContent(Pack: pack.Manifest.Name));
        private readonly Outcome<ContentSurface> _surface = new PackContent(pack).Surface(new ScenarioContent(Pack: pack.Manifest.Name));

        public Outcome<ContentMatrix> Matrix(ScenarioContent reference) => _matrix;

        public Outcome<ContentSurface> Surface(ScenarioContent reference) => _surface;
    }
}
