using System.Globalization;
using System.Text;

namespace Pathfinder.Platform.Records.Search;

/// <summary>The words of a search: how a text is folded so that case and accents do not count, and where the words stand in it.</summary>
internal sealed class SearchWords
{
    private const int Around = 90;
    private readonly List<string> _words;

    public SearchWords(string? text) => _words = Fold(text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();

    public bool IsEmpty => _words.Count == 0;

    /// <summary>A text in lower case without accents, a space before each word and between them.</summary>
    public static string Fold(string text) => Fold(text, null);

    /// <summary>Whether every word begins some word of the texts.</summary>
    public bool AllIn(params ReadOnlySpan<string> folded)
    {
        foreach (var word in _words)
        {
            var found = false;
            foreach (var text in folded)
            {
                found |= text.Contains(" " + word, StringComparison.Ordinal);
            }

            if (!found)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many of the words begin some word of a text.</summary>
    public int CountIn(string folded) => _words.Count(word => folded.Contains(" " + word, StringComparison.Ordinal));

    /// <summary>The text in pieces, those searched for marked; all of it, or what stands around the first find.</summary>
    public IReadOnlyList<SearchPiece> Mark(string text, bool whole)
    {
        var places = new List<int>();
        var folded = Fold(text, places);
        var found = new bool[text.Length + 1];
        var first = -1;
        foreach (var word in _words)
        {
            for (var at = folded.IndexOf(" " + word, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(" " + word, at + 1, StringComparison.Ordinal))
            {
                var (start, end) = (places[at + 1], places[at + word.Length]);
                found.AsSpan(start, end - start + 1).Fill(true);
                first = first < 0 ? start : Math.Min(first, start);
            }
        }

        var from = whole ? 0 : Math.Max(0, first - Around);
        var to = whole ? text.Length : Math.Min(text.Length, Math.Max(first, 0) + (2 * Around));
        // Cut between words.
        while (from > 0 && from < text.Length && !char.IsWhiteSpace(text[from - 1]))
        {
            from--;
        }

        while (to < text.Length && !char.IsWhiteSpace(text[to]))
        {
            to++;
        }

        var pieces = new List<SearchPiece>();
        for (var at = from; at < to;)
        {
            var end = at;
            while (end < to && found[end] == found[at])
            {
                end++;
            }

            pieces.Add(new SearchPiece((at == from && from > 0 ? "… " : "") + text[at..end] + (end == to && to < text.Length ? " …" : ""), found[at]));
            at = end;
        }

        return pieces;
    }

    private static string Fold(string text, List<int>? places)
    {
        var folded = new StringBuilder(text.Length + 1);
        void Add(char letter, int place)
        {
            if (letter == ' ' && folded.Length > 0 && folded[^1] == ' ')
            {
                return;
            }

            folded.Append(letter);
            places?.Add(place);
        }

        Add(' ', 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAscii(c))
            {
                Add(char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ', i);
                continue;
            }

            // Half of a pair stands for itself; it is no letter with an accent.
            foreach (var part in char.IsSurrogate(c) ? c.ToString() : c.ToString().Normalize(NormalizationForm.FormKD))
            {
                if (CharUnicodeInfo.GetUnicodeCategory(part) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
                {
                    Add(char.IsLetterOrDigit(part) ? char.ToLowerInvariant(part) : ' ', i);
                }
            }
        }

        return folded.ToString();
    }
}
