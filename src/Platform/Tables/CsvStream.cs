namespace Pathfinder.Platform.Tables;

/// <summary>
/// Walks the records of a CSV text too large to hold (RFC 4180; any line end, empty lines skipped) in memory that does not
/// grow with the file: a field is made text only when it is asked for.
/// </summary>
public sealed class CsvStream(TextReader reader, char delimiter = ',')
{
    /// <summary>The longest record read, in characters; a longer one is malformed.</summary>
    public const int MaximumRecord = 1 << 20;

    private readonly char[] _buffer = new char[1 << 16];
    private readonly List<(int Start, int Length)> _fields = [];
    private char[] _record = new char[4096];
    private int _used;
    private int _at;
    private int _end;
    private int _line = 1;
    private bool _begun;

    /// <summary>The line on which the current record starts.</summary>
    public int Line { get; private set; }

    /// <summary>Whether a quotation mark of the current record is out of place, or the record is too long.</summary>
    public bool Malformed { get; private set; }

    /// <summary>Fields of the current record.</summary>
    public int Count => _fields.Count;

    /// <summary>One field without white space around it; empty beyond the last. Valid until the next read.</summary>
    public ReadOnlySpan<char> Field(int index)
    {
        if ((uint)index >= (uint)_fields.Count)
        {
            return [];
        }

        var (start, length) = _fields[index];
        return _record.AsSpan(start, length).Trim();
    }

    /// <summary>Moves to the next record; false at the end.</summary>
    public bool Read()
    {
        _fields.Clear();
        _used = 0;
        Malformed = false;
        if (!_begun && Peek() == '\uFEFF')
        {
            _at++;
        }

        _begun = true;
        while (Peek() is '\r' or '\n')
        {
            LineEnd();
        }

        if (Peek() < 0)
        {
            return false;
        }

        Line = _line;
        while (true)
        {
            var start = _used;
            while (Peek() == ' ')
            {
                _at++;
            }

            if (Peek() == '"')
            {
                _at++;
                Quoted();
            }
            else
            {
                Plain();
            }

            _fields.Add((start, _used - start));
            if (Peek() != delimiter)
            {
                return true;
            }

            _at++;
        }
    }

    private void Plain()
    {
        for (var c = Peek(); c >= 0 && c != delimiter && c is not ('\r' or '\n'); c = Peek())
        {
            Malformed |= c == '"';
            Append((char)c);
            _at++;
        }
    }

    private void Quoted()
    {
        while (true)
        {
            var c = Peek();
            if (c < 0)
            {
                Malformed = true;
                return;
            }

            _at++;
            if (c != '"')
            {
                _line += c == '\n' ? 1 : 0;
                Append((char)c);
            }
            else if (Peek() == '"')
            {
                Append('"');
                _at++;
            }
            else
            {
                var end = _used;
                Plain();
                Malformed |= _record.AsSpan(end, _used - end).Trim().Length > 0;
                _used = end;
                return;
            }
        }
    }

    private void Append(char c)
    {
        if (_used == MaximumRecord)
        {
            Malformed = true;
            return;
        }

        if (_used == _record.Length)
        {
            Array.Resize(ref _record, Math.Min(_record.Length * 2, MaximumRecord));
        }

        _record[_used++] = c;
    }

    private void LineEnd()
    {
        var first = Peek();
        _at++;
        if (first == '\r' && Peek() == '\n')
        {
            _at++;
        }

        _line++;
    }

    private int Peek()
    {
        if (_at < _end)
        {
            return _buffer[_at];
        }

        _end = reader.Read(_buffer, 0, _buffer.Length);
        _at = 0;
        return _end > 0 ? _buffer[0] : -1;
    }
}
