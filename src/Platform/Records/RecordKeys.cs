using System.Globalization;
using System.Text;

namespace Pathfinder.Platform.Records;

/// <summary>Keys of records: lower case letters, digits and single hyphens between them. A key is never renamed.</summary>
public static class RecordKeys
{
    /// <summary>The longest key.</summary>
    public const int MaximumLength = 100;

    /// <summary>What is accepted, for an error message.</summary>
    public const string Accepted = "lower case letters, digits and single hyphens between them, at most 100 characters";

    private const int SlugLength = 60;

    /// <summary>Whether a text can be a key.</summary>
    public static bool IsKey(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaximumLength || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterLower(text[i]) && !char.IsAsciiDigit(text[i]) && !(text[i] == '-' && text[i - 1] != '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A key made from a title; from <paramref name="otherwise"/> where the title has no letter or digit.</summary>
    public static string FromTitle(string? title, string otherwise)
    {
        var slug = new StringBuilder();
        foreach (var letter in (title ?? "").Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-' && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString().Trim('-');
        text = text.Length > SlugLength ? text[..SlugLength].Trim('-') : text;
        return text.Length > 0 ? text : otherwise;
    }

    /// <summary>The first of stem, stem-2, stem-3 … that is not taken.</summary>
    public static string FirstFree(string stem, Func<string, bool> isTaken)
    {
        ArgumentNullException.ThrowIfNull(isTaken);
        var key = stem;
        for (var number = 2; isTaken(key); number++)
        {
            key = $"{stem}-{number.ToString(CultureInfo.InvariantCulture)}";
        }

        return key;
    }
}
