using System.Globalization;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>Looks at a set of edits as a whole: everything that is wrong with it, or the versions that it comes to.</summary>
internal sealed class RecordPlanner(IHistory history, RecordCatalogue catalogue, IForces forces, IEnumerable<IQueryGrammar> grammars, TimeProvider time)
{
    /// <summary>Plans edits of a person; of the product itself, which may do everything, when <paramref name="actor"/> is null.</summary>
    /// <param name="isCopy">
    /// Whether the edits are versions copied from elsewhere, so that one that the store has is skipped wherever it stands; else one that
    /// would change nothing is.
    /// </param>
    public async Task<RecordPlan> PlanAsync(Actor? actor, IReadOnlyList<RecordEdit> edits, bool isCopy, CancellationToken cancellation)
    {
        var plan = new Planning(catalogue, actor, time.LondonToday(), isCopy);
        var areas = await AreasAsync(cancellation);
        var grammar = grammars.FirstOrDefault();
        foreach (var edit in edits)
        {
            plan.Look(edit, areas, grammar);
        }

        await NameAsync(plan, cancellation);
        await LoadAsync(plan, plan.Entries.Where(entry => entry.Kind is not null && entry.Key.Length > 0).Select(entry => (entry.Kind!, entry.Key)), cancellation);
        if (plan.Entries.Any(entry => entry.IsNew && plan.Timelines[(entry.Kind!, entry.Key)].Newest > 0))
        {
            // Somebody took a key between the look for a free one and the look at its versions.
            return await PlanAsync(actor, edits, isCopy, cancellation);
        }

        plan.Weigh();
        await LoadAsync(plan, plan.References.Select(reference => (Kind: catalogue.Find(reference.Reference.Kind), reference.Reference.Key))
            .Where(target => target.Kind is not null && RecordKeys.IsKey(target.Key)).Select(target => (target.Kind!, target.Key)), cancellation);
        plan.Follow();
        return plan.Finish();
    }

