using System.Numerics;

namespace Pathfinder.Platform.Evidence;

/// <summary>What a row says of one time.</summary>
/// <param name="Told">Whether it says anything that can be read.</param>
/// <param name="First">Seconds since 1970 UTC, or since creation.</param>
/// <param name="Second">The same, or the later reading of a local time that happened twice.</param>
/// <param name="AfterCreation">Whether it counts from creation.</param>
internal readonly record struct ToldTime(bool Told, long First, long Second, bool AfterCreation);

/// <summary>
/// The times of one row, settled together: where clocks went back over some, that reading is taken in which the incident was
/// created, despatched, reached and cleared in this order; where several are, or none is, the one nearest to the stated rule.
/// </summary>
internal struct ToldTimes
{
    /// <summary>How many there are: created, despatched, arrived, cleared.</summary>
    public const int Count = 4;

    // Bit i is set where time i is read as the second time that clocks showed it.
    private int _choice;

    /// <summary>When it was created.</summary>
    public ToldTime Created { readonly get; set; }

    /// <summary>When the first unit was despatched.</summary>
    public ToldTime Despatched { readonly get; set; }

    /// <summary>When the first unit arrived.</summary>
    public ToldTime Arrived { readonly get; set; }

    /// <summary>When it was cleared.</summary>
    public ToldTime Cleared { readonly get; set; }

    /// <summary>One of them, in this order.</summary>
    public readonly ToldTime this[int time] => time switch
    {
        0 => Created,
        1 => Despatched,
        2 => Arrived,
        _ => Cleared,
    };

    /// <summary>Seconds since 1970 UTC of one of them as settled; −1 where the row does not tell it.</summary>
    public readonly long At(int time) => this[time].Told ? At(time, _choice) : -1;

    /// <summary>Chooses a reading for each; the times that only the rule decides, as bits.</summary>
    public int Settle(AmbiguousTime rule)
    {
        var twice = 0;
        for (var time = 0; time < Count; time++)
        {
            twice |= this[time].First != this[time].Second ? 1 << time : 0;
        }

        var ruled = rule == AmbiguousTime.Second ? twice : 0;
        _choice = ruled;
        if (twice == 0)
        {
            return 0;
        }

        int found = -1, open = 0;
        for (var choice = 0; choice < 1 << Count; choice++)
        {
            if ((choice & ~twice) != 0 || !InOrder(choice))
            {
                continue;
            }

            open |= found < 0 ? 0 : found ^ choice;
            if (found < 0 || BitOperations.PopCount((uint)(choice ^ ruled)) < BitOperations.PopCount((uint)(_choice ^ ruled)))
            {
                _choice = choice;
            }

            found = found < 0 ? choice : found;
        }

        return found < 0 ? twice : open;
    }

    private readonly bool InOrder(int choice)
    {
        var last = long.MinValue;
        for (var time = 0; time < Count; time++)
        {
            if (!this[time].Told)
            {
                continue;
            }

            if (At(time, choice) < last)
            {
                return false;
            }

            last = At(time, choice);
        }

        return true;
    }

    private readonly long At(int time, int choice)
    {
        var told = this[time];
        return told.AfterCreation ? At(0, choice) + told.First : ((choice >> time) & 1) == 0 ? told.First : told.Second;
    }
}
