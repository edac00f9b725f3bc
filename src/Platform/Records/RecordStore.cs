using System.Globalization;
using System.Text;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>Records as governed facts of the store.</summary>
internal sealed class RecordStore(IHistory history, RecordCatalogue catalogue, TimeProvider time) : IRecords
{
    public RecordCatalogue Catalogue => catalogue;

    public RecordView View(Actor? reader, AsAt at) => new(history, catalogue, reader, at);

    public async Task<Outcome<IReadOnlyList<string>>> SaveAsync(Actor actor, IReadOnlyList<RecordChange> changes, string why, CancellationToken cancellation = default)
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(why))
        {
            problems.Add(new Problem("Say why", Field: "why", Accepted: "a sentence"));
        }

        var today = time.LondonToday();
        var keys = new List<string>(changes.Count);
        foreach (var change in changes)
        {
            if (catalogue.Find(change.Kind) is not { } kind)
            {
                problems.Add(new Problem("There is no such kind of record", Field: "kind", Found: change.Kind, Accepted: string.Join(", ", catalogue.Kinds.Select(k => k.Name))));
                continue;
            }

            if (!actor.May(kind.Change))
            {
                problems.Add(new Problem($"You may not change {kind.Many}", Field: "kind", Found: change.Kind));
            }

            problems.AddRange(kind.Check(change.Body));
            keys.Add(change.Key ?? Slug(change.Body.Title));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        await history.CommitAsync(
            new ChangeContext(actor.Account, actor.Organisation, why.Trim()),
            set =>
            {
                foreach (var (change, key) in changes.Zip(keys))
                {
                    catalogue.Find(change.Kind)!.Record(set, key, change.Body, new EffectivePeriod(change.From ?? today, change.Until), change.Known ?? today);
                }
            },
            cancellation);
        return keys;
    }

    public async Task<Outcome<string>> EndAsync(Actor actor, string kind, string key, DateOnly from, string why, CancellationToken cancellation = default)
    {
        if (catalogue.Find(kind) is not { } found || !actor.May(found.Change))
        {
            return new Problem("You may not end this", Field: "kind", Found: kind);
        }

        await history.CommitAsync(new ChangeContext(actor.Account, actor.Organisation, why), set => found.End(set, key, from, time.LondonToday()), cancellation);
        return key;
    }

    private static string Slug(string title)
    {
        var slug = new StringBuilder();
        foreach (var letter in title.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-' && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString().Trim('-');
        return text.Length > 60 ? text[..60].Trim('-') : text;
    }
}
