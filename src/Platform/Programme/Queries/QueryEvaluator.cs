using System.Globalization;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>
/// Evaluates one query over a view. <paramref name="all"/> is the same dates without a reader: it is asked only whether something that
/// the reader does not find is withheld, and for the ground; never for a value. Without <paramref name="names"/> neither evidence nor reasons are
/// gathered in words.
/// </summary>
internal sealed class QueryEvaluator(RecordView view, RecordView all, QueryNames? names, CancellationToken cancellation)
{
    private readonly List<QueryTerm> _evidence = [];
    private int _muted;

    /// <summary>The record or row that fields without a record's name belong to, within the one around it.</summary>
    private sealed record Scope(object Holder, IReadOnlyList<RecordField> Fields, StoredRecord Record, string Prefix, string Words, Scope? Outer);

    private sealed record Member(Scope Scope, Truth Belongs, IReadOnlyList<string> Why);

    /// <summary>What a function goes over; where the record that holds the list is missing, there are reasons and nothing else.</summary>
    private sealed record Source(string Name, IReadOnlyList<Member> Members, int Withheld, IReadOnlyList<string> Why, bool Missing = false)
    {
        /// <summary>Why it is not known which there are.</summary>
        public IReadOnlyList<string> Doubts => [.. Why, .. Members.Where(m => m.Belongs == Truth.Undecided).SelectMany(m => m.Why)];
    }

    public async Task<QueryAnswer> EvaluateAsync(QueryNode query)
    {
        var value = await ValueAsync(query, null);
        if (value is NumberValue or DateValue or TextValue)
        {
            return new QueryAnswer(Truth.Undecided, value.Words, ["The query gives a value and says nothing that is true or false"], _evidence);
        }

        var truth = AsTruth(value);
        return new QueryAnswer(truth.Truth, null, truth.Truth == Truth.Undecided ? [.. truth.Why.Distinct(StringComparer.Ordinal)] : [], _evidence);
    }

    private async Task<QueryValue> ValueAsync(QueryNode node, Scope? scope)
    {
        switch (node)
        {
            case NumberLiteral number:
                return Number(number);
            case DateLiteral date:
                return new DateValue(date.First, date.Last, IsPeriod: true);
            case TextLiteral text:
                return new TextValue(text.Value);
            case TruthLiteral truth:
                return TruthValue.Of(truth.Value);
            case Joined joined:
                var left = AsTruth(await ValueAsync(joined.Left, scope));
                var right = AsTruth(await ValueAsync(joined.Right, scope));
                var both = joined.Both ? Truths.And(left.Truth, right.Truth) : Truths.Or(left.Truth, right.Truth);
                return new TruthValue(both, both == Truth.Undecided ? [.. left.Why, .. right.Why] : []);
            case Negated negated:
                var denied = AsTruth(await ValueAsync(negated.Of, scope));
                return denied with { Truth = Truths.Not(denied.Truth) };
            case Compared compared:
                return QueryArithmetic.Compare(compared.Operator, await ValueAsync(compared.Left, scope), await ValueAsync(compared.Right, scope));
            case Computed computed:
                return QueryArithmetic.Compute(computed.Operator, await ValueAsync(computed.Left, scope), await ValueAsync(computed.Right, scope));
            case FieldNode field:
                return await FieldAsync(field, scope);
            case ObservationNode observation:
                return await ObservationAsync(observation, scope);
            case FirstNode first:
                return await FirstAsync(first);
            case CallNode call:
                return await CallAsync(call, scope);
            case OverNode over:
                return await OverAsync(over, scope);
            default:
                throw new InvalidOperationException($"A query cannot hold a {node.GetType().Name}.");
        }
    }

    private static NumberValue Number(NumberLiteral number) => number.Unit switch
    {
        "months" => NumberValue.Of(number.Value, "months"),
        "days" => NumberValue.Of(number.Value, "days"),
        "weeks" => NumberValue.Of(number.Value * 7, "days"),
        "%" => NumberValue.Of(number.Value),
        _ => new NumberValue(number.Value, number.Value, null, MayBeYear: number.Value is >= 1800 and <= 2200 && number.Value == decimal.Truncate(number.Value)),
    };

    private static TruthValue AsTruth(QueryValue value) => value switch
    {
        TruthValue truth => truth,
        NoValue none => new TruthValue(Truth.Undecided, none.Why),
        _ => QueryArithmetic.Undecided($"{value.Words} is neither true nor false"),
    };

