using Pathfinder.Platform.Forces;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Maps;

namespace Pathfinder.Web.Pages.Forces;

/// <summary>How the facts of a force read in a sentence, and how they are drawn.</summary>
public static class ForceWords
{
    /// <summary>The functions in the order pages show them.</summary>
    public static IReadOnlyList<(string Code, string Name)> Functions { get; } =
    [
        ("response", "Response"), ("neighbourhoods", "Neighbourhoods"), ("safeguarding", "Safeguarding"),
        ("investigation", "Local investigation"), ("headquarters", "Headquarters"),
    ];

    /// <summary>Whether a unit joins several boroughs by its kind.</summary>
    public static bool IsMerged(CommandUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return string.Equals(unit.Kind, "BCU", StringComparison.Ordinal);
    }

    /// <summary>A unit as a table names it: code and name, or the borough's name alone where the command is a single borough.</summary>
    public static string Label(CommandUnit unit) => IsMerged(unit) ? $"{unit.Code} {unit.Name}" : unit.Name;

    /// <summary>What is known of the command of the force on a date, as one sentence.</summary>
    public static string Finding(ForceView force, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(force);
        var units = force.UnitsOn(date);
        var merged = units.Where(u => IsMerged(u.Unit)).ToList();
        var single = units.Count - merged.Count;
        var inMerged = merged.Sum(u => u.Members.Count);
        var name = force.Pack.Manifest.Force;
        if (units.Count == 0)
        {
            return $"Nothing is known of who commanded {name} on {Format.Date(date)}";
        }

        if (merged.Count == 0)
        {
            return $"Every borough of {name} is a command of its own";
        }

        return single == 0
            ? $"{Format.Words(merged.Count, capital: true)} command units of several boroughs cover all {inMerged} boroughs of {name}"
            : $"{Format.Words(merged.Count, capital: true)} command {(merged.Count == 1 ? "unit joins" : "units join")} {inMerged} of the {inMerged + single} boroughs of {name}; the other {single} {(single == 1 ? "is a command of its own" : "are commands of their own")}";
    }

    /// <summary>Who commands a borough on a date, as one sentence.</summary>
    public static string Commanded(ForceView force, Borough borough, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(borough);
        return !borough.InForce
            ? $"{borough.Name} is outside the force"
            : force.FindUnitOf(borough.Code, date) is not var (unit, member)
                ? $"Who commanded {borough.Name} on {Format.Date(date)} is not known"
                : IsMerged(unit)
                    ? $"{borough.Name} has been commanded by {unit.Name} ({unit.Code}) {Since(member)}"
                    : $"{borough.Name} is a command of its own";
    }

    /// <summary>Since when a borough belongs to a unit, in a sentence: "since 6 June 2018", or what is known where the day is not.</summary>
    public static string Since(CommandUnitMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.Imprecise is { } known ? $"since a day not known ({known})" : $"since {Format.Date(member.From)}";
    }

    /// <summary>The first day of a membership in a table: the day, or what is known of it. The CSV file has the day that stands for it, so that it still sorts.</summary>
    public static DataCell From(CommandUnitMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return Imprecise(member.From, member.Imprecise, "");
    }

