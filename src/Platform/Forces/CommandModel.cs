namespace Pathfinder.Platform.Forces;

/// <summary>
/// The command team of a unit of several boroughs as the roll-out briefing of February 2018 gives it: a chief superintendent;
/// five superintendents, one for each function and one for headquarters; six chief inspectors, two of them detectives in Safeguarding.
/// </summary>
internal static class CommandModel
{
    private const string Team =
        "London Councils briefing, 2018: five superintendents, six chief inspectors of whom two detectives in Safeguarding; how the other four divide is not said";

    /// <summary>The arrangements of one unit of several boroughs.</summary>
    /// <param name="unit">Its code.</param>
    /// <param name="wards">Its wards, which set the least number of ward officers.</param>
    /// <param name="from">First day of each function, by name.</param>
    /// <param name="backToBoroughs">The day on which response went back to boroughs; null where it did not.</param>
    /// <param name="basis">Why these dates.</param>
    public static IEnumerable<FunctionArrangement> Merged(
        string unit, int wards, Func<string, DateOnly> from, DateOnly? backToBoroughs, Func<string, string> basis)
    {
        foreach (var function in PackFiles.FunctionNames)
        {
            var posts = Posts(function, wards);
            var lead = function == "headquarters" ? "chief superintendent" : "superintendent";
            var until = function == "response" ? backToBoroughs?.AddDays(-1) : null;
            yield return new FunctionArrangement(unit, function, "command-unit", from(function), until, posts, lead, basis(function) + ". Posts: " + Team);
            if (until is not null)
            {
                yield return new FunctionArrangement(
                    unit, function, "borough", backToBoroughs!.Value, null, posts, lead,
                    "London Councils briefing, September 2017: borough-based response, each team under a duty inspector with its own parade site. Posts: " + Team);
            }
        }
    }

    /// <summary>The arrangements of a single-borough command: everything by borough; posts not known.</summary>
    public static IEnumerable<FunctionArrangement> Single(string unit, DateOnly from, DateOnly? to, string basis, Func<string, string> note)
    {
        foreach (var function in PackFiles.FunctionNames)
        {
            yield return new FunctionArrangement(
                unit, function, "borough", from, to, [], function == "headquarters" ? "chief superintendent" : null, basis + note(function));
        }
    }

    private static List<PostCount> Posts(string function, int wards) => function switch
    {
        "headquarters" => [new("chief superintendent", 1), new("superintendent", 1)],
        "safeguarding" => [new("superintendent", 1), new("detective chief inspector", 2)],
        "neighbourhoods" => [new("superintendent", 1), new("chief inspector", null), new("dedicated ward officer", 2 * wards), new("police community support officer", wards)],
        _ => [new("superintendent", 1), new("chief inspector", null)],
    };
}
