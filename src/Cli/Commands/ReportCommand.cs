using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder report</c>: any document, as at any date. <c>pathfinder contradictions</c>: where what is stated does not agree.</summary>
public static class ReportCommand
{
    private const int TitleWidth = 60;

    /// <summary>Writes a report.</summary>
    public static Command Build()
    {
        var series = new Argument<string>("series") { Description = "Key of the series, for example highlight-report" };
        var recorded = new Option<string?>("--recorded") { Description = "The moment up to which the store's record is read, for example 2026-05-12T17:00:00Z; now where it is left out" };
        var format = new Option<string>("--format") { Description = "html, docx, csv or json", DefaultValueFactory = _ => "html" };
        var table = new Option<string?>("--table") { Description = "Of CSV: id of one table; all tables, a line a cell, where it is left out" };
        var output = new Option<string?>("--out") { Description = "File to write; standard output where it is left out" };
        var (store, json, dates) = (StoreOption.New(), StoreOption.NewJson(), new AsAtOptions());
        var command = new Command(
            "report",
            "Write a report of a series as at three dates. The same three dates give the same bytes.\n\nExamples:\n  pathfinder report highlight-report --effective 2017-05-12 --known 2017-05-12 --out may.html\n  pathfinder report performance-briefing --effective 2017-09-30 --known 2017-09-30 --format csv --table i-in-target")
        {
            series, recorded, format, table, output, store, json,
        };
        dates.AddTo(command);
        command.SetAction((parse, cancellation) =>
        {
            var asked = dates.Read(parse);
            var moment = Moment(parse.GetValue(recorded));
            var problems = asked.Problems.Concat(moment.Problems).ToList();
            return problems.Count == 0
                ? StoreOption.RunAsync(
                    parse.GetValue(store),
                    services => WriteAsync(services, parse.GetValue(series)!, asked.Value, asked.Value.At with { Recorded = moment.Value.At }, parse.GetValue(format)!, parse.GetValue(table), parse.GetValue(output), parse.GetValue(json), cancellation),
                    readOnly: !asked.Value.Restricted)
                : Task.FromResult(Answers.Refuse(problems, parse.GetValue(json)));
        });
        return command;
    }

    /// <summary>Lists contradictions.</summary>
    public static Command Contradictions()
    {
        var (store, json, dates) = (StoreOption.New(), StoreOption.NewJson(), new AsAtOptions());
        var command = new Command(
            "contradictions",
            "List where what is stated contradicts itself, another statement, or the data, as known at a date; both sides with where they are said.\n\nExamples:\n  pathfinder contradictions --known 2018-02-28 --json") { store, json };
        dates.AddTo(command);
        command.SetAction((parse, cancellation) =>
        {
            var asked = dates.Read(parse);
            return asked.Succeeded
                ? StoreOption.RunAsync(parse.GetValue(store), services => ListAsync(services, asked.Value, parse.GetValue(json), cancellation), readOnly: !asked.Value.Restricted)
                : Task.FromResult(Answers.Refuse(asked.Problems, parse.GetValue(json)));
        });
        return command;
    }

    private static async Task<int> WriteAsync(
        IServiceProvider services, string series, AsAtOptions.Asked asked, AsAt at, string format, string? table, string? output, bool json, CancellationToken cancellation)
    {
        var builder = services.GetRequiredService<ReportBuilder>();
        var report = await builder.BuildAsync(asked.Reader, series, at, cancellation: cancellation);
        var file = report.Succeeded ? ReportFiles.Write(report.Value, format, table) : Outcome.Refused<ReportFile>(report.Problems);
        if (!file.Succeeded)
        {
            return Answers.Refuse(file.Problems, json);
        }

        if (asked.Restricted)
        {
            var view = services.GetRequiredService<IRecords>().View(null, at);
            var read = new List<StoredRecord>();
            foreach (var reference in report.Value.Texts.Select(text => text.Reference).OfType<string>().Distinct(StringComparer.Ordinal))
            {
                if (await view.FindAsync(reference, cancellation) is { } record)
                {
                    read.Add(record);
                }
            }

            await asked.LogAsync(services, read, cancellation);
        }

        if (output is null)
        {
            Screen.WriteBytes(file.Value.Bytes);
            return ExitCodes.Done;
        }

        var written = Screen.Write(output, file.Value.Bytes);
        if (!written.Succeeded)
        {
            return Answers.Refuse(written.Problems, json);
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Value.Title}: {file.Value.Bytes.Length} bytes written to {output}"));
        return ExitCodes.Done;
    }

    private static async Task<int> ListAsync(IServiceProvider services, AsAtOptions.Asked asked, bool json, CancellationToken cancellation)
    {
        var view = services.GetRequiredService<IRecords>().View(asked.Reader, asked.At);
        var list = await services.GetRequiredService<ContradictionFinder>().ListAsync(view, cancellation);
        var sides = list.Contradictions.SelectMany(one => new[] { one.First.Reference, one.Second.Reference }).Distinct(StringComparer.Ordinal).ToList();
        var read = new List<StoredRecord>();
        foreach (var reference in asked.Restricted ? sides : [])
        {
            if (await view.FindAsync(reference, cancellation) is { } record)
            {
                read.Add(record);
            }
        }

        await asked.LogAsync(services, read, cancellation);
        if (json)
        {
            return StoreOption.PrintJson(list);
        }

        Console.WriteLine(list.Headline);
        var table = new Table();
        table.AddColumns("What", "Kind", "One says", "The other says");
        foreach (var one in list.Contradictions)
        {
            table.AddRow(Markup.Escape(one.Title), one.Category, Side(one.First), Side(one.Second));
        }

        Screen.Print(table);
        return ExitCodes.Done;
    }

    private static string Side(ContradictionSide side) =>
        Markup.Escape($"{(side.Says.Length > TitleWidth ? side.Says[..TitleWidth] + "…" : side.Says)} [{(side.Where.Count > 0 ? side.Where[0] : "no source")}]");

    private static Outcome<Given> Moment(string? text) =>
        text is null ? new Given(null)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at <= DateTimeOffset.UtcNow ? new Given(at) : new Problem("Nothing is recorded yet at that moment: what will be would change the report", Field: "--recorded", Found: text, Accepted: "a moment up to now")
        : new Problem("This is not a moment", Field: "--recorded", Found: text, Accepted: "2026-05-12T17:00:00Z");

    private sealed record Given(DateTimeOffset? At);
}
