using System.Globalization;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Evidence;

/// <summary>How the columns of a despatch log are to be read. Columns that it does not name are never read.</summary>
public sealed record LogMapping
{
    /// <summary>Days after creation that are plausible where a mapping does not say.</summary>
    public const double DefaultWithinDays = 7;

    /// <summary>Before this day no despatch was logged by computer.</summary>
    public static readonly DateOnly Earliest = new(1970, 1, 1);

    private static readonly DateOnly Latest = new(2199, 12, 31);

    /// <summary>Key of the log: lower-case letters, digits and hyphens.</summary>
    public required string Log { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Where the file comes from and under which licence; shown wherever the log is.</summary>
    public string Source { get; init; } = "";

    /// <summary>What stands between fields.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Time zone of times without an offset of their own: an IANA name.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Formats a time may have, as .NET writes them.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>What a local time means that happens twice when clocks go back.</summary>
    public AmbiguousTime Ambiguous { get; init; } = AmbiguousTime.Refuse;

    /// <summary>Days after creation within which an incident is despatched, reached and cleared; a later time makes its row bad.</summary>
    public double WithinDays { get; init; } = DefaultWithinDays;

    /// <summary>The first day on which an incident of the log is created.</summary>
    public DateOnly From { get; init; } = Earliest;

    /// <summary>The last day on which one is; null where the mapping states none.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Column of the id.</summary>
    public required string Id { get; init; }

    /// <summary>Columns of the time of creation, joined by a space.</summary>
    public required IReadOnlyList<string> Created { get; init; }

    /// <summary>Column of the grade.</summary>
    public required string Grade { get; init; }

    /// <summary>The grade that each value of that column means; a value that is not here is unknown.</summary>
    public required IReadOnlyDictionary<string, string> Grades { get; init; }

    /// <summary>Columns of easting (British National Grid, metres); the first with a value counts.</summary>
    public IReadOnlyList<string> Easting { get; init; } = [];

    /// <summary>Columns of northing.</summary>
    public IReadOnlyList<string> Northing { get; init; } = [];

    /// <summary>Column of longitude (WGS 84, degrees).</summary>
    public string? Longitude { get; init; }

    /// <summary>Column of latitude.</summary>
    public string? Latitude { get; init; }

    /// <summary>Columns of an area code (zone, ward or borough of the pack); the first with a value counts, where there are no coordinates.</summary>
    public IReadOnlyList<string> Area { get; init; } = [];

    /// <summary>Column of the number of units sent.</summary>
    public string? Units { get; init; }

    /// <summary>When the first unit was despatched.</summary>
    public MappedTime? Despatched { get; init; }

    /// <summary>When the first unit arrived.</summary>
    public MappedTime? Arrived { get; init; }

    /// <summary>When the incident was cleared.</summary>
    public MappedTime? Cleared { get; init; }

    /// <summary>Column of the station or base that the first unit came from; kept as text.</summary>
    public string? Station { get; init; }

    /// <summary>Every column that is read.</summary>
    public IEnumerable<string> Columns => new[] { Id, Grade, Longitude, Latitude, Units, Station }.OfType<string>()
        .Concat(Created).Concat(Easting).Concat(Northing).Concat(Area)
        .Concat(new[] { Despatched, Arrived, Cleared }.OfType<MappedTime>().SelectMany(time => time.Columns)).Distinct(StringComparer.Ordinal);

    /// <summary>Reads a mapping. Refused with every fault at once, by line.</summary>
    public static Outcome<LogMapping> Read(string yaml, string? file = null)
    {
        var problems = new List<Problem>();
        if (YamlFields.Read(yaml, file, problems) is not { } top)
        {
            return problems;
        }

        var log = top.Text("log");
        if (log.Length is 0 or > 60 || !log.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            top.Fault("The key of the log cannot be used", "log", log, "lower-case letters, digits and hyphens, at most 60");
        }

        var title = top.TextOrNull("title") ?? log;
        var source = top.TextOrNull("source") ?? "";
        var delimiter = top.TextOrNull("delimiter") ?? ",";
        if (delimiter is not ("," or ";" or "|" or "tab"))
        {
            top.Fault("The delimiter is none of those read", "delimiter", delimiter, "\",\", \";\", \"|\" or tab");
        }

        var time = Section(top, "time");
        var plausible = top.FieldsOrNull("plausible");
        var columns = Section(top, "columns");
        var grades = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Section(top, "grades") is { } values)
        {
            foreach (var value in values.Names)
            {
                if (values.TextOrNull(value) is { } grade)
                {
                    grades[value] = grade;
                }
                else
                {
                    values.Fault("The value means no grade", value, accepted: "a grade's code, such as I");
                }
            }

            if (grades.Count == 0)
            {
                top.Fault("No grade is mapped", "grades", accepted: "at least one value: grade");
            }
        }

        var mapping = new LogMapping
        {
            Log = log,
            Title = title,
            Source = source,
            Delimiter = delimiter is "tab" ? '\t' : delimiter.Length == 1 ? delimiter[0] : ',',
            TimeZone = time is null ? "UTC" : Zone(time),
            Formats = time is null ? [] : FormatsOf(time),
            Ambiguous = time is null ? AmbiguousTime.Refuse : AmbiguousOf(time),
            WithinDays = plausible?.NumberOrNull("withinDays") ?? DefaultWithinDays,
            From = plausible is null ? Earliest : Day(plausible, "from") ?? Earliest,
            To = plausible is null ? null : Day(plausible, "to"),
            Id = columns?.Text("id") ?? "",
            Created = columns?.Texts("created") ?? [],
            Grade = columns?.Text("grade") ?? "",
            Grades = grades,
            Easting = columns?.Texts("easting") ?? [],
            Northing = columns?.Texts("northing") ?? [],
            Longitude = columns?.TextOrNull("longitude"),
            Latitude = columns?.TextOrNull("latitude"),
            Area = columns?.Texts("area") ?? [],
            Units = columns?.TextOrNull("units"),
            Despatched = columns is null ? null : Time(columns, "despatched"),
            Arrived = columns is null ? null : Time(columns, "arrived"),
            Cleared = columns is null ? null : Time(columns, "cleared"),
            Station = columns?.TextOrNull("station"),
        };
        if (mapping.WithinDays is not (> 0 and <= 3660))
        {
            plausible!.Fault("The number of days cannot be used", "withinDays", mapping.WithinDays.ToString(CultureInfo.InvariantCulture), "more than 0, at most 3660");
        }

        if (mapping.To < mapping.From)
        {
            plausible!.Fault("The period ends before it begins", "to", mapping.To.Value.ToString("O", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{mapping.From:yyyy-MM-dd} or later"));
        }

        if (columns is not null)
        {
            if (mapping.Created.Count == 0)
            {
                columns.Fault("A value is missing", "created", accepted: "the column of the time of creation, or the columns of its date and time");
            }

            if (mapping.Easting.Count != mapping.Northing.Count)
            {
                columns.Fault("Easting and northing go together", "easting", accepted: "as many columns of easting as of northing");
            }

            if (mapping.Longitude is null != mapping.Latitude is null)
            {
                columns.Fault("Longitude and latitude go together", "longitude");
            }

            if (mapping.Easting.Count == 0 && mapping.Longitude is null && mapping.Area.Count == 0)
            {
                columns.Fault("Nothing says where an incident happened", "columns", accepted: "easting and northing, longitude and latitude, or area");
            }
        }

        foreach (var part in new[] { time, plausible, columns, top }.OfType<YamlFields>())
        {
            part.RefuseOthers();
        }

        return problems.Count > 0 ? problems : mapping;
    }

    private static YamlFields? Section(YamlFields top, string name)
    {
        var section = top.FieldsOrNull(name);
        if (section is null && !top.Names.Contains(name, StringComparer.Ordinal))
        {
            top.Fault("A part is missing", name);
        }

        return section;
    }

    private static string Zone(YamlFields time)
    {
        var zone = time.Text("zone");
        if (zone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            time.Fault("The time zone is unknown", "zone", zone, "an IANA name, such as Europe/London");
        }

        return zone;
    }

    private static IReadOnlyList<string> FormatsOf(YamlFields time)
    {
        var formats = time.Texts("formats");
        if (formats.Count == 0)
        {
            time.Fault("No format of dates is stated", "formats", accepted: "such as yyyy-MM-dd HH:mm:ss");
        }

        foreach (var format in formats)
        {
            try
            {
                _ = DateTimeOffset.UnixEpoch.ToString(format, CultureInfo.InvariantCulture);
            }
            catch (FormatException)
            {
                time.Fault("The format cannot be used", "formats", format, "a .NET date and time format, such as dd/MM/yyyy HH:mm");
            }
        }

        if (formats.Select(LogClock.HasOffset).Distinct().Count() > 1)
        {
            time.Fault(
                "Formats with an offset of their own stand beside formats without: times of one file must be told in one way", "formats",
                string.Join(" | ", formats), "formats that all have an offset (zzz), or none");
        }

        return formats;
    }

    private static DateOnly? Day(YamlFields fields, string name)
    {
        if (fields.TextOrNull(name) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= Earliest && day <= Latest)
        {
            return day;
        }

        fields.Fault("This is no day that a log can hold", name, text, string.Create(CultureInfo.InvariantCulture, $"year-month-day, {Earliest:yyyy-MM-dd} to {Latest:yyyy-MM-dd}"));
        return null;
    }

    private static AmbiguousTime AmbiguousOf(YamlFields time)
    {
        var word = time.TextOrNull("ambiguous") ?? "refuse";
        if (Enum.TryParse<AmbiguousTime>(word, ignoreCase: true, out var ambiguous) && word.All(char.IsAsciiLetter))
        {
            return ambiguous;
        }

        time.Fault("The value is none of those accepted", "ambiguous", word, "refuse, first, second");
        return AmbiguousTime.Refuse;
    }

    // "arrived: column", "arrived: [date, time]", or "arrivedAfterSeconds: column" for a file that counts from creation.
    private static MappedTime? Time(YamlFields columns, string name)
    {
        var at = columns.Texts(name);
        var after = columns.TextOrNull(name + "AfterSeconds");
        if (at.Count > 0 && after is not null)
        {
            columns.Fault("The time is mapped twice", name, accepted: $"{name} or {name}AfterSeconds");
        }

        return after is not null ? new MappedTime([after], true) : at.Count > 0 ? new MappedTime(at, false) : null;
    }
}

/// <summary>Columns that hold a time.</summary>
/// <param name="Columns">Joined by a space.</param>
/// <param name="AfterCreation">Whether the column counts seconds from creation instead.</param>
public sealed record MappedTime(IReadOnlyList<string> Columns, bool AfterCreation);

/// <summary>What a local time means that happens twice when clocks go back.</summary>
public enum AmbiguousTime
{
    /// <summary>Nothing: the row is bad.</summary>
    Refuse,

    /// <summary>The first time, before clocks go back.</summary>
    First,

    /// <summary>The second time.</summary>
    Second,
}
