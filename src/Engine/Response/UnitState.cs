namespace Pathfinder.Engine.Response;

/// <summary>What a unit is doing. A unit is in exactly one state at a time.</summary>
public enum UnitState : byte
{
    /// <summary>Not on duty, or absent.</summary>
    OffDuty,

    /// <summary>Parading, or on the way to its ground; not yet available.</summary>
    Briefing,

    /// <summary>Free: at base, on its way there, patrolling, or where it last cleared.</summary>
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

    /// <summary>On duty for the shift, but outside its role: abstracted, or on aid.</summary>
    Abstracted,

    /// <summary>On duty, waiting for a vehicle.</summary>
    NoVehicle,
}

/// <summary>What changed, in an event trace.</summary>
public enum TraceKind : byte
{
    /// <summary>A unit entered a state (value); the incident is what it is at, or came from.</summary>
    Unit,

    /// <summary>An incident was created in a zone (other); the value is its grade.</summary>
    Created,

    /// <summary>An incident was resolved by telephone.</summary>
    Telephone,

    /// <summary>A controller takes an incident; the value is the seconds of handling, other the group.</summary>
    HandlingStarts,

    /// <summary>The channel takes an incident; the value is the seconds of air time, other the group.</summary>
    AirStarts,

    /// <summary>A duty inspector takes an incident; the value is the seconds of deciding, other the area.</summary>
    DecisionStarts,

    /// <summary>An incident found no eligible unit free and waits; the value is the pool of units.</summary>
    Waits,

    /// <summary>While it waits: how many units of the pool (other) are in a state (value).</summary>
    UnitsInState,

    /// <summary>The search widens; the value is the new pool.</summary>
    Widens,

    /// <summary>A unit was sent, on a journey of so many seconds (value) and metres (other).</summary>
    Despatched,

    /// <summary>A unit on its way or at the scene was taken for a more urgent incident (value), or stood down (value −1).</summary>
    Withdrawn,

    /// <summary>The first unit arrived; the value is the response time.</summary>
    Attended,

    /// <summary>No unit was free, and the incident is lost.</summary>
    Lost,

    /// <summary>The last unit left.</summary>
    Closed,

    /// <summary>A unit sets out from a zone (value) to a zone (other), where it will be after so many seconds.</summary>
    Leg,
}

/// <summary>One line of an event trace; unit or incident is −1 where none is meant.</summary>
public readonly record struct TraceLine(int Time, TraceKind Kind, int Unit, int Incident, int Value, int Other = 0, int Seconds = 0);

/// <summary>One attended incident: seconds of its response and of its parts; what remains of the response is waiting for a unit.</summary>
public readonly record struct IncidentOutcome(
    int Number, int Zone, int Grade, int Created, int Response, int Controllers, int Channel, int Inspector, int Travel, int Unit);