    /// <summary>The last day of a membership in a table: the day, what is known of it, or "still".</summary>
    public static DataCell Until(ForceView force, CommandUnitMember member)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(member);
        return Imprecise(member.To, force.ImpreciseEnd(member) is { } known ? "the day before the next unit, " + known : null, "still");
    }

    private static DataCell Imprecise(DateOnly? stands, string? known, string open)
    {
        var day = DataCell.Of(stands, open);
        return known is null ? day : new DataCell($"{known}; the day is not known", Csv: day.Csv);
    }

    /// <summary>The name of a function.</summary>
    public static string FunctionName(string code) => Functions.FirstOrDefault(f => string.Equals(f.Code, code, StringComparison.Ordinal)).Name ?? code;

    /// <summary>What a function is organised by, as read.</summary>
    public static string OrganisedBy(string value) => value switch
    {
        "borough" => "borough",
        "command-unit" => "command unit",
        "force" => "whole force",
        _ => value,
    };

    /// <summary>Posts by rank, or that they are not known.</summary>
    public static string Posts(IReadOnlyList<PostCount> posts)
    {
        ArgumentNullException.ThrowIfNull(posts);
        return posts.Count == 0
            ? Format.NotKnown
            : string.Join("; ", posts.Select(p => p.Posts is { } n ? $"{Format.Count(n)} {p.Rank}" : $"{p.Rank}: {Format.NotKnown}"));
    }

    /// <summary>The colour and word of an assumption's status.</summary>
    public static (string Colour, string Word) Status(string status) => status switch
    {
        "sourced" => ("green", "sourced"),
        "background" => ("yellow", "no source at hand"),
        "fit" => ("orange", "fitted, weak"),
        _ => ("grey", status),
    };

    /// <summary>The map of command units: one frame a day on which something changes, opened at the date asked for.</summary>
    public static MapView Map(ForceView force, DateOnly date, string known, string? tableId)
    {
        ArgumentNullException.ThrowIfNull(force);
        var dates = force.ChangeDates.Append(date).Distinct().Order().ToList();
        var merged = force.UnitColours;
        var onMap = force.UnitsOn(date).Where(u => IsMerged(u.Unit)).Select(u => u.Unit.Code).ToHashSet(StringComparer.Ordinal);
        return new MapView
        {
            Id = "force-map",
            Description = $"Map of the command units of {force.Pack.Manifest.Force}",
            Layer = force.GeoAddress("boroughs"),
            Bounds = force.Bounds,
            Frames = dates.Select(d => Frame(force, d)).ToList(),
            First = dates.IndexOf(date),
            Legend =
            [
                .. merged.Where(m => onMap.Contains(m.Key)).OrderBy(m => m.Key, StringComparer.Ordinal)
                    .Select(m => new MapLegend(m.Value, $"{m.Key} {force.FindUnit(m.Key)!.Name}")),
                new MapLegend(Components.Charts.Palette.Quiet, "single-borough command"),
                .. force.Pack.Boroughs.Any(b => !b.InForce) ? [new MapLegend(Components.Charts.Palette.Outside, "outside the force")] : Array.Empty<MapLegend>(),
            ],
            AreaHref = $"/areas/borough/{{code}}?effective={date:yyyy-MM-dd}&known={known}",
            DateHref = $"/force?effective={{date}}&known={known}",
            Attribution = Attribution(force),
            TableId = tableId,
        };
    }

    /// <summary>A map that shows some boroughs of the force and the parade sites in them.</summary>
    public static MapView AreaMap(ForceView force, DateOnly date, IReadOnlyCollection<string> boroughs, string description, string? ward = null)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(boroughs);
        var layer = ward is null ? "boroughs" : force.WardLayer!;
        var colour = boroughs.Select(b => force.FindUnitOf(b, date)?.Unit.Code).Where(c => c is not null && force.UnitColours.ContainsKey(c))
            .Select(c => force.UnitColours[c!]).FirstOrDefault() ?? "#5694ca";
        var fill = ward is null
            ? force.Pack.Boroughs.ToDictionary(b => b.Code, b => boroughs.Contains(b.Code) ? colour : Components.Charts.Palette.Quiet, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal) { [ward] = colour };
        var labels = ward is null
            ? force.Pack.Boroughs.Where(b => boroughs.Contains(b.Code)).Select(b => new MapLabel(b.Name, b.Longitude, b.Latitude)).ToList()
            : [];
        return new MapView
        {
            Id = "area-map",
            Description = description,
            Layer = force.GeoAddress(layer),
            Outlines = ward is null ? null : force.GeoAddress("boroughs"),
            Bounds = BoundsOf(force, boroughs),
            Frames = [new MapFrame("now", "", fill, new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal), labels)],
            Pins = force.Pack.ParadeSites.Where(s => boroughs.Contains(s.Borough)).Select(s => new MapPin(s.Name, s.Longitude, s.Latitude)).ToList(),
            Attribution = Attribution(force),
            TableId = "sites",
        };
    }

    /// <summary>The copyright line of the drawn layers.</summary>
    public static string Attribution(ForceView force)
    {
        ArgumentNullException.ThrowIfNull(force);
        var drawn = force.Pack.Manifest.Licences.Where(l => l.Files.Any(f => f.EndsWith(".geojson", StringComparison.OrdinalIgnoreCase))).Select(l => l.Attribution).ToList();
        return string.Join(" ", drawn.Distinct(StringComparer.Ordinal));
    }

    private static MapFrame Frame(ForceView force, DateOnly date)
    {
        var units = force.UnitsOn(date);
        var unitOf = units.SelectMany(u => u.Members.Select(m => (m.Borough, u, m))).GroupBy(p => p.Borough, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var fill = new Dictionary<string, string>(StringComparer.Ordinal);
        var tip = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var borough in force.Pack.Boroughs)
        {
            if (!borough.InForce)
            {
                fill[borough.Code] = Components.Charts.Palette.Outside;
                tip[borough.Code] = [borough.Name, "outside the force"];
            }
            else if (unitOf.TryGetValue(borough.Code, out var found))
            {
                fill[borough.Code] = force.UnitColours.GetValueOrDefault(found.u.Unit.Code, Components.Charts.Palette.Quiet);
                tip[borough.Code] = [borough.Name, IsMerged(found.u.Unit) ? Label(found.u.Unit) : "a command of its own", Since(found.m), $"{Format.Count(borough.Population)} residents"];
            }
            else
            {
                fill[borough.Code] = Components.Charts.Palette.Quiet;
                tip[borough.Code] = [borough.Name, "commanding unit not known on this date"];
            }
        }

        var labels = units.SelectMany(u => Labels(force, u)).ToList();
        return new MapFrame(
            date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Format.Date(date), fill, tip,
            unitOf.Where(p => IsMerged(p.Value.u.Unit)).ToDictionary(p => p.Key, p => p.Value.u.Unit.Code, StringComparer.Ordinal), labels);
    }

    private static IEnumerable<MapLabel> Labels(ForceView force, UnitOn unit)
    {
        var places = unit.Members.Select(m => force.FindBorough(m.Borough)).OfType<Borough>().ToList();
        if (places.Count == 0)
        {
            yield break;
        }

        if (!IsMerged(unit.Unit))
        {
            yield return new MapLabel(places[0].Name, places[0].Longitude, places[0].Latitude, Quiet: true);
            yield break;
        }

        var weight = places.Sum(p => p.AreaKm2);
        yield return new MapLabel(unit.Unit.Code, places.Sum(p => p.Longitude * p.AreaKm2) / weight, places.Sum(p => p.Latitude * p.AreaKm2) / weight);
    }

    // Boroughs of a pack have a centre and an area, from which a box around several follows closely enough to frame them.
    private static double[] BoundsOf(ForceView force, IReadOnlyCollection<string> boroughs)
    {
        double[] bounds = [double.MaxValue, double.MaxValue, double.MinValue, double.MinValue];
        foreach (var borough in force.Pack.Boroughs.Where(b => boroughs.Contains(b.Code)))
        {
            var reach = Math.Sqrt(borough.AreaKm2) * 0.75;
            var (north, east) = (reach / 111.2, reach / (111.2 * Math.Cos(borough.Latitude * Math.PI / 180)));
            bounds[0] = Math.Min(bounds[0], borough.Longitude - east);
            bounds[1] = Math.Min(bounds[1], borough.Latitude - north);
            bounds[2] = Math.Max(bounds[2], borough.Longitude + east);
            bounds[3] = Math.Max(bounds[3], borough.Latitude + north);
        }

        return boroughs.Count == 0 ? [.. force.Bounds] : bounds;
    }
}
