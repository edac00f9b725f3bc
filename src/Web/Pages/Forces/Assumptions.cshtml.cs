using Pathfinder.Platform.People;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Forces;

/// <summary>Every default a simulation starts from, with its basis.</summary>
[RequirePermission(Permission.Read)]
public sealed class AssumptionsModel : ForcePageModel
{
    /// <summary>The headline.</summary>
    public string Finding { get; private set; } = "";

    /// <summary>Tables by the first part of the key.</summary>
    public IReadOnlyList<(string Group, DataTable Table)> Groups { get; private set; } = [];

    /// <summary>Everything in one file.</summary>
    public DataTable All { get; private set; } = null!;

    /// <summary>The status asked for, or all.</summary>
    public string? Status { get; private set; }

    /// <summary>How many have each status.</summary>
    public IReadOnlyList<(string Status, int Count)> Counts { get; private set; } = [];

    /// <summary>Shows the page, filtered by status.</summary>
    public void OnGet(string? status)
    {
        Status = status;
        var all = Force.Pack.Assumptions;
        Counts = all.GroupBy(a => a.Status, StringComparer.Ordinal).OrderBy(g => g.Key switch { "sourced" => 0, "background" => 1, _ => 2 }).Select(g => (g.Key, g.Count())).ToList();
        var weak = all.Count(a => !string.Equals(a.Status, "sourced", StringComparison.Ordinal));
        Finding = weak == 0
            ? $"All {all.Count} assumptions have a source"
            : $"{Format.Words(weak, capital: true)} of {all.Count} assumptions have no source at hand or were fitted";
        var shown = all.Where(a => status is null || string.Equals(a.Status, status, StringComparison.Ordinal)).ToList();
        All = Offer(Table("assumptions", "Assumptions", shown));
        Groups = shown.GroupBy(a => a.Key.Split('.')[0], StringComparer.Ordinal)
            .Select(g => (g.Key, Offer(Table("assumptions-" + g.Key.ToLowerInvariant(), char.ToUpperInvariant(g.Key[0]) + Spaced(g.Key[1..]), [.. g])))).ToList();
    }

    private static DataTable Table(string id, string caption, IReadOnlyList<Platform.Forces.Assumption> rows) => new(
        id, caption,
        [new("Assumption"), new("Value", true), new("Unit"), new("Range", true), new("Status"), new("Basis"), new("Key")],
        rows.Select(a =>
        {
            var (colour, word) = ForceWords.Status(a.Status);
            return (IReadOnlyList<DataCell>)
            [
                a.Label,
                new DataCell(Format.Plain(a.Value), Csv: a.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
                a.Unit,
                a is { Low: { } low, High: { } high } ? $"{Format.Plain(low)} to {Format.Plain(high)}" : "",
                new DataCell(word, Tag: colour, Csv: a.Status),
                a.Basis,
                a.Key,
            ];
        }).ToList())
    {
        Empty = "No assumption has this status.",
    };

    private static string Spaced(string key) => string.Concat(key.Select(c => char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));
}
