using System.Globalization;
using Pathfinder.Analysis.Calibration;
using Pathfinder.Engine.Numerics;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Calibration;

/// <summary>
/// Predicts a change from what was known before it: calibrates on the time before, draws what nobody could know from its
/// range, simulates the new organisation, and only then reads what happened. A function of its arguments.
/// Method: docs/methods/retrodiction.md.
/// </summary>
public static class Retrodictor
{
    private const double Level = 0.8;
    private const int PurposeAfter = 5000;
    private const int PurposeLuck = 9000;
    private static readonly string[] Measures = ["I.inTarget", "S.inTarget"];

    /// <summary>The mechanisms of a merger, each with what switching it off means.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Mechanisms { get; } =
    [
        ("pooling", "Units answer for their own borough only"),
        ("channel", "Each borough keeps its own controllers and radio channel"),
        ("inspector", "Each borough keeps its own duty inspector"),
        ("ownership", "The attending unit hands its crimes over instead of keeping them end to end"),
        ("demand", "Demand stays as it was"),
        ("distance", "Crews parade in their own borough and return there, instead of at one site and staying where they clear"),
        ("crews", "As many crews parade as before"),
    ];

    /// <summary>
    /// Predicts and scores. Refused with every problem of the plan, the targets (any that ends on or after the plan's bound
    /// is one) and the outcomes.
    /// </summary>
    public static Outcome<RetrodictionResult> Run(
        ForcePack pack, string planYaml, string targetsCsv, string outcomesCsv, CalibrationOptions options, IProgress<(int Done, int Total)>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var plan = RetrodictionPlan.Read(planYaml, pack, "plan.yaml");
        if (!plan.Succeeded)
        {
            return Outcome.Refused<RetrodictionResult>(plan.Problems);
        }

        var fit = plan.Value.Fit;
        var targets = TargetFile.Read(targetsCsv, [.. fit.Areas.Keys], fit.TargetsBefore, "targets.csv");
        if (!targets.Succeeded)
        {
            return Outcome.Refused<RetrodictionResult>(targets.Problems);
        }

        var total = options.Budget + (4 * plan.Value.Draws) + (plan.Value.MechanismDraws * (Mechanisms.Count + 2));
        var calibration = Calibrator.Fit(
            pack, fit, targets.Value, Calibrator.Sha(planYaml), Calibrator.Sha(targetsCsv), options,
            progress is null ? null : new Counting(done => progress.Report((done, total))), cancellation);
        if (!calibration.Succeeded)
        {
            return Outcome.Refused<RetrodictionResult>(calibration.Problems);
        }

        var predictor = new Predictor(FittedWorld.Prepare(pack, fit).Value, plan.Value, calibration.Value, options, targets.Value, done => progress?.Report((options.Budget + done, total)), cancellation);
        var predicted = predictor.Predict();

        // What happened is read when the prediction stands.
        var outcomes = TargetFile.Read(outcomesCsv, [.. fit.Areas.Keys], null, "outcomes.csv");
        return outcomes.Succeeded
            ? Score(plan.Value, calibration.Value, targets.Value, outcomes.Value, Calibrator.Sha(outcomesCsv), predicted)
            : Outcome.Refused<RetrodictionResult>(outcomes.Problems);
    }