    private async Task<QueryValue> FieldAsync(FieldNode field, Scope? scope)
    {
        if (field.Kind is { } kind)
        {
            var reference = $"{kind}:{field.Key}";
            if (await view.FindAsync(reference, cancellation) is not { } record)
            {
                var none = await MissingAsync(reference);
                Say(new QueryTerm(field.ToString(), null, reference, null, null, [], await WordsAsync(reference)));
                return none;
            }

            return await TellAsync(field, field.ToString(), record.Body.Title, record.Kind.Fields, record, QueryFields.Read(record.Body, record.Kind.Fields, field.Path, () => NotRecorded(record.Kind.Fields, field, record)));
        }

        var name = field.Path[0].Name!;
        for (var s = scope; s is not null; s = s.Outer)
        {
            if (QueryFields.Has(s.Fields, name))
            {
                return await TellAsync(field, $"{s.Prefix}.{field.PathText}", s.Words, s.Fields, s.Record, QueryFields.Read(s.Holder, s.Fields, field.Path, () => NotRecorded(s.Fields, field, s.Record)));
            }
        }

        return name == QueryFields.Key && field.Path.Count == 1 && scope is not null ? new TextValue(scope.Record.Key) : NoValue.For($"Nothing in scope has a field {name}");
    }

    private async Task<NoValue> MissingAsync(string reference)
    {
        if (await all.FindAsync(reference, cancellation) is { } withheld)
        {
            return new NoValue([Withheld(Capital(await WordsAsync(reference)), withheld.Body.Handling.Ground)], Withheld: true);
        }

        return NoValue.For($"{Capital(await WordsAsync(reference))} is not recorded as holding on {QueryWords.Day(view.At.Effective)}, as known on {QueryWords.Day(view.At.Known)}");
    }

    private async Task<QueryValue> ObservationAsync(ObservationNode node, Scope? scope)
    {
        var area = node.Area;
        if (node.AreaIsField)
        {
            var named = await FieldAsync(new FieldNode(null, null, [new PathStep(node.Area, 0)]), scope);
            if (named is not TextValue text)
            {
                return named is NoValue ? named : NoValue.For($"{node.Area} does not hold one code of an area");
            }

            area = text.Text;
        }

        if (node.Period.IsRange)
        {
            return await RangeAsync(node, area);
        }

        var term = node.Period.Latest ? $"{node.Measure}[{area}, latest]" : $"{node.Measure}[{area}, {node.Period}]";
        bool Wanted(Observation o) => node.Period.Latest
            ? o.Period!.Last <= view.At.Effective
            : o.Period!.First == node.Period.From!.First && o.Period.Last == node.Period.From.Last;
        var found = Observed(await ObservedValues.ListAsync(view, node.Measure, cancellation), node.Measure, area).Where(o => Wanted(o.Body)).ToList();
        if (found.Count == 0)
        {
            Say(new QueryTerm(
                term, null, null, null, null, [],
                names is null ? term : await names.ObservationAsync(node.Measure, area, node.Period.Latest ? "the latest" : QueryWords.Period(node.Period.From!.First, node.Period.From.Last))));
            var when = node.Period.Latest ? $"for a period that ended by {QueryWords.Day(view.At.Effective)}" : When(node.Period.From!.First, node.Period.From.Last);
            return await NotObservedAsync(node.Measure, area, when, Wanted);
        }

        // A year that ends later than the newest month is not what "latest" asks of a monthly series.
        found = node.Period.Latest ? OfCommonLength(found) : found;
        var newest = found.Max(o => o.Body.Period!.Last);
        return await ObservationAsync(term, found.Where(o => o.Body.Period!.Last == newest).ToList());
    }

    private async Task<QueryValue> ObservationAsync(string term, List<StoredRecord<Observation>> found)
    {
        var words = names is null ? term : await names.ObservationAsync(found[0].Body.Measure, found[0].Body.Area, QueryWords.Period(found[0].Body.Period!.First, found[0].Body.Period!.Last));
        var values = found.Select(o => o.Body.Value).Distinct().ToList();
        var one = found[0];
        if (values.Count > 1)
        {
            foreach (var observation in found)
            {
                Say(Term(term, words, Figure(observation.Body), observation));
            }

            return NoValue.For($"{found.Count} observations differ ({words}): {string.Join(", ", found.Select(o => Figure(o.Body)))}");
        }

        Say(Term(term, words, Figure(one.Body), one));
        return values[0] is { } value
            ? NumberValue.Of(value)
            : NoValue.For($"{words} is recorded without a figure{(one.Body.Words is { } said ? $" (“{said}”)" : "")}");
    }

