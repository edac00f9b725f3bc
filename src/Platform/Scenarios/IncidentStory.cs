using System.Collections.ObjectModel;
using System.Globalization;
using Pathfinder.Engine.Response;

namespace Pathfinder.Platform.Scenarios;

/// <summary>One step of an incident's course, in words.</summary>
/// <param name="At">Local time.</param>
/// <param name="Text">What happened and why.</param>
public sealed record StoryStep(DateTime At, string Text);

/// <summary>Why an incident was attended when it was: its course in one replication, with causes.</summary>
/// <param name="Number">Its number, which is the same in every scenario with the same incidents.</param>
/// <param name="Grade">Its grade.</param>
/// <param name="Zone">Its zone.</param>
/// <param name="Borough">The name of the borough it lies in.</param>
/// <param name="Created">When its clock started, local.</param>
/// <param name="ResponseMinutes">Its response time; null where nobody came.</param>
/// <param name="Headline">The main cause in a sentence.</param>
/// <param name="Steps">The course, in order of time.</param>
public sealed record IncidentStory(
    int Number, string Grade, string Zone, string Borough, DateTime Created, double? ResponseMinutes, string Headline, IReadOnlyList<StoryStep> Steps);

/// <summary>An incident that was late, to ask about.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Grade">Its grade.</param>
/// <param name="Zone">Its zone.</param>
/// <param name="Borough">The name of the borough it lies in.</param>
/// <param name="Created">When its clock started, local.</param>
/// <param name="ResponseMinutes">Its response time.</param>
/// <param name="LateMinutes">Minutes beyond its target.</param>
/// <param name="MainCause">What took longest, in words.</param>
public sealed record LateIncident(
    int Number, string Grade, string Zone, string Borough, DateTime Created, double ResponseMinutes, double LateMinutes, string MainCause);

/// <summary>Plays a replication again to tell of single incidents.</summary>
public static class IncidentStories
{
    /// <summary>Every attended incident of the counted days of one replication, in order of attendance.</summary>
    public static IReadOnlyList<IncidentOutcome> Outcomes(CompiledScenario scenario, ulong seed, int replication, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var outcomes = new List<IncidentOutcome>();
        new Replica(scenario.Engine) { Outcomes = outcomes }.Run(seed, replication, cancellation);
        return outcomes;
    }

    /// <summary>The incidents furthest beyond their target in one replication, the latest first.</summary>
    public static IReadOnlyList<LateIncident> Late(CompiledScenario scenario, ulong seed, int replication, int most, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var file = scenario.File;
        double Beyond(IncidentOutcome o) => file.Grades[o.Grade].TargetMinutes is { } target ? (o.Response / 60.0) - target : double.NegativeInfinity;
        return
        [
            .. Outcomes(scenario, seed, replication, cancellation)
                .Where(o => Beyond(o) > 0).OrderByDescending(Beyond).ThenBy(o => o.Number).Take(most)
                .Select(o => new LateIncident(
                    o.Number, file.Grades[o.Grade].Code, file.Zones[o.Zone].Code, BoroughName(file, o.Zone), At(file, o.Created), o.Response / 60.0, Beyond(o),
                    Longest(o.Controllers, o.Channel, o.Inspector, o.Travel, o.Response).Cause)),
        ];
    }

