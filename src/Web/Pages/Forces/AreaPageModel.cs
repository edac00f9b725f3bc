using Pathfinder.Platform.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Maps;

namespace Pathfinder.Web.Pages.Forces;

/// <summary>What the pages of a borough, a ward and a command unit share.</summary>
public abstract class AreaPageModel : ForcePageModel
{
    /// <summary>The headline: who commands it since when.</summary>
    public string Finding { get; protected set; } = "";

    /// <summary>On what the date in the headline rests.</summary>
    public string? Rests { get; protected set; }

    /// <summary>Its place on the map.</summary>
    public MapView Map { get; protected set; } = null!;

    /// <summary>Crime, demand, sites and crews.</summary>
    public AreaEvidence Evidence { get; protected set; } = null!;

    /// <summary>How the functions are organised on the date.</summary>
    public DataTable Functions { get; protected set; } = null!;

    /// <summary>Gathers crime, demand, sites and crews of some boroughs and offers their tables.</summary>
    protected void Gather(IEnumerable<string> boroughs)
    {
        Evidence = AreaEvidence.Of(Force, boroughs);
        foreach (var table in Evidence.Tables)
        {
            Offer(table);
        }
    }

    /// <summary>How the functions of a unit are organised on the date of the page.</summary>
    protected DataTable FunctionTable(CommandUnit? unit) => Offer(new DataTable(
        "functions", unit is null ? "How the functions are organised" : $"How {(ForceWords.IsMerged(unit) ? unit.Code : unit.Name)} organises its functions on {Format.Date(At.Effective)}",
        [new("Function"), new("Organised by"), new("Since"), new("Led by"), new("Posts"), new("Basis")],
        unit is null
            ? []
            : ForceWords.Functions.SelectMany(f => Force.FunctionsOn(unit.Code, At.Effective).Where(a => string.Equals(a.Function, f.Code, StringComparison.Ordinal)))
                .Select(a => (IReadOnlyList<DataCell>)
                [
                    ForceWords.FunctionName(a.Function), ForceWords.OrganisedBy(a.OrganisedBy), DataCell.Of(a.From, ""), a.Lead ?? Format.NotKnown,
                    ForceWords.Posts(a.Posts), a.Basis,
                ]).ToList())
    {
        Empty = "How its functions are organised on this date is not known.",
    });
}
