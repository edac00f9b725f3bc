using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Risks;

/// <summary>What the controls of a risk or issue say as at a day.</summary>
internal static class Controls
{
    public static bool IsOverdue(RiskControl control, DateOnly effective) => control.Done is null && control.Due is { } due && due.Last < effective;

    public static Said Of(IReadOnlyList<RiskControl> controls, DateOnly effective)
    {
        var done = controls.Count(control => control.Done is { } day && day.First <= effective);
        var overdue = controls.Count(control => IsOverdue(control, effective));
        var undated = controls.Count(control => control.Done is null && control.Due is null);
        return controls.Count == 0 ? new("no control", Standing.Missing)
            : new(
                $"{Numbers.InWords(done)} of {Numbers.InWords(controls.Count)} done"
                    + (overdue == 0 ? "" : $", {Numbers.InWords(overdue)} overdue") + (undated == 0 ? "" : $", {Numbers.InWords(undated)} without a date"),
                overdue > 0 ? Standing.Bad : undated > 0 ? Standing.Missing : done == controls.Count ? Standing.Good : Standing.Plain);
    }

    public static ReadingPart Part(IReadOnlyList<RiskControl> controls, DateOnly effective) => new(
        "controls", "Controls", null, ["Control", "Owner", "State", "Effect"],
        controls.Select(control => (IReadOnlyList<Said>)
        [
            control.What,
            control.Owner is { } owner ? new Said(owner, Reference: "post:" + owner) : new Said("nobody named", Standing.Missing),
            control switch
            {
                { Done: { } day } => new Said($"done: {day.Text}", Standing.Good),
                { Due: { } due } when due.Last < effective => new Said($"overdue: {due.Text}", Standing.Bad),
                { Due: { } due } => new Said($"due: {due.Text}"),
                _ => new Said("no date", Standing.Missing),
            },
            control.Effect switch
            {
                ControlEffect.Effective => new Said("works", Standing.Good),
                ControlEffect.Partial => new Said("works in part", Standing.Watch),
                ControlEffect.Ineffective => new Said("does not work", Standing.Bad),
                _ => new Said("not judged", Standing.Missing),
            },
        ]).ToList());
}
