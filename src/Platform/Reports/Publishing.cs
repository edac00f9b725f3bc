using System.Globalization;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Reports;

/// <summary>How an edition is to be published.</summary>
/// <param name="Open">Whether it opens without an account.</param>
/// <param name="OpensOn">From which day; null for at once.</param>
/// <param name="DeferralReason">Why it is deferred; owed with <paramref name="OpensOn"/>.</param>
public sealed record PublishingTerms(bool Open, DateOnly? OpensOn = null, string? DeferralReason = null);

/// <summary>
/// The life of an edition: drafted, checked, published, superseded or corrected. Whole in one file. What is published is built for a
/// reader without any access of their own, and kept as bytes with its hashes, its three dates and the head of the audit log; a later
/// edition or a correction changes how it stands, never what it says.
/// </summary>
public sealed class Publishing(IRecords records, IHistory history, IAudit audit, ReportBuilder builder, IQueries queries, TimeProvider time)
{
    private const string Step = "publication";

    /// <summary>Who reads what is published: nobody in particular, of no organisation and without a role.</summary>
    public static Actor Anybody { get; } = new("", "Anybody", "", new HashSet<Role>(), []);

    /// <summary>Begins an edition, or the correction of a published one. Refused where the series or the edition is not there.</summary>
    public async Task<Outcome<string>> DraftAsync(Actor actor, string series, DateOnly effective, DateOnly known, string? corrects, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var offered = (await builder.SeriesAsync(actor, cancellation: cancellation)).FirstOrDefault(one => one.Key == series);
        if (offered is null)
        {
            return new Problem("There is no such series of reports", Field: "series", Found: series);
        }

        var before = corrects is null ? null : await FindAsync(actor, corrects, cancellation);
        if (corrects is not null && before is not { Body.State: EditionState.Published or EditionState.Superseded })
        {
            return new Problem("Only a published edition is corrected", Field: "corrects", Found: corrects, Accepted: "the key of a published edition");
        }

        var edition = new Edition
        {
            Title = $"{offered.Body.Title}, {Numbers.Day(effective)}",
            Work = offered.Body.Work,
            Series = series,
            AsAt = effective,
            KnownOn = known,
            Class = offered.Body.Class,
            Corrects = corrects,
            Sentences = before?.Body.Sentences.Select(sentence => sentence with { Verdict = null, Shown = null }).ToList() ?? [],
        };
        var stem = $"{series}-{effective.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        var taken = await TakenAsync(cancellation);
        return await SaveAsync(actor, why, cancellation, (RecordKeys.FirstFree(stem, taken.Contains), edition, 0));
    }

    /// <summary>Changes what the author says in a draft, and what a correction sets right; a checked draft must be checked again.</summary>
    public async Task<Outcome<string>> WriteAsync(Actor actor, string key, IReadOnlyList<AuthorSentence> sentences, string? correction, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        var found = await UnpublishedAsync(actor, key, cancellation);
        return found.Succeeded
            ? await SaveAsync(actor, why, cancellation, (key, found.Value.Body with
            {
                State = EditionState.Draft, RecordedBy = null, Correction = correction,
                Sentences = [.. sentences.Where(sentence => sentence.Says.Trim().Length > 0).Select(sentence => new AuthorSentence { Says = sentence.Says.Trim(), Query = string.IsNullOrWhiteSpace(sentence.Query) ? null : sentence.Query.Trim() })],
            }, found.Value.VersionId))
            : Outcome.Refused<string>(found.Problems);
    }

    /// <summary>
    /// Holds each sentence of the author against what was known then, and fixes the moment up to which the store's record is read: what is
    /// published later is what was checked.
    /// </summary>
    public async Task<Outcome<string>> CheckAsync(Actor actor, string key, string why, CancellationToken cancellation = default)
    {
        var found = await UnpublishedAsync(actor, key, cancellation);
        if (!found.Succeeded)
        {
            return Outcome.Refused<string>(found.Problems);
        }

        var recorded = await history.LatestRecordedAsync(cancellation);
        var view = records.View(Anybody, new AsAt(found.Value.Body.AsAt!.Value, found.Value.Body.KnownOn!.Value, recorded));
        var sentences = new List<AuthorSentence>();
        foreach (var sentence in found.Value.Body.Sentences)
        {
            if (sentence.Query is not { } query)
            {
                sentences.Add(sentence with { Verdict = "not testable", Shown = "no query tests it" });
                continue;
            }

            var answer = await queries.EvaluateAsync(view, query, cancellation);
            sentences.Add(sentence with
            {
                Verdict = answer.Truth switch { Truth.True => "supported", Truth.False => "contradicted", _ => "not testable" },
                Shown = answer.Truth == Truth.Undecided ? string.Join("; ", answer.Why) : string.Join("; ", answer.Evidence.Where(term => term.Value is not null).Take(6).Select(term => $"{term.Words}: {term.Value}")),
            });
        }

        return await SaveAsync(actor, why, cancellation, (key, found.Value.Body with { State = EditionState.Checked, Sentences = sentences, RecordedBy = Instant(recorded) }, found.Value.VersionId));
    }

