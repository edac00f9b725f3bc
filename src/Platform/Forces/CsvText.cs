using System.Text;

namespace Pathfinder.Platform.Forces;

/// <summary>
/// Walks the records of a CSV text (RFC 4180; line ends LF or CRLF) and knows on which line each starts, also after fields
/// with line breaks, which a fault report needs.
/// </summary>
internal sealed class CsvText(string text)
{
    private readonly List<string> _fields = [];
    private int _at;
    private int _line = 1;

    /// <summary>The line on which the current record starts.</summary>
    public int Line { get; private set; }

    /// <summary>Whether the current record has a quotation mark out of place.</summary>
    public bool Malformed { get; private set; }

    /// <summary>The fields of the current record, trimmed when not quoted.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>Moves to the next record that is not an empty line; false at the end.</summary>
    public bool Read()
    {
        while (_at < text.Length && text[_at] is '\r' or '\n')
        {
            Newline();
        }

        if (_at >= text.Length)
        {
            return false;
        }

        _fields.Clear();
        Malformed = false;
        Line = _line;
        while (true)
        {
            _fields.Add(Field());
            if (_at >= text.Length)
            {
                return true;
            }

            if (text[_at] != ',')
            {
                Newline();
                return true;
            }

            _at++;
        }
    }

    private void Newline()
    {
        if (text[_at] == '\n' || _at + 1 >= text.Length || text[_at + 1] != '\n')
        {
            _line++;
        }

        _at++;
    }

    private string Field()
    {
        if (_at < text.Length && text[_at] == '"')
        {
            return Quoted();
        }

        var start = _at;
        while (_at < text.Length && text[_at] is not (',' or '\r' or '\n'))
        {
            Malformed |= text[_at] == '"';
            _at++;
        }

        return text.AsSpan(start, _at - start).Trim().ToString();
    }

    private string Quoted()
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            var c = text[_at];
            if (c == '"')
            {
                if (_at + 1 < text.Length && text[_at + 1] == '"')
                {
                    _at++;
                }
                else
                {
                    break;
                }
            }

            _line += c == '\n' ? 1 : 0;
            value.Append(c);
        }

        Malformed |= _at >= text.Length;
        _at++;
        while (_at < text.Length && text[_at] is not (',' or '\r' or '\n'))
        {
            Malformed = true;
            _at++;
        }

        return value.ToString();
    }
}
