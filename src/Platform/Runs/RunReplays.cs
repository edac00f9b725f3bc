using System.Collections.Concurrent;
using System.Globalization;
using Pathfinder.Engine.Response;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Runs;

/// <summary>
/// Plays a replication of a finished run again from the run's own inputs: an hour to be shown moving, which incidents were late and
/// why, the course of one. Each is refused for a run that is not finished, whose inputs are gone, or whose engine was another.
/// </summary>
public sealed class RunReplays(RunRegister runs, IForcePacks packs, TimeProvider time)
{
    private const int MostListed = 200;
    private const int MaximumKept = 24;

    // A run never changes under its key, and its page asks for its late incidents each time it is drawn.
    private readonly ConcurrentDictionary<(string Key, int Replication), LateList> _late = new();

    /// <summary>
    /// An hour of one replication. The first day counted at 18:00 and the first replication where nothing is asked for. Refused
    /// for an hour or replication outside the run.
    /// </summary>
    /// <param name="key">Key of the run.</param>
    /// <param name="at">The hour's begin, local, as 2017-01-30T18:00.</param>
    /// <param name="replication">The replication, from 1.</param>
    /// <param name="area">Code of a borough, or of a command unit as it stands in that hour, or else in another part of the run: only its incidents, its units, and units that attend there; all where null.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Outcome<PlayedHour>> PlayAsync(string key, string? at, string? replication, string? area = null, CancellationToken cancellation = default)
    {
        var opened = await OpenAsync(key, cancellation);
        if (!opened.Succeeded)
        {
            return Outcome.Refused<PlayedHour>(opened.Problems);
        }

        var (run, compiled) = opened.Value;
        var file = compiled.File;
        var first = file.Start.AddDays(file.WarmUpDays).ToDateTime(default);
        var last = first.AddDays(file.Days);
        var problems = new List<Problem>();
        var from = first.AddHours(18);
        if (!string.IsNullOrEmpty(at) && !DateTime.TryParseExact(at, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out from))
        {
            problems.Add(new Problem("This is not an hour", Field: "at", Found: at, Accepted: "such as 2017-01-30T18:00"));
        }
        else if (from < first || from.AddHours(1) > last)
        {
            problems.Add(new Problem(
                "The hour is not in the days counted", Field: "at", Found: at, Accepted: string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM-dd'T'HH:mm} to {last.AddHours(-1):yyyy-MM-dd'T'HH:mm}")));
        }

        var number = Replication(run, replication, problems);
        var units = ScenarioDays.Units(file, DateOnly.FromDateTime(from));

        // A unit of another part of the run stands for its boroughs, so that the hours before and after a takeover can be shown alike.
        var elsewhen = units.Any(unit => unit.Code == area) || file.Boroughs.Any(borough => borough.Code == area) ? null
            : file.Phases.Select(phase => phase.From).Prepend(file.Start).SelectMany(day => ScenarioDays.Units(file, day)).FirstOrDefault(unit => unit.Code == area);
        var chosen = string.IsNullOrEmpty(area) ? null
            : units.FirstOrDefault(unit => unit.Code == area)?.Boroughs ?? elsewhen?.Boroughs ?? file.Boroughs.Where(borough => borough.Code == area).Select(borough => borough.Code).ToList();
        if (chosen is { Count: 0 })
        {
            problems.Add(new Problem("The run has no such command unit or borough", Field: "area", Found: area, Accepted: "the code of a command unit or a borough"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var pack = (await packs.FindAsync(run.PackSha256, cancellation))!;
        var simulated = file.Zones.Select(zone => zone.Code).ToHashSet(StringComparer.Ordinal);
        return new PlayedHour(
            number, first, last, Playback.Of(compiled, run.Seed, number - 1, from, 3600, chosen is null ? null : chosen.ToHashSet(StringComparer.Ordinal), cancellation),
            [.. pack.Zones.Where(zone => simulated.Contains(zone.Code)).Select(zone => new PlayedZone(zone.Code, zone.Longitude, zone.Latitude))],
            [.. units.Where(unit => unit.Boroughs.Count > 1).Concat(elsewhen is null ? [] : [elsewhen]).Select(unit => new PlayedArea(unit.Code, unit.Name, true)), .. file.Boroughs.Select(borough => new PlayedArea(borough.Code, borough.Name, false))]);
    }

    /// <summary>The incidents of one grade that were late in one replication: how many, what most of their time was, and the latest of them.</summary>
    /// <param name="key">Key of the run.</param>
    /// <param name="replication">The replication, from 1; the first where nothing is asked for.</param>
    /// <param name="grade">The grade's code; every grade where nothing is asked for.</param>
    /// <param name="area">Code of a borough, or of a command unit as it stands when the run has it last: only the incidents that lie in it; all where null.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Outcome<RunLate>> LateAsync(string key, string? replication, string? grade, string? area = null, CancellationToken cancellation = default)
    {
        if (!int.TryParse(replication ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !_late.TryGetValue((key, number), out var late))
        {
            var opened = await OpenAsync(key, cancellation);
            if (!opened.Succeeded)
            {
                return Outcome.Refused<RunLate>(opened.Problems);
            }

            var (run, compiled) = opened.Value;
            var problems = new List<Problem>();
            number = Replication(run, replication, problems);
            problems.AddRange(Unknown(LateList.Empty(compiled.File), grade, area));
            if (problems.Count > 0)
            {
                return problems;
            }

            late = Late(compiled, run.Seed, number, cancellation);
            Remember(key, number, late);
        }

        return Unknown(late, grade, area) is { Count: > 0 } unknown ? unknown : Summary(number, late, grade, area);
    }

    private static List<Problem> Unknown(LateList late, string? grade, string? area)
    {
        var problems = new List<Problem>();
        if (!string.IsNullOrEmpty(grade) && !late.Grades.Contains(grade))
        {
            problems.Add(new Problem("The run has no such grade", Field: "grade", Found: grade, Accepted: string.Join(", ", late.Grades)));
        }

        if (!string.IsNullOrEmpty(area) && late.Areas.All(each => each.Area.Code != area))
        {
            problems.Add(new Problem("The run has no such command unit or borough", Field: "area", Found: area, Accepted: "the code of a command unit or a borough"));
        }

        return problems;
    }

    /// <summary>The late incidents of one replication, from 1.</summary>
    internal static LateList Late(CompiledScenario compiled, ulong seed, int replication, CancellationToken cancellation) =>
        LateList.Empty(compiled.File) with { Incidents = IncidentStories.Late(compiled, seed, replication - 1, int.MaxValue, cancellation) };

    /// <summary>Keeps the late incidents of a replication at hand, so that the page of the run opens without playing it again.</summary>
    internal void Remember(string key, int replication, LateList late)
    {
        if (_late.Count >= MaximumKept)
        {
            _late.Clear();
        }

        _late[(key, replication)] = late;
    }

    private static RunLate Summary(int replication, LateList list, string? grade, string? area)
    {
        var boroughs = string.IsNullOrEmpty(area) ? null : list.Areas.First(each => each.Area.Code == area).Boroughs;
        List<LateIncident> late = [.. list.Incidents.Where(each => (string.IsNullOrEmpty(grade) || each.Grade == grade) && boroughs?.Contains(each.Borough) != false)];
        return new RunLate(
            replication, late.Count,
            [.. late.GroupBy(each => each.MainCause, StringComparer.Ordinal).OrderByDescending(cause => cause.Count()).ThenBy(cause => cause.Key, StringComparer.Ordinal).Select(cause => new LateCause(cause.Key, cause.Count()))],
            [.. late.Take(MostListed)])
        {
            Areas = [.. list.Areas.Select(each => each.Area)],
        };
    }

    /// <summary>Every late incident of a replication, and what can be asked of them.</summary>
    /// <param name="Incidents">Those furthest beyond their target first.</param>
    /// <param name="Grades">Codes of the grades.</param>
    /// <param name="Areas">Command units of several boroughs, then boroughs, each with the names of its boroughs.</param>
    internal sealed record LateList(IReadOnlyList<LateIncident> Incidents, IReadOnlyList<string> Grades, IReadOnlyList<(PlayedArea Area, HashSet<string> Boroughs)> Areas)
    {
        /// <summary>What can be asked of a scenario, before it is played.</summary>
        public static LateList Empty(ScenarioFile file)
        {
            var names = file.Boroughs.ToDictionary(borough => borough.Code, borough => borough.Name, StringComparer.Ordinal);
            var days = file.Phases.Select(phase => phase.From).Append(DateOnly.MinValue).OrderDescending();
            return new LateList(
                [], [.. file.Grades.Select(grade => grade.Code)],
                [
                    .. days.SelectMany(day => ScenarioDays.Units(file, day)).Where(unit => unit.Boroughs.Count > 1).DistinctBy(unit => unit.Code)
                        .Select(unit => (new PlayedArea(unit.Code, unit.Name, true), unit.Boroughs.Select(code => names[code]).ToHashSet(StringComparer.Ordinal))),
                    .. file.Boroughs.Select(borough => (new PlayedArea(borough.Code, borough.Name, false), new HashSet<string>([borough.Name], StringComparer.Ordinal))),
                ]);
        }
    }

    /// <summary>The course of one incident of one replication, with causes. Refused where the replication has no such incident.</summary>
    /// <param name="key">Key of the run.</param>
    /// <param name="replication">The replication, from 1; the first where nothing is asked for.</param>
    /// <param name="incident">The incident's number.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Outcome<IncidentStory>> TellAsync(string key, string? replication, string incident, CancellationToken cancellation = default)
    {
        var opened = await OpenAsync(key, cancellation);
        if (!opened.Succeeded)
        {
            return Outcome.Refused<IncidentStory>(opened.Problems);
        }

        var (run, compiled) = opened.Value;
        var problems = new List<Problem>();
        var number = Replication(run, replication, problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        return int.TryParse(incident, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
            && IncidentStories.Tell(compiled, run.Seed, number - 1, wanted, cancellation) is { } story
            ? story
            : new Problem("The replication has no such incident", Field: "incident", Found: incident, Accepted: "a number from the list of late incidents or from the playback");
    }

    private async Task<Outcome<(Run Run, CompiledScenario Scenario)>> OpenAsync(string key, CancellationToken cancellation)
    {
        if (await runs.FindAsync(key, time.Now(), cancellation) is not { } view)
        {
            return new Problem("There is no such run", Field: "key", Found: key, Accepted: "the key of a run");
        }

        if (view.Status != RunStatus.Finished)
        {
            return new Problem("The run is not finished", Field: "key", Found: key, Accepted: "a finished run");
        }

        if (view.Run.EngineVersion != Replica.Version)
        {
            return new Problem(
                "The run was made by another version of the engine, which would play another course", Field: "engineVersion", Found: view.Run.EngineVersion, Accepted: Replica.Version);
        }

        var compiled = await runs.CompileAsync(view.Run, cancellation);
        return compiled.Succeeded ? (view.Run, compiled.Value) : Outcome.Refused<(Run, CompiledScenario)>(compiled.Problems);
    }

    private static int Replication(Run run, string? asked, List<Problem> problems)
    {
        var number = 1;
        if (!string.IsNullOrEmpty(asked) && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number < 1 || number > run.Replications))
        {
            problems.Add(new Problem("There is no such replication", Field: "replication", Found: asked, Accepted: $"1 to {run.Replications.ToString(CultureInfo.InvariantCulture)}"));
        }

        return number;
    }
}

/// <summary>An hour of a run.</summary>
/// <param name="Replication">The replication, from 1.</param>
/// <param name="First">First instant that can be shown, local.</param>
/// <param name="Last">End of the last hour.</param>
/// <param name="Shown">What happened.</param>
/// <param name="Zones">Where the zones are.</param>
/// <param name="Areas">Command units of several boroughs, as they stand in that hour (and the one asked for, where it stands in another part of the run), and boroughs, that can be asked for.</param>
public sealed record PlayedHour(int Replication, DateTime First, DateTime Last, Playback Shown, IReadOnlyList<PlayedZone> Zones, IReadOnlyList<PlayedArea> Areas);

/// <summary>An area that an hour can be shown of.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsUnit">Whether it is a command unit.</param>
public sealed record PlayedArea(string Code, string Name, bool IsUnit);

/// <summary>A zone's centre, degrees.</summary>
public sealed record PlayedZone(string Code, double Longitude, double Latitude);

/// <summary>What made incidents late in one replication.</summary>
/// <param name="Replication">The replication, from 1.</param>
/// <param name="Count">How many were attended late.</param>
/// <param name="Causes">What most of their time was, commonest first.</param>
/// <param name="Latest">Those furthest beyond their target, at most 200.</param>
public sealed record RunLate(int Replication, int Count, IReadOnlyList<LateCause> Causes, IReadOnlyList<LateIncident> Latest)
{
    /// <summary>Command units of several boroughs, then boroughs, to which the list can be limited.</summary>
    public IReadOnlyList<PlayedArea> Areas { get; init; } = [];
}

/// <summary>How many late incidents had one cause.</summary>
/// <param name="Cause">What most of their time was, in words.</param>
/// <param name="Count">How many.</param>
public sealed record LateCause(string Cause, int Count);
