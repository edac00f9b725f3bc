using System.Globalization;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Studio;

/// <summary>Reads the parts of a <see cref="StudioState"/> from a query and gathers what is wrong with them.</summary>
internal sealed class StateReader(ILookup<string, string> query, IReadOnlyDictionary<string, string> boroughs)
{
    private const int MostSets = 64;
    private const double MostTieWeight = 1_000;

    /// <summary>What was wrong so far.</summary>
    public List<Problem> Problems { get; } = [];

    public List<StudioUnit>? Plan(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        var units = new List<StudioUnit>();
        foreach (var part in text.Split('_', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.LastIndexOf(':');
            var members = Set(name, part[(colon + 1)..]);
            if (members.Count > 0)
            {
                units.Add(new StudioUnit(colon > 0 ? part[..Math.Min(colon, StudioUnit.LongestCode)] : (units.Count + 1).ToString(CultureInfo.InvariantCulture), members));
            }
        }

        foreach (var twice in units.SelectMany(unit => unit.Boroughs).GroupBy(code => code, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            Problems.Add(new Problem("A borough stands in two units", Field: name, Found: Named(twice.Key), Accepted: "each borough once"));
        }

        foreach (var twice in units.GroupBy(unit => unit.Code, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            Problems.Add(new Problem("Two units have the same code", Field: name, Found: twice.Key, Accepted: "a code for each unit"));
        }

        var missing = boroughs.Keys.Except(units.SelectMany(unit => unit.Boroughs), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            Problems.Add(new Problem("A borough is in no unit", Field: name, Found: string.Join(", ", missing.Select(Named)), Accepted: "every borough of the force once"));
        }

        return units;
    }

    /// <summary>The plan with the boroughs that a form names moved; a unit that loses its last borough is gone, a code that is new is a new unit.</summary>
    public IReadOnlyList<StudioUnit> Moved(IReadOnlyList<StudioUnit> plan)
    {
        var to = boroughs.Keys.Select(code => (Code: code, Unit: Text("b-" + code))).Where(move => move.Unit is { Length: > 0 }).ToDictionary(move => move.Code, move => move.Unit!, StringComparer.Ordinal);
        if (to.Count == 0)
        {
            return plan;
        }

        var unitOf = plan.SelectMany(unit => unit.Boroughs.Select(code => (code, unit.Code))).GroupBy(pair => pair.code, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => to.GetValueOrDefault(group.Key, group.First().Code), StringComparer.Ordinal);
        foreach (var code in unitOf.Values.Distinct(StringComparer.Ordinal).Where(code => code.Length > StudioUnit.LongestCode || code.AsSpan().IndexOfAny("_:.&*") >= 0))
        {
            Problems.Add(new Problem("A unit's code is too long or holds a sign that it may not", Field: "unit", Found: code, Accepted: $"up to {StudioUnit.LongestCode} letters and figures"));
        }

        return [.. plan.Select(unit => unit.Code).Concat(to.Values.Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal)
            .Select(code => new StudioUnit(code, [.. unitOf.Where(pair => pair.Value == code).Select(pair => pair.Key).Order(StringComparer.Ordinal)]))
            .Where(unit => unit.Boroughs.Count > 0)];
    }

    public int? Number(string name, int least, int most)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problems.Add(new Problem("Not an acceptable number", Field: name, Found: text, Accepted: $"{least} to {most}"));
        return null;
    }

    public List<IReadOnlyList<string>>? Sets(string name) => Text(name) is not { } text ? null
        : Distinct(name, text.Split(['_', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(part => Set(name, part)).Where(set => set.Count > 0));

    /// <summary>
    /// Padlocks: sets in the address, or codes of units of the plan ticked in the form, as the units are before the form's moves: a padlock
    /// does not follow a borough. Sets under a padlock that are no unit any more come in the form as <c>held</c>.
    /// </summary>
    public List<IReadOnlyList<string>>? Keep(IReadOnlyList<StudioUnit> plan)
    {
        if (!query.Contains("lock") && !query.Contains("locks"))
        {
            return Sets("keep");
        }

        var ticked = query["lock"].ToHashSet(StringComparer.Ordinal);
        return Distinct("held", plan.Where(unit => ticked.Contains(unit.Code)).Select(unit => unit.Boroughs).Concat(Sets("held") ?? []));
    }

    public List<StudioTie>? Ties()
    {
        if (Text("ties") is not { } text)
        {
            return null;
        }

        var ties = new List<StudioTie>();
        foreach (var part in text.Split(['_', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var star = part.IndexOf('*', StringComparison.Ordinal);
            var members = Set("ties", star < 0 ? part : part[..star]);
            var weight = 1.0;
            if (star >= 0 && (!double.TryParse(part[(star + 1)..].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out weight) || !(weight > 0) || weight > MostTieWeight))
            {
                Problems.Add(new Problem("The weight of a tie is no number above 0", Field: "ties", Found: part, Accepted: "boroughs, then * and a weight up to 1000"));
                weight = 1;
            }

            if (members.Count == 1)
            {
                Problems.Add(new Problem("A tie needs two boroughs or more", Field: "ties", Found: part, Accepted: "such as Camden, Islington"));
            }
            else if (members.Count > 1)
            {
                ties.Add(new StudioTie(members, weight));
            }
        }

        return ties;
    }

    public string? By()
    {
        if (Text("by") is not { Length: > 0 } text)
        {
            return null;
        }

        if (text == StudioCriteria.Overall || StudioCriteria.Find(text) is not null)
        {
            return text;
        }

        Problems.Add(new Problem("Unknown criterion", Field: "by", Found: text, Accepted: string.Join(", ", StudioCriteria.All.Select(criterion => criterion.Key).Append(StudioCriteria.Overall))));
        return null;
    }

    public IReadOnlyDictionary<string, int> Weights(IReadOnlyDictionary<string, int> start)
    {
        var given = StudioCriteria.All.Where(criterion => query.Contains("w-" + criterion.Key)).ToList();
        if (given.Count == 0)
        {
            return start;
        }

        var weights = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in given.Select(criterion => criterion.Key))
        {
            if (Number("w-" + key, 0, StudioState.MostWeight) is { } weight and > 0)
            {
                weights[key] = weight;
            }
        }

        return weights;
    }

    public void Check(StudioState state)
    {
        if (state.Max < state.Min)
        {
            Problems.Add(new Problem("The largest size is below the smallest", Field: "max", Found: $"{state.Max}", Accepted: $"at least {state.Min}"));
        }

        if (state.By == StudioCriteria.Overall && state.Weights.Count == 0)
        {
            Problems.Add(new Problem("The overall score needs a weight above 0", Field: "by", Found: "overall", Accepted: "at least one slider above 0"));
        }

        foreach (var set in state.Off.Where(set => set.Count != 2))
        {
            Problems.Add(new Problem("A border lies between two boroughs", Field: "off", Found: string.Join(", ", set.Select(Named)), Accepted: "two boroughs"));
        }

        foreach (var set in state.Join.Concat(state.Part).Where(set => set.Count < 2))
        {
            Problems.Add(new Problem("A rule of this kind needs two boroughs or more", Field: "join", Found: string.Join(", ", set.Select(Named)), Accepted: "two or more"));
        }
    }

    private string? Text(string name) => query.Contains(name) ? query[name].LastOrDefault() : null;

    private string Named(string code) => boroughs.GetValueOrDefault(code, code);

    // Codes joined by full stops, or names separated by commas as people write them in a form.
    private List<string> Set(string field, string text)
    {
        var set = new SortedSet<string>(StringComparer.Ordinal);
        var parts = text.Contains(',', StringComparison.Ordinal) ? text.Split(',') : text.Split('.');
        foreach (var part in parts.Select(part => part.Trim()).Where(part => part.Length > 0))
        {
            if (boroughs.ContainsKey(part))
            {
                set.Add(part);
            }
            else if (boroughs.FirstOrDefault(pair => string.Equals(pair.Value, part, StringComparison.OrdinalIgnoreCase)) is { Key: { } code })
            {
                set.Add(code);
            }
            else
            {
                Problems.Add(new Problem("Unknown borough", Field: field, Found: part, Accepted: "a code or name of a borough of the force"));
            }
        }

        return [.. set];
    }

    private List<IReadOnlyList<string>> Distinct(string name, IEnumerable<IReadOnlyList<string>> sets)
    {
        var distinct = sets.GroupBy(set => string.Join('.', set), StringComparer.Ordinal).Select(group => group.First()).ToList();
        if (distinct.Count > MostSets)
        {
            Problems.Add(new Problem("More rules than can be kept", Field: name, Found: $"{distinct.Count}", Accepted: $"at most {MostSets}"));
        }

        return distinct;
    }
}
