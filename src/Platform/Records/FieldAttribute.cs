namespace Pathfinder.Platform.Records;

/// <summary>
/// Makes a property a field of a record: its label is on forms, lists and in exports. The type says how it is typed in:
/// text, number, date, <see cref="PartialDate"/>, choice (an enum), yes or no, a list of words, a <see cref="RecordRow"/> or a list of rows.
/// </summary>
/// <param name="label">What a user reads beside it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldAttribute(string label) : Attribute
{
    /// <summary>What a user reads beside it.</summary>
    public string Label => label;

    /// <summary>Help under the label.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether a record without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Lines of the text box; 1 for a short text.</summary>
    public int Lines { get; init; } = 1;

    /// <summary>The unit of a number: "£", "posts", "%", "days".</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// Name of the kind whose key it holds; "*" for any kind, written "kind:key". Of a list, what each item holds.
    /// A reference that leads nowhere is refused.
    /// </summary>
    public string? RefersTo { get; init; }

    /// <summary>Whether it holds codes of boroughs, command units or wards of the force.</summary>
    public bool IsArea { get; init; }

    /// <summary>Whether lists of the kind show it as a column.</summary>
    public bool InList { get; init; }

    /// <summary>Whether a step of the product sets it: no form asks for it, and a form leaves it as it is.</summary>
    public bool ByStep { get; init; }

    /// <summary>Whether it holds a query (docs/methods/queries.md), checked for its grammar when saved.</summary>
    public bool IsQuery { get; init; }

    /// <summary>Which end of the days on which the record holds this <see cref="PartialDate"/> states.</summary>
    public HoldingEnd Holds { get; init; }
}

/// <summary>An end of the days on which a record holds.</summary>
public enum HoldingEnd
{
    /// <summary>None: the date says something else.</summary>
    None,

    /// <summary>The first day on which it holds.</summary>
    First,

    /// <summary>The last day on which it holds.</summary>
    Last,
}
