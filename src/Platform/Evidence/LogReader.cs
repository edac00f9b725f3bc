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

/// <summary>Walks the rows of a log in one pass, in memory that does not grow with the file but for the ids seen.</summary>
internal sealed class LogReader
{
    /// <summary>More stations than this are no stations.</summary>
    public const int MaximumStations = 10_000;

    private readonly LogMapping _mapping;
    private readonly CsvStream _csv;
    private readonly LogClock _clock;
    private readonly ZoneFinder _zones;
    private readonly Dictionary<string, int> _gradeOf;
    private readonly Dictionary<string, int> _stationOf = new(StringComparer.Ordinal);
    private readonly IdSet _ids = new();
    private readonly Columns _at;
    private readonly int _width;
    private LogRow _row;

    private LogReader(LogMapping mapping, CsvStream csv, ForcePack pack, Dictionary<string, int> header)
    {
        _mapping = mapping;
        _csv = csv;
        _clock = new LogClock(mapping);
        _zones = new ZoneFinder(pack);
        _width = csv.Count;
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

    /// <summary>The column and text that the fault of the row read last is about.</summary>
    public (string? Field, string? Found) About { get; private set; }

    /// <summary>Opens a log and reads its header. Refused when mapped columns are missing or the pack cannot place what is mapped.</summary>
    public static Outcome<LogReader> Open(TextReader text, LogMapping mapping, ForcePack pack, string file)
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

        var reader = new LogReader(mapping, csv, pack, header);
        return mapping.Area.Count == 0 && !reader._zones.HasLayer
            ? new Problem("The force pack has no map of its zones, so coordinates cannot be placed", file, Accepted: "a pack with layers/zones.geojson, or a mapping with area codes")
            : reader;
    }

    /// <summary>The text of a log, unzipped where its name ends in .gz.</summary>
    public static StreamReader Text(Stream stream, string file) => new(
        file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream,
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);

    /// <summary>Moves to the next row; false at the end. <paramref name="fault"/> says what is wrong with it, null for nothing.</summary>
    public bool Read(out RowFault? fault)
    {
        fault = null;
        if (!_csv.Read())
        {
            return false;
        }

        About = (null, null);
        fault = _csv.Malformed || _csv.Count != _width ? RowFault.Malformed : Parse();
        return true;
    }

    private RowFault? Parse()
    {
        _row = default;
        var id = _csv.Field(_at.Id);
        if (id.IsEmpty)
        {
            return Of(RowFault.NoId, _mapping.Id);
        }

        var hash = IdSet.Hash(id);
        if (!_ids.Add(hash))
        {
            return Of(RowFault.DuplicateId, _mapping.Id, id);
        }

        Span<char> buffer = stackalloc char[128];
        var created = Join(_at.Created, buffer);
        if (_clock.Read(created, out _row.Created) is { } unreadable)
        {
            return Of(unreadable, _mapping.Created[0], created);
        }

        var grade = _csv.Field(_at.Grade);
        if (!_gradeOf.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(grade, out _row.Grade))
        {
            return Of(RowFault.UnknownGrade, _mapping.Grade, grade);
        }

        if (Place(hash) is { } placeless)
        {
            return placeless;
        }

        _row.Units = -1;
        if (_at.Units >= 0 && _csv.Field(_at.Units) is { IsEmpty: false } units
            && (!int.TryParse(units, NumberStyles.None, CultureInfo.InvariantCulture, out _row.Units) || _row.Units > 999))
        {
            return Of(RowFault.UnreadableUnits, _mapping.Units!, units);
        }

        if (Time(_mapping.Despatched, _at.Despatched, buffer, out _row.Despatched) is { } despatched)
        {
            return despatched;
        }

        if (Time(_mapping.Arrived, _at.Arrived, buffer, out _row.Arrived) is { } arrived)
        {
            return arrived;
        }

        if (Time(_mapping.Cleared, _at.Cleared, buffer, out _row.Cleared) is { } cleared)
        {
            return cleared;
        }

        if (_row.Despatched >= 0 && _row.Despatched < _row.Created)
        {
            return Of(RowFault.DespatchBeforeCreation, _mapping.Despatched!.Columns[0], Join(_at.Despatched, buffer));
        }

        if (_row.Arrived >= 0 && _row.Arrived < _row.Created)
        {
            return Of(RowFault.ArrivalBeforeCreation, _mapping.Arrived!.Columns[0], Join(_at.Arrived, buffer));
        }

        if (_row.Cleared >= 0 && _row.Cleared < Math.Max(_row.Created, _row.Arrived))
        {
            return Of(RowFault.ClearedTooEarly, _mapping.Cleared!.Columns[0], Join(_at.Cleared, buffer));
        }

        _row.Station = Station();
        return null;
    }

