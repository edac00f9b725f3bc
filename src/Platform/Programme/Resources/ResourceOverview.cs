using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>Money and posts of the whole programme on one page: the ledger, wholes and parts, rates, moves, money, savings.</summary>
public static class ResourceOverview
{
    /// <summary>Adds up what is recorded as at a view's dates; the pack is null while no force is loaded.</summary>
    public static async Task<RecordReading> ReadAsync(RecordView view, ForcePack? pack, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var ledger = await EstablishmentLedger.OfAsync(view, pack, cancellation);
        var entries = await view.ListAsync<EstablishmentEntry>(cancellation);
        var funding = await view.ListAsync<Funding>(cancellation);
        return new(Headline(ledger, funding),
        [
            Money(funding),
            Ledger(ledger),
            Wholes(ledger),
            Rates(entries, pack, view.At.Effective),
            Moves(ledger),
            Worth(entries),
            await SavingsStatements.ReadAsync(view, cancellation),
        ]);
    }

    private static string Headline(EstablishmentLedger ledger, IReadOnlyList<StoredRecord<Funding>> funding)
    {
        var money = funding.Where(each => FundingReading.Contradicts(FundingLedger.Of(each.Body))).ToList();
        var posts = ledger.Wholes.Where(each => each.NotAccounted != 0).ToList();
        return (money.Count, posts.Count) switch
        {
            (0, 0) => funding.Count + ledger.Positions.Count == 0 ? "No money or posts are recorded as at these dates" : "Money and posts add up to what is stated of them",
            (_, 0) => FundingReading.Headline(FundingLedger.Of(money[0].Body)),
            (0, _) => EstablishmentReading.Parts(posts[0]),
            _ => $"{FundingReading.Headline(FundingLedger.Of(money[0].Body))}; {EstablishmentReading.Parts(posts[0])}",
        };
    }

    private static ReadingPart Money(IReadOnlyList<StoredRecord<Funding>> funding) => new(
        "money", "Money", funding.Count == 0 ? "No funding is recorded" : null, ["Funding", "Finding", "Sum of lines", "Stated", "Approved"],
        [.. funding.Select(each =>
        {
            var ledger = FundingLedger.Of(each.Body);
            return (IReadOnlyList<Said>)
            [
                new Said(each.Body.Title, Standing.Plain, each.Reference), new Said(FundingReading.Headline(ledger), FundingReading.Contradicts(ledger) || ledger.Overspend > 0 ? Standing.Bad : Standing.Plain),
                ledger.HasLines ? Pounds(ledger.Sum) : Missing, Pounds(ledger.Stated), Pounds(ledger.Approved),
            ];
        })]);

    private static ReadingPart Ledger(EstablishmentLedger ledger) => new(
        "ledger", "Posts by function and role", ledger.Positions.Count == 0 ? "No posts are recorded" : "An entry that is part of another is inside its number and not added again",
        ["Function", "Role", "Total stated", "Added", "Taken away", "Held", "Vacant"],
        [.. ledger.Positions.Select(each => (IReadOnlyList<Said>)
        [
            each.Function.Length > 0 ? each.Function : "The whole force", new Said(each.Role.Length > 0 ? each.Role : "all roles", Standing.Plain, each.Entries[0].Reference),
            Count(each.Total), each.Uplift == 0 ? "" : Count(each.Uplift), each.Reduction == 0 ? "" : Count(each.Reduction), Count(each.Strength), Count(each.Vacancies),
        ])]);

    private static ReadingPart Wholes(EstablishmentLedger ledger) => new(
        "wholes", "Do the parts add up?", ledger.Wholes.Count == 0 ? "No entry is recorded as part of another" : null, ["Whole", "Finding", "Not accounted for"],
        [.. ledger.Wholes.Select(each => (IReadOnlyList<Said>)
        [
            new Said(each.Whole.Body.Title, Standing.Plain, each.Whole.Reference), EstablishmentReading.Parts(each),
            new Said(FieldWords.Number(each.NotAccounted, null), each.NotAccounted switch { 0 => Standing.Good, < 0 => Standing.Bad, _ => Standing.Watch }),
        ])]);

    private static ReadingPart Rates(IReadOnlyList<StoredRecord<EstablishmentEntry>> entries, ForcePack? pack, DateOnly day) => new(
        "rates", "What rates come to", null, ["Entry", "Posts", "How"],
        [.. entries.Where(each => PostRates.IsRate(each.Body)).Select(each =>
        {
            var rate = PostRates.Of(each.Body, pack, day);
            return (IReadOnlyList<Said>)[new Said(each.Body.Title, Standing.Plain, each.Reference), Count(rate.Posts), rate.Words];
        })]);

    private static ReadingPart Moves(EstablishmentLedger ledger) => new(
        "moves", "Moved from one place to another", null, ["Entry", "Posts", "From", "To"],
        [.. ledger.Moves.Select(each => (IReadOnlyList<Said>)
            [new Said(each.Body.Title, Standing.Plain, each.Reference), FieldWords.Number(each.Body.Posts, null), each.Body.From ?? Missing, each.Body.To ?? Missing])]);

    private static ReadingPart Worth(IReadOnlyList<StoredRecord<EstablishmentEntry>> entries) => new(
        "worth", "What a post is worth", null, ["Entry", "Arithmetic"],
        [.. entries.Where(each => each.Body is { Saving: not null, Posts: > 0 }).Select(each => (IReadOnlyList<Said>)[new Said(each.Body.Title, Standing.Plain, each.Reference), EstablishmentReading.Saving(each.Body)])]);

    private static Said Missing => new("not recorded", Standing.Missing);

    private static Said Count(decimal? value) => value is { } number ? FieldWords.Number(number, null) : Missing;

    private static Said Pounds(decimal? value) => value is { } number ? FieldWords.Number(number, "£") : Missing;
}
