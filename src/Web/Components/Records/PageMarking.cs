using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Components.Records;

/// <summary>The marking of the page being answered: the highest among what it shows, OFFICIAL by default. One a request; the layout writes it.</summary>
public sealed class PageMarking
{
    /// <summary>The highest marking raised so far.</summary>
    public Marking Marking { get; private set; } = Marking.Official;

    /// <summary>The marking as it is written.</summary>
    public string Text => RecordWords.Choice(Marking);

    /// <summary>Notes that the page shows something with this marking.</summary>
    public void Raise(Marking marking)
    {
        if (marking > Marking)
        {
            Marking = marking;
        }
    }

    /// <summary>Notes that the page shows these records.</summary>
    public void Raise(IEnumerable<StoredRecord> shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        foreach (var record in shown)
        {
            Raise(record.Stated?.Handling.Marking ?? Marking.Official);
        }
    }
}
