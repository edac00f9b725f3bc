using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>A register on the landing page.</summary>
/// <param name="Finding">What it says, or what it is for.</param>
public sealed record Register(RecordKind Kind, string Name, int Count, string Finding);

/// <summary>The registers by room, with a finding each.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(IRecords records, RecordLists lists) : AsAtPageModel
{
    /// <summary>The finding.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The registers by room, in the order of navigation.</summary>
    public IReadOnlyList<(string Room, IReadOnlyList<Register> Registers)> Rooms { get; private set; } = [];

    /// <summary>Shows the registers.</summary>
    public async Task OnGetAsync()
    {
        var view = records.View(User.Actor(), At);
        var all = new List<Register>();
        foreach (var kind in records.Catalogue.Kinds)
        {
            var found = await view.ListAsync(kind, HttpContext.RequestAborted);
            var reading = lists.Reading(kind) is { } computes && found.Count > 0 ? await computes.ReadAsync(view, found, HttpContext.RequestAborted) : null;
            all.Add(new Register(kind, char.ToUpperInvariant(kind.Many[0]) + kind.Many[1..], found.Count, reading?.Headline ?? kind.Purpose));
        }

        Rooms = all.GroupBy(register => register.Kind.Room, StringComparer.Ordinal).Select(group => (group.Key, (IReadOnlyList<Register>)group.ToList())).ToList();
        var count = all.Sum(register => register.Count);
        Headline = count == 0
            ? "Nothing of the programme is recorded yet"
            : $"{Format.Count(count)} records in {Format.Count(all.Count(register => register.Count > 0))} registers, as known on {Format.Date(At.Known)}";
    }
}
