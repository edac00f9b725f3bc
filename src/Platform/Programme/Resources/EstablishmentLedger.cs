using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>Whether the parts of an entry add up to it.</summary>
/// <param name="Whole">The entry.</param>
/// <param name="Parts">Entries recorded as part of it.</param>
public sealed record WholeAndParts(StoredRecord<EstablishmentEntry> Whole, IReadOnlyList<StoredRecord<EstablishmentEntry>> Parts)
{
    /// <summary>Posts that parts account for; rates are not counted, as their number changes with the day.</summary>
    public decimal Accounted => Parts.Where(part => !PostRates.IsRate(part.Body) && part.Body.Entry is EntryKind.Total or EntryKind.Uplift or EntryKind.Strength or EntryKind.Vacancy).Sum(part => part.Body.Posts);

    /// <summary>Posts of the whole that no part accounts for; less than 0 where the parts are more than the whole.</summary>
    public decimal NotAccounted => Whole.Body.Posts - Accounted;
}

/// <summary>A line of the ledger: one function and role, nothing counted that stands inside another entry.</summary>
/// <param name="Total">Posts stated, rates worked out on the day.</param>
/// <param name="Uplift">Posts added beside the total.</param>
/// <param name="Reduction">Posts taken away.</param>
/// <param name="Strength">People held; null where it is not recorded.</param>
/// <param name="Vacancies">Vacancies as stated, else total less strength; null where neither is known.</param>
/// <param name="Entries">What it was made of.</param>
public sealed record LedgerPosition(
    string Function, string Role, decimal? Total, decimal Uplift, decimal Reduction, decimal? Strength, decimal? Vacancies, IReadOnlyList<StoredRecord<EstablishmentEntry>> Entries);

/// <summary>
/// The ledger of posts as at a view's dates. An entry recorded as part of another is inside its number and is never added to it; of
/// several totals of one role and area the one stated for the latest time counts.
/// </summary>
public sealed record EstablishmentLedger(IReadOnlyList<LedgerPosition> Positions, IReadOnlyList<WholeAndParts> Wholes, IReadOnlyList<StoredRecord<EstablishmentEntry>> Moves)
{
    /// <summary>Reads the ledger.</summary>
    public static async Task<EstablishmentLedger> OfAsync(RecordView view, ForcePack? pack, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var entries = await view.ListAsync<EstablishmentEntry>(cancellation);
        var keys = entries.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        var inside = entries.Where(entry => entry.Body.PartOf is { } whole && keys.Contains(whole)).ToList();
        var positions = entries.Except(inside).Where(entry => entry.Body.Entry != EntryKind.Transfer)
            .GroupBy(entry => (Function: entry.Body.Function ?? "", Role: entry.Body.Role ?? ""))
            .OrderBy(group => group.Key.Function, StringComparer.Ordinal).ThenBy(group => group.Key.Role, StringComparer.Ordinal)
            .Select(group => Position(group.Key.Function, group.Key.Role, group.ToList(), pack, view.At.Effective)).ToList();
        var wholes = entries.Select(entry => Of(entry, entries)).Where(each => each.Parts.Count > 0).ToList();
        return new(positions, wholes, entries.Where(entry => entry.Body.Entry == EntryKind.Transfer).ToList());
    }

    /// <summary>An entry with the entries recorded as part of it.</summary>
    public static WholeAndParts Of(StoredRecord<EstablishmentEntry> whole, IReadOnlyList<StoredRecord<EstablishmentEntry>> entries)
    {
        ArgumentNullException.ThrowIfNull(whole);
        return new(whole, entries.Where(entry => entry.Body.PartOf == whole.Key && entry.Key != whole.Key).ToList());
    }

    private static LedgerPosition Position(string function, string role, List<StoredRecord<EstablishmentEntry>> entries, ForcePack? pack, DateOnly day)
    {
        decimal? Latest(EntryKind kind)
        {
            var found = entries.Where(entry => entry.Body.Entry == kind)
                .GroupBy(entry => string.Join(',', entry.Body.Areas.Order(StringComparer.Ordinal)))
                .Select(same => same.OrderBy(entry => entry.Body.When?.First ?? entry.Effective.From).ThenBy(entry => entry.Known).ThenBy(entry => entry.Key, StringComparer.Ordinal).Last())
                .Select(entry => PostRates.IsRate(entry.Body) ? PostRates.Of(entry.Body, pack, day).Posts : entry.Body.Posts).ToList();
            return found.Count == 0 || found.Contains(null) ? null : found.Sum();
        }

        decimal Sum(EntryKind kind) => entries.Where(entry => entry.Body.Entry == kind).Sum(entry => PostRates.IsRate(entry.Body) ? PostRates.Of(entry.Body, pack, day).Posts ?? 0 : entry.Body.Posts);
        var (total, strength) = (Latest(EntryKind.Total), Latest(EntryKind.Strength));
        return new(function, role, total, Sum(EntryKind.Uplift), Sum(EntryKind.Reduction), strength, Latest(EntryKind.Vacancy) ?? total - strength, entries);
    }
}
