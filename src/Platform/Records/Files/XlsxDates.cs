using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Pathfinder.Platform.Records.Files;

/// <summary>
/// Which numbers of a workbook are dates: those whose style shows one. A spreadsheet turns "April 2017" as typed into the first of the
/// month shown without its day, and then the month is what was meant.
/// </summary>
internal sealed class XlsxDates
{
    private readonly List<DateShown> _byStyle = [];
    private readonly bool _from1904;

    public XlsxDates(Stylesheet? styles, bool from1904)
    {
        _from1904 = from1904;
        var own = styles?.NumberingFormats?.Elements<NumberingFormat>()
            .ToDictionary(format => format.NumberFormatId?.Value ?? 0, format => format.FormatCode?.Value ?? "") ?? [];
        foreach (var style in styles?.CellFormats?.Elements<CellFormat>() ?? [])
        {
            var id = style.NumberFormatId?.Value ?? 0;
            _byStyle.Add(id switch
            {
                17 => DateShown.Month,
                >= 14 and <= 22 or >= 27 and <= 36 or >= 45 and <= 47 or >= 50 and <= 58 => DateShown.Day,
                _ => own.TryGetValue(id, out var code) ? OfCode(code) : DateShown.No,
            });
        }
    }

    private enum DateShown
    {
        No,
        Day,
        Month,
    }

    /// <summary>The date as text, or null where the style shows a plain number.</summary>
    public string? Read(string value, uint style)
    {
        var shown = style < _byStyle.Count ? _byStyle[(int)style] : DateShown.No;
        if (shown == DateShown.No || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var days) || days is < 1 or > 2_958_465)
        {
            return null;
        }

        // Day 60 of the older count is a 29 February 1900 that never was.
        var date = _from1904 ? new DateTime(1904, 1, 1).AddDays(days) : new DateTime(1899, 12, days < 60 ? 31 : 30).AddDays(days);
        return date.ToString(shown == DateShown.Month ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static DateShown OfCode(string code)
    {
        // Words in quotes, colours and places in brackets, and escaped signs are no codes.
        var bare = new System.Text.StringBuilder();
        var quoted = false;
        var bracketed = false;
        for (var i = 0; i < code.Length; i++)
        {
            quoted ^= code[i] == '"';
            bracketed = (bracketed || code[i] == '[') && code[i] != ']';
            if (code[i] == '\\')
            {
                i++;
            }
            else if (!quoted && !bracketed)
            {
                bare.Append(char.ToLowerInvariant(code[i]));
            }
        }

        var text = bare.ToString();
        return text.Contains('d', StringComparison.Ordinal) ? DateShown.Day
            : text.Contains('y', StringComparison.Ordinal) ? DateShown.Month : DateShown.No;
    }
}
