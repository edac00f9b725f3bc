using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Risks;

/// <summary>Controls overdue, acceptances that ended, and published ratings that outlived their day.</summary>
internal sealed class RiskAttention : IProgrammeAttention
{
    public async Task<IReadOnlyList<AttentionLine>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        var effective = view.At.Effective;
        var risks = (await view.ListAsync<Risk>(cancellation)).Where(one => RatingBook.IsOpen(one.Body, effective)).ToList();
        var issues = (await view.ListAsync<Issue>(cancellation)).Where(one => IssueReading.IsOpen(one.Body, effective)).ToList();
        var lines = new List<AttentionLine>();
        foreach (var (record, controls, published) in risks.Select(one => ((StoredRecord)one, one.Body.Controls, one.Body.Published))
            .Concat(issues.Select(one => ((StoredRecord)one, one.Body.Controls, one.Body.Published))))
        {
            lines.AddRange(controls.Where(control => Controls.IsOverdue(control, effective)).Select(control => new AttentionLine(
                "Risks", $"Overdue since {control.Due!.Text}: {control.What} ({record.Body.Title})", record.Reference, Standing.Bad, control.Due.Last.AddDays(1))));
            if (published?.Expires is { } until && until < effective)
            {
                lines.Add(new("Risks", $"The rating {published.Rating} of {record.Body.Title} held until {Numbers.Day(until)} and was not looked at since", record.Reference, Standing.Watch, until.AddDays(1)));
            }
        }

        lines.AddRange(risks.Where(one => one.Body.AcceptanceEnds < effective).Select(one => new AttentionLine(
            "Risks", $"The acceptance of {one.Body.Title} ended {Numbers.Day(one.Body.AcceptanceEnds!.Value)}", one.Reference, Standing.Bad, one.Body.AcceptanceEnds.Value.AddDays(1))));
        return lines.OrderBy(line => line.Since).ToList();
    }
}
