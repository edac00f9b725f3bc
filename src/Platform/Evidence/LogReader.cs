using System.Globalization;
using System.IO.Compression;
using System.Text;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Forces.London;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Evidence;

/// <summary>One usable row: times in seconds since 1970 UTC, −1 where the log has none.</summary>
internal struct LogRow
{
    public long Created;
    public long Despatched;
    public long Arrived;
    public long Cleared;
    public int Grade;
    public int Zone;
    public int Units;
    public int Station;
    public int LongitudeE6;
    public int LatitudeE6;
    public bool PlacedByArea;
    public bool HasPoint;
}

/// <summary>One thing that is wrong with a row.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Field">The column, or columns that are read together.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Accepted">What would be accepted.</param>
internal readonly record struct FoundFault(RowFault Fault, string? Field, string? Found, string? Accepted)
{
    /// <summary>The fault as whoever imports the file is told it.</summary>
    public Problem In(string file, int line) => new(Fault.Sentence(), file, line, Field, Found, Accepted);
}

/// <summary>Walks the rows of a log in one pass, in memory that does not grow with the file but for the ids seen.</summary>
internal sealed class LogReader
{
    /// <summary>More stations than this are no stations.</summary>
    public const int MaximumStations = 10_000;

    private const int Longest = 80;
    private const int MostListed = 30;
    private const double Easternmost = 700_000;
    private const double Northernmost = 1_300_000;

    private readonly LogMapping _mapping;
    private readonly MappedTime _created;
    private readonly CsvStream _csv;
    private readonly LogClock _clock;
    private readonly ZoneFinder _zones;
    private readonly Dictionary<string, int> _gradeOf;
    private readonly Dictionary<string, int> _stationOf = new(StringComparer.Ordinal);
    private readonly IdSet _ids = new();
    private readonly Columns _at;
    private readonly int _width;
    private readonly List<FoundFault> _faults = [];
    private readonly string _areas;
    private readonly int _boroughs;
    private readonly long _from;
    private readonly long _until;
    private readonly long _tomorrow;
    private readonly DateOnly? _today;
    private LogRow _row;
    private int _nearestSought;

