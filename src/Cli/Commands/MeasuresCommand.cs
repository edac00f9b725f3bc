using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder measures</c>: the catalogue, series with their charts, signals, and the import of observations.</summary>
public static class MeasuresCommand
{
    private static readonly Dictionary<string, ChartKind> Kinds = new(StringComparer.Ordinal) { ["xmr"] = ChartKind.Xmr, ["p"] = ChartKind.P, ["pprime"] = ChartKind.PPrime, ["run"] = ChartKind.Run };

    /// <summary>Adds the subcommands to the command that lists the register.</summary>
    public static Command AddTo(Command measures)
    {
        ArgumentNullException.ThrowIfNull(measures);
        measures.Subcommands.Add(Series());
        measures.Subcommands.Add(Signals());
        measures.Subcommands.Add(Import());
        measures.Subcommands.Add(FromLog());
        return measures;
    }

    private static Command Series()
    {
        var measure = new Argument<string>("MEASURE") { Description = "Key of the measure, as in its address" };
        var area = new Argument<string?>("AREA") { Description = "Code of the area; every area where it is left out", Arity = ArgumentArity.ZeroOrOne };
        var kind = new Option<string?>("--kind") { Description = "xmr, p, pprime or run; what the data ask for where it is left out" };
        kind.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var (store, json, dates) = (StoreOption.New(), StoreOption.NewJson(), new AsAtOptions());
        var command = new Command(
            "series",
            "Show a measure area by area, or one series with its limits, signals and events.\n\nExamples:\n  pathfinder measures series i-in-target EA --known 2017-10-31\n  pathfinder measures series recorded-crime --json")
        {
            measure, area, kind, store, json,
        };
        dates.AddTo(command);
        command.SetAction((parse, cancellation) => Run(dates, parse, parse.GetValue(store), parse.GetValue(json), async (services, view) =>
        {
            var (key, code) = (parse.GetValue(measure)!, parse.GetValue(area));
            if (await view.FindAsync<Measure>(key, cancellation) is null)
            {
                return Answers.Refuse([new Problem("There is no such measure", Field: "MEASURE", Found: key, Accepted: string.Join(", ", (await view.ListAsync<Measure>(cancellation)).Select(one => one.Key)))], parse.GetValue(json));
            }

            var charts = services.GetRequiredService<IMeasureCharts>();
            if (code is null)
            {
                var all = (await charts.DrawAllAsync(view, key, cancellation)).Select(PerformanceAnswers.Of).ToList();
                return parse.GetValue(json) ? StoreOption.PrintJson(all) : Print(all);
            }

            if (await services.GetRequiredService<IMeasuredSeries>().SeriesOfAsync(view, key, code, cancellation) is not { } series)
            {
                return Answers.Refuse([new Problem($"Nothing is known of {key} in this area on these dates", Field: "AREA", Found: code)], parse.GetValue(json));
            }

            var chart = await charts.DrawAsync(view, series, parse.GetValue(kind) is { } name ? Kinds[name] : null, cancellation);
            var answer = PerformanceAnswers.Of(new ChartedSeries(series, chart));
            return parse.GetValue(json) ? StoreOption.PrintJson(answer) : Print(answer, series);
        }, cancellation));
        return command;
    }

