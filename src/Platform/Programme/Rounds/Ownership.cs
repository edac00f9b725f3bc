using System.Globalization;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>Which open records to look at for their owners.</summary>
/// <param name="Kind">Name of a kind that rounds ask for; null for all of them.</param>
/// <param name="Work">Key of work; everything under it too. Null for all.</param>
/// <param name="Areas">Codes of areas of which a record must name one; null for all.</param>
/// <param name="OnlyUnasked">Whether only those are wanted that a round would ask of nobody.</param>
public sealed record OwnedQuery(string? Kind = null, string? Work = null, IReadOnlySet<string>? Areas = null, bool OnlyUnasked = false);

/// <summary>An open record that rounds ask for, with who is asked.</summary>
/// <param name="Record">The record.</param>
/// <param name="Owner">Title of the post that owns it; null where it has none.</param>
/// <param name="Holders">Who holds that post; empty where nobody does, and then nobody is asked.</param>
/// <param name="IsUnasked">Whether a round would ask nobody for it and count it so; work without an owner reports through the work above it.</param>
public sealed record OwnedRecord(StoredRecord Record, string? Owner, IReadOnlyList<PostHolder> Holders, bool IsUnasked);

/// <summary>The owner a record is to have.</summary>
/// <param name="About">The record, as kind:key.</param>
/// <param name="Owner">Key of the post; null or empty for none.</param>
/// <param name="Expected">The version that was seen; null to skip the check.</param>
public sealed record OwnerOf(string About, string? Owner, long? Expected = null);

/// <summary>Who is to hold a post, so that a round can ask.</summary>
/// <param name="Post">Key of the post; null for a new one.</param>
/// <param name="NewPost">What a new post is called.</param>
/// <param name="Person">The person's name.</param>
/// <param name="Account">The user name the person signs in with; null for one without an account, whose lines the office answers.</param>
public sealed record Holding(string? Post, string? NewPost, string? Person, string? Account);

/// <summary>Who answers for which records: looked at and set for many at once, as a round needs it.</summary>
public sealed class Ownership(IRecords records, IPeople people, TimeProvider time)
{
    /// <summary>Names of the kinds that rounds ask for, in the order in which they ask.</summary>
    public static IReadOnlyList<string> Kinds { get; } = RoundAsks.All.Select(ask => ask.Kind).ToList();

    /// <summary>The open records as at the dates of a view, by kind in the order of a round and then by title.</summary>
    public static async Task<IReadOnlyList<OwnedRecord>> ListAsync(RecordView view, OwnedQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(query);
        var scope = query.Work is null ? null : (await WorkReports.OpenAsync(view, cancellation)).Tree(query.Work).Select(one => one.Item.Key).Append(query.Work).ToHashSet(StringComparer.Ordinal);
        var holders = await PostHolders.OpenAsync(view, cancellation);
        var found = new List<OwnedRecord>();
        foreach (var ask in RoundAsks.All.Where(ask => query.Kind is null || ask.Kind == query.Kind))
        {
            var kind = view.Catalogue.Find(ask.Kind)!;
            found.AddRange((await view.ListAsync(kind, cancellation))
                .Where(record => ask.IsOpen(record.Body, view.At.Effective)
                    && (scope is null || scope.Contains((ask.AsksProgress ? record.Key : record.Body.Work) ?? ""))
                    && (query.Areas is null || record.Body.Areas.Any(query.Areas.Contains)))
                .Select(record => Of(record, ask, holders))
                .Where(one => !query.OnlyUnasked || one.IsUnasked)
                .OrderBy(one => one.Record.Body.Title, StringComparer.Ordinal));
        }

        return found;
    }

    private static OwnedRecord Of(StoredRecord record, RoundAsk ask, PostHolders holders)
    {
        var held = record.Body.Owner is { } post ? holders.Of(post) : [];
        return new(record, record.Body.Owner is { } owner ? holders.Title(owner) : null, held, held.Count == 0 && !(ask.AsksProgress && record.Body.Owner is null));
    }

