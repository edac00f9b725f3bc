using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Forces;

/// <summary>What is known of some boroughs together: recorded crime, demand, parade sites and crews, each with its basis.</summary>
public sealed class AreaEvidence
{
    private AreaEvidence(ForceView force, IReadOnlyList<string> boroughs)
    {
        Boroughs = boroughs;
        Population = boroughs.Sum(b => force.FindBorough(b)?.Population ?? 0);
        Immediate = force.DemandPerDay("I", boroughs);
        Significant = force.DemandPerDay("S", boroughs);
        var months = force.CrimeByMonth(boroughs);
        CrimeYear = months.Count >= 12 ? months.TakeLast(12).Sum(m => m.Offences) : null;
        CrimeUntil = months.Count > 0 ? months[^1].Month : null;
        CrimeChart = months.Count > 1 ? Crime(force, boroughs, months) : null;
        DemandChart = Demand(force, boroughs);
        Sites = SiteTable(force, boroughs);
        Crews = CrewTable(force, boroughs);
        Categories = new DataTable(
            "crime-categories", $"Recorded offences by category, twelve months to {(CrimeUntil is { } until ? Format.Month(until) : "the newest month")}",
            [new("Category"), new("Offences", true)],
            force.CrimeByCategory(boroughs).Select(c => (IReadOnlyList<DataCell>)[c.Category, DataCell.Of(c.Offences)]).ToList());
    }

    /// <summary>The boroughs.</summary>
    public IReadOnlyList<string> Boroughs { get; }

    /// <summary>Residents.</summary>
    public int Population { get; }

    /// <summary>Expected immediate incidents a day.</summary>
    public double Immediate { get; }

    /// <summary>Expected significant incidents a day.</summary>
    public double Significant { get; }

    /// <summary>Offences recorded in the newest twelve months; null where there are fewer months.</summary>
    public int? CrimeYear { get; }

    /// <summary>The newest month of recorded crime.</summary>
    public DateOnly? CrimeUntil { get; }

    /// <summary>Recorded crime by month, with the days on which command changed.</summary>
    public LineChart? CrimeChart { get; }

    /// <summary>Expected incidents by hour of day.</summary>
    public LineChart DemandChart { get; }

    /// <summary>Parade sites.</summary>
    public DataTable Sites { get; }

    /// <summary>Crews and vehicles.</summary>
    public DataTable Crews { get; }

    /// <summary>Crime by category.</summary>
    public DataTable Categories { get; }

    /// <summary>Every table, for the page to offer as CSV.</summary>
    public IEnumerable<DataTable> Tables =>
        new[] { CrimeChart?.Table, DemandChart.Table, Sites, Crews, Categories }.OfType<DataTable>();

    /// <summary>Gathers what the force's pack has on some boroughs.</summary>
    public static AreaEvidence Of(ForceView force, IEnumerable<string> boroughs)
    {
        ArgumentNullException.ThrowIfNull(force);
        return new AreaEvidence(force, boroughs.Order(StringComparer.Ordinal).ToList());
    }

    private static LineChart Crime(ForceView force, IReadOnlyList<string> boroughs, IReadOnlyList<(DateOnly Month, int Offences)> months)
    {
        var half = months.Count >= 24;
        var last = months.TakeLast(12).Sum(m => m.Offences);
        var before = months.Skip(Math.Max(0, months.Count - 24)).Take(12).Sum(m => m.Offences);
        var title = half && before > 0
            ? $"Recorded crime {(last >= before ? "rose" : "fell")} by {Format.Percent(Math.Abs(last - before) / (double)before)} over the twelve months to {Format.Month(months[^1].Month)}"
            : $"{Format.Count(months.Sum(m => m.Offences))} offences were recorded from {Format.Month(months[0].Month)} to {Format.Month(months[^1].Month)}";
        var events = boroughs.SelectMany(force.ListUnitsOf)
            .Where(p => ForceWords.IsMerged(p.Unit) && p.Member.From > months[0].Month && p.Member.From <= months[^1].Month.AddMonths(1))
            .Select(p => (p.Member.From, p.Unit.Code)).Distinct().OrderBy(p => p.From).Take(3)
            .Select(p => (MonthsBetween(months[0].Month, p.From) + ((p.From.Day - 1) / 31.0), $"{p.Code} begins {Format.Date(p.From)}")).ToList();
        return new LineChart
        {
            Title = title,
            Note = $"Offences recorded a month, all categories; the axis starts at nought. Basis: {Basis(force, "recorded-crime")}",
            Series = [new LineSeries("Offences", months.Select(m => (double?)m.Offences).ToList())],
            Ticks = months.Select((m, i) => (i, m)).Where(p => p.m.Month.Month is 1 or 7).Select(p => (p.i, p.m.Month.Month == 1 ? Format.Month(p.m.Month)[..3] + " " + p.m.Month.Year : "Jul")).ToList(),
            Read = v => Format.Number(v, 0),
            Low = 0,
            Events = events,
            Table = new DataTable(
                "crime", "Recorded offences by month", [new("Month"), new("Offences", true)],
                months.Select(m => (IReadOnlyList<DataCell>)[new DataCell(Format.Month(m.Month), Csv: $"{m.Month:yyyy-MM}"), DataCell.Of(m.Offences)]).ToList()),
        };
    }