    /// <summary>Why one incident was attended when it was; null where the replication has no such incident.</summary>
    public static IncidentStory? Tell(CompiledScenario scenario, ulong seed, int replication, int number, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var lines = new Watch(number, done);
        var replica = new Replica(scenario.Engine) { Trace = lines };
        try
        {
            replica.Run(seed, replication, done.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The incident has closed: nothing more is to be seen.
        }

        return lines.Count == 0 ? null : Write(scenario, replica, number, lines);
    }

    private static IncidentStory Write(CompiledScenario scenario, Replica replica, int number, IReadOnlyList<TraceLine> lines)
    {
        var file = scenario.File;
        var steps = new List<StoryStep>();
        var created = lines.First(l => l.Kind == TraceKind.Created);
        var grade = file.Grades[created.Value];
        int clock = created.Time, joined = created.Time, controllers = 0, channel = 0, inspector = 0, travel = 0;
        int? response = null;
        void Step(int time, FormattableString text) => steps.Add(new StoryStep(At(file, time), text.ToString(CultureInfo.InvariantCulture)));
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            switch (line.Kind)
            {
                case TraceKind.Created:
                    Step(line.Time, $"Created in {BoroughName(file, line.Other)}, zone {file.Zones[line.Other].Code}, grade {grade.Code}{(grade.TargetMinutes is { } t ? string.Create(CultureInfo.InvariantCulture, $", to be attended within {t:0.#} minutes") : "")}.");
                    break;
                case TraceKind.Telephone:
                    Step(line.Time, $"Resolved by telephone or online; nobody was sent.");
                    break;
                case TraceKind.HandlingStarts:
                    controllers = line.Time - joined + line.Value;
                    Step(line.Time, $"{Waited(line.Time - joined)} a controller of {scenario.Names.DespatchGroups[line.Other].Name} took it, for {Minutes(line.Value)}.");
                    joined = line.Time + line.Value;
                    break;
                case TraceKind.AirStarts:
                    channel = line.Time - joined + line.Value;
                    Step(line.Time, $"{Waited(line.Time - joined)} it went out by the radio of {scenario.Names.DespatchGroups[line.Other].Name}, for {Minutes(line.Value)} of air time.");
                    joined = line.Time + line.Value;
                    break;
                case TraceKind.DecisionStarts:
                    inspector = line.Time - joined + line.Value;
                    Step(line.Time, $"{Waited(line.Time - joined)} an inspector of {scenario.Names.InspectorAreas[line.Other].Name} decided on it, for {Minutes(line.Value)}.");
                    joined = line.Time + line.Value;
                    break;
                case TraceKind.Waits:
                    Step(line.Time, $"No unit of {PoolName(scenario, line.Value)} was free to go: {Doing(lines, i + 1)}.");
                    break;
                case TraceKind.Widens:
                    Step(line.Time, $"Having waited long enough, it asked for any unit of {PoolName(scenario, line.Value)}.");
                    break;
                case TraceKind.Despatched:
                    Step(line.Time, $"A unit of {file.Boroughs[replica.BoroughOf(line.Unit)].Name} was sent, {line.Other / 1000.0:0.0} km away, {Minutes(line.Value)} on the road.");
                    travel = line.Value;
                    break;
                case TraceKind.Withdrawn:
                    Step(line.Time, $"{(line.Value < 0 ? "A unit on its way was stood down; it was not needed any more" : $"A unit was taken away for a more urgent incident (number {line.Value})")}.");
                    break;
                case TraceKind.Attended:
                    response = line.Value;
                    clock = line.Time - line.Value;
                    Step(line.Time, $"The first unit arrived, {Minutes(line.Value)} after the clock started{Beyond(line.Value, grade)}.");
                    break;
                case TraceKind.Lost:
                    Step(line.Time, $"No unit was free, and it was lost.");
                    break;
                case TraceKind.Closed:
                    Step(line.Time, $"The last unit left.");
                    break;
                default:
                    break;
            }
        }

        var headline = response is not { } seconds ? lines.Any(l => l.Kind == TraceKind.Telephone) ? "Resolved without attendance." : "Nobody came by the end of the run."
            : Headline(seconds, grade, Longest(controllers, channel, inspector, travel, seconds));
        return new IncidentStory(
            number, grade.Code, file.Zones[created.Other].Code, BoroughName(file, created.Other), At(file, clock), response / 60.0, headline, steps);
    }

    private static string Headline(int response, ScenarioGrade grade, (string Cause, int Seconds) longest)
    {
        var late = grade.TargetMinutes is { } target && response > target * 60;
        return string.Create(
            CultureInfo.InvariantCulture, $"{(late ? "Late" : "In time")}, after {Minutes(response)}; most of it {longest.Cause} ({Minutes(longest.Seconds)}).");
    }

    private static (string Cause, int Seconds) Longest(int controllers, int channel, int inspector, int travel, int response)
    {
        (string Cause, int Seconds)[] parts =
        [
            ("waiting for a unit", response - controllers - channel - inspector - travel), ("with the controllers", controllers), ("for the radio channel", channel),
            ("for the duty inspector", inspector), ("on the road", travel),
        ];
        return parts.MaxBy(p => p.Seconds);
    }

    private static string Doing(IReadOnlyList<TraceLine> lines, int from)
    {
        var parts = lines.Skip(from).TakeWhile(l => l.Kind == TraceKind.UnitsInState).Select(l => $"{l.Other} {Words((UnitState)l.Value)}").ToList();
        return parts.Count == 0 ? "none was on duty" : string.Join(", ", parts);
    }

    private static string Words(UnitState state) => state switch
    {
        UnitState.Briefing => "in briefing",
        UnitState.Available => "free but kept back",
        UnitState.Travelling => "on the way to another",
        UnitState.AtScene => "at a scene",
        UnitState.Custody => "in custody with an arrest",
        UnitState.CaseWork => "at case work",
        UnitState.Guard => "on guard",
        UnitState.Meal => "at a meal",
        UnitState.Abstracted => "abstracted or on aid",
        UnitState.NoVehicle => "without a vehicle",
        _ => "off duty",
    };

    private static string Waited(int seconds) => seconds == 0 ? "At once" : $"After waiting {Minutes(seconds)},";

    private static string Beyond(int response, ScenarioGrade grade) => grade.TargetMinutes is not { } target ? ""
        : response > target * 60 ? $", {Minutes(response - (int)(target * 60))} beyond the target" : ", within the target";

    private static string Minutes(int seconds) => seconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds} seconds") : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60.0:0.#} minutes");

    private static DateTime At(ScenarioFile file, int second) => file.Start.ToDateTime(default).AddSeconds(second);

    private static string BoroughName(ScenarioFile file, int zone) => file.Boroughs.First(b => b.Code == file.Zones[zone].Borough).Name;

    private static string PoolName(CompiledScenario scenario, int pool)
    {
        var boroughs = scenario.File.Boroughs.Count;
        return pool < boroughs ? scenario.File.Boroughs[pool].Name
            : pool < boroughs + scenario.Names.CommandUnits.Count ? scenario.Names.CommandUnits[pool - boroughs].Name : "the force";
    }

    /// <summary>Keeps what concerns one incident, and ends the run soon after it has closed.</summary>
    private sealed class Watch(int number, CancellationTokenSource done) : Collection<TraceLine>
    {
        protected override void InsertItem(int index, TraceLine item)
        {
            if (item.Incident != number || item.Kind is TraceKind.Unit or TraceKind.Leg)
            {
                return;
            }

            base.InsertItem(index, item);
            if (item.Kind is TraceKind.Closed or TraceKind.Telephone)
            {
                done.Cancel();
            }
        }
    }
}