    // Every observation inside the range, which must cover it without a gap or an overlap.
    private async Task<QueryValue> RangeAsync(ObservationNode node, string area)
    {
        var (first, last) = (node.Period.From!.First, node.Period.To!.Last);
        bool Wanted(Observation o) => o.Period!.First >= first && o.Period.Last <= last;
        var found = Observed(await ObservedValues.ListAsync(view, node.Measure, cancellation), node.Measure, area).Where(o => Wanted(o.Body)).ToList();
        // Where a quarter stands beside its months, the months cover the range.
        found = found.Zip(found.Skip(1)).Any(pair => pair.Second.Body.Period!.First <= pair.First.Body.Period!.Last) ? OfCommonLength(found) : found;
        var values = new List<QueryValue>();
        var next = first;
        foreach (var observation in found)
        {
            var period = observation.Body.Period!;
            if (period.First > next)
            {
                return await NotObservedAsync(node.Measure, area, When(next, period.First.AddDays(-1)), Wanted);
            }

            if (period.First < next)
            {
                return NoValue.For($"Observations of {await MeasureAsync(node.Measure)} for {Area(area)} overlap at {QueryWords.Day(period.First)}");
            }

            values.Add(await ObservationAsync($"{node.Measure}[{area}, {period.Text}]", [observation]));
            next = period.Last.AddDays(1);
        }

        return next > last ? new SeveralValues(values) : await NotObservedAsync(node.Measure, area, When(next, last), Wanted);
    }

    private async Task<NoValue> NotObservedAsync(string measure, string area, string when, Func<Observation, bool> wanted)
    {
        var hidden = Observed(await ObservedValues.ListAsync(all, measure, cancellation), measure, area).FirstOrDefault(o => wanted(o.Body) && !Handlings.MayRead(view.Reader, o.Body.Handling));
        return hidden is null
            ? NoValue.For($"No observation of {await MeasureAsync(measure)} for {Area(area)} {when} is recorded as known on {QueryWords.Day(view.At.Known)}")
            : new NoValue([Withheld($"The observation of {await MeasureAsync(measure)} for {Area(area)} {when}", hidden.Body.Handling.Ground)], Withheld: true);
    }

    private async Task<QueryValue> FirstAsync(FirstNode node)
    {
        var found = Observed(await ObservedValues.ListAsync(view, node.Measure, cancellation), node.Measure, node.Area).Where(o => o.Body.Period!.Last <= view.At.Effective).ToList();
        foreach (var observation in found)
        {
            var period = observation.Body.Period!;
            var term = $"{node.Measure}[{node.Area}, {period.Text}]";
            if (observation.Body.Value is not { } value)
            {
                return await ObservationAsync(term, [observation]);
            }

            if (QueryArithmetic.Compare(node.Operator, NumberValue.Of(value), NumberValue.Of(node.Value)).Truth == Truth.True)
            {
                Say(Term(term, names is null ? term : await names.ObservationAsync(node.Measure, node.Area, QueryWords.Period(period.First, period.Last)), Figure(observation.Body), observation));
                return new DateValue(period.First, period.Last, IsPeriod: false, period.Text);
            }
        }

        var (measure, area) = (await MeasureAsync(node.Measure), Area(node.Area));
        var sought = string.Create(CultureInfo.InvariantCulture, $"{Comparison(node.Operator)} {node.Value}");
        Say(new QueryTerm(node.ToString(), null, null, null, null, [], $"The first period in which {measure} was {sought}, {area}"));
        return found.Count == 0
            ? await NotObservedAsync(node.Measure, node.Area, $"for a period that ended by {QueryWords.Day(view.At.Effective)}", o => o.Period!.Last <= view.At.Effective)
            : NoValue.For(string.Create(CultureInfo.InvariantCulture, $"{measure} of {area} was {sought} in none of the {found.Count} periods recorded"));
    }

