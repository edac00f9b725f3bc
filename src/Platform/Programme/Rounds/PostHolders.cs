using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>A person who holds a post as at a day.</summary>
/// <param name="Name">The person's name.</param>
/// <param name="Account">The user name the person signs in with; null where there is none.</param>
public sealed record PostHolder(string Name, string? Account);

/// <summary>Who holds which post as at the dates of a view, and so whose lines are whose.</summary>
public sealed class PostHolders
{
    private readonly ILookup<string, PostHolder> _holders;
    private readonly Dictionary<string, string> _titles;

    private PostHolders(ILookup<string, PostHolder> holders, Dictionary<string, string> titles) => (_holders, _titles) = (holders, titles);

    /// <summary>Reads posts, people and appointments.</summary>
    public static async Task<PostHolders> OpenAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var day = view.At.Effective;
        var people = (await view.ListAsync<Person>(cancellation)).ToDictionary(one => one.Key, one => one.Body, StringComparer.Ordinal);
        var holders = (await view.ListAsync<Appointment>(cancellation))
            .Where(one => !(one.Body.From?.First > day) && !(one.Body.Until?.Last < day) && people.ContainsKey(one.Body.Person))
            .ToLookup(one => one.Body.Post, one => new PostHolder(people[one.Body.Person].Title, people[one.Body.Person].Account), StringComparer.Ordinal);
        return new(holders, (await view.ListAsync<Post>(cancellation)).ToDictionary(one => one.Key, one => one.Body.Title, StringComparer.Ordinal));
    }

    /// <summary>What a post is called.</summary>
    public string Title(string post) => _titles.GetValueOrDefault(post, post);

    /// <summary>Who holds a post; empty where nobody does.</summary>
    public IReadOnlyList<PostHolder> Of(string post) => _holders[post].ToList();

    /// <summary>The posts a signed-in person holds.</summary>
    public IReadOnlyList<string> PostsOf(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return _holders.Where(post => post.Any(holder => string.Equals(holder.Account, actor.Account, StringComparison.OrdinalIgnoreCase)))
            .Select(post => post.Key).Order(StringComparer.Ordinal).ToList();
    }
}
