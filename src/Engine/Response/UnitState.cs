namespace Pathfinder.Engine.Response;

/// <summary>What a unit is doing. A unit is in exactly one state at a time.</summary>
public enum UnitState : byte
{
    /// <summary>Not on duty, absent, or without a vehicle.</summary>
    OffDuty,

    /// <summary>Parading; not yet available.</summary>
    Briefing,

    /// <summary>Free: at base, on its way there, or where it last cleared.</summary>
    Available,

    /// <summary>On its way to an incident.</summary>
    Travelling,

    /// <summary>At an incident.</summary>
    AtScene,

    /// <summary>Tied up with an arrest.</summary>
    Custody,

    /// <summary>Working on a crime it keeps; grades that pre-empt may interrupt it.</summary>
    CaseWork,

    /// <summary>On a guard or constant watch for the shift.</summary>
    Guard,

    /// <summary>On its meal break.</summary>
    Meal,
}

/// <summary>What changed, in an event trace.</summary>
public enum TraceKind : byte
{
    /// <summary>A unit entered a state; the value is the <see cref="UnitState"/>.</summary>
    Unit,

    /// <summary>An incident was created; the value is its grade.</summary>
    Created,

    /// <summary>An incident was resolved by telephone.</summary>
    Telephone,

    /// <summary>An incident found no eligible unit free and waits.</summary>
    Waits,

    /// <summary>A unit was sent.</summary>
    Despatched,

    /// <summary>A unit on its way was taken for a higher grade, or stood down.</summary>
    Withdrawn,

    /// <summary>The first unit arrived.</summary>
    Attended,

    /// <summary>The last unit left.</summary>
    Closed,
}

/// <summary>One line of an event trace; unit or incident is −1 where none is meant.</summary>
public readonly record struct TraceLine(int Time, TraceKind Kind, int Unit, int Incident, int Value);
