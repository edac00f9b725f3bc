using System.Globalization;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api.Records;

/// <summary>What a list of records is narrowed to, sorted by and turned to, as its address says.</summary>
public sealed record RecordQuery
{
    /// <summary>Records on a page.</summary>
    public const int PageSize = 50;

    /// <summary>Words that stand anywhere in the record.</summary>
    public string? Text { get; init; }

    /// <summary>Code of a borough, command unit or ward.</summary>
    public string? Area { get; init; }

    /// <summary>Key of the post that answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>Key of the work it belongs to, or of work above that.</summary>
    public string? Work { get; init; }

    /// <summary>Key of a body it names.</summary>
    public string? Body { get; init; }

    /// <summary>"kind:key" of a record it names anywhere.</summary>
    public string? Refers { get; init; }

    /// <summary>A computed word ("kept"), or how it stands: good, watch, bad, missing.</summary>
    public string? Status { get; init; }

    /// <summary>A question of the home page that it is a line of: "Slipped", "Overdue".</summary>
    public string? Attention { get; init; }

    /// <summary>Choices by name of their field.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The column it is sorted by, a minus in front for the other way round; null for the order of keys.</summary>
    public string? Sort { get; init; }

    /// <summary>The page, counted from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether anything narrows the list.</summary>
    public bool Narrows => Choices.Count > 0
        || this is { Text: not null } or { Area: not null } or { Owner: not null } or { Work: not null } or { Body: not null } or { Refers: not null } or { Status: not null } or { Attention: not null };

    /// <summary>Parameters that an address of a list may carry, those of the dates among them.</summary>
    public static IReadOnlyList<string> Names(RecordKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return
        [
            "text", "area", "owner", "work", "body", "refers", "status", "attention", "sort", "page", PageDates.EffectiveName, PageDates.KnownName, PageDates.RecordedName,
            .. kind.Fields.Where(field => field.Shape == FieldShape.Choice).Select(field => field.Name),
        ];
    }

    /// <summary>Reads an address; what it does not know is left alone.</summary>
    public static RecordQuery Of(RecordKind kind, IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(query);
        string? Given(string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;
        return new RecordQuery
        {
            Text = Given("text"),
            Area = Given("area"),
            Owner = Given("owner"),
            Work = Given("work"),
            Body = Given("body"),
            Refers = Given("refers"),
            Status = Given("status"),
            Attention = Given("attention"),
            Choices = kind.Fields.Where(field => field.Shape == FieldShape.Choice && Given(field.Name) is not null)
                .ToDictionary(field => field.Name, field => Given(field.Name)!, StringComparer.Ordinal),
            Sort = Given("sort"),
            Page = int.TryParse(Given("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
        };
    }
}
