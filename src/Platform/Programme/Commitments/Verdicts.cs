using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Commitments;

/// <summary>Whether a promise is kept.</summary>
public enum Verdict
{
    /// <summary>What is recorded does not tell.</summary>
    NotTestable,

    /// <summary>Its rule holds.</summary>
    Kept,

    /// <summary>Its rule does not hold.</summary>
    Broken,
}

/// <summary>Verdicts in words and standings.</summary>
public static class Verdicts
{
    /// <summary>The verdict on a rule that holds, or not.</summary>
    public static Verdict Of(Truth truth) => truth switch { Truth.True => Verdict.Kept, Truth.False => Verdict.Broken, _ => Verdict.NotTestable };

    /// <summary>"kept", "broken", "not testable".</summary>
    public static string Words(this Verdict verdict) => verdict switch { Verdict.Kept => "kept", Verdict.Broken => "broken", _ => "not testable" };

    /// <summary>"5 September 2017", or "1 July 2017 at the latest" where the records that turn the verdict state no exact days.</summary>
    public static string Words(this VerdictSince since)
    {
        ArgumentNullException.ThrowIfNull(since);
        return Numbers.Day(since.Day) + (since.Uncertain is null ? "" : " at the latest");
    }

    /// <summary>
    /// "Broken since 5 September 2017"; where that is the day on which somebody recorded what broke it, with the day of that as well: "Known to be broken
    /// since 26 November 2026, by what happened on 12 October 2018".
    /// </summary>
    public static string BrokenWords(this PromiseVerdict verdict, VerdictSince since)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(since);
        var happened = verdict.Evidence.Where(term => term.Known == since.Day)
            .Select(term => PartialDate.TryParse(term.Value, out var date) && date.IsDay && date.First < since.Day ? date : null).OfType<PartialDate>().MaxBy(date => date.First);
        return since.Uncertain is not null || happened is null
            ? $"Broken since {since.Words()}"
            : $"Known to be broken since {since.Words()}, by what happened on {happened.Text}";
    }

    /// <summary>Why the day is not sure, a sentence without full stop; null where it is.</summary>
    public static string? Doubt(this VerdictSince since)
    {
        ArgumentNullException.ThrowIfNull(since);
        return since.Uncertain is { } uncertain ? char.ToUpperInvariant(uncertain[0]) + uncertain[1..] : null;
    }

    /// <summary>How it is shown.</summary>
    public static Standing Standing(this Verdict verdict) => verdict switch
    {
        Verdict.Kept => Records.Standing.Good,
        Verdict.Broken => Records.Standing.Bad,
        _ => Records.Standing.Missing,
    };

    /// <summary>The verdict as a cell.</summary>
    public static Said Said(this Verdict verdict) => new(verdict.Words(), verdict.Standing());
}
