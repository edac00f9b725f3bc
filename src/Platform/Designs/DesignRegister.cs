using System.Globalization;
using System.Text;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Designs;

/// <summary>One save of a design, and what it did to the one before.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Changes">Against the version before; empty for the first, or when the pack is no longer in the store.</param>
public sealed record DesignVersion(int Number, FactVersion<Design> Version, IReadOnlyList<DesignChange> Changes);

/// <summary>Designs in the store: list, find, create, save, with a history. The same use cases for pages, API and command line.</summary>
public sealed class DesignRegister(IHistory history, IForcePacks packs, TimeProvider time)
{
    /// <summary>The kind of governed fact.</summary>
    public static GovernedKind<Design> Kind { get; } = new("design");

    // A design is a proposal: it is there on whatever date one looks at the force; only when it was known matters.
    internal static readonly EffectivePeriod Always = new(DateOnly.MinValue);

    /// <summary>All designs as at the dates, newest save first.</summary>
    public async Task<IReadOnlyList<FactVersion<Design>>> ListAsync(AsAt at, CancellationToken cancellation = default) =>
        [.. (await history.ListAsync(Kind, at, cancellation)).OrderByDescending(version => version.VersionId)];

    /// <summary>A design as at the dates, or null.</summary>
    public Task<FactVersion<Design>?> FindAsync(string key, AsAt at, CancellationToken cancellation = default) =>
        history.FindAsync(Kind, key, at, cancellation);

    /// <summary>One version of a design by its id, or null.</summary>
    public async Task<FactVersion<Design>?> FindVersionAsync(string key, long version, CancellationToken cancellation = default) =>
        (await history.TimelineAsync(Kind, key, cancellation)).FirstOrDefault(candidate => candidate.VersionId == version && candidate.Body is not null);

    /// <summary>The pack a design is drawn on: the one it names by hash, else the current one, else null.</summary>
    public async Task<ForcePack?> PackOfAsync(Design design, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(design);
        return await packs.FindAsync(design.PackSha256, cancellation) ?? await packs.FindCurrentAsync(cancellation);
    }

    /// <summary>Every save in order, oldest first, each with what it changed.</summary>
    public async Task<IReadOnlyList<DesignVersion>> TimelineAsync(string key, CancellationToken cancellation = default)
    {
        var versions = (await history.TimelineAsync(Kind, key, cancellation)).Where(version => version.Body is not null).ToList();
        var timeline = new List<DesignVersion>(versions.Count);
        for (var index = 0; index < versions.Count; index++)
        {
            var pack = index == 0 ? null : await PackOfAsync(versions[index].Body!, cancellation);
            timeline.Add(new DesignVersion(
                index + 1, versions[index],
                pack is null ? [] : DesignDifferences.OfVersion(versions[index - 1].Body!, versions[index].Body!, pack)));
        }

        return timeline;
    }

    /// <summary>
    /// Records a new design and gives its key, made from its name. Refused with every problem of <see cref="DesignRules"/>.
    /// </summary>
    public async Task<Outcome<string>> CreateAsync(Design design, ChangeContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(design);
        if (await CheckAsync(design, cancellation) is { Count: > 0 } problems)
        {
            return problems;
        }

        var stem = Slug(design.Name);
        var key = stem;
        for (var number = 2; (await history.TimelineAsync(Kind, key, cancellation)).Count > 0; number++)
        {
            key = $"{stem}-{number.ToString(CultureInfo.InvariantCulture)}";
        }

        await RecordAsync(key, design, context, cancellation);
        return key;
    }

    /// <summary>
    /// Records another version. Refused when the design does not exist, has been saved by somebody else since
    /// <paramref name="expected"/> (the version the change was made on), lacks a reason, or breaks a rule. A save that changes nothing
    /// is no version: it gives the one that holds.
    /// </summary>
    public async Task<Outcome<long>> SaveAsync(string key, Design design, long? expected, ChangeContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(context);
        var versions = await history.TimelineAsync(Kind, key, cancellation);
        if (versions.Count == 0)
        {
            return new Problem("There is no such design", Field: "key", Found: key, Accepted: "the key of a design in the store");
        }

        var problems = await CheckAsync(design, cancellation);
        if (expected is { } version && versions[^1].VersionId != version)
        {
            problems.Add(new Problem(
                $"Somebody saved this design in the meantime ({versions[^1].Account}: {versions[^1].Why})", Field: "version",
                Found: version.ToString(CultureInfo.InvariantCulture), Accepted: versions[^1].VersionId.ToString(CultureInfo.InvariantCulture)));
        }

        if (string.IsNullOrWhiteSpace(context.Why))
        {
            problems.Add(new Problem("Say why the design is changed", Field: "why", Accepted: "a sentence"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        if (versions[^1].Body is { } last && HistoryJson.Write(last) == HistoryJson.Write(design))
        {
            return versions[^1].VersionId;
        }

        await RecordAsync(key, design, context, cancellation);
        return (await history.TimelineAsync(Kind, key, cancellation))[^1].VersionId;
    }

    /// <summary>
    /// The key of the design that is the force as it was on a date, with nothing changed; recorded when it is not there yet,
    /// so that what other designs are compared with is as governed as they are.
    /// </summary>
    public async Task<Outcome<string>> ForceAsItIsAsync(ForcePack pack, DateOnly dated, ChangeContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var made = DesignStart.FromForce(
            pack, dated, $"The force as at {dated.ToString("d MMMM yyyy", DesignStart.Dates)}", "What other designs are compared with: nothing is changed.");
        if (!made.Succeeded)
        {
            return Outcome.Refused<string>(made.Problems);
        }

        var key = $"force-{dated.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        var versions = await history.TimelineAsync(Kind, key, cancellation);
        if (versions.Count == 0 || versions[^1].Body?.PackSha256 != pack.Sha256)
        {
            if (await CheckAsync(made.Value, cancellation) is { Count: > 0 } problems)
            {
                return problems;
            }

            await RecordAsync(key, made.Value, context, cancellation);
        }

        return key;
    }

    /// <summary>Whether a key names a design that is the force as it was on a date.</summary>
    public static bool IsForceAsItIs(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith("force-", StringComparison.Ordinal) && key.Length == 16
            && DateOnly.TryParseExact(key[6..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private async Task<List<Problem>> CheckAsync(Design design, CancellationToken cancellation)
    {
        var pack = await PackOfAsync(design, cancellation);
        return pack is null
            ? [new Problem("The force pack of this design is not in the store", Field: "packSha256", Found: design.PackSha256, Accepted: "an imported pack")]
            : [.. DesignRules.Check(design, pack).Problems];
    }

    private Task RecordAsync(string key, Design design, ChangeContext context, CancellationToken cancellation) =>
        history.CommitAsync(context, changes => changes.Record(Kind, key, design, Always, time.LondonToday()), cancellation);

    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
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
        text = text.Length > 60 ? text[..60].Trim('-') : text;

        // The key of a force as it is must never be taken by a design that changes something.
        return text.Length == 0 ? "design" : IsForceAsItIs(text) ? "design-" + text : text;
    }
}
