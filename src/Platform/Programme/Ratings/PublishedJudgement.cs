using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Ratings;

/// <summary>A published rating held against its scale, the computed one, and its own expiry.</summary>
/// <param name="Word">The word published.</param>
/// <param name="Place">How the word stands on its scale.</param>
/// <param name="Differs">Whether it says something else than the rule computes.</param>
/// <param name="Expired">Whether a rating that differs has outlived the day set for it.</param>
/// <param name="Flags">What is the matter with it, each a few words; empty where nothing is.</param>
public sealed record PublishedJudgement(string Word, Standing Place, bool Differs, bool Expired, IReadOnlyList<string> Flags)
{
    /// <summary>The word with what is the matter with it.</summary>
    public string Words => Flags.Count == 0 ? Word : $"{Word} ({string.Join("; ", Flags)})";

    /// <summary>How it stands on a page: as its word says, or to be watched where something is the matter.</summary>
    public Standing Standing => Flags.Count > 0 && Place is (Standing.Good or Standing.Plain) ? Standing.Watch : Place;

    /// <summary>Judges a published rating; null where none was published.</summary>
    /// <param name="published">What was published.</param>
    /// <param name="scale">The scale it names, or that of the rule where it names none.</param>
    /// <param name="computed">What the rule computes; null where no rule applies.</param>
    /// <param name="effective">The day for which it is judged.</param>
    public static PublishedJudgement? Of(PublishedRating? published, RatingScale? scale, ComputedRating? computed, DateOnly effective)
    {
        if (published is not { Rating: { Length: > 0 } word })
        {
            return null;
        }

        var flags = new List<string>();
        var entry = scale?.Words.FirstOrDefault(one => string.Equals(one.Word, word, StringComparison.OrdinalIgnoreCase));
        if (scale is not null && entry is null)
        {
            flags.Add($"not a word of the scale: {string.Join(", ", scale.Words.Select(one => one.Word))}");
        }

        var differs = computed is not null && !string.Equals(computed.Word, word, StringComparison.OrdinalIgnoreCase);
        var expired = published.Expires is { } until && until < effective;
        if (differs)
        {
            flags.Add(string.IsNullOrWhiteSpace(published.Reason)
                ? $"differs from {computed!.Word} as computed, without a reason"
                : $"differs from {computed!.Word} as computed");
            if (published.Expires is null)
            {
                flags.Add("nobody said until when");
            }
        }

        if (expired)
        {
            flags.Add($"held until {Numbers.Day(published.Expires!.Value)}, and was not looked at since");
        }

        return new(entry?.Word ?? word, Stands(scale, entry), differs, expired, flags);
    }

    private static Standing Stands(RatingScale? scale, ScaleWord? word)
    {
        if (scale is null || word is null)
        {
            return Standing.Plain;
        }

        return word.Place == scale.Words.Min(one => one.Place) ? Standing.Good
            : word.Place == scale.Words.Max(one => one.Place) ? Standing.Bad
            : Standing.Watch;
    }
}
