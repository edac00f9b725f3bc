namespace Pathfinder.Analysis.Queues;

/// <summary>How far the nearest of many units is.</summary>
public static class NearestUnit
{
    /// <summary>
    /// Mean crow-fly distance to the nearest of n units spread at random over an area A, away from its edge: ½ √(A / n)
    /// (Clark and Evans 1954; Larson and Odoni, 3.7).
    /// </summary>
    public static double MeanDistance(double area, double units) => 0.5 * Math.Sqrt(area / units);
}
