using System.Collections;
using System.Globalization;
using System.Text;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Components.Records;

/// <summary>An area as a record's code names it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Href">Its page; null where it has none.</param>
public sealed record AreaName(string Name, string? Href);

/// <summary>The values of records in words: references by title, areas by name, money with £, dates as stated.</summary>
public sealed class RecordWords(ReferenceNames names, Func<string, AreaName?> area)
{
    private const int Named = 3;

    /// <summary>The words of a field, one cell a value; empty where nothing is given.</summary>
    public IReadOnlyList<DataCell> Cells(RecordField field, object holder)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Of(holder) is not { } value ? [] : field.Shape switch
        {
            FieldShape.Text => (string)value is { Length: > 0 } text ? [One(field, text)] : [],
            FieldShape.Words => ((IEnumerable<string>)value).Select(word => One(field, word)).ToList(),
            FieldShape.Row => Filled(field.Fields, value).Select(f => new DataCell($"{f.Mark.Label}: {Text(f, value)}", Cells(f, value) is [{ Href: { } href }] ? href : null)).ToList(),
            FieldShape.Rows => ((IEnumerable)value).Cast<object>().Select(row => new DataCell(Row(field, row))).ToList(),
            _ => [Scalar(field, value)],
        };
    }

    /// <summary>The words of a field on one line; empty where nothing is given.</summary>
    public string Text(RecordField field, object holder) => string.Join(", ", Cells(field, holder).Select(cell => cell.Text));

    /// <summary>A row on one line: "date 16 July 2017, made on 12 May 2017".</summary>
    public string Row(RecordField field, object row)
    {
        ArgumentNullException.ThrowIfNull(field);
        var filled = Filled(field.Fields, row);
        return filled.Count == 1 ? Text(filled[0], row) : string.Join("; ", filled.Select(f => $"{f.Mark.Label}: {Text(f, row)}"));
    }

    /// <summary>
    /// What a list shows of a field in one cell: of rows with dates the last, which holds; of other lists the first few.
    /// </summary>
    public DataCell Brief(RecordField field, object holder)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (field.Shape == FieldShape.Rows && field.Of(holder) is IEnumerable list)
        {
            var rows = list.Cast<object>().ToList();
            if (rows.Count == 0)
            {
                return "";
            }

            var first = field.Fields[0];
            if (first.Shape == FieldShape.PartialDate)
            {
                return new DataCell(Text(first, rows[^1]), Csv: Sortable(first, rows[^1]));
            }

            return Short(rows.Select(row => Text(first, row)).ToList());
        }

        var cells = Cells(field, holder);
        return cells.Count switch
        {
            0 => "",
            1 => cells[0] with { Csv = cells[0].Csv ?? Sortable(field, holder) },
            _ => Short(cells.Select(cell => cell.Text).ToList()),
        };
    }

    /// <summary>The rows of a list field as a table; columns that no row fills are left out.</summary>
    public DataTable Table(RecordField field, object holder)
    {
        ArgumentNullException.ThrowIfNull(field);
        var rows = ((IEnumerable?)field.Of(holder))?.Cast<object>().ToList() ?? [];
        var shown = field.Fields.Where(f => rows.Exists(row => IsFilled(f, row))).ToList();
        return new DataTable(
            Kebab(field.Name), field.Mark.Label,
            shown.Select(f => new DataColumn(f.Mark.Label, f.Shape is FieldShape.Whole or FieldShape.Number)).ToList(),
            rows.Select(row => (IReadOnlyList<DataCell>)shown.Select(f => Cells(f, row) switch
            {
                [] => (DataCell)"",
                [var only] => only,
                var several => new DataCell(string.Join(", ", several.Select(cell => cell.Text))),
            }).ToList()).ToList());
    }

    /// <summary>Whether a field of a record or row says anything.</summary>
    public static bool IsFilled(RecordField field, object holder)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Of(holder) switch
        {
            null => false,
            string text => text.Length > 0,
            IEnumerable list => list.Cast<object>().Any(),
            RecordRow row => field.Fields.Any(f => IsFilled(f, row)),
            _ => true,
        };
    }

    /// <summary>A choice in words: FinishToStart is "Finish to start".</summary>
    public static string Choice(object value)
    {
        var name = value?.ToString() ?? "";
        switch (name)
        {
            case nameof(Marking.Official): return "OFFICIAL";
            case nameof(Marking.OfficialSensitive): return "OFFICIAL-SENSITIVE";
            case "Soc" or "Obc" or "Fbc": return name.ToUpperInvariant();
        }

        var words = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (words.Length > 0 && (char.IsUpper(letter) || (char.IsDigit(letter) && !char.IsDigit(words[^1]))))
            {
                words.Append(' ').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                words.Append(letter);
            }
        }

        return words.ToString();
    }

    /// <summary>A name as ids of tables have it: nextActivities is "next-activities".</summary>
    public static string Kebab(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.Select(letter => char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : letter.ToString()));
    }

    /// <summary>A value that sorts as it means: a day for a date, digits for a number, else the words.</summary>
    public string Sortable(RecordField field, object holder)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Of(holder) switch
        {
            PartialDate date => date.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable number when field.Shape is FieldShape.Whole or FieldShape.Number => number.ToString(null, CultureInfo.InvariantCulture),
            null => "",
            _ => Text(field, holder),
        };
    }

    private static List<RecordField> Filled(IReadOnlyList<RecordField> fields, object row) =>
        fields.Where(f => IsFilled(f, row) && f.Of(row) is not false).ToList();

    private static DataCell Short(List<string> texts) =>
        new(texts.Count <= Named + 1 ? string.Join(", ", texts) : $"{string.Join(", ", texts.Take(Named))} and {texts.Count - Named} more", Csv: string.Join("; ", texts));

    private static DataCell Scalar(RecordField field, object value) => value switch
    {
        bool yes => yes ? "Yes" : "No",
        DateOnly day => DataCell.Of(day, ""),
        PartialDate date => new DataCell(date.Text, Csv: date.IsDay ? date.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : date.Text),
        Enum choice => Choice(choice),
        IConvertible number => new DataCell(WithUnit(number, field.Mark.Unit), Csv: Convert.ToString(number, CultureInfo.InvariantCulture)),
        _ => value.ToString(),
    };

    private static string WithUnit(IConvertible number, string? unit)
    {
        var amount = number.ToDecimal(CultureInfo.InvariantCulture);
        var digits = Math.Abs(amount).ToString("#,0.####", CultureInfo.InvariantCulture);
        var sign = amount < 0 ? "−" : "";
        return unit switch
        {
            null => sign + digits,
            "£" => $"{sign}£{(decimal.Truncate(amount) == amount ? digits : Math.Abs(amount).ToString("#,0.00##", CultureInfo.InvariantCulture))}",
            "%" => $"{sign}{digits}%",
            _ => $"{sign}{digits} {unit}",
        };
    }

    /// <summary>What a key or code that a field holds is called.</summary>
    public string NameOf(RecordField field, string text) => One(field, text).Text;

    private DataCell One(RecordField field, string text)
    {
        if (field.Mark.RefersTo is not null)
        {
            return names.Find(RecordReferences.Full(field, text)) is var (title, href) ? new DataCell(title, href, text)
                : WithheldReferences.IsMark(text) ? new DataCell("withheld", Csv: text, Tag: "grey") : new DataCell(text);
        }

        return field.Mark.IsArea && area(text) is { } found ? new DataCell(found.Name, found.Href, text) : new DataCell(text);
    }
}
