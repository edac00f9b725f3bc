using System.Collections.Concurrent;
using System.Numerics;
using Pathfinder.Engine.Staffing;
using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Studio;

/// <summary>What a grade can and does reach in one unit.</summary>
/// <param name="Grade">I or S.</param>
/// <param name="Minutes">The charter target.</param>
/// <param name="Target">The share asked for.</param>
/// <param name="Reachable">The share whose journey alone is short enough: no number of crews can pass it.</param>
/// <param name="AskedFor">The share that the crews are worked out for: the target, or two points below what is reachable where that is less.</param>
/// <param name="Reached">The share in target with the crews of the cover.</param>
public sealed record StudioReach(string Grade, double Minutes, double Target, double Reachable, double AskedFor, double Reached);

/// <summary>The crews of one group of boroughs.</summary>
/// <param name="Required">Crews free for calls and on guard, by hour of the week.</param>
/// <param name="Cover">Crews on each shift of the week.</param>
/// <param name="Minimum">The same where only immediate calls need to meet their target.</param>
/// <param name="Strength">What that takes in people.</param>
/// <param name="Reach">By grade.</param>
public sealed record StudioCrewNeed(int[] Required, WeekCover Cover, WeekCover Minimum, TeamStrength Strength, IReadOnlyList<StudioReach> Reach);

/// <summary>
/// Crews of any group of boroughs, worked out from the pack's demand, distances and assumptions as the simulation has them, by the closed
/// formula of <see cref="CrewRequirement"/>; kept once found. Journeys start at the nearest of the sites at which the unit's crews parade today.
/// </summary>
public sealed class StudioCrews
{
    private const int JourneyMinutes = 121;

    // Middles of five equal parts of the normal distribution: what a journey's time varies by.
    private static readonly double[] NormalParts = [-1.2815515655, -0.5244005127, 0, 0.5244005127, 1.2815515655];

    // What waiting may cost where the journeys alone are too long for the target.
    private const double WaitingMayCost = 0.02;

    private readonly StudioForce _force;
    private readonly Dictionary<string, double> _assumed;
    private readonly ConcurrentDictionary<ulong, StudioCrewNeed> _known = new();
    private readonly List<Grade> _grades = [];
    private readonly ShiftCover? _cover;
    private readonly Roster _roster;

    // Of each zone of the force: its borough, its demand a day by grade, metres to the nearest site of each borough.
    private readonly List<(int Borough, double[] PerDay, float[] Metres, bool Inner)> _zones = [];
    private readonly double[][,] _perHour;

    private sealed record Grade(string Code, double Minutes, double Share, double Units, double SceneMinutes, double Attended, double Intercept, double Inner, double Outer);

    /// <summary>Lays out what crews are worked out from.</summary>
    internal StudioCrews(StudioForce force)
    {
        _force = force;
        var pack = force.Pack;
        _assumed = pack.Assumptions.ToDictionary(assumption => assumption.Key, assumption => assumption.Value, StringComparer.Ordinal);
        foreach (var code in pack.Demand.Grades)
        {
            _grades.Add(GradeOf(code));
        }

        _perHour = [.. _grades.Select(_ => new double[force.Boroughs.Count, GradeLoad.Hours])];
        var shifts = pack.Resources.Shifts;
        var (cover, why, minute) = ShiftCover.Lay([.. shifts.Select(shift => new DailyShift((int)shift.Start.ToTimeSpan().TotalMinutes, shift.Minutes, shift.BriefingMinutes, shift.MealMinutes))]);
        _cover = cover;
        var teams = pack.Resources.Teams;
        var worked = teams.Cycle.Count(day => shifts.Any(shift => string.Equals(shift.Code, day, StringComparison.Ordinal)));
        _roster = new Roster(teams.Names.Count, teams.Cycle.Count, worked, 1 + Assumed("pack.doubleCrewedShare", 0.9), Assumed("pack.absenceShare", 0.32));
        Problem = shifts.Count == 0 || teams.Names.Count == 0 || worked == 0 ? "The pack has no shifts or teams to cover the week with."
            : why == "gap" ? StudioForce.Number($"No shift of the pack covers {minute / 60:00}:{minute % 60:00}.")
            : why == "overlap" ? StudioForce.Number($"More than two shifts of the pack meet at {minute / 60:00}:{minute % 60:00}; the cover takes two.")
            : null;
        ReadZones(pack);
    }

    /// <summary>Why no crews can be worked out, or null.</summary>
    public string? Problem { get; }

    /// <summary>The roster that officers are counted by.</summary>
    public Roster Roster => _roster;

