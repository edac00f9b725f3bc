using System.Globalization;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>The decision that the report is about: what is asked, its sections, advice, declarations, signatures and publication.</summary>
internal sealed record DecisionSection(string Heading) : ReportSection(Heading)
{
    private static readonly (string Heading, string Path)[] Lines =
    [
        ("Decision maker", "decisionMaker"), ("Body", "body"), ("State", "state"), ("Decided on", "decidedOn"), ("Wanted by", "due"), ("Amount", "amount"), ("Authority", "authority"), ("Interests declared", "interests"),
    ];

    private static readonly (string Heading, string Path)[] Lists =
    [
        ("Advice and declarations", "advice"), ("Signatures", "signatures"), ("Public access to information", "publication"), ("Conditions", "conditions"), ("Options rejected", "optionsRejected"), ("Rests on", "restsOn"), ("Follow-through", "followThrough"),
    ];

    public override async Task WriteAsync(ReportWriter writer, CancellationToken cancellation)
    {
        writer.Add(new HeadingBlock(2, Heading));
        if (writer.About is not { } decision)
        {
            writer.Add(new ParagraphBlock(new ReportText("No decision of this work is known on these dates.", Standing: Standing.Missing)));
            return;
        }

        foreach (var text in writer.Words.Of(decision, "title").Concat(writer.Words.Of(decision, "summary")))
        {
            writer.Add(new ParagraphBlock(text));
        }

        writer.Add(new HeadingBlock(3, "Recommendations"));
        writer.Add(new ListBlock([.. writer.Words.Of(decision, "recommendations").Select(text => (IReadOnlyList<ReportText>)[text])]));
        var rows = Lines.Select(line => (line.Heading, Said: writer.Words.Of(decision, line.Path))).Where(line => line.Said.Count > 0)
            .Select(line => (IReadOnlyList<IReadOnlyList<ReportText>>)[[line.Heading], line.Said]).ToList();
        if (await writer.ReadAsync("decision", [decision], cancellation) is { } reading)
        {
            rows.AddRange(reading.Columns.Select(column => (column, Cell: Sections.Cell(reading, column, decision))).Where(one => one.Cell.Count > 0).Select(one => (IReadOnlyList<IReadOnlyList<ReportText>>)[[one.column], one.Cell]));
        }

        writer.Add(new TableBlock(writer.Id("decision"), "Who decides what", [new("What"), new("Decision", Share: 6)], rows));
        foreach (var section in decision.Body.Sections.Select((section, i) => (section, Path: $"sections[{i.ToString(CultureInfo.InvariantCulture)}]")))
        {
            writer.Add(new HeadingBlock(3, new ReportText(section.section.Name, decision.Reference, section.Path + ".name")));
            var said = section.section.Says ?? (section.section.Nil ? "Nil return." : "Nothing is written yet.");
            writer.Add(new ParagraphBlock(new ReportText(said, decision.Reference, section.Path + ".says")));
        }

        foreach (var (heading, path) in Lists)
        {
            var said = writer.Words.Of(decision, path);
            if (said.Count > 0)
            {
                writer.Add(new HeadingBlock(3, heading));
                writer.Add(new ListBlock([.. said.Select(text => (IReadOnlyList<ReportText>)[text])]));
            }
        }

        var sums = await writer.PickAsync("authority-rule", Pick.All, null, cancellation);
        if (sums.Count > 0)
        {
            writer.Add(new HeadingBlock(3, "Who must decide"));
            writer.Add(new ListBlock([.. sums.Select(rule => (IReadOnlyList<ReportText>)[.. writer.Words.Of(rule, "title"), .. writer.Words.Of(rule, "decider"), .. writer.Words.Of(rule, "fromAmount")])]));
        }
    }
}