    private static RetrodictionResult Score(
        RetrodictionPlan plan, CalibrationResult calibration, IReadOnlyList<Target> targets, IReadOnlyList<Target> outcomes, string outcomesSha, Prediction predicted)
    {
        var months = predicted.Months.Select(month =>
        {
            var outcome = outcomes.FirstOrDefault(each => each.Area == month.Area && each.Measure == month.Measure && each.From == month.From && each.To == month.To);
            var before = targets.Where(target => target.Area == month.Area && target.Measure == month.Measure && IsMonth(target)).OrderBy(target => target.From).ToList();
            var line = before.Count >= 3
                ? NaiveForecasts.StraightLine([.. before.Select(target => target.Value)], MonthsBetween(before[0].From, month.From), Level)
                : (ForecastInterval?)null;
            var same = before.Count >= 3 ? NaiveForecasts.NoChange([.. before.Select(target => target.Value)], Level) : (ForecastInterval?)null;
            return month with
            {
                Observed = outcome?.Value,
                Source = outcome?.Source,
                Held = outcome is null ? null : month.Posterior.Lower <= outcome.Value && outcome.Value <= month.Posterior.Upper,
                NoChange = same is { } s ? new Interval80(s.Lower, s.Middle, s.Upper) : null,
                StraightLine = line is { } l ? new Interval80(l.Lower, l.Middle, l.Upper) : null,
            };
        }).ToList();
        var scored = months.Where(month => month is { Observed: not null, NoChange: not null, StraightLine: not null }).ToList();
        var scores = new List<ForecastScore>();
        foreach (var area in scored.Select(month => month.Area).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Append("all"))
        {
            var these = scored.Where(month => area == "all" || month.Area == area).ToList();
            foreach (var (name, interval) in new (string, Func<PredictedMonth, Interval80>)[]
            {
                ("posterior", month => month.Posterior), ("prior", month => month.Prior), ("no change", month => month.NoChange!), ("straight line", month => month.StraightLine!),
            })
            {
                if (these.Count > 0)
                {
                    var each = these.ConvertAll(month => (Interval: Forecast(interval(month)), Value: month.Observed!.Value));
                    scores.Add(new ForecastScore(
                        name, area, these.Count, each.Count(pair => pair.Interval.Holds(pair.Value)) / (double)these.Count,
                        each.Average(pair => pair.Interval.Upper - pair.Interval.Lower), each.Average(pair => pair.Interval.Score(pair.Value, Level))));
                }
            }
        }

        var periods = outcomes.Where(outcome => !months.Exists(month => month.Area == outcome.Area && month.Measure == outcome.Measure && month.From == outcome.From && month.To == outcome.To)
                && outcome.To >= plan.From && outcome.From <= plan.To)
            .Select(outcome =>
            {
                var near = predicted.Months.Where(month => month.Area == outcome.Area && month.Measure == outcome.Measure && month.From <= outcome.To && month.To >= outcome.From).ToList();
                Interval80 Mean(Func<PredictedMonth, Interval80> of) => new(near.Average(month => of(month).Lower), near.Average(month => of(month).Median), near.Average(month => of(month).Upper));
                var posterior = Mean(month => month.Posterior);
                return new PredictedMonth(
                    outcome.Area, outcome.Measure, outcome.From, outcome.To, Mean(month => month.Prior), posterior, outcome.Value, posterior.Lower <= outcome.Value && outcome.Value <= posterior.Upper,
                    null, null, outcome.Source);
            }).ToList();
        return new RetrodictionResult
        {
            Schema = RetrodictionResult.CurrentSchema,
            Title = plan.Fit.Title,
            Calibration = calibration,
            InForceFrom = plan.InForceFrom,
            InForceSource = plan.InForceSource,
            After = [.. plan.After.Select(each => new AssumedRange(each.Key, Label(each.Key), each.Prior.Low, each.Prior.High, each.Basis, each.Why))],
            OutcomesSha256 = outcomesSha,
            Months = months,
            Periods = periods,
            Recovery = predicted.Recovery,
            Scores = scores,
            Mechanisms = predicted.Mechanisms,
            Findings = Findings(scored, scores, predicted.Mechanisms),
            NotModelled = plan.NotModelled,
        };
    }

