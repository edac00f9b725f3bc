namespace Pathfinder.Platform.People;

/// <summary>What each role may do: the one table behind every page, API route and command.</summary>
public static class Permissions
{
    private static readonly Dictionary<Role, Permission[]> Table = new()
    {
        [Role.Reader] = [Permission.Read],
        // Partners who co-chair see what the police see; they do not draw designs or see who changed what.
        [Role.Partner] = [Permission.Read, Permission.Report],
        [Role.Planner] = [Permission.Read, Permission.Design, Permission.Run, Permission.Report],
        [Role.Analyst] = [Permission.Read, Permission.Run, Permission.Import, Permission.Report],
        [Role.ProgrammeOffice] = [Permission.Read, Permission.Design, Permission.Run, Permission.Import, Permission.Audit, Permission.KeepRecords, Permission.Report],
        // Whoever decides must be able to see who changed what the decision rests on.
        [Role.DecisionMaker] = [Permission.Read, Permission.Audit, Permission.Report, Permission.Decide],
        // Runs the installation; draws, runs and decides only with a further role.
        [Role.Administrator] = [Permission.Read, Permission.Import, Permission.ManagePeople, Permission.Audit],
    };

    /// <summary>What one role may do.</summary>
    public static IReadOnlyList<Permission> Of(Role role) => Table[role];

    /// <summary>What a person may do in the organisation acted for: all that any role held there may, in the order of <see cref="Permission"/>.</summary>
    public static IReadOnlyList<Permission> Of(Actor actor) => actor.Roles.SelectMany(Of).Distinct().Order().ToList();

    /// <summary>Whether a person holds a permission.</summary>
    public static bool May(this Actor actor, Permission permission) => actor.Roles.Any(role => Table[role].Contains(permission));
}
