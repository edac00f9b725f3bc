using System.Text.Json;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Api.Records;

/// <summary>Reads what a request about a record says; everything that has another shape is a problem that names the JSON member and what is accepted.</summary>
internal static class RecordRequests
{
    /// <summary>A record to be saved.</summary>
    public static Outcome<RecordChangeRequest<T>> ReadChange<T>(RecordKind kind, JsonElement sent)
        where T : ProgrammeRecord
    {
        var members = new Members(sent, "body, why, key, version, from, known");
        var (why, key, version, from, known) = (members.Text("why"), members.Text("key"), members.Number("version"), members.Day("from"), members.Day("known"));
        T? body = null;
        if (members.Take("body") is not { } stated)
        {
            members.Problems.Add(new Problem("Send what the record says", Field: "body", Accepted: "an object of its fields"));
        }
        else
        {
            var read = RecordJson.Read(kind, stated);
            members.Problems.AddRange(read.Problems.Select(problem => problem.Field is null ? problem with { Field = "body" } : problem));
            body = read.Succeeded ? (T)read.Value : null;
        }

        return members.Finish() is { Count: > 0 } problems ? problems : new RecordChangeRequest<T>(body, why, key, version, from, known);
    }

    /// <summary>The end of a record.</summary>
    public static Outcome<RecordEndRequest> ReadEnd(JsonElement sent)
    {
        var members = new Members(sent, "why, from");
        var request = new RecordEndRequest(members.Text("why"), members.Day("from"));
        return members.Finish() is { Count: > 0 } problems ? problems : request;
    }

    /// <summary>The members of an object, taken one by one; what is left at the end is none of them.</summary>
    private sealed class Members
    {
        private readonly Dictionary<string, JsonElement> _left = new(StringComparer.OrdinalIgnoreCase);
        private readonly string _names;

        public Members(JsonElement sent, string names)
        {
            _names = names;
            if (sent.ValueKind != JsonValueKind.Object)
            {
                Problems.Add(new Problem("Send an object", Found: Short(sent), Accepted: $"{{ … }} of {names}"));
                return;
            }

            foreach (var member in sent.EnumerateObject())
            {
                if (!_left.TryAdd(member.Name, member.Value))
                {
                    Problems.Add(new Problem("The member stands twice", Field: member.Name, Accepted: "each member once"));
                }
            }
        }

        public List<Problem> Problems { get; } = [];

        public JsonElement? Take(string name) => _left.Remove(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

        public string? Text(string name) => Read(name, "a text", value => value.ValueKind == JsonValueKind.String ? value.GetString() : null);

        public long? Number(string name) => Read<long?>(name, "a whole number, the version as it was read", value => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null);

        public DateOnly? Day(string name) => Read<DateOnly?>(
            name, "a day: 2017-05-12",
            value => value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null);

        public List<Problem> Finish()
        {
            Problems.AddRange(_left.Keys.Select(name => new Problem("There is no such member", Field: name, Found: name, Accepted: _names)));
            return Problems;
        }

        private T? Read<T>(string name, string accepted, Func<JsonElement, T?> read)
        {
            if (Take(name) is not { } value)
            {
                return default;
            }

            var found = read(value);
            if (found is null)
            {
                Problems.Add(new Problem($"The member {name} cannot be read", Field: name, Found: Short(value), Accepted: accepted));
            }

            return found;
        }

        private static string Short(JsonElement value)
        {
            const int Longest = 80;
            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            return text.Length > Longest ? text[..Longest] + "…" : text;
        }
    }
}