/// <summary>Money: the lines of each funding, their sum, what is stated and what was approved.</summary>
internal sealed record FundingSection(string Heading) : ReportSection(Heading)
{
    public override async Task WriteAsync(ReportWriter writer, CancellationToken cancellation)
    {
        var all = await writer.PickAsync("funding", Pick, null, cancellation);
        if (all.Count == 0)
        {
            return;
        }

        writer.Add(new HeadingBlock(2, Heading));
        foreach (var record in all.Cast<StoredRecord<Funding>>())
        {
            foreach (var text in writer.Words.Of(record, "summary"))
            {
                writer.Add(new ParagraphBlock(text));
            }

            var ledger = FundingLedger.Of(record.Body);
            var rows = new List<IReadOnlyList<IReadOnlyList<ReportText>>>();
            for (var i = 0; i < record.Body.Lines.Count; i++)
            {
                var (line, path) = (record.Body.Lines[i], $"lines[{i.ToString(CultureInfo.InvariantCulture)}]");
                rows.Add([[new(line.For, record.Reference, path + ".for")], [new(FieldWords.Number(line.Amount, "£"), record.Reference, path + ".amount")],
                    [.. line.Contingency ? [new ReportText("Contingency", record.Reference, path + ".contingency")] : Array.Empty<ReportText>(), .. line.Notes is { } notes ? [new ReportText(notes, record.Reference, path + ".notes")] : Array.Empty<ReportText>()]]);
            }

            rows.Add([["Sum of the lines"], [new(FieldWords.Number(ledger.Sum, "£"))], []]);
            rows.AddRange(new[] { ("Total as stated", "statedTotal", ledger.StatedDifference), ("Approved", "approved", ledger.ApprovedDifference) }
                .Select(one => (one.Item1, Said: writer.Words.Of(record, one.Item2), one.Item3)).Where(one => one.Said.Count > 0)
                .Select(one => (IReadOnlyList<IReadOnlyList<ReportText>>)[[one.Item1], one.Said, one.Item3 is { } difference and not 0 ? [new ReportText($"{FieldWords.Number(Math.Abs(difference), "£")} {(difference > 0 ? "more" : "less")} than the lines", Standing: Standing.Watch)] : []]));
            rows.AddRange(new[] { ("Paid from", "fund"), ("Approved by", "decision") }.Select(one => (one.Item1, Said: writer.Words.Of(record, one.Item2))).Where(one => one.Said.Count > 0)
                .Select(one => (IReadOnlyList<IReadOnlyList<ReportText>>)[[one.Item1], one.Said, []]));
            writer.Add(new TableBlock(writer.Id(record.Body.Title), record.Body.Title, [new("For", Share: 4), new("Amount", true), new("Notes", Share: 6)], rows));
        }
    }
}

/// <summary>The roll-out as a timetable: a column a wave, in it the units with their boroughs and commanders, held against the terms.</summary>
internal sealed record TimetableSection(string Heading) : ReportSection(Heading)
{
    private static readonly string[] TermFields = ["title", "announced", "engagementMonths", "preparationMonths", "goLiveMonths", "during"];

