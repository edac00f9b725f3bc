using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>Whether a date leaves room for what it waits for.</summary>
public enum DependencyVerdict
{
    /// <summary>What it waits for is finished.</summary>
    Met,

    /// <summary>It is expected late enough.</summary>
    Fits,

    /// <summary>It is expected before what it waits for.</summary>
    Conflict,

    /// <summary>A date is missing or too coarse, or the record cannot be read.</summary>
    CannotTell,
}

/// <summary>What a dependency means for the date of what waits.</summary>
/// <param name="Stated">The dependency.</param>
/// <param name="On">The record it waits for; null where there is none or the reader may not see it.</param>
/// <param name="Earliest">The earliest date that it leaves, as exact as what it rests on; null where that is not known.</param>
/// <param name="Verdict">Whether the expected date fits.</param>
/// <param name="Words">The same in words.</param>
public sealed record DependencyFinding(Dependency Stated, StoredRecord? On, PartialDate? Earliest, DependencyVerdict Verdict, string Words)
{
    /// <summary>How it stands on a page.</summary>
    public Standing Standing => Verdict switch
    {
        DependencyVerdict.Conflict => Standing.Bad,
        DependencyVerdict.CannotTell => Standing.Missing,
        _ => Standing.Good,
    };
}

/// <summary>Dependencies with lag: the earliest date they leave, conflicts, and rings.</summary>
public static class Dependencies
{
    /// <summary>What each dependency of a milestone means for its date.</summary>
    public static async Task<IReadOnlyList<DependencyFinding>> OfAsync(RecordView view, Milestone milestone, PartialDate? expected, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(milestone);
        var findings = new List<DependencyFinding>(milestone.DependsOn.Count);
        foreach (var dependency in milestone.DependsOn)
        {
            findings.Add(Find(dependency, await view.FindAsync(dependency.On, cancellation), expected, view.At.Effective));
        }

        return findings;
    }

    /// <summary>The earliest date that all dependencies together leave; null where none says one.</summary>
    public static PartialDate? Earliest(IEnumerable<DependencyFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var dates = findings.Where(finding => finding.Earliest is not null).Select(finding => finding.Earliest!).ToList();
        return dates.Count == 0 ? null : Span(dates.Max(date => date.First), dates.Max(date => date.Last));
    }

    /// <summary>The ring that a milestone stands in, as keys in order of waiting; null where it stands in none.</summary>
    public static IReadOnlyList<string>? FindRing(string key, Func<string, Milestone?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        // Back along the shortest way to itself, so that the ring named is one that can be read.
        var waits = new Queue<string>([key]);
        var from = new Dictionary<string, string>(StringComparer.Ordinal);
        while (waits.TryDequeue(out var next))
        {
            foreach (var on in find(next)?.DependsOn ?? [])
            {
                if (!on.On.StartsWith("milestone:", StringComparison.Ordinal))
                {
                    continue;
                }

                var other = on.On["milestone:".Length..];
                if (other == key)
                {
                    var ring = new List<string>();
                    for (var step = next; step != key; step = from[step])
                    {
                        ring.Insert(0, step);
                    }

                    ring.Insert(0, key);
                    return ring;
                }

                if (from.TryAdd(other, next))
                {
                    waits.Enqueue(other);
                }
            }
        }

        return null;
    }

    private static DependencyFinding Find(Dependency stated, StoredRecord? on, PartialDate? expected, DateOnly effective)
    {
        if (on is null)
        {
            return new(stated, null, null, DependencyVerdict.CannotTell, "cannot be told: what it waits for is not on record, or is withheld");
        }

        var dates = RecordDates.Of(on.Body, effective);
        var (what, date) = stated.Kind == DependencyKind.StartToStart && dates.Start is not null ? ("starts", dates.Start) : ("is due", dates.Finish);
        var lag = stated.LagDays ?? 0;
        var earliest = date is null ? null : Span(date.First.AddDays(lag), date.Last.AddDays(lag));
        var after = lag == 0 ? "" : $", and then {Numbers.Counted(lag, "day", "days")}";
        return 0 switch
        {
            _ when dates.Met == true && lag == 0 => new(stated, on, earliest, DependencyVerdict.Met, date is null ? "met" : $"met: {date.Text}"),
            _ when earliest is null => new(stated, on, null, DependencyVerdict.CannotTell, "cannot be told: it has no date"),
            _ when expected is null => new(stated, on, earliest, DependencyVerdict.CannotTell, $"leaves {earliest.Text} at the earliest"),
            _ when expected.Last < earliest.First => new(stated, on, earliest, DependencyVerdict.Conflict, $"expected {expected.Text}, but what it waits for {what} {date!.Text}{after}"),
            _ when expected.First >= earliest.Last => new(stated, on, earliest, DependencyVerdict.Fits, $"fits: it {what} {date!.Text}{after}"),
            _ => new(stated, on, earliest, DependencyVerdict.CannotTell, $"cannot be told: expected {expected.Text}, and it {what} {date!.Text}{after}"),
        };
    }

    private static PartialDate Span(DateOnly first, DateOnly last)
    {
        if (first == last)
        {
            return PartialDate.Of(first);
        }

        var whole = first.Day == 1 && last == first.AddMonths(1).AddDays(-1);
        return PartialDate.Of(whole ? first.ToString("MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture) : $"{Numbers.Day(first)} to {Numbers.Day(last)}", first, last);
    }
}