    private async Task<QueryValue> CallAsync(CallNode call, Scope? scope)
    {
        var values = new List<QueryValue>(call.Arguments.Count);
        foreach (var argument in call.Arguments)
        {
            values.Add(await ValueAsync(argument, scope));
        }

        switch (call.Function)
        {
            case "today":
                return new DateValue(view.At.Effective, view.At.Effective, IsPeriod: false);
            case "recorded":
                return values[0] switch
                {
                    NoValue { Withheld: true } none => new TruthValue(Truth.Undecided, none.Why),
                    NoValue or SeveralValues { Items.Count: 0 } => TruthValue.Of(false),
                    _ => TruthValue.Of(true),
                };
            case "months":
                return (AsDate(values[0]), AsDate(values[1])) switch
                {
                    (DateValue from, DateValue to) => QueryArithmetic.Months(from, to),
                    (NoValue none, _) => none,
                    (_, NoValue none) => none,
                    _ => NoValue.For($"There are no months from {values[0].Words} to {values[1].Words}"),
                };
            case "count":
                return values.Find(value => value is NoValue) ?? NumberValue.Of(values.Sum(value => value is SeveralValues several ? several.Items.Count : 1));
            default:
                return QueryArithmetic.Gather(call.Function, values);
        }
    }

    private static QueryValue AsDate(QueryValue value) => value is NumberValue { MayBeYear: true } year
        ? new DateValue(new DateOnly((int)year.Lower, 1, 1), new DateOnly((int)year.Lower, 12, 31), IsPeriod: true)
        : value;

    private async Task<QueryValue> OverAsync(OverNode over, Scope? scope)
    {
        if (over.Function == "reported")
        {
            return await ReportedAsync(over.Source, scope);
        }

        var source = await SourceAsync(over.Source, scope);
        if (source.Missing)
        {
            return new NoValue(source.Why);
        }

        var sure = source.Members.Where(member => member.Belongs == Truth.True).ToList();
        var perhaps = source.Members.Count - sure.Count + source.Withheld;
        switch (over.Function)
        {
            case "count":
                foreach (var member in sure.Take(20))
                {
                    var isRecord = member.Scope.Holder is ProgrammeRecord;
                    Say(Term(member.Scope.Prefix, isRecord ? Capital(member.Scope.Record.Kind.One) : member.Scope.Words, isRecord ? member.Scope.Words : "counted", member.Scope.Record));
                }

                if (sure.Count == 0)
                {
                    Say(new QueryTerm(over.ToString(), perhaps == 0 ? "none recorded" : null, null, null, null, [], source.Name));
                }

                foreach (var member in source.Members.Where(member => member is { Belongs: Truth.Undecided, Scope.Holder: ProgrammeRecord }).Take(20))
                {
                    Say(Term(member.Scope.Prefix, Capital(member.Scope.Record.Kind.One), member.Scope.Words + ", perhaps", member.Scope.Record));
                }

                return new NumberValue(sure.Count, sure.Count + perhaps, Doubts: perhaps == 0 ? null : source.Doubts);
            case "each" or "any":
                return await QuantifiedAsync(over, source);
            default:
                var values = new List<QueryValue>();
                foreach (var member in sure)
                {
                    values.Add(await ValueAsync(over.Of!, member.Scope));
                }

                return perhaps > 0 ? new NoValue(source.Doubts)
                    : values.Count == 0 && over.Function != "sum" ? NoValue.For(Nothing(source))
                    : QueryArithmetic.Gather(over.Function, values);
        }
    }

    // Whether somebody has said anything of the sort up to the effective date. That nobody did says nothing of whether there was one.
    private async Task<TruthValue> ReportedAsync(SourceNode node, Scope? scope)
    {
        var kind = view.Catalogue.Find(node.Kind!)!;
        var held = await view.HeldByNowAsync(kind, cancellation);
        var members = await MembersAsync([.. held.Records.Select(record => new Scope(record.Body, kind.Fields, record, record.Reference, record.Body.Title, scope))], node.Where);
        var sure = members.Where(member => member.Belongs == Truth.True).ToList();
        foreach (var member in sure.Take(20))
        {
            var over = StatedDays.Of(kind, member.Scope.Record.Body)?.HoldOn(view.At.Effective) == false || await view.FindAsync(member.Scope.Record.Reference, cancellation) is null;
            Say(Term(member.Scope.Prefix, Capital(kind.One), member.Scope.Words + (over ? ", which has ended" : ""), member.Scope.Record));
        }

        return sure.Count > 0 ? TruthValue.Of(true) : QueryArithmetic.Undecided(
            [
                $"No {kind.One}{(node.Where is null ? "" : " that meets the condition of the rule")} up to {QueryWords.Day(view.At.Effective)} is reported as known on {QueryWords.Day(view.At.Known)}: nothing says whether there was one",
                .. members.SelectMany(member => member.Why),
                .. held.Withheld.Select(ground => Withheld(ground.Value == 1 ? $"One {kind.One}" : $"{ground.Value} {kind.Many}", ground.Key)),
            ]);
    }