    /// <summary>The shifts, in order of their start.</summary>
    public IReadOnlyList<PackShift> Shifts => [.. _force.Pack.Resources.Shifts.OrderBy(shift => shift.Start)];

    /// <summary>Crews of a group. Throws <see cref="InvalidOperationException"/> while there is a <see cref="Problem"/>.</summary>
    public StudioCrewNeed Of(ulong group) => Problem is null ? _known.GetOrAdd(group, WorkOut) : throw new InvalidOperationException(Problem);

    /// <summary>Crews on the road in each hour of the week with so many by day and shift, guards included.</summary>
    public double[] OnDuty(ReadOnlySpan<int> crews) => _cover?.FreeByHour(crews) ?? throw new InvalidOperationException(Problem);

    /// <summary>Share of a grade in target with so many crews by day and shift, by formula; null for a grade without demand.</summary>
    public double? ShareWith(ulong group, string grade, ReadOnlySpan<int> crews)
    {
        var at = _grades.FindIndex(candidate => string.Equals(candidate.Code, grade, StringComparison.Ordinal));
        if (at < 0 || Problem is not null)
        {
            return null;
        }

        var loads = Loads(group);
        var free = _cover!.FreeByHour(crews);
        var guards = Guards(group);
        for (var hour = 0; hour < free.Length; hour++)
        {
            free[hour] = Math.Max(0, free[hour] - guards);
        }

        return CrewRequirement.ShareInTarget(loads, at, Ready(_grades[at]), free);
    }

    private StudioCrewNeed WorkOut(ulong group)
    {
        var loads = Loads(group);
        var targets = new CrewTarget[loads.Length];
        var urgent = new CrewTarget[loads.Length];
        for (var grade = 0; grade < loads.Length; grade++)
        {
            var minutes = Ready(_grades[grade]);
            var asked = Math.Min(_grades[grade].Share, Math.Max(0, CrewRequirement.Reach(loads[grade], minutes) - WaitingMayCost));
            targets[grade] = new CrewTarget(minutes, asked);
            urgent[grade] = grade == 0 ? targets[grade] : default;
        }

        var guards = Guards(group);
        var required = CrewRequirement.ByHour(loads, targets);
        var least = CrewRequirement.ByHour(loads, urgent);
        for (var hour = 0; hour < required.Length; hour++)
        {
            required[hour] += (int)Math.Ceiling(guards - 1e-9);
            least[hour] += (int)Math.Ceiling(guards - 1e-9);
        }

        var (cover, minimum) = (_cover!.Solve(required), _cover.Solve(least));
        var reach = new List<StudioReach>();
        for (var grade = 0; grade < loads.Length; grade++)
        {
            if (_grades[grade].Share > 0)
            {
                reach.Add(new StudioReach(_grades[grade].Code, _grades[grade].Minutes, _grades[grade].Share, CrewRequirement.Reach(loads[grade], targets[grade].Minutes), targets[grade].Share,
                    ShareWith(group, _grades[grade].Code, cover.Crews) ?? 0));
            }
        }

        return new StudioCrewNeed(required, cover, minimum, TeamStrength.Of(cover, minimum, _roster), reach);
    }

    private double Guards(ulong group) => Assumed("guard.unitsPerBorough", 0) * BitOperations.PopCount(group);

    // Controllers and the channel come before despatch; their own waits are the simulation's to show.
    private double Ready(Grade grade) => grade.Minutes - Assumed($"controllers.handlingMinutes.{grade.Code}", 0) - (Assumed("channel.despatchAirSeconds", 0) / 60);

    private GradeLoad[] Loads(ulong group)
    {
        var loads = new GradeLoad[_grades.Count];
        for (var grade = 0; grade < loads.Length; grade++)
        {
            var perHour = new double[GradeLoad.Hours];
            for (var left = group; left != 0; left &= left - 1)
            {
                var borough = BitOperations.TrailingZeroCount(left);
                for (var hour = 0; hour < perHour.Length; hour++)
                {
                    perHour[hour] += _perHour[grade][borough, hour] * _grades[grade].Attended;
                }
            }

            var (journeys, mean) = Journeys(group, grade);
            loads[grade] = new GradeLoad(perHour, _grades[grade].Units, mean + _grades[grade].SceneMinutes, journeys);
        }

        return loads;
    }

