using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Runs;

/// <summary>Registers runs.</summary>
public static class RunServices
{
    /// <summary>Adds <see cref="RunRegister"/>, <see cref="RunStarter"/>, <see cref="RunReplays"/> and the handler of its jobs.</summary>
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        services.TryAddSingleton<ISimulation, Simulator>();
        services.AddSingleton<RunRegister>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<RunReplays>();
        services.AddJobHandler<RunJob>();
        return services;
    }
}