    private RowFault? Place(ulong hash)
    {
        if (Coordinates(out var longitude, out var latitude, out var written) is { } unreadable)
        {
            return unreadable;
        }

        if (written)
        {
            _row.Zone = _zones.Find(longitude, latitude);
            _row.LongitudeE6 = (int)Math.Round(longitude * 1e6);
            _row.LatitudeE6 = (int)Math.Round(latitude * 1e6);
            _row.HasPoint = true;
            return _row.Zone < 0
                ? Of(RowFault.OutsideForce, _mapping.Longitude ?? _mapping.Easting[0], string.Create(CultureInfo.InvariantCulture, $"{longitude:0.#####}, {latitude:0.#####}"))
                : null;
        }

        foreach (var column in _at.Area)
        {
            if (_csv.Field(column) is { IsEmpty: false } area)
            {
                _row.Zone = _zones.Find(area.ToString(), hash, out _row.PlacedByArea);
                return _row.Zone < 0 ? Of(RowFault.OutsideForce, _mapping.Area[0], area) : null;
            }
        }

        return Of(RowFault.NoPlace, null);
    }

    private RowFault? Coordinates(out double longitude, out double latitude, out bool written)
    {
        (longitude, latitude, written) = (0, 0, false);
        if (_at.Longitude >= 0 && _csv.Field(_at.Longitude) is { IsEmpty: false } x && _csv.Field(_at.Latitude) is { IsEmpty: false } y)
        {
            written = true;
            return Number(x, out longitude) && Number(y, out latitude) && Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 90
                ? null
                : Of(RowFault.UnreadablePlace, _mapping.Longitude!, x);
        }

        for (var i = 0; i < _at.Easting.Length; i++)
        {
            if (_csv.Field(_at.Easting[i]) is { IsEmpty: false } east && _csv.Field(_at.Northing[i]) is { IsEmpty: false } north)
            {
                written = true;
                if (!Number(east, out var easting) || !Number(north, out var northing) || easting is < 0 or > 700_000 || northing is < 0 or > 1_300_000)
                {
                    return Of(RowFault.UnreadablePlace, _mapping.Easting[i], east);
                }

                (longitude, latitude) = BritishGrid.ToDegrees(easting, northing);
                return null;
            }
        }

        return null;
    }

    private RowFault? Time(MappedTime? mapped, int[] columns, Span<char> buffer, out long seconds)
    {
        seconds = -1;
        if (mapped is null || Join(columns, buffer) is not { IsEmpty: false } text)
        {
            return null;
        }

        if (!mapped.AfterCreation)
        {
            return _clock.Read(text, out seconds) is { } fault ? Of(fault, mapped.Columns[0], text) : null;
        }

        if (!Number(text, out var after) || Math.Abs(after) > 1e8)
        {
            return Of(RowFault.UnreadableTime, mapped.Columns[0], text);
        }

        seconds = _row.Created + (long)Math.Round(after);
        return null;
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

    private RowFault Of(RowFault fault, string? field, ReadOnlySpan<char> found = default)
    {
        About = (field, found.IsEmpty ? null : found.Length > 80 ? string.Concat(found[..80], "…") : found.ToString());
        return fault;
    }

    private static bool Number(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private sealed record Columns(
        int Id, int[] Created, int Grade, int[] Easting, int[] Northing, int Longitude, int Latitude, int[] Area, int Units, int[] Despatched, int[] Arrived, int[] Cleared, int Station);
}
