using System.Globalization;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Name,
    Reference,
    Number,
    Date,
    Text,
    Symbol,
    End,
}

/// <summary>A token and where it stands, counted from 1.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool Is(string text) => Kind is TokenKind.Name or TokenKind.Symbol && Text == text;
}

/// <summary>Why a query cannot be read, and where.</summary>
internal sealed class QueryException(string message, int position, string found, string accepted) : Exception(message)
{
    public int Position => position;

    public string Found => found;

    public string Accepted => accepted;
}

/// <summary>Cuts a query into tokens.</summary>
internal static class QueryTokens
{
    private static readonly string[] Symbols = ["..", "<=", ">=", "!=", "=", "<", ">", "(", ")", "[", "]", ",", ".", ":", "+", "-", "*", "/", "%"];

    public static List<Token> Of(string query)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (at < query.Length)
        {
            if (char.IsWhiteSpace(query[at]))
            {
                at++;
                continue;
            }

            var token = Next(query, at, out var end);
            tokens.Add(token);
            at = end;
        }

        tokens.Add(new Token(TokenKind.End, "", query.Length + 1));
        return tokens;
    }

    private static Token Next(string query, int at, out int end)
    {
        var first = query[at];
        if (char.IsAsciiLetter(first))
        {
            end = Word(query, at);
            // A name, a colon and a key without a space between are one reference; "each(wave : …)" has spaces.
            if (end + 1 < query.Length && query[end] == ':' && char.IsAsciiLetterOrDigit(query[end + 1]))
            {
                end = Word(query, end + 1);
                return new Token(TokenKind.Reference, query[at..end], at + 1);
            }

            return new Token(TokenKind.Name, query[at..end], at + 1);
        }

        if (char.IsAsciiDigit(first))
        {
            end = DateEnd(query, at);
            if (end > at)
            {
                return new Token(TokenKind.Date, query[at..end], at + 1);
            }

            end = NumberEnd(query, at);
            return new Token(TokenKind.Number, query[at..end].Replace(",", "", StringComparison.Ordinal), at + 1);
        }

        if (first == '\'')
        {
            return Quoted(query, at, out end);
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(query, at, symbol, 0, symbol.Length) == 0)
            {
                end = at + symbol.Length;
                return new Token(TokenKind.Symbol, symbol, at + 1);
            }
        }

        throw new QueryException("This character has no meaning in a query", at + 1, first.ToString(), "names, numbers, dates, 'text', = != < <= > >= + - * / ( ) [ ]");
    }

    private static int Word(string query, int at)
    {
        while (at < query.Length && (char.IsAsciiLetterOrDigit(query[at]) || query[at] == '_'
            || (query[at] == '-' && at + 1 < query.Length && char.IsAsciiLetterOrDigit(query[at + 1]))))
        {
            at++;
        }

        return at;
    }

    // Four digits, a hyphen, two digits, and perhaps a hyphen and two more; not part of a longer number or word.
    private static int DateEnd(string query, int at)
    {
        static bool Digits(string text, int from, int count) => from + count <= text.Length && text.AsSpan(from, count).IndexOfAnyExceptInRange('0', '9') < 0;

        if (!Digits(query, at, 4) || at + 4 >= query.Length || query[at + 4] != '-' || !Digits(query, at + 5, 2))
        {
            return at;
        }

        var end = at + 7;
        if (end < query.Length && query[end] == '-' && Digits(query, end + 1, 2))
        {
            end += 3;
        }

        return end < query.Length && char.IsAsciiLetterOrDigit(query[end]) ? at : end;
    }

    private static int NumberEnd(string query, int at)
    {
        bool Digit(int i) => i < query.Length && char.IsAsciiDigit(query[i]);

        var end = at;
        while (Digit(end))
        {
            end++;
        }

        while (end < query.Length && query[end] == ',' && Digit(end + 1) && Digit(end + 2) && Digit(end + 3) && !Digit(end + 4))
        {
            end += 4;
        }

        if (end < query.Length && query[end] == '.' && Digit(end + 1))
        {
            end++;
            while (Digit(end))
            {
                end++;
            }
        }

        return end;
    }

    private static Token Quoted(string query, int at, out int end)
    {
        var text = new System.Text.StringBuilder();
        for (end = at + 1; end < query.Length; end++)
        {
            if (query[end] != '\'')
            {
                text.Append(query[end]);
            }
            else if (end + 1 < query.Length && query[end + 1] == '\'')
            {
                text.Append('\'');
                end++;
            }
            else
            {
                end++;
                return new Token(TokenKind.Text, text.ToString(), at + 1);
            }
        }

        throw new QueryException("The text has no end", at + 1, query[at..], "a single quote at its end");
    }

    public static DateLiteral? Date(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new DateLiteral(day, day);
        }

        return DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? DateLiteral.Month(month.Year, month.Month)
            : null;
    }
}