    private async Task<TruthValue> QuantifiedAsync(OverNode over, Source source)
    {
        var each = over.Function == "each";
        var truth = Truths.Of(each);
        var why = new List<string>();
        foreach (var member in source.Members)
        {
            var holds = AsTruth(await ValueAsync(over.Of!, member.Scope));
            // Of one that perhaps does not belong, only the outcome that would change nothing is certain.
            var counted = member.Belongs == Truth.True || holds.Truth == Truths.Of(each) ? holds.Truth : Truth.Undecided;
            truth = each ? Truths.And(truth, counted) : Truths.Or(truth, counted);
            why.AddRange(holds.Why);
        }

        if (each && source.Members.Count == 0 && source.Withheld == 0)
        {
            Say(new QueryTerm(over.Source.ToString(), null, null, null, null, [], source.Name));
            return QueryArithmetic.Undecided(Nothing(source));
        }

        if (source.Withheld > 0 && truth == Truths.Of(each))
        {
            truth = Truth.Undecided;
        }

        return truth == Truth.Undecided ? new TruthValue(truth, [.. why, .. source.Doubts]) : new TruthValue(truth, []);
    }

    private string Nothing(Source source) => $"Nothing is recorded that could be tested ({source.Name}), as known on {QueryWords.Day(view.At.Known)}";

    private async Task<Source> SourceAsync(SourceNode node, Scope? scope)
    {
        var scopes = new List<Scope>();
        var withheld = 0;
        var why = new List<string>();
        var called = node.ToString();
        if (node.Kind is { } name)
        {
            var kind = view.Catalogue.Find(name)!;
            called = kind.Many + (node.Where is null ? "" : " that meet a condition of the rule");
            scopes.AddRange((await view.ListAsync(kind, cancellation)).Select(record => new Scope(record.Body, kind.Fields, record, record.Reference, record.Body.Title, scope)));
            foreach (var (ground, count) in await view.WithheldAsync(kind, cancellation))
            {
                withheld += count;
                why.Add(Withheld(count == 1 ? $"One {kind.One}" : $"{count} {kind.Many}", ground));
            }
        }
        else
        {
            _muted++;
            var value = await FieldAsync(node.Field!, scope);
            _muted--;
            if (value is NoValue none)
            {
                return new Source(node.ToString(), [], 0, none.Why, Missing: true);
            }

            var (record, prefix, within) = await HolderAsync(node.Field!, scope);
            called = within + (node.Where is null ? "" : " that meets a condition of the rule");
            var items = value is SeveralValues several ? several.Items : [value];
            scopes.AddRange(items.Select((item, i) => item is RowValue row
                ? new Scope(row.Row, row.Fields, record, string.Create(CultureInfo.InvariantCulture, $"{prefix}[{i}]"), string.Create(CultureInfo.InvariantCulture, $"{within} {i + 1}"), scope)
                : new Scope(item, [], record, string.Create(CultureInfo.InvariantCulture, $"{prefix}[{i}]"), string.Create(CultureInfo.InvariantCulture, $"{within} {i + 1}"), scope)));
        }

        return new Source(called, [.. (await MembersAsync(scopes, node.Where)).Select(Holding).OfType<Member>()], withheld, why);
    }

    // What states its own days holds on those alone; on a day of a span in which it began or ended it perhaps does.
    private Member? Holding(Member member) =>
        member.Scope is not { Holder: ProgrammeRecord body, Record: var record } || StatedDays.Of(record.Kind, body) is not { } days ? member : days.HoldOn(view.At.Effective) switch
        {
            true => member,
            false => null,
            null => member with { Belongs = Truth.Undecided, Why = [.. member.Why, $"“{body.Title}” {days.Words(view.At.Effective)}: which is not stated"] },
        };

