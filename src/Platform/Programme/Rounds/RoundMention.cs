using System.Security.Cryptography;
using System.Text;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>
/// How a round names a record for which it has no report. Whoever may read the round reads the name; the key of a record says what it is
/// about, so one that has readers of its own is named by a mark, which only who may read the record can tell.
/// </summary>
public static class RoundMention
{
    private const string Mark = "withheld:";

    /// <summary>The name of a record in a round: its reference, or for a restricted one a mark made of the round and the reference.</summary>
    public static string Of(string round, StoredRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Body.Handling.Readers.Count == 0 ? record.Reference : MarkOf(round, record.Reference);
    }

    /// <summary>Whether a list of names holds a record, whichever way it is named.</summary>
    public static bool Names(string round, IReadOnlyList<string> names, string reference)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Contains(reference, StringComparer.Ordinal) || names.Contains(MarkOf(round, reference), StringComparer.Ordinal);
    }

    private static string MarkOf(string round, string reference) =>
        Mark + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{round}\n{reference}")))[..16];
}
