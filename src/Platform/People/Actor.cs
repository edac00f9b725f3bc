namespace Pathfinder.Platform.People;

/// <summary>What a person may be in an organisation.</summary>
public enum Role
{
    /// <summary>Reads what is open to every signed-in person.</summary>
    Reader,

    /// <summary>A council or other body of a borough; sees what the police see of the work it co-chairs.</summary>
    Partner,

    /// <summary>Draws designs and runs them.</summary>
    Planner,

    /// <summary>Runs, evaluates, imports observations.</summary>
    Analyst,

    /// <summary>Keeps the programme's records.</summary>
    ProgrammeOffice,

    /// <summary>Takes decisions at gates.</summary>
    DecisionMaker,

    /// <summary>Accounts, organisations, imports of packs, the store.</summary>
    Administrator,
}

/// <summary>Something that can be permitted. Every page and API route names one.</summary>
public enum Permission
{
    /// <summary>Read areas, designs, runs and results.</summary>
    Read,

    /// <summary>Create and change designs.</summary>
    Design,

    /// <summary>Start and cancel runs.</summary>
    Run,

    /// <summary>Import packs and data.</summary>
    Import,

    /// <summary>Manage accounts and organisations.</summary>
    ManagePeople,

    /// <summary>Read the change log.</summary>
    Audit,

    /// <summary>Keep the programme's records.</summary>
    KeepRecords,

    /// <summary>Report on what one owns.</summary>
    Report,

    /// <summary>Take decisions and sign them.</summary>
    Decide,
}

/// <summary>A signed-in person acting for an organisation.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="Name">Shown name.</param>
/// <param name="Organisation">The organisation acted for.</param>
/// <param name="Roles">Roles held there.</param>
/// <param name="Boroughs">For partners: the boroughs they speak for.</param>
public sealed record Actor(
    string Account, string Name, string Organisation, IReadOnlySet<Role> Roles, IReadOnlyList<string> Boroughs);
