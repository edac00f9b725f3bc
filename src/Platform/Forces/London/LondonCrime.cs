using System.Globalization;

namespace Pathfinder.Platform.Forces.London;

/// <summary>Recorded crime of London by borough and month, and by ward, with the weight each category has in demand.</summary>
internal static class LondonCrime
{
    private const string Airports = "London Heathrow and London City Airports";
    private const string Hillingdon = "E09000017";

    /// <summary>
    /// How much a recorded offence stands for calls graded for response: 1 where somebody is usually there or in danger, one
    /// half for theft and vehicle crime, most of it found and reported afterwards, none for what police find themselves.
    /// </summary>
    public static double Weight(string category) => category.ToUpperInvariant() switch
    {
        "THEFT" or "VEHICLE OFFENCES" => 0.5,
        "DRUG OFFENCES" or "POSSESSION OF WEAPONS" or "MISCELLANEOUS CRIMES AGAINST SOCIETY" or "FRAUD AND FORGERY" => 0,
        _ => 1,
    };

    /// <summary>
    /// Offences of 2016 to 2018 by borough, month and main category. The airports' row goes to Hillingdon, where Heathrow lies;
    /// Unknown is shared among boroughs by their offences of the same category and month, whole offences by largest remainder.
    /// </summary>
    public static List<RecordedCrime> ByBorough(ReferenceFolder from, IReadOnlyList<Borough> boroughs)
    {
        var codes = boroughs.ToDictionary(b => b.Name, b => b.Code, StringComparer.Ordinal);
        var counts = new SortedDictionary<(string Category, string Month), SortedDictionary<string, int>>();
        var unknown = new Dictionary<(string, string), int>();
        foreach (var row in from.Table("ops/mps_borough/mps_borough_level_crime_historical.csv.gz"))
        {
            var name = row["BoroughName"];
            foreach (var (month, text) in row.Where(c => c.Key.Length == 6 && c.Key[..4] is "2016" or "2017" or "2018"))
            {
                var offences = text.Length == 0 ? 0 : int.Parse(text, CultureInfo.InvariantCulture);
                var key = (row["MajorText"], month);
                if (!counts.TryGetValue(key, out var byBorough))
                {
                    counts[key] = byBorough = new SortedDictionary<string, int>(StringComparer.Ordinal);
                }

                if (name == "Unknown")
                {
                    unknown[key] = unknown.GetValueOrDefault(key) + offences;
                }
                else
                {
                    var code = name == Airports ? Hillingdon : codes[name];
                    byBorough[code] = byBorough.GetValueOrDefault(code) + offences;
                }
            }
        }

        var crime = new List<RecordedCrime>();
        foreach (var (key, byBorough) in counts)
        {
            Share(byBorough, unknown.GetValueOrDefault(key));
            crime.AddRange(byBorough.Where(b => b.Value > 0).Select(b => new RecordedCrime(
                b.Key, DateOnly.ParseExact(key.Month + "01", "yyyyMMdd", CultureInfo.InvariantCulture), key.Category, b.Value)));
        }

        return [.. crime.OrderBy(c => c.Borough, StringComparer.Ordinal).ThenBy(c => c.Month).ThenBy(c => c.Category, StringComparer.Ordinal)];
    }

    /// <summary>Weighted offences by ward (2018 edition), September 2020 to August 2022, the only months published by ward here.</summary>
    public static Dictionary<string, double> ByWard(ReferenceFolder from)
    {
        var wards = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var row in from.Table("ops/mps_ward/mps_ward_level_crime_202009-202208.csv.gz"))
        {
            var offences = row.Where(c => c.Key.Length == 6 && char.IsAsciiDigit(c.Key[0]) && c.Value.Length > 0).Sum(c => ReferenceFolder.Number(c.Value));
            wards[row["WardCode"]] = wards.GetValueOrDefault(row["WardCode"]) + (offences * Weight(row["MajorText"]));
        }

        return wards;
    }

    private static void Share(SortedDictionary<string, int> byBorough, int unknown)
    {
        var total = byBorough.Values.Sum(v => (double)v);
        if (unknown == 0 || byBorough.Count == 0)
        {
            return;
        }

        var exact = byBorough.Select(b => (b.Key, Share: total > 0 ? unknown * (b.Value / total) : unknown / (double)byBorough.Count)).ToList();
        foreach (var (code, share) in exact)
        {
            byBorough[code] += (int)share;
        }

        var left = unknown - exact.Sum(e => (int)e.Share);
        foreach (var (code, _) in exact.OrderByDescending(e => e.Share - Math.Floor(e.Share)).ThenBy(e => e.Key, StringComparer.Ordinal).Take(left))
        {
            byBorough[code]++;
        }
    }
}
