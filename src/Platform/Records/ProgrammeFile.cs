using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>One version in a programme file.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Key">The key.</param>
/// <param name="Body">What it says; null where the record ceases to hold.</param>
/// <param name="From">First day on which it holds, or no longer does.</param>
/// <param name="Until">First day on which it no longer holds; null while open.</param>
/// <param name="Known">When the programme knew it.</param>
/// <param name="Why">Why it was recorded; null leaves it to whoever imports.</param>
/// <param name="Row">Its place in the file, from 1.</param>
public sealed record ProgrammeFileRecord(
    RecordKind Kind, string Key, ProgrammeRecord? Body, DateOnly From, DateOnly? Until, DateOnly Known, string? Why, int Row);

/// <summary>A programme file as read (docs/guides/programme-file.md): versions of records with their clocks.</summary>
/// <param name="Name">The file's name, as problems give it.</param>
/// <param name="Title">What it is.</param>
/// <param name="Records">Its records in order.</param>
public sealed record ProgrammeFile(string Name, string? Title, IReadOnlyList<ProgrammeFileRecord> Records)
{
    /// <summary>The name of the format, in every file.</summary>
    public const string Format = "pathfinder-programme";

    /// <summary>The version of the format that is written, and the only one that is read.</summary>
    public const int FormatVersion = 1;

    /// <summary>The largest file that is read.</summary>
    public const int MaximumBytes = 256 * 1024 * 1024;

    private const int MaximumProblems = 500;
    private static readonly string[] FileMembers = ["format", "version", "title", "known", "from", "why", "records"];
    private static readonly string[] VersionMembers = ["kind", "key", "known", "from", "until", "why", "body"];
    private static readonly string[] EndMembers = ["kind", "key", "known", "why", "ends"];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a file. Refused with every fault in it: the file, the record's place as row, the field by its JSON path.</summary>
    public static Outcome<ProgrammeFile> Read(ReadOnlyMemory<byte> content, string name, RecordCatalogue catalogue)
    {
        var problems = new List<Problem>();
        var file = ReadAsFar(content, name, catalogue, problems, new HashSet<string>(StringComparer.Ordinal));
        return problems.Count > 0 ? problems : file;
    }

    /// <summary>
    /// Reads what can be read of a file; what cannot is told in <paramref name="problems"/>, and how references name it in <paramref name="unread"/>.
    /// </summary>
    internal static ProgrammeFile ReadAsFar(ReadOnlyMemory<byte> content, string name, RecordCatalogue catalogue, List<Problem> problems, ISet<string> unread)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var nothing = new ProgrammeFile(name, null, []);
        if (content.Length > MaximumBytes)
        {
            problems.Add(new Problem("The file is larger than is read", name, Found: Text(content.Length) + " bytes", Accepted: "at most " + Text(MaximumBytes) + " bytes"));
            return nothing;
        }

