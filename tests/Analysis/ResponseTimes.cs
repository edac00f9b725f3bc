namespace Pathfinder.Analysis.Tests;

/// <summary>
/// Immediate calls attended within 15 minutes, per cent, July 2016 to August 2017, from the Metropolitan Police's update on
/// its pathfinders of autumn 2017.
/// </summary>
internal static class ResponseTimes
{
    public static readonly double[] CentralNorth = [84, 85, 86, 89, 87, 87, 90, 85, 79, 79, 70, 69, 74, 78];
    public static readonly double[] East = [78, 76, 77, 79, 79, 79, 79, 75, 66, 63, 52, 50, 48, 63];
    public static readonly double[] Met = [83, 84, 83, 85, 86, 86, 88, 87, 86, 86, 83, 82, 82, 83];

    public static readonly string[] Months =
    [
        "2016-07", "2016-08", "2016-09", "2016-10", "2016-11", "2016-12", "2017-01",
        "2017-02", "2017-03", "2017-04", "2017-05", "2017-06", "2017-07", "2017-08",
    ];
}
