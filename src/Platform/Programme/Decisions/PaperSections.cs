using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>A section that every paper owes, if only as a nil return.</summary>
/// <param name="Name">Its usual heading.</param>
/// <param name="Marks">Words of which a heading holds one, in lower case.</param>
public sealed record MandatorySection(string Name, IReadOnlyList<string> Marks);

/// <summary>The sections of a paper, recognised under the headings offices give them ("Financial comments", "Equalities advice").</summary>
public static class PaperSections
{
    /// <summary>The sections owed, in the order of the paper.</summary>
    public static IReadOnlyList<MandatorySection> Mandatory { get; } =
    [
        new("Introduction and background", ["introduction"]),
        new("Issues for consideration", ["issues"]),
        new("Financial comments", ["financ"]),
        new("Legal comments", ["legal"]),
        new("Equality comments", ["equalit"]),
        new("Background papers", ["papers", "supporting"]),
    ];

    /// <summary>Whether a section says something and that there is nothing to say.</summary>
    public static bool IsBoth(PaperSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return section.Nil && !string.IsNullOrWhiteSpace(section.Says);
    }

    /// <summary>What is wrong with such a section.</summary>
    public static Problem Both(PaperSection section, string field)
    {
        ArgumentNullException.ThrowIfNull(section);
        return new Problem($"\"{section.Name}\" says something and is a nil return as well", Field: field, Accepted: "what it says, or a nil return");
    }

    /// <summary>The section of a paper that answers one owed, or null.</summary>
    public static PaperSection? Find(Decision decision, MandatorySection owed)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(owed);
        return decision.Sections.FirstOrDefault(section => owed.Marks.Any(mark => section.Name.Contains(mark, StringComparison.OrdinalIgnoreCase)));
    }
}