    private static List<string> Findings(List<PredictedMonth> scored, List<ForecastScore> scores, IReadOnlyList<MechanismEffect> mechanisms)
    {
        var found = new List<string>();
        if (scored.Count == 0)
        {
            return ["No outcome of a month predicted is known, so nothing is scored."];
        }

        var all = scores.Where(score => score.Area == "all").ToDictionary(score => score.Forecast, StringComparer.Ordinal);
        var hits = scored.Count(month => month.Held == true);
        var (own, same, line, prior) = (100 * all["posterior"].MeanScore, 100 * all["no change"].MeanScore, 100 * all["straight line"].MeanScore, 100 * all["prior"].MeanScore);
        var narrowed = all["posterior"].MeanWidth < 0.9 * all["prior"].MeanWidth;
        var verdict = all["posterior"].Coverage < 0.8 ? "missed" : narrowed ? "met" : "met by width alone, as it was before calibration: that does not count";
        found.Add(Text($"The 80% intervals hold {hits} of {scored.Count} months ({all["posterior"].Coverage:0%}); the aim is at least 80%, which is {verdict}."));
        found.Add(Text($"Mean interval score, less is better: {own:0.0} points, against {same:0.0} for no change and {line:0.0} for a straight line: {(own < same && own < line ? "it beats both" : own < same || own < line ? "it beats one of the two" : "it beats neither")}. Before calibration it was {prior:0.0}."));
        if (!narrowed)
        {
            found.Add(Text($"The calibration taught nothing to speak of: intervals of {100 * all["posterior"].MeanWidth:0} points, where they were {100 * all["prior"].MeanWidth:0} before it. Its budget was too small, or the months before say nothing of what changed."));
        }
        else if (prior < own)
        {
            found.Add("Before calibration the intervals did better: what was fitted to the old organisation made the model surer of the new one than it should be. For a change of kind, plan by the range before calibration.");
        }

        found.Add(Text($"The intervals are {100 * all["posterior"].MeanWidth:0} points wide on average: much is not known from the months before."));
        foreach (var area in scored.GroupBy(month => month.Area, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var months = area.OrderBy(month => month.From).ToList();
            var low = months.Where(month => month.Observed < month.Posterior.Lower).ToList();
            var high = months.Where(month => month.Observed > month.Posterior.Upper).ToList();
            var off = 100 * months.Average(month => month.Observed!.Value - month.Posterior.Median);
            found.Add(Text($"{area.Key}: {months.Count - low.Count - high.Count} of {months.Count} months inside; what happened was on average {Math.Abs(off):0} {(Math.Round(Math.Abs(off)) == 1 ? "point" : "points")} {(off < 0 ? "worse" : "better")} than the middle of the prediction{Names(low, "worse than the whole interval in")}{Names(high, "better than the whole interval in")}."));
        }

        foreach (var cell in scored.GroupBy(month => (month.Area, month.Measure)))
        {
            if (mechanisms.FirstOrDefault(each => each.Mechanism == "all" && (each.Area, each.Measure) == cell.Key) is { Effect: var effect })
            {
                var change = 100 * cell.Average(month => month.Observed!.Value - month.NoChange!.Median);
                found.Add(Text($"{cell.Key.Area}, {(cell.Key.Measure[0] == 'I' ? "immediate" : "significant")} calls: all mechanisms together move them by {100 * effect.Median:+0.0;−0.0;0.0} points (80%: {100 * effect.Lower:+0.0;−0.0;0.0} to {100 * effect.Upper:+0.0;−0.0;0.0}); from the months before they moved by {change:+0.0;−0.0;0.0}{(change >= 100 * effect.Lower && change <= 100 * effect.Upper ? "" : ", which the mechanisms do not explain")}."));
            }
        }

        foreach (var area in mechanisms.Where(each => each.Measure == "I.inTarget" && each.Mechanism != "all").GroupBy(each => each.Area, StringComparer.Ordinal))
        {
            var worst = area.MinBy(each => each.Effect.Median)!;
            var best = area.MaxBy(each => each.Effect.Median)!;
            found.Add(Text($"{area.Key}, immediate calls: the mechanism that costs most is {worst.Mechanism} ({100 * worst.Effect.Median:+0.0;−0.0;0.0} points); the one that helps most is {best.Mechanism} ({100 * best.Effect.Median:+0.0;−0.0;0.0} points)."));
        }

        return found;
    }

    private static string Names(List<PredictedMonth> months, string what) =>
        months.Count == 0 ? "" : $"; {what} {string.Join(", ", months.Select(month => month.From.ToString("MMMM", CultureInfo.InvariantCulture)))}";

    private static ForecastInterval Forecast(Interval80 interval) => new(interval.Lower, interval.Median, interval.Upper);

    private static bool IsMonth(Target target) => target.From.Day == 1 && target.To == target.From.AddMonths(1).AddDays(-1);

    private static int MonthsBetween(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    internal static string Label(string key) => key switch
    {
        RetrodictionPlan.Controllers => "Controllers of the despatch group put together",
        "after.crews.times" => "Crews that parade, times those before",
        "after.demand.I.times" => "Immediate incidents, times those before",
        "after.demand.S.times" => "Significant incidents, times those before",
        "after.demand.E.times" => "Incidents by appointment, times those before",
        _ => Calibrator.Label(key),
    };

    private sealed record Prediction(IReadOnlyList<PredictedMonth> Months, IReadOnlyList<PredictedMonth> Recovery, IReadOnlyList<MechanismEffect> Mechanisms);

    private sealed class Counting(Action<int> to) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => to(value.Done);
    }

    private sealed class Predictor(
        FittedWorld world, RetrodictionPlan plan, CalibrationResult calibration, CalibrationOptions options, IReadOnlyList<Target> targets, Action<int> progress, CancellationToken cancellation)
    {
        private readonly int _days = plan.To.DayNumber - plan.From.DayNumber + 1;
        private readonly List<Calibrator.Moment> _moments = Calibrator.Moments(plan.Fit with { HoldOutFrom = null }, targets);
        private int _done;

        public Prediction Predict()
        {
            var posterior = Resample(plan.Draws);
            var prior = Enumerable.Range(0, plan.Draws).Select(draw => plan.Fit.Parameters.Select((parameter, p) => parameter.Prior.At(RandomStream.Of(options.Seed, draw).Uniform(p))).ToArray()).ToList();
            var before = Every(plan.Draws, draw => Months(Simulate(prior[draw], draw, null)));
            var after = Every(plan.Draws, draw => Months(Simulate(posterior[draw], draw, null)));
            var months = new List<PredictedMonth>();
            foreach (var (area, measure, from, to) in Periods())
            {
                months.Add(new PredictedMonth(
                    area, measure, from, to, Spread(before, (area, measure, from)), Spread(after, (area, measure, from)), null, null, null, null, null));
            }

            return new Prediction(months, Recover(prior, posterior), Explain(posterior));
        }

        // Systematic resampling: equally spaced places along the weights, so that few draws hold the whole posterior.
        private List<double[]> Resample(int draws)
        {
            var sets = new List<double[]>(draws);
            double sum = 0;
            var at = -1;
            for (var draw = 0; draw < draws; draw++)
            {
                var place = (draw + 0.5) / draws;
                while (at < 0 || (sum < place && at < calibration.Particles.Count - 1))
                {
                    at++;
                    sum += calibration.Particles[at].Weight;
                }

                sets.Add([.. calibration.Particles[at].Values]);
            }

            return sets;
        }

        private T[] Every<T>(int draws, Func<int, T> simulate)
        {
            var found = new T[draws];
            Parallel.For(0, draws, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancellation }, draw =>
            {
                found[draw] = simulate(draw);
                progress(Interlocked.Increment(ref _done));
            });
            return found;
        }

        private RunResult Simulate(double[] fitted, int draw, string? without)
        {
            var after = Drawn(plan.After, draw);
            var values = Calibrator.Named(plan.Fit, fitted);
            foreach (var (key, value) in after)
            {
                var off = (without is "ownership" or "all" && key == "endToEnd.share")
                    || (without is "demand" or "all" && key.StartsWith("after.demand.", StringComparison.Ordinal))
                    || (without is "crews" or "all" && key == "after.crews.times");
                if (!off && key != RetrodictionPlan.Controllers)
                {
                    Put(values, key, value);
                }
            }

            var controllers = (int)(after.TryGetValue(RetrodictionPlan.Controllers, out var staffed) ? staffed : 1);
            return world.Simulate(values, Organise(without, controllers), _days, plan.UnscoredDays, plan.From, 1, Calibrator.SeedOf(options.Seed ^ 0x5EED, draw), cancellation);
        }

        // A change multiplies what was before; anything else takes its place.
        private static void Put(Dictionary<string, double> values, string key, double value)
        {
            if (key.StartsWith(RetrodictionPlan.Change, StringComparison.Ordinal))
            {
                var before = key[RetrodictionPlan.Change.Length..];
                values[before] = values.GetValueOrDefault(before, 1) * value;
            }
            else
            {
                values[key] = value;
            }
        }

        private Dictionary<string, double> Drawn(IReadOnlyList<FitParameter> parameters, int draw)
        {
            var stream = RandomStream.Of(options.Seed, draw);
            var drawn = new Dictionary<string, double>(StringComparer.Ordinal);
            for (var p = 0; p < parameters.Count; p++)
            {
                drawn[parameters[p].Key] = parameters[p].Prior.At(stream.Uniform(PurposeAfter + Hash(parameters[p].Key)));
            }

            return drawn;
        }

        // Keyed by name, so that a parameter keeps its draws when another joins.
        private static int Hash(string key)
        {
            var hash = 17;
            foreach (var c in key)
            {
                hash = unchecked((hash * 31) + c) & 0xFFFFF;
            }

            return hash;
        }

        private Design Organise(string? without, int controllers)
        {
            var design = world.Start;
            if (without == "all")
            {
                return design;
            }

            foreach (var (area, boroughs) in plan.Fit.Areas)
            {
                var (code, name) = DesignEdits.UnitName(world.Pack, boroughs);
                design = DesignEdits.Merge(design, [Functions.Response], boroughs, code, name);
                if (without != "channel")
                {
                    design = DesignEdits.StaffDespatch(DesignEdits.DespatchTogether(design, boroughs, "DG-" + area, name), "DG-" + area, controllers, 1);
                }

                if (without != "distance")
                {
                    design = OneSite(design, boroughs);
                }
            }

            // The command unit stands whatever is switched off: its one inspector would go with it.
            return design with
            {
                Policy = design.Policy with
                {
                    Mode = without == "pooling" ? "borough" : design.Policy.Mode,
                    InspectorSpan = without == "inspector" ? "borough" : "command-unit",
                    WhenFree = without == "distance" ? design.Policy.WhenFree : "stay",
                },
            };
        }

        private static Design OneSite(Design design, IReadOnlyList<string> boroughs)
        {
            var site = design.Crews.Where(line => boroughs.Contains(line.Borough, StringComparer.Ordinal)).GroupBy(line => line.ParadeSite, StringComparer.Ordinal)
                .OrderByDescending(group => group.Sum(line => line.Crews)).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key;
            foreach (var line in design.Crews.Where(line => boroughs.Contains(line.Borough, StringComparer.Ordinal) && line.ParadeSite != site).DistinctBy(line => (line.Borough, line.ParadeSite)).ToList())
            {
                design = DesignEdits.MoveParade(design, line.Borough, line.ParadeSite, site);
            }

            return design;
        }

        private IEnumerable<(string Area, string Measure, DateOnly From, DateOnly To)> Periods()
        {
            foreach (var area in plan.Fit.Areas.Keys)
            {
                foreach (var measure in Measures)
                {
                    for (var month = new DateOnly(plan.From.Year, plan.From.Month, 1); month <= plan.To; month = month.AddMonths(1))
                    {
                        yield return (area, measure, month, month.AddMonths(1).AddDays(-1));
                    }
                }
            }
        }

        private Dictionary<(string Area, string Measure, DateOnly Month), double> Months(RunResult result)
        {
            var found = new Dictionary<(string, string, DateOnly), double>();
            foreach (var (area, measure, from, _) in Periods())
            {
                var (sum, weight) = (0.0, 0.0);
                foreach (var month in result.Months.Where(each => each.Level == "borough" && each.Grade == measure[..1]
                    && each.Month == from.ToString("yyyy-MM", CultureInfo.InvariantCulture) && plan.Fit.Areas[area].Contains(each.Code, StringComparer.Ordinal)))
                {
                    if (month is { InTarget.Value: { } share, IncidentsPerDay.Value: { } perDay })
                    {
                        sum += share * perDay;
                        weight += perDay;
                    }
                }

                found[(area, measure, from)] = weight > 0 ? sum / weight : double.NaN;
            }

            return found;
        }

        // The spread over draws, each with a month's own luck as months before had it.
        private Interval80 Spread(IReadOnlyList<Dictionary<(string Area, string Measure, DateOnly Month), double>> draws, (string Area, string Measure, DateOnly Month) cell)
        {
            var sd = MonthSd(cell.Area, cell.Measure);
            return Calibrator.Interval(
            [
                .. draws.Select((draw, i) => (Math.Clamp(draw[cell] + (sd * RandomStream.Of(options.Seed, i).Normal(PurposeLuck + cell.Month.DayNumber + Hash(cell.Area + cell.Measure))), 0, 1), 1.0)),
            ]);
        }

        private double MonthSd(string area, string measure) =>
            _moments.Find(moment => moment.Area == area && moment.Measure == measure) is { MonthSd: > 0 } own ? own.MonthSd
            : _moments.Where(moment => moment.Area == area && moment.MonthSd > 0).Select(moment => moment.MonthSd).DefaultIfEmpty(0).Max();

        private List<PredictedMonth> Recover(List<double[]> prior, List<double[]> posterior)
        {
            RunResult Recovered(double[] fitted, int draw)
            {
                var values = Calibrator.Named(plan.Fit, fitted);
                var after = Drawn(plan.After, draw);
                foreach (var (key, value) in after.Concat(Drawn(plan.Recovery, draw)).Where(pair => pair.Key != RetrodictionPlan.Controllers))
                {
                    Put(values, key, value);
                }

                var design = world.Start;
                foreach (var area in plan.RecoveryTogether)
                {
                    var controllers = (int)(after.TryGetValue(RetrodictionPlan.Controllers, out var staffed) ? staffed : 1);
                    design = DesignEdits.StaffDespatch(
                        DesignEdits.DespatchTogether(design, plan.Fit.Areas[area], "DG-" + area, DesignEdits.UnitName(world.Pack, plan.Fit.Areas[area]).Name), "DG-" + area, controllers, 1);
                }

                return world.Simulate(values, design, 28, plan.Fit.WarmUpDays, plan.RecoveryFrom, 1, Calibrator.SeedOf(options.Seed ^ 0x5EED, draw), cancellation);
            }

            var (unfitted, calibrated) = (Every(plan.Draws, draw => Recovered(prior[draw], draw)), Every(plan.Draws, draw => Recovered(posterior[draw], draw)));
            Interval80 Over(RunResult[] results, string area, string measure) => Calibrator.Interval([.. results.Select(result => (world.Measure(result, area, measure) ?? 0, 1.0))]);
            return
            [
                .. plan.Fit.Areas.Keys.SelectMany(area => Measures.Select(measure => new PredictedMonth(
                    area, measure, plan.RecoveryFrom, plan.RecoveryFrom.AddDays(27), Over(unfitted, area, measure), Over(calibrated, area, measure), null, null, null, null, null))),
            ];
        }

        private List<MechanismEffect> Explain(List<double[]> posterior)
        {
            var step = plan.Draws / (double)plan.MechanismDraws;
            int Draw(int i) => Math.Min((int)(i * step), plan.Draws - 1);
            var count = Math.Min(plan.MechanismDraws, plan.Draws);
            var full = Every(count, i => Shares(Simulate(posterior[Draw(i)], Draw(i), null)));
            var effects = new List<MechanismEffect>();
            foreach (var (name, meaning) in Mechanisms.Append(("all", "Everything as before the change: what all mechanisms do together")))
            {
                var without = Every(count, i => Shares(Simulate(posterior[Draw(i)], Draw(i), name)));
                effects.AddRange(plan.Fit.Areas.Keys.SelectMany(area => Measures.Select(measure => new MechanismEffect(
                    name, meaning, area, measure, Calibrator.Interval([.. full.Zip(without).Select(pair => (pair.First[(area, measure)] - pair.Second[(area, measure)], 1.0))])))));
            }

            return effects;
        }

        private Dictionary<(string Area, string Measure), double> Shares(RunResult result) => plan.Fit.Areas.Keys
            .SelectMany(area => Measures.Select(measure => (area, measure))).ToDictionary(pair => pair, pair => world.Measure(result, pair.area, pair.measure) ?? 0);
    }
}