    /// <summary>
    /// Publishes a checked edition: keeps its bytes, and marks the edition before it as superseded or corrected. Refused where it has not
    /// been checked, or may not be open on these terms.
    /// </summary>
    public async Task<Outcome<string>> PublishAsync(Actor actor, string key, PublishingTerms terms, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var found = await UnpublishedAsync(actor, key, cancellation);
        if (!found.Succeeded)
        {
            return Outcome.Refused<string>(found.Problems);
        }

        var edition = found.Value.Body;
        if (edition.State != EditionState.Checked)
        {
            return new Problem("Check it first: its verdicts must have been seen", Field: "state", Found: FieldWords.Words(edition.State), Accepted: "checked");
        }

        var today = time.LondonToday();
        var built = await BuildAsync(edition, cancellation);
        var problems = built.Succeeded ? await TermsAsync(edition, built.Value, terms, today, cancellation) : [.. built.Problems];
        if (string.IsNullOrWhiteSpace(why))
        {
            problems.Add(new Problem("Say why", Field: "why", Accepted: "a sentence"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var head = await audit.FindHeadAsync(cancellation);
        var report = built.Value with
        {
            Front = [.. built.Value.Front, new("Published on", Numbers.Day(today)), new("Edition", key), new("Head of the audit log", head?.ToString() ?? "none"),
                .. edition.Corrects is { } corrected ? [new ReportLine("Corrects", $"{corrected}: {edition.Correction}")] : Array.Empty<ReportLine>()],
        };
        async Task<string> KeepAsync(string format)
        {
            var file = ReportFiles.Write(report, format).Value;
            return await history.KeepAsync(file.Bytes, file.MediaType, cancellation);
        }

        var published = edition with
        {
            State = EditionState.Published, PublishedOn = today, Open = terms.Open, OpensOn = terms.OpensOn, DeferralReason = terms.DeferralReason, Withheld = report.Withheld,
            Html = await KeepAsync("html"), Docx = await KeepAsync("docx"), Json = await KeepAsync("json"), AuditHead = head?.ToString(), Product = Store.ProductVersion,
        };
        var changes = new List<(string, Edition, long)> { (key, published, found.Value.VersionId) };
        foreach (var earlier in await EditionsAsync(null, cancellation))
        {
            if (earlier.Key == edition.Corrects)
            {
                changes.Add((earlier.Key, earlier.Body with { State = EditionState.Corrected }, earlier.VersionId));
            }
            else if (edition.Corrects is null && earlier.Key != key && earlier.Body.Series == edition.Series && earlier.Body.State == EditionState.Published && earlier.Body.AsAt <= edition.AsAt)
            {
                changes.Add((earlier.Key, earlier.Body with { State = EditionState.Superseded }, earlier.VersionId));
            }
        }

        var saved = await SaveAsync(actor, why, cancellation, [.. changes]);
        return saved.Succeeded ? key : saved;
    }

    /// <summary>An edition as it is written now: of a draft for a look before it is published. Null where there is none that the reader may see.</summary>
    public Task<Outcome<ReportDocument>> BuildAsync(Edition edition, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(edition);
        var recorded = edition.RecordedBy is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : (DateTimeOffset?)null;
        return builder.BuildAsync(Anybody, edition.Series, new AsAt(edition.AsAt!.Value, edition.KnownOn!.Value, recorded), edition.Sentences, cancellation);
    }

    /// <summary>An edition as it stands today, or null.</summary>
    public Task<StoredRecord<Edition>?> FindAsync(Actor? reader, string key, CancellationToken cancellation = default) => View(reader).FindAsync<Edition>(key, cancellation);

    /// <summary>Every edition that a reader may see, latest first.</summary>
    public async Task<IReadOnlyList<StoredRecord<Edition>>> EditionsAsync(Actor? reader, CancellationToken cancellation = default) =>
        [.. (await View(reader).ListAsync<Edition>(cancellation)).OrderByDescending(one => one.Body.AsAt).ThenByDescending(one => one.Body.PublishedOn).ThenByDescending(one => one.Key, StringComparer.Ordinal)];

    /// <summary>The published editions that open without an account today, latest first.</summary>
    public async Task<IReadOnlyList<StoredRecord<Edition>>> OpenAsync(CancellationToken cancellation = default) =>
        [.. (await EditionsAsync(Anybody, cancellation)).Where(one => IsOpen(one.Body, time.LondonToday()))];

    /// <summary>Whether an edition opens without an account on a day.</summary>
    public static bool IsOpen(Edition edition, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(edition);
        return edition.Open && IsPublished(edition) && !(edition.OpensOn > today);
    }

    /// <summary>Whether its bytes are kept.</summary>
    public static bool IsPublished(Edition edition)
    {
        ArgumentNullException.ThrowIfNull(edition);
        return edition.State is EditionState.Published or EditionState.Superseded or EditionState.Corrected;
    }

    /// <summary>The bytes published, in a format; CSV is written from the data published. Null where there are none that the reader (null: anybody) may have today.</summary>
    public async Task<Outcome<ReportFile>?> FindFileAsync(Actor? reader, string key, string format, string? table = null, CancellationToken cancellation = default)
    {
        if (await FindAsync(reader ?? Anybody, key, cancellation) is not { } edition || !IsPublished(edition.Body) || (reader is null && !IsOpen(edition.Body, time.LondonToday())))
        {
            return null;
        }

        var hash = format switch { "html" => edition.Body.Html, "docx" => edition.Body.Docx, "json" or "csv" => edition.Body.Json, _ => null };
        if (hash is null || await history.FindContentAsync(hash, cancellation) is not { } bytes)
        {
            return null;
        }

        var report = ReportFiles.Read(await history.FindContentAsync(edition.Body.Json!, cancellation) ?? throw new InvalidOperationException($"The data of {key} is not kept."));
        if (format == "csv")
        {
            return ReportFiles.Write(report, format, table);
        }

        return new ReportFile($"{key}.{format}", ReportFiles.MediaType(format), bytes);
    }

    /// <summary>What a later published edition says otherwise than an earlier one; null where either is none that the reader (null: anybody) may have.</summary>
    public async Task<IReadOnlyList<ReportChange>?> ChangesAsync(Actor? reader, string earlier, string later, CancellationToken cancellation = default) =>
        await FindFileAsync(reader, earlier, "json", cancellation: cancellation) is { Succeeded: true } before && await FindFileAsync(reader, later, "json", cancellation: cancellation) is { Succeeded: true } after
            ? ReportChanges.Between(ReportFiles.Read(before.Value.Bytes), ReportFiles.Read(after.Value.Bytes))
            : null;

    private async Task<List<Problem>> TermsAsync(Edition edition, ReportDocument report, PublishingTerms terms, DateOnly today, CancellationToken cancellation)
    {
        var problems = new List<Problem>();
        if (edition.Corrects is not null && string.IsNullOrWhiteSpace(edition.Correction))
        {
            problems.Add(new Problem("Say what was wrong", Field: "correction", Accepted: "a sentence, shown with both editions"));
        }

        if (terms.OpensOn > today && string.IsNullOrWhiteSpace(terms.DeferralReason))
        {
            problems.Add(new Problem("Say why it is deferred", Field: "deferralReason", Accepted: "a sentence; deferral is kept as short as is necessary"));
        }

        if (!terms.Open)
        {
            return problems;
        }

        if (report.Marking != "OFFICIAL")
        {
            problems.Add(new Problem("It holds records marked as sensitive, so it may not open without an account", Field: "open", Found: report.Marking, Accepted: "OFFICIAL"));
        }

        if (report.About is { } about && await records.View(null, time.Now()).FindAsync(about, cancellation) is StoredRecord<Decision> decision)
        {
            var state = decision.Body.Publication?.State ?? PublicationState.NotPublished;
            if (decision.Body.State != DecisionState.Taken || state is PublicationState.NotPublished or PublicationState.Exempt)
            {
                problems.Add(new Problem("Only a Part 1 whose decision is taken and that is to be published opens without an account", Field: "open", Found: $"{FieldWords.Words(decision.Body.State)}, {FieldWords.Words(state)}", Accepted: "taken, and published on approval or deferred to a date"));
            }
            else if (state == PublicationState.Deferred && decision.Body.Publication!.DeferredUntil is { } until && (terms.OpensOn ?? today) < until)
            {
                problems.Add(new Problem("The decision's own publication is deferred", Field: "opensOn", Found: terms.OpensOn is { } on ? Numbers.Day(on) : "at once", Accepted: $"{Numbers.Day(until)} or later"));
            }
        }

        return problems;
    }

    private async Task<Outcome<StoredRecord<Edition>>> UnpublishedAsync(Actor actor, string key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await FindAsync(actor, key, cancellation) is not { } found ? new Problem("There is no such edition", Field: "edition", Found: key)
            : IsPublished(found.Body) ? new Problem("What is published is not changed; correct it with a new edition", Field: "state", Found: FieldWords.Words(found.Body.State), Accepted: "draft or checked")
            : found;
    }

    private async Task<Outcome<string>> SaveAsync(Actor actor, string why, CancellationToken cancellation, params (string Key, Edition Body, long Expected)[] editions)
    {
        var saved = await records.SaveAsync(actor, [.. editions.Select(one => new RecordChange("edition", one.Key, one.Body, Expected: one.Expected) { Step = Step })], why, cancellation);
        return saved.Succeeded ? saved.Value[0] : Outcome.Refused<string>(saved.Problems);
    }

    private async Task<HashSet<string>> TakenAsync(CancellationToken cancellation) => [.. await history.ListKeysAsync("edition", cancellation: cancellation)];

    private RecordView View(Actor? reader) => records.View(reader, time.Now());

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
