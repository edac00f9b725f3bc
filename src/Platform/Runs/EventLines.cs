using System.Globalization;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Runs;

/// <summary>What hours out of the ordinary may name in a run.</summary>
/// <param name="First">Midnight at which the run begins, its warm-up included.</param>
/// <param name="Last">Midnight at which it ends.</param>
/// <param name="Boroughs">Codes of its boroughs.</param>
public sealed record EventBounds(DateTime First, DateTime Last, IReadOnlySet<string> Boroughs);

/// <summary>Hours out of the ordinary as lines of CSV: begin, hours, demand, aid, name and, where it touches some only, codes of boroughs.</summary>
public static class EventLines
{
    /// <summary>What a line looks like.</summary>
    public const string Example = "2017-08-28 10:00,14,1.4,0.2,Carnival,E09000020 E09000033";

    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm"];

    /// <summary>Reads the lines; empty for none. Refused with every fault by line.</summary>
    /// <param name="text">The lines.</param>
    /// <param name="file">Name of their file, as faults name it; null where there is none.</param>
    /// <param name="bounds">What they may name; null where the run is not known yet, and they are checked with it.</param>
    public static Outcome<IReadOnlyList<ScenarioEvent>> Read(string? text, string? file = null, EventBounds? bounds = null)
    {
        var events = new List<ScenarioEvent>();
        if (string.IsNullOrWhiteSpace(text))
        {
            return events;
        }

        var problems = new List<Problem>();
        var records = new CsvRecords(text);
        while (records.Read())
        {
            if (records.Fields.Count == 1 && records.Fields[0].Trim().Length == 0)
            {
                continue;
            }

            string At(int field) => field < records.Fields.Count ? records.Fields[field].Trim() : "";
            if (records.Line == 1 && At(0) == "begin")
            {
                continue;
            }

            var faults = problems.Count;
            void Wrong(string message, string field, string found, string accepted) => problems.Add(new Problem(message, file, records.Line, field, found, accepted));
            if (records.Fields.Count is < 5 or > 6)
            {
                Wrong("An event has five or six values", "events", string.Join(",", records.Fields), Example);
                continue;
            }

            if (!DateTime.TryParseExact(At(0), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var begin))
            {
                Wrong("An event begins at no time", "begin", At(0), "a day and a full hour, such as 2017-08-28 10:00");
            }
            else if (bounds is not null && (begin < bounds.First || begin >= bounds.Last || begin.Minute != 0))
            {
                Wrong(
                    "An event does not begin at a full hour inside the run", "begin", At(0),
                    string.Create(CultureInfo.InvariantCulture, $"{bounds.First:yyyy-MM-dd HH:mm} to {bounds.Last.AddHours(-1):yyyy-MM-dd HH:mm}"));
            }

            if (!int.TryParse(At(1), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours < 1)
            {
                Wrong("An event lasts no number of hours", "hours", At(1), "a whole number, 1 or more");
            }

            if (!double.TryParse(At(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var demand))
            {
                Wrong("The demand of an event is no number", "demand", At(2), "times the expected, such as 1.4");
            }

            if (!double.TryParse(At(3), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var aid) || aid > 1)
            {
                Wrong("The share of crews on aid is none", "aid", At(3), "0 to 1");
            }

            if (At(4).Length == 0)
            {
                Wrong("An event has no name", "name", "", "what it is, in words");
            }

            var boroughs = At(5).Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries);
            foreach (var stranger in boroughs.Where(code => bounds is not null && !bounds.Boroughs.Contains(code)))
            {
                Wrong("An event names a borough that is not in the run", "boroughs", stranger, "codes of boroughs of the force");
            }

            if (problems.Count == faults)
            {
                events.Add(new ScenarioEvent
                {
                    Name = At(4),
                    From = begin,
                    Hours = hours,
                    DemandMultiplier = demand,
                    AidShare = aid,
                    Boroughs = boroughs,
                });
            }
        }

        return problems.Count > 0 ? problems : events;
    }
}
