using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Work;
using Pathfinder.Web.Pages.Runs;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder run</c>: runs of designs, in the store.</summary>
public static class RunCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build() => new("run", "Simulate a design of the store; list, show, compare and verify its runs, print their months.") { Start(), ListAll(), Show(), Compare(), Months(), Verify() };

    private static Command Start()
    {
        var design = new Argument<string>("DESIGN") { Description = "Key of the design, as pathfinder design list prints it" };
        var replications = new Option<int>("--replications", "-n") { Description = "Replications, 2 to 1000", DefaultValueFactory = _ => 20 };
        var days = new Option<int>("--days") { Description = "Days counted in each", DefaultValueFactory = _ => 28 };
        var seed = new Option<ulong>("--seed", "-s") { Description = "Seed; the same seed gives every design the same incidents", DefaultValueFactory = _ => 1 };
        var demand = new Option<double>("--demand") { Description = "Multiplies every arrival rate", DefaultValueFactory = _ => 1 };
        var log = new Option<string?>("--log") { Description = "Key of an imported despatch log whose incidents are met instead of the expected demand" };
        var logFrom = new Option<string?>("--log-from") { Description = "First day of the log that is counted" };
        var calibration = new Option<string?>("--calibration") { Description = "Name of a kept calibration whose medians are assumed of the world" };
        var begin = new Option<string?>("--begin") { Description = "What holds until the design takes over: \"force\" for the force as it is, or the key of a design" };
        var takesOver = new Option<string?>("--takes-over") { Description = "First day on which the design holds, where another begins" };
        var then = new Option<string[]>("--then") { Description = "A design that takes over after it, as KEY@2017-09-04; may be given again", DefaultValueFactory = _ => [] };
        var events = new Option<string?>("--events") { Description = $"Days and hours out of the ordinary, CSV: begin,hours,demand,aid,name,boroughs; for example {EventLines.Example}" };
        var compare = new Option<bool>("--compare-with-force") { Description = "Run the force as it is too, with the same incidents, and say what differs" };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command(
            "start",
            "Run a design in this process and keep the result in the store. The same inputs run before are not run again.\n\n"
            + "Example:\n  pathfinder run start one-channel-in-the-east --compare-with-force")
        { design, replications, days, seed, demand, log, logFrom, calibration, begin, takesOver, then, events, compare, store, json };
        command.SetAction((parse, cancellation) => WorkAsync(parse.GetValue(store), async services =>
        {
            var runs = services.GetRequiredService<RunRegister>();
            var problems = new List<Problem>();
            var (from, over) = (Day(parse.GetValue(logFrom), "--log-from", problems), Day(parse.GetValue(takesOver), "--takes-over", problems));
            var turns = new List<RunThen>();
            foreach (var turn in parse.GetValue(then) ?? [])
            {
                if (turn.Split('@') is [{ Length: > 0 } next, { Length: > 0 } since])
                {
                    turns.Add(new RunThen(next, Day(since, "--then", problems) ?? default));
                }
                else
                {
                    problems.Add(new Problem("This names no design and day", Field: "--then", Found: turn, Accepted: "such as borough-based@2017-09-04"));
                }
            }

            var lines = parse.GetValue(events) is { } file ? Screen.ReadText(file) : "";
            var happenings = lines.Succeeded ? EventLines.Read(lines.Value, parse.GetValue(events)) : null;
            problems.AddRange(lines.Problems);
            problems.AddRange(happenings?.Problems ?? []);

            var assumed = new RunRequest { Design = parse.GetValue(design)! }.Calibrated;
            IReadOnlyList<FittedValue> fitted = [];
            if (parse.GetValue(calibration) is { } name)
            {
                if (await services.GetRequiredService<CalibrationRegister>().FindAsync(name, TimeProvider.System.Now(), cancellation) is { } calibrated)
                {
                    (assumed, fitted) = (CalibrationRegister.Assumptions(calibrated), CalibrationRegister.Fitted(calibrated));
                }
                else
                {
                    problems.Add(new Problem("There is no such calibration", Field: "--calibration", Found: name, Accepted: "the name of one kept with: pathfinder calibrate --keep"));
                }
            }

            if (problems.Count > 0)
            {
                return Screen.Refuse(problems);
            }

            var started = await services.GetRequiredService<RunStarter>().StartAsync(
                new RunRequest
                {
                    Design = parse.GetValue(design)!,
                    Replications = parse.GetValue(replications),
                    Days = parse.GetValue(days),
                    Seed = parse.GetValue(seed),
                    DemandMultiplier = parse.GetValue(demand),
                    Log = parse.GetValue(log),
                    LogFrom = from,
                    Calibrated = assumed,
                    Calibration = parse.GetValue(calibration),
                    Fitted = fitted,
                    Begin = parse.GetValue(begin),
                    TakesOver = over,
                    Then = turns,
                    Events = happenings!.Value,
                    CompareWithForce = parse.GetValue(compare),
                },
                StoreOption.Person("Run from the command line"),
                cancellation);
            if (!started.Succeeded)
            {
                return Screen.Refuse(started.Problems);
            }

            foreach (var key in new[] { started.Value.ComparedWith, started.Value.Key }.OfType<string>())
            {
                if (await EndAsync(runs, key, cancellation) is not { Status: RunStatus.Finished } ended)
                {
                    return Screen.Fail($"{key} was stopped; nothing of it was kept.");
                }

                if (!parse.GetValue(json))
                {
                    await PrintAsync(runs, ended, cancellation);
                }
            }

            if (started.Value.ComparedWith is { } beside && !parse.GetValue(json))
            {
                var compared = await runs.CompareAsync(beside, started.Value.Key, TimeProvider.System.Now(), cancellation);
                PrintComparison(compared.Value);
            }

            return parse.GetValue(json) ? StoreOption.PrintJson(started.Value) : ExitCodes.Done;
        }));
        return command;
    }

    private static DateOnly? Day(string? typed, string option, List<Problem> problems)
    {
        if (typed is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        problems.Add(new Problem("This is not a date", Field: option, Found: typed, Accepted: "year-month-day, such as 2017-01-08"));
        return null;
    }

    private static Command ListAll()
    {
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command("list", "List runs, newest first.\n\nExample:\n  pathfinder run list") { store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var views = await services.GetRequiredService<RunRegister>().ListAsync(TimeProvider.System.Now(), cancellation: cancellation);
                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(views.Select(view => new { view.Key, view.Status, view.Done, view.Run }));
                }

                var table = new Table();
                table.AddColumns("Run", "What it is", "Stands", "Replications", "Days", "Seed");
                foreach (var view in views)
                {
                    table.AddRow(
                        view.Key, Markup.Escape(RunWords.Of(view.Run)), view.Status.ToString().ToLowerInvariant(), view.Run.Replications.ToString(CultureInfo.InvariantCulture),
                        view.Run.Days.ToString(CultureInfo.InvariantCulture), view.Run.Seed.ToString(CultureInfo.InvariantCulture));
                }

                Screen.Print(table);
                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }

    private static Command Show()
    {
        var run = new Argument<string>("RUN") { Description = "Key of the run" };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command("show", "Show what a run found; with --json the stored result, byte for byte.\n\nExample:\n  pathfinder run show run-60cfd36c41f2 --json") { run, store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var runs = services.GetRequiredService<RunRegister>();
                if (await runs.FindAsync(parse.GetValue(run)!, TimeProvider.System.Now(), cancellation) is not { } view)
                {
                    return Screen.Refuse([new Problem("There is no such run", Field: "RUN", Found: parse.GetValue(run), Accepted: "a key that pathfinder run list prints")]);
                }

                if (view.Status != RunStatus.Finished)
                {
                    return Screen.Fail($"{view.Key} is not finished: {view.Status.ToString().ToLowerInvariant()}. {view.Doing}");
                }

                if (parse.GetValue(json))
                {
                    Screen.WriteBytes((await runs.FindResultBytesAsync(view.Run, cancellation))!);
                    return ExitCodes.Done;
                }

                await PrintAsync(runs, view, cancellation);
                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }

    private static Command Compare()
    {
        var a = new Argument<string>("A") { Description = "Key of the run compared from" };
        var b = new Argument<string>("B") { Description = "Key of the run compared to" };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command("compare", "Compare two finished runs, B minus A, and say in what they are not like with like.\n\nExample:\n  pathfinder run compare run-60cfd36c41f2 run-9ab1f2d0c7e4") { a, b, store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var compared = await services.GetRequiredService<RunRegister>().CompareAsync(parse.GetValue(a)!, parse.GetValue(b)!, TimeProvider.System.Now(), cancellation);
                if (!compared.Succeeded)
                {
                    return Answers.Refuse(compared.Problems, parse.GetValue(json));
                }

                if (parse.GetValue(json))
                {
                    var both = compared.Value;
                    return StoreOption.PrintJson(new { NotLikeWithLike = both.Unlike, both.DifferingAssumptions, both.SharedAssumptions, both.Comparison });
                }

                PrintComparison(compared.Value);
                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }

    private static Command Months()
    {
        var run = new Argument<string>("RUN") { Description = "Key of the run" };
        var grade = new Option<string>("--grade") { Description = "Grade of the incidents", DefaultValueFactory = _ => "I" };
        var by = new Option<string>("--by") { Description = "A row a month for the whole force, or for each borough", DefaultValueFactory = _ => "force" };
        by.AcceptOnlyFromAmong("force", "borough");
        var store = StoreOption.New();
        var command = new Command(
            "months",
            "Print a run's monthly series as CSV, for pathfinder chart and pathfinder evaluate effect.\n\nExample:\n  pathfinder run months run-60cfd36c41f2 > months.csv\n  pathfinder chart months.csv --date Month --value InTarget --improve up")
        { run, grade, by, store };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var runs = services.GetRequiredService<RunRegister>();
                var view = await runs.FindAsync(parse.GetValue(run)!, TimeProvider.System.Now(), cancellation);
                if (view is null || await runs.FindResultAsync(view.Run, cancellation) is not { } result)
                {
                    return Screen.Refuse([new Problem("There is no finished run", Field: "RUN", Found: parse.GetValue(run), Accepted: "a key that pathfinder run list prints")]);
                }

                var wanted = parse.GetValue(grade)!;
                if (result.Areas[0].Grades.All(each => each.Grade != wanted))
                {
                    return Screen.Refuse([new Problem("There is no such grade", Field: "--grade", Found: wanted, Accepted: string.Join(", ", result.Areas[0].Grades.Select(each => each.Grade)))]);
                }

                var table = parse.GetValue(by) == "force"
                    ? RunCharts.Months(result, wanted, view.Run.Turns)
                    : RunCharts.MonthsByBorough(result, wanted, view.Run.Turns, await runs.ChangedInsideAsync(view.Run, cancellation));
                if (table is null)
                {
                    return Screen.Refuse([new Problem("The run has no series by month", Field: "RUN", Found: view.Key, Accepted: "a run with a change inside it, or of three months or more")]);
                }

                Screen.WriteBytes(table.ToCsv().AsSpan(3).ToArray());
                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }

    private static Command Verify()
    {
        var run = new Argument<string>("RUN") { Description = "Key of the run" };
        var threads = new Option<int>("--threads", "-t") { Description = "Threads; the bytes do not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command("verify", "Make a run again from its stored inputs and compare the bytes; exit code 1 when they differ.\n\nExample:\n  pathfinder run verify run-60cfd36c41f2") { run, threads, store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var verified = await services.GetRequiredService<RunRegister>().VerifyAsync(parse.GetValue(run)!, Math.Max(1, parse.GetValue(threads)), cancellation: cancellation);
                if (!verified.Succeeded)
                {
                    return Screen.Refuse(verified.Problems);
                }

                var code = verified.Value.Same ? ExitCodes.Done : ExitCodes.Failed;
                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(verified.Value, code);
                }

                Console.WriteLine(verified.Value.Same
                    ? $"{verified.Value.Key}: the same bytes, {verified.Value.Found}"
                    : $"{verified.Value.Key}: DIFFERENT bytes; stored {verified.Value.Expected}, made again {verified.Value.Found}");
                return code;
            },
            readOnly: true));
        return command;
    }

    /// <summary>Runs with a worker in this process on the store named.</summary>
    internal static async Task<int> WorkAsync(string? store, Func<IServiceProvider, Task<int>> run)
    {
        try
        {
            await using var services = new ServiceCollection().AddLogging().AddPathfinder(StoreOptions.From(store))
                .AddWorker(WorkOptions.Default with { Poll = TimeSpan.FromMilliseconds(200) }).BuildServiceProvider();
            await services.GetRequiredService<Store>().OpenAsync();
            var workers = services.GetServices<IHostedService>().ToList();
            foreach (var worker in workers)
            {
                await worker.StartAsync(CancellationToken.None);
            }

            try
            {
                return await run(services);
            }
            finally
            {
                foreach (var worker in workers)
                {
                    await worker.StopAsync(CancellationToken.None);
                }
            }
        }
        catch (StoreException refused)
        {
            return Screen.Refuse([refused.Problem]);
        }
    }

    private static async Task<RunView> EndAsync(RunRegister runs, string key, CancellationToken cancellation)
    {
        while (true)
        {
            if (await runs.FindAsync(key, TimeProvider.System.Now(), cancellation) is { HasEnded: true } view)
            {
                return view;
            }

            await Task.Delay(200, cancellation);
        }
    }

    private static async Task PrintAsync(RunRegister runs, RunView view, CancellationToken cancellation)
    {
        var result = await runs.FindResultAsync(view.Run, cancellation);
        var scenario = ScenarioJson.ReadScenario((await runs.FindScenarioBytesAsync(view.Run, cancellation))!).Value;
        Console.WriteLine($"{view.Key}, {RunWords.Of(view.Run)}: {Findings.OfRun(result!, scenario)}.");
        foreach (var warning in result!.Warnings)
        {
            Console.WriteLine("Check: " + warning);
        }
    }

    private static void PrintComparison(ComparedRuns both)
    {
        if (both.Unlike is { } unlike)
        {
            Console.WriteLine(unlike + ".");
        }

        foreach (var grade in new[] { "I", "S" })
        {
            Console.WriteLine(Findings.OfComparison(both.Comparison, both.Level, both.Code, grade) + ".");
            foreach (var reason in both.Reasons(grade))
            {
                Console.WriteLine("  " + reason);
            }
        }

        foreach (var reason in both.ReasonsOverAllGrades)
        {
            Console.WriteLine("Over all grades: " + reason);
        }

        foreach (var shared in both.SharedAssumptions)
        {
            Console.WriteLine("Both sides assume: " + shared);
        }

        foreach (var differing in both.DifferingAssumptions)
        {
            Console.WriteLine("The sides differ in: " + differing);
        }
    }
}
