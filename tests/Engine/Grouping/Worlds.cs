using System.Globalization;
using Pathfinder.Engine.Grouping;

namespace Pathfinder.Engine.Tests.Grouping;

/// <summary>Graphs to group: drawn grids, London's boroughs, small random graphs.</summary>
internal static class Worlds
{
    public static UnitGraph Grid(int rows, int columns)
    {
        var borders = new List<Border>();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var unit = (row * columns) + column;
                if (column + 1 < columns)
                {
                    borders.Add(new Border(unit, unit + 1, 1));
                }

                if (row + 1 < rows)
                {
                    borders.Add(new Border(unit, unit + columns, 1));
                }
            }
        }

        return new UnitGraph(rows * columns, borders);
    }

    public static UnitGraph Random(System.Random random, int units, double density)
    {
        var borders = new List<Border>();
        for (var unit = 1; unit < units; unit++)
        {
            borders.Add(new Border(random.Next(unit), unit, 1 + random.Next(9)));
            for (var other = 0; other < unit; other++)
            {
                if (random.NextDouble() < density && !borders.Exists(b => b.A == other && b.B == unit))
                {
                    borders.Add(new Border(other, unit, 1 + random.Next(9)));
                }
            }
        }

        return new UnitGraph(units, borders);
    }

    public static London LondonBoroughs(bool crossings = false) => new(crossings);

    /// <summary>The 32 boroughs with their measures and the 12 command units of 2018.</summary>
    internal sealed class London
    {
        public London(bool crossings)
        {
            var measures = Read("london_borough_measures.csv");
            Codes = measures.ConvertAll(row => row[0]);
            Population = Column(measures, 2);
            Crime = Column(measures, 3);
            XKm = Column(measures, 4);
            YKm = Column(measures, 5);
            var borders = Read("london_borough_adjacency.csv")
                .Where(row => crossings || row[4] == "land")
                .Select(row => new Border(Codes.IndexOf(row[0]), Codes.IndexOf(row[1]), row[5].Length == 0 ? 0 : double.Parse(row[5], CultureInfo.InvariantCulture)));
            Graph = new UnitGraph(Codes.Count, [.. borders]);
            RealPlan = [.. Read("london_plan_2018.csv").GroupBy(row => row[1]).Select(unit => Mask([.. unit.Select(row => row[0])]))];
        }

        public List<string> Codes { get; }

        public UnitGraph Graph { get; }

        public double[] Population { get; }

        public double[] Crime { get; }

        public double[] XKm { get; }

        public double[] YKm { get; }

        public ulong[] RealPlan { get; }

        public static GroupingRules Rules(int groups, int min = 2, int max = 4) => new() { MinSize = min, MaxSize = max, MinGroups = groups, MaxGroups = groups };

        public ulong Mask(params string[] codes) => codes.Aggregate(0UL, (mask, code) => mask | (1UL << Codes.IndexOf(code)));

        private static List<string[]> Read(string file) =>
            [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "design", file)).Skip(1).Select(line => line.Split(','))];

        private static double[] Column(List<string[]> rows, int column) => [.. rows.Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];
    }
}