    private (double[] Shares, double MeanMinutes) Journeys(ulong group, int grade)
    {
        var shares = new double[JourneyMinutes];
        var (weight, sum) = (0.0, 0.0);
        var (own, sigma) = (_grades[grade], Assumed("travel.sigma", 0));
        var spread = Array.ConvertAll(NormalParts, z => Math.Exp(sigma * z));
        foreach (var (borough, perDay, metres, inner) in _zones)
        {
            if ((group >> borough & 1) == 0)
            {
                continue;
            }

            var nearest = float.MaxValue;
            for (var left = group; left != 0; left &= left - 1)
            {
                nearest = Math.Min(nearest, metres[BitOperations.TrailingZeroCount(left)]);
            }

            var typical = nearest >= float.MaxValue ? JourneyMinutes : (own.Intercept + (nearest / 1000 * (inner ? own.Inner : own.Outer))) / 60;
            foreach (var factor in spread)
            {
                var minutes = typical * factor;
                shares[Math.Min(JourneyMinutes - 1, (int)Math.Ceiling(minutes))] += perDay[grade] / spread.Length;
                sum += minutes * perDay[grade] / spread.Length;
            }

            weight += perDay[grade];
        }

        if (weight <= 0)
        {
            shares[0] = 1;
            return (shares, 0);
        }

        for (var minute = 0; minute < shares.Length; minute++)
        {
            shares[minute] /= weight;
        }

        return (shares, sum / weight);
    }

    private void ReadZones(ForcePack pack)
    {
        var zoneAt = Enumerable.Range(0, pack.Zones.Count).ToDictionary(i => pack.Zones[i].Code, i => i, StringComparer.Ordinal);
        var siteZone = pack.ParadeSites.Where(site => zoneAt.ContainsKey(site.Zone)).ToDictionary(site => site.Code, site => zoneAt[site.Zone], StringComparer.Ordinal);
        var sitesOf = new List<int>[_force.Boroughs.Count];
        for (var i = 0; i < sitesOf.Length; i++)
        {
            var code = _force.Boroughs[i].Code;
            var used = pack.Resources.Crews.Where(crews => string.Equals(crews.Borough, code, StringComparison.Ordinal) && crews.Crews > 0).Select(crews => crews.ParadeSite);
            sitesOf[i] = [.. used.Distinct(StringComparer.Ordinal).Where(siteZone.ContainsKey).Select(site => siteZone[site])];
            if (sitesOf[i].Count == 0)
            {
                sitesOf[i] = [.. pack.ParadeSites.Where(site => string.Equals(site.Borough, code, StringComparison.Ordinal) && siteZone.ContainsKey(site.Code)).Select(site => siteZone[site.Code])];
            }
        }

        for (var zone = 0; zone < pack.Zones.Count; zone++)
        {
            if (!_force.Names.ContainsKey(pack.Zones[zone].Borough))
            {
                continue;
            }

            var borough = _force.PlaceOf(pack.Zones[zone].Borough);
            var perDay = new double[_grades.Count];
            for (var grade = 0; grade < _grades.Count; grade++)
            {
                for (var hour = 0; hour < GradeLoad.Hours; hour++)
                {
                    var rate = pack.Demand.At(grade, zone, hour);
                    _perHour[grade][borough, hour] += rate;
                    perDay[grade] += rate / 7;
                }
            }

            var inside = (float)(500 * Math.Sqrt(pack.Zones[zone].AreaKm2));
            var metres = Array.ConvertAll(sitesOf, sites => sites.Count == 0 ? float.MaxValue : Math.Max(inside, sites.Min(site => (float)pack.Metres(site, zone))));
            _zones.Add((borough, perDay, metres, string.Equals(_force.Boroughs[borough].Density, "inner", StringComparison.Ordinal)));
        }
    }

    private Grade GradeOf(string code)
    {
        double For(string before, string after, double otherwise) => Assumed($"{before}.{code}.{after}", otherwise);
        var units = Math.Max(1, For("units", "one", 1) + (2 * For("units", "two", 0)) + (3 * For("units", "three", 0)));
        var once = (For("arrest", "probability", 0) * Assumed("custody.meanMinutes", 0))
            + (Assumed("casework.crimeShare", 0) * Assumed("endToEnd.share", 0) * Assumed("casework.minutes", 0));
        var telephone = code is "S" or "E" ? Assumed("telephone.share", 0) * (1 - Assumed("passback.share", 0)) : 0;
        return new Grade(code, For("target", "minutes", 0), For("target", "share", 0), units,

            // An arrest or a case keeps one of an incident's units.
            For("scene", "meanMinutes", 60) + (once / units), 1 - telephone,
            For("travel", "interceptSeconds", 0), For("travel", "secondsPerKm.inner", 90), For("travel", "secondsPerKm.outer", 90));
    }

    private double Assumed(string key, double otherwise) => _assumed.GetValueOrDefault(key, otherwise);
}
