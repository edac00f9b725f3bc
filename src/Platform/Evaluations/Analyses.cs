using System.Text;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>An analysis to be kept.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Csv">The panel, long.</param>
/// <param name="Columns">Which column of it is what.</param>
/// <param name="Exclude">Times and units left out.</param>
/// <param name="Request">The method and its options.</param>
/// <param name="Measure">Key of the measure; null where the panel came from a file.</param>
/// <param name="Inputs">The exact versions of the observations in it; empty where it came from a file.</param>
public sealed record AnalysisToKeep(
    string Title, string Csv, PanelColumns Columns, IReadOnlyList<string> Exclude, EffectRequest Request, string? Measure, IReadOnlyList<Reliance> Inputs);

/// <summary>Keeps panels and analyses, and computes an analysis again from what was kept.</summary>
public sealed class Analyses(IRecords records, IHistory history)
{
    // A hash is only a name. Only what was kept as a panel can be had as one, so that nobody reads another kept text by its hash.
    private const string Mark = "pathfinder-panel/1\n";

    /// <summary>Keeps a panel and gives the name by which it is found again.</summary>
    public Task<string> KeepPanelAsync(string csv, CancellationToken cancellation = default) => history.KeepAsync(Encoding.UTF8.GetBytes(Mark + csv), "text/csv", cancellation);

    /// <summary>A panel kept; null where there is none of that name.</summary>
    public async Task<string?> FindPanelAsync(string name, CancellationToken cancellation = default)
    {
        if (name is not { Length: 64 } || await history.FindContentAsync(name, cancellation) is not { } bytes)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes);
        return text.StartsWith(Mark, StringComparison.Ordinal) ? text[Mark.Length..] : null;
    }

    /// <summary>Computes an analysis and keeps it with its panel; its key, or every problem.</summary>
    public async Task<Outcome<string>> SaveAsync(Actor actor, AnalysisToKeep keep, string finding, string why, string product, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(keep);
        var study = Study(keep.Csv, keep.Columns, keep.Exclude, keep.Request);
        if (!study.Succeeded)
        {
            return Outcome.Refused<string>(study.Problems);
        }

        var effect = study.Value.Effect;
        var columns = keep.Columns;
        var analysis = new EffectAnalysis
        {
            Title = keep.Title,
            Finding = finding,
            Measure = keep.Measure,
            Panel = await KeepPanelAsync(keep.Csv, cancellation),
            Columns = [columns.Unit, columns.Time, columns.Outcome, columns.Treated],
            Method = PanelEvaluation.Names.First(pair => pair.Value == keep.Request.Method).Key,
            Exclude = keep.Exclude,
            Estimate = effect.Estimate,
            Se = effect.Se,
            Lower = effect.Lower,
            Upper = effect.Upper,
            P = effect.P,
            Error = study.Value.Answer.Error == "time" ? "along time" : study.Value.Answer.Error,
            Product = product,
            Inputs = keep.Inputs,
        };
        var saved = await records.SaveAsync(actor, [new RecordChange("analysis", null, analysis)], why, cancellation);
        return saved.Succeeded ? saved.Value[0] : Outcome.Refused<string>(saved.Problems);
    }

    /// <summary>The analysis computed again from the panel that was kept. Refused where the panel is not in the store.</summary>
    public async Task<Outcome<EffectStudy>> RepeatAsync(EffectAnalysis analysis, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        if (await FindPanelAsync(analysis.Panel, cancellation) is not { } csv)
        {
            return new Problem("The panel is not in this store", Field: "panel", Found: analysis.Panel, Accepted: "the store in which the analysis was made");
        }

        return analysis.Columns is [var unit, var time, var outcome, var treated] && PanelEvaluation.Names.TryGetValue(analysis.Method, out var method)
            ? Study(csv, new PanelColumns(unit, time, outcome, treated), analysis.Exclude, new EffectRequest(method))
            : new Problem("The analysis does not say how it was made", Field: "columns", Found: string.Join(", ", analysis.Columns), Accepted: "four columns and a method");
    }

    /// <summary>Studies a panel given as text.</summary>
    public static Outcome<EffectStudy> Study(string csv, PanelColumns columns, IReadOnlyList<string> exclude, EffectRequest request)
    {
        var table = PanelReader.Read(csv, "panel.csv", columns, exclude);
        return table.Succeeded ? EffectStudy.Of(table.Value, request) : Outcome.Refused<EffectStudy>(table.Problems);
    }
}
