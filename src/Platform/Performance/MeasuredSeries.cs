using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>What kind of area a series is of, in the order in which series are listed.</summary>
public enum AreaLevel
{
    /// <summary>The whole force.</summary>
    Force,

    /// <summary>A command unit.</summary>
    CommandUnit,

    /// <summary>A borough.</summary>
    Borough,

    /// <summary>A ward, or an area that the force's pack does not know.</summary>
    Other,
}

/// <summary>An area of a series.</summary>
/// <param name="Code">Its code; MPS for the whole force.</param>
/// <param name="Name">Its name; the code where the pack does not know it.</param>
/// <param name="Level">What it is.</param>
/// <param name="Boroughs">Codes of its boroughs as at the view's effective date; itself for a borough, empty for other areas.</param>
public sealed record MeasuredArea(string Code, string Name, AreaLevel Level, IReadOnlyList<string> Boroughs)
{
    /// <summary>Its address's last part: the code in lower case.</summary>
    public string Path => Code.ToLowerInvariant();
}

/// <summary>A value that another source states for the same area and period.</summary>
/// <param name="Value">The value.</param>
/// <param name="Reference">"kind:key" of the record that states it.</param>
public sealed record OtherStatement(decimal Value, string Reference);

/// <summary>One value of a series, with both of its clocks.</summary>
/// <param name="Period">The period it holds for (effective time).</param>
/// <param name="Value">The value in the unit of the measure.</param>
/// <param name="Numerator">The numerator of a share; null where it is not known.</param>
/// <param name="Denominator">Its denominator.</param>
/// <param name="Known">The day on which the programme knew it.</param>
/// <param name="Recorded">When the store learnt it.</param>
/// <param name="References">"kind:key" of the records it was read from; several where it was computed from several.</param>
/// <param name="Contains">What the area contained, where that matters for a comparison.</param>
/// <param name="Others">What other sources state for the same period.</param>
public sealed record SeriesPoint(
    PartialDate Period, double Value, double? Numerator, double? Denominator, DateOnly Known, DateTimeOffset Recorded, IReadOnlyList<string> References,
    string? Contains, IReadOnlyList<OtherStatement> Others)
{
    /// <summary>The period as charts and tables write it: "Feb 2017" for a month, else as stated.</summary>
    public string Label => SeriesPeriods.Label(Period);
}

/// <summary>A period of which something is known in words, without a figure.</summary>
public sealed record SaidInWords(PartialDate Period, string Words, DateOnly Known, string Reference);

/// <summary>A measure in one area over time, as at the dates of the view that it was read through.</summary>
/// <param name="Measure">The measure, in the version that holds.</param>
/// <param name="Area">The area.</param>
/// <param name="Points">Its values in order of period, one a period.</param>
/// <param name="Words">What is known in words alone.</param>
/// <param name="ComputedFrom">Codes of the areas whose values add up to it; empty where it was observed itself.</param>
/// <param name="OtherPeriods">Values for periods of another length, such as a year beside months, or that overlap the one before; they are not drawn among the points.</param>
public sealed record MeasuredSeries(
    StoredRecord<Measure> Measure, MeasuredArea Area, IReadOnlyList<SeriesPoint> Points, IReadOnlyList<SaidInWords> Words, IReadOnlyList<string> ComputedFrom,
    IReadOnlyList<SeriesPoint> OtherPeriods)
{
    /// <summary>Whether it is the one that the others are held beside.</summary>
    public bool IsComparator => Area.Code == SeriesReading.ComparatorOf(Measure.Body);

    /// <summary>Stretches between the first and the last period for which there is no value, in words.</summary>
    public IReadOnlyList<string> Gaps => SeriesPeriods.Gaps(Points);

    /// <summary>Whether every value has a numerator and a denominator above zero.</summary>
    public bool HasParts => Points.Count > 0 && Points.All(point => point is { Numerator: not null, Denominator: > 0 });

    /// <summary>The values as numbers.</summary>
    public double[] Values => [.. Points.Select(point => point.Value)];
}

/// <summary>Periods as charts and tables write them.</summary>
internal static class SeriesPeriods
{
    public static string Label(PartialDate period) => IsMonth(period)
        ? period.First.ToString("MMM yyyy", System.Globalization.CultureInfo.InvariantCulture)
        : period.IsDay ? period.First.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture) : period.Text;

    public static bool IsMonth(PartialDate period) => period.First.Day == 1 && period.Last == period.First.AddMonths(1).AddDays(-1);

    public static IReadOnlyList<string> Gaps(IReadOnlyList<SeriesPoint> points)
    {
        var gaps = new List<string>();
        for (var i = 1; i < points.Count; i++)
        {
            var (ended, begins) = (points[i - 1].Period.Last, points[i].Period.First);
            if (begins > ended.AddDays(1))
            {
                gaps.Add(Programme.Queries.QueryWords.Period(ended.AddDays(1), begins.AddDays(-1)));
            }
        }

        return gaps;
    }
}
