using System.Globalization;
using Pathfinder.Engine.Siting;

namespace Pathfinder.Engine.Tests.Siting;

/// <summary>Reads OR-Library p-median networks: shortest paths between all vertices; of edges that stand twice the last counts.</summary>
internal static class OrLibrary
{
    public static (SitingModel Model, int P) Read(string path)
    {
        var numbers = File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var (n, edges, p) = (numbers[0], numbers[1], numbers[2]);
        var distance = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                distance[i, j] = i == j ? 0 : double.PositiveInfinity;
            }
        }

        for (var edge = 0; edge < edges; edge++)
        {
            var (a, b, length) = (numbers[3 + (edge * 3)] - 1, numbers[4 + (edge * 3)] - 1, numbers[5 + (edge * 3)]);
            distance[a, b] = distance[b, a] = length;
        }

        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i, k] + distance[k, j]);
                }
            }
        }

        return (new SitingModel(Enumerable.Repeat(1.0, n).ToArray(), distance.Cast<double>().ToArray()), p);
    }
}
