using System.Globalization;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>Reads a query by recursive descent; one method a rule of the grammar in docs/methods/queries.md.</summary>
internal sealed class QueryParser
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "and", "or", "not", "where" };
    private static readonly HashSet<string> Comparisons = new(StringComparer.Ordinal) { "=", "!=", "<", "<=", ">", ">=" };
    private static readonly HashSet<string> Units = new(StringComparer.Ordinal) { "months", "weeks", "days", "%" };

    /// <summary>Nesting deeper than this is refused, so that no text can exhaust the stack.</summary>
    private const int Deepest = 60;

    private readonly List<Token> _tokens;
    private readonly Func<string, bool> _isKind;
    private int _at;
    private int _depth;

    private QueryParser(string query, Func<string, bool> isKind)
    {
        _tokens = QueryTokens.Of(query);
        _isKind = isKind;
    }

    private Token Now => _tokens[_at];

    private Token Next => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    /// <summary>The parsed query. Throws <see cref="QueryException"/> where it cannot be read.</summary>
    public static QueryNode Parse(string query, Func<string, bool> isKind)
    {
        var parser = new QueryParser(query, isKind);
        var node = parser.Query();
        return parser.Now.Kind == TokenKind.End ? node : throw parser.Unexpected("and, or, a comparison, or the end of the query");
    }

    private QueryNode Query()
    {
        if (++_depth > Deepest)
        {
            throw Unexpected("a query that is nested less deeply");
        }

        var node = Both();
        while (Took("or"))
        {
            node = new Joined(false, node, Both());
        }

        _depth--;
        return node;
    }

    private QueryNode Both()
    {
        var node = Not();
        while (Took("and"))
        {
            node = new Joined(true, node, Not());
        }

        return node;
    }

    private QueryNode Not() => Took("not") ? new Negated(Compare()) : Compare();

    private QueryNode Compare()
    {
        var left = Sum();
        if (Now.Kind != TokenKind.Symbol || !Comparisons.Contains(Now.Text))
        {
            return left;
        }

        var comparison = Take().Text;
        return new Compared(comparison, left, Sum());
    }

    private QueryNode Sum()
    {
        var node = Term();
        while (Now.Is("+") || Now.Is("-"))
        {
            node = new Computed(Take().Text[0], node, Term());
        }

        return node;
    }

    private QueryNode Term()
    {
        var node = Factor();
        while (Now.Is("*") || Now.Is("/"))
        {
            node = new Computed(Take().Text[0], node, Factor());
        }

        return node;
    }

    private QueryNode Factor()
    {
        var token = Now;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Take();
                return new NumberLiteral(Number(token), Now.Kind is TokenKind.Name or TokenKind.Symbol && Units.Contains(Now.Text) ? Take().Text : null);
            case TokenKind.Date:
                return Date();
            case TokenKind.Text:
                return new TextLiteral(Take().Text);
            case TokenKind.Reference:
                return Field();
            case TokenKind.Name when token.Text is "true" or "false":
                return new TruthLiteral(Take().Text == "true");
            case TokenKind.Name when Words.Contains(token.Text):
                throw Unexpected("a value");
            case TokenKind.Name when Next.Is("("):
                return Function();
            case TokenKind.Name when Next.Is("[") && !IsIndex(_at + 1):
                return Observation();
            case TokenKind.Name:
                return Field();
            case TokenKind.Symbol when token.Text == "(":
                Take();
                var inner = Query();
                Expect(")");
                return inner;
            default:
                throw Unexpected("a value: a number, a date, 'text', measure[AREA, period], kind:key.field, a function or a bracket");
        }
    }

    private bool IsIndex(int bracket)
    {
        var i = bracket + 1;
        if (_tokens[i].Is("-"))
        {
            i++;
        }

        return _tokens[i].Kind == TokenKind.Number && _tokens[i + 1].Is("]");
    }

    private DateLiteral Date()
    {
        var token = Now;
        if (token.Kind == TokenKind.Date && QueryTokens.Date(token.Text) is { } date)
        {
            Take();
            return date;
        }

        if (token.Kind == TokenKind.Number && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1800 and <= 2200)
        {
            Take();
            return DateLiteral.Year(year);
        }

        throw Unexpected("a date: 2017-08-31, 2017-08 or 2017");
    }

    private FieldNode Field()
    {
        string? kind = null, key = null;
        var path = new List<PathStep>();
        if (Now.Kind == TokenKind.Reference)
        {
            var token = Take();
            var parts = token.Text.Split(':', 2);
            (kind, key) = (parts[0], parts[1]);
            if (!_isKind(kind))
            {
                throw new QueryException("There is no such kind of record", token.Position, kind, "the name of a kind, as milestone, wave or funding");
            }

            Expect(".");
        }

        path.Add(new PathStep(Name("the name of a field"), 0));
        while (true)
        {
            if (Now.Is("."))
            {
                Take();
                path.Add(new PathStep(Name("the name of a field"), 0));
            }
            else if (Now.Is("[") && IsIndex(_at))
            {
                Take();
                var sign = Took("-") ? -1 : 1;
                path.Add(new PathStep(null, sign * Whole()));
                Expect("]");
            }
            else
            {
                return new FieldNode(kind, key, path);
            }
        }
    }

    private ObservationNode Observation()
    {
        var measure = Name("the key of a measure");
        Expect("[");
        var area = Name("the code of an area, or a field that holds one");
        Expect(",");
        PeriodNode period;
        if (Took("latest"))
        {
            period = new PeriodNode(true, null, null);
        }
        else
        {
            var from = Date();
            var to = Took("..") ? Date() : from;
            period = to.Last >= from.First ? new PeriodNode(false, from, to) : throw Unexpected("a range whose end is after its start");
        }

        Expect("]");
        return new ObservationNode(measure, area, period);
    }

    private QueryNode Function()
    {
        var token = Now;
        switch (token.Text)
        {
            case "each" or "any" or "count" or "sum" or "min" or "max" or "mean":
                return Over();
            case "reported":
                return Reported();
            case "months":
                return Call(2, 2);
            case "today":
                return Call(0, 0);
            case "recorded":
                return Recorded();
            case "first":
                return First();
            default:
                throw Unexpected("each, any, count, sum, min, max, mean, reported, first, months, recorded or today");
        }
    }

    private QueryNode Over()
    {
        var function = Take().Text;
        var start = _at;
        Expect("(");
        if (SourceAhead() is { } source)
        {
            if (Took(":"))
            {
                var of = function is "each" or "any" ? Query() : function == "count" ? throw Unexpected("\")\": what is counted is said with where") : Sum();
                Expect(")");
                return new OverNode(function, source, of);
            }

            if (function == "count" && Now.Is(")"))
            {
                Expect(")");
                return new OverNode(function, source, null);
            }

            if (function is "each" or "any" || source.Where is not null || source.Kind is not null)
            {
                throw Unexpected(function == "count" ? "\")\"" : "\":\" and what is asked of each");
            }
        }

        _at = start;
        if (function is "each" or "any")
        {
            Expect("(");
            throw Unexpected("a kind of record, or a field that holds a list");
        }

        return Call(1, int.MaxValue, function);
    }

    private OverNode Reported()
    {
        var function = Take().Text;
        Expect("(");
        if (SourceAhead() is not { Kind: not null } source)
        {
            throw Unexpected("a kind of record, perhaps with a condition");
        }

        Expect(")");
        return new OverNode(function, source, null);
    }

    // A kind or a field, perhaps with a condition; null where something else stands there.
    private SourceNode? SourceAhead()
    {
        if (Now.Kind is not (TokenKind.Name or TokenKind.Reference) || Next.Is("(") || (Next.Is("[") && !IsIndex(_at + 1)))
        {
            return null;
        }

        var token = Now;
        var field = Field();
        var isKind = field.Kind is null && field.Path.Count == 1 && _isKind(token.Text);
        if (!Now.Is("where") && !Now.Is(":") && !Now.Is(")"))
        {
            return null;
        }

        var where = Took("where") ? Query() : null;
        return new SourceNode(isKind ? token.Text : null, isKind ? null : field, where);
    }

    private CallNode Call(int least, int most, string? function = null)
    {
        function ??= Take().Text;
        Expect("(");
        var arguments = new List<QueryNode>();
        while (!Now.Is(")"))
        {
            if (arguments.Count > 0)
            {
                Expect(",");
            }

            if (arguments.Count == most)
            {
                throw Unexpected("\")\"");
            }

            arguments.Add(Sum());
        }

        if (arguments.Count < least)
        {
            throw Unexpected("a value");
        }

        Expect(")");
        return new CallNode(function, arguments);
    }

    private CallNode Recorded()
    {
        var function = Take().Text;
        Expect("(");
        var position = Now.Position;
        var of = Factor();
        Expect(")");
        return of is FieldNode or ObservationNode { Period.IsRange: false }
            ? new CallNode(function, [of])
            : throw new QueryException("Only a field or an observation is recorded", position, of.ToString(), "kind:key.field, a field in scope, or measure[AREA, period]");
    }

    private FirstNode First()
    {
        Take();
        Expect("(");
        var measure = Name("the key of a measure");
        Expect(",");
        var area = Name("the code of an area");
        Expect(",");
        if (!Comparisons.Contains(Now.Text))
        {
            throw Unexpected("=, !=, <, <=, > or >=");
        }

        var comparison = Take().Text;
        Expect(",");
        var token = Now;
        var value = token.Kind == TokenKind.Number ? Number(Take()) : throw Unexpected("a number");
        Took("%");
        Expect(")");
        return new FirstNode(measure, area, comparison, value);
    }

    private static decimal Number(Token token) =>
        decimal.TryParse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new QueryException("The number is too long", token.Position, token.Text, "a number of at most 28 digits");

    private int Whole()
    {
        var token = Now;
        return token.Kind == TokenKind.Number && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < 10_000
            ? (Take(), value).value
            : throw Unexpected("the number of an item");
    }

    private string Name(string accepted) =>
        Now.Kind == TokenKind.Name && !Words.Contains(Now.Text) ? Take().Text : throw Unexpected(accepted);

    private Token Take() => _tokens[_at++];

    private bool Took(string text)
    {
        if (!Now.Is(text))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string text)
    {
        if (!Took(text))
        {
            throw Unexpected($"\"{text}\"");
        }
    }

    private QueryException Unexpected(string accepted) => new(
        Now.Kind == TokenKind.End ? "The query ends too early" : "The query cannot be read", Now.Position, Now.Text, accepted);
}