    private LogReader(LogMapping mapping, CsvStream csv, ForcePack pack, Dictionary<string, int> header, DateTimeOffset? now)
    {
        _mapping = mapping;
        _created = new MappedTime(mapping.Created, false);
        _csv = csv;
        _clock = new LogClock(mapping);
        _zones = new ZoneFinder(pack);
        _width = csv.Count;
        _boroughs = pack.Boroughs.Count(borough => borough.InForce);
        _areas = List(pack.Boroughs.Where(borough => borough.InForce).Select(borough => borough.Code));
        _from = Math.Max(0, _clock.BeginningOf(mapping.From));
        _until = mapping.To is { } to ? _clock.BeginningOf(to.AddDays(1)) : long.MaxValue;
        _today = now is { } instant ? _clock.DayOf(instant) : null;
        _tomorrow = _today is { } today ? _clock.BeginningOf(today.AddDays(1)) : long.MaxValue;
        Grades = [.. mapping.Grades.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _gradeOf = mapping.Grades.ToDictionary(pair => pair.Key, pair => Grades.ToList().IndexOf(pair.Value), StringComparer.Ordinal);
        int At(string? name) => name is null ? -1 : header[name];
        int[] All(IReadOnlyList<string>? names) => [.. (names ?? []).Select(name => header[name])];
        _at = new Columns(
            At(mapping.Id), All(mapping.Created), At(mapping.Grade), All(mapping.Easting), All(mapping.Northing), At(mapping.Longitude), At(mapping.Latitude),
            All(mapping.Area), At(mapping.Units), All(mapping.Despatched?.Columns), All(mapping.Arrived?.Columns), All(mapping.Cleared?.Columns), At(mapping.Station));
    }

    /// <summary>Grades, by number.</summary>
    public IReadOnlyList<string> Grades { get; }

    /// <summary>Stations met so far, by number.</summary>
    public IReadOnlyList<string> Stations => [.. _stationOf.OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    /// <summary>The row read last, when <see cref="Read"/> found no fault with it.</summary>
    public ref readonly LogRow Row => ref _row;

    /// <summary>The line it starts on.</summary>
    public int Line => _csv.Line;

    /// <summary>All that is wrong with the row read last; valid until the next is read.</summary>
    public IReadOnlyList<FoundFault> Faults => _faults;

    /// <summary>
    /// Opens a log and reads its header. Refused when mapped columns are missing or the pack cannot place what is mapped. An
    /// incident created after the day of <paramref name="now"/> is a fault; without it none is.
    /// </summary>
    public static Outcome<LogReader> Open(TextReader text, LogMapping mapping, ForcePack pack, string file, DateTimeOffset? now = null)
    {
        var csv = new CsvStream(text, mapping.Delimiter);
        if (!csv.Read())
        {
            return new Problem("The file is empty", file, 1, Accepted: "a header with the columns of the mapping, then rows");
        }

        var problems = new List<Problem>();
        var header = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < csv.Count; i++)
        {
            var name = csv.Field(i).ToString();
            if (!header.TryAdd(name, i) && mapping.Columns.Contains(name, StringComparer.Ordinal))
            {
                problems.Add(new Problem("Two columns have the name of a mapped one", file, 1, name));
            }
        }

        problems.AddRange(mapping.Columns.Where(name => !header.ContainsKey(name)).Select(name => new Problem(
            "A mapped column is not in the file", file, 1, name, Accepted: string.Join(", ", header.Keys.Take(30)))));
        if (problems.Count > 0)
        {
            return problems;
        }

        var reader = new LogReader(mapping, csv, pack, header, now);
        return mapping.Area.Count == 0 && !reader._zones.HasLayer
            ? new Problem("The force pack has no map of its zones, so coordinates cannot be placed", file, Accepted: "a pack with layers/zones.geojson, or a mapping with area codes")
            : reader;
    }

    /// <summary>The text of a log, unzipped where its name ends in .gz.</summary>
    public static StreamReader Text(Stream stream, string file) => new(
        file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream,
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);

    /// <summary>Moves to the next row; false at the end. <paramref name="fault"/> is the first thing that is wrong with it, null for nothing; <see cref="Faults"/> has all.</summary>
    public bool Read(out RowFault? fault)
    {
        fault = null;
        if (!_csv.Read())
        {
            return false;
        }

        _faults.Clear();
        _row = default;
        if (_csv.Malformed || _csv.Count != _width)
        {
            Fault(
                RowFault.Malformed, null, _csv.Count == _width ? "a quotation mark out of place" : string.Create(CultureInfo.InvariantCulture, $"{_csv.Count} fields"),
                string.Create(CultureInfo.InvariantCulture, $"{_width} fields, as in the header"));
        }
        else
        {
            Parse();
        }

        fault = _faults.Count > 0 ? _faults[0].Fault : null;
        return true;
    }

    private void Parse()
    {
        var id = _csv.Field(_at.Id);
        var hash = IdSet.Hash(id);
        if (id.IsEmpty)
        {
            Fault(RowFault.NoId, _mapping.Id, "", "an id of its own for every row");
        }
        else if (_ids.Add(hash, Line) is > 0 and var earlier)
        {
            Fault(RowFault.DuplicateId, _mapping.Id, id, string.Create(CultureInfo.InvariantCulture, $"an id of its own for every row; row {earlier} had this one first"));
        }

        Span<char> buffer = stackalloc char[128];
        var times = new ToldTimes { Created = Tell(_created, _at.Created, buffer, needed: true) };
        var grade = _csv.Field(_at.Grade);
        if (!_gradeOf.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(grade, out _row.Grade))
        {
            Fault(RowFault.UnknownGrade, _mapping.Grade, grade, List(_mapping.Grades.Keys));
        }

        Place(hash);
        _row.Units = -1;
        if (_at.Units >= 0 && _csv.Field(_at.Units) is { IsEmpty: false } units
            && (!int.TryParse(units, NumberStyles.None, CultureInfo.InvariantCulture, out _row.Units) || _row.Units > 999))
        {
            Fault(RowFault.UnreadableUnits, _mapping.Units!, units, "0 to 999, or nothing");
        }

        times.Despatched = Tell(_mapping.Despatched, _at.Despatched, buffer);
        times.Arrived = Tell(_mapping.Arrived, _at.Arrived, buffer);
        times.Cleared = Tell(_mapping.Cleared, _at.Cleared, buffer);
        if (times.Created.Told)
        {
            Settle(times, buffer);
        }

        if (_faults.Count == 0)
        {
            _row.Station = Station();
        }
    }

    // What one row says of its times, settled together: where clocks went back, the order of the four says which hour was meant.
    private void Settle(ToldTimes times, Span<char> buffer)
    {
        var open = times.Settle(_mapping.Ambiguous);
        if (_mapping.Ambiguous == AmbiguousTime.Refuse && open != 0)
        {
            for (var time = 0; time < ToldTimes.Count; time++)
            {
                if (((open >> time) & 1) != 0)
                {
                    var (mapped, at) = Mapped(time);
                    Fault(RowFault.TimeHappensTwice, Names(mapped.Columns), Join(at, buffer), "a time that happened once or carries its offset, or ambiguous: first or second in the mapping");
                }
            }

            return;
        }

        (_row.Created, _row.Despatched, _row.Arrived, _row.Cleared) = (times.At(0), times.At(1), times.At(2), times.At(3));
        if (_row.Created < _from || _row.Created >= _until)
        {
            Fault(
                RowFault.OutsidePeriod, Names(_mapping.Created), Join(_at.Created, buffer),
                string.Create(CultureInfo.InvariantCulture, $"{_mapping.From:yyyy-MM-dd} {(_mapping.To is { } to ? $"to {to:yyyy-MM-dd}" : "or later")} (plausible: from and to in the mapping)"));
        }
        else if (_row.Created >= _tomorrow)
        {
            Fault(RowFault.CreatedAfterImport, Names(_mapping.Created), Join(_at.Created, buffer), string.Create(CultureInfo.InvariantCulture, $"{_today:yyyy-MM-dd}, the day of import, or earlier"));
        }

        After(1, times, RowFault.DespatchBeforeCreation, 0, buffer);
        After(2, times, RowFault.ArrivalBeforeCreation, 0, buffer);
        After(3, times, RowFault.ClearedTooEarly, times[2].Told && _row.Arrived > _row.Created ? 2 : 0, buffer);
    }

    private void After(int time, ToldTimes times, RowFault tooEarly, int earlier, Span<char> buffer)
    {
        if (!times[time].Told)
        {
            return;
        }

        string Said(int which)
        {
            var (columns, at) = Mapped(which);
            return $"the {(which == 0 ? "creation" : "arrival")}, {Join(at, new char[128])}{(columns.AfterCreation ? " seconds after the creation" : "")}";
        }

        var (mapped, at) = Mapped(time);
        if (times.At(time) < times.At(earlier))
        {
            Fault(tooEarly, Names(mapped.Columns), Join(at, buffer), $"at or after {Said(earlier)}");
        }
        else if (times.At(time) - times.At(0) > _mapping.WithinDays * 86400)
        {
            Fault(
                RowFault.TooLongAfterCreation, Names(mapped.Columns), Join(at, buffer),
                string.Create(CultureInfo.InvariantCulture, $"within {_mapping.WithinDays:0.##} days of {Said(0)} (plausible: withinDays in the mapping)"));
        }
    }

    private (MappedTime Mapped, int[] At) Mapped(int time) => time switch
    {
        0 => (_created, _at.Created),
        1 => (_mapping.Despatched!, _at.Despatched),
        2 => (_mapping.Arrived!, _at.Arrived),
        _ => (_mapping.Cleared!, _at.Cleared),
    };

    private void Place(ulong hash)
    {
        if (_zones.HasLayer && _at.Longitude >= 0 && _csv.Field(_at.Longitude) is { IsEmpty: false } x && _csv.Field(_at.Latitude) is { IsEmpty: false } y)
        {
            Degrees(x, y);
            return;
        }

        for (var i = 0; _zones.HasLayer && i < _at.Easting.Length; i++)
        {
            if (_csv.Field(_at.Easting[i]) is { IsEmpty: false } east && _csv.Field(_at.Northing[i]) is { IsEmpty: false } north)
            {
                Grid(_mapping.Easting[i], east, _mapping.Northing[i], north);
                return;
            }
        }

        foreach (var column in _at.Area)
        {
            if (_csv.Field(column) is { IsEmpty: false } area)
            {
                _row.Zone = _zones.Find(area.ToString(), hash, out _row.PlacedByArea);
                if (_row.Zone < 0)
                {
                    Fault(RowFault.OutsideForce, Names(_mapping.Area), area, $"the code of a zone, ward or borough of the force ({_areas})");
                }

                return;
            }
        }

        string[] named = [.. new[] { _mapping.Longitude, _mapping.Latitude }.OfType<string>(), .. _mapping.Easting, .. _mapping.Northing, .. _mapping.Area];
        Fault(RowFault.NoPlace, Names(named), Written(_at.Place), _mapping.Longitude is null && _mapping.Easting.Count == 0 ? "the code of an area" : _mapping.Area.Count == 0 ? "both coordinates" : "both coordinates, or the code of an area");
    }

    private void Degrees(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        if (Unreadable(_mapping.Longitude!, x, out var longitude, "degrees with a point, such as -0.1276") | Unreadable(_mapping.Latitude!, y, out var latitude, "degrees with a point, such as 51.5072"))
        {
            return;
        }

        if (Math.Abs(longitude) > 180 || Math.Abs(latitude) > 90 || !Put(longitude, latitude))
        {
            var exchanged = Math.Abs(latitude) <= 180 && Math.Abs(longitude) <= 90 && _zones.Find(latitude, longitude) >= 0;
            Outside(exchanged, $"{_mapping.Longitude}, {_mapping.Latitude}", $"{x}, {y}", longitude, latitude);
        }
    }

    private void Grid(string eastingColumn, ReadOnlySpan<char> east, string northingColumn, ReadOnlySpan<char> north)
    {
        const string Accepted = "metres of the British National Grid, such as 530034";
        if (Unreadable(eastingColumn, east, out var easting, Accepted) | Unreadable(northingColumn, north, out var northing, Accepted))
        {
            return;
        }

        static bool OnGrid(double easting, double northing) => easting is >= 0 and <= Easternmost && northing is >= 0 and <= Northernmost;
        var found = $"{east}, {north}";
        var (longitude, latitude) = (double.NaN, double.NaN);
        if (OnGrid(easting, northing))
        {
            (longitude, latitude) = BritishGrid.ToDegrees(easting, northing);
            if (Put(longitude, latitude))
            {
                return;
            }

            found += string.Create(CultureInfo.InvariantCulture, $" (longitude {longitude:0.#####}, latitude {latitude:0.#####})");
        }

        var exchanged = OnGrid(northing, easting) && BritishGrid.ToDegrees(northing, easting) is var (x, y) && _zones.Find(x, y) >= 0;
        Outside(exchanged, $"{eastingColumn}, {northingColumn}", found, longitude, latitude);
    }

    private void Outside(bool exchanged, string columns, string found, double longitude, double latitude)
    {
        if (exchanged || !_zones.IsWithinExtent(longitude, latitude))
        {
            Fault(exchanged ? RowFault.CoordinatesExchanged : RowFault.OutsideForce, columns, found, _zones.Extent);
            return;
        }

        // Only so many faults are told, and looking for the nearest borough tries every zone.
        if (_nearestSought++ < IncidentImport.MaximumFaults)
        {
            var (borough, kilometres) = _zones.Nearest(longitude, latitude);
            found += string.Create(CultureInfo.InvariantCulture, $"; the nearest is {borough}, {kilometres:0.0} km away");
        }

        Fault(RowFault.InNoBorough, columns, found, string.Create(CultureInfo.InvariantCulture, $"a place in one of the {_boroughs} boroughs of the force"));
    }

    private bool Put(double longitude, double latitude)
    {
        _row.Zone = _zones.Find(longitude, latitude);
        _row.LongitudeE6 = (int)Math.Round(longitude * 1e6);
        _row.LatitudeE6 = (int)Math.Round(latitude * 1e6);
        _row.HasPoint = true;
        return _row.Zone >= 0;
    }

    private bool Unreadable(string column, ReadOnlySpan<char> text, out double number, string accepted)
    {
        if (Number(text, out number))
        {
            return false;
        }

        Fault(RowFault.UnreadablePlace, column, text, accepted);
        return true;
    }

    private ToldTime Tell(MappedTime? mapped, int[] columns, Span<char> buffer, bool needed = false)
    {
        if (mapped is null || (Join(columns, buffer) is var text && text.IsEmpty && !needed))
        {
            return default;
        }

        if (mapped.AfterCreation)
        {
            if (Number(text, out var after) && Math.Abs(after) <= 1e8)
            {
                return new ToldTime(true, (long)Math.Round(after), (long)Math.Round(after), true);
            }

            Fault(RowFault.UnreadableSeconds, Names(mapped.Columns), text, "a number of seconds, such as 312, or nothing");
            return default;
        }

        if (_clock.Read(text, out var seconds) is not { } fault)
        {
            return new ToldTime(true, seconds.First, seconds.Second, false);
        }

        Fault(fault, Names(mapped.Columns), text, fault == RowFault.TimeDoesNotExist ? $"a time that clocks of {_mapping.TimeZone} showed" : List(_mapping.Formats));
        return default;
    }

    private int Station()
    {
        if (_at.Station < 0 || _csv.Field(_at.Station) is not { IsEmpty: false } name)
        {
            return -1;
        }

        var stations = _stationOf.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!stations.TryGetValue(name, out var number))
        {
            number = _stationOf.Count;
            if (number >= MaximumStations)
            {
                return -1;
            }

            stations[name] = number;
        }

        return number;
    }

