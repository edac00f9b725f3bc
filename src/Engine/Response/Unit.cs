namespace Pathfinder.Engine.Response;

/// <summary>What changes about a unit, together because one event reads most of it: one line of the cache.</summary>
internal struct Unit
{
    /// <summary>Key of its draws.</summary>
    public ulong Key;

    /// <summary>Metres of the leg it is on.</summary>
    public double LegMetres;

    /// <summary>When it entered its state.</summary>
    public int Since;

    /// <summary>Raised whenever what it is doing is cut short, so that the event at its end is not heeded.</summary>
    public int Stamp;

    /// <summary>Slot of the incident it attends.</summary>
    public int Attending;

    /// <summary>When its shift ends.</summary>
    public int ShiftEnd;

    /// <summary>Latest second at which its meal may begin.</summary>
    public int MealBy;

    /// <summary>When its time on scene, or its case work, will be done.</summary>
    public int Until;

    /// <summary>Who holds its cases: a crew of one team, whatever its shift.</summary>
    public int Holder;

    /// <summary>Air time of its message when it clears.</summary>
    public int StatusSeconds;

    /// <summary>How often it has chosen where to patrol.</summary>
    public int Patrols;

    /// <summary>Row of crews.</summary>
    public ushort Row;

    /// <summary>Home borough.</summary>
    public ushort Borough;

    /// <summary>How many units had been sent to its incident before it.</summary>
    public byte SentAs;

    /// <summary>Team on duty in it.</summary>
    public byte Team;

    /// <summary>What it is doing.</summary>
    public UnitState State;

    /// <summary>Whether its meal is due.</summary>
    public bool MealDue;

    /// <summary>Whether it has one officer.</summary>
    public bool Single;

    /// <summary>Whether it holds a vehicle of its site.</summary>
    public bool HasVehicle;
}

/// <summary>The leg a unit is on; it stands in <see cref="To"/> once <see cref="End"/> has come.</summary>
internal struct Leg
{
    /// <summary>Second of setting out.</summary>
    public int Start;

    /// <summary>Second of arriving.</summary>
    public int End;

    /// <summary>Zone left.</summary>
    public ushort From;

    /// <summary>Zone gone to.</summary>
    public ushort To;
}
