using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform;
using Pathfinder.Platform.Records;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder records list KIND</c>, and the same for the registers asked for most: milestones, risks, decisions.</summary>
public static class RecordsCommand
{
    private static readonly string[] Own = ["milestones", "risks", "decisions", "measures"];

    /// <summary>The commands.</summary>
    public static IReadOnlyList<Command> Build()
    {
        var catalogue = new RecordCatalogue(PlatformKinds.All);
        var kind = new Argument<string>("KIND") { Description = "The kind: " + string.Join(", ", catalogue.Kinds.Select(k => k.Path)) };
        var any = Lists("records list risks", parse => Find(catalogue, parse.GetValue(kind)!));
        any.Arguments.Add(kind);
        return Own.Select(path => catalogue.FindByPath(path)!)
            .Select(own => new Command(own.Path, $"The programme's {own.Many}.") { Lists($"{own.Path} list", _ => own) })
            .Prepend(new Command("records", "Any register of the programme's records.") { any }).ToList();
    }

    private static Command Lists(string example, Func<ParseResult, Outcome<RecordKind>> kind)
    {
        var (store, json, dates) = (StoreOption.New(), StoreOption.NewJson(), new AsAtOptions());
        var command = new Command(
            "list",
            $"List records as at two dates, with what is computed of them.\n\nExamples:\n  pathfinder {example}\n  pathfinder {example} --effective 2017-05-12 --known 2017-05-12 --json") { store, json };
        dates.AddTo(command);
        command.SetAction((parse, cancellation) =>
        {
            var (found, asked) = (kind(parse), dates.Read(parse));
            return found.Succeeded && asked.Succeeded
                ? StoreOption.RunAsync(parse.GetValue(store), services => RunAsync(services, found.Value, asked.Value, parse.GetValue(json), cancellation), readOnly: !asked.Value.Restricted)
                : Task.FromResult(Answers.Refuse([.. found.Problems, .. asked.Problems], parse.GetValue(json)));
        });
        return command;
    }

    private static Outcome<RecordKind> Find(RecordCatalogue catalogue, string name) => (catalogue.FindByPath(name) ?? catalogue.Find(name)) is { } kind
        ? kind
        : new Problem("There is no such kind of record", Field: "KIND", Found: name, Accepted: string.Join(", ", catalogue.Kinds.Select(k => k.Path)));

    private static async Task<int> RunAsync(IServiceProvider services, RecordKind kind, AsAtOptions.Asked asked, bool json, CancellationToken cancellation)
    {
        var records = services.GetRequiredService<IRecords>();
        var view = records.View(asked.Reader, asked.At);
        // The kind of this process's catalogue, which the store's services do not share.
        var own = records.Catalogue.Find(kind.Name)!;
        var list = await view.ListAsync(own, cancellation);
        await asked.LogAsync(services, list, cancellation);
        var withheld = await view.WithheldAsync(own, cancellation);
        var computes = services.GetServices<IRecordReading>().FirstOrDefault(reading => reading.Kind == own.Name);
        var reading = computes is null ? null : await computes.ReadAsync(view, list, cancellation);
        if (json)
        {
            return StoreOption.PrintJson(new
            {
                Kind = own.Name,
                asked.At.Effective,
                asked.At.Known,
                reading?.Headline,
                Withheld = withheld,
                Records = list.Select(record => new
                {
                    record.Key,
                    Version = record.VersionId,
                    record.Known,
                    Effective = new { record.Effective.From, record.Effective.Until },
                    Body = Body(record),
                    Computed = Computed(reading, record.Key),
                }),
            });
        }

        Print(own, asked, list, reading, withheld);
        return ExitCodes.Done;
    }

    private static JsonNode? Body(StoredRecord record) => JsonSerializer.SerializeToNode(record.Body, record.Kind.Body, RecordJson.Options);

    private static IEnumerable<object> Computed(ListReading? reading, string key) =>
        reading is not null && reading.Cells.TryGetValue(key, out var cells)
            ? reading.Columns.Zip(cells, (column, cell) => new { Column = column, cell.Text, cell.Standing, cell.Reference })
            : [];

    private static void Print(RecordKind kind, AsAtOptions.Asked asked, IReadOnlyList<StoredRecord> list, ListReading? reading, IReadOnlyDictionary<string, int> withheld)
    {
        if (reading is not null && list.Count > 0)
        {
            Console.WriteLine(reading.Headline);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{list.Count} {(list.Count == 1 ? kind.One : kind.Many)} as at {asked.At.Effective:yyyy-MM-dd}, as known on {asked.At.Known:yyyy-MM-dd}"));
        foreach (var (ground, count) in withheld.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} withheld: {ground}"));
        }

        if (list.Count == 0)
        {
            return;
        }

        // What is computed tells the typed columns over again, so a terminal shows one or the other.
        var fields = kind.Fields.Where(field => field.Mark.InList).ToList();
        var table = new Table();
        table.AddColumns(["Key", "Title", .. (reading?.Columns ?? fields.Select(field => field.Mark.Label)).Select(Markup.Escape)]);
        foreach (var record in list)
        {
            var cells = reading is null
                ? fields.Select(field => FieldWords.Of(field, field.Of(record.Body)))
                : reading.Cells.TryGetValue(record.Key, out var computed) ? computed.Select(cell => cell.Text) : [];
            table.AddRow([.. new[] { record.Key, record.Body.Title }.Concat(cells).Select(Markup.Escape)]);
        }

        Screen.Print(table);
    }
}
