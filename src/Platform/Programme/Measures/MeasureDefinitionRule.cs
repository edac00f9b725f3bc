using System.Globalization;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Measures;

/// <summary>
/// What a measure counts does not change under the same version of its definition: another numerator, denominator or threshold asks
/// for a higher version, at which its series breaks. The words of a definition may be mended; what was not stated may be added.
/// </summary>
internal sealed class MeasureDefinitionRule : IRecordRule
{
    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var problems = new List<Problem>();
        foreach (var change in changes)
        {
            if (change is not { Body: Measure now, Key: { } key } || await view.FindAsync<Measure>(key, cancellation) is not { Body: var before })
            {
                continue;
            }

            if (now.Version < before.Version)
            {
                problems.Add(new Problem("The version of a definition does not go back", Field: "version", Found: Text(now.Version), Accepted: $"{Text(before.Version)} or more"));
            }

            if (now.Version == before.Version)
            {
                Hold(before.Numerator, now.Numerator, "numerator");
                Hold(before.Denominator, now.Denominator, "denominator");
                Hold(before.Threshold?.ToString(CultureInfo.InvariantCulture), now.Threshold?.ToString(CultureInfo.InvariantCulture), "threshold");
                Hold(before.ThresholdUnit, now.ThresholdUnit, "thresholdUnit");
            }

            void Hold(string? stated, string? said, string field)
            {
                if (!string.IsNullOrEmpty(stated) && !string.Equals(stated, said, StringComparison.Ordinal))
                {
                    problems.Add(new Problem(
                        "This changes what is measured, so that values before and after cannot be compared: raise the version of the definition, and the series breaks there",
                        Field: field, Found: said ?? "nothing", Accepted: $"\"{stated}\" under version {Text(before.Version)}, or version {Text(before.Version + 1)}"));
                }
            }
        }

        return problems;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
