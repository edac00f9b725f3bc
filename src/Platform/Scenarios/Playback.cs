using System.Collections.ObjectModel;
using Pathfinder.Engine.Response;

namespace Pathfinder.Platform.Scenarios;

/// <summary>A unit's journey: from a zone to a zone, in seconds after the first shown; it stands in the second from the end on.</summary>
public sealed record PlaybackLeg(int Unit, string From, string To, int Start, int End);

/// <summary>What a unit does from a second on.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="At">Second after the first shown; 0 for what it did before.</param>
/// <param name="State">available, travelling, atScene, custody, caseWork, guard, briefing, meal, abstracted, noVehicle or offDuty.</param>
/// <param name="Incident">The incident it is at; null for none.</param>
public sealed record PlaybackState(int Unit, int At, string State, int? Incident);

/// <summary>An incident that was open in the time shown: seconds after the first shown, negative before it; null for not in it.</summary>
public sealed record PlaybackIncident(int Number, string Grade, string Zone, int Created, int? Attended, int? Closed);

/// <summary>How many incidents waited for a unit from a second on.</summary>
public sealed record PlaybackQueue(int At, int Waiting);

/// <summary>Some time of one replication, to be shown moving: who is where and does what, which incidents are open, how many wait.</summary>
/// <param name="From">The first second shown, local.</param>
/// <param name="Seconds">How many are shown.</param>
/// <param name="Boroughs">Home borough of each unit that appears, by unit.</param>
/// <param name="Legs">Journeys, in order of setting out; each unit's last before the time shown comes first.</param>
/// <param name="States">States, likewise.</param>
/// <param name="Incidents">Incidents, in order of number.</param>
/// <param name="Queue">Incidents past controllers, channel and inspector for which no unit that may go is free, a further unit included, in order of time: fewer than are unassigned in a result, which counts those at the channel and the inspector too.</param>
public sealed record Playback(
    DateTime From, int Seconds, IReadOnlyDictionary<int, string> Boroughs, IReadOnlyList<PlaybackLeg> Legs, IReadOnlyList<PlaybackState> States,
    IReadOnlyList<PlaybackIncident> Incidents, IReadOnlyList<PlaybackQueue> Queue)
{
    /// <summary>
    /// Plays a replication again up to the end of the time asked for. Where boroughs are given, only their incidents are shown, the units
    /// whose home they are, and units that attend there. Throws <see cref="ArgumentOutOfRangeException"/> for a time outside the run.
    /// </summary>
    public static Playback Of(CompiledScenario scenario, ulong seed, int replication, DateTime from, int seconds, IReadOnlySet<string>? boroughs = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var start = (from - scenario.File.Start.ToDateTime(default)).TotalSeconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(start, 0, nameof(from));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, (scenario.File.WarmUpDays + scenario.File.Days) * 86400.0, nameof(from));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var film = new Film(scenario, (int)start, seconds, boroughs, done);
        var replica = new Replica(scenario.Engine) { Trace = film };
        try
        {
            replica.Run(seed, replication, done.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time asked for is over.
        }

        return film.Develop(from, replica);
    }

    /// <summary>Keeps of each unit the last it did before the time shown, and everything within it.</summary>
    private sealed class Film(CompiledScenario scenario, int start, int seconds, IReadOnlySet<string>? boroughs, CancellationTokenSource done) : Collection<TraceLine>
    {
        private readonly SortedDictionary<int, PlaybackLeg> _lastLeg = [];
        private readonly SortedDictionary<int, PlaybackState> _lastState = [];
        private readonly SortedDictionary<int, PlaybackIncident> _incidents = [];
        private readonly Dictionary<string, string> _boroughOf = scenario.File.Zones.ToDictionary(zone => zone.Code, zone => zone.Borough, StringComparer.Ordinal);
        private readonly HashSet<int> _waiting = [];
        private readonly List<PlaybackLeg> _legs = [];
        private readonly List<PlaybackState> _states = [];
        private readonly List<PlaybackQueue> _queue = [];
        private int _before;

        public Playback Develop(DateTime from, Replica replica)
        {
            List<PlaybackLeg> legs = [.. _lastLeg.Values, .. _legs];
            List<PlaybackState> states = [.. _lastState.Values.Where(s => s.State != "offDuty"), .. _states];
            string Home(int unit) => scenario.File.Boroughs[replica.BoroughOf(unit)].Code;
            List<PlaybackIncident> incidents = [.. _incidents.Values.Where(i => i.Closed is null or >= 0).Where(i => IsShown(i.Zone))];
            if (boroughs is not null)
            {
                var here = incidents.Select(incident => incident.Number).ToHashSet();
                var attend = states.Where(state => state.Incident is { } incident && here.Contains(incident)).Select(state => state.Unit).ToHashSet();
                legs.RemoveAll(leg => !boroughs.Contains(Home(leg.Unit)) && !attend.Contains(leg.Unit));
                states.RemoveAll(state => !boroughs.Contains(Home(state.Unit)) && !attend.Contains(state.Unit));
            }

            var units = legs.Select(l => l.Unit).Concat(states.Select(s => s.Unit)).Distinct().Order();
            return new Playback(from, seconds, units.ToDictionary(u => u, Home), legs, states, incidents, [new PlaybackQueue(0, _before), .. _queue]);
        }

        protected override void InsertItem(int index, TraceLine item)
        {
            var at = item.Time - start;
            if (at >= seconds)
            {
                done.Cancel();
                return;
            }

            switch (item.Kind)
            {
                case TraceKind.Leg:
                    Keep(new PlaybackLeg(item.Unit, scenario.File.Zones[item.Value].Code, scenario.File.Zones[item.Other].Code, at, at + item.Seconds), at);
                    break;
                case TraceKind.Unit:
                    Keep(new PlaybackState(item.Unit, Math.Max(at, 0), Words((UnitState)item.Value), item.Incident < 0 ? null : item.Incident), at);
                    break;
                case TraceKind.Created:
                    _incidents[item.Incident] = new PlaybackIncident(item.Incident, scenario.File.Grades[item.Value].Code, scenario.File.Zones[item.Other].Code, at, null, null);
                    break;
                case TraceKind.Telephone:
                    _incidents.Remove(item.Incident);
                    break;
                case TraceKind.Waits:
                    Wait(item.Incident, true, at);
                    break;
                case TraceKind.Despatched:
                    Wait(item.Incident, false, at);
                    break;
                case TraceKind.Attended:
                    _incidents[item.Incident] = _incidents[item.Incident] with { Attended = at };
                    break;
                case TraceKind.Closed:
                    Wait(item.Incident, false, at);
                    if (at < 0)
                    {
                        _incidents.Remove(item.Incident);
                    }
                    else
                    {
                        _incidents[item.Incident] = _incidents[item.Incident] with { Closed = at };
                    }

                    break;
                default:
                    break;
            }
        }

        private void Keep(PlaybackLeg leg, int at)
        {
            if (at < 0)
            {
                _lastLeg[leg.Unit] = leg;
            }
            else
            {
                _legs.Add(leg);
            }
        }

        private void Keep(PlaybackState state, int at)
        {
            if (at < 0)
            {
                _lastState[state.Unit] = state;
            }
            else
            {
                _states.Add(state);
            }
        }

        private bool IsShown(string zone) => boroughs is null || boroughs.Contains(_boroughOf[zone]);

        private void Wait(int incident, bool waits, int at)
        {
            if ((waits && !IsShown(_incidents[incident].Zone)) || !(waits ? _waiting.Add(incident) : _waiting.Remove(incident)))
            {
                return;
            }

            if (at < 0)
            {
                _before = _waiting.Count;
            }
            else
            {
                _queue.Add(new PlaybackQueue(at, _waiting.Count));
            }
        }

        private static string Words(UnitState state) => char.ToLowerInvariant(state.ToString()[0]) + state.ToString()[1..];
    }
}
