using System;

namespace Pathfinder.Engine.Staffing;

/// <summary>How teams take turns and who of them is there.</summary>
/// <param name="Teams">Teams that rotate; alike in size.</param>
/// <param name="CycleDays">Days of the cycle.</param>
/// <param name="WorkedDays">Days of the cycle on which a team works.</param>
/// <param name="OfficersPerCrew">1 + the share of crews with two officers.</param>
/// <param name="Absence">Share of rostered hours lost to leave, sickness, training, court and aid.</param>
public readonly record struct Roster(int Teams, int CycleDays, int WorkedDays, double OfficersPerCrew, double Absence);

/// <summary>What a cover takes in people.</summary>
/// <param name="OptimumParade">Officers that the largest shift of the week should parade with.</param>
/// <param name="MinimumParade">Fewest officers that any shift may parade with: those with which the first grade still meets its target, on the largest shift.</param>
/// <param name="Team">People held in one team so that the largest shift is met on average, leave falling evenly.</param>
/// <param name="Officers">All teams together.</param>
/// <param name="OfficersIfSteered">No roster can do with fewer: every crew-shift worked, and leave steered to quiet shifts.</param>
public sealed record TeamStrength(int OptimumParade, int MinimumParade, int Team, int Officers, int OfficersIfSteered)
{
    /// <summary>
    /// Since a cycle of days that is no multiple of seven brings each team to every shift of every weekday in turn, a team must be able to parade for the largest.
    /// Throws <see cref="ArgumentException"/> for an absence outside 0 to below 1 or a roster without work.
    /// </summary>
    public static TeamStrength Of(WeekCover cover, WeekCover minimum, Roster roster)
    {
        ArgumentNullException.ThrowIfNull(cover);
        ArgumentNullException.ThrowIfNull(minimum);
        if (!(roster.Absence is >= 0 and < 1) || roster.WorkedDays < 1 || roster.Teams < 1)
        {
            throw new ArgumentException("A roster has teams that work and an absence below 1.", nameof(roster));
        }

        var parade = Up(cover.Largest * roster.OfficersPerCrew);
        var team = Up(parade / (1 - roster.Absence));
        var shiftsAWeek = 7.0 * roster.WorkedDays / roster.CycleDays * (1 - roster.Absence);
        return new TeamStrength(
            parade, Up(minimum.Largest * roster.OfficersPerCrew), team, team * roster.Teams, Up(cover.Total * roster.OfficersPerCrew / shiftsAWeek));
    }

    private static int Up(double value) => (int)Math.Ceiling(value - 1e-9);
}
