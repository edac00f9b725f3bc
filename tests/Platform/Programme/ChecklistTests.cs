using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tables;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Programme;

/// <summary>
/// The checklist of London's programme (data/london-programme/checklist-*.csv) lists every fact of the five source documents with its
/// lines, and where it stands among the records. What of a document is no fact stands in not-facts-*.csv with the reason.
/// </summary>
public sealed partial class ChecklistTests
{
    private const int SentenceWords = 12;
    private static readonly string Programme = Path.Combine(Repository.Root, "data", "london-programme");
    private static readonly string[] Documents = ["s0", "s1", "s2", "s3", "s4"];
    private static readonly string[] NumberWords = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    [Fact]
    public async Task EveryRow_OfTheLoadedProgramme_StandsAtItsPathAsKnownAtItsDate()
    {
        var store = await LondonProgramme.SharedAsync();
        var records = store.Get<IRecords>();
        var views = new Dictionary<DateOnly, RecordView>();
        var missing = new List<string>();
        foreach (var row in Rows())
        {
            if (!views.TryGetValue(row.Known, out var view))
            {
                views[row.Known] = view = records.View(null, new AsAt(row.Known, row.Known));
            }

            if (records.Catalogue.Find(row.Kind) is not { } kind || await FindAsync(view, kind, row.Key) is not { } found)
            {
                missing.Add($"{row.Id}: there is no {row.Kind}:{row.Key} as known on {row.Known:yyyy-MM-dd}");
                continue;
            }

            using var body = JsonDocument.Parse(kind.Write(found.Body));
            var value = ValueAt(body.RootElement, row.Path);
            if (value != row.Value)
            {
                missing.Add($"{row.Id}: {row.Kind}:{row.Key} {row.Path} is \"{value}\", not \"{row.Value}\"");
            }
        }

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void EveryDocument_OfTheChecklist_HasRowsWithTheirOwnIds()
    {
        var rows = Rows();
        rows.Select(row => row.Id).ShouldBeUnique();
        foreach (var document in Documents)
        {
            rows.Count(row => row.IsOf(document)).ShouldBeGreaterThan(100, document);
        }
    }

    /// <summary>Reads PATHFINDER_REFERENCE; says so and passes where the documents are not there.</summary>
    [Fact]
    public void EveryNumberAndDate_OfADocument_IsInTheChecklistOrSaidToBeNoFact()
    {
        if (Sources() is not { } sources)
        {
            return;
        }

        var rows = Rows();
        var exceptions = Table("not-facts-*.csv", fields => (Document: fields[0], Line: Number(fields[1]), Token: fields[2], Why: fields[3]));
        exceptions.ShouldAllBe(exception => exception.Why.Length > 0);
        var open = new List<string>();
        foreach (var (document, lines) in sources)
        {
            var facts = rows.Where(row => row.IsOf(document)).Select(row => (row.First, row.Last, Tokens: Tokens($"{row.Value} {row.What}").ToHashSet(StringComparer.Ordinal))).ToList();
            facts.ShouldAllBe(fact => fact.First >= 1 && fact.Last >= fact.First && fact.Last <= lines.Length, document);
            for (var line = 1; line <= lines.Length; line++)
            {
                var told = facts.Where(fact => fact.First <= line && line <= fact.Last).SelectMany(fact => fact.Tokens)
                    .Concat(exceptions.Where(exception => exception.Document.StartsWith(document, StringComparison.Ordinal) && exception.Line == line).SelectMany(exception => Tokens(exception.Token)))
                    .ToHashSet(StringComparer.Ordinal);
                open.AddRange(Tokens(lines[line - 1]).Where(token => !told.Contains(token)).Select(token => $"{document} line {line}: {token}"));
            }
        }

        open.ShouldBeEmpty();
    }

    /// <summary>Reads PATHFINDER_REFERENCE; says so and passes where the documents are not there. A name is a run of words with capitals, or an abbreviation.</summary>
    [Fact]
    public async Task EveryName_OfADocument_IsInTheChecklistOrSaidToBeNoFact()
    {
        if (Sources() is not { } sources)
        {
            return;
        }

        var last = new DateOnly(2018, 2, 28);
        var view = (await LondonProgramme.SharedAsync()).Get<IRecords>().View(null, new AsAt(last, last));
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var kind in view.Catalogue.Kinds)
        {
            foreach (var record in await view.ListAsync(kind, TestContext.Current.CancellationToken))
            {
                titles[record.Reference] = record.Body.Title;
            }
        }

        string[] named = ["person", "party", "body", "post", "work", "measure", "document"];
        var rows = Rows();
        var exceptions = Table("not-facts-names.csv", fields => (Document: fields[0], Token: fields[2]));
        var open = new List<string>();
        var found = 0;
        foreach (var (document, lines) in sources)
        {
            // A row names what it says, the record that it stands in, and the record that its value refers to.
            var listed = rows.Where(row => row.IsOf(document))
                .SelectMany(row => named.Select(kind => $"{kind}:{row.Value}").Append($"{row.Kind}:{row.Key}").Select(reference => titles.GetValueOrDefault(reference, "")).Append(row.Value).Append(row.What))
                .SelectMany(text => Letters().Matches(text).Select(match => match.Value)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var names = lines.SelectMany((line, i) => Name().Matches(line).Select(match => (Line: i + 1, match.Value))).ToList();
            found += names.Count;
            open.AddRange(names.Where(name => !Letters().Matches(name.Value).All(word => listed.Contains(word.Value)) && !exceptions.Exists(one => one.Document.StartsWith(document, StringComparison.Ordinal) && one.Token == name.Value))
                .Select(name => $"{document} line {name.Line}: {name.Value}"));
            open.AddRange(exceptions.Where(one => one.Document.StartsWith(document, StringComparison.Ordinal) && !names.Exists(name => name.Value == one.Token)).Select(one => $"{document}: {one.Token} is excepted and nowhere"));
        }

        found.ShouldBeGreaterThan(500);
        open.ShouldBeEmpty();
    }

    /// <summary>Reads PATHFINDER_REFERENCE; says so and passes where the documents are not there.</summary>
    [Fact]
    public void EveryRating_OfADocument_IsInTheChecklist()
    {
        if (Sources() is not { } sources)
        {
            return;
        }

        var rows = Rows();
        var ratings = sources.SelectMany(source => source.Lines.SelectMany((line, i) => line.Split('\t').Where(cell => cell.Trim() is "R" or "A" or "G" or "L" or "M" or "H" or "VH").Select(cell => (source.Document, Line: i + 1, Word: cell.Trim())))).ToList();

        ratings.Count.ShouldBe(10);
        ratings.Where(rating => !rows.Exists(row => row.IsOf(rating.Document) && row.First <= rating.Line && rating.Line <= row.Last && row.Path == "published.rating" && row.Value == rating.Word)).ShouldBeEmpty();
    }

    /// <summary>Reads PATHFINDER_REFERENCE; says so and passes where the documents are not there.</summary>
    [Fact]
    public void NoSentence_OfADocument_StandsInTheProgrammeOrTheDocs()
    {
        if (Sources() is not { } sources)
        {
            return;
        }

        var sentences = sources.SelectMany(source => Runs(string.Join('\n', source.Lines))).ToHashSet(StringComparer.Ordinal);
        sentences.Count.ShouldBeGreaterThan(1000);
        var copied = Directory.EnumerateFiles(Programme).Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Runs(File.ReadAllText(file)).Where(sentences.Contains).Take(1).Select(run => $"{Path.GetFileName(file)}: {run}"))
            .ToList();
        copied.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("£1,700 and 0.5%", "1700 0.5")]
    [InlineData("05/10/2016", "5 October 2016")]
    [InlineData("COG meeting on 8/5", "8 May")]
    [InlineData("21st July 2016", "July 21 2016")]
    [InlineData("Sept 17", "September 2017")]
    [InlineData("by 2021/2", "2021/22")]
    [InlineData("a two-month period, 03 May", "May 3 2")]
    [InlineData("May they march in spring?", "May spring")]
    public void Tokens_OfAText_AreItsNumbersAndDates(string text, string expected) =>
        Tokens(text).Order(StringComparer.Ordinal).ShouldBe(expected.Split(' ').Order(StringComparer.Ordinal));

