using System.Globalization;

namespace Pathfinder.Platform.Studio;

/// <summary>A table of a paper; the first row heads it, the first column heads its rows.</summary>
/// <param name="Caption">What it holds.</param>
/// <param name="Rows">Cells as text.</param>
public sealed record PaperTable(string Caption, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A part of a paper.</summary>
public sealed record PaperPart(string Heading, IReadOnlyList<string> Paragraphs, PaperTable? Table = null);

/// <summary>A paper: what a page shows and a document holds.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Finding">What it finds, a sentence.</param>
/// <param name="Parts">Its parts in order.</param>
public sealed record Paper(string Title, string Finding, IReadOnlyList<PaperPart> Parts);

/// <summary>Writes up a plan in two pages: what it is, how it stands, what it costs, what is not known.</summary>
public static class StudioPaper
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The paper of a view.</summary>
    public static Paper Of(StudioForce force, StudioView view)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(view);
        var parts = new List<PaperPart>
        {
            new("The plan", [Plan(force, view)], Units(force, view)),
            new("How it stands", Standing(view), view.Standings.Count == 0 ? null : Standings(view)),
        };
        if (Rules(force, view) is { Count: > 0 } rules)
        {
            parts.Add(new PaperPart("What was held fixed, and what that costs", rules, view.Costs.Count == 0 ? null : Costs(view)));
        }

        parts.Add(new PaperPart("What this rests on", Basis(force)));
        return new Paper($"{force.Pack.Manifest.Force}: {view.Units.Count} command units", view.Headline + ".", parts);
    }

    /// <summary>A value as papers write it.</summary>
    internal static string Value(StudioCriterion criterion, double value) => criterion.Figure switch
    {
        StudioFigure.Share => (value * 100).ToString("N1", British) + "%",
        StudioFigure.Km => value.ToString("N1", British) + " km",
        StudioFigure.Count => value.ToString("N0", British),
        _ => value.ToString("N2", British),
    };

    private static string Plan(StudioForce force, StudioView view)
    {
        var faults = view.Faults.Count == 0 ? "It keeps every rule that was set." : "It breaks rules that were set: " + string.Join("; ", view.Faults) + ".";
        return $"{view.Units.Count} units of {force.Boroughs.Count} boroughs, {view.State.Min} to {view.State.Max} in each, {(view.State.Crossings ? "over land borders and crossings" : "over land borders")}. {faults}";
    }

    private static PaperTable Units(StudioForce force, StudioView view)
    {
        var forecast = force.Forecast is not null;
        List<IReadOnlyList<string>> rows = [["Unit", "Boroughs", "Residents", "from mean", "Calls a day", "from mean", "Officers", .. forecast ? ["In time"] : Array.Empty<string>()]];
        rows.AddRange(view.Units.Select(unit => (IReadOnlyList<string>)
        [
            unit.Code, StudioForce.Words([.. unit.Boroughs.Select(code => force.Names[code])]),
            unit.Residents.ToString("N0", British), Signed(unit, "residents"), unit.CallsPerDay.ToString("N0", British), Signed(unit, "calls"), unit.Officers?.ToString("N0", British) ?? "not known",
            .. forecast ? [unit.ImmediateInTime is { } share ? (share * 100).ToString("N1", British) + "%" : "not simulated"] : Array.Empty<string>(),
        ]));
        return new PaperTable("Units with residents, immediate and significant calls a day" + (forecast ? ", response officers by formula and immediate calls in time by simulation of each unit alone" : " and response officers by formula"), rows);
    }

    private static string Signed(StudioUnitView unit, string key) =>
        unit.Deviations.TryGetValue(key, out var deviation) ? (deviation * 100).ToString("+0.0;−0.0;0.0", British) + "%" : "not known";

    private static List<string> Standing(StudioView view)
    {
        if (view.NoPlan is { } none)
        {
            return [none];
        }

        var texts = new List<string> { $"Compared with all {view.Among.ToString("N0", British)} groupings into {view.Units.Count} units that keep the rules, each counted exactly." };
        if (view.Nearest is { } nearest)
        {
            texts.Add($"The nearest better one {By(view)} moves {StudioForce.Words(nearest.Moved)}.");
        }

        if (view.Best is { } best)
        {
            texts.Add($"The best one {By(view)} would move {best.Moved.Count} boroughs.");
        }

        if (view.LeastLargestDeviation is { } least)
        {
            texts.Add($"No grouping under these rules is closer than {(least * 100).ToString("N1", British)}% to the mean on every one of residents, calls and crime at once; one that is within 10% everywhere {(least > 0.1 ? "does not exist" : "exists")}.");
        }

        return texts;
    }

    private static string By(StudioView view) => "by " + char.ToLower(view.Standings[0].Criterion.Name[0], British) + view.Standings[0].Criterion.Name[1..];

    private static PaperTable Standings(StudioView view)
    {
        var beside = view.State.Beside.Count > 0;
        List<IReadOnlyList<string>> rows = [beside ? ["Criterion", "This plan", "Held beside", "Best possible", "Plans better", "Better than"] : ["Criterion", "This plan", "Best possible", "Plans better", "Better than"]];
        foreach (var standing in view.Standings)
        {
            List<string> row = [standing.Criterion.Name, standing.Value is { } value ? Value(standing.Criterion, value) : "not simulated"];
            if (beside)
            {
                row.Add(standing.Beside is { } other ? Value(standing.Criterion, other) : "");
            }

            row.AddRange([Value(standing.Criterion, standing.Best), standing.Better.ToString("N0", British), standing.Better == 0 ? "none better" : (Math.Floor(standing.BetterThan * 1000) / 10).ToString("N1", British) + "%"]);
            rows.Add(row);
        }

        return new PaperTable("Value, best possible value and exact rank by each criterion", rows);
    }

    private static List<string> Rules(StudioForce force, StudioView view)
    {
        string Names(IReadOnlyList<string> set) => StudioForce.Words([.. set.Select(code => force.Names[code])]);
        var state = view.State;
        var texts = new List<string>();
        void Add(string what, IReadOnlyList<IReadOnlyList<string>> sets)
        {
            if (sets.Count > 0)
            {
                texts.Add(what + ": " + string.Join("; ", sets.Select(Names)) + ".");
            }
        }

        Add("Kept as they are", state.Keep);
        Add("In one unit", state.Join);
        Add("In different units", state.Part);
        Add("Not a unit", state.Forbid);
        Add("Borders in dispute, taken as not there", state.Off);
        if (view.Ties.Count > 0)
        {
            texts.Add("Partner ties: " + string.Join("; ", view.Ties.Select(tie => StudioForce.Words(tie.Names) + (tie.Kept ? " (kept)" : " (broken)"))) + ".");
        }

        return texts;
    }

    private static PaperTable Costs(StudioView view)
    {
        var criterion = view.Standings[0].Criterion;
        List<IReadOnlyList<string>> rows = [["Rule", "Best with it", "Best without", "Better plans ruled out", "Plans without it"]];
        rows.AddRange(view.Costs.Select(cost => (IReadOnlyList<string>)[cost.Rule, Value(criterion, cost.With), Value(criterion, cost.Without), cost.RuledOut?.ToString("N0", British) ?? "", cost.PlansWithout.ToString("N0", British)]));
        return new PaperTable($"Best possible {criterion.Name.ToLower(British)} with and without each rule", rows);
    }

    private static List<string> Basis(StudioForce force) =>
    [
        $"Force pack {force.Pack.Manifest.Name}, version {force.Pack.Manifest.Version} (SHA-256 {force.Pack.Sha256[..16]}…). Calls are those of the simulation’s demand surface; crime is what was recorded in the last twelve months of the pack.",
        "Counts, ranks and optima are exact; they say how a plan compares, not how it would work. Officers come from a formula of waiting and travel, whose assumptions the pack lists; a simulation of the saved design confirms or corrects them.",
        .. force.Forecast is { } forecast
            ? [$"Calls in time come from simulating each of the {forecast.Sweep.Groups.ToString("N0", British)} possible units alone, {forecast.Sweep.Replications} times {forecast.Sweep.Days} days; help between units is left out."]
            : Array.Empty<string>(),
        "What boroughs, councils and services would make of it is not in these figures unless it was entered as a rule or a tie.",
    ];
}