    private ReadOnlySpan<char> Join(int[] columns, Span<char> buffer)
    {
        if (columns.Length == 1)
        {
            return _csv.Field(columns[0]);
        }

        var used = 0;
        foreach (var column in columns)
        {
            var part = _csv.Field(column);
            if (part.IsEmpty || used + part.Length + 1 > buffer.Length)
            {
                continue;
            }

            if (used > 0)
            {
                buffer[used++] = ' ';
            }

            part.CopyTo(buffer[used..]);
            used += part.Length;
        }

        return buffer[..used];
    }

    private void Fault(RowFault fault, string? field, ReadOnlySpan<char> found, string accepted) =>
        _faults.Add(new FoundFault(fault, field, found.Length > Longest ? string.Concat(found[..Longest], "…") : found.ToString(), accepted));

    private string Written(int[] columns) => string.Join(", ", columns.Where(column => !_csv.Field(column).IsEmpty).Select(column => _csv.Field(column).ToString()));

    private static string Names(IEnumerable<string> columns) => string.Join(", ", columns);

    private static string List(IEnumerable<string> accepted)
    {
        var all = accepted.ToList();
        return string.Join(", ", all.Take(MostListed)) + (all.Count > MostListed ? string.Create(CultureInfo.InvariantCulture, $" and {all.Count - MostListed} more") : "");
    }

    private static bool Number(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private sealed record Columns(
        int Id, int[] Created, int Grade, int[] Easting, int[] Northing, int Longitude, int Latitude, int[] Area, int Units, int[] Despatched, int[] Arrived, int[] Cleared, int Station)
    {
        public int[] Place => [.. new[] { Longitude, Latitude }.Where(column => column >= 0), .. Easting, .. Northing, .. Area];
    }
}
