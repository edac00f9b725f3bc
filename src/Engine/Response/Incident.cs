using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Response;

/// <summary>An open incident. A slot is used again when the last unit has left.</summary>
internal struct Incident
{
    /// <summary>Everything drawn for it.</summary>
    public RandomStream Stream;

    /// <summary>Number in order of creation; the key of everything drawn for it.</summary>
    public int Number;

    /// <summary>Zone where it happens.</summary>
    public int Zone;

    /// <summary>Borough of the zone.</summary>
    public int Borough;

    /// <summary>Grade, 0 first.</summary>
    public int Grade;

    /// <summary>Which rules it follows.</summary>
    public int Kind;

    /// <summary>Seconds that the first unit will be at the scene.</summary>
    public int Scene;

    /// <summary>When the response clock started.</summary>
    public int Created;

    /// <summary>Hour of the week in which it did.</summary>
    public int Hour;

    /// <summary>When it joined the stage it is in.</summary>
    public int Joined;

    /// <summary>When the controllers had done with it.</summary>
    public int Handled;

    /// <summary>When the channel had.</summary>
    public int Aired;

    /// <summary>When the duty inspector had, or it needed no decision.</summary>
    public int Decided;

    /// <summary>The pool of units that may attend it.</summary>
    public int Pool;

    /// <summary>Units still to be sent.</summary>
    public int Need;

    /// <summary>Units on their way.</summary>
    public int OnWay;

    /// <summary>Units at the scene.</summary>
    public int AtScene;

    /// <summary>Units sent so far.</summary>
    public int Sent;

    /// <summary>The unit that leads at the scene and clears it; −1 where none does.</summary>
    public int Lead;

    /// <summary>Neighbours in the queue it stands in.</summary>
    public int Next;

    /// <summary>See <see cref="Next"/>.</summary>
    public int Previous;

    /// <summary>Seconds of scene time that interrupted units left undone.</summary>
    public int LeftSeconds;

    /// <summary>How many units those are.</summary>
    public int LeftUnits;

    /// <summary>Whether it stands in the queue of its pool.</summary>
    public bool Waiting;

    /// <summary>Whether it is counted among those with no unit on the way or there.</summary>
    public bool Unassigned;

    /// <summary>Whether a unit has reached it.</summary>
    public bool Attended;

    /// <summary>Whether a second unit was asked for because the first was single-crewed.</summary>
    public bool Supported;

    /// <summary>Whether it was created in the counted window.</summary>
    public bool Counted;

    /// <summary>Whether its response clock has started: it needs attendance.</summary>
    public bool Needs;

    /// <summary>Whether the slot is in use.</summary>
    public bool Open;
}

/// <summary>What each number drawn with an incident or a unit is for. Never renumber: results depend on it.</summary>
internal static class Purpose
{
    public const int Gap = 0;
    public const int Cell = 1;
    public const int Telephone = 2;
    public const int PassBack = 3;
    public const int UnitsNeeded = 4;
    public const int Handling = 5;
    public const int DespatchAir = 6;
    public const int Arrest = 7;
    public const int Custody = 8;
    public const int KeepsCase = 9;
    public const int CaseWork = 10;
    public const int Travel = 11;
    public const int Presence = 12;
    public const int Vulnerable = 13;
    public const int NeedsDecision = 14;
    public const int Decision = 15;

    /// <summary>Scene time of the k-th unit sent is purpose 16 + k; its status messages 64 + k.</summary>
    public const int Scene = 16;

    /// <summary>See <see cref="Scene"/>.</summary>
    public const int StatusAir = 64;

    public const int Support = 128;
    public const int Single = 129;
    public const int Abstraction = 130;

    /// <summary>The type among those of its borough and grade.</summary>
    public const int Type = 1 << 20;

    /// <summary>Whether a unit goes to the k-th call for aid is purpose 131 + k.</summary>
    public const int Aid = 131;
}
