using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>What the references and areas of a form can be: records by title, areas by name.</summary>
public sealed class FormChoices
{
    /// <summary>What a form offers for a reference to any kind.</summary>
    public const string Any = "*";

    /// <summary>Most options of a select; more are suggested while typing.</summary>
    private const int LongestSelect = 40;

    // Of these there are many, and nothing that a person fills in refers to one of them.
    private static readonly string[] NeverSuggested = ["observation", "round-line", "progress-report"];

    private readonly Dictionary<string, List<FieldOption>> _byKind = new(StringComparer.Ordinal);
    private readonly ForceView? _force;

    private FormChoices(ForceView? force) => _force = force;

    /// <summary>Nothing to choose from.</summary>
    public static FormChoices None { get; } = new(null);

    /// <summary>Loads what the fields of a kind can refer to, as far as the reader may see it.</summary>
    public static async Task<FormChoices> LoadAsync(RecordView view, RecordKind kind, ForceView? force, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var choices = new FormChoices(force);
        foreach (var target in kind.Targets.Order(StringComparer.Ordinal))
        {
            var options = new List<FieldOption>();
            foreach (var referred in target == Any ? view.Catalogue.Kinds.Where(k => !NeverSuggested.Contains(k.Name)) : view.Catalogue.Kinds.Where(k => k.Name == target))
            {
                options.AddRange((await view.ListAsync(referred, cancellation)).Select(record => new FieldOption(target == Any ? record.Reference : record.Key, record.Body.Title)));
            }

            choices._byKind[target] = [.. options.OrderBy(option => option.Text, StringComparer.Ordinal)];
        }

        return choices;
    }

    /// <summary>The lists too long for a select, by kind: the form suggests them while typing.</summary>
    public IEnumerable<(string Id, IReadOnlyList<FieldOption> Options)> Suggested =>
        _byKind.Where(pair => !IsSelect(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (Suggestions(pair.Key), (IReadOnlyList<FieldOption>)pair.Value));

    /// <summary>Whether a reference is chosen from a select.</summary>
    public bool IsSelect(RecordField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return IsSelect(field.Mark.RefersTo!);
    }

    /// <summary>Options of a select; what it holds is among them even where it leads nowhere.</summary>
    public IReadOnlyList<FieldOption> Options(RecordField field, string? held)
    {
        ArgumentNullException.ThrowIfNull(field);
        var options = _byKind.GetValueOrDefault(field.Mark.RefersTo!) ?? [];
        return [new("", "Choose"), .. options, .. held is { Length: > 0 } && !options.Exists(option => option.Value == held) ? [new FieldOption(held, WithheldReferences.IsMark(held) ? "withheld from you; stays as it is" : held)] : Array.Empty<FieldOption>()];
    }

    /// <summary>Id of the suggestions for a reference to a kind.</summary>
    public static string Suggestions(string kind) => "suggested-" + (kind == Any ? "any" : kind);

    /// <summary>How a suggestion reads: its title, with what names it in brackets.</summary>
    public static string Suggestion(FieldOption option)
    {
        ArgumentNullException.ThrowIfNull(option);
        return $"{option.Text} [{option.Value}]";
    }

    /// <summary>What an input shows of a reference.</summary>
    public string Text(RecordField field, string held)
    {
        ArgumentNullException.ThrowIfNull(field);
        return !IsSelect(field) && _byKind.GetValueOrDefault(field.Mark.RefersTo!)?.Find(option => option.Value == held) is { } option ? Suggestion(option) : held;
    }

    /// <summary>The reference that an input holds: what stands in brackets at its end, a title in full, or the text itself.</summary>
    public string Key(RecordField field, string text)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(text);
        var given = text.Trim();
        var options = _byKind.GetValueOrDefault(field.Mark.RefersTo!) ?? [];
        return options.Find(option => option.Value == given || Suggestion(option) == given)?.Value
            ?? (options.FindAll(option => string.Equals(option.Text, given, StringComparison.OrdinalIgnoreCase)) is [var only] ? only.Value : null)
            ?? (given.EndsWith(']') && given.LastIndexOf('[') is >= 0 and var open ? given[(open + 1)..^1] : given);
    }

    /// <summary>An area by name.</summary>
    public string AreaText(string code) => RecordAreas.Find(_force, code)?.Name ?? code;

    /// <summary>The code of an area given by name or code.</summary>
    public string AreaCode(string text) => RecordAreas.Code(_force, text);

    private bool IsSelect(string kind) => kind != Any && (_byKind.GetValueOrDefault(kind)?.Count ?? 0) <= LongestSelect;
}
