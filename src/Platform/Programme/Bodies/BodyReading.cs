using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Bodies;

/// <summary>Bodies: whether they are chaired jointly, who sits on them by post, when they met, and what papers are to come.</summary>
internal sealed class BodyReading : IRecordReading
{
    public string Kind => "body";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var bodies = records.OfType<StoredRecord<Body>>().ToList();
        var meetings = (await view.ListAsync<Meeting>(cancellation)).ToLookup(meeting => meeting.Body.Body, StringComparer.Ordinal);
        var posts = await PostsAsync(view, cancellation);
        var joint = bodies.Count(body => Chairs(body.Body, posts).Distinct(StringComparer.Ordinal).Count() > 1);
        var headline = bodies.Count == 0 ? "No body is on record"
            : $"{Numbers.Counted(bodies.Count, "body", "bodies", capital: true)} {(bodies.Count == 1 ? "is" : "are")} on record, {(joint == 0 ? "none" : Numbers.InWords(joint))} of them known to be chaired by several organisations";
        return new(headline, ["Chaired by", "Last met", "Meets next"], bodies.ToDictionary(
            body => body.Key,
            body => (IReadOnlyList<Said>)[Chaired(body.Body, posts), Last(meetings[body.Key], view.At.Effective), Next(meetings[body.Key], view.At.Effective)], StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var body = (Body)record.Body;
        var posts = await PostsAsync(view, cancellation);
        var parties = (await view.ListAsync<Party>(cancellation)).ToDictionary(party => party.Key, party => party.Body.Title, StringComparer.Ordinal);
        var holders = await Holders.ListAsync(view, cancellation);
        var meetings = (await view.ListAsync<Meeting>(cancellation)).Where(meeting => meeting.Body.Body == record.Key).OrderBy(meeting => meeting.Body.When?.First ?? DateOnly.MaxValue).ToList();
        List<ReadingPart> parts = [];
        if (body.Members.Count > 0)
        {
            parts.Add(new("members-by-post", "Members by post", null, ["Post", "Held by", "Organisation", "Chairs"], [.. body.Members.OrderByDescending(member => member.Chairs).Select(member =>
            {
                var post = member.Post is { } key ? posts.GetValueOrDefault(key) : null;
                var party = member.Party ?? post?.Body.Party;
                return (IReadOnlyList<Said>)
                [
                    post is null ? member.Described ?? new Said("not stated", Standing.Missing) : new Said(post.Body.Title, Reference: post.Reference),
                    member.Post is null ? new Said("", Standing.Plain) : Holders.On(holders, member.Post),
                    party is null ? new Said("not stated", Standing.Missing) : new Said(parties.GetValueOrDefault(party, party), Reference: $"party:{party}"), member.Chairs ? "chairs" : "",
                ];
            })]));
        }

        if (meetings.Count > 0)
        {
            parts.Add(new("its-meetings", "Meetings", null, ["When", "Meeting", "State", "Papers"], [.. meetings.Select(meeting => (IReadOnlyList<Said>)
            [
                meeting.Body.When is { } when ? when.Text : new Said("no date", Standing.Missing), new Said(meeting.Body.Title, Reference: meeting.Reference),
                MeetingReading.State(meeting.Body, view.At.Effective), meeting.Body.Agenda.Count == 0 ? "none recorded" : string.Join("; ", meeting.Body.Agenda.Select(item => item.What)),
            ])]));
            var ahead = meetings.Where(meeting => !meeting.Body.Held && meeting.Body.When is { } when && when.Last >= view.At.Effective && meeting.Body.Agenda.Count > 0).ToList();
            if (ahead.Count > 0)
            {
                parts.Add(new("forward-plan", "Forward plan of papers", $"{Numbers.Counted(ahead.Sum(meeting => meeting.Body.Agenda.Count), "paper", "papers", capital: true)} to come", ["When", "Paper", "By", "About"],
                    [.. ahead.SelectMany(meeting => meeting.Body.Agenda.Select(item => (IReadOnlyList<Said>)
                        [meeting.Body.When!.Text, item.What, item.By ?? new Said("not stated", Standing.Missing), item.About is { } about ? new Said(about, Reference: about) : ""]))]));
            }
        }

        return new($"{Chaired(body, posts).Text[..1].ToUpperInvariant()}{Chaired(body, posts).Text[1..]}", parts);
    }

    private static async Task<Dictionary<string, StoredRecord<Post>>> PostsAsync(RecordView view, CancellationToken cancellation) =>
        (await view.ListAsync<Post>(cancellation)).ToDictionary(post => post.Key, StringComparer.Ordinal);

    private static List<string> Chairs(Body body, Dictionary<string, StoredRecord<Post>> posts) =>
        [.. body.Members.Where(member => member.Chairs).Select(member => member.Party ?? (member.Post is { } post ? posts.GetValueOrDefault(post)?.Body.Party : null)).OfType<string>()];

    private static Said Chaired(Body body, Dictionary<string, StoredRecord<Post>> posts)
    {
        var chairs = body.Members.Count(member => member.Chairs);
        var organisations = Chairs(body, posts).Distinct(StringComparer.Ordinal).Count();
        return chairs == 0 ? new("no chair on record", Standing.Missing)
            : organisations > 1 ? new($"chaired jointly by {Numbers.InWords(organisations)} organisations", Standing.Good)
            : chairs > 1 ? new($"{Numbers.InWords(chairs)} chairs, of one organisation or of organisations not on record") : new("one chair");
    }

    private static Said Last(IEnumerable<StoredRecord<Meeting>> meetings, DateOnly effective) =>
        meetings.Where(meeting => meeting.Body.Held && meeting.Body.When is { } when && when.First <= effective).MaxBy(meeting => meeting.Body.When!.Last) is { } last
            ? new Said(last.Body.When!.Text, Reference: last.Reference) : new Said("no meeting held on record", Standing.Missing);

    private static Said Next(IEnumerable<StoredRecord<Meeting>> meetings, DateOnly effective) =>
        meetings.Where(meeting => !meeting.Body.Held && meeting.Body.When is { } when && when.Last >= effective).MinBy(meeting => meeting.Body.When!.First) is { } next
            ? new Said(next.Body.When!.Text, Reference: next.Reference) : new Said("none planned on record", Standing.Missing);
}

/// <summary>Meetings: held, planned or passed without a record, and their actions.</summary>
internal sealed class MeetingReading : IRecordReading
{
    public string Kind => "meeting";

