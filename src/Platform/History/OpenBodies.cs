namespace Pathfinder.Platform.History;

/// <summary>
/// What tells, without reading it, that a body is open to whoever may read at all. The store has an index of the versions that end a fact or
/// lack this text, so that a page of a long list reads the bodies of that page and of those alone.
/// </summary>
public static class OpenBodies
{
    /// <summary>
    /// The text. Within a string the quotation marks would be escaped, so it cannot be written there; a body that lacks it for any other reason
    /// is looked at. It stands in the schema and never changes.
    /// </summary>
    public const string Text = "\"handling\":{\"marking\":\"official\",\"readers\":[]}";

    /// <summary>Versions that end a fact or may be closed, on either store; the same words in the index and in the question, or the index is not used.</summary>
    internal const string Others = $"body IS NULL OR body NOT LIKE '%{Text}%'";
}
