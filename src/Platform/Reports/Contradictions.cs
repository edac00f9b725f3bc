using System.Globalization;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>One of the two that contradict, as it is stated.</summary>
/// <param name="Reference">"kind:key" of the record.</param>
/// <param name="Says">What it says, in our own words.</param>
/// <param name="Where">Where the source says so: document, section, lines.</param>
/// <param name="Sources">The same as locators.</param>
public sealed record ContradictionSide(string Reference, string Says, IReadOnlyList<string> Where, IReadOnlyList<Locator> Sources);

/// <summary>Something stated that contradicts itself, another statement, or what is recorded. Both are kept as stated.</summary>
/// <param name="Id">Made of what contradicts; the same on any store.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Category">"one source, twice", "two sources", "against the data", "sum against total", "date against rating", "plan against promise", "one name, two units", "before and after", "plan against embargo".</param>
/// <param name="Computed">Whether the product found it; else somebody recorded that the two contradict.</param>
/// <param name="First">One of them.</param>
/// <param name="Second">The other.</param>
public sealed record Contradiction(string Id, string Title, string Category, bool Computed, ContradictionSide First, ContradictionSide Second);

/// <summary>What contradicts, as at dates.</summary>
public sealed record ContradictionList(DateOnly Effective, DateOnly Known, string Headline, IReadOnlyList<Contradiction> Contradictions);

/// <summary>
/// Lists what contradicts as known at a date: statements that name what says otherwise, statements that the data does not bear out, and
/// what the product computes from sums, dates, plans and names.
/// </summary>
public sealed class ContradictionFinder(IQueries queries, RollOutPlanner planner)
{
    /// <summary>What contradicts, as far as the view's reader may see both, in ordinal order of id.</summary>
    public async Task<ContradictionList> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var found = new List<Contradiction>();
        var sides = await Sides.OpenAsync(view, cancellation);
        await StatedAsync(view, sides, found, cancellation);
        await SumsAsync(view, sides, found, cancellation);
        await MilestonesAsync(view, sides, found, cancellation);
        await RollOutAsync(view, sides, found, cancellation);
        await RecoveryAsync(view, sides, found, cancellation);
        await CasesAsync(view, sides, found, cancellation);
        await DeliverablesAsync(view, sides, found, cancellation);
        foreach (var breach in (await Embargoes.BreachesAsync(view, cancellation)).Where(breach => breach.Certain))
        {
            found.Add(Computed("embargo", breach.Held.Body.Title, "plan against embargo", sides.Of(breach.Held, $"{breach.Held.Body.Title}: {breach.Date.Text}"), sides.Of(breach.Embargo, breach.Words)));
        }

