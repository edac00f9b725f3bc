using Pathfinder.Platform.Scenarios;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Scenarios;

/// <summary>Single incidents of a replication, told in words and shown moving.</summary>
public sealed class IncidentStoryTests
{
    private static readonly string Examples = Path.Combine(Repository.Root, "docs", "guides", "examples");
    private static readonly CompiledScenario Boroughs = Compile("two-boroughs.json");

    [Fact]
    public void Late_IncidentsOfAReplication_AreTheLatestFirstAndAgreeWithTheResult()
    {
        var result = new Simulator().Run(Boroughs, 1, 3, 1);
        var outcomes = IncidentStories.Outcomes(Boroughs, 3, 0);

        var late = IncidentStories.Late(Boroughs, 3, 0, 1_000_000);

        late.Zip(late.Skip(1)).ShouldAllBe(p => p.First.LateMinutes >= p.Second.LateMinutes);
        foreach (var grade in result.Areas[0].Grades.Where(g => g.InTarget.Value is not null))
        {
            var attended = outcomes.Where(o => Boroughs.File.Grades[o.Grade].Code == grade.Grade).ToList();
            attended.Average(o => o.Response / 60.0).ShouldBe(grade.MeanMinutes.Value!.Value, 1e-9);
            (1 - (late.Count(l => l.Grade == grade.Grade) / (double)grade.IncidentsByReplication[0])).ShouldBe(grade.InTarget.Value!.Value, 1e-9);
        }
    }

    [Fact]
    public void Tell_ALateIncident_SaysWhyInOrderOfTime()
    {
        var late = IncidentStories.Late(Boroughs, 3, 0, 30);
        var waiting = late.First(l => l.MainCause == "waiting for a unit");

        var story = IncidentStories.Tell(Boroughs, 3, 0, waiting.Number)!;

        story.ResponseMinutes!.Value.ShouldBe(waiting.ResponseMinutes, 1e-9);
        story.Created.ShouldBe(waiting.Created);
        story.Headline.ShouldStartWith("Late, after ");
        story.Headline.ShouldContain("waiting for a unit");
        story.Steps.Zip(story.Steps.Skip(1)).ShouldAllBe(p => p.First.At <= p.Second.At);
        story.Steps[0].Text.ShouldContain(waiting.Borough);
        story.Steps.ShouldContain(s => s.Text.Contains("was free to go", StringComparison.Ordinal));
        story.Steps.ShouldContain(s => s.Text.Contains("beyond the target", StringComparison.Ordinal));
        IncidentStories.Tell(Boroughs, 3, 0, 10_000_000).ShouldBeNull();
    }

    [Fact]
    public void Playback_AnHour_HasEveryUnitInOnePlaceAndIncidentsThatOpenAndClose()
    {
        var playback = Playback.Of(Boroughs, 3, 0, new DateTime(2017, 1, 13, 20, 0, 0), 3600);

        playback.Incidents.ShouldContain(i => i.Created >= 0);
        playback.Incidents.ShouldContain(i => i.Created < 0, "what was open before is there");
        playback.Incidents.ShouldAllBe(i => i.Closed == null || (i.Closed >= i.Attended && i.Closed < 3600));
        playback.States.ShouldAllBe(s => s.At >= 0 && s.At < 3600 && playback.Boroughs.ContainsKey(s.Unit));
        foreach (var unit in playback.Legs.GroupBy(l => l.Unit))
        {
            unit.Zip(unit.Skip(1)).ShouldAllBe(p => p.First.Start <= p.Second.Start);
        }

        playback.Queue[0].At.ShouldBe(0);
        var zones = Boroughs.File.Zones.Where(zone => zone.Borough == "north").Select(zone => zone.Code).ToHashSet();
        var north = Playback.Of(Boroughs, 3, 0, new DateTime(2017, 1, 13, 20, 0, 0), 3600, new HashSet<string> { "north" });
        north.Incidents.ShouldBe(playback.Incidents.Where(incident => zones.Contains(incident.Zone)));
        north.Boroughs.Count.ShouldBeLessThan(playback.Boroughs.Count);
        north.Queue.Max(each => each.Waiting).ShouldBeLessThanOrEqualTo(playback.Queue.Max(each => each.Waiting));
        Should.Throw<ArgumentOutOfRangeException>(() => Playback.Of(Boroughs, 3, 0, new DateTime(2016, 1, 1), 3600));
    }

    private static CompiledScenario Compile(string file) =>
        ScenarioCompiler.Compile(ScenarioJson.ReadScenario(File.ReadAllBytes(Path.Combine(Examples, file)), file).Value, new ScenarioFolder(Examples), file).Value;
}