    private static LineChart Demand(ForceView force, IReadOnlyList<string> boroughs)
    {
        var immediate = force.DemandByHour("I", boroughs);
        var significant = force.DemandByHour("S", boroughs);
        var all = immediate.Zip(significant, (i, s) => i + s).ToList();
        var peak = all.IndexOf(all.Max());
        return new LineChart
        {
            Title = all.Sum() > 0
                ? $"Demand is highest from {peak:00}:00 to {(peak + 1) % 24:00}:00, {Format.Number(all.Max() / Math.Max(1e-9, all.Min()))} times the quietest hour"
                : "No demand is known here",
            Note = $"Expected immediate (I) and significant (S) incidents an hour by hour of day, mean over the week. Basis: {Basis(force, "demand")}",
            Series = [new LineSeries("Immediate (I)", immediate.Select(v => (double?)v).ToList()), new LineSeries("Significant (S)", significant.Select(v => (double?)v).ToList())],
            Ticks = Enumerable.Range(0, 9).Select(i => (i * 3, $"{i * 3 % 24:00}:00")).Where(t => t.Item1 < 24).ToList(),
            Read = v => Format.Number(v, all.Max() < 20 ? 1 : 0),
            Steps = true,
            Low = 0,
            Table = new DataTable(
                "demand", "Expected incidents an hour by hour of day", [new("Hour"), new("Immediate an hour", true), new("Significant an hour", true)],
                Enumerable.Range(0, 24).Select(h => (IReadOnlyList<DataCell>)[$"{h:00}:00", DataCell.Of(immediate[h], 2), DataCell.Of(significant[h], 2)]).ToList()),
        };
    }

    private static DataTable SiteTable(ForceView force, IReadOnlyList<string> boroughs)
    {
        var several = boroughs.Count > 1;
        return new DataTable(
            "sites", "Parade sites, where a team can book on",
            several ? [new("Site"), new("Borough"), new("Basis")] : [new("Site"), new("Basis")],
            force.Pack.ParadeSites.Where(s => boroughs.Contains(s.Borough, StringComparer.Ordinal))
                .OrderBy(s => s.Borough, StringComparer.Ordinal).ThenBy(s => s.Code, StringComparer.Ordinal)
                .Select(s => (IReadOnlyList<DataCell>)(several
                    ? [s.Name, new DataCell(force.BoroughName(s.Borough), $"/areas/borough/{s.Borough}"), s.Basis]
                    : [s.Name, s.Basis])).ToList())
        {
            Empty = "The pack lists no parade site here.",
            Fold = 12,
        };
    }

    private static DataTable CrewTable(ForceView force, IReadOnlyList<string> boroughs)
    {
        var names = force.Pack.ParadeSites.ToDictionary(s => s.Code, s => s.Name, StringComparer.Ordinal);
        return new DataTable(
            "crews", "Response crews and vehicles by site and shift",
            [new("Site"), new("Borough"), new("Shift"), new("Crews", true), new("Vehicles", true), new("Basis")],
            force.Pack.Resources.Crews.Where(c => boroughs.Contains(c.Borough, StringComparer.Ordinal))
                .Select(c => (IReadOnlyList<DataCell>)[names.GetValueOrDefault(c.ParadeSite, c.ParadeSite), force.BoroughName(c.Borough), c.Shift, DataCell.Of(c.Crews), DataCell.Of(c.Vehicles), c.Basis]).ToList())
        {
            Empty = "The pack lists no crews here.",
            Fold = 12,
        };
    }

    private static string Basis(ForceView force, string word) =>
        force.Pack.Manifest.Files.FirstOrDefault(f => f.Path.StartsWith(word + ".", StringComparison.Ordinal))?.Description ?? "the force pack";

    private static int MonthsBetween(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;
}
