using System.Globalization;
using Pathfinder.Analysis.Calibration;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Calibration;

/// <summary>A parameter to find, with what is known of it beforehand.</summary>
/// <param name="Key">An assumption of the pack, or one of <see cref="FitKeys"/>.</param>
/// <param name="Prior">Its range.</param>
/// <param name="Basis">"sourced" or "background"; "fit" where somebody chose it by the data, which a blind calibration refuses.</param>
/// <param name="Why">Where the range comes from.</param>
public sealed record FitParameter(string Key, PriorRange Prior, string Basis, string Why);

/// <summary>
/// Parameters that are no assumption of a pack: multipliers of crews and demand (of one area with its name behind a dot), and
/// how incidents that need more than one unit divide into two and three.
/// </summary>
public static class FitKeys
{
    /// <summary>Multiplies planned crews and vehicles.</summary>
    public const string Crews = "crews.times";

    /// <summary>Multiplies arrivals of one grade: demand.I.times, demand.S.times, demand.E.times.</summary>
    public const string Demand = "demand.";

    /// <summary>Of incidents that need more than one unit, the share that needs three: units.I.threeOfMore.</summary>
    public const string ThreeOfMore = ".threeOfMore";

    /// <summary>Speed of significant and appointment incidents: slope of I times this.</summary>
    public const string SlowTravel = "travel.S.timesBlueLight";

    /// <summary>Whether a key is known; <paramref name="areas"/> are the named areas of the file.</summary>
    public static bool Knows(string key, IEnumerable<string> areas) =>
        AssumptionKeys.Find(key) is not null || Kind(key, areas) is not null;

    internal static string? Kind(string key, IEnumerable<string> areas)
    {
        if (key == SlowTravel)
        {
            return SlowTravel;
        }

        if (key == Crews || areas.Any(area => key == $"{Crews}.{area}"))
        {
            return Crews;
        }

        foreach (var grade in (string[])["I", "S", "E"])
        {
            if (key == $"demand.{grade}.times" || areas.Any(area => key == $"demand.{grade}.times.{area}"))
            {
                return Demand;
            }

            if (key == $"units.{grade}{ThreeOfMore}")
            {
                return ThreeOfMore;
            }
        }

        return null;
    }
}

/// <summary>What is fitted, to what period, and by which simulation: PARAMETERS.yaml.</summary>
public sealed record FitFile
{
    /// <summary>Name of the calibration it makes: lower-case letters, digits, hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>The date whose organisation is simulated.</summary>
    public required DateOnly Dated { get; init; }

    /// <summary>Targets must have ended before this day.</summary>
    public required DateOnly TargetsBefore { get; init; }

    /// <summary>Targets that begin on or after this day are kept out of the fit and checked against it; null for none.</summary>
    public DateOnly? HoldOutFrom { get; init; }

    /// <summary>Whether values marked fit may serve neither as a range nor as a default.</summary>
    public bool Blind { get; init; }

    /// <summary>Days counted in each simulation.</summary>
    public int Days { get; init; } = 28;

    /// <summary>Days simulated before.</summary>
    public int WarmUpDays { get; init; } = 7;

    /// <summary>Size of the posterior sample.</summary>
    public int Particles { get; init; } = 100;

    /// <summary>Areas with names: boroughs put together as one.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Areas { get; init; }

    /// <summary>What is fitted.</summary>
    public required IReadOnlyList<FitParameter> Parameters { get; init; }

