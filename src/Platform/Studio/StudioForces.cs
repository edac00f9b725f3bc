using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Sweeps;

namespace Pathfinder.Platform.Studio;

/// <summary>Lays out the store's newest force pack for the studio, with the forecast of its newest finished sweep.</summary>
public sealed class StudioForces(StudioDesk desk, IForcePacks packs, GroupSweeps sweeps)
{
    private readonly Lock _gate = new();
    private (string Key, StudioForecast? Forecast)? _held;

    /// <summary>The force; null while no pack has been imported, refused where the exact method cannot take it.</summary>
    public async Task<Outcome<StudioForce>?> FindCurrentAsync(CancellationToken cancellation = default) =>
        await packs.FindCurrentAsync(cancellation) is { } pack ? desk.ForceOf(pack, await ForecastAsync(pack, cancellation)) : null;

    // A finished sweep never changes.
    private async Task<StudioForecast?> ForecastAsync(ForcePack pack, CancellationToken cancellation)
    {
        if (await sweeps.FindFinishedAsync(pack.Sha256, cancellation) is not { } view)
        {
            return null;
        }

        lock (_gate)
        {
            if (_held is { } held && held.Key == view.Key)
            {
                return held.Forecast;
            }
        }

        var forecast = StudioForecast.Of(view.Key, view.Sweep, await sweeps.ValuesAsync(view.Key, cancellation));
        lock (_gate)
        {
            _held = (view.Key, forecast);
        }

        return forecast;
    }
}