    /// <summary>A record as known on the view's day; of one that no longer held that day, what was last known of it.</summary>
    private static async Task<StoredRecord?> FindAsync(RecordView view, RecordKind kind, string key)
    {
        var cancellation = TestContext.Current.CancellationToken;
        return (await view.ListAsync(kind, cancellation)).FirstOrDefault(record => record.Key == key)
            ?? (await view.TimelineAsync(kind, key, cancellation)).LastOrDefault(version => version.Stated is not null);
    }

    private static List<Row> Rows() => Table("checklist-*.csv", fields => new Row(
        fields[0], fields[1], Number(fields[2].Split('-')[0]), Number(fields[2].Split('-')[^1]), fields[3], fields[4], fields[5], fields[6], fields[7],
        DateOnly.ParseExact(fields[8], "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    private static List<T> Table<T>(string files, Func<IReadOnlyList<string>, T> read)
    {
        var all = new List<T>();
        foreach (var file in Directory.GetFiles(Programme, files).Order(StringComparer.Ordinal))
        {
            var csv = new CsvRecords(File.ReadAllText(file));
            csv.Read().ShouldBeTrue(file);
            var width = csv.Fields.Count;
            while (csv.Read())
            {
                csv.Malformed.ShouldBeFalse($"{file} line {csv.Line}");
                csv.Fields.Count.ShouldBe(width, $"{file} line {csv.Line}");
                all.Add(read(csv.Fields));
            }
        }

        return all;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>What stands at a path; a date that is kept as an object gives its words, a list its length.</summary>
    private static string? ValueAt(JsonElement at, string path)
    {
        foreach (var step in Step().Matches(path).Select(match => match.Value))
        {
            if (step[0] == '[')
            {
                var index = Number(step[1..^1]);
                if (at.ValueKind != JsonValueKind.Array || index >= at.GetArrayLength())
                {
                    return null;
                }

                at = at[index];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at))
            {
                return null;
            }
        }

        return at.ValueKind switch
        {
            JsonValueKind.Object => at.TryGetProperty("text", out var words) ? words.GetString() : null,
            JsonValueKind.Array => at.GetArrayLength().ToString(CultureInfo.InvariantCulture),
            JsonValueKind.String => at.GetString(),
            _ => at.GetRawText(),
        };
    }

    /// <summary>The documents' lines by their short names, or null where they are not at hand.</summary>
    private static List<(string Document, string[] Lines)>? Sources()
    {
        var folder = Environment.GetEnvironmentVariable("PATHFINDER_REFERENCE");
        var texts = string.IsNullOrEmpty(folder) ? null : Path.Combine(folder, "source-documents");
        if (texts is null || !Directory.Exists(texts))
        {
            TestContext.Current.TestOutputHelper?.WriteLine("PATHFINDER_REFERENCE names no folder with source-documents: the documents were not read.");
            return null;
        }

        return Documents.Select(document => (document, File.ReadAllText(Directory.GetFiles(texts, $"00{document[1]}_*.txt").Single()).Split('\n'))).ToList();
    }

    /// <summary>
    /// The numbers and dates of a text in one way of writing them: no thousands separators, £ and %; months by their names; number words as
    /// digits, but for "one", which is seldom a number.
    /// </summary>
    private static IEnumerable<string> Tokens(string text)
    {
        var plain = ShortYear().Replace(text, "${month} 20${year}");
        foreach (Match match in Token().Matches(plain))
        {
            var word = match.Value;
            if (match.Groups["day"].Success)
            {
                yield return Number(match.Groups["day"].Value).ToString(CultureInfo.InvariantCulture);
                yield return CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(Number(match.Groups["month"].Value));
                if (match.Groups["year"].Success)
                {
                    yield return match.Groups["year"].Value;
                }
            }
            else if (char.IsAsciiDigit(word[0]))
            {
                // 2021/2 is 2021/22; 03 is 3, while 020 of a telephone stays.
                var digits = word.Replace(",", "", StringComparison.Ordinal);
                yield return digits switch
                {
                    [_, _, _, _, '/', _] => $"{digits[..5]}{digits[2]}{digits[5]}",
                    ['0', var digit] when char.IsAsciiDigit(digit) => digit.ToString(),
                    _ => digits,
                };
            }
            else if (Array.FindIndex(NumberWords, number => number.Equals(word, StringComparison.OrdinalIgnoreCase)) is > 1 and var number)
            {
                yield return number.ToString(CultureInfo.InvariantCulture);
            }
            else
            {
                yield return Array.Find(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames, month => month.Length > 0 && month.StartsWith(word[..3], StringComparison.Ordinal)) ?? word;
            }
        }
    }

    /// <summary>Every run of words of a text that is long enough to be a sentence.</summary>
    private static IEnumerable<string> Runs(string text)
    {
        var words = Word().Matches(text.ToLowerInvariant()).Select(match => match.Value).ToArray();
        for (var at = 0; at + SentenceWords <= words.Length; at++)
        {
            yield return string.Join(' ', words, at, SentenceWords);
        }
    }

    [GeneratedRegex(@"\[\d+\]|[A-Za-z][A-Za-z0-9]*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Step();

    [GeneratedRegex(@"\b[A-Z][a-z'’]+(?: [A-Z][a-z'’]+)+\b|\b[A-Z][A-Z&]+[A-Za-z]*\b|\b[A-Z][a-z]+[A-Z][A-Za-z]*\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"[A-Za-z][A-Za-z'’&]*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Letters();

    [GeneratedRegex(@"[\p{L}\p{N}£%]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?<month>January|February|March|April|May|June|July|August|September|October|November|December|Sept) (?<year>\d\d)(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShortYear();

    [GeneratedRegex(
        @"(?<![\d/])(?<day>\d\d?)/(?<month>0?[1-9]|1[0-2])(?:/(?<year>\d{4}))?(?![\d/])|\d+(?:[.,/]\d+)*|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|winter)\b|\b(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    private sealed record Row(string Id, string Document, int First, int Last, string What, string Value, string Kind, string Key, string Path, DateOnly Known)
    {
        public bool IsOf(string document) => Document.StartsWith(document, StringComparison.Ordinal);
    }
}