    /// <summary>Assumptions held at a value that is not the pack's, by key.</summary>
    public IReadOnlyDictionary<string, double> Held { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Boroughs simulated: those of every area.</summary>
    public IReadOnlyList<string> StudyArea => [.. Areas.Values.SelectMany(boroughs => boroughs).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Reads the file against a pack. Refused with every fault at once, by line.</summary>
    public static Outcome<FitFile> Read(string yaml, ForcePack pack, string? file = null)
    {
        var problems = new List<Problem>();
        if (YamlFields.Read(yaml, file, problems) is not { } top)
        {
            return problems;
        }

        var fit = Read(top, pack);
        top.RefuseOthers();
        return problems.Count > 0 ? problems : fit;
    }

    internal static FitFile Read(YamlFields top, ForcePack pack)
    {
        var name = top.Text("name");
        if (name.Length is 0 or > 60 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            top.Fault("The name cannot be used", "name", name, "lower-case letters, digits and hyphens, at most 60");
        }

        var areas = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (top.FieldsOrNull("areas") is { } named)
        {
            foreach (var area in named.Names)
            {
                areas[area] = named.Texts(area);
                foreach (var stranger in areas[area].Where(code => pack.Boroughs.All(borough => borough.Code != code || !borough.InForce)))
                {
                    named.Fault("The area names a borough that is not in the force", area, stranger, "codes of boroughs of the force");
                }
            }
        }

        if (areas.Count == 0)
        {
            top.Fault("No area is named", "areas", accepted: "NAME: [borough codes]");
        }

        var held = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (top.FieldsOrNull("held") is { } fixedValues)
        {
            foreach (var key in fixedValues.Names)
            {
                if (!FitKeys.Knows(key, areas.Keys))
                {
                    fixedValues.Fault("No simulation asks for this parameter", key, key);
                }
                else if (fixedValues.NumberOrNull(key) is { } value)
                {
                    held[key] = value;
                }
            }
        }

        var fit = new FitFile
        {
            Name = name,
            Title = top.TextOrNull("title") ?? name,
            Dated = Date(top, "dated", required: true) ?? default,
            TargetsBefore = Date(top, "targetsBefore", required: true) ?? default,
            HoldOutFrom = Date(top, "holdOutFrom", required: false),
            Blind = (top.TextOrNull("blind") ?? "no") is "yes" or "true",
            Days = Whole(top, "days", 28, 7, 366),
            WarmUpDays = Whole(top, "warmUpDays", 7, 0, 60),
            Particles = Whole(top, "particles", 100, 8, 2000),
            Areas = areas,
            Held = held,
            Parameters = ReadParameters(top, "parameters", areas.Keys.ToList()),
        };
        if (fit.Parameters.Count == 0)
        {
            top.Fault("Nothing is fitted", "parameters", accepted: "a list of parameters, each with key, low, high, basis and why");
        }

        if (fit.Blind)
        {
            Bar(top, fit, pack);
        }

        return fit;
    }

    internal static IReadOnlyList<FitParameter> ReadParameters(YamlFields top, string list, IReadOnlyList<string> areas, IReadOnlySet<string>? others = null)
    {
        var parameters = new List<FitParameter>();
        foreach (var each in top.List(list))
        {
            var key = each.Text("key");
            if (key.Length > 0 && !FitKeys.Knows(key, areas) && others?.Contains(key) != true)
            {
                each.Fault("No simulation asks for this parameter", "key", key, "a key of the pack's assumptions, crews.times, demand.I.times, units.I.threeOfMore, travel.S.timesBlueLight; of one area with .AREA behind it");
            }

            if (parameters.Exists(other => other.Key == key))
            {
                each.Fault("The parameter stands twice", "key", key);
            }

            var (low, high) = (each.NumberOrNull("low"), each.NumberOrNull("high"));
            if (low is null || high is null || !(low < high))
            {
                each.Fault("The range is none", "low", $"{low} to {high}", "low and high, low below high");
            }
            else if (AssumptionKeys.Find(key) is { } known && (low < known.Least || high > known.Greatest))
            {
                each.Fault(
                    "The range leaves the bounds within which the parameter makes sense", "low", string.Create(CultureInfo.InvariantCulture, $"{low} to {high}"),
                    string.Create(CultureInfo.InvariantCulture, $"{known.Least} to {known.Greatest}"));
            }

            var basis = each.Text("basis");
            if (basis is not ("sourced" or "background" or "fit"))
            {
                each.Fault("The basis is none of those accepted", "basis", basis, "sourced, background, fit");
            }

            var whole = each.TextOrNull("whole") is "yes" or "true";
            parameters.Add(new FitParameter(key, new PriorRange(key, low ?? 0, high ?? 1, whole), basis, each.Text("why")));
            each.RefuseOthers();
        }

        return parameters;
    }

    internal static DateOnly? Date(YamlFields top, string name, bool required)
    {
        var text = required ? top.Text(name) : top.TextOrNull(name);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        top.Fault("This is not a date", name, text, "year-month-day, such as 2017-04-26");
        return null;
    }

    internal static int Whole(YamlFields top, string name, int otherwise, int least, int greatest)
    {
        if (top.NumberOrNull(name) is not { } number)
        {
            return otherwise;
        }

        if (number != Math.Floor(number) || number < least || number > greatest)
        {
            top.Fault("The value is out of bounds", name, number.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"a whole number, {least} to {greatest}"));
            return otherwise;
        }

        return (int)number;
    }

    // Blind: whatever was fitted with sight of the outcome is neither a range nor, by silence, a default.
    private static void Bar(YamlFields top, FitFile fit, ForcePack pack)
    {
        foreach (var parameter in fit.Parameters.Where(parameter => parameter.Basis == "fit"))
        {
            top.Fault("A range that was fitted may not serve in a blind calibration", "parameters", parameter.Key, "a range that is sourced or background");
        }

        var given = fit.Parameters.Select(parameter => parameter.Key).Concat(fit.Held.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var assumption in pack.Assumptions.Where(assumption => assumption.Status == "fit" && AssumptionKeys.Find(assumption.Key) is not null && !given.Contains(assumption.Key)))
        {
            if (assumption.Key.StartsWith("units.", StringComparison.Ordinal) && given.Contains(assumption.Key[..8] + "one"))
            {
                continue;
            }

            top.Fault(
                "The pack's value of an assumption was fitted, and may not serve as a default in a blind calibration", "parameters", assumption.Key,
                "a parameter with a range that is sourced or background");
        }
    }
}
