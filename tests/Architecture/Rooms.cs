namespace Pathfinder.Architecture.Tests;

/// <summary>The order of rooms: documentation and test at once. A room may use those before it in its project, and any room of a project before its own.</summary>
internal static class Rooms
{
    public static readonly (string Project, string[] Rooms)[] Order =
    [
        ("Engine", ["Numerics", "Geography", "Travel", "Response", "Grouping", "Siting", "Staffing"]),
        ("Analysis", ["Intervals", "Control", "Effects", "Power", "Queues", "Calibration"]),
        ("Platform", ["Problems", "Tables", "Scenarios", "Panels", "Groupings", "Staffing", "Storage", "History", "People", "Work", "SelfTest", "Forces", "Evidence", "Designs", "Runs", "Calibration", "Sweeps", "Studio", "Records", "Programme", "Performance", "Evaluations", "Portfolios", "Reports"]),
        ("Web", ["Components", "Access", "Api", "Pages"]),
        ("Cli", ["Terminal", "Commands"]),
    ];

    /// <summary>What each project may use besides itself; Cli serves Web, and nobody uses Cli.</summary>
    public static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Engine"] = [],
        ["Analysis"] = ["Engine"],
        ["Platform"] = ["Engine", "Analysis"],
        ["Web"] = ["Engine", "Analysis", "Platform"],
        ["Cli"] = ["Engine", "Analysis", "Platform", "Web"],
    };

    /// <summary>Where a namespace stands; null for one that is not ours. The project's own root namespace is its composition root, after every room.</summary>
    public static (string Project, string Room, int Place)? Find(string? @namespace)
    {
        var parts = (@namespace ?? "").Split('.');
        if (parts.Length < 2 || parts[0] != "Pathfinder")
        {
            return null;
        }

        foreach (var (project, rooms) in Order)
        {
            if (parts[1] == project)
            {
                if (parts.Length == 2)
                {
                    return (project, "", rooms.Length);
                }

                var place = Array.IndexOf(rooms, parts[2]);
                return (project, parts[2], place);
            }
        }

        return null;
    }
}
