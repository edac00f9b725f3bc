using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Pages.Forces;

namespace Pathfinder.Web.Pages.Home;

/// <summary>A borough that the reader speaks for.</summary>
/// <param name="Command">Who commands it, a sentence without full stop.</param>
/// <param name="Attention">What needs attention there, the most pressing first.</param>
/// <param name="References">The records of those lines.</param>
/// <param name="Records">What was promised to it, and what is tested and planned there.</param>
public sealed record OwnBorough(string Code, string Command, IReadOnlyList<AttentionItem> Attention, IReadOnlyList<string> References, AreaRecords Records);

/// <summary>The boroughs that a reader speaks for, with which their home page begins.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Headline">Whether the promises that concern them are kept.</param>
public sealed record OwnBoroughsReading(string Names, string Headline, IReadOnlyList<OwnBorough> Boroughs);

/// <summary>Gathers what a council asks first: are the promises to us kept, what needs attention here, what comes next.</summary>
public sealed class OwnBoroughs(PromiseCheck check, BoroughPromises promises, RecordLists lists, ProgrammeAttention attention)
{
    private const int ShownLines = 5;
    private static readonly IReadOnlyList<string> Kinds = ["commitment", "pilot", "wave", "milestone", "decision"];

    /// <summary>The boroughs of the force among some codes; null where there are none.</summary>
    public async Task<OwnBoroughsReading?> ReadAsync(RecordView view, ForceView force, IReadOnlyCollection<string> codes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(force);
        var boroughs = codes.Select(force.FindBorough).OfType<Platform.Forces.Borough>().Where(borough => borough.InForce).OrderBy(borough => borough.Name, StringComparer.Ordinal).ToList();
        if (boroughs.Count == 0)
        {
            return null;
        }

        var names = Format.List(boroughs.ConvertAll(borough => borough.Name));
        var groups = await promises.GroupAsync(view, await check.ListAsync(view, cancellation), boroughs.ConvertAll(borough => borough.Code), cancellation);
        var headline = PromiseReports.Headline(groups.Concerning, $" that concern{(groups.Concerning.Count < 2 ? "s" : "")} {names}");
        var lines = ProgrammeAttention.Pressing(await attention.LinesAsync(view, cancellation)).ToList();
        var read = new List<OwnBorough>(boroughs.Count);
        foreach (var borough in boroughs)
        {
            var scope = RecordAreas.Scope(force, borough.Code);
            var here = new List<AttentionLine>();
            foreach (var line in lines)
            {
                if (here.Count < ShownLines && await view.FindAsync(line.Reference, cancellation) is { } record && RecordAreas.Of(record.Kind, record.Body).Any(scope.Contains))
                {
                    here.Add(line);
                }
            }

            read.Add(new OwnBorough(
                borough.Code, ForceWords.Commanded(force, borough, view.At.Effective), [.. here.Select(line => ProgrammeAttention.Item(view.Catalogue, line))],
                [.. here.Select(line => line.Reference)], await AreaRecords.OfAsync(view, lists, borough.Code, borough.Name, Kinds, cancellation)));
        }

        return new OwnBoroughsReading(names, headline, read);
    }
}
