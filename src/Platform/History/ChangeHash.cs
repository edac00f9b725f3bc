using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pathfinder.Platform.History;

/// <summary>
/// The hash of one entry of the change log over the one before. Each field is written as <c>name:length:bytes</c> and a
/// line feed (<c>name:-</c> for null), so that no two different entries have the same text and any language can repeat it.
/// </summary>
/// <remarks>docs/methods/audit-chain.md holds the same in words, with an example.</remarks>
public static class ChangeHash
{
    /// <summary>What the first entry has for the hash of the one before.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>SHA-256 of the entry's text, in lower-case hex.</summary>
    public static string Of(ChangeRow change) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(change))));

    /// <summary>The text that is hashed.</summary>
    public static string Text(ChangeRow change)
    {
        var text = new StringBuilder(512 + (change.OldBody?.Length ?? 0) + (change.NewBody?.Length ?? 0));
        foreach (var (name, value) in Fields(change))
        {
            text.Append(name).Append(':');
            if (value is null)
            {
                text.Append("-\n");
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(value)}:").Append(value).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, string? Value)> Fields(ChangeRow change) =>
    [
        ("previous", change.Previous),
        ("sequence", Number(change.Sequence)),
        ("action", change.Action),
        ("at", Number(change.At)),
        ("account", change.Account),
        ("organisation", change.Organisation),
        ("why", change.Why),
        ("kind", change.Kind),
        ("key", change.Key),
        ("factId", Number(change.FactId)),
        ("known", Day(change.Known)),
        ("effectiveFrom", Day(change.EffectiveFrom)),
        ("effectiveUntil", Day(change.EffectiveUntil)),
        ("oldBody", change.OldBody),
        ("newBody", change.NewBody),
    ];

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? value) => value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
