using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Calibration;

/// <summary>Registers calibrations and retrodictions.</summary>
public static class CalibrationServices
{
    /// <summary>Adds <see cref="CalibrationRegister"/> and the handlers of its jobs.</summary>
    public static IServiceCollection AddCalibration(this IServiceCollection services) => services
        .AddSingleton<CalibrationRegister>()
        .AddJobHandler<CalibrationJob>()
        .AddJobHandler<RetrodictionJob>();
}
