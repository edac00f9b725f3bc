using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Home;

/// <summary>A line of attention as the home page shows it.</summary>
public sealed record AttentionItem(string Text, string Word, string Colour, string? Href, string? Since);

/// <summary>A question of the home page with its most pressing lines.</summary>
/// <param name="SeeAll">Lists of everything it counts, by kind.</param>
/// <param name="References">The records of the lines shown.</param>
public sealed record AttentionGroup(string Id, string Title, int Count, IReadOnlyList<AttentionItem> Shown, IReadOnlyList<(string Text, string Href)> SeeAll, IReadOnlyList<string> References);

/// <summary>What the programme's rooms say needs attention, by question, the most pressing first, a few of each.</summary>
public sealed class ProgrammeAttention(RecordLists lists)
{
    private const int ShownOfEach = 3;

    // The order in which a programme officer asks; a room may add questions of its own, which follow.
    private static readonly (string Question, string Title)[] Questions =
    [
        (AttentionLine.Yours, "Asked of you"), ("Signals", "Signals on charts"), ("Slipped", "Slipped"), ("Overdue", "Overdue"), ("Promises", "Promises at risk"), ("Decisions", "Decisions due"), ("Risks", "Risks"), ("Silent", "Silent for 30 days"),
    ];

    /// <summary>The questions that have lines.</summary>
    public async Task<IReadOnlyList<AttentionGroup>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var byQuestion = (await LinesAsync(view, cancellation)).ToLookup(line => line.Question, StringComparer.OrdinalIgnoreCase);
        var others = byQuestion.Select(group => group.Key).Where(question => !Questions.Any(known => string.Equals(known.Question, question, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal);
        return [.. Questions.Concat(others.Select(question => (question, question))).Where(question => byQuestion[question.Item1].Any())
            .Select(question => Group(view.Catalogue, question.Item1, question.Item2, [.. byQuestion[question.Item1]]))];
    }

    /// <summary>The lines of every room, in the order in which the rooms give them.</summary>
    public Task<IReadOnlyList<AttentionLine>> LinesAsync(RecordView view, CancellationToken cancellation = default) => lists.AttentionAsync(view, cancellation);

    /// <summary>Lines with the most pressing first; those that stand alike keep their order.</summary>
    public static IEnumerable<AttentionLine> Pressing(IEnumerable<AttentionLine> lines) =>
        lines.OrderBy(line => line.Standing switch { Standing.Bad => 0, Standing.Watch => 1, Standing.Missing => 2, _ => 3 });

    /// <summary>A line as it is shown.</summary>
    public static AttentionItem Item(RecordCatalogue catalogue, AttentionLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new AttentionItem(
            line.Text, Word(line.Standing), Programme.SaidCells.Colour(line.Standing) ?? "grey", line.Page ?? ReferenceNames.Href(catalogue, line.Reference),
            line.Since is { } since && !line.Text.Contains($"since {Format.Date(since)}", StringComparison.Ordinal) ? $"since {Format.Date(since)}" : null);
    }

    private static AttentionGroup Group(RecordCatalogue catalogue, string question, string title, List<AttentionLine> lines)
    {
        var ordered = Pressing(lines).ToList();
        var kinds = lines.Select(line => line.Reference).Distinct(StringComparer.Ordinal)
            .GroupBy(reference => reference.Split(':', 2)[0], StringComparer.Ordinal).Select(group => (Kind: catalogue.Find(group.Key), Count: group.Count())).Where(pair => pair.Kind is not null);
        return new AttentionGroup(
            "attention-" + question.ToLowerInvariant().Replace(' ', '-'), title, lines.Count,
            ordered.Take(ShownOfEach).Select(line => Item(catalogue, line)).ToList(),
            kinds.Select(pair => ($"{Format.Count(pair.Count)} {(pair.Count == 1 ? pair.Kind!.One : pair.Kind!.Many)}", $"/{pair.Kind!.Path}?attention={Uri.EscapeDataString(question)}")).ToList(),
            ordered.Take(ShownOfEach).Select(line => line.Reference).ToList());
    }

    private static string Word(Standing standing) => standing switch
    {
        Standing.Bad => "act",
        Standing.Watch => "watch",
        Standing.Missing => "missing",
        _ => "note",
    };
}
