using System.Globalization;
using Pathfinder.Analysis.Control;
using Pathfinder.Analysis.Effects;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>Holds what is recorded against a plan: criterion by criterion, per command unit and per borough, then the gate.</summary>
public sealed class PlanEvaluator(IForces forces, IMeasuredSeries measured)
{
    /// <summary>A one-sided test at this level is what a two-sided 95% interval shows.</summary>
    public const double Level = 0.025;

    private const string File = "panel.csv";

    /// <summary>What a plan comes to as at the view's dates, as far as its reader may see.</summary>
    public async Task<PlanFinding> EvaluateAsync(RecordView view, StoredRecord<EvaluationPlan> plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(plan);
        var pilots = (await view.ListAsync<Pilot>(cancellation)).Where(pilot => plan.Body.Pilots.Contains(pilot.Key, StringComparer.Ordinal)).ToList();
        var measures = (await view.ListAsync<Measure>(cancellation)).Where(measure => plan.Body.Criteria.Any(criterion => criterion.Measure == measure.Key)).ToDictionary(measure => measure.Key, StringComparer.Ordinal);
        var work = new Work(measured, view, plan.Body, pilots, measures, await NamesAsync(cancellation));
        var results = new List<CriterionResult>();
        foreach (var criterion in plan.Body.Criteria)
        {
            results.Add(await work.ResultAsync(criterion, cancellation));
        }

        results = Adjusted(results, measures);
        var holds = PlanSeal.Holds(plan.Body);
        var found = new List<PilotFinding>();
        foreach (var pilot in pilots.OrderBy(pilot => pilot.Body.Title, StringComparer.Ordinal))
        {
            found.Add(Of(pilot, plan.Body, holds, [.. results.Where(result => result.Unit.Pilot == pilot.Key)], measures));
        }

        var redefined = plan.Body.Definitions.Where(locked => measures.TryGetValue(locked.Measure, out var now) && (now.Body.Definition != locked.Definition || now.Body.Version != locked.Version))
            .Select(locked => $"{measures[locked.Measure].Body.Title} is defined otherwise than when the plan was locked").ToList();
        return new PlanFinding(plan, Headline(plan.Body, holds, found), holds, found, results, measures, redefined);
    }

    /// <summary>What each criterion could find, from what is known at the view's dates.</summary>
    public async Task<IReadOnlyList<PlanPower>> PowerAsync(RecordView view, EvaluationPlan plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var panels = new Dictionary<string, MeasurePanel>(StringComparer.Ordinal);
        foreach (var measure in plan.Criteria.Select(criterion => criterion.Measure).Distinct(StringComparer.Ordinal))
        {
            panels[measure] = await MeasurePanel.ReadAsync(measured, view, measure, [], cancellation);
        }

        List<PlanPower> power = [.. plan.Criteria.Select(criterion => PlanPowers.Of(criterion, panels[criterion.Measure]))];

        return power;
    }

    private async Task<Dictionary<string, string>> NamesAsync(CancellationToken cancellation)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (await forces.FindCurrentAsync(cancellation) is { } pack)
        {
            foreach (var (code, name) in pack.Boroughs.Select(borough => (borough.Code, borough.Name)).Concat(pack.CommandUnits.Select(unit => (unit.Code, unit.Name))))
            {
                names[code] = name;
            }
        }

