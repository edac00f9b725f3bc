using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.RollOut;

/// <summary>Waves: whether each leaves the months promised before go-live.</summary>
internal sealed class WaveReading(RollOutPlanner planner) : IRecordReading
{
    public string Kind => "wave";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var plan = await planner.PlanAsync(view, cancellation: cancellation);
        var shown = records.Select(record => record.Key).ToHashSet(StringComparer.Ordinal);
        return new(
            plan.Headline, ["Against the terms", "Earliest go-live"],
            plan.Waves.Where(wave => shown.Contains(wave.Wave.Key)).ToDictionary(
                wave => wave.Wave.Key,
                wave => (IReadOnlyList<Said>)[new Said(wave.Words, wave.Standing), wave.IsBound && wave.GoLive is { } live ? live.Begins.Text : new Said("no terms bind it")], StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var plan = await planner.PlanAsync(view, cancellation: cancellation);
        if (plan.Waves.FirstOrDefault(one => one.Wave.Key == record.Key) is not { } wave)
        {
            return new(null, []);
        }

        List<ReadingPart> parts = [];
        if (wave is { IsBound: true, Engagement: { } engagement, Preparation: { } preparation, GoLive: { } live })
        {
            parts.Add(new(
                "windows", "Windows that the terms leave, counted from " + wave.CountedFrom!.Text, null, ["Phase", "Begins", "Ends before"],
                [
                    ["Engagement", engagement.Begins.Text, engagement.Ends.Text],
                    ["Preparation", preparation.Begins.Text, preparation.Ends.Text],
                    ["Go-live, at the earliest", live.Begins.Text, live.Ends.Text],
                ]));
        }

        var posts = (await view.ListAsync<Bodies.Post>(cancellation)).ToDictionary(post => post.Key, post => post.Body.Title, StringComparer.Ordinal);
        parts.Add(new(
            "units", "Its units", null, ["Unit", "Boroughs", "Commander", "Went live"],
            [.. wave.Wave.Body.Units.Zip(wave.Live, (unit, went) => (IReadOnlyList<Said>)
            [
                $"{unit.Name} ({unit.Code})", Numbers.InWords(unit.Boroughs.Count),
                unit.Commander is { } post ? new Said(posts.GetValueOrDefault(post, post), Reference: $"post:{post}") : new Said("not recorded", Standing.Missing),
                went.Live is { } day ? went.Imprecise ?? Numbers.Day(day) : new Said("not known", Standing.Missing),
            ])]));
        var against = wave.Embargoes.Count > 0 ? $"; against an embargo: {wave.Embargoes[0]}" : "";
        return new(wave.Words + against, parts);
    }
}

/// <summary>Terms of roll-outs: what they promise before go-live, and which waves break them.</summary>
internal sealed class RollOutTermsReading(RollOutPlanner planner) : IRecordReading
{
    public string Kind => "roll-out-terms";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var plan = await planner.PlanAsync(view, cancellation: cancellation);
        return new(plan.Headline, ["Before go-live", "Waves that break it"], records.ToDictionary(
            record => record.Key,
            record =>
            {
                var terms = (RollOutTerms)record.Body;
                var broken = plan.Waves.Where(wave => wave.Terms?.Key == record.Key && wave.IsBound && wave.Kept == Truth.False).ToList();
                return (IReadOnlyList<Said>)
                [
                    $"{terms.EngagementMonths + terms.PreparationMonths} months",
                    broken.Count == 0 ? new Said("none known", Standing.Good) : new Said(string.Join("; ", broken.Select(wave => wave.Wave.Body.Title)), Standing.Bad, broken[0].Wave.Reference),
                ];
            },
            StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var plan = await planner.PlanAsync(view, cancellation: cancellation);
        var waves = plan.Waves.Where(wave => wave.Terms?.Key == record.Key).ToList();
        return new(
            plan.Headline,
            [
                new ReadingPart("waves", "Waves against these terms", null, ["Wave", "Goes live", "Verdict", "Engagement would have to begin by"],
                    [.. waves.Select(wave => (IReadOnlyList<Said>)
                    [
                        new Said(wave.Wave.Body.Title, Reference: wave.Wave.Reference), wave.GoesLive?.Text ?? "not recorded", new Said(wave.Words, wave.Standing),
                        wave.IsBound && wave.LatestStart is { } start ? start.Text : new Said("", Standing.Plain),
                    ])]),
            ]);
    }
}
