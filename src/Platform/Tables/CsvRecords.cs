using System.Text;

namespace Pathfinder.Platform.Tables;

/// <summary>
/// Walks the records of a CSV text (RFC 4180; any line end, a chosen delimiter, empty lines skipped) and knows on which line
/// each starts, also after fields with line breaks.
/// </summary>
public sealed class CsvRecords
{
    private readonly List<string> _fields = [];
    private readonly string _text;
    private readonly char _delimiter;
    private readonly bool _trim;
    private int _at;
    private int _line = 1;

    /// <summary>Stands before the first record of a text; a byte order mark is passed over.</summary>
    /// <param name="text">The text.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <param name="trim">Whether white space around fields is taken away; fields in quotation marks keep theirs without.</param>
    public CsvRecords(string text, char delimiter = ',', bool trim = true)
    {
        (_text, _delimiter, _trim) = (text, delimiter, trim);
        _at = text.StartsWith('\uFEFF') ? 1 : 0;
    }

    /// <summary>The line on which the current record starts.</summary>
    public int Line { get; private set; }

    /// <summary>Whether a quotation mark of the current record is out of place.</summary>
    public bool Malformed { get; private set; }

    /// <summary>The fields of the current record.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>Moves to the next record; false at the end.</summary>
    public bool Read()
    {
        _fields.Clear();
        Malformed = false;
        while (_at < _text.Length && _text[_at] is '\r' or '\n')
        {
            SkipLineEnd();
        }

        if (_at >= _text.Length)
        {
            return false;
        }

        Line = _line;
        while (true)
        {
            var start = _at;
            while (start < _text.Length && _text[start] == ' ')
            {
                start++;
            }

            if (start < _text.Length && _text[start] == '"')
            {
                _at = start + 1;
                _fields.Add(Quoted());
            }
            else
            {
                _fields.Add(Plain());
            }

            if (_at >= _text.Length || _text[_at] != _delimiter)
            {
                return true;
            }

            _at++;
        }
    }

    private string Plain()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] != _delimiter && _text[_at] is not ('\r' or '\n'))
        {
            Malformed |= _text[_at] == '"';
            _at++;
        }

        return _text[start.._at].Trim();
    }

    private string Quoted()
    {
        var field = new StringBuilder();
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c != '"')
            {
                _line += c == '\n' ? 1 : 0;
                field.Append(c);
            }
            else if (_at < _text.Length && _text[_at] == '"')
            {
                field.Append('"');
                _at++;
            }
            else
            {
                Malformed |= Plain().Length > 0;
                return _trim ? field.ToString().Trim() : field.ToString();
            }
        }

        Malformed = true;
        return field.ToString();
    }

    private void SkipLineEnd()
    {
        _at += _text[_at] == '\r' && _at + 1 < _text.Length && _text[_at + 1] == '\n' ? 2 : 1;
        _line++;
    }
}