        try
        {
            var mark = content.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
            using var document = JsonDocument.Parse(content[mark..], Strict);
            return new Reader(name, catalogue, problems, unread).File(document.RootElement) ?? nothing;
        }
        catch (JsonException fault)
        {
            var line = fault.LineNumber is { } number ? "line " + Text(number + 1) : null;
            problems.Add(new Problem("This is not JSON, or says something twice", name, Field: RecordJson.PathOf(fault), Found: line is null ? fault.Message : $"{line}: {fault.Message}", Accepted: "UTF-8 JSON as docs/guides/programme-file.md describes it"));
            return nothing;
        }
    }

    /// <summary>Writes versions as a file: the same bytes for the same versions.</summary>
    public static byte[] Write(string title, IEnumerable<ProgrammeFileRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Layout))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", FormatVersion);
            json.WriteString("title", title);
            json.WriteStartArray("records");
            foreach (var record in records)
            {
                Write(json, record);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ProgrammeFileRecord record)
    {
        json.WriteStartObject();
        json.WriteString("kind", record.Kind.Name);
        json.WriteString("key", record.Key);
        json.WriteString("known", Day(record.Known));
        json.WriteString(record.Body is null ? "ends" : "from", Day(record.From));
        if (record.Until is { } until)
        {
            json.WriteString("until", Day(until));
        }

        if (record.Why is { } why)
        {
            json.WriteString("why", why);
        }

        if (record.Body is { } body)
        {
            json.WritePropertyName("body");
            JsonSerializer.Serialize(json, body, record.Kind.Body, RecordJson.Options);
        }

        json.WriteEndObject();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Reader(string name, RecordCatalogue catalogue, List<Problem> problems, ISet<string> unread)
    {
        private readonly int _before = problems.Count;
        private readonly List<ProgrammeFileRecord> _records = [];

        /// <summary>What can be read; null where the file is none.</summary>
        public ProgrammeFile? File(JsonElement root)
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String || format.GetString() != Format)
            {
                Fault(null, "This is not a programme file", "format", null, $"an object with \"format\": \"{Format}\"");
                return null;
            }

            if (!root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || version.GetRawText() != Text(FormatVersion))
            {
                Fault(null, "This version of the format cannot be read", "version", version.ValueKind == JsonValueKind.Undefined ? null : version.GetRawText(), Text(FormatVersion));
                return null;
            }

            Unknown(root, FileMembers, null);
            var title = Words(root, "title", null);
            var (known, from, why) = (DayOf(root, "known", null), DayOf(root, "from", null), Words(root, "why", null));
            if (!root.TryGetProperty("records", out var records) || records.ValueKind != JsonValueKind.Array)
            {
                Fault(null, "A programme file needs its records", "records", null, "a list");
            }
            else
            {
                var row = 0;
                foreach (var record in records.EnumerateArray())
                {
                    Record(record, ++row, known, from, why);
                    if (problems.Count - _before >= MaximumProblems)
                    {
                        Fault(row, "There are more faults after this record; correct these first", null, null, null);
                        break;
                    }
                }
            }

            return new ProgrammeFile(name, title, _records);
        }

        private void Record(JsonElement record, int row, DateOnly? fileKnown, DateOnly? fileFrom, string? fileWhy)
        {
            if (record.ValueKind != JsonValueKind.Object)
            {
                Fault(row, "A record must be an object", null, record.GetRawText(), "{ \"kind\": …, \"key\": …, \"body\": … }");
                return;
            }

            var before = problems.Count;
            var isEnd = record.TryGetProperty("ends", out _);
            Unknown(record, isEnd ? EndMembers : VersionMembers, row);
            var kind = Kind(record, row);
            var key = Words(record, "key", row);
            if (!RecordKeys.IsKey(key))
            {
                Fault(row, "This cannot be a key", "key", key, RecordKeys.Accepted);
            }

            var known = DayOf(record, "known", row) ?? fileKnown;
            var from = isEnd ? DayOf(record, "ends", row) : DayOf(record, "from", row) ?? fileFrom;
            var until = isEnd ? null : DayOf(record, "until", row);
            var why = Words(record, "why", row) ?? fileWhy;
            Needed(known, row, "known", "when the programme knew it, on the record or on the file: 2017-05-12", before);
            Needed(from, row, isEnd ? "ends" : "from", "the first day, on the record or on the file: 2017-05-12", before);
            ProgrammeRecord? body = null;
            if (!isEnd && kind is not null)
            {
                body = Body(record, kind, row);
            }

            if (problems.Count == before)
            {
                _records.Add(new ProgrammeFileRecord(kind!, key!, body, from!.Value, until, known!.Value, why, row));
            }
            else if (key is not null)
            {
                unread.Add(key);
                unread.Add($"{kind?.Name}:{key}");
            }
        }

        private RecordKind? Kind(JsonElement record, int row)
        {
            var text = Words(record, "kind", row);
            var kind = text is null ? null : catalogue.Find(text);
            if (kind is null)
            {
                Fault(row, "There is no such kind of record", "kind", text, string.Join(", ", catalogue.Kinds.Select(k => k.Name)));
            }

            return kind;
        }

        private ProgrammeRecord? Body(JsonElement record, RecordKind kind, int row)
        {
            if (!record.TryGetProperty("body", out var body))
            {
                Fault(row, "A record needs what it says, or the day on which it ends", "body", null, "\"body\": { … } or \"ends\": \"2017-09-05\"");
                return null;
            }

            var read = RecordJson.Read(kind, body);
            foreach (var problem in read.Problems)
            {
                Fault(row, problem.Message, problem.Field ?? "body", problem.Found, problem.Accepted);
            }

            return read.Succeeded ? read.Value : null;
        }

        private void Needed(DateOnly? day, int row, string field, string accepted, int before)
        {
            if (day is null && !problems.Skip(before).Any(problem => problem.Field == field))
            {
                Fault(row, "A day is needed", field, null, accepted);
            }
        }

        private void Unknown(JsonElement holder, string[] members, int? row)
        {
            foreach (var member in holder.EnumerateObject().Where(member => !members.Contains(member.Name, StringComparer.Ordinal)))
            {
                Fault(row, "There is no such member", member.Name, member.Name, string.Join(", ", members));
            }
        }

        private string? Words(JsonElement holder, string member, int? row)
        {
            if (!holder.TryGetProperty(member, out var value))
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
            {
                return value.GetString();
            }

            Fault(row, "This must be a text", member, value.GetRawText(), "a text, not empty");
            return null;
        }

        private DateOnly? DayOf(JsonElement holder, string member, int? row)
        {
            if (!holder.TryGetProperty(member, out var value))
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            Fault(row, "This must be a day", member, value.GetRawText().Trim('"'), "2017-05-12");
            return null;
        }

        private void Fault(int? row, string message, string? field, string? found, string? accepted) =>
            problems.Add(new Problem(message, name, row, field, found, accepted));
    }
}
