namespace Pathfinder.Platform.Programme.Queries;

/// <summary>Comparison and arithmetic on intervals: a result holds for every value that the sides can have.</summary>
internal static class QueryArithmetic
{
    /// <summary>Months between two days: whole months, then the days left over the length of the month they fall in; less than 0 where the second is earlier.</summary>
    public static decimal Months(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -Months(to, from);
        }

        var whole = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        if (from.AddMonths(whole) > to)
        {
            whole--;
        }

        var start = from.AddMonths(whole);
        return whole + ((to.DayNumber - start.DayNumber) / (decimal)(from.AddMonths(whole + 1).DayNumber - start.DayNumber));
    }

    /// <summary>Months between two dates that may be partial.</summary>
    public static NumberValue Months(DateValue from, DateValue to) => new(Months(from.Last, to.First), Months(from.First, to.Last), "months");

    public static TruthValue Compare(string comparison, QueryValue left, QueryValue right)
    {
        if (left is NoValue || right is NoValue)
        {
            return Undecided(Reasons(left, right));
        }

        if (left is SeveralValues || right is SeveralValues)
        {
            return CompareSeveral(comparison, left, right);
        }

        (left, right) = (YearBeside(left, right), YearBeside(right, left));
        return (left, right) switch
        {
            (NumberValue a, NumberValue b) when a.Unit is { } u && b.Unit is { } v && u != v => Undecided($"Numbers of {u} and of {v} do not compare"),
            (NumberValue a, NumberValue b) => Numbers(comparison, a, b),
            (DateValue a, DateValue { IsPeriod: false } b) when a.IsPeriod => Dates(Mirrored(comparison), b, a),
            (DateValue a, DateValue b) => Dates(comparison, a, b),
            (TextValue a, TextValue b) when comparison is "=" or "!=" =>
                TruthValue.Of(string.Equals(a.Text, b.Text, StringComparison.OrdinalIgnoreCase) == (comparison == "=")),
            (TruthValue a, TruthValue b) when comparison is "=" or "!=" =>
                a.Truth == Truth.Undecided || b.Truth == Truth.Undecided
                    ? Undecided([.. a.Why, .. b.Why])
                    : TruthValue.Of(a.Truth == b.Truth == (comparison == "=")),
            _ => Undecided($"{left.Words} and {right.Words} cannot be compared by {comparison}"),
        };
    }

    public static QueryValue Compute(char operation, QueryValue left, QueryValue right)
    {
        if (left is NoValue || right is NoValue)
        {
            return new NoValue(Reasons(left, right));
        }

        return (left, operation, right) switch
        {
            (NumberValue a, '+' or '-', NumberValue b) when a.Unit is { } u && b.Unit is { } v && u != v => NoValue.For($"Numbers of {u} and of {v} do not add up"),
            (NumberValue a, '+', NumberValue b) => Guarded(() => new NumberValue(a.Lower + b.Lower, a.Upper + b.Upper, a.Unit ?? b.Unit)),
            (NumberValue a, '-', NumberValue b) => Guarded(() => new NumberValue(a.Lower - b.Upper, a.Upper - b.Lower, a.Unit ?? b.Unit)),
            (NumberValue a, '*', NumberValue b) => Guarded(() => Product(a, b)),
            (NumberValue, '/', NumberValue { Lower: <= 0, Upper: >= 0 }) => NoValue.For("Nothing can be divided by what may be 0"),
            (NumberValue a, '/', NumberValue b) => Guarded(() => Quotient(a, b)),
            (DateValue a, '-', DateValue b) => new NumberValue(a.First.DayNumber - b.Last.DayNumber, a.Last.DayNumber - b.First.DayNumber, "days"),
            (DateValue a, '+' or '-', NumberValue { Unit: not null } b) => Moved(a, operation == '-' ? new NumberValue(-b.Upper, -b.Lower, b.Unit) : b),
            (NumberValue { Unit: not null } a, '+', DateValue b) => Moved(b, a),
            _ => NoValue.For($"{left.Words} {operation} {right.Words} has no meaning"),
        };
    }

    /// <summary>sum, min, max or mean of values that are all numbers, or (min and max) all dates.</summary>
    public static QueryValue Gather(string function, IReadOnlyList<QueryValue> values)
    {
        var flat = values.SelectMany(value => value is SeveralValues several ? several.Items : [value]).ToList();
        var reasons = flat.OfType<NoValue>().SelectMany(none => none.Why).Distinct(StringComparer.Ordinal).ToList();
        if (reasons.Count > 0)
        {
            return new NoValue(reasons);
        }

        if (flat.Count == 0)
        {
            return function == "sum" ? NumberValue.Of(0) : NoValue.For($"There is nothing to take the {function} of");
        }

        if (flat.TrueForAll(value => value is NumberValue))
        {
            var numbers = flat.ConvertAll(value => (NumberValue)value);
            var unit = numbers[0].Unit;
            if (numbers.Exists(number => number.Unit != unit))
            {
                return NoValue.For("Numbers of different units do not add up");
            }

            return Guarded(() => function switch
            {
                "sum" => new NumberValue(numbers.Sum(n => n.Lower), numbers.Sum(n => n.Upper), unit),
                "mean" => new NumberValue(numbers.Average(n => n.Lower), numbers.Average(n => n.Upper), unit),
                "min" => new NumberValue(numbers.Min(n => n.Lower), numbers.Min(n => n.Upper), unit),
                _ => new NumberValue(numbers.Max(n => n.Lower), numbers.Max(n => n.Upper), unit),
            });
        }

        if (function is "min" or "max" && flat.TrueForAll(value => value is DateValue))
        {
            var dates = flat.ConvertAll(value => (DateValue)value);
            return function == "min"
                ? new DateValue(dates.Min(d => d.First), dates.Min(d => d.Last), IsPeriod: false)
                : new DateValue(dates.Max(d => d.First), dates.Max(d => d.Last), IsPeriod: false);
        }

        return NoValue.For($"There is no {function} of {string.Join(", ", flat.Take(3).Select(value => value.Words))}");
    }

    public static TruthValue Undecided(params IReadOnlyList<string> why) => new(Truth.Undecided, why);

    private static TruthValue CompareSeveral(string comparison, QueryValue left, QueryValue right)
    {
        if (comparison is not ("=" or "!="))
        {
            return Undecided($"Several values cannot be compared by {comparison}; say which with min, max, [n], each or any");
        }

        // Holds where one of the values is equal; "!=" denies that.
        var truth = Truth.False;
        var why = new List<string>();
        foreach (var a in Items(left))
        {
            foreach (var b in Items(right))
            {
                var equal = Compare("=", a, b);
                truth = Truths.Or(truth, equal.Truth);
                why.AddRange(equal.Why);
            }
        }

        return new TruthValue(comparison == "=" ? truth : Truths.Not(truth), truth == Truth.Undecided ? why : []);
    }

    private static IReadOnlyList<QueryValue> Items(QueryValue value) => value is SeveralValues several ? several.Items : [value];

    private static TruthValue Numbers(string comparison, NumberValue a, NumberValue b)
    {
        var truth = comparison switch
        {
            "<" => Below(a.Lower, a.Upper, b.Lower, b.Upper, strict: true),
            "<=" => Below(a.Lower, a.Upper, b.Lower, b.Upper, strict: false),
            ">" => Below(b.Lower, b.Upper, a.Lower, a.Upper, strict: true),
            ">=" => Below(b.Lower, b.Upper, a.Lower, a.Upper, strict: false),
            "=" => Equal(a, b),
            _ => Truths.Not(Equal(a, b)),
        };
        string[] doubts = [.. a.Doubts ?? [], .. b.Doubts ?? []];
        return truth != Truth.Undecided ? new TruthValue(truth, [])
            : Undecided(doubts.Length > 0 ? doubts : [$"{a.Words} {comparison} {b.Words} holds for some values and not for others"]);
    }

    private static Truth Equal(NumberValue a, NumberValue b) =>
        a.IsExact && b.IsExact ? Truths.Of(a.Lower == b.Lower) : a.Upper < b.Lower || b.Upper < a.Lower ? Truth.False : Truth.Undecided;

    private static Truth Below(decimal lowerA, decimal upperA, decimal lowerB, decimal upperB, bool strict)
    {
        if (strict ? upperA < lowerB : upperA <= lowerB)
        {
            return Truth.True;
        }

        return (strict ? lowerA >= upperB : lowerA > upperB) ? Truth.False : Truth.Undecided;
    }

    // The left side is some unknown day; the right side a period known exactly, or some unknown day too.
    private static TruthValue Dates(string comparison, DateValue a, DateValue b)
    {
        var truth = b.IsPeriod
            ? comparison switch
            {
                "<" => Within(a.Last < b.First, a.First >= b.First),
                "<=" => Within(a.Last <= b.Last, a.First > b.Last),
                ">" => Within(a.First > b.Last, a.Last <= b.Last),
                ">=" => Within(a.First >= b.First, a.Last < b.First),
                "=" => Within(a.First >= b.First && a.Last <= b.Last, a.First > b.Last || a.Last < b.First),
                _ => Within(a.First > b.Last || a.Last < b.First, a.First >= b.First && a.Last <= b.Last),
            }
            : comparison switch
            {
                "<" => Within(a.Last < b.First, a.First >= b.Last),
                "<=" => Within(a.Last <= b.First, a.First > b.Last),
                ">" => Within(a.First > b.Last, a.Last <= b.First),
                ">=" => Within(a.First >= b.Last, a.Last < b.First),
                "=" => Within(a.First == a.Last && b.First == b.Last && a.First == b.First, a.First > b.Last || a.Last < b.First),
                _ => Within(a.First > b.Last || a.Last < b.First, a.First == a.Last && b.First == b.Last && a.First == b.First),
            };
        return truth == Truth.Undecided ? Undecided($"{a.Words} {comparison} {b.Words} holds for some days and not for others") : new TruthValue(truth, []);
    }

    private static Truth Within(bool holds, bool fails) => holds ? Truth.True : fails ? Truth.False : Truth.Undecided;

    private static string Mirrored(string comparison) => comparison switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => comparison };

    private static QueryValue YearBeside(QueryValue value, QueryValue other) =>
        value is NumberValue { MayBeYear: true } year && other is DateValue
            ? new DateValue(new DateOnly((int)year.Lower, 1, 1), new DateOnly((int)year.Lower, 12, 31), IsPeriod: true)
            : value;

    private static NumberValue Product(NumberValue a, NumberValue b)
    {
        decimal[] corners = [a.Lower * b.Lower, a.Lower * b.Upper, a.Upper * b.Lower, a.Upper * b.Upper];
        return new NumberValue(corners.Min(), corners.Max(), a.Unit ?? b.Unit);
    }

    // Divided outright: times a rounded reciprocal, 1258 / 629 would be less than 2.
    private static NumberValue Quotient(NumberValue a, NumberValue b)
    {
        decimal[] corners = [a.Lower / b.Lower, a.Lower / b.Upper, a.Upper / b.Lower, a.Upper / b.Upper];
        return new NumberValue(corners.Min(), corners.Max(), a.Unit == b.Unit ? null : a.Unit ?? b.Unit);
    }

    private static QueryValue Moved(DateValue date, NumberValue by)
    {
        if (by.Lower != decimal.Truncate(by.Lower) || by.Upper != decimal.Truncate(by.Upper) || Math.Abs(by.Lower) > 100_000 || Math.Abs(by.Upper) > 100_000)
        {
            return NoValue.For($"A date is moved by whole {by.Unit} only");
        }

        DateOnly Add(DateOnly day, decimal count) => by.Unit == "months" ? day.AddMonths((int)count) : day.AddDays((int)count);
        try
        {
            return new DateValue(Add(date.First, by.Lower), Add(date.Last, by.Upper), IsPeriod: false);
        }
        catch (ArgumentOutOfRangeException)
        {
            return NoValue.For($"{date.Words} and {by.Words} lead out of the calendar");
        }
    }

    private static QueryValue Guarded(Func<QueryValue> compute)
    {
        try
        {
            return compute();
        }
        catch (OverflowException)
        {
            return NoValue.For("The number is too large");
        }
    }

    private static List<string> Reasons(QueryValue left, QueryValue right) =>
        [.. new[] { left, right }.OfType<NoValue>().SelectMany(none => none.Why).Distinct(StringComparer.Ordinal)];
}