    public override async Task WriteAsync(ReportWriter writer, CancellationToken cancellation)
    {
        var waves = (await writer.PickAsync("wave", Pick, null, cancellation)).Cast<StoredRecord<Wave>>().ToList();
        if (waves.Count == 0)
        {
            return;
        }

        writer.Add(new HeadingBlock(2, Heading));
        var reading = await writer.ReadAsync("wave", waves, cancellation);
        writer.Add(new ParagraphBlock(reading!.Headline + "."));
        foreach (var terms in await writer.PickAsync("roll-out-terms", Pick.All, null, cancellation))
        {
            writer.Add(new ListBlock([.. TermFields
                .SelectMany(path => writer.Words.Of(terms, path).Select(text => (IReadOnlyList<ReportText>)[path == "title" ? text : text with { Words = $"{terms.Kind.Fields.First(field => field.Name == path).Mark.Label}: {text.Words}" }]))]));
        }

        var holders = (await writer.View.ListAsync<Appointment>(cancellation)).ToLookup(one => one.Body.Post, StringComparer.Ordinal);
        foreach (var series in waves.GroupBy(wave => wave.Body.Series, StringComparer.Ordinal))
        {
            var columns = series.OrderBy(wave => wave.Body.Number).ToList();
            var rows = new List<IReadOnlyList<IReadOnlyList<ReportText>>>
            {
                columns.Select(wave => (IReadOnlyList<ReportText>)[.. writer.Words.Of(wave, "goesLive")]).ToList(),
            };
            for (var row = 0; row < columns.Max(wave => wave.Body.Units.Count); row++)
            {
                rows.Add(columns.Select(wave => row < wave.Body.Units.Count ? Unit(writer, wave, row, holders) : []).ToList());
            }

            rows.Add(columns.Select(wave => Sections.Cell(reading, "Against the terms", wave)).ToList());
            writer.Add(new TableBlock(writer.Id("timetable"), "Waves, command units, boroughs and commanders", [.. columns.Select(wave => new ReportColumn(wave.Body.Title))], rows));
        }
    }

    private static IReadOnlyList<ReportText> Unit(ReportWriter writer, StoredRecord<Wave> wave, int row, ILookup<string, StoredRecord<Appointment>> holders)
    {
        var unit = wave.Body.Units[row];
        var path = $"units[{row.ToString(CultureInfo.InvariantCulture)}]";
        var boroughs = writer.Words.Of(wave, "units.boroughs").Where(text => text.Path!.StartsWith(path + ".", StringComparison.Ordinal));
        var lines = new List<ReportText>
        {
            new($"{unit.Name} ({unit.Code})", wave.Reference, path + ".name"),
        };
        lines.AddRange(boroughs);
        if (unit.Commander is { } post)
        {
            lines.AddRange(holders[post].SelectMany(held => writer.Words.Of(held, "person")));
            lines.Add(new ReportText(writer.Words.Title("post:" + post), wave.Reference, path + ".commander"));
        }

        return lines;
    }
}

/// <summary>What contradicts since the period began, of what the series is about; what stood before is counted.</summary>
internal sealed record ContradictionsSection(string Heading) : ReportSection(Heading)
{
    public override async Task WriteAsync(ReportWriter writer, CancellationToken cancellation)
    {
        var rows = new List<IReadOnlyList<IReadOnlyList<ReportText>>>();
        var before = 0;
        foreach (var one in writer.Contradictions)
        {
            if (await writer.FindAsync(one.First.Reference, cancellation) is not { } record || !writer.Scope.Contains(record))
            {
                continue;
            }

            if (record.Known > writer.Since || await writer.FindAsync(one.Second.Reference, cancellation) is { } other && other.Known > writer.Since)
            {
                rows.Add([[new(one.Title, one.First.Reference), one.Category], Side(writer, one.First), Side(writer, one.Second)]);
            }
            else
            {
                before++;
            }
        }

        if (rows.Count > 0)
        {
            writer.Add(new HeadingBlock(2, Heading));
            writer.Add(new ParagraphBlock($"{Numbers.Counted(rows.Count, "place", "places", capital: true)} where what became known in this period contradicts itself, something stated before, or what is recorded. Both are kept as stated.{(before == 0 ? "" : $" {Numbers.Counted(before, "contradiction", "contradictions", capital: true)} of earlier periods {(before == 1 ? "stands" : "stand")} beside these.")}"));
            writer.Add(new TableBlock(writer.Id("contradictions"), "What contradicts", [new("What", Share: 3), new("One says", Share: 5), new("The other says", Share: 5)], [.. rows.Select(row => (IReadOnlyList<IReadOnlyList<ReportText>>)[.. row])]));
        }
    }

    private static IReadOnlyList<ReportText> Side(ReportWriter writer, ContradictionSide side) => side.Sources.Count > 0 ? [side.Says, writer.Cite(side.Sources)] : [side.Says];
}