        var distinct = found.GroupBy(one => one.Id, StringComparer.Ordinal).Select(group => group.First()).OrderBy(one => one.Id, StringComparer.Ordinal).ToList();
        return new ContradictionList(view.At.Effective, view.At.Known, Headline(distinct), distinct);
    }

    private static string Headline(List<Contradiction> all) => all.Count == 0
        ? "Nothing that is known contradicts itself, another statement, or the data"
        : $"{Numbers.Counted(all.Count, "contradiction", "contradictions", capital: true)}: {Numbers.InWords(all.Count(one => !one.Computed))} recorded as stated, {Numbers.InWords(all.Count(one => one.Computed))} computed";

    private async Task StatedAsync(RecordView view, Sides sides, List<Contradiction> found, CancellationToken cancellation)
    {
        foreach (var statement in await view.ListAsync<Statement>(cancellation))
        {
            var answer = string.IsNullOrWhiteSpace(statement.Body.Query) ? null : await queries.EvaluateAsync(view, statement.Body.Query, cancellation);
            var evidence = answer?.Evidence.Where(term => term is { Value: not null, Reference: not null }).ToLookup(term => term.Reference!, Words, StringComparer.Ordinal);
            var first = sides.Of(statement, statement.Body.Says);
            var others = new List<StoredRecord>();
            foreach (var reference in statement.Body.Contradicts)
            {
                if (await view.FindAsync(reference, cancellation) is { } other)
                {
                    others.Add(other);
                }
            }

            // One line a pair of documents: two months of one table are one contradiction.
            foreach (var group in others.GroupBy(other => Sides.Documents(other), StringComparer.Ordinal))
            {
                var says = string.Join("; ", group.Select(other => evidence?[other.Reference].FirstOrDefault() ?? Sides.Says(other)));
                var category = group.All(other => other.Body is Observation) ? "against the data" : group.Any(other => Sides.SameDocument(statement, other)) ? "one source, twice" : "two sources";
                found.Add(new Contradiction(Id(statement.Reference, group.First().Reference), statement.Body.Title, category, false, first, sides.Of(group.First(), says, group.SelectMany(other => other.Body.Sources).ToList())));
            }

            // What is intended is not contradicted by not being there yet.
            if (others.Count == 0 && answer is { Truth: Truth.False } && statement.Body.Category != StatementCategory.Intention)
            {
                var terms = answer.Evidence.Where(term => term.Value is not null).ToList();
                var reference = terms.Select(term => term.Reference).OfType<string>().FirstOrDefault() ?? statement.Reference;
                found.Add(new Contradiction(
                    Id(statement.Reference, "data"), statement.Body.Title, "against the data", true, first,
                    sides.Of(reference, string.Join("; ", terms.Take(6).Select(Words)), terms.SelectMany(term => term.Sources).Distinct().ToList())));
            }
        }
    }

    private static string Words(QueryTerm term) => term.Term == term.Reference ? term.Value! : $"{term.Words}: {term.Value}";

    private static async Task SumsAsync(RecordView view, Sides sides, List<Contradiction> found, CancellationToken cancellation)
    {
        foreach (var funding in await view.ListAsync<Funding>(cancellation))
        {
            var ledger = FundingLedger.Of(funding.Body);
            foreach (var (name, difference, amount) in new[] { ("stated as the total", ledger.StatedDifference, funding.Body.StatedTotal), ("approved", ledger.ApprovedDifference, funding.Body.Approved) })
            {
                if (difference is { } off && off != 0)
                {
                    found.Add(Computed(
                        "sum-" + RecordKeys.FromTitle(name, "total"), $"{funding.Body.Title}: lines and sum {name}", "sum against total",
                        sides.Of(funding, $"The lines come to {FieldWords.Number(ledger.Sum, "£")}"), sides.Of(funding, $"{FieldWords.Number(amount!.Value, "£")} {name}, {FieldWords.Number(Math.Abs(off), "£")} {(off > 0 ? "more" : "less")}")));
                }
            }
        }
    }

    private static async Task MilestonesAsync(RecordView view, Sides sides, List<Contradiction> found, CancellationToken cancellation)
    {
        var scales = (await view.ListAsync<RatingScale>(cancellation)).ToDictionary(scale => scale.Key, scale => scale.Body, StringComparer.Ordinal);
        // What was said once stays said, also where the milestone was reported on since.
        var kind = view.Catalogue.Get<Milestone>();
        var known = (await view.ListKnownAsync(kind, cancellation)).Select(version => version.VersionId).ToList();
        var versions = (await view.VersionsAsync(kind, known, cancellation)).OfType<StoredRecord<Milestone>>()
            .Where(version => version.Stated is not null && version.Effective.From <= view.At.Effective && Handlings.MayRead(view.Reader, version.Body.Handling)).OrderBy(version => version.Known).ThenBy(version => version.VersionId);
        var told = new HashSet<(string, string?, string?)>();
        foreach (var milestone in versions)
        {
            if (milestone.Body is { Published: { Rating: { } rating, Scale: { } scale }, Actual: null, Forecasts: [.., { Date: { } date }] } && date.Last < milestone.Known
                && scales.GetValueOrDefault(scale)?.Words.FirstOrDefault(word => word.Word == rating)?.Place == 1 && told.Add((milestone.Key, date.Text, rating)))
            {
                found.Add(Computed(
                    "passed", $"{milestone.Body.Title}: on track after its date", "date against rating", sides.Of(milestone, $"Forecast for {date.Text}, and not reported as done"),
                    sides.Of(milestone, $"Rated {rating} on {Numbers.Day(milestone.Known)}{(milestone.Body.Published.Reason is { } reason ? $": {reason}" : "")}")));
            }
        }
    }

    private async Task RollOutAsync(RecordView view, Sides sides, List<Contradiction> found, CancellationToken cancellation)
    {
        var plan = await planner.PlanAsync(view, cancellation: cancellation);
        foreach (var wave in plan.Waves.Where(wave => wave.IsBound && wave.Kept == Truth.False))
        {
            found.Add(Computed(
                "notice", $"{wave.Wave.Body.Title}: less notice than was promised", "plan against promise", sides.Of(wave.Wave, $"Goes live in {wave.GoesLive!.Text}: {wave.Notice} from {wave.CountedFrom!.Text}"),
                sides.Of(wave.Terms!, $"{Numbers.InWords(wave.Terms!.Body.EngagementMonths)} months of engagement and {Numbers.InWords(wave.Terms.Body.PreparationMonths)} of preparation come first")));
        }

        foreach (var series in plan.Waves.GroupBy(wave => wave.Wave.Body.Series, StringComparer.Ordinal))
        {
            var units = series.SelectMany(wave => wave.Wave.Body.Units.Select(unit => (wave.Wave, Unit: unit))).ToList();
            foreach (var same in units.GroupBy(one => Plain(one.Unit.Name), StringComparer.Ordinal).Where(group => group.Select(one => one.Unit.Code).Distinct(StringComparer.Ordinal).Count() > 1))
            {
                var (one, other) = (same.First(), same.Last());
                string Words((StoredRecord<Wave> Wave, WaveUnit Unit) of) => $"{of.Unit.Name} is {of.Unit.Code} of {of.Wave.Body.GoesLive?.Text ?? of.Wave.Body.Title}, {Numbers.Counted(of.Unit.Boroughs.Count, "borough", "boroughs")}";
                found.Add(Computed($"name-{RecordKeys.FromTitle(same.Key, "unit")}", $"Two command units called {one.Unit.Name}{(one.Unit.Name == other.Unit.Name ? "" : $" and {other.Unit.Name}")}", "one name, two units", sides.Of(one.Wave, Words(one)), sides.Of(other.Wave, Words(other))));
            }
        }
    }

    // "South Area" names a place no better than "South" does.
    private static string Plain(string name) => name.Replace(" Area", "", StringComparison.OrdinalIgnoreCase).Trim().ToUpperInvariant();

    private static async Task RecoveryAsync(RecordView view, Sides sides, List<Contradiction> found, CancellationToken cancellation)
    {
        var pilots = (await view.ListAsync<Pilot>(cancellation)).ToDictionary(pilot => pilot.Key, StringComparer.Ordinal);
        var observed = (await ObservedValues.ListAsync(view, cancellation)).Where(one => one.Body is { Value: not null, Period: not null }).ToLookup(one => (one.Body.Measure, one.Body.Area));
        foreach (var plan in await view.ListAsync<RecoveryPlan>(cancellation))
        {
            if (plan.Body is not { Starts: { } starts, Measure: { } measure, Pilot: { } pilot } || !pilots.TryGetValue(pilot, out var test))
            {
                continue;
            }

            var before = observed[(measure, test.Body.Unit)].Where(one => one.Body.Period!.Last < starts.First).OrderBy(one => one.Body.Period!.First).TakeLast(2).ToList();
            var up = await view.FindAsync<Measure>(measure, cancellation) is { Body.Direction: MeasureDirection.Down } ? -1 : 1;
            if (before is [var earlier, var later] && (later.Body.Value - earlier.Body.Value) * up > 0)
            {
                found.Add(Computed(
                    "recovered-before", $"{plan.Body.Title}: better before it began", "before and after", sides.Of(plan, $"Begins on {starts.Text}"),
                    sides.Of(later, $"{earlier.Body.Period!.Text} {FieldWords.Number(earlier.Body.Value!.Value, "%")}, {later.Body.Period!.Text} {FieldWords.Number(later.Body.Value!.Value, "%")}, before it began")));
            }
        }
    }

    private static async Task CasesAsync(RecordView view, Sides sides, List<Contradiction> found, CancellationToken cancellation)
    {
        foreach (var one in await view.ListAsync<BusinessCase>(cancellation))
        {
            foreach (var stage in one.Body.Passages.GroupBy(passage => passage.Stage))
            {
                if (stage.FirstOrDefault(passage => passage.Actual is not null) is { } made && stage.FirstOrDefault(passage => passage.Planned is { } planned && planned.First > made.Actual!.Last) is { } again)
                {
                    var name = stage.Key.ToString().ToUpperInvariant();
                    found.Add(Computed($"stage-{name.ToLowerInvariant()}", $"{one.Body.Title}: {name} submitted and yet to come", "before and after", sides.Of(one, $"{name} in {made.Actual!.Text}: {made.Outcome}"), sides.Of(one, $"{name} expected in {again.Planned!.Text}: {again.Outcome}")));
                }
            }
        }
    }

    private static async Task DeliverablesAsync(RecordView view, Sides sides, List<Contradiction> found, CancellationToken cancellation)
    {
        var dated = (await view.ListAsync<Document>(cancellation)).Where(document => document.Body.Dated is not null).ToDictionary(document => document.Key, document => document.Body.Dated!, StringComparer.Ordinal);
        foreach (var report in await view.ListAsync<ProgressReport>(cancellation))
        {
            var written = report.Body.Sources.Select(source => dated.GetValueOrDefault(source.Document)).OfType<PartialDate>().MinBy(date => date.First);
            foreach (var (next, i) in report.Body.Next.Select((next, i) => (next, i)))
            {
                if (written is not null && next.When is { } when && when.Last < written.First)
                {
                    found.Add(Computed($"past-{i.ToString(CultureInfo.InvariantCulture)}", $"{report.Body.Title}: what is to come is past", "before and after", sides.Of(report, $"To be done in the next period: {next.What}, {when.Text}"), sides.Of(report, $"Written on {written.Text}")));
                }
            }
        }
    }

    private static Contradiction Computed(string what, string title, string category, ContradictionSide first, ContradictionSide second) =>
        new($"{what}|{Id(first.Reference, second.Reference)}", title, category, true, first, second);

    private static string Id(string one, string other) => string.CompareOrdinal(one, other) <= 0 ? $"{one}|{other}" : $"{other}|{one}";

    /// <summary>Writes sides with their locators in words.</summary>
    private sealed class Sides(Dictionary<string, string> documents)
    {
        public static async Task<Sides> OpenAsync(RecordView view, CancellationToken cancellation) =>
            new((await view.ListAsync<Document>(cancellation)).ToDictionary(document => document.Key, document => document.Body.Title, StringComparer.Ordinal));

        public ContradictionSide Of(StoredRecord record, string says, IReadOnlyList<Locator>? sources = null) => Of(record.Reference, says, sources ?? record.Body.Sources);

        public ContradictionSide Of(string reference, string says, IReadOnlyList<Locator> sources) => new(reference, says, sources.GroupBy(source => source.Document, StringComparer.Ordinal).Select(Where).ToList(), sources);

        public static string Documents(StoredRecord record) => string.Join(' ', record.Body.Sources.Select(source => source.Document).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

        public static bool SameDocument(StoredRecord one, StoredRecord other) => one.Body.Sources.Select(source => source.Document).Intersect(other.Body.Sources.Select(source => source.Document), StringComparer.Ordinal).Any();

        public static string Says(StoredRecord record) => record.Body switch
        {
            Statement statement => statement.Says,
            Observation { Value: { } value } observation => $"{observation.Title}: {value.ToString(CultureInfo.InvariantCulture)}",
            Milestone milestone => $"{milestone.Title}: {string.Join(", ", new[] { milestone.Baselines is [.., var baseline] ? $"baseline {baseline.Date?.Text}" : null, milestone.Forecasts is [.., var forecast] ? $"forecast {forecast.Date?.Text}" : null }.Where(part => part is not null))}",
            Decision { DecidedOn: { } on } decision => $"{decision.Title}: {on.Text}",
            Pilot { Live: { } live } pilot => $"{pilot.Title}: fully live {live.Text}",
            Tranche tranche => $"{tranche.Title}: {tranche.Starts?.Text} to {tranche.Ends?.Text}",
            Funding funding => $"{funding.Title}: {string.Join(", ", new[] { funding.Fund, funding.StatedTotal is { } total ? $"total {FieldWords.Number(total, "£")}" : null, funding.Approved is { } approved ? $"approved {FieldWords.Number(approved, "£")}" : null }.OfType<string>())}",
            ImpactAssessment { Finding: { } finding } => finding,
            Programme.Commitments.Commitment commitment => commitment.Promise,
            var body => body.Summary is { Length: > 0 } summary ? $"{body.Title}: {summary}" : body.Title,
        };

        private static int FirstLine(string? lines) => int.TryParse(lines?.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : int.MaxValue;

        /// <summary>The places in one document: with its section where there is one alone.</summary>
        private string Where(IGrouping<string, Locator> places)
        {
            static List<string> Of(IEnumerable<string?> words) => words.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            var (sections, paragraphs, lines) = (Of(places.Select(place => place.Section)), Of(places.Select(place => place.Paragraph)), Of(places.Select(place => place.Lines).OrderBy(FirstLine)));
            return string.Join(", ", new[]
            {
                documents.GetValueOrDefault(places.Key, places.Key), sections is [var section] ? section : null, sections.Count == 1 && paragraphs is [var paragraph] ? paragraph : null,
                lines.Count == 0 ? null : $"line{(lines is [var line] && !line.Contains('-', StringComparison.Ordinal) ? "" : "s")} {string.Join(", ", lines)}",
            }.OfType<string>());
        }
    }
}
