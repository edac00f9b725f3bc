using System.CommandLine;
using System.Text.Json;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder evaluate plan</c>, <c>gate</c> and <c>claims</c>: what was agreed, what it comes to, and what documents assert.</summary>
internal static class EvaluatePlanCommand
{
    /// <summary>The command <c>plan</c> with its subcommands.</summary>
    public static Command BuildPlan() => new("plan", "Evaluation plans: agreed, then locked.") { PlanList(), Show("show", "show"), Lock(), Amend(), Decide() };

    /// <summary>The command <c>gate</c>.</summary>
    public static Command BuildGate() => Show("gate", "gate");

    /// <summary>The command <c>claims</c>.</summary>
    public static Command BuildClaims()
    {
        var document = new Option<string?>("--document") { Description = "Only what one document asserts: its key" };
        var performance = new Option<bool>("--performance") { Description = "Only claims of performance" };
        var fail = new Option<bool>("--fail-on-contradicted") { Description = "Answer with exit code 1 where a claim is contradicted" };
        var (store, json, dates) = (StoreOption.New(), StoreOption.NewJson(), new AsAtOptions());
        var command = new Command(
            "claims",
            "Test what documents assert against what was known when they said so, and against what is known at the dates.\n\nExamples:\n  pathfinder evaluate claims --document s1-pathfinder-briefing --performance\n  pathfinder evaluate claims --json --fail-on-contradicted")
        {
            store, json, document, performance, fail,
        };
        dates.AddTo(command);
        Run(command, store, json, dates, async (services, view, asJson, parse, cancellation) =>
        {
            var claims = await services.GetRequiredService<ClaimCheck>().ListAsync(view, parse.GetValue(document), parse.GetValue(performance), cancellation);
            var code = parse.GetValue(fail) && claims.Any(claim => (claim.Then ?? claim.Now).Verdict == ClaimCheck.Contradicted) ? ExitCodes.Failed : ExitCodes.Done;
            if (asJson)
            {
                return StoreOption.PrintJson(
                    new
                    {
                        view.At.Effective, view.At.Known, Headline = ClaimCheck.Headline(claims),
                        Claims = claims.Select(claim => new { claim.Statement.Key, Version = claim.Statement.VersionId, claim.Statement.Body.Says, claim.Statement.Body.Query, claim.Then, claim.Now, claim.Turned, claim.Statement.Body.Sources }),
                    },
                    code);
            }

            Console.WriteLine(ClaimCheck.Headline(claims));
            var table = new Table();
            table.AddColumns("Claim", "As known then", "Now", "What shows it, or why it cannot be tested");
            foreach (var claim in claims)
            {
                var test = claim.Then ?? claim.Now;
                table.AddRow(Markup.Escape(claim.Statement.Body.Says), claim.Then?.Verdict ?? "not known", claim.Now.Verdict, Markup.Escape(string.Join("; ", test.Verdict == ClaimCheck.NotTestable ? test.Why : test.Numbers)));
            }

            Screen.Print(table);
            return code;
        });
        return command;
    }