    private static Command Signals()
    {
        var every = new Option<bool>("--all") { Description = "List also the series whose newest value does not signal" };
        var fail = new Option<bool>("--fail-on-concern") { Description = "Answer with exit code 1 where a series signals concern" };
        var (store, json, dates) = (StoreOption.New(), StoreOption.NewJson(), new AsAtOptions());
        var command = new Command(
            "signals", "List the series that signal now, measure by measure and the strongest first: on whose data first, when that could be seen, and when it was known.\n\nExample:\n  pathfinder measures signals --effective 2017-10-31 --known 2017-10-31") { store, json, every, fail };
        dates.AddTo(command);
        command.SetAction((parse, cancellation) => Run(dates, parse, parse.GetValue(store), parse.GetValue(json), async (services, view) =>
        {
            var report = PerformanceAnswers.Of(await services.GetRequiredService<IWatchList>().ListAsync(view, cancellation));
            var code = parse.GetValue(fail) && report.Signalled.Any(one => one.Concern) ? ExitCodes.Failed : ExitCodes.Done;
            if (parse.GetValue(json))
            {
                return StoreOption.PrintJson(report, code);
            }

            Console.WriteLine($"{report.Signalled.Count(one => one.Concern)} of {report.Watched} series signal concern, {report.Signalled.Count(one => one.StillSignals)} signal now, {report.Signalled.Count} signalled at some time");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Tested} newest values were tested; about {report.ByChance:0} of them would signal by chance alone"));
            var shown = report.Signalled.Where(one => parse.GetValue(every) || one.Fresh).ToList();
            var table = new Table();
            table.AddColumns("Measure", "Area", "Signal", "Distance (limit 1)", "Latest on the data of", "First on the data of", "Could be seen by", "Was known on", "Now", "Same month of the year before");
            foreach (var one in shown)
            {
                table.AddRow(
                    Markup.Escape(one.Measure), Markup.Escape(one.Name), one.Latest.Meaning, one.Strength.ToString("0.0", CultureInfo.InvariantCulture), one.Latest.Period, one.First.Period, Day(one.First.InTime), Day(one.First.KnownOn),
                    $"{Figure(one.Newest)} in {one.NewestPeriod}, {(one.StillSignals ? "signals" : "quiet")}", one.CameBack ? "signalled too" : "");
            }

            Screen.Print(table);
            return code;
        }, cancellation));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "A table in CSV: a row a period and a column an area, or a row a value" };
        var measure = new Option<string>("--measure") { Description = "Key of the measure", Required = true };
        var period = new Option<string?>("--period") { Description = "Column of periods; found out where it is left out" };
        var area = new Option<string?>("--area") { Description = "Column of areas; without it each other column is an area" };
        var only = new Option<string?>("--only-area") { Description = "Code of the one area that every row is of" };
        var value = new Option<string?>("--value") { Description = "Column of values" };
        var numerator = new Option<string?>("--numerator") { Description = "Column of numerators" };
        var denominator = new Option<string?>("--denominator") { Description = "Column of denominators" };
        var rename = new Option<string[]>("--rename") { Description = "NAME=CODE for an area that is not found by its name", AllowMultipleArgumentsPerToken = true };
        var series = new Option<string?>("--series") { Description = "The return or log: a later import of the same name revises what it repeats; the file's name where it is left out" };
        var source = new Option<string?>("--source") { Description = "Where the values come from, in words" };
        var document = new Option<string?>("--document") { Description = "Key of the document that states them" };
        var known = new Option<string?>("--known-on") { Description = "The day on which they became known, year-month-day; today where it is left out" };
        var after = new Option<int?>("--known-after") { Description = "Days after the end of its period on which each value became known" };
        var why = new Option<string?>("--why") { Description = "Why they are recorded, for the history" };
        var rivals = NewRivals();
        var dry = new Option<bool>("--dry-run") { Description = "Say what would be recorded, and record nothing" };
        var (store, json, acting) = (StoreOption.New(), StoreOption.NewJson(), new ActingAccount());
        var command = new Command(
            "import",
            "Import observations of a measure, all or nothing. Every problem is named with its row.\n\nExamples:\n  pathfinder measures import response.csv --measure i-in-target --known-on 2017-09-30 --as olive --why \"Appendix of the briefing\"\n  pathfinder measures import log.csv --measure s-in-target --period month --area borough --numerator in_time --denominator incidents --as olive --why \"Return of May\"")
        {
            file, measure, period, area, only, value, numerator, denominator, rename, series, source, document, known, after, rivals, why, dry, store, json,
        };
        acting.AddTo(command);
        command.SetAction(async (parse, cancellation) =>
        {
            var problems = new List<Problem>();
            var path = parse.GetValue(file)!;
            var text = Screen.ReadText(path);
            problems.AddRange(text.Problems);
            var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var pair in parse.GetValue(rename) ?? [])
            {
                if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } code])
                {
                    names[name] = code;
                }
                else
                {
                    problems.Add(new Problem("This gives no name a code", Field: "--rename", Found: pair, Accepted: "NAME=CODE"));
                }
            }

            DateOnly? day = null;
            if (parse.GetValue(known) is { } stated)
            {
                if (DateOnly.TryParseExact(stated, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
                {
                    day = read;
                }
                else
                {
                    problems.Add(new Problem("This is not a day", Field: "--known-on", Found: stated, Accepted: "year-month-day, for example 2017-09-30"));
                }
            }

            if (problems.Count > 0)
            {
                return Answers.Refuse(problems, parse.GetValue(json));
            }

            return await StoreOption.RunAsync(parse.GetValue(store), async services =>
            {
                var import = services.GetRequiredService<IObservationImport>();
                var guess = import.Guess(text.Value, path, parse.GetValue(measure)!);
                if (!guess.Succeeded)
                {
                    return Answers.Refuse(guess.Problems, parse.GetValue(json));
                }

                var told = parse.GetValue(area) is not null || parse.GetValue(only) is not null || parse.GetValue(value) is not null || parse.GetValue(numerator) is not null;
                var mapping = guess.Value with
                {
                    Period = parse.GetValue(period) ?? guess.Value.Period,
                    Area = told ? parse.GetValue(area) : guess.Value.Area,
                    FixedArea = parse.GetValue(only),
                    Value = told ? parse.GetValue(value) : guess.Value.Value,
                    Numerator = told ? parse.GetValue(numerator) : guess.Value.Numerator,
                    Denominator = told ? parse.GetValue(denominator) : guess.Value.Denominator,
                    Areas = names,
                    Series = parse.GetValue(series) ?? "",
                    Source = parse.GetValue(source),
                    Document = parse.GetValue(document),
                    Known = day,
                    KnownAfterDays = parse.GetValue(after),
                    Rivalry = Read(parse.GetValue(rivals)),
                };
                var person = await acting.ReadAsync(parse, services, cancellation);
                if (!person.Succeeded)
                {
                    return Answers.Refuse(person.Problems, parse.GetValue(json));
                }

                var done = await import.ImportAsync(person.Value, mapping, text.Value, path, ActingAccount.Why(parse.GetValue(why)), parse.GetValue(dry), cancellation);
                return !done.Succeeded ? Answers.Refuse(done.Problems, parse.GetValue(json))
                    : parse.GetValue(json) ? StoreOption.PrintJson(done.Value) : Print(done.Value, parse.GetValue(dry));
            });
        });
        return command;
    }

    private static Command FromLog()
    {
        var log = new Argument<string>("LOG") { Description = "Key of the log of incidents" };
        var rivals = NewRivals();
        var why = new Option<string?>("--why") { Description = "Why they are recorded, for the history" };
        var (store, json, acting) = (StoreOption.New(), StoreOption.NewJson(), new ActingAccount());
        var command = new Command(
            "from-log", "Compute the measures of response from a log of incidents: shares in target, medians, means, 90th percentiles and counts, by month, borough and command unit.\n\nExample:\n  pathfinder measures from-log calls-2017 --as olive --why \"Log of 2017\"")
        {
            log, rivals, why, store, json,
        };
        acting.AddTo(command);
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(parse.GetValue(store), async services =>
        {
            var person = await acting.ReadAsync(parse, services, cancellation);
            if (!person.Succeeded)
            {
                return Answers.Refuse(person.Problems, parse.GetValue(json));
            }

            var done = await services.GetRequiredService<ILogMeasures>().ComputeAsync(person.Value, parse.GetValue(log)!, ActingAccount.Why(parse.GetValue(why)), Read(parse.GetValue(rivals)), cancellation);
            if (!done.Succeeded)
            {
                return Answers.Refuse(done.Problems, parse.GetValue(json));
            }

            if (parse.GetValue(json))
            {
                return StoreOption.PrintJson(done.Value);
            }

            Console.WriteLine($"{string.Join(", ", done.Value.Months)}: {string.Join(", ", done.Value.Measures.Select(pair => $"{pair.Key} {pair.Value}"))}");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Option<string?> NewRivals()
    {
        var rivals = new Option<string?>("--rivals") { Description = "Which stand where values differ from what is on record under another name: beside (what is on record) or in-place (these)" };
        rivals.AcceptOnlyFromAmong("beside", "in-place");
        return rivals;
    }

    private static Rivalry? Read(string? rivals) => rivals switch { "beside" => Rivalry.Beside, "in-place" => Rivalry.InPlace, _ => null };

    private static Task<int> Run(AsAtOptions dates, ParseResult parse, string? store, bool json, Func<IServiceProvider, RecordView, Task<int>> run, CancellationToken cancellation)
    {
        var asked = dates.Read(parse);
        return asked.Succeeded
            ? StoreOption.RunAsync(
                store,
                async services =>
                {
                    var view = services.GetRequiredService<IRecords>().View(asked.Value.Reader, asked.Value.At);
                    await asked.Value.LogAsync(services, [.. await view.ListAsync<Observation>(cancellation), .. await view.ListAsync<ObservationSet>(cancellation)], cancellation);
                    return await run(services, view);
                },
                readOnly: !asked.Value.Restricted)
            : Task.FromResult(Answers.Refuse(asked.Problems, json));
    }

    private static int Print(List<SeriesAnswer> all)
    {
        var table = new Table();
        table.AddColumns("Area", "Name", "Values", "From", "To", "Newest", "Chart", "Finding");
        foreach (var one in all)
        {
            table.AddRow(
                Markup.Escape(one.Area), Markup.Escape(one.Name), one.Points.Count.ToString(CultureInfo.InvariantCulture), one.Points.Count > 0 ? one.Points[0].Period : "", one.Points.Count > 0 ? one.Points[^1].Period : "",
                one.Points.Count > 0 ? one.Points[^1].Value.ToString("#,0.##", CultureInfo.InvariantCulture) : one.Words.Count > 0 ? Markup.Escape(one.Words[^1].Words) : "", one.Kind ?? "none",
                Markup.Escape(one.Finding ?? (one.Refused.Count > 0 ? one.Refused[0].Message : "")));
        }

        Screen.Print(table);
        return ExitCodes.Done;
    }

    private static int Print(SeriesAnswer series, MeasuredSeries read)
    {
        var sentences = series.Finding is null ? series.Refused.Select(problem => problem.Message) : new[] { series.Finding, series.Variation, series.Assurance, series.WhyKind }.Concat(series.Cautions);
        foreach (var sentence in sentences.OfType<string>())
        {
            Console.WriteLine(sentence);
        }

        if (series.ComparatorContains is { } contains)
        {
            Console.WriteLine($"The comparator {series.ComparatorArea} contains what it is compared with: {contains}");
        }

        foreach (var signal in series.Signals)
        {
            Console.WriteLine($"Signal of {signal.Meaning} on the data of {signal.Period}: {ChartWords.Value(read.Measure.Body, signal.Value)}, limits then {ChartWords.Limit(signal.Lower)} to {ChartWords.Limit(signal.Upper)}; could be seen by {Day(signal.InTime)}, was known on {Day(signal.KnownOn)}");
        }

        var table = new Table();
        table.AddColumns("Period", "Value", "Centre", "Lower", "Upper", "Signal", series.ComparatorArea ?? "Comparator", "Known on");
        foreach (var point in series.Points)
        {
            table.AddRow(point.Period, Figure(point.Value), Figure(point.Centre), Figure(point.Lower), Figure(point.Upper), string.Join(", ", point.Flags), Figure(point.Comparator), Day(point.Known));
        }

        Screen.Print(table);
        foreach (var mark in series.Marks)
        {
            Console.WriteLine($"{mark.Number}. {mark.When}: {mark.What}");
        }

        return ExitCodes.Done;
    }

    private static int Print(ObservationImportResult done, bool trial)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done.New} values {(trial ? "would be recorded" : "recorded")}, {done.Revised.Count} revised, {done.Same} there already, {done.Blank} cells without a value; {done.First} to {done.Last}, {string.Join(", ", done.Areas)}"));
        foreach (var notice in done.Notices)
        {
            Console.WriteLine(notice);
        }

        foreach (var one in done.Revised)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Area} {one.Period}: {one.Was} → {one.Now}"));
        }

        foreach (var one in done.Rivals)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Area} {one.Period}: {one.OnRecord} on record ({one.Title}, {one.Reference}), {one.Here} here"));
        }

        return ExitCodes.Done;
    }

    private static string Figure(double? value) => value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "–";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
