using Pathfinder.Platform.Sweeps;

namespace Pathfinder.Platform.Studio;

/// <summary>
/// What a finished sweep forecasts for every possible unit of a force: the share of calls attended in time, each unit simulated alone under
/// unit-only despatch. A plan's forecast is that of its units, weighted by their calls, so that the search over plans stays exact.
/// </summary>
public sealed class StudioForecast
{
    private readonly Dictionary<string, (double Immediate, double Significant)> _shares;

    private StudioForecast(string key, GroupSweep sweep, Dictionary<string, (double Immediate, double Significant)> shares) => (Key, Sweep, _shares) = (key, sweep, shares);

    /// <summary>Key of the sweep.</summary>
    public string Key { get; }

    /// <summary>What was swept: crews of which date, days, replications, seed, engine.</summary>
    public GroupSweep Sweep { get; }

    /// <summary>The forecast of a finished sweep; null where some unit had no calls to tell a share from.</summary>
    public static StudioForecast? Of(string key, GroupSweep sweep, IReadOnlyList<GroupValues> values)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        ArgumentNullException.ThrowIfNull(values);
        var shares = new Dictionary<string, (double, double)>(StringComparer.Ordinal);
        foreach (var each in values)
        {
            if (each is not { ImmediateInTarget: { } immediate, SignificantInTarget: { } significant })
            {
                return null;
            }

            shares[string.Join(' ', each.Boroughs)] = (immediate, significant);
        }

        return values.Count == sweep.Groups ? new StudioForecast(key, sweep, shares) : null;
    }

    /// <summary>Whether it rests on so few days (under twelve weeks over all replications) that chance orders plans that are close.</summary>
    public bool IsShort => Sweep.Days * Sweep.Replications < 84;

    /// <summary>Whether every unit that a state's sizes and borders allow was simulated: sweeps go over land borders, up to a size.</summary>
    public bool Covers(StudioState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return !state.Crossings && state.Max <= Sweep.MaxSize;
    }

    /// <summary>Shares (0–1) of immediate and significant calls in time of a unit, by the codes of its boroughs in ordinal order; null for one that does not hang together or is too large.</summary>
    public (double Immediate, double Significant)? Find(IEnumerable<string> boroughs) => _shares.TryGetValue(string.Join(' ', boroughs), out var shares) ? shares : null;
}
