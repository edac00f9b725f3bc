using System.Globalization;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>A node of a parsed query; its text parses to the same node.</summary>
internal abstract record QueryNode
{
    /// <summary>How tightly it binds, from or (0) to a factor (5).</summary>
    public abstract int Strength { get; }

    protected abstract string Text { get; }

    public sealed override string ToString() => Text;

    protected static string Inside(QueryNode node, int atLeast) => node.Strength >= atLeast ? node.ToString() : $"({node})";
}

/// <summary>Two sides joined by and or or.</summary>
internal sealed record Joined(bool Both, QueryNode Left, QueryNode Right) : QueryNode
{
    public override int Strength => Both ? 1 : 0;

    // The right side binds tighter, so that a chain is read from the left.
    protected override string Text => $"{Inside(Left, Strength)} {(Both ? "and" : "or")} {Inside(Right, Strength + 1)}";
}

/// <summary>Not.</summary>
internal sealed record Negated(QueryNode Of) : QueryNode
{
    public override int Strength => 2;

    protected override string Text => $"not {Inside(Of, 3)}";
}

/// <summary>A comparison.</summary>
internal sealed record Compared(string Operator, QueryNode Left, QueryNode Right) : QueryNode
{
    public override int Strength => 2;

    protected override string Text => $"{Inside(Left, 3)} {Operator} {Inside(Right, 3)}";
}

/// <summary>A sum, difference, product or quotient.</summary>
internal sealed record Computed(char Operator, QueryNode Left, QueryNode Right) : QueryNode
{
    public override int Strength => Operator is '+' or '-' ? 3 : 4;

    protected override string Text => $"{Inside(Left, Strength)} {Operator} {Inside(Right, Strength + 1)}";
}

/// <summary>A number, perhaps with a unit.</summary>
internal sealed record NumberLiteral(decimal Value, string? Unit) : QueryNode
{
    public override int Strength => 5;

    protected override string Text => Value.ToString(CultureInfo.InvariantCulture) + (Unit is null ? "" : Unit == "%" ? "%" : " " + Unit);
}

/// <summary>A day, a month or (where a date is asked for) a year, as a period.</summary>
internal sealed record DateLiteral(DateOnly First, DateOnly Last) : QueryNode
{
    public override int Strength => 5;

    protected override string Text => (First == Last, First.Year == Last.Year && First.Month == Last.Month) switch
    {
        (true, _) => First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (_, true) => First.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => First.ToString("yyyy", CultureInfo.InvariantCulture),
    };

    public static DateLiteral Month(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return new DateLiteral(first, first.AddMonths(1).AddDays(-1));
    }

    public static DateLiteral Year(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
}

/// <summary>Words.</summary>
internal sealed record TextLiteral(string Value) : QueryNode
{
    public override int Strength => 5;

    protected override string Text => $"'{Value.Replace("'", "''", StringComparison.Ordinal)}'";
}

/// <summary>True or false.</summary>
internal sealed record TruthLiteral(bool Value) : QueryNode
{
    public override int Strength => 5;

    protected override string Text => Value ? "true" : "false";
}

/// <summary>A step of a path: a name, or the number of an item (−1 is the last).</summary>
internal readonly record struct PathStep(string? Name, int Index);

/// <summary>A field: of a named record, or (kind null) of the record or row in scope.</summary>
internal sealed record FieldNode(string? Kind, string? Key, IReadOnlyList<PathStep> Path) : QueryNode
{
    public override int Strength => 5;

    public string PathText => string.Concat(Path.Select((step, i) => step.Name is { } name ? (i == 0 ? "" : ".") + name : string.Create(CultureInfo.InvariantCulture, $"[{step.Index}]")));

    protected override string Text => Kind is null ? PathText : $"{Kind}:{Key}.{PathText}";

    // A list compares by reference; two parses of one text are one field.
    public bool Equals(FieldNode? other) => other is not null && Kind == other.Kind && Key == other.Key && Path.SequenceEqual(other.Path);

    public override int GetHashCode() => HashCode.Combine(Kind, Key, Path.Count);
}

/// <summary>Which period of an observation: the latest, or from the first to the last of two dates (the same for one).</summary>
internal sealed record PeriodNode(bool Latest, DateLiteral? From, DateLiteral? To)
{
    public bool IsRange => !Latest && From != To;

    public override string ToString() => Latest ? "latest" : IsRange ? $"{From}..{To}" : From!.ToString();
}

/// <summary>An observation of a measure; the area is a code, or a field in scope that holds one.</summary>
internal sealed record ObservationNode(string Measure, string Area, PeriodNode Period) : QueryNode
{
    public override int Strength => 5;

    public bool AreaIsField => char.IsAsciiLetterLower(Area[0]);

    protected override string Text => $"{Measure}[{Area}, {Period}]";
}

/// <summary>What a function goes over: the records of a kind, or the items of a field, of which a condition may hold.</summary>
internal sealed record SourceNode(string? Kind, FieldNode? Field, QueryNode? Where)
{
    public override string ToString() => (Kind ?? Field!.ToString()) + (Where is null ? "" : $" where {Where}");
}

/// <summary>each, any, count, sum, min, max, mean or reported over a source.</summary>
internal sealed record OverNode(string Function, SourceNode Source, QueryNode? Of) : QueryNode
{
    public override int Strength => 5;

    protected override string Text => Of is null ? $"{Function}({Source})" : $"{Function}({Source} : {Of})";
}

/// <summary>months, recorded, today, and sum, min, max, mean, count of what is listed.</summary>
internal sealed record CallNode(string Function, IReadOnlyList<QueryNode> Arguments) : QueryNode
{
    public override int Strength => 5;

    protected override string Text => $"{Function}({string.Join(", ", Arguments)})";

    public bool Equals(CallNode? other) => other is not null && Function == other.Function && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => HashCode.Combine(Function, Arguments.Count);
}

/// <summary>The first period in which a comparison holds.</summary>
internal sealed record FirstNode(string Measure, string Area, string Operator, decimal Value) : QueryNode
{
    public override int Strength => 5;

    protected override string Text => string.Create(CultureInfo.InvariantCulture, $"first({Measure}, {Area}, {Operator}, {Value})");
}
