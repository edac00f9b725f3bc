using System;

namespace Pathfinder.Engine.Response;

/// <summary>
/// The fixed facts about units, laid out so that the units of a borough fill whole 64-bit words: one word-wise scan per
/// borough finds who is idle. Indexes left over at the end of a borough's words are no unit.
/// </summary>
internal sealed class Roster
{
    public Roster(Scenario scenario)
    {
        var boroughs = scenario.Boroughs;
        Seats = new int[scenario.Crews.Length];
        for (var r = 0; r < Seats.Length; r++)
        {
            Seats[r] = scenario.Crews[r].Crews;
            foreach (var phase in scenario.Later)
            {
                Seats[r] = Math.Max(Seats[r], phase.Rules.Crews[r].Crews);
            }
        }

        WordStart = new int[boroughs + 1];
        var count = 0;
        for (var b = 0; b < boroughs; b++)
        {
            WordStart[b] = count / 64;
            for (var r = 0; r < Seats.Length; r++)
            {
                count += scenario.Crews[r].Borough == b ? Seats[r] : 0;
            }

            count = (count + 63) & ~63;
        }

        WordStart[boroughs] = count / 64;
        Units = count;
        Row = new int[count];
        Array.Fill(Row, -1);
        Seat = new int[count];
        Holder = new int[count];
        RowStart = new int[scenario.Crews.Length];
        var seats = new int[boroughs * scenario.Shifts.Length];
        for (var b = 0; b < boroughs; b++)
        {
            var unit = WordStart[b] * 64;
            for (var r = 0; r < scenario.Crews.Length; r++)
            {
                var row = scenario.Crews[r];
                if (row.Borough != b)
                {
                    continue;
                }

                RowStart[r] = unit;
                for (var k = 0; k < Seats[r]; k++, unit++)
                {
                    Row[unit] = r;
                    Seat[unit] = seats[(b * scenario.Shifts.Length) + row.Shift]++;
                    Holder[unit] = Holders + Seat[unit];
                }
            }

            var most = 0;
            for (var s = 0; s < scenario.Shifts.Length; s++)
            {
                most = Math.Max(most, seats[(b * scenario.Shifts.Length) + s]);
            }

            Holders += most;
        }
    }

    /// <summary>Unit indexes of each row of crews: as many as it ever has.</summary>
    public int[] Seats { get; }

    /// <summary>First word of each borough's units.</summary>
    public int[] WordStart { get; }

    /// <summary>Unit indexes in use, those that are no unit included.</summary>
    public int Units { get; }

    /// <summary>Row of crews of each unit; −1 where an index is no unit.</summary>
    public int[] Row { get; }

    /// <summary>Seat of each unit, counted over the borough and shift.</summary>
    public int[] Seat { get; }

    /// <summary>Who holds the cases of each unit: the same seat of a borough in whatever shift, so that a team's crew meets its cases again.</summary>
    public int[] Holder { get; }

    /// <summary>How many holders there are, to be multiplied by the teams.</summary>
    public int Holders { get; private set; }

    /// <summary>First unit of each row of crews.</summary>
    public int[] RowStart { get; }

    /// <summary>Key of a unit's draws: its borough, shift and seat, so that it keeps them from design to design.</summary>
    public ulong Key(int unit, CrewRules row) => ((ulong)row.Borough << 40) | ((ulong)row.Shift << 24) | (uint)Seat[unit];
}

/// <summary>Whose units may attend what: a pool a borough, then one a command unit, then the force.</summary>
internal sealed class Pools
{
    public Pools(Scenario scenario)
    {
        var boroughs = scenario.Boroughs;
        var units = scenario.CommandUnits;
        Start = new int[boroughs + units + 2];
        OfUnit = new int[boroughs];
        AskedFirst = new int[boroughs];
        for (var b = 0; b < boroughs; b++)
        {
            OfUnit[b] = boroughs + scenario.BoroughUnit[b];
            AskedFirst[b] = scenario.Mode switch { DespatchMode.CommandUnit => OfUnit[b], DespatchMode.ForceWide => boroughs + units, _ => b };
        }

        Borough = new int[boroughs * 3];
        var at = 0;
        for (var pool = 0; pool < boroughs + units + 1; pool++)
        {
            Start[pool] = at;
            for (var b = 0; b < boroughs; b++)
            {
                if (pool == b || pool == boroughs + scenario.BoroughUnit[b] || pool == boroughs + units)
                {
                    Borough[at++] = b;
                }
            }
        }

        Start[boroughs + units + 1] = at;
    }

    /// <summary>The pool that is asked first for an incident of each borough.</summary>
    public int[] AskedFirst { get; }

    /// <summary>The pool of each borough's command unit.</summary>
    public int[] OfUnit { get; }

    /// <summary>Where the boroughs of each pool start.</summary>
    public int[] Start { get; }

    /// <summary>Boroughs of the pools.</summary>
    public int[] Borough { get; }
}