    private async Task<List<Member>> MembersAsync(List<Scope> scopes, QueryNode? where)
    {
        var members = new List<Member>(scopes.Count);
        foreach (var candidate in scopes)
        {
            // What sorts candidates is not evidence; what is then asked of them is.
            _muted++;
            var belongs = where is null ? TruthValue.Of(true) : AsTruth(await ValueAsync(where, candidate));
            _muted--;
            if (belongs.Truth != Truth.False)
            {
                members.Add(new Member(candidate, belongs.Truth, belongs.Why));
            }
        }

        return members;
    }

    private async Task<(StoredRecord Record, string Prefix, string Words)> HolderAsync(FieldNode field, Scope? scope)
    {
        if (field.Kind is { } kind)
        {
            var record = (await view.FindAsync($"{kind}:{field.Key}", cancellation))!;
            return (record, field.ToString(), $"{record.Body.Title}, {QueryNames.Path(record.Kind.Fields, field.Path)}");
        }

        var holder = scope!;
        while (!QueryFields.Has(holder.Fields, field.Path[0].Name!))
        {
            holder = holder.Outer!;
        }

        return (holder.Record, $"{holder.Prefix}.{field.PathText}", $"{holder.Words}, {QueryNames.Path(holder.Fields, field.Path)}");
    }

    private static IEnumerable<StoredRecord<Observation>> Observed(IReadOnlyList<StoredRecord<Observation>> all, string measure, string area) => all
        .Where(o => o.Body.Measure == measure && string.Equals(o.Body.Area, area, StringComparison.OrdinalIgnoreCase) && o.Body.Period is not null)
        .GroupBy(o => (o.Body.Period!.First, o.Body.Period.Last)).SelectMany(RivalValues.Standing)
        .OrderBy(o => o.Body.Period!.First).ThenBy(o => o.Body.Period!.Last);

    private static List<StoredRecord<Observation>> OfCommonLength(List<StoredRecord<Observation>> found)
    {
        var length = ObservedValues.CommonLength(found.Select(o => o.Body.Period!));
        return found.FindAll(o => ObservedValues.LengthOf(o.Body.Period!) == length);
    }

    private static string Figure(Observation observation) =>
        observation.Value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? observation.Words ?? "no figure";

    private static string When(DateOnly first, DateOnly last)
    {
        var words = QueryWords.Period(first, last);
        return first == last ? "on " + words : words.Contains(" to ", StringComparison.Ordinal) ? "for " + words : "in " + words;
    }

    private static string Withheld(string what, string? ground) => $"{what} is withheld{(string.IsNullOrWhiteSpace(ground) ? "" : ": " + ground)}";

    private string NotRecorded(IReadOnlyList<RecordField> fields, FieldNode field, StoredRecord record) =>
        $"“{QueryFields.Follow(fields, field.Path).Field?.Mark.Label ?? field.PathText}” of {record.Body.Title} is not recorded as known on {QueryWords.Day(view.At.Known)}";

    private async Task<QueryValue> TellAsync(FieldNode field, string term, string within, IReadOnlyList<RecordField> fields, StoredRecord record, QueryValue value)
    {
        if (names is not null && _muted == 0)
        {
            var words = value is NoValue ? null : await names.ValueAsync(QueryFields.Follow(fields, field.Path).Field, value);
            Say(Term(term, $"{within}, {QueryNames.Path(fields, field.Path)}", words, record));
        }

        return value;
    }

    private static QueryTerm Term(string term, string words, string? value, StoredRecord record) =>
        new(term, value, record.Reference, record.VersionId, record.Known, record.Body.Sources, words);

    private async Task<string> MeasureAsync(string key) => names is null ? key : await names.MeasureAsync(key);

    private async Task<string> WordsAsync(string reference) => names is null ? reference : await names.RecordAsync(reference);

    private string Area(string code) => names?.Area(code) ?? code;

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Comparison(string comparison) => comparison switch
    {
        ">=" => "at least",
        ">" => "more than",
        "<=" => "at most",
        "<" => "less than",
        "=" => "exactly",
        _ => comparison,
    };

    private void Say(QueryTerm term)
    {
        if (names is not null && _muted == 0 && !_evidence.Exists(said => said.Term == term.Term && said.Value == term.Value))
        {
            _evidence.Add(term);
        }
    }
}