    private static Command PlanList()
    {
        var (store, json, dates) = (StoreOption.New(), StoreOption.NewJson(), new AsAtOptions());
        var command = new Command("list", "List the plans and what each comes to.\n\nExample:\n  pathfinder evaluate plan list --json") { store, json };
        dates.AddTo(command);
        Run(command, store, json, dates, async (services, view, asJson, _, cancellation) =>
        {
            var plans = await view.ListAsync<EvaluationPlan>(cancellation);
            var evaluator = services.GetRequiredService<PlanEvaluator>();
            var found = new List<PlanFinding>();
            foreach (var plan in plans)
            {
                found.Add(await evaluator.EvaluateAsync(view, plan, cancellation));
            }

            if (asJson)
            {
                return StoreOption.PrintJson(new { view.At.Effective, view.At.Known, Plans = found.Select(one => new { one.Plan.Key, one.Plan.Body.Title, one.Headline, one.Plan.Body.Lock, one.Holds, Criteria = one.Results.Count }) });
            }

            var table = new Table();
            table.AddColumns("Key", "Title", "Locked", "Comes to");
            foreach (var one in found)
            {
                table.AddRow(Markup.Escape(one.Plan.Key), Markup.Escape(one.Plan.Body.Title), one.Plan.Body.Lock?.On?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "not locked", Markup.Escape(one.Headline));
            }

            Screen.Print(table);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show(string name, string example)
    {
        var key = new Argument<string>("KEY") { Description = "Key of the plan" };
        var panels = new Option<string?>("--panels") { Description = "A folder to write the panels to, so that the command beside each criterion answers the same number" };
        var (store, json, dates) = (StoreOption.New(), StoreOption.NewJson(), new AsAtOptions());
        var command = new Command(
            name,
            name == "gate"
                ? "What the rule proposes for each pilot of a plan, why, and the decisions taken.\n\nExample:\n  pathfinder evaluate gate pathfinder-evaluation --json"
                : $"What a plan asks and what each criterion comes to, per command unit and per borough.\n\nExample:\n  pathfinder evaluate plan {example} pathfinder-evaluation --json --panels .") { key, store, json };
        if (name != "gate")
        {
            command.Options.Add(panels);
        }

        dates.AddTo(command);
        Run(command, store, json, dates, async (services, view, asJson, parse, cancellation) =>
        {
            if (await view.FindAsync<EvaluationPlan>(parse.GetValue(key)!, cancellation) is not { } plan)
            {
                return Answers.Refuse([new Problem("There is no such evaluation plan at these dates", Field: "KEY", Found: parse.GetValue(key), Accepted: "a key that \"evaluate plan list\" shows")], asJson);
            }

            var finding = await services.GetRequiredService<PlanEvaluator>().EvaluateAsync(view, plan, cancellation);
            if (name != "gate" && parse.GetValue(panels) is { } folder && WritePanels(finding, folder) is { Count: > 0 } unwritten)
            {
                return Answers.Refuse(unwritten, asJson);
            }

            var document = await PlanDocuments.OfAsync(view, finding, cancellation);
            if (asJson)
            {
                return name == "gate"
                    ? StoreOption.PrintJson(new { document.Key, document.Version, document.Headline, document.Holds, document.Gate, document.Decisions, document.Evidence })
                    : StoreOption.PrintJson(document);
            }

            Print(document, name == "gate");
            return ExitCodes.Done;
        });
        return command;
    }

    private static List<Problem> WritePanels(PlanFinding finding, string folder) =>
        [.. finding.Results.SelectMany(result => result.Boroughs.Prepend(result.Unit)).Where(one => one.PanelCsv is not null)
            .SelectMany(one => Screen.Write(Path.Combine(folder, one.PanelFile), System.Text.Encoding.UTF8.GetBytes(one.PanelCsv!)).Problems)];

    private static void Print(PlanDocument document, bool gateOnly)
    {
        Console.WriteLine(document.Headline);
        foreach (var pilot in document.Gate)
        {
            Console.WriteLine($"{pilot.Title}: {pilot.Proposed}");
            foreach (var reason in pilot.Reasons)
            {
                Console.WriteLine("  " + reason);
            }
        }

        foreach (var decision in document.Decisions)
        {
            Console.WriteLine($"Decision {decision.Key} ({decision.State}): {(decision.Reconsider.Count == 0 ? "nothing it rests on has changed" : "reconsider: " + string.Join("; ", decision.Reconsider))}");
        }

        if (gateOnly)
        {
            return;
        }

        var table = new Table();
        table.AddColumns("Criterion", "Verdict", "Why", "Command");
        foreach (var line in document.Criteria)
        {
            table.AddRow(Markup.Escape(line.Id), line.Verdict, Markup.Escape(line.Why), Markup.Escape(line.Unit.Command ?? ""));
        }

        Screen.Print(table);
    }

    private static Command Lock()
    {
        var key = new Argument<string>("KEY") { Description = "Key of the plan" };
        var why = new Option<string?>("--why") { Description = "Why it is locked now, for the history" };
        var (store, acting) = (StoreOption.New(), new ActingAccount());
        var command = new Command("lock", "Lock a plan: hashed and dated; from then on it changes by amendments alone.\n\nExample:\n  pathfinder evaluate plan lock pathfinder-evaluation --as olive --why \"Agreed by both boards\"") { key, why, store };
        acting.AddTo(command);
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(parse.GetValue(store), async services =>
        {
            var person = await acting.ReadAsync(parse, services, cancellation);
            var locked = person.Succeeded
                ? await services.GetRequiredService<PlanProcess>().LockAsync(person.Value, parse.GetValue(key)!, ActingAccount.Why(parse.GetValue(why)), cancellation: cancellation)
                : Outcome.Refused<string>(person.Problems);
            if (!locked.Succeeded)
            {
                return Screen.Refuse(locked.Problems);
            }

            var view = services.GetRequiredService<IRecords>().View(person.Value, TimeProvider.System.Now());
            var plan = (await view.FindAsync<EvaluationPlan>(locked.Value, cancellation))!.Body;
            Console.WriteLine($"{locked.Value} is locked: {plan.Lock!.Hash}. {plan.Lock.Seen}.");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command Amend()
    {
        var key = new Argument<string>("KEY") { Description = "Key of the plan" };
        var file = new Argument<string>("FILE") { Description = "The plan as it is to be: a file that \"programme export\" wrote, changed (the last version of the plan in it counts), or the plan's own JSON" };
        var why = new Option<string?>("--why") { Description = "Why; kept beside the plan for ever" };
        var (store, acting) = (StoreOption.New(), new ActingAccount());
        var command = new Command("amend", "Change a locked plan, with a reason; whether results had been seen is recorded.\n\nExample:\n  pathfinder evaluate plan amend pathfinder-evaluation plan.json --as olive --why \"The window is a month longer\"") { key, file, why, store };
        acting.AddTo(command);
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(parse.GetValue(store), async services =>
        {
            var read = ReadPlan(services, parse.GetValue(file)!, parse.GetValue(key)!);
            if (!read.Succeeded)
            {
                return Screen.Refuse(read.Problems);
            }

            var person = await acting.ReadAsync(parse, services, cancellation);
            var amended = person.Succeeded
                ? await services.GetRequiredService<PlanProcess>().AmendAsync(person.Value, parse.GetValue(key)!, read.Value, ActingAccount.Why(parse.GetValue(why)), cancellation: cancellation)
                : Outcome.Refused<string>(person.Problems);
            if (!amended.Succeeded)
            {
                return Screen.Refuse(amended.Problems);
            }

            Console.WriteLine($"{amended.Value} is amended");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command Decide()
    {
        var key = new Argument<string>("KEY") { Description = "Key of the plan" };
        var (store, acting) = (StoreOption.New(), new ActingAccount());
        var command = new Command("decide", "Draft the decision beside the gate of a locked plan: what the rule proposes, resting on exact versions of the evidence.\n\nExample:\n  pathfinder evaluate plan decide pathfinder-evaluation --as olive") { key, store };
        acting.AddTo(command);
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(parse.GetValue(store), async services =>
        {
            var person = await acting.ReadAsync(parse, services, cancellation);
            var drafted = person.Succeeded
                ? await services.GetRequiredService<PlanProcess>().DraftDecisionAsync(person.Value, parse.GetValue(key)!, cancellation)
                : Outcome.Refused<string>(person.Problems);
            if (!drafted.Succeeded)
            {
                return Screen.Refuse(drafted.Problems);
            }

            Console.WriteLine($"{drafted.Value} is drafted");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Outcome<EvaluationPlan> ReadPlan(IServiceProvider services, string path, string key)
    {
        var text = Screen.ReadText(path);
        if (!text.Succeeded)
        {
            return Outcome.Refused<EvaluationPlan>(text.Problems);
        }

        try
        {
            using var json = JsonDocument.Parse(text.Value);
            var kind = services.GetRequiredService<RecordCatalogue>().Get<EvaluationPlan>();
            var plan = json.RootElement;
            if (plan.ValueKind == JsonValueKind.Object && plan.TryGetProperty("records", out var written) && written.ValueKind == JsonValueKind.Array)
            {
                static string? Text(JsonElement one, string name) => one.ValueKind == JsonValueKind.Object && one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
                plan = written.EnumerateArray().LastOrDefault(one => Text(one, "kind") == kind.Name && Text(one, "key") == key);
                if (plan.ValueKind != JsonValueKind.Object)
                {
                    return new Problem("The file does not hold the plan", path, Field: "records", Accepted: $"a record of the kind {kind.Name} with the key {key}");
                }
            }

            var body = RecordJson.Read(kind, plan.ValueKind == JsonValueKind.Object && plan.TryGetProperty("body", out var inner) ? inner : plan);
            return body.Succeeded ? (EvaluationPlan)body.Value : body.Problems.Select(problem => problem with { File = path }).ToList();
        }
        catch (JsonException fault)
        {
            return new Problem("The file is not JSON", path, Found: fault.Message);
        }
    }

    private static void Run(
        Command command, Option<string?> store, Option<bool> json, AsAtOptions dates, Func<IServiceProvider, RecordView, bool, ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction((parse, cancellation) =>
        {
            var asked = dates.Read(parse);
            return asked.Succeeded
                ? StoreOption.RunAsync(
                    parse.GetValue(store),
                    async services =>
                    {
                        var view = services.GetRequiredService<IRecords>().View(asked.Value.Reader, asked.Value.At);
                        await asked.Value.LogAsync(services, [.. await view.ListAsync<EvaluationPlan>(cancellation)], cancellation);
                        return await run(services, view, parse.GetValue(json), parse, cancellation);
                    },
                    readOnly: !asked.Value.Restricted)
                : Task.FromResult(Answers.Refuse(asked.Problems, parse.GetValue(json)));
        });
}
