using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>Something planned against an embargo.</summary>
/// <param name="Embargo">The embargo.</param>
/// <param name="Held">What it holds back.</param>
/// <param name="Date">When that is, or was.</param>
/// <param name="Certain">False where the dates are too coarse to be sure.</param>
/// <param name="Words">The same in words.</param>
public sealed record EmbargoBreach(StoredRecord<Embargo> Embargo, StoredRecord Held, PartialDate Date, bool Certain, string Words);

/// <summary>Holds embargoes against the dates of what they apply to.</summary>
public static class Embargoes
{
    /// <summary>Everything planned or done before an embargo's end, as far as the reader may see both.</summary>
    public static async Task<IReadOnlyList<EmbargoBreach>> BreachesAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var breaches = new List<EmbargoBreach>();
        foreach (var embargo in await view.ListAsync<Embargo>(cancellation))
        {
            foreach (var reference in embargo.Body.AppliesTo)
            {
                if (embargo.Body.NotBefore is { } end && await view.FindAsync(reference, cancellation) is { } held
                    && RecordDates.Of(held.Body, view.At.Effective).Finish is { } date && date.First < end.First)
                {
                    var certain = date.Last < end.First;
                    breaches.Add(new(embargo, held, date, certain, certain
                        ? $"{date.Text} is before {end.Text}, until when it is embargoed"
                        : $"{date.Text} may be before {end.Text}, until when it is embargoed"));
                }
            }
        }

        return breaches;
    }
}
