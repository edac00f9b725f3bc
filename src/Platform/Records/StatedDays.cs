using System.Globalization;

namespace Pathfinder.Platform.Records;

/// <summary>
/// The days on which a record says itself that it holds, where its kind marks the dates that say so (<see cref="FieldAttribute.Holds"/>). Stated as
/// spans they leave days on which it cannot be told whether it holds: those on which it may not have begun yet, or may have ended already.
/// </summary>
/// <param name="First">The first day on which it holds; null where that is not stated.</param>
/// <param name="Last">The last day on which it holds; null where that is not stated.</param>
public sealed record StatedDays(PartialDate? First, PartialDate? Last)
{
    /// <summary>What a record states; null where its kind marks no such dates.</summary>
    public static StatedDays? Of(RecordKind kind, ProgrammeRecord body)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(body);
        PartialDate? Date(HoldingEnd end) => kind.Fields.FirstOrDefault(field => field.Mark.Holds == end)?.Of(body) as PartialDate;
        return kind.StatesDays ? new StatedDays(Date(HoldingEnd.First), Date(HoldingEnd.Last)) : null;
    }

    /// <summary>Whether both ends that are stated are days.</summary>
    public bool AreExact => First is null or { IsDay: true } && Last is null or { IsDay: true };

    /// <summary>Whether what the record says holds on a day, by what it states; null where that cannot be told.</summary>
    public bool? HoldOn(DateOnly day) =>
        day < First?.First || day > Last?.Last ? false
        : day < First?.Last || day > Last?.First ? null
        : true;

    /// <summary>The days on which what is known of its holding turns.</summary>
    public IEnumerable<DateOnly> Turns() =>
        [.. First is { } first ? new[] { first.First, first.Last } : [], .. Last is { } last ? new[] { last.First.AddDays(1), last.Last.AddDays(1) } : []];

    /// <summary>
    /// "began some day from 26 April 2017 to 1 July 2017 and ended some day from …": the ends that are stated as spans; of a day, just those that leave
    /// it open.
    /// </summary>
    public string Words(DateOnly? day = null) => string.Join(" and ", new[] { ("began", First), ("ended", Last) }
        .Where(end => end.Item2 is { IsDay: false } date && (day is not { } asked || (date.First <= asked && asked <= date.Last)))
        .Select(end => $"{end.Item1} some day from {Day(end.Item2!.First)} to {Day(end.Item2.Last)}"));

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
