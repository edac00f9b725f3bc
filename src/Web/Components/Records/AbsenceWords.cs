using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Components.Records;

/// <summary>Says in words why a record does not stand on the dates of a page or an answer.</summary>
public static class AbsenceWords
{
    /// <summary>"This promise was not known on 12 May 2017".</summary>
    public static string Headline(RecordKind kind, RecordAbsence absence, AsAt at)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(absence);
        ArgumentNullException.ThrowIfNull(at);
        return absence.Why switch
        {
            AbsenceReason.NotKnownYet => $"This {kind.One} was not known on {Format.Date(at.Known)}",
            AbsenceReason.NotYetHolding => $"This {kind.One} did not hold yet on {Format.Date(at.Effective)}",
            _ => $"This {kind.One} no longer held on {Format.Date(at.Effective)}",
        };
    }

    /// <summary>"It became known on 20 September 2017"; of an end whose day is not stated, from when to when it may have been.</summary>
    public static string Turn(RecordAbsence absence)
    {
        ArgumentNullException.ThrowIfNull(absence);
        var day = Format.Date(absence.Turn);
        return absence switch
        {
            { Why: AbsenceReason.NotYetHolding, Stated.First: { IsDay: false } first } => $"It began some day from {Format.Date(first.First)} to {Format.Date(first.Last)}; the day is not stated",
            { Why: AbsenceReason.NoLongerHolding, Stated.Last: { IsDay: false } last } => $"It ended some day from {Format.Date(last.First)} to {Format.Date(last.Last)}; the day is not stated",
            _ => Certain(absence.Why, day),
        };
    }

    private static string Certain(AbsenceReason why, string day) => why switch
    {
        AbsenceReason.NotKnownYet => $"It became known on {day}",
        AbsenceReason.NotYetHolding => $"It holds from {day} on",
        _ => $"It ceased to hold on {day}",
    };
}
