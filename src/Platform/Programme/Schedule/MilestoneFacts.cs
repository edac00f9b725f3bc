using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>Where a milestone stands on a day.</summary>
public enum MilestoneState
{
    /// <summary>Reached, or in place everywhere.</summary>
    Done,

    /// <summary>The last day it was expected has passed, and nothing says that it was reached.</summary>
    Overdue,

    /// <summary>The days on which it is expected have begun.</summary>
    Due,

    /// <summary>Expected later than its baseline.</summary>
    Slipped,

    /// <summary>Expected as its baseline says, or earlier.</summary>
    OnTime,

    /// <summary>The dates are too coarse to say whether it is later, or there is no baseline.</summary>
    CannotTell,

    /// <summary>It has no date.</summary>
    NoDate,
}

/// <summary>What follows from the dates of a milestone as at a day.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Words">The same in words, with the date.</param>
/// <param name="Baseline">The baseline that holds.</param>
/// <param name="Expected">When it was reached, or is expected: the last forecast, else the last baseline.</param>
/// <param name="AgainstLast">How far that is from the baseline that holds; null without both.</param>
/// <param name="AgainstFirst">How far it is from the first baseline; null without both.</param>
/// <param name="OverdueDays">Days since the last day it was expected; 0 unless it is overdue.</param>
/// <param name="Completion">"in place for 3 MASH; the whole number was not stated"; null where nothing is said.</param>
public sealed record MilestoneFacts(
    MilestoneState State, string Words, PartialDate? Baseline, PartialDate? Expected, Slippage? AgainstLast, Slippage? AgainstFirst, int OverdueDays, string? Completion)
{
    /// <summary>Whether nothing more is to be done for it.</summary>
    public bool IsDone => State == MilestoneState.Done;

    /// <summary>Whether it is certainly later than the baseline that holds.</summary>
    public bool IsLater => AgainstLast?.Verdict == SlippageVerdict.Later;

    /// <summary>
    /// How late it is, for a cell: of what is overdue, since when, and how far that is from its baseline by now. What was not reached by the
    /// day can be reached that day at the earliest, so that it is never "on time".
    /// </summary>
    public Said Lateness(DateOnly effective)
    {
        if (State == MilestoneState.Overdue)
        {
            var soFar = Baseline is null ? null : Slippage.Between(Baseline, PartialDate.Of(effective));
            return new($"overdue since {Expected!.Text}{(soFar?.Verdict == SlippageVerdict.Later ? $"; {soFar.Words} so far" : "")}", Standing.Bad);
        }

        return AgainstLast is { } slip ? new(slip.Words, slip.Standing) : new(Baseline is null ? "no baseline" : "no date to hold against it", Standing.Missing);
    }

    /// <summary>How it stands on a page.</summary>
    public Standing Standing => State switch
    {
        MilestoneState.Done or MilestoneState.OnTime => Standing.Good,
        MilestoneState.Overdue => Standing.Bad,
        MilestoneState.Due or MilestoneState.Slipped => Standing.Watch,
        _ => Standing.Missing,
    };

    /// <summary>The facts of a milestone as at a day.</summary>
    public static MilestoneFacts Of(Milestone milestone, DateOnly effective)
    {
        ArgumentNullException.ThrowIfNull(milestone);
        var baseline = milestone.Baselines.LastOrDefault(row => row.Date is not null)?.Date;
        var first = milestone.Baselines.FirstOrDefault(row => row.Date is not null)?.Date;
        var forecast = milestone.Forecasts.LastOrDefault(row => row.Date is not null)?.Date ?? baseline;
        var actual = milestone.Actual is { } stated && !(stated.Date?.First > effective) ? stated : null;
        var everywhere = milestone.Completion is { Done: { } done, Of: { } all } && done >= all;
        var expected = actual is not null || everywhere ? actual?.Date : forecast;
        var name = actual is null ? "forecast" : "actual date";
        var last = baseline is null || expected is null ? null : Slippage.Between(baseline, expected, toName: name);
        var against = first is null || expected is null ? null : Slippage.Between(first, expected, "first baseline", name);
        var late = last?.Verdict == SlippageVerdict.Later ? $", {last.Words} than its baseline" : "";
        var overdue = actual is null && !everywhere && forecast is not null && forecast.Last < effective ? effective.DayNumber - forecast.Last.DayNumber : 0;

        var (state, words) = 0 switch
        {
            _ when actual is { Date: { } day } => (MilestoneState.Done, $"done: {day.Text}{late}"),
            _ when actual is not null => (MilestoneState.Done, "done; when is not stated"),
            _ when everywhere => (MilestoneState.Done, "done everywhere; when is not stated"),
            _ when forecast is null => (MilestoneState.NoDate, "no date"),
            _ when overdue > 0 => (MilestoneState.Overdue, $"passed without an actual: {forecast.Text}, {(forecast.IsDay ? "" : "at least ")}{Numbers.Counted(overdue, "day", "days")} ago"),
            _ when forecast.First <= effective => (MilestoneState.Due, $"due: {forecast.Text}{late}"),
            _ when baseline is null => (MilestoneState.CannotTell, $"expected {forecast.Text}; it has no baseline"),
            _ when last!.Verdict == SlippageVerdict.Later => (MilestoneState.Slipped, $"slipped: {forecast.Text}{late}"),
            _ when last.Verdict == SlippageVerdict.CannotTell => (MilestoneState.CannotTell, $"expected {forecast.Text}; whether that is later {last.Words}"),
            _ => (MilestoneState.OnTime, last.Verdict == SlippageVerdict.Earlier ? $"expected {forecast.Text}, {last.Words} than its baseline" : $"on time: {forecast.Text}"),
        };
        return new(state, words, baseline, expected, last, against, overdue, CompletionOf(milestone.Completion));
    }

    private static string? CompletionOf(Completion? completion) => completion switch
    {
        { Done: { } done, Of: { } all } => $"in place for {Numbers.Of(done)} of {Numbers.Of(all)}{Unit(completion)}",
        { Done: { } done } => $"in place for {Numbers.Of(done)}{Unit(completion)}; the whole number was not stated",
        { Of: { } all } => $"in how many of {Numbers.Of(all)}{Unit(completion)} it is in place was not stated",
        _ => null,
    };

    private static string Unit(Completion completion) => string.IsNullOrWhiteSpace(completion.Unit) ? "" : " " + completion.Unit;
}
