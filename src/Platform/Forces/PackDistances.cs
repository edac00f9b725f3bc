using System.Globalization;
using System.Text;

namespace Pathfinder.Platform.Forces;

/// <summary>Reads the distance matrix: a million numbers, so it walks bytes instead of going through the table reader.</summary>
internal static class PackDistances
{
    /// <summary>
    /// Metres row-major in the order of <paramref name="zones"/>. Header <c>from\to,CODE,…</c>; a row for each zone, its code first;
    /// rows and columns may stand in any order. Problems name a row or column that is missing, double or unknown, and each cell that is no distance.
    /// </summary>
    public static ushort[] Read(PackSource source, IReadOnlyList<Zone> zones)
    {
        var count = zones.Count;
        var metres = new ushort[count * count];
        var path = source.FindPath(PackFiles.Distances);
        if (path is null)
        {
            source.Fault("The file is missing", PackFiles.Distances, accepted: PackFiles.Distances + " or " + PackFiles.Distances + ".gz");
            return metres;
        }

        if (source.FindBytes(path) is not { } bytes || count == 0)
        {
            return metres;
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            places.TryAdd(zones[i].Code, i);
        }

        var lines = new Lines(bytes);
        var columns = Header(source, path, lines.Next(), places);
        var seen = new bool[count];
        for (var line = 2; !lines.Ended; line++)
        {
            var row = lines.Next();
            if (row.Length == 0)
            {
                continue;
            }

            var comma = row.IndexOf((byte)',');
            var code = Encoding.UTF8.GetString(comma < 0 ? row : row[..comma]).Trim();
            if (!places.TryGetValue(code, out var from))
            {
                source.Fault("The row is of no zone of " + PackFiles.Zones, path, line, "from", code);
                continue;
            }

            if (seen[from])
            {
                source.Fault("The zone has two rows", path, line, "from", code);
                continue;
            }

            seen[from] = true;
            Cells(source, path, line, comma < 0 ? [] : row[(comma + 1)..], columns, metres.AsSpan(from * count, count), zones);
        }

        for (var i = 0; i < count; i++)
        {
            if (!seen[i])
            {
                source.Fault("The matrix has no row for the zone", path, field: "from", found: zones[i].Code);
            }
        }

        return metres;
    }

    private static int[] Header(PackSource source, string path, ReadOnlySpan<byte> line, Dictionary<string, int> places)
    {
        var names = Encoding.UTF8.GetString(line).TrimStart('\uFEFF').Split(',');
        var columns = new int[names.Length - 1];
        var seen = new HashSet<int>();
        for (var i = 1; i < names.Length; i++)
        {
            var name = names[i].Trim();
            if (!places.TryGetValue(name, out var place))
            {
                source.Fault("The column is of no zone of " + PackFiles.Zones, path, 1, name);
                place = -1;
            }
            else if (!seen.Add(place))
            {
                source.Fault("The zone has two columns", path, 1, name);
            }

            columns[i - 1] = place;
        }

        foreach (var (code, place) in places)
        {
            if (!seen.Contains(place))
            {
                source.Fault("The matrix has no column for the zone", path, 1, code);
            }
        }

        return columns;
    }

    private static void Cells(
        PackSource source, string path, int line, ReadOnlySpan<byte> row, int[] columns, Span<ushort> metres, IReadOnlyList<Zone> zones)
    {
        var column = 0;
        while (true)
        {
            var comma = row.IndexOf((byte)',');
            var cell = comma < 0 ? row : row[..comma];
            if (column < columns.Length && columns[column] >= 0)
            {
                if (System.Buffers.Text.Utf8Parser.TryParse(cell, out int value, out var used) && used == cell.Length && value is >= 0 and <= ushort.MaxValue)
                {
                    metres[columns[column]] = (ushort)value;
                }
                else
                {
                    source.Fault("This is no distance", path, line, zones[columns[column]].Code, Encoding.UTF8.GetString(cell), "whole metres, 0 to 65535");
                }
            }

            column++;
            if (comma < 0)
            {
                break;
            }

            row = row[(comma + 1)..];
        }

        if (column != columns.Length)
        {
            source.Fault(
                "The row has another number of distances than the header has zones", path, line,
                found: column.ToString(CultureInfo.InvariantCulture), accepted: columns.Length.ToString(CultureInfo.InvariantCulture));
        }
    }

    private ref struct Lines(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public readonly bool Ended => _rest.Length == 0;

        public ReadOnlySpan<byte> Next()
        {
            var end = _rest.IndexOf((byte)'\n');
            var line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? [] : _rest[(end + 1)..];
            return line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
        }
    }
}
