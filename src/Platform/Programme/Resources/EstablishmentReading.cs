using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>What is said of the ledger of posts: what adds up, what a rate comes to, what a post is worth.</summary>
internal sealed class EstablishmentReading(IForces forces) : IRecordReading
{
    public string Kind => "establishment-entry";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var pack = await forces.FindCurrentAsync(cancellation);
        var ledger = await EstablishmentLedger.OfAsync(view, pack, cancellation);
        var wholes = ledger.Wholes.ToDictionary(each => each.Whole.Key, StringComparer.Ordinal);
        return new(Headline(records, ledger), ["Comes to", "Of which"], records.Cast<StoredRecord<EstablishmentEntry>>().ToDictionary(
            each => each.Key,
            each => (IReadOnlyList<Said>)[ComesTo(each.Body, pack, view.At.Effective), OfWhich(each.Body, wholes.GetValueOrDefault(each.Key))],
            StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var entry = (StoredRecord<EstablishmentEntry>)record;
        var pack = await forces.FindCurrentAsync(cancellation);
        var whole = EstablishmentLedger.Of(entry, await view.ListAsync<EstablishmentEntry>(cancellation));
        var parts = new List<ReadingPart>();
        if (PostRates.IsRate(entry.Body))
        {
            var rate = PostRates.Of(entry.Body, pack, view.At.Effective);
            parts.Add(new("rate", "What the rate comes to", rate.Words, ["Rate", "Places", "Posts"],
            [
                [$"{FieldWords.Number(entry.Body.Posts, null)} a {entry.Body.Per}", rate.Places is { } places ? FieldWords.Number(places, null) : new Said("not known", Standing.Missing), rate.Posts is { } posts ? FieldWords.Number(posts, null) : new Said("not known", Standing.Missing)],
            ]));
        }

        if (whole.Parts.Count > 0)
        {
            parts.Add(new("parts", "Do the parts add up?", Parts(whole), ["Part", "Entry", "Posts", "By or from"],
            [
                .. whole.Parts.Select(part => (IReadOnlyList<Said>)[new Said(part.Body.Title, Standing.Plain, part.Reference), FieldWords.Words(part.Body.Entry), FieldWords.Number(part.Body.Posts, null), part.Body.When?.Text ?? ""]),
                [new Said("Not accounted for", Standing.Plain), "", whole.NotAccounted == 0 ? new Said("0", Standing.Good) : new Said(FieldWords.Number(whole.NotAccounted, null), whole.NotAccounted < 0 ? Standing.Bad : Standing.Watch), ""],
            ]));
        }

        if (entry.Body is { Saving: { } saving, Posts: > 0 })
        {
            parts.Add(new("saving", "What a post is worth", Saving(entry.Body), ["Saving", "Posts", "A post"],
            [
                [FieldWords.Number(saving, "£"), FieldWords.Number(entry.Body.Posts, null), FieldWords.Number(Math.Round(saving / entry.Body.Posts), "£")],
            ]));
        }

        return new(RecordHeadline(entry.Body, whole, pack, view.At.Effective), parts);
    }

    internal static string Saving(EstablishmentEntry entry) =>
        $"{FieldWords.Number(entry.Saving!.Value, "£")} ÷ {FieldWords.Number(entry.Posts, null)} posts = {FieldWords.Number(Math.Round(entry.Saving.Value / entry.Posts), "£")} a post";

    internal static string Parts(WholeAndParts whole)
    {
        var sum = string.Join(" + ", whole.Parts.Select(part => FieldWords.Number(part.Body.Posts, null)));
        var stated = FieldWords.Number(whole.Whole.Body.Posts, null);
        return whole.NotAccounted switch
        {
            0 => $"{sum} = {stated}: the parts add up",
            > 0 and var rest => $"{sum} of {stated}: {FieldWords.Number(rest, "posts")} are not accounted for by a part",
            var over => $"{sum} is {FieldWords.Number(-over, "posts")} more than the {stated} they are part of",
        };
    }

    private static string Headline(IReadOnlyList<StoredRecord> records, EstablishmentLedger ledger)
    {
        if (records.Count == 0)
        {
            return "No posts are recorded as at these dates";
        }

        var open = ledger.Wholes.Where(each => each.NotAccounted != 0).ToList();
        var functions = ledger.Positions.Select(position => position.Function).Distinct(StringComparer.Ordinal).Count();
        return open.Count == 0
            ? $"{FieldWords.Number(records.Count, null)} entries in {FieldWords.Number(functions, null)} functions; where parts are recorded, they add up"
            : string.Join("; ", open.Select(each => $"{each.Whole.Body.Title}: {Parts(each)}"));
    }

    private static string? RecordHeadline(EstablishmentEntry entry, WholeAndParts whole, ForcePack? pack, DateOnly day) =>
        PostRates.IsRate(entry) ? PostRates.Of(entry, pack, day).Words
        : whole.Parts.Count > 0 ? Parts(whole)
        : entry is { Saving: not null, Posts: > 0 } ? Saving(entry)
        : entry.Entry switch
        {
            EntryKind.Uplift => $"{FieldWords.Number(entry.Posts, "posts")} more{When(entry)}",
            EntryKind.Reduction => $"{FieldWords.Number(entry.Posts, "posts")} fewer{When(entry)}",
            EntryKind.Transfer => $"{FieldWords.Number(entry.Posts, "posts")} moved from {entry.From ?? "somewhere not recorded"} to {entry.To ?? "somewhere not recorded"}{When(entry)}",
            EntryKind.Vacancy => $"{FieldWords.Number(entry.Posts, "posts")} without people{When(entry)}",
            EntryKind.Strength => $"{FieldWords.Number(entry.Posts, "people")} held{When(entry)}",
            _ => $"{(entry.Minimum ? "At least " : "")}{FieldWords.Number(entry.Posts, "posts")}{When(entry)}",
        };

    private static Said ComesTo(EstablishmentEntry entry, ForcePack? pack, DateOnly day) =>
        PostRates.IsRate(entry) ? PostRates.Of(entry, pack, day) is var rate ? new Said(rate.Words, rate.Posts is null ? Standing.Missing : Standing.Plain) : ""
        : entry is { Saving: not null, Posts: > 0 } ? Saving(entry) : "";

    private static Said OfWhich(EstablishmentEntry entry, WholeAndParts? whole) =>
        whole is not null ? new Said(Parts(whole), whole.NotAccounted switch { 0 => Standing.Good, < 0 => Standing.Bad, _ => Standing.Watch })
        : entry.PartOf is { } part ? new Said("inside another entry, not added to it", Standing.Plain, "establishment-entry:" + part) : "";

    private static string When(EstablishmentEntry entry) => entry.When is { } when ? (when.IsDay ? " on " : ", ") + when.Text : "";
}