    private async Task<IReadOnlySet<string>?> AreasAsync(CancellationToken cancellation)
    {
        if (await forces.FindCurrentAsync(cancellation) is not { } pack)
        {
            return null;
        }

        return ForceAreas.Of(pack).Codes.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Gives every new record a key of its own, made from its title.</summary>
    private async Task NameAsync(Planning plan, CancellationToken cancellation)
    {
        var given = plan.Entries.Where(entry => entry.Kind is not null && entry.Key.Length > 0).Select(entry => (entry.Kind!, entry.Key)).ToHashSet();
        var taken = new Dictionary<(RecordKind, string), HashSet<string>>();
        foreach (var entry in plan.Entries.Where(entry => entry is { Kind: not null, Edit: { Key: null, Body: not null } }))
        {
            var stem = RecordKeys.FromTitle(entry.Edit.Body!.Title, entry.Kind!.Name);
            if (!taken.TryGetValue((entry.Kind, stem), out var keys))
            {
                taken[(entry.Kind, stem)] = keys = (await history.ListKeysAsync(entry.Kind.Name, stem, cancellation)).ToHashSet(StringComparer.Ordinal);
            }

            entry.Key = RecordKeys.FirstFree(stem, key => keys.Contains(key) || given.Contains((entry.Kind, key)));
            entry.IsNew = true;
            given.Add((entry.Kind, entry.Key));
        }
    }

    private async Task LoadAsync(Planning plan, IEnumerable<(RecordKind Kind, string Key)> records, CancellationToken cancellation)
    {
        foreach (var group in records.Where(record => !plan.Timelines.ContainsKey(record)).Distinct().GroupBy(record => record.Kind).ToList())
        {
            foreach (var (kind, key) in group)
            {
                plan.Timelines.Add((kind, key), new RecordTimeline(kind));
            }

            foreach (var stored in await group.Key.VersionsAsync(history, group.Select(record => record.Key).ToList(), cancellation))
            {
                plan.Timelines[(group.Key, stored.Key)].AddStored(stored);
            }
        }
    }

    private sealed class Entry(RecordEdit edit, RecordKind? kind)
    {
        public RecordEdit Edit => edit;

        public RecordKind? Kind => kind;

        public string Key { get; set; } = edit.Key ?? "";

        /// <summary>Whether its key was made here, for a record that nobody has.</summary>
        public bool IsNew { get; set; }

        /// <summary>Whether it cannot be made for what it says itself.</summary>
        public bool IsRefused { get; set; }
    }

    /// <summary>One look at a set of edits, step by step.</summary>
    private sealed class Planning(RecordCatalogue catalogue, Actor? actor, DateOnly today, bool isCopy)
    {
        private readonly List<Problem> _problems = [];
        private readonly List<PlannedVersion> _versions = [];

        public List<Entry> Entries { get; } = [];

        public List<(Entry Entry, RecordReference Reference)> References { get; } = [];

        public Dictionary<(RecordKind Kind, string Key), RecordTimeline> Timelines { get; } = [];

        /// <summary>What an edit must meet by itself.</summary>
        public void Look(RecordEdit edit, IReadOnlySet<string>? areas, IQueryGrammar? grammar)
        {
            var entry = new Entry(edit, catalogue.Find(edit.Kind));
            Entries.Add(entry);
            if (string.IsNullOrWhiteSpace(edit.Why))
            {
                Refuse(entry, new Problem("Say why", Field: "why", Accepted: "a sentence"));
            }

            if (entry.Kind is not { } kind)
            {
                Refuse(entry, new Problem("There is no such kind of record", Field: "kind", Found: edit.Kind, Accepted: string.Join(", ", catalogue.Kinds.Select(k => k.Name))));
                return;
            }

            if (edit.Step is null && actor?.May(kind.Change) == false)
            {
                Refuse(entry, new Problem($"You may not change {kind.Many}", Field: "kind", Found: kind.Name));
            }

            if (edit.Key is { } key ? !RecordKeys.IsKey(key) : edit.Body is null)
            {
                Refuse(entry, new Problem("This cannot be a key", Field: "key", Found: edit.Key, Accepted: RecordKeys.Accepted));
                entry.Key = "";
            }

            Dates(entry);
            if (edit.Body is null)
            {
                return;
            }

            var references = new List<RecordReference>();
            foreach (var problem in RecordChecks.Of(kind, edit.Body, areas, grammar, references))
            {
                Refuse(entry, problem);
            }

            // A copy made for somebody else has marks where that reader could not follow.
            References.AddRange(references.Where(reference => !isCopy || !WithheldReferences.IsMark(reference.Text)).Select(reference => (entry, reference)));
        }

        /// <summary>What an edit means beside the versions that are there: who may make it, whether somebody was quicker, whether it changes anything.</summary>
        public void Weigh()
        {
            var stated = Stated();
            foreach (var entry in Entries.Where(entry => entry.Kind is not null && entry.Key.Length > 0))
            {
                var (edit, timeline) = (entry.Edit, Timelines[(entry.Kind!, entry.Key)]);
                var (from, known) = (First(entry), edit.Known ?? today);
                if ((timeline.Handling is { } handling && !Handlings.MayRead(actor, handling)) || (edit.Body is null && !timeline.Exists && !stated.Contains((entry.Kind!, entry.Key))))
                {
                    Refuse(entry, new Problem($"There is no such {entry.Kind!.One}", Field: "key", Found: entry.Key, Accepted: "the key of one that you may read"));
                    continue;
                }

                if (edit.Expected is { } expected && Conflict(timeline, expected, from, edit.Until, known, entry.Kind!) is { } conflict)
                {
                    Refuse(entry, conflict);
                }

                if (entry.IsRefused || ChangesNothing(timeline, edit, from, known))
                {
                    continue;
                }

                foreach (var problem in entry.Kind!.Guard(timeline.Said, edit.Body))
                {
                    Refuse(entry, problem);
                }

                if (entry.IsRefused)
                {
                    continue;
                }

                var version = new PlannedVersion(entry.Kind!, entry.Key, edit.Body, from, edit.Until, known, edit.Why.Trim());
                timeline.Add(version);
                _versions.Add(version);
            }
        }

        /// <summary>Whether every reference leads to a record of the store, or of this set, that the person may read.</summary>
        public void Follow()
        {
            var stated = Stated();
            foreach (var (entry, reference) in References)
            {
                if (catalogue.Find(reference.Kind) is not { } kind)
                {
                    Refuse(entry, new Problem("This names no kind of record", Field: reference.Path, Found: reference.Text, Accepted: "kind:key, where kind is one of " + string.Join(", ", catalogue.Kinds.Select(k => k.Name))));
                    continue;
                }

                var leads = stated.Contains((kind, reference.Key)) || (Timelines.TryGetValue((kind, reference.Key), out var target)
                    && target.Handling is { } handling && (Handlings.MayRead(actor, handling) || StoodThere(entry, reference)));
                if (!leads)
                {
                    Refuse(entry, new Problem($"There is no such {kind.One}", Field: reference.Path, Found: reference.Text, Accepted: $"the key of a {kind.One} in the store or in the same set of changes"));
                }
            }
        }

        public RecordPlan Finish() => new(
            _problems, Entries.ConvertAll(entry => entry.Key), _versions,
            _versions.Select(version => (version.Kind, version.Key)).Distinct().ToDictionary(record => record, record => Timelines[record].Newest));

        /// <summary>The records of which this set says something.</summary>
        private HashSet<(RecordKind Kind, string Key)> Stated() =>
            Entries.Where(entry => entry is { Kind: not null, Edit.Body: not null }).Select(entry => (entry.Kind!, entry.Key)).ToHashSet();

        /// <summary>Who may not read what a record leads to can still change the rest of it.</summary>
        private bool StoodThere(Entry entry, RecordReference reference) =>
            Timelines.TryGetValue((entry.Kind!, entry.Key), out var own) && own.Stated.Any(body =>
                Handlings.MayRead(actor, body.Handling)
                && RecordChecks.ReferencesOf(entry.Kind!, body).Any(before => before.Kind == reference.Kind && before.Key == reference.Key));

        private void Dates(Entry entry)
        {
            var (from, known) = (First(entry), entry.Edit.Known ?? today);
            if (entry.Edit.Until is { } until && until <= from)
            {
                Refuse(entry, new Problem("It would end before it begins", Field: "until", Found: Day(until), Accepted: "a day after " + Day(from)));
            }

            if (known > today)
            {
                Refuse(entry, new Problem("Nothing can be known before its day has come", Field: "known", Found: Day(known), Accepted: "a day up to " + Day(today)));
            }
        }

        // What states itself since when it holds is held from the first day that this can mean.
        private DateOnly First(Entry entry) => entry.Edit.From
            ?? (entry is { Kind: { } kind, Edit.Body: { } body } ? StatedDays.Of(kind, body)?.First?.First : null) ?? today;

        private bool ChangesNothing(RecordTimeline timeline, RecordEdit edit, DateOnly from, DateOnly known)
        {
            if (isCopy)
            {
                return timeline.TakeSame(edit.Body, from, edit.Until, known) || timeline.IsLast(edit.Body, from, edit.Until, known);
            }

            return known < today
                ? timeline.IsLast(edit.Body, from, edit.Until, known)
                : timeline.SaysAlready(edit.Body, from, edit.Until, known);
        }

        private static Problem? Conflict(RecordTimeline timeline, long expected, DateOnly from, DateOnly? until, DateOnly known, RecordKind kind)
        {
            var found = expected.ToString(CultureInfo.InvariantCulture);
            if (expected == 0 && timeline.Newest > 0)
            {
                return new Problem($"There is a {kind.One} with this key already", Field: "version", Found: found, Accepted: timeline.Newest.ToString(CultureInfo.InvariantCulture) + ", or another key");
            }

            if (expected != 0 && timeline.Newest > 0 && !timeline.Has(expected))
            {
                return new Problem($"This {kind.One} never had that version", Field: "version", Found: found, Accepted: timeline.Newest.ToString(CultureInfo.InvariantCulture) + ", the newest");
            }

            if (timeline.SavedSince(expected, from, until, known) is { } newer)
            {
                return new Problem(
                    $"Somebody saved this {kind.One} in the meantime ({newer.Account}: {newer.Why})", Field: "version",
                    Found: found, Accepted: newer.VersionId.ToString(CultureInfo.InvariantCulture));
            }

            return expected != 0 && timeline.Newest == 0
                ? new Problem($"There is no such {kind.One}", Field: "version", Found: found, Accepted: "0 for a new one")
                : null;
        }

        private void Refuse(Entry entry, Problem problem)
        {
            entry.IsRefused = true;
            _problems.Add(problem with { File = entry.Edit.File, Row = entry.Edit.Row });
        }

        private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
