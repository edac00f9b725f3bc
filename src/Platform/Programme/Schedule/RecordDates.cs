using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>When a record that something else waits for starts and is finished, as at a day.</summary>
/// <param name="Start">When it starts; null where that is not stated.</param>
/// <param name="Finish">When it was or will be finished; null where that is not stated.</param>
/// <param name="Met">Whether it is finished; null where nothing says so either way.</param>
public sealed record RecordDates(PartialDate? Start, PartialDate? Finish, bool? Met)
{
    /// <summary>The dates of a record.</summary>
    public static RecordDates Of(ProgrammeRecord record, DateOnly effective)
    {
        switch (record)
        {
            case Milestone milestone:
                var facts = MilestoneFacts.Of(milestone, effective);
                return new(facts.Expected, facts.Expected, facts.IsDone);
            case Tranche tranche:
                return new(tranche.Starts, tranche.Ends, tranche.Ends is null ? null : tranche.Ends.Last < effective);
            case Wave wave:
                return new(wave.EngagementBegins, wave.WentLive ?? wave.GoesLive, wave.WentLive is { } live && live.First <= effective);
            case Pilot pilot:
                return new(pilot.Phases is [var phase, ..] ? phase.Starts : null, pilot.Live, pilot.Live is null ? null : pilot.Live.Last <= effective);
            case Decision decision:
                var taken = decision.State == DecisionState.Taken;
                return new(null, taken ? decision.DecidedOn : decision.DeferredTo ?? decision.Due, taken);
            case BusinessCase { Passages.Count: > 0 } paper:
                var last = paper.Passages[^1];
                return new(paper.Passages[0].Actual ?? paper.Passages[0].Planned, last.Actual ?? last.Planned, last.Actual is not null);
            case Meeting meeting:
                return new(meeting.When, meeting.When, meeting.Held);
            case Embargo embargo:
                return new(null, embargo.NotBefore, embargo.NotBefore is null ? null : embargo.NotBefore.Last <= effective);
            case WorkItem work:
                return new(work.Starts, work.Ends, work.Ends is null ? null : work.Ends.Last < effective);
            default:
                return new(null, null, null);
        }
    }
}