        return names;
    }

    private static PilotFinding Of(
        StoredRecord<Pilot> pilot, EvaluationPlan plan, bool holds, IReadOnlyList<CriterionResult> results, Dictionary<string, StoredRecord<Measure>> measures)
    {
        var (verdict, reasons) = plan.Lock is null ? (GateVerdict.None, ["The plan is not locked, so nothing follows from it yet"])
            : !holds ? (GateVerdict.None, (IReadOnlyList<string>)["The plan does not say what its lock vouches for, so nothing follows from it"])
            : GateRule.Of(results, measures.ToDictionary(pair => pair.Key, pair => pair.Value.Body.Direction != MeasureDirection.Down, StringComparer.Ordinal));
        var (chart, why) = Chart(results, measures);
        return new PilotFinding(pilot, verdict, reasons, results, chart, why);
    }

    private static (ChartAnswer? Chart, string? Why) Chart(IReadOnlyList<CriterionResult> results, Dictionary<string, StoredRecord<Measure>> measures)
    {
        if (results.FirstOrDefault(result => result.Unit.Series is [{ Points.Count: > 1 }, ..]) is not { } first)
        {
            return (null, "No series is recorded for it");
        }

        var (points, measure) = (first.Unit.Series[0].Points, measures[first.Criterion.Measure].Body);
        var csv = "time,value\n" + string.Concat(points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Time},{point.Value}\n")));
        var read = SeriesReader.Read(csv, File, new SeriesColumns("time", "value"), ChartKind.Xmr);
        // Limits are those of the months before, so that the change does not widen what it is held against.
        int? baseline = first.Criterion.Before is { } before && points.Count(point => point.First <= before.Last) is >= 2 and var months ? months : null;
        var drawn = read.Succeeded ? SeriesChart.Draw(read.Value, new ChartRequest(ChartKind.Xmr, Improves(measure), (double?)measure.Target, Baseline: baseline)) : Problems.Outcome.Refused<ChartAnswer>(read.Problems);
        return drawn.Succeeded ? (drawn.Value, null) : (null, string.Join("; ", drawn.Problems.Select(problem => problem.Message)));
    }

    private static Improvement Improves(Measure measure) => measure.Direction switch
    {
        MeasureDirection.Up => Improvement.Up,
        MeasureDirection.Down => Improvement.Down,
        _ => Improvement.Neither,
    };

    private static string Headline(EvaluationPlan plan, bool holds, List<PilotFinding> pilots)
    {
        if (plan.Lock is null)
        {
            return "The plan is not locked: it holds nobody to anything yet";
        }

        if (!holds)
        {
            return "The plan was changed outside an amendment: nothing follows from it until that is cleared up";
        }

        var proposed = pilots.Where(pilot => pilot.Verdict != GateVerdict.None).ToList();
        return proposed.Count == 0
            ? "The rule proposes nothing: no pilot of the plan is held to a mandatory criterion"
            : "The rule proposes: " + string.Join("; ", proposed.Select(pilot => $"{pilot.Pilot.Body.Title}, {GateRule.Words(pilot.Verdict)}"));
    }

    // Holm over the primary criteria that have an error, Benjamini and Hochberg over the others; then what each verdict is.
    private static List<CriterionResult> Adjusted(List<CriterionResult> results, Dictionary<string, StoredRecord<Measure>> measures)
    {
        var adjusted = new double?[results.Count];
        foreach (var primary in new[] { true, false })
        {
            var family = Enumerable.Range(0, results.Count).Where(i => results[i].Criterion.Primary == primary && Own(results[i]) is not null).ToList();
            var p = family.ConvertAll(i => Own(results[i])!.Value);
            var values = primary ? Multiplicity.Holm(p) : Multiplicity.BenjaminiHochberg(p);
            for (var k = 0; k < family.Count; k++)
            {
                adjusted[family[k]] = values[k];
            }
        }

        return [.. results.Select((result, i) => Judged(result, adjusted[i], measures))];
    }

    // Every borough must meet it, so the largest p speaks for all of them (an intersection-union test, Berger 1982).
    private static double? Own(CriterionResult result) => result.Criterion.Level == CriterionLevel.CommandUnit ? result.Unit.P
        : result.Boroughs.Count > 0 && result.Boroughs.All(borough => borough.P is not null) ? result.Boroughs.Max(borough => borough.P) : null;

    private static CriterionResult Judged(CriterionResult result, double? adjusted, Dictionary<string, StoredRecord<Measure>> measures)
    {
        var unit = measures.GetValueOrDefault(result.Criterion.Measure)?.Body.Unit;
        CriterionFinding Judge(CriterionFinding finding, double? p)
        {
            if (finding.P is null)
            {
                return finding;
            }

            var met = (p ?? finding.P) <= Level;
            return finding with { AdjustedP = p, Verdict = met ? CriterionVerdict.Met : CriterionVerdict.NotMet, Why = EffectWords(finding, met, unit) };
        }

        var own = result.Criterion.Level == CriterionLevel.CommandUnit ? Judge(result.Unit, adjusted) : Judge(result.Unit, null);
        var boroughs = result.Boroughs.Select(borough => Judge(borough, null)).ToList();
        if (result.Criterion.Level == CriterionLevel.CommandUnit)
        {
            return new CriterionResult(own, boroughs, own.Verdict, own.Why);
        }

        var (verdict, why) = OfBoroughs(boroughs, adjusted);
        return new CriterionResult(own, boroughs, verdict, why);
    }

    private static (CriterionVerdict Verdict, string Why) OfBoroughs(List<CriterionFinding> boroughs, double? adjusted)
    {
        var notMet = boroughs.Where(borough => borough.Verdict == CriterionVerdict.NotMet).ToList();
        var open = boroughs.Where(borough => borough.Verdict == CriterionVerdict.NotTestable).ToList();
        return boroughs.Count == 0 ? (CriterionVerdict.NotTestable, "The boroughs of the area are not recorded")
            : notMet.Count > 0 ? (CriterionVerdict.NotMet, $"Not met in {string.Join(", ", notMet.Select(borough => borough.AreaName))}")
            : open.Count == boroughs.Count ? (CriterionVerdict.NotTestable, open[0].Why)
            : open.Count > 0 ? (CriterionVerdict.NotTestable, $"Not testable in {string.Join(", ", open.Select(borough => borough.AreaName))}")
            : adjusted > Level ? (CriterionVerdict.NotMet, "Met in each borough, but not after allowing for the number of criteria")
            : (CriterionVerdict.Met, "Met in every borough");
    }

    private static string EffectWords(CriterionFinding finding, bool met, string? unit)
    {
        var effect = finding.Study!.Effect;
        var points = unit == "%" ? " points" : unit is null ? "" : " " + unit;
        var interval = string.Create(CultureInfo.InvariantCulture, $"{effect.Estimate:+0.0;−0.0;0.0}{points} against the comparator (95% interval {effect.Lower:+0.0;−0.0;0.0} to {effect.Upper:+0.0;−0.0;0.0})");
        // What is not met either lies wholly beyond the margin, which is harm shown, or reaches into it, which is doubt.
        var beyond = !met && effect is { Lower: { } lower, Upper: { } upper } && lower * upper > 0 && Math.Min(Math.Abs(lower), Math.Abs(upper)) > (double)finding.Criterion.Value;
        return finding.Criterion.Test == CriterionTest.NotWorse && beyond
            ? string.Create(CultureInfo.InvariantCulture, $"{interval}: worse than the margin of {finding.Criterion.Value}, as the whole interval lies beyond it")
            : finding.Criterion.Test == CriterionTest.NotWorse
            ? string.Create(CultureInfo.InvariantCulture, $"{interval}: {(met ? "shown to be" : "not shown to be")} within the margin of {finding.Criterion.Value}")
            : string.Create(CultureInfo.InvariantCulture, $"{interval}: {(met ? "shown to be" : "not shown to be")} better than {finding.Criterion.Value}");
    }

    /// <summary>One evaluation of one plan.</summary>
    private sealed class Work(
        IMeasuredSeries measured, RecordView view, EvaluationPlan plan, List<StoredRecord<Pilot>> pilots, Dictionary<string, StoredRecord<Measure>> measures, Dictionary<string, string> names)
    {
        // All series of a measure are read at once, and every criterion of it and every borough asks for some of them.
        private readonly Dictionary<string, MeasurePanel> _panels = new(StringComparer.Ordinal);

        public async Task<CriterionResult> ResultAsync(Criterion criterion, CancellationToken cancellation)
        {
            var pilot = pilots.Find(one => string.Equals(one.Body.Unit, criterion.Area, StringComparison.OrdinalIgnoreCase))
                ?? pilots.Find(one => one.Body.Boroughs.Contains(criterion.Area, StringComparer.OrdinalIgnoreCase));
            var unit = await FindAsync(criterion, criterion.Area, pilot?.Key, false, cancellation);
            var boroughs = new List<CriterionFinding>();
            foreach (var borough in pilot is not null && string.Equals(pilot.Body.Unit, criterion.Area, StringComparison.OrdinalIgnoreCase) ? pilot.Body.Boroughs : [])
            {
                boroughs.Add(await FindAsync(criterion with { Area = borough }, borough, pilot!.Key, true, cancellation));
            }

            return new CriterionResult(unit, boroughs, unit.Verdict, unit.Why);
        }

        private async Task<CriterionFinding> FindAsync(Criterion criterion, string area, string? pilot, bool isBorough, CancellationToken cancellation)
        {
            var finding = new CriterionFinding { Criterion = criterion, Area = area, AreaName = Name(area), Pilot = pilot, IsBorough = isBorough, Verdict = CriterionVerdict.NotTestable };
            if (!measures.TryGetValue(criterion.Measure, out var measure))
            {
                return finding with { Why = "The measure is not on record at these dates" };
            }

            string[] areas = [area, .. criterion.Comparators];
            var contained = plan.Shares.Where(share => criterion.Comparators.Contains(share.Comparator, StringComparer.OrdinalIgnoreCase)).Select(share => share.Area);
            if (!_panels.TryGetValue(criterion.Measure, out var all))
            {
                _panels[criterion.Measure] = all = await MeasurePanel.ReadAsync(measured, view, criterion.Measure, [], cancellation);
            }

            var panel = all with { Areas = [.. areas.Concat(contained).Distinct(StringComparer.OrdinalIgnoreCase)] };
            if (panel.Points(area).Count == 0)
            {
                return finding with { Why = WithoutFigures(panel, area, isBorough), Power = isBorough ? null : plan.Power.FirstOrDefault(row => row.Criterion == criterion.Id) };
            }

            finding = finding with
            {
                Series = [.. areas.Where(one => panel.Points(one).Count > 0).Select(one => Series(panel, one))],
                Power = isBorough ? null : plan.Power.FirstOrDefault(row => row.Criterion == criterion.Id) ?? PlanPowers.Of(criterion, panel),
            };
            return criterion.Test is CriterionTest.AtLeast or CriterionTest.AtMost ? await ThresholdAsync(finding, panel, cancellation) : await EffectAsync(finding, panel, areas, measure.Body, cancellation);
        }

        private string WithoutFigures(MeasurePanel panel, string area, bool isBorough) =>
            panel.Series.TryGetValue(area, out var said) && said.Words is [.., var last] ? $"No figure is recorded, only words: {last.Words.TrimEnd('.')}"
            : said is { OtherPeriods: [.., var other] } ? $"A figure is recorded for {other.Period.Text} alone, not month by month"
            : isBorough ? "No borough figures are recorded" : $"No figure of {Name(area)} is recorded";

        private async Task<CriterionFinding> ThresholdAsync(CriterionFinding finding, MeasurePanel panel, CancellationToken cancellation)
        {
            var criterion = finding.Criterion;
            var window = criterion.Window!;
            if (panel.Missing(finding.Area, window) is { Count: > 0 } missing)
            {
                return finding with { Why = $"{finding.AreaName} is not observed for {string.Join(", ", missing)}" };
            }

            var used = panel.Within(finding.Area, window);
            // Values are published to few digits; the mean of them is compared as a decimal, so that 90 is at least 90.
            var mean = used.Average(one => (decimal)one.Value);
            var met = criterion.Test == CriterionTest.AtLeast ? mean >= criterion.Value : mean <= criterion.Value;
            return finding with
            {
                After = (double)mean,
                Before = criterion.Before is { } before && panel.Within(finding.Area, before) is { Count: > 0 } earlier ? earlier.Average(one => one.Value) : null,
                Verdict = met ? CriterionVerdict.Met : CriterionVerdict.NotMet,
                Why = string.Create(CultureInfo.InvariantCulture, $"The mean of {window.Text} is {mean:0.0##}, {(criterion.Test == CriterionTest.AtLeast ? "at least" : "at most")} {criterion.Value} was asked for"),
                Inputs = await MeasurePanel.InputsAsync(view, used, cancellation),
            };
        }

        private async Task<CriterionFinding> EffectAsync(CriterionFinding finding, MeasurePanel panel, string[] areas, Measure measure, CancellationToken cancellation)
        {
            var criterion = finding.Criterion;
            if (measure.Direction == MeasureDirection.Neither)
            {
                return finding with { Why = "The measure does not say which way is better" };
            }

            var (before, window) = (criterion.Before!, criterion.Window!);
            foreach (var one in areas)
            {
                if (panel.Points(one).Count == 0)
                {
                    return finding with { Why = $"No figure of the comparator {Name(one)} is recorded" };
                }

                if (panel.Missing(one, before).Concat(panel.Missing(one, window)).ToList() is { Count: > 0 } missing)
                {
                    return finding with { Why = $"{Name(one)} is not observed for {string.Join(", ", missing)}" };
                }
            }

            List<PartialDate> within = criterion.Transition is { } transition ? [before, transition, window] : [before, window];
            var data = panel with { Areas = areas };
            var csv = data.ToCsv([finding.Area], window.First, within);
            string[] exclude = criterion.Transition is { } left && data.Within(finding.Area, left) is { Count: > 0 } between ? [$"time:{data.TimeOf(between[0])}..{data.TimeOf(between[^1])}"] : [];
            var method = criterion.Method.ToString().ToLowerInvariant();
            var table = PanelReader.Read(csv, File, PanelText.Columns, exclude);
            var study = table.Succeeded ? EffectStudy.Of(table.Value, new EffectRequest(PanelEvaluation.Names[method])) : Problems.Outcome.Refused<EffectStudy>(table.Problems);
            finding = finding with { PanelCsv = csv, Command = study.Succeeded ? study.Value.Command(finding.PanelFile, PanelText.Columns, exclude) : PanelText.Command(finding.PanelFile, PanelText.Columns, method, exclude), Inputs = await MeasurePanel.InputsAsync(view, areas.SelectMany(one => within.SelectMany(days => data.Within(one, days))), cancellation) };
            if (!study.Succeeded)
            {
                return finding with { Why = string.Join("; ", study.Problems.Take(2).Select(problem => problem.Message)) };
            }

            double Mean(string area, PartialDate days) => data.Within(area, days).Average(one => one.Value);
            var beside = criterion.Comparators;
            finding = finding with
            {
                Study = study.Value,
                Before = Mean(finding.Area, before),
                After = Mean(finding.Area, window),
                ComparatorBefore = beside.Count == 0 ? null : beside.Average(one => Mean(one, before)),
                ComparatorAfter = beside.Count == 0 ? null : beside.Average(one => Mean(one, window)),
                WithTransition = exclude.Length > 0 ? Counted(csv, method) : null,
                Contamination = Contaminated(criterion, panel, before, window),
                P = OneSided(study.Value, criterion, measure.Direction == MeasureDirection.Up ? 1 : -1),
            };
            return finding.P is null ? finding with { Why = string.Create(CultureInfo.InvariantCulture, $"The effect is {study.Value.Effect.Estimate:+0.0;−0.0;0.0}, but {study.Value.Basis}") } : finding;
        }

        // The transition counted as before: how much hangs on leaving it out.
        private static double? Counted(string csv, string method)
        {
            var table = PanelReader.Read(csv, File, PanelText.Columns);
            var answer = table.Succeeded ? PanelEvaluation.Evaluate(table.Value, new EffectRequest(PanelEvaluation.Names[method], Error: ErrorKind.None)) : null;
            return answer is { Succeeded: true } ? answer.Value.Estimate : null;
        }

        private ContaminationFinding? Contaminated(Criterion criterion, MeasurePanel panel, PartialDate before, PartialDate window)
        {
            if (criterion.Comparators is not [var comparator])
            {
                return null;
            }

            var shares = plan.Shares.Where(share => string.Equals(share.Comparator, comparator, StringComparison.OrdinalIgnoreCase)).ToList();
            string[] areas = [comparator, criterion.Area, .. shares.Select(share => share.Area)];
            if (shares.Count == 0 || areas.Any(area => panel.Missing(area, before).Count > 0 || panel.Missing(area, window).Count > 0))
            {
                return null;
            }

            double Change(string area) => panel.Within(area, window).Average(one => one.Value) - panel.Within(area, before).Average(one => one.Value);
            var (whole, own) = (Change(comparator), Change(criterion.Area));
            var rest = Contamination.Range(whole, [.. shares.Select(share => new ContaminatingArea(Change(share.Area), (double)share.Lowest / 100, (double)share.Highest / 100))]);
            return new ContaminationFinding(whole, rest.Low, rest.High, own - rest.High, own - rest.Low);
        }

        private static double? OneSided(EffectStudy study, Criterion criterion, int better)
        {
            if (study.Effect.Se is not { } se || !(se > 0))
            {
                return null;
            }

            var bound = criterion.Test == CriterionTest.NotWorse ? -(double)criterion.Value : (double)criterion.Value;
            int? degrees = study.Answer.AlongTime is { } along ? along.Degrees : study.Answer.Error == "cluster" ? study.Answer.Units - 1 : null;
            return OneSidedTest.Above(better * study.Effect.Estimate, bound, se, degrees);
        }

        private FindingSeries Series(MeasurePanel panel, string area) => new(area, Name(area), [.. panel.Points(area).Select(one => new FindingPoint(panel.TimeOf(one), one.Period.First, one.Value, one.References[0]))]);

        private string Name(string area) => names.GetValueOrDefault(area, area);
    }
}