    /// <summary>
    /// Sets the owners of many records in one save, all or none, for one reason; gives how many changed. Setting an owner is no report.
    /// Fields of problems are "kind:key.owner".
    /// </summary>
    public async Task<Outcome<int>> SetAsync(Actor actor, IReadOnlyList<OwnerOf> owners, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(owners);
        var view = records.View(actor, time.Now());
        var problems = new List<Problem>();
        var changes = new List<RecordChange>();
        foreach (var one in owners)
        {
            var record = await view.FindAsync(one.About ?? "", cancellation);
            if (record is null || !Kinds.Contains(record.Kind.Name, StringComparer.Ordinal))
            {
                problems.Add(new Problem("There is no such record that a round asks for", Field: $"{one.About}.owner", Found: one.About, Accepted: string.Join(", ", Kinds.Select(kind => kind + ":KEY"))));
                continue;
            }

            var owner = string.IsNullOrWhiteSpace(one.Owner) ? null : one.Owner.Trim();
            if (owner is not null && await view.FindAsync<Post>(owner, cancellation) is null)
            {
                problems.Add(new Problem("There is no such post", Field: $"{one.About}.owner", Found: owner, Accepted: "the key of a post"));
            }
            else if (owner != record.Body.Owner)
            {
                changes.Add(new RecordChange(record.Kind.Name, record.Key, record.Body with { Owner = owner }, Expected: one.Expected));
            }
        }

        if (problems.Count == 0 && changes.Count == 0)
        {
            problems.Add(new Problem("Choose another owner for at least one record", Field: "owners", Accepted: "a post"));
        }

        if (string.IsNullOrWhiteSpace(why))
        {
            problems.Add(new Problem("Say why", Field: "why", Accepted: "a sentence"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var saved = await records.SaveAsync(actor, changes, why, cancellation);
        return saved.Succeeded ? changes.Count : saved.Problems.Select(problem => Named(problem, changes)).ToList();
    }

    /// <summary>
    /// Gives somebody a post in one save: the post where it is new, the person where there is none of that account or name, and the
    /// appointment from today. Gives the key of the post.
    /// </summary>
    public async Task<Outcome<string>> AppointAsync(Actor actor, Holding holding, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(holding);
        var now = time.Now();
        var view = records.View(actor, now);
        var (name, account, title, key) = (Trimmed(holding.Person), Trimmed(holding.Account), Trimmed(holding.NewPost), Trimmed(holding.Post));
        var problems = new List<Problem>();
        var post = key is null ? null : await view.FindAsync<Post>(key, cancellation);
        if (key is not null && post is null)
        {
            problems.Add(new Problem("There is no such post", Field: "post", Found: key, Accepted: "the key of a post"));
        }
        else if (key is null && title is null)
        {
            problems.Add(new Problem("Choose a post, or say what a new one is called", Field: "newPost", Accepted: "a few words"));
        }

        if (name is null)
        {
            problems.Add(new Problem("Say who holds it", Field: "person", Accepted: "a name"));
        }

        if (account is not null && await people.FindAccountAsync(account, cancellation) is null)
        {
            problems.Add(new Problem("Nobody has an account of this name", Field: "account", Found: account, Accepted: "a user name, or nothing for a person without one"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var persons = await view.ListAsync<Person>(cancellation);
        var person = account is null
            ? persons.FirstOrDefault(one => one.Body.Account is null && string.Equals(one.Body.Title, name, StringComparison.OrdinalIgnoreCase))
            : persons.FirstOrDefault(one => string.Equals(one.Body.Account, account, StringComparison.OrdinalIgnoreCase))
                ?? persons.FirstOrDefault(one => one.Body.Account is null && string.Equals(one.Body.Title, name, StringComparison.OrdinalIgnoreCase));
        var changes = new List<RecordChange>();
        var postKey = post?.Key ?? await FreeAsync(view, "post", title!, cancellation);
        if (post is null)
        {
            changes.Add(new RecordChange("post", postKey, new Post { Title = title! }, Expected: 0));
        }

        var personKey = person?.Key ?? await FreeAsync(view, "person", name!, cancellation);
        if (person is null)
        {
            changes.Add(new RecordChange("person", personKey, new Person { Title = name!, Account = account }, Expected: 0));
        }
        else if (account is not null && person.Body.Account is null)
        {
            changes.Add(new RecordChange("person", personKey, person.Body with { Account = account }, Expected: person.VersionId));
        }

        var called = post?.Body.Title ?? title!;
        var holders = await PostHolders.OpenAsync(view, cancellation);
        if (person is null || post is null || !(await view.ListAsync<Appointment>(cancellation)).Any(one => one.Body.Person == personKey && one.Body.Post == postKey && !(one.Body.Until?.Last < now.Effective)))
        {
            changes.Add(new RecordChange(
                "appointment", await FreeAsync(view, "appointment", $"{postKey}-{personKey}", cancellation),
                new Appointment { Title = $"{person?.Body.Title ?? name}, {called}", Person = personKey, Post = postKey, From = PartialDate.Of(now.Effective) }, Expected: 0));
        }

        if (changes.Count == 0)
        {
            return new Problem($"{person!.Body.Title} holds this post already", Field: "person", Found: name, Accepted: "somebody else, or another post");
        }

        var saved = await records.SaveAsync(actor, changes, why, cancellation);
        return saved.Succeeded ? postKey : Outcome.Refused<string>(saved.Problems);
    }

    private static async Task<string> FreeAsync(RecordView view, string kind, string title, CancellationToken cancellation)
    {
        var start = RecordKeys.FromTitle(title, kind);
        var key = start;
        for (var n = 2; await view.FindAsync($"{kind}:{key}", cancellation) is not null; n++)
        {
            key = $"{start}-{n.ToString(CultureInfo.InvariantCulture)}";
        }

        return key;
    }

    // Of several changes a problem says which by its row; a page has them by their record.
    private static Problem Named(Problem problem, List<RecordChange> changes)
    {
        var change = problem.Row is { } row && row <= changes.Count ? changes[row - 1] : changes.Count == 1 ? changes[0] : null;
        return change is null || problem.Field == "why" ? problem : problem with { Field = $"{change.Kind}:{change.Key}.owner", Row = null };
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
