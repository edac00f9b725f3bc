using System.Globalization;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>Evaluation plans and what they come to: the gate, effects with intervals, each criterion, and the control charts of their measures.</summary>
internal sealed record EvaluationSection(string Heading) : ReportSection(Heading)
{
    /// <summary>Whether the control charts of the plan's measures follow; not where another section of the report draws them.</summary>
    public bool WithCharts { get; init; }

    public override async Task WriteAsync(ReportWriter writer, CancellationToken cancellation)
    {
        var plans = (await writer.PickAsync("evaluation-plan", Pick, null, cancellation)).Cast<StoredRecord<EvaluationPlan>>().ToList();
        if (plans.Count == 0)
        {
            Sections.WriteEmpty(writer, this);
            return;
        }

        writer.Add(new HeadingBlock(2, Heading));
        foreach (var plan in plans)
        {
            var finding = await writer.Tools.Evaluator.EvaluateAsync(writer.View, plan, cancellation);
            Write(writer, finding, await PlanDocuments.OfAsync(writer.View, finding, cancellation));
            foreach (var measure in WithCharts ? finding.Measures.Values.OrderBy(one => one.Key, StringComparer.Ordinal) : Enumerable.Empty<StoredRecord<Measure>>())
            {
                await ControlCharts.WriteAsync(writer, measure, heading: true, cancellation);
            }
        }
    }

    private static void Write(ReportWriter writer, PlanFinding finding, PlanDocument document)
    {
        var plan = finding.Plan;
        writer.Add(new HeadingBlock(3, new ReportText(plan.Body.Title, plan.Reference, "title")));
        writer.Add(new ParagraphBlock(document.Headline + "."));
        foreach (var text in writer.Words.Of(plan, "summary"))
        {
            writer.Add(new ParagraphBlock(text));
        }

        writer.Add(new ParagraphBlock(plan.Body.Lock is not { } seal ? new ReportText("The plan is not locked.", Standing: Standing.Watch)
            : !finding.Holds ? new ReportText("The plan was changed outside an amendment.", Standing: Standing.Bad)
            : $"Locked{(seal.On is { } on ? " on " + Numbers.Day(on) : "")}{(seal.ResultsSeen ? ", with results seen" : "")}{(plan.Body.Amendments.Count > 0 ? $"; amended {Numbers.Counted(plan.Body.Amendments.Count, "time", "times")}" : "")}."));
        foreach (var redefined in finding.Redefined)
        {
            writer.Add(new ParagraphBlock(new ReportText(redefined + ".", Standing: Standing.Bad)));
        }

        if (writer.Words.Of(plan, "questions") is { Count: > 0 } questions)
        {
            writer.Add(new ListBlock([.. questions.Select(question => (IReadOnlyList<ReportText>)[question])]));
        }

        writer.Add(new TableBlock(
            writer.Id("gate"), "The gate: what the rule proposes; people decide", [new("Test", Share: 2), new("Proposed", Share: 2), new("Why", Share: 8)],
            [
                .. finding.Pilots.Select(pilot => (IReadOnlyList<IReadOnlyList<ReportText>>)
                [
                    [new(pilot.Pilot.Body.Title, pilot.Pilot.Reference, "title")],
                    [new(GateRule.Words(pilot.Verdict), plan.Reference, Standing: pilot.Verdict switch { GateVerdict.Go => Standing.Good, GateVerdict.Revert => Standing.Bad, _ => Standing.Watch })],
                    [.. pilot.Reasons.Concat(PlanDocuments.FirstSignal(pilot) is { } signal ? [signal] : []).Select(reason => new ReportText(reason, plan.Reference))],
                ]),
            ]));
        var id = writer.Id("criteria");
        var effects = document.Criteria.Where(one => one.Unit is { Estimate: not null, Lower: not null, Upper: not null })
            .DistinctBy(one => (one.Area, one.Measure))
            .Select(one => new IntervalValue(Short($"{one.Unit.Name}: {finding.Measures.GetValueOrDefault(one.Measure)?.Body.Title ?? one.Measure}"), Round(one.Unit.Estimate!.Value), Round(one.Unit.Lower!.Value), Round(one.Unit.Upper!.Value))).ToList();
        if (effects.Count > 0)
        {
            writer.Add(new IntervalsBlock("Effects with their intervals; no effect lies at 0", null, effects, id));
        }

        writer.Add(new TableBlock(
            id, "What each criterion comes to", [new("Criterion", Share: 5), new("Area", Share: 2), new("Before, after", Share: 2), new("Effect", Share: 3), new("Verdict", Share: 2), new("Why", Share: 6)],
            [
                .. document.Criteria.SelectMany(one => Lines(one).Select((line, i) => (IReadOnlyList<IReadOnlyList<ReportText>>)
                [
                    i == 0 ? [new(one.Says, plan.Reference)] : [], [line.Name], [.. line is { Before: { } before, After: { } after } ? [(ReportText)$"{Number(before)}, {Number(after)}"] : Array.Empty<ReportText>()],
                    [.. line.Estimate is { } estimate ? [(ReportText)$"{Signed(estimate)}{(line is { Lower: { } lower, Upper: { } upper } ? $" ({Signed(lower)} to {Signed(upper)})" : ", no interval")}"] : Array.Empty<ReportText>()],
                    [new(line.Verdict, plan.Reference, Standing: line.Verdict switch { "met" => Standing.Good, "not met" => Standing.Bad, _ => Standing.Missing })], [line.Why],
                ])),
            ]));
        foreach (var decision in document.Decisions)
        {
            writer.Add(new ParagraphBlock($"{decision.Title}: {decision.State}{(decision.DecidedOn is { } decided ? ", " + decided : "")}{(decision.Reconsider.Count > 0 ? ". Rests on what has changed since: " + string.Join("; ", decision.Reconsider) : "")}."));
        }

        foreach (var text in writer.Words.Of(plan, "limits"))
        {
            writer.Add(new HeadingBlock(3, "Limits"));
            writer.Add(new ParagraphBlock(text));
        }
    }

    private const int NameLength = 46;

    /// <summary>A criterion at its area, then by borough; boroughs of which the same is said stand on one line.</summary>
    private static IEnumerable<FindingLine> Lines(CriterionLine criterion) =>
        criterion.Boroughs.GroupBy(line => line.Estimate is null && line.Before is null ? (line.Verdict, line.Why, "") : (line.Verdict, line.Why, line.Area))
            .Select(group => group.First() with { Name = string.Join(", ", group.Select(line => line.Name)) }).Prepend(criterion.Unit);

    private static string Short(string name) => name.Length > NameLength ? name[..NameLength] + "…" : name;

    private static decimal Round(double value) => Math.Round((decimal)value, 4);

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Signed(double value) => (value < 0 ? "−" : "+") + Number(Math.Abs(value));
}
