using System.Globalization;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>Whether something holds, as far as can be told.</summary>
public enum Truth
{
    /// <summary>It cannot be told.</summary>
    Undecided,

    /// <summary>It holds.</summary>
    True,

    /// <summary>It does not hold.</summary>
    False,
}

/// <summary>Kleene's three-valued logic.</summary>
public static class Truths
{
    /// <summary>Both hold.</summary>
    public static Truth And(Truth left, Truth right) =>
        left == Truth.False || right == Truth.False ? Truth.False : left == Truth.True && right == Truth.True ? Truth.True : Truth.Undecided;

    /// <summary>One of them holds at least.</summary>
    public static Truth Or(Truth left, Truth right) => Not(And(Not(left), Not(right)));

    /// <summary>It does not hold.</summary>
    public static Truth Not(Truth of) => of switch { Truth.True => Truth.False, Truth.False => Truth.True, _ => Truth.Undecided };

    /// <summary>What is known to hold or not.</summary>
    public static Truth Of(bool holds) => holds ? Truth.True : Truth.False;
}

/// <summary>A value of a query.</summary>
internal abstract record QueryValue
{
    /// <summary>The value in words.</summary>
    public abstract string Words { get; }
}

/// <summary>A truth; undecided ones give their reasons.</summary>
internal sealed record TruthValue(Truth Truth, IReadOnlyList<string> Why) : QueryValue
{
    public static TruthValue Of(bool holds) => new(Truths.Of(holds), []);

    public override string Words => Truth switch { Truth.True => "yes", Truth.False => "no", _ => "not decided" };
}

/// <summary>A number that lies from lower to upper; the unit is months, days or none. Of a count that is not certain: why.</summary>
internal sealed record NumberValue(decimal Lower, decimal Upper, string? Unit = null, bool MayBeYear = false, IReadOnlyList<string>? Doubts = null) : QueryValue
{
    public static NumberValue Of(decimal value, string? unit = null) => new(value, value, unit);

    public bool IsExact => Lower == Upper;

    public override string Words => (IsExact ? Say(Lower) : $"{Say(Lower)} to {Say(Upper)}") + (Unit is null ? "" : " " + Unit);

    private static string Say(decimal value) => Math.Round(value, 2).ToString("#,0.##", CultureInfo.InvariantCulture);
}

/// <summary>A date: one unknown day from the first to the last, or (a period) all the days from the first to the last.</summary>
internal sealed record DateValue(DateOnly First, DateOnly Last, bool IsPeriod, string? Stated = null) : QueryValue
{
    public override string Words => Stated ?? QueryWords.Period(First, Last);
}

/// <summary>Words.</summary>
internal sealed record TextValue(string Text) : QueryValue
{
    public override string Words => Text;
}

/// <summary>Several values.</summary>
internal sealed record SeveralValues(IReadOnlyList<QueryValue> Items) : QueryValue
{
    public override string Words => Items.Count == 0 ? "none" : string.Join("; ", Items.Select(item => item.Words));
}

/// <summary>A row of a record, which has no value of its own.</summary>
internal sealed record RowValue(object Row, IReadOnlyList<RecordField> Fields) : QueryValue
{
    public override string Words => "recorded";
}

/// <summary>No value: not recorded, withheld, or not computable; with its reasons.</summary>
internal sealed record NoValue(IReadOnlyList<string> Why, bool Withheld = false) : QueryValue
{
    public static NoValue For(string why) => new([why]);

    public override string Words => "not known";
}

/// <summary>Dates in the words of sentences.</summary>
internal static class QueryWords
{
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Period(DateOnly first, DateOnly last) =>
        first == last ? Day(first)
        : first.Day == 1 && last == first.AddMonths(1).AddDays(-1) ? first.ToString("MMMM yyyy", CultureInfo.InvariantCulture)
        : first is { Day: 1, Month: 1 } && last == first.AddYears(1).AddDays(-1) ? first.ToString("yyyy", CultureInfo.InvariantCulture)
        : $"{Day(first)} to {Day(last)}";
}