    public Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.OfType<StoredRecord<Meeting>>().ToList();
        var open = all.SelectMany(one => one.Body.Actions).Count(action => !Done(action, view.At.Effective));
        var overdue = all.SelectMany(one => one.Body.Actions).Count(action => Overdue(action, view.At.Effective));
        var passed = all.Count(one => Passed(one.Body, view.At.Effective));
        var headline = all.Count == 0 ? "No meeting is on record"
            : $"{Numbers.InWords(all.Count(one => one.Body.Held), capital: true)} of {Numbers.Counted(all.Count, "meeting", "meetings")} {(all.Count(one => one.Body.Held) == 1 ? "is" : "are")} known to have been held{(passed > 0 ? $", {Numbers.InWords(passed)} passed without a record" : "")}; {(open == 0 ? "no action is open" : $"{Numbers.Counted(open, "action", "actions")} open{(overdue > 0 ? $", {Numbers.InWords(overdue)} overdue" : "")}")}";
        return Task.FromResult(new ListReading(headline, ["State", "Actions"], all.ToDictionary(
            one => one.Key, one => (IReadOnlyList<Said>)[State(one.Body, view.At.Effective), Actions(one.Body, view.At.Effective)], StringComparer.Ordinal)));
    }

    public Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var meeting = (Meeting)record.Body;
        var state = State(meeting, view.At.Effective).Text;
        return Task.FromResult(new RecordReading(
            $"{char.ToUpperInvariant(state[0])}{state[1..]}; {Actions(meeting, view.At.Effective).Text}",
            meeting.Actions.Count == 0 ? [] :
            [
                new ReadingPart("actions-state", "Actions", null, ["Action", "Who", "Due", "State"], [.. meeting.Actions.Select(action => (IReadOnlyList<Said>)
                [
                    action.What, action.Who ?? new Said("nobody named", Standing.Missing), action.Due?.Text ?? new Said("no date", Standing.Missing),
                    Done(action, view.At.Effective) ? new Said($"done {action.Done!.Text}", Standing.Good) : Overdue(action, view.At.Effective) ? new Said("overdue", Standing.Bad) : new Said("open", Standing.Watch),
                ])]),
            ]));
    }

    /// <summary>Whether a meeting was held.</summary>
    internal static Said State(Meeting meeting, DateOnly effective) => meeting.Held ? new("held", Standing.Good)
        : Passed(meeting, effective) ? new("its date passed; not known to have been held", Standing.Missing)
        : meeting.When is null ? new("no date", Standing.Missing) : new("planned");

    private static bool Passed(Meeting meeting, DateOnly effective) => !meeting.Held && meeting.When is { } when && when.Last < effective;

    private static bool Done(MeetingAction action, DateOnly effective) => action.Done is { } done && done.First <= effective;

    private static bool Overdue(MeetingAction action, DateOnly effective) => !Done(action, effective) && action.Due is { } due && due.Last < effective;

    private static Said Actions(Meeting meeting, DateOnly effective)
    {
        var open = meeting.Actions.Count(action => !Done(action, effective));
        var overdue = meeting.Actions.Count(action => Overdue(action, effective));
        return meeting.Actions.Count == 0 ? new("no action on record") : open == 0 ? new("every action is done", Standing.Good)
            : new($"{Numbers.InWords(open)} of {Numbers.Counted(meeting.Actions.Count, "action", "actions")} open{(overdue > 0 ? $", {Numbers.InWords(overdue)} overdue" : "")}", overdue > 0 ? Standing.Bad : Standing.Watch);
    }
}

/// <summary>Inspections: independent or not, and whether a finding is on record.</summary>
internal sealed class InspectionReading : IRecordReading
{
    public string Kind => "inspection";

    public Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.OfType<StoredRecord<Inspection>>().ToList();
        var (independent, found) = (all.Count(one => one.Body.Independent), all.Count(one => !string.IsNullOrWhiteSpace(one.Body.Finding)));
        var headline = all.Count == 0 ? "No inspection is on record"
            : $"{Numbers.Counted(all.Count, "inspection", "inspections", capital: true)} on record, {(independent == 0 ? "none" : Numbers.InWords(independent))} independent; {(found == all.Count ? "each has its finding" : $"{Numbers.InWords(all.Count - found)} without a finding")}";
        return Task.FromResult(new ListReading(headline, ["Finding"], all.ToDictionary(one => one.Key, one => (IReadOnlyList<Said>)[Finding(one.Body, view.At.Effective)], StringComparer.Ordinal)));
    }

    public Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var inspection = (Inspection)record.Body;
        return Task.FromResult(new RecordReading($"{(inspection.Independent ? "Independent" : "Not known to be independent")}; {(string.IsNullOrWhiteSpace(inspection.Finding) ? "no finding on record" : "its finding is on record")}", []));
    }

    private static Said Finding(Inspection inspection, DateOnly effective) => !string.IsNullOrWhiteSpace(inspection.Finding) ? inspection.Finding
        : inspection.When is { } when && when.First > effective ? $"expected {when.Text}" : new Said("none on record", Standing.Missing);
}
